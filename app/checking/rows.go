package checking

import (
	"strings"

	"fonds/app/checks"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/widgets"
)

// This file lists the checks, and what the chosen one has found.

// entry is a row of the checks: a property, or a check of it.
type entry struct {
	property checks.Property
	outcome  *checks.Outcome // nil: the row is the property's
}

// listed is a row of the findings.
type listed struct {
	outcome *checks.Outcome
	f       *checks.Finding
}

// entries are the rows of a report.
func entries(r *checks.Report) (out []entry) {
	if r == nil {
		return nil
	}
	for _, property := range checks.Properties() {
		out = append(out, entry{property: property})
		for _, o := range r.Outcomes {
			if o.Property == property {
				out = append(out, entry{property, o})
			}
		}
	}
	return out
}

// worst is the row of the first check that failed, else the first that found something,
// else the first.
func (p *Page) worst() int {
	warned := -1
	for i, e := range entries(p.report) {
		switch {
		case e.outcome == nil:
		case e.outcome.Result == checks.Failed:
			return i
		case warned < 0 && len(e.outcome.Findings) > 0:
			warned = i
		}
	}
	return max(warned, 1)
}

// of are the outcomes of a row: of a property all of its checks.
func (e *entry) of(r *checks.Report) (out []*checks.Outcome) {
	if e.outcome != nil {
		return []*checks.Outcome{e.outcome}
	}
	for _, o := range r.Outcomes {
		if o.Property == e.property {
			out = append(out, o)
		}
	}
	return out
}

// show shows what is known.
func (p *Page) show() {
	p.showScope()
	all := entries(p.report)
	p.checks.SetCount(len(all), func(i int) widgets.Row { return p.entryRow(all[i]) })
	words, tone := "", widgets.Plain
	switch {
	case p.why != "":
		words, tone = p.why, widgets.Warn
	case p.report != nil && p.stale:
		words, tone = "⚠ "+i18n.T("checks.stale", "time", i18n.Clock(p.when), "key", p.s.Commands.Get("checks.again").Keys()), widgets.Warn
	case p.report != nil:
		words = p.sum()
	}
	p.says.SetText(words, tone)
	for _, b := range []*widgets.Button{p.page, p.book} {
		widgets.Enable(b, p.report != nil)
	}
	p.showEmpty()
	p.choose()
	widgets.Relay(p.content)
}

// sum says what was checked and what came of it.
func (p *Page) sum() string {
	what := i18n.N("checks.report.all", p.report.Documents)
	if p.report.Search != "" {
		what = i18n.N("checks.report.some", p.report.Documents, "search", session.OneLine(p.report.Search))
	}
	return what + " " + p.report.SumWords() + " " + i18n.T("checks.at", "time", i18n.Clock(p.when))
}

// showEmpty shows in the place of the checks that there are none yet.
func (p *Page) showEmpty() {
	none := p.report == nil
	p.body.Hidden, p.empty.Hidden = none, !none
	switch {
	case !none:
	case p.stop != nil:
		p.empty.Set(i18n.T("checks.busy"), i18n.T("checks.busy.means"), "", nil)
	default:
		p.empty.Set(i18n.T("checks.notyet"), i18n.T("checks.notyet.means"), i18n.T("checks.run"), func() { p.s.Commands.Run("checks.again") })
	}
}

// entryRow is a row of the checks.
func (p *Page) entryRow(e entry) widgets.Row {
	if e.outcome == nil {
		failed, warned := 0, 0
		for _, o := range e.of(p.report) {
			if o.Result == checks.Failed {
				failed++
			} else if o.Warned > 0 {
				warned++
			}
		}
		row := widgets.Row{Title: e.property.Words(), Known: true, Badge: checks.Passed.Sign() + " " + checks.Passed.Words(), Sub: i18n.T("checks.property", "failed", failed, "warned", warned)}
		if failed > 0 {
			row.Badge = checks.Failed.Sign() + " " + checks.Failed.Words()
		}
		return row
	}
	o := e.outcome
	return widgets.Row{Title: "  " + o.Code + "  " + o.NameWords(), Sub: "  " + o.CountWords(), Badge: o.Result.Sign() + " " + o.Result.Words(), Known: true}
}

// choose shows the chosen check.
func (p *Page) choose() {
	all, i := entries(p.report), p.checks.Selected()
	p.findings = nil
	if i < 0 || i >= len(all) {
		p.about.SetText("", widgets.Plain)
		p.result.SetText("", widgets.Plain)
		p.found.SetCount(0, p.findingRow)
		p.nothing.Hidden = true
		return
	}
	e := all[i]
	more := 0
	for _, o := range e.of(p.report) {
		for k := range o.Findings {
			p.findings = append(p.findings, listed{o, &o.Findings[k]})
		}
		more += o.Found - len(o.Findings)
	}
	if o := e.outcome; o != nil {
		p.about.SetText(i18n.T("checks.about", "code", o.Code, "name", o.NameWords(), "aim", o.AimWords(), "object", o.ObjectWords(), "basis", o.BasisWords()), widgets.Plain)
		tone := widgets.Plain
		if o.Result == checks.Failed {
			tone = widgets.Bad
		}
		words := o.Result.Sign() + " " + o.Result.Words() + i18n.T("list.semicolon") + p.report.Remark(o)
		if more > 0 {
			words += "\n" + i18n.N("checks.more", more)
		}
		p.result.SetText(words, tone)
	} else {
		row := p.entryRow(e)
		p.about.SetText(e.property.Words(), widgets.Plain)
		p.result.SetText(row.Badge+i18n.T("list.semicolon")+row.Sub, widgets.Plain)
	}
	p.found.SetCount(len(p.findings), p.findingRow)
	p.found.SetSelected(-1)
	p.found.EnsureVisible(0)
	p.nothing.Hidden = len(p.findings) > 0
	if e.outcome != nil && (e.outcome.Result == checks.NotDone || e.outcome.Result == checks.NotApplicable) {
		p.nothing.Set(e.outcome.Result.Words(), p.report.Remark(e.outcome), "", nil)
	} else {
		p.nothing.Set(i18n.T("checks.clean"), "", "", nil)
	}
	widgets.Relay(p.content)
}

// findingRow is a row of the findings.
func (p *Page) findingRow(i int) widgets.Row {
	x := p.findings[i]
	d := p.report.Docs[x.f.Doc]
	row := widgets.Row{Title: session.OneLine(d.Title), Known: true, Badge: "! " + x.f.Severity.Words()}
	if x.f.Severity == checks.Error {
		row.Badge = "× " + x.f.Severity.Words()
	}
	if x.f.Doc == "" {
		row.Title = i18n.T("checks.object.archive")
	}
	words := p.report.Words(x.f)
	if name := p.report.FieldWords(x.f); name != "" {
		words = i18n.T("checks.of.field", "field", name, "words", words)
	}
	var sub []string
	for _, s := range []string{d.Reference, words} {
		if s != "" {
			sub = append(sub, s)
		}
	}
	row.Sub = session.OneLine(strings.Join(sub, " · "))
	return row
}

// finding is the chosen one, where it is of a document; nil for none.
func (p *Page) finding() *checks.Finding {
	i := p.found.Selected()
	if i < 0 || i >= len(p.findings) || p.findings[i].f.Doc == "" {
		return nil
	}
	return p.findings[i].f
}

// open opens the document of the chosen finding on the desk.
func (p *Page) open() {
	if f := p.finding(); f != nil {
		p.OnDesk(f.Doc, f.Field)
	}
}

// move chooses another row of the list that has the keyboard.
func (p *Page) move(by int) {
	l := p.checks
	if p.found == p.on.Focused() {
		l = p.found
	}
	if to := l.Selected() + by; to >= 0 && to < l.Count() {
		l.SetSelected(to)
		l.EnsureVisible(to)
		if l == p.checks {
			p.choose()
		}
	}
}
