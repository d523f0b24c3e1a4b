package archive

import (
	"strings"
	"unicode/utf8"
)

// every is the distance of checkpoints in code points: a position is found by
// one look-up and at most this many steps.
const every = 512

// Text is an immutable UTF-8 string that is cut by code points. Bytes that are
// no UTF-8 count one code point each, as Go's range does.
type Text struct {
	s      string
	points int
	marks  []int // byte offset of code point i*every
	ascii  bool
}

// NewText indexes s: one pass, 8 bytes for each 512 code points.
func NewText(s string) *Text {
	t := &Text{s: s, marks: make([]int, 0, len(s)/every+1)}
	n := 0
	for i := range s {
		if n%every == 0 {
			t.marks = append(t.marks, i)
		}
		n++
	}
	t.points, t.ascii = n, n == len(s)
	return t
}

// String is the whole text.
func (t *Text) String() string { return t.s }

// Len is the length in code points.
func (t *Text) Len() int { return t.points }

// Byte is the byte offset of code point p; positions outside are clamped.
func (t *Text) Byte(p int) int {
	if p <= 0 {
		return 0
	}
	if p >= t.points {
		return len(t.s)
	}
	if t.ascii {
		return p
	}
	i := t.marks[p/every]
	for k := p % every; k > 0; k-- {
		_, n := utf8.DecodeRuneInString(t.s[i:])
		i += n
	}
	return i
}

// Slice is the words [start,end), clamped to the text.
func (t *Text) Slice(start, end int) string {
	if end <= start {
		return ""
	}
	return t.s[t.Byte(start):t.Byte(end)]
}

// Index is the position of the first sub at or after from, or -1.
func (t *Text) Index(sub string, from int) int {
	b := t.Byte(from)
	i := strings.Index(t.s[b:], sub)
	if i < 0 {
		return -1
	}
	return from + utf8.RuneCountInString(t.s[b:b+i])
}
