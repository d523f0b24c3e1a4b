package epub

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// A writer joins pieces of text to lines.
type writer struct {
	b     strings.Builder
	size  *int // bytes written by all writers of a publication
	start bool // something stands on the line
	space bool // white space waits for the next word
	cells int  // how deep in cells of tables: there a block is a space
	tabs  int  // tabs that wait for the next word of the row
	row   bool // a row is begun
}

// text writes a run of text, white space in it as one space.
func (w *writer) text(s string, pre bool) {
	for _, c := range s {
		switch {
		case c == '\n' && pre:
			w.lineBreak()
		case c == ' ', c == '\n', c == '\r', c == '\t', c == '\f':
			if pre && c != '\r' && c != '\f' && w.cells == 0 {
				w.put(c)
			} else {
				w.space = true
			}
		case unicode.IsControl(c):
		default:
			w.put(c)
		}
	}
}

func (w *writer) put(c rune) {
	if *w.size > content.MaxText {
		return
	}
	for ; w.tabs > 0; w.tabs-- {
		w.b.WriteByte('\t')
		*w.size++
		w.space = false
		w.start = true
	}
	if w.space && w.start && !endsOpen(w.b.String()) {
		w.b.WriteByte(' ')
		*w.size++
	}
	w.space, w.start = false, true
	w.b.WriteRune(c)
	*w.size += utf8.RuneLen(c)
}

// endsOpen says whether a space would stand behind a tab.
func endsOpen(s string) bool { return strings.HasSuffix(s, "\t") }

// block ends the line, if anything stands on it. In a cell it is a space.
func (w *writer) block() {
	if w.cells > 0 {
		w.space = true
		return
	}
	w.space = false
	if w.start {
		w.newline()
	}
}

// lineBreak ends the line. A second one leaves an empty line.
func (w *writer) lineBreak() {
	if w.cells > 0 {
		w.space = true
		return
	}
	w.space = false
	if w.start || w.b.Len() > 0 {
		w.newline()
	}
}

func (w *writer) newline() {
	w.b.WriteByte('\n')
	*w.size++
	w.start, w.tabs, w.row = false, 0, false
}

// text of the writer, without empty lines at its ends.
func (w *writer) String() string { return strings.Trim(w.b.String(), "\n") }
