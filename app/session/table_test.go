package session

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/storage/archive"
)

func TestTable(t *testing.T) {
	s := New(NewManual().Config())
	ids, runes, shortcuts, names := map[string]bool{}, map[string]string{}, map[string]string{}, map[fyne.KeyName]string{}
	for _, c := range s.Commands.All() {
		if ids[c.ID] {
			t.Errorf("%s stands twice in the table", c.ID)
		}
		ids[c.ID] = true
		if !i18n.Has(c.Label) {
			t.Errorf("%s has no words", c.ID)
		}
		if c.Menu == "" || !i18n.Has(string(c.Menu)) {
			t.Errorf("%s is in no menu", c.ID)
		}
		if c.Rune != 0 {
			if o := runes[c.On+string(c.Rune)]; o != "" {
				t.Errorf("%s and %s have the key %c", o, c.ID, c.Rune)
			}
			runes[c.On+string(c.Rune)] = c.ID
			if len(c.Shortcuts) == 0 && c.On == "" {
				t.Errorf("%s has a key in the text, and none that works everywhere", c.ID)
			}
		}
		if c.Key != "" {
			if o := names[c.Key]; o != "" {
				t.Errorf("%s and %s have the key %s", o, c.ID, c.Key)
			}
			names[c.Key] = c.ID
		}
		for i := range c.Shortcuts {
			sh := &c.Shortcuts[i]
			if o := shortcuts[sh.ShortcutName()]; o != "" {
				t.Errorf("%s and %s have %s", o, c.ID, sh.ShortcutName())
			}
			shortcuts[sh.ShortcutName()] = c.ID
			if sh.KeyName == fyne.KeySpace || sh.KeyName == fyne.KeyPeriod && sh.Modifier == fyne.KeyModifierControl {
				t.Errorf("%s takes %s, which belongs to input methods", c.ID, sh.ShortcutName())
			}
			if sh.Modifier&(fyne.KeyModifierControl|fyne.KeyModifierAlt|fyne.KeyModifierSuper) == 0 {
				t.Errorf("%s: %s does not work in a menu", c.ID, sh.ShortcutName())
			}
			for _, taken := range []fyne.KeyName{fyne.KeyC, fyne.KeyV, fyne.KeyX, fyne.KeyA} {
				if sh.KeyName == taken && sh.Modifier == fyne.KeyModifierShortcutDefault {
					t.Errorf("%s takes %s from the text fields", c.ID, sh.ShortcutName())
				}
			}
		}
	}
}

func TestCommandsAreFoundByTheirKeys(t *testing.T) {
	c := New(NewManual().Config()).Commands
	for r, want := range map[rune]string{'p': "mark.person", 'P': "mark.person", 'A': "proposal.takeall", '1': "tag.1", '９': "tag.9", '?': "shortcuts", '？': "shortcuts", 'j': "doc.next"} {
		if got := c.ByRune(r); got == nil || got.ID != want {
			t.Errorf("%c: got %v, want %s", r, got, want)
		}
	}
	for _, r := range []rune{0, '0', 'ü', '你'} {
		if got := c.ByRune(r); got != nil {
			t.Errorf("%q is %s", r, got.ID)
		}
	}
	if got := c.ByKey(fyne.KeyF6); got == nil || got.ID != "pane.next" {
		t.Errorf("F6: got %v", got)
	}
	if c.ByKey("") != nil {
		t.Error("no key is a command")
	}
	sh := &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
	if got := c.ByShortcut(sh); got == nil || got.ID != "redo" {
		t.Errorf("Ctrl+Shift+Z: got %v", got)
	}
	if got := c.Get("tag.3").Words(); !strings.Contains(got, "3") {
		t.Errorf("the words of tag.3: %q", got)
	}
}

func TestCommandsWithoutAScreenDoNothing(t *testing.T) {
	s := New(NewManual().Config())
	for _, c := range s.Commands.All() {
		if c.ID != "doc.next" && s.Commands.Enabled(c) {
			t.Errorf("%s can be done without an archive", c.ID)
		}
		s.Commands.Run(c.ID)
	}
	s.Commands.Run("no such thing")
	ran := 0
	s.Commands.Bind("about", func() { ran++ }, nil)
	s.Commands.Run("about")
	s.Quiet()
	s.Commands.Run("about")
	if ran != 1 {
		t.Errorf("ran %d times, want once", ran)
	}
}

func TestEveryRefusalIsSaidInWords(t *testing.T) {
	for _, tag := range i18n.Languages() {
		i18n.Use(tag)
		for _, code := range archive.RefusalCodes() {
			if !i18n.Has("refusal." + code) {
				t.Errorf("%s: the refusal %q has no words", tag, code)
			}
		}
		for _, kind := range append(archive.EditKinds(), archive.UndoKind, archive.RedoKind, "document.import", "document.origin", "archive.create", "person.join",
			archive.ImportBeginKind, archive.ImportEndKind, archive.RecordKind) {
			if !i18n.Has("kind." + kind) {
				t.Errorf("%s: the kind %q has no words", tag, kind)
			}
		}
		for _, l := range Labels {
			if LabelWords(l) == "" || !i18n.Has("mark."+l) {
				t.Errorf("%s: the label %q has no words", tag, l)
			}
		}
	}
	i18n.Use(i18n.Default)
	if got := LabelWords("my own"); got != "my own" {
		t.Errorf("a label of one's own: %q", got)
	}
	s := New(NewManual().Config())
	if s.LabelStyle("person") != 0 || s.LabelStyle("work") != 5 || s.LabelStyle("my own") < 6 || s.LabelStyle("my own") > 9 {
		t.Error("styles of labels are not those of the palette")
	}
}

// Placeholders of a refusal are those that its sentence in English has.
func TestRefusalsFillTheirPlaces(t *testing.T) {
	err := archive.Refuse("range-outside", "start", 3, "end", 9, "length", 5)
	for _, tag := range i18n.Languages() {
		i18n.Use(tag)
		if got := Words(err); !strings.Contains(got, "3") || !strings.Contains(got, "9") || !strings.Contains(got, "5") || strings.Contains(got, "{") {
			t.Errorf("%s: %q", tag, got)
		}
	}
	i18n.Use(i18n.Default)
}

func TestTemplate(t *testing.T) {
	s := New(NewManual().Config())
	tmpl := s.Template()
	if tmpl.ID != template.Default || len(tmpl.Fields) < 8 || tmpl.Fields[0].ID != archive.TitleField {
		t.Fatalf("the template: %s with %d fields", tmpl.ID, len(tmpl.Fields))
	}
	i18n.Use("zh-Hans")
	if got := tmpl.Fields[0].LabelWords(); got != "题名" {
		t.Errorf("the title is called %q, want 题名", got)
	}
	i18n.Use("en")
	if got := tmpl.Fields[0].LabelWords(); got != "Title" || tmpl.Fields[0].HelpWords() == "" {
		t.Errorf("the title is called %q, want Title", got)
	}
	if f := s.Field("my:own"); f.LabelWords() != "my:own" || !f.Repeatable {
		t.Errorf("a field of one's own: %+v", f)
	}
	if _, err := template.Read("none"); err == nil {
		t.Error("a template that is not there was read")
	}
}
