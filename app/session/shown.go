package session

import (
	"fonds/app/i18n"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file says what a text view draws of a document, and proposals in words: the
// desk and the review show the same.

// Shown is what the view draws of a document.
func Shown(doc *Doc, style func(label string) int) widgets.Shown {
	out := widgets.Shown{Key: string(doc.ID), Text: doc.Text.Text().String()}
	labels := map[string]string{} // in words
	for _, it := range doc.Of(archive.AMark) {
		p, ok := doc.Placed(it)
		if !ok || !it.InForce() && !it.Open() {
			continue
		}
		span := widgets.Span{Start: p.Start, End: p.End}
		if it.Key == archive.Furniture { // drawn in quiet ink
			out.Furniture = append(out.Furniture, span)
			continue
		}
		words, ok := labels[it.Key]
		if !ok {
			words = LabelWords(it.Key)
			labels[it.Key] = words
		}
		out.Marks = append(out.Marks, widgets.MarkSpan{ID: string(it.ID), Span: span, Label: words,
			Style: style(it.Key), Proposed: it.Open(), LookAgain: p.LookAgain, Note: Remark(it)})
	}
	out.Marks = append(out.Marks, changes(doc)...)
	Aside(doc, &out, func(start, end int) widgets.Span {
		return widgets.Span{Start: doc.Text.ToReading(start), End: doc.Text.ToReading(end)}
	})
	for _, f := range doc.Text.Spans() {
		out.Corrections = append(out.Corrections, widgets.CorrectionSpan{ID: string(f.Fix.ID),
			Span: widgets.Span{Start: f.Start, End: f.End}, Old: f.Fix.Source})
	}
	for _, it := range doc.Of(archive.AValue) {
		if start, end, ok := doc.Span(it); ok && it.InForce() && end > start {
			out.Evidence = append(out.Evidence, widgets.Span{Start: start, End: end})
		}
	}
	return out
}

// changes are the proposed changes of words and marks as the text shows them.
func changes(doc *Doc) []widgets.MarkSpan {
	var out []widgets.MarkSpan
	for _, it := range doc.Items {
		if !it.Open() {
			continue
		}
		m := widgets.MarkSpan{ID: string(it.ID), Proposed: true, Change: true}
		switch o := About(doc, it); {
		case it.What == archive.ACorrection:
			m.Label = "→ " + it.Text
			if it.Text == "" {
				m.Label = "→ " + i18n.T("text.deleted")
			}
		case o != it && o.What == archive.AMark:
			m.Label = i18n.T("proposal.away", "what", LabelWords(o.Key))
		case o != it && o.What == archive.ACorrection:
			m.Label = i18n.T("proposal.away", "what", Corrected(o))
		default:
			continue
		}
		m.Label = OneLine(m.Label)
		if span, ok := SpanOf(doc, About(doc, it)); ok {
			m.Span = span
			out = append(out, m)
		}
	}
	return out
}

// SpanOf is where an item lies in the reading text. A correction in force has
// its place from the text itself.
func SpanOf(doc *Doc, it *archive.Item) (widgets.Span, bool) {
	if it.What == archive.ACorrection {
		for _, f := range doc.Text.Spans() {
			if f.Fix.ID == it.ID {
				return widgets.Span{Start: f.Start, End: f.End}, true
			}
		}
	}
	start, end, ok := doc.Span(it)
	return widgets.Span{Start: start, End: end}, ok
}

// Remark is what is said of a mark beside its label, on one line.
func Remark(it *archive.Item) string {
	words := OneLine(it.Text)
	if it.Detail == "" {
		return words
	}
	if words != "" {
		words += " · "
	}
	return words + it.Detail
}

// ProposedWords are the words of a proposal by which it is known.
func ProposedWords(it *archive.Item) string {
	switch it.What {
	case archive.ATag:
		return it.Key
	case archive.ACorrection:
		return Corrected(it)
	case archive.AMark:
		quote := ""
		if it.Anchor != nil {
			quote = QuoteWords(it.Anchor)
		}
		return i18n.T("say.mark", "label", LabelWords(it.Key), "words", quote)
	case archive.ASplit:
		return SplitWords(it)
	case archive.ARemoval:
		if it.Key == string(archive.AMark) && it.Anchor != nil {
			return LabelWords(it.Text) + " · " + QuoteWords(it.Anchor)
		}
	}
	if it.NotStated() {
		return ValueWords(it.Text)
	}
	return it.Text
}

// About is what a proposal is about: itself, or what it would take away.
func About(doc *Doc, it *archive.Item) *archive.Item {
	if it.What == archive.ARemoval && len(it.Replaces) > 0 {
		if o := doc.Item(it.Replaces[0]); o != nil {
			return o
		}
	}
	return it
}

// Corrected says a correction as "old → new".
func Corrected(it *archive.Item) string {
	old, now := it.Source, it.Text
	if old == "" {
		old = i18n.T("correct.inserted")
	}
	if now == "" {
		now = i18n.T("text.deleted")
	}
	return old + " → " + now
}

// Changed are the ranges of two texts that are not in the other, so far on.
func Changed(old, now string, shift int) (gone, come []widgets.Span) {
	a, b := archive.Changed(old, now)
	spans := func(all [][2]int) (out []widgets.Span) {
		for _, r := range all {
			out = append(out, widgets.Span{Start: r[0] + shift, End: r[1] + shift})
		}
		return out
	}
	return spans(a), spans(b)
}
