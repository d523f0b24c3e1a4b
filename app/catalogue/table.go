package catalogue

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fonds/app/ingest/records"
)

// Table is a catalogue as it was read.
type Table struct {
	Name      string   // of its file, without folders
	Format    string   // "csv" or "xlsx"
	Encoding  string   // of a CSV: WHATWG name
	Delimiter string   // of a CSV: "," ";" or a tab
	Sheet     string   // of a workbook: the one that was read
	Sheets    []string // of a workbook: all
	Head      []string // the names of the columns, "" where a column has none
	HeadRow   int      // where they stand, from 1
	Rows      []Row
	Findings  []Finding
}

// Row is one row below the head.
type Row struct {
	N     int      // from 1: the line that it begins on in a CSV, its number in a sheet
	Cells []string // without white space around them; fewer or more than the head has, where the file has it so
}

// Cell is the cell of a column, "" where the row ends before it.
func (r *Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// Options says how to read.
type Options struct {
	Sheet    string // of a workbook; "" is the first
	Encoding string // of a CSV; "" finds out
}

// Read reads the file at path. The error is a *Problem, or that of ctx where it ends.
func Read(ctx context.Context, path string, o Options) (*Table, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(ctx, filepath.Base(path), data, o)
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Problem{Code: Unreadable, Detail: why(err)}
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && !st.Mode().IsRegular() {
		return nil, &Problem{Code: NotTable, Detail: "not a file"}
	}
	data, err := io.ReadAll(io.LimitReader(f, MostFile+1))
	switch {
	case err != nil:
		return nil, &Problem{Code: Unreadable, Detail: why(err)}
	case len(data) > MostFile:
		return nil, &Problem{Code: TooLarge}
	}
	return data, nil
}

// why is an error of the disk without the path, which the caller knows.
func why(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// Parse reads the bytes of a file of that name. The error is as that of Read.
func Parse(ctx context.Context, name string, data []byte, o Options) (*Table, error) {
	b := &builder{ctx: ctx, t: &Table{Name: name}}
	var err error
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		err = b.workbook(data, o.Sheet)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")): // an OLE container: XLS, or XLSX under a password
		err = &Problem{Code: NotTable, Detail: "an older workbook (XLS), or one under a password: save it as XLSX"}
	default:
		err = b.text(data, o.Encoding)
	}
	if err != nil {
		return nil, err
	}
	return b.settled()
}

// builder takes rows as they are read.
type builder struct {
	ctx  context.Context
	t    *Table
	rows []Row
}

// add takes a row, unless nothing is in it.
func (b *builder) add(n int, cells []string) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	row := Row{N: n, Cells: make([]string, len(cells))}
	full := 0
	for i, c := range cells {
		if len(c) > MostCell {
			return &Problem{Code: TooLong, Row: n}
		}
		row.Cells[i] = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(c, "\x00", "\uFFFD"), "\r\n", "\n"))
		if row.Cells[i] != "" {
			full = i + 1
		}
	}
	switch {
	case full == 0:
		return nil
	case full > MostColumns:
		return &Problem{Code: TooWide, Row: n}
	case len(b.rows) > MostRows: // one of them is the head
		return &Problem{Code: TooMany}
	}
	if b.t.Format == "xlsx" { // a sheet has no row ends: what is empty at the right is nothing
		row.Cells = row.Cells[:full]
	}
	b.rows = append(b.rows, row)
	return nil
}

func (b *builder) say(row int, code, detail string) {
	b.t.Findings = append(b.t.Findings, Finding{row, code, detail})
}

// settled finds the head, and what is below it.
func (b *builder) settled() (*Table, error) {
	var top [][]string
	for _, r := range b.rows[:min(len(b.rows), records.HeadWithin)] {
		top = append(top, r.Cells)
	}
	at := records.HeadOf(top)
	if at < 0 || at+1 >= len(b.rows) {
		return nil, &Problem{Code: Empty}
	}
	t := b.t
	for _, r := range b.rows[:at] {
		b.say(r.N, AboveHead, "")
	}
	t.Head, t.HeadRow = b.rows[at].Cells, b.rows[at].N
	for len(t.Head) > 0 && t.Head[len(t.Head)-1] == "" && !filled(b.rows[at+1:], len(t.Head)-1) {
		t.Head = t.Head[:len(t.Head)-1]
	}
	seen := map[string]bool{}
	for _, h := range t.Head {
		if h != "" && seen[h] {
			b.say(0, SameColumn, h)
		}
		seen[h] = true
	}
	for _, r := range b.rows[at+1:] {
		if slices.Equal(r.trimmed(), trimmed(t.Head)) {
			b.say(r.N, HeadAgain, "")
			continue
		}
		have := len(r.Cells)
		if t.Format == "xlsx" {
			have = max(have, len(t.Head))
		} else if len(r.trimmed()) <= len(t.Head) && have > len(t.Head) {
			have = len(t.Head) // commas at the end that nothing follows
		}
		if have != len(t.Head) {
			b.say(r.N, OtherCells, strconv.Itoa(len(r.Cells)))
		}
		t.Rows = append(t.Rows, r)
	}
	if len(t.Rows) == 0 {
		return nil, &Problem{Code: Empty}
	}
	return t, nil
}

func (r *Row) trimmed() []string { return trimmed(r.Cells) }

// trimmed is cells up to the last that is not empty.
func trimmed(cells []string) []string {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func filled(rows []Row, column int) bool {
	return slices.ContainsFunc(rows, func(r Row) bool { return r.Cell(column) != "" })
}
