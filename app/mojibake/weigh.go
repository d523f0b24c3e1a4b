package mojibake

import "strings"

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

// sound says whether a piece is to be proposed: it wins, what it recovers is more than what it lacks, and is text.
func (s *search) sound(p *piece) bool {
	good, lost, silent, east, odd := 0, 0, 0, false, false
	var cost float32
	prev := rune(0)
	for _, o := range p.outs {
		switch {
		case o.r == lacuna:
			if lost++; !traced(o.p) {
				silent++
			}
		case o.r >= 0x80:
			good++
			cost += s.m.cost(prev, o.r)
			odd = odd || o.r < 0xA0
			east = east || o.r >= 0x2E80 && o.r < 0x10000
		}
		prev = o.r
	}
	switch {
	case odd && s.w != wrongLatin():
		return false // C1 controls come of Latin-1 alone
	case p.gain < 3, good == 1 && !s.fits(p), lost > 0 && cost > 19*float32(good) && good > 0, good > 0 && s.drawing(p):
		return false
	case s.sure:
		return true
	case good == 0:
		return lost == 1 && strings.ContainsRune(string(s.text[p.start:p.end]), 0xFFFD) || lost > 0 && p.outs[0].p.b[0] == 0xEF
	case lost > 3*good, silent > good+1, lost > good+1 && (s.r.kind != utf8Kind || !s.w.single):
		return false
	}
	if s.deep && !s.w.single && (lost > 0 || good < 3) {
		return false // what was recovered well is not broken once more by a few characters
	}
	if s.r.kind == pairKind && east {
		// Pairs of bytes are characters in every East Asian encoding: by accident, too.
		return p.path >= 14 && lost*2 <= good && p.gain >= 2*float32(p.end-p.start) && cost <= 13.5*float32(good) && (good > 1 || !s.w.single)
	}
	return true
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
