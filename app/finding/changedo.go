package finding

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"golang.org/x/text/cases"

	"fonds/app/bulk"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/widgets"
)

// doubt says what may be wrong with the value that all would get, "" for nothing.
func (c *change) doubt() string {
	if w := c.asked(); w.Do == bulk.Set || w.Do == bulk.Add {
		f := c.p.s.Field(w.Field)
		return f.Doubt(w.Value, 0)
	}
	return ""
}

// row says of a document what it says now and what it would say.
func (c *change) row(i int) widgets.Row {
	x := &c.plan.Changes[i]
	r := widgets.Row{Known: true, Title: session.OneLine(x.Title), Badge: "✓"}
	before, after := c.values(x.Before), c.values(x.After)
	switch {
	case c.work.Do == bulk.Tag || c.work.Do == bulk.Add:
		r.Sub = "+ " + c.values(x.After[len(x.After)-1:])
	case c.work.Do == bulk.Untag:
		r.Sub = "− " + c.values([]string{c.work.Value})
	case before == "":
		r.Sub = "+ " + after
	case after == "":
		r.Sub = before + " → –"
	default:
		r.Sub = before + " → " + after
	}
	if len(x.Edits) > 1 && c.work.Do != bulk.Retag {
		r.Sub = i18n.N("change.places", len(x.Edits)) + " · " + r.Sub
	}
	if err := c.why[x.Doc]; err != nil {
		r.Badge, r.Sub = "⚠", session.Words(err)
	} else if c.out[x.Doc] {
		r.Badge, r.Faint, r.Sub = "", true, i18n.T("change.out")+" · "+r.Sub
	}
	return r
}

// values are what a document says, in words.
func (c *change) values(all []string) string {
	words := make([]string, len(all))
	for i, v := range all {
		switch c.work.Do {
		case bulk.Submit:
			v = session.StatusWords(archive.Status(v))
		case bulk.Package:
			v = c.p.s.PackageName(archive.ID(v))
		case bulk.Set, bulk.Add, bulk.Replace, bulk.Take:
			v = session.ValueWords(v)
		case bulk.Assign:
			v = c.p.s.Rules().Now(v)
		}
		words[i] = session.OneLine(v)
	}
	return i18n.List(words)
}

// toggle leaves the chosen document out, or takes it in again.
func (c *change) toggle() {
	at := c.list.Selected()
	if at < 0 || at >= len(c.plan.Changes) || c.writing {
		return
	}
	id := c.plan.Changes[at].Doc
	c.out[id] = !c.out[id]
	delete(c.why, id)
	c.list.RefreshRow(at)
	c.show()
}

func (c *change) key(k *fyne.KeyEvent) bool {
	switch {
	case k.Name != fyne.KeyEscape:
		return false
	case !c.writing:
		c.leave()
	case c.stop != nil:
		c.stop()
	}
	return true
}

// entryKey: Enter goes on to what would be changed, for that to be looked at.
func (c *change) entryKey(k *fyne.KeyEvent) bool {
	if c.offers != nil && c.offers.Shown() && c.p.on.Focused() == fyne.Focusable(c.value) {
		switch k.Name {
		case fyne.KeyDown:
			c.offers.Move(1)
			return true
		case fyne.KeyUp:
			c.offers.Move(-1)
			return true
		case fyne.KeyReturn, fyne.KeyEnter:
			if at := c.offers.Chosen(); at >= 0 {
				c.take(at)
				return true
			}
		}
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		if c.find != nil && c.p.on.Focused() == fyne.Focusable(c.find) {
			c.p.on.Focus(c.value)
			return true
		}
		if c.offers != nil {
			c.offers.Set(nil)
		}
		c.look()
		c.p.on.Focus(c.list)
		return true
	}
	return c.key(k)
}

// offer lists values and tags that the archive has and that begin so.
func (c *change) offer() {
	if c.offers == nil || c.p.on.Focused() != fyne.Focusable(c.value) {
		return
	}
	f := storage.Facet{Key: query.Field, Name: c.work.Field}
	if c.work.Do == bulk.Tag || c.work.Do == bulk.Retag {
		f = storage.Facet{Key: query.Tag}
	}
	typed := c.value.Text
	c.p.facets.counter.CountAll(f, func(found []storage.FacetCount) {
		if c.p.change != c || c.value.Text != typed {
			return
		}
		fold := cases.Fold()
		part := fold.String(strings.TrimSpace(typed))
		var offers []widgets.Offer
		for _, v := range found {
			if part != "" && strings.Contains(fold.String(v.Value), part) && v.Value != typed {
				offers = append(offers, widgets.Offer{Text: v.Value, Aside: i18n.Number(int64(v.N))})
			}
		}
		c.offers.Set(offers)
	})
}

func (c *change) take(i int) {
	c.value.SetTyped(c.offers.Text(i))
	c.value.CaretToEnd()
	c.offers.Set(nil)
	c.p.on.Focus(c.value)
	c.look()
}

// apply makes the changes that are chosen, as one step. What a rule refuses stays in the
// list with why.
func (c *change) apply() {
	chosen := c.chosen()
	if c.do.Disabled() || len(chosen) == 0 || c.stop != nil || c.wait != nil {
		return
	}
	edits := bulk.All(chosen)
	var of []int // the change of each edit
	for i := range chosen {
		of = append(of, slices.Repeat([]int{i}, len(chosen[i].Edits))...)
	}
	c.writing = true
	c.do.Disable()
	c.p.s.Flush()
	stop := c.p.s.ApplyMany(edits, c.bar.Progress, func(results []storage.Result, err error) { c.answered(chosen, of, results, err) })
	if c.writing { // else it cannot be written, and was answered at once
		c.stop = stop
		c.bar.Start(i18n.T("change.writing"), len(edits), stop)
	}
}

// answered says what came of it.
func (c *change) answered(chosen []bulk.Change, of []int, results []storage.Result, err error) {
	c.bar.Finish()
	c.writing, c.stop = false, nil
	if err != nil {
		if c.p.change == c {
			c.show()
			words := "⚠ " + session.FileWords(err)
			if errors.Is(err, context.Canceled) {
				words = i18n.T("change.stopped")
			}
			c.says.SetText(words, widgets.Bad)
			widgets.Relay(c.content)
		}
		return
	}
	why := map[archive.ID]error{}
	for i, r := range results {
		if r.Err != nil {
			why[chosen[of[i]].Doc] = r.Err
		}
	}
	switch done := len(chosen) - len(why); {
	case done == 0:
		c.p.s.Say(i18n.T("change.nothingdone"))
	case c.reviewed():
		c.p.s.Say(i18n.N("change.proposed", done))
	default:
		c.p.s.Say(i18n.N("change.done", done))
	}
	if c.p.change != c {
		return
	}
	if len(why) == 0 {
		c.p.s.Select(nil)
		c.leave()
		return
	}
	c.why = why
	c.plan.Changes = slices.DeleteFunc(chosen, func(x bulk.Change) bool { return why[x.Doc] == nil })
	for id := range why {
		c.out[id] = true
	}
	c.list.SetSelected(-1)
	c.show()
}
