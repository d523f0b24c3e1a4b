package cataloguing

import (
	"slices"
	"strconv"
	"strings"

	"fonds/app/catalogue"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/widgets"
)

// This file shows the columns and what becomes of them, and asks about them.

// column says a column in two lines: its name, with the field it goes into, and what
// stands in it first.
func (p *Page) column(i int) widgets.Row {
	r := widgets.Row{Title: session.OneLine(p.headWords(i)), Known: true}
	var sub []string
	if p.plan.Match.Column == i {
		sub = append(sub, i18n.T("catalogue.matchedby"))
	}
	if c := p.plan.Column(i); c != nil {
		f := p.s.Field(c.Field)
		r.Badge = "→ " + f.LabelWords()
		if c.Split != "" {
			sub = append(sub, i18n.T("catalogue.split", "signs", strings.Join(strings.Split(c.Split, ""), " ")))
		}
		if c.Beside {
			sub = append(sub, i18n.T("catalogue.beside"))
		}
	} else if p.plan.Match.Column != i {
		r.Badge = i18n.T("catalogue.nottaken")
	}
	if words := p.first(i); words != "" {
		sub = append(sub, i18n.T("catalogue.example", "words", words))
	}
	r.Sub = strings.Join(sub, " · ")
	return r
}

// headWords are the name of a column, or its number where it has none.
func (p *Page) headWords(i int) string {
	if i >= 0 && i < len(p.table.Head) && p.table.Head[i] != "" {
		return p.table.Head[i]
	}
	return i18n.T("catalogue.column", "n", i+1)
}

// first is the first cell of a column that is not empty, within the first rows.
func (p *Page) first(i int) string {
	for k := range p.table.Rows[:min(len(p.table.Rows), 200)] {
		if c := p.table.Rows[k].Cell(i); c != "" {
			return session.OneLine(c)
		}
	}
	return ""
}

// ask lets the person choose from a list by its names.
func (p *Page) ask(prompt string, choices []widgets.Choice, start string, done func(id string)) {
	c := widgets.NewChooser(prompt, i18n.T("catalogue.nochoice"), choices)
	c.Covers, c.Start, c.OnPick = session.Covers, start, done
	c.Show(p.on)
}

// none is the id of leaving a column out.
const none = "-"

// openColumn asks into which field a column goes.
func (p *Page) openColumn(i int) {
	if p.table == nil || p.writing || i < 0 || i >= len(p.table.Head) {
		return
	}
	fields := p.s.Template().Fields
	choices := []widgets.Choice{{ID: none, Title: i18n.T("catalogue.leave")}}
	for k := range fields {
		choices = append(choices, fieldChoice(&fields[k]))
	}
	start := none
	if c := p.plan.Column(i); c != nil {
		start = c.Field
	}
	p.ask(i18n.T("catalogue.into", "column", session.OneLine(p.headWords(i))), choices, start, func(id string) {
		at := slices.IndexFunc(fields, func(f template.Field) bool { return f.ID == id })
		p.plan = p.plan.Clone()
		if at < 0 {
			p.plan.Set(i, nil)
		} else {
			p.plan.Set(i, &fields[at])
		}
		p.changed()
	})
}

func fieldChoice(f *template.Field) widgets.Choice {
	var also []string
	for _, l := range f.Label {
		also = append(also, l)
	}
	slices.Sort(also)
	return widgets.Choice{ID: f.ID, Title: f.LabelWords(), Sub: f.ID, Also: strings.Join(also, " ")}
}

// What a column of a field that holds several values can be turned to.
const (
	turnSplit  = "split"
	turnBeside = "beside"
)

// turn splits the cells of the column that is chosen, or no longer; or puts its values
// beside those there, or no longer.
func (p *Page) turn(what string) {
	i := p.columns.Selected()
	if p.table == nil || i < 0 {
		return
	}
	plan := p.plan.Clone()
	c := plan.Column(i)
	if c == nil {
		p.s.Say(i18n.T("catalogue.turn.nofield", "column", session.OneLine(p.headWords(i))))
		return
	}
	if f := p.s.Field(c.Field); !f.Repeatable {
		p.s.Say(i18n.T("catalogue.turn.one", "field", f.LabelWords()))
		return
	}
	switch {
	case what == turnBeside:
		c.Beside = !c.Beside
	case c.Split == "":
		c.Split = catalogue.Separators
	default:
		c.Split = ""
	}
	p.plan = plan
	p.changed()
}

// askMatch asks what a row finds its document by: a column, as file names or as values of
// a field.
func (p *Page) askMatch() {
	if p.table == nil || p.writing {
		return
	}
	fields := p.s.Template().Fields
	var choices, others []widgets.Choice
	start := ""
	for i := range p.table.Head {
		files := widgets.Choice{ID: strconv.Itoa(i) + " ", Title: i18n.T("catalogue.by.file", "column", session.OneLine(p.headWords(i))), Sub: p.first(i)}
		field := catalogue.FieldOf(p.table.Head[i], fields)
		if c := p.plan.Column(i); c != nil {
			field = c.Field
		}
		if field == "" {
			choices = append(choices, files)
		} else {
			f := p.s.Field(field)
			choices = append(choices, widgets.Choice{ID: strconv.Itoa(i) + " " + field,
				Title: i18n.T("catalogue.by.field", "column", session.OneLine(p.headWords(i)), "field", f.LabelWords()), Sub: p.first(i)})
			others = append(others, files)
		}
		if i == p.plan.Match.Column {
			start = strconv.Itoa(i) + " " + p.plan.Match.Field
		}
	}
	p.ask(i18n.T("catalogue.by.ask"), append(choices, others...), start, func(id string) {
		n, field, _ := strings.Cut(id, " ")
		at, err := strconv.Atoi(n)
		if err != nil {
			return
		}
		p.plan = p.plan.Clone()
		p.plan.Match = catalogue.Match{Column: at, Field: field}
		p.changed()
	})
}

// byWords say what a row finds its document by.
func (p *Page) byWords() string {
	m := p.plan.Match
	switch {
	case m.Column < 0:
		return i18n.T("catalogue.by.none")
	case m.Field == "":
		return i18n.T("catalogue.by.file", "column", session.OneLine(p.headWords(m.Column)))
	}
	f := p.s.Field(m.Field)
	return i18n.T("catalogue.by.field", "column", session.OneLine(p.headWords(m.Column)), "field", f.LabelWords())
}

// encodings are those that a CSV can be read in again, "" being what it looks like.
var encodings = []string{"", "UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE", "Shift_JIS", "EUC-KR", "windows-1252"}

// askReading asks how the file is to be read: which sheet of a workbook, which encoding
// of a CSV.
func (p *Page) askReading() {
	if p.table == nil || p.writing {
		return
	}
	var choices []widgets.Choice
	if p.table.Format == "xlsx" {
		for _, s := range p.table.Sheets {
			choices = append(choices, widgets.Choice{ID: s, Title: session.OneLine(s)})
		}
		p.ask(i18n.T("catalogue.sheet.ask"), choices, p.table.Sheet, func(id string) { p.read(p.path, catalogue.Options{Sheet: id}) })
		return
	}
	for _, e := range encodings {
		c := widgets.Choice{ID: e, Title: e}
		if e == "" {
			c.Title = i18n.T("catalogue.encoding.find")
		}
		choices = append(choices, c)
	}
	p.ask(i18n.T("catalogue.encoding.ask"), choices, p.table.Encoding, func(id string) { p.read(p.path, catalogue.Options{Encoding: id}) })
}
