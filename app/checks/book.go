package checks

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/report"
)

// XLSX is the report as a workbook: a sheet of the checks in the columns in which Chinese
// programs exchange them, one of all findings that were kept, one of the heads of the log.
// Every cell of words is text, never a formula. The same report in the same language gives
// the same bytes.
func (r *Report) XLSX() ([]byte, error) {
	b := &book{f: excelize.NewFile()}
	defer b.f.Close()
	if err := b.fill(r); err != nil {
		return nil, fmt.Errorf("making the workbook of the report: %w", err)
	}
	return export.Book(b.f)
}

type book struct {
	f    *excelize.File
	head int
}

func (b *book) fill(r *Report) (err error) {
	if b.head, err = b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
		return err
	}
	names := []string{i18n.T("checks.sheet.checks"), i18n.T("checks.sheet.findings"), i18n.T("checks.sheet.about")}
	if err := b.f.SetSheetName("Sheet1", names[0]); err != nil {
		return err
	}
	var checks [][]any
	for _, o := range r.Outcomes {
		checks = append(checks, texted(o.Code, o.NameWords(), o.Property.Words(), o.ObjectWords(), o.KindWords(), o.AimWords(), o.BasisWords(), o.Result.Words(), r.Remark(o)))
	}
	if err := b.sheet(names[0], []float64{10, 36, 14, 16, 14, 50, 36, 14, 60}, []string{i18n.T("checks.column.code"), i18n.T("checks.column.name"), i18n.T("checks.column.property"), i18n.T("checks.column.object"),
		i18n.T("checks.column.kind"), i18n.T("checks.column.aim"), i18n.T("checks.column.basis"), i18n.T("checks.column.result"), i18n.T("checks.column.remark")}, checks); err != nil {
		return err
	}
	var found [][]any
	for _, o := range r.Outcomes {
		for i := range o.Findings {
			if len(found) == mostRows {
				break
			}
			f := &o.Findings[i]
			found = append(found, append(texted(o.Code, o.NameWords()), texted(append(r.cells(f)[:5:5], r.Docs[f.Doc].Path, string(f.Doc))...)...))
		}
	}
	columns := append(append([]string{i18n.T("checks.column.code"), i18n.T("checks.column.name")}, findingColumns()[:5]...), i18n.T("checks.column.path"), i18n.T("checks.column.id"))
	if err := b.sheet(names[1], []float64{10, 30, 10, 44, 28, 16, 70, 30, 38}, columns, found); err != nil {
		return err
	}
	about := [][]any{texted(r.Title(), ""), texted(r.Says(), ""), texted(i18n.T("checks.report.honest"), "")}
	for _, replica := range slices.Sorted(maps.Keys(r.Heads)) {
		about = append(about, texted(string(replica), r.Heads[replica].String()))
	}
	about = append(about, texted(i18n.T("check.proves"), ""), texted(i18n.T("check.proves.text"), ""))
	if err := b.sheet(names[2], []float64{60, 70}, []string{i18n.T("checks.sheet.about"), i18n.T("check.heads")}, about); err != nil {
		return err
	}
	b.f.SetActiveSheet(0)
	at := ""
	if !r.AsOf.IsZero() {
		at = r.AsOf.UTC().Format(time.RFC3339)
	}
	return b.f.SetDocProps(&excelize.DocProperties{Creator: "Fonds", LastModifiedBy: "Fonds", Description: report.BookMark, Created: at, Modified: at})
}

// mostRows is how many findings a sheet has room for below its first row.
const mostRows = excelize.TotalRows - 1

func texted(all ...string) []any {
	out := make([]any, len(all))
	for i, s := range all {
		out[i] = export.TextCell(s)
	}
	return out
}

// sheet makes a sheet whose first row stays in sight.
func (b *book) sheet(name string, widths []float64, columns []string, rows [][]any) error {
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = excelize.Cell{StyleID: b.head, Value: c}
		if err := w.SetColWidth(i+1, i+1, widths[i]); err != nil {
			return err
		}
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range rows {
		if err := w.SetRow(fmt.Sprint("A", i+2), row); err != nil {
			return err
		}
	}
	return w.Flush()
}
