package textlayout

import "sort"

// Glyph is one cluster of a row and where it stands.
type Glyph struct {
	Start, End int     // code points
	From, To   int     // bytes
	X, W       float32 // from the row's beginning
	Base       rune    // the first character
	Narrow     bool    // a quotation mark set for Latin, see Params.Narrow
	LineEnd    bool    // the line end that closes the row: takes no room
}

// RowAt is the row that holds a position; a position between two rows belongs
// to the second. Positions outside are cut to the text.
func (l *Layout) RowAt(pos int) int {
	k := sort.Search(len(l.Rows), func(i int) bool { return int(l.Rows[i].Start) > pos }) - 1
	return max(k, 0)
}

// Line is the number of the source line, from 1, that a row belongs to, and
// whether the row is its first.
func (l *Layout) Line(row int) (number int, first bool) {
	k := sort.Search(len(l.lines), func(i int) bool { return int(l.lines[i]) > row })
	return l.before + k, k > 0 && int(l.lines[k-1]) == row && (row > 0 || !l.mid)
}

// Lines is the number of source lines down to the last row.
func (l *Layout) Lines() int { return l.before + len(l.lines) }

// LineSpan is the source line around a position, without its line end.
func (l *Layout) LineSpan(pos int) Span {
	n, _ := l.Line(l.RowAt(pos))
	n -= l.before
	first := l.Rows[l.lines[n-1]]
	lastRow := len(l.Rows) - 1
	if n < len(l.lines) {
		lastRow = int(l.lines[n]) - 1
	}
	return Span{int(first.Start), l.VisibleEnd(lastRow)}
}

// VisibleEnd is the end of a row without the line end that closes it.
func (l *Layout) VisibleEnd(row int) int {
	r := l.Rows[row]
	if r.Start == r.End || row+1 >= len(l.Rows) {
		return int(r.End)
	}
	if _, first := l.Line(row + 1); !first {
		return int(r.End)
	}
	end := int(r.End) - 1
	if end > int(r.Start) && l.Text.Slice(end-1, end+1) == "\r\n" {
		end--
	}
	return end
}

// Glyphs appends the clusters of a row to buf, those which begin before maxX;
// a maxX of 0 or less means all of them.
func (l *Layout) Glyphs(row int, maxX float32, buf []Glyph) []Glyph {
	l.walk(row, func(g Glyph) bool {
		if maxX > 0 && g.X >= maxX {
			return false
		}
		buf = append(buf, g)
		return true
	})
	return buf
}

// X is where a position stands in a row: the left edge of the cluster that
// holds it, or the end of the row's last cluster.
func (l *Layout) X(row, pos int) float32 {
	var x float32
	l.walk(row, func(g Glyph) bool {
		if pos < g.End || g.LineEnd {
			return false
		}
		x = g.X + g.W
		return true
	})
	return x
}

// Width is the width of a row with the spaces that hang over its end.
func (l *Layout) Width(row int) float32 { return l.X(row, int(l.Rows[row].End)) }

// Hit is the position nearest to x in a row: a border of a cluster, never
// behind the line end.
func (l *Layout) Hit(row int, x float32) int {
	at := int(l.Rows[row].Start)
	l.walk(row, func(g Glyph) bool {
		if g.LineEnd || x < g.X+g.W/2 {
			return false
		}
		at = g.End
		return true
	})
	return at
}

// walk calls f for the clusters of a row until it returns false.
func (l *Layout) walk(row int, f func(Glyph) bool) {
	r := l.Rows[row]
	s := l.Text.s
	i, pos, end := l.Text.Byte(int(r.Start)), int(r.Start), int(r.End)
	var x float32
	for pos < end {
		c := next(s, i)
		g := Glyph{Start: pos, End: pos + int(c.runes), From: i, To: i + int(c.bytes), X: x, Base: c.base}
		if c.class == cNewline {
			g.LineEnd = true
		} else {
			g.W, g.Narrow = l.advance(i, c, x), l.narrow(i, c)
		}
		if !f(g) {
			return
		}
		x += g.W
		pos, i = g.End, g.To
	}
}

// Floor is the nearest cluster border at or before a position.
func (l *Layout) Floor(pos int) int {
	pos = min(max(pos, 0), l.Text.n)
	at := pos
	if !l.Holds(pos) {
		return at // until the whole is laid out nobody knows better
	}
	l.walk(l.RowAt(pos), func(g Glyph) bool {
		if pos >= g.End {
			at = g.End
			return true
		}
		at = g.Start
		return false
	})
	return min(at, pos)
}

// Ceil is the nearest cluster border at or after a position.
func (l *Layout) Ceil(pos int) int {
	pos = min(max(pos, 0), l.Text.n)
	if at := l.Floor(pos); at < pos {
		return l.Next(at)
	}
	return pos
}

// Next is the border after a border; the end of the text stays.
func (l *Layout) Next(pos int) int {
	if pos >= l.Text.n {
		return l.Text.n
	}
	if pos < 0 {
		return 0
	}
	return pos + int(next(l.Text.s, l.Text.Byte(l.Floor(pos))).runes) - (pos - l.Floor(pos))
}

// Prev is the border before a position; the beginning stays.
func (l *Layout) Prev(pos int) int {
	if pos <= 0 {
		return 0
	}
	return l.Floor(min(pos, l.Text.n) - 1)
}

// Snap widens a span to cluster borders.
func (l *Layout) Snap(s Span) Span {
	if s.End < s.Start {
		s.Start, s.End = s.End, s.Start
	}
	if s.Start == s.End {
		p := l.Floor(s.Start)
		return Span{p, p}
	}
	return Span{l.Floor(s.Start), l.Ceil(s.End)}
}
