package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Of a workbook: how many bytes its parts may have together when they are unpacked, and
// from which size on a sheet is unpacked into a file instead of memory.
const (
	mostUnpacked = 512 << 20
	inMemory     = 16 << 20
)

// reading is how cells read: a date in the format that it has in its cell, and where that
// depends on who opens the workbook (the formats with an asterisk) as ISO 8601.
var reading = excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: inMemory,
	ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm:ss", CultureInfo: excelize.CultureNameZhCN}

// workbook reads one sheet of an XLSX (ECMA-376), row after row.
func (b *builder) workbook(data []byte, sheet string) (err error) {
	b.t.Format = "xlsx"
	defer func() { // what the library does not foresee in a damaged workbook
		if v := recover(); v != nil {
			err = &Problem{Code: NotTable, Detail: fmt.Sprint(v)}
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), reading)
	if err != nil {
		return workbookProblem(err)
	}
	defer f.Close()
	b.t.Sheets = f.GetSheetList()
	if len(b.t.Sheets) == 0 {
		return &Problem{Code: NotTable}
	}
	b.t.Sheet = b.t.Sheets[0]
	if sheet != "" {
		if !slices.Contains(b.t.Sheets, sheet) {
			return &Problem{Code: NoSheet, Detail: strings.Join(b.t.Sheets, ", ")}
		}
		b.t.Sheet = sheet
	}
	if err := eachRow(f, b.t.Sheet, false, b.add); err != nil {
		return err
	}
	return b.inFigures(f)
}

// eachRow hands every row of a sheet to take, as its cells read or, with raw, as they are
// stored.
func eachRow(f *excelize.File, sheet string, raw bool, take func(n int, cells []string) error) error {
	o := reading
	o.RawCellValue = raw
	rows, err := f.Rows(sheet)
	if err != nil {
		return workbookProblem(err)
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns(o)
		if err != nil {
			return workbookProblem(err)
		}
		if err := take(n, cells); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return workbookProblem(err)
	}
	return nil
}

// Numbers as a spreadsheet shows those that are long, and whole ones as it stores them.
var (
	scientific = regexp.MustCompile(`^-?[0-9](\.[0-9]+)?E\+[0-9]+$`)
	figures    = regexp.MustCompile(`^-?[0-9]+$`)
)

// inFigures puts long whole numbers in the place of what a spreadsheet shows of them: a
// reference code that was typed as a number is all of its figures.
func (b *builder) inFigures(f *excelize.File) error {
	short := map[int]*Row{}
	for i := range b.rows {
		if slices.ContainsFunc(b.rows[i].Cells, scientific.MatchString) {
			short[b.rows[i].N] = &b.rows[i]
		}
	}
	if len(short) == 0 {
		return nil
	}
	return eachRow(f, b.t.Sheet, true, func(n int, cells []string) error {
		r := short[n]
		if r == nil {
			return b.ctx.Err()
		}
		for i, c := range r.Cells {
			if i < len(cells) && scientific.MatchString(c) && figures.MatchString(cells[i]) {
				r.Cells[i] = cells[i]
			}
		}
		return b.ctx.Err()
	})
}

func workbookProblem(err error) error {
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), errors.Is(err, excelize.ErrWorkbookFileFormat):
		return &Problem{Code: NotTable, Detail: err.Error()}
	case errors.Is(err, excelize.ErrMaxRows):
		return &Problem{Code: TooMany}
	case strings.Contains(err.Error(), "unzip size exceeds"):
		return &Problem{Code: TooLarge}
	}
	return &Problem{Code: NotTable, Detail: err.Error()}
}
