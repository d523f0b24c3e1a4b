package templating

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/widgets"
)

// This file says what saving would change, saves, and reads and writes files.

// readUsed reads on a worker in which fields documents say something.
func (p *Page) readUsed() {
	session.Read(p.s, &p.usedGen, func(ctx context.Context, a *storage.Archive) (map[string]int, error) {
		return a.FieldsUsed(ctx)
	}, func(used map[string]int, err error) {
		if err != nil {
			return // nothing is said of it then
		}
		p.used = used
		p.weigh()
		p.showSaid()
	})
}

// weigh counts on a worker, of each field of which other values are doubted now, those
// documents whose values are doubted.
func (p *Page) weigh() {
	if p.draft == nil {
		return
	}
	before := loose(p.saved)
	var fields []template.Field
	for i := range p.draft.Fields {
		f := &p.draft.Fields[i]
		if p.used[f.ID] == 0 || len(p.draft.Faults(i)) > 0 || before == nil {
			continue
		}
		at := slices.IndexFunc(before.Fields, func(o template.Field) bool { return o.ID == f.ID })
		if at < 0 || !sameRules(&before.Fields[at], f) {
			fields = append(fields, *f)
		}
	}
	session.Read(p.s, &p.doubtGen, func(ctx context.Context, a *storage.Archive) (map[string]int, error) {
		out := map[string]int{}
		for i := range fields {
			f := &fields[i]
			counts, err := a.Facet(ctx, storage.Query{}, storage.Facet{Key: query.Field, Name: f.ID}, 0)
			if err != nil {
				return nil, err
			}
			for _, c := range counts {
				if f.Doubt(c.Value, 0) != "" {
					out[f.ID] += c.N
				}
			}
		}
		return out, nil
	}, func(doubted map[string]int, err error) {
		if err == nil {
			p.doubted = doubted
			p.showSaid()
		}
	})
}

// sameRules says whether two fields doubt the same values.
func sameRules(a, b *template.Field) bool {
	return a.Type == b.Type && a.Pattern == b.Pattern && a.Limit == b.Limit && a.Repeatable == b.Repeatable &&
		slices.EqualFunc(a.Choices, b.Choices, func(x, y template.Choice) bool { return x.Value == y.Value })
}

// showSaid says what saving would change, or why it cannot be.
func (p *Page) showSaid() {
	if p.draft == nil {
		return
	}
	words, tone := p.saidWords()
	p.said.SetText(words, tone)
	fixed := p.s.Fixed() != "" || p.writing
	widgets.Enable(p.do, !fixed && p.dirty() && p.draft.Check() == nil)
	widgets.Enable(p.buttons["discard"], !fixed && p.dirty())
	widgets.Enable(p.buttons["begin"], !fixed)
	widgets.Enable(p.buttons["import"], !fixed)
	widgets.Enable(p.buttons["join"], !fixed)
	widgets.Relay(p.content)
}

func (p *Page) saidWords() (string, widgets.Tone) {
	if why := p.s.Fixed(); why != "" {
		return "⚠ " + why, widgets.Warn
	}
	if err := p.draft.Check(); err != nil {
		return "⚠ " + session.Words(err), widgets.Warn
	}
	if !p.dirty() {
		return i18n.T("templating.same"), widgets.Plain
	}
	var out []string
	for _, id := range p.leaving() {
		field := p.s.Field(id)
		out = append(out, i18n.N("templating.leaves", p.used[id], "field", session.OneLine(field.LabelWords())))
	}
	for i := range p.draft.Fields {
		if f := &p.draft.Fields[i]; p.doubted[f.ID] > 0 {
			out = append(out, i18n.N("templating.doubts", p.doubted[f.ID], "field", session.OneLine(f.LabelWords())))
		}
	}
	if len(out) == 0 {
		return i18n.T("templating.unsaved"), widgets.Plain
	}
	return strings.Join(out, "\n"), widgets.Warn
}

// leaving are the fields that the archive's template has, the draft has not, and documents
// say something in.
func (p *Page) leaving() (out []string) {
	before := loose(p.saved)
	if before == nil {
		return nil
	}
	for _, f := range before.Fields {
		if p.used[f.ID] > 0 && !slices.ContainsFunc(p.draft.Fields, func(o template.Field) bool { return o.ID == f.ID }) {
			out = append(out, f.ID)
		}
	}
	return out
}

// save makes the draft the archive's template, as one step to undo.
func (p *Page) save() {
	p.form.Commit()
	switch err := p.draft.Check(); {
	case len(p.wrong) > 0:
		p.s.Say(i18n.T("templating.wrong"))
		return
	case err != nil:
		p.s.Say(session.Words(err))
		p.toFault()
		return
	case !p.dirty():
		p.s.Say(i18n.T("templating.same"))
		return
	}
	text := encoded(p.draft)
	e := &archive.Edit{Do: "template.set", Template: p.draft.ID, Text: &text}
	if program, err := template.Read(p.draft.ID); err == nil && encoded(program) == text {
		e.Text = nil
	}
	p.writing = true
	of := p.of
	p.s.Apply(func(_ []storage.Result, err error) {
		p.writing = false
		if err == nil && p.of == of {
			p.saved = text
			p.s.SaveDraft("", session.TemplateSlot, "", false)
			p.s.Say(i18n.T("templating.saved"))
		}
		p.weigh()
		p.show()
	}, e)
}

// toFault chooses the first field with a fault.
func (p *Page) toFault() {
	for i := range p.draft.Fields {
		if len(p.draft.Faults(i)) > 0 {
			p.list.SetSelected(i + 1)
			p.choose()
			return
		}
	}
}

// read begins with the template of a file.
func (p *Page) read(path string) {
	p.s.Config().Go(func() {
		data, err := os.ReadFile(path)
		p.s.Config().Do(func() {
			if err != nil {
				p.s.Fail(err)
				return
			}
			p.take(data)
		})
	})
}

// ending ends the name of a template's file.
const ending = ".json"

// write writes the draft to a file that must not be there yet.
func (p *Page) write(path string) {
	p.form.Commit()
	if !strings.EqualFold(filepath.Ext(path), ending) {
		path += ending
	}
	data := encoded(p.draft)
	p.s.Config().Go(func() {
		err := writeNew(path, data)
		p.s.Config().Do(func() {
			if err != nil {
				p.s.Fail(err)
				return
			}
			p.s.Say(i18n.T("templating.written", "path", session.OneLine(path)))
		})
	})
}

// writeNew writes a file that is not there.
func writeNew(path, data string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if _, err = f.WriteString(data); err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
