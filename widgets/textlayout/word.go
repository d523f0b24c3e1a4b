package textlayout

import (
	"unicode"
)

// kind is what a double click takes together.
type kind uint8

const (
	kOther  kind = iota // stands alone
	kHan                // ideographs
	kKana               // both kana, with the sign for length
	kHangul             // and what else is set in squares
	kWord               // letters, digits and their marks
	kSpace
	kEnd // a line end
)

func kindOf(r rune) kind {
	switch {
	case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return kEnd
	case unicode.IsSpace(r):
		return kSpace
	case r >= 0x4E00 && r <= 0x9FFF, r == '々', r == '〇':
		return kHan
	case r >= 0x3041 && r <= 0x30FF && r != '・' && r != '゠', r >= 0xFF66 && r <= 0xFF9F:
		return kKana
	case isWide(r) && (unicode.IsLetter(r) || unicode.IsNumber(r)):
		if unicode.Is(unicode.Han, r) {
			return kHan
		}
		if r >= 0xFF00 && r <= 0xFF5E {
			return kWord // letters and digits of full width
		}
		return kHangul
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '_':
		return kWord
	}
	return kOther
}

const (
	wordReach = 256 // code points on each side that are looked at: no word is longer
	// longestRun bounds a run of ideographs or kana where no lexicon says where
	// words end, in clusters: what is longer is a clause, and the one character
	// that was pointed at says more than it.
	longestRun = 32
	// longestName bounds what is taken between two known words: a name with a
	// double surname, a place, a foreign name in ideographs.
	longestName = 8
)

// WordAt is WordIn without a lexicon.
func (l *Layout) WordAt(pos int) Span { return l.WordIn(pos, nil) }

// WordIn is what a double click on the cluster at a position takes, within its
// source line: a Latin word or number, a run of spaces, one sign; of Chinese
// the longest word of the lexicon that holds the place, of two as long the one
// that begins later (words of Chinese are told apart better from behind).
//
// Where no word of the lexicon holds it, what stands between the known words
// around is most often just what an archivist wants to mark, a name: 厅长,
// 出席 and the small words being known, 李振国 is left between them. It is
// taken up to eight ideographs; of a longer stretch, which is no name, the one
// ideograph. Without a lexicon it is the run of one script up to 32.
func (l *Layout) WordIn(pos int, x *Lexicon) Span {
	s := l.Text.s
	at := l.Floor(min(max(pos, 0), l.Text.n))
	if at >= l.Text.n {
		return Span{at, at}
	}
	line := l.LineSpan(at)
	if at >= line.End {
		return Span{line.End, line.End}
	}
	from := line.Start
	if at-from > wordReach {
		from = l.Floor(at - wordReach)
	}
	// One pass from there: runs end only where their kind does.
	i, p := l.Text.Byte(from), from
	start, have, clusters := p, kEnd, 0
	var prev rune
	for p < line.End && p-at < wordReach {
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
			start, have, clusters = p, k, 0
		}
		clusters++
		prev = c.base
		i += int(c.bytes)
		p += int(c.runes)
	}
	run := Span{start, p}
	if have != kHan && have != kKana {
		return run
	}
	if x.Len() > 0 {
		return l.known(at, line, run, x)
	}
	if clusters > longestRun {
		return Span{at, l.Next(at)}
	}
	return run
}

// known is what a lexicon makes of the place at, in a run of ideographs or
// kana of a source line.
func (l *Layout) known(at int, line, run Span, x *Lexicon) Span {
	s := l.Text.s
	from := max(line.Start, at-longestName-longestWord)
	to := min(line.End, at+longestName+longestWord+1)
	// Byte offsets of the positions around, and which of them words hold.
	offset := make([]int, 0, to-from+1)
	i := l.Text.Byte(from)
	for p := from; p <= to; p++ {
		offset = append(offset, i)
		if i < len(s) {
			i += width(s, i)
		}
	}
	held := make([]bool, to-from)
	best := Span{}
	for k := range held {
		x.at(s, offset[k], func(n int) bool {
			end := k
			for end < len(held) && offset[end] < offset[k]+n {
				held[end] = true
				end++
			}
			w := Span{from + k, from + end}
			if w.Start <= at && at < w.End && offset[end] == offset[k]+n && w.Len() >= best.Len() && l.Floor(w.Start) == w.Start {
				best = w
			}
			return true
		})
	}
	if best.Len() > 0 {
		return Span{best.Start, l.Ceil(best.End)}
	}
	name := Span{at, at}
	for name.Start > max(run.Start, from) && !held[name.Start-1-from] && name.Len() <= longestName {
		name.Start--
	}
	for name.End < min(run.End, to) && !held[name.End-from] && name.Len() <= longestName {
		name.End++
	}
	if name = l.Snap(name); name.Len() == 0 || name.Len() > longestName {
		return Span{at, l.Next(at)}
	}
	return name
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
