package review

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file decides on the proposal that is shown, and on its document.

// acts are what a key of the screen comes to, the first that is allowed: a machine's
// proposal is taken or refused, of one's own that was amended one agrees.
var acts = map[string][]string{
	archive.ActApprove: {archive.ActApprove, archive.ActAgree, archive.ActTake},
	archive.ActReject:  {archive.ActReject, archive.ActRefuse, archive.ActWithdraw},
	archive.ActAmend:   {archive.ActAmend},
}

// allowed is what a key comes to for the proposal that is shown, "" where nothing
// is allowed.
func (p *Page) allowed(it *archive.Item, key string) string {
	if !it.Open() {
		return ""
	}
	may := p.s.Acts(it)
	for _, act := range acts[key] {
		if slices.Contains(may, act) {
			return act
		}
	}
	return ""
}

// showActs shows what can be done, and why not where it cannot.
func (p *Page) showActs() {
	m := p.middle
	d, it := p.r.Shown()
	if d == nil {
		return
	}
	m.acts.Objects = nil
	add := func(words, command string, do func()) {
		b := widgets.NewSmallButton(words, do)
		if c := p.s.Commands.Get(command); c != nil {
			b.SetLabels(words, c.Keys())
		}
		b.OnKey = p.escape
		m.acts.Add(b)
	}
	if it == nil {
		p.showSteps(add)
		return
	}
	if !it.Open() {
		p.showGone(it, add)
		return
	}
	for _, k := range []struct{ key, command string }{{archive.ActApprove, "review.approve"}, {archive.ActReject, "review.reject"}, {archive.ActAmend, "review.amend"}} {
		if act := p.allowed(it, k.key); act != "" {
			words := i18n.T("act." + act)
			if act == archive.ActReject || act == archive.ActAmend {
				words += "…"
			}
			add(words, k.command, func() { p.act(k.key) })
		}
	}
	add(i18n.T("thread.ask"), "review.ask", p.ask)
	if p.allowed(it, archive.ActApprove) != "" {
		add(i18n.T("review.alike"), "review.approveall", func() { p.openBulk(archive.ActApprove) })
	}
	m.acts.Refresh()
	words, tone := p.s.Waits(it), widgets.Warn
	if p.allowed(it, archive.ActApprove) != "" {
		words = ""
	}
	if p.refuse != nil {
		words, tone = refused(p.refuse), widgets.Bad
	}
	m.why.SetText(words, tone)
	widgets.Relay(m.inner)
}

// showSteps shows what can be done with a document that is shown in the place of a
// proposal; whoever may not approve it is told who could.
func (p *Page) showSteps(add func(words, command string, do func())) {
	m, words, tone := p.middle, "", widgets.Warn
	if err := p.r.MayStep(archive.ActApprove); err != nil {
		words = refused(err)
	} else {
		add(i18n.T("cmd.review.document"), "review.document", p.approveDocument)
	}
	add(i18n.T("cmd.review.return"), "review.return", p.returnDocument)
	add(i18n.T("cmd.review.next"), "review.next", func() { p.move(1) })
	m.acts.Refresh()
	if p.refuse != nil {
		words, tone = refused(p.refuse), widgets.Bad
	}
	m.why.SetText(words, tone)
	widgets.Relay(m.inner)
}

// showGone says that a proposal waits no longer, and why.
func (p *Page) showGone(it *archive.Item, add func(words, command string, do func())) {
	m := p.middle
	add(i18n.T("thread.ask"), "review.ask", p.ask)
	add(i18n.T("cmd.review.next"), "review.next", func() { p.move(1) })
	m.acts.Refresh()
	words := i18n.T("review.wentby", "state", i18n.T("state."+string(it.State)))
	if it.Decision != nil && it.Decision.By != "" {
		words = i18n.T("review.wentby.who", "who", it.Decision.By, "state", i18n.T("state."+string(it.State)))
	}
	m.why.SetText(words, widgets.Warn)
	widgets.Relay(m.inner)
}

// failed says beside the proposal why something was refused.
func (p *Page) failed(err error) {
	p.refuse = err
	p.showActs()
}

// act does what a key of the screen comes to, after asking for the words it wants.
func (p *Page) act(key string) {
	d, it := p.r.Shown()
	if it == nil {
		return
	}
	act := p.allowed(it, key)
	switch {
	case act == "":
		err := p.s.May(acts[key][0], it)
		if it.By == "" && key != archive.ActAmend {
			err = p.s.May(acts[key][len(acts[key])-1], it)
		}
		p.failed(err)
	case act == archive.ActReject:
		p.askReason(i18n.T("reject.title", "words", short(session.ProposedWords(it))), i18n.T("reject.prompt"), func(reason string, done func(error)) {
			p.r.Decide(act, reason, done)
		})
	case act == archive.ActAmend && it.What == archive.AMark:
		p.amendMark(it)
	case act == archive.ActAmend:
		p.amend(it)
	default:
		said := p.decided(act, it, d)
		p.r.Decide(act, "", func(err error) {
			p.failed(err)
			if err == nil {
				p.s.Say(said)
			}
		})
	}
}

// decided says what was decided, for the status bar.
func (p *Page) decided(act string, it *archive.Item, d *session.Doc) string {
	return i18n.T("review.decided", "act", i18n.T("act."+act), "what", short(session.ProposedWords(it)), "title", short(session.OneLine(d.Title())))
}

// askReason asks for a reason; those of before are offered.
func (p *Page) askReason(title, prompt string, apply func(reason string, done func(error))) {
	hint := i18n.T("review.reason.hint")
	p.openBox(widgets.SmallBoxAsk{Title: title, Prompt: prompt, Hint: hint, Lines: true}, apply)
	box := p.middle.box
	p.r.Reasons(func(words []string) {
		if len(words) > 0 && box.IsOpen() {
			box.SetFirstOffers(words)
			box.SetHint(hint+"\n"+i18n.T("review.reason.offers", "reasons", short(session.OneLine(i18n.List(words)))), false)
		}
	})
}

// amend asks for the words that are to stand in the place of the proposed ones.
func (p *Page) amend(it *archive.Item) {
	text := it.Text
	if it.What == archive.ATag {
		text = it.Key
	}
	f := p.s.Field(it.Key)
	lines := it.What == archive.ACorrection || it.What == archive.AValue && f.Long()
	hint := i18n.T("review.amend.hint")
	if lines {
		hint = i18n.T("review.amend.hint.lines")
	}
	p.openBox(widgets.SmallBoxAsk{Title: i18n.T("amend.title", "words", short(session.ProposedWords(it))), Text: text, Hint: hint, Lines: lines},
		func(text string, done func(error)) { p.r.Decide(archive.ActAmend, text, done) })
	p.middle.box.SelectAll()
}

// amendMark asks for another label.
func (p *Page) amendMark(it *archive.Item) {
	var choices []widgets.Choice
	for _, l := range p.s.Palette() {
		if l.Name != it.Key {
			choices = append(choices, widgets.Choice{ID: l.Name, Title: session.OneLine(session.LabelWords(l.Name)), Sub: l.Text})
		}
	}
	ch := widgets.NewChooser(i18n.T("amend.title", "words", short(session.ProposedWords(it))), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(label string) { p.r.Decide(archive.ActAmend, label, p.failed) }
	ch.Show(p.on)
}

// ask begins a thread about the proposal, or about the document that is shown in the
// place of one.
func (p *Page) ask() {
	d, it := p.r.Shown()
	if d == nil {
		return
	}
	who, on := "", archive.ID("")
	if it != nil {
		who, on = it.By, it.ID
	}
	title := i18n.T("thread.ask.title", "who", who)
	if who == "" || p.s.Rules().Same(who, p.s.Actor()) {
		title = i18n.T("thread.ask.anybody")
	}
	p.openBox(widgets.SmallBoxAsk{Title: title, Prompt: i18n.T("thread.ask.prompt"), Hint: i18n.T("thread.hint"), Lines: true},
		func(text string, done func(error)) { p.s.StartThread(d.ID, on, text, p.said(done)) })
}

// said tells done, and shows what was said where it was.
func (p *Page) said(done func(error)) func(error) {
	return func(err error) {
		if err == nil {
			p.r.Again()
		}
		done(err)
	}
}

// approveDocument approves the whole document.
func (p *Page) approveDocument() {
	if err := p.r.MayStep(archive.ActApprove); err != nil {
		p.failed(err)
		return
	}
	d, _ := p.r.Shown()
	title := short(session.OneLine(d.Title()))
	p.r.Step(archive.ActApprove, "", func(err error) {
		p.failed(err)
		if err == nil {
			p.s.Say(i18n.T("review.document.done", "title", title))
		}
	})
}

// returnDocument asks what is to be done, and gives the document back.
func (p *Page) returnDocument() {
	if err := p.r.MayStep(archive.ActReturn); err != nil {
		p.failed(err)
		return
	}
	p.askReason(i18n.T("return.title"), i18n.T("return.prompt"), func(reason string, done func(error)) { p.r.Step(archive.ActReturn, reason, done) })
}

// openBox asks for words under the head of the proposal; what is refused stays in
// the box, with why.
func (p *Page) openBox(ask widgets.SmallBoxAsk, apply func(text string, done func(error))) {
	m := p.middle
	p.failed(nil)
	of := p.of
	ask.OnDone = func(text string) {
		apply(text, func(err error) {
			switch {
			case err == nil && (p.of != of || !m.box.IsOpen()): // the next is there
			case err != nil:
				m.box.SetHint(strings.TrimPrefix(refused(err), "⚠ "), true)
				return
			default:
				m.box.Close()
			}
			p.Focus()
		})
	}
	ask.OnCancel = p.Focus
	m.box.Close()
	at := fyne.NewPos(24, 24)
	size := fyne.NewSize(m.content.Size().Width-48, m.head.Size().Height-24)
	m.box.Open(m.over, at, size, ask)
}

// short cuts words for a line.
func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		text = string(r[:24]) + "…" + string(r[len(r)-12:])
	}
	return session.OneLine(text)
}
