package zones

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line is one that is not blank, and what has been found out about it.
type line struct {
	text       string // without the blanks at its ends
	start, end int    // code points of the text, blanks included, line end not
	bodies     int32  // how many lines of running text stand before it
	n          int32  // code points of text
	same       int32  // the line of the head that a repeat repeats, else 0
	kind       kind
	rule       rule
	doubt      doubt
	labels     uint8 // how many labels are on it
	flags      flags
}

// kind is a Kind in one byte, rule the sentence that made it so.
type kind uint8

const (
	noKind kind = iota
	labelKind
	buttonKind
	frameKind
	repeatKind
	strayKind
	recurringKind
)

// doubt is how much a line proves by itself.
type doubt uint8

const (
	nothing doubt = iota
	behind        // furniture only behind another label on its line
	shy           // furniture if it stands next to some
	placed        // and near an end of the text
	sure          // anywhere
)

type flags uint16

const (
	blankBefore flags = 1 << iota // a blank line stands before it
	feedBefore                    // a form feed
	dateOnly                      // nothing but a date
	sentence                      // it ends as a sentence does
	running                       // running text: it is long, or has sentences in it
	damagedLine                   // much of it was read in a wrong encoding
	furnished                     // it is furniture
	neighbours                    // 上一篇, 相关链接: what follows are names of other pages
	footer                        // it closes a page
	header                        // it opens one: a breadcrumb or a menu
	indented                      // a blank begins it
)

func (l *line) is(f flags) bool { return l.flags&f != 0 }
func (l *line) set(f flags)     { l.flags |= f }

// A page is a text in lines.
type page struct {
	lines  []line
	looked int // how many lines were looked at, for the tests
}

// at gives a line to look at, nil where there is none.
func (p *page) at(i int) *line {
	p.looked++
	if i < 0 || i >= len(p.lines) {
		return nil
	}
	return &p.lines[i]
}

// read cuts a text into its lines.
func read(text string) *page {
	p := &page{lines: make([]line, 0, min(strings.Count(text, "\n")+1, 256))}
	walk(text, func(l line) { p.lines = append(p.lines, l) })
	for i := range p.lines {
		p.lines[i].look()
	}
	p.countBodies()
	return p
}

// body says whether a line is running text that somebody can read, and no furniture by itself.
func (l *line) body() bool { return l.is(running) && !l.is(damagedLine) && l.doubt < sure }

// countBodies counts the lines of running text before each.
func (p *page) countBodies() {
	bodies := int32(0)
	for i := range p.lines {
		l := p.at(i)
		l.bodies = bodies
		if l.body() {
			bodies++
		}
	}
}

// walk calls what it is given with each line that is not blank, in order.
func walk(text string, each func(line)) {
	at, pending := 0, flags(0)
	for text != "" {
		end, width := lineEnd(text)
		raw := text[:end]
		text = text[end:]
		if strings.HasPrefix(raw, "\f") {
			pending |= feedBefore
		}
		left := strings.TrimLeftFunc(raw, isBlank)
		if trimmed := strings.TrimRightFunc(left, isBlank); trimmed == "" {
			pending |= blankBefore
		} else {
			if raw[0] == ' ' || raw[0] == '\t' {
				pending |= indented
			}
			n := width - utf8.RuneCountInString(raw[:len(raw)-len(left)]) - utf8.RuneCountInString(left[len(trimmed):])
			each(line{text: trimmed, start: at, end: at + width, n: int32(n), flags: pending})
			pending = 0
		}
		at += width
		switch {
		case strings.HasPrefix(text, "\r\n"):
			at, text = at+2, text[2:]
		case text != "" && text[0] != '\f':
			at, text = at+1, text[1:]
		}
	}
}

// lineEnd gives where the first line of a text ends, in bytes and in code points.
func lineEnd(text string) (end, points int) {
	for end < len(text) {
		switch c := text[end]; {
		case c == '\n' || c == '\r' || c == '\f' && end > 0:
			return end, points
		case c < utf8.RuneSelf:
			end++
		case 0xe3 <= c && c <= 0xe9 && end+2 < len(text) && text[end+1]&0xc0 == 0x80 && text[end+2]&0xc0 == 0x80:
			end += 3 // most of a Chinese text
		default:
			_, n := utf8.DecodeRuneInString(text[end:])
			end += n
		}
		points++
	}
	return end, points
}

func isBlank(r rune) bool { return r == '\ufeff' || r == '\u200b' || unicode.IsSpace(r) }

// longRunning is how many code points a line has that is running text whatever its marks are.
const longRunning = 60

// look finds out what the line says about its own shape.
func (l *line) look() {
	last, stops, han := rune(0), 0, false
	rest := strings.TrimRight(l.text, "”’」』\"')）】")
	last, _ = utf8.DecodeLastRuneInString(rest)
	if strings.ContainsRune("。！？!?…；", last) || last == '.' && wordsBefore(rest) {
		l.set(sentence)
	}
	if l.n > 250 {
		l.set(running)
		return
	}
	for i, r := range l.text {
		switch {
		case r == '。' || r == '！' || r == '？':
			stops++
		case r == '.' && strings.HasPrefix(l.text[i:], ". "):
			stops++
		case !han && unicode.Is(unicode.Han, r):
			han = true
		}
	}
	switch {
	case han && (l.n >= longRunning || l.n >= 12 && (stops > 0 || l.is(sentence))):
		l.set(running)
	case !han && (l.n >= 2*longRunning || l.n >= 40 && (stops > 0 || l.is(sentence))):
		l.set(running)
	}
}

// wordsBefore says whether a full stop of half width ends a sentence: some words stand before it.
func wordsBefore(s string) bool { return strings.Count(s, " ") >= 3 || utf8.RuneCountInString(s) > 30 }

// fold is a line as it is compared with others: small letters, half width, no blanks.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r = foldRune(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldRune folds one code point; a blank is -1.
func foldRune(r rune) rune {
	switch {
	case r >= 0x4e00 && r < 0xa000:
		return r // 汉字 have one form
	case r > ' ' && r < 0x7f:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case isBlank(r):
		return -1
	case r >= 0xff01 && r <= 0xff5e:
		return foldRune(r - 0xfee0)
	case r == utf8.RuneError:
		return r
	}
	return unicode.ToLower(r)
}
