package pages

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Type is what a column holds; several are joined by |.
type Type uint8

// The types of SQLite's values.
const (
	Null Type = 1 << iota
	Int
	Float
	Text
	Blob
)

// Column is what stands in one column of a table.
type Column struct {
	Is    Type
	Bytes []int64 // lengths that a text or blob can have; none: any
	Most  int64   // the greatest length, 0: any
}

// Shape is what the rows of a table look like. Columns are in the order of the
// record: in a table WITHOUT ROWID the key comes first, in an index the rowid
// last; the column that is the rowid is Null.
type Shape struct {
	Name    string // in the schema
	Index   bool   // a table WITHOUT ROWID, or an index
	Carve   bool   // look for rows byte by byte where a page is broken
	Columns []Column
	Least   int // columns of the oldest rows, where others were added since; 0: all
}

// fits says whether a row can be one of the table.
func (s *Shape) fits(r *Row) bool {
	least := s.Least
	if least == 0 {
		least = len(s.Columns)
	}
	if r.n < least || r.n > len(s.Columns) {
		return false
	}
	for i, c := range s.Columns[:r.n] {
		k, n := r.kind(i), r.Len(i)
		if c.Is&k == 0 {
			return false
		}
		if k&(Text|Blob) != 0 && (c.Most > 0 && n > c.Most || len(c.Bytes) > 0 && !slices.Contains(c.Bytes, n)) {
			return false
		}
	}
	return true
}

// place is an image on which rows of a table were seen.
type place struct {
	image uint32
	carve bool // between the bytes, not by its cells
}

// Survey is what lies where.
type Survey struct {
	f      *File
	shapes []Shape
	owner  owners
	places [][]place // for each shape
}

// Survey goes over every page and notes whose rows lie on it. progress may be
// nil.
func (f *File) Survey(shapes []Shape, progress func(done, total int)) *Survey {
	s := &Survey{f: f, shapes: shapes, owner: f.own(shapes), places: make([][]place, len(shapes))}
	buf := make([]byte, f.page)
	seen := make([]bool, len(shapes))
	total := f.images()
	for i := range total {
		if progress != nil && i%1024 == 0 {
			progress(i, total)
		}
		n, err := f.image(i, buf)
		if err != nil {
			continue
		}
		clear(seen)
		whole := s.look(buf, n, func(shape int, _ *Row) { seen[shape] = true })
		s.note(i, seen, false)
		if !whole && !quiet(buf, f.count) {
			clear(seen)
			s.carve(buf, func(shape int, _ *Row) { seen[shape] = true })
			s.note(i, seen, true)
		}
	}
	return s
}

func (s *Survey) note(image int, seen []bool, carve bool) {
	for k, is := range seen {
		if is {
			s.places[k] = append(s.places[k], place{uint32(image), carve})
		}
	}
}

// look calls yield for each cell that fits a shape. whole is false where the
// page, or one of its cells, is not as SQLite writes it.
func (s *Survey) look(b []byte, page uint32, yield func(shape int, r *Row)) (whole bool) {
	var r Row
	whole = true
	ok := s.f.cells(b, page, func(p int, kind byte) {
		if kind == tableInterior {
			return
		}
		if !s.f.cell(b[:s.f.use], kind, p, &r) {
			whole = false
			return
		}
		for k := range s.shapes {
			if s.shapes[k].Index == (kind != tableLeaf) && s.shapes[k].fits(&r) {
				yield(k, &r)
			}
		}
	})
	return whole && ok
}

// carve tries every byte of a broken page as the beginning of a cell.
func (s *Survey) carve(b []byte, yield func(shape int, r *Row)) {
	var r Row
	for p := range s.f.use {
		if !s.f.cell(b[:s.f.use], tableLeaf, p, &r) {
			continue
		}
		for k := range s.shapes {
			if s.shapes[k].Carve && s.shapes[k].fits(&r) {
				yield(k, &r)
			}
		}
	}
}

// quiet says whether a page that is none of a b-tree is as it should be: empty,
// or the middle of a long record, which begins with the number of the next page
// or, at the end, with nothing. Zeros behind that are a page half written.
func quiet(b []byte, count uint32) bool {
	next := binary.BigEndian.Uint32(b)
	if next != 0 {
		return next <= count
	}
	return !zero(b[:min(len(b), 64)]) || zero(b)
}

func zero(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }

// Rows calls yield for every row that may be one of the named table: first those
// that its tree leads to, then those on pages of no tree, at last those that are
// old. The same row may come several times. It ends with yield's error.
func (s *Survey) Rows(name string, yield func(*Row) error) error {
	k := slices.IndexFunc(s.shapes, func(sh Shape) bool { return sh.Name == name })
	if k < 0 {
		panic("pages: no shape " + name)
	}
	for state := Live; state <= Old; state++ {
		for _, at := range s.places[k] {
			if s.state(at, k) != state {
				continue
			}
			if err := s.rowsOf(at, k, state, yield); err != nil {
				return err
			}
		}
	}
	return nil
}

// state says what a row at a place is worth. What lies on a page that another
// table's tree leads to, or between the bytes, is not more than loose.
func (s *Survey) state(at place, shape int) State {
	switch {
	case int(at.image) >= int(s.f.count) || s.owner[at.image+1] == freed:
		return Old
	case !at.carve && int(s.owner[at.image+1]) == shape+1:
		return Live
	}
	return Loose
}

func (s *Survey) rowsOf(at place, shape int, state State, yield func(*Row) error) error {
	buf := make([]byte, s.f.page)
	n, err := s.f.image(int(at.image), buf)
	if err != nil {
		return nil // it could be read a moment ago: a disk that dies
	}
	whole := !at.carve && s.look(buf, n, func(int, *Row) {})
	var failed error
	each := func(k int, r *Row) {
		if k == shape && failed == nil {
			r.Where, r.Place.image, r.Whole = state, at.image, whole
			failed = yield(r)
		}
	}
	if at.carve {
		s.carve(buf, each)
	} else {
		s.look(buf, n, each)
	}
	return failed
}

// At reads again a row that Rows gave, of a table with rowids. It is ErrLost where
// the page can no longer be read.
func (s *Survey) At(p Place) (*Row, error) {
	buf := make([]byte, s.f.page)
	if _, err := s.f.image(int(p.image), buf); err != nil {
		return nil, err
	}
	r := &Row{}
	if !s.f.cell(buf[:s.f.use], tableLeaf, int(p.at), r) {
		return nil, ErrLost
	}
	r.Place = p
	return r, nil
}

// Tree says whether the tree of a table could be found at all: without it,
// nothing tells what is loose from what counts.
func (s *Survey) Tree(name string) bool {
	for k := range s.shapes {
		if s.shapes[k].Name == name {
			return slices.Contains(s.owner, uint8(k+1))
		}
	}
	return false
}
