package intake

import (
	"context"
	"os"
	"path/filepath"

	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/app/template"
)

// Table is a file of records as somebody who says what its columns are wants to see it.
type Table struct {
	*records.Table
	Plan     records.Plan // the sheet and the row of names that were read; what the columns are likely to be
	Format   string       // media type
	Encoding string       // of all but workbooks
	Sheets   []string     // of a workbook: those that have something in them
	Top      []*records.Row
	Rows     []*records.Row // the first below the names
	Count    int            // rows; where More is set, those that were read
	More     bool           // there are more than Count
	Notes    []string       // what is to be known of the rows that were read
}

// TableOptions is how a file is read for it.
type TableOptions struct {
	Encoding string // "" finds out
	Sheet    string
	HeadRow  int              // as records.Options.HeadRow
	Fields   []template.Field // those of the archive, for the guess; nil: the usual ones
	Keep     int              // rows that are kept, of the first
	All      bool             // all rows are counted; else those that are kept and one more
}

// TableOf reads a file of records by its name in the file system. err is an *ingest.Skip, or that of the context.
func TableOf(ctx context.Context, name string, o TableOptions) (*Table, error) {
	info, err := os.Stat(name)
	found := ingest.Found{Path: ingest.EscapeName(filepath.Base(name)), Name: name}
	if err == nil {
		found.Size = info.Size()
	}
	f, err := ingest.OpenRecords(ctx, found, ingest.Options{Encoding: o.Encoding}, records.Options{HeadRow: o.HeadRow})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t := &Table{Table: f.Table(o.Sheet), Format: f.Format, Encoding: f.Encoding, Sheets: f.Sheets()}
	if t.Table == nil {
		return nil, &ingest.Skip{Path: found.Path, Reason: ingest.NoSheet, Detail: o.Sheet}
	}
	if t.Top, err = t.Table.Top(); err != nil {
		return nil, ingest.AsSkip(err, found.Path)
	}
	for r, err := range t.Table.Rows() {
		if err != nil {
			return nil, ingest.AsSkip(err, found.Path)
		}
		if len(t.Rows) == o.Keep && !o.All {
			t.More = true
			break
		}
		if t.Count++; len(t.Rows) < o.Keep {
			t.Rows = append(t.Rows, r)
		}
	}
	t.Notes = t.Table.Notes()
	t.Plan = records.Plan{Sheet: o.Sheet, HeadRow: o.HeadRow, Mapping: ingest.GuessColumns(t.Columns, t.Rows, o.Fields)}
	if t.Plan.Sheet == "" && len(t.Sheets) > 1 {
		t.Plan.Sheet = t.Table.Sheet
	}
	return t, nil
}

// NameOf is the name of a file by which Options knows it, of the path by which a person does.
func NameOf(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	return real, err
}
