package oversight

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
	"fonds/widgets/look"
)

// quality is the section of the stars. Every document is read for them, so that
// they are computed when the person asks.
type quality struct {
	*figures
	run  *widgets.Button
	busy *widgets.BusyBar
	said *widgets.Note
	list *widgets.DataTable // documents that lack the sample alone
	of   []storage.Summary
	hint *widgets.Note
	rest *fyne.Container
	gen  int
	stop func()
}

func newQuality(p *Page) *quality {
	q := &quality{figures: newFigures(p, "quality"), busy: p.s.BusyBar(nil, nil), said: p.Quiet(""), list: widgets.NewDataTable(), hint: p.Quiet(i18n.T("oversight.tosample.means"))}
	q.run = widgets.NewPrimaryButton(i18n.T("oversight.assess"), q.assess)
	q.run.OnKey = p.Key
	q.list.OnKey, q.list.Covers = p.Key, session.Covers
	q.list.OnReveal = func(top, bottom float32) { q.reveal(q.list, top, bottom) }
	q.list.OnActivate = func(i int) {
		if i < len(q.of) {
			p.OnLeave()
			p.s.OpenDocument(q.of[i].ID)
		}
	}
	q.list.Words = 3
	title := widgets.NewText(2, i18n.T("oversight.tosample"))
	title.Bold = true
	q.rest = container.New(layout.NewCustomPaddedVBoxLayout(look.Near), title, q.hint, q.list)
	q.rest.Hide()
	q.busy.OnShown = func(bool) { q.scroll.Refresh() }
	q.show(report.Section{})
	return q
}

func (q *quality) Show() {
	if q.means.Text() == "" {
		q.show(report.Section{})
	}
}

func (q *quality) Focus() { q.p.on.Focus(q.run) }

// show draws a section between the button and the documents to sample.
func (q *quality) show(s report.Section) {
	if s.Means == "" {
		s.Means = i18n.T("report.quality.means") + "\n" + report.CriteriaWords()
	}
	q.draw(s)
	objects := []fyne.CanvasObject{q.means, container.New(layout.NewCustomPaddedVBoxLayout(look.Near), container.NewHBox(q.run), q.busy, q.said), q.empty}
	for _, b := range q.blocks {
		objects = append(objects, b.content)
	}
	q.column.Objects = append(objects, q.rest)
	q.scroll.Refresh()
}

func (q *quality) forget() {
	q.gen++
	if q.stop != nil {
		q.stop()
		q.stop = nil
		q.busy.Finish()
		q.run.Enable()
	}
	q.said.SetText("", widgets.Plain)
	q.rest.Hide()
	q.of = nil
	q.show(report.Section{})
}

// assess computes the stars on a worker. Pressed again it does nothing: the bar
// has the button that stops it.
func (q *quality) assess() {
	self := q.p.s.Self()
	if q.stop != nil || self == nil {
		return
	}
	q.gen++
	gen := q.gen
	ctx, cancel := context.WithCancel(context.Background())
	q.stop = cancel
	q.said.SetText("", widgets.Plain)
	q.run.Disable()
	q.busy.Start(i18n.T("oversight.assess.busy"), 0, cancel)
	required, o := report.Required(self), report.Options{Now: q.p.s.Now(), Days: q.p.days}
	session.Read(q.p.s, nil, func(closing context.Context, a *storage.Archive) (*report.Numbers, error) {
		defer context.AfterFunc(closing, cancel)()
		stars, err := a.Assess(ctx, storage.Query{}, required, q.p.s.Tells(ctx, q.busy))
		if err != nil {
			return nil, err
		}
		n, err := report.GatherWork(ctx, a, o)
		if err == nil {
			n.Quality = stars
		}
		return n, err
	}, func(n *report.Numbers, err error) {
		cancel()
		if gen != q.gen {
			return
		}
		q.stop = nil
		q.busy.Finish()
		q.run.Enable()
		q.take(n, err)
	})
}

func (q *quality) take(n *report.Numbers, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		q.said.SetText(i18n.T("oversight.stopped"), widgets.Warn)
		return
	case err != nil:
		q.said.SetText("⚠ "+session.Words(err), widgets.Bad)
		return
	}
	q.said.SetText(i18n.T("oversight.assessed", "time", i18n.Clock(q.p.s.Now()), "documents", i18n.N("status.documents", n.Quality.Documents)), widgets.Plain)
	for _, s := range n.Sections() {
		if s.ID == q.id {
			q.show(s)
		}
	}
	q.of = n.Quality.ToSample
	rows := make([][]string, len(q.of))
	for i, d := range q.of {
		rows[i] = []string{session.OneLine(d.Title), d.Date, session.OneLine(d.Name)}
	}
	q.list.Set([]string{i18n.T("oversight.document"), i18n.T("oversight.date"), i18n.T("oversight.file")}, rows)
	q.rest.Hidden = len(rows) == 0
	q.scroll.Refresh()
}
