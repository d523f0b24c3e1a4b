package desk

import (
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
)

// This file has the original of a document read once more: in another encoding, or of
// a page its article alone.

// The choices that are no encoding.
const (
	readArticle = "article"
	readWhole   = "whole"
)

// reread asks how the original is to be read, each encoding with the words that it
// makes of it. What has a reader of its own is read by that: there is nothing to choose.
func (d *Desk) reread() {
	d.s.Flush()
	if now := d.s.Document(); now != nil && now.Info != nil && now.Info.Encoding == "" {
		d.tryText("", false)
		return
	}
	d.s.Readings(func(r session.Readings) {
		now := d.s.Document().Info.Encoding
		choices := []widgets.Choice{{ID: session.FoundOut, Title: i18n.T("importing.guess"), Sub: i18n.T("reread.guess.means")}}
		switch {
		case r.Article:
			choices = append(choices, widgets.Choice{ID: readWhole, Title: i18n.T("reread.whole"), Sub: i18n.T("reread.whole.means")})
		case r.Page:
			choices = append(choices, widgets.Choice{ID: readArticle, Title: i18n.T("reread.article"), Sub: i18n.T("reread.article.means")})
		}
		for _, s := range r.Samples {
			choices = append(choices, sampleChoice(s.Encoding, s.Words, s.Bad, now))
		}
		c := widgets.NewChooser(i18n.T("reread.prompt"), i18n.T("importing.encoding.none"), choices)
		c.Covers, c.Start = session.Covers, now
		c.OnPick = func(id string) {
			switch id {
			case readArticle, readWhole:
				d.tryText("", id == readArticle)
			default:
				d.tryText(id, r.Article)
			}
		}
		c.Show(d.on)
	})
}

// sampleChoice is an encoding with words that the original would read in it, bad of
// whose characters it has not.
func sampleChoice(encoding, words string, bad int, now string) widgets.Choice {
	c := widgets.Choice{ID: encoding, Title: encoding, Sub: session.OneLine(words)}
	if about := session.EncodingWords(encoding); about != "" {
		c.Title += " · " + about
	}
	if words == "" {
		c.Sub = i18n.T("reread.ascii")
	}
	switch {
	case encoding == now:
		c.Badge = i18n.T("reread.now")
	case bad > 0:
		c.Badge = i18n.N("reread.bad", bad)
	}
	return c
}

// readAs is a sentence of how a document was read: in an encoding, or by the reader of its
// format.
func readAs(key, own, encoding string) string {
	if encoding == "" {
		return i18n.T(own)
	}
	return i18n.T(key, "encoding", encoding)
}

// tryText reads the document so, after a question where something does not go along.
func (d *Desk) tryText(encoding string, article bool) {
	doc := d.s.Document().ID
	d.s.TryText(encoding, article, func(r storage.Rereading, err error) {
		switch {
		case err != nil:
			d.s.Say(session.Words(err))
		case r.Same:
			d.s.Say(readAs(i18n.K("reread.same"), i18n.K("reread.own.same"), r.Encoding))
		case r.Left+r.Bare == 0:
			d.readText(encoding, article, r)
		default:
			d.askText(r, func() {
				if now := d.s.Document(); now != nil && now.ID == doc {
					d.readText(encoding, article, r)
				}
			})
		}
	})
}

// askText says what would stay behind, and asks.
func (d *Desk) askText(r storage.Rereading, yes func()) {
	var g *dialog
	note := session.NewNote(6)
	var lines []string
	if r.Moved > 0 {
		lines = append(lines, i18n.N("reread.moved", r.Moved))
	}
	if r.Left > 0 {
		lines = append(lines, i18n.N("reread.left", r.Left))
	}
	if r.Bare > 0 {
		lines = append(lines, i18n.N("reread.bare", r.Bare))
	}
	lines = append(lines, i18n.T("reread.undo"))
	note.SetText(strings.Join(lines, "\n"), widgets.Plain)
	do := widgets.NewPrimaryButton(i18n.T("reread.do"), func() {
		g.close()
		yes()
	})
	g = d.openDialog(readAs(i18n.K("reread.title"), i18n.K("reread.own.title"), r.Encoding), note, do, widgets.NewButton(i18n.T("button.cancel"), func() { g.close() }), do)
}

func (d *Desk) readText(encoding string, article bool, r storage.Rereading) {
	d.s.ReadText(encoding, article, func(err error) {
		switch {
		case err != nil:
			d.s.Say(session.Words(err))
		case r.Return > 0:
			d.s.Say(readAs(i18n.K("reread.done"), i18n.K("reread.own.done"), r.Encoding) + " " + i18n.N("reread.return", r.Return))
		case r.Left > 0:
			d.s.Say(readAs(i18n.K("reread.done"), i18n.K("reread.own.done"), r.Encoding) + " " + i18n.N("reread.where", r.Left))
		default:
			d.s.Say(readAs(i18n.K("reread.done"), i18n.K("reread.own.done"), r.Encoding))
		}
	})
}
