package session

import (
	"strings"
	"sync"
	"unicode"

	"fonds/assets"
	"fonds/widgets"
	"fonds/widgets/textpaint"
)

// fonts are the faces of the program, read once.
var fonts = sync.OnceValues(func() (*textpaint.Face, *textpaint.Fonts) {
	face, err := textpaint.ParseFace(assets.Regular(), 0)
	if err != nil {
		panic("session: the font that is built in cannot be read: " + err.Error())
	}
	return face, textpaint.NewFonts(face)
})

// Faces are those that documents are drawn in.
func Faces() []*textpaint.Face {
	face, _ := fonts()
	return []*textpaint.Face{face}
}

// Covers says whether the interface's font has a character.
func Covers(r rune) bool {
	_, f := fonts()
	return !f.Boxed(r)
}

// OneLine makes words of a document fit to be shown in one line of the
// interface: what breaks lines becomes a space, what the font lacks the mark for
// a missing character. Fyne would look through all fonts of the system for it.
func OneLine(text string) string { return clean(text, ' ') }

// Lines is OneLine that leaves the ends of lines as they are.
func Lines(text string) string { return clean(text, '\n') }

func clean(text string, lineEnd rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return lineEnd
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case !Covers(r):
			return widgets.Missing
		}
		return r
	}, text)
}
