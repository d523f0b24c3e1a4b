package desk

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// fieldsPane is the tab of fields.
type fieldsPane struct {
	d    *Desk
	form *widgets.FieldForm
	doc  archive.ID // whose fields the form has
}

func newFieldsPane(d *Desk) *fieldsPane {
	f := &fieldsPane{d: d}
	f.form = widgets.NewFieldForm(widgets.FieldWords{
		Proposed: i18n.T("text.proposed"), Where: i18n.T("form.where"), Required: i18n.T("form.required"), Untaken: i18n.T("form.untaken"), Add: i18n.T("form.add"), NotStated: i18n.T("value.notstated"),
		Mine: i18n.T("form.mine"), Theirs: i18n.T("form.theirs"), Kept: i18n.T("form.kept"),
		Rule:       session.RuleWord,
		By:         func(who string) string { return i18n.T("form.by", "who", session.OneLine(who)) },
		Confidence: confidence,
		TooLong:    func(have, limit int) string { return i18n.T("form.toolong", "have", have, "limit", limit) },
	})
	f.form.Covers = session.Covers
	f.form.After, f.form.Do = d.s.Timer(), d.s.Config().Do
	f.form.OnSet = f.set
	f.form.OnDraft = f.draft
	f.form.OnTheirs = func(field string) {
		d.s.Forget(f.doc, field)
		d.s.Say(i18n.T("form.theirs.kept"))
	}
	f.form.OnAct = d.actOn
	f.form.OnType = func(id, text string) string {
		field := d.s.Field(id)
		f.lookUp(&field, text)
		field.Filed = f.filed()
		return field.Reads(text, f.year(&field))
	}
	f.form.OnOffers = func(field string) {
		if chosen := d.s.Field(field); len(chosen.Chosen("")) > 0 {
			f.form.SetOffers(field, chosen.Chosen(""))
			return
		}
		of := d.s.Field(field)
		f.warm(&of)
		d.s.LastValues(field, func(values []string) { f.form.SetOffers(field, values) })
	}
	f.form.OfferWords = func(field, value string) string {
		f := d.s.Field(field)
		return f.Called(value)
	}
	f.form.OnMenu = d.fieldMenu
	f.form.OnEvidence = func(id string) { d.reveal(archive.ID(id)) }
	return f
}

func (f *fieldsPane) content() fyne.CanvasObject { return f.form }

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

// beside is what stands below the values of a field: of each, which one it is of where there
// are several.
func (f *fieldsPane) beside(field *template.Field, values []widgets.ValueView) string {
	var said []string
	year := f.year(field)
	field.Filed = f.filed()
	for _, x := range values {
		words := cmp.Or(field.Beside(x.Text, year), f.outside(field, x.Text))
		if words != "" && len(values) > 1 {
			words = i18n.T("form.beside", "value", short(x.Text), "said", words)
		}
		if words != "" {
			said = append(said, words)
		}
	}
	return strings.Join(said, "\n")
}

// filed says whether the document that is shown lies in a file.
func (f *fieldsPane) filed() bool {
	doc := f.d.s.Document()
	return doc != nil && template.InFile(doc.Document, f.d.s.Units())
}

// year is the year that the values of a field are read by here.
func (f *fieldsPane) year(field *template.Field) int {
	if doc := f.d.s.Document(); doc != nil {
		return field.Year(doc.Date())
	}
	return 0
}

// show brings the fields of the document that is shown. Typing stays.
func (f *fieldsPane) show() {
	doc := f.d.s.Document()
	f.form.SetReadOnly(f.d.fixed() != "")
	if doc == nil {
		f.doc = ""
		f.form.SetDocument("")
		f.form.SetFields(nil)
		return
	}
	f.doc = doc.ID
	f.form.SetDocument(string(doc.ID))
	views := make([]widgets.FieldView, 0, 16)
	for _, field := range f.d.s.Fields(doc) {
		views = append(views, f.view(doc, &field))
	}
	f.form.SetFields(views)
}

func (f *fieldsPane) view(doc *session.Doc, field *template.Field) widgets.FieldView {
	v := widgets.FieldView{ID: field.ID, Label: field.LabelWords(), Help: field.HelpWords(), Required: f.force(doc, field) == template.Always && field.Compute == "",
		Repeatable: field.Repeatable, LongText: field.Long(), Badges: f.badges(doc, field)}
	if words := f.offerWords(doc, field); words != "" {
		v.Help = words
	}
	for _, it := range doc.Of(archive.AValue) {
		if it.Key == field.ID && it.InForce() {
			v.Values = append(v.Values, widgets.ValueView{ID: string(it.ID), Text: it.Text, NotStated: it.NotStated(), By: it.By, HasEvidence: it.Anchor.OnPicture() || it.Anchor != nil && it.Anchor.Text == doc.Info.Text})
		}
	}
	if computed := field.Computed(doc.Document); len(computed) > 0 {
		v.Computed = true
		for _, text := range computed {
			v.Values = append(v.Values, widgets.ValueView{Text: text})
		}
	}
	v.Proposals = f.d.views(doc, openOf(doc, archive.AValue, field.ID))
	if it := doc.RejectedOf(f.d.s.Rules(), field.ID, f.d.s.Actor()); it != nil {
		v.Hint = i18n.T("form.rejected", "value", short(session.ProposedWords(it)), "who", it.Decision.By, "when", moment(it.Decision.At.Time()), "why", it.Decision.Reason)
	}
	if sign := f.d.fieldSign(doc, field.ID); sign != "" && v.Hint == "" {
		v.Hint = sign
	}
	if v.Hint == "" {
		v.Hint = f.beside(field, v.Values)
	}
	if words := f.d.s.InheritedWords(doc.Document, field); words != "" {
		v.Required = false // what is handed down is not missing
		if v.Hint == "" {
			v.Hint = words
		}
	}
	for _, draft := range f.d.s.DraftsOf(doc.ID, field.ID) {
		if session.FieldOf(draft.Slot) != field.ID {
			continue
		}
		v.Drafts = append(v.Drafts, widgets.DraftView{Row: session.RowOf(draft.Slot), Text: draft.Text})
		if f.d.s.Left(draft) {
			v.Hint = i18n.T("form.draft", "when", moment(draft.At))
		}
		if err := f.d.s.NotKept(doc.ID, draft.Slot); err != nil {
			v.Error = session.UnsavedWords(err)
		}
	}
	if held := f.d.s.HeldIn(doc.ID, field.ID); held != nil {
		v.Typed, v.Hint = held.Texts, ""
		if v.Typed == nil {
			v.Typed = []string{}
		}
		switch {
		case !held.Refused():
			v.Error = session.UnsavedWords(held.Err)
		case f.d.s.Asks(held):
			v.Error, v.Choice = f.stale(&v, held.Err), true
		default:
			v.Error = session.Words(held.Err)
		}
	}
	return v
}

// stale says what somebody else has set, and who.
func (f *fieldsPane) stale(v *widgets.FieldView, err error) string {
	var now []string
	who := ""
	for _, it := range v.Values {
		now, who = append(now, session.OneLine(session.ValueWords(it.Text))), it.By
	}
	var r *archive.Refusal
	if errors.As(err, &r) && r.Args["who"] != "" {
		who = session.OneLine(r.Args["who"])
	}
	if len(now) == 0 {
		return i18n.T("form.stale.empty", "who", who)
	}
	return i18n.T("form.stale", "who", who, "now", i18n.List(now))
}

// offer shows the drafts that were left behind, which may come after the fields
// of the document did.
func (f *fieldsPane) offer() {
	doc := f.d.s.Document()
	if doc == nil || f.form.Dirty() {
		f.show()
		return
	}
	if slices.ContainsFunc(f.d.s.DraftsOf(doc.ID, ""), f.d.s.Left) {
		f.form.SetDocument("")
	}
	f.show()
}

// set makes an edit of what was typed. A refusal is said beside the field, and
// what was typed stays there: the session holds it.
func (f *fieldsPane) set(field string, texts []string) {
	values := make([]archive.ValueIn, len(texts))
	for i, t := range texts {
		values[i].Value = t
	}
	var keep []string
	for _, row := range f.form.Typing(field) {
		keep = append(keep, session.RowSlot(field, row))
	}
	doc := f.doc
	f.d.s.SetField(doc, field, values, func(_ []storage.Result, err error) {
		if err == nil && f.doc == doc {
			f.form.Answered(field)
		}
	}, keep...)
}

// draft keeps what is being typed, unless it is what stands there.
func (f *fieldsPane) draft(field, row, text string, typed bool) {
	if doc := f.d.s.Document(); doc != nil && doc.ID == f.doc {
		f.d.s.SaveDraft(doc.ID, session.RowSlot(field, row), text, typed)
	}
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
