package ingest

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Line ends. In Text every line end is \n; the recipe records what they were as runs, in order: n for \n, w for \r\n
// (Windows), r for \r alone (old Macintosh), each with how many: "w215" or "n3w2r1". A last run of n is left out, so a
// file with \n alone has "". Only these three are line ends: U+0085, U+2028 and the form feed are characters like
// others.

// unifyLineEnds makes \n of every line end. It gives the recipe's runs, and the places (in code points of the text
// before) of those \n of \r\n that fell away, if places asks for them.
func unifyLineEnds(s string, places bool) (text, runs string, dropped []int) {
	if strings.IndexByte(s, '\r') < 0 {
		return s, "", nil
	}
	var out, rec strings.Builder
	out.Grow(len(s))
	kind, count := byte(0), 0
	add := func(k byte) {
		if k != kind && count > 0 {
			rec.WriteByte(kind)
			rec.WriteString(strconv.Itoa(count))
			count = 0
		}
		kind = k
		count++
	}
	at := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\n':
			add('n')
			out.WriteByte('\n')
		case c != '\r':
			out.WriteByte(c)
		case i+1 < len(s) && s[i+1] == '\n':
			add('w')
			out.WriteByte('\n')
			i++
			at++
			if places {
				dropped = append(dropped, at)
			}
		default:
			add('r')
			out.WriteByte('\n')
		}
		if c < 0x80 || c >= 0xC0 { // the first byte of a code point
			at++
		}
	}
	if count > 0 && kind != 'n' {
		rec.WriteByte(kind)
		rec.WriteString(strconv.Itoa(count))
	}
	return out.String(), rec.String(), dropped
}

// moveBack is how far a code point moves to the front when those at dropped (ascending) fall away.
func moveBack(at int, dropped []int) int { return at - sort.SearchInts(dropped, at) }

// A lineEnder gives the line ends of a recipe one after another.
type lineEnder struct {
	runs string
	kind byte
	left int
}

// next gives the next line end; after the last run it is \n for ever.
func (l *lineEnder) next() (string, error) {
	if l.left == 0 {
		if l.runs == "" {
			return "\n", nil
		}
		end := 1
		for end < len(l.runs) && isDigit(l.runs[end]) {
			end++
		}
		n, err := strconv.Atoi(l.runs[1:end])
		if err != nil || n <= 0 {
			return "", fmt.Errorf("the recipe's line ends %q are not runs like w12n3", l.runs)
		}
		l.kind, l.left, l.runs = l.runs[0], n, l.runs[end:]
	}
	l.left--
	switch l.kind {
	case 'n':
		return "\n", nil
	case 'w':
		return "\r\n", nil
	case 'r':
		return "\r", nil
	}
	return "", fmt.Errorf("the recipe's line ends begin a run with %q, which is not n, w or r", l.kind)
}
