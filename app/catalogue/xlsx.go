package catalogue

import (
	"bytes"
	"errors"
	"fmt"
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
	rows, err := f.Rows(b.t.Sheet)
	if err != nil {
		return workbookProblem(err)
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return workbookProblem(err)
		}
		if err := b.add(n, cells); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return workbookProblem(err)
	}
	return nil
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
