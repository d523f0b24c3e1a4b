package cataloguing

import (
	"errors"
	"path/filepath"
	"strings"

	"fonds/app/catalogue"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file shows what is known above the lists, and takes the catalogue.

// show shows what is the case.
func (p *Page) show() {
	p.body.Hidden, p.empty.Hidden = p.table == nil, p.table != nil
	if p.table == nil {
		p.columns.SetCount(0, p.column)
		p.showEmpty()
	} else {
		p.columns.SetCount(len(p.table.Head), p.column)
	}
	p.showFile()
	n := p.count()
	p.showList(n)
	p.showDo(n)
	widgets.Relay(p.content)
}

func (p *Page) showEmpty() {
	switch {
	case p.stop != nil:
		p.empty.Set(i18n.T("catalogue.reading"), "", "", nil)
	case p.problem != "":
		p.empty.Set(i18n.T("catalogue.notread"), p.problem, i18n.T("catalogue.choose"), p.askFile)
	default:
		p.empty.Set(i18n.T("catalogue.none"), i18n.T("catalogue.none.means"), i18n.T("catalogue.choose"), p.askFile)
	}
}

// showFile says what was read, and what there is to know about it.
func (p *Page) showFile() {
	for _, b := range []*widgets.Button{p.by, p.do, p.how} {
		b.Hidden = p.table == nil
	}
	if p.table == nil {
		p.says.SetText("", widgets.Plain)
		p.found.SetText("", widgets.Plain)
		return
	}
	t := p.table
	rows := i18n.N("catalogue.rows", len(t.Rows), "n", i18n.Number(int64(len(t.Rows))))
	how := i18n.T("catalogue.encoding", "name", t.Encoding)
	if t.Format == "xlsx" {
		how = i18n.T("catalogue.sheet", "name", session.OneLine(t.Sheet))
		p.says.SetText(session.OneLine(i18n.T("catalogue.file.xlsx", "name", t.Name, "sheet", t.Sheet, "rows", rows, "n", t.HeadRow)), widgets.Plain)
	} else {
		p.says.SetText(session.OneLine(i18n.T("catalogue.file.csv", "name", t.Name, "encoding", t.Encoding, "rows", rows, "n", t.HeadRow)), widgets.Plain)
	}
	p.how.SetLabels(how, p.key("catalogue.reading"))
	p.by.SetLabels(p.byWords(), p.key("catalogue.match"))
	words := findings(t)
	tone := widgets.Plain
	if p.problem != "" {
		words = append([]string{p.problem}, words...)
		tone = widgets.Warn
	}
	p.found.SetText(strings.Join(words, "\n"), tone)
}

// showDo says what the button will do of n.
func (p *Page) showDo(n counts) {
	words := i18n.N("catalogue.do", n.take, "n", i18n.Number(int64(n.take)), "docs", i18n.N("status.documents", n.docs))
	if n.proposed > 0 && n.proposed == n.take {
		words = i18n.N("catalogue.propose", n.take, "n", i18n.Number(int64(n.take)), "docs", i18n.N("status.documents", n.docs))
	}
	if n.take == 0 {
		words = i18n.T("catalogue.nothing")
	}
	p.do.SetLabels(words, p.s.Commands.Get("doc.submit").FirstKeys())
	widgets.Enable(p.do, n.take > 0 && !p.writing && p.s.Fixed() == "")
	if p.table == nil || p.writing {
		return
	}
	switch why := p.s.Fixed(); {
	case why != "":
		p.done.SetText(why, widgets.Warn)
	case n.proposed > 0 && (p.done.Text() == "" || p.done.Text() == p.reviewWords()):
		p.done.SetText(p.reviewWords(), widgets.Plain)
	case p.done.Text() == p.reviewWords():
		p.done.SetText("", widgets.Plain)
	}
}

func (p *Page) reviewWords() string { return i18n.T("catalogue.reviews") }

// Take makes the changes that are not left out, as one step to undo. What has changed
// since it was compared is refused, and stays in the list with why.
func (p *Page) Take() {
	if p.survey == nil || p.writing || p.table == nil {
		return
	}
	if p.do.Disabled() {
		p.s.Say(i18n.T("catalogue.nothing"))
		return
	}
	p.halt()
	survey := p.survey
	var keys []changeKey
	edits := survey.Edits(func(doc, change int) bool {
		d := &survey.Docs[doc]
		key := keyOf(d, &d.Changes[change])
		if p.out[key] {
			return false
		}
		keys = append(keys, key)
		return true
	})
	p.s.Flush()
	path, answered := p.s.Path(), false
	p.writing = true
	stop := p.s.ApplyMany(edits, p.busy.Progress, func(results []storage.Result, err error) {
		answered = true
		p.writing, p.stop = false, nil
		p.busy.Finish()
		if p.s.Path() == path {
			p.answered(keys, results, err)
		}
	})
	if !answered { // else it cannot be written, and was answered at once
		p.stop = stop
		p.busy.Start(i18n.T("catalogue.writing"), len(edits), stop)
		p.show()
	}
}

// answered says what came of it, and compares anew.
func (p *Page) answered(keys []changeKey, results []storage.Result, err error) {
	p.refused, p.after = map[changeKey]error{}, -1
	if err != nil {
		p.done.SetText("⚠ "+session.Words(err), widgets.Bad)
		p.show()
		p.compare()
		return
	}
	done, docs, proposed := 0, map[archive.ID]bool{}, 0
	rules := p.s.Rules()
	for i, r := range results {
		if r.Err != nil {
			p.refused[keys[i]] = r.Err
			continue
		}
		done++
		docs[r.Doc] = true
		if rules != nil && rules.Reviews(archive.AValue, keys[i].field) {
			proposed++
		}
	}
	key := i18n.K("catalogue.done")
	if done > 0 && proposed == done {
		key = i18n.K("catalogue.done.proposed")
	}
	words := "✓ " + i18n.N(key, done, "n", i18n.Number(int64(done)), "docs", i18n.N("status.documents", len(docs)))
	tone := widgets.Good
	switch n := len(p.refused); {
	case n > 0 && done == 0:
		words, tone = "⚠ "+i18n.N("catalogue.refused.all", n, "n", i18n.Number(int64(n))), widgets.Bad
	case n > 0:
		words, tone = words+" "+i18n.N("catalogue.refused", n, "n", i18n.Number(int64(n))), widgets.Warn
	}
	p.done.SetText(words, tone)
	p.s.Say(words)
	p.show()
	p.compare()
}

// Hide says, where the page is left while the catalogue is being taken, that it goes on.
func (p *Page) Hide() {
	if p.writing {
		p.s.Say(i18n.T("catalogue.still"))
	}
}

// problemWords say why a file was not read.
func problemWords(path string, err error) string {
	name := session.OneLine(filepath.Base(path))
	var problem *catalogue.Problem
	if !errors.As(err, &problem) {
		return name + ": " + session.Words(err)
	}
	words := i18n.T("catalogue.problem."+problem.Code, "name", name)
	if problem.Row > 0 {
		words += " " + i18n.T("catalogue.problem.at", "n", problem.Row)
	}
	if problem.Detail != "" {
		words += " (" + session.OneLine(problem.Detail) + ")"
	}
	return words
}

// findings are what there is to know about a catalogue, of each kind in one sentence.
func findings(t *catalogue.Table) (out []string) {
	rows, detail := map[string][]int{}, map[string]string{}
	var order []string
	for _, f := range t.Findings {
		if rows[f.Code] == nil {
			order = append(order, f.Code)
		}
		rows[f.Code] = append(rows[f.Code], f.Row)
		detail[f.Code] = f.Detail
	}
	for _, code := range order {
		out = append(out, i18n.N("catalogue.finding."+code, len(rows[code]), "n", i18n.Number(int64(len(rows[code]))), "row", rows[code][0], "detail", session.OneLine(detail[code])))
	}
	return out
}

// Submit takes what is listed; it says whether the page has a use for that key.
func (p *Page) Submit() bool {
	p.s.Commands.Run("catalogue.take")
	return true
}
