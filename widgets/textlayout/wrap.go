package textlayout

import "unicode/utf8"

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

// Layout is a text broken into rows.
type Layout struct {
	Text   *Text
	Rows   []Row
	Params Params
	lines  []int32 // index of the first row of each source line
}

// candidate is a place where a row may end.
type candidate struct {
	at, pos int // byte and code point; at 0 is none
}

// Wrap breaks a text into rows. It takes time in proportion to the text, some
// 10 ns a character.
func Wrap(t *Text, p Params) *Layout {
	tableOnce.Do(buildTables)
	if p.Tab <= 0 {
		p.Tab = 8 * p.Advance(' ')
	}
	if p.Tab <= 0 {
		p.Tab = 1
	}
	l := &Layout{Text: t, Params: p, Rows: make([]Row, 0, t.n/32+4), lines: []int32{0}}
	s := t.s
	var (
		i, pos     int // here
		start      int // beginning of the row, code points
		x          float32
		last, prev class
		legal      candidate // the last place where a row may end
		soft       candidate // the last place that keeps the rules on ends
	)
	cut := func(c candidate) {
		l.Rows = append(l.Rows, Row{int32(start), int32(c.pos)})
		i, pos, start, x = c.at, c.pos, c.pos, 0
		last, prev, legal, soft = cNone, cNone, candidate{}, candidate{}
	}
	for i < len(s) {
		c := next(s, i)
		if c.class == cNewline {
			cut(candidate{i + int(c.bytes), pos + int(c.runes)})
			l.lines = append(l.lines, int32(len(l.Rows)))
			continue
		}
		if pos > start {
			if prev == cWord && c.class == cWord {
				soft = candidate{i, pos}
			} else if mayBreak(last, prev, c.class) {
				legal = candidate{i, pos}
			} else if tolerable(prev, c.class) {
				soft = candidate{i, pos}
			}
		}
		var adv float32
		if c.class <= cDigit && c.runes == 1 && c.base != 0xAD { // most of any text, for speed
			if adv = p.Advance(c.base); c.base >= 0x300 && Invisible(c.base) {
				adv = 0
			}
		} else {
			adv = l.advance(i, c, x)
		}
		if x+adv > p.Width && pos > start && !c.class.space() {
			switch {
			case legal.at > 0:
				cut(legal)
			case soft.at > 0:
				cut(soft)
			default:
				cut(candidate{i, pos})
			}
			continue
		}
		x += adv
		if !c.class.space() {
			last = c.class
		}
		prev = c.class
		i += int(c.bytes)
		pos += int(c.runes)
	}
	l.Rows = append(l.Rows, Row{int32(start), int32(pos)})
	return l
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
// belongs to Latin text: it stands at a Latin letter or sign, and on its other
// side is no ideograph.
func (l *Layout) narrow(i int, c cluster) bool {
	if l.Params.Narrow == nil || c.class != cQuoteC && c.class != cQuoteO || c.runes != 1 || c.base > 0x201F {
		return false
	}
	s := l.Text.s
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+int(c.bytes):])
	if i == 0 {
		before = '\n'
	}
	if i+int(c.bytes) == len(s) {
		after = '\n'
	}
	wide := func(r rune) bool { return r >= 0x2E80 }
	latin := func(r rune) bool { return r > ' ' && r < 0x250 || r >= 0x370 && r < 0x530 }
	if c.class == cQuoteO {
		return latin(after) && !wide(before)
	}
	return latin(before) && !wide(after)
}

// mod is x modulo m for x of any size that a row can have.
func mod(x, m float32) float32 { return x - m*float32(int64(x/m)) }
