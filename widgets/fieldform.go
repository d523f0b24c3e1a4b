package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// ValueView is one value of a field that is in force.
type ValueView struct {
	ID          string // names the value to OnEvidence; "" where it has none
	Text        string
	NotStated   bool   // that there is none is what it says: FieldWords.NotStated, and Text is ""
	By          string // who gave it, "" not to say
	HasEvidence bool   // the place in the text that it was taken from is known
}

// DraftView is what was typed in one value of a field.
type DraftView struct {
	Row  string // as OnDraft named it
	Text string
}

// FieldView is one field as the form shows it.
type FieldView struct {
	ID         string
	Label      string
	Help       string // shown while the field is empty
	Required   bool
	Repeatable bool
	LongText   bool     // several lines
	Badges     []string // quiet words in frames behind the label, two at most: how strongly it is asked for
	Computed   bool     // the values are known and cannot be typed over
	Values     []ValueView
	Proposals  []ProposalView
	Drafts     []DraftView // typed before and never committed; used when the field first appears
	// Typed are values that were set and are not in force, nil for none; used when
	// the field first appears. Error says why they are not.
	Typed  []string
	Error  string // what is wrong with the value last given, and what to do
	Choice bool   // somebody else has changed the values: which are to stand is asked for
	Hint   string // a live reading of the value, such as a date in words
}

// FieldWords are the words of a FieldForm in the person's language.
type FieldWords struct {
	Proposed string // "proposed", 待审
	Where    string // "where", 出处: shows the place in the text
	Required string // "required", 必填
	Untaken  string // in its place where something is proposed and nobody has taken it yet
	Add      string // "another value", 再加一个
	// NotStated stands in a field of which somebody said that the source says nothing,
	// "not stated in the source", 原文未载. It is no text: typing takes its place.
	NotStated string
	Mine      string // "Use mine", 采用我的: of two values, FieldView.Choice
	Theirs    string // "Keep theirs", 保留对方的
	Kept      string // said when Escape has kept a long text as a draft
	// Rule says in words what found a proposal, by ProposalView.Rule; "" is not
	// said. Nil says nothing.
	Rule func(rule string) string
	// By says who gave a value. Nil gives the bare name.
	By func(who string) string
	// Confidence says how sure a proposal is, 0 to 1. Nil does not say.
	Confidence func(c float64) string
	// TooLong says that a text of have code points was refused.
	TooLong func(have, limit int) string
}

// The keys of a FieldForm beside those of its entries and of what can be done
// with its proposals. They act on the field that has the focus, or on the
// proposal that has it.
const (
	keyWhere = fyne.KeyW // Alt+W
	keyAdd   = fyne.KeyN // Alt+N
)

// FieldForm shows the fields of one document in a column that scrolls: label
// above field, the proposals for it below. Tab goes from a field to its
// proposals to the next field. Rows outlive SetFields while their ids stay, so
// that focus, caret and typing do too.
type FieldForm struct {
	widget.BaseWidget

	// OnSet takes all values of a field, without empty ones, when one of them
	// was committed and something differs. Until SetFields brings them, or
	// others, or an Error, the form shows what was typed.
	OnSet func(fieldID string, values []string)
	// OnDraft takes what is being typed in a row, at most 400 ms after a key; typed
	// is false where it is what stands there, and so nothing to keep. The row is ""
	// for the only value of a field, else names one of several: the id of its
	// value, or "+" and a number.
	OnDraft func(fieldID, row, text string, typed bool)
	// OnTheirs is told that what was typed gives way to what somebody else has set.
	OnTheirs func(fieldID string)
	// OnType takes what is being typed at once, and gives a live reading of it to stand
	// below the field instead of its Hint, "" for none.
	OnType func(fieldID, text string) string
	// OnAct takes what the person does with a proposal, by ProposalAct.ID.
	OnAct func(proposalID, act string)
	// OnEvidence asks for the place that a value or a proposal comes from.
	OnEvidence func(id string)
	// OnOffers asks for what a field was given last, when it gets the focus: answer
	// with SetOffers.
	OnOffers func(fieldID string)
	// OfferWords says what a value that is offered is called, "" for nothing else than it
	// says. Nil says nothing.
	OfferWords func(fieldID, value string) string
	// OnMenu is told of a secondary press on a field beside its entries, with the
	// place on the canvas.
	OnMenu func(fieldID string, at fyne.Position)
	// OnFocus is told of the field that got the focus.
	OnFocus func(fieldID string)
	// OnEscape is told of Escape where nothing is typed that it could leave.
	OnEscape func()
	// OnShortcut is asked before a field acts on a shortcut.
	OnShortcut func(s fyne.Shortcut) bool

	// Covers says which runes the font has.
	Covers CoversFunc
	// After and Do are the timer of drafts; nil means the real ones.
	After AfterFunc
	Do    DoFunc

	words   FieldWords
	own     proposalOwner
	doc     string
	rows    []*fieldRow
	fixed   bool
	refocus string // field to focus when the next document's fields come
	offers  *formOffers

	scroll *container.Scroll
	body   *fyne.Container
	height float32 // of the body, as last placed
	faces  *formFaces
}

// NewFieldForm makes an empty form.
func NewFieldForm(words FieldWords) *FieldForm {
	f := &FieldForm{words: words}
	f.own, f.offers = f.proposals(), newFormOffers(f)
	f.body = container.New(formLayout{f})
	f.scroll = container.NewVScroll(f.body)
	f.ExtendBaseWidget(f)
	return f
}

// SetDocument says which document the fields are of. Another key drops all rows
// with what is typed in them and never calls OnSet: call Commit before leaving
// the document. The field that had the focus gets it again with the next
// SetFields.
func (f *FieldForm) SetDocument(key string) {
	if key == f.doc {
		return
	}
	f.doc = key
	f.refocus = f.FocusedField()
	for _, r := range f.rows {
		r.drop()
	}
	f.rows = nil
	f.scroll.ScrollToTop()
	f.rebuild()
}

// SetFields shows fields, keeping the rows whose ids are there already.
func (f *FieldForm) SetFields(fields []FieldView) {
	old := make(map[string]*fieldRow, len(f.rows))
	for _, r := range f.rows {
		old[r.view.ID] = r
	}
	changed, rebuilt := false, len(fields) != len(f.rows)
	rows := make([]*fieldRow, len(fields))
	for i, view := range fields {
		r := old[view.ID]
		delete(old, view.ID)
		if r != nil && r.view.LongText != view.LongText {
			r.drop()
			r = nil
		}
		if r == nil {
			r = newFieldRow(f, view)
			changed, rebuilt = true, true
		} else if c, b := r.update(view); c {
			changed, rebuilt = true, rebuilt || b
		}
		rebuilt = rebuilt || f.rows[i] != r
		rows[i] = r
	}
	for _, r := range old {
		r.drop()
	}
	f.rows = rows
	switch {
	case rebuilt:
		f.rebuild()
	case changed:
		f.place()
	}
	if f.refocus != "" && len(rows) > 0 {
		id := f.refocus
		f.refocus = ""
		if c := canvasOf(f); c != nil && c.Focused() == nil {
			f.FocusField(id)
		}
	}
}

// SetReadOnly lets values be selected and copied and not be changed.
func (f *FieldForm) SetReadOnly(on bool) {
	if f.fixed == on {
		return
	}
	f.fixed = on
	for _, r := range f.rows {
		r.setFixed()
	}
	f.place()
}

// Typing lists the rows of a field that have something typed and not committed.
func (f *FieldForm) Typing(fieldID string) []string {
	var out []string
	for _, r := range f.rows {
		if r.view.ID != fieldID {
			continue
		}
		for _, v := range r.values {
			if v.entry.Dirty() {
				out = append(out, v.name())
			}
		}
	}
	return out
}

// Commit hands what is typed and not committed to OnSet. Call it before the
// document is changed or the window closes.
func (f *FieldForm) Commit() {
	f.offers.release()
	for _, r := range f.rows {
		for _, v := range r.values {
			v.entry.Commit()
		}
	}
}

// Dirty reports whether anything is typed and not committed.
func (f *FieldForm) Dirty() bool {
	return slices.ContainsFunc(f.rows, func(r *fieldRow) bool {
		return slices.ContainsFunc(r.values, func(v *valueRow) bool { return v.entry.Dirty() })
	})
}

// FocusField gives the focus to the first entry of a field and reports whether
// there is such a field.
func (f *FieldForm) FocusField(id string) bool {
	for _, r := range f.rows {
		if r.view.ID == id {
			focus(f, r.values[0].entry)
			return true
		}
	}
	return false
}

// FocusFirst gives the focus to the first field.
func (f *FieldForm) FocusFirst() {
	if len(f.rows) > 0 {
		focus(f, f.rows[0].values[0].entry)
	}
}

// FocusedField is the id of the field that has the focus, itself or with one of
// its proposals; "" when none has.
func (f *FieldForm) FocusedField() string {
	for _, r := range f.rows {
		if r.focused() {
			return r.view.ID
		}
	}
	return ""
}

// Answered says that the values last handed to OnSet are dealt with, and that
// what SetFields brought is what came of it, as where they are only proposed.
func (f *FieldForm) Answered(id string) {
	for _, r := range f.rows {
		if r.view.ID == id && r.sent != nil {
			r.sent = nil
			if r.matchValues() {
				f.rebuild()
			} else {
				f.place()
			}
		}
	}
}

// Proposed reports whether something is proposed for a field.
func (f *FieldForm) Proposed(fieldID string) bool {
	return slices.ContainsFunc(f.rows, func(r *fieldRow) bool { return r.view.ID == fieldID && len(r.proposals) > 0 })
}

// FocusedProposal is the proposal that has the focus; where a field has it, the
// first of the field; "" where there is none.
func (f *FieldForm) FocusedProposal() string {
	for _, r := range f.rows {
		if !r.focused() {
			continue
		}
		for _, p := range r.proposals {
			if p.focused {
				return p.view.ID
			}
		}
		if len(r.proposals) > 0 {
			return r.proposals[0].view.ID
		}
	}
	return ""
}

// FocusProposal gives a proposal the focus and reports whether it is there.
func (f *FieldForm) FocusProposal(id string) bool {
	if p := f.find(id); p != nil {
		focus(f, p)
		return true
	}
	return false
}

// Find is the object that shows a proposal, or nil.
func (f *FieldForm) Find(id string) fyne.CanvasObject {
	if p := f.find(id); p != nil {
		return p
	}
	return nil
}

func (f *FieldForm) find(id string) *proposalBox {
	for _, r := range f.rows {
		for _, p := range r.proposals {
			if p.view.ID == id {
				return p
			}
		}
	}
	return nil
}

// CreateRenderer draws the scrolled column.
func (f *FieldForm) CreateRenderer() fyne.WidgetRenderer {
	return &formRenderer{f}
}
