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

// A yield is what a piece recovers.
type yield struct {
	good, lost, silent int     // characters outside ASCII, lacunae, those that left no trace
	words              int     // of the good, letters and the marks of sentences
	east, odd          bool    // there are East Asian characters, C1 controls
	cost               float32 // of the good
}

func (s *search) yield(p *piece) (y yield) {
	prev := rune(0)
	for _, o := range p.outs {
		switch {
		case o.r == lacuna:
			if y.lost++; !traced(o.p) {
				y.silent++
			}
		case o.r >= 0x80:
			y.good++
			y.cost += s.m.cost(prev, o.r)
			y.odd = y.odd || o.r < 0xA0
			y.east = y.east || o.r >= 0x2E80 && o.r < 0x10000
			if c := infoOf(s.m.info, o.r).class; isWord(c) && c != drawn || c == typo || c == cjkMark {
				y.words++
			}
		}
		prev = o.r
	}
	return y
}

// sound says whether a piece is to be proposed: it wins, what it recovers is more than what it lacks, and is text.
func (s *search) sound(p *piece) bool {
	y := s.yield(p)
	good := float32(y.good)
	switch {
	case y.odd && s.w != wrongLatin():
		return false // C1 controls come of Latin-1 alone
	case p.gain < 3, y.good == 1 && !s.fits(p), y.good > 0 && s.drawing(p), y.good > 0 && s.loose(p):
		return false
	case y.lost > 0 && y.cost > 19*good && y.good > 0:
		return false
	case y.good == 1 && s.r.kind == pairKind && s.w.single && !s.sure && !s.latin(p):
		return false
	case s.r.kind == pairKind && (y.words == 0 && y.good > 0 || y.east && y.cost > 14.5*good):
		return false
	case y.good == 0:
		traces := y.lost > y.silent && (s.sure || y.lost == 1 && strings.ContainsRune(string(s.text[p.start:p.end]), 0xFFFD))
		return traces || y.lost > 0 && p.outs[0].p.b[0] == 0xEF
	case s.sure:
		return true
	case y.lost > 3*y.good, y.silent > y.good+1, y.lost > y.good+1 && (s.r.kind != utf8Kind || !s.w.single):
		return false
	case s.deep && !s.w.single && (y.lost > 0 || y.good < 3):
		return false // what was recovered well is not broken once more by a few characters
	case s.r.kind == pairKind && y.east:
		// Pairs of bytes are characters in every East Asian encoding: by accident, too.
		enough := y.good > 2 || !s.w.single && y.good > 1
		return p.path >= 14 && y.lost*2 <= y.good && p.gain >= 2*float32(p.end-p.start) && y.cost <= 13.5*good && enough
	}
	return true
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

// drawing says whether a piece is line art that happens to be bytes of IBM 437, or of letters in GBK.
func (s *search) drawing(p *piece) bool {
	if p.end-p.start < 2 {
		return false
	}
	for _, r := range s.text[p.start:p.end] {
		if infoOf(s.m.info, r).class != drawn {
			return false
		}
	}
	return !strings.ContainsFunc(string(p.outs[0].r), func(r rune) bool { return infoOf(s.m.info, r).class == symbol })
}
