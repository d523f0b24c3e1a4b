package archive

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// every is the distance of checkpoints in code points: a position is found by
// one look-up and at most this many steps.
const every = 128

// Text is an immutable UTF-8 string that is cut by code points. Bytes that are
// no UTF-8 count one code point each, as Go's range does.
type Text struct {
	s      string
	points int
	marks  []int // byte offset of code point i*every; nil where single
	single bool  // a byte each: a position is its offset
	valid  bool  // UTF-8 throughout
}

// NewText indexes s: one pass, 8 bytes for each 128 code points.
func NewText(s string) *Text {
	t := &Text{s: s, marks: make([]int, 0, len(s)/every/3+1)}
	t.count()
	return t.counted()
}

// utf8Text is NewText for what is known to be UTF-8 throughout.
func utf8Text(s string) *Text {
	t := &Text{s: s, marks: make([]int, 0, len(s)/every/3+1), valid: true}
	t.countValid()
	return t.counted()
}

// counted is the text with what it is to keep.
func (t *Text) counted() *Text {
	if t.single = t.points == len(t.s); t.single {
		t.marks = nil
	}
	return t
}

// count counts the code points of any bytes, and sees whether they are UTF-8.
// Most of a Chinese text is E1 to EC, EE or EF with two bytes that go on (RFC
// 3629, section 4), which needs no more than a look.
func (t *Text) count() {
	s := t.s
	t.valid = true
	for i := 0; i < len(s); {
		t.marks = append(t.marks, i)
		for k := every; k > 0 && i < len(s); k-- {
			switch c := s[i]; {
			case c < utf8.RuneSelf:
				i++
			case c > 0xE0 && c < 0xF0 && c != 0xED && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
				i += 3
			default:
				r, n := utf8.DecodeRuneInString(s[i:])
				t.valid = t.valid && (r != utf8.RuneError || n > 1)
				i += n
			}
			t.points++
		}
	}
}

// countValid counts the code points of UTF-8 by the bytes that begin one, eight
// bytes at once while no checkpoint lies among them.
func (t *Text) countValid() {
	const ones = 0x0101010101010101
	s, next := t.s, 0 // next: the code point of the next checkpoint
	for i := 0; i < len(s); {
		if t.points+8 <= next && i+8 <= len(s) {
			x := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
				uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
			t.points += 8 - bits.OnesCount64(x>>7&^(x>>6)&ones) // 10xxxxxx goes on with one
			i += 8
			continue
		}
		if s[i]&0xC0 != 0x80 {
			if t.points == next {
				t.marks = append(t.marks, i)
				next += every
			}
			t.points++
		}
		i++
	}
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
	if t.single {
		return p
	}
	i := t.marks[p/every]
	for k := p % every; k > 0; k-- {
		if t.valid { // the first byte says how many there are (RFC 3629, section 3)
			switch c := t.s[i]; {
			case c < 0x80:
				i++
			case c < 0xE0:
				i += 2
			case c < 0xF0:
				i += 3
			default:
				i += 4
			}
			continue
		}
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
