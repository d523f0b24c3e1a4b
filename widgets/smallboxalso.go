package widgets

import (
	"slices"

	"fyne.io/fyne/v2"

	"fonds/widgets/look"
)

// SmallBoxAlso is a second thing that a SmallBox asks for, on one line below the
// first: Tab goes there, and whoever does not want it never meets it. Enter there
// is done, as in the first.
type SmallBoxAlso struct {
	Label  string // what it is, above its entry
	Text   string // what it begins with
	Prompt string
	Offers []string // Down and Up put them in, one after the other
	// OnType takes the text after each change.
	OnType func(text string)
}

// Also is what the second entry has, "" where there is none.
func (b *SmallBox) Also() string {
	if b.also == nil {
		return ""
	}
	return b.also.Text
}

// SetOffers changes what is offered to the second entry, and what it is called.
func (b *SmallBox) SetOffers(label string, offers []string) {
	if b.ask.Also != nil {
		b.ask.Also.Label, b.ask.Also.Offers = label, offers
		b.Refresh()
	}
}

// FocusAlso gives the keyboard to the second entry.
func (b *SmallBox) FocusAlso() {
	if b.also != nil {
		focus(b, b.also)
	}
}

func (b *SmallBox) openAlso() {
	b.also = nil
	if b.ask.Also == nil {
		return
	}
	b.also = NewEntry()
	b.also.SetPlaceHolder(b.ask.Also.Prompt)
	b.also.SetText(b.ask.Also.Text)
	b.also.OnShortcut = b.shortcut
	b.also.OnType = func(text string) {
		if f := b.ask.Also.OnType; f != nil {
			f(text)
		}
	}
	b.also.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyReturn, fyne.KeyEnter:
			b.done()
		case fyne.KeyDown:
			b.offer(1)
		case fyne.KeyUp:
			b.offer(-1)
		default:
			return b.key(k)
		}
		return true
	}
}

// offer puts the next, or the last, of what is offered into the second entry:
// around the ends, where an empty entry is one of them.
func (b *SmallBox) offer(by int) {
	all := append([]string{""}, b.ask.Also.Offers...)
	at := max(0, slices.Index(all, b.also.Text))
	b.also.SetTyped(all[(at+by+len(all))%len(all)])
	b.also.CaretToEnd()
	b.also.OnType(b.also.Text)
}

// placeAlso puts the second entry below y and gives the room that it takes.
func (b *SmallBox) placeAlso(x, y, inner float32) float32 {
	if b.also == nil {
		return 0
	}
	p, caption := look.Current(), b.faces.caption
	words := caption.truncate(oneLine(b.ask.Also.Label, b.Covers), inner)
	placeText(b.second, words, caption, p.Quiet, x, y+look.Near)
	top := look.Near + lineHeight(caption.size) + look.Tight
	h := b.also.MinSize().Height
	b.also.Move(fyne.NewPos(x, y+top))
	b.also.Resize(fyne.NewSize(inner, h))
	return top + h
}
