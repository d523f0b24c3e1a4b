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

// ThreadView is a thread as it is shown; about says what it is about, "" where that
// is plain.
func (s *Session) ThreadView(t archive.Thread, about string) widgets.ThreadView {
	v := widgets.ThreadView{ID: string(t.ID), About: about, Resolved: t.Resolved()}
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

// DiscussionWords are the words of what shows threads.
func DiscussionWords() widgets.DiscussionWords {
	return widgets.DiscussionWords{Ask: i18n.T("thread.ask"), Answer: i18n.T("thread.answer"), Resolve: i18n.T("thread.resolve"),
		Reopen: i18n.T("thread.reopen"), None: i18n.T("thread.none")}
}
