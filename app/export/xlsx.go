package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Format xlsx: xlsx/documents.xlsx, a workbook with a sheet for each table
// (tables.go) and one that says what their columns mean. Text is text, never a
// formula; identifiers and times are text too, which no program rounds or turns
// into a date of its own. What Excel cannot hold goes on elsewhere ("Excel
// specifications and limits"): a longer text in the rows below, more rows in the
// next sheet.

func init() {
	formats["xlsx"] = format{open: openXLSX, history: true, closed: true,
		positions: "code points of the source text; those under \"reading_start\" and \"reading_end\" of the reading text; a text in several rows is to be put together first, by \"part\"; " + regionPositions}
}

// The limits of a sheet.
const (
	cellUnits = excelize.TotalCellChars // of a text in a cell, UTF-16 code units
	sheetRows = excelize.TotalRows
)

// partColumn is the last of every sheet.
var partColumn = column{"part", aWhole, "1; a text that is too long for one cell (32,767 UTF-16 code units) goes on in the rows below, which have the same identifiers, and 2, 3 and so on here"}

type workbook struct {
	j      *job
	f      *excelize.File
	sheets []*bookSheet // by table
	head   int          // the style of the first row
	most   int          // rows of a sheet
	counts map[string]int
}

// bookSheet is the sheet to which a table's rows go now.
type bookSheet struct {
	t   *table
	n   int // from 1: how many the table has
	row int // the last that was written
	w   *excelize.StreamWriter
}

func openXLSX(j *job) (writer, error) { return openWorkbook(j, sheetRows) }

func openWorkbook(j *job, most int) (writer, error) {
	b := &workbook{j: j, most: most, counts: map[string]int{}, f: excelize.NewFile(excelize.Options{TmpDir: j.folder})}
	err := b.begin()
	if err != nil {
		b.f.Close()
		return nil, b.failed(err)
	}
	return b, nil
}

func (b *workbook) begin() (err error) {
	if b.head, err = b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	if err := b.f.SetSheetName("Sheet1", tables[0].name); err != nil {
		return err
	}
	for i := range tables {
		s := &bookSheet{t: &tables[i]}
		b.sheets = append(b.sheets, s)
		if err := b.next(s); err != nil {
			return err
		}
	}
	return nil
}

// next begins the next sheet of a table.
func (b *workbook) next(s *bookSheet) (err error) {
	if s.w != nil {
		if err := s.w.Flush(); err != nil {
			return err
		}
	}
	s.n, s.row = s.n+1, 0
	name := s.t.name
	if s.n > 1 {
		name += " " + digits(s.n)
	}
	s.w, err = b.sheet(name, append(s.t.columns[:len(s.t.columns):len(s.t.columns)], partColumn))
	s.row++
	return err
}

// sheet makes a sheet with its first row, which stays in sight.
func (b *workbook) sheet(name string, columns []column) (*excelize.StreamWriter, error) {
	if _, err := b.f.NewSheet(name); err != nil {
		return nil, err
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = excelize.Cell{StyleID: b.head, Value: c.name}
		if err := w.SetColWidth(i+1, i+1, c.width()); err != nil {
			return nil, err
		}
	}
	return w, w.SetRow("A1", head)
}

// width is how wide a column is shown, in digits.
func (c *column) width() float64 {
	switch {
	case c.name == "id", c.name == belongs, c.name == "operation", c.name == "item":
		return 38 // an identifier
	case c.kind == aMoment:
		return 21
	case c.kind != aText:
		return 12
	case c.name == "text", c.name == "value", c.name == "title", c.name == "quote", c.name == "words", c.name == "description":
		return 50
	}
	return 20
}

func (b *workbook) write(d *Doc) error {
	for _, s := range b.sheets {
		rows := s.t.cells(d)
		for _, cells := range rows {
			if err := b.put(s, cells); err != nil {
				return b.failed(err)
			}
		}
		countRows(b.counts, s.t, d, len(rows))
	}
	return nil
}

// put writes a row, as several where a text is too long for one.
func (b *workbook) put(s *bookSheet, cells []string) error {
	rows := s.t.parts(cells)
	if s.row+len(rows) > b.most {
		if err := b.next(s); err != nil {
			return err
		}
	}
	for _, row := range rows {
		s.row++
		if err := s.w.SetRow("A"+digits(s.row), row); err != nil {
			return err
		}
	}
	return nil
}

// parts is a row as those of a sheet that it takes.
func (t *table) parts(cells []string) [][]any {
	var out [][]any
	rest := append([]string(nil), cells...)
	for more := true; more; {
		more = false
		row := make([]any, len(cells)+1)
		for i, c := range t.columns {
			if rest[i] == "" {
				continue
			}
			if c.kind != aText {
				row[i], rest[i] = cellOf(c.kind, rest[i]), ""
				continue
			}
			n := fitting(rest[i], cellUnits)
			row[i], rest[i] = textCell(rest[i][:n]), rest[i][n:]
			more = more || rest[i] != ""
		}
		row[len(cells)] = len(out) + 1
		out = append(out, row)
	}
	for _, row := range out[1:] {
		for i, c := range t.columns {
			if c.name == "id" || c.name == belongs || c.name == "operation" || c.name == "item" {
				row[i] = out[0][i]
			}
		}
	}
	return out
}

// lost is what the library takes for an escaped character (ECMA-376 Part 1, 22.9.2.19)
// that is none, half a surrogate pair, and loses.
var lost = regexp.MustCompile(`_x[dD][89a-fA-F][0-9a-fA-F]{2}_`)

// textCell is a text as the workbook holds it: in two pieces where one would be lost.
func textCell(s string) any {
	if !lost.MatchString(s) {
		return s
	}
	var runs []excelize.RichTextRun
	for at := lost.FindStringIndex(s); at != nil; at = lost.FindStringIndex(s) {
		runs = append(runs, excelize.RichTextRun{Text: s[:at[0]+1]})
		s = s[at[0]+1:]
	}
	return append(runs, excelize.RichTextRun{Text: s})
}

// cellOf is a cell as the workbook holds it.
func cellOf(kind, s string) any {
	switch kind {
	case aWhole:
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n
		}
	case aNumber:
		if x, err := strconv.ParseFloat(s, 64); err == nil {
			return x
		}
	case aTruth:
		return s == "true"
	}
	return s
}

// fitting is how many bytes of s are the most that have no more than n UTF-16 code
// units and end with a whole character; CR LF stay together.
func fitting(s string, n int) int {
	if len(s) <= n {
		return len(s) // no character has more units than bytes
	}
	for i, r := range s {
		if n--; r > 0xFFFF {
			n--
		}
		if n < 0 {
			if i > 1 && s[i-1] == '\r' && s[i] == '\n' {
				i--
			}
			return i
		}
	}
	return len(s)
}

func (b *workbook) close() (map[string]int, error) {
	err := b.end()
	if e := b.f.Close(); err == nil {
		err = e
	}
	return b.counts, b.failed(err)
}

func (b *workbook) end() error {
	for _, s := range b.sheets {
		if err := s.w.Flush(); err != nil {
			return err
		}
	}
	if err := b.about(); err != nil {
		return err
	}
	b.f.SetActiveSheet(0)
	if err := b.properties(); err != nil {
		return err
	}
	return b.j.zipped("xlsx/documents.xlsx", b.save)
}

// about writes the sheet that says what the columns of the others mean.
func (b *workbook) about() error {
	w, err := b.sheet("about", []column{{name: "sheet", kind: aText}, {name: "column", kind: aText}, {name: "type", kind: aText}, {name: "description", kind: aText}})
	if err != nil {
		return err
	}
	row := 1
	put := func(cells ...any) error {
		row++
		return w.SetRow("A"+digits(row), cells)
	}
	for _, t := range tables {
		if err := put(t.name, "", "", t.about); err != nil {
			return err
		}
		for _, c := range append(t.columns[:len(t.columns):len(t.columns)], partColumn) {
			if err := put(t.name, c.name, c.kind, c.about); err != nil {
				return err
			}
		}
	}
	if err := put("", "", "", fmt.Sprintf("A table of more than %d rows goes on in sheets with the same name and 2, 3 and so on behind it.", sheetRows-1)); err != nil {
		return err
	}
	return w.Flush()
}

// properties says who made the workbook, and when: as of the last operation.
func (b *workbook) properties() error {
	latest, err := b.j.a.History(b.j.ctx, "", 1)
	if err != nil {
		return err
	}
	p := &excelize.DocProperties{Creator: "Fonds", LastModifiedBy: "Fonds"}
	for _, e := range latest {
		p.Created, p.Modified = Time(e.Clock), Time(e.Clock)
	}
	return b.f.SetDocProps(p)
}

// failed says of an error of the disk what to do.
func (b *workbook) failed(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) && !errors.Is(err, ErrWrite) {
		return cannot(b.j.o.Out, err)
	}
	return err
}

func (b *workbook) save(f *os.File) error {
	b.f.SetZipWriter(zipTo(f))
	return b.f.Write(f)
}
