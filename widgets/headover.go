package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// HeadOver is a layout that gives what stands above a text, a *container.Scroll, the
// height it wants, up to six tenths, and the last object what is left. What stands
// between them is a line of 1 Fyne pixel.
type HeadOver struct{ Least fyne.Size } // what it wants at least

// MinSize is called by Fyne.
func (h HeadOver) MinSize([]fyne.CanvasObject) fyne.Size { return h.Least }

// Layout is called by Fyne.
func (HeadOver) Layout(o []fyne.CanvasObject, size fyne.Size) {
	scroll, last := o[0].(*container.Scroll), len(o)-1
	scroll.Resize(fyne.NewSize(size.Width, max(1, scroll.Size().Height))) // so that what wraps knows its height
	y := min(scroll.Content.MinSize().Height, size.Height*6/10)
	scroll.Move(fyne.NewPos(0, 0))
	scroll.Resize(fyne.NewSize(size.Width, y))
	for _, line := range o[1:last] {
		line.Move(fyne.NewPos(0, y))
		line.Resize(fyne.NewSize(size.Width, 1))
		y++
	}
	o[last].Move(fyne.NewPos(0, y))
	o[last].Resize(fyne.NewSize(size.Width, size.Height-y))
}
