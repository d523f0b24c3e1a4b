package app

import (
	"os"
	"slices"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/app/templating"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// fromFile is the choice of a template of one's own.
const fromFile = "\x00file"

// openTemplate asks by which template documents are to be described.
func (w *window) openTemplate() {
	now := w.s.Template()
	var choices []widgets.Choice
	for _, id := range template.IDs() {
		t, err := template.Read(id)
		if err != nil {
			w.s.Fail(err)
			return
		}
		choices = append(choices, widgets.Choice{ID: id, Title: t.LabelWords(), Sub: i18n.N("template.says", len(t.Fields), "use", t.UseWords()), Also: id + " " + t.Rules})
	}
	if !slices.Contains(template.IDs(), now.ID) {
		choices = append(choices, widgets.Choice{ID: now.ID, Title: now.LabelWords(), Sub: i18n.N("template.says", len(now.Fields), "use", i18n.T("template.own"))})
	}
	for i := range choices {
		if choices[i].ID == now.ID {
			choices[i].Badge = "✓"
		}
	}
	choices = append(choices, widgets.Choice{ID: fromFile, Title: i18n.T("template.file"), Sub: i18n.T("template.file.says")})
	c := widgets.NewChooser(i18n.T("template.ask"), i18n.T("chooser.nothing"), choices)
	c.Covers, c.Start = session.Covers, now.ID
	c.OnPick = func(id string) {
		switch id {
		case now.ID:
		case fromFile:
			w.pick(pickTemplate, i18n.T("template.file"), i18n.T("template.pick"), i18n.T("template.do"), w.readTemplate)
		default:
			w.setTemplate(&archive.Edit{Do: "template.set", Template: id})
		}
	}
	c.Show(w.win.Canvas())
}

// newTemplating makes the page on which the template is edited.
func (w *window) newTemplating() *templating.Page {
	p := templating.New(w.s, w.win.Canvas())
	p.OnLeave = w.leaveScreen
	p.OnRead = func(done func(path string)) {
		w.pick(pickTemplate, i18n.T("templating.read.title"), i18n.T("templating.read.text"), i18n.T("templating.read.do"), done)
	}
	p.OnWrite = func(done func(path string)) {
		w.pick(pickNew, i18n.T("templating.write.title"), i18n.T("templating.write.text"), i18n.T("templating.write.do"), done)
	}
	return p
}

// bindTemplates says what the commands of the template's editor do; on it, the keys that go
// from document to document move the chosen field.
func (w *window) bindTemplates() {
	c := w.s.Commands
	c.Bind("template.edit", func() { w.openScreen(templating.Screen) }, w.s.Open)
	for id, by := range map[string]int{"doc.next": 1, "doc.previous": -1} {
		c.Bind(id, func() {
			if w.editsTemplate() {
				w.templates.Move(by)
				return
			}
			w.s.Move(by)
		}, func() bool { return w.editsTemplate() || w.s.Rows() > 0 })
	}
}

// editsTemplate says whether the template is being edited.
func (w *window) editsTemplate() bool { return w.showing == templating.Screen && !w.prefing }

// readTemplate describes documents by the template of a file from now on.
func (w *window) readTemplate(path string) {
	w.s.Config().Go(func() {
		data, err := os.ReadFile(path)
		var t *template.Template
		if err == nil {
			t, err = template.Parse(data)
		}
		var own []byte
		if err == nil {
			own, err = t.JSON()
		}
		w.s.Config().Do(func() {
			if err != nil {
				w.s.Fail(err)
				return
			}
			text := string(own)
			w.setTemplate(&archive.Edit{Do: "template.set", Template: t.ID, Text: &text})
		})
	})
}

func (w *window) setTemplate(e *archive.Edit) {
	w.s.Flush()
	w.s.Apply(func(_ []storage.Result, err error) {
		if err != nil {
			return // it is said already
		}
		w.s.Say(i18n.T("template.set"))
	}, e)
}
