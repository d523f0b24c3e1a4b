package checks

import (
	"time"

	"fonds/app/i18n"
	"fonds/app/report"
)

// MostShown is how many findings of a check stand in a page or a workbook; it says how many
// more there are.
const MostShown = 1000

// Title is what the report is called.
func (r *Report) Title() string { return i18n.T("checks.report.title", "name", r.Archive) }

// Says is what stands below the title: the day, up to which operation, which documents.
func (r *Report) Says() string {
	when := i18n.T("report.when.empty", "day", r.Day)
	if !r.AsOf.IsZero() {
		when = i18n.T("report.when", "day", r.Day, "when", r.AsOf.Format(time.DateTime), "zone", r.AsOf.Format("-07:00"))
	}
	what := i18n.N("checks.report.all", r.Documents)
	if r.Search != "" {
		what = i18n.N("checks.report.some", r.Documents, "search", r.Search)
	}
	return when + "\n" + what + "\n" + r.SumWords()
}

// SumWords says how many checks came to what.
func (r *Report) SumWords() string {
	return i18n.T("checks.sum", "passed", r.Count(Passed), "failed", r.Count(Failed), "none", r.Count(NotApplicable), "notdone", r.Count(NotDone))
}

// HTML is the report as one page of A4 that needs nothing else. The same report in the same
// language gives the same bytes.
func (r *Report) HTML() []byte {
	clean := report.Clean
	return report.Page(r.Title(), r.Says(), func(p func(string, ...any)) {
		for _, property := range Properties() {
			p("<section id=\"%s\">\n<h2>%s</h2>\n<table>\n<thead><tr>", property, clean(property.Words()))
			for _, h := range []string{i18n.T("checks.column.code"), i18n.T("checks.column.name"), i18n.T("checks.column.object"), i18n.T("checks.column.basis"), i18n.T("checks.column.result"), i18n.T("checks.column.remark")} {
				p("<th scope=\"col\" class=\"w\">%s</th>", clean(h))
			}
			p("</tr></thead>\n<tbody>\n")
			for _, o := range r.Outcomes {
				if o.Property == property {
					p("<tr><td class=\"w\" style=\"min-width:0\">%s</td><td class=\"w\">%s</td><td class=\"w\">%s</td><td class=\"w\">%s</td><td class=\"w\">%s&nbsp;%s</td><td class=\"w\">%s</td></tr>\n",
						o.Code, clean(o.NameWords()), clean(o.ObjectWords()), clean(o.BasisWords()), o.Result.Sign(), clean(o.Result.Words()), clean(r.Remark(o)))
				}
			}
			p("</tbody>\n</table>\n")
			for _, o := range r.Outcomes {
				if o.Property == property && len(o.Findings) > 0 {
					r.findings(p, o)
				}
			}
			p("</section>\n")
		}
		p("<p class=\"quiet\">%s</p>\n", clean(i18n.T("checks.report.honest")))
		report.Heads(p, r.Heads)
	})
}

// Remark is what stands in the last column of a check.
func (r *Report) Remark(o *Outcome) string {
	words := o.CountWords()
	switch {
	case o.Kind == ByPeople:
		return o.KindWords() + i18n.T("list.semicolon") + o.AimWords()
	case o.Agree != nil:
		words = o.Agree.AgreeWords()
	case o.Note != "" && o.Result == NotDone:
		return o.NoteWords()
	case o.Note != "":
		words += i18n.T("list.semicolon") + o.NoteWords()
	}
	return words
}

// findings is the table of what a check has found.
func (r *Report) findings(p func(string, ...any), o *Outcome) {
	clean := report.Clean
	p("<h3>%s %s</h3>\n<p class=\"quiet\">%s</p>\n<table>\n<thead><tr>", o.Code, clean(o.NameWords()), clean(o.AimWords()))
	for _, h := range findingColumns() {
		p("<th scope=\"col\" class=\"w\">%s</th>", clean(h))
	}
	p("</tr></thead>\n<tbody>\n")
	shown := o.Findings[:min(len(o.Findings), MostShown)]
	for i := range shown {
		p("<tr>")
		for k, cell := range r.cells(&shown[i]) {
			least := ""
			if k == 0 {
				least = " style=\"min-width:0\""
			}
			p("<td class=\"w\"%s><bdi>%s</bdi></td>", least, clean(cell))
		}
		p("</tr>\n")
	}
	p("</tbody>\n</table>\n")
	if more := o.Found - len(shown); more > 0 {
		p("<p class=\"quiet\">%s</p>\n", clean(i18n.N("checks.more", more)))
	}
}

// findingColumns are those of the tables of findings.
func findingColumns() []string {
	return []string{i18n.T("checks.column.severity"), i18n.T("checks.column.document"), i18n.T("checks.column.reference"), i18n.T("checks.column.field"), i18n.T("checks.column.wrong"), i18n.T("checks.column.id")}
}

// cells are a finding in these columns.
func (r *Report) cells(f *Finding) []string {
	d, id := r.Docs[f.Doc], ""
	if f.Doc != "" {
		id = f.Doc.Short()
	} else {
		d.Title = i18n.T("checks.object.archive")
	}
	return []string{f.Severity.Words(), d.Title, d.Reference, r.FieldWords(f), r.Words(f), id}
}
