package records

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"fonds/app/ingest/content"
)

// ManyRows is the detail of the refusal of a sheet with more rows than a sheet can have.
const ManyRows = "rows of a sheet"

// reading is how cells read: a date in the format that it has in its cell, and where that
// depends on who opens the workbook (the formats with an asterisk) as ISO 8601.
var reading = excelize.Options{UnzipSizeLimit: content.MaxUnpacked, UnzipXMLSizeLimit: inMemory,
	ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm:ss", CultureInfo: excelize.CultureNameZhCN}

// Workbook is an XLSX (ECMA-376) that is open.
type Workbook struct {
	Sheets []string // there is one, at least

	f        *excelize.File
	from1904 bool
	merges   map[string][]merge // by sheet
	at       chan struct{}      // closed when the last reading is over
}

// Line is a row of a sheet.
type Line struct {
	N     int            // from 1
	Cells []string       // as they are displayed
	Dates map[int]string // of cells that hold a date: as EDTF, as far as it is displayed
}

// IsXLSX says whether a whole file is a workbook of XLSX, by the names of its parts.
func IsXLSX(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) || !bytes.Contains(data, []byte("xl/workbook")) || bytes.Count(data, []byte("PK\x01\x02")) > mostParts {
		return false
	}
	z, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	return z != nil && slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.HasPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "xl/workbook") })
}

// OpenWorkbook opens an XLSX, to be closed. The error is a *content.Refusal, or that of ctx.
func OpenWorkbook(ctx context.Context, data []byte) (w *Workbook, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	defer foreseen(&err)
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
		if bytes.Contains(data, wide("EncryptedPackage")) {
			return nil, content.Refuse(content.Encrypted, "")
		}
		return nil, content.Refuse(content.NotIt, "it is an older workbook (XLS): save it as XLSX")
	}
	b, err := lean(data)
	if err != nil {
		return nil, err
	}
	o := reading
	o.UnzipXMLSizeLimit = b.inMemory
	w, err = within(ctx, func() (w *Workbook, err error) {
		defer foreseen(&err)
		f, err := excelize.OpenReader(bytes.NewReader(b.data), o)
		if err != nil {
			return nil, refusal(err)
		}
		w = &Workbook{f: f, Sheets: f.GetSheetList()}
		if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
			w.from1904 = *p.Date1904
		}
		return w, nil
	}, func(w *Workbook) { w.Close() })
	if err != nil {
		return nil, err
	}
	w.merges = b.merges(ctx)
	if len(w.Sheets) == 0 {
		w.Close()
		return nil, content.Refuse(content.Damaged, "it has no sheet")
	}
	if err := ctx.Err(); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// Close ends the reading. What the library is still at, when the context of a reading has ended, is waited for elsewhere.
func (w *Workbook) Close() error {
	if w.at == nil {
		return w.f.Close()
	}
	select {
	case <-w.at:
		return w.f.Close()
	default:
		go func() { <-w.at; w.f.Close() }()
		return nil
	}
}

// within does what cannot be interrupted, for as long as the context holds. What it makes after that is dropped.
func within[T any](ctx context.Context, do func() (T, error), drop func(T)) (T, error) {
	type made struct {
		v   T
		err error
	}
	out := make(chan made, 1)
	go func() {
		v, err := do()
		out <- made{v, err}
	}()
	select {
	case m := <-out:
		return m.v, m.err
	case <-ctx.Done():
		go func() {
			if m := <-out; m.err == nil {
				drop(m.v)
			}
		}()
		var none T
		return none, ctx.Err()
	}
}

// Named is the sheet of a name, the first one for "". The error lists those there are.
func (w *Workbook) Named(name string) (string, error) {
	switch {
	case name == "":
		return w.Sheets[0], nil
	case slices.Contains(w.Sheets, name):
		return name, nil
	}
	return "", errors.New(strings.Join(w.Sheets, ", "))
}

// Each hands every row of a sheet to take, empty ones too. A line holds until take returns. The error is that of take, of
// ctx or a *content.Refusal. It returns when ctx ends, whatever the library is at: its tables of texts can be large.
func (w *Workbook) Each(ctx context.Context, sheet string, take func(*Line) error) error {
	lines, over, at := make(chan *Line), make(chan struct{}), make(chan struct{})
	var err error
	w.at = at
	go func() {
		defer close(at)
		defer close(lines)
		err = w.rows(ctx, sheet, func(l *Line) error {
			select {
			case lines <- l:
				return nil
			case <-over:
				return errEnough
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case l, more := <-lines:
			if !more {
				<-at
				return err
			}
			if wrong := take(l); wrong != nil {
				close(over)
				select { // the library is for one reading at a time
				case <-at:
				case <-ctx.Done():
				}
				return wrong
			}
		}
	}
}

// rows is Each for as long as it takes.
func (w *Workbook) rows(ctx context.Context, sheet string, take func(*Line) error) (err error) {
	defer foreseen(&err)
	rows, err := w.f.Rows(sheet)
	if err != nil {
		return refusal(err)
	}
	defer rows.Close()
	s := stored{f: w.f, sheet: sheet}
	defer s.close()
	for n := 1; rows.Next(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		cells, err := rows.Columns(reading)
		if err != nil {
			return refusal(err)
		}
		l := &Line{N: n, Cells: cells}
		if slices.ContainsFunc(cells, func(c string) bool { return scientific.MatchString(c) || maybeDate(c) }) {
			raw, err := s.row(n)
			if err != nil {
				return err
			}
			w.look(l, raw)
		}
		if err := take(l); err != nil {
			return err
		}
	}
	return refusal(rows.Error())
}

// stored reads the rows of a sheet once more, as they are stored, when they are asked for.
type stored struct {
	f     *excelize.File
	sheet string
	rows  *excelize.Rows
	at    int
}

func (s *stored) row(n int) ([]string, error) {
	if s.rows == nil {
		var err error
		if s.rows, err = s.f.Rows(s.sheet); err != nil {
			return nil, refusal(err)
		}
	}
	for s.at < n {
		if s.at++; !s.rows.Next() {
			return nil, refusal(s.rows.Error())
		}
	}
	o := reading
	o.RawCellValue = true
	cells, err := s.rows.Columns(o)
	return cells, refusal(err)
}

func (s *stored) close() {
	if s.rows != nil {
		s.rows.Close()
	}
}

// Numbers as a spreadsheet shows those that are long, and whole ones as it stores them.
var (
	scientific = regexp.MustCompile(`^-?[0-9](\.[0-9]+)?E\+[0-9]+$`)
	figures    = regexp.MustCompile(`^-?[0-9]+$`)
)

// look puts long whole numbers in the place of what a spreadsheet shows of them: a reference code that was typed as a
// number is all of its figures. And it finds the dates.
func (w *Workbook) look(l *Line, raw []string) {
	for i, c := range l.Cells[:min(len(l.Cells), len(raw))] {
		switch {
		case scientific.MatchString(c) && figures.MatchString(raw[i]):
			l.Cells[i] = raw[i]
		case maybeDate(c) && c != raw[i]:
			if d := edtf(c, raw[i], w.from1904); d != "" {
				if l.Dates == nil {
					l.Dates = map[int]string{}
				}
				l.Dates[i] = d
			}
		}
	}
}

// foreseen makes a refusal of what the library does not foresee in a damaged workbook.
func foreseen(err *error) {
	if v := recover(); v != nil {
		*err = content.Refuse(content.Damaged, "%v", v)
	}
}

func refusal(err error) error {
	var r *content.Refusal
	switch {
	case err == nil || errors.As(err, &r):
		return err
	case errors.Is(err, excelize.ErrMaxRows):
		return content.Refuse(content.TooMuch, ManyRows)
	case strings.Contains(err.Error(), "unzip size exceeds"):
		return content.Refuse(content.TooMuch, "unpacked > %d", content.MaxUnpacked)
	}
	return content.Refuse(content.Damaged, "%v", err)
}

// wide is ASCII in UTF-16LE.
func wide(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r), 0)
	}
	return out
}

// atLimit says whether a cell has as many UTF-16 units as a cell can have.
func atLimit(s string) bool {
	if len(s) < MaxCell || utf8.RuneCountInString(s) > MaxCell {
		return false
	}
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n == MaxCell
}
