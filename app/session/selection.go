package session

import (
	"context"
	"slices"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// Selected are documents that a person has selected in the list, for work on all
// of them at once. It is a value: what is selected later, or comes into the list,
// changes nothing in it. Ranges of rows stand for the documents, so that all of a
// million are as little as one.
type Selected struct {
	rows  widgets.RowSet
	nums  []int64       // of the rows of the list at that time; nil: not all that are selected were known
	query storage.Query // of the list
	known map[int64]archive.ID
}

// Count is how many documents are selected.
func (x *Selected) Count() int { return x.rows.Count() }

// Documents are their ids in the order of the list; who was taken out of the
// archive since is left out. It asks the archive: not on the UI goroutine. It
// refuses (selection-moved) where the archive was numbered anew meanwhile.
func (x *Selected) Documents(ctx context.Context, a *storage.Archive) ([]archive.ID, error) {
	nums := x.nums
	if nums == nil && len(x.rows) > 0 {
		var err error
		if nums, err = a.Numbers(ctx, x.query); err != nil {
			return nil, err
		}
	}
	var ask []int64
	for _, r := range x.rows {
		ask = append(ask, nums[min(r.From, len(nums)):min(r.To, len(nums))]...)
	}
	if err := x.check(ctx, a); err != nil {
		return nil, err
	}
	return a.IDs(ctx, ask)
}

// check looks whether numbers still stand for the documents that they stood for:
// putting copies of an archive together can number its documents anew.
func (x *Selected) check(ctx context.Context, a *storage.Archive) error {
	ids := make([]archive.ID, 0, len(x.known))
	for _, id := range x.known {
		ids = append(ids, id)
	}
	places, err := a.Places(ctx, ids)
	if err != nil {
		return err
	}
	for n, id := range x.known {
		if now, ok := places[id]; ok && now != n {
			return archive.Refuse("selection-moved", "doc", id.Short())
		}
	}
	return nil
}

// Select selects rows of the list in the place of those that were selected; nil
// selects none.
func (s *Session) Select(rows widgets.RowSet) {
	l := &s.list
	if len(rows) == 0 && len(l.selection.rows) == 0 {
		return
	}
	rows = rows.Remove(s.Rows(), max(s.Rows(), rows.End()))
	x := Selected{rows: rows, query: l.asked(l.query), known: map[int64]archive.ID{}}
	if l.whole || rows.End() <= len(l.nums) {
		x.nums = l.nums
	}
	for _, r := range rows {
		for _, i := range []int{r.From, r.To - 1} {
			if row, ok := l.window.row(l.number(i)); ok && row.ID != "" {
				x.known[row.N] = row.ID
			}
		}
	}
	s.setSelected(x)
}

func (s *Session) setSelected(x Selected) {
	s.list.selection = x
	s.emit(SelectionChanged{})
}

// Selected is what is selected in the list now.
func (s *Session) Selected() Selected { return s.list.selection }

// SelectedRows are the rows of the list that are selected.
func (s *Session) SelectedRows() widgets.RowSet { return s.list.selection.rows }

// moveSelection follows the selected documents to where they stand in the list
// now. Those that it no longer has are selected no more: nobody works on what
// they cannot see.
func (l *list) moveSelection() {
	x := l.selection
	switch {
	case len(x.rows) == 0 || !l.whole:
		return
	case x.nums == nil: // rows were selected before it was known which they are
		x.rows = x.rows.Remove(len(l.nums), max(len(l.nums), x.rows.End()))
	default:
		x.rows = moved(x.rows, x.nums, l.stands.row)
	}
	x.nums = l.nums
	if len(x.rows) == 0 {
		x = Selected{}
	}
	l.s.setSelected(x)
}

// moved are the rows in which the numbers now stand that stood in some rows.
func moved(rows widgets.RowSet, from []int64, row func(n int64) int) widgets.RowSet {
	var at []int
	for _, r := range rows {
		for _, n := range from[min(r.From, len(from)):min(r.To, len(from))] {
			if i := row(n); i >= 0 {
				at = append(at, i)
			}
		}
	}
	slices.Sort(at)
	return widgets.Rows(at)
}
