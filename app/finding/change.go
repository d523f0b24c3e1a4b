package finding

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fonds/app/bulk"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// mostChanged is how many documents are changed at once: all of it is one transaction,
// and is held in memory until it is written.
const mostChanged = 100_000

// change is the question what is to become of many documents: each is shown with what it
// says now and what it would say then, and can be left out. It stands in the place of the
// side, and Enter in the list does it as one step to undo.
type change struct {
	p       *Page
	work    bulk.Work
	of      session.Selected
	plan    bulk.Plan
	planned bool
	out     map[archive.ID]bool
	why     map[archive.ID]error
	writing bool
	gen     int
	stop    func() // of the plan or the writing that is on its way, or nil
	wait    func() // of the plan that waits for another key

	find, value *widgets.Entry
	offers      *widgets.Offers
	pattern     *widgets.Options
	means, says *widgets.Note
	bar         *widgets.BusyBar
	list        *widgets.List
	do          *widgets.Button
	content     fyne.CanvasObject
}

// open shows the panel for some work.
func (p *Page) openChange(w bulk.Work) { p.openChangeOf(w, p.subjects()) }

// openChangeOf shows it for some work on some documents.
func (p *Page) openChangeOf(w bulk.Work, of session.Selected) {
	p.leaveChange()
	c := &change{p: p, work: w, of: of, out: map[archive.ID]bool{}}
	c.build()
	p.change = c
	p.side.content.Hide()
	p.right.Objects = append(p.right.Objects[:1], c.content)
	widgets.Relay(p.right)
	c.focus()
	c.look()
}

// Kept is what the page knows that is lost when the window is made anew: the change that
// is asked about, with what was typed; nil for none.
func (p *Page) Kept() *bulk.Work {
	if p.change == nil || p.change.writing {
		return nil
	}
	w := p.change.asked()
	if p.change.given() {
		w.Value = cleared
	}
	return &w
}

// Restore asks about it again.
func (p *Page) Restore(w *bulk.Work) {
	if w == nil {
		return
	}
	if w.Do == bulk.Retag {
		return // it is asked again in a moment
	}
	p.openChange(*w)
	c := p.change
	if c.find != nil {
		c.find.SetText(w.Find)
	}
	if c.value != nil {
		c.value.SetText(w.Value)
	}
	c.look()
}

// subjects are the documents that a change is about: those that are selected, else all
// of the list.
func (p *Page) subjects() session.Selected {
	if x := p.s.Selected(); x.Count() > 0 {
		return x
	}
	return p.s.Listed()
}

// leaveChange takes the panel away; what is being written is written.
func (p *Page) leaveChange() {
	c := p.change
	if c == nil {
		return
	}
	p.change = nil
	if c.stop != nil && !c.writing {
		c.stop()
	}
	if c.wait != nil {
		c.wait()
	}
	c.bar.Finish()
	p.right.Objects = p.right.Objects[:1]
	p.side.content.Show()
	widgets.Relay(p.right)
}

func (c *change) leave() {
	c.p.leaveChange()
	c.p.on.Focus(c.p.table)
}

func (c *change) build() {
	title := widget.NewLabelWithStyle(c.title(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName, title.Wrapping = theme.SizeNameSubHeadingText, fyne.TextWrapBreak
	c.means, c.says = widgets.NewText(4, ""), widgets.NewNote(6)
	c.means.Covers, c.says.Covers = session.Covers, session.Covers
	top := container.New(layout.NewCustomPaddedVBoxLayout(look.Near), title, inset(c.means))
	entry := func(prompt string) *widgets.Entry {
		e := widgets.NewEntry()
		e.SetPlaceHolder(prompt)
		e.After, e.Do = c.p.s.Timer(), c.p.s.Config().Do
		e.OnType = func(string) { c.soon() }
		e.OnKey = c.entryKey
		top.Add(inset(e))
		return e
	}
	if c.work.Do == bulk.Replace {
		c.find = entry(i18n.T("change.find"))
	}
	if slices.Contains([]bulk.Do{bulk.Set, bulk.Add, bulk.Replace, bulk.Tag, bulk.Retag}, c.work.Do) && !c.given() {
		c.value = entry(i18n.T("change.value." + string(c.work.Do)))
		c.offers = widgets.NewOffers()
		c.offers.Covers = session.Covers
		c.offers.OnPick = c.take
		c.offers.OnResize = func() { widgets.Relay(c.content) }
		top.Add(inset(c.offers.Content()))
	}
	if c.work.Do == bulk.Retag {
		c.value.SetText(c.work.Find)
	}
	if c.find != nil {
		c.pattern = widgets.NewOptions(true)
		c.pattern.OnPick = func(_ string, on bool) {
			c.work.Pattern = on
			c.options()
			c.look()
		}
		c.pattern.OnKey = c.key
		c.options()
		top.Add(c.pattern)
	}
	top.Add(inset(c.says))
	c.bar = c.p.s.BusyBar(session.StepsDone, session.PerSecond)
	c.bar.OnShown = func(bool) { widgets.Relay(c.content) }
	top.Add(c.bar)
	c.list = widgets.NewList()
	c.list.Covers = session.Covers
	c.list.OnActivate = func(int) { c.apply() }
	c.list.OnSpace = c.toggle
	c.list.OnKey = c.key
	c.do = widgets.NewPrimaryButton("", c.apply)
	cancel := widgets.NewButton("", c.leave)
	cancel.SetLabels(i18n.T("button.cancel"), "Esc")
	c.do.OnKey, cancel.OnKey = c.key, c.key
	foot := container.New(layout.NewCustomPaddedLayout(look.Near, look.Near, look.Near, look.Near),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Near), c.do, cancel))
	c.content = container.NewStack(canvas.NewRectangle(look.Current().Panel),
		container.New(layout.NewCustomPaddedLayout(look.Near, 0, look.Near, look.Near), widgets.Border(top, foot, nil, nil, c.list)))
	c.show()
}

func inset(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Near, look.Near), o)
}

// given says whether what is to be done is said whole already.
func (c *change) given() bool { return c.work.Do == bulk.Set && c.work.Value == cleared }

func (c *change) options() {
	c.pattern.SetOptions([]widgets.Option{{ID: "pattern", Label: i18n.T("change.pattern"), Detail: i18n.T("change.pattern.detail"), On: c.work.Pattern}})
}

// first is what has the keyboard first.
func (c *change) first() fyne.Focusable {
	switch {
	case c.find != nil:
		return c.find
	case c.value != nil:
		return c.value
	}
	return c.list
}

func (c *change) focus() { c.p.on.Focus(c.first()) }

// soon plans anew when nothing more is typed for a moment.
func (c *change) soon() {
	c.offer()
	if c.wait != nil {
		c.wait()
	}
	c.wait = c.p.s.After(250*time.Millisecond, c.look)
}

// asked is the work as it stands in the entries.
func (c *change) asked() bulk.Work {
	w := c.work
	if c.find != nil {
		w.Find = c.find.Text
	}
	if c.value != nil {
		w.Value = c.value.Text
	}
	if w.Value == cleared {
		w.Value = ""
	}
	return w
}

// look plans on a worker what would become of the documents.
func (c *change) look() {
	if c.wait != nil {
		c.wait()
		c.wait = nil
	}
	if c.writing {
		return
	}
	if c.stop != nil {
		c.stop()
	}
	c.gen++
	gen, w, of, n := c.gen, c.asked(), c.of, c.of.Count()
	c.planned, c.why = false, nil
	if n > mostChanged {
		c.failed(i18n.T("change.toomany", "most", i18n.Number(mostChanged)))
		return
	}
	if w.Do == bulk.Set && w.Value == "" && !c.given() {
		c.failed("") // nothing was typed yet: who wants to clear the field asks for that
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.stop = cancel
	several := c.several()
	tell := c.p.s.Tells(ctx, c.bar)
	c.bar.Start(i18n.T("change.planning"), n, func() {
		cancel()
		c.failed(i18n.T("error.stopped"))
	})
	session.Read(c.p.s, nil, func(closing context.Context, a *storage.Archive) (bulk.Plan, error) {
		defer context.AfterFunc(closing, cancel)()
		ids, err := of.Documents(ctx, a)
		if err != nil {
			return bulk.Plan{}, err
		}
		return w.Plan(ctx, a, ids, several, tell)
	}, func(plan bulk.Plan, err error) {
		cancel()
		if c.p.change != c || gen != c.gen {
			return
		}
		c.stop = nil
		switch {
		case errors.Is(err, bulk.ErrNothing):
			c.failed("")
		case errors.Is(err, context.Canceled):
		case err != nil:
			c.failed("⚠ " + session.Words(err))
		default:
			c.bar.Finish()
			c.plan, c.planned = plan, true
			c.show()
		}
	})
}

// failed shows no plan, and why.
func (c *change) failed(words string) {
	c.bar.Finish()
	c.plan, c.planned = bulk.Plan{}, false
	c.show()
	tone := widgets.Plain
	if words != "" {
		tone = widgets.Bad
	}
	c.says.SetText(words, tone)
	widgets.Relay(c.content)
}

// several says whether the field holds more than one value.
func (c *change) several() bool { f := c.p.s.Field(c.work.Field); return f.Repeatable }

// chosen are the changes that are to be made.
func (c *change) chosen() (out []bulk.Change) {
	for i := range c.plan.Changes {
		if x := &c.plan.Changes[i]; !c.out[x.Doc] {
			out = append(out, *x)
		}
	}
	return out
}

// show shows the plan: what it comes to, and each document.
func (c *change) show() {
	c.list.SetCount(len(c.plan.Changes), c.row)
	if c.list.Selected() < 0 && len(c.plan.Changes) > 0 {
		c.list.SetSelected(0)
	}
	chosen := c.chosen()
	var words []string
	approved := 0
	for i := range chosen {
		if chosen[i].Status == archive.Approved {
			approved++
		}
	}
	if c.planned {
		words = append(words, i18n.N("change.changes", len(chosen), "same", c.plan.Same))
		if left := len(c.plan.Changes) - len(chosen); left > 0 {
			words = append(words, i18n.N("change.leftout", left))
		}
		if approved > 0 {
			words = append(words, i18n.N("change.approved", approved))
		}
		if c.reviewed() {
			words = append(words, i18n.T("change.reviewed"))
		}
		if doubt := c.doubt(); doubt != "" {
			words = append(words, "⚠ "+doubt)
		}
		if len(c.why) > 0 {
			words = append(words, i18n.N("change.refused", len(c.why)))
		} else if len(c.plan.Changes) > 0 {
			words = append(words, i18n.T("change.how"))
		}
	}
	c.says.SetText(strings.Join(words, "\n"), widgets.Plain)
	c.means.SetText(i18n.N("change.of", c.of.Count()), widgets.Plain)
	c.do.SetLabels(i18n.N("change.do", len(chosen)), "Enter")
	widgets.Enable(c.do, len(chosen) > 0 && !c.writing)
	if c.content != nil {
		widgets.Relay(c.content)
	}
}

// reviewed says whether what is done would be proposed, for somebody to decide on.
func (c *change) reviewed() bool {
	rules := c.p.s.Rules()
	if rules == nil {
		return false
	}
	switch c.work.Do {
	case bulk.Set, bulk.Add, bulk.Replace, bulk.Take:
		return rules.Reviews(archive.AValue, c.work.Field)
	case bulk.Tag, bulk.Untag, bulk.Retag:
		return rules.Reviews(archive.ATag, c.asked().Value)
	}
	return false
}
