package importing

import (
	"context"
	"errors"
	"slices"
	"syscall"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// reports is the section of the imports that were made, each with its report.
type reports struct {
	p                          *Page
	items                      []*archive.Item // the latest first
	all                        []archive.Import
	list                       *widgets.List
	text                       *widgets.TextView
	page, table, goOn, leaveIt *widgets.Button
	none                       *widgets.EmptyState
	said                       *widgets.Note
	split                      *widgets.Split
	content                    fyne.CanvasObject
	open                       archive.ID // whose report is shown
	stood                      string     // how that import stood then
	report                     report.Table
	gen                        int
	latest                     bool // the report of the latest is shown, whichever that is
}

func newReports(p *Page) *reports {
	s := &reports{p: p, said: p.Quiet("")}
	s.list = widgets.NewList()
	s.list.Covers, s.list.OnKey = session.Covers, p.Key
	s.list.OnSelect = func(int) {
		s.latest = false
		s.show()
	}
	s.list.OnActivate = func(int) { p.on.Focus(s.text) }
	s.text = p.s.TextView()
	s.text.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyEscape {
			return false
		}
		p.on.Focus(s.list)
		return true
	}
	s.page = p.Button(i18n.T("importing.save.html"), func() { p.OnFile(".html", s.saveHTML) })
	s.table = p.Button(i18n.T("importing.save.csv"), func() { p.OnFile(".csv", s.saveCSV) })
	s.goOn = p.Button(i18n.T("cmd.importing.continue"), func() {
		if it := s.chosen(); it != nil {
			p.goOn(it.ID)
		}
	})
	s.leaveIt = p.Button(i18n.T("cmd.importing.leave"), func() {
		if it := s.chosen(); it != nil {
			p.w.giveUp(it.ID)
		}
	})
	s.none = widgets.NewEmptyState(i18n.T("importing.reports.none"), i18n.T("importing.reports.none.means"), "", nil)
	foot := widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Near), s.said,
		container.New(layout.NewCustomPaddedHBoxLayout(look.Near), s.page, s.table, s.goOn, s.leaveIt)), look.Near)
	top := container.New(layout.NewCustomPaddedLayout(look.Near, 0, 0, 0), s.list)
	below := widgets.Border(nil, foot, nil, nil, container.New(layout.NewCustomPaddedLayout(look.Near, 0, look.Apart, look.Apart), s.text))
	s.split = widgets.NewVSplit(top, below, 0.4)
	s.content = container.NewStack(s.split, s.none)
	return s
}

// Name is part of widgets.Section, as all that follow.
func (s *reports) Name() (string, string) {
	n := 0
	if self := s.p.s.Self(); self != nil {
		n = len(self.Of(archive.AnImport))
	}
	return i18n.T("importing.reports"), i18n.N("importing.reports.line", n)
}

// Content is what is shown.
func (s *reports) Content() fyne.CanvasObject { return s.content }

// Focus gives the keyboard to the list.
func (s *reports) Focus() {
	if len(s.items) == 0 {
		s.p.Sections.Focus()
		return
	}
	s.p.on.Focus(s.list)
}

// Show shows the imports there are.
func (s *reports) Show() {
	self := s.p.s.Self()
	if self == nil {
		self = &archive.Document{}
	}
	was := s.chosen()
	s.items, s.all = nil, nil
	for _, it := range slices.Backward(self.Of(archive.AnImport)) {
		if im, err := it.Import(); err == nil {
			s.items, s.all = append(s.items, it), append(s.all, im)
		}
	}
	s.list.SetCount(len(s.items), s.row)
	at := 0
	if was != nil && !s.latest {
		at = max(0, slices.IndexFunc(s.items, func(it *archive.Item) bool { return it.ID == was.ID }))
	}
	if len(s.items) > 0 {
		s.list.SetSelected(at)
	}
	empty := len(s.items) == 0
	s.none.Hidden, s.split.Hidden = !empty, empty
	s.content.Refresh()
	s.show()
	if s.latest && s.p.shown() && !empty && s.p.on.Focused() == fyne.Focusable(s.p.Nav) {
		s.p.on.Focus(s.list) // the import has ended while nothing was listed here
	}
}

func (s *reports) chosen() *archive.Item {
	if at := s.list.Selected(); at >= 0 && at < len(s.items) {
		return s.items[at]
	}
	return nil
}

func (s *reports) row(i int) widgets.Row {
	it, im := s.items[i], &s.all[i]
	r := widgets.Row{Known: true, Title: i18n.T("importing.reports.row", "when", i18n.Moment(it.At.Time().Local()), "who", it.By, "from", session.OneLine(i18n.List(im.Begin.From)))}
	switch e := im.End; {
	case e == nil && s.p.w.running():
		r.Sub = i18n.T("importing.reports.running")
	case e == nil:
		r.Sub = i18n.T("importing.report.open")
	default:
		r.Sub = i18n.T("importing.reports.sub", "how", i18n.T("import.how."+e.How), "in", i18n.Number(int64(e.Imported)),
			"there", i18n.Number(int64(e.Duplicates)), "out", i18n.Number(int64(e.Skipped)))
	}
	return r
}

// show shows the report of the chosen import, whose list is read on a worker.
func (s *reports) show() {
	it := s.chosen()
	if it == nil {
		s.open, s.stood = "", ""
		s.text.SetShown(widgets.Shown{})
		return
	}
	im := s.all[s.list.Selected()]
	broken := im.End == nil && !s.p.w.running() && s.p.s.Fixed() == ""
	s.goOn.Hidden, s.leaveIt.Hidden = !broken, !broken
	if s.open == it.ID && s.stood == it.Key {
		return
	}
	s.open, s.stood = it.ID, it.Key
	s.said.SetText("", widgets.Plain)
	type read struct {
		end  *archive.ImportEnd
		lost bool
	}
	session.Read(s.p.s, &s.gen, func(ctx context.Context, a *storage.Archive) (r read, err error) {
		r.end, r.lost, err = a.ImportEnded(ctx, &im)
		return r, err
	}, func(r read, err error) {
		if err != nil {
			s.said.SetText("⚠ "+session.Words(err), widgets.Bad)
			return
		}
		s.report = reportOf(it, &im, r.end, r.lost)
		s.text.SetShown(widgets.Shown{Key: string(it.ID) + it.Key, Text: textOf(&s.report)})
	})
}

func (s *reports) saveHTML(path string) { s.save(path, s.report.HTML()) }

func (s *reports) saveCSV(path string) { s.save(path, csvOf(&s.report)) }

// save writes a report on a worker.
func (s *reports) save(path string, data []byte) {
	cfg := s.p.s.Config()
	cfg.Go(func() {
		err := report.Write(path, data)
		cfg.Do(func() {
			switch {
			case errors.Is(err, report.ErrTaken):
				s.said.SetText("⚠ "+i18n.T("oversight.report.taken", "path", session.OneLine(path)), widgets.Bad)
			case errors.Is(err, syscall.ENOSPC):
				s.said.SetText("⚠ "+i18n.T("error.full"), widgets.Bad)
			case err != nil:
				s.said.SetText("⚠ "+session.Words(err), widgets.Bad)
			default:
				words := i18n.T("importing.saved", "path", session.OneLine(path))
				s.said.SetText("✓ "+words, widgets.Good)
				s.p.s.Say(words)
			}
			widgets.Relay(s.content)
		})
	})
}
