package checks

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"time"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file checks the archive itself: its log, who may do what in it, what was destroyed,
// what lies beside its file.

func (r *runner) archive(a, now *storage.Archive, self *archive.Document, log func() (storage.Report, error)) error {
	if err := r.log(log); err != nil {
		return err
	}
	r.counts(self)
	r.people()
	if err := r.ended(now); err != nil {
		return err
	}
	r.beside(a)
	r.note("C2", i18n.K("checks.note.required"), "n", r.ifany)
	r.note("A1", i18n.K("checks.note.fixity"), "bytes", r.report.Bytes)
	return nil
}

// verifying verifies the chain of every copy beside all else, the quick form: nothing of it
// was changed, left out or put in another order. What it gives waits for the end of it, and
// from then on tells how far it is.
func (r *runner) verifying(ctx context.Context, a *storage.Archive) func() (storage.Report, error) {
	var tells atomic.Bool
	var v storage.Report
	done := make(chan error, 1)
	go func() {
		var err error
		v, err = a.Verify(ctx, storage.VerifyOptions{Quick: true, Progress: func(_ string, n, total int) {
			if tells.Load() {
				r.o.Progress(Verifying, n, total)
			}
		}})
		done <- err
	}()
	return func() (storage.Report, error) {
		r.o.Progress(Verifying, 0, 0)
		tells.Store(true)
		err := <-done
		return v, err
	}
}

// log says what came of it.
func (r *runner) log(of func() (storage.Report, error)) error {
	v, err := of()
	if err != nil {
		return err
	}
	o := r.outcomes["C3"]
	o.Looked = v.Operations
	r.note("C3", i18n.K("checks.note.log"), "n", v.Operations, "heads", len(v.Heads))
	if !v.OK {
		r.outcomes["C3"].Failed++
		r.keep("C3", Finding{Severity: Error, Code: "log", Args: []any{"why", v.Bad}}, nil)
	}
	if v.Conflicts > 0 {
		o.Warned++
		r.keep("C3", Finding{Severity: Warning, Code: "conflicts", Args: []any{"n", v.Conflicts}}, nil)
	}
	if v.ClockAhead > 0 {
		o.Warned++
		r.keep("C3", Finding{Severity: Warning, Code: "clock", Args: []any{"hours", int(v.ClockAhead / time.Hour)}}, nil)
	}
	for _, x := range v.Recoveries {
		o.Warned++
		r.keep("C3", Finding{Severity: Warning, Code: "recovered", Args: []any{"by", x.By, "day", x.At.Time().UTC().Format(time.DateOnly)}}, nil)
	}
	return nil
}

// counts holds what is there against what imports have counted.
func (r *runner) counts(self *archive.Document) {
	r.note("C1", i18n.K("checks.note.counts"), "n", r.report.Documents, "bytes", r.report.Bytes)
	if !r.whole {
		r.outcomes["C1"].Result = NotDone
		r.note("C1", i18n.K("checks.note.counts.some"), "n", r.report.Documents, "bytes", r.report.Bytes)
		return
	}
	var all []Finding
	if got, want := r.report.Documents, len(r.rows); got != want {
		all = append(all, err1("count", "n", got, "all", want))
	}
	if lost := r.outcomes["U5"].Failed; lost > 0 {
		all = append(all, err1("unread-documents", "n", lost))
	}
	for _, it := range self.Of(archive.AnImport) {
		if it.Key == "" && it.InForce() {
			all = append(all, warn("import-open", "day", it.At.Time().UTC().Format(time.DateOnly)))
		}
	}
	r.about("C1", nil, all...)
}

// people looks at the roles and the policy.
func (r *runner) people() {
	var all []Finding
	if len(r.rules.People(archive.Owner)) == 0 {
		all = append(all, err1("no-owner"))
	}
	if len(r.rules.People(archive.Reviewer)) < 2 && r.rules.FourEyes {
		all = append(all, warn("one-reviewer"))
	}
	if !r.rules.FourEyes {
		all = append(all, warn("four-eyes-off"))
	}
	if !r.rules.Closed {
		all = append(all, warn("open-to-all"))
	}
	if r.rules.Review == archive.ReviewNone && len(r.rules.Fields) == 0 {
		all = append(all, warn("no-review"))
	}
	r.about("S1", nil, all...)
	r.note("S1", i18n.K("checks.note.people"), "owners", len(r.rules.People(archive.Owner)), "people", len(r.rules.People(archive.Reader)))
}

// ended looks at what was destroyed: each with who, when and by what right, and nothing left
// of it in the file.
func (r *runner) ended(a *storage.Archive) error {
	all, err := a.Destroyed(r.ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Authority == "" {
			r.about("S4", nil, err1("destroyed-unfounded", "id", d.Doc.Short(), "by", d.Who))
			continue
		}
		r.about("S4", nil)
		r.keep("S4", Finding{Severity: Warning, Code: "destroyed", Args: []any{"id", d.Doc.Short(), "day", d.At.Time().UTC().Format(time.DateOnly), "by", d.Who, "authority", brief(d.Authority)}}, nil)
	}
	due, err := a.EraseDue(r.ctx)
	if err != nil {
		return err
	}
	if due > 0 {
		r.about("S4", nil, err1("erase-due", "n", due))
	}
	return nil
}

// beside looks for files of a write that was broken off, and says that originals are inside.
func (r *runner) beside(a *storage.Archive) {
	var all []Finding
	for _, end := range []string{"-journal", ".making"} {
		if st, err := os.Lstat(a.Path() + end); err == nil && st.Size() > 0 {
			all = append(all, warn("left-over", "name", r.report.Archive+end))
		} else if err != nil && !errors.Is(err, os.ErrNotExist) {
			all = append(all, warn("beside-unseen", "name", r.report.Archive+end))
		}
	}
	r.about("S5", nil, all...)
	r.note("S5", i18n.K("checks.note.beside"))
}
