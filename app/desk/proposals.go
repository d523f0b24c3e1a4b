package desk

import (
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file says proposals: what is proposed, by whom, in the place of what, and
// what the person who is working can do with it.

// actCommands are the commands whose keys do what can be done with a proposal.
var actCommands = map[string]string{archive.ActTake: "proposal.take", archive.ActAgree: "proposal.take", archive.ActApprove: "proposal.take",
	archive.ActRefuse: "proposal.refuse", archive.ActReject: "proposal.refuse", archive.ActAmend: "proposal.amend", archive.ActWithdraw: "proposal.withdraw"}

// asks says whether an act wants words of the person.
func asks(act string) bool { return act == archive.ActReject || act == archive.ActAmend }

// view is how a proposal is shown.
func (d *Desk) view(doc *session.Doc, it *archive.Item) widgets.ProposalView {
	v := widgets.ProposalView{ID: string(it.ID), Text: session.Lines(session.ProposedWords(it)), Rule: it.Rule, Confidence: it.Confidence,
		HasEvidence: it.Anchor != nil && it.What == archive.AValue, Waits: d.s.Waits(it), Error: d.refused[it.ID]}
	v.Kind = openWords(it)
	if it.What == archive.ARemoval {
		v.Kind = i18n.T("proposal.remove", "what", i18n.T("what."+it.Key))
	}
	if it.By != "" {
		v.Said = it.By + " · " + moment(it.At.Time())
	}
	var lines []string
	if old := doc.ReplacedWords(it); len(old) > 0 && it.What != archive.ACorrection {
		lines = append(lines, i18n.T("proposal.replaces", "old", quotes(old)))
	}
	switch gaps := it.Lacunae(); {
	case it.What == archive.ASplit:
		if rule := session.RuleWord(it.Rule); rule != "" && it.By == "" {
			lines = append(lines, i18n.T("review.rule", "rule", rule, "n", int(it.Confidence*100+0.5)))
		}
		if at := it.Places(); len(at) > 1 {
			lines = append(lines, i18n.N("split.places", len(at)-1))
		}
	case len(gaps) > 0:
		for _, g := range gaps {
			lines = append(lines, i18n.T("lacuna.line", "bytes", g.Bytes, "candidates", strings.Join(g.Candidates, " ")))
		}
	case it.Detail != "" && it.What != archive.ACorrection && !it.NotStated():
		lines = append(lines, it.Detail)
	}
	if was := doc.Item(it.Amends); was != nil {
		lines = append(lines, i18n.T("proposal.amends", "who", was.By, "old", short(session.ProposedWords(was))))
	}
	if it.What == archive.ACorrection && it.Reason != "" {
		words := session.ReasonWords(it.Reason)
		if it.Recipe != "" {
			words += " · " + session.RecipeWords(it.Recipe)
		}
		lines = append(lines, words)
	}
	v.Detail = session.Lines(strings.Join(lines, "\n"))
	for _, act := range d.s.Acts(it) {
		label := i18n.T("act." + act)
		if r := d.s.Rules(); act == archive.ActTake && r != nil && r.Reviews(it.What, it.Key) {
			label = i18n.T("proposal.take.review") // somebody else decides on it then
		}
		if asks(act) {
			label += "…"
		}
		shown := widgets.ProposalAct{ID: act, Label: label, Sets: act == archive.ActTake,
			Enter: act == archive.ActTake || act == archive.ActApprove || act == archive.ActAgree}
		if c := d.s.Commands.Get(actCommands[act]); c != nil {
			shown.Key = c.FirstKeys()
			if len(c.Shortcuts) > 0 {
				shown.Shortcut = c.Shortcuts[0]
			}
		}
		v.Acts = append(v.Acts, shown)
	}
	return v
}

// openWords say that something is proposed: a machine's is not called as a person's.
func openWords(it *archive.Item) string {
	if it.By == "" {
		return i18n.T("proposal.machine")
	}
	return i18n.T("text.proposed")
}

func quotes(words []string) string {
	for i, w := range words {
		words[i] = "“" + short(w) + "”"
	}
	return i18n.List(words)
}

// openOf lists the open proposals about things of a kind, in the order in which
// they were made; field narrows those of values.
func openOf(doc *session.Doc, w archive.What, field string) []*archive.Item {
	if doc == nil {
		return nil
	}
	var out []*archive.Item
	for _, it := range doc.Items {
		if it.Open() {
			if o := session.About(doc, it); o.What == w && (w != archive.AValue || o.Key == field) {
				out = append(out, it)
			}
		}
	}
	if w == archive.AValue { // by their place in the field, as the values are
		slices.SortStableFunc(out, func(a, b *archive.Item) int { return a.Pos - b.Pos })
	}
	return out
}

// views are how proposals are shown.
func (d *Desk) views(doc *session.Doc, items []*archive.Item) []widgets.ProposalView {
	out := make([]widgets.ProposalView, 0, len(items))
	for _, it := range items {
		out = append(out, d.view(doc, it))
	}
	return out
}

// newProposals makes the boxes of a tab; back gives the focus back to it.
func newProposals(d *Desk, back func()) *widgets.ProposalList {
	l := widgets.NewProposalList(i18n.T("text.proposed"), i18n.T("form.where"))
	l.Covers = session.Covers
	l.OnAct, l.OnEscape = d.actOn, back
	l.OnEvidence = func(id string) { d.reveal(archive.ID(id)) }
	return l
}
