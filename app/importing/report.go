package importing

import (
	"maps"
	"slices"
	"strings"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage/archive"
)

// reportOf is the report of an import: end is how it ended, with the list of what was
// left out, nil where it has not; lost says that damage took the list.
func reportOf(it *archive.Item, im *archive.Import, end *archive.ImportEnd, lost bool) report.Table {
	t := report.Table{Title: i18n.T("importing.report", "when", i18n.Moment(it.At.Time().Local()))}
	fact := func(key, words string) {
		if words != "" {
			t.Facts = append(t.Facts, [2]string{i18n.T(key), words})
		}
	}
	b := &im.Begin
	fact(i18n.K("importing.report.by"), it.By)
	fact(i18n.K("importing.report.from"), i18n.List(b.From))
	if b.Files > 0 {
		fact(i18n.K("importing.report.files"), i18n.Number(int64(b.Files)))
	}
	fact(i18n.K("importing.report.encoding"), b.Encoding)
	var chosen []string
	for _, enc := range slices.Sorted(maps.Keys(b.Encodings)) {
		chosen = append(chosen, i18n.N("importing.report.chosen", b.Encodings[enc], "encoding", enc))
	}
	fact(i18n.K("importing.report.encodings"), i18n.List(chosen))
	if b.Plain {
		fact(i18n.K("importing.report.plain"), i18n.T("importing.plain"))
	}
	if end == nil {
		fact(i18n.K("importing.report.how"), i18n.T("importing.report.open"))
		return t
	}
	how := i18n.T("import.how." + end.How)
	if end.Continued {
		how += " · " + i18n.T("importing.report.continued")
	}
	fact(i18n.K("importing.report.how"), how)
	fact(i18n.K("importing.report.ended"), i18n.T("importing.report.at", "when", i18n.Moment(im.At.Time().Local()), "who", it.RevBy))
	number := func(key string, n int, always bool) {
		if n > 0 || always {
			fact(key, i18n.Number(int64(n)))
		}
	}
	number(i18n.K("importing.report.imported"), end.Imported, true)
	number(i18n.K("importing.report.before"), end.Before, false)
	number(i18n.K("importing.report.duplicates"), end.Duplicates, true)
	number(i18n.K("importing.report.skipped"), end.Skipped, true)
	number(i18n.K("importing.report.left"), end.Left, false)
	number(i18n.K("importing.report.beside"), end.Beside, false)
	for _, why := range slices.SortedFunc(maps.Keys(end.Reasons), func(a, b string) int {
		if n := end.Reasons[b] - end.Reasons[a]; n != 0 {
			return n
		}
		return strings.Compare(a, b)
	}) {
		t.Facts = append(t.Facts, [2]string{i18n.T("importing.report.reason", "why", i18n.T("importing.reason."+why)), i18n.Number(int64(end.Reasons[why]))})
	}
	for _, words := range end.Dropped {
		fact(i18n.K("importing.report.dropped"), words)
	}
	t.Head = []string{i18n.T("importing.column.name"), i18n.T("importing.report.why")}
	for _, s := range end.Skips {
		t.Rows = append(t.Rows, []string{s.Path, skipped(s)})
	}
	switch {
	case lost:
		t.More = i18n.T("importing.report.lost")
	case end.Skipped > len(end.Skips):
		t.More = i18n.N("importing.report.more", end.Skipped-len(end.Skips))
	}
	return t
}

func skipped(s archive.ImportSkip) string {
	return session.SkipWords(&ingest.Skip{Reason: ingest.Reason(s.Reason), Detail: s.Detail})
}

// textOf is a report as lines to be read.
func textOf(t *report.Table) string {
	var b strings.Builder
	for _, f := range t.Facts {
		b.WriteString(i18n.T("importing.report.line", "what", f[0], "is", session.OneLine(f[1])) + "\n")
	}
	if len(t.Rows) > 0 {
		b.WriteString("\n" + i18n.T("importing.report.list") + "\n")
	}
	for _, r := range t.Rows {
		b.WriteString(i18n.T("importing.report.line", "what", session.OneLine(r[0]), "is", r[1]) + "\n")
	}
	if t.More != "" {
		b.WriteString(t.More + "\n")
	}
	return b.String()
}

// csvOf is the table of a report, and before it its facts, as CSV: with a mark at the
// beginning, without which spreadsheets take it for another encoding.
func csvOf(t *report.Table) []byte {
	var b strings.Builder
	b.WriteString("\ufeff")
	for _, f := range t.Facts {
		b.WriteString(export.CSVLine(f[:]...))
	}
	if len(t.Rows) > 0 {
		b.WriteString(export.CSVLine(t.Head...))
	}
	for _, r := range t.Rows {
		b.WriteString(export.CSVLine(r...))
	}
	return []byte(b.String())
}
