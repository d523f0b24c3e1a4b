package desk

import (
	"slices"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// fieldsPane is the tab of fields.
type fieldsPane struct {
	d      *Desk
	form   *widgets.FieldForm
	doc    archive.ID        // whose fields the form has
	errors map[string]string // by field: why its last edit was refused
}

func newFieldsPane(d *Desk) *fieldsPane {
	f := &fieldsPane{d: d, errors: map[string]string{}}
	f.form = widgets.NewFieldForm(widgets.FieldWords{
		Proposed: i18n.T("text.proposed"), Where: i18n.T("form.where"), Required: i18n.T("form.required"), Add: i18n.T("form.add"),
		Rules:      ruleWords(),
		By:         func(who string) string { return i18n.T("form.by", "who", session.OneLine(who)) },
		Confidence: confidence,
		TooLong:    func(have, limit int) string { return i18n.T("form.toolong", "have", have, "limit", limit) },
	})
	f.form.Covers = session.Covers
	f.form.After, f.form.Do = d.s.Timer(), d.s.Config().Do
	f.form.OnSet = f.set
	f.form.OnDraft = f.draft
	f.form.OnAct = d.actOn
	f.form.OnEvidence = func(id string) { d.reveal(archive.ID(id)) }
	return f
}

func (f *fieldsPane) content() fyne.CanvasObject { return f.form }

// ruleWords says in words what found a proposal. The keys are those of the
// readers of files.
func ruleWords() map[string]string {
	return map[string]string{
		"title.html": i18n.T("rule.title.html"), "title.label": i18n.T("rule.title.label"), "title.first-line": i18n.T("rule.title.first"),
		"source.line": i18n.T("rule.source.line"), "source.label": i18n.T("rule.source.label"), "creator.label": i18n.T("rule.creator.label"),
		"date.line": i18n.T("rule.date.line"), "date.near-top": i18n.T("rule.date.top"), "date.end": i18n.T("rule.date.end"), "date.label": i18n.T("rule.date.label"),
	}
}

// confidence says how sure a rule is, in words: a number would promise more.
func confidence(c float64) string {
	switch {
	case c >= 0.85:
		return i18n.T("confidence.sure")
	case c >= 0.65:
		return i18n.T("confidence.likely")
	}
	return i18n.T("confidence.maybe")
}

// show brings the fields of the document that is shown. Typing stays.
func (f *fieldsPane) show() {
	doc := f.d.s.Document()
	if doc == nil {
		f.doc = ""
		f.form.SetDocument("")
		f.form.SetFields(nil)
		return
	}
	if doc.ID != f.doc {
		f.doc = doc.ID
		clear(f.errors)
	}
	f.form.SetDocument(string(doc.ID))
	views := make([]widgets.FieldView, 0, 16)
	for _, field := range f.d.s.Fields(doc) {
		views = append(views, f.view(doc, &field))
	}
	f.form.SetFields(views)
}

func (f *fieldsPane) view(doc *session.Doc, field *session.Field) widgets.FieldView {
	v := widgets.FieldView{ID: field.ID, Label: field.LabelWords(), Help: field.HelpWords(), Required: field.Required,
		Repeatable: field.Repeatable, LongText: field.Long(), Error: f.errors[field.ID]}
	for _, it := range doc.Of(archive.AValue) {
		if it.Key == field.ID && it.InForce() {
			v.Values = append(v.Values, widgets.ValueView{ID: string(it.ID), Text: it.Text, By: it.By, HasEvidence: it.Anchor != nil})
		}
	}
	v.Proposals = f.d.views(doc, openOf(doc, archive.AValue, field.ID))
	if it := doc.RejectedOf(field.ID, f.d.s.Actor()); it != nil {
		v.Hint = i18n.T("form.rejected", "value", short(it.Text), "who", it.Decision.By, "when", moment(it.Decision.At.Time()), "why", it.Decision.Reason)
	}
	if draft, ok := f.d.s.Draft(doc.ID, field.ID); ok {
		v.Draft = draft.Text
		if f.d.s.Left(draft) {
			v.Hint = i18n.T("form.draft", "when", moment(draft.At))
		}
	}
	return v
}

// offer shows the drafts that were left behind, which may come after the fields
// of the document did.
func (f *fieldsPane) offer() {
	doc := f.d.s.Document()
	if doc == nil || f.form.Dirty() {
		f.show()
		return
	}
	for _, field := range f.d.s.Fields(doc) {
		if draft, ok := f.d.s.Draft(doc.ID, field.ID); ok && f.d.s.Left(draft) {
			f.form.SetDocument("")
			break
		}
	}
	f.show()
}

// set makes an edit of what was typed. A refusal is said beside the field, and
// what was typed stays there.
func (f *fieldsPane) set(field string, texts []string) {
	values := make([]archive.ValueIn, len(texts))
	for i, t := range texts {
		values[i].Value = t
	}
	delete(f.errors, field)
	doc := f.doc
	f.d.s.SetField(doc, field, values, func(_ []storage.Result, err error) {
		switch {
		case f.doc != doc:
		case err != nil:
			f.errors[field] = session.Words(err)
			f.show()
		default:
			f.form.Answered(field)
		}
	})
}

// draft keeps what is being typed, unless it is what stands there.
func (f *fieldsPane) draft(field, text string) {
	doc := f.d.s.Document()
	if doc == nil || doc.ID != f.doc {
		return
	}
	same := slices.ContainsFunc(doc.Values(field), func(it *archive.Item) bool { return it.Text == text })
	f.d.s.SaveDraft(doc.ID, field, text, !same && (text != "" || len(doc.Values(field)) > 0))
}

// focus goes to the first field with a proposal, else to the first.
func (f *fieldsPane) focus() {
	if f.form.FocusedField() != "" {
		return
	}
	doc := f.d.s.Document()
	if doc == nil {
		return
	}
	fields := f.d.s.Fields(doc)
	if len(fields) > 0 {
		f.form.FocusField(fields[0].ID)
	}
}
