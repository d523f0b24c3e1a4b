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
	marks []int32 // byte offset of code point i*step; nil when all is ASCII
}

// NewText indexes a text of at most 2 GB. A byte that is not UTF-8 counts as
// one code point, as it does in a range loop.
func NewText(s string) *Text {
	t := &Text{s: s}
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		t.n = len(s)
		return t
	}
	t.marks = make([]int32, 0, len(s)/step+1)
	n, next := 0, 0
	for i := range s {
		if n == next {
			t.marks = append(t.marks, int32(i))
			next += step
		}
		n++
	}
	t.n = n
	return t
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
	i := int(t.marks[pos/step])
	for k := pos % step; k > 0; k-- {
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

// Chinese reports whether the text is set like Chinese rather than Latin: one
// in five of its first characters is an ideograph, kana or Hangul.
func (t *Text) Chinese() bool {
	wide, all := 0, 0
	for _, r := range t.s {
		if all++; all > 4096 {
			break
		}
		if isWide(r) {
			wide++
		}
	}
	return wide*5 >= all && wide > 0
}

// Remap tells where positions of one text are in another that was made from it
// by changing one stretch: what lies before or after the stretch keeps its
// place exactly, what lies in it goes to its beginning.
func Remap(from, to *Text) func(pos int) int {
	if from.s == to.s {
		return func(pos int) int { return pos }
	}
	a, b := from.s, to.s
	n := min(len(a), len(b))
	pre := 0
	for pre < n && a[pre] == b[pre] {
		pre++
	}
	for pre > 0 && pre < len(a) && !utf8.RuneStart(a[pre]) {
		pre--
	}
	suf := 0
	for suf < n-pre && a[len(a)-1-suf] == b[len(b)-1-suf] {
		suf++
	}
	for suf > 0 && !utf8.RuneStart(a[len(a)-suf]) {
		suf--
	}
	before, after := from.Pos(pre), from.Pos(len(a)-suf)
	delta := to.n - from.n
	return func(pos int) int {
		switch {
		case pos <= before:
			return min(pos, to.n)
		case pos >= after:
			return min(max(pos+delta, 0), to.n)
		}
		return min(before, to.n)
	}
}

// width is the number of bytes of the code point at byte i.
func width(s string, i int) int {
	if s[i] < utf8.RuneSelf {
		return 1
	}
	_, w := utf8.DecodeRuneInString(s[i:])
	return w
}
