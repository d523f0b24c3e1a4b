package records

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"path"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// Source is a file of records.
type Source struct {
	Name string // of the file: its ending tells a table from a text
	Data []byte // of a workbook
	Text string // of all others, decoded
}

// The formats, as media types.
const (
	FormatCSV   = "text/csv"
	FormatTSV   = "text/tab-separated-values"
	FormatXLSX  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	FormatODS   = "application/vnd.oasis.opendocument.spreadsheet"
	FormatJSONL = "application/jsonl"
	FormatJSON  = "application/json" // an array of objects
)

// Options is how a table is read.
type Options struct {
	HeadRow int // the row that names the columns, from 1, as Row.N; 0 finds out, NoHead: none does
}

// NoHead is that no row names the columns.
const NoHead = -1

// File is a file of records that is open. Its tables are read one after the other.
type File struct {
	Format    string
	Delimiter string   // of a CSV
	Tables    []*Table // in order; one in all but workbooks. Of a workbook those that have a row

	name   string
	sheets []string
	close  func() error
}

// Table is a table of a file. It is for one goroutine.
type Table struct {
	Sheet   string   // "" where the file has but one table
	Columns []string // no two alike; a column without a name has its number
	HeadRow int      // the row that names them; 0 where none does

	filled bool // a row has something in it

	keys []string // of JSON: the names of the columns as its objects have them
	lost notes
	file *File
	ctx  context.Context
	each func(take func(*Row) error) error // all rows, those before and with the head too
	skip map[int]bool                      // rows above the head
}

// Row is one row.
type Row struct {
	N        int              // the line that it begins on (CSV, JSON Lines), the number of the row or of the object, from 1
	Cells    []string         // by column; a row may have fewer or more than there are columns. Without white space around them
	Many     map[int][]string // of JSON: the cells that are lists of words
	Dates    map[int]string   // of a workbook: the cells that hold a date, as EDTF
	Original []byte           // of JSON: the object as it stands

	nested map[int]bool // of JSON: the cells that are no words but have members of their own
}

// Cell is the cell of a column, "" where the row ends before it.
func (r *Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// Format finds out what a file is, "" for none of these. Of a workbook data is all of it; text is "" then.
func Format(s Source) string {
	switch ext := strings.ToLower(path.Ext(s.Name)); {
	case IsXLSX(s.Data):
		return FormatXLSX
	case IsODS(s.Data):
		return FormatODS
	case isJSONLines(ext, s.Text):
		return FormatJSONL
	case isJSONArray(s.Text):
		return FormatJSON
	case s.Text == "":
		return ""
	case ext == ".tsv" || ext == ".tab":
		return FormatTSV
	case ext == ".csv":
		return FormatCSV
	}
	return ""
}

// Open opens a file of records, to be closed. The error is a *content.Refusal, or that of ctx, which holds for the tables
// too.
func Open(ctx context.Context, s Source, o Options) (*File, error) {
	f := &File{Format: Format(s), name: s.Name, close: func() error { return nil }}
	var err error
	switch f.Format {
	case FormatXLSX:
		err = f.xlsx(ctx, s.Data)
	case FormatODS:
		err = f.ods(ctx, s.Data)
	case FormatJSONL, FormatJSON:
		err = f.json(ctx, s.Text)
	case FormatCSV, FormatTSV:
		err = f.csv(ctx, s.Text)
	default:
		_, err = OpenWorkbook(ctx, s.Data) // which says of an older or an encrypted one what it is
		var r *content.Refusal
		if !errors.As(err, &r) || r.Reason == content.Damaged {
			err = content.Refuse(content.NotIt, "it is no table that is known")
		}
	}
	if err == nil {
		err = f.heads(o)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Close ends the reading.
func (f *File) Close() error { return f.close() }

func (f *File) csv(ctx context.Context, text string) error {
	c, err := Sniff(ctx, text)
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return content.Refuse(content.Damaged, "line %d: %v", parse.StartLine, parse.Err)
	case err != nil:
		return err
	case c.Records > MaxRows+1:
		return content.Refuse(content.TooMuch, "rows %d > %d", c.Records, MaxRows)
	}
	f.Delimiter = string(c.Comma)
	if c.Comma == '\t' {
		f.Format = FormatTSV
	}
	t := &Table{file: f, ctx: ctx}
	t.each = func(take func(*Row) error) error {
		return c.Each(ctx, func(line int, cells []string) error { return take(&Row{N: line, Cells: clean(cells)}) })
	}
	if c.Quotes > 0 {
		t.lost.say(fmt.Sprintf("Line %d has a quotation mark where CSV has none: what follows may be read in another way.", c.Quotes))
	}
	f.Tables = append(f.Tables, t)
	return nil
}

func (f *File) xlsx(ctx context.Context, data []byte) error {
	w, err := OpenWorkbook(ctx, data)
	if err != nil {
		return err
	}
	f.close = w.Close
	for _, name := range w.Sheets {
		t := &Table{Sheet: name, file: f, ctx: ctx}
		t.each = func(take func(*Row) error) error {
			down := below{merges: w.merges[name]}
			return w.Each(ctx, name, func(l *Line) error {
				r := &Row{N: l.N, Cells: clean(l.Cells), Dates: l.Dates}
				down.fill(r)
				return take(r)
			})
		}
		f.Tables = append(f.Tables, t)
	}
	return nil
}

// below hands the cell of a merge down to its other rows.
type below struct {
	merges []merge
	live   []merge
	values []string
	dates  []string
}

func (b *below) fill(r *Row) {
	for i := 0; i < len(b.live); i++ {
		m := b.live[i]
		if r.N > m.bottom {
			b.live[i], b.values[i], b.dates[i] = b.live[len(b.live)-1], b.values[len(b.live)-1], b.dates[len(b.live)-1]
			b.live, b.values, b.dates = b.live[:len(b.live)-1], b.values[:len(b.values)-1], b.dates[:len(b.dates)-1]
			i--
			continue
		}
		if b.values[i] == "" || len(r.Cells) == 0 || r.Cell(m.column-1) != "" {
			continue
		}
		for len(r.Cells) < m.column {
			r.Cells = append(r.Cells, "")
		}
		r.Cells[m.column-1] = b.values[i]
		if b.dates[i] != "" {
			if r.Dates == nil {
				r.Dates = map[int]string{}
			}
			r.Dates[m.column-1] = b.dates[i]
		}
	}
	if len(r.Cells) == 0 {
		return
	}
	for _, m := range b.merges {
		if m.top == r.N && m.column <= MaxColumns {
			b.live, b.values, b.dates = append(b.live, m), append(b.values, r.Cell(m.column-1)), append(b.dates, r.Dates[m.column-1])
		}
	}
}

// clean is cells as they are kept: without white space around them, controls and NULs, up to the last that has something.
func clean(cells []string) []string {
	out, full := make([]string, len(cells)), 0
	for i, c := range cells {
		if out[i] = tidy(c); out[i] != "" {
			full = i + 1
		}
	}
	return out[:full]
}

// tidy is a text with \n for all line ends, valid UTF-8, no controls but \n and tabs, no white space around it.
func tidy(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= 0x20 && s[i] < 0x7F
	}
	if !plain {
		s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
		s = strings.Map(func(r rune) rune {
			switch {
			case r == 0:
				return '\uFFFD'
			case r < 0x20 && r != '\n' && r != '\t', r >= 0x7F && r < 0xA0:
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}

// errEnough ends a reading that has what it wants.
var errEnough = errors.New("enough")

// Rows are the rows below the head that have something in them, each for as long as the loop is at it. An error is the
// last that comes: a *content.Refusal, or that of ctx.
func (t *Table) Rows() iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		n, size := 0, int64(0)
		t.lost.begin()
		err := t.each(func(r *Row) error {
			if len(r.Cells) == 0 || t.skip[r.N] || r.N == t.HeadRow {
				return nil
			}
			if n++; n > MaxRows {
				return content.Refuse(content.TooMuch, "rows > %d", MaxRows)
			}
			for _, c := range r.Cells {
				size += int64(len(c)) + 8
			}
			if size > content.MaxUnpacked {
				return content.Refuse(content.TooMuch, "cells of %d bytes > %d", size, content.MaxUnpacked)
			}
			t.note(r)
			if !yield(r, nil) {
				return errEnough
			}
			return t.ctx.Err()
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// note says what is odd about a row.
func (t *Table) note(r *Row) {
	if len(r.Cells) > len(t.Columns) {
		t.lost.count("%d rows have more cells than there are columns", r.N)
	}
	if t.file.Format == FormatXLSX {
		for _, c := range r.Cells {
			if atLimit(c) {
				t.lost.count("%d rows have a cell of just "+strconv.Itoa(MaxCell)+" characters, and may have been cut by the program that wrote them", r.N)
				return
			}
		}
	}
}

// Notes are the sentences on what was read of the table so far: once Rows was at its end, on all.
func (t *Table) Notes() []string { return t.lost.sentences() }
