package textlayout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Row is one row of a layout, in code points. End includes the line end that
// closes the row, if any, so that rows cover the text exactly once.
type Row struct{ Start, End int32 }

// Params say how a text is broken into rows.
type Params struct {
	// Width is how wide a row may be. Spaces hang over it. A cluster that is
	// wider gets a row of its own.
	Width float32
	// Tab is the distance of tab stops from the row's beginning; 0 means that
	// of eight spaces.
	Tab float32
	// Advance is the width of one character, never negative. It is called once
	// for each, in any goroutine that lays out.
	Advance func(r rune) float32
	// Narrow is the width of a curly quotation mark or apostrophe among Latin
	// letters, where Chinese fonts leave half a square blank; nil is Advance.
	Narrow func(r rune) float32
}

// Layout is a text, or a part of one, broken into rows.
type Layout struct {
	Text   *Text
	Rows   []Row
	Params Params
	lines  []int32 // index of the first row of each source line
	before int     // source lines before the first row
	part   bool    // the rows cover only a part of the text
	mid    bool    // the first row does not begin its source line
}

// Wrap breaks a text into rows. It takes time in proportion to the text, some
// 10 ns a character, shared by all processors where the text is big.
func Wrap(t *Text, p Params) *Layout { return WrapAll(t, p, nil) }

// WrapAll is Wrap for big texts: tick, which may be nil, is called from time to
// time, on any goroutine, with how many bytes of the text are done; when it
// answers false the work is given up and the result is nil.
func WrapAll(t *Text, p Params, tick func(bytes int) bool) *Layout {
	l := &Layout{Text: t, Params: p.ready()}
	s := t.s
	// A source line's end is where one piece can be laid out without the other.
	cuts := pieces(len(s), pieceLength, func(b int) int {
		if i := strings.IndexByte(s[b:], '\n'); i >= 0 {
			return b + i + 1
		}
		return len(s)
	})
	if len(cuts) == 2 && len(s) < pieceLength {
		w := wrapper{l: l, rows: make([]Row, 0, t.n/32+4), lines: []int32{0}}
		w.run(place{}, len(s), true)
		l.Rows, l.lines = w.rows, w.lines
		return l
	}
	out := make([]wrapper, len(cuts)-1)
	var done progress
	parallel(len(out), func(i int) {
		from, to := cuts[i], cuts[i+1]
		w := wrapper{l: l, rows: make([]Row, 0, (to-from)/80+4), lines: []int32{0}}
		w.tick = func(bytes int) bool { return done.add(bytes, tick) }
		w.run(place{from, t.Pos(from)}, to, to == len(s))
		out[i] = w
	})
	if done.stopped.Load() {
		return nil
	}
	rows, lines := 0, 0
	for _, w := range out {
		rows, lines = rows+len(w.rows), lines+len(w.lines)
	}
	l.Rows, l.lines = make([]Row, 0, rows), make([]int32, 0, lines)
	for _, w := range out {
		for _, k := range w.lines {
			if int(k) < len(w.rows) {
				l.lines = append(l.lines, k+int32(len(l.Rows)))
			}
		}
		l.Rows = append(l.Rows, w.rows...)
	}
	return l
}

// WrapPart lays out the source lines around a position only, some code points
// before it and behind it, to be shown until the whole is laid out. line is the
// number of its source line, from 1. Rows are those of the whole, unless the
// source line is so long that its beginning is out of reach.
func WrapPart(t *Text, p Params, pos, line, before, behind int) *Layout {
	l := &Layout{Text: t, Params: p.ready(), part: true}
	at := t.Byte(min(max(pos, 0), t.n))
	least := t.Byte(max(pos-before, 0))
	from, seen := least, 0
	if i := strings.IndexByte(t.s[least:at], '\n'); least == 0 {
		seen = strings.Count(t.s[:at], "\n")
	} else if i >= 0 {
		from = least + i + 1
		seen = strings.Count(t.s[from:at], "\n")
	} else {
		l.mid = true
	}
	l.before = max(line-1-seen, 0)
	to := t.Byte(min(pos+behind, t.n))
	if i := strings.IndexByte(t.s[to:], '\n'); i >= 0 && i < 4*behind {
		to += i + 1
	}
	w := wrapper{l: l, rows: make([]Row, 0, (before+behind)/32+4), lines: []int32{0}}
	w.run(place{from, t.Pos(from)}, to, to == len(t.s))
	if w.at.pos > w.start { // cut within a source line
		w.rows = append(w.rows, Row{int32(w.start), int32(w.at.pos)})
	}
	l.Rows, l.lines = w.rows, w.lines
	if n := len(l.lines); n > 1 && int(l.lines[n-1]) == len(l.Rows) {
		l.lines = l.lines[:n-1]
	}
	return l
}

// Part reports whether the rows cover only a part of the text.
func (l *Layout) Part() bool { return l.part }

// Holds reports whether a position is within the rows.
func (l *Layout) Holds(pos int) bool {
	return !l.part || pos >= int(l.Rows[0].Start) && pos <= int(l.Rows[len(l.Rows)-1].End)
}

// ready fills in what was left out.
func (p Params) ready() Params {
	tableOnce.Do(buildTables)
	if p.Tab <= 0 {
		p.Tab = 8 * p.Advance(' ')
	}
	if p.Tab <= 0 {
		p.Tab = 1
	}
	return p
}

// advance is the width of the cluster c, which begins at byte i, at x in its row.
func (l *Layout) advance(i int, c cluster, x float32) float32 {
	switch {
	case c.class == cTab:
		return l.Params.Tab - mod(x, l.Params.Tab)
	case c.runes == 1:
		if c.base >= 0xAD && Invisible(c.base) {
			return 0
		}
		if l.narrow(i, c) {
			return l.Params.Narrow(c.base)
		}
		return l.Params.Advance(c.base)
	}
	return Advance(l.Text.s[i:i+int(c.bytes)], l.Params.Advance)
}

// narrow reports whether the cluster at byte i is a curly quotation mark that
// belongs to Latin text.
func (l *Layout) narrow(i int, c cluster) bool {
	if l.Params.Narrow == nil || c.class != cQuoteC && c.class != cQuoteO || c.runes != 1 || c.base > 0x201F {
		return false
	}
	return NarrowAt(l.Text.s, i)
}

// NarrowAt reports whether the curly quotation mark or apostrophe at byte i
// belongs to Latin text. It looks at no more than pairReach + quoteReach
// characters before and quoteReach behind: the nearest letter or sign on the side of the quoted
// words is Latin and the one on the other side, up to a space, not Chinese. Of
// marks, dashes and dots without words on the inner side the outer one decides.
func NarrowAt(s string, i int) bool {
	r, w := utf8.DecodeRuneInString(s[i:])
	if r < 0x2018 || r > 0x201F {
		return false
	}
	before, after := strongBefore(s[:i]), strongAfter(s[i+w:])
	inner, outer := before, after
	if k, _ := lookup(r); k == cQuoteO {
		inner, outer = after, before
	}
	if inner == 0 {
		inner = outer
	}
	if k, _ := lookup(r); k == cQuoteC && outer == 0 {
		outer = strongBefore(s[:opener(s, i, r-1)]) // at the end of a line: as the mark that it answers
	}
	return inner != 0 && !setWide(inner) && !setWide(outer)
}

func setWide(r rune) bool { return r >= 0x2E80 }

// quoteReach is how many signs are passed over.
const quoteReach = 8

// pairReach is how far back the mark is looked for that another answers.
const pairReach = 48

// opener is the byte of the nearest mark open before byte i in the line; 0 for
// none near.
func opener(s string, i int, open rune) int {
	for range pairReach {
		r, w := utf8.DecodeLastRuneInString(s[:i])
		if i -= w; w == 0 || r == '\n' {
			break
		}
		if r == open {
			return i
		}
	}
	return 0
}

// strongBefore is the nearest character that tells the script; 0 is none
// before a space or line end.
func strongBefore(s string) rune {
	for range quoteReach {
		r, w := utf8.DecodeLastRuneInString(s)
		if w == 0 || unicode.IsSpace(r) {
			return 0
		}
		if r < 0x2010 || r > 0x205E {
			return r
		}
		s = s[:len(s)-w]
	}
	return 0
}

func strongAfter(s string) rune {
	for range quoteReach {
		r, w := utf8.DecodeRuneInString(s)
		if w == 0 || unicode.IsSpace(r) {
			return 0
		}
		if r < 0x2010 || r > 0x205E {
			return r
		}
		s = s[w:]
	}
	return 0
}

// mod is x modulo m for x of any size that a row can have.
func mod(x, m float32) float32 { return x - m*float32(int64(x/m)) }
