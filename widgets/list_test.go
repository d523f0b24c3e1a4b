package widgets

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/widgets/look"
)

func numbered(i int) Row {
	return Row{Title: fmt.Sprintf("文件 %d", i), Sub: "2015-11-22", Badge: "待审", Known: true}
}

// newTestList shows a list of n rows in a window ten and a half rows high.
func newTestList(t *testing.T, n int) (*List, fyne.Window) {
	t.Helper()
	setLook(look.Light)
	l := NewList()
	win := window(t, l, 300, 10.5*44)
	l.SetCount(n, numbered)
	return l, win
}

// seen are the titles in sight with their tops, as drawn.
func seen(l *List) map[string]float32 {
	out := map[string]float32{}
	for _, it := range l.drawn.items {
		if it.title.Visible() {
			out[it.title.Text] = it.line.Position().Y + 1 - 44
		}
	}
	return out
}

// Fyne lays a list out again while it paints, when a text in it has become wider:
// rows that were fetched for that picture are not fetched and drawn for a second.
func TestListLaidOutAgain(t *testing.T) {
	l, win := newTestList(t, 100)
	asked := 0
	l.SetCount(100, func(i int) Row { asked++; return numbered(i) })
	asked = 0
	l.drawn.Layout(l.Size())
	if asked != 0 {
		t.Errorf("laid out at the same size: %d rows fetched", asked)
	}
	win.Resize(fyne.NewSize(200, 300))
	if asked == 0 {
		t.Error("laid out at another width, no row is fitted to it")
	}
}

func TestListIsExactAmongAMillionRows(t *testing.T) {
	const n = 1_000_000
	l, _ := newTestList(t, n)
	for _, i := range []int{0, 409_000, 409_001, 761_803, 999_999} {
		l.EnsureVisible(i)
		y, ok := seen(l)[fmt.Sprintf("文件 %d", i)]
		if !ok {
			t.Fatalf("row %d is not in sight: %v", i, seen(l))
		}
		if y < 0 || y+44 > 10.5*44 {
			t.Errorf("row %d is drawn at %v, not wholly in sight", i, y)
		}
		if got := l.rowAt(y + 20); got != i {
			t.Errorf("a click on row %d hits row %d", i, got)
		}
	}
	// One pixel of the wheel is one pixel, also at the far end.
	l.EnsureVisible(409_000)
	before := seen(l)["文件 409000"]
	for range 3 {
		l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 1}})
	}
	if got := seen(l)["文件 409000"]; got != before+3 {
		t.Errorf("three pixels of the wheel moved row 409000 from %v to %v", before, got)
	}
	l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -1e9}})
	if y, ok := seen(l)["文件 999999"]; !ok || y != 9.5*44 {
		t.Errorf("at the end row 999999 is drawn at %v (%v), want %v", y, ok, 9.5*44)
	}
	l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 1e9}})
	if y, ok := seen(l)["文件 0"]; !ok || y != 0 {
		t.Errorf("at the start row 0 is drawn at %v (%v)", y, ok)
	}
}

func TestListScrollsByAnyAmountAndBack(t *testing.T) {
	l, _ := newTestList(t, 1_000_000)
	l.EnsureVisible(500_000)
	top, off := l.top, l.off
	for _, dy := range []float32{1, 43, 44, 45, 88, 1000, 43.5} {
		l.scrollBy(dy)
		l.scrollBy(-dy)
		if l.top != top || l.off < off-0.001 || l.off > off+0.001 {
			t.Fatalf("%v pixels there and back: row %d+%v, want %d+%v", dy, l.top, l.off, top, off)
		}
		if l.off < 0 || l.off >= l.rowHeight() {
			t.Fatalf("offset %v lies outside of a row", l.off)
		}
	}
}

func TestListKeys(t *testing.T) {
	l, win := newTestList(t, 1000)
	win.Canvas().Focus(l)
	var told []string
	l.OnSelect = func(i int) { told = append(told, fmt.Sprint(i)) }
	l.OnActivate = func(i int) { told = append(told, fmt.Sprint("enter ", i)) }
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyReturn, ""},
		{fyne.KeyDown, "0"},
		{fyne.KeyUp, ""},
		{fyne.KeyDown, "1"},
		{fyne.KeyPageDown, "10"},
		{fyne.KeyPageUp, "1"},
		{fyne.KeyEnd, "999"},
		{fyne.KeyDown, ""},
		{fyne.KeyReturn, "enter 999"},
		{fyne.KeyPageUp, "990"},
		{fyne.KeyHome, "0"},
		{fyne.KeyLeft, ""},
	} {
		told = nil
		pressKey(l, step.key)
		if got := strings.Join(told, ","); got != step.want {
			t.Errorf("%s told %q, want %q", step.key, got, step.want)
		}
		if s := l.Selected(); s >= 0 {
			if _, ok := seen(l)[fmt.Sprintf("文件 %d", s)]; !ok {
				t.Errorf("after %s the selected row %d is out of sight", step.key, s)
			}
		}
	}
	// Keys of an input method choose candidates, not rows.
	told = nil
	var runes []rune
	l.OnRune = func(r rune) { runes = append(runes, r) }
	pinyin(l, "ni", "")
	pressKey(l, fyne.KeyDown)
	pressKey(l, fyne.KeyReturn)
	if len(told) != 0 {
		t.Errorf("keys of the input method told %v", told)
	}
	typeKeys(l, "j")
	if string(runes) != "j" {
		t.Errorf("runes %q, want j", string(runes))
	}
}

func click(o desktop.Mouseable, x, y float32) {
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	ev.Position = fyne.NewPos(x, y)
	o.MouseDown(ev)
	o.MouseUp(ev)
}

func TestListMouse(t *testing.T) {
	l, win := newTestList(t, 1000)
	var selected, activated []int
	l.OnSelect = func(i int) { selected = append(selected, i) }
	l.OnActivate = func(i int) { activated = append(activated, i) }
	l.scrollBy(10)
	click(l, 50, 2*44-9) // 10 pixels of row 0 are gone
	if fmt.Sprint(selected) != "[2]" || win.Canvas().Focused() != l {
		t.Errorf("click: selected %v, focused %v", selected, win.Canvas().Focused())
	}
	l.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(50, 2*44-9)})
	if fmt.Sprint(activated) != "[2]" {
		t.Errorf("double click: %v", activated)
	}
	test.Scroll(win.Canvas(), fyne.NewPos(50, 50), 0, -440)
	if from, to := l.InSight(); from != 10 || to != 21 {
		t.Errorf("after the wheel rows %d to %d are in sight, want 10 to 21", from, to)
	}
	// Below the last row nothing is hit.
	l.SetCount(2, numbered)
	click(l, 50, 200)
	if l.Selected() != -1 || len(selected) != 1 {
		t.Errorf("click below the rows: selected %d, told %v", l.Selected(), selected)
	}
}

func TestListScrollBar(t *testing.T) {
	l, _ := newTestList(t, 1_000_000)
	h := l.Size().Height
	at, size := l.thumb()
	if at != 0 || size != barLeast {
		t.Fatalf("thumb %v+%v", at, size)
	}
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	ev.Position = fyne.NewPos(295, 10)
	l.MouseDown(ev)
	l.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(295, 10+(h-size)/2)}})
	if mid := l.top; mid < 499_900 || mid > 500_100 {
		t.Errorf("the bar's middle shows row %d", mid)
	}
	l.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(295, 2*h)}})
	if _, ok := seen(l)["文件 999999"]; !ok {
		t.Errorf("the bar's end shows %v", seen(l))
	}
	l.DragEnd()
	l.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(295, 0)}})
	if l.top == 0 {
		t.Error("the bar moves though nobody holds it")
	}
	click(l, 295, 1)
	if l.top != 0 || l.Selected() != -1 {
		t.Errorf("a press above the thumb shows row %d, selected %d", l.top, l.Selected())
	}
	l.SetCount(3, numbered)
	if _, size := l.thumb(); size != 0 {
		t.Error("three rows have a scroll bar")
	}
}

func TestListKeepsItsPlace(t *testing.T) {
	l, _ := newTestList(t, 1000)
	l.EnsureVisible(500)
	l.SetSelected(498)
	top, off := l.top, l.off
	l.SetCount(1001, numbered)
	if l.top != top || l.off != off || l.Selected() != 498 {
		t.Errorf("place %d+%v selected %d, want %d+%v 498", l.top, l.off, l.Selected(), top, off)
	}
	l.SetCount(100, numbered)
	if _, ok := seen(l)["文件 99"]; !ok || l.Selected() != -1 {
		t.Errorf("after shrinking: selected %d, seen %v", l.Selected(), seen(l))
	}
	l.SetCount(0, nil)
	if len(seen(l)) != 0 {
		t.Errorf("an empty list shows %v", seen(l))
	}
	pressKey(l, fyne.KeyDown)
	pressKey(l, fyne.KeyEnd)
}

func TestListFetchesWhatItNeeds(t *testing.T) {
	l, _ := newTestList(t, 0)
	known := map[int]bool{}
	asked := map[int]int{}
	l.SetCount(100, func(i int) Row {
		asked[i]++
		r := numbered(i)
		r.Known = known[i]
		return r
	})
	for i, n := range asked {
		if n != 1 || i > 10 {
			t.Errorf("row %d was asked for %d times", i, n)
		}
	}
	if _, ok := seen(l)["…"]; !ok {
		t.Errorf("rows under way are not shown as such: %v", seen(l))
	}
	known[3] = true
	l.RefreshRow(3)
	l.RefreshRow(50)
	if _, ok := seen(l)["文件 3"]; !ok || asked[3] != 2 || asked[50] != 0 || asked[4] != 1 {
		t.Errorf("after RefreshRow: asked %v", asked)
	}
	l.scrollBy(44)
	if asked[4] != 1 || asked[11] != 1 {
		t.Errorf("scrolling by a row asked row 4 %d times and row 11 %d times", asked[4], asked[11])
	}
}

func TestListCutsAndCleansTexts(t *testing.T) {
	l, _ := newTestList(t, 0)
	l.Covers = func(r rune) bool { return r < 0x20000 }
	l.SetCount(1, func(int) Row {
		return Row{Title: strings.Repeat("很长的标题𠮷", 20), Sub: "一行\n又一行", Badge: "12", Known: true}
	})
	it := l.drawn.items[0]
	if !strings.HasSuffix(it.title.Text, "…") || strings.ContainsRune(it.title.Text, '𠮷') || !strings.ContainsRune(it.title.Text, Missing) {
		t.Errorf("title %q", it.title.Text)
	}
	right := it.title.Position().X + fyne.MeasureText(it.title.Text, it.title.TextSize, fyne.TextStyle{}).Width
	if right > it.badge.Position().X {
		t.Errorf("the title ends at %v, the badge begins at %v", right, it.badge.Position().X)
	}
	if it.sub.Text != "一行 又一行" {
		t.Errorf("sub %q", it.sub.Text)
	}
}

func BenchmarkListScroll(b *testing.B) {
	setLook(look.Light)
	l := NewList()
	win := test.NewWindow(l)
	defer win.Close()
	win.Resize(fyne.NewSize(320, 900))
	l.SetCount(1_000_000, numbered)
	l.EnsureVisible(500_000)
	for b.Loop() {
		l.scrollBy(44)
	}
}

func TestListPicture(t *testing.T) {
	picture(t, "list", 330, 330, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		l := NewList()
		rows := []Row{
			{Title: "司法厅召开基层服务型党组织现场观摩学习推进会", Sub: "22.11.2015 13:35 · 司法厅", Badge: "待审 3", Known: true},
			{Title: "关于印发《二〇一五年工作要点》的通知", Sub: "2015-03-01 · 办公室", Badge: "已通过", Known: true},
			{Title: "Letter to the Director, North Prison", Sub: "1948? · unsigned", Badge: "2 of 14", Known: true},
			{},
			{Title: "短", Sub: "", Badge: "1", Known: true},
			{Title: "李振国厅长对观摩点的工作和各单位交流发言给予充分肯定", Sub: "没有日期", Badge: "", Known: true},
		}
		return l, func(c fyne.Canvas) {
			l.SetCount(40, func(i int) Row { return rows[i%len(rows)] })
			l.SetSelected(1)
			l.scrollBy(12)
			c.Focus(l)
		}
	})
}

// Fyne passes over what lies above its clip by its size: the words of a row of which the
// upper edge is scrolled out are as high as they are drawn.
func TestListWordsOfACutRow(t *testing.T) {
	l, _ := newTestList(t, 100)
	l.Multi = true
	l.SetPicked(RowSet{{0, 100}})
	l.scrollBy(30)
	for _, it := range l.drawn.items {
		for _, c := range []*canvas.Text{it.title, it.sub, it.badge, it.check} {
			if c.Visible() && c.Size().Height < lineHeight(c.TextSize) {
				t.Fatalf("%q of row %d is %v high at %v", c.Text, it.index, c.Size().Height, c.Position().Y)
			}
		}
	}
	columned, _ := newColumned(t, 100)
	columned.scrollBy(10)
	for _, it := range columned.drawn.items {
		for _, c := range it.cells {
			if c.Visible() && c.Size().Height < lineHeight(c.TextSize) {
				t.Fatalf("cell %q of row %d is %v high", c.Text, it.index, c.Size().Height)
			}
		}
	}
}
