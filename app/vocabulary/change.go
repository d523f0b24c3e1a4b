package vocabulary

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/bulk"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// change is the question what is to become of a tag: it is renamed, moved, merged or
// deleted, with all that bears it. How many documents that are is shown before; it is done
// as one step to undo.
type change struct {
	p       *Page
	work    bulk.Work
	plan    bulk.Plan
	planned bool
	writing bool
	stop    func()
	wait    func()
	gen     int

	to      *widgets.Entry // nil where it is deleted
	offers  *widgets.Offers
	means   *widgets.Note
	list    *widgets.List
	do      *widgets.Button
	content fyne.CanvasObject
}

// askRename asks what the chosen tag is to be called; to is what is proposed, "" as it is.
func (p *Page) askRename(to string) {
	t := p.chosen()
	if t == nil {
		return
	}
	heading := i18n.T("vocabulary.rename", "tag", session.OneLine(t.ID))
	if to == "" {
		to = t.ID
	}
	c := p.newChange(bulk.Work{Do: bulk.Retag, Find: t.ID}, heading)
	c.to.SetText(to)
	c.to.CaretToEnd()
	c.look()
}

// askMove asks under which other tag the chosen one is to stand.
func (p *Page) askMove() {
	t := p.chosen()
	if t == nil {
		return
	}
	last := t.ID[strings.LastIndexByte(t.ID, '/')+1:]
	choices := append([]widgets.Choice{{ID: "", Title: i18n.T("vocabulary.top")}}, p.others(t.ID)...)
	p.chooseTag(i18n.T("vocabulary.move", "tag", session.OneLine(t.ID)), choices, func(under string) {
		if under != "" {
			under += "/"
		}
		p.askRename(under + last)
	})
}

// askMerge asks with which other tag the chosen one is to be merged.
func (p *Page) askMerge() {
	t := p.chosen()
	if t == nil {
		return
	}
	p.chooseTag(i18n.T("vocabulary.merge", "tag", session.OneLine(t.ID)), p.others(t.ID), p.askRename)
}

// others are the tags that are neither a tag nor under it.
func (p *Page) others(tag string) (out []widgets.Choice) {
	v := p.s.TagIndex().Vocabulary
	for i := range v.Terms {
		t := &v.Terms[i]
		if t.ID != tag && !strings.HasPrefix(t.ID, tag+"/") {
			also := make([]string, 0, len(t.Also))
			for _, n := range t.Also {
				also = append(also, n.Text)
			}
			out = append(out, widgets.Choice{ID: t.ID, Title: session.OneLine(t.ID), Badge: i18n.Number(int64(v.Counts[t.ID])), Also: strings.Join(also, "\n")})
		}
	}
	return out
}

// askDelete asks whether the chosen tag is to be taken off all documents; of a list,
// whether that is to go.
func (p *Page) askDelete() {
	if p.section != ofTags {
		p.askRemoveList()
		return
	}
	t := p.chosen()
	if t == nil {
		return
	}
	c := p.newChange(bulk.Work{Do: bulk.Delete, Find: t.ID}, i18n.T("vocabulary.delete", "tag", session.OneLine(t.ID)))
	c.look()
}

func (p *Page) newChange(w bulk.Work, heading string) *change {
	c := &change{p: p, work: w, means: session.NewNote(8)}
	top := widgets.Stacked(widgets.Heading(heading))
	if w.Do == bulk.Retag {
		c.to = widgets.NewEntry()
		c.to.SetPlaceHolder(i18n.T("vocabulary.rename.prompt"))
		c.to.OnType = func(string) { c.typed() }
		c.to.OnKey = c.entryKey
		c.offers = widgets.NewOffers()
		c.offers.Covers = session.Covers
		c.offers.OnPick = c.take
		c.offers.OnResize = func() { widgets.Relay(c.content) }
		top.Add(c.to)
		top.Add(c.offers.Content())
	}
	top.Add(c.means)
	c.list = widgets.NewList()
	c.list.Covers = session.Covers
	c.list.OnActivate = func(int) { c.submit() }
	c.list.OnKey = p.escape
	c.do = widgets.NewPrimaryButton("", c.submit)
	leave := widgets.NewButton("", p.leaveAsking)
	leave.SetLabels(i18n.T("button.cancel"), "Esc")
	c.do.OnKey, leave.OnKey = p.escape, p.escape
	foot := container.New(layout.NewCustomPaddedHBoxLayout(look.Near), c.do, leave)
	c.content = container.NewStack(canvas.NewRectangle(look.Current().Panel), widgets.Border(widgets.Inset(top), widgets.Inset(foot), nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Tight, 0), c.list)))
	c.show()
	p.ask(c)
	return c
}

func (c *change) object() fyne.CanvasObject { return c.content }

func (c *change) focus() {
	if c.to != nil {
		c.p.on.Focus(c.to)
	} else {
		c.p.on.Focus(c.do)
	}
}

// leave ends what is being planned or written; while it is written the question stays.
func (c *change) leave() bool {
	if c.wait != nil {
		c.wait()
	}
	if c.stop != nil {
		c.stop()
	}
	return !c.writing
}

func (c *change) typed() {
	c.planned = false
	c.offer()
	if c.wait != nil {
		c.wait()
	}
	c.wait = c.p.s.After(250*time.Millisecond, c.look)
}

// offer lists tags that there are, with which it could be merged.
func (c *change) offer() {
	var out []widgets.Offer
	for _, h := range c.p.s.TagIndex().Find(c.to.Text, 8) {
		if h.Text != c.work.Find && h.Text != c.to.Text {
			out = append(out, widgets.Offer{Text: h.Text, Aside: i18n.Number(int64(h.Uses))})
		}
	}
	c.offers.Set(out)
}

func (c *change) take(i int) {
	c.to.SetTyped(c.offers.Text(i))
	c.to.CaretToEnd()
	c.offers.Set(nil)
	c.p.on.Focus(c.to)
	c.look()
}

func (c *change) entryKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown:
		c.offers.Move(1)
		return true
	case fyne.KeyUp:
		c.offers.Move(-1)
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if at := c.offers.Chosen(); at >= 0 && c.offers.Shown() {
			c.take(at)
			return true
		}
		c.offers.Set(nil)
		c.submit()
		return true
	}
	return c.p.escape(k)
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
	if c.to != nil {
		c.work.Value = c.to.Text
	}
	c.gen++
	gen, w := c.gen, c.work
	c.planned = false
	run, cancel := context.WithCancel(context.Background())
	c.stop = cancel
	tell := c.p.s.Tells(run, c.p.busy)
	c.p.busy.Start(i18n.T("change.planning"), 0, cancel)
	session.Read(c.p.s, nil, func(closing ctx, a *storage.Archive) (bulk.Plan, error) {
		defer context.AfterFunc(closing, cancel)()
		nums, err := a.Numbers(run, storage.Query{Search: condition(w.Find)})
		if err != nil {
			return bulk.Plan{}, err
		}
		ids, err := a.IDs(run, nums)
		if err != nil {
			return bulk.Plan{}, err
		}
		return w.Plan(run, a, ids, false, tell)
	}, func(plan bulk.Plan, err error) {
		cancel()
		if gen != c.gen || c.p.asking != asking(c) {
			return
		}
		c.stop = nil
		c.p.busy.Finish()
		c.plan, c.planned = plan, err == nil
		c.show()
		if err != nil && !errors.Is(err, bulk.ErrNothing) && !errors.Is(err, context.Canceled) {
			c.means.SetText("⚠ "+session.Words(err), widgets.Bad)
			widgets.Relay(c.content)
		}
		if c.to == nil && c.planned && c.p.visible() { // the button takes the keyboard only now
			c.focus()
		}
	})
}

// documents is how many of the changes are of documents.
func (c *change) documents() (n, approved int) {
	for i := range c.plan.Changes {
		if c.plan.Changes[i].Doc != "" {
			n++
		}
		if c.plan.Changes[i].Status == archive.Approved {
			approved++
		}
	}
	return n, approved
}

// show says what would be done.
func (c *change) show() {
	n, approved := c.documents()
	number := func(n int) string { return i18n.Number(int64(n)) }
	var words []string
	if c.planned {
		words = append(words, i18n.N("vocabulary.would", n, "n", number(n)))
		if c.to != nil {
			if v := c.p.s.TagIndex().Vocabulary; c.p.term(archive.TagName(c.to.Text)) != nil && v.Paths {
				words = append(words, i18n.T("vocabulary.merges", "to", session.OneLine(archive.TagName(c.to.Text)), "tag", session.OneLine(c.work.Find)))
			}
		}
		if approved > 0 {
			words = append(words, "⚠ "+i18n.N("change.approved", approved))
		}
		if rules := c.p.s.Rules(); rules != nil && rules.Reviews(archive.ATag, c.work.Value) && n > 0 {
			words = append(words, i18n.T("change.reviewed"))
		}
		words = append(words, i18n.T("vocabulary.step"))
	}
	if !c.planned && c.to != nil {
		words = append(words, i18n.T("vocabulary.rename.how"))
	}
	c.means.SetText(strings.Join(words, "\n"), widgets.Plain)
	key := i18n.K("vocabulary.do.change")
	if c.work.Do == bulk.Delete {
		key = i18n.K("vocabulary.do.remove")
	}
	c.do.SetLabels(i18n.N(key, n, "n", number(n)), "Enter")
	widgets.Enable(c.do, c.planned && len(c.plan.Changes) > 0 && !c.writing)
	c.list.SetCount(len(c.plan.Changes), c.row)
	if c.content != nil {
		widgets.Relay(c.content)
	}
}

// submit does what was planned; what is typed since is planned before.
func (c *change) submit() {
	switch {
	case c.writing || c.stop != nil:
		return
	case !c.planned || c.to != nil && c.to.Text != c.work.Value:
		c.look()
		return
	case len(c.plan.Changes) == 0:
		return
	}
	edits := bulk.All(c.plan.Changes)
	c.writing = true
	c.do.Disable()
	c.p.s.Flush()
	stop := c.p.s.ApplyMany(edits, c.p.busy.Progress, c.answered)
	if c.writing { // else it cannot be written, and was answered at once
		c.stop = stop
		c.p.busy.Start(i18n.T("change.writing"), len(edits), stop)
	}
}

// answered says what came of it, and shows the tag by its new name.
func (c *change) answered(results []storage.Result, err error) {
	c.writing, c.stop = false, nil
	c.p.busy.Finish()
	refused := 0
	var why error
	for _, r := range results {
		if r.Err != nil && !unchanged(r.Err) {
			refused, why = refused+1, r.Err
		}
	}
	n, _ := c.documents()
	words, tone := "✓ "+i18n.N("vocabulary.changed", n, "n", i18n.Number(int64(n))), widgets.Good
	switch {
	case errors.Is(err, context.Canceled):
		words, tone = i18n.T("change.stopped"), widgets.Warn
	case err != nil:
		words, tone = "⚠ "+session.FileWords(err), widgets.Bad
	case refused > 0:
		words, tone = "⚠ "+i18n.N("vocabulary.refused", refused, "n", i18n.Number(int64(refused)), "why", session.Words(why)), widgets.Warn
	}
	c.p.done.SetText(words, tone)
	c.p.s.Say(words)
	if c.p.asking != asking(c) {
		return
	}
	c.p.dropAsking()
	to := ""
	if c.to != nil && err == nil {
		to = archive.TagName(c.to.Text)
	}
	c.p.wanted = to
	c.p.show()
	if c.p.visible() {
		c.p.Focus()
	}
}

// goTo chooses a term by its id, as soon as it is there.
func (p *Page) goTo(id string) {
	p.wanted = id
	p.fill()
}
