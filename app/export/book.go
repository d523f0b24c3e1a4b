package export

import (
	"archive/zip"
	"bytes"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook as a file: the same bytes for the same contents.
func Book(f *excelize.File) ([]byte, error) {
	var raw, out bytes.Buffer
	if err := f.Write(&raw); err != nil {
		return nil, err
	}
	in, err := zip.NewReader(bytes.NewReader(raw.Bytes()), int64(raw.Len()))
	if err != nil {
		return nil, err
	}
	err = inOrder(&out, in.File)
	return out.Bytes(), err
}

// TextCell is a text for a cell of a workbook, as text and never as a formula; what is longer
// than a cell can hold is cut.
func TextCell(s string) any { return textCell(s[:fitting(s, cellUnits)]) }
