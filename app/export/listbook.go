package export

import (
	"archive/zip"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"fonds/app/i18n"
)

// This file writes lists as a workbook, A4 like the page. Text is text, never a formula;
// dates and numbers of pages that are more than a count are text too.

// The limits of a sheet ("Excel specifications and limits").
const (
	mostBreaks    = 1000 // of 1,026
	mostSheetName = 31
)

type bookPaper struct {
	w      io.Writer
	folder string
	tag    string // of the language
	across bool

	f       *excelize.File
	err     error
	styles  map[string]int
	sw      *excelize.StreamWriter
	sheets  int
	name    string // of the sheet
	most    int    // rows of a sheet
	last    int    // row that was written
	breaks  int
	columns int
	widths  []float64
	leaves  int // on the sheet
	headRow int // of its last table

	title string
	under []string
	heads []string
	keys  []string // of the columns of a table
}

func newBookPaper(w io.Writer, folder, tag string, across bool) *bookPaper {
	return &bookPaper{w: w, folder: folder, tag: tag, across: across, most: sheetRows,
		f: excelize.NewFile(excelize.Options{TmpDir: folder}), styles: map[string]int{}}
}

func (b *bookPaper) leaf(title string, under []string) error {
	b.title, b.under = title, under
	return nil
}

// begin begins the leaf that was said, on a new sheet where the last one is full.
func (b *bookPaper) begin(widths []float64, heads []string) error {
	b.columns, b.heads, b.widths = len(widths), heads, widths
	if b.sw == nil || b.breaks >= mostBreaks || b.last > b.most-1000 {
		if err := b.sheet(widths); err != nil {
			return err
		}
	} else {
		b.breaks++
		if err := b.sw.InsertPageBreak("A" + strconv.Itoa(b.last+1)); err != nil {
			return err
		}
	}
	b.leaves++
	return b.headed()
}

// headed writes what stands above the rows.
func (b *bookPaper) headed() error {
	if err := b.line(b.title, "title", 24); err != nil {
		return err
	}
	for _, u := range b.under {
		if err := b.line(u, "under", 0); err != nil {
			return err
		}
	}
	if b.heads == nil {
		return nil
	}
	b.headRow = b.last + 1
	return b.put(b.heads, func(int) string { return "head" }, 0)
}

// sheet begins another sheet.
func (b *bookPaper) sheet(widths []float64) error {
	if err := b.flush(); err != nil {
		return err
	}
	b.sheets++
	b.last, b.breaks, b.leaves = 0, 0, 0
	end := ""
	if b.sheets > 1 {
		end = " " + strconv.Itoa(b.sheets)
	}
	b.name = sheetName(b.title, end)
	if b.sheets == 1 {
		if err := b.f.SetSheetName("Sheet1", b.name); err != nil {
			return err
		}
	} else if _, err := b.f.NewSheet(b.name); err != nil {
		return err
	}
	fits := b.oneTable() // Excel fits pages by leaving out the breaks that were set
	if err := b.f.SetSheetProps(b.name, &excelize.SheetPropsOptions{FitToPage: &fits}); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(b.name)
	if err != nil {
		return err
	}
	b.sw = w
	const a4 = 9
	size, wide, high, way := a4, 1, 0, "portrait"
	if b.across {
		way = "landscape"
	}
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &way, FitToWidth: &wide, FitToHeight: &high}
	if !fits {
		scale := b.scale(widths)
		layout = &excelize.PageLayoutOptions{Size: &size, Orientation: &way, AdjustTo: &scale}
	}
	if err := b.f.SetPageLayout(b.name, layout); err != nil {
		return err
	}
	if err := b.f.SetHeaderFooter(b.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}); err != nil {
		return err
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if fits {
		top := len(b.under) + 2
		return w.SetPanes(&excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: "A" + strconv.Itoa(top+1), ActivePane: "bottomLeft"})
	}
	return nil
}

// flush ends the sheet: one table on it has its head on every page.
func (b *bookPaper) flush() error {
	if b.sw == nil {
		return nil
	}
	if b.leaves == 1 && b.headRow > 0 {
		rows := "$" + strconv.Itoa(1) + ":$" + strconv.Itoa(b.headRow)
		if err := b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + b.name + "'!" + rows, Scope: b.name}); err != nil {
			return err
		}
	}
	return b.sw.Flush()
}

// line writes a line over all columns.
func (b *bookPaper) line(words, style string, height float64) error {
	cells := make([]any, b.columns)
	cells[0] = excelize.Cell{StyleID: b.style(style), Value: textCell(words[:fitting(words, cellUnits)])}
	b.last++
	at := strconv.Itoa(b.last)
	if err := b.sw.SetRow("A"+at, cells, excelize.RowOpts{Height: height}); err != nil || b.columns == 1 {
		return err
	}
	last, err := excelize.CoordinatesToCellName(b.columns, b.last)
	if err != nil {
		return err
	}
	return b.sw.MergeCell("A"+at, last)
}

// put writes a row; a text that is too long for a cell goes on in the rows below.
func (b *bookPaper) put(cells []string, style func(i int) string, level int) error {
	rest := append([]string(nil), cells...)
	for more := true; more; {
		more = false
		if b.last >= b.most {
			if err := b.sheet(b.widths); err != nil {
				return err
			}
			if err := b.headed(); err != nil {
				return err
			}
		}
		row := make([]any, len(rest))
		for i, s := range rest {
			n := fitting(s, cellUnits)
			var v any = textCell(s[:n])
			if whole, err := strconv.Atoi(s); err == nil && strconv.Itoa(whole) == s && b.counts(i) {
				v = whole
			}
			row[i] = excelize.Cell{StyleID: b.style(style(i)), Value: v}
			rest[i] = s[n:]
			more = more || rest[i] != ""
		}
		b.last++
		if err := b.sw.SetRow("A"+strconv.Itoa(b.last), row, excelize.RowOpts{OutlineLevel: level}); err != nil {
			return err
		}
	}
	return b.err
}

// counts says whether a column holds numbers that are counts: what people have typed, as
// a code or a date, stays text.
func (b *bookPaper) counts(i int) bool {
	return i < len(b.keys) && slices.Contains([]string{"number", "running", "pages-column", "total-pages"}, b.keys[i])
}

func (b *bookPaper) table(columns []listColumn, heads []string) error {
	b.keys = b.keys[:0]
	var widths []float64
	for _, c := range columns {
		b.keys, widths = append(b.keys, c.key), append(widths, c.width)
	}
	return b.begin(widths, heads)
}

func (b *bookPaper) row(cells []string) error {
	return b.put(cells, func(i int) string {
		switch b.keys[i] {
		case "number", "running", "date", "span", "security", "pages-column", "total-pages", "page-number", "retention":
			return "middle"
		}
		return "cell"
	}, 0)
}

func (b *bookPaper) blocks(heads []string) error {
	b.keys = []string{"level"}
	widths := []float64{10, 26, 48}
	for range heads[len(widths):] {
		widths = append(widths, 24)
	}
	return b.begin(widths, heads)
}

const (
	mostOutline = 7 // levels that a sheet folds
	mostIndents = 15
)

func (b *bookPaper) block(k block) error {
	return b.put(append([]string{k.level, k.code, k.title}, k.values...), func(i int) string {
		if i == 2 && k.depth > 0 {
			return "indent " + strconv.Itoa(min(k.depth, mostIndents))
		}
		return "cell"
	}, min(k.depth, mostOutline))
}

func (b *bookPaper) form(heading string, words []string, lines [][2]string) error {
	b.keys = nil
	if err := b.begin([]float64{16, 74}, nil); err != nil {
		return err
	}
	style := func(names ...string) func(int) string { return func(i int) string { return names[i] } }
	for i, w := range words {
		if i > 0 {
			heading = ""
		}
		if err := b.put([]string{heading, w}, style("label", "text"), 0); err != nil {
			return err
		}
	}
	for _, l := range lines {
		if err := b.put([]string{l[0], l[1]}, style("label", "line"), 0); err != nil {
			return err
		}
	}
	return nil
}

func (b *bookPaper) foot(lines ...string) error {
	for _, l := range lines {
		if b.sw == nil {
			return nil
		}
		if err := b.line(l, "foot", 0); err != nil {
			return err
		}
	}
	return b.err
}

// end writes the workbook: the same bytes for the same list.
func (b *bookPaper) end(asOf string) (err error) {
	defer func() {
		if e := b.f.Close(); err == nil {
			err = e
		}
	}()
	if b.sw == nil || b.err != nil {
		return b.err // what failed had not begun
	}
	if err := b.line(i18n.In(b.tag, "aid.printed", "when", said(asOf)), "foot", 0); err != nil {
		return err
	}
	if err := b.flush(); err != nil {
		return err
	}
	b.f.SetActiveSheet(0)
	if err := b.f.SetDocProps(&excelize.DocProperties{Creator: "Fonds", LastModifiedBy: "Fonds", Title: b.title, Created: asOf, Modified: asOf}); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(b.folder, ".fonds-list-")
	if err != nil {
		return err
	}
	defer func() {
		tmp.Close()
		if e := os.Remove(tmp.Name()); err == nil {
			err = e
		}
	}()
	b.f.SetZipWriter(zipTo(tmp))
	if err := b.f.Write(tmp); err != nil {
		return err
	}
	size, err := tmp.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	in, err := zip.NewReader(tmp, size)
	if err != nil {
		return err
	}
	return inOrder(b.w, in.File)
}
