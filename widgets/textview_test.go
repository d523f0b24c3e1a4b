package widgets

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fonds/assets"
	"fonds/widgets/look"
	"fonds/widgets/textlayout"
	"fonds/widgets/textpaint"
)

const viewSample = `司法厅召开基层服务型党组织现场观摩学习推进会
22.11.2015 13:35
本文来源: 司法厅
来源: www.nxsft.gov.cn
为认真贯彻落实自治区建党94周年表彰会议和区直机关关于推进服务型党组织建设工作的部署要求,进一步引导司法行政系统各级党组织紧密结合业务工作特点,抓好服务型党组织建设。11月16日,司法厅召开基层服务型党组织现场观摩学习推进会。自治区司法厅党委书记、厅长李振国出席会议并讲话，区直机关工委副书记蔡旭东应邀出席会议并讲话。
A second paragraph, in Latin letters: the Department of Justice met on 16 November 2015 and was observed by five “model” branches (see p. 3); don’t break www.nxsft.gov.cn or 1,234.56 in two.

“把使命放在心上”——李振国厅长说……这就是全部。`

func testFace(t testing.TB) *textpaint.Face {
	t.Helper()
	f, err := textpaint.ParseFace(assets.Regular(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// at is the span of the n-th occurrence of words in a text, from 0.
func at(text, words string, n int) Span {
	b := 0
	for ; ; n-- {
		i := strings.Index(text[b:], words)
		if i < 0 {
			panic("the text has no " + words)
		}
		b += i
		if n == 0 {
			break
		}
		b += len(words)
	}
	start := len([]rune(text[:b]))
	return Span{Start: start, End: start + len([]rune(words))}
}

func viewShown() Shown {
	return Shown{
		Key: "d1", Text: viewSample,
		Marks: []MarkSpan{
			{ID: "m1", Span: at(viewSample, "司法厅", 0), Label: "组织", Style: 1},
			{ID: "m2", Span: at(viewSample, "自治区司法厅党委书记、厅长李振国", 0), Label: "职务", Style: 6},
			{ID: "m3", Span: at(viewSample, "李振国", 0), Label: "人物", Style: 0},
			{ID: "m4", Span: at(viewSample, "11月16日", 0), Label: "日期", Style: 3, Proposed: true},
			{ID: "m5", Span: at(viewSample, "蔡旭东", 0), Label: "人物", Style: 0, LookAgain: true},
			{ID: "m6", Span: at(viewSample, "Department of Justice", 0), Label: "organisation", Style: 1},
			{ID: "m7", Span: at(viewSample, "16 November 2015", 0), Label: "date", Style: 3},
		},
		Corrections: []CorrectionSpan{
			{ID: "c1", Span: at(viewSample, "把使命放在心上", 0), Old: "鎶婁娇鍛芥斁鍦ㄥ績涓"},
			{ID: "c2", Span: Span{Start: at(viewSample, "就是全部", 0).Start, End: at(viewSample, "就是全部", 0).Start}, Old: "也"},
		},
		Evidence:  []Span{at(viewSample, "22.11.2015 13:35", 0)},
		Furniture: []Span{at(viewSample, "来源: www.nxsft.gov.cn", 0)},
	}
}

type viewLog struct {
	spans []string
	runes string
	marks []string
	menus []fyne.Position
	hover []string
}

func newView(t *testing.T, w, h float32) (*TextView, *viewLog, fyne.Window) {
	t.Helper()
	setLook(look.Light)
	v := NewTextView(testFace(t))
	log := &viewLog{}
	clock := time.Unix(1000, 0)
	v.Now = func() time.Time { clock = clock.Add(10 * time.Millisecond); return clock }
	v.OnSelect = func(s Span, ok bool) { log.spans = append(log.spans, fmt.Sprint(s.Start, s.End, ok)) }
	v.OnRune = func(r rune) bool { log.runes += string(r); return r != ' ' }
	v.OnMark = func(id string) { log.marks = append(log.marks, id) }
	v.OnMenu = func(p fyne.Position) { log.menus = append(log.menus, p) }
	v.OnHover = func(s string) { log.hover = append(log.hover, s) }
	win := window(t, v, w, h)
	v.SetShown(viewShown())
	return v, log, win
}

// place is the middle of the cluster at a position, on the view.
func (v *TextView) place(pos int) fyne.Position {
	row := v.model.layout.RowAt(pos)
	g := v.geometry()
	x := g.x + (v.model.layout.X(row, pos)+v.model.layout.X(row, pos+1))/2
	return fyne.NewPos(x-1, v.rowY(row)+g.row/2)
}

func clickAt(v *TextView, p fyne.Position, mod fyne.KeyModifier, b desktop.MouseButton) {
	e := &desktop.MouseEvent{Button: b, Modifier: mod}
	e.Position, e.AbsolutePosition = p, p
	v.MouseDown(e)
	v.MouseUp(e)
}

func TestTextViewClicks(t *testing.T) {
	v, log, _ := newView(t, 900, 700)
	name := at(viewSample, "李振国", 0)
	far := v.place(0)
	click := func(pos, n int) string {
		clickAt(v, far, 0, desktop.MouseButtonPrimary)
		for range n {
			clickAt(v, v.place(pos), 0, desktop.MouseButtonPrimary)
		}
		return v.SelectedText()
	}
	if got := click(name.Start, 1); got != "" || v.Caret() != name.Start {
		t.Errorf("one click: selected %q, caret %d, want %d", got, v.Caret(), name.Start)
	}
	if got, want := click(name.Start, 2), "厅长李振国出席会议并讲话"; got != want {
		t.Errorf("double click on Han: got %q, want %q", got, want)
	}
	if got := click(at(viewSample, "Justice", 0).Start+2, 2); got != "Justice" {
		t.Errorf("double click on a word: got %q", got)
	}
	if got, want := click(at(viewSample, "don’t", 0).Start, 2), "don’t"; got != want {
		t.Errorf("double click on a word with an apostrophe: got %q", got)
	}
	if got := click(at(viewSample, "Justice", 0).Start, 3); !strings.HasPrefix(got, "A second") || !strings.HasSuffix(got, "in two.") {
		t.Errorf("triple click: got %q", got)
	}
	clickAt(v, v.place(0), 0, desktop.MouseButtonPrimary)
	clickAt(v, v.place(5), fyne.KeyModifierShift, desktop.MouseButtonPrimary)
	if got := v.SelectedText(); got != "司法厅召开" {
		t.Errorf("Shift and click: got %q", got)
	}
	clickAt(v, v.place(2), 0, desktop.MouseButtonSecondary)
	if got := v.SelectedText(); got != "司法厅召开" || len(log.menus) != 1 {
		t.Errorf("secondary click inside: selected %q, %d menus", got, len(log.menus))
	}
	clickAt(v, v.place(12), 0, desktop.MouseButtonSecondary)
	if _, any := v.Selection(); any || v.Caret() != 12 || len(log.menus) != 2 {
		t.Errorf("secondary click outside: caret %d, %d menus", v.Caret(), len(log.menus))
	}
}

func TestTextViewDrag(t *testing.T) {
	v, log, win := newView(t, 900, 300)
	timer := &fakeTimer{}
	v.After, v.Do = timer.After, timer.Do
	from, to := v.place(0), v.place(4)
	test.Drag(win.Canvas(), from, 0, 0)
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = from
	v.MouseDown(e)
	drag := func(p fyne.Position) {
		d := &fyne.DragEvent{}
		d.Position = p
		v.Dragged(d)
	}
	drag(to)
	if got := v.SelectedText(); got != "司法厅召" {
		t.Errorf("dragged: got %q", got)
	}
	// Beyond the edge the view scrolls until the end of the text, then waits.
	drag(fyne.NewPos(to.X, 340))
	for range 200 {
		timer.Advance(edgeWait)
	}
	if s, _ := v.Selection(); s.Start != 0 || s.End < at(viewSample, "“把使命", 0).Start {
		t.Errorf("dragged beyond the edge: got %v", s)
	}
	if v.scroll != v.view().Last() {
		t.Errorf("scrolled to %v, want the end %v", v.scroll, v.view().Last())
	}
	v.DragEnd()
	was := v.SelectedText()
	timer.Advance(time.Second)
	if v.SelectedText() != was || v.mouse.stop != nil {
		t.Error("the selection goes on growing after the drag")
	}
	if len(log.spans) < 2 {
		t.Errorf("told of %d selections", len(log.spans))
	}
}

func TestTextViewKeys(t *testing.T) {
	v, log, win := newView(t, 900, 500)
	win.Canvas().Focus(v)
	var held fyne.KeyModifier
	v.guard.c = &composition{modifiers: func() fyne.KeyModifier { return held }}
	key := func(names ...fyne.KeyName) {
		for _, n := range names {
			v.KeyDown(&fyne.KeyEvent{Name: n})
			v.TypedKey(&fyne.KeyEvent{Name: n})
			v.KeyUp(&fyne.KeyEvent{Name: n})
		}
	}
	ctrl := func(n fyne.KeyName, m fyne.KeyModifier) {
		v.TypedShortcut(&desktop.CustomShortcut{KeyName: n, Modifier: fyne.KeyModifierShortcutDefault | m})
	}
	key(fyne.KeyRight, fyne.KeyRight)
	if v.Caret() != 2 {
		t.Errorf("right: caret %d, want 2", v.Caret())
	}
	held = fyne.KeyModifierShift
	v.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(fyne.KeyRight, fyne.KeyDown)
	if s, _ := v.Selection(); s.Start != 2 || s.End <= 23 {
		t.Errorf("Shift and arrows: got %v", s)
	}
	held = 0 // its release went to a dialog: the view never heard of it
	key(fyne.KeyLeft)
	if _, any := v.Selection(); any || v.Caret() != 2 {
		t.Errorf("left of a selection goes to its beginning: caret %d", v.Caret())
	}
	key(fyne.KeyEnd)
	if v.Caret() != 22 {
		t.Errorf("End: caret %d, want 22", v.Caret())
	}
	key(fyne.KeyHome)
	if v.Caret() != 0 {
		t.Errorf("Home: caret %d, want 0", v.Caret())
	}
	ctrl(fyne.KeyEnd, 0)
	if v.Caret() != v.model.text.Len() {
		t.Errorf("Control+End: caret %d", v.Caret())
	}
	if y := v.rowY(v.caretRow()); y < 0 || y > 500-v.geometry().row {
		t.Errorf("Control+End: the caret stands at %v", y)
	}
	ctrl(fyne.KeyHome, fyne.KeyModifierShift)
	if s, _ := v.Selection(); s.Len() != v.model.text.Len() {
		t.Errorf("Control+Shift+Home: got %v", s)
	}
	key(fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageUp)
	if v.Caret() != 0 || v.scroll != (textlayout.Scroll{}) {
		t.Errorf("page up: caret %d, scroll %v", v.Caret(), v.scroll)
	}
	key(fyne.KeyPageDown)
	if v.Caret() == 0 {
		t.Error("page down left the caret where it was")
	}
	ctrl(fyne.KeyHome, 0)
	ctrl(fyne.KeyRight, 0)
	ctrl(fyne.KeyRight, 0)
	if v.Caret() <= 22 {
		t.Errorf("Control+right twice: caret %d", v.Caret())
	}
	// End of a wrapped row: the caret stays in the row that it ends.
	long := at(viewSample, "为认真", 0).Start
	v.Select(Span{Start: long, End: long})
	key(fyne.KeyEnd)
	if row := v.caretRow(); row != v.model.layout.RowAt(long) || v.Caret() != int(v.model.layout.Rows[row].End) {
		t.Errorf("End of a wrapped row: caret %d in row %d", v.Caret(), row)
	}
	key(fyne.KeyDown)
	if row := v.caretRow(); row != v.model.layout.RowAt(long)+1 {
		t.Errorf("down from the end of a wrapped row: row %d", row)
	}
	typeKeys(v, "e3")
	pinyin(v, "nihao", "你好")
	if log.runes != "e3" {
		t.Errorf("commands: got %q, want %q", log.runes, "e3")
	}
	// While pinyin is composed the arrows choose a candidate.
	was := v.Caret()
	v.KeyDown(&fyne.KeyEvent{Name: fyne.KeyN})
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyN})
	key(fyne.KeyLeft)
	if v.Caret() != was {
		t.Error("an arrow moved the caret while words were composed")
	}
}

func TestTextViewShortcuts(t *testing.T) {
	v, _, win := newView(t, 900, 500)
	win.Canvas().Focus(v)
	clip := test.NewClipboard()
	clip.SetContent("before")
	v.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if clip.Content() != "before" {
		t.Errorf("copying nothing gave %q", clip.Content())
	}
	v.Select(Span{Start: 19, End: 25})
	v.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if got, want := clip.Content(), "推进会\n22"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	v.TypedShortcut(&fyne.ShortcutSelectAll{})
	if v.SelectedText() != viewSample {
		t.Error("select all has not selected all")
	}
	// What the view has no use for is handed on, what it uses is not.
	var handed []string
	v.OnShortcut = func(s fyne.Shortcut) bool { handed = append(handed, s.ShortcutName()); return true }
	for _, k := range []fyne.KeyName{fyne.KeyK, fyne.KeyHome} {
		v.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault})
	}
	if fmt.Sprint(handed) != "[CustomDesktop:Control+K]" {
		t.Errorf("handed on: %v", handed)
	}
}

func TestTextViewLabelsAndHover(t *testing.T) {
	v, log, win := newView(t, 900, 700)
	win.Canvas().Capture()
	if len(v.labels) != 7 {
		t.Fatalf("%d labels, want 7", len(v.labels))
	}
	for i, a := range v.labels {
		for _, b := range v.labels[i+1:] {
			if a.y < b.y+b.h && b.y < a.y+a.h && a.x+4 < b.x+b.w-4 && b.x+4 < a.x+a.w-4 {
				t.Errorf("labels %d and %d overlap", a.mark, b.mark)
			}
		}
	}
	l := v.labels[0]
	clickAt(v, fyne.NewPos(l.x+20, l.y+l.h/2), 0, desktop.MouseButtonPrimary)
	if fmt.Sprint(log.marks) != "[m1]" {
		t.Errorf("clicked on the first label: got %v", log.marks)
	}
	move := func(p fyne.Position) string {
		e := &desktop.MouseEvent{}
		e.Position = p
		v.MouseMoved(e)
		return log.hover[len(log.hover)-1]
	}
	for words, where := range map[string]Span{
		"日期 (proposed)": at(viewSample, "11月16日", 0), "人物 (look again)": at(viewSample, "蔡旭东", 0),
		"职务 · 人物": at(viewSample, "李振国", 0), "鎶婁娇鍛芥斁鍦ㄥ績涓 → 把使命放在心上": at(viewSample, "把使命", 0),
	} {
		if got := move(v.place(where.Start)); got != words {
			t.Errorf("hover: got %q, want %q", got, words)
		}
	}
	v.MouseOut()
	if got := log.hover[len(log.hover)-1]; got != "" {
		t.Errorf("after leaving: %q", got)
	}
}

func TestTextViewScrollBar(t *testing.T) {
	v, _, _ := newView(t, 900, 150)
	pos, size := v.thumb()
	if size == 0 {
		t.Fatal("no scroll bar")
	}
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(895, pos+size/2)
	v.MouseDown(e)
	d := &fyne.DragEvent{}
	d.Position = fyne.NewPos(895, 149)
	v.Dragged(d)
	v.MouseUp(e)
	if v.scroll != v.view().Last() {
		t.Errorf("dragged to the end: %v, want %v", v.scroll, v.view().Last())
	}
	if _, any := v.Selection(); any {
		t.Error("dragging the bar has selected text")
	}
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 1e6)})
	if v.scroll != (textlayout.Scroll{}) {
		t.Errorf("scrolled up: %v", v.scroll)
	}
}

func TestTextViewRowsAreFortyTwoAtMost(t *testing.T) {
	v, _, _ := newView(t, 900, 700)
	for _, w := range []float32{280, 400, 700, 900, 1600} {
		v.Resize(fyne.NewSize(w, 700))
		g := v.geometry()
		if n := g.w / v.zoom; n > mostHan || w >= 820 && n < 34 {
			t.Errorf("width %v: %v Han in a row", w, n)
		}
		if g.number < 20 || g.label+g.labelW > w-barZone+1 || g.x+g.w > g.label {
			t.Errorf("width %v: the margins do not fit: %+v", w, g)
		}
	}
	was := v.model.layout.Rows[0]
	v.SetZoom(200)
	if v.Zoom() != 48 || v.model.layout.Rows[0] == was && v.model.size != 48 {
		t.Errorf("zoomed to %v", v.Zoom())
	}
}
