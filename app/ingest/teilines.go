package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A teiLines joins pieces of a TEI text to lines and counts their code points. What waits, spaces and line ends, is
// written when something follows.
type teiLines struct {
	out    strings.Builder
	n      int    // code points written
	last   rune   // the last of them
	space  bool   // white space waits
	broke  bool   // and the file broke a line in it
	breaks int    // line ends that wait, at most two
	begun  bool   // a block began the present line, and nothing stands in it
	tab    bool   // a cell waits
	starts []*int // places that are where the next character will be
}

// here is the place of the end of something.
func (w *teiLines) here() int { return w.n }

// begins has at set to the place of the next character.
func (w *teiLines) begins(at *int) {
	*at = w.n
	w.starts = append(w.starts, at)
}

// fresh says whether nothing stands in the present line.
func (w *teiLines) fresh() bool { return w.n == 0 || w.last == '\n' || w.breaks > 0 }

// block begins a line, if the present one has anything.
func (w *teiLines) block() {
	if !w.fresh() {
		w.breaks = 1
	}
	w.begun = true
	w.space, w.broke, w.tab = false, false, false
}

// lineBreak ends the line; the first in a block begins its first line. A second one in a row leaves an empty line, a
// third no more.
func (w *teiLines) lineBreak() {
	if w.n > 0 && !w.begun {
		w.breaks = min(w.breaks+1, 2)
	}
	w.space, w.broke, w.tab, w.begun = false, false, false, false
}

// cell begins a cell of a row.
func (w *teiLines) cell() {
	if !w.fresh() {
		w.tab, w.space = true, false
	}
}

// text writes text whose white space says nothing but that words end.
func (w *teiLines) text(s string) {
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r':
			w.space = true
			w.broke = w.broke || r == '\n'
			continue
		}
		w.wait(r)
		w.put(r)
	}
}

// wait writes what waits before a character.
func (w *teiLines) wait(r rune) {
	switch {
	case w.breaks > 0:
		for range w.breaks {
			w.put1('\n')
		}
	case w.fresh():
	case w.tab:
		w.put1('\t')
	case w.space && !(w.broke && wide(w.last) && wide(r)):
		w.put1(' ')
	}
	w.space, w.broke, w.tab, w.breaks = false, false, false, 0
}

// exact writes text as it stands.
func (w *teiLines) exact(s string) {
	if s == "" {
		return
	}
	r, _ := utf8.DecodeRuneInString(s)
	w.wait(r)
	for _, r := range s {
		w.put(r)
	}
}

// put writes a character, with which begins what waits to begin.
func (w *teiLines) put(r rune) {
	for _, at := range w.starts {
		*at = w.n
	}
	w.starts = w.starts[:0]
	w.put1(r)
}

func (w *teiLines) put1(r rune) {
	w.out.WriteRune(r)
	w.n++
	w.last, w.begun = r, false
}

// String is what was written.
func (w *teiLines) String() string { return w.out.String() }

// fromWord reads a word back in which wordOf of package export wrote a label or the name of a field: % and two digits
// are a byte. What is no such word is left as it is.
func fromWord(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) || !hexDigit(s[i+1]) || !hexDigit(s[i+2]) {
			return s
		}
		b.WriteByte(hexValue(s[i+1])<<4 | hexValue(s[i+2]))
		i += 2
	}
	if out := b.String(); utf8.ValidString(out) {
		return out
	}
	return s
}

func hexDigit(c byte) bool { return isDigit(c) || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f' }

func hexValue(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return byte(unicode.ToLower(rune(c))) - 'a' + 10
}
