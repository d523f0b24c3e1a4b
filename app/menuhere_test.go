package app

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
)

// shownMenu are the lines of the menu that lies over the window.
func (b *bench) shownMenu() []string {
	b.t.Helper()
	menu, ok := b.win.Canvas().Focused().(*widget.PopUpMenu)
	if !ok {
		return nil
	}
	var out []string
	for _, o := range menu.Items {
		if i, ok := o.(interface{ MinSize() fyne.Size }); ok && i != nil {
			out = append(out, textsOf(o)...)
		}
	}
	return out
}

// textsOf are the words that an object draws.
func textsOf(o fyne.CanvasObject) []string {
	var out []string
	for _, line := range strings.Split(test.RenderObjectToMarkup(o), "\n") {
		if _, rest, ok := strings.Cut(line, "<text"); ok {
			_, rest, _ = strings.Cut(rest, ">")
			words, _, _ := strings.Cut(rest, "<")
			words, _, _ = strings.Cut(words, "\u00a0") // its keys
			out = append(out, words)
		}
	}
	return out
}

// The Menu key opens the menu of what has the keyboard: of the words of the text,
// a field, a mark in the list, a document; Escape gives the keyboard back.
func TestMenuOfWhatHasTheKeyboard(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.lib.Focus()
	b.keys(fyne.KeyHome, fyne.KeyDown)
	label := func(id string) string { return b.s.Commands.Get(id).Words() }
	for _, tt := range []struct {
		what    string
		focus   func()
		has     []string
		without []string
	}{
		{"a document", b.lib.Focus, []string{label("pane.text"), label("doc.remove"), label("doc.submit")}, []string{label("doc.restore")}},
		{"the text", b.desk.FocusText, []string{label("mark.person"), label("correct")}, nil},
		{"a field", func() { b.run("tab.fields"); b.desk.FocusInspector() }, []string{label("history.of")}, []string{label("mark.person")}},
		{"a mark", func() { b.run("tab.marks"); b.desk.FocusInspector(); b.keys(fyne.KeyDown) }, []string{i18n.T("marks.remove"), i18n.T("marks.show"), label("history.of")}, []string{label("doc.remove")}},
	} {
		tt.focus()
		before := b.win.Canvas().Focused()
		b.keys(desktop.KeyMenu)
		got := b.shownMenu()
		for _, want := range tt.has {
			if !slices.Contains(got, want) {
				t.Errorf("%s: %q is not in %q", tt.what, want, got)
			}
		}
		for _, not := range tt.without {
			if slices.Contains(got, not) {
				t.Errorf("%s: %q is in %q", tt.what, not, got)
			}
		}
		if len(got) == 0 {
			continue
		}
		b.keys(fyne.KeyEscape)
		if b.win.Canvas().Focused() != before || b.win.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: after Escape %T has the focus", tt.what, b.win.Canvas().Focused())
		}
	}
	b.lib.Focus()
	b.keys(desktop.KeyMenu, fyne.KeyDown, fyne.KeyReturn)
	if !b.desk.TextFocused() {
		t.Errorf("the first line of a document's menu goes to %T", b.win.Canvas().Focused())
	}
	b.lib.FocusSearch()
	b.keys(desktop.KeyMenu)
	if len(b.shownMenu()) > 0 || b.s.Status().Notice == "" {
		t.Error("there is no menu of the search, and nothing says so")
	}
}
