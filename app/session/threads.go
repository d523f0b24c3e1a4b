package session

import (
	"strings"

	"fonds/app/i18n"
	"fonds/storage/archive"
	"fonds/widgets"
)

// StartThread asks or remarks something on an item of a document, or on the document
// where on is "". Whoever made the item, or took the document's last step, is asked.
func (s *Session) StartThread(doc, on archive.ID, text string, done func(error)) {
	s.Apply(told(done), &archive.Edit{Do: "thread.start", Doc: string(doc), On: string(on), Text: &text})
}

// AnswerThread says something in a thread, as one who has seen it as it is.
func (s *Session) AnswerThread(doc archive.ID, it *archive.Item, text string, done func(error)) {
	s.Apply(told(done), &archive.Edit{Do: "thread.reply", Doc: string(doc), Thread: string(it.ID), Text: &text, Seen: &[]archive.ID{it.Rev}})
}

// SettleThread resolves a thread, or opens it again.
func (s *Session) SettleThread(doc archive.ID, it *archive.Item, reopen bool, done func(error)) {
	do := "thread.resolve"
	if reopen {
		do = "thread.reopen"
	}
	s.Apply(told(done), &archive.Edit{Do: do, Doc: string(doc), Thread: string(it.ID), Seen: &[]archive.ID{it.Rev}})
}

// ThreadAbout says what a thread is about.
func ThreadAbout(d *Doc, t archive.Thread) string {
	if t.Key == "" {
		return i18n.T("thread.on.document")
	}
	o := d.Item(archive.ID(t.Key))
	if o == nil {
		return i18n.T("thread.on.gone")
	}
	words := []rune(OneLine(ProposedWords(o)))
	if len(words) > 40 {
		words = append(words[:39:39], '…')
	}
	return i18n.T("thread.on", "what", string(words))
}

// ThreadView is a thread as it is shown; about says what it is about, "" where that
// is plain; show says that it can be shown.
func (s *Session) ThreadView(t archive.Thread, about string, show bool) widgets.ThreadView {
	v := widgets.ThreadView{ID: string(t.ID), About: about, Resolved: t.Resolved(), Acts: s.ThreadActs(t, show)}
	switch {
	case t.Resolved():
		v.State = i18n.T("thread.resolved")
		if n := len(t.Replies); n > 0 {
			v.State = i18n.T("thread.resolved.by", "who", t.Replies[n-1].By)
		}
	case t.Detail == "":
		v.State = i18n.T("thread.open")
	case s.Rules().Same(t.Detail, s.actor):
		v.State, v.Waits = i18n.T("thread.yours"), true
	default:
		v.State = i18n.T("thread.waits", "who", t.Detail)
	}
	say := func(it *archive.Item) {
		text := it.Text
		switch {
		case it.Detail == archive.ThreadResolved && it.What == archive.AReply:
			text = strings.TrimSpace(text + "\n" + i18n.T("thread.did.resolve"))
		case it.Detail == archive.ThreadReopened && it.What == archive.AReply:
			text = strings.TrimSpace(text + "\n" + i18n.T("thread.did.reopen"))
		}
		v.Says = append(v.Says, widgets.Saying{Who: it.By, When: i18n.Moment(it.At.Time().Local()), Text: Lines(text)})
	}
	say(t.Item)
	for _, r := range t.Replies {
		say(r)
	}
	return v
}

// What can be done with a thread.
const (
	ThreadAnswer  = "answer"
	ThreadResolve = "resolve"
	ThreadReopen  = "reopen"
	ThreadShow    = "show" // what it is about
)

// ThreadActs are what can be done with a thread; show says that there is something to
// be shown, and the screen can.
func (s *Session) ThreadActs(t archive.Thread, show bool) []widgets.ThreadAct {
	var out []widgets.ThreadAct
	if show {
		out = append(out, widgets.ThreadAct{ID: ThreadShow, Label: i18n.T("thread.show")})
	}
	switch {
	case s.Fixed() != "":
	case t.Resolved():
		out = append(out, widgets.ThreadAct{ID: ThreadReopen, Label: i18n.T("thread.reopen")})
	default:
		out = append(out, widgets.ThreadAct{ID: ThreadAnswer, Label: i18n.T("thread.answer")}, widgets.ThreadAct{ID: ThreadResolve, Label: i18n.T("thread.resolve")})
	}
	return out
}
