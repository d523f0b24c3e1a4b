// Package textpaint draws rows of text with their marks into a picture: glyph
// masks are made once for each face, size and character and blended into an
// RGBA of the viewport, so that what is seen stands exactly where textlayout
// says it stands.
//
// It is pure: it may use textlayout, golang.org/x/image and
// golang.org/x/text, it must never know Fyne, a file or a theme: colours and
// faces are handed in. Lengths are in logical pixels where not said otherwise;
// Sheet.Scale turns them into device pixels. Text runs from left to right in
// the order of its characters, without shaping: Arabic and Indic letters stand
// in their places but in their isolated forms.
package textpaint

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Face is one font, TrueType or OpenType. Immutable; it may be shared by any
// number of Fonts on any goroutine.
type Face struct {
	font            *sfnt.Font
	upem            fixed.Int26_6
	ascent, descent float32 // em
}

// ParseFace reads a font file; of a collection it takes the face with the
// index (0 for a single font). The bytes are kept and must not change.
func ParseFace(data []byte, index int) (*Face, error) {
	if len(data) == 0 { // sfnt would read it as an absent file
		return nil, errors.New("read a font: the file is empty; choose a .ttf, .otf or .ttc file")
	}
	c, err := sfnt.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("read a font of %d bytes: %w; choose a .ttf, .otf or .ttc file", len(data), err)
	}
	return takeFace(c, index)
}

// ReadFace is ParseFace for a file that stays open: a glyph is read when it is
// asked for first, so that a font of tens of megabytes takes no memory.
func ReadFace(file io.ReaderAt, index int) (*Face, error) {
	c, err := sfnt.ParseCollectionReaderAt(file)
	if err != nil {
		return nil, fmt.Errorf("read a font: %w; choose a .ttf, .otf or .ttc file", err)
	}
	return takeFace(c, index)
}

func takeFace(c *sfnt.Collection, index int) (*Face, error) {
	if index < 0 || index >= c.NumFonts() {
		return nil, fmt.Errorf("take face %d of a font file that has %d; choose one from 0", index, c.NumFonts())
	}
	f, err := c.Font(index)
	if err != nil {
		return nil, fmt.Errorf("read face %d of a font file: %w; choose another font", index, err)
	}
	face := &Face{font: f, upem: fixed.Int26_6(f.UnitsPerEm())}
	m, err := f.Metrics(nil, face.upem<<6, font.HintingNone)
	if err != nil {
		return nil, fmt.Errorf("measure face %d of a font file: %w; choose another font", index, err)
	}
	em := float32(face.upem << 6)
	face.ascent, face.descent = float32(m.Ascent)/em, float32(m.Descent)/em
	return face, nil
}

// glyph finds the glyph of a character and its advance in ems; index 0 is none.
func (f *Face) glyph(buf *sfnt.Buffer, r rune) (sfnt.GlyphIndex, float32) {
	x, err := f.font.GlyphIndex(buf, r)
	if err != nil || x == 0 {
		return 0, 0
	}
	// At one em of as many pixels as units the advance comes out unrounded.
	adv, err := f.font.GlyphAdvance(buf, x, f.upem<<6, font.HintingNone)
	if err != nil {
		return 0, 0
	}
	return x, float32(adv) / float32(f.upem<<6)
}
