package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Border puts things at the edges of what has the rest of the room, any of them nil,
// and lets Tab go through all of them as one reads: what is above first, what is below
// last. Fyne's own goes through the middle before its edges.
func Border(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	c := container.New(layout.NewBorderLayout(top, bottom, left, right))
	for _, o := range []fyne.CanvasObject{top, left, middle, right, bottom} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

// Middle puts words in the middle of the height of what stands beside them.
func Middle(o fyne.CanvasObject) *fyne.Container { return container.New(middle{}, o) }

type middle struct{}

// MinSize is called by Fyne.
func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is called by Fyne.
func (middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width, o[0].MinSize().Height))
	h := o[0].MinSize().Height // at that width
	o[0].Move(fyne.NewPos(0, max(0, (size.Height-h)/2)))
	o[0].Resize(fyne.NewSize(size.Width, h))
}
