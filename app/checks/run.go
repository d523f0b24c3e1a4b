package checks

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// MostFindings is how many findings of a check are kept; all are counted.
const MostFindings = 10_000

// Step is what Run is at.
type Step string

// The steps.
const (
	Listing   Step = "list"    // which documents there are
	Reading   Step = "read"    // the documents
	Comparing Step = "compare" // them with each other
	Verifying Step = "verify"  // the log
)

// Options say what is checked.
type Options struct {
	Query  storage.Query // which documents; empty: all that were not removed
	Search string        // what to say of that, "" for all of them
	Now    time.Time     // whose day is today, in its zone

	// Progress is told how much of a step is done; total 0 is not known. It may be nil.
	Progress func(step Step, done, total int)
}

// Named is what a document is called in a report.
type Named struct {
	N         int64 // in the order of import
	Title     string
	Path      string
	Reference string // its first reference code, "" for none
}

// Report is what came of all checks.
type Report struct {
	Archive   string // name of its file
	Search    string // which documents were looked at, "" for all
	Day       string // 2006-01-02, by which the future begins
	AsOf      time.Time
	Heads     map[archive.ID]archive.Hash
	Documents int
	Bytes     int64 // of their originals
	Outcomes  []*Outcome
	Docs      map[archive.ID]Named // those of findings

	roles *roles
	years map[archive.ID]int
}

// Outcome is what came of the check of a code.
func (r *Report) Outcome(code string) *Outcome {
	for _, o := range r.Outcomes {
		if o.Code == code {
			return o
		}
	}
	return nil
}

// Count is how many checks had a result.
func (r *Report) Count(of Result) (n int) {
	for _, o := range r.Outcomes {
		if o.Result == of {
			n++
		}
	}
	return n
}

// OK says that no check failed.
func (r *Report) OK() bool { return r.Count(Failed) == 0 }

// batch is how many documents are read at once, and how many code points they have at most,
// but for one document that has more by itself.
const (
	batch      = 200
	batchChars = 4 << 20
)

// runner is one run.
type runner struct {
	ctx   context.Context
	o     Options
	whole bool // all documents are looked at
	rules *archive.Rules
	roles *roles
	form  *template.Template
	units *archive.Tree
	today day

	report   *Report
	outcomes map[string]*Outcome
	rows     []row
	ifany    int // values of fields that stand where the document has it (有则必著)
}

// row is what is kept of every document until they are compared with each other.
type row struct {
	n           int64
	id          archive.ID
	title, path string
	titled      string // the value of its title, "" where it has none in force
	year        int
	refs        []string
	refKeys     []string // by what they are compared, as are the others
	numbers     []string
	numberKeys  []string
	titleKey    string
	items       []itemNumber // of the reference codes
	attachments []string     // named in its text, and not in it
	parts       []archive.ID // that its text was divided into
	of          archive.ID   // the document that it is a part of
}

// one is what came of a document.
type one struct {
	row
	bytes    int64
	ifany    int
	looked   [mostChecks][3]int32 // by check (slotOf): looked at, failed, warned
	compared []compared
	found    []found
}

// mostChecks is how many checks there can be.
const mostChecks = 40

// slots are the places of the checks in All, by the letter and the number of their codes: of each document a thing is
// counted some thirty times.
var slots = func() (at [26][20]int) {
	for i, c := range All {
		at[c.Code[0]-'A'][numberOf(c.Code)] = i
	}
	return at
}()

// slotOf is the place of a check, by its code: a letter and a number below 20.
func slotOf(code string) int { return slots[code[0]-'A'][numberOf(code)] }

func numberOf(code string) (n int) {
	for _, c := range code[1:] {
		n = n*10 + int(c-'0')
	}
	return n
}

// found is a finding of a check.
type found struct {
	check string
	Finding
}

// thing counts a thing that a check has looked at, with what is wrong with it.
func (x *one) thing(check string, all ...Finding) {
	c := &x.looked[slotOf(check)]
	c[0]++
	switch {
	case slices.ContainsFunc(all, func(f Finding) bool { return f.Severity == Error }):
		c[1]++
	case len(all) > 0:
		c[2]++
	}
	for _, f := range all {
		f.Doc = x.id
		x.found = append(x.found, found{check, f})
	}
}

// Run looks through the documents of an archive as all of them are at one moment, whoever
// works meanwhile; the log is verified as it is then. It takes a while: call it on a
// worker. ctx stops it.
func Run(ctx context.Context, a *storage.Archive, o Options) (*Report, error) {
	if o.Progress == nil {
		o.Progress = func(Step, int, int) {}
	}
	hands := max(1, min(runtime.GOMAXPROCS(0), mostHands))
	now, err := sameMoment(ctx, a, hands)
	if err != nil {
		return nil, err
	}
	defer func() {
		for _, s := range now {
			s.Close()
		}
	}()
	self, err := now[0].Self(ctx)
	if err != nil {
		return nil, err
	}
	r := &runner{ctx: ctx, o: o, whole: o.Query == storage.Query{}, rules: self.Rules(), units: self.Units(), form: template.Of(self),
		today: dayOf(o.Now), outcomes: map[string]*Outcome{}}
	r.roles = rolesOf(r.form)
	r.report = &Report{Archive: filepath.Base(a.Path()), Search: o.Search, Day: o.Now.Format(time.DateOnly), Docs: map[archive.ID]Named{},
		roles: r.roles, years: map[archive.ID]int{}}
	for _, c := range All {
		out := &Outcome{Check: c}
		r.report.Outcomes, r.outcomes[c.Code] = append(r.report.Outcomes, out), out
	}
	for _, t := range agreements(r.roles) {
		r.outcomes[t.check].Agree = &Agreed{Field: t.field, Threshold: t.threshold}
	}
	if err := r.stamp(now[0]); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	log := r.verifying(ctx, a)
	o.Progress(Listing, 0, 0)
	batches, total, err := r.batches(now[0])
	if err != nil {
		return nil, err
	}
	if err := r.read(now, batches, total); err != nil {
		return nil, err
	}
	if err := r.compare(now[0]); err != nil {
		return nil, err
	}
	if err := r.archive(a, now[0], self, log); err != nil {
		return nil, err
	}
	r.conclude()
	return r.report, nil
}

// stamp notes of which moment the report is.
func (r *runner) stamp(a *storage.Archive) (err error) {
	if r.report.Heads, err = a.Heads(r.ctx); err != nil {
		return err
	}
	last, err := a.LastClock(r.ctx)
	if last != 0 {
		r.report.AsOf = last.Time().In(r.o.Now.Location())
	}
	return err
}

// batches are the documents, some together.
func (r *runner) batches(a *storage.Archive) (out [][]archive.ID, total int, err error) {
	var some []archive.ID
	chars := 0
	err = a.Each(r.ctx, r.o.Query, func(s storage.Summary) error {
		if len(some) == batch || len(some) > 0 && chars+s.Chars > batchChars {
			out, some, chars = append(out, some), nil, 0
		}
		r.rows = append(r.rows, row{n: s.N, id: s.ID, title: s.Title, path: s.Path})
		some, chars = append(some, s.ID), chars+s.Chars
		total++
		return r.ctx.Err()
	})
	if len(some) > 0 {
		out = append(out, some)
	}
	return out, total, err
}

// take takes what came of a document, in the order of import.
func (r *runner) take(x *one, i int) {
	x.n, x.title, x.path = r.rows[i].n, r.rows[i].title, r.rows[i].path
	r.rows[i] = x.row
	r.report.Documents++
	r.report.Bytes += x.bytes
	r.ifany += x.ifany
	for i, o := range r.report.Outcomes { // in the order of All
		n := x.looked[i]
		o.Looked, o.Failed, o.Warned = o.Looked+int(n[0]), o.Failed+int(n[1]), o.Warned+int(n[2])
	}
	for _, c := range x.compared {
		r.outcomes[c.check].Agree.add(c)
	}
	for _, f := range x.found {
		r.keep(f.check, f.Finding, &r.rows[i])
	}
}

// keep counts a finding, and keeps it where there is room; of is its document, nil for the
// archive.
func (r *runner) keep(check string, f Finding, of *row) {
	o := r.outcomes[check]
	if o.Found++; o.Found > MostFindings {
		return
	}
	o.Findings = append(o.Findings, f)
	if of != nil {
		r.report.Docs[of.id] = named(of)
		r.report.years[of.id] = of.year
	}
}

func named(of *row) Named {
	n := Named{N: of.n, Title: of.title, Path: of.path}
	if len(of.refs) > 0 {
		n.Reference = of.refs[0]
	}
	return n
}

// about counts a thing that was looked at outside of one document.
func (r *runner) about(check string, of *row, all ...Finding) {
	var x one
	x.thing(check, all...)
	n, o := x.looked[slotOf(check)], r.outcomes[check]
	o.Looked, o.Failed, o.Warned = o.Looked+int(n[0]), o.Failed+int(n[1]), o.Warned+int(n[2])
	for _, f := range all {
		if of != nil {
			f.Doc = of.id
		}
		r.keep(check, f, of)
	}
}

// note says more of the result of a check.
func (r *runner) note(check, key string, args ...any) {
	r.outcomes[check].Note, r.outcomes[check].NoteArgs = key, args
}

// conclude gives each check its result.
func (r *runner) conclude() {
	for _, o := range r.report.Outcomes {
		switch {
		case o.Kind == ByPeople:
			o.Result = NotDone
		case o.Result != "": // it was said already
		case o.Agree != nil && o.Agree.Compared() > 0 && o.Agree.Share() < o.Agree.Threshold, o.Agree == nil && o.Failed > 0:
			o.Result = Failed
		case o.Agree != nil && o.Agree.Compared() == 0, o.Looked == 0:
			o.Result = NotApplicable
		default:
			o.Result = Passed
		}
	}
}
