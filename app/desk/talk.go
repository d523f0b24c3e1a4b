package desk

import (
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// talkPane is the tab of what was said about the document: what a reviewer has turned
// down or amended of one's own, and the questions and answers.
type talkPane struct {
	d       *Desk
	threads *widgets.Discussion
}

// What can be done with what was turned down or amended, beside what can be with a
// thread.
const (
	takeUp  = "takeup"
	agreeTo = "agree"
	askOn   = "ask"
	leaveIt = "leave"
)

func newTalkPane(d *Desk) *talkPane {
	t := &talkPane{d: d, threads: widgets.NewDiscussion(i18n.T("thread.ask"), i18n.T("thread.none"))}
	t.threads.Covers = session.Covers
	t.threads.More = func(n int) string { return i18n.N("thread.more", n) }
	t.threads.OnAsk = func() { d.askAbout(nil) }
	t.threads.OnAct = t.act
	t.threads.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			d.FocusText()
			return true
		}
		return false
	}
	return t
}

func (t *talkPane) content() fyne.CanvasObject { return t.threads }

func (t *talkPane) focus() {
	if !t.threads.Focus() {
		t.d.on.Focus(t.d.inspector.bar)
	}
}

// show shows what there is to answer first, then everything else.
func (t *talkPane) show() {
	doc, s := t.d.s.Document(), t.d.s
	if doc == nil {
		t.threads.SetThreads(nil, true)
		return
	}
	fixed := t.d.fixed() != ""
	var out []widgets.ThreadView
	act := func(id, label string) widgets.ThreadAct { return widgets.ThreadAct{ID: id, Label: label} }
	if it := returned(doc.Document); it != nil {
		out = append(out, widgets.ThreadView{ID: string(it.ID), Waits: true, State: i18n.T("talk.returned", "who", it.By),
			Says: []widgets.Saying{{Who: it.By, When: moment(it.At.Time()), Text: session.Lines(it.Text)}}})
	}
	for _, it := range s.TurnedDown() {
		v := widgets.ThreadView{ID: string(it.ID), Waits: true, State: i18n.T("talk.turned", "what", short(session.ProposedWords(it)), "who", it.Decision.By),
			Says: []widgets.Saying{{Who: it.Decision.By, When: moment(it.Decision.At.Time()), Text: session.Lines(it.Decision.Reason)}},
			Acts: []widgets.ThreadAct{act(session.ThreadShow, i18n.T("thread.show"))}}
		if !fixed {
			v.Acts = append(v.Acts, act(takeUp, i18n.T("talk.takeup")), act(askOn, i18n.T("thread.answer")), act(leaveIt, i18n.T("talk.leave")))
		}
		out = append(out, v)
	}
	for _, it := range s.Amended() {
		was := doc.Item(it.Amends)
		old := ""
		if was != nil {
			old = short(session.ProposedWords(was))
		}
		v := widgets.ThreadView{ID: string(it.ID), Waits: true, State: i18n.T("talk.amended", "who", it.By),
			Says: []widgets.Saying{{Who: it.By, When: moment(it.At.Time()), Text: i18n.T("talk.fromto", "old", old, "now", short(session.ProposedWords(it)))}},
			Acts: []widgets.ThreadAct{act(session.ThreadShow, i18n.T("thread.show"))}}
		if !fixed {
			v.Acts = append(v.Acts, act(agreeTo, i18n.T("act.agree")), act(askOn, i18n.T("thread.answer")))
		}
		out = append(out, v)
	}
	var settled []widgets.ThreadView
	for _, th := range doc.AllThreads() {
		v := s.ThreadView(th, session.ThreadAbout(doc, th), th.Key != "" && doc.Item(archive.ID(th.Key)) != nil)
		if v.Resolved {
			settled = append(settled, v)
		} else {
			out = append(out, v)
		}
	}
	t.threads.SetThreads(append(out, settled...), fixed)
}

// returned is the step by which a document was returned and stands so, or nil.
func returned(doc *archive.Document) *archive.Item {
	if doc.Status() != archive.Returned {
		return nil
	}
	for _, it := range doc.Of(archive.AStatus) {
		if it.InForce() && it.Key == string(archive.Returned) {
			return it
		}
	}
	return nil
}

// act does what a button says.
func (t *talkPane) act(id, act string) {
	d, doc := t.d, t.d.s.Document()
	if doc == nil || doc.Item(archive.ID(id)) == nil {
		return
	}
	it := doc.Item(archive.ID(id))
	switch act {
	case takeUp:
		d.takeUp(it)
	case agreeTo:
		d.decide(it, archive.ActAgree, "")
	case leaveIt:
		d.s.LeaveIt(it, d.s.Fail)
	case askOn:
		d.askAbout(it)
	case session.ThreadShow:
		if it.What == archive.AThread {
			it = doc.Item(archive.ID(it.Key))
		}
		d.Reveal(it.ID)
	case session.ThreadAnswer:
		d.ask(nil, "answer:"+id, widgets.SmallBoxAsk{Title: i18n.T("thread.answer.title", "words", short(it.Text)), Prompt: i18n.T("thread.answer.prompt"),
			Hint: i18n.T("thread.hint"), Lines: true}, func(text string, done func(error)) { d.s.AnswerThread(doc.ID, it, text, done) })
	default:
		d.s.SettleThread(doc.ID, it, act == session.ThreadReopen, d.s.Fail)
	}
}

// thingAtHand is what a question would be about: the proposal, the field's value, the
// mark or correction that has the keyboard or holds the caret; nil for the document.
func (d *Desk) thingAtHand() *archive.Item {
	doc := d.s.Document()
	if it := d.atHand(); it != nil {
		return it
	}
	if field := d.FocusedField(); field != "" {
		if v := doc.Values(field); len(v) > 0 {
			return v[0]
		}
		return nil
	}
	if d.on.Focused() == fyne.Focusable(d.inspector.marks.list) {
		return d.inspector.marks.chosen()
	}
	if !d.TextFocused() {
		return nil
	}
	start, end, _ := d.s.Selection()
	if at := correctionsIn(doc, start, end); len(at) > 0 {
		return at[0].Fix
	}
	return d.s.MarkAtCaret()
}

// askAbout begins a thread about an item, or about the document where it is nil.
func (d *Desk) askAbout(it *archive.Item) {
	doc := d.s.Document()
	title, on, slot := i18n.T("talk.ask.document"), archive.ID(""), "ask:"
	if it != nil {
		title, on = i18n.T("talk.ask.about", "what", short(session.ProposedWords(it))), it.ID
		slot += string(it.ID)
	}
	d.ask(it, slot, widgets.SmallBoxAsk{Title: title, Prompt: i18n.T("thread.ask.prompt"), Hint: i18n.T("thread.hint"), Lines: true},
		func(text string, done func(error)) {
			d.s.StartThread(doc.ID, on, text, func(err error) {
				done(err)
				if err == nil {
					d.s.Say(i18n.T("talk.asked"))
				}
			})
		})
}

// takeUp proposes again what was turned down, after asking for the words.
func (d *Desk) takeUp(it *archive.Item) {
	words := it.Text
	switch {
	case it.What == archive.AMark, it.What == archive.ARemoval, it.NotStated(): // they have no words of their own
		d.s.TakeUp(it, "", d.takenUp)
		return
	case it.What == archive.ATag:
		words = it.Key
	}
	field := d.s.Field(it.Key)
	lines := it.What == archive.ACorrection || it.What == archive.AValue && field.Long()
	d.ask(nil, takeUp+":"+string(it.ID), widgets.SmallBoxAsk{Title: i18n.T("talk.takeup.title", "why", short(it.Decision.Reason)), Text: words,
		Hint: boxHint(lines), Lines: lines}, func(text string, done func(error)) {
		d.s.TakeUp(it, strings.TrimSpace(text), func(err error) { done(err); d.takenUp(err) })
	})
}

func (d *Desk) takenUp(err error) {
	if err != nil {
		d.s.Fail(err)
		return
	}
	d.s.Say(i18n.T("talk.takenup"))
}

// signs say beside items that something waits for who was asked about them, by their
// ids. They are found once for each document that is shown.
func (d *Desk) signs(doc *session.Doc) map[archive.ID]string {
	if d.signed.doc == doc {
		return d.signed.of
	}
	of := map[archive.ID]string{}
	for _, th := range doc.Of(archive.AThread) {
		switch {
		case !th.InForce() || th.Resolved() || th.Key == "":
		case d.s.Rules().Same(th.Detail, d.s.Actor()):
			of[archive.ID(th.Key)] = i18n.T("talk.sign.yours")
		case of[archive.ID(th.Key)] == "":
			of[archive.ID(th.Key)] = i18n.T("talk.sign.open")
		}
	}
	d.signed = signed{doc, of}
	return of
}

// signed are the signs of a document.
type signed struct {
	doc *session.Doc
	of  map[archive.ID]string
}

// fieldSign is the sign of what stands or is proposed in a field, "" for none.
func (d *Desk) fieldSign(doc *session.Doc, field string) string {
	for id, words := range d.signs(doc) {
		if it := doc.Item(id); it != nil && it.What == archive.AValue && it.Key == field && live(it) {
			return words
		}
	}
	return ""
}
