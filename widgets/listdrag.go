package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// dragging is what is known of rows that are dragged somewhere else.
type dragging struct {
	on    func(at fyne.Position, dropped bool)
	going bool // rows are being dragged
	held  int  // 1 + the picked row under the button, which is chosen alone if nothing is dragged
	at    fyne.Position
}

// SetDrag lets the rows that are picked, or the one with the cursor, be dragged: f is told
// where the pointer is, on the canvas, and in the end that they were dropped there.
func (l *List) SetDrag(f func(at fyne.Position, dropped bool)) { l.drag.on = f }

// RowUnder is the row under a place on the canvas, or -1.
func (l *List) RowUnder(at fyne.Position) int {
	at = at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(l))
	if at.X < 0 || at.X >= l.Size().Width {
		return -1
	}
	return l.rowAt(at.Y)
}

// holds says whether the button goes down on one of several picked rows, which may be
// dragged: they stay picked until it is known.
func (l *List) holds(i int, ev *desktop.MouseEvent) bool {
	l.drag.held, l.drag.going = 0, false
	if l.drag.on == nil || ev.Button != desktop.MouseButtonPrimary || ev.Modifier != 0 || !l.picked.Has(i) {
		return false
	}
	l.drag.held = i + 1
	return true
}

func (l *List) letGo() {
	l.grabbed = false
	if i := l.drag.held; i > 0 && !l.drag.going {
		l.goTo(i-1, false, false)
	}
	l.drag.held = 0
}

func (l *List) dragRows(ev *fyne.DragEvent) {
	if l.drag.on == nil || l.cursor < 0 {
		return
	}
	l.drag.going, l.drag.at = true, ev.AbsolutePosition
	l.drag.on(ev.AbsolutePosition, false)
}

func (l *List) dropRows() {
	l.grabbed = false
	if l.drag.going {
		l.drag.going, l.drag.held = false, 0
		l.drag.on(l.drag.at, true)
	}
}

// Dragged moves the scroll bar that MouseDown took hold of.
func (l *List) Dragged(ev *fyne.DragEvent) {
	if l.grabbed {
		l.dragBar(ev.Position.Y)
	} else {
		l.dragRows(ev)
	}
}

// DragEnd lets go of the scroll bar, or of the rows.
func (l *List) DragEnd() { l.dropRows() }
