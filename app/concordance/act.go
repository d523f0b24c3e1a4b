package concordance

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// This file marks and corrects the lines that are picked, as one step to undo.

// unsent is what was typed for a correction and not applied: it is offered again for the
// same words.
type unsent struct{ old, text, reason string }

// place is a line as it is marked and corrected everywhere, and its key.
type place struct {
	session.Place
	key key
}

// placesOf are those of lines.
func (p *Page) placesOf(lines []int) []place {
	out := make([]place, 0, len(lines))
	for _, i := range lines {
		l := &p.lines[i]
		out = append(out, place{session.Place{Doc: l.Doc, Title: l.Title, Start: l.Start, End: l.End, Words: l.Quote}, p.keyAt(i)})
	}
	return out
}

// upToDate does something with the lines when all are found; where they may be old they
// are looked for again first. What is picked stays so.
func (p *Page) upToDate(do func()) {
	switch why := p.s.Fixed(); {
	case why != "":
		p.s.Say(why)
	case p.stop != nil: // when all are found
		p.then = do
	case p.old:
		p.look(true, do)
	default:
		do()
	}
}

// mark asks for a label and marks the picked lines with it.
func (p *Page) mark() {
	p.upToDate(func() {
		lines := p.targets()
		if len(lines) == 0 {
			return
		}
		var choices []widgets.Choice
		for _, l := range p.s.Palette() {
			choices = append(choices, widgets.Choice{ID: l.Name, Title: session.OneLine(session.LabelWords(l.Name)), Sub: l.Text})
		}
		places := p.placesOf(lines)
		ch := widgets.NewChooser(i18n.T("concordance.mark", "places", p.places(lines)), i18n.T("chooser.nothing"), choices)
		ch.Covers = session.Covers
		ch.OnPick = func(label string) { p.markAs(places, label) }
		ch.Show(p.at)
	})
}

// markAs marks places, but for those that have such a mark already.
func (p *Page) markAs(places []place, label string) {
	if p.writing || !p.s.Open() {
		return
	}
	p.halt()
	p.writing = true
	plain := make([]session.Place, len(places))
	for i := range places {
		plain[i] = places[i].Place
	}
	p.stop = p.s.LookForMarks(plain, label, p.busy.Progress, func(looked []session.Place, err error) {
		p.wrote()
		if err != nil {
			p.failed(err)
			return
		}
		var left []place
		var edits []*archive.Edit
		for i := range looked {
			if !looked[i].Has {
				left, edits = append(left, places[i]), append(edits, looked[i].MarkEdit(label))
			}
		}
		has := len(looked) - len(left)
		p.apply(left, edits, func(done int) string {
			words := i18n.N("every.mark.done", done)
			if has > 0 {
				words += " · " + i18n.N("every.has", has)
			}
			return words
		})
	})
	p.busy.Start(i18n.T("concordance.marks"), len(places), func() {
		p.stop()
		p.wrote()
		p.failed(nil)
	})
}

// correct asks for the words that are to stand in the place of the picked ones.
func (p *Page) correct() {
	p.upToDate(func() {
		lines := p.targets()
		if len(lines) == 0 {
			return
		}
		places, old := p.placesOf(lines), ""
		for _, x := range places {
			switch {
			case old == "":
				old = x.Words
			case old != x.Words: // forms of them that differ
				old = p.sought
			}
		}
		ask := widgets.SmallBoxAsk{Title: i18n.T("concordance.correct", "words", short(old)), Text: old, Prompt: i18n.T("correct.nothing"),
			Hint: i18n.T("concordance.correct.how", "places", p.places(lines)) + "\n" + i18n.T("box.line"),
			Also: &widgets.SmallBoxAlso{Label: i18n.T("correct.reason"), Prompt: i18n.T("correct.reason.prompt")}}
		if u := p.unsent; u.old == old && u != (unsent{}) {
			ask.Text, ask.Also.Text = u.text, u.reason
		}
		p.unsent = unsent{old: old}
		p.s.Reasons(func(words []string) {
			ask.Also.Offers, ask.Also.Label = words, i18n.T("correct.reason.offers", "reasons", i18n.List(words))
			if p.box.IsOpen() {
				p.box.SetOffers(ask.Also.Label, words)
			}
		})
		ask.OnDone = func(text string) { p.correctTo(places, text) }
		ask.OnType = func(string) { p.box.SetHint(ask.Hint, false) }
		ask.OnCancel = func() {
			p.noteUnsent()
			p.Focus()
			p.check(true)
		}
		size := p.over.Size()
		p.box.Open(p.over, fyne.NewPos(look.Edge, 0), fyne.NewSize(size.Width-2*look.Edge, size.Height*p.body.Share()), ask)
		p.box.SelectAll()
	})
}

// noteUnsent keeps what is typed in the box.
func (p *Page) noteUnsent() {
	if p.unsent.text, p.unsent.reason = p.box.Text(), p.box.Also(); p.unsent.text == p.unsent.old && p.unsent.reason == "" {
		p.unsent = unsent{}
	}
}

// correctTo puts text in the place of the words.
func (p *Page) correctTo(places []place, text string) {
	reason := session.Reason(strings.TrimSpace(p.box.Also()))
	var edits []*archive.Edit
	same := true
	for i := range places {
		same = same && places[i].Words == text
		edits = append(edits, places[i].CorrectEdit(text, reason))
	}
	if same {
		p.box.SetHint(i18n.T("every.samewords"), true)
		return
	}
	p.unsent = unsent{}
	p.box.Close()
	p.at.Focus(p.list)
	p.apply(places, edits, func(done int) string { return i18n.N("every.correct.done", done) })
}

// apply makes edits of places as one step to undo; said puts into words how many were
// done. What a rule refuses stays listed, with why.
func (p *Page) apply(places []place, edits []*archive.Edit, said func(done int) string) {
	if len(edits) == 0 {
		p.s.Say(said(0))
		return
	}
	p.halt()
	p.writing = true
	p.s.Flush()
	stop := p.s.ApplyMany(edits, p.busy.Progress, func(results []storage.Result, err error) { p.answered(places, results, err, said) })
	if p.writing { // else it cannot be written, and was answered at once
		p.stop = stop
		p.busy.Start(i18n.T("every.writing"), len(edits), stop)
	}
	p.show()
}

// wrote ends what goes on.
func (p *Page) wrote() {
	p.writing, p.stop = false, nil
	p.busy.Finish()
}

// failed says why nothing was done; nil is that the person stopped it.
func (p *Page) failed(err error) {
	words := i18n.T("error.stopped")
	var r *archive.Refusal
	switch {
	case errors.As(err, &r):
		words = session.Words(err)
	case err != nil:
		words = session.FileWords(err)
	}
	p.fault = words
	p.show()
}

// answered says what came of it. The places are looked for again when the page hears that
// the archive has changed.
func (p *Page) answered(places []place, results []storage.Result, err error, said func(done int) string) {
	p.wrote()
	if err != nil {
		p.failed(err)
		return
	}
	p.fault = ""
	done := 0
	for i, r := range results {
		if r.Err != nil {
			p.why[places[i].key] = r.Err
		} else {
			done++
			delete(p.why, places[i].key)
		}
	}
	p.list.SetPicked(nil)
	p.list.RefreshRows()
	p.tellChosen()
	p.show()
	if done > 0 || len(p.why) == 0 {
		p.s.Say(said(done))
	}
}
