package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestFieldFormReading: the hint under a field is of what stands in it, also while it is
// typed, and is the view's again when typing is given up.
func TestFieldFormReading(t *testing.T) {
	f, win, _, _ := newTestForm(t, 600)
	f.OnType = func(id, text string) string { return "[" + id + " " + text + "]" }
	show := func(value, hint string) {
		fields := threeFields()
		fields[0].Values[0].Text, fields[0].Hint = value, hint
		f.SetFields(fields)
	}
	f.SetDocument("d1")
	show("1912", "doubt of 1912")
	title := entryOf(f, "title", 0)
	below := func(when, want string) {
		t.Helper()
		if got := f.rows[0].hinted; got != want {
			t.Errorf("%s: %q stands below, want %q", when, got, want)
		}
	}
	below("at first", "doubt of 1912")
	win.Canvas().Focus(title)
	title.TypedShortcut(&fyne.ShortcutSelectAll{})
	typeKeys(title, "1921")
	below("while typing", "[title 1921]")
	show("1912", "doubt of 1912")
	below("when the same view comes again", "[title 1921]")
	pressKey(title, fyne.KeyEscape)
	below("after Escape", "doubt of 1912")
	title.TypedShortcut(&fyne.ShortcutSelectAll{})
	typeKeys(title, "1922")
	pressKey(title, fyne.KeyReturn)
	below("while it is saved", "[title 1922]")
	show("1922", "doubt of 1922")
	below("when it is saved", "doubt of 1922")

	// What was typed another day says so until something is typed again.
	f.SetDocument("d2")
	fields := threeFields()
	fields[0].Hint, fields[0].Drafts = "a draft of yesterday", []DraftView{{Text: "1923"}}
	f.SetFields(fields)
	below("over a draft", "a draft of yesterday")
	title = entryOf(f, "title", 0)
	win.Canvas().Focus(title)
	typeKeys(title, "4")
	below("after typing on", "[title 19234]")
}
