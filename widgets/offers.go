package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Offer is a way on for what is being typed.
type Offer struct {
	Text  string
	Aside string // at the right, quiet: what it means, or how often it is there
}

// Offers lists below an entry what may be typed next. It never has the keyboard: the
// entry hands it the arrow keys. Nothing is chosen until the person moves.
type Offers struct {
	// OnPick is told of a press on an offer.
	OnPick func(i int)
	// OnResize is told when there is another number of offers.
	OnResize func()
	// Covers says which runes the font has.
	Covers CoversFunc

	offers []Offer
	list   *completion
}

// NewOffers makes an empty one, which takes no room.
func NewOffers() *Offers {
	o := &Offers{list: newCompletion()}
	o.list.free = true
	o.list.covers = func() CoversFunc { return o.Covers }
	o.list.aside = func(s suggestion) string { return o.offers[o.at(s.Tag)].Aside }
	o.list.resized = func() {
		o.list.Hidden = len(o.list.rows) == 0
		if o.OnResize != nil {
			o.OnResize()
		}
	}
	o.list.pick = func(text string) {
		if i := o.at(text); i >= 0 && o.OnPick != nil {
			o.OnPick(i)
		}
	}
	return o
}

// at is the offer of a text.
func (o *Offers) at(text string) int {
	return slices.IndexFunc(o.offers, func(f Offer) bool { return f.Text == text })
}

// Content is what is shown.
func (o *Offers) Content() fyne.CanvasObject { return o.list }

// Set shows offers, at most eight of them, no two with one text; none hides the list.
func (o *Offers) Set(offers []Offer) {
	o.offers = offers[:min(len(offers), completions)]
	rows := make([]suggestion, len(o.offers))
	for i, f := range o.offers {
		rows[i] = suggestion{TagView: TagView{Tag: f.Text}}
	}
	o.list.set(rows)
}

// Shown says whether there are any.
func (o *Offers) Shown() bool { return len(o.offers) > 0 }

// Hovered says whether the pointer is on the list.
func (o *Offers) Hovered() bool { return o.list.hovered }

// Text is that of an offer.
func (o *Offers) Text(i int) string { return o.offers[i].Text }

// Move chooses another one, around the ends, where also none is chosen.
func (o *Offers) Move(by int) { o.list.move(by) }

// Chosen is the one that is chosen, -1 for none.
func (o *Offers) Chosen() int {
	if _, ok := o.list.text(); !ok {
		return -1
	}
	return o.list.chosen
}
