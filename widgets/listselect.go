package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Where Multi is set the list has three things that can lie apart: the row that
// is shown (Selected), the rows that are picked for work on all of them, and the
// cursor, from which keys move. Without picked rows the row shown counts as the
// one that is, so that Ctrl+click on another picks both.

// Picked are the rows that are picked for work on all of them.
func (l *List) Picked() RowSet { return l.picked }

// SetPicked picks rows on the program's behalf: OnPick is not told. It is for who
// knows where the documents of the picked rows have gone.
func (l *List) SetPicked(rows RowSet) {
	l.picked = rows.Remove(l.count, max(l.count, rows.End()))
	l.place()
}

// Cursor is the row from which keys move, -1 for none.
func (l *List) Cursor() int { return l.cursor }

func (l *List) setPicked(rows RowSet) {
	same := len(rows) == len(l.picked)
	for i := 0; same && i < len(rows); i++ {
		same = rows[i] == l.picked[i]
	}
	l.picked = rows
	l.place()
	if !same && l.OnPick != nil {
		l.OnPick(rows)
	}
}

// go to row i: with Control the cursor alone, with Shift picking all rows from
// where the last choice was, with both in addition to what is picked.
func (l *List) goTo(i int, control, shift bool) {
	if l.count == 0 {
		return
	}
	i = min(max(i, 0), l.count-1)
	if !l.Multi || !control && !shift {
		l.pick(i)
		return
	}
	if shift {
		from := l.anchor
		if from < 0 || from >= l.count {
			from = max(l.selected, 0)
		}
		var rows RowSet
		if control {
			rows = l.picked
		}
		l.anchor = from
		l.setPicked(rows.Add(min(from, i), max(from, i)+1))
	}
	l.cursor = i
	l.EnsureVisible(i)
	l.place()
}

// toggle picks row i, or no longer.
func (l *List) toggle(i int) {
	if i < 0 || i >= l.count {
		return
	}
	l.cursor, l.anchor = i, i
	rows := l.picked
	if len(rows) == 0 && l.selected >= 0 && l.selected != i {
		rows = rows.Add(l.selected, l.selected+1)
	}
	l.setPicked(rows.Toggle(i))
	l.EnsureVisible(i)
}

// pickAll picks every row; it says whether there is such a thing here.
func (l *List) pickAll() bool {
	if l.Multi && l.count > 0 {
		l.setPicked(RowSet{{0, l.count}})
	}
	return l.Multi
}

// pickNone leaves the row that is shown; it says whether there was more.
func (l *List) pickNone() bool {
	had := len(l.picked) > 0
	if had {
		l.setPicked(nil)
	}
	return had
}

// TypedShortcut is called by Fyne for keys with Control or Alt. What the list has
// no use for goes to the canvas, which Fyne leaves out once a widget with
// shortcuts has the focus.
func (l *List) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		if l.pickAll() {
			return
		}
	case *desktop.CustomShortcut:
		if l.Multi && s.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierShortcutDefault {
			if to, ok := l.target(s.KeyName); ok {
				l.goTo(to, true, s.Modifier&fyne.KeyModifierShift != 0)
				return
			}
		}
	}
	if c, ok := canvasOf(l).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// target is the row to which a key moves.
func (l *List) target(key fyne.KeyName) (row int, ok bool) {
	at := l.cursor
	switch key {
	case fyne.KeyUp, fyne.KeyDown:
		switch {
		case at < 0:
			return l.top, true
		case key == fyne.KeyUp:
			return at - 1, true
		}
		return at + 1, true
	case fyne.KeyPageUp:
		return at - l.page(), true
	case fyne.KeyPageDown:
		return at + l.page(), true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return l.count - 1, true
	}
	return 0, false
}
