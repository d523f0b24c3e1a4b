package export

import (
	"strings"
	"unicode"
)

// Format csv: csv/<table>.csv, one file a table (tables.go). RFC 4180: commas, CRLF
// at the end of a row, "" for " within quotes; UTF-8, with a header, and with the
// mark U+FEFF in front only where that was asked for, because only Excel wants it.
//
// A program for spreadsheets runs a cell that begins like a formula (OWASP, "CSV
// Injection"). Such texts get a ' in front: see defused.

func init() {
	formats["csv"] = format{open: openCSV, history: true, closed: true,
		positions: "code points of the source text; those under \"reading_start\" and \"reading_end\" of the reading text; " + regionPositions + ". " + defusedRule +
			" It is not part of the text: take it away before counting."}
}

func openCSV(j *job) (writer, error) { return openTables(j, "csv/", j.o.Excel) }

// csvTables writes the tables of a set as CSV.
type csvTables struct {
	j      *job
	files  []*file // by table; nil from where on none could be opened
	counts map[string]int
}

// openTables begins the tables below folder.
func openTables(j *job, folder string, excel bool) (writer, error) {
	w := &csvTables{j, nil, map[string]int{}}
	for _, t := range tables {
		f, err := j.create(folder + t.name + ".csv")
		if err != nil {
			w.drop()
			return nil, err
		}
		w.files = append(w.files, f)
		head := csvHead(&t)
		if excel {
			head = "\uFEFF" + head
		}
		if _, err := f.Write([]byte(head)); err != nil {
			w.drop()
			return nil, err
		}
	}
	return w, nil
}

// drop lets go of the files of an export that comes to nothing.
func (w *csvTables) drop() {
	for _, f := range w.files {
		f.f.Close()
	}
}

func (w *csvTables) write(d *Doc) error {
	for i := range tables {
		t := &tables[i]
		rows := t.cells(d)
		countRows(w.counts, t, d, len(rows))
		for _, row := range rows {
			if _, err := w.files[i].Write([]byte(csvRow(t, row))); err != nil {
				return err
			}
		}
	}
	return nil
}

// countRows counts rows; of closed documents apart, as every format does.
func countRows(counts map[string]int, t *table, d *Doc, n int) {
	name := t.name
	if d.Closed != nil {
		name = "closed" // and n is 0 of all tables but one
	}
	if n > 0 {
		counts[name] += n
	}
}

func (w *csvTables) close() (map[string]int, error) {
	var first error
	for _, f := range w.files {
		if err := w.j.done(f); first == nil {
			first = err
		}
	}
	return w.counts, first
}

func csvHead(t *table) string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return strings.Join(names, ",") + "\r\n"
}

// csvRow is a row as it stands in the file. Numbers are the program's own and stay
// as they are.
func csvRow(t *table, cells []string) string {
	var b strings.Builder
	for i, c := range t.columns {
		if i > 0 {
			b.WriteByte(',')
		}
		if c.kind == aText {
			b.WriteString(quoted(defused(cells[i])))
		} else {
			b.WriteString(cells[i])
		}
	}
	b.WriteString("\r\n")
	return b.String()
}

// CSVLine is texts as a line of CSV, of which a spreadsheet takes none for a formula.
func CSVLine(cells ...string) string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = quoted(defused(c))
	}
	return strings.Join(out, ",") + "\r\n"
}

// quoted is a cell between quotes where it needs them (RFC 4180, 2.5 to 2.7), or
// where a reader might make something else of it: some drop the space around a
// cell, and \. alone ends the input of PostgreSQL.
func quoted(s string) string {
	if s != `\.` && !strings.ContainsAny(s, ",\"\r\n") && s == strings.TrimSpace(s) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// defusedRule says in words what defused does.
const defusedRule = "A text that a spreadsheet would take for a formula, because after any spaces it begins with =, +, - or @ (full width too), " +
	"or because it begins with a tab or a line break, has one ' in front; so has such a text with any number of ' in front already. To get the text back take away the first ' of those."

// defused is a text with a ' in front where a spreadsheet would run it. It can be
// undone, because ' in front of such a text is counted in.
func defused(s string) string {
	if !dangerous(s) {
		return s
	}
	return "'" + s
}

// dangerous says whether a text begins like a formula, be it behind '.
func dangerous(s string) bool {
	s = strings.TrimLeft(s, "'")
	if s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return true
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	for _, r := range s {
		return strings.ContainsRune("=+-@＝＋－＠", r)
	}
	return false
}
