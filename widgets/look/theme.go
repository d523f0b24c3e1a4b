package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Sizes in Fyne pixels at text size 1. A four-pixel grid: 4 inside a chip, 8
// between things that belong together, 16 between groups, 24 at a page's edge.
const (
	DocumentText float32 = 16 // the document, before its own zoom
	Text         float32 = 13 // the interface
	Caption      float32 = 12 // labels, in quiet ink
	Heading      float32 = 15 // bold

	Tight  float32 = 4
	Near   float32 = 8
	Apart  float32 = 16
	Edge   float32 = 24
	Corner float32 = 4

	RowHeight    float32 = 28 // lists
	TwoRowHeight float32 = 44 // lists with two lines a row
	FocusRing    float32 = 2
	RowBar       float32 = 3 // at the left of the selected row
)

// Fonts are the bytes of one family in TrueType or OpenType, one face a file.
// Regular must have Latin and Han, so that Fyne looks for neither elsewhere:
// its own search gives Chinese text Japanese shapes and clipped lines. A nil
// Bold uses Regular; a nil Regular leaves Fyne's own fonts.
type Fonts struct {
	Regular, Bold []byte
	// Read gives the bytes in their stead, each time that Fyne reads a font, which
	// makes a copy of its own: so that those of a large one are not kept twice. It
	// must answer with a font whatever happens.
	Read func(bold bool) []byte
	// Name tells one pair of fonts from another that is read so.
	Name string
}

// readFont is a font that is read when it is wanted.
type readFont struct {
	name string
	read func() []byte
}

// Name is called by Fyne, and so is Content.
func (f *readFont) Name() string { return f.name }

// Content is the bytes of the font.
func (f *readFont) Content() []byte { return f.read() }

// Theme draws the stock widgets of Fyne in a palette. Immutable.
type Theme struct {
	mode          Mode
	scale         float32
	regular, bold fyne.Resource
}

// NewTheme makes a theme of a mode, fonts and a factor on all text sizes (1 is
// as designed; 0.75 to 2 is what people may choose and values beyond are cut).
func NewTheme(m Mode, f Fonts, textScale float32) *Theme {
	t := &Theme{mode: m, scale: min(max(textScale, 0.75), 2)}
	if f.Read != nil {
		t.regular = &readFont{"fonds-" + f.Name + "-regular", func() []byte { return f.Read(false) }}
		t.bold = &readFont{"fonds-" + f.Name + "-bold", func() []byte { return f.Read(true) }}
	} else if len(f.Regular) > 0 {
		t.regular = fyne.NewStaticResource("fonds-regular", f.Regular)
		t.bold = t.regular
		if len(f.Bold) > 0 {
			t.bold = fyne.NewStaticResource("fonds-bold", f.Bold)
		}
	}
	return t
}

var _ fyne.Theme = (*Theme)(nil)

// Palette is the palette in force when the desktop prefers the variant.
func (t *Theme) Palette(v fyne.ThemeVariant) *Palette {
	if t.mode == System && v == theme.VariantDark {
		return &dark
	}
	return For(t.mode)
}

// Mode is what the person has chosen.
func (t *Theme) Mode() Mode { return t.mode }

// TextScale is the factor on text sizes.
func (t *Theme) TextScale() float32 { return t.scale }

// Current is the palette that the running app draws in: that of its theme, or
// the light one when the app has another theme or there is no app.
func Current() *Palette {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t.Palette(app.Settings().ThemeVariant())
		}
	}
	return &light
}

// Color answers Fyne. Names that the palette does not know come from Fyne's
// default theme in the palette's own variant.
func (t *Theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := t.Palette(v)
	switch n {
	case theme.ColorNameBackground, theme.ColorNameHeaderBackground:
		return p.Panel
	case theme.ColorNameInputBackground, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground:
		return p.Paper
	case theme.ColorNameButton:
		return Over(p.Line, p.Panel, pick(p, 0.55, 0))
	case theme.ColorNameDisabledButton:
		return p.Panel
	case theme.ColorNameForeground:
		return p.Ink
	case theme.ColorNameDisabled, theme.ColorNamePlaceHolder:
		return p.Faint
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.Accent
	case theme.ColorNameFocus:
		// Fyne lays this under the words of what has the focus, an open menu's
		// title among them; rings of our own are drawn in the accent.
		return alpha(p.Accent, pick(p, 0.3, 0.25))
	case theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnError,
		theme.ColorNameForegroundOnSuccess, theme.ColorNameForegroundOnWarning:
		return p.OnAccent
	case theme.ColorNameSuccess:
		return p.Good
	case theme.ColorNameWarning:
		return p.Warn
	case theme.ColorNameError:
		return p.Bad
	case theme.ColorNameSelection:
		// Fyne lays this under the text and cannot invert it: a grey that
		// black text still reads on stands in for the inversion.
		return Over(p.Accent, p.Paper, pick(p, p.Selection, 0.25))
	case theme.ColorNameHover:
		return alpha(p.Ink, pick(p, 0.06, 0.15))
	case theme.ColorNamePressed:
		return alpha(p.Ink, pick(p, 0.12, 0.3))
	case theme.ColorNameInputBorder:
		return p.Edge
	case theme.ColorNameSeparator, theme.ColorNameInnerWindowBorder, theme.ColorNameInnerWindowBorderInactive:
		return p.Line
	case theme.ColorNameScrollBar:
		return alpha(p.Quiet, pick(p, 0.75, 1))
	case theme.ColorNameScrollBarBackground:
		return alpha(p.Line, pick(p, 0.35, 0))
	case theme.ColorNameShadow:
		// In high contrast it is the only frame that Fyne's menus have.
		return color.NRGBA{A: uint8(pick(p, 0x28, 0x90))}
	}
	if p.Mode == Dark {
		v = theme.VariantDark
	} else {
		v = theme.VariantLight
	}
	return theme.DefaultTheme().Color(n, v)
}

// pick takes the first value but in high contrast, which takes the second.
func pick(p *Palette, usual, contrast float32) float32 {
	if p.Mode == HighContrast {
		return contrast
	}
	return usual
}

func alpha(c color.NRGBA, share float32) color.NRGBA {
	c.A = uint8(share*255 + 0.5)
	return c
}

// Font answers Fyne: one family for everything, monospace included, since
// Fyne's monospace has no Han. Symbols keep Fyne's own.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case t.regular == nil || s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return t.bold
	}
	return t.regular
}

// Icon answers Fyne.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size answers Fyne in Fyne pixels.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	wide := For(t.mode).LineWidth
	switch n {
	case theme.SizeNameText:
		return Text * t.scale
	case theme.SizeNameSubHeadingText, theme.SizeNameHeadingText:
		return Heading * t.scale
	case theme.SizeNameCaptionText:
		return Caption * t.scale
	case theme.SizeNamePadding:
		return Tight
	case theme.SizeNameInnerPadding:
		return Near
	case theme.SizeNameLineSpacing:
		return Tight
	case theme.SizeNameInlineIcon:
		return 16 * t.scale
	case theme.SizeNameSeparatorThickness, theme.SizeNameInputBorder:
		return wide
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius,
		theme.SizeNameCardRadius, theme.SizeNameDialogRadius, theme.SizeNamePopupRadius,
		theme.SizeNameMenuRadius, theme.SizeNameInnerWindowRadius:
		return Corner
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameScrollBarRadius:
		return 2
	}
	return theme.DefaultTheme().Size(n)
}
