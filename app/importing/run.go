package importing

import (
	"context"
	"errors"
	"time"

	"fonds/app/i18n"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/storage"
	"fonds/storage/archive"
)

// errStopped is the cause of an import's end that the person asked for.
var errStopped = errors.New("stopped by the person")

// running says whether an import runs.
func (w *Work) running() bool { return w.importing != nil }

// begin imports paths on a worker; over is told at the end.
func (w *Work) begin(paths []string, o intake.Options, over func()) {
	w.halt()
	w.endMapping()
	ctx, cancel := context.WithCancelCause(context.Background())
	w.importing, w.pace = cancel, &intake.Pace{}
	w.done = outcome{}
	o.Pace = w.pace
	actor, cfg, path := w.s.Actor(), w.s.Config(), w.s.Path()
	w.far.done, w.far.total = 0, 0
	w.showBar()
	tell := session.Sparingly(cfg.Now, time.Time{}, func(done, total int) {
		cfg.Do(func() {
			if ctx.Err() == nil {
				w.far.done, w.far.total = done, total
				w.bar.Progress(done, total)
			}
		})
	})
	w.s.Background(func(closing context.Context, a *storage.Archive) {
		defer context.AfterFunc(closing, func() { cancel(intake.ErrLater) })()
		r, err := intake.Run(ctx, a, actor, paths, o, func(e intake.Event) { tell(e.Done, e.Total) })
		cfg.Do(func() {
			cancel(nil)
			w.importing, w.pace = nil, nil
			w.bar.Finish()
			over()
			if w.s.Path() == path {
				w.ended(r, err)
			}
		})
	})
	w.changed()
}

// showBar shows on the bar how far the import is.
func (w *Work) showBar() {
	if w.running() {
		w.bar.Start(i18n.T("busy.import"), w.far.total, func() { w.stop(errStopped) })
		w.bar.Progress(w.far.done, w.far.total)
		w.bar.Hold(w.pace.Paused())
	}
}

// ended keeps what came of an import. What was listed is in, or said in the report.
func (w *Work) ended(r intake.Report, err error) {
	if !errors.Is(err, intake.ErrPath) { // what was named is still to be brought in
		w.paths, w.rows, w.total = nil, newRows(), 0
		clear(w.encodings)
		clear(w.records)
		clear(w.kept)
	}
	w.done = outcome{r, err, true}
	w.s.Refresh()
	w.s.LookAtImports()
	w.s.Say(w.done.words())
	w.changed()
	if !r.Received && r.Total > 0 {
		w.over()
	}
}

// stop ends the import that runs; what came in stays. By intake.ErrLater it can be
// continued.
func (w *Work) stop(cause error) {
	if w.running() {
		w.importing(cause)
		w.pace.Continue()
	}
}

// pause lets the import pause, or go on.
func (w *Work) pause() {
	if !w.running() {
		return
	}
	if w.pace.Paused() {
		w.pace.Continue()
	} else {
		w.pace.Pause()
	}
	w.bar.Hold(w.pace.Paused())
	w.changed()
}

// stopped says whether a person ended it.
func (o *outcome) stopped() bool { return errors.Is(o.err, context.Canceled) }

// words say what came of the last import.
func (o *outcome) words() string {
	r := &o.report
	if r.Received {
		return i18n.N("importing.received", r.Imported)
	}
	words := i18n.N("report.imported", r.Imported)
	if r.Before > 0 {
		words += " · " + i18n.T("report.before", "n", r.Before)
	}
	if r.Duplicates > 0 {
		words += " · " + i18n.N("report.duplicates", r.Duplicates)
	}
	if r.Skipped > 0 {
		words += " · " + i18n.N("report.skipped", r.Skipped)
	}
	if o.err != nil && r.Left() > 0 {
		words += " · " + i18n.N("report.left", r.Left())
	}
	switch {
	case o.err == nil:
		return words
	case errors.Is(o.err, context.Canceled):
		return i18n.T("importing.stopped", "what", words)
	case r.Imported+r.Duplicates+r.Skipped == 0:
		return i18n.T("importing.failed", "why", why(o.err))
	}
	return i18n.T("importing.failed.after", "why", why(o.err), "what", words)
}

// why says an error of finding or bringing in files in words.
func why(err error) string {
	if errors.Is(err, intake.ErrPath) {
		return i18n.T("importing.nopath")
	}
	if errors.Is(err, intake.ErrNotHere) {
		return i18n.T("importing.nothere")
	}
	return session.Words(err)
}

// goOn continues an import that was interrupted.
func (w *Work) goOn(id archive.ID, start, over func()) {
	session.Read(w.s, nil, func(ctx context.Context, a *storage.Archive) (k kept, err error) {
		k.paths, k.o, err = intake.Kept(ctx, a, id)
		return k, err
	}, func(k kept, err error) {
		switch {
		case err != nil:
			w.done = outcome{err: err, there: true}
			w.s.Say(why(err))
			w.changed()
		case !w.running():
			start()
			w.begin(k.paths, k.o, over)
		}
	})
}

type kept struct {
	paths []string
	o     intake.Options
}

// giveUp leaves an import that was interrupted as it is.
func (w *Work) giveUp(id archive.ID) {
	actor := w.s.Actor()
	session.Read(w.s, nil, func(ctx context.Context, a *storage.Archive) (int, error) {
		return 0, intake.GiveUp(ctx, a, actor, id)
	}, func(_ int, err error) {
		if err != nil {
			w.s.Fail(err)
		}
		w.s.Refresh()
		w.s.LookAtImports()
		w.changed()
	})
}
