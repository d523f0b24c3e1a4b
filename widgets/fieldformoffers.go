package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"golang.org/x/text/cases"

	"fonds/widgets/look"
)

// How many values are offered below an empty entry, and where something is typed
// or Down was pressed.
const (
	offersUnasked = 5
	offersAsked   = completions
)

// formOffers lists below the entry that has the focus what its field was given
// last. It lies over the rows below, so that nothing moves, and it chooses nothing
// by itself: Enter commits what is typed until somebody has gone into the list.
type formOffers struct {
	form   *FieldForm
	list   *completion
	values map[string][]string // of fields, the likeliest first
	found  map[string]found    // of fields whose values come of a vocabulary
	at     *valueRow           // whose entry has the focus, or had it when the pointer came
	asked  bool                // Down asks for the list where it would not be shown
	shut   bool                // Escape has closed it
}

// found is what was found for something typed.
type found struct {
	typed string
	terms []TagView
}

func newFormOffers(f *FieldForm) *formOffers {
	o := &formOffers{form: f, list: newCompletion(), values: map[string][]string{}, found: map[string]found{}}
	o.list.free = true
	o.list.aside = func(s suggestion) string {
		if s.By != "" || f.OfferWords == nil || o.at == nil {
			return s.By
		}
		return f.OfferWords(o.at.row.view.ID, s.Tag)
	}
	o.list.covers = func() CoversFunc { return f.Covers }
	o.list.pick, o.list.left, o.list.resized = o.pick, o.leave, o.place
	o.list.entered = func() {
		if o.at != nil {
			o.at.entry.Await(true) // the press takes the focus from it: it is not done
		}
	}
	return o
}

// SetOffers says what a field was given last, the likeliest first. They are
// listed while the field has the focus and nothing, or a part of them, stands
// there.
func (f *FieldForm) SetOffers(fieldID string, values []string) {
	f.offers.values[fieldID] = slices.Clone(values)
	f.offers.show()
}

// SetFound says which terms of a field's vocabulary something typed could mean, the
// likeliest first; By stands at the right of each. They are listed in the place of what
// the field was given last while that is typed.
func (f *FieldForm) SetFound(fieldID, typed string, terms []TagView) {
	f.offers.found[fieldID] = found{typed, slices.Clone(terms)}
	f.offers.show()
}

// Typed is what is being typed into a field that has the focus, and whether one has.
func (f *FieldForm) Typed(fieldID string) (string, bool) {
	if v := f.offers.at; v != nil && v.row.view.ID == fieldID && v.entry.focused {
		return v.entry.Text, true
	}
	return "", false
}

// focused is told that the focus has come to a value's entry, or gone from it.
func (o *formOffers) focused(v *valueRow, on bool) {
	switch {
	case on:
		o.at, o.asked, o.shut = v, false, false
		if o.form.OnOffers != nil {
			o.form.OnOffers(v.row.view.ID)
		}
	case o.at == v && !o.list.hovered:
		o.at = nil
	}
	o.show()
}

// release lets the entry commit again by losing the focus.
func (o *formOffers) release() {
	if o.at != nil {
		o.at.entry.Await(o.at.row.view.Choice)
	}
}

// leave closes a list whose entry has lost the focus.
func (o *formOffers) leave() {
	o.release()
	if o.at != nil && !o.at.entry.focused {
		o.at.entry.Commit()
		o.at = nil
	}
	o.show()
}

// show lists what fits what is typed.
func (o *formOffers) show() {
	if o.at == nil || !o.at.entry.focused && !o.list.hovered || o.shut || o.at.row.locked() || o.at.row.view.LongText || o.at.row.view.Choice {
		o.list.set(nil)
		return
	}
	o.list.set(o.rows())
	o.place()
}

func (o *formOffers) rows() []suggestion {
	v, r := o.at, o.at.row
	typed := cases.Fold().String(strings.TrimSpace(v.entry.Text))
	stands := (typed != "" || r.notStated()) && !v.entry.Dirty()
	if !o.asked && (stands || typed == "" && len(r.proposals) > 0) {
		return nil
	}
	if x, ok := o.found[r.view.ID]; ok && x.typed == v.entry.Text && typed != "" && !stands {
		var all []suggestion
		for _, t := range x.terms {
			if t.Tag != v.entry.Text {
				all = append(all, suggestion{t, false})
			}
		}
		return all[:min(len(all), offersAsked)]
	}
	if stands {
		typed = "" // another in its place
	}
	var begins, contains []suggestion
	for _, text := range o.values[r.view.ID] {
		folded := cases.Fold().String(text)
		at := strings.Index(folded, typed)
		switch {
		case at < 0, folded == typed, strings.Contains(text, "\n"):
		case slices.ContainsFunc(r.values, func(v *valueRow) bool { return v.entry.Text == text }):
		case at == 0:
			begins = append(begins, suggestion{TagView{Tag: text}, false})
		default:
			contains = append(contains, suggestion{TagView{Tag: text}, false})
		}
	}
	limit := offersAsked
	if typed == "" && !o.asked {
		limit = offersUnasked
	}
	all := append(begins, contains...)
	return all[:min(len(all), limit)]
}

// key takes the keys of the list from the entry that it belongs to.
func (o *formOffers) key(v *valueRow, k *fyne.KeyEvent) bool {
	if o.at != v || v.row.view.LongText || v.row.locked() {
		return false
	}
	text, chosen := o.list.text()
	open := len(o.list.rows) > 0
	switch {
	case k.Name == fyne.KeyDown && !open:
		o.asked, o.shut = true, false
		o.show()
		o.list.move(1)
	case k.Name == fyne.KeyDown:
		o.list.move(1)
	case k.Name == fyne.KeyUp && open:
		o.list.move(-1)
	case (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && chosen:
		o.pick(text)
	case k.Name == fyne.KeyEscape && open:
		o.shut = true
		o.show()
		return chosen // Escape leaves the list, else it leaves what is typed too
	default:
		return false
	}
	return true
}

// pick sets a value of the list.
func (o *formOffers) pick(text string) {
	v := o.at
	if v == nil || v.entry.locked() {
		return
	}
	o.release()
	focus(o.form, v.entry)
	v.entry.SetTyped(text)
	v.entry.CaretToEnd()
	v.row.say("")
	v.entry.commit()
	o.asked = false
	o.show()
}

// place puts the list below its entry, or above it where there is more room.
func (o *formOffers) place() {
	was := o.list.Hidden
	o.list.Hidden = o.at == nil || len(o.list.rows) == 0
	if o.list.Hidden {
		o.list.Refresh()
		return
	}
	if was {
		defer o.form.scroll.Refresh() // Fyne draws nothing anew for what was never drawn
	}
	e, s := o.at.entry, o.form.scroll
	size := fyne.NewSize(e.Size().Width, o.list.MinSize().Height)
	below := e.Position().Y + e.Size().Height + look.Tight/2
	above := e.Position().Y - look.Tight/2 - size.Height
	y := below
	if below+size.Height > s.Offset.Y+s.Size().Height && above >= s.Offset.Y {
		y = above
	}
	o.list.Move(fyne.NewPos(e.Position().X, y))
	o.list.Resize(size)
	o.list.Refresh()
}
