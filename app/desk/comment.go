package desk

import (
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// comment opens the box for the comment of the mark at the caret.
func (d *Desk) comment() {
	it := d.s.MarkAtCaret()
	if at, has := d.s.Region(); has && at.Mark != "" {
		it = d.s.Document().Item(at.Mark)
	}
	if it == nil {
		d.s.Say(i18n.T("mark.none"))
		return
	}
	d.commentOn(it)
}

// commentOn asks for a mark's comment and, below it, for the URI of whom or what
// it names.
func (d *Desk) commentOn(it *archive.Item) {
	span, ok := session.SpanOf(d.s.Document(), it)
	d.pic.working = it.Anchor.OnPicture()
	if !ok && !d.pic.working {
		return
	}
	words := session.AnchorWords(d.s.Document(), it.Anchor)
	lines := strings.Contains(it.Text, "\n")
	ask := widgets.SmallBoxAsk{Title: i18n.T("comment.title", "label", session.LabelWords(it.Key), "words", short(words)),
		Text: it.Text, Lines: lines, Prompt: i18n.T("comment.prompt"), Hint: boxHint(lines),
		Also: &widgets.SmallBoxAlso{Label: i18n.T("comment.authority"), Text: it.Detail, Prompt: i18n.T("comment.authority.prompt")}}
	slot := session.CommentSlot + string(it.ID)
	d.openBox(span, slot, ask, func(text string, done func(error)) {
		doc := d.s.Document()
		now, uri := doc.Item(it.ID), strings.TrimSpace(d.small.Also())
		if now != nil && now.Text == text && now.Detail == uri {
			d.leaveBox()
			d.s.Forget(doc.ID, slot)
			return
		}
		d.s.CommentMark(it.ID, slot, text, uri, done)
	})
	d.offerAuthorities(slot, it.Key, words)
}
