package desk

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// asking is what the small box of a decision is open for: the reason of a
// rejection or a return, the words of an amendment. What is typed is kept as a
// draft, as in the boxes of the text.
type asking struct {
	typing
	box *widgets.SmallBox
}

// ask opens a box beside a proposal: over the inspector where it is shown there,
// else over its words in the text. it is nil for the document itself.
func (d *Desk) ask(it *archive.Item, slot string, ask widgets.SmallBoxAsk, apply func(text string, done func(error))) {
	d.leaveAsk()
	host, at, size := d.over, fyne.NewPos(0, 0), fyne.NewSize(0, 0)
	if it == nil && d.pic.working || !d.pic.textSeen() {
		host = d.pic.over
	}
	if it != nil {
		if o := d.inspector.find(string(it.ID)); o != nil && !d.TextFocused() {
			host, size = d.inspector.over, o.Size()
			at = fyne.NewPos(look.Near, placeIn(host, o).Y)
		} else if span, ok := session.SpanOf(d.s.Document(), session.About(d.s.Document(), it)); ok {
			d.text.ScrollTo(span.Start)
			at, size = d.text.Around(span)
		}
	}
	a := &asking{box: d.decided}
	a.doc, a.slot, a.first, a.text = d.s.Document().ID, slot, ask.Text, ask.Text
	draft, again := d.s.Draft(a.doc, slot)
	if again {
		ask.Text, a.text = draft.Text, draft.Text
	}
	ask.OnType = func(text string) {
		a.text = text
		if a.stop == nil {
			a.stop = d.s.After(draftDelay, func() { a.stop = nil; d.keep(&a.typing) })
		}
	}
	ask.OnCancel = func() {
		if !widgets.LongTyping(a.first, a.text) {
			d.forgetAsk(a)
			return
		}
		d.leaveAsk()
		d.s.Say(i18n.T("ask.kept"))
	}
	ask.OnDone = func(text string) {
		apply(text, func(err error) {
			switch {
			case d.asking != a: // it was left meanwhile
			case err != nil:
				a.box.SetHint(session.Words(err), true)
			default:
				d.forgetAsk(a)
				a.box.Close()
			}
		})
	}
	d.asking = a
	a.box.Open(host, at, size, ask)
	if again {
		a.box.CaretToEnd()
	} else {
		a.box.SelectAll()
	}
}

// placeIn is where an object lies within a container that lies over it.
func placeIn(host, o fyne.CanvasObject) fyne.Position {
	driver := fyne.CurrentApp().Driver()
	return driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(host))
}

// leaveAsk closes the box; what is typed in it stays as a draft and is offered
// when it is opened for the same again.
func (d *Desk) leaveAsk() {
	d.keepAsk()
	if d.asking != nil {
		d.asking = nil
		d.decided.Close()
	}
}

// keepAsk keeps what is typed in the box as a draft now.
func (d *Desk) keepAsk() {
	if a := d.asking; a != nil && a.stop != nil {
		a.stop()
		a.stop = nil
		d.keep(&a.typing)
	}
}

func (d *Desk) forgetAsk(a *asking) {
	if a.stop != nil {
		a.stop()
		a.stop = nil
	}
	d.asking = nil
	d.s.SaveDraft(a.doc, a.slot, "", false)
}
