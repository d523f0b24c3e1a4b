package report

import (
	"archive/zip"
	"io"
	"os"
	"strings"
)

// BookMark is in the description of every workbook that is a report: only what has it is
// written over.
const BookMark = "Fonds report"

// WriteBook writes a workbook as Write does a page: in the place of one that is a report.
func WriteBook(path string, data []byte) error { return writeOver(path, data, isBook) }

// mostProperties is how long the properties of a workbook are at most.
const mostProperties = 1 << 20

// isBook says whether a file is a workbook whose properties have the mark; what is no ZIP file
// is none.
func isBook(f *os.File, size int64) (bool, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return false, nil
	}
	in, err := z.Open("docProps/core.xml")
	if err != nil {
		return false, nil
	}
	defer in.Close()
	words, err := io.ReadAll(io.LimitReader(in, mostProperties))
	return err == nil && strings.Contains(string(words), ">"+BookMark+"<"), nil
}
