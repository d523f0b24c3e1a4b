// Package importing is the screen on which files are looked at before they come into
// the archive, and brought in: what each is, in which encoding and how sure that is, how
// it will read, what would be left out and why; and the reports of the imports that were
// made.
//
// It may use the session, the readers (ingest, intake), the report's writer, the widgets
// and what they may use. It must never know another screen or the window, and never
// write to the archive but by intake.
package importing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fonds/app/i18n"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/storage/archive"
	"fonds/widgets"
	"fonds/widgets/look"
)

// Screen is the name of the screen, with which ids of its commands begin.
const Screen = "importing"

// Page is the screen.
type Page struct {
	*widgets.Sections
	// OnChoose asks for a file or a folder and hands it to Take.
	OnChoose func()
	// OnFile asks for the name of a file that is not there yet, with an ending, and hands
	// it to done.
	OnFile func(ending string, done func(path string))
	// OnWork is told of an import that begins, with what interrupts it so that it can be
	// continued; and with nil of its end.
	OnWork func(interrupt func())
	// Free says whether an import may begin: no other long work goes on.
	Free func() bool

	s        *session.Session
	on       fyne.Canvas
	w        *Work
	bar      *widgets.BusyBar
	awaits   bool // the keyboard goes to the files when there are some
	sections []widgets.Section
	files    *files
	reports  *reports

	says  *widgets.Note // what there is, in a line
	done  *widgets.Note // what came of the last import
	do    *widgets.Button
	pause *widgets.Button
	stop  *widgets.Button
}

// New makes the screen for a window's canvas and lets it follow the session. w is what
// went on on a page that was there before, or nil.
func New(s *session.Session, on fyne.Canvas, w *Work) *Page {
	p := &Page{Sections: widgets.NewSections(on, i18n.T("importing.title"), i18n.T("owner.back"), session.Covers), s: s, on: on, w: w,
		OnChoose: func() {}, OnFile: func(string, func(string)) {}, OnWork: func(func()) {}, Free: func() bool { return true }}
	if p.w == nil {
		p.w = newWork(s)
	}
	p.says, p.done = p.Quiet(""), p.Quiet("")
	p.do = widgets.NewPrimaryButton("", p.Run)
	p.do.SetLabels(i18n.T("importing.do"), s.Commands.Get("doc.submit").FirstKeys())
	p.do.OnKey = p.Key
	p.pause = p.Button(i18n.T("importing.pause"), p.Pause)
	p.stop = p.Button(i18n.T("busy.stop"), p.Stop)
	p.Above.Add(widgets.Pad(container.New(layout.NewCustomPaddedVBoxLayout(look.Near),
		widgets.Border(nil, nil, nil, container.New(layout.NewCustomPaddedHBoxLayout(look.Near), p.pause, p.stop, p.do), widgets.Middle(p.says)), p.done), 0))
	p.files, p.reports = newFiles(p), newReports(p)
	p.sections = []widgets.Section{p.files, p.reports}
	p.Fill(p.sections...)
	p.follow()
	s.On(p.hear)
	p.changed()
	return p
}

// follow lets the page show what goes on.
func (p *Page) follow() {
	p.w.changed, p.w.looked = p.changed, p.files.looked
	p.w.over = func() {
		p.reports.latest = true
		p.Open(1)
		if p.shown() {
			p.FocusSection()
		}
	}
}

// Work is what goes on on the page, for the next one that is made.
func (p *Page) Work() *Work { return p.w }

func (p *Page) hear(e session.Event) {
	switch e.(type) {
	case session.ArchiveChanged:
		if p.s.Path() != p.w.of {
			p.w.halt()
			p.w.endMapping()
			running := p.w.running()
			p.w = newWork(p.s)
			if p.bar != nil {
				p.w.bar = p.bar
			}
			p.follow()
			p.files.forget()
			if !running {
				p.changed()
			}
		}
	case session.SelfChanged, session.PersonChanged:
		if p.shown() {
			p.changed()
		}
	}
}

func (p *Page) shown() bool { return p.s.Open() && p.Content().Visible() }

// Show shows what is the case now.
func (p *Page) Show() { p.changed() }

// Hide says, where the page is left while an import runs, that it goes on.
func (p *Page) Hide() {
	if p.w.running() {
		p.s.Say(i18n.T("importing.still"))
	}
}

// Take looks at files and folders, beside those that are looked at already. Nothing is
// brought in.
func (p *Page) Take(paths []string) {
	if p.w.running() {
		p.s.Say(i18n.T("importing.wait"))
		return
	}
	p.Open(0)
	p.w.take(paths)
	p.Focus()
	p.awaits = p.w.rows.len() == 0
}

// Focus gives the keyboard to the files, or to the button that chooses some; while they
// are found, to the list of sections.
func (p *Page) Focus() {
	switch {
	case p.Section() == 0 && (p.w.rows.len() > 0 || p.w.mapping != nil):
		p.FocusSection()
	case p.Section() == 0 && p.files.none.Focus():
	default:
		p.Sections.Focus()
	}
}

// Submit brings in what is listed; it says whether the page has a use for that key.
func (p *Page) Submit() bool {
	if p.mapping() {
		p.files.mapper.Use()
		return true
	}
	p.Run()
	return true
}

// Runs says whether an import runs, and CanRun whether one may begin.
func (p *Page) Runs() bool { return p.w.running() }

// CanRun says whether an import of what is listed may begin.
func (p *Page) CanRun() bool {
	return !p.w.running() && p.w.looking == nil && p.w.mapping == nil && p.Free() && p.s.Open() && p.s.Fixed() == "" && (p.w.rows.counts[taken]+p.w.rows.counts[duplicates] > 0 || p.w.survey.Whole)
}

// Run brings in what is listed.
func (p *Page) Run() {
	if !p.CanRun() {
		switch {
		case p.w.running():
		case p.w.looking != nil:
			p.s.Say(i18n.T("importing.notyet"))
		default:
			p.s.Say(i18n.T("importing.nothing"))
		}
		return
	}
	p.starts()
	p.w.begin(p.w.paths, p.w.options(), p.over)
	p.FocusSection()
}

// starts tells the window of an import that begins.
func (p *Page) starts() {
	w := p.w
	p.OnWork(func() { w.stop(intake.ErrLater) })
}

// over tells it that it has ended, and shows its report.
func (p *Page) over() { p.OnWork(nil) }

// SetBar says on which bar an import says how far it is.
func (p *Page) SetBar(b *widgets.BusyBar) {
	p.w.bar, p.bar = b, b
	p.w.showBar()
}

// Pause lets the import pause, or go on.
func (p *Page) Pause() { p.w.pause() }

// Stop ends the import; what came in stays. Where none runs it ends the survey.
func (p *Page) Stop() {
	switch {
	case p.w.running():
		p.w.stop(errStopped)
	case p.w.looking != nil:
		p.w.looking()
	}
}

// Stops says whether there is something to stop.
func (p *Page) Stops() bool { return p.w.running() || p.w.looking != nil }

// Continue goes on with the import that was interrupted, and Leave leaves it so.
func (p *Page) Continue() {
	if it := p.s.InterruptedImport(); it != nil {
		p.goOn(it.ID)
	}
}

// Leave leaves the import that was interrupted as it is.
func (p *Page) Leave() {
	if it := p.s.InterruptedImport(); it != nil {
		p.w.giveUp(it.ID)
	}
}

func (p *Page) goOn(id archive.ID) {
	if p.w.running() || !p.Free() {
		p.s.Say(i18n.T("importing.wait"))
		return
	}
	p.w.goOn(id, p.starts, p.over)
}

// changed shows what is the case now.
func (p *Page) changed() {
	if p.files == nil {
		return
	}
	p.says.SetText(p.line(), widgets.Plain)
	words, tone := "", widgets.Plain
	switch {
	case p.w.fault != nil && !p.w.stoppedLooking():
		words, tone = "⚠ "+why(p.w.fault), widgets.Bad
	case p.w.fault != nil:
		words, tone = i18n.T("importing.lookstopped"), widgets.Warn
	case p.w.done.there && p.w.done.err != nil:
		words, tone = "⚠ "+p.w.done.words(), widgets.Bad
		if p.w.done.stopped() {
			words, tone = p.w.done.words(), widgets.Plain
		}
	case p.w.done.there:
		words, tone = "✓ "+p.w.done.words(), widgets.Good
	case p.w.survey.Whole:
		words = i18n.T("importing.whole")
	case p.w.looking == nil && p.w.survey.Beside > 0:
		words = i18n.N("importing.beside", p.w.survey.Beside)
	}
	p.done.SetText(words, tone)
	widgets.Enable(p.do, p.CanRun())
	p.pause.Hidden, p.stop.Hidden = !p.w.running(), !p.Stops()
	label := i18n.T("importing.pause")
	if p.w.running() && p.w.pace.Paused() {
		label = i18n.T("importing.goon")
	}
	p.pause.SetLabel(label)
	p.ShowSection()
	p.Nav.RefreshRows()
	p.Above.Refresh()
	if p.awaits && p.w.rows.listed() > 0 && p.Section() == 0 {
		p.awaits = false
		if p.shown() && p.on.Focused() == fyne.Focusable(p.Nav) {
			p.FocusSection()
		}
	}
}

// line says in a line what there is.
func (p *Page) line() string {
	r := &p.w.rows
	switch {
	case p.w.running():
		return i18n.T("importing.running")
	case p.w.looking != nil && p.w.total == 0:
		return i18n.T("importing.finding")
	case p.w.looking != nil:
		return i18n.T("importing.looking", "n", r.len(), "all", p.w.total)
	case r.len() == 0:
		return i18n.T("importing.line.none")
	}
	words := i18n.N("importing.line", r.len()) + " · " + i18n.N("importing.line.take", r.counts[taken])
	if n := r.counts[duplicates]; n > 0 {
		words += " · " + i18n.N("importing.line.duplicates", n)
	}
	if n := r.counts[left]; n > 0 {
		words += " · " + i18n.N("importing.line.left", n)
	}
	if n := r.counts[damaged]; n > 0 {
		words += " · " + i18n.N("importing.line.damaged", n)
	}
	if p.w.again > together {
		words += " · " + i18n.N("importing.again", p.w.again)
	}
	return words
}

// Choose asks for the encoding of the chosen files, or of the one whose columns are asked about.
func (p *Page) Choose() {
	if p.mapping() {
		p.files.mapper.askEncoding()
		return
	}
	p.files.Choose()
}

// LeaveOut leaves the chosen files out, or takes them in again; of a file whose columns are asked about, the chosen column.
func (p *Page) LeaveOut() {
	if p.mapping() {
		p.files.mapper.nothing()
		return
	}
	p.files.Leave()
}
