package arranging

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/arrange"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// This file plans on a worker what an order or a rule comes to, shows it, and does it.

// question is what would be done: every document with where it goes or which code it gets,
// and those that stay with why.
type question struct {
	p       *Page
	heading string
	means   []string
	do      string
	lines   []widgets.Row
	docs    []archive.ID // of the lines; "" of a unit that is made
	edits   []*archive.Edit
	said    func(done int) string

	list    *widgets.List
	button  *widgets.Button
	content fyne.CanvasObject
}

// plan asks on a worker, with progress and stop, and shows the question that comes of it.
func plan[T any](p *Page, ask func(ctx context.Context, a *storage.Archive, tell func(done, all int)) (T, error), answer func(T)) {
	p.halt()
	p.s.Flush()
	mine := p.work
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.busy.Start(i18n.T("arranging.planning"), 0, p.halt)
	tell := p.s.Tells(ctx, p.busy)
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (T, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(closing, cancel)()
		return ask(ctx, a, tell)
	}, func(out T, err error) {
		cancel()
		if mine != p.work {
			return
		}
		p.stop = nil
		p.busy.Finish()
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			p.done.SetText("⚠ "+session.Words(err), widgets.Bad)
		default:
			answer(out)
		}
	})
}

// endOfOrder is the choice of no further class.
const endOfOrder = "\x00"

// askOrder asks class by class by what the documents are to be put into series.
func (p *Page) askOrder() {
	switch {
	case !p.mayChange():
	case p.unit == "" && len(p.units().Top) > 0:
		p.chooseUnit(i18n.T("arranging.order.under"), i18n.T("arranging.order.top"), func(u *archive.Unit) bool { return u.Level != archive.AtFile }, func(u *archive.Unit) { p.askClass(u, nil) })
	case p.chosen() != nil && p.chosen().Level == archive.AtFile:
		p.s.Say(i18n.T("arranging.order.file"))
	default:
		p.askClass(p.chosen(), nil)
	}
}

func (p *Page) className(class string) string {
	if class == arrange.Year {
		return i18n.T("arranging.year")
	}
	f := p.s.Field(class)
	return f.LabelWords()
}

func (p *Page) orderWords(order arrange.Order) string {
	var words []string
	for _, class := range order {
		words = append(words, p.className(class))
	}
	return strings.Join(words, " – ")
}

// askClass asks for one more class of an order below a unit, nil for the top.
func (p *Page) askClass(under *archive.Unit, order arrange.Order) {
	var choices []widgets.Choice
	prompt := i18n.T("arranging.order.first")
	if len(order) > 0 {
		choices = append(choices, widgets.Choice{ID: endOfOrder, Title: i18n.T("arranging.order.so", "order", p.orderWords(order))})
		prompt = i18n.T("arranging.order.next", "order", p.orderWords(order))
	}
	classes := []string{arrange.Year}
	usual := func(f template.Field) bool { return f.Type == "choice" || f.Inherit }
	for _, first := range []bool{true, false} { // what documents are usually put in order by stands first
		for _, f := range p.s.Template().Fields {
			if usual(f) == first && !f.Long() && f.Type != "reference" && f.Type != "date" {
				classes = append(classes, f.ID)
			}
		}
	}
	for _, class := range classes {
		if !slices.Contains(order, class) {
			choices = append(choices, widgets.Choice{ID: class, Title: p.className(class), Also: class})
		}
	}
	c := widgets.NewChooser(prompt, i18n.T("chooser.nothing"), choices)
	c.Covers, c.OnPick = session.Covers, func(id string) {
		switch {
		case id == endOfOrder:
			p.planOrder(under, order)
		case len(order)+1 == arrange.MostClasses:
			p.planOrder(under, append(order, id))
		default:
			p.askClass(under, append(slices.Clone(order), id))
		}
	}
	c.Show(p.on)
}

// planOrder says what would become of the documents that lie in the chosen unit itself, or
// in none, below a unit; nil is the top.
func (p *Page) planOrder(below *archive.Unit, order arrange.Order) {
	u, under := p.units().Unit(p.unit), archive.ID("")
	if below != nil {
		under = below.ID()
	}
	type answer struct {
		plan *arrange.Plan
		n    int
	}
	plan(p, func(ctx context.Context, a *storage.Archive, tell func(done, all int)) (answer, error) {
		var ids []archive.ID
		if u == nil {
			if err := a.Each(ctx, storage.Query{Search: "-has:unit"}, func(s storage.Summary) error { ids = append(ids, s.ID); return ctx.Err() }); err != nil {
				return answer{}, err
			}
		} else {
			items, err := a.UnitItems(ctx, []archive.ID{u.ID()}, nil, 0)
			if err != nil {
				return answer{}, err
			}
			for _, it := range items {
				ids = append(ids, it.ID)
			}
		}
		out, err := order.Plan(ctx, a, ids, under, tell)
		return answer{out, len(ids)}, err
	}, func(is answer) {
		out := is.plan
		if len(out.Moves) == 0 && len(out.Left) == 0 {
			p.done.SetText(i18n.T("arranging.order.nothing"), widgets.Plain)
			return
		}
		q := &question{p: p, heading: i18n.T("arranging.order.heading", "order", p.orderWords(order)), edits: out.Edits}
		n := func(i int) string { return i18n.Number(int64(i)) }
		q.means = append(q.means, i18n.N("arranging.order.moves", len(out.Moves), "n", n(len(out.Moves)), "units", n(len(out.Made))))
		if len(out.Left) > 0 {
			q.means = append(q.means, "⚠ "+i18n.N("arranging.order.left", len(out.Left), "n", n(len(out.Left))))
		}
		for _, m := range out.Made {
			q.add("", widgets.Row{Title: session.OneLine(m.Path), Sub: session.OneLine(m.Title), Badge: i18n.T("arranging.order.made")})
		}
		for _, l := range out.Left {
			why := i18n.T("arranging.order.value", "class", p.className(l.Class))
			switch l.Why {
			case arrange.LeftOpen:
				why = i18n.T("arranging.order.open", "class", p.className(l.Class))
			case arrange.LeftCode:
				why = i18n.T("arranging.order.code", "class", p.className(l.Class), "value", session.OneLine(l.Value))
			}
			q.add(l.Doc, widgets.Row{Title: session.OneLine(l.Name), Sub: "⚠ " + why})
		}
		for _, m := range out.Moves {
			q.add(m.Doc, widgets.Row{Title: session.OneLine(m.Name), Sub: "→ " + session.OneLine(m.To)})
		}
		made := len(out.Made)
		q.do = i18n.N("arranging.order.do", len(out.Moves), "n", n(len(out.Moves)))
		q.said = func(done int) string {
			return i18n.N("arranging.order.done", max(0, done-made), "n", n(max(0, done-made)), "units", n(made))
		}
		p.openQuestion(q)
	})
}

// askRule asks by which rule reference codes are made; the hint says what the first one of
// the chosen unit would be.
func (p *Page) askRule() {
	if !p.mayChange() {
		return
	}
	if arrange.CodeField(p.s.Template()) == "" {
		p.s.Say(i18n.T("arranging.codes.nofield"))
		return
	}
	p.openRule()
}

// planCodes says which codes a rule would give to what lies in the chosen unit and under
// it, or in all of them.
func (p *Page) planCodes(rule *arrange.Rule) {
	field := arrange.CodeField(p.s.Template())
	u := p.units().Unit(p.unit)
	plan(p, func(ctx context.Context, a *storage.Archive, _ func(done, all int)) (*arrange.Codes, error) {
		return arrange.PlanCodes(ctx, a, rule, field, u.Under())
	}, func(out *arrange.Codes) {
		n := func(i int) string { return i18n.Number(int64(i)) }
		kept := i18n.N("arranging.codes.kept", out.Kept, "n", n(out.Kept))
		if len(out.Given) == 0 {
			p.done.SetText(i18n.T("arranging.codes.nothing")+" "+kept, widgets.Plain)
			return
		}
		q := &question{p: p, heading: i18n.T("arranging.codes.heading"), edits: out.Edits}
		q.means = append(q.means, i18n.N("arranging.codes.given", len(out.Given), "n", n(len(out.Given)))+" "+kept)
		if len(out.Twice) > 0 {
			q.means = append(q.means, "⚠ "+i18n.N("arranging.codes.twice", len(out.Twice), "n", n(len(out.Twice))))
		}
		for _, g := range out.Given {
			q.add(g.Doc, widgets.Row{Title: session.OneLine(g.Code), Sub: session.OneLine(g.Name)})
		}
		q.do = i18n.N("arranging.codes.do", len(out.Given), "n", n(len(out.Given)))
		q.said = func(done int) string { return i18n.N("arranging.codes.done", done, "n", n(done)) }
		p.openQuestion(q)
	})
}

func (q *question) add(doc archive.ID, row widgets.Row) {
	row.Known = true
	q.lines, q.docs = append(q.lines, row), append(q.docs, doc)
}

func (p *Page) openQuestion(q *question) {
	q.build()
	p.openPanel(q)
}

func (q *question) object() fyne.CanvasObject { return q.content }

func (q *question) focus() { q.p.on.Focus(q.list) }

func (q *question) build() {
	means, keys := session.NewNote(8), session.NewNote(2)
	means.SetText(strings.Join(append(q.means, i18n.T("arranging.undo")), "\n"), widgets.Plain)
	keys.SetText(i18n.T("arranging.hint.question"), widgets.Plain)
	q.list = widgets.NewList()
	q.list.Covers, q.list.OnKey = session.Covers, q.key
	q.list.OnRune = func(r rune) {
		if r == 'd' {
			q.open()
		}
	}
	q.list.SetCount(len(q.lines), func(i int) widgets.Row { return q.lines[i] })
	q.list.SetSelected(0)
	q.button = widgets.NewPrimaryButton("", q.apply)
	q.button.SetLabels(q.do, "Enter")
	leave := widgets.NewButton("", q.p.leavePanel)
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	q.button.OnKey, leave.OnKey = q.key, q.key
	foot := container.New(layout.NewCustomPaddedHBoxLayout(look.Near), q.button, leave)
	if len(q.edits) == 0 {
		q.button.Hide()
	}
	q.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		widgets.Border(widgets.Inset(widgets.Stacked(widgets.Heading(q.heading), means, keys)), widgets.Inset(foot), nil, nil, q.list))
}

func (q *question) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if q.p.on.Focused() != fyne.Focusable(q.list) {
			return false
		}
		q.apply()
	case fyne.KeyEscape:
		q.p.leavePanel()
	default:
		return false
	}
	return true
}

// open opens the document of the line on the desk.
func (q *question) open() {
	if at := q.list.Selected(); at >= 0 && at < len(q.docs) && q.docs[at] != "" {
		q.p.OnDesk(q.docs[at])
	}
}

// apply does it, as one step to undo.
func (q *question) apply() {
	if !q.p.mayChange() || len(q.edits) == 0 {
		return
	}
	q.p.write(q.edits, q.said)
}
