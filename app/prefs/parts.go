package prefs

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
	"fonds/widgets/look"
)

// entry is one that commits on Enter and when it is left.
func (p *Page) entry(name string, take func(text string)) *widgets.Entry {
	e := widgets.NewEntry()
	e.Limit = 1000
	e.OnCommit = take
	e.OnKey = func(k *fyne.KeyEvent) bool { return !e.Dirty() && p.key(k) }
	e.OnFocus = func(on bool) {
		if on {
			p.reveal(e, 0, e.Size().Height)
		}
	}
	p.stops = append(p.stops, stop{name, e})
	return e
}

func (p *Page) bar(name string, pick func(id string)) *widgets.ChoiceBar {
	b := widgets.NewChoiceBar()
	b.OnPick, b.OnKey = pick, p.key
	b.OnReveal = func(top, bottom float32) { p.reveal(b, top, bottom) }
	p.stops = append(p.stops, stop{name, b})
	return b
}

func (p *Page) button(name, label string, do func()) *widgets.Button {
	b := widgets.NewButton(label, do)
	b.OnKey = p.key
	p.stops = append(p.stops, stop{name, b})
	return b
}

// group is a setting: its name, what is chosen, and what that does.
func group(title, means string, what ...fyne.CanvasObject) fyne.CanvasObject {
	t := canvas.NewText(title, look.Current().Ink)
	t.TextSize, t.TextStyle.Bold = theme.TextSize(), true
	all := append([]fyne.CanvasObject{t, note(means)}, what...)
	return container.New(layout.NewCustomPaddedVBoxLayout(look.Tight), all...)
}

// note is a sentence in quiet ink.
func note(words string) *widgets.Note {
	n := session.NewNote(6)
	n.SetText(words, widgets.Plain)
	n.Hidden = words == ""
	return n
}

// reveal scrolls to a part of something on the page, in its own pixels.
func (p *Page) reveal(o fyne.CanvasObject, top, bottom float32) {
	if p.scroll == nil || p.scroll.Size().Height <= 0 {
		return
	}
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.scroll).Y + p.scroll.Offset.Y
	top, bottom = y+top-3*look.Apart, y+bottom+look.Apart
	switch h := p.scroll.Size().Height; {
	case top < p.scroll.Offset.Y:
		p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, top)))
	case bottom > p.scroll.Offset.Y+h:
		p.scroll.ScrollToOffset(fyne.NewPos(0, bottom-h))
	}
}

// column keeps its one object at the left, not wider than is read well.
type column struct{}

// columnWidth is in Fyne pixels at text size 1.
const columnWidth = 600

// MinSize is called by Fyne.
func (column) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(2*look.Edge, 2*look.Apart)
}

// Layout is called by Fyne.
func (column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(look.Edge, look.Apart))
	o[0].Resize(fyne.NewSize(min(size.Width-2*look.Edge, columnWidth*theme.TextSize()/look.Text), max(0, size.Height-2*look.Apart)))
}

// languages are those that there are, by the names that they have for themselves.
func languages() []widgets.Choice {
	out := []widgets.Choice{{ID: "", Title: i18n.T("prefs.language.system")}}
	for _, tag := range i18n.Languages() {
		out = append(out, widgets.Choice{ID: tag, Title: i18n.Name(tag)})
	}
	return out
}

func number(id string) float32 {
	v, _ := strconv.ParseFloat(id, 32) // the ids are those below
	return float32(v)
}

// scales are the sizes of the interface's text, in percent, and which is on. One
// that was set elsewhere stands among them.
func scales(on float32) ([]widgets.Choice, string) {
	if on <= 0 {
		on = 1
	}
	all := []float32{0.9, 1, 1.15, 1.3, 1.5, 1.75}
	return listed(all, on, func(v float32) string { return fmt.Sprintf("%.0f %%", 100*v) })
}

// sizes are those of documents, in pixels.
func sizes(on float32) ([]widgets.Choice, string) {
	if on <= 0 {
		on = look.DocumentText
	}
	return listed([]float32{13, 14, 16, 18, 20, 24, 28, 32}, on, func(v float32) string { return fmt.Sprintf("%.0f", v) })
}

func listed(all []float32, on float32, words func(float32) string) ([]widgets.Choice, string) {
	near := func(v float32) bool { return math.Abs(float64(v-on)) < 0.01 }
	if !slices.ContainsFunc(all, near) {
		all = append(all, on)
		slices.Sort(all)
	}
	var out []widgets.Choice
	chosen := ""
	for _, v := range all {
		c := widgets.Choice{ID: fmt.Sprint(v), Title: words(v)}
		if near(v) {
			chosen = c.ID
		}
		out = append(out, c)
	}
	return out, chosen
}
