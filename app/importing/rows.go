package importing

import (
	"slices"

	"fonds/app/intake"
)

// chunk is how many rows lie together: adding one moves none.
const chunk = 4096

// A filter shows some of the rows.
type filter int

const (
	all filter = iota
	taken
	duplicates
	left
	damaged
	filterCount
)

// filterNames are their ids, and the ends of the keys of their words.
var filterNames = [filterCount]string{"all", "take", "duplicates", "left", "damaged"}

func filterNamed(id string) filter { return filter(max(0, slices.Index(filterNames[:], id))) }

// rows are the files of a survey, in its order, and those of them that are shown.
type rows struct {
	chunks [][]intake.Looked
	out    []bool       // left out by the person
	dup    []bool       // its bytes are there already, or come in with an earlier one
	stand  map[int]bool // firsts of several files with the same bytes in whose place a later one comes in
	counts [filterCount]int
	only   filter
	shown  []int32 // rows that are shown; nil: all of them
	parts  bool    // one looks like several documents
}

func newRows() rows { return rows{stand: map[int]bool{}} }

func (r *rows) len() int { return len(r.out) }

// at is row i. It may be changed in its place; count again then.
func (r *rows) at(i int) *intake.Looked { return &r.chunks[i/chunk][i%chunk] }

// add puts a row behind the others.
func (r *rows) add(l intake.Looked, out bool) {
	if n := len(r.out); n%chunk == 0 {
		r.chunks = append(r.chunks, make([]intake.Looked, 0, chunk))
	}
	last := &r.chunks[len(r.chunks)-1]
	*last = append(*last, l)
	r.out, r.dup = append(r.out, out), append(r.dup, false)
	i := len(r.out) - 1
	r.note(i)
	if r.only != all && r.is(i, r.only) {
		r.shown = append(r.shown, int32(i))
	}
}

// note counts row i.
func (r *rows) note(i int) {
	r.match(i)
	l, out := r.at(i), r.out[i]
	r.counts[all]++
	switch {
	case out || l.Skip != nil:
		r.counts[left]++
	case r.dup[i]:
		r.counts[duplicates]++
	default:
		r.counts[taken]++
	}
	if r.is(i, damaged) {
		r.counts[damaged]++
	}
	r.parts = r.parts || l.Parts > 1
}

// count counts all rows again, and shows those of the filter.
func (r *rows) count() {
	r.counts = [filterCount]int{}
	clear(r.stand)
	r.parts, r.shown = false, nil
	for i := range r.out {
		r.note(i)
		if r.only != all && r.is(i, r.only) {
			r.shown = append(r.shown, int32(i))
		}
	}
}

// is says whether row i is one of a filter.
func (r *rows) is(i int, f filter) bool {
	l := r.at(i)
	switch f {
	case taken:
		return r.takes(i)
	case duplicates:
		return l.Skip == nil && !r.out[i] && r.dup[i]
	case left:
		return l.Skip != nil || r.out[i]
	case damaged:
		return l.Skip == nil && (l.Mojibake > 0 || l.Undecoded > 0)
	}
	return true
}

// takes says whether row i would become a document.
func (r *rows) takes(i int) bool {
	return r.at(i).Skip == nil && !r.out[i] && !r.duplicate(i)
}

// duplicate says whether the bytes of row i are there already, or come in with an
// earlier one: not where that is left out.
func (r *rows) duplicate(i int) bool { return r.dup[i] }

// match finds out whether row i is a duplicate. Rows before it are known.
func (r *rows) match(i int) {
	l := r.at(i)
	r.dup[i] = l.DuplicateOf != ""
	if first := l.Earlier - 1; !r.dup[i] && first >= 0 && l.Skip == nil {
		r.dup[i] = !r.out[first] && r.at(first).Skip == nil || r.stand[first]
		if !r.out[i] {
			r.stand[first] = true
		}
	}
}

// narrow shows the rows of a filter.
func (r *rows) narrow(f filter) {
	r.only = f
	r.count()
}

// listed is how many rows are shown, and row the one that stands at a place.
func (r *rows) listed() int {
	if r.only == all {
		return r.len()
	}
	return len(r.shown)
}

func (r *rows) row(place int) int {
	if r.only == all {
		return place
	}
	return int(r.shown[place])
}

// place is where row i stands among those shown, -1 where it does not.
func (r *rows) place(i int) int {
	if r.only == all {
		return i
	}
	if at, ok := slices.BinarySearch(r.shown, int32(i)); ok {
		return at
	}
	return -1
}
