package report

import (
	"fmt"
	"strings"

	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file says what became of what was proposed, and how good the result is.

func (n *Numbers) queue() Section {
	s := Section{ID: "queue", Title: i18n.T("oversight.queue"), Means: i18n.T("report.queue.means")}
	if n.Work.Proposals.All() == 0 && n.Work.Submitted.All() == 0 && len(n.Work.Rates) == 0 {
		s.Empty = i18n.T("queue.empty.next")
		return s
	}
	s.Charts = append(s.Charts, n.ages())
	if len(n.Work.Rates) > 0 {
		s.Charts = append(s.Charts, n.rates())
	}
	return s
}

func (n *Numbers) ages() Chart {
	c := Chart{Title: i18n.T("report.ages"), Parts: []Part{{i18n.T("report.proposals"), Warn}, {i18n.T("report.submitted.docs"), Accent}},
		Head: []string{i18n.T("report.age"), i18n.T("report.proposals"), i18n.T("report.submitted.docs")}}
	for i, label := range []string{i18n.T("age.day"), i18n.T("age.week"), i18n.T("age.month"), i18n.T("age.older")} {
		c.Bars = append(c.Bars, bar(label, c.Parts, n.Work.Proposals[i], n.Work.Submitted[i]))
		c.Rows = append(c.Rows, row(label, n.Work.Proposals[i], n.Work.Submitted[i]))
	}
	c.Rows = append(c.Rows, row(i18n.T("report.sum"), n.Work.Proposals.All(), n.Work.Submitted.All()))
	return c
}

// share is n of all in whole percent; "–" where there is nothing to share.
func share(n, all int) string {
	if all == 0 {
		return "–"
	}
	return fmt.Sprintf("%d%%", (200*n+all)/(2*all))
}

func (n *Numbers) rates() Chart {
	c := Chart{Title: i18n.T("report.rates"), Shares: true, Means: i18n.T("report.rates.means"),
		Parts: []Part{{i18n.T("report.rate.approved"), Good}, {i18n.T("report.rate.amended"), Warn}, {i18n.T("report.rate.rejected"), Bad}},
		Head:  []string{i18n.T("report.author"), i18n.T("report.decided"), i18n.T("report.rate.approved"), i18n.T("report.rate.amended"), i18n.T("report.rate.rejected")}}
	add := func(label string, r *storage.Rate) {
		if r.Decided() == 0 {
			return
		}
		b := bar(label, c.Parts, r.Approved, r.Amended, r.Rejected)
		b.Words = i18n.T("report.rate", "share", share(r.Approved, r.Decided()), "n", r.Decided())
		c.Bars = append(c.Bars, b)
		cell := func(k int) string { return i18n.T("report.rate", "share", share(k, r.Decided()), "n", k) }
		c.Rows = append(c.Rows, []string{label, num(r.Decided()), cell(r.Approved), cell(r.Amended), cell(r.Rejected)})
	}
	kinds, all := map[archive.What]*storage.Rate{}, &storage.Rate{}
	for i := range n.Work.Rates {
		r := &n.Work.Rates[i]
		k := kinds[r.What]
		if k == nil {
			k = &storage.Rate{}
			kinds[r.What] = k
		}
		for _, sum := range []*storage.Rate{k, all} {
			sum.Approved, sum.Amended, sum.Rejected = sum.Approved+r.Approved, sum.Amended+r.Amended, sum.Rejected+r.Rejected
		}
	}
	add(i18n.T("report.everybody"), all)
	for _, w := range []archive.What{archive.AValue, archive.ATag, archive.AMark, archive.ACorrection, archive.ASplit, archive.ARemoval} {
		if k := kinds[w]; k != nil {
			add(i18n.T("report.everybody.kind", "kind", i18n.T("what."+string(w))), k)
		}
	}
	for i := range n.Work.Rates {
		r := &n.Work.Rates[i]
		add(i18n.T("report.author.kind", "author", r.Author, "kind", i18n.T("what."+string(r.What))), r)
	}
	return c
}

func (n *Numbers) reasons() Section {
	s := Section{ID: "reasons", Title: i18n.T("oversight.reasons"), Means: i18n.T("report.reasons.means")}
	if len(n.Work.Reasons) == 0 {
		s.Empty = i18n.T("reasons.empty.next")
		return s
	}
	c := Chart{Title: i18n.T("report.reasons"), Parts: []Part{{i18n.T("report.for.rejected"), Bad}, {i18n.T("report.for.returned"), Warn}},
		Head: []string{i18n.T("report.reason"), i18n.T("report.for.rejected"), i18n.T("report.for.returned")}}
	at := map[string]int{}
	for _, r := range n.Work.Reasons {
		i, there := at[r.Reason]
		if !there {
			i = len(c.Bars)
			at[r.Reason] = i
			c.Bars = append(c.Bars, Bar{Label: r.Reason, Values: []int{0, 0}})
		}
		if k := 0; r.For == storage.ReturnedFor {
			k = 1
			c.Bars[i].Values[k] += r.N
		} else {
			c.Bars[i].Values[k] += r.N
		}
	}
	for i := range c.Bars {
		c.Bars[i] = bar(c.Bars[i].Label, c.Parts, c.Bars[i].Values...)
		c.Rows = append(c.Rows, row(c.Bars[i].Label, c.Bars[i].Values...))
	}
	s.Charts = append(s.Charts, c)
	return s
}

// StarWords is a number of stars, drawn and said.
func StarWords(n int) string {
	return i18n.T("report.stars", "stars", strings.Repeat("★", n)+strings.Repeat("☆", len(archive.Criteria())-n), "n", n)
}

// CriterionWords is what a criterion asks, in one sentence.
func CriterionWords(c archive.Criterion) string { return i18n.T("criterion." + string(c)) }

// CriteriaWords are all of them, numbered, a line each.
func CriteriaWords() string {
	var lines []string
	for i, c := range archive.Criteria() {
		lines = append(lines, i18n.T("report.criterion", "n", i+1, "words", CriterionWords(c)))
	}
	return strings.Join(lines, "\n")
}

func (n *Numbers) quality() Section {
	s := Section{ID: "quality", Title: i18n.T("oversight.quality"), Means: i18n.T("report.quality.means") + "\n" + CriteriaWords()}
	q := n.Quality
	if q.Documents == 0 {
		s.Empty = i18n.T("progress.empty.next")
		return s
	}
	stars := Chart{Title: i18n.T("report.starred"), Parts: []Part{{i18n.T("report.documents"), Good}}, Head: []string{i18n.T("report.starcount"), i18n.T("report.documents"), i18n.T("report.share")}}
	for k := len(q.Stars) - 1; k >= 0; k-- {
		b := bar(StarWords(k), stars.Parts, q.Stars[k])
		stars.Bars = append(stars.Bars, b)
		stars.Rows = append(stars.Rows, []string{b.Label, num(q.Stars[k]), share(q.Stars[k], q.Documents)})
	}
	missing := Chart{Title: i18n.T("report.missing"), Parts: []Part{{i18n.T("report.documents"), Warn}}, Head: []string{i18n.T("report.criterionhead"), i18n.T("report.documents"), i18n.T("report.share")}}
	for i, c := range archive.Criteria() {
		b := bar(i18n.T("criterion.short."+string(c)), missing.Parts, q.Missing[i])
		missing.Bars = append(missing.Bars, b)
		missing.Rows = append(missing.Rows, []string{b.Label, num(q.Missing[i]), share(q.Missing[i], q.Documents)})
	}
	s.Charts = append(s.Charts, stars, missing)
	for _, of := range []struct {
		title  string
		tone   Tone
		fields []storage.FieldCount
	}{{i18n.T("report.unfilled"), Warn, q.Unfilled}, {i18n.T("report.notstated"), Quiet, q.NotStated}} {
		if len(of.fields) == 0 {
			continue
		}
		f := Chart{Title: of.title, Parts: []Part{{i18n.T("report.documents"), of.tone}}, Head: []string{i18n.T("report.field"), i18n.T("report.documents")}}
		for _, u := range of.fields {
			b := bar(n.fieldName(u.Field), f.Parts, u.N)
			f.Bars = append(f.Bars, b)
			f.Rows = append(f.Rows, row(b.Label, u.N))
		}
		s.Charts = append(s.Charts, f)
	}
	return s
}

func (n *Numbers) fieldName(id string) string {
	if name := n.Fields[id]; name != "" {
		return name
	}
	return id
}

// fieldNames is what fields are called in the language in use.
func fieldNames(self *archive.Document) map[string]string {
	out := map[string]string{}
	for _, f := range template.Of(self).Fields {
		out[f.ID] = f.LabelWords()
	}
	return out
}
