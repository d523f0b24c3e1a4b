// Package oversight is the screen of the work on an archive: its work packages,
// who has done what, what waits and for how long, why things were sent back, and
// how good the result is; as charts, each with its table.
//
// It may use the session, the report, the widgets and what they may use. It must
// never know another screen or the window, and never write to the archive but by
// the session.
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

// Page is the screen.
type Page struct {
	*widgets.Sections
	// OnReport is told when the person wants all of it as a file.
	OnReport func()

	s        *session.Session
	on       fyne.Canvas
	packages *packages
	quality  *quality
	sections []widgets.Section
	figures  []*figures // those that show what was gathered

	busy    *widgets.BusyBar
	said    *widgets.Note // when it was counted, or why it was not
	again   *widgets.Button
	days    int
	gen     int
	stop    func()          // ends the counting that goes on, or nil
	numbers *report.Numbers // nil until they were counted
	of      string          // archive that they are of
}

// New makes the screen for a window's canvas and lets it follow the session.
func New(s *session.Session, on fyne.Canvas) *Page {
	p := &Page{Sections: widgets.NewSections(on, i18n.T("oversight.title"), i18n.T("owner.back"), session.Covers), s: s, on: on, OnReport: func() {}, days: 30}
	p.busy = s.BusyBar(nil, nil)
	p.said = p.Quiet("")
	p.again = p.Button(i18n.T("oversight.again"), p.gather)
	out := p.Button(i18n.T("oversight.report"), func() { p.OnReport() })
	p.Above.Add(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Near),
		widgets.Border(nil, nil, nil, container.NewHBox(p.again, out), widgets.Middle(p.said)), p.busy), 0))
	p.packages = newPackages(p)
	p.quality = newQuality(p)
	progress, queue, reasons := newFigures(p, "progress"), newFigures(p, "queue"), newFigures(p, "reasons")
	progress.addDays()
	p.figures = []*figures{progress, queue, reasons}
	p.sections = []widgets.Section{p.packages, progress, queue, reasons, p.quality}
	p.busy.OnShown = func(bool) { p.Content().Refresh() }
	p.Fill(p.sections...)
	s.On(p.hear)
	return p
}

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		p.forget()
	case session.SelfChanged, session.PersonChanged:
		if p.shown() {
			p.packages.Show()
			p.gather()
		}
	case session.SelectionChanged, session.ListChanged:
		if p.shown() {
			p.packages.showButtons()
		}
	}
}

// shown says whether the person is looking at the screen.
func (p *Page) shown() bool { return p.s.Open() && p.Content().Visible() }

// Show counts what is the case now.
func (p *Page) Show() {
	p.ShowSection()
	p.gather()
}

// forget shows nothing of an archive that is no longer open.
func (p *Page) forget() {
	p.gen++
	p.halt()
	p.numbers, p.of = nil, ""
	p.said.SetText("", widgets.Plain)
	p.quality.forget()
	p.packages.forget()
	for _, f := range p.figures {
		f.draw(report.Section{})
	}
}

// halt ends the counting that goes on.
func (p *Page) halt() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// gather counts on a worker; what was counted before stays until it has come.
func (p *Page) gather() {
	if !p.s.Open() {
		return
	}
	p.halt()
	p.gen++
	gen, path := p.gen, p.s.Path()
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.busy.Start(i18n.T("oversight.busy"), 0, cancel)
	o := report.Options{Now: p.s.Now(), Days: p.days}
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (*report.Numbers, error) {
		defer context.AfterFunc(closing, cancel)()
		return report.GatherWork(ctx, a, o)
	}, func(n *report.Numbers, err error) {
		cancel()
		if gen != p.gen {
			return
		}
		p.stop = nil
		p.busy.Finish()
		p.take(n, err, path)
	})
}

// take shows what was counted.
func (p *Page) take(n *report.Numbers, err error, path string) {
	switch {
	case errors.Is(err, context.Canceled):
		p.said.SetText(i18n.T("oversight.stopped"), widgets.Warn)
		return
	case err != nil:
		p.said.SetText("⚠ "+session.Words(err), widgets.Bad)
		return
	}
	p.numbers, p.of = n, path
	p.said.SetText(i18n.T("oversight.counted", "time", i18n.Clock(p.s.Now())), widgets.Plain)
	for _, s := range n.Sections() {
		for _, f := range p.figures {
			if f.id == s.ID {
				f.draw(s)
			}
		}
	}
	p.packages.Show()
	if p.sections[p.Section()] == widgets.Section(p.quality) {
		p.quality.Show()
	}
}
