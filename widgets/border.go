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
