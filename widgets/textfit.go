package widgets

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// Missing stands for a character that the font does not have: U+3013, the geta
// mark that printers put where a sort was wanting.
const Missing = '〓'

// CoversFunc reports whether the interface's font has a glyph for a rune. A nil
// one covers everything.
type CoversFunc func(r rune) bool

// oneLine makes a text fit to be drawn in one line by Fyne: control characters,
// line breaks among them, become spaces, and what the font lacks becomes
// Missing. Fyne looks for an uncovered rune in all of the system's fonts and
// measures everything more slowly ever after.
func oneLine(text string, covers CoversFunc) string {
	clean := func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case covers != nil && !covers(r):
			return Missing
		}
		return r
	}
	for _, r := range text {
		if clean(r) != r {
			return strings.Map(clean, text)
		}
	}
	return text
}

// cleanLines is oneLine for a text of several lines: line breaks stay.
func cleanLines(text string, covers CoversFunc) string {
	if !strings.Contains(text, "\n") {
		return oneLine(text, covers)
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = oneLine(strings.TrimSuffix(lines[i], "\r"), covers)
	}
	return strings.Join(lines, "\n")
}

// advances knows how wide single runes are at one size, in Fyne pixels. Sums
// differ from a shaped row by less than a pixel, and unlike measuring growing
// beginnings they leave nothing in Fyne's cache. Use it on the UI goroutine.
type advances struct {
	size  float32
	style fyne.TextStyle
	of    map[rune]float32
}

func newAdvances(size float32) *advances {
	return &advances{size: size, of: make(map[rune]float32, 64)}
}

func (a *advances) rune(r rune) float32 {
	w, ok := a.of[r]
	if !ok {
		w = fyne.MeasureText(string(r), a.size, a.style).Width
		a.of[r] = w
	}
	return w
}

// width is how wide a text is in one line.
func (a *advances) width(text string) float32 {
	var w float32
	for _, r := range text {
		w += a.rune(r)
	}
	return w
}

// truncate cuts a text that is wider than width between two characters and ends
// it with "…". A mark stays with the letter that it stands on. A text that fits
// comes back as it is; where not even "…" fits, nothing does.
func (a *advances) truncate(text string, width float32) string {
	var w float32
	dots := a.rune('…')
	cut := 0 // bytes that fit with the dots behind them
	for i, r := range text {
		if w+dots <= width && !unicode.Is(unicode.M, r) {
			cut = i
		}
		w += a.rune(r)
		if w > width {
			if dots > width {
				return ""
			}
			return strings.TrimRight(text[:cut], " ") + "…"
		}
	}
	return text
}

// truncateLeft is truncate that cuts the beginning of a text, and begins it with "…".
func (a *advances) truncateLeft(text string, width float32) string {
	var w float32
	dots := a.rune('…')
	cut := len(text) // where what fits with the dots before it begins
	for i := len(text); i > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		i -= n
		if w += a.rune(r); w > width {
			if dots > width {
				return ""
			}
			return "…" + strings.TrimLeft(text[cut:], " ")
		}
		if w+dots <= width && !unicode.Is(unicode.M, r) {
			cut = i
		}
	}
	return text
}

// wrap breaks a text into rows no wider than width and at most limit of them,
// the last ending with "…" when something is left. It breaks between Han
// characters and at spaces, and never puts closing punctuation first in a row.
func (a *advances) wrap(text string, width float32, limit int) []string {
	var rows []string
	for line := range strings.SplitSeq(text, "\n") {
		for first := true; first || line != ""; first = false {
			if len(rows) == limit {
				rows[limit-1] = a.truncate(rows[limit-1]+"…", width)
				return rows
			}
			cut := a.breakAt(line, width)
			rows = append(rows, strings.TrimRight(line[:cut], " "))
			line = strings.TrimLeft(line[cut:], " ")
		}
	}
	return rows
}

// breakAt is the byte where a row of a line ends.
func (a *advances) breakAt(line string, width float32) int {
	var w float32
	good := 0
	var prev rune
	for i, r := range line {
		if i > 0 && mayBreak(prev, r) {
			good = i
		}
		w += a.rune(r)
		if w > width && i > 0 && r != ' ' {
			if good == 0 {
				return i
			}
			return good
		}
		prev = r
	}
	return len(line)
}

func mayBreak(before, after rune) bool {
	switch {
	case unicode.Is(unicode.M, after), strings.ContainsRune("，。、；：？！）》〉」』】〕”’…,.;:?!)]", after):
		return false
	case strings.ContainsRune("（《〈「『【〔“‘([", before):
		return false
	case before == ' ', before == '-':
		return true
	}
	return isWide(before) || isWide(after)
}

// isWide reports whether a rune is of a script that breaks between any two.
func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}
