package desk

import (
	"strconv"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// correct opens the box over the selected words, or over the correction that the
// caret stands in; else for words to be put in at the caret.
func (d *Desk) correct() {
	doc := d.s.Document()
	start, end, has := d.s.Selection()
	if at := correctionsIn(doc, start, end); !has && len(at) > 0 {
		start, end = at[0].Start, at[0].End
	}
	d.correctAt(doc.Text.AnchorReading(doc.Info.Text, start, end))
}

// correctAt opens the box for the words under an anchor.
func (d *Desk) correctAt(a *archive.Anchor) {
	doc := d.s.Document()
	p := doc.Text.Place(a)
	old := doc.Text.Text().Slice(p.Start, p.End)
	ask := widgets.SmallBoxAsk{Title: i18n.T("correct.title", "words", short(old)), Text: old,
		Lines: strings.Contains(old, "\n"), Prompt: i18n.T("correct.nothing")}
	if old == "" {
		ask.Title, ask.Prompt = i18n.T("correct.insert"), ""
	}
	ask.Hint = boxHint(ask.Lines)
	if old != "" {
		for _, r := range correctionsIn(doc, p.Start, p.End) {
			ask.Hint = i18n.T("correct.replaces", "old", short(r.Fix.Source), "new", short(r.Fix.Text), "who", r.Fix.By) + "\n" + ask.Hint
		}
	}
	slot := correctSlot(a)
	ask.Also = &widgets.SmallBoxAlso{Label: i18n.T("correct.reason"), Prompt: i18n.T("correct.reason.prompt")}
	d.s.Reasons(func(words []string) { d.offerReasons(slot, ask.Also, words) })
	d.openBox(widgets.Span{Start: p.Start, End: p.End}, slot, ask, func(text string, done func(error)) {
		doc := d.s.Document()
		p := doc.Text.Place(a)
		now := doc.Text.Text().Slice(p.Start, p.End)
		switch {
		case text == now:
			d.leaveBox()
			d.s.Forget(doc.ID, slot)
			d.s.Say(i18n.T("correct.same"))
		case now != old:
			old = now // said once: the person has seen it then
			d.small.SetHint(i18n.T("correct.changed", "words", short(now)), true)
		default:
			d.s.CorrectFrom(slot, p.Start, p.End, text, session.Reason(strings.TrimSpace(d.small.Also())), done)
		}
	})
}

// offerReasons puts the reasons there are into the box, if it still is the one
// of slot by then.
func (d *Desk) offerReasons(slot string, also *widgets.SmallBoxAlso, words []string) {
	also.Offers, also.Label = words, i18n.T("correct.reason.offers", "reasons", i18n.List(words))
	if d.box != nil && d.box.slot == slot {
		d.small.SetOffers(also.Label, words)
	}
}

// correctSlot is where a correction of the words under an anchor is typed.
func correctSlot(a *archive.Anchor) string {
	slot := session.CorrectSlot + border(a.Start) + "~" + border(a.End)
	if a.Text > 1 {
		slot += "#" + strconv.Itoa(a.Text)
	}
	return slot
}

func border(b archive.Border) string {
	if b.In == "" {
		return strconv.Itoa(b.At)
	}
	return strconv.Itoa(b.At) + "@" + string(b.In)
}

// slotAnchor is the anchor of a correction's slot, nil where the slot is none, or
// lies outside of the text.
func slotAnchor(doc *session.Doc, slot string) *archive.Anchor {
	place, text, several := strings.Cut(strings.TrimPrefix(slot, session.CorrectSlot), "#")
	if n, err := strconv.Atoi(text); several && (err != nil || n != doc.Info.Text) || !several && doc.Info.Text != 1 {
		return nil // it is of another source text
	}
	from, to, ok := strings.Cut(place, "~")
	start, ok1 := parseBorder(doc, from)
	end, ok2 := parseBorder(doc, to)
	if !ok || !ok1 || !ok2 || start.In == "" && end.In == "" && start.At > end.At {
		return nil
	}
	return &archive.Anchor{Text: doc.Info.Text, Start: start, End: end}
}

func parseBorder(doc *session.Doc, words string) (archive.Border, bool) {
	at, in, _ := strings.Cut(words, "@")
	n, err := strconv.Atoi(at)
	ok := err == nil && n >= 0
	if in == "" {
		ok = ok && n <= doc.Text.Source().Len()
	} else {
		it := doc.Item(archive.ID(in))
		ok = ok && it != nil && it.What == archive.ACorrection
	}
	return archive.Border{At: n, In: archive.ID(in)}, ok
}

// correctionsIn are those in force that a range touches, or that hold a caret.
func correctionsIn(doc *session.Doc, start, end int) []archive.Span {
	var out []archive.Span
	for _, f := range doc.Text.Spans() {
		if f.Start < end && start < f.End || start >= end && f.Start <= start && start <= f.End {
			out = append(out, f)
		}
	}
	return out
}
