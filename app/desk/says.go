package desk

import (
	"cmp"
	"encoding/json"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file says operations in words: what there was before, what there is
// after.

// say is one item in words, without who and when.
func (d *Desk) say(it *archive.Item) string {
	switch it.What {
	case archive.AValue:
		field := d.s.Field(it.Key)
		return i18n.T("say.value", "field", field.LabelWords(), "value", session.ValueWords(it.Text))
	case archive.ATag:
		return it.Key
	case archive.AMark:
		quote := ""
		if it.Anchor != nil {
			quote = session.QuoteWords(it.Anchor)
		}
		words := i18n.T("say.mark", "label", session.LabelWords(it.Key), "words", quote)
		if it.Text != "" {
			words += " · " + it.Text
		}
		if it.Detail != "" {
			words += " · " + it.Detail
		}
		return words
	case archive.ACorrection:
		return session.Corrected(it)
	case archive.ASplit:
		return session.SplitWords(it)
	case archive.AnOrder:
		return d.s.Document().OrderWords(it)
	case archive.AFurniture:
		return it.Anchor.Quote
	case archive.ARemoval:
		return i18n.T("proposal.away", "what", session.ProposedWords(it))
	case archive.ALabel:
		words := []string{i18n.T("say.label", "label", it.Key, "style", it.Pos)}
		if it.Detail != "" {
			words = append(words, strings.ToUpper(it.Detail))
		}
		if it.Text != "" {
			words = append(words, it.Text)
		}
		return strings.Join(words, " · ")
	case archive.ASample:
		return sampled(it)
	case archive.AStatus:
		words := session.StatusWords(archive.Status(it.Key))
		if it.Text != "" {
			words += " · " + it.Text
		}
		return words
	case archive.AnEdition:
		return i18n.T("say.edition", "n", it.Key, "title", it.Text)
	case archive.AnImport:
		return session.ImportWords(it)
	case archive.AMember:
		return cmp.Or(d.s.PackageName(archive.ID(it.Key)), archive.ID(it.Key).Short())
	case archive.ABelonging:
		return session.BelongingWords(it.Key) + " · " + archive.ID(it.Text).Short()
	case archive.APlace:
		return d.s.UnitWords(archive.ID(it.Key))
	case archive.AUnit:
		return archive.UnitItem(it).Name()
	case archive.AConcept:
		if it.Text == "" {
			return it.Key
		}
		return it.Key + " · " + it.Text
	case archive.AList:
		return it.Key
	case archive.ASearch:
		return i18n.T("say.search", "name", it.Key, "query", it.Text)
	case archive.ASetting:
		if t, err := template.Parse([]byte(it.Text)); it.Key == archive.TemplateJSON && err == nil {
			return t.LabelWords() // and not all of its JSON
		}
		return it.Text
	case archive.AHotkey:
		return i18n.T("say.hotkey", "key", it.Key, "tag", it.Text)
	}
	if it.Text == "" {
		return it.Key
	}
	return it.Text
}

func live(it *archive.Item) bool { return it != nil && (it.InForce() || it.Open()) }

// turns sorts what an operation changed into what went and what came; what is
// there before and after with other contents came.
func turns(e *storage.Entry) (gone, come []*archive.Item) {
	for _, c := range e.Changes {
		switch {
		case live(c.Before) && !live(c.After):
			gone = append(gone, c.Before)
		case live(c.After):
			if c.Before == nil || !onlyMoved(c.Before, c.After) {
				come = append(come, c.After)
			}
		}
	}
	return gone, come
}

// onlyMoved says whether a value merely stands at another place among those of
// its field.
func onlyMoved(a, b *archive.Item) bool {
	return a.What == archive.AValue && a.Text == b.Text && a.State == b.State
}

// summary says an operation in one line: "Title: old → new".
func (d *Desk) summary(e *storage.Entry) string {
	if words, ok := imported(e); ok {
		return words
	}
	gone, come := turns(e)
	value := func(items []*archive.Item) bool { return len(items) > 0 && items[0].What == archive.AValue }
	if value(gone) && value(come) {
		field := d.s.Field(come[0].Key)
		return i18n.T("say.value", "field", field.LabelWords(), "value", beginning(texts(gone))+" → "+texts(come))
	}
	if len(come) == 0 {
		come = gone
	}
	var words []string
	for _, it := range come {
		words = append(words, d.say(it))
	}
	return session.OneLine(i18n.List(words))
}

// beginning cuts words that others stand behind, so that these are seen too where
// there is room for a few: a row of the history, a menu.
func beginning(words string) string {
	if r := []rune(words); len(r) > 10 {
		words = string(r[:8]) + "…"
	}
	return words
}

// sayTurn says what an undo or a redo is about: "Title: old → new".
func (d *Desk) sayTurn(t storage.Turn) string {
	words := func(e *storage.Entry) string {
		what := shortTurn(d.summary(e))
		switch {
		case what == "":
			return session.KindWords(e.Kind)
		case e.Kind == "field.set":
			return what
		}
		return i18n.T("undo.words", "kind", session.KindWords(e.Kind), "what", what)
	}
	first := words(&t.First[0])
	for i := range t.First {
		switch e := &t.First[i]; {
		case e.Kind != t.First[0].Kind:
			return i18n.N("undo.several", t.Ops, "what", first+" …")
		case words(e) != first:
			first = session.KindWords(e.Kind) // they are of different words
		}
	}
	if t.Ops == 1 {
		return first
	}
	return i18n.N("undo.several", t.Ops, "what", first)
}

// shortTurn cuts "Title: old → new" so that both are still to be recognised.
func shortTurn(words string) string {
	old, now, ok := strings.Cut(words, " → ")
	if !ok || len([]rune(words)) <= 40 {
		return short(words)
	}
	cut := func(s string, n int) string {
		if r := []rune(s); len(r) > n {
			return string(r[:n-1]) + "…"
		}
		return s
	}
	return cut(old, 24) + " → " + cut(now, 16)
}

func texts(items []*archive.Item) string {
	var out []string
	for _, it := range items {
		out = append(out, session.ProposedWords(it))
	}
	return session.OneLine(i18n.List(out))
}

// detail says an operation in full: kind, who, when, and every change.
func (d *Desk) detail(e *storage.Entry) string {
	lines := []string{i18n.T("history.line", "kind", session.KindWords(e.Kind), "who", who(e), "when", moment(e.Clock.Time()))}
	if words, ok := imported(e); ok {
		lines = append(lines, words)
	}
	gone, come := turns(e)
	for _, it := range gone {
		lines = append(lines, i18n.T("history.before", "what", d.say(it)))
	}
	for _, it := range come {
		lines = append(lines, i18n.T("history.after", "what", d.say(it)))
	}
	if e.Outcome == archive.Conflict {
		lines = append(lines, i18n.T("history.conflict.why"))
	}
	if e.Outcome == archive.Lost {
		lines = append(lines, i18n.T("history.lost.why"))
	}
	return session.Lines(strings.Join(lines, "\n"))
}

// madeOf says how a text was made of its original.
func madeOf(info *archive.Info) string {
	switch {
	case info.Encoding != "":
		return info.Encoding
	case info.Chars == 0:
		return i18n.T("say.text.none")
	case info.Pages > 0 && info.Text > 0: // the first is that of the file
		return i18n.T("say.text.pictures")
	}
	return info.Format
}

// imported says where a document came from, or how its original was read again, if
// that is what the operation is.
func imported(e *storage.Entry) (string, bool) {
	for _, c := range e.Changes {
		if was, is := c.InfoBefore, c.InfoAfter; was != nil && is != nil {
			return i18n.T("say.text", "was", madeOf(was), "wasn", was.Text, "now", madeOf(is), "nown", is.Text), true
		}
	}
	if e.Kind != "document.import" {
		return "", false
	}
	var b archive.ImportBody
	if json.Unmarshal(e.Body, &b) != nil {
		return "", true // its body was destroyed with the document
	}
	how := b.Info.Encoding
	if how == "" { // it is no text of bytes
		how = b.Info.Format
	}
	return i18n.N("say.import", len(b.Proposals), "path", b.Info.Path, "encoding", how), true
}
