package widgets

import "fyne.io/fyne/v2"

const (
	barZone  float32 = 12 // width at the right edge that takes hold of the bar
	barWidth float32 = 6
	barLeast float32 = 28 // shortest thumb, still easy to hit
)

// span is the greatest scroll position in rows; 0 when everything is in sight.
func (l *List) span() float64 {
	top, off := l.bottomAt(l.count)
	return float64(top) + float64(off)/float64(l.rowHeight())
}

// thumb is where the thumb of the scroll bar lies, in pixels from the top of
// the list; size 0 means that there is none.
func (l *List) thumb() (at, size float32) {
	span := l.span()
	h := l.Size().Height
	if span <= 0 || h <= 2*barLeast {
		return 0, 0
	}
	size = max(barLeast, float32(float64(h)*float64(h)/(float64(l.count)*float64(l.rowHeight()))))
	pos := float64(l.top) + float64(l.off)/float64(l.rowHeight())
	return float32(pos / span * float64(h-size)), size
}

func (l *List) onBar(p fyne.Position) bool {
	_, size := l.thumb()
	return size > 0 && p.X >= l.Size().Width-barZone
}

// takeBar takes hold of the thumb; a press beside the thumb brings it there.
func (l *List) takeBar(p fyne.Position) bool {
	if !l.onBar(p) {
		return false
	}
	at, size := l.thumb()
	l.grabbed, l.grab = true, p.Y-at
	if p.Y < at || p.Y >= at+size {
		l.grab = size / 2
		l.dragBar(p.Y)
	}
	return true
}

// dragBar moves the held thumb to a pointer height.
func (l *List) dragBar(y float32) {
	_, size := l.thumb()
	if size == 0 {
		return
	}
	share := float64(y-l.grab) / float64(l.Size().Height-size)
	pos := min(max(share, 0), 1) * l.span()
	l.top = int(pos)
	l.off = float32((pos - float64(l.top)) * float64(l.rowHeight()))
	l.clamp()
	l.place()
}
