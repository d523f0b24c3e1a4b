package checking

import (
	"context"
	"errors"
	"maps"
	"syscall"
	"time"

	"fonds/app/checks"
	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets"
)

// This file runs the checks on a worker, keeps what came of them, and saves it.

// state is what the page knows.
type state struct {
	scope  string // what is to be checked
	report *checks.Report
	of     string // archive
	when   time.Time
	stale  bool   // the archive has changed since
	why    string // why nothing new is known, in words
	row    int    // of the checks
}

// Kept is what a page knows, for the next one that is made: in other colours, in another
// language.
type Kept struct {
	state
	archive string
	running bool
}

// Kept gives it and ends what goes on; Restore takes it over and begins that anew.
func (p *Page) Kept() Kept {
	p.row = p.checks.Selected()
	k := Kept{p.state, p.s.Path(), p.stop != nil}
	p.halt()
	return k
}

// Restore is described at Kept.
func (p *Page) Restore(k Kept) {
	if k.archive != p.s.Path() || k.archive == "" {
		return
	}
	p.state = k.state
	p.show()
	if p.report != nil {
		p.checks.SetSelected(k.row)
		p.choose()
	}
	if k.running {
		p.look()
	}
}

func (p *Page) pickScope(id string) {
	p.scope = id
	p.showScope()
}

// showScope says what can be checked.
func (p *Page) showScope() {
	words := i18n.T("checks.scope.list")
	if _, said := p.listQuery(); said != "" {
		words = i18n.T("checks.scope.list.of", "words", session.OneLine(said))
	}
	p.scopes.SetChoices([]widgets.Choice{{ID: everything, Title: i18n.T("checks.scope.all")}, {ID: theList, Title: words}}, p.scope)
}

func (p *Page) listQuery() (storage.Query, string) {
	if !p.s.Open() {
		return storage.Query{}, ""
	}
	return p.s.ListQuery()
}

// halt ends the checks that go on.
func (p *Page) halt() {
	p.gen++
	if p.stop != nil {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// look runs the checks; what is known from before stays until then.
func (p *Page) look() {
	if !p.s.Open() {
		return
	}
	p.halt()
	p.s.Flush()
	gen, path := p.gen, p.s.Path()
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	o := checks.Options{Now: p.s.Now(), Progress: p.steps(ctx, cancel)}
	if p.scope == theList {
		o.Query, o.Search = p.listQuery()
	}
	p.says.SetText(i18n.T("checks.busy"), widgets.Plain)
	p.busy.Start(i18n.T("checks.step.list"), 0, cancel)
	p.showEmpty()
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (*checks.Report, error) {
		defer context.AfterFunc(closing, cancel)()
		return checks.Run(ctx, a, o)
	}, func(r *checks.Report, err error) {
		stopped := ctx.Err() != nil
		cancel()
		if gen != p.gen {
			return
		}
		p.stop = nil
		p.busy.Finish()
		p.take(r, path, err, stopped)
	})
}

var stepWords = map[checks.Step]string{checks.Listing: i18n.K("checks.step.list"), checks.Reading: i18n.K("checks.step.read"),
	checks.Comparing: i18n.K("checks.step.compare"), checks.Verifying: i18n.K("checks.step.verify")}

// steps says how far the checks are, in their bar. Several goroutines tell it, one at a time.
func (p *Page) steps(ctx context.Context, cancel func()) func(step checks.Step, done, total int) {
	last, tell := checks.Listing, p.s.Tells(ctx, p.busy)
	return func(step checks.Step, done, total int) {
		if step != last {
			last = step
			p.s.Config().Do(func() {
				if ctx.Err() == nil {
					p.busy.Start(i18n.T(stepWords[step]), total, cancel)
				}
			})
		}
		tell(done, total)
	}
}

// take shows what came of the checks.
func (p *Page) take(r *checks.Report, path string, err error, stopped bool) {
	first := p.report == nil
	switch {
	case err == nil && !stopped: // what was stopped in its last moment is not known either
		p.report, p.of, p.when, p.stale, p.why = r, path, p.s.Now(), false, ""
		p.saved.SetText("", widgets.Plain)
	case stopped || errors.Is(err, context.Canceled):
		p.why = i18n.T("checks.stopped")
	default:
		p.why = "⚠ " + session.Words(err)
	}
	had := p.on.Focused()
	p.show()
	if p.report != nil && p.checks.Selected() < 0 {
		p.checks.SetSelected(p.worst())
		p.checks.EnsureVisible(p.checks.Selected())
	}
	p.choose()
	if p.shown() && (had == nil || first) {
		p.Focus()
	}
}

// askHeads asks on a worker whether the archive is still what was checked.
func (p *Page) askHeads() {
	if p.report == nil || p.stop != nil || p.of != p.s.Path() {
		return
	}
	of := p.report
	session.Read(p.s, &p.heads, func(ctx context.Context, a *storage.Archive) (map[archive.ID]archive.Hash, error) {
		return a.Heads(ctx)
	}, func(now map[archive.ID]archive.Hash, err error) {
		if err != nil || of != p.report {
			return
		}
		if stale := !maps.Equal(now, of.Heads); stale != p.stale {
			p.stale = stale
			p.show()
		}
	})
}

func (p *Page) savePage(path string) {
	if r := p.report; r != nil {
		p.save(path, func() error { return report.Write(path, r.HTML()) })
	}
}

func (p *Page) saveBook(path string) {
	if r := p.report; r != nil {
		p.save(path, func() error {
			data, err := r.XLSX()
			if err != nil {
				return err
			}
			return report.WriteBook(path, data)
		})
	}
}

// save writes a file on a worker and says how that went.
func (p *Page) save(path string, write func() error) {
	cfg := p.s.Config()
	cfg.Go(func() {
		err := write()
		cfg.Do(func() {
			switch {
			case errors.Is(err, report.ErrTaken):
				p.saved.SetText("⚠ "+i18n.T("oversight.report.taken", "path", session.OneLine(path)), widgets.Bad)
			case errors.Is(err, syscall.ENOSPC):
				p.saved.SetText("⚠ "+i18n.T("error.full"), widgets.Bad)
			case err != nil:
				p.saved.SetText("⚠ "+session.Words(err), widgets.Bad)
			default:
				words := i18n.T("checks.saved", "path", session.OneLine(path))
				p.saved.SetText("✓ "+words, widgets.Good)
				p.s.Say(words)
			}
			widgets.Relay(p.content)
		})
	})
}

// Failed is how many checks failed, 0 where none were run.
func (k Kept) Failed() int {
	if k.report == nil {
		return 0
	}
	return k.report.Count(checks.Failed)
}
