package archive

import (
	"slices"
	"strings"
)

// carry finds where what people said of the words of one source text lies in
// another: by what the two have in common, and never by likeness. Corrections go by
// the words that they replace; marks, evidence and furniture by what is read, the
// carried corrections put in.
func (b *TextBody) carry(d *Document, was *Reading, now *Text) {
	from, to := d.Info.Text, b.Read.Info.Text
	var fixes []*Item
	plain := newCarrier(was.Source(), now)
	for _, it := range d.inForce(ACorrection) {
		a := it.Anchor
		start, end, ok := plain.carry(a.Start.At, a.End.At)
		if !ok {
			b.Left = append(b.Left, it.ID)
			continue
		}
		moved := *a
		moved.Text, moved.Start, moved.End = to, Border{At: start}, Border{At: end}
		b.Moved = append(b.Moved, MovedBody{it.ID, &moved})
		it = it.Clone()
		it.Anchor = &moved
		fixes = append(fixes, it)
	}
	for _, it := range d.Elsewheres() {
		if !it.Anchor.in(to) || it.What == ACorrection && slices.ContainsFunc(fixes, func(f *Item) bool {
			return overlap(f.Anchor.Start.At, f.Anchor.End.At, it.Anchor.Start.At, it.Anchor.End.At)
		}) {
			continue
		}
		b.Return = append(b.Return, it.ID)
		if it.What == ACorrection {
			it = it.Clone()
			it.State = Accepted
			fixes = append(fixes, it)
		}
	}
	is := NewReading(now, to, fixes)
	read := newCarrier(was.Text(), is.Text())
	for _, w := range []What{AMark, AValue, AFurniture} {
		for _, it := range d.inForce(w) {
			if !it.Anchor.in(from) || w == AFurniture && it.By == "" {
				continue
			}
			p := was.Place(it.Anchor)
			start, end, ok := read.carry(p.Start, p.End)
			switch {
			case ok:
				a := is.AnchorReading(to, start, end)
				a.Quote = it.Anchor.Quote // whoever has to look again has to still
				b.Moved = append(b.Moved, MovedBody{it.ID, a})
			case w == AValue:
				b.Bare = append(b.Bare, it.ID)
			default:
				b.Left = append(b.Left, it.ID)
			}
		}
	}
	slices.SortFunc(b.Moved, func(x, y MovedBody) int { return strings.Compare(string(x.Item), string(y.Item)) })
}

// carrier carries places of one text over into another.
type carrier struct {
	to    []int // by code point of the old text: where it stands in the new one, -1 where it does not
	fresh int   // code points of the new text
	room  int   // cells of tables that may still be filled
}

// mostTables bounds all tables of a comparison together, in cells: half a second's
// work. Beyond it only the ends of what differs are compared.
const mostTables = 256 << 20

// newCarrier compares two texts by lines, and by code points where lines differ.
func newCarrier(was, is *Text) *carrier {
	a, b := linesOf(was.String()), linesOf(is.String())
	c := &carrier{to: make([]int, 0, was.Len()), fresh: is.Len(), room: mostTables}
	i, j, at := 0, 0, 0
	for _, m := range append(commonLines(a, b), [2]int{len(a), len(b)}) {
		at = c.differing(a[i:m[0]], b[j:m[1]], at)
		if m[0] == len(a) {
			break
		}
		for range []rune(a[m[0]]) {
			c.to = append(c.to, at)
			at++
		}
		i, j = m[0]+1, m[1]+1
	}
	return c
}

// differing goes on over lines that differ, of which the new ones begin at a place,
// and says where they end. What is too long to be compared as a whole is compared
// line by line where there are as many: bytes read in another encoding.
func (c *carrier) differing(a, b []string, at int) int {
	old, fresh := joined(a), joined(b)
	if len(a) == len(b) && len(a) > 1 && len(old)*len(fresh) > maxTable {
		for i := range a {
			at = c.differing(a[i:i+1], b[i:i+1], at)
		}
		return at
	}
	cells := len(old) * len(fresh)
	if c.room -= cells; c.room < 0 {
		cells = maxTable // as if too long
	}
	for _, k := range alignWithin(old, fresh, cells < maxTable) {
		if k >= 0 {
			k += at
		}
		c.to = append(c.to, k)
	}
	return at + len(fresh)
}

// carry is where [start,end) stands in the new text: every code point of it, side by
// side; ok is false where it does not. An empty range lies between two code points
// that still stand side by side, or at an end of the text.
func (c *carrier) carry(start, end int) (int, int, bool) {
	if start < end {
		at := c.to[start]
		if at < 0 {
			return 0, 0, false
		}
		for i := start; i < end; i++ {
			if c.to[i] != at+i-start {
				return 0, 0, false
			}
		}
		return at, at + end - start, true
	}
	before, after := -1, c.fresh
	if start > 0 {
		if before = c.to[start-1]; before < 0 {
			return 0, 0, false
		}
	}
	if start < len(c.to) {
		after = c.to[start]
	}
	return before + 1, before + 1, after == before+1
}

// linesOf are the lines of a text with their line ends.
func linesOf(s string) []string { return strings.SplitAfter(s, "\n") }

func joined(lines []string) []rune { return []rune(strings.Join(lines, "")) }

// commonLines are places of lines that stand once in each of two texts, as many as
// come in the same order in both: what J. W. Hunt and T. G. Szymanski (1977) make of
// pairs of lines, over those that cannot be taken for another; and all that are the
// same at both ends.
func commonLines(a, b []string) [][2]int {
	var out, tail [][2]int
	lo, ha, hb := 0, len(a), len(b)
	for lo < ha && lo < hb && a[lo] == b[lo] {
		out = append(out, [2]int{lo, lo})
		lo++
	}
	for ha > lo && hb > lo && a[ha-1] == b[hb-1] {
		ha, hb = ha-1, hb-1
		tail = append(tail, [2]int{ha, hb})
	}
	once := map[string]*[4]int{} // how often in a, where, how often in b, where
	count := func(lines []string, from, at int) {
		for i, l := range lines {
			n := once[l]
			if n == nil {
				n = &[4]int{}
				once[l] = n
			}
			n[at], n[at+1] = n[at]+1, from+i
		}
	}
	count(a[lo:ha], lo, 0)
	count(b[lo:hb], lo, 2)
	var pairs [][2]int
	for i, l := range a[lo:ha] {
		if n := once[l]; n[0] == 1 && n[2] == 1 {
			pairs = append(pairs, [2]int{lo + i, n[3]})
		}
	}
	out = append(out, rising(pairs)...)
	slices.Reverse(tail)
	return append(out, tail...)
}

// rising is a longest run of pairs, which rise by their firsts, that rises by its
// seconds too.
func rising(pairs [][2]int) [][2]int {
	var ends, prev []int // pairs: the last of the best run of each length; the one before each
	for i, p := range pairs {
		k, _ := slices.BinarySearchFunc(ends, p[1], func(at, second int) int { return pairs[at][1] - second })
		prev = append(prev, -1)
		if k > 0 {
			prev[i] = ends[k-1]
		}
		if ends = append(ends, i); k < len(ends)-1 {
			ends = ends[:len(ends)-1]
		}
		ends[k] = i
	}
	var out [][2]int
	if len(ends) > 0 {
		for at := ends[len(ends)-1]; at >= 0; at = prev[at] {
			out = append(out, pairs[at])
		}
	}
	slices.Reverse(out)
	return out
}
