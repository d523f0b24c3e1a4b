package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// assignPage gives documents to people: who is to have them, by when, and how many
// each would have then.
type assignPage struct {
	w      *window
	m      *modal
	what   session.Selected
	load   map[string]int
	people []string // those that are chosen, in the order of the list

	list *widgets.Options
	due  *widgets.Entry
	says *widgets.Note
	do   *widgets.Button
}

// openAssign asks whom the selected documents, or the one that is shown, are given to.
func (w *window) openAssign() {
	what := w.s.ChosenDocuments()
	if what.Count() == 0 {
		return
	}
	w.s.Load(func(load map[string]int, err error) {
		if err != nil {
			w.s.Fail(err)
			return
		}
		p := &assignPage{w: w, what: what, load: load}
		p.open()
	})
}

func (p *assignPage) open() {
	p.list = widgets.NewOptions(true)
	p.list.Covers = session.Covers
	p.list.OnPick = func(name string, on bool) {
		p.people = slices.DeleteFunc(p.people, func(n string) bool { return n == name })
		if on {
			p.people = append(p.people, name)
			slices.SortFunc(p.people, func(a, b string) int { return strings.Compare(a, b) })
		}
		p.show()
	}
	p.list.OnKey = func(k *fyne.KeyEvent) bool { return p.m.escape(k) }
	p.due = widgets.NewEntry()
	p.due.SetPlaceHolder(i18n.T("assign.due.prompt"))
	p.due.Limit = 12
	p.due.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
			p.apply(p.people)
			return true
		}
		return p.m.escape(k)
	}
	p.says = widgets.NewText(10, "")
	p.says.Covers = session.Covers
	cancel := widgets.NewButton(i18n.T("button.cancel"), func() { p.m.close() })
	nobody := widgets.NewButton(i18n.T("assign.nobody"), func() { p.apply(nil) })
	p.do = widgets.NewPrimaryButton(i18n.T("assign.do"), func() { p.apply(p.people) })
	for _, b := range []*widgets.Button{cancel, nobody, p.do} {
		b.OnKey = func(k *fyne.KeyEvent) bool { return p.m.escape(k) }
	}
	scroll := container.NewVScroll(p.list)
	scroll.SetMinSize(fyne.NewSize(0, min(float32(len(p.w.s.Workers()))*look.TwoRowHeight, 260)))
	p.m = p.w.open(i18n.N("assign.title", p.what.Count()), container.New(layout.NewCustomPaddedVBoxLayout(look.Near),
		paragraph(i18n.T("assign.text")), scroll, labelled(i18n.T("assign.due"), p.due), p.says, buttons(cancel, nobody, p.do)), 480, func() {}, p.list)
	p.show()
}

// show shows who is chosen, and what it would come to.
func (p *assignPage) show() {
	var options []widgets.Option
	for _, name := range p.w.s.Workers() {
		o := widgets.Option{ID: name, Label: session.OneLine(name), Detail: i18n.N("assign.load", p.load[name]), On: slices.Contains(p.people, name)}
		if p.w.s.Rules().Same(name, p.w.s.Actor()) {
			o.Label = i18n.T("people.you", "name", o.Label)
		}
		options = append(options, o)
	}
	p.list.SetOptions(options)
	var lines []string
	given := map[string]int{}
	for _, who := range archive.Deal(p.what.Count(), p.people, p.load) {
		given[who]++
	}
	for _, who := range p.people {
		lines = append(lines, i18n.T("assign.would", "who", session.OneLine(who), "n", given[who], "all", p.load[who]+given[who]))
	}
	p.says.SetText(strings.Join(lines, "\n"), widgets.Plain)
	widgets.Enable(p.do, len(p.people) > 0)
	widgets.Relay(p.m.popup)
}

// apply gives them out; a refusal is said, and nothing is given then.
func (p *assignPage) apply(people []string) {
	if p.do.Disabled() && people != nil {
		p.w.win.Canvas().Focus(p.list)
		return
	}
	w := p.w
	due := strings.TrimSpace(p.due.Text)
	if due != "" && archive.CheckDay(due) != nil {
		p.due.SetBad(true)
		p.says.SetText("⚠ "+session.Words(archive.CheckDay(due)), widgets.Bad)
		w.win.Canvas().Focus(p.due)
		return
	}
	p.m.close()
	count := func(done, total int) string { return i18n.T("busy.steps", "n", done, "all", total) }
	w.count = count
	stop := w.s.Assign(p.what, people, p.load, due, func(done, all int) { w.busy.Progress(done, all) }, func(put session.Put, err error) {
		w.stopWork, w.count = nil, nil
		w.busy.Finish()
		switch {
		case errors.Is(err, context.Canceled):
			w.s.Say(i18n.T("error.stopped"))
		case err != nil:
			w.s.Fail(err)
		case put.Why != nil && put.N == 0:
			w.tell(i18n.N("assign.title", p.what.Count()), session.Words(put.Why))
		case len(people) == 0:
			w.s.Say(i18n.N("assign.taken", put.N))
		default:
			w.s.Say(i18n.N("assign.done", put.N, "who", session.OneLine(i18n.List(people))))
		}
	})
	w.stopWork = stop
	w.busy.Start(i18n.T("assign.busy"), p.what.Count(), stop)
}

// takeWork gives the chosen documents to who is working, or back.
func (w *window) takeWork(take bool) {
	people := []string{w.s.Actor()}
	if !take {
		people = nil
	}
	what := w.s.ChosenDocuments()
	if what.Count() == 0 {
		return
	}
	w.s.Assign(what, people, nil, "", func(int, int) {}, func(put session.Put, err error) {
		switch {
		case err != nil:
			w.s.Fail(err)
		case put.Why != nil && put.N == 0:
			w.s.Fail(put.Why)
		case take:
			w.s.Say(i18n.N("assign.done", put.N+put.There, "who", w.s.Actor()))
		default:
			w.s.Say(i18n.N("assign.taken", put.N))
		}
	})
}
