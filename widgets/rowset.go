package widgets

import "slices"

// RowRange is the rows From ≤ i < To.
type RowRange struct{ From, To int }

// RowSet is a set of rows as ranges in their order, which neither overlap nor
// touch: all of a million rows are one range. It is a value: what makes another
// set of it leaves it as it is.
type RowSet []RowRange

// Rows is the set of some rows, which are in their order.
func Rows(rows []int) (out RowSet) {
	for _, i := range rows {
		if n := len(out); n > 0 && i <= out[n-1].To {
			out[n-1].To = i + 1
		} else {
			out = append(out, RowRange{i, i + 1})
		}
	}
	return out
}

// Has says whether row i is in the set.
func (s RowSet) Has(i int) bool {
	n, _ := slices.BinarySearchFunc(s, i, func(r RowRange, i int) int { return r.To - 1 - i })
	return n < len(s) && s[n].From <= i
}

// Count is how many rows are in the set.
func (s RowSet) Count() int {
	n := 0
	for _, r := range s {
		n += r.To - r.From
	}
	return n
}

// Add is the set with the rows from ≤ i < to.
func (s RowSet) Add(from, to int) RowSet {
	if from >= to {
		return s
	}
	out := make(RowSet, 0, len(s)+1)
	for _, r := range s {
		switch {
		case r.To < from || r.From > to:
			out = append(out, r)
		default:
			from, to = min(from, r.From), max(to, r.To)
		}
	}
	at, _ := slices.BinarySearchFunc(out, from, func(r RowRange, from int) int { return r.From - from })
	return slices.Insert(out, at, RowRange{from, to})
}

// Remove is the set without the rows from ≤ i < to.
func (s RowSet) Remove(from, to int) RowSet {
	if from >= to {
		return s
	}
	out := make(RowSet, 0, len(s)+1)
	for _, r := range s {
		for _, left := range []RowRange{{r.From, min(r.To, from)}, {max(r.From, to), r.To}} {
			if left.From < left.To {
				out = append(out, left)
			}
		}
	}
	return out
}

// Toggle is the set with row i where it lacks it, else without it.
func (s RowSet) Toggle(i int) RowSet {
	if s.Has(i) {
		return s.Remove(i, i+1)
	}
	return s.Add(i, i+1)
}

// End is the row behind the last one of the set.
func (s RowSet) End() int {
	if len(s) == 0 {
		return 0
	}
	return s[len(s)-1].To
}
