package app

import (
	"os"
	"runtime/debug"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"fonds/app/fonts"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/settings"
	"fonds/assets"
	"fonds/widgets/look"
	"fonds/widgets/textpaint"
)

// typeface is what this machine gave for the forms and the serif that the person
// chose. The zero value is the font that is built in.
type typeface struct {
	words, document *textpaint.Face // nil is the one that is built in
	look            look.Fonts      // the interface's, for Fyne
	noForms         bool            // the machine has no font with the forms
	noSerif         bool            // nor a serif with them
	onlyText        bool            // the font lacks words of the interface: it is for documents
}

// builtIn is the font that the program brings along.
var builtIn = look.Fonts{Regular: assets.Regular(), Bold: assets.Bold()}

// systemFonts looks what the machine has.
func systemFonts() *fonts.Catalog { return fonts.Scan(fonts.Folders()) }

// findTypeface finds the faces for settings. It reads files: where settings ask
// for what is not built in, call it on a worker.
func findTypeface(set *settings.Settings, scan func() *fonts.Catalog) typeface {
	t := typeface{look: builtIn}
	forms := fonts.Forms(set.Forms)
	if forms == fonts.Simplified && !set.Serif {
		return t
	}
	have := scan()
	if forms != fonts.Simplified {
		regular, face := openFace(have, fonts.Want{Forms: forms})
		t.noForms = face == nil
		if face != nil && coversWords(face) {
			t.words = face
			t.look = readFonts(have, forms, regular)
		} else {
			t.onlyText = face != nil
		}
		t.document = face
	}
	if set.Serif {
		_, serif := openFace(have, fonts.Want{Forms: forms, Serif: true})
		t.noSerif = serif == nil
		if serif != nil {
			t.document = serif
		}
	}
	return t
}

// openFace opens a face of the machine for drawing, or gives nil. Its file stays
// open as long as the program runs: glyphs are read when they are wanted.
func openFace(have *fonts.Catalog, w fonts.Want) (fonts.Found, *textpaint.Face) {
	found, ok := have.Find(w)
	if !ok {
		return found, nil
	}
	file, err := os.Open(found.Path)
	if err != nil {
		return found, nil
	}
	face, err := textpaint.ReadFace(file, found.Index)
	if err != nil {
		file.Close()
		return found, nil
	}
	return found, face
}

// readFonts are the fonts of the interface, read from the machine each time that
// Fyne asks for them, and those that are built in should that fail.
func readFonts(have *fonts.Catalog, forms fonts.Forms, regular fonts.Found) look.Fonts {
	bold, ok := have.Find(fonts.Want{Forms: forms, Bold: true})
	if !ok {
		bold = regular
	}
	return look.Fonts{Name: regular.Family, Read: func(heavy bool) []byte {
		of, otherwise := &regular, assets.Regular()
		if heavy {
			of, otherwise = &bold, assets.Bold()
		}
		b, err := of.Bytes()
		if err != nil {
			return otherwise
		}
		return b
	}}
}

// coversWords says whether a face has every character of the interface, in all
// its languages: one made for Japan may lack Simplified ones.
func coversWords(face *textpaint.Face) bool {
	f := textpaint.NewFonts(face)
	return !strings.ContainsFunc(i18n.Letters(), f.Boxed)
}

// lack says in words what of the person's choice this machine does not have.
func (t *typeface) lack() string {
	var all []string
	if t.noForms {
		all = append(all, i18n.T("prefs.lack.forms"))
	}
	if t.noSerif {
		all = append(all, i18n.T("prefs.lack.serif"))
	}
	if t.onlyText {
		all = append(all, i18n.T("prefs.lack.words"))
	}
	return strings.Join(all, " ")
}

// use makes the faces those of everything that is built from now on.
func (t *typeface) use() { session.UseFaces(t.words, t.document) }

// tidyAfter is how long after a font was chosen everything has been drawn in it.
const tidyAfter = 3 * time.Second

// tidyFonts gives back what reading a large font took: Fyne keeps a copy of its
// own, and Go would hold the other for minutes.
func (w *window) tidyFonts() {
	if cfg := w.s.Config(); w.face.look.Read != nil {
		cfg.After(tidyAfter, func() { cfg.Go(debug.FreeOSMemory) })
	}
}

// themeOf is the look of a setting, in fonts, at a factor on the sizes of text.
func themeOf(name string, f look.Fonts, scale float32) fyne.Theme {
	mode := look.System
	switch name {
	case "light":
		mode = look.Light
	case "dark":
		mode = look.Dark
	case "contrast":
		mode = look.HighContrast
	}
	return look.NewTheme(mode, f, or(scale, 1))
}
