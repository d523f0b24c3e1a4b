package cataloguing

import (
	"context"
	"errors"

	"fonds/app/catalogue"
	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
)

// This file reads the catalogue, and compares it with the archive, on workers.

func (p *Page) askFile() {
	if p.s.Open() && !p.writing {
		p.OnFile(func(path string) { p.read(path, catalogue.Options{}) })
	}
}

// halt ends the reading that goes on.
func (p *Page) halt() {
	p.gen++
	p.again = false
	if p.stop != nil && !p.writing {
		p.stop()
		p.stop = nil
		p.busy.Finish()
	}
}

// read reads the file at path, and then compares. What was read before stays until it is
// read.
func (p *Page) read(path string, o catalogue.Options) {
	if !p.s.Open() || p.writing {
		return
	}
	p.halt()
	gen, of := p.gen, p.s.Path()
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.done.SetText("", widgets.Plain)
	p.busy.Start(i18n.T("catalogue.reading"), 0, func() { p.halt(); p.show() })
	p.show()
	cfg := p.s.Config()
	cfg.Go(func() {
		t, err := catalogue.Read(ctx, path, o)
		cfg.Do(func() {
			defer cancel()
			if gen != p.gen || ctx.Err() != nil || of != p.s.Path() {
				return
			}
			p.stop = nil
			p.busy.Finish()
			p.taken(path, t, err)
		})
	})
}

// taken shows the catalogue that was read.
func (p *Page) taken(path string, t *catalogue.Table, err error) {
	if err != nil {
		p.problem = problemWords(path, err)
		p.show()
		p.Focus()
		return
	}
	p.fresh()
	p.path, p.table = path, t
	p.plan = catalogue.Guess(t, p.s.Template().Fields)
	p.compare()
	p.show()
	p.columns.SetSelected(0)
	if p.shown() {
		p.Focus()
	}
}

// compare finds the documents of the rows and what would change, as the archive is now.
// What was found before stays until then; if it is asked for again meanwhile, it is done
// once more.
func (p *Page) compare() {
	if p.table == nil || !p.s.Open() {
		return
	}
	if p.stop != nil {
		p.again = true
		return
	}
	p.again = false
	p.gen++
	p.s.Flush()
	gen := p.gen
	table, plan, fields := p.table, p.plan.Clone(), p.s.Template().Fields
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.busy.Start(i18n.T("catalogue.comparing"), 0, func() { p.halt(); p.show() })
	tell := p.s.Tells(ctx, p.busy)
	session.Read(p.s, nil, func(closing context.Context, a *storage.Archive) (*catalogue.Survey, error) {
		defer context.AfterFunc(closing, cancel)()
		return catalogue.Look(ctx, a, table, plan, fields, tell)
	}, func(s *catalogue.Survey, err error) {
		cancel()
		if gen != p.gen {
			return
		}
		p.stop = nil
		p.busy.Finish()
		if p.again {
			p.compare()
			return
		}
		p.compared(s, err)
	})
}

func (p *Page) compared(s *catalogue.Survey, err error) {
	switch {
	case errors.Is(err, context.Canceled):
	case err != nil:
		p.done.SetText("⚠ "+session.Words(err), widgets.Bad)
	default:
		_, n := s.Count()
		if p.after >= 0 && n != p.after {
			p.done.SetText("", widgets.Plain) // it was undone, say
		}
		p.after = n
		first := p.survey == nil
		p.survey = s
		p.rows = p.lines() // those of before are of what is no more
		defer func() {
			if f := p.on.Focused(); first && p.shown() && (f == nil || f == p.columns || f == p.choose) {
				p.Focus()
			}
		}()
	}
	p.show()
}

// changed compares with another plan: what is being compared is of the one before.
func (p *Page) changed() {
	if p.writing {
		return
	}
	p.halt()
	p.done.SetText("", widgets.Plain)
	p.compare()
	p.show()
}
