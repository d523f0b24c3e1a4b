package widgets

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"fonds/widgets/look"
)

// heard notes what an entry reports, in order.
type heard []string

func (h *heard) add(format string, a ...any) { *h = append(*h, fmt.Sprintf(format, a...)) }

func (h *heard) take() string {
	s := strings.Join(*h, " ")
	*h = nil
	return s
}

func listen(e *Entry) (*heard, *fakeTimer) {
	h, c := &heard{}, &fakeTimer{}
	e.After, e.Do = c.After, c.Do
	e.OnCommit = func(s string) { h.add("commit(%s)", s) }
	e.OnDraft = func(s string) { h.add("draft(%s)", s) }
	e.OnCancel = func() { h.add("cancel") }
	e.OnLimit = func(have, limit int) { h.add("limit(%d,%d)", have, limit) }
	return h, c
}

func TestEntryCommitsAndDrafts(t *testing.T) {
	setLook(look.Light)
	e := NewEntry()
	h, clock := listen(e)
	other := NewEntry()
	win := window(t, container.NewVBox(e, other), 300, 100)
	e.SetText("党")
	win.Canvas().Focus(e)
	pressKey(e, fyne.KeyEnd)

	for i, step := range []struct {
		do   func()
		text string
		told string
	}{
		{func() { pinyin(e, "jian", "建") }, "党建", ""},
		{func() { clock.Advance(399e6) }, "党建", ""},
		{func() { clock.Advance(1e6) }, "党建", "draft(党建)"},
		{func() { clock.Advance(1e9) }, "党建", ""},
		{func() { typeKeys(e, "ab") }, "党建ab", ""},
		{func() { clock.Advance(200e6); typeKeys(e, "c") }, "党建abc", ""},
		// The first unreported key was 400 ms ago: typing on does not put the draft off.
		{func() { clock.Advance(200e6) }, "党建abc", "draft(党建abc)"},
		{func() { pressKey(e, fyne.KeyReturn) }, "党建abc", "commit(党建abc)"},
		{func() { clock.Advance(1e9) }, "党建abc", ""},
		{func() { pressKey(e, fyne.KeyEnter) }, "党建abc", "commit(党建abc)"},
		{func() { typeKeys(e, "d") }, "党建abcd", ""},
		{func() { pressKey(e, fyne.KeyEscape) }, "党建abc", "cancel"},
		{func() { typeKeys(e, "e"); clock.Advance(400e6) }, "党建abce", "draft(党建abce)"},
		// Escape takes a reported draft back.
		{func() { pressKey(e, fyne.KeyEscape) }, "党建abc", "draft(党建abc) cancel"},
		{func() { win.Canvas().Focus(other) }, "党建abc", ""},
		{func() { win.Canvas().Focus(e); typeKeys(e, "f") }, "党建abcf", ""},
		{func() { win.Canvas().Focus(other) }, "党建abcf", "commit(党建abcf)"},
		{func() { clock.Advance(1e9) }, "党建abcf", ""},
	} {
		step.do()
		if e.Text != step.text {
			t.Errorf("step %d: text %q, want %q", i, e.Text, step.text)
		}
		if got := h.take(); got != step.told {
			t.Errorf("step %d: told %q, want %q", i, got, step.told)
		}
	}
}

func TestEntryKeepsKeysOfInputMethods(t *testing.T) {
	setLook(look.Light)
	e := NewEntry()
	h, _ := listen(e)
	win := window(t, e, 300, 40)
	win.Canvas().Focus(e)
	pinyin(e, "nihao", "你好")
	pinyin(e, "zhong", "")
	if !e.AcceptsTab() {
		t.Error("Tab leaves the entry while candidates are shown")
	}
	for range "zhon" {
		pressKey(e, fyne.KeyBackspace)
	}
	pressKey(e, fyne.KeyLeft)
	if got := e.Text; got != "你好" {
		t.Errorf("Backspace within pinyin took committed text: %q", got)
	}
	pressKey(e, fyne.KeyReturn) // commits the letter as it stands
	typeKeys(e, "g")
	if got := e.Text; got != "你好g" {
		t.Errorf("text %q, want 你好g", got)
	}
	pinyin(e, "x", "")
	pressKey(e, fyne.KeyEscape)
	if got := h.take(); got != "" {
		t.Errorf("keys of the input method were told as %q", got)
	}
	if e.AcceptsTab() {
		t.Error("Tab is kept though nothing is composed")
	}
	pressKey(e, fyne.KeyBackspace)
	if got := e.Text; got != "你好" {
		t.Errorf("Backspace after the composition: %q, want 你好", got)
	}
	pressKey(e, fyne.KeyReturn)
	if got := h.take(); got != "commit(你好)" {
		t.Errorf("Return after the composition told %q", got)
	}
}

func TestEntryTextFromOutsideWhileTyping(t *testing.T) {
	setLook(look.Light)
	e := NewEntry()
	h, clock := listen(e)
	win := window(t, e, 300, 40)
	e.SetText("一")
	win.Canvas().Focus(e)

	e.SetCommitted("二")
	if e.Text != "二" || e.Dirty() {
		t.Errorf("nothing typed: text %q dirty %v, want 二 clean", e.Text, e.Dirty())
	}
	pressKey(e, fyne.KeyEnd)
	typeKeys(e, "x")
	column := e.CursorColumn
	e.SetCommitted("三")
	if e.Text != "二x" || !e.Dirty() || e.CursorColumn != column || e.Committed() != "三" {
		t.Errorf("typing under way: text %q dirty %v column %d committed %q", e.Text, e.Dirty(), e.CursorColumn, e.Committed())
	}
	e.SetCommitted("二x")
	if e.Dirty() {
		t.Error("dirty though the outside has the same text")
	}
	clock.Advance(1e9)
	if got := h.take(); got != "" {
		t.Errorf("told %q of changes from outside", got)
	}
	typeKeys(e, "y")
	e.SetCommitted("四")
	pressKey(e, fyne.KeyEscape)
	if e.Text != "四" {
		t.Errorf("Escape: %q, want the text of the outside", e.Text)
	}
}

func TestEntryUndo(t *testing.T) {
	setLook(look.Light)
	e := NewEntry()
	var passed []string
	e.OnShortcut = func(s fyne.Shortcut) bool {
		passed = append(passed, s.ShortcutName())
		return true
	}
	win := window(t, e, 300, 40)
	e.SetText("a")
	win.Canvas().Focus(e)
	pressKey(e, fyne.KeyEnd)
	typeKeys(e, "bc")
	e.TypedShortcut(&fyne.ShortcutUndo{})
	if e.Text != "a" || len(passed) != 0 {
		t.Errorf("undo of typing: %q, passed on %v", e.Text, passed)
	}
	e.TypedShortcut(&fyne.ShortcutRedo{})
	if e.Text != "abc" || len(passed) != 0 {
		t.Errorf("redo of typing: %q, passed on %v", e.Text, passed)
	}
	pressKey(e, fyne.KeyReturn)
	e.TypedShortcut(&fyne.ShortcutUndo{})
	e.TypedShortcut(&fyne.ShortcutRedo{})
	if got := strings.Join(passed, " "); e.Text != "abc" || got != "Undo Redo" {
		t.Errorf("after a commit: text %q, passed on %q, want abc and Undo Redo", e.Text, got)
	}
	if e.UndoTyping() {
		t.Error("UndoTyping says that it undid committed text")
	}
}

func TestEntryLimit(t *testing.T) {
	setLook(look.Light)
	e := NewEntry()
	e.Limit = 5
	h, _ := listen(e)
	win := window(t, e, 300, 40)
	win.Canvas().Focus(e)
	typeKeys(e, "abcd")
	pressKey(e, fyne.KeyLeft)
	clip := test.NewClipboard()
	clip.SetContent("一二三")
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if got := h.take(); e.Text != "abcd" || e.CursorColumn != 3 || got != "limit(7,5)" {
		t.Errorf("paste beyond the limit: text %q column %d told %q", e.Text, e.CursorColumn, got)
	}
	typeKeys(e, "x")
	typeKeys(e, "y")
	if got := h.take(); e.Text != "abcxd" || got != "limit(6,5)" {
		t.Errorf("typing beyond the limit: text %q told %q", e.Text, got)
	}

	e.SetText("一二三四五六")
	if !e.Overlong() || e.Text != "一二三四五…" || e.Committed() != "一二三四五六" || e.Dirty() {
		t.Errorf("overlong text: %v %q %q dirty %v", e.Overlong(), e.Text, e.Committed(), e.Dirty())
	}
	win.Canvas().Unfocus()
	e.Commit()
	if got := h.take(); got != "" {
		t.Errorf("an overlong text was told as %q", got)
	}
	e.SetCommitted("短")
	if e.Overlong() || e.Disabled() || e.Text != "短" {
		t.Errorf("short again: overlong %v disabled %v text %q", e.Overlong(), e.Disabled(), e.Text)
	}
}

func TestMultiLineEntry(t *testing.T) {
	setLook(look.Light)
	e := NewMultiLineEntry()
	h, _ := listen(e)
	win := window(t, e, 300, 100)
	win.Canvas().Focus(e)
	typeKeys(e, "a")
	pressKey(e, fyne.KeyReturn)
	typeKeys(e, "b")
	if got := h.take(); e.Text != "a\nb" || got != "" {
		t.Errorf("Return: text %q told %q", e.Text, got)
	}
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	if got := h.take(); got != "commit(a\nb)" {
		t.Errorf("Ctrl+Return told %q", got)
	}
	if e.AcceptsTab() {
		t.Error("Tab does not leave a multi-line entry")
	}
	pressKey(e, fyne.KeyTab)
	if e.Text != "a\nb" {
		t.Errorf("Tab typed: %q", e.Text)
	}
}

func TestEntryPicture(t *testing.T) {
	picture(t, "entry", 360, 330, func() (fyne.CanvasObject, func(fyne.Canvas)) {
		plain, typing, empty, bad, long := NewEntry(), NewEntry(), NewEntry(), NewEntry(), NewMultiLineEntry()
		plain.SetText("司法厅召开基层服务型党组织现场观摩学习推进会")
		typing.SetText("2015-11-22 Agjy")
		empty.SetPlaceHolder("placeholder 说明")
		bad.SetText("2015-13-40")
		bad.SetBad(true)
		long.SetText("李振国厅长对观摩点的工作和各单位交流发言给予充分肯定，并就进一步加强基层服务型党组织建设提出要求。")
		over := NewEntry()
		over.Limit = 20
		over.SetText(strings.Repeat("太长的文字", 10))
		return container.NewVBox(plain, typing, empty, bad, over, long), func(c fyne.Canvas) { c.Focus(typing) }
	})
}

// A caret that comes back, and a pointer that hits the character it points at
// also in a line longer than the entry.
func TestEntryCaret(t *testing.T) {
	setLook(look.Light)
	e, other := NewEntry(), NewEntry()
	win := window(t, container.NewVBox(e, other), 100, 80)
	e.SetText(strings.Repeat("一二三四五", 6))
	c := win.Canvas()
	c.Focus(e)
	if e.CursorColumn != 30 {
		t.Errorf("Tab into a text puts the caret at %d, want behind it", e.CursorColumn)
	}
	pressKey(e, fyne.KeyLeft)
	c.Focus(other)
	c.Focus(e)
	if e.CursorColumn != 29 {
		t.Errorf("the caret came back at %d, want 29", e.CursorColumn)
	}
	c.Focus(other)
	click(e, 8+13*2, 10)
	if e.CursorColumn != 2 || c.Focused() != fyne.Focusable(e) {
		t.Errorf("a click behind the second character put the caret at %d", e.CursorColumn)
	}
}

func TestEntrySelectsByDragging(t *testing.T) {
	setLook(look.Light)
	e := NewEntry()
	win := window(t, container.NewVBox(e), 200, 60)
	e.SetText("一二三四五")
	click(e, 8+13, 10)
	test.Drag(win.Canvas(), fyne.NewPos(8+13*3, 12), 26, 0)
	if got := e.SelectedText(); got != "二三" {
		t.Errorf("dragging from the second to the fourth character selected %q", got)
	}
}

// TestOfferedTextIsNotCommittedByPassing: what another sitting left behind waits
// for Enter, or for a key of this one.
func TestOfferedTextIsNotCommittedByPassing(t *testing.T) {
	test.NewTempApp(t)
	e := NewEntry()
	e.After = func(time.Duration, func()) func() { return func() {} }
	w := test.NewTempWindow(t, e)
	var got []string
	e.OnCommit = func(s string) { got = append(got, s) }
	e.SetText("2014")
	e.Offer("2014EDIT")
	w.Canvas().Focus(e)
	w.Canvas().Unfocus()
	e.Commit()
	if len(got) != 0 {
		t.Fatalf("passing by committed %q", got)
	}
	w.Canvas().Focus(e)
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(got) != 1 || got[0] != "2014EDIT" {
		t.Fatalf("Enter committed %q", got)
	}
	e.SetText("2014")
	e.Offer("2014EDIT")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	e.TypedRune('!')
	e.Commit()
	if len(got) != 2 || got[1] == "2014" {
		t.Errorf("touched and left: %q", got)
	}
}

// What stands in an empty entry is cut between two characters, and is all there where
// there is room.
func TestPromptFits(t *testing.T) {
	test.NewTempApp(t)
	const words = "照录文件原有题名。原文无题名的，自拟题名并加方括号。"
	e := NewEntry()
	e.SetPlaceHolder(words)
	w := test.NewTempWindow(t, container.NewWithoutLayout(e))
	w.Resize(fyne.NewSize(900, 100))
	for _, width := range []float32{120, 260, 800} {
		e.Resize(fyne.NewSize(width, e.MinSize().Height))
		shown, all := strings.CutSuffix(e.PlaceHolder, "…")
		if !strings.HasPrefix(words, shown) || all == (width == 800) || e.Prompt() != words {
			t.Errorf("in %v pixels %q is shown of %q", width, e.PlaceHolder, e.Prompt())
		}
		if got := newAdvances(theme.TextSize()).width(e.PlaceHolder); got > width-2*theme.InnerPadding() {
			t.Errorf("in %v pixels it is %v wide", width, got)
		}
	}
}
