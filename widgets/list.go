package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/widgets/look"
)

// Row is what one row of a List shows.
type Row struct {
	Title string // first line; cut with "…" where it does not fit
	Sub   string // second line, quiet
	Badge string // words or a count at the right of the first line, never cut
	Known bool   // false while the row is being fetched: "…" stands for it

	Cells []string // of a list with columns, in the place of the other words
	Faint bool     // they are quiet: the row counts for nothing
}

// List shows any number of equal rows of two lines, with one of them selected.
//
// Fyne's own list keeps its place as one float32 of pixels, which from row
// 409,000 on lands on neighbours. This one keeps the top row as an integer and
// the pixels of it that are scrolled away.
//
// Keys: Up, Down, Page Up, Page Down, Home and End move the selection, Enter
// activates it, letters go to the title that they begin. With Multi, Space and
// Ctrl+click pick a row or no longer, Shift with a movement or a click picks all
// rows between, Ctrl with a movement moves the cursor alone, Ctrl+A picks all and
// Escape none. It draws its own scroll bar, which can be dragged.
type List struct {
	widget.BaseWidget

	// OnSelect is told of the row that the person has selected.
	OnSelect func(i int)
	// OnActivate is told of Enter and of a double click on a row.
	OnActivate func(i int)
	// OnMenu is told of a secondary click on a row, with the place on the
	// canvas. The row has been selected by then.
	OnMenu func(i int, at fyne.Position)
	// OnPress is told of a press on a row in the place of OnActivate by a double click.
	OnPress func(i int)
	// Multi says that several rows can be picked; OnPick is told of them.
	Multi  bool
	OnPick func(rows RowSet)
	// OnSpace is told of Space in the place of picking the row of the cursor.
	OnSpace func()
	// OnSeek is told of the beginning of a title that was typed, "" when there is
	// none any more; without it the list looks by itself. See BeginSeek.
	OnSeek func(words string)
	// OnRune takes single characters, but none that an input method composed.
	OnRune func(r rune)
	// OnKey is asked before the list acts on a key that is not part of a
	// composition; true means that it has been dealt with.
	OnKey func(k *fyne.KeyEvent) bool
	// OnFocus is told when focus comes (true) and goes (false).
	OnFocus func(focused bool)
	// Covers says which runes the font has.
	Covers CoversFunc
	drag   dragging
	// Columns are those of a list whose rows have Cells, on one line. Set them before
	// SetCount.
	Columns []Column

	count    int
	row      func(i int) Row
	selected int
	cursor   int // row from which keys move, -1 for none
	anchor   int // from where Shift picks
	picked   RowSet

	seeking bool
	sought  string
	typedAt time.Time
	now     func() time.Time // nil: time.Now

	top int     // first row in sight
	off float32 // pixels of it above the edge, 0 ≤ off < rowHeight

	focused bool
	guard   imeGuard
	grab    float32 // where the thumb of the scroll bar is held, from its top
	grabbed bool

	drawn *listRenderer // nil while the list is not on a canvas
}

var (
	_ fyne.Focusable         = (*List)(nil)
	_ fyne.Scrollable        = (*List)(nil)
	_ fyne.Draggable         = (*List)(nil)
	_ fyne.DoubleTappable    = (*List)(nil)
	_ fyne.SecondaryTappable = (*List)(nil)
	_ desktop.Mouseable      = (*List)(nil)
	_ desktop.Keyable        = (*List)(nil)
	_ fyne.Shortcutable      = (*List)(nil)
)

// NewList makes an empty list.
func NewList() *List {
	l := &List{selected: -1, cursor: -1, anchor: -1}
	l.ExtendBaseWidget(l)
	return l
}

// SetCount says how many rows there are and how to get one (0 ≤ i < n). row is
// called on the UI goroutine for the rows in sight and must be quick: a row that
// has to be fetched is not Known, and RefreshRow follows when it is there. The
// place in the list is kept, the selection too unless it lies beyond the end.
func (l *List) SetCount(n int, row func(i int) Row) {
	l.count, l.row = max(n, 0), row
	if l.selected >= l.count {
		l.selected = -1
	}
	if l.cursor >= l.count {
		l.cursor = l.selected
	}
	if l.anchor >= l.count {
		l.anchor = -1
	}
	l.picked = l.picked.Remove(l.count, max(l.count, l.picked.End()))
	l.clamp()
	l.redraw(-1)
}

// Count is the number of rows.
func (l *List) Count() int { return l.count }

// RefreshRow fetches row i again if it is in sight.
func (l *List) RefreshRow(i int) {
	if i >= 0 {
		l.redraw(i)
	}
}

// RefreshRows fetches every row in sight again.
func (l *List) RefreshRows() { l.redraw(-1) }

// Selected is the selected row, -1 for none.
func (l *List) Selected() int { return l.selected }

// SetSelected selects a row on the program's behalf (-1 for none): OnSelect is
// not told and the list does not move. See EnsureVisible.
func (l *List) SetSelected(i int) {
	if i < 0 || i >= l.count {
		i = -1
	}
	if i != l.selected {
		if l.cursor == l.selected || len(l.picked) == 0 {
			l.cursor, l.anchor = i, i
		}
		l.selected = i
		l.place()
	}
}

// InSight is the range of rows of which anything is in sight, half open.
func (l *List) InSight() (from, to int) {
	h := l.rowHeight()
	rows := int((l.Size().Height + l.off + h - 1) / h)
	return l.top, min(l.top+rows, l.count)
}

// EnsureVisible scrolls as little as needed to show the whole of row i.
func (l *List) EnsureVisible(i int) {
	if i < 0 || i >= l.count || l.Size().Height < l.rowHeight() {
		return // with no room nothing can be seen
	}
	if i < l.top || i == l.top && l.off > 0 {
		l.top, l.off = i, 0
	} else if top, off := l.bottomAt(i + 1); top > l.top || top == l.top && off > l.off {
		l.top, l.off = top, off
	} else {
		return
	}
	l.clamp()
	l.place()
}

// rowHeight is the height of every row in Fyne pixels.
func (l *List) rowHeight() float32 {
	if len(l.Columns) > 0 {
		return rowHeight()
	}
	return look.TwoRowHeight * textScale()
}

// bottomAt is the place at which the row before n ends at the lower edge.
func (l *List) bottomAt(n int) (top int, off float32) {
	h := l.rowHeight()
	full := int(l.Size().Height / h)
	rest := l.Size().Height - float32(full)*h
	if n < full || n == full && rest > 0 {
		return 0, 0
	}
	if rest == 0 {
		return n - full, 0
	}
	return n - full - 1, h - rest
}

// clamp keeps the last row from leaving the lower edge and the first the upper.
func (l *List) clamp() {
	if top, off := l.bottomAt(l.count); l.top > top || l.top == top && l.off > off {
		l.top, l.off = top, off
	}
	if l.top < 0 {
		l.top, l.off = 0, 0
	}
}

// scrollBy moves the content up by dy pixels.
func (l *List) scrollBy(dy float32) {
	h := l.rowHeight()
	off := float64(l.off) + float64(dy)
	rows := int(off / float64(h))
	if off < 0 {
		rows--
	}
	l.top += rows
	l.off = float32(off - float64(rows)*float64(h))
	if l.off >= h { // rounding
		l.top, l.off = l.top+1, 0
	}
	l.clamp()
	l.place()
}

// pick selects a row on the person's behalf.
func (l *List) pick(i int) {
	if l.count == 0 {
		return
	}
	i = min(max(i, 0), l.count-1)
	changed := i != l.selected
	l.selected, l.cursor, l.anchor = i, i, i
	l.EnsureVisible(i)
	l.setPicked(nil)
	if changed && l.OnSelect != nil {
		l.OnSelect(i)
	}
}

func (l *List) activate() {
	if l.selected >= 0 && l.OnActivate != nil {
		l.OnActivate(l.selected)
	}
}

// page is how many rows Page Down moves.
func (l *List) page() int { return max(1, int(l.Size().Height/l.rowHeight())-1) }

// KeyDown notes a key press before anything acts on it.
func (l *List) KeyDown(k *fyne.KeyEvent) { l.guard.keyDown(k.Name) }

// KeyUp notes that a key was let go.
func (l *List) KeyUp(k *fyne.KeyEvent) { l.guard.keyUp(k.Name) }

// TypedKey moves the selection and activates it.
func (l *List) TypedKey(k *fyne.KeyEvent) {
	if l.guard.swallow(k.Name) || functionKey(k) || l.OnKey != nil && l.OnKey(k) {
		return
	}
	if to, ok := l.target(k.Name); ok {
		l.endSeek()
		l.goTo(to, false, l.guard.held()&fyne.KeyModifierShift != 0)
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.endSeek() {
			return
		}
		l.show(l.cursor)
		l.activate()
	case fyne.KeyEscape:
		if !l.endSeek() {
			l.pickNone()
		}
	case fyne.KeyBackspace:
		if l.seeking {
			l.seekBack()
		}
	}
}

// show selects the cursor's row and leaves what is picked as it is.
func (l *List) show(i int) {
	if i < 0 || i == l.selected {
		return
	}
	l.selected = i
	l.EnsureVisible(i)
	l.place()
	if l.OnSelect != nil {
		l.OnSelect(i)
	}
}

// TypedRune picks rows, goes to titles and passes single-key commands on.
func (l *List) TypedRune(r rune) {
	composed := l.guard.typedRune(r)
	switch {
	case l.OnSpace != nil && (r == ' ' || r == '\u3000') && !composed && !l.seeking:
		l.OnSpace()
	case l.seekRune(r) || composed:
	case l.Multi && (r == ' ' || r == '\u3000'): // the latter is the space of an input method
		l.toggle(l.cursor)
	case l.OnRune != nil:
		l.OnRune(r)
	}
}

// FocusGained shows the ring.
func (l *List) FocusGained() { l.setFocused(true) }

// FocusLost hides the ring.
func (l *List) FocusLost() {
	l.endSeek()
	l.setFocused(false)
}

func (l *List) setFocused(on bool) {
	l.guard.focus(l, on)
	l.focused = on
	l.place()
	if l.OnFocus != nil {
		l.OnFocus(on)
	}
}

// rowAt is the row at a height from the top of the list, or -1.
func (l *List) rowAt(y float32) int {
	if y < 0 || y >= l.Size().Height {
		return -1
	}
	if i := l.top + int((y+l.off)/l.rowHeight()); i < l.count {
		return i
	}
	return -1
}

// MouseDown selects the row under the pointer or takes hold of the scroll bar.
func (l *List) MouseDown(ev *desktop.MouseEvent) {
	focus(l, l)
	if ev.Button == desktop.MouseButtonPrimary && l.takeBar(ev.Position) {
		return
	}
	i := l.rowAt(ev.Position.Y)
	control, shift := ev.Modifier&fyne.KeyModifierShortcutDefault != 0, ev.Modifier&fyne.KeyModifierShift != 0
	switch {
	case i < 0:
	case l.holds(i, ev):
	case ev.Button != desktop.MouseButtonPrimary && l.picked.Has(i): // a menu on what is picked
	case l.Multi && control && !shift:
		l.toggle(i)
	default:
		l.goTo(i, control, shift)
		if ev.Button == desktop.MouseButtonPrimary && l.OnPress != nil {
			l.OnPress(i)
		}
	}
}

// MouseUp lets go of the scroll bar.
func (l *List) MouseUp(*desktop.MouseEvent) { l.letGo() }

// DoubleTapped activates the row under the pointer.
func (l *List) DoubleTapped(ev *fyne.PointEvent) {
	if l.OnPress == nil && l.rowAt(ev.Position.Y) >= 0 && !l.onBar(ev.Position) {
		l.activate()
	}
}

// TappedSecondary asks for a menu on the row under the pointer.
func (l *List) TappedSecondary(ev *fyne.PointEvent) {
	if i := l.rowAt(ev.Position.Y); i >= 0 && l.OnMenu != nil {
		if !l.picked.Has(i) {
			l.pick(i)
		}
		l.OnMenu(i, ev.AbsolutePosition)
	}
}

// Scrolled follows the mouse wheel.
func (l *List) Scrolled(ev *fyne.ScrollEvent) { l.scrollBy(-ev.Scrolled.DY) }
