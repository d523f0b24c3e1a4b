package app

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/settings"
	"fonds/widgets"
)

func TestLanguageAndColoursAtRunTime(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.s.Move(3)
	b.m.Settle()
	id := b.s.Document().ID
	b.run("language.zh")
	if got := b.win.MainMenu().Items[0].Label; got != "文件" {
		t.Errorf("the first menu is called %q", got)
	}
	if d := b.s.Document(); d == nil || d.ID != id || !b.lib.Focused() {
		t.Error("the document or the focus is lost")
	}
	if got := i18n.Current(); got != "zh-Hans" || b.saved[len(b.saved)-1].Language != "zh-Hans" {
		t.Errorf("the language is %q", got)
	}
	for _, id := range []string{"theme.dark", "theme.contrast", "theme.light", "language.en"} {
		b.run(id)
		if b.s.Document() == nil || b.modal != nil {
			t.Errorf("%s: the document is gone", id)
		}
	}
	// The window that was built anew is the one that listens.
	b.s.SetTag("x", true)
	b.m.Settle()
	if !b.s.HasTag("x") {
		t.Error("edits do nothing any more")
	}
}

func TestEveryCommandDoesSomething(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	for _, c := range b.s.Commands.All() {
		if !b.s.Commands.Bound(c) {
			t.Errorf("%s is bound to nothing", c.ID)
		}
	}
}

func TestEveryShortcutIsInTheMenus(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	have := map[string]bool{}
	var walk func(*fyne.Menu)
	walk = func(m *fyne.Menu) {
		for _, i := range m.Items {
			if i.Shortcut != nil {
				have[i.Shortcut.ShortcutName()] = true
			}
			if i.ChildMenu != nil {
				walk(i.ChildMenu)
			}
		}
	}
	for _, m := range b.win.MainMenu().Items {
		walk(m)
	}
	for _, c := range b.s.Commands.All() {
		for i := range c.Shortcuts {
			if name := asFyne(&c.Shortcuts[i]).ShortcutName(); !have[name] {
				t.Errorf("%s: %s is in no menu", c.ID, name)
			}
		}
	}
	if !have["Undo"] || !have["Redo"] {
		t.Error("Fyne's own names of undo and redo are not there")
	}
}

func TestUndoBelongsToTypingFirst(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.s.SetTag("undo me", true)
	b.m.Settle()
	b.run("tab.fields")
	before := b.typingIn().Text
	b.types("x")
	b.run("undo")
	if got := b.typingIn().Text; got != before {
		t.Errorf("typing: %q, want %q", got, before)
	}
	if !b.s.HasTag("undo me") {
		t.Fatal("undo of typing took an edit back")
	}
	b.run("undo")
	if b.s.HasTag("undo me") {
		t.Error("with no typing under way, undo takes no edit back")
	}
	b.run("redo")
	if !b.s.HasTag("undo me") {
		t.Error("redo does not bring it back")
	}
}

func TestPalette(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.run("palette")
	b.types("history")
	b.keys(fyne.KeyReturn)
	b.m.Settle()
	if _, ok := b.win.Canvas().Focused().(*widgets.List); !ok || b.lib.Focused() {
		t.Errorf("the history is not open: %T has the focus", b.win.Canvas().Focused())
	}
	for _, id := range []string{"shortcuts", "about"} {
		b.run(id)
		if b.modal == nil {
			t.Fatalf("%s shows nothing", id)
		}
		b.run("doc.next") // nothing is done behind it
		b.keys(fyne.KeyEscape)
		if b.modal != nil {
			t.Fatalf("%s cannot be left by Escape", id)
		}
	}
	if b.s.RowOfDocument() != 0 {
		t.Error("a command was done behind a dialog")
	}
}

func TestFyneSpeaksOurLanguage(t *testing.T) {
	b := newBench(t, settings.Settings{Name: "Zhang", Language: "zh-Hans"}, Options{})
	if words, err := fyneWords(); err != nil || !strings.Contains(string(words), `"Cancel":"取消"`) {
		t.Errorf("words: %s, %v", words, err)
	}
	if !slices.ContainsFunc(b.win.MainMenu().Items, func(m *fyne.Menu) bool { return m.Label == "帮助" }) {
		t.Error("the menus are not in Chinese")
	}
}

// Of what one thing is chosen, the menus say by a tick which it is, and no menu of
// the long ones is higher than a window of 800 pixels.
func TestMenusTickWhatIsChosen(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	ticks := func() string {
		var out []string
		for _, id := range slices.Sorted(maps.Keys(b.ticks)) {
			if b.ticks[id].Checked {
				out = append(out, id)
			}
		}
		return strings.Join(out, " ")
	}
	if got := ticks(); got != "filter.all language.en theme.system" {
		t.Errorf("at first: %s", got)
	}
	b.run("filter.todo")
	if got := ticks(); got != "filter.todo language.en theme.system" {
		t.Errorf("after another filter: %s", got)
	}
	b.run("theme.dark")
	b.run("language.zh")
	if got := ticks(); got != "filter.todo language.zh theme.dark" {
		t.Errorf("after three choices: %s", got)
	}
	const line, window = 39, 800 - 28 // of a menu, and below the bar
	for _, m := range b.win.MainMenu().Items {
		long := m.Label == i18n.T(string(session.ViewMenu)) || m.Label == i18n.T(string(session.ReviewMenu))
		if long && len(m.Items)*line > window+7*line/2 { // separators are thin
			t.Errorf("%s has %d lines", m.Label, len(m.Items))
		}
	}
}
