package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// NewTitle is the title of a page or of a box, cut where there is no room.
func NewTitle(words string) *widget.Label {
	l := widget.NewLabelWithStyle(words, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName, l.Truncation = theme.SizeNameSubHeadingText, fyne.TextTruncateEllipsis
	return l
}

// NewPageHead is the line above a page: its title, and buttons at the right, the way back
// as the last.
func NewPageHead(title string, buttons ...*Button) fyne.CanvasObject {
	row := container.New(layout.NewCustomPaddedHBoxLayout(look.Near))
	for _, b := range buttons {
		row.Add(container.NewCenter(b))
	}
	return container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Apart), Border(nil, nil, nil, row, NewTitle(title)))
}

// Inset is what stands at the edge of a page: near above and below, apart from its sides.
func Inset(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Apart, look.Apart), o)
}

// Stacked is things that belong together, one below the other.
func Stacked(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(look.Near), objects...)
}
