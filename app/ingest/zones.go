package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lines at either end of a text.

// firstLines gives the first n lines of text that are not empty, and what follows them; at is where text begins. Lines of
// labels are there besides, as many as stand between: the table of a page is long.
func firstLines(text string, at, n int) (lines []zoneLine, rest string, restAt int) {
	others := 0
	for range mostLines {
		if text == "" || others == n || len(lines) == 4*n {
			break
		}
		line, after, _ := strings.Cut(text, "\n")
		chars := utf8.RuneCountInString(line)
		if l := trimmed(line, at, chars); l.chars > 0 {
			lines = append(lines, l)
			if len(l.labels) == 0 {
				others++
			}
		}
		at += chars
		if len(line) < len(text) {
			at++
		}
		text = after
	}
	return lines, text, at
}

// lastLines gives the last n lines that are not empty, in order; end is where text ends.
func lastLines(text string, end, n int) []zoneLine {
	var lines []zoneLine
	for range mostLines {
		if text == "" || len(lines) == n {
			break
		}
		i := strings.LastIndexByte(text, '\n')
		line := text[i+1:]
		chars := utf8.RuneCountInString(line)
		end -= chars
		if l := trimmed(line, end, chars); l.chars > 0 {
			lines = append(lines, l)
		}
		if i < 0 {
			break
		}
		text = text[:i]
		end--
	}
	slices.Reverse(lines)
	return lines
}

// trimmed is a line of so many code points that begins at the code point at.
func trimmed(line string, at, chars int) zoneLine {
	space := func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }
	left := strings.TrimLeftFunc(line, space)
	before := utf8.RuneCountInString(line[:len(line)-len(left)])
	kept := strings.TrimRightFunc(left, space)
	z := zoneLine{text: kept, start: at + before, chars: chars - before - utf8.RuneCountInString(left[len(kept):])}
	if z.chars <= labelLine {
		z.labels, z.dates = findLabels(left), findDates(left)
	}
	return z
}

// trimmedLine is a line that stands alone.
func trimmedLine(line string) zoneLine { return trimmed(line, 0, utf8.RuneCountInString(line)) }

// byteAt is the byte at which code point at begins.
func byteAt(text string, at int) int {
	for i := range text {
		if at == 0 {
			return i
		}
		at--
	}
	return len(text)
}
