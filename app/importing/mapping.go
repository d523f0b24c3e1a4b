package importing

import (
	"context"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
)

// mapping is what goes on about a file whose rows may become documents: its table, and what the person says of its columns
// so far. It is Work's, so that a page in another language shows it too.
type mapping struct {
	name   string // of the file, as Options.Records has it
	path   string // as it is recorded
	rows   int    // what a survey has counted, 0 where it has not
	table  *intake.Table
	plan   records.Plan
	fault  error // why there is no table
	gen    int
	stop   func()
	doubts map[string]int // values of a column that its field doubts, by column and field
}

// sampleRows are so many that doubts are counted in, and previewRows those that are shown as they would come in.
const (
	sampleRows  = 200
	previewRows = 5
)

// mayMap says whether the rows of the file of row i may be documents.
func (w *Work) mayMap(i int) bool {
	l := w.rows.at(i)
	if l.Name == "" {
		return false
	}
	_, is := w.records[l.Name]
	return is || l.Records > 0 || l.Inside > 0 && !l.Within && ingest.MayHaveRows(l.Name)
}

// mapped says whether the rows of the file of row i are documents.
func (w *Work) mapped(i int) bool {
	_, is := w.records[w.rows.at(i).Name]
	return is
}

// beginMapping reads the file of row i to ask what its columns are.
func (w *Work) beginMapping(i int) {
	w.endMapping()
	l := w.rows.at(i)
	m := &mapping{name: l.Name, path: fileOf(l), rows: l.Records, plan: w.records[l.Name]}
	w.mapping = m
	w.readTable(m, m.plan)
}

// endMapping asks no more.
func (w *Work) endMapping() {
	if w.mapping != nil && w.mapping.stop != nil {
		w.mapping.stop()
	}
	w.mapping = nil
}

// readTable reads the table on a worker, the sheet and the row of names of a plan; what the plan says of columns holds
// where it says something of any, and is read off their names where it does not. What was read before stays until then.
func (w *Work) readTable(m *mapping, plan records.Plan) {
	if m.stop != nil {
		m.stop()
	}
	m.gen++
	gen := m.gen
	ctx, cancel := context.WithCancel(context.Background())
	m.stop = cancel
	o := intake.TableOptions{Encoding: w.encodings[m.name], Sheet: plan.Sheet, HeadRow: plan.HeadRow, Fields: w.s.Template().Fields, Keep: sampleRows}
	session.Read(w.s, nil, func(closing context.Context, _ *storage.Archive) (*intake.Table, error) {
		defer context.AfterFunc(closing, cancel)()
		return intake.TableOf(ctx, m.name, o)
	}, func(t *intake.Table, err error) {
		cancel()
		if gen != m.gen || w.mapping != m {
			return
		}
		m.stop, m.fault = nil, err
		if err == nil {
			m.table, m.doubts = t, map[string]int{}
			guess := t.Plan.Mapping
			m.plan = plan
			if m.plan.Sheet == "" {
				m.plan.Sheet = t.Plan.Sheet
			}
			if len(plan.Columns()) == 0 || len(t.Missing(plan.Mapping)) > 0 {
				m.plan.Mapping = guess
			}
		}
		w.changed()
	})
	w.changed()
}

// fileOf is the path of the file that something lies in.
func fileOf(l *intake.Looked) string {
	base := ingest.EscapeName(filepath.Base(l.Name))
	for at := l.Path; at != "." && at != "/"; at = path.Dir(at) {
		if path.Base(at) == base {
			return at
		}
	}
	return base
}

// What a column can be beside a field.
const (
	isNothing = "-"
	isText    = "text"
	isTitle   = "title"
	isName    = "name"
	isTag     = "tag"
)

// set says what a column is: one of the above, or the id of a field. Of text, title and name there is one column.
func (m *mapping) set(column, is string) {
	p := m.plan
	p.Mapping = p.Mapping.Clone()
	p.Tags = slices.DeleteFunc(p.Tags, func(c string) bool { return c == column })
	delete(p.Fields, column)
	for _, c := range []*string{&p.Text, &p.Title, &p.Name} {
		if *c == column {
			*c = ""
		}
	}
	switch is {
	case isNothing:
	case isText:
		p.Text = column
	case isTitle, titleField:
		p.Title = column
	case isName:
		p.Name = column
	case isTag:
		p.Tags = append(p.Tags, column)
		slices.SortFunc(p.Tags, func(a, b string) int {
			return slices.Index(m.table.Columns, a) - slices.Index(m.table.Columns, b)
		})
	default:
		if p.Fields == nil {
			p.Fields = map[string]string{}
		}
		p.Fields[column] = is
	}
	m.plan = p
}

// titleField is the field of titles.
const titleField = "dcterms:title"

// field is the id of the field that a column goes into, "" for none.
func (m *mapping) field(column string) string {
	if column == m.plan.Title {
		return titleField
	}
	return m.plan.Fields[column]
}

// crowded says of a column whether another goes into its field, which takes one value.
func (m *mapping) crowded(column string, f *template.Field) bool {
	if f.Repeatable {
		return false
	}
	for _, c := range m.table.Columns {
		if c != column && m.field(c) == f.ID {
			return true
		}
	}
	return false
}

// doubted is how many values of a column its field doubts, in the rows that were read.
func (m *mapping) doubted(column string, f *template.Field) int {
	key := column + "\n" + f.ID
	n, known := m.doubts[key]
	if known {
		return n
	}
	plan := records.Mapping{Fields: map[string]string{column: f.ID}, Split: m.plan.Split}
	for _, r := range m.table.Rows {
		for _, s := range m.table.Document(plan, r).Fields {
			if isDoubt(f.Beside(s.Value, 0)) {
				n++
			}
		}
	}
	m.doubts[key] = n
	return n
}

// isDoubt says of what stands beside a value whether it doubts it.
func isDoubt(words string) bool { return strings.HasPrefix(words, "⚠") }

// can says whether the plan says something.
func (m *mapping) can() bool {
	return m.table != nil && m.fault == nil && m.stop == nil && len(m.plan.Columns()) > 0
}

// use lets the rows of the file be documents, as was said, and looks at all files anew.
func (w *Work) use() {
	m := w.mapping
	if m == nil || !m.can() {
		return
	}
	w.records[m.name] = m.plan
	w.endMapping()
	w.look()
}

// asOne lets a file be one document again.
func (w *Work) asOne(name string) {
	_, was := w.records[name]
	delete(w.records, name)
	w.endMapping()
	if was {
		w.look()
	} else {
		w.changed()
	}
}

// plans are those of the files whose rows are documents, as options have them.
func (w *Work) plans() map[string]records.Plan { return maps.Clone(w.records) }
