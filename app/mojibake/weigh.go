package mojibake

import (
	"slices"
	"strings"
)

// weigh says what a piece wins, in its place: the cost of what stands there less the cost of what it reads.
func (s *search) weigh(p *piece) {
	prev, next := s.prev, rune(0)
	if p.start > 0 {
		prev = s.text[p.start-1]
	}
	if p.end < len(s.text) {
		next = s.text[p.end]
	}
	before := s.m.text(prev, s.text[p.start:p.end]) + s.m.cost(s.text[p.end-1], next)
	var after float32
	for _, o := range p.outs {
		if o.r == lacuna && o.p.n > 0 {
			after += s.lacunaCost(o.p)
		} else {
			after += s.m.cost(prev, o.r)
		}
		prev = o.r
	}
	p.gain = before - after - s.m.cost(prev, next)
}

// latin says whether all that a piece recovers is of Latin text.
func (s *search) latin(p *piece) bool {
	return !slices.ContainsFunc(p.outs, func(o out) bool {
		c := infoOf(s.m.info, o.r).class
		return o.r >= 0x80 && c != lower && c != upper && c != typo
	})
}

func blank(c class, r rune) bool { return c == space || r == 0 || r == 0xFFFD }

// loose says whether a piece by an encoding of the past (Macintosh, IBM 437), full of signs, recovers only letters that
// touch no letter.
func (s *search) loose(p *piece) bool {
	if s.w != wrongMac() && s.w != wrong437() {
		return false
	}
	if slices.ContainsFunc(p.outs, func(o out) bool { return o.r == lacuna && !traced(o.p) }) {
		return true
	}
	near := string(s.text[max(0, p.start-1):p.start]) + string(s.text[p.end:min(len(s.text), p.end+1)])
	for _, o := range p.outs {
		if c := infoOf(s.m.info, o.r).class; o.r < 0x80 && (c == lower || c == upper) || !isWord(c) || c > greek {
			return false
		}
	}
	return !strings.ContainsFunc(near, func(r rune) bool { return r < 0x80 && r|0x20 >= 'a' && r|0x20 <= 'z' })
}

// alone are the letters that are words by themselves.
const alone = "àÀéÉèÈóÓíÍáÁåÅöÖúÚ"

// fits says whether the one letter that a piece recovers stands where it can: a Latin one at another, or as a word; one
// of another script, but Greek, only at its like.
func (s *search) fits(p *piece) bool {
	var r rune
	for _, o := range p.outs {
		if o.r >= 0x80 {
			r = o.r
		}
	}
	before, after := rune(0), rune(0)
	if p.start > 0 {
		before = s.text[p.start-1]
	}
	if p.end < len(s.text) {
		after = s.text[p.end]
	}
	a, b, c := infoOf(s.m.info, before).class, infoOf(s.m.info, r).class, infoOf(s.m.info, after).class
	switch b {
	case typo, symbol:
		if s.r.kind == singleKind && blank(a, before) && blank(c, after) || a == symbol && c == symbol && before > 0x7F && after > 0x7F {
			return false // between blanks, or in a row of signs
		}
		return s.w != wrongMac() || isWord(a) || isWord(c)
	case han, hira, kata, hangul:
		return s.w == wrongLatin() || !s.w.single || a == b || c == b
	case lower, upper:
		return a == lower || a == upper || c == lower || c == upper || strings.ContainsRune(alone, r)
	case other, combining, cyrillic, hebrew, arabic, thai, indic:
		return a == b || c == b
	}
	return true
}
