package desk

import (
	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// standing says a document's status.
func standing(doc *session.Doc) (string, widgets.Tone) {
	st := doc.Status()
	words := session.Signed(st)
	it := doc.Standing()
	if it == nil {
		return words, widgets.Plain
	}
	args := []any{"status", words, "who", it.By, "when", moment(it.At.Time()), "why", it.Text}
	switch {
	case it.Key == string(archive.Approved) && st != archive.Approved:
		return i18n.T("desk.stale", "sign", session.StaleSign, "who", it.By, "when", moment(it.At.Time())), widgets.Warn
	case it.Key == string(archive.Approved) && it.Decision != nil && it.Decision.Alone:
		return i18n.T("desk.alone", args...), widgets.Good
	case it.Key == string(archive.Approved):
		return i18n.T("desk.by", args...), widgets.Good
	case st == archive.InProgress || st == archive.New:
		return words, widgets.Plain
	}
	tone := widgets.Plain
	if st == archive.Returned {
		tone = widgets.Warn
	}
	if it.Text != "" {
		return i18n.T("desk.why", args...), tone
	}
	return i18n.T("desk.by", args...), tone
}

// showStatus says under the title how far the work on the document is, who took
// the last step and when, and why the step asked for last was refused.
func (d *Desk) showStatus() {
	words, why, tone := "", "", widgets.Plain
	if doc := d.s.Document(); doc != nil {
		words, tone = standing(doc)
		if st := doc.Status(); st == archive.New || st == archive.InProgress || st == archive.Returned {
			words += missingWords(len(d.s.Missing(doc)))
		}
		words += sampleWords(doc) + d.togetherWords()
		if d.refusedStep != "" {
			why = "⚠ " + d.refusedStep
		}
	}
	d.status.SetText(words, tone)
	d.why.SetText(why, widgets.Bad)
}

// bindSteps says what the commands do that take the document a step further.
func (d *Desk) bindSteps(writable func() bool) {
	c := d.s.Commands
	c.Bind("doc.submit", d.submit, writable)
	c.Bind("doc.recall", func() { d.step(archive.ActRecall, "") }, writable)
	c.Bind("doc.approve", func() { d.step(archive.ActApprove, "") }, writable)
	c.Bind("doc.return", d.askReturn, writable)
	d.bindSample(writable)
	c.Bind("doc.stars", d.showStars, func() bool { return d.s.Document() != nil })
	removed := func() bool { return d.s.Document() != nil && d.s.Document().Status() == archive.Removed }
	c.Bind("doc.remove", func() { d.stepped(nil); d.s.Remove(d.stepped) }, func() bool { return writable() && !removed() })
	c.Bind("doc.restore", func() { d.stepped(nil); d.s.Restore(d.stepped) }, func() bool { return writable() && removed() })
}

func (d *Desk) step(act, reason string) {
	d.stepped(nil)
	d.s.Step(act, reason, d.stepped)
}

// stepped says in place why a step was refused, or no longer.
func (d *Desk) stepped(err error) {
	d.refusedStep = session.Words(err)
	d.showStatus()
}

// askReturn asks what is to be done, before the document goes back.
func (d *Desk) askReturn() {
	d.stepped(nil)
	if err := d.s.MayDocument(archive.ActReturn); err != nil {
		d.stepped(err)
		return
	}
	d.ask(nil, archive.ActReturn, widgets.SmallBoxAsk{Title: i18n.T("return.title"), Prompt: i18n.T("return.prompt"),
		Hint: boxHint(true), Lines: true}, func(text string, done func(error)) {
		d.stepped(nil)
		d.s.Step(archive.ActReturn, text, func(err error) {
			// Where typing was refused the step was not taken: the reason stays.
			if doc := d.s.Document(); err != nil || doc != nil && doc.Status() == archive.Returned {
				done(err)
			}
			d.stepped(err)
		})
	})
}

// headLayout puts the status under the title, close.
type headLayout struct{}

// MinSize is called by Fyne.
func (headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h += x.MinSize().Height
	}
	return fyne.NewSize(o[0].MinSize().Width, h)
}

// Layout is called by Fyne.
func (headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, x := range o {
		h := x.MinSize().Height
		x.Resize(fyne.NewSize(size.Width, h))
		x.Move(fyne.NewPos(0, y))
		y += h
	}
}
