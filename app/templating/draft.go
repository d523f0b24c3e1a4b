package templating

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/widgets"
)

// This file holds the draft: where it begins, and what is done with whole fields of it.

// begin begins the draft with what was left of one in the archive, else with the
// archive's template; anew also where there is one.
func (p *Page) begin(anew bool) {
	self := p.s.Self()
	if self == nil || !p.s.Open() {
		return
	}
	now := encoded(p.s.Template())
	if p.of == p.s.Path() && !anew && p.dirty() {
		p.saved = now
		return
	}
	p.of, p.saved, p.draft = p.s.Path(), now, parsed(now)
	if d, ok := p.s.Draft("", session.TemplateSlot); ok && !anew {
		if t := loose(d.Text); t != nil {
			p.draft = t
		}
	}
	p.at = min(p.at, len(p.draft.Fields)-1)
	clear(p.wrong)
}

// encoded is a template as the archive has it.
func encoded(t *template.Template) string {
	data, err := t.JSON()
	if err != nil {
		return ""
	}
	return string(data)
}

// parsed reads what was encoded.
func parsed(text string) *template.Template {
	t, err := template.Parse([]byte(text))
	if err != nil {
		return &template.Template{ID: "local", Label: map[string]string{}}
	}
	return t
}

// dirty says whether saving would change anything.
func (p *Page) dirty() bool { return p.draft != nil && encoded(p.draft) != p.saved }

// changed is told that the draft has changed: it is kept in the archive until it is saved.
// A template of the program that is changed is another one, and has another id.
func (p *Page) changed() {
	if slices.Contains(template.IDs(), p.draft.ID) {
		if t, err := template.Read(p.draft.ID); err == nil && encoded(t) != encoded(p.draft) {
			p.draft.ID += ".own"
		}
	}
	p.s.SaveDraft("", session.TemplateSlot, encoded(p.draft), p.dirty())
	p.weigh()
	p.show()
}

// field is the chosen field, nil for the template itself.
func (p *Page) field() *template.Field {
	if p.draft == nil || p.at < 0 || p.at >= len(p.draft.Fields) {
		return nil
	}
	return &p.draft.Fields[p.at]
}

// choose is told that another row of the list was chosen.
func (p *Page) choose() {
	at := p.list.Selected() - 1
	if at == p.at {
		return
	}
	p.form.Commit()
	clear(p.wrong)
	p.at = at
	p.showForm()
}

// add puts a new field behind the chosen one.
func (p *Page) add() {
	f := template.Field{Type: template.Text, Label: map[string]string{"en": i18n.In("en", "templating.new"), "zh-Hans": i18n.In("zh-Hans", "templating.new")}}
	p.insert(f, "local:field")
	p.form.FocusFirst()
	if e, ok := p.on.Focused().(fyne.Shortcutable); ok {
		e.TypedShortcut(&fyne.ShortcutSelectAll{}) // what is typed is the id
	}
}

// copy puts a field like the chosen one behind it.
func (p *Page) copy() {
	p.form.Commit()
	text := encoded(&template.Template{Fields: []template.Field{*p.field()}})
	t := loose(text)
	if t == nil {
		return
	}
	p.insert(t.Fields[0], p.field().ID)
}

// insert puts a field behind the chosen one, with an id that no other has.
func (p *Page) insert(f template.Field, id string) {
	p.form.Commit()
	for {
		p.made++
		f.ID = fmt.Sprintf("%s%d", id, p.made)
		if !slices.ContainsFunc(p.draft.Fields, func(o template.Field) bool { return o.ID == f.ID }) {
			break
		}
	}
	p.at++
	p.draft.Fields = slices.Insert(p.draft.Fields, p.at, f)
	clear(p.wrong)
	p.changed()
}

// remove takes the chosen field out. What documents say in it stays.
func (p *Page) remove() {
	f := p.field()
	p.s.Say(i18n.T("templating.removed", "field", f.LabelWords()))
	p.draft.Fields = slices.Delete(p.draft.Fields, p.at, p.at+1)
	p.at = min(p.at, len(p.draft.Fields)-1)
	clear(p.wrong)
	p.form.SetDocument("")
	p.changed()
}

// hide leaves the chosen field out of the form, or shows it again.
func (p *Page) hide() {
	f := p.field()
	f.Hidden = !f.Hidden
	p.changed()
}

// move moves the chosen field by so many places.
func (p *Page) move(by int) {
	if p.field() == nil || !p.shown() || p.s.Fixed() != "" || p.at+by < 0 || p.at+by >= len(p.draft.Fields) {
		return
	}
	p.form.Commit()
	f := p.draft.Fields[p.at]
	p.draft.Fields = slices.Insert(slices.Delete(p.draft.Fields, p.at, p.at+1), p.at+by, f)
	p.at += by
	p.changed()
}

// discard begins with the archive's template again.
func (p *Page) discard() {
	p.form.SetDocument("")
	p.s.SaveDraft("", session.TemplateSlot, "", false)
	p.begin(true)
	p.weigh()
	p.show()
	p.s.Say(i18n.T("templating.discarded"))
}

// askTemplate asks for a template of the program.
func (p *Page) askTemplate(prompt string, do func(t *template.Template)) {
	var choices []widgets.Choice
	for _, id := range template.IDs() {
		t, err := template.Read(id)
		if err != nil {
			p.s.Fail(err)
			return
		}
		choices = append(choices, widgets.Choice{ID: id, Title: t.LabelWords(), Sub: i18n.N("template.says", len(t.Fields), "use", t.UseWords()), Also: id + " " + t.Rules})
	}
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers = session.Covers
	c.OnPick = func(id string) {
		t, err := template.Read(id)
		if err != nil {
			p.s.Fail(err)
			return
		}
		do(t)
	}
	c.Show(p.on)
}

// askBegin asks for a template of the program to begin with.
func (p *Page) askBegin() {
	p.askTemplate(i18n.T("templating.begin"), p.takeThis)
}

// askJoin asks for a template of which documents of a category are to have the fields too,
// and for the category.
func (p *Page) askJoin() {
	p.askTemplate(i18n.T("templating.join"), func(t *template.Template) {
		known := p.draft.Categories()
		if p.draft.Category == "" {
			f := template.CategoryField()
			known = f.Choices
		}
		var choices []widgets.Choice
		for i := range known {
			choices = append(choices, widgets.Choice{ID: known[i].Value, Title: known[i].Words(), Sub: known[i].Value})
		}
		c := widgets.NewChooser(i18n.T("templating.join.category", "template", t.LabelWords()), i18n.T("chooser.nothing"), choices)
		c.Covers = session.Covers
		c.OnPick = func(category string) { p.join(t, category) }
		c.Show(p.on)
	})
}

// join gives documents of a category the fields of another template too.
func (p *Page) join(t *template.Template, category string) {
	p.form.SetDocument("")
	n := p.draft.Join(t, category)
	p.at, p.category = -1, category
	clear(p.wrong)
	p.changed()
	p.s.Say(i18n.N("templating.joined", n, "category", category))
	p.on.Focus(p.list)
}

// take makes a template the draft.
func (p *Page) take(data []byte) {
	t, err := template.Parse(data)
	if err != nil {
		p.s.Fail(err)
		return
	}
	p.takeThis(t)
}

func (p *Page) takeThis(t *template.Template) {
	p.form.SetDocument("")
	p.draft, p.at = t, -1
	clear(p.wrong)
	p.changed()
	p.on.Focus(p.list)
}

// show shows the draft everywhere.
func (p *Page) show() {
	if p.draft == nil {
		return
	}
	p.list.SetCount(len(p.draft.Fields)+1, p.row)
	p.list.SetSelected(p.at + 1)
	p.showForm()
	p.showPreview()
	p.showSaid()
}

// row is a row of the list: the template itself, then its fields.
func (p *Page) row(i int) widgets.Row {
	if i == 0 {
		return widgets.Row{Title: i18n.T("templating.itself"), Sub: session.OneLine(p.draft.LabelWords() + " · " + p.draft.ID), Known: true}
	}
	f := &p.draft.Fields[i-1]
	row := widgets.Row{Title: session.OneLine(f.LabelWords()), Sub: session.OneLine(typeWords(f.Type) + " · " + f.ID), Known: true}
	switch {
	case len(p.draft.Faults(i-1)) > 0:
		row.Badge = "⚠"
	case f.Hidden:
		row.Badge = i18n.T("templating.hidden")
	case f.Compute != "":
		row.Badge = i18n.T("form.computed")
	case f.At(p.level) != template.May:
		row.Badge = f.At(p.level).Words()
	}
	return row
}

// loose reads a template that may have faults, nil where it is none.
func loose(text string) *template.Template {
	t, err := template.Loose([]byte(text))
	if err != nil {
		return nil
	}
	return t
}
