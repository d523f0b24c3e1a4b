package library

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
)

// filterRows are the filters under each other, with the count of documents that
// each leaves, and below them saved searches, as many as there is room for. Up and
// Down choose; so does a click. Where there is little room they are folded: the one
// that is chosen is there alone, and opens the others (Enter, Space, a click).
type filterRows struct {
	widget.BaseWidget
	onFold func() // the rows have another height
	folds  bool
	open   bool // for choosing, while folded
	widgets.KeyWatch
	on      fyne.Canvas
	onPick  func(row)
	chosen  session.Filter
	ran     string // the saved search that is chosen, "" where a filter is
	saved   []savedRow
	fit     int // how many saved searches there is room for
	counts  map[session.Filter]string
	focused bool
	alone   bool // nobody shares work here: what is whose is not asked
}

var (
	_ fyne.Focusable    = (*filterRows)(nil)
	_ desktop.Mouseable = (*filterRows)(nil)
)

// row is one of the rows: a filter, a saved search by its name, or the heading above
// these, which is not chosen.
type row struct {
	filter session.Filter
	saved  string
	head   bool
}

func newFilterRows(on fyne.Canvas, onPick func(row)) *filterRows {
	f := &filterRows{on: on, onPick: onPick, counts: map[session.Filter]string{}, alone: true}
	f.ExtendBaseWidget(f)
	return f
}

func (f *filterRows) count(of session.Filter, n int, known bool) {
	f.counts[of] = ""
	if known {
		f.counts[of] = i18n.Number(int64(n))
	}
}

// choose shows a filter as chosen, or a saved search.
func (f *filterRows) choose(c session.Filter, ran string) {
	if c != f.chosen || ran != f.ran {
		f.chosen, f.ran = c, ran
		f.Refresh()
	}
}

func (f *filterRows) current() row {
	if f.ran != "" {
		return row{saved: f.ran}
	}
	return row{filter: f.chosen}
}

func (f *filterRows) pick(r row) {
	if r == f.current() {
		return
	}
	if !r.head {
		f.choose(r.filter, r.saved)
	}
	f.onPick(r)
}

// rows are those in sight.
func (f *filterRows) rows() []row {
	if f.folds && !f.open {
		return []row{f.current()}
	}
	return f.all()
}

// all are the filters that say something, and the saved searches that there is room
// for.
func (f *filterRows) all() (out []row) {
	for _, c := range f.shown() {
		out = append(out, row{filter: c})
	}
	saved := f.savedShown()
	if len(saved) > 0 {
		out = append(out, row{head: true})
	}
	for _, s := range saved {
		out = append(out, row{saved: s.name})
	}
	return out
}

// shown are the filters that say something: those of whose work it is only where
// somebody was given some, or asked.
func (f *filterRows) shown() []session.Filter {
	return slices.DeleteFunc(session.Filters(), func(c session.Filter) bool {
		return f.alone && c != f.chosen && (c == session.Mine || c == session.Questions || c == session.Unassigned)
	})
}

// move chooses the row above or below.
func (f *filterRows) move(by int) {
	all := slices.DeleteFunc(f.all(), func(r row) bool { return r.head })
	at := slices.Index(all, f.current()) + by
	f.pick(all[min(max(at, 0), len(all)-1)])
}

// fold folds the rows, or lets all be seen always.
func (f *filterRows) fold(on bool) {
	if on != f.folds {
		f.folds, f.open = on, false
		f.Refresh()
	}
}

// setOpen shows the others, or folds them away again.
func (f *filterRows) setOpen(on bool) {
	if on = on && f.folds; on != f.open {
		f.open = on
		f.Refresh()
		if f.onFold != nil {
			f.onFold()
		}
	}
}

// TypedKey moves among the rows.
func (f *filterRows) TypedKey(k *fyne.KeyEvent) {
	if f.Swallow(k) || widgets.FunctionKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.setOpen(!f.open)
	case fyne.KeyEscape:
		f.setOpen(false)
	case fyne.KeyUp:
		f.move(-1)
	case fyne.KeyDown:
		f.move(1)
	}
}

// FocusGained shows the ring.
func (f *filterRows) FocusGained() { f.focused = true; f.Refresh() }

// FocusLost hides the ring.
func (f *filterRows) FocusLost() {
	f.focused = false
	f.setOpen(false)
	f.Refresh()
}

// MouseDown chooses the row under the pointer.
func (f *filterRows) MouseDown(e *desktop.MouseEvent) {
	f.on.Focus(f)
	rows, i := f.rows(), int(e.Position.Y/rowHeight())
	if e.Button != desktop.MouseButtonPrimary || i < 0 || i >= len(rows) {
		return
	}
	f.setOpen(!f.open && !rows[i].head)
	f.pick(rows[i])
}

// MouseUp does nothing.
func (f *filterRows) MouseUp(*desktop.MouseEvent) {}
