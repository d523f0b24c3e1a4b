package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestEachRowHasItsDraft(t *testing.T) {
	f, win, told, clock := newTestForm(t, 600)
	f.SetDocument("d1")
	f.SetFields(threeFields())
	steps := func(e *Entry, text string) {
		win.Canvas().Focus(e)
		told.take()
		typeKeys(e, text)
		clock.Advance(draftDelay)
	}
	steps(entryOf(f, "creator", 0), "x")
	if got := told.take(); got != "draft(creator#v2=甲x)" {
		t.Errorf("the first value: %q", got)
	}
	entryOf(f, "creator", 0).SetTyped("甲") // as it was
	f.rows[1].addValue()
	e := entryOf(f, "creator", 2)
	steps(e, "y")
	if got := told.take(); got != "draft(creator#+1=y)" {
		t.Errorf("a new value: %q", got)
	}
	// Emptied again there is nothing to keep.
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	pressKey(e, fyne.KeyDelete)
	clock.Advance(draftDelay)
	if got := told.take(); got != "nodraft(creator#+1)" {
		t.Errorf("emptied: %q", got)
	}
	fields := threeFields()
	fields[1].Drafts = []DraftView{{"+2", "丙"}, {"v3", "乙乙"}, {"gone", "丁"}, {"+3", "甲"}}
	f.SetDocument("d2")
	f.SetFields(fields)
	var shown []string
	for _, v := range f.rows[1].values {
		shown = append(shown, v.name()+"="+v.entry.Text)
	}
	if got, want := strings.Join(shown, " "), "v2=甲 v3=乙乙 +2=丙 gone=丁"; got != want {
		t.Errorf("offered %q, want %q", got, want)
	}
	told.take()
	f.Commit()
	if got := told.take(); got != "" {
		t.Errorf("passing by an offer tells %q", got)
	}
	if got := strings.Join(f.Typing("creator"), " "); got != "v3 +2 gone" {
		t.Errorf("typed in: %q", got)
	}
}

// A value typed again as it stands, or taken from the list, is no draft any more,
// and the field is not called empty.
func TestWhatStandsThereIsNoDraft(t *testing.T) {
	f, win, told, clock := newTestForm(t, 600)
	f.SetDocument("d1")
	fields := []FieldView{{ID: "title", Label: "题名", Required: true, Values: []ValueView{{ID: "v1", Text: "甲"}}}}
	f.SetFields(fields)
	e := entryOf(f, "title", 0)
	win.Canvas().Focus(e)
	f.SetOffers("title", []string{"甲", "乙"})
	for _, back := range []func(){
		func() { typeKeys(e, "甲"); pressKey(e, fyne.KeyReturn) },
		func() { pressKey(e, fyne.KeyDown); pressKey(e, fyne.KeyReturn) },
	} {
		told.take()
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
		pressKey(e, fyne.KeyDelete)
		clock.Advance(draftDelay)
		if got := told.take(); got != "draft(title=)" || !f.rows[0].marked {
			t.Fatalf("emptied: %q", got)
		}
		back()
		if got := told.take(); got != "nodraft(title)" || e.Text != "甲" {
			t.Errorf("as it was: %q, %q", got, e.Text)
		}
		if f.rows[0].marked {
			t.Error("the field is called empty")
		}
	}
}

func TestWhatIsNotInForceIsShownAgain(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	fields := threeFields()
	fields[1].Typed, fields[1].Error = []string{"甲", "丙", "丁"}, "未保存"
	f.SetFields(fields)
	if got := len(f.rows[1].values); got != 3 || entryOf(f, "creator", 1).Text != "丙" || entryOf(f, "creator", 2).Text != "丁" || !f.Dirty() {
		t.Fatalf("%d rows", got)
	}
	// Enter in one of them sets them all again.
	win.Canvas().Focus(entryOf(f, "creator", 2))
	told.take()
	pressKey(entryOf(f, "creator", 2), fyne.KeyReturn)
	if got := told.take(); got != "set(creator=甲|丙|丁)" {
		t.Errorf("Enter tells %q", got)
	}
	fields = threeFields()
	fields[1].Values = []ValueView{{ID: "v2", Text: "甲"}, {ID: "n1", Text: "丙"}, {ID: "n2", Text: "丁"}}
	f.SetFields(fields)
	if f.Dirty() || f.rows[1].said() != "" {
		t.Errorf("in force by now, and dirty %v: %q", f.Dirty(), f.rows[1].said())
	}
}

func choice(t *testing.T) (*FieldForm, *Entry, *heard, fyne.Window) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetFields(threeFields())
	title := entryOf(f, "title", 0)
	win.Canvas().Focus(title)
	title.TypedShortcut(&fyne.ShortcutSelectAll{})
	typeKeys(title, "mine")
	pressKey(title, fyne.KeyReturn)
	fields := threeFields()
	fields[0].Values = []ValueView{{ID: "v9", Text: "theirs"}}
	fields[0].Typed, fields[0].Error, fields[0].Choice = []string{"mine"}, "Li: theirs", true
	f.SetFields(fields)
	told.take()
	if title.Text != "mine" || !f.rows[0].mine.Visible() || !f.rows[0].theirs.Visible() {
		t.Fatalf("%q is shown, the answers %v", title.Text, f.rows[0].mine.Visible())
	}
	f.Commit() // leaving decides nothing
	if got := told.take(); got != "" {
		t.Fatalf("leaving tells %q", got)
	}
	return f, title, told, win
}

func TestTwoValuesAskWhichStands(t *testing.T) {
	_, title, told, _ := choice(t)
	pressKey(title, fyne.KeyReturn)
	if got := told.take(); got != "set(title=mine)" {
		t.Errorf("Enter tells %q", got)
	}
	f, title, told, _ := choice(t)
	pressKey(title, fyne.KeyEscape)
	if got := told.take(); got != "theirs(title)" || title.Text != "theirs" || f.Dirty() || f.rows[0].mine.Visible() {
		t.Errorf("Escape tells %q and shows %q", got, title.Text)
	}
	f, _, told, _ = choice(t)
	test.Tap(f.rows[0].mine)
	if got := told.take(); got != "set(title=mine) focus(title)" {
		t.Errorf("“use mine” tells %q", got)
	}
	f, title, told, _ = choice(t)
	test.Tap(f.rows[0].theirs)
	if got := told.take(); got != "theirs(title)" || title.Text != "theirs" {
		t.Errorf("“keep theirs” tells %q and shows %q", got, title.Text)
	}
}

func TestEscapeKeepsALongText(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetFields(threeFields())
	e := entryOf(f, "note", 0)
	win.Canvas().Focus(e)
	told.take()
	typeKeys(e, "short")
	pressKey(e, fyne.KeyEscape)
	if got := told.take(); got != "" || e.Text != "" {
		t.Errorf("a few words: told %q, shown %q", got, e.Text)
	}
	long := "this took me a good while to type"
	typeKeys(e, long)
	pressKey(e, fyne.KeyEscape)
	if got := told.take(); got != "draft(note="+long+")" || e.Text != long || !f.rows[2].kept {
		t.Errorf("more words: told %q, shown %q, said %v", got, e.Text, f.rows[2].kept)
	}
	f.Commit()
	if got := told.take(); got != "" {
		t.Errorf("passing by tells %q", got)
	}
	pressKey(e, fyne.KeyEscape)
	if got := told.take(); got != "nodraft(note)" || e.Text != "" || f.rows[2].kept {
		t.Errorf("a second time: told %q, shown %q", got, e.Text)
	}
	if LongTyping("李振国厅长在银川召开会议讲话", "李振国厅长在兰州召开会议讲话") {
		t.Error("two characters changed in a long text are many")
	}
}

func TestReadOnlyForm(t *testing.T) {
	f, win, told, _ := newTestForm(t, 600)
	f.SetReadOnly(true)
	f.SetFields(threeFields())
	title := entryOf(f, "title", 0)
	win.Canvas().FocusNext()
	if win.Canvas().Focused() != fyne.Focusable(title) {
		t.Fatalf("Tab goes to %T: the text cannot be copied by keys", win.Canvas().Focused())
	}
	told.take()
	typeKeys(title, "x")
	pressKey(title, fyne.KeyBackspace)
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent("pasted")
	title.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	title.TypedShortcut(&fyne.ShortcutSelectAll{})
	title.TypedShortcut(&fyne.ShortcutCut{Clipboard: clip})
	pressKey(title, fyne.KeyReturn)
	title.TypedShortcut(alt(fyne.KeyA))
	title.TypedShortcut(alt(fyne.KeyR))
	entryOf(f, "creator", 0).TypedShortcut(alt(fyne.KeyN))
	if got := told.take(); got != "" || title.Text != "通知" || len(f.rows[1].values) != 2 {
		t.Errorf("told %q, shown %q, %d rows", got, title.Text, len(f.rows[1].values))
	}
	title.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if got := clip.Content(); got != "通知" {
		t.Errorf("copied %q", got)
	}
	if f.rows[1].add.Visible() {
		t.Error("a button that does nothing is there")
	}
	f.SetReadOnly(false)
	typeKeys(title, "x")
	if title.Text == "通知" || !f.rows[1].add.Visible() {
		t.Error("it stays read only")
	}
}

func TestReadOnlyAndRefusedTags(t *testing.T) {
	f, win, told := newTestTags(t)
	f.SetTags([]TagView{{Tag: "会议"}})
	win.Canvas().Focus(f.entry)
	typeKeys(f.entry, "x//")
	pressKey(f.entry, fyne.KeyReturn)
	told.take()
	f.Refused("x//", "no tag")
	if f.entry.Text != "x//" || f.wrong != "no tag" || !f.said.rows[0].Visible() {
		t.Errorf("shown %q, said %q", f.entry.Text, f.wrong)
	}
	typeKeys(f.entry, "y")
	if f.entry.Text != "x//y" || f.wrong != "" {
		t.Errorf("typing goes on: %q, said %q", f.entry.Text, f.wrong)
	}
	f.entry.SetText("")
	f.SetReadOnly(true)
	typeKeys(f.entry, "z")
	pressKey(f.entry, fyne.KeyReturn)
	win.Canvas().Focus(f.chips[0])
	pressKey(f.chips[0], fyne.KeyDelete)
	if got := told.take(); got != "" || f.entry.Text != "" {
		t.Errorf("read only: told %q, shown %q", got, f.entry.Text)
	}
}
