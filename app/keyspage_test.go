package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/settings"
	"fonds/widgets"
)

// shortcut presses a combination as Fyne's driver does: the menus are asked
// first, then what has the focus.
func (b *bench) shortcut(k fyne.KeyName, mod fyne.KeyModifier) {
	b.t.Helper()
	sh := asFyne(&desktop.CustomShortcut{KeyName: k, Modifier: mod})
	for _, m := range b.win.MainMenu().Items {
		for _, i := range m.Items {
			if i.Shortcut != nil && i.Shortcut.ShortcutName() == sh.ShortcutName() {
				i.Action()
				b.m.Settle()
				return
			}
		}
	}
	if f, ok := b.win.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(sh)
	}
	b.m.Settle()
}

func TestKeysCanBeChanged(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	keysOf := func(id string) string { return b.s.Commands.Get(id).Keys() }
	catching := func() bool { _, ok := b.win.Canvas().Focused().(*widgets.KeyCatcher); return ok }
	b.run("shortcuts")
	b.types("next document")
	b.keys(fyne.KeyReturn)
	if !catching() {
		t.Fatalf("no key is asked for: %T has the focus", b.win.Canvas().Focused())
	}
	before := b.s.RowOfDocument()
	b.types("k") // the previous document's
	b.shortcut(fyne.KeyK, fyne.KeyModifierShortcutDefault)
	b.shortcut(fyne.KeyC, fyne.KeyModifierShortcutDefault)
	b.keys(fyne.KeyTab)
	if !catching() || keysOf("doc.next") != "J, Alt+↓" || b.s.RowOfDocument() != before {
		t.Fatalf("a key of another command is taken: %s", keysOf("doc.next"))
	}
	b.types("z")
	if catching() || keysOf("doc.next") != "Z, Alt+↓" {
		t.Errorf("the new key: %s", keysOf("doc.next"))
	}
	if got := b.saved[len(b.saved)-1].Keys["doc.next"]; strings.Join(got, " ") != "z Alt+Down" {
		t.Errorf("kept: %q", got)
	}
	b.keys(fyne.KeyReturn) // the page is back, with the command chosen
	b.shortcut(fyne.KeyJ, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift)
	b.keys(fyne.KeyEscape)
	if keysOf("doc.next") != "Z, Ctrl+Shift+J" || b.modal != nil {
		t.Fatalf("a combination: %s", keysOf("doc.next"))
	}
	b.lib.Focus()
	b.types("z")
	if b.s.RowOfDocument() != before+1 {
		t.Error("the new key alone does nothing")
	}
	b.shortcut(fyne.KeyJ, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift)
	if b.s.RowOfDocument() != before+2 {
		t.Error("the new combination does nothing")
	}
	b.shortcut(fyne.KeyDown, fyne.KeyModifierAlt)
	if b.s.RowOfDocument() != before+2 {
		t.Error("the old one still does it")
	}
	b.openKeys("doc.next").restore()
	if keysOf("doc.next") != "J, Alt+↓" || len(b.set.Keys) != 0 {
		t.Errorf("the usual keys: %s, %v", keysOf("doc.next"), b.set.Keys)
	}
	b.keys(fyne.KeyEscape)
}

func TestUsualKeysThatAnotherHasAreRefused(t *testing.T) {
	b := newBench(t, settings.Settings{Name: "Zhang", Keys: map[string][]string{"doc.next": {"z"}, "doc.previous": {"j"}}}, Options{Sample: true})
	p := b.openKeys("doc.next")
	p.restore()
	if got := b.s.Commands.Get("doc.next").Keys(); got != "Z" {
		t.Errorf("the next document has %s, while J is another's", got)
	}
	b.keys(fyne.KeyEscape)
	p = b.openKeys("")
	p.restoreAll()
	if got := b.s.Commands.Get("doc.next").Keys(); got != "J, Alt+↓" {
		t.Errorf("all usual keys: %s", got)
	}
}

func TestKeysOfTheSettings(t *testing.T) {
	b := newBench(t, settings.Settings{Name: "Zhang", Keys: map[string][]string{"doc.next": {"z"}, "doc.previous": {"Ctrl+C"}, "doc.fly": {"q"}}}, Options{Sample: true})
	if got := b.s.Commands.Get("doc.next").Keys(); got != "Z" {
		t.Errorf("the next document: %s", got)
	}
	if got := b.s.Commands.Get("doc.previous").Keys(); got != "K, Alt+↑" {
		t.Errorf("the previous one: %s", got)
	}
	b.tellWrongKeys()
	if b.modal == nil || len(b.wrong) != 0 {
		t.Fatal("nothing is said of the keys that cannot be")
	}
	b.keys(fyne.KeyEscape)
	b.tellWrongKeys()
	if b.modal != nil {
		t.Error("it is said twice")
	}
}

// The sheet fits into the smallest window, and every command is in it.
func TestKeysFitASmallWindow(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	for _, tag := range []string{"en", "zh-Hans"} {
		b.speakIn(tag)
		b.win.Resize(fyne.NewSize(800, 500))
		p := b.openKeys("")
		if got := b.modal.popup.MinSize(); got.Height > 500 || got.Width > 800 {
			t.Errorf("%s: it wants %v", tag, got)
		}
		if len(p.found) != len(b.s.Commands.All()) {
			t.Errorf("%d of %d commands", len(p.found), len(b.s.Commands.All()))
		}
		for words, id := range map[string]string{"next document": "doc.next", "下一件": "doc.next", "ctrl+k": "palette"} {
			b.replace(words)
			if len(p.found) == 0 || p.found[0].ID != id {
				t.Errorf("%s: %q finds %d others", tag, words, len(p.found))
			}
		}
		b.keys(fyne.KeyEscape)
	}
}

func TestPaletteKnowsWhatWasDoneLast(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	b.run("palette")
	b.types("历史") // in the other language
	b.keys(fyne.KeyReturn)
	b.run("tab.fields")
	b.run("palette")
	b.keys(fyne.KeyReturn)
	if b.lately[0] != "tab.history" || len(b.lately) != 1 {
		t.Errorf("what was done last: %q", b.lately)
	}
}
