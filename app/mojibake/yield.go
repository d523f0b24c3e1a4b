package mojibake

import (
	"slices"
	"strings"
)

// A yield is what a piece recovers.
type yield struct {
	good, lost, silent int     // characters outside ASCII, lacunae, those that left no trace
	letters, marks     int     // of the good, letters, and marks of printed text
	touching           int     // of the good, those behind another
	east, odd, hangul  bool    // there are East Asian characters, C1 controls, Hangul
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
			y.hangul = y.hangul || o.r >= 0xAC00 && o.r < 0xD7A4
			if prev >= 0x80 {
				y.touching++
			}
			if c := infoOf(s.m.info, o.r).class; isWord(c) && c != drawn {
				y.letters++
			} else if c == typo {
				y.marks++
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
	case !slices.ContainsFunc(s.text[p.start:p.end], func(r rune) bool { return r >= 0x80 && r != 0xFFFD && r != lacuna }):
		return false // no byte is left
	case p.gain < 3, y.good == 1 && !s.fits(p), s.drawing(p, y), y.good > 0 && s.loose(p):
		return false
	case y.good > 0 && (y.lost > 0 && y.cost > 19*good || !s.w.single && (y.cost > 14*good || y.hangul && y.cost > 11*good)):
		return false
	case y.good > 0 && s.r.kind == pairKind && !s.soundPairs(p, y):
		return false
	case y.good == 0:
		traces := y.lost > y.silent && (s.sure || y.lost == 1 && strings.ContainsRune(string(s.text[p.start:p.end]), 0xFFFD))
		return traces || y.lost > 0 && p.outs[0].p.b[0] == 0xEF
	case !s.w.single && y.east && (y.good > 1 && y.touching*3 < y.good || y.good == 1 && y.lost > 0) && !(s.sure && y.cost <= 9*good):
		return false // characters that stand alone, of characters that do
	case s.sure:
		return true
	case y.lost > 3*y.good, y.silent > y.good+1, y.lost > y.good+1 && (s.r.kind != utf8Kind || !s.w.single):
		return false
	case !s.w.single && (y.silent*2 > y.good || s.deep && (y.lost > 0 || y.good < 3)):
		return false
	}
	return true
}

// soundPairs asks more where pairs of bytes are characters in every East Asian encoding: by accident, too.
func (s *search) soundPairs(p *piece, y yield) bool {
	good := float32(y.good)
	easy := s.sure && y.cost <= 9*good
	switch {
	case !y.east && s.w.single && y.good == 1 && !s.sure:
		return s.latin(p)
	case !y.east:
		return y.letters > 0 && (s.latin(p) || y.touching*2 >= y.good) || s.sure && y.marks > 0
	case easy && y.lost <= y.good:
		return true
	case y.letters == 0, y.hangul && y.cost > 10.5*good, y.cost > 13.5*good, p.gain < 2*float32(p.end-p.start):
		return false
	case !s.sure && (p.path < 14 || y.lost*2 > y.good), y.lost > y.good, y.good > 1 && y.touching*3 < y.good:
		return false
	}
	return y.good > 2 || !s.w.single && y.good > 1
}

// drawing says whether a piece is line art that happens to be bytes of something: not the one sign in a word that GBK
// makes of ß, nor a sign that IBM 437 makes of two.
func (s *search) drawing(p *piece, y yield) bool {
	signs := 0
	for _, r := range s.text[p.start:p.end] {
		if c := infoOf(s.m.info, r).class; c == drawn {
			signs++
		} else if r >= 0x80 {
			return false
		}
	}
	if s.w.single {
		return signs > 0 && y.letters > 0
	}
	return signs > 1 || signs == 1 && (y.cost > 12 || !s.latin(p))
}
