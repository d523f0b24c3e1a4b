package widgets

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

func newTestBusy() (*BusyBar, *fakeTimer) {
	clock := &fakeTimer{}
	b := NewBusyBar(BusyWords{
		Stop:  "停止",
		Count: func(done, total int) string { return fmt.Sprintf("%d / %d", done, total) },
		Rate:  func(r float64) string { return fmt.Sprintf("%.0f 件/秒", r) },
	})
	b.After, b.Do = clock.After, clock.Do
	b.Now = func() time.Time { return time.Unix(0, 0).Add(clock.now) }
	return b, clock
}

func TestBusyBarWaitsHalfASecond(t *testing.T) {
	setLook(look.Light)
	b, clock := newTestBusy()
	window(t, b, 400, 60)
	var shown []bool
	b.OnShown = func(on bool) { shown = append(shown, on) }
	stops := 0

	b.Start("导入", 100, func() { stops++ })
	b.Progress(10, 100)
	clock.Advance(499 * time.Millisecond)
	if b.Visible() {
		t.Error("shown before half a second")
	}
	b.Finish()
	clock.Advance(time.Second)
	if b.Visible() || len(shown) != 0 {
		t.Error("shown after the work was over")
	}

	b.Start("导入", 100, func() { stops++ })
	clock.Advance(500 * time.Millisecond)
	if !b.Visible() {
		t.Fatal("not shown after half a second")
	}
	clock.Advance(1500 * time.Millisecond)
	b.Progress(40, 100)
	r := test.WidgetRenderer(b).(*busyRenderer)
	if got, want := r.text.Text, "导入 · 40 / 100 · 20 件/秒"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if got := r.fill.Size().Width / r.track.Size().Width; got != 0.4 {
		t.Errorf("the bar is %v full, want 0.4", got)
	}
	test.Tap(b.stop)
	test.Tap(b.stop)
	if stops != 1 || !b.Visible() {
		t.Errorf("Stop pressed twice told %d times, visible %v", stops, b.Visible())
	}
	b.Finish()
	if b.Visible() || fmt.Sprint(shown) != "[true false]" {
		t.Errorf("after the end: visible %v, told %v", b.Visible(), shown)
	}
}

func TestStatusBarFits(t *testing.T) {
	setLook(look.Light)
	s := NewStatusBar()
	window(t, s, 600, 24)
	s.face = grid()
	s.segments = []Segment{
		{Text: "一二三四", Priority: 9},              // 40
		{Text: "五六", Priority: 1},                // 20
		{Text: ""},                               // nothing
		{Text: "七八九十", Priority: 5, Right: true}, // 40
	}
	gap := s.face.width(segmentGap)
	for _, tc := range []struct {
		width float32
		want  string
	}{
		{16 + 100 + 2*gap, fmt.Sprintf("一二三四@8 五六@%v 七八九十@%v", 8+40+gap, 8+60+2*gap)},
		{16 + 99 + 2*gap, fmt.Sprintf("一二三四@8 七八九十@%v", 8+99+2*gap-40)},
		{16 + 79 + gap, "一二三四@8"},
		{16 + 39, "一二三…@8"},
	} {
		got := ""
		for i, p := range s.fit(tc.width) {
			if i > 0 {
				got += " "
			}
			got += fmt.Sprintf("%s@%v", p.Text, p.x)
		}
		if got != tc.want {
			t.Errorf("width %v: %s, want %s", tc.width, got, tc.want)
		}
	}
}

func TestEmptyStateActs(t *testing.T) {
	setLook(look.Light)
	pressed := 0
	e := NewEmptyState("没有文件", "把文件拖到窗口里。", "导入", func() { pressed++ })
	win := window(t, e, 400, 300)
	win.Canvas().FocusNext()
	pressKey(win.Canvas().Focused(), fyne.KeyReturn)
	pressKey(win.Canvas().Focused(), fyne.KeySpace)
	test.Tap(e.action)
	if pressed != 3 {
		t.Errorf("Enter, Space and a click acted %d times", pressed)
	}
	at := e.heading.Position()
	e.MinSize()
	if e.heading.Position() != at || at.Y < 50 {
		t.Errorf("the words stand at %v, %v after being measured", at, e.heading.Position())
	}
	e.Set("没有文件", "", "", nil)
	if e.action.Visible() {
		t.Error("a button without words is shown")
	}
}

func TestBarsPicture(t *testing.T) {
	picture(t, "bars", 420, 330, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		b, clock := newTestBusy()
		s := NewStatusBar()
		e := NewEmptyState("还没有文件", "把文件或文件夹拖到这个窗口里，或者选择要导入的文件。原件不会改动。", "导入文件", func() {})
		return container.NewBorder(nil, container.NewVBox(b, s), nil, nil, e), func(c fyne.Canvas) {
			b.Start("正在导入 2015 年文件", 2140, func() {})
			clock.Advance(2 * time.Second)
			b.Progress(812, 2140)
			s.SetSegments(Segment{Text: "已保存 13:35:02", Tone: Good, Priority: 9}, Segment{Text: "第 12 件，共 2,140 件", Priority: 5},
				Segment{Text: "张", Priority: 3}, Segment{Text: "UTF-8，1 处修复待审", Tone: Warn, Priority: 4}, Segment{Text: "⌃K 命令", Right: true, Priority: 2})
			c.Focus(e.action)
			c.Content().Refresh()
		}
	})
}
