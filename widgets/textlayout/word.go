package textlayout

import "unicode"

// kind is what a double click takes together.
type kind uint8

const (
	kOther kind = iota // stands alone
	kWide              // ideographs, kana, Hangul
	kWord              // letters, digits and their marks
	kSpace
	kEnd // a line end
)

func kindOf(r rune) kind {
	switch {
	case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return kEnd
	case unicode.IsSpace(r):
		return kSpace
	case isWide(r) && (unicode.IsLetter(r) || unicode.IsNumber(r)), r == '々':
		return kWide
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '_':
		return kWord
	}
	return kOther
}

// WordAt is what a double click on the cluster at a position takes: a Latin
// word or number, a run of ideographs up to the next punctuation, a run of
// spaces, or one sign. It never leaves the source line.
func (l *Layout) WordAt(pos int) Span {
	s := l.Text.s
	at := l.Floor(min(max(pos, 0), l.Text.n))
	if at >= l.Text.n {
		return Span{at, at}
	}
	line := l.LineSpan(at)
	if at >= line.End {
		return Span{line.End, line.End}
	}
	// One pass from the line's beginning: words end only where their kind does.
	i, p := l.Text.Byte(line.Start), line.Start
	start, have := p, kEnd
	var prev rune
	for p < line.End {
		c := next(s, i)
		k := kindOf(c.base)
		joined := k == have && k != kOther
		// The sign inside don’t, 3.14 and 1,000 belongs to the word.
		if !joined && have == kWord && k == kOther && p+int(c.runes) < line.End {
			after := next(s, i+int(c.bytes)).base
			joined = kindOf(after) == kWord && inside(prev, c.base, after)
			if joined {
				k = kWord
			}
		}
		if !joined {
			if p > at {
				break
			}
			start, have = p, k
		}
		prev = c.base
		i += int(c.bytes)
		p += int(c.runes)
	}
	return Span{start, p}
}

func inside(before, sign, after rune) bool {
	switch sign {
	case '\'', '’', '·':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '.', ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}
