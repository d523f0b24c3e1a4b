package desk

import (
	"strings"

	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
)

// showStars lists the criteria of quality with what the document that is shown
// meets of them, and what is missing; a criterion that is chosen leads to where
// it can be met.
func (d *Desk) showStars() {
	doc, self := d.s.Document(), d.s.Self()
	if doc == nil || self == nil {
		return
	}
	d.s.Flush()
	a, err := doc.Assess(d.s.Rules(), report.Required(self)(doc.Document))
	if err != nil {
		d.s.Fail(err)
		return
	}
	var choices []widgets.Choice
	for _, c := range archive.Criteria() {
		badge := "✓ " + i18n.T("stars.met")
		if !a.Meets(c) {
			badge = "⚠ " + i18n.T("stars.missing")
		}
		choices = append(choices, widgets.Choice{ID: string(c), Title: report.CriterionWords(c), Sub: d.lacks(&a, c), Badge: badge})
	}
	ch := widgets.NewChooser(i18n.T("stars.title", "stars", report.StarWords(a.Stars())), i18n.T("chooser.nothing"), choices)
	ch.Covers = session.Covers
	ch.OnPick = func(id string) { d.toCriterion(archive.Criterion(id)) }
	ch.Show(d.on)
}

// lacks says what is missing of a criterion, "" where there is no more to say.
func (d *Desk) lacks(a *archive.Assessment, c archive.Criterion) string {
	names := func(ids []string) string {
		var out []string
		for _, id := range ids {
			f := d.s.Field(id)
			out = append(out, f.LabelWords())
		}
		return i18n.List(out)
	}
	switch {
	case c == archive.CriterionFields && len(a.Unfilled) > 0:
		return i18n.T("stars.unfilled", "fields", names(a.Unfilled))
	case c == archive.CriterionEvidence && len(a.Unsourced) > 0:
		return i18n.T("stars.unsourced", "fields", names(a.Unsourced))
	case c == archive.CriterionClear && !a.Meets(c):
		return notClear(a)
	case c == archive.CriterionReviewed && a.Alone:
		return i18n.T("stars.alone")
	case c == archive.CriterionReviewed && a.Stale:
		return i18n.T("stars.stale")
	case c == archive.CriterionSampled && a.Faulty:
		return i18n.T("stars.faulty")
	}
	return ""
}

// notClear counts what is open.
func notClear(a *archive.Assessment) string {
	var out []string
	if a.Proposals > 0 {
		out = append(out, i18n.N("stars.proposals", a.Proposals))
	}
	if a.LookAgain > 0 {
		out = append(out, i18n.N("stars.lookagain", a.LookAgain))
	}
	if a.Threads > 0 {
		out = append(out, i18n.N("stars.threads", a.Threads))
	}
	return strings.Join(out, " · ")
}

// toCriterion leads to where a criterion can be met.
func (d *Desk) toCriterion(c archive.Criterion) {
	switch c {
	case archive.CriterionFields, archive.CriterionEvidence:
		d.s.Commands.Run("tab.fields")
	case archive.CriterionClear:
		d.s.Commands.Run("tab.marks")
	default:
		d.s.Commands.Run("pane.text")
	}
}
