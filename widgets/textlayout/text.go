// Package textlayout breaks a text into rows and answers where things are in
// them: rows, line breaking for Chinese and Latin, grapheme clusters, hit
// testing, word and line selection, spans that overlap, scroll arithmetic.
//
// It is pure: it may use the standard library and the grapheme tables, it must
// never know Fyne, a font or a colour. Positions are Unicode code points from
// 0, ranges are half open, lengths are in the unit that Params.Advance speaks
// (the widgets use Fyne pixels). Everything here is immutable once made, so
// that a layout can be built on one goroutine and read on another.
package textlayout

import (
	"sort"
	"unicode/utf8"
)

// step is the number of code points from one checkpoint to the next: few
// enough to walk in well under a microsecond.
const step = 256

// Text is a text that can be addressed by code points.
type Text struct {
	s     string
	n     int     // code points
	marks []int32 // checkpoints: byte offsets; nil when all is ASCII
	at    []int32 // the code points of the checkpoints; nil when they are i*step
}

// NewText indexes a text of at most 2 GB, on all processors when it is big. A
// byte that is not UTF-8 counts as one code point, as it does in a range loop.
func NewText(s string) *Text {
	t := &Text{s: s}
	if isASCII(s) {
		t.n = len(s)
		return t
	}
	cuts := pieces(len(s), pieceLength, func(b int) int { return start(s, b) })
	out := make([]Text, len(cuts)-1)
	parallel(len(out), func(i int) { out[i].index(s, cuts[i], cuts[i+1]) })
	if len(out) == 1 {
		t.n, t.marks = out[0].n, out[0].marks
		return t
	}
	size := 0
	for _, p := range out {
		size += len(p.marks)
	}
	t.marks, t.at = make([]int32, 0, size), make([]int32, 0, size)
	for _, p := range out {
		for k := range p.marks {
			t.at = append(t.at, int32(t.n+k*step))
		}
		t.marks = append(t.marks, p.marks...)
		t.n += p.n
	}
	return t
}

// index counts the code points of s[from:to] and sets checkpoints.
func (t *Text) index(s string, from, to int) {
	t.marks = make([]int32, 0, (to-from)/step/2+1)
	for i, left := from, 0; i < to; left-- {
		if left == 0 {
			t.marks = append(t.marks, int32(i))
			left = step
		}
		t.n++
		if c := s[i]; c < utf8.RuneSelf {
			i++
		} else if c >= 0xE1 && c <= 0xE9 && i+2 < to && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			i += 3 // U+1000 to U+9FFF, for speed
		} else {
			_, w := utf8.DecodeRuneInString(s[i:])
			i += w
		}
	}
}

// start is the first byte at or after b that begins a code point. Every byte
// that is no continuation does, also in what is not UTF-8.
func start(s string, b int) int {
	for b < len(s) && !utf8.RuneStart(s[b]) {
		b++
	}
	return min(b, len(s))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Len is the length in code points.
func (t *Text) Len() int { return t.n }

// String is the whole text.
func (t *Text) String() string { return t.s }

// Byte is the byte offset of a position; positions outside are cut to the text.
func (t *Text) Byte(pos int) int {
	if pos <= 0 {
		return 0
	}
	if pos >= t.n {
		return len(t.s)
	}
	if t.marks == nil {
		return pos
	}
	k := pos / step
	at := k * step
	if t.at != nil {
		k = sort.Search(len(t.at), func(i int) bool { return int(t.at[i]) > pos }) - 1
		at = int(t.at[k])
	}
	i := int(t.marks[k])
	for ; at < pos; at++ {
		i += width(t.s, i)
	}
	return i
}

// Pos is the position of a byte offset; an offset inside a code point gives
// that code point.
func (t *Text) Pos(b int) int {
	if b <= 0 {
		return 0
	}
	if b >= len(t.s) {
		return t.n
	}
	if t.marks == nil {
		return b
	}
	k := sort.Search(len(t.marks), func(i int) bool { return int(t.marks[i]) > b }) - 1
	i, pos := int(t.marks[k]), k*step
	if t.at != nil {
		pos = int(t.at[k])
	}
	for {
		next := i + width(t.s, i)
		if next > b {
			return pos
		}
		i, pos = next, pos+1
	}
}

// Slice is the text of [start, end), cut to the text.
func (t *Text) Slice(start, end int) string {
	a, b := t.Byte(start), t.Byte(end)
	if a >= b {
		return ""
	}
	return t.s[a:b]
}

// Chinese reports whether a text is set like Chinese rather than Latin: one in
// five of its first characters is an ideograph, kana or Hangul.
func Chinese(s string) bool {
	wide, all := 0, 0
	for _, r := range s {
		if all++; all > 4096 {
			break
		}
		if isWide(r) {
			wide++
		}
	}
	return wide*5 >= all && wide > 0
}

// width is the number of bytes of the code point at byte i.
func width(s string, i int) int {
	if s[i] < utf8.RuneSelf {
		return 1
	}
	_, w := utf8.DecodeRuneInString(s[i:])
	return w
}
