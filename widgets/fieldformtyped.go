package widgets

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
)

// longTyping is how many code points typed are more than a few words: Escape does
// not throw them away at once.
const longTyping = 15

// LongTyping reports whether so much was changed between two texts that Escape
// should not throw it away at once.
func LongTyping(before, after string) bool {
	a, b := []rune(before), []rune(after)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(b) > longTyping
}

// name is what drafts of the row are called: see FieldForm.OnDraft.
func (v *valueRow) name() string {
	switch {
	case v.slot != "":
		return v.slot
	case !v.row.view.Repeatable:
		return ""
	case v.id != "":
		return v.id
	}
	v.row.made++
	v.slot = "+" + strconv.Itoa(v.row.made)
	return v.slot
}

// restore puts in what was typed before: values that are not in force yet, else
// drafts.
func (r *fieldRow) restore() {
	if r.view.Typed != nil {
		r.overlay(r.view.Typed)
		return
	}
	for _, d := range r.view.Drafts {
		if d.Text == "" || slices.Contains(texts(r.view.Values), d.Text) {
			continue
		}
		v := r.values[0]
		if r.view.Repeatable {
			v = r.rowOf(d.Row)
		}
		v.entry.Offer(d.Text)
	}
}

// rowOf is the row that a draft was typed in: that of its value, else an empty or
// a new one, which is called as it was.
func (r *fieldRow) rowOf(name string) *valueRow {
	for _, v := range r.values {
		if name != "" && v.id == name {
			return v
		}
	}
	v := r.values[len(r.values)-1]
	if v.entry.Text != "" {
		v = r.newValue()
		r.values = append(r.values, v)
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "+")); err == nil {
		r.made = max(r.made, n)
	}
	if v.slot = name; name == "" {
		v.slot = "+0" // drafts once had the name of the field alone
	}
	return v
}

func (r *fieldRow) dirty() bool {
	return slices.ContainsFunc(r.values, func(v *valueRow) bool { return v.entry.Dirty() })
}

// overlay shows what was typed over the values that are in force, and reports
// whether there are more entries by it.
func (r *fieldRow) overlay(typed []string) (more bool) {
	now := texts(r.view.Values)
	for len(r.values) < len(typed) {
		r.values, more = append(r.values, r.newValue()), true
	}
	at := func(all []string, i int) string {
		if i < len(all) {
			return all[i]
		}
		return ""
	}
	for i, v := range r.values {
		if text := at(typed, i); text != at(now, i) {
			v.entry.SetText(at(now, i))
			v.entry.SetTyped(text)
		}
	}
	return more
}

// send hands the values to OnSet if they differ from those that are known.
func (r *fieldRow) send() {
	values := []string{}
	r.kept = false
	for _, v := range r.values {
		if r.view.Typed != nil || r.view.Choice {
			v.entry.accept() // they were set together, and are set together again
		}
		if text := v.entry.Committed(); strings.TrimSpace(text) != "" {
			values = append(values, text)
		}
	}
	known := texts(r.view.Values)
	if r.sent != nil {
		known = r.sent
	}
	if slices.Equal(values, known) || r.form.OnSet == nil {
		if r.view.Choice {
			r.keepTheirs() // they say the same
		}
		return
	}
	r.sent, r.before = values, texts(r.view.Values)
	r.form.OnSet(r.view.ID, slices.Clone(values))
}

func (r *fieldRow) draft(v *valueRow) {
	if r.form.OnDraft != nil {
		r.form.OnDraft(r.view.ID, v.name(), v.entry.Text, v.entry.Dirty())
	}
}

// key takes Escape: of two values it keeps the other's, and a long text it makes
// a draft that stays to be seen.
func (r *fieldRow) key(v *valueRow, k *fyne.KeyEvent) bool {
	e := v.entry
	if r.form.offers.key(v, k) {
		return true
	}
	switch {
	case k.Name != fyne.KeyEscape:
		return false
	case r.view.Choice:
		r.keepTheirs()
	case e.Dirty() && !e.Offered() && LongTyping(e.Committed(), e.Text):
		e.endDraft()
		e.drafted, e.offered = true, true
		r.draft(v)
		r.keepSaid(true)
	case r.form.OnEscape != nil && !e.Dirty():
		r.form.OnEscape()
	default:
		return false
	}
	return true
}

func (r *fieldRow) keepSaid(on bool) {
	if r.kept = on; r.below() != r.hinted {
		r.form.place()
	}
}

// useMine sets what was typed on what somebody else has set meanwhile.
func (r *fieldRow) useMine() {
	if !r.view.Choice {
		return
	}
	for _, v := range r.values {
		v.entry.accept()
	}
	r.send()
	focus(r.form, r.values[0].entry)
}

// keepTheirs gives up what was typed for what somebody else has set meanwhile.
func (r *fieldRow) keepTheirs() {
	for _, v := range slices.Clone(r.values) {
		v.entry.Await(false)
		v.entry.SetText(v.entry.Committed())
	}
	r.view.Choice, r.view.Typed, r.view.Error = false, nil, ""
	if r.matchValues() {
		r.form.rebuild()
	}
	if r.form.OnTheirs != nil {
		r.form.OnTheirs(r.view.ID)
	}
	r.form.place()
}

// setFixed makes the row's entries read only, or not.
func (r *fieldRow) setFixed() {
	for _, v := range r.values {
		v.entry.SetReadOnly(r.locked())
		v.prompt()
	}
}

// prompt says in an empty entry what to type, or that nothing is there, or that the
// source has nothing to be put there.
func (v *valueRow) prompt() {
	words, stands := v.row.view.Help, v.row.notStated() && v.id != ""
	switch {
	case stands:
		words = v.row.form.words.NotStated
	case v.row.locked():
		words = "—"
	}
	v.entry.setStands(stands)
	if v.entry.Prompt() != words {
		v.entry.SetPlaceHolder(words)
	}
}
