package importing

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"fonds/app/i18n"
	"fonds/app/ingest/records"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
)

// Work is what goes on on the page: which files were named, what a survey has found,
// what was chosen, the import that runs. It outlives the page, which is made anew in
// other colours or another language. Touch it on the UI goroutine.
type Work struct {
	s         *session.Session
	of        string // archive that it is for
	paths     []string
	plain     bool
	encodings map[string]string       // chosen, by Looked.Name
	records   map[string]records.Plan // how the rows of files become documents, by Looked.Name
	mapping   *mapping                // the file whose columns are asked about, or nil
	kept      map[string]bool         // left out before files were looked at anew, by Looked.Key
	rows      rows
	total     int // files there are, 0 while they are being found
	survey    intake.Survey
	fault     error  // why the survey ended before its end
	looking   func() // stops the survey that goes on, or nil
	gen       int    // of surveys
	again     int    // rows that are being read again
	importing func(cause error)
	pace      *intake.Pace
	done      outcome
	bar       *widgets.BusyBar
	far       struct{ done, total int }

	changed func()      // the page shows what is the case
	looked  func(i int) // the page shows row i
	over    func()      // the page shows the report of an import that has ended
}

// outcome is what came of the last import.
type outcome struct {
	report intake.Report
	err    error
	there  bool
}

func newWork(s *session.Session) *Work {
	return &Work{s: s, of: s.Path(), encodings: map[string]string{}, records: map[string]records.Plan{}, kept: map[string]bool{}, rows: newRows(), changed: func() {}, looked: func(int) {}, over: func() {},
		bar: s.BusyBar(nil, session.PerSecond)}
}

// tellEvery is how often the page shows how far a survey is.
const tellEvery = 80 * time.Millisecond

// take adds paths to those that are looked at, and looks.
func (w *Work) take(paths []string) {
	for _, p := range paths {
		if !slices.Contains(w.paths, p) {
			w.paths = append(w.paths, p)
		}
	}
	w.look()
}

// leftOut are the files that the person leaves out, by their keys.
func (w *Work) leftOut() map[string]bool {
	out := map[string]bool{}
	if w.looking != nil || w.fault != nil { // of what was not reached the choice of before holds
		for k := range w.kept {
			out[k] = true
		}
	}
	for i, is := range w.rows.out {
		if key := w.rows.at(i).Key(); is && key != "" {
			out[key] = true
		} else {
			delete(out, key)
		}
	}
	return out
}

// options are those of an import of what is listed.
func (w *Work) options() intake.Options {
	o := intake.Options{Plain: w.plain, Encodings: map[string]string{}, Records: w.plans(), LeftOut: w.leftOut(), Gone: w.survey.Gone}
	for name, enc := range w.encodings {
		o.Encodings[name] = enc
	}
	return o
}

// stoppedLooking says whether the survey was ended before its end.
func (w *Work) stoppedLooking() bool { return errors.Is(w.fault, context.Canceled) }

// halt stops the survey.
func (w *Work) halt() {
	if w.looking != nil {
		w.looking()
		w.looking = nil
	}
	w.gen++
}

// look begins a survey of all paths.
func (w *Work) look() {
	w.kept = w.leftOut()
	w.halt()
	only := w.rows.only
	w.rows, w.total, w.survey, w.fault = newRows(), 0, intake.Survey{}, nil
	w.rows.only = only
	w.done = outcome{}
	if len(w.paths) == 0 || !w.s.Open() {
		w.changed()
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.looking = cancel
	gen, cfg, paths, o := w.gen, w.s.Config(), slices.Clone(w.paths), w.options()
	news := &news{now: cfg.Now}
	show := func() {
		if gen == w.gen {
			w.arrived(news.take())
		}
	}
	o.Found = func(n int) {
		cfg.Do(func() {
			if gen == w.gen {
				w.total = n
				w.changed()
			}
		})
	}
	session.Read(w.s, nil, func(closing context.Context, a *storage.Archive) (intake.Survey, error) {
		defer context.AfterFunc(closing, cancel)()
		return intake.Look(ctx, a, paths, o, func(l intake.Looked) {
			if news.add(l) {
				cfg.Do(show)
			}
		})
	}, func(v intake.Survey, err error) {
		cancel()
		if gen != w.gen {
			return
		}
		w.looking, w.survey, w.fault = nil, v, err
		w.s.Unsay(i18n.T("importing.notyet"))
		w.arrived(news.take())
	})
	w.changed()
}

// arrived takes in rows.
func (w *Work) arrived(all []intake.Looked) {
	for _, l := range all {
		w.rows.add(l, w.kept[l.Key()] && l.Key() != "")
	}
	w.changed()
}

// news is what a survey has found and the page does not have yet.
type news struct {
	now func() time.Time

	mu   sync.Mutex
	rows []intake.Looked
	told bool // the page is on its way
	last time.Time
}

// add says whether the page is to be told.
func (n *news) add(l intake.Looked) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rows = append(n.rows, l)
	if now := n.now(); !n.told && now.Sub(n.last) >= tellEvery {
		n.told, n.last = true, now
		return true
	}
	return false
}

func (n *news) take() []intake.Looked {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := n.rows
	n.rows, n.told = nil, false
	return out
}

// choose says in which encoding rows are, "" finds out again. Each is read again on a
// worker, and an answer that comes when another encoding was chosen is dropped.
func (w *Work) choose(which []int, enc string) {
	var some []int
	for _, i := range which {
		l := w.rows.at(i)
		if l.Name == "" || l.Inside > 0 || w.encodings[l.Name] == enc {
			continue
		}
		if enc == "" {
			delete(w.encodings, l.Name)
		} else {
			w.encodings[l.Name] = enc
		}
		some = append(some, i)
	}
	if len(some) > 0 {
		w.again += len(some)
		w.reread(w.gen, some, enc)
		w.changed()
	}
}

// together is how many rows are read again before the page hears of them.
const together = 64

// reread reads rows again, some together, and then the others.
func (w *Work) reread(gen int, which []int, enc string) {
	part, rest := which[:min(len(which), together)], which[min(len(which), together):]
	files := make([]intake.Looked, len(part))
	o := intake.Options{Plain: w.plain, Encodings: map[string]string{}, Records: w.plans()}
	for k, i := range part {
		files[k] = *w.rows.at(i)
		if enc != "" {
			o.Encodings[files[k].Name] = enc
		}
	}
	session.Read(w.s, nil, func(ctx context.Context, a *storage.Archive) (_ struct{}, err error) {
		for k := range files {
			if files[k], err = intake.Again(ctx, a, files[k], o); err != nil {
				break
			}
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		w.again -= len(part)
		if err != nil || gen != w.gen {
			w.again -= len(rest)
			return
		}
		for k, i := range part {
			if w.encodings[files[k].Name] == enc { // else another one was chosen since
				*w.rows.at(i) = files[k]
				w.looked(i)
			}
		}
		n := len(rest)
		rest = slices.DeleteFunc(rest, func(i int) bool { return w.encodings[w.rows.at(i).Name] != enc })
		w.again -= n - len(rest)
		if len(rest) > 0 {
			w.reread(gen, rest, enc)
		} else {
			w.rows.count()
		}
		w.changed()
	})
}

// leave leaves rows out, or takes them in again where all of them were left out.
func (w *Work) leave(which []int) {
	which = slices.DeleteFunc(slices.Clone(which), func(i int) bool { return w.rows.at(i).Skip != nil && !w.rows.out[i] })
	in := slices.ContainsFunc(which, func(i int) bool { return !w.rows.out[i] })
	for _, i := range which {
		w.rows.out[i] = in
	}
	w.rows.count()
	w.changed()
}
