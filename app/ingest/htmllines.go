package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lineWriter joins pieces of text to lines.
type lineWriter struct {
	out      strings.Builder
	line     strings.Builder
	space    bool // white space waits for the next word
	broke    bool // and the source broke a line in it
	cells    int  // tabs that wait
	blank    int  // line breaks asked for beyond the first
	freshPre bool // a line end right behind <pre> is not part of it

	run    int         // the number of the run of text that is written
	lines  *[]pageLine // what was written, where somebody wants to know
	runs   [2]int      // the first and the last run with words in the line
	worded bool        // there are such
}

// A pageLine is a line of a page and the runs of text, both included, that have words in it.
type pageLine struct {
	text        string
	first, last int
}

// took notes that the present run has words in the line.
func (w *lineWriter) took() {
	if !w.worded {
		w.runs[0] = w.run
	}
	w.runs[1], w.worded = w.run, true
}

// cell begins a cell. The tab is written when text follows in the same row.
func (w *lineWriter) cell() {
	if w.line.Len() > 0 {
		w.cells++
		w.space = false
	}
}

// block begins a line, if the present one has anything.
func (w *lineWriter) block() {
	if w.line.Len() > 0 {
		w.endLine()
	}
	w.space, w.broke, w.cells, w.blank, w.freshPre = false, false, 0, 0, false
}

// lineBreak ends the line. A second one in a row leaves an empty line, a third no more.
func (w *lineWriter) lineBreak() {
	if w.line.Len() > 0 {
		w.endLine()
	} else if w.out.Len() > 0 {
		w.blank++
	}
	w.space, w.broke, w.cells = false, false, 0
}

func (w *lineWriter) endLine() {
	line := strings.TrimRightFunc(w.line.String(), unicode.IsSpace)
	w.line.Reset()
	w.out.WriteString(line)
	w.out.WriteByte('\n')
	if w.lines != nil && w.worded {
		*w.lines = append(*w.lines, pageLine{line, w.runs[0], w.runs[1]})
	}
	w.worded = false
}

func (w *lineWriter) text(s string, pre bool) {
	if pre {
		w.preformatted(s)
		return
	}
	for i, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			w.space = true
			w.broke = w.broke || r == '\n'
			continue
		}
		w.word(r, s[i:])
	}
}

// word writes one character and what waits before it.
func (w *lineWriter) word(r rune, s string) {
	if w.line.Len() == 0 {
		if unicode.IsSpace(r) && r != '\u3000' {
			return // an indent of &nbsp;
		}
		if w.blank > 0 {
			w.out.WriteByte('\n')
		}
	} else if w.cells > 0 {
		w.line.WriteString(strings.Repeat("\t", w.cells))
	} else if w.space {
		if last, _ := utf8.DecodeLastRuneInString(w.line.String()); !(w.broke && wide(last) && wide(r)) {
			w.line.WriteByte(' ')
		}
	}
	w.space, w.broke, w.cells, w.blank = false, false, 0, 0
	_, n := utf8.DecodeRuneInString(s)
	w.line.WriteString(s[:n])
	w.took()
}

func (w *lineWriter) preformatted(s string) {
	if w.freshPre {
		s = strings.TrimPrefix(s, "\n")
		w.freshPre = false
	}
	for i, r := range s {
		switch r {
		case '\n':
			w.endLine()
			continue
		case '\r':
			continue // written as an entity; Text has no line end but \n
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		w.line.WriteString(s[i : i+n])
		if !unicode.IsSpace(r) {
			w.took()
		}
	}
	w.space, w.broke, w.cells, w.blank = false, false, 0, 0
}

// String gives the lines, without an empty one at either end and without a line end at the end.
func (w *lineWriter) String() string {
	if w.line.Len() > 0 {
		w.endLine()
	}
	return strings.Trim(w.out.String(), "\n")
}

// wide says whether a character is of a script that is written without spaces.
func wide(r rune) bool {
	return r >= 0x2E80 && (r <= 0x9FFF || 0xF900 <= r && r <= 0xFAFF || 0xFE30 <= r && r <= 0xFE4F || 0xFF00 <= r && r <= 0xFF60 || r >= 0x20000 && r <= 0x3FFFF)
}
