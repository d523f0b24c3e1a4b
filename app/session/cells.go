package session

import (
	"context"
	"slices"
	"strconv"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file says what the rows of the list say in columns that a person chose. What a
// Summary has is said at once; of the others a page of rows is read together.

// cells are what was read of the columns that are shown.
type cells struct {
	columns []storage.Column
	known   map[int64][]string // by Summary.N
	reading bool
	gen     int
	wanted  []int64
}

const (
	cellsAtOnce = 64
	cellsHeld   = 8192
)

// ownColumns are those that a Summary has.
var ownColumns = []storage.Column{storage.ByImport, storage.ByTitle, storage.ByDate, storage.ByStatus, storage.ByAssignee,
	storage.ByDue, storage.ByProposals, storage.ByChars, storage.ByName, storage.ByPath}

// ShowColumns says which columns Cell will be asked for.
func (s *Session) ShowColumns(columns []storage.Column) {
	c := &s.list.cells
	c.columns = slices.DeleteFunc(slices.Clone(columns), func(k storage.Column) bool { return slices.Contains(ownColumns, k) })
	c.clear()
}

func (c *cells) clear() {
	c.gen++
	c.known, c.wanted, c.reading = map[int64][]string{}, nil, false
}

// Cell is what a row says in a column; "" also where it is not read yet: RowsChanged says
// when it is.
func (s *Session) Cell(row storage.Summary, c storage.Column) string {
	switch c {
	case storage.ByImport:
		return i18n.Number(row.N)
	case storage.ByTitle:
		return row.Title
	case storage.ByDate:
		return row.Date
	case storage.ByStatus:
		return Signed(row.Status)
	case storage.ByAssignee:
		if row.Assignee == "" {
			return ""
		}
		return s.Rules().Now(row.Assignee)
	case storage.ByDue:
		return row.Due
	case storage.ByProposals:
		if row.Proposals == 0 {
			return ""
		}
		return strconv.Itoa(row.Proposals)
	case storage.ByChars:
		return i18n.Number(int64(row.Chars))
	case storage.ByName:
		return row.Name
	case storage.ByPath:
		return row.Path
	}
	k := &s.list.cells
	at := slices.Index(k.columns, c)
	if at < 0 || row.ID == "" {
		return ""
	}
	said, ok := k.known[row.N]
	if !ok {
		s.wantCells(row.N)
		return ""
	}
	return OneLine(said[at])
}

func (s *Session) wantCells(n int64) {
	k := &s.list.cells
	if k.known == nil || len(k.known) > cellsHeld {
		k.clear()
	}
	if !slices.Contains(k.wanted, n) {
		k.wanted = append(k.wanted, n)
		k.wanted = k.wanted[max(0, len(k.wanted)-4*cellsAtOnce):]
	}
	s.readCells()
}

// readCells reads those that were wanted last.
func (s *Session) readCells() {
	k := &s.list.cells
	if k.reading || len(k.wanted) == 0 {
		return
	}
	k.reading = true
	from := max(0, len(k.wanted)-cellsAtOnce)
	ask, columns := slices.Clone(k.wanted[from:]), k.columns
	k.wanted = k.wanted[:from]
	Read(s, &k.gen, func(ctx context.Context, a *storage.Archive) (map[int64][]string, error) {
		return a.Said(ctx, ask, columns)
	}, func(got map[int64][]string, err error) {
		k.reading = false
		if err != nil {
			s.failFile(err)
			return
		}
		for n, said := range got {
			k.known[n] = said
		}
		s.emit(RowsChanged{0, s.Rows()})
		s.readCells()
	})
}

// ColumnWords is what a column is called.
func (s *Session) ColumnWords(c storage.Column) string {
	if id, ok := c.Field(); ok {
		f := s.Field(id)
		return f.LabelWords()
	}
	if c == storage.ByImport {
		return i18n.T("column.import")
	}
	return i18n.T("column." + string(c))
}

// AllColumns lists the columns that can be chosen: the archive's own, and the fields of
// the template but the title and the date, which are among those.
func (s *Session) AllColumns() []storage.Column {
	out := storage.Columns()
	for _, f := range s.Template().Fields {
		if f.ID != archive.TitleField && f.ID != archive.DateField {
			out = append(out, storage.FieldColumn(f.ID))
		}
	}
	return out
}
