package session

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"fyne.io/fyne/v2/widget"

	"fonds/assets"
	"fonds/widgets"
	"fonds/widgets/textpaint"
)

// builtIn is the face that the program brings along, read once.
var builtIn = sync.OnceValue(func() *textpaint.Face {
	face, err := textpaint.ParseFace(assets.Regular(), 0)
	if err != nil {
		panic("session: the font that is built in cannot be read: " + err.Error())
	}
	return face
})

// typefaces are what the program draws in.
type typefaces struct {
	document []*textpaint.Face
	words    *textpaint.Fonts // of the interface
}

var chosen atomic.Pointer[typefaces]

func fonts() *typefaces {
	if chosen.Load() == nil {
		UseFaces(nil, nil)
	}
	return chosen.Load()
}

// UseFaces chooses the face of the interface and that of documents, nil being the
// one that is built in. What is drawn by then has to be built anew.
func UseFaces(words, document *textpaint.Face) {
	t := &typefaces{document: []*textpaint.Face{builtIn()}}
	if document != nil {
		t.document = []*textpaint.Face{document, builtIn()}
	}
	if words == nil {
		words = builtIn()
	}
	t.words = textpaint.NewFonts(words)
	chosen.Store(t)
}

// Faces are those that documents are drawn in: what the first lacks is drawn by
// the next.
func Faces() []*textpaint.Face { return slices.Clone(fonts().document) }

// NewNote is a note of at most so many lines, in the interface's font.
func NewNote(rows int) *widgets.Note {
	n := widgets.NewNote(rows)
	n.Covers = Covers
	return n
}

// Covers says whether the interface's font has a character.
func Covers(r rune) bool { return !fonts().words.Boxed(r) }

// bold is the face of headings, which has the common characters of Simplified Chinese
// only, read once.
var bold = sync.OnceValue(func() *textpaint.Fonts {
	face, err := textpaint.ParseFace(assets.Bold(), 0)
	if err != nil {
		panic("session: the bold font that is built in cannot be read: " + err.Error())
	}
	return textpaint.NewFonts(face)
})

// BoldHas says whether the bold face has all of some words.
func BoldHas(words string) bool {
	return !strings.ContainsFunc(words, func(r rune) bool { return r > ' ' && bold().Boxed(r) })
}

// Head puts words of a document into a heading: bold where the bold face has all of
// them, so that none is drawn as a box that is there otherwise.
func Head(l *widget.Label, words string) {
	heavy := BoldHas(words)
	if l.Text != words || l.TextStyle.Bold != heavy {
		l.TextStyle.Bold = heavy
		l.SetText(words)
	}
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
