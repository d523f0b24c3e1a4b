package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// This file decides on the queue: on one proposal, on a document, on all alike.

// Decide does an act of Acts with the proposal that is shown, as Session.Decide
// does. What is decided on leaves the queue at once, and the next one opens; an
// amendment waits for its author. done is told on the UI goroutine.
func (r *Review) Decide(act, text string, done func(error)) {
	d, it := r.Shown()
	if it == nil {
		return
	}
	p := r.wanted
	r.s.Apply(told(func(err error) {
		if err == nil {
			r.usedReason(text, act == archive.ActReject)
			r.settles(d, p, act)
		} else {
			r.open(p) // as it is by now
		}
		done(err)
	}), r.s.decision(d.ID, it, act, text))
}

// MayStep says whether who is working may take the document that is shown a step
// further; where not, why, and who could.
func (r *Review) MayStep(act string) error {
	rules, err := r.s.able()
	if d, _ := r.Shown(); d != nil && rules != nil && err == nil {
		return d.May(rules, act, r.s.actor)
	}
	return err
}

// Step takes the document that is shown a step further: ActApprove, ActReturn.
func (r *Review) Step(act, reason string, done func(error)) {
	d, _ := r.Shown()
	if d == nil {
		return
	}
	p := r.wanted
	r.s.Apply(told(func(err error) {
		if err == nil {
			r.usedReason(reason, act == archive.ActReturn)
		}
		switch {
		case r.wanted != p:
		case err == nil && p.ID == "":
			r.Move(1)
		default:
			r.open(p)
		}
		done(err)
	}), &archive.Edit{Do: stepEdits[act], Doc: string(d.ID), Reason: reason})
}

// Scope says how far things are alike that are decided on together.
type Scope int

// The scopes, from the narrowest.
const (
	AlikeHere   Scope = iota // of the same kind and field, tag or label, in this document
	AlikeWords               // that say the same, in every document
	AlikeListed              // everything that the filter leaves
)

// Alike finds what waits and is like the proposal that is shown, of what who is
// working may decide on, in the order of the queue; more says that there are others
// than MostPlaces.
func (r *Review) Alike(scope Scope, answer func(rows []storage.Waiting, more bool, err error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	d, it := r.Shown()
	if it == nil {
		return cancel
	}
	q := r.query(r.filter)
	if scope != AlikeListed {
		q = storage.Queue{What: it.What, Key: it.Key}
	}
	switch {
	case scope == AlikeHere, scope == AlikeWords && it.What == archive.AMark && it.Anchor.OnPicture(): // which has no words
		q.Doc = d.ID
	case scope == AlikeWords && it.What == archive.AMark:
		q.Quote = &it.Anchor.Quote
	case scope == AlikeWords:
		q.Text = &it.Text
		if it.What == archive.ACorrection {
			q.Source = &it.Source
		}
	}
	Read(r.s, nil, func(_ context.Context, a *storage.Archive) ([]storage.Waiting, error) {
		places, err := a.QueuePlaces(ctx, q, MostPlaces+1)
		if err != nil {
			return nil, err
		}
		return a.QueueRows(ctx, places)
	}, func(rows []storage.Waiting, err error) {
		if ctx.Err() != nil {
			return
		}
		more := len(rows) > MostPlaces
		rows = slices.DeleteFunc(rows[:min(len(rows), MostPlaces)], func(w storage.Waiting) bool { return r.ActOn(&w, archive.ActApprove) == "" })
		answer(rows, more, err)
		cancel()
	})
	return cancel
}

// item is a row of the queue as the rules look at it.
func itemOf(w *storage.Waiting) *archive.Item {
	return &archive.Item{ID: w.ID, What: w.What, Key: w.Key, Text: w.Text, Detail: w.Detail, By: w.By, First: w.First, State: archive.Proposed, Rev: w.Rev}
}

// WaitingWords are those of a row of the queue: see ProposedWords.
func WaitingWords(w *storage.Waiting) string {
	if it := itemOf(w); it.NotStated() {
		return ValueWords(w.Text)
	}
	return w.Text
}

// ActOn is what approving or rejecting a row comes to: of a machine's it is taking
// or refusing, of one's own that was amended agreeing; "" where who is working may
// not.
func (r *Review) ActOn(w *storage.Waiting, act string) string {
	may := r.s.Acts(itemOf(w))
	acts := []string{archive.ActApprove, archive.ActAgree, archive.ActTake}
	if act == archive.ActReject {
		acts = []string{archive.ActReject, archive.ActRefuse}
	}
	for _, a := range acts {
		if slices.Contains(may, a) {
			return a
		}
	}
	return ""
}

// DecideAll approves or rejects rows of the queue as one step to undo. What does
// not fit any more is left out, and the results say why: they are those of rows.
// done is told context.Canceled after stop, where nothing was done.
func (r *Review) DecideAll(rows []storage.Waiting, act, reason string, progress func(done, all int), done func([]storage.Result, error)) (stop func()) {
	edits := make([]*archive.Edit, len(rows))
	for i := range rows {
		edits[i] = r.s.decision(rows[i].Doc, itemOf(&rows[i]), r.ActOn(&rows[i], act), reason)
	}
	return r.s.ApplyMany(edits, progress, func(res []storage.Result, err error) {
		if err == nil {
			r.usedReason(reason, act == archive.ActReject)
			r.passed(rows, res)
			r.reload()
		}
		done(res, err)
	})
}

// passed takes what was just decided on out of the queue, and opens the next where one
// of it is shown.
func (r *Review) passed(rows []storage.Waiting, res []storage.Result) {
	gone := map[storage.Place]bool{}
	for i := range res {
		if res[i].Err == nil {
			gone[rows[i].Place] = true
		}
	}
	shown := r.wanted
	r.places = slices.DeleteFunc(slices.Clone(r.places), func(p storage.Place) bool { return gone[p] })
	if !gone[shown] {
		r.at = r.find(shown)
		return
	}
	r.at = -1
	r.Move(1)
}

// Reasons hands over what was given as reasons of rejections and returns, the most
// used first.
func (r *Review) Reasons(then func([]string)) {
	if r.reasons != nil {
		then(r.reasons)
		return
	}
	Read(r.s, nil, func(ctx context.Context, a *storage.Archive) ([]string, error) {
		return a.Rejections(ctx)
	}, func(used []string, err error) {
		if err != nil {
			r.s.failFile(err)
			return
		}
		r.reasons = append([]string{}, used...)
		then(r.reasons)
	})
}

func (r *Review) usedReason(reason string, is bool) {
	if reason = strings.TrimSpace(reason); is && reason != "" && r.reasons != nil {
		r.reasons = append([]string{reason}, slices.DeleteFunc(r.reasons, func(s string) bool { return s == reason })...)
	}
}

// ReviewCount is how many proposals one more thing would leave.
type ReviewCount struct {
	Filter ReviewFilter // with it
	N      int
}

// Counts says for one side of the filter what each choice would leave, with the
// others as they are, most first; total is what the filter leaves now. by is one of
// the functions below.
func (r *Review) Counts(by func(f ReviewFilter, g *storage.Group, now time.Time) (with ReviewFilter, without ReviewFilter)) []ReviewCount {
	n := map[ReviewFilter]int{}
	now := r.s.Now()
	for i := range r.groups {
		g := &r.groups[i]
		with, without := by(r.filter, g, now)
		if with != without && r.has(without, g, now) {
			n[with] += g.N
		}
	}
	var out []ReviewCount
	for f, k := range n {
		out = append(out, ReviewCount{f, k})
	}
	slices.SortFunc(out, func(a, b ReviewCount) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Filter.words(), b.Filter.words())
	})
	return out
}

func (f ReviewFilter) words() string {
	return strings.Join([]string{string(f.What), f.Key, f.By, string(f.Package), f.Folder, string(rune('0' + f.Age))}, "\n")
}

// has says whether a filter leaves a group.
func (r *Review) has(f ReviewFilter, g *storage.Group, now time.Time) bool {
	rules := r.s.Rules()
	by := f.By == "" || f.By == storage.Machine && g.By == "" || f.By != storage.Machine && g.By != "" && rules.Same(f.By, g.By)
	mine := f.Others && rules.Same(g.By, r.s.actor)
	return by && !mine && (f.What == "" || f.What == g.What) && (f.Key == "" || f.Key == g.Key) && (!f.Persons || g.By != "") &&
		(f.Age == AnyAge || f.Age == ageOf(g.Day, now)) && (f.Package == "" || f.Package == g.Package) && strings.HasPrefix(g.Folder, f.Folder)
}

// ageOf is the age of what was made on a day.
func ageOf(day, now time.Time) Age {
	for _, a := range Ages() {
		if since, _ := a.span(now); since.IsZero() || !day.Before(since.UTC().Truncate(24*time.Hour)) {
			return a
		}
	}
	return Older
}

// Total is how many proposals a filter leaves.
func (r *Review) Total(f ReviewFilter) int {
	n, now := 0, r.s.Now()
	for i := range r.groups {
		if r.has(f, &r.groups[i], now) {
			n += r.groups[i].N
		}
	}
	return n
}

// The sides of the filter.
func ByWhat(f ReviewFilter, g *storage.Group, _ time.Time) (with, without ReviewFilter) {
	f.What, f.Key = "", ""
	with = f
	with.What = g.What
	return with, f
}

// ByKey are the fields, tags and labels.
func ByKey(f ReviewFilter, g *storage.Group, _ time.Time) (with, without ReviewFilter) {
	f.Key = ""
	with = f
	if g.Key != "" && (g.What == archive.AValue || g.What == archive.ATag || g.What == archive.AMark) {
		with.What, with.Key = g.What, g.Key
	}
	return with, f
}

// ByWhom are the authors.
func ByWhom(f ReviewFilter, g *storage.Group, _ time.Time) (with, without ReviewFilter) {
	f.By, f.Persons, f.Others = "", false, false
	with = f
	if with.By = g.By; g.By == "" {
		with.By = storage.Machine
	}
	return with, f
}

// ByAge are the ages.
func ByAge(f ReviewFilter, g *storage.Group, now time.Time) (with, without ReviewFilter) {
	f.Age = AnyAge
	with = f
	with.Age = ageOf(g.Day, now)
	return with, f
}

// ByPackage are the work packages.
func ByPackage(f ReviewFilter, g *storage.Group, _ time.Time) (with, without ReviewFilter) {
	f.Package = ""
	with = f
	with.Package = g.Package
	return with, f
}

// ByFolder are the folders that documents came from.
func ByFolder(f ReviewFilter, g *storage.Group, _ time.Time) (with, without ReviewFilter) {
	f.Folder = ""
	with = f
	with.Folder = g.Folder
	return with, f
}
