package widgets

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/widgets/look"
)

// fieldRow is one field of a form: its label, its entries, what is to be said
// about them, and its proposals.
type fieldRow struct {
	form *FieldForm
	view FieldView

	label, mark *canvas.Text // mark: "required", or who gave the value
	badges      [mostBadges]*badge
	where       *press // of a field with one value, on the label's line
	values      []*valueRow
	add         *press
	mine        *press // the two answers to FieldView.Choice
	theirs      *press
	bad, hint   *paragraph
	proposals   []*proposalBox

	sent, before []string // values handed to OnSet and not heard of; those before
	notice       string   // said in place of the error until the next key
	typed        bool     // since the values were shown: the reading is of what stands there
	reading      string   // of what is typed
	hinted       string   // what stands below the field, as last placed
	kept         bool     // Escape has kept a draft, and that is said
	made         int      // rows of new values so far
	marked       bool     // drawn as empty
	top, bottom  float32  // as last placed
}

// valueRow is one value of a field.
type valueRow struct {
	row   *fieldRow
	id    string
	slot  string // what drafts of a new value are called
	entry *Entry
	where *press // of a field with several values, beside the entry
}

func newFieldRow(f *FieldForm, view FieldView) *fieldRow {
	r := &fieldRow{
		form:  f,
		label: canvas.NewText("", color.Transparent),
		mark:  canvas.NewText("", color.Transparent),
		bad:   newParagraph(6),
		hint:  newParagraph(3),
	}
	for i := range r.badges {
		r.badges[i] = newBadge()
	}
	r.where = newLink(f.words.Where, "", func() { r.evidence(r.values[0]) })
	r.add = newLink("+ "+f.words.Add, "Alt+N", r.addValue)
	enter, esc := "Enter", "Esc"
	if view.LongText {
		enter = "Ctrl+Enter"
	}
	r.mine, r.theirs = newPress(f.words.Mine, enter, r.useMine), newPress(f.words.Theirs, esc, r.keepTheirs)
	r.view.LongText = view.LongText
	r.update(view)
	r.restore()
	r.setFixed()
	return r
}

// drop lets nothing of a row that is gone be heard again: its entry may still
// have the focus and lose it later.
func (r *fieldRow) drop() {
	for _, v := range r.values {
		v.drop()
	}
	for _, p := range r.proposals {
		if c := canvasOf(r.form); c != nil && p.focused {
			c.Unfocus()
		}
	}
}

func (v *valueRow) drop() {
	e := v.entry
	e.endDraft()
	e.OnKey, e.OnCancel = nil, nil
	e.OnCommit, e.OnDraft, e.OnType, e.OnFocus, e.OnShortcut, e.OnLimit = nil, nil, nil, nil, nil, nil
	if c := canvasOf(v.row.form); c != nil && e.focused {
		c.Unfocus()
	}
}

// texts are those of values, without one that is not stated.
func texts(values []ValueView) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		if !v.NotStated {
			out = append(out, v.Text)
		}
	}
	return out
}

// equalView compares all that a row shows.
func equalView(a, b *FieldView) bool {
	return a.ID == b.ID && a.Label == b.Label && a.Help == b.Help && a.Required == b.Required &&
		a.Repeatable == b.Repeatable && a.Error == b.Error && a.Hint == b.Hint && a.Choice == b.Choice && a.Computed == b.Computed &&
		slices.Equal(a.Badges, b.Badges) && slices.Equal(a.Values, b.Values) && slices.EqualFunc(a.Proposals, b.Proposals, equalProposal)
}

// update shows a view. It reports whether anything changed and whether the row
// has other objects than before.
func (r *fieldRow) update(view FieldView) (changed, rebuilt bool) {
	if len(r.values) > 0 && equalView(&r.view, &view) && r.sent == nil {
		return false, false
	}
	// What was set from an earlier form of the same field, and comes to be known
	// as not in force only now.
	late := len(r.values) > 0 && r.sent == nil && r.view.Typed == nil && view.Typed != nil && !r.dirty()
	r.view = view
	r.typed = r.typed && (r.dirty() || r.sent != nil)
	if r.takeValues() {
		rebuilt = r.matchValues()
	}
	if late {
		rebuilt = r.overlay(view.Typed) || rebuilt
	}
	for _, v := range r.values {
		v.entry.SetReadOnly(r.locked())
		v.entry.SetBad(view.Error != "")
		v.entry.Await(view.Choice)
		v.prompt()
	}
	return true, r.matchProposals() || rebuilt
}

// takeValues decides whether the values of the view are news. Values that were
// sent off are shown until the answer comes: a refresh for another reason still
// has the old ones, and a refusal must not cost the person what was typed.
func (r *fieldRow) takeValues() bool {
	if r.sent == nil {
		return true
	}
	now := texts(r.view.Values)
	switch {
	case slices.Equal(now, r.sent):
	case r.view.Error != "":
		var typed []string
		for _, v := range r.values {
			typed = append(typed, v.entry.Text)
		}
		r.overlay(typed)
		r.sent = nil
		return false
	case slices.Equal(now, r.before):
		return false
	}
	r.sent = nil
	return true
}

// matchValues gives every value of the view an entry: the one it had, else the
// one at its place, else a new one. Entries left over stay while they are typed
// in or have the focus. It reports whether there are other entries now.
func (r *fieldRow) matchValues() (rebuilt bool) {
	old := slices.Clone(r.values)
	left := slices.Clone(old)
	find := func(ok func(i int, v *valueRow) bool) *valueRow {
		for i, v := range left {
			if v != nil && ok(i, v) {
				left[i] = nil
				return v
			}
		}
		return nil
	}
	views := r.view.Values
	if len(views) == 0 {
		views = []ValueView{{}}
	}
	ids := map[string]bool{}
	for _, view := range views {
		ids[view.ID] = view.ID != ""
	}
	out := make([]*valueRow, len(views))
	for j, view := range views {
		if view.ID != "" {
			out[j] = find(func(_ int, v *valueRow) bool { return v.id == view.ID })
		}
	}
	for j, view := range views {
		if out[j] == nil {
			out[j] = find(func(i int, v *valueRow) bool { return i == j && !ids[v.id] })
		}
		if out[j] == nil {
			out[j] = r.newValue()
		}
		if out[j].id = view.ID; view.ID != "" {
			out[j].slot = ""
		}
		out[j].entry.SetCommitted(view.Text)
	}
	for _, v := range left {
		switch {
		case v == nil:
		case r.view.Repeatable && (v.entry.Dirty() || v.entry.focused):
			v.slot = v.name()
			v.id = ""
			v.entry.SetCommitted("")
			out = append(out, v)
		default:
			v.drop()
		}
	}
	r.values = out
	for _, v := range out {
		v.prompt()
	}
	return !slices.Equal(old, out)
}

func (r *fieldRow) newValue() *valueRow {
	f := r.form
	v := &valueRow{row: r}
	if r.view.LongText {
		v.entry = NewMultiLineEntry()
	} else {
		v.entry = NewEntry()
	}
	v.prompt()
	v.entry.After, v.entry.Do = f.After, f.Do
	v.entry.OnCommit = func(string) {
		r.send()
		f.offers.show()
	}
	v.entry.OnDraft = func(string) { r.draft(v) }
	v.entry.OnKey = func(k *fyne.KeyEvent) bool { return r.key(v, k) }
	v.entry.OnCancel = func() { r.keepSaid(false) }
	v.entry.SetReadOnly(r.locked())
	v.entry.OnType = func(text string) {
		r.kept = false
		r.read(text)
		r.say("")
		f.offers.shut = false
		f.offers.show()
	}
	v.entry.OnLimit = func(have, limit int) {
		if f.words.TooLong != nil {
			r.say(f.words.TooLong(have, limit))
		}
	}
	v.entry.OnFocus = func(on bool) {
		if on {
			r.reveal(v.entry)
		}
		f.offers.focused(v, on)
	}
	v.entry.OnShortcut = func(s fyne.Shortcut) bool { return r.shortcut(s, v, nil) }
	v.where = newLink(f.words.Where, "", func() { r.evidence(v) })
	return v
}

// locked says whether nothing can be typed in the row.
func (r *fieldRow) locked() bool { return r.form.fixed || r.view.Computed }

// read has what is typed read, and shows the reading where it is another.
func (r *fieldRow) read(text string) {
	if r.form.OnType == nil {
		return
	}
	r.typed = true
	if r.reading = r.form.OnType(r.view.ID, text); r.below() != r.hinted {
		r.form.place()
	}
}

// below is what stands below the field.
func (r *fieldRow) below() string {
	switch {
	case r.kept:
		return r.form.words.Kept
	case r.typed && (r.dirty() || r.sent != nil):
		return r.reading
	}
	return r.view.Hint
}

// say puts words below the field and keeps the mark of an empty one true.
func (r *fieldRow) say(notice string) {
	if r.notice != notice || r.empty() != r.marked {
		r.notice = notice
		r.form.place()
	}
}

// notStated says whether the field says that the source states nothing.
func (r *fieldRow) notStated() bool { return len(r.view.Values) == 1 && r.view.Values[0].NotStated }

func (r *fieldRow) empty() bool {
	return !r.notStated() && !slices.ContainsFunc(r.values, func(v *valueRow) bool { return strings.TrimSpace(v.entry.Text) != "" })
}

// requiredMark says that the field is to be filled in, or that what is proposed
// for it waits to be taken.
func (r *fieldRow) requiredMark() string {
	if len(r.proposals) > 0 && r.form.words.Untaken != "" {
		return "⚠ " + r.form.words.Untaken
	}
	return "⚠ " + r.form.words.Required
}

// Filled reports whether anything stands, or is typed, in a field.
func (f *FieldForm) Filled(fieldID string) bool {
	return slices.ContainsFunc(f.rows, func(r *fieldRow) bool { return r.view.ID == fieldID && !r.empty() })
}

// addValue opens an empty entry for another value, or goes to the one there is.
func (r *fieldRow) addValue() {
	if !r.view.Repeatable || r.locked() {
		return
	}
	for _, v := range r.values {
		if v.entry.Text == "" {
			focus(r.form, v.entry)
			return
		}
	}
	v := r.newValue()
	r.values = append(r.values, v)
	r.form.rebuild()
	focus(r.form, v.entry)
}

func (r *fieldRow) evidence(v *valueRow) {
	if v.id == "" || r.form.OnEvidence == nil {
		return
	}
	r.form.OnEvidence(v.id)
}

// shortcut acts on the form's own keys, for a value or for a proposal of it.
func (r *fieldRow) shortcut(s fyne.Shortcut, v *valueRow, p *proposalBox) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return r.form.OnShortcut != nil && r.form.OnShortcut(s)
	}
	target, alt := p, c.Modifier == fyne.KeyModifierAlt
	if target == nil && len(r.proposals) > 0 {
		target = r.proposals[0]
	}
	switch {
	case target != nil && target.byKey(c):
	case alt && c.KeyName == keyAdd && r.view.Repeatable:
		r.addValue()
	case alt && c.KeyName == keyWhere && p != nil:
		p.evidence()
	case alt && c.KeyName == keyWhere && v != nil:
		r.evidence(v)
	default:
		return r.form.OnShortcut != nil && r.form.OnShortcut(s)
	}
	return true
}

func (r *fieldRow) focused() bool {
	return slices.ContainsFunc(r.values, func(v *valueRow) bool { return v.entry.focused }) ||
		slices.ContainsFunc(r.proposals, func(p *proposalBox) bool { return p.focused })
}

// reveal scrolls to what has got the focus: the whole field where it fits.
func (r *fieldRow) reveal(o fyne.CanvasObject) {
	f := r.form
	top, bottom := r.top, r.bottom
	if bottom-top > f.scroll.Size().Height-2*look.Near {
		top, bottom = o.Position().Y, o.Position().Y+o.Size().Height
	}
	f.reveal(top, bottom)
	if f.OnFocus != nil {
		f.OnFocus(r.view.ID)
	}
}
