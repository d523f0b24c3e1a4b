package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Heading is a place of a text that somebody goes to.
type Heading struct {
	Level      int    // 1 is outermost; never more than one deeper than the heading before
	Title      string // its words, cut where they go on for long
	Start, End int    // where those words stand, in code points of the text
	Line       int    // which line of the text it is on, from 1
}

// titleLength is how many characters of a heading are shown.
const titleLength = 48

// A short line counts as a heading up to so many characters, those of Han being
// as wide as two.
const shortWidth = 60

// aLine is a line that may be a heading, or a point within one.
type aLine struct {
	found
	start, line int // as in Heading
	text        []rune
}

// Of finds the headings of a text, in order. It reads the text once. When stop,
// which may be nil, answers true, what has been found so far is returned. It may
// run on any goroutine.
func Of(text string, stop func() bool) []Heading {
	s := &scan{}
	pos, lineNo, blank := 0, 0, true
	for from := 0; from <= len(text); {
		if lineNo%1024 == 0 && stop != nil && stop() {
			break
		}
		lineNo++
		end := strings.IndexByte(text[from:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += from
		}
		raw := text[from:end]
		blank = s.line(raw, pos, lineNo, blank)
		pos += utf8.RuneCountInString(raw) + 1
		from = end + 1
	}
	s.endAlone(true)
	return s.headings()
}

// scan is what has been seen of a text so far.
type scan struct {
	all     []aLine
	maybe   *aLine // a short line after a blank one, which another blank line makes a heading
	aloneN  int    // short lines that stand alone
	written int    // lines that are not blank
	marked  bool   // it has headings of Markdown
}

// line looks at a line, and reports whether it is blank.
func (s *scan) line(raw string, pos, lineNo int, blank bool) bool {
	trimmed := strings.TrimLeftFunc(raw, unicode.IsSpace)
	lead := utf8.RuneCountInString(raw[:len(raw)-len(trimmed)])
	trimmed = strings.TrimRightFunc(trimmed, unicode.IsSpace)
	if trimmed == "" {
		s.endAlone(true)
		return true
	}
	s.written++
	s.endAlone(false)
	head := []rune(trimmed[:min(len(trimmed), 4*(titleLength+longest))])
	if bold := strings.TrimPrefix(trimmed, "**"); len(bold) < len(trimmed) && bold != "" {
		head, lead = head[2:], lead+2 // **第一条**, as Markdown has it
	}
	l := aLine{found: parse([]rune(strings.ReplaceAll(string(head), "**", ""))), start: pos + lead, line: lineNo, text: head}
	if l.rank > 0 {
		s.all = append(s.all, l)
		s.marked = s.marked || l.rank < part
	}
	if !s.points(trimmed, pos+lead, lineNo) && l.rank == 0 && blank && short(trimmed) {
		l.rank = alone
		s.maybe = &l
	}
	return false
}

// endAlone decides on a short line that came after a blank one.
func (s *scan) endAlone(blank bool) {
	if s.maybe != nil && blank {
		s.all = append(s.all, *s.maybe)
		s.aloneN++
	}
	s.maybe = nil
}

// short says whether a line can be a heading that nothing but its place shows: few
// words, letters among them, and not the end of a sentence.
func short(line string) bool {
	if len(line) > 4*shortWidth {
		return false
	}
	width, letters := 0, 0
	last := rune(0)
	for _, r := range line {
		width++
		if unicode.Is(unicode.Han, r) {
			width++
		}
		if unicode.IsLetter(r) {
			letters++
		}
		last = r
	}
	return width <= shortWidth && letters >= 2 && 2*letters > width/2 && !strings.ContainsRune("。，；、：？！….,;:?!”’\"'）)", last)
}

// counts are the ways in which a paragraph counts up its points.
var counts = []struct{ before, after string }{{"", "是"}, {"", "要"}, {"其", ""}, {"第", "，"}, {"第", "、"}}

// points finds 一是 … 二是 … within a paragraph, two of them at least, and reports
// whether there are some.
func (s *scan) points(line string, pos, lineNo int) bool {
	for _, c := range counts {
		first := c.before + "一" + c.after
		if !strings.Contains(line, first) {
			continue
		}
		var out []aLine
		at, runes := 0, 0
		for n := 1; n <= 10; n++ {
			word := c.before + string([]rune("一二三四五六七八九十")[n-1]) + c.after
			i := pointAt(line[at:], word, at == 0)
			if i < 0 {
				break
			}
			runes += utf8.RuneCountInString(line[at : at+i])
			if last := len(out) - 1; last >= 0 { // each ends where the next begins
				out[last].text = out[last].text[:min(len(out[last].text), pos+runes-out[last].start)]
			}
			at += i
			rest := line[at:]
			out = append(out, aLine{found{point, n, false}, pos + runes, lineNo, []rune(rest[:min(len(rest), 4*(titleLength+2))])})
			at += len(word)
			runes += utf8.RuneCountInString(word)
		}
		if len(out) > 1 {
			s.all = append(s.all, out...)
			return true
		}
	}
	return false
}

// pointAt is where a word stands that begins a part of a sentence, or -1.
func pointAt(line, word string, begins bool) int {
	for from := 0; ; {
		i := strings.Index(line[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		if i == 0 && begins {
			return i
		}
		if r, _ := utf8.DecodeLastRuneInString(line[:i]); i > 0 && strings.ContainsRune("。；，：、;,:.！？!?（(“\" 　", r) {
			return i
		}
		from = i + len(word)
	}
}

// headings puts what was found in its order and on its level.
func (s *scan) headings() []Heading {
	// Many short lines that stand alone are verses, or a table, and no headings.
	dropAlone := s.marked || s.aloneN > 3 && 3*s.aloneN > s.written
	var out []Heading
	var stack []aLine
	running := map[int]int{}
	for i := range s.all {
		l := &s.all[i]
		if l.rank == alone && dropAlone {
			continue
		}
		above := stack
		for len(above) > 0 && above[len(above)-1].rank > l.rank {
			above = above[:len(above)-1]
		}
		same := len(above) > 0 && above[len(above)-1].rank == l.rank
		before := running[l.rank] // articles run on through the chapters
		if l.rank > article {
			before = 0
			if same {
				before = above[len(above)-1].value
			}
		}
		if l.loose && l.value != 1 && (before == 0 || !next(before, l.value)) {
			continue // not its turn
		}
		running[l.rank] = l.value
		if same {
			above = above[:len(above)-1]
		}
		stack = append(above, *l)
		title, n := l.title()
		out = append(out, Heading{Level: len(stack), Title: strings.ReplaceAll(title, "**", ""), Start: l.start, End: l.start + n, Line: l.line})
	}
	return out
}

// next says whether a number may follow another one: some may be missing.
func next(last, now int) bool { return now > last && now <= last+3 }

// title is what is shown of a heading, and how many characters of the text it has:
// up to the end of its sentence, if that comes soon.
func (l *aLine) title() (string, int) {
	n := 0
	if l.rank == point { // what joins it to the next is none of it
		l.text = []rune(strings.TrimRight(string(l.text), "，、；,; 　"))
	}
	for n < len(l.text) && n < titleLength {
		r := l.text[n]
		if n > 1 && strings.ContainsRune("。；？！", r) || l.rank == point && n > 2 && r == ';' {
			return string(l.text[:n]), n
		}
		n++
	}
	if n < len(l.text) {
		return string(l.text[:n]) + "…", n
	}
	return string(l.text), n
}
