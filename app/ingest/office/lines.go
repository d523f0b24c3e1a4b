package office

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// A budget is how many bytes of text a document may still give.
type budget int

func (b *budget) take(n int) error {
	if *b -= budget(n); *b < 0 {
		return content.Refuse(content.TooMuch, "bytes of text > %d", content.MaxText)
	}
	return nil
}

// A block is lines that belong together: the body, a cell, a note, a text box.
type block struct {
	text   []byte // lines with \n between them
	lines  int
	tabled bool   // it has lines that are rows of a table
	joined []byte // text of paragraphs whose ends were deleted: the next one begins with it
	glued  bool   // joined is the first letter of a word
	long   bool   // it is the body: only whole reads it again, and its text is kept in pieces, so that it never moves
	pieces [][]byte
}

// line adds a line, which may be empty.
func (b *block) line(s []byte) {
	if b.long && len(b.text) > 1<<20 {
		b.pieces = append(b.pieces, b.text)
		b.text = nil
	}
	if b.lines > 0 {
		b.text = append(b.text, '\n')
	}
	b.text = append(b.text, s...)
	b.lines++
}

// add adds the lines of another block.
func (b *block) add(o *block) {
	if o.lines > 0 {
		b.line(o.text)
		b.lines += o.lines - 1
		b.tabled = b.tabled || o.tabled
	}
}

// whole is the text of blocks one after another, without empty lines at its ends. It empties them.
func whole(blocks ...*block) string {
	var s strings.Builder
	n := 0
	for _, b := range blocks {
		n += len(b.text) + 1
		for _, p := range b.pieces {
			n += len(p)
		}
	}
	s.Grow(n)
	for _, b := range blocks {
		if s.Len() > 0 && b.lines > 0 {
			s.WriteByte('\n')
		}
		for i, p := range b.pieces {
			s.Write(p)
			b.pieces[i] = nil
		}
		s.Write(b.text)
		*b = block{}
	}
	return strings.Trim(s.String(), "\n")
}

// close gives what waits for a next paragraph a line of its own.
func (b *block) close() {
	if len(b.joined) > 0 {
		j := b.joined
		b.joined = nil
		b.line(j)
	}
}

// joint joins what waits with the paragraph after it, words apart from words.
func (b *block) joint(text []byte) []byte {
	a := b.joined
	last, _ := utf8.DecodeLastRune(a)
	first, _ := utf8.DecodeRune(text)
	if !b.glued && apart(last) && apart(first) {
		a = append(a, ' ')
	}
	return append(a, text...)
}

// apart says whether words of the script of r stand apart.
func apart(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsNumber(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// one is the text of the block in one line, its empty lines left out.
func (b *block) one() string { return line(string(b.text)) }

// row adds a row of a table. Cells stand in one line with tabs between them, a cell of several lines with spaces between
// them. Where a single cell has words, or one holds a table itself, the lines of the cells stay lines, for then the cell
// is a page rather than a value. A row without words is no line.
func (b *block) row(cells []block) {
	b.tabled = true
	full, nested := 0, false
	for i := range cells {
		cells[i].close()
		if len(bytes.TrimSpace(cells[i].text)) > 0 {
			full++
		} else {
			cells[i] = block{}
		}
		nested = nested || cells[i].tabled
	}
	if full <= 1 || nested {
		for i := range cells {
			b.add(&cells[i])
		}
		return
	}
	var s []byte
	tabs := 0
	for i := range cells {
		if i > 0 {
			tabs++
		}
		if cells[i].lines > 0 {
			for ; tabs > 0; tabs-- {
				s = append(s, '\t')
			}
			s = append(s, cells[i].one()...)
		}
	}
	b.line(s)
}

// clean is a run of characters of a text: spaces of every kind that XML may break lines with are a space, other
// controls are nothing.
func clean(s string) string {
	ok := true
	for _, r := range s {
		if unicode.IsControl(r) {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// line is a text in one line: runs of white space are one space, there is none at the ends. Wide spaces stay.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return strings.TrimSpace(s)
}
