package clustering

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/merging"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// This file says what merging the confirmed groups would change, and does it.

// asking is the question whether it is to be done; afterwards what was refused.
type asking struct {
	p       *Page
	plan    *merging.Plan
	keys    []string      // of the groups, among the decisions
	refused map[int]error // documents of the plan, once it was done
	rows    []int         // documents of the plan that are listed
	list    *widgets.List
	means   *widgets.Note
	do      *widgets.Button
	content fyne.CanvasObject
}

// ask looks on a worker at what the confirmed groups would change, and shows it.
func (p *Page) ask() {
	if p.counted == nil || p.asking != nil || p.writing {
		return
	}
	keys, merges := p.confirmed()
	switch {
	case p.s.Fixed() != "":
		p.s.Say(p.s.Fixed())
		return
	case len(merges) == 0:
		p.s.Say(i18n.T("clustering.noneconfirmed"))
		return
	}
	p.halt()
	field := p.counted.field
	ctx, answers, tell := p.begin(i18n.T("clustering.planning"), func() { p.halt(); p.show() })
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (*merging.Plan, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(closing, cancel)()
		return merging.Look(ctx, a, field, "", merges, tell)
	}, func(plan *merging.Plan, err error) {
		if !answers() {
			return
		}
		again := p.again
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			p.done.SetText("⚠ "+session.Words(err), widgets.Bad)
		case len(plan.Docs) == 0 && plan.Waiting > 0:
			p.done.SetText(i18n.N("clustering.waiting", plan.Waiting, "n", i18n.Number(int64(plan.Waiting))), widgets.Warn)
		case len(plan.Docs) == 0:
			p.s.Say(i18n.T("clustering.nochange"))
		default:
			p.openAsking(&asking{p: p, plan: plan, keys: keys})
		}
		p.show()
		if again {
			p.count()
		}
	})
}

// openAsking shows the question in the place of the group.
func (p *Page) openAsking(a *asking) {
	p.dropAsking()
	a.build()
	p.asking = a
	p.right.Objects[0].Hide()
	p.right.Objects = append(p.right.Objects[:1], a.content)
	p.right.Hidden = false
	widgets.Relay(p.right)
	p.showDo()
	if p.shown() {
		a.focus()
	}
}

// dropAsking takes it away.
func (p *Page) dropAsking() {
	if p.asking == nil {
		return
	}
	p.asking = nil
	p.right.Objects = p.right.Objects[:1]
	p.right.Objects[0].Show()
	widgets.Relay(p.right)
}

// leaveAsking shows the group again.
func (p *Page) leaveAsking() {
	if p.writing {
		return
	}
	p.dropAsking()
	p.show()
	p.Focus()
}

func (a *asking) focus() { a.p.on.Focus(a.list) }

func (a *asking) build() {
	p := a.p
	a.means = session.NewNote(8)
	for i := range a.plan.Docs {
		if a.refused == nil || a.refused[i] != nil {
			a.rows = append(a.rows, i)
		}
	}
	a.list = widgets.NewList()
	a.list.Covers = session.Covers
	a.list.OnKey = a.key
	a.list.OnRune = func(r rune) {
		if r == 'd' {
			a.open()
		}
	}
	a.list.SetCount(len(a.rows), a.row)
	a.list.SetSelected(0)
	a.do = widgets.NewPrimaryButton("", a.apply)
	leave := widgets.NewButton("", p.leaveAsking)
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	a.do.OnKey, leave.OnKey = a.key, a.key
	heading, buttons := i18n.T("clustering.ask"), []fyne.CanvasObject{a.do, leave}
	n := i18n.N("status.documents", len(a.plan.Docs))
	switch {
	case a.refused != nil:
		heading = i18n.T("clustering.refused.title")
		leave.SetLabels(i18n.T("button.close"), "Esc")
		buttons = buttons[1:]
		a.means.SetText(i18n.T("clustering.refused.means"), widgets.Warn)
	default:
		words := i18n.T("clustering.ask.do", "docs", n)
		if a.plan.Proposed > 0 {
			words = i18n.T("clustering.ask.propose", "docs", n)
		}
		a.do.SetLabels(words, "Enter")
		a.means.SetText(strings.Join(a.consequences(), "\n"), widgets.Plain)
	}
	foot := container.New(layout.NewCustomPaddedHBoxLayout(look.Near), buttons...)
	keys := session.NewNote(2)
	keys.SetText(i18n.T("clustering.hint.ask"), widgets.Plain)
	a.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(heading), a.means, keys)), widgets.Inset(foot), nil, nil, a.list))
}

// consequences say what would be done, and what follows from it.
func (a *asking) consequences() []string {
	pl := a.plan
	number := func(n int) string { return i18n.Number(int64(n)) }
	out := []string{i18n.N("clustering.ask.values", pl.Values, "n", number(pl.Values), "into", number(pl.Into), "docs", i18n.N("status.documents", len(pl.Docs)))}
	if pl.Proposed > 0 {
		out = append(out, i18n.T("clustering.ask.proposed"))
	}
	if pl.Approved > 0 {
		out = append(out, "⚠ "+i18n.N("clustering.ask.approved", pl.Approved, "n", number(pl.Approved)))
	}
	if pl.Waiting > 0 {
		out = append(out, i18n.N("clustering.waiting", pl.Waiting, "n", number(pl.Waiting)))
	}
	return append(out, i18n.T("clustering.ask.undo"))
}

// row says a document: what it has, and what it will have; or why it was refused.
func (a *asking) row(i int) widgets.Row {
	d := &a.plan.Docs[a.rows[i]]
	row := widgets.Row{Title: session.OneLine(d.Title), Known: true}
	row.Sub = i18n.T("catalogue.change", "old", inSight(i18n.List(d.Old)), "new", inSight(i18n.List(d.New)))
	if why := a.refused[a.rows[i]]; why != nil {
		row.Badge, row.Sub = "⚠", session.OneLine(session.Words(why))
	} else if d.Status == archive.Approved {
		row.Badge = session.Signed(d.Status)
	}
	return row
}

func (a *asking) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case a.p.on.Focused() != fyne.Focusable(a.list):
			return false
		case a.refused != nil:
			a.open()
		default:
			a.apply()
		}
	case fyne.KeyEscape:
		a.p.leaveAsking()
	default:
		return false
	}
	return true
}

// open opens the document of the line on the desk.
func (a *asking) open() {
	if at := a.list.Selected(); at >= 0 && at < len(a.rows) {
		a.p.OnDesk(a.plan.Docs[a.rows[at]].ID)
	}
}

// apply merges, as one step to undo. A document in which the field has changed since is
// left as it is, and listed with why.
func (a *asking) apply() {
	p := a.p
	if p.writing || a.refused != nil {
		return
	}
	p.halt()
	p.s.Flush()
	edits, path := a.plan.Edits(), p.s.Path()
	p.writing = true
	a.do.Disable()
	stop := p.s.ApplyMany(edits, p.busy.Progress, func(results []storage.Result, err error) {
		p.writing, p.stop = false, nil
		p.busy.Finish()
		if p.s.Path() == path {
			p.merged(a, results, err)
		}
	})
	if p.writing { // else it cannot be written, and was answered at once
		p.stop = stop
		p.busy.Start(i18n.T("clustering.writing"), len(edits), stop)
		p.showDo()
	}
}

// merged says what came of it, and counts anew.
func (p *Page) merged(a *asking, results []storage.Result, err error) {
	p.after = -1
	if err != nil {
		if errors.Is(err, context.Canceled) {
			p.done.SetText(i18n.T("clustering.stopped.merge"), widgets.Warn)
		} else {
			p.done.SetText("⚠ "+session.Words(err), widgets.Bad)
		}
		p.leaveAsking()
		p.count()
		return
	}
	refused := map[int]error{}
	for i, r := range results {
		if r.Err != nil {
			refused[i] = r.Err
		}
	}
	done := len(results) - len(refused)
	if done > 0 {
		for _, key := range a.keys {
			delete(p.decisions, key)
		}
	}
	key := i18n.K("clustering.done")
	if a.plan.Proposed > 0 {
		key = i18n.K("clustering.done.proposed")
	}
	words, tone := "✓ "+i18n.N(key, done, "n", i18n.Number(int64(done))), widgets.Good
	switch n := len(refused); {
	case done == 0:
		words, tone = "⚠ "+i18n.N("clustering.refused", n, "n", i18n.Number(int64(n))), widgets.Bad
	case n > 0:
		words, tone = words+" "+i18n.N("clustering.refused", n, "n", i18n.Number(int64(n))), widgets.Warn
	}
	p.done.SetText(words, tone)
	p.s.Say(words)
	if len(refused) > 0 && p.asking == a {
		p.openAsking(&asking{p: p, plan: a.plan, refused: refused})
	} else if p.asking == a {
		p.dropAsking()
		if p.shown() {
			p.Focus()
		}
	}
	p.count()
	p.show()
}
