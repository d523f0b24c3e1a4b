package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fonds/app/fonts"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/settings"
	"fonds/assets"
	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// machine is a folder of fonts under names of families that are as long as the
// one that is built in, whose glyphs they have.
func machine(t *testing.T, families ...string) func() *fonts.Catalog {
	t.Helper()
	const own = "Noto Sans CJK SC"
	wide := func(s string) (b []byte) {
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u>>8), byte(u))
		}
		return b
	}
	dir := t.TempDir()
	for _, family := range families {
		font := bytes.ReplaceAll(assets.Regular(), wide(own), wide(family))
		font = bytes.ReplaceAll(font, []byte(own), []byte(family))
		if bytes.Equal(font, assets.Regular()) != (family == own) || len(family) != len(own) {
			t.Fatalf("the font that is built in could not be called %q", family)
		}
		name := "NotoSansCJK-" + strings.ReplaceAll(family, " ", "") + ".otf"
		if err := os.WriteFile(filepath.Join(dir, name), font, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return func() *fonts.Catalog { return fonts.Scan([]string{dir}) }
}

func TestFindTypeface(t *testing.T) {
	i18n.Use("en")
	bare, full := machine(t), machine(t, "Noto Sans CJK TC")
	never := func() *fonts.Catalog { t.Error("fonts were looked for that nobody wants"); return fonts.Scan(nil) }
	for _, tt := range []struct {
		name            string
		set             settings.Settings
		scan            func() *fonts.Catalog
		words, document bool
		lack            []string
	}{
		{"as it comes", settings.Settings{}, never, false, false, nil},
		{"traditional", settings.Settings{Forms: "hant"}, full, true, true, nil},
		{"traditional, none there", settings.Settings{Forms: "hant"}, bare, false, false, []string{"prefs.lack.forms"}},
		{"japanese, none there", settings.Settings{Forms: "ja"}, full, false, false, []string{"prefs.lack.forms"}},
		{"traditional, no serif", settings.Settings{Forms: "hant", Serif: true}, full, true, true, []string{"prefs.lack.serif"}},
		{"serif, none there", settings.Settings{Serif: true}, full, false, false, []string{"prefs.lack.serif"}},
		{"neither", settings.Settings{Forms: "ja", Serif: true}, bare, false, false, []string{"prefs.lack.forms", "prefs.lack.serif"}},
	} {
		got := findTypeface(&tt.set, tt.scan)
		if (got.words != nil) != tt.words || (got.document != nil) != tt.document {
			t.Errorf("%s: a face for the interface %v, for documents %v; want %v, %v", tt.name, got.words != nil, got.document != nil, tt.words, tt.document)
		}
		var want []string
		for _, key := range tt.lack {
			want = append(want, i18n.T(key))
		}
		if lack := got.lack(); lack != strings.Join(want, " ") {
			t.Errorf("%s: it says %q, want %q", tt.name, lack, want)
		}
		if (got.look.Read != nil) != tt.words {
			t.Errorf("%s: Fyne's font is read from the machine: %v, want %v", tt.name, got.look.Read != nil, tt.words)
		}
	}
}

// The fonts of the interface have every character of its words, and one that is
// gone later is replaced by the one that is built in.
func TestWordsAreCovered(t *testing.T) {
	face, err := textpaint.ParseFace(assets.Regular(), 0)
	if err != nil {
		t.Fatal(err)
	}
	f := textpaint.NewFonts(face)
	for _, r := range i18n.Letters() {
		if f.Boxed(r) {
			t.Errorf("the font that is built in lacks %q (U+%04X) of the interface's words", r, r)
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "NotoSansSC.otf")
	if err := os.WriteFile(path, assets.Bold(), 0o666); err != nil {
		t.Fatal(err)
	}
	got := readFonts(fonts.Scan([]string{dir}), fonts.Simplified, fonts.Found{Path: path})
	th := look.NewTheme(look.Light, got, 1)
	if b := th.Font(fyne.TextStyle{}).Content(); bytes.Equal(b, assets.Regular()) || len(b) < len(assets.Bold())/2 {
		t.Error("the font of the machine was not read")
	}
	os.Remove(path)
	if b := th.Font(fyne.TextStyle{}).Content(); !bytes.Equal(b, assets.Regular()) {
		t.Error("a font that is gone was not replaced by the one that is built in")
	}
	if b := th.Font(fyne.TextStyle{Bold: true}).Content(); !bytes.Equal(b, assets.Bold()) {
		t.Error("nor was the bold one")
	}
	if th.Font(fyne.TextStyle{}).Name() == look.NewTheme(look.Light, builtIn, 1).Font(fyne.TextStyle{}).Name() {
		t.Error("two fonts have one name: Fyne would take one for the other")
	}
}

// Where this machine has Noto CJK, each of its forms is found and draws.
func TestFormsOfThisMachine(t *testing.T) {
	have := systemFonts()
	if _, ok := have.Find(fonts.Want{Forms: fonts.Traditional}); !ok {
		t.Skip("this machine has no font with Traditional forms (Debian: fonts-noto-cjk)")
	}
	drawn := map[string]string{}
	for _, forms := range []fonts.Forms{fonts.Traditional, fonts.Japanese} {
		found, face := openFace(have, fonts.Want{Forms: forms})
		if face == nil {
			t.Errorf("%q: no face", forms)
			continue
		}
		f := textpaint.NewFonts(face)
		for _, r := range "直骨令，。A" {
			if f.Boxed(r) {
				t.Errorf("%s lacks %q", found.Family, r)
			}
		}
		b, err := found.Bytes()
		if err != nil {
			t.Errorf("%s: %v", found.Family, err)
			continue
		}
		if _, err := textpaint.ParseFace(b, 0); err != nil {
			t.Errorf("%s, taken out of its file: %v", found.Family, err)
		}
		if other := drawn[found.Family]; other != "" {
			t.Errorf("%q and %q are both %s", forms, other, found.Family)
		}
		drawn[found.Family] = string(forms)
	}
}

func TestChooseForms(t *testing.T) {
	b := newBench(t, zhang, Options{})
	t.Cleanup(func() { session.UseFaces(nil, nil) })
	b.scanFonts = machine(t, "Noto Sans CJK TC")
	b.run("settings")
	b.prefs.Focus("forms")
	b.keys(fyne.KeyRight, fyne.KeyReturn)
	if b.set.Forms != "hant" || b.face.words == nil || len(session.Faces()) != 2 {
		t.Errorf("forms %q, faces %d: the traditional ones were not taken", b.set.Forms, len(session.Faces()))
	}
	if name := b.app.Settings().Theme().Font(fyne.TextStyle{}).Name(); !strings.Contains(name, "TC") {
		t.Errorf("the interface is drawn in %s", name)
	}
	if got := b.prefs.Focused(); got != "forms" {
		t.Errorf("the keyboard is at %q, want the forms", got)
	}
	b.keys(fyne.KeyRight, fyne.KeyReturn) // there is no Japanese font
	if b.set.Forms != "ja" || b.face.words != nil || len(session.Faces()) != 1 || b.face.lack() != i18n.T("prefs.lack.forms") {
		t.Errorf("forms %q, it says %q", b.set.Forms, b.face.lack())
	}
	if last := b.saved[len(b.saved)-1]; last.Forms != "ja" {
		t.Errorf("remembered: %+v", last)
	}
	if got := b.app.Settings().Theme().Size(theme.SizeNameText); got != look.Text {
		t.Errorf("the text is %v pixels", got)
	}
}
