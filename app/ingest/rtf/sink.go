package rtf

import (
	"bytes"
	"unicode/utf8"
)

// A sink gathers the text of one place: the body, a note, a header, a property.
type sink struct {
	b      []byte
	row    bool    // a row of a table is begun
	line   bool    // it is one line: its paragraphs are joined by spaces
	asides []byte  // marks of comments, which stand at the end of the paragraph
	boxes  []*sink // text boxes that are anchored in the paragraph that is being written
}

func (s *sink) String() string { return string(s.b) }

func (s *sink) rune(c rune) { s.b = utf8.AppendRune(s.b, c) }

// atStart says whether nothing stands on the line yet.
func (s *sink) atStart() bool { return len(s.b) == 0 || s.b[len(s.b)-1] == '\n' }

// par ends a paragraph. In a table it is a space: a row is a line.
func (s *sink) par(table bool) {
	s.mark()
	switch {
	case s.line || table:
		s.space()
		return
	case s.row:
		s.endRow()
		return
	}
	s.b = append(s.b, '\n')
	s.unbox()
}

// space separates two paragraphs on one line.
func (s *sink) space() {
	if n := len(s.b); n > 0 && s.b[n-1] != ' ' && s.b[n-1] != '\t' && s.b[n-1] != '\n' {
		s.b = append(s.b, ' ')
	}
}

// breakLine begins a new line if something stands on this one.
func (s *sink) breakLine() {
	switch {
	case s.line || s.row:
		s.space()
	case !s.atStart():
		s.par(false)
	}
}

// cell ends a cell of a table.
func (s *sink) cell() {
	s.mark()
	if s.line {
		s.space()
		return
	}
	if s.b = bytes.TrimRight(s.b, " "); s.row || !s.atStart() {
		s.row = true
	}
	s.row = true
	s.b = append(s.b, '\t')
}

// endRow ends a row of a table, and takes away the tab behind its last cell.
func (s *sink) endRow() {
	if s.line || !s.row {
		return
	}
	if s.row = false; len(s.asides) > 0 {
		s.b = bytes.TrimSuffix(s.b, []byte("\t"))
		s.mark()
	}
	s.b = append(bytes.TrimSuffix(s.b, []byte("\t")), '\n')
	s.unbox()
}

// unbox writes the text boxes of the paragraph behind it, each paragraph of theirs a line.
func (s *sink) unbox() {
	boxes := s.boxes
	s.boxes = nil
	for _, box := range boxes {
		box.end()
		if text := bytes.Trim(box.b, "\n"); len(text) > 0 {
			s.b = append(append(s.b, text...), '\n')
		}
	}
}

// end closes what is still open.
func (s *sink) end() {
	s.mark()
	if s.row {
		s.endRow()
	}
	if len(s.boxes) > 0 {
		if !s.atStart() {
			s.b = append(s.b, '\n')
		}
		s.unbox()
	}
}

// mark writes the marks of the comments on what stands before.
func (s *sink) mark() {
	s.b = append(s.b, s.asides...)
	s.asides = s.asides[:0]
}
