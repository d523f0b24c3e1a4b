// Package look holds how Fonds looks: the palettes (light, dark, high
// contrast), the colours and underlines of marks, and a fyne.Theme made of
// them with the sizes of the interface.
//
// It may use Fyne's theme types and the font bytes handed to it. It must never
// read files, know a widget or depend on the screen: a palette is data.
//
// A reading room, not a dashboard: paper, ink and one blue. The document is the
// brightest thing on the screen. Text stands at 5:1 or better against paper,
// panel and a chosen row, ink at 12:1, frames and rings that say something at
// 3:1; the tests hold all of it.
package look

import "image/color"

// Mode is the person's choice of palette.
type Mode int

// The modes. System takes light or dark from the desktop.
const (
	System Mode = iota
	Light
	Dark
	HighContrast
)

// Underline is the style of a mark's underline. With the label in words it
// keeps marks apart for people who do not tell their colours apart.
type Underline int

// The underline styles.
const (
	Solid Underline = iota
	Dashed
	Dotted
	Double
)

// Mark is how one kind of mark is drawn.
type Mark struct {
	Name      string // stable English name: person, organisation … free4
	Color     color.NRGBA
	Underline Underline
}

// Palette is everything that is drawn in one mode.
type Palette struct {
	Mode Mode // Light, Dark or HighContrast

	Paper  color.NRGBA // document, fields
	Panel  color.NRGBA // lists, inspector, bars
	Line   color.NRGBA // hairlines, which only part things
	Edge   color.NRGBA // frames that say that something can be put in or pressed
	Ink    color.NRGBA // text
	Quiet  color.NRGBA // labels, hints, counts
	Faint  color.NRGBA // what stands where a value could, what cannot be done now, furniture: never taken for ink
	Accent color.NRGBA // focus, selection, links, the primary action
	Good   color.NRGBA // saved, approved
	Warn   color.NRGBA // proposed, look again, missing
	Bad    color.NRGBA // error, rejected

	OnAccent color.NRGBA // text on the accent, and on good, warn and bad

	Band         float32 // share of a mark's colour under its text; 0 draws none
	Selection    float32 // share of the accent under selected text
	SelectedRow  float32 // share of the accent under a selected list row
	InvertSelect bool    // selected text is drawn in OnAccent on the full accent
	LineWidth    float32 // hairlines, in Fyne pixels

	Hit     color.NRGBA // the marker pen over words that were looked for
	HitBand float32     // its share under them, see CurrentHit; 0 draws none

	Marks []Mark // in the order of the palette; MarkStyle wraps around
}

// MarkStyle is the look of the i-th kind of mark. Any i is allowed: kinds
// beyond the ten repeat from the first, told apart by their label.
func (p *Palette) MarkStyle(i int) Mark {
	n := len(p.Marks)
	return p.Marks[((i%n)+n)%n]
}

// CurrentHit is the share of Hit under the one that a person has gone to.
func (p *Palette) CurrentHit() float32 { return min(p.HitBand*1.8, 0.9) }

// For is the palette of a mode; System gives the light one (a Theme knows what
// the desktop asks for). The palette is shared: do not change it.
func For(m Mode) *Palette {
	switch m {
	case Dark:
		return &dark
	case HighContrast:
		return &highContrast
	}
	return &light
}

var light = Palette{
	Mode:  Light,
	Paper: rgb(0xFBFAF7), Panel: rgb(0xF2F0EA), Line: rgb(0xD9D5CB), Edge: rgb(0x8A8880), Ink: rgb(0x1E2226),
	Quiet: rgb(0x535860), Faint: rgb(0x535860), Accent: rgb(0x19589E), Good: rgb(0x1F6340), Warn: rgb(0x794F00),
	Bad: rgb(0xA52820), OnAccent: rgb(0xFFFFFF),
	Hit: rgb(0xF2C100), HitBand: 0.40,
	Band: 0.18, Selection: 0.30, SelectedRow: 0.14, LineWidth: 1,
	Marks: marks(0x1B5EA8, 0x6E46B0, 0x24734A, 0x8A5A00, 0xAE2A22, 0x00686F, 0x9B2C77, 0x626300, 0x46546B, 0x7F4524),
}

var dark = Palette{
	Mode:  Dark,
	Paper: rgb(0x17191C), Panel: rgb(0x1E2125), Line: rgb(0x343940), Edge: rgb(0x6B7078), Ink: rgb(0xE8E5DE),
	Quiet: rgb(0xA7ABB2), Faint: rgb(0xA7ABB2), Accent: rgb(0x82B6F2), Good: rgb(0x7CC79B), Warn: rgb(0xE3B25A),
	Bad: rgb(0xF0938B), OnAccent: rgb(0x10151B),
	Hit: rgb(0xC79A00), HitBand: 0.26,
	Band: 0.22, Selection: 0.30, SelectedRow: 0.14, LineWidth: 1,
	Marks: marks(0x82B6F2, 0xBFA3F0, 0x7CC79B, 0xE3B25A, 0xF0938B, 0x6CC6CC, 0xEB9BCF, 0xC9C96A, 0xAAB8CF, 0xDDA98A),
}

// highContrast is pure black on white: what is selected is inverted, marks
// have underlines and no bands, lines are two pixels wide.
var highContrast = Palette{
	Mode:  HighContrast,
	Paper: rgb(0xFFFFFF), Panel: rgb(0xFFFFFF), Line: rgb(0), Edge: rgb(0), Ink: rgb(0),
	Quiet: rgb(0), Faint: rgb(0x595959), Accent: rgb(0), Good: rgb(0), Warn: rgb(0), Bad: rgb(0), OnAccent: rgb(0xFFFFFF),
	Hit: rgb(0), HitBand: 0,
	Band: 0, Selection: 1, SelectedRow: 0, InvertSelect: true, LineWidth: 2,
	Marks: marks(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
}

func marks(c ...uint32) []Mark {
	names := [...]string{"person", "organisation", "place", "date", "event", "work", "free1", "free2", "free3", "free4"}
	lines := [...]Underline{Solid, Dashed, Solid, Dotted, Dashed, Solid, Dotted, Double, Dashed, Solid}
	out := make([]Mark, len(names))
	for i := range out {
		out[i] = Mark{Name: names[i], Color: rgb(c[i]), Underline: lines[i]}
	}
	return out
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// Over is the opaque colour that share (0 to 1) of top makes on a ground.
func Over(top, ground color.NRGBA, share float32) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(float32(a)*share + float32(b)*(1-share) + 0.5) }
	return color.NRGBA{mix(top.R, ground.R), mix(top.G, ground.G), mix(top.B, ground.B), 0xFF}
}
