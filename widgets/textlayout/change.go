package textlayout

import (
	"sort"
	"unicode/utf8"
)

// Change is a stretch of one text in the place of a stretch of another, in
// code points. Either may be empty.
type Change struct{ Old, New Span }

// byteChange is the same in bytes.
type byteChange struct{ a0, a1, b0, b1 int }

const (
	sameLength = 48      // bytes that must agree for two places to be the same
	reach      = 768     // bytes within which such places are looked for
	patience   = 4 << 20 // comparisons until what is left counts as one change
)

// diff finds where two texts differ: few small changes, as corrections are,
// one by one; anything else as one stretch. Changes are in order and do not
// touch; between them the texts are equal.
func diff(a, b string) []byteChange {
	if a == b {
		return nil
	}
	suffix := sameBehind(a, b)
	i := sameFront(a, b)
	suffix = min(suffix, len(a)-i, len(b)-i)
	endA, endB := len(a)-suffix, len(b)-suffix
	for endA < len(a) && !utf8.RuneStart(a[endA]) {
		endA, endB = endA+1, endB+1
	}
	var out []byteChange
	j, work := i, 0
	for {
		// Back to where a code point begins in both.
		for i > 0 && (i < len(a) && !utf8.RuneStart(a[i]) || j < len(b) && !utf8.RuneStart(b[j])) {
			i, j = i-1, j-1
		}
		c := byteChange{i, endA, j, endB}
		da, db := 0, 0
		if work < patience {
			da, db = meet(a[i:endA], b[j:endB], &work)
		}
		if da+db > 0 {
			c.a1, c.b1 = i+da, j+db
		}
		if n := len(out); n > 0 && out[n-1].a1 >= c.a0 { // the step back has come to the last change
			c.a0, c.b0 = out[n-1].a0, out[n-1].b0
			out = out[:n-1]
		}
		out = append(out, c)
		if c.a1 == endA && c.b1 == endB {
			return out
		}
		n := sameFront(a[c.a1:endA], b[c.b1:endB])
		i, j = c.a1+n, c.b1+n
		if i == endA && j == endB {
			return out
		}
	}
}

// meet is how many bytes of a and b lie before the first place that is the
// same in both, where code points begin; 0, 0 when there is none near.
func meet(a, b string, work *int) (da, db int) {
	for d := 1; d <= 2*reach; d++ {
		for da := max(0, d-len(b), d-reach); da <= min(d, len(a), reach); da++ {
			db := d - da
			if *work++; da < len(a) && db < len(b) && a[da] != b[db] {
				continue
			}
			n := min(sameLength, len(a)-da, len(b)-db)
			if n < sameLength && (len(a)-da != len(b)-db) || a[da:da+n] != b[db:db+n] {
				continue
			}
			if da < len(a) && !utf8.RuneStart(a[da]) || db < len(b) && !utf8.RuneStart(b[db]) {
				continue
			}
			return da, db
		}
		if *work > patience {
			break
		}
	}
	return 0, 0
}

// sameFront is how many bytes two texts have in common at the beginning.
func sameFront(a, b string) int {
	n, i := min(len(a), len(b)), 0
	for i+4096 <= n && a[i:i+4096] == b[i:i+4096] {
		i += 4096
	}
	for i+64 <= n && a[i:i+64] == b[i:i+64] {
		i += 64
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// sameBehind is how many they have in common at the end.
func sameBehind(a, b string) int {
	n, i := min(len(a), len(b)), 0
	for i+4096 <= n && a[len(a)-i-4096:len(a)-i] == b[len(b)-i-4096:len(b)-i] {
		i += 4096
	}
	for i+64 <= n && a[len(a)-i-64:len(a)-i] == b[len(b)-i-64:len(b)-i] {
		i += 64
	}
	for i < n && a[len(a)-1-i] == b[len(b)-1-i] {
		i++
	}
	return i
}

// Edited indexes a text that was made from t by some changes, and tells which.
// It takes about a millisecond for 10 MB when the changes are few.
func (t *Text) Edited(s string) (*Text, []Change) {
	found := diff(t.s, s)
	if len(found) == 0 {
		return t, nil
	}
	out := &Text{s: s, marks: []int32{}, at: []int32{}}
	whole := t.marks == nil || len(found) > len(t.marks)
	if whole {
		out = NewText(s)
	}
	var changes []Change
	k, delta, shift := 0, 0, 0 // next checkpoint of t; code points and bytes that s is ahead
	keep := func(until int) {
		for ; !whole && k < len(t.marks) && int(t.marks[k]) < until; k++ {
			pos := k * step
			if t.at != nil {
				pos = int(t.at[k])
			}
			out.marks = append(out.marks, t.marks[k]+int32(shift))
			out.at = append(out.at, int32(pos+delta))
		}
	}
	for _, c := range found {
		keep(c.a0)
		old := Span{t.Pos(c.a0), t.Pos(c.a1)}
		now := Span{old.Start + delta, old.Start + delta}
		for i := c.b0; i < c.b1; {
			if !whole && (now.Len()%step == 0) {
				out.marks, out.at = append(out.marks, int32(i)), append(out.at, int32(now.End))
			}
			i += width(s, i)
			now.End++
		}
		for !whole && k < len(t.marks) && int(t.marks[k]) < c.a1 {
			k++
		}
		delta, shift = now.End-old.End, c.b1-c.a1
		if !whole && (len(out.marks) == 0 || int(out.marks[len(out.marks)-1]) < c.b1 && c.b1 < len(s)) {
			out.marks, out.at = append(out.marks, int32(c.b1)), append(out.at, int32(now.End))
			for k < len(t.marks) && int(t.marks[k]) == c.a1 {
				k++
			}
		}
		changes = append(changes, Change{old, now})
	}
	keep(len(t.s) + 1)
	if !whole {
		out.n = t.n + delta
	}
	return out, changes
}

// Remap tells where positions of one text are in another that was made from it
// by changes: what lies beside them keeps its place exactly, what lies within
// one goes to its beginning.
func Remap(from, to *Text) func(pos int) int {
	if from == to || from.s == to.s {
		return func(pos int) int { return pos }
	}
	var changes []Change
	for _, c := range diff(from.s, to.s) {
		changes = append(changes, Change{Span{from.Pos(c.a0), from.Pos(c.a1)}, Span{to.Pos(c.b0), to.Pos(c.b1)}})
	}
	return Moved(changes, to.n)
}

// Moved is Remap where the changes are known; n is the length of the new text.
func Moved(changes []Change, n int) func(pos int) int {
	return func(pos int) int {
		k := sort.Search(len(changes), func(i int) bool { return changes[i].Old.Start >= pos }) - 1
		switch {
		case k < 0:
		case pos < changes[k].Old.End:
			pos = changes[k].New.Start
		default:
			pos += changes[k].New.End - changes[k].Old.End
		}
		return min(max(pos, 0), n)
	}
}
