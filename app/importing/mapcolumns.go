package importing

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/i18n"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/widgets"
)

// This file shows the columns of a table and what they become, and the first rows as they would come in.

// column says a column in two lines: its name with what becomes of it, and what stands in it first.
func (v *mapper) column(i int) widgets.Row {
	m := v.m()
	if m == nil || m.table == nil || i >= len(m.table.Columns) {
		return widgets.Row{}
	}
	name := m.table.Columns[i]
	r := widgets.Row{Title: columnWords(m, name), Known: true, Badge: i18n.T("catalogue.nottaken")}
	var sub []string
	if is := v.isWords(name); is != "" {
		r.Badge = "→ " + is
	}
	if id := m.field(name); id != "" {
		f := v.p.s.Field(id)
		if n := m.doubted(name, &f); n > 0 {
			words := i18n.N("importing.records.doubted", n)
			if m.table.More {
				words = i18n.T("importing.records.doubted.first", "n", n, "rows", m.table.Count)
			}
			sub = append(sub, "⚠ "+words)
		}
		if m.crowded(name, &f) {
			sub = append(sub, "⚠ "+i18n.T("importing.records.twice"))
		}
	}
	for _, row := range m.table.Rows {
		if cell := row.Cell(i); cell != "" {
			sub = append(sub, i18n.T("catalogue.example", "words", session.OneLine(beginning(cell, 80))))
			break
		}
	}
	r.Sub = strings.Join(sub, " · ")
	return r
}

// columnWords are the name of a column, or its number where no row names it.
func columnWords(m *mapping, name string) string {
	if m.table.Numbered() {
		return i18n.T("catalogue.column", "n", name)
	}
	return session.OneLine(name)
}

// isWords say what a column becomes, "" for nothing.
func (v *mapper) isWords(name string) string {
	m := v.m()
	switch is := m.plan.Is(name); is {
	case "":
		return ""
	case isText:
		return i18n.T("importing.records.text")
	case isTitle:
		f := v.p.s.Field(titleField)
		return f.LabelWords()
	case isName:
		return i18n.T("importing.records.name")
	case isTag:
		return i18n.T("importing.records.tag")
	default:
		f := v.p.s.Field(is)
		return f.LabelWords()
	}
}

// askColumn asks what becomes of column i.
func (v *mapper) askColumn(i int) {
	m := v.m()
	if m == nil || m.table == nil || i < 0 || i >= len(m.table.Columns) {
		return
	}
	name := m.table.Columns[i]
	choices := []widgets.Choice{
		{ID: isNothing, Title: i18n.T("importing.records.nothing"), Sub: i18n.T("importing.records.nothing.means")},
		{ID: isText, Title: i18n.T("importing.records.text"), Sub: i18n.T("importing.records.text.means")},
		{ID: isTag, Title: i18n.T("importing.records.tag"), Sub: i18n.T("importing.records.tag.means")},
		{ID: isName, Title: i18n.T("importing.records.name"), Sub: i18n.T("importing.records.name.means")},
	}
	fields := slices.Clone(v.p.s.Template().Fields)
	if f := v.p.s.Field(titleField); !slices.ContainsFunc(fields, func(x template.Field) bool { return x.ID == titleField }) {
		fields = append([]template.Field{f}, fields...)
	}
	for k := range fields {
		if f := &fields[k]; f.Compute == "" {
			choices = append(choices, fieldChoice(f))
		}
	}
	start := m.plan.Is(name)
	switch start {
	case "":
		start = isNothing
	case isTitle:
		start = titleField
	}
	v.ask(i18n.T("importing.records.ask", "column", columnWords(m, name)), choices, start, func(id string) { v.set(i, id) })
}

func fieldChoice(f *template.Field) widgets.Choice {
	var also []string
	for _, l := range f.Label {
		also = append(also, l)
	}
	slices.Sort(also)
	return widgets.Choice{ID: f.ID, Title: f.LabelWords(), Sub: f.ID, Also: strings.Join(also, " ")}
}

// set says what column i becomes.
func (v *mapper) set(i int, is string) {
	if m := v.m(); m != nil && m.table != nil && i >= 0 && i < len(m.table.Columns) {
		m.set(m.table.Columns[i], is)
		v.p.changed()
	}
}

// nothing leaves the chosen column out.
func (v *mapper) nothing() { v.set(v.columns.Selected(), isNothing) }

// textChars is how much of a text the preview shows.
const textChars = 200

// showPreview shows the first rows as they would come in.
func (v *mapper) showPreview() {
	m := v.m()
	w := &lines{}
	for k, row := range m.table.Rows[:min(len(m.table.Rows), previewRows)] {
		d := m.table.Document(m.plan.Mapping, row)
		if k > 0 {
			w.add("\n")
		}
		w.quiet(fmt.Sprintf("%s/%s\n", session.OneLine(m.path), session.OneLine(d.Name)))
		for _, s := range d.Fields {
			f := v.p.s.Field(s.Field)
			w.value(f.LabelWords(), s.Value, f.Beside(s.Value, 0))
		}
		if len(d.Tags) > 0 {
			w.value(i18n.T("importing.records.tags"), i18n.List(d.Tags), "")
		}
		switch {
		case d.Text != "":
			text := beginning(d.Text, textChars)
			if len(text) < len(d.Text) {
				text += "…"
			}
			w.quiet(i18n.T("importing.records.label", "field", i18n.T("importing.records.text")))
			w.add("\n" + text + "\n")
		case len(d.Fields)+len(d.Tags) == 0:
			w.quiet(i18n.T("importing.records.empty") + "\n")
		default:
			w.quiet(i18n.T("importing.records.without") + "\n")
		}
	}
	v.preview.SetShown(widgets.Shown{Key: m.name + "\n" + m.plan.Sheet, Text: strings.TrimRight(w.b.String(), "\n"), Furniture: w.spans})
}

// beginning is the first n code points of a text.
func beginning(text string, n int) string {
	for at := range text {
		if n == 0 {
			return text[:at]
		}
		n--
	}
	return text
}

// lines is a text in the making, of which some words are quiet.
type lines struct {
	b     strings.Builder
	at    int // code points
	spans []widgets.Span
}

func (w *lines) add(words string) {
	w.b.WriteString(words)
	w.at += utf8.RuneCountInString(words)
}

func (w *lines) quiet(words string) {
	from := w.at
	w.add(words)
	w.spans = append(w.spans, widgets.Span{Start: from, End: w.at})
}

// value is a line of a field: what it says, and what is doubted of it or how it reads.
func (w *lines) value(field, value, beside string) {
	w.quiet(i18n.T("importing.records.label", "field", field))
	w.add(session.OneLine(value))
	switch {
	case isDoubt(beside):
		w.add("   " + beside)
	case beside != "":
		w.quiet("   → " + beside)
	}
	w.add("\n")
}

// said are the fields and tags with which a document would come in.
func (w *lines) said(s *session.Session, r *intake.Reading) {
	for _, id := range r.Order {
		f := s.Field(id)
		for _, value := range r.Fields[id] {
			w.value(f.LabelWords(), value, f.Beside(value, 0))
		}
	}
	if len(r.Tags) > 0 {
		w.value(i18n.T("importing.records.tags"), i18n.List(r.Tags), "")
	}
	switch {
	case w.at == 0:
	case r.Text == "":
		w.quiet(i18n.T("importing.records.without"))
	default:
		w.add("\n")
	}
}
