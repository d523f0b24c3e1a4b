package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/look"
)

func newTestBox(t *testing.T) (*SmallBox, *fyne.Container, *Entry, fyne.Window) {
	t.Helper()
	setLook(look.Light)
	behind := NewEntry()
	host := container.NewWithoutLayout()
	win := window(t, container.NewStack(container.NewVBox(behind), host), 500, 400)
	win.Canvas().Focus(behind)
	return NewSmallBox(), host, behind, win
}

func TestSmallBoxKeys(t *testing.T) {
	b, host, behind, win := newTestBox(t)
	told := &heard{}
	ask := SmallBoxAsk{
		Title: "更正", Text: "鎶婁娇",
		OnDone:   func(s string) { told.add("done(%s)", s) },
		OnCancel: func() { told.add("cancel") },
		OnType:   func(s string) { told.add("type(%s)", s) },
	}
	b.Open(host, fyne.NewPos(100, 100), fyne.NewSize(50, 20), ask)
	if win.Canvas().Focused() != fyne.Focusable(b.entry) || b.Text() != "鎶婁娇" || !b.IsOpen() {
		t.Fatalf("open: focus %T, text %q", win.Canvas().Focused(), b.Text())
	}
	b.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	pinyin(b.entry, "ba", "把")
	pinyin(b.entry, "sh", "")
	pressKey(b.entry, fyne.KeyReturn) // the input method's
	if got := told.take(); got != "type(把)" || !b.IsOpen() {
		t.Errorf("composing: told %q, open %v", got, b.IsOpen())
	}
	// A click elsewhere neither ends it nor loses the text.
	win.Canvas().Focus(behind)
	if got := told.take(); got != "" || !b.IsOpen() || b.Text() != "把" {
		t.Errorf("focus elsewhere: told %q, open %v, text %q", got, b.IsOpen(), b.Text())
	}
	win.Canvas().Focus(b.entry)
	pressKey(b.entry, fyne.KeyReturn)
	if got := told.take(); got != "done(把)" || !b.IsOpen() || b.Text() != "把" {
		t.Errorf("Enter: told %q, open %v: what may be refused is gone", got, b.IsOpen())
	}
	b.Close()
	if b.IsOpen() || len(host.Objects) != 0 || win.Canvas().Focused() != fyne.Focusable(behind) {
		t.Errorf("closed: open %v, focus %T", b.IsOpen(), win.Canvas().Focused())
	}
	b.Open(host, fyne.NewPos(100, 100), fyne.NewSize(50, 20), ask)
	pressKey(b.entry, fyne.KeyEscape)
	if got := told.take(); got != "cancel" || win.Canvas().Focused() != fyne.Focusable(behind) {
		t.Errorf("Escape: told %q, focus %T", got, win.Canvas().Focused())
	}
	ask.Lines = true
	b.Open(host, fyne.NewPos(100, 100), fyne.NewSize(50, 20), ask)
	b.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	pressKey(b.entry, fyne.KeyReturn)
	typeKeys(b.entry, "x")
	told.take()
	b.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	if got := told.take(); got != "done(\nx)" {
		t.Errorf("Ctrl+Enter told %q", got)
	}
}

func TestSmallBoxStaysInside(t *testing.T) {
	b, host, _, _ := newTestBox(t)
	for _, at := range []fyne.Position{{X: 0, Y: 0}, {X: 480, Y: 20}, {X: 200, Y: 390}, {X: -50, Y: 200}, {X: 900, Y: 900}} {
		b.Open(host, at, fyne.NewSize(40, 20), SmallBoxAsk{Title: "附注", Hint: "Enter 保存"})
		p, s := b.Position(), b.Size()
		if p.X < 0 || p.Y < 0 || p.X+s.Width > host.Size().Width || p.Y+s.Height > host.Size().Height {
			t.Errorf("for %v the box is at %v size %v in %v", at, p, s, host.Size())
		}
		if at.Y == 390 && p.Y+s.Height > 390 {
			t.Errorf("the box at %v hides the selection at %v", p, at)
		}
	}
	before := b.Size().Height
	b.SetHint("日期不存在，请改成 2015-11-22 这样的写法，或者留空再保存。还可以写 2015 或 2015-11。", true)
	if b.Size().Height <= before || b.Position().Y+b.Size().Height > host.Size().Height {
		t.Errorf("a long hint: height %v after %v, at %v", b.Size().Height, before, b.Position())
	}
	b.Close()
}

func TestSmallBoxPicture(t *testing.T) {
	picture(t, "box", 420, 260, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		host := container.NewWithoutLayout()
		b, c2 := NewSmallBox(), NewSmallBox()
		return host, func(c fyne.Canvas) {
			b.Open(host, fyne.NewPos(20, 10), fyne.NewSize(40, 20), SmallBoxAsk{Title: "更正所选文字", Text: "把使命放在心上", Hint: "Enter 提交待审　Esc 放弃"})
			c2.Open(host, fyne.NewPos(80, 110), fyne.NewSize(40, 20), SmallBoxAsk{Title: "附注", Prompt: "写给审核的人", Lines: true})
			c2.SetHint("附注不能空着。", true)
			c.Focus(b.entry)
		}
	})
}

// A second thing may be asked for: Tab goes there, the arrows take what is
// offered, and Enter in either is done.
func TestSmallBoxAsksForASecondThing(t *testing.T) {
	b, host, behind, win := newTestBox(t)
	told := &heard{}
	ask := SmallBoxAsk{Title: "更正", Text: "a", OnDone: func(s string) { told.add("done(%s,%s)", s, b.Also()) },
		Also: &SmallBoxAlso{Label: "reason", Text: "own", Offers: []string{"ocr", "typo"}, OnType: func(s string) { told.add("also(%s)", s) }}}
	b.Open(host, fyne.NewPos(100, 100), fyne.NewSize(50, 20), ask)
	pressKey(b.entry, fyne.KeyReturn)
	if got := told.take(); got != "done(a,own)" {
		t.Errorf("without a word of it: %q", got)
	}
	tall := b.Size().Height
	b.FocusAlso()
	if win.Canvas().Focused() != fyne.Focusable(b.also) {
		t.Fatal("the second entry is not reached")
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{{fyne.KeyDown, "ocr"}, {fyne.KeyDown, "typo"}, {fyne.KeyDown, ""}, {fyne.KeyUp, "typo"}, {fyne.KeyUp, "ocr"}} {
		pressKey(b.also, step.key)
		if b.Also() != step.want {
			t.Errorf("%s: got %q, want %q", step.key, b.Also(), step.want)
		}
	}
	if got := told.take(); !strings.Contains(got, "also(ocr)") {
		t.Errorf("nobody is told of what was taken: %q", got)
	}
	pressKey(b.also, fyne.KeyReturn)
	if got := told.take(); got != "done(a,ocr)" {
		t.Errorf("Enter in the second: %q", got)
	}
	b.Close()
	if win.Canvas().Focused() != fyne.Focusable(behind) {
		t.Errorf("closed from the second: the focus is on %T", win.Canvas().Focused())
	}
	ask.Also = nil
	b.Open(host, fyne.NewPos(100, 100), fyne.NewSize(50, 20), ask)
	if b.Also() != "" || b.Size().Height >= tall {
		t.Errorf("one thing is asked for: %q, %v high, two are %v", b.Also(), b.Size().Height, tall)
	}
}
