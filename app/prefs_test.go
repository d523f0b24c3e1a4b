package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/settings"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Everything that can be chosen holds at once and is remembered, by keys alone.
func TestSettingsPage(t *testing.T) {
	b := newBench(t, zhang, Options{})
	b.run("settings")
	if !b.prefing || !b.prefs.Content().Visible() || b.welcome.content.Visible() {
		t.Fatal("the page of settings is not there")
	}
	last := func() settings.Settings {
		t.Helper()
		if len(b.saved) == 0 {
			t.Fatal("nothing was remembered")
		}
		return b.saved[len(b.saved)-1]
	}
	at := func(name string) {
		t.Helper()
		b.prefs.Focus(name)
		if got := b.prefs.Focused(); got != name {
			t.Fatalf("the keyboard is at %q, want %q", got, name)
		}
	}
	at("theme")
	b.keys(fyne.KeyEnd, fyne.KeyReturn)
	if last().Theme != "contrast" || look.Current().Mode != look.HighContrast || b.prefs.Focused() != "theme" {
		t.Errorf("theme %q, drawn in mode %d, the keyboard at %q", last().Theme, look.Current().Mode, b.prefs.Focused())
	}
	at("scale")
	b.keys(fyne.KeyEnd, fyne.KeyReturn)
	if got := b.app.Settings().Theme().Size(theme.SizeNameText); last().Scale != 1.75 || got != 1.75*look.Text {
		t.Errorf("scale %v, text of %v pixels", last().Scale, got)
	}
	at("text")
	b.keys(fyne.KeyEnd, fyne.KeyReturn)
	if last().TextSize != 32 || b.s.TextSize() != 32 {
		t.Errorf("documents in %v, want 32", last().TextSize)
	}
	at("language")
	b.keys(fyne.KeyEnd, fyne.KeyReturn)
	if last().Language != "zh-Hans" || i18n.Current() != "zh-Hans" || !b.prefing {
		t.Errorf("language %q, the page is open: %v", last().Language, b.prefing)
	}
	at("name")
	b.replace("王雪梅")
	b.keys(fyne.KeyReturn)
	if last().Name != "王雪梅" || b.s.Actor() != "王雪梅" {
		t.Errorf("name %q, working %q", last().Name, b.s.Actor())
	}
	b.replace(" ")
	b.keys(fyne.KeyReturn)
	if b.s.Actor() != "王雪梅" {
		t.Errorf("an empty name was taken: %q", b.s.Actor())
	}
	b.keys(fyne.KeyEscape, fyne.KeyEscape)
	if b.prefing || !b.welcome.content.Visible() {
		t.Error("Escape does not leave the page")
	}
}

func TestSettingsFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, zhang, Options{})
	b.run("settings")
	b.prefs.Focus("folder")
	says := func() string { return strings.Join(words(b.prefs.Content()), "\n") }
	for _, tt := range []struct{ path, want, set string }{
		{filepath.Join(dir, "nowhere"), i18n.T("pick.nofolder", "folder", filepath.Join(dir, "nowhere")), ""},
		{filepath.Join(dir, "file"), i18n.T("pick.notfolder", "folder", filepath.Join(dir, "file")), ""},
		{dir, "", dir},
	} {
		b.replace(tt.path)
		b.keys(fyne.KeyReturn)
		if b.set.Folder != tt.set || !strings.Contains(says(), tt.want) {
			t.Errorf("%s: the folder is %q, want %q; said: %s", tt.path, b.set.Folder, tt.set, says())
		}
	}
	if b.startFolder() != dir {
		t.Errorf("choosing begins in %s", b.startFolder())
	}
}

// words are those of the notes within something that is seen.
func words(o fyne.CanvasObject) []string {
	var out []string
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *widgets.Note:
		out = append(out, o.Text())
	case *fyne.Container:
		for _, c := range o.Objects {
			out = append(out, words(c)...)
		}
	case interface{ CreateRenderer() fyne.WidgetRenderer }:
		if s, ok := o.(fyne.Widget); ok {
			for _, c := range s.CreateRenderer().Objects() {
				out = append(out, words(c)...)
			}
		}
	}
	return out
}

// labelsIn are the words of Fyne's labels within something that is seen.
func labelsIn(o fyne.CanvasObject) []string {
	var out []string
	switch o := o.(type) {
	case *widget.Label:
		return []string{o.Text}
	case *widgets.Note:
		return []string{o.Text()}
	case *fyne.Container:
		for _, c := range o.Objects {
			out = append(out, labelsIn(c)...)
		}
	case fyne.Widget:
		for _, c := range o.CreateRenderer().Objects() {
			out = append(out, labelsIn(c)...)
		}
	}
	return out
}
