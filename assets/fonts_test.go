package assets

import (
	"bytes"
	"encoding/json"
	"image/png"
	"io/fs"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
)

// TestRegularCoversTexts holds that no sample, template or translation shows a
// box in the place of a character.
func TestRegularCoversTexts(t *testing.T) {
	regular := parse(t, Regular())
	for name, text := range sampleTexts(t) {
		covers(t, regular, "samples/"+name, text)
	}
	covers(t, regular, "samples-work.jsonl", string(SamplesWork()))
	for _, tree := range []fs.FS{Templates(), Translations()} {
		for name, data := range files(t, tree) {
			covers(t, regular, name, string(data))
		}
	}
	covers(t, regular, "signs of the interface", "▯□〓●○①…—“”〔〕✓→⌘")
}

// TestBoldCoversTranslations holds the same of headings.
func TestBoldCoversTranslations(t *testing.T) {
	bold := parse(t, Bold())
	for name, data := range files(t, Translations()) {
		var texts map[string]any
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatalf("translations/%s: %v", name, err)
		}
		for key, v := range texts {
			covers(t, bold, name+": "+key, leaves(v))
		}
	}
	covers(t, bold, "the letters of a date", "0123456789年月日（）：，。Aa")
}

// TestRegionalForms holds that the face is the Simplified Chinese one and that
// the two fonts are set alike: on the em of 1000 units, a Han character an em.
func TestRegionalForms(t *testing.T) {
	for name, data := range map[string][]byte{"regular": Regular(), "bold": Bold()} {
		f := parse(t, data)
		var buf sfnt.Buffer
		family, err := f.Name(&buf, sfnt.NameIDFamily)
		if err != nil || family != "Noto Sans CJK SC" {
			t.Errorf("%s: family %q, %v; want Noto Sans CJK SC", name, family, err)
		}
		if got := f.UnitsPerEm(); got != 1000 {
			t.Errorf("%s: %d units an em; want 1000", name, got)
		}
		for _, r := range "骨直令户▯，" {
			g, err := f.GlyphIndex(&buf, r)
			if err != nil || g == 0 {
				t.Errorf("%s: no glyph for %q: %v", name, r, err)
				continue
			}
			advance, err := f.GlyphAdvance(&buf, g, 1000<<6, 0)
			if err != nil || advance != 1000<<6 {
				t.Errorf("%s: advance of %q is %v, %v; want 1000", name, r, advance, err)
			}
			if segments, err := f.LoadGlyph(&buf, g, 1000<<6, nil); err != nil || len(segments) == 0 {
				t.Errorf("%s: outline of %q: %d segments, %v", name, r, len(segments), err)
			}
		}
	}
}

// TestLicences holds that the licence travels with the fonts and names their
// copyright as the fonts themselves do.
func TestLicences(t *testing.T) {
	text := string(FontLicence())
	for _, want := range []string{"SIL OPEN FONT LICENSE Version 1.1", "PERMISSION & CONDITIONS", "DISCLAIMER"} {
		if !strings.Contains(text, want) {
			t.Errorf("fonts/OFL.txt lacks %q", want)
		}
	}
	for name, data := range map[string][]byte{"regular": Regular(), "bold": Bold()} {
		got, err := parse(t, data).Name(nil, sfnt.NameIDCopyright)
		if err != nil || got == "" || !strings.Contains(text, got) {
			t.Errorf("fonts/OFL.txt lacks the copyright of %s: %q, %v", name, got, err)
		}
	}
}

func TestIcon(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(Icon()))
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got.X != 512 || got.Y != 512 {
		t.Errorf("icon is %v; want 512 by 512", got)
	}
	if _, _, _, a := img.At(0, 0).RGBA(); a != 0 {
		t.Errorf("the icon's corner is not transparent: alpha %d", a)
	}
}

func parse(t *testing.T, data []byte) *sfnt.Font {
	t.Helper()
	f, err := sfnt.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// covers reports each character of text that f has no glyph for, once.
func covers(t *testing.T, f *sfnt.Font, name, text string) {
	t.Helper()
	var buf sfnt.Buffer
	seen := map[rune]bool{}
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8", name)
	}
	for _, r := range text {
		if seen[r] || unicode.IsControl(r) {
			continue
		}
		seen[r] = true
		if g, err := f.GlyphIndex(&buf, r); err != nil || g == 0 {
			t.Errorf("%s: the font has no %q (%U)", name, r, r)
		}
	}
}

// leaves joins every string of a translation: a text, or forms by number.
func leaves(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		var b strings.Builder
		for _, x := range v {
			b.WriteString(leaves(x))
		}
		return b.String()
	}
	return ""
}

// files reads every file of a tree, by path.
func files(t *testing.T, tree fs.FS) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		found[path], err = fs.ReadFile(tree, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("an empty tree was built in")
	}
	return found
}
