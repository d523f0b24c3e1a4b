package desk

import (
	"slices"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// act does one of some acts, the first that is allowed, with the proposal under
// the focus or the caret. From elsewhere it goes to the next proposal that it
// could be done with, so that nobody decides on what they have not seen.
func (d *Desk) act(names ...string) {
	doc := d.s.Document()
	it := d.atHand()
	if it == nil {
		if o := d.next(doc, names); o != nil {
			d.goTo(doc, o)
			d.s.Say(i18n.T("proposal.here"))
		} else {
			d.s.Say(i18n.T("proposal.none"))
		}
		return
	}
	if act := d.allowed(it, names); act != "" {
		form := d.inspector.fields.form
		if form.FocusedProposal() != string(it.ID) || !form.Act(string(it.ID), act) {
			d.do(it, act)
		}
		return
	}
	why := names[len(names)-1] // of a person's; the first is of a machine's
	if it.By == "" {
		why = names[0]
	}
	d.refuse(it, d.s.May(why, it))
}

// allowed is the first of some acts that can be done with a proposal, or "".
func (d *Desk) allowed(it *archive.Item, names []string) string {
	may := d.s.Acts(it)
	if i := slices.IndexFunc(names, func(act string) bool { return slices.Contains(may, act) }); i >= 0 {
		return names[i]
	}
	return ""
}

// atHand is the open proposal under the focus, or under the caret of the text.
func (d *Desk) atHand() *archive.Item {
	doc, in := d.s.Document(), d.inspector
	if id := in.fields.form.FocusedProposal(); id != "" {
		return doc.Item(archive.ID(id))
	}
	if id := in.tags.proposals.Focused(); id != "" {
		return doc.Item(archive.ID(id))
	}
	if d.on.Focused() == fyne.Focusable(in.marks.list) || in.marks.proposal.Focused() != "" {
		return in.marks.open()
	}
	if !d.TextFocused() {
		return nil
	}
	start, end, _ := d.s.Selection()
	var best *archive.Item
	size := 0
	for _, w := range []archive.What{archive.AMark, archive.ACorrection, archive.ASplit} {
		for _, it := range openOf(doc, w, "") {
			span, ok := session.SpanOf(doc, session.About(doc, it))
			if ok && span.Start <= start && end <= span.End && (best == nil || span.Len() < size) {
				best, size = it, span.Len()
			}
		}
	}
	return best
}

// goTo shows a proposal and gives it the focus.
func (d *Desk) goTo(doc *session.Doc, it *archive.Item) {
	switch o := session.About(doc, it); o.What {
	case archive.AValue:
		d.inspector.open(fieldsTab)
		d.inspector.fields.form.FocusProposal(string(it.ID))
	case archive.ATag:
		d.inspector.open(tagsTab)
		d.inspector.tags.proposals.FocusProposal(string(it.ID))
	default:
		d.inspector.showMark(o.ID)
		d.inspector.marks.proposal.FocusProposal("")
	}
}

// actOn does an act with a proposal that is named; it is what the boxes call.
func (d *Desk) actOn(id, act string) {
	if doc := d.s.Document(); doc != nil {
		if it := doc.Item(archive.ID(id)); it != nil {
			d.do(it, act)
		}
	}
}

// do does an act, after asking for the words that it wants.
func (d *Desk) do(it *archive.Item, act string) {
	delete(d.refused, it.ID)
	if doc := d.s.Document(); doc != nil {
		d.latest = decision{doc.ID, turnOf(doc, d.s.Fields(doc), it)}
	}
	switch {
	case act == archive.ActAmend && it.What == archive.AMark:
		d.amendMark(it)
	case act == archive.ActTake && it.What == archive.ASplit:
		d.askPlace(it)
	case act == archive.ActTake && len(it.Lacunae()) > 0:
		d.fill(it, it.Text, it.Lacunae())
	case asks(act):
		d.askReason(it, act)
	default:
		d.decide(it, act, "")
	}
}

func (d *Desk) decide(it *archive.Item, act, text string) {
	d.s.Decide(it, act, text, func(err error) { d.refuse(it, err) })
}

// refuse says beside a proposal why an act was refused, and forgets what was
// said there before where it was not.
func (d *Desk) refuse(it *archive.Item, err error) {
	doc := d.s.Document()
	if err == nil {
		delete(d.refused, it.ID)
		return
	}
	if doc == nil {
		return
	}
	d.refused[it.ID] = session.Words(err)
	if doc.Item(it.ID) == nil || !doc.Item(it.ID).Open() {
		return // it is decided on by now; the status bar says why not by this
	}
	if d.TextFocused() { // the words of a mark have no room for it
		d.inspector.showMark(session.About(doc, it).ID)
	}
	d.inspector.show()
}

// askReason opens the box for the reason of a rejection, or for the words of an
// amendment, beside the proposal.
func (d *Desk) askReason(it *archive.Item, act string) {
	words := short(session.ProposedWords(it))
	ask := widgets.SmallBoxAsk{Title: i18n.T("reject.title", "words", words), Prompt: i18n.T("reject.prompt"), Lines: true}
	if act == archive.ActAmend {
		field := d.s.Field(it.Key)
		ask = widgets.SmallBoxAsk{Title: i18n.T("amend.title", "words", words), Text: it.Text,
			Lines: it.What == archive.ACorrection || it.What == archive.AValue && field.Long()}
		if it.What == archive.ATag {
			ask.Text = it.Key
		}
	}
	ask.Hint = boxHint(ask.Lines)
	d.ask(it, act+":"+string(it.ID), ask, func(text string, done func(error)) {
		if doc := d.s.Document(); doc != nil && doc.Item(it.ID) != nil {
			d.s.Decide(it, act, text, func(err error) {
				done(err)
				d.refuse(it, err)
			})
		}
	})
}

// amendMark asks for another label of a proposed mark.
func (d *Desk) amendMark(it *archive.Item) {
	var choices []widgets.Choice
	for _, l := range d.s.Palette() {
		if l.Name != it.Key {
			choices = append(choices, widgets.Choice{ID: l.Name, Title: session.OneLine(session.LabelWords(l.Name)), Sub: l.Text})
		}
	}
	ch := widgets.NewChooser(i18n.T("amend.title", "words", short(session.ProposedWords(it))), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(label string) { d.decide(it, archive.ActAmend, label) }
	ch.Show(d.on)
}
