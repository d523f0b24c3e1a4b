package records

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fonds/app/ingest/content"
)

var ctx = context.Background()

const corpora = "../../../../shared/corpora/"

// said is what a file is read as: of each table its columns, its rows, its notes.
func said(t testing.TB, s Source, o Options) string {
	t.Helper()
	f, err := Open(ctx, s, o)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	defer f.Close()
	var b strings.Builder
	for _, tab := range f.Tables {
		fmt.Fprintf(&b, "%s[%s]\n", tab.Sheet, strings.Join(tab.Columns, "|"))
		for r, err := range tab.Rows() {
			if err != nil {
				fmt.Fprintf(&b, "error: %v\n", err)
				break
			}
			fmt.Fprintf(&b, "%d %s", r.N, strings.Join(r.Cells, "|"))
			for i := range r.Cells {
				if r.Dates[i] != "" {
					fmt.Fprintf(&b, " {%d %s}", i, r.Dates[i])
				}
			}
			b.WriteByte('\n')
		}
		for _, n := range tab.Notes() {
			fmt.Fprintf(&b, "! %s\n", n)
		}
	}
	return b.String()
}

func reason(err error) content.Reason {
	var r *content.Refusal
	if !errors.As(err, &r) {
		return ""
	}
	return r.Reason
}

// workbookOf makes a workbook of XLSX.
func workbookOf(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, cell string, v any, format string) {
	t.Helper()
	err := f.SetCellValue("Sheet1", cell, v)
	if err == nil && format != "" {
		var id int
		if id, err = f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err == nil {
			err = f.SetCellStyle("Sheet1", cell, cell, id)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// packed is a ZIP file of parts.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if i == 0 {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
