package session

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// queued is a session of Li's, who reviews, on n documents on each of which Wang and
// Zhao have proposed something, and another hold on the archive.
func queued(t *testing.T, n int) (*desk, *storage.Archive) {
	t.Helper()
	path := filled(t, many(0, n)...)
	a := other(t, path)
	for name, role := range map[string]string{"Li": "reviewer", "Wang": "archivist", "Zhao": "archivist"} {
		edit(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: name, Role: role})
	}
	edit(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	docs, err := a.List(t.Context(), storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range docs {
		edit(t, a, "Wang", &archive.Edit{Do: "tag.add", Doc: string(d.ID), Tag: []string{"会议", "通知"}[i%2]})
		edit(t, a, "Zhao", &archive.Edit{Do: "field.set", Doc: string(d.ID), Field: "dcterms:creator", Values: set("县档案局")})
	}
	d := opening(t, path).as("Li")
	d.Review().Open()
	d.m.Settle()
	return d, a
}

func edit(t *testing.T, a *storage.Archive, who string, e *archive.Edit) {
	t.Helper()
	if _, err := a.Apply(t.Context(), who, e); err != nil {
		t.Fatal(err)
	}
}

// rows are the ids of the queue as the session has it.
func (r *Review) ids() (out []archive.ID) {
	for _, p := range r.places {
		out = append(out, p.ID)
	}
	return out
}

// What others propose is listed first, a machine's when it is asked for; what the
// rows say comes page by page.
func TestReviewQueue(t *testing.T) {
	d, _ := queued(t, 130)
	r := d.Review()
	if n, known := r.Rows(); n != 260 || !known {
		t.Fatalf("%d proposals, known %v, want 260", n, known)
	}
	if _, ok := r.Row(250); ok {
		t.Error("a row far down is there before anybody asked")
	}
	d.m.Settle()
	if w, ok := r.Row(250); !ok || w.By == "" || w.Title == "" {
		t.Errorf("row 250: %+v, %v", w, ok)
	}
	doc, it := r.Shown()
	if doc == nil || it == nil || r.At() != 0 || it.By != "Wang" && it.By != "Zhao" {
		t.Fatalf("shown: %v at %d", it, r.At())
	}
	if got := r.Total(ReviewFilter{}); got != 390 {
		t.Errorf("%d wait altogether, want 390", got)
	}
	counts := map[string]int{}
	for _, c := range r.Counts(ByWhom) {
		counts[c.Filter.By] = c.N
	}
	if fmt.Sprint(counts) != "map[Wang:130 Zhao:130 machine:130]" {
		t.Errorf("by author: %v", counts)
	}
	for _, c := range append(r.Counts(ByKey), append(r.Counts(ByWhat), r.Counts(ByAge)...)...) {
		r.SetFilter(c.Filter)
		d.m.Settle()
		if n, _ := r.Rows(); n != c.N {
			t.Errorf("%+v: %d rows, and the count says %d", c.Filter, n, c.N)
		}
		r.SetFilter(ReviewFilter{Persons: true, Others: true})
		d.m.Settle()
	}
}

// A decision takes its proposal out of the queue at once and opens the next; what
// somebody else decides meanwhile goes when the archive is looked at again, and the
// chosen proposal stays chosen.
func TestReviewGoesOn(t *testing.T) {
	d, a := queued(t, 3)
	r := d.Review()
	want := r.ids()
	var why error
	r.Decide(archive.ActApprove, "", func(err error) { why = err })
	d.m.Settle()
	if _, it := r.Shown(); why != nil || it == nil || it.ID != want[1] || r.At() != 0 {
		t.Fatalf("after a decision: %v, row %d, %v", it, r.At(), why)
	}
	r.Choose(2)
	d.m.Settle()
	keep, gone := r.places[2], r.places[0]
	edit(t, a, "Zhang", &archive.Edit{Do: "decide", On: string(gone.ID), Verdict: "approve"})
	d.Refresh()
	d.m.Settle()
	d.m.Pass(time.Second)
	if _, it := r.Shown(); it == nil || it.ID != keep.ID || r.At() != 1 || slices.Contains(r.ids(), gone.ID) {
		t.Errorf("after another's decision: %v, row %d of %v", it, r.At(), r.ids())
	}
	// The one that is shown is decided on by another: the answer is a refusal, and it
	// stands until one goes on, so that no key meant for it decides on the next.
	edit(t, a, "Zhang", &archive.Edit{Do: "decide", On: string(keep.ID), Verdict: "reject", Reason: "no"})
	r.Decide(archive.ActApprove, "", func(err error) { why = err })
	d.m.Settle()
	if !errors.Is(why, archive.ErrRefused) && !errors.Is(why, archive.ErrStale) && !errors.Is(why, archive.ErrNotFound) {
		t.Errorf("deciding twice: %v", why)
	}
	if _, it := r.Shown(); it == nil || it.ID != keep.ID || it.Open() || r.At() != -1 || slices.Contains(r.ids(), keep.ID) {
		t.Errorf("shown after that: %v at %d", it, r.At())
	}
	why = nil
	r.Decide(archive.ActApprove, "", func(err error) { why = err })
	d.m.Settle()
	if why == nil {
		t.Error("what another has decided on was decided on")
	}
	next := r.places[1]
	r.Move(1)
	d.m.Settle()
	if _, it := r.Shown(); it == nil || it.ID != next.ID || !it.Open() {
		t.Errorf("behind it: %v at %d, want %s", it, r.At(), next.ID)
	}
	// Also where nobody pressed a key: it is read again by itself.
	edit(t, a, "Zhang", &archive.Edit{Do: "decide", On: string(next.ID), Verdict: "approve"})
	d.Refresh()
	d.m.Settle()
	d.m.Pass(time.Second)
	if _, it := r.Shown(); it == nil || it.ID != next.ID || it.Open() || it.Decision.By != "Zhang" {
		t.Errorf("decided on by another meanwhile: %v", it)
	}
}

// Nobody decides on their own: such rows are listed when asked for, and bulk leaves
// them out.
func TestReviewAlike(t *testing.T) {
	d, a := queued(t, 6)
	docs, err := a.List(t.Context(), storage.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	edit(t, a, "Li", &archive.Edit{Do: "field.set", Doc: string(docs[0].ID), Field: "dcterms:subject", Values: set("县档案局")})
	r := d.Review()
	r.SetFilter(ReviewFilter{What: archive.AValue, Key: "dcterms:creator"})
	d.m.Settle()
	for scope, want := range map[Scope]int{AlikeHere: 1, AlikeWords: 6, AlikeListed: 6} {
		got := -1
		r.Alike(scope, func(rows []storage.Waiting, _ bool, err error) {
			if err != nil {
				t.Error(err)
			}
			got = len(rows)
		})
		d.m.Settle()
		if got != want {
			t.Errorf("scope %d: %d alike, want %d", scope, got, want)
		}
	}
	r.SetFilter(ReviewFilter{Persons: true})
	d.m.Settle()
	var rows []storage.Waiting
	r.Alike(AlikeListed, func(all []storage.Waiting, _ bool, _ error) { rows = all })
	d.m.Settle()
	if len(rows) != 12 || slices.ContainsFunc(rows, func(w storage.Waiting) bool { return w.By == "Li" }) {
		t.Fatalf("%d rows that Li may decide on, want 12", len(rows))
	}
	// One is decided on meanwhile: it is left out and said, the rest is one step.
	edit(t, a, "Zhang", &archive.Edit{Do: "decide", On: string(rows[0].ID), Verdict: "approve"})
	var res []storage.Result
	r.DecideAll(rows, archive.ActApprove, "", func(int, int) {}, func(all []storage.Result, err error) {
		if err != nil {
			t.Error(err)
		}
		res = all
	})
	d.m.Settle()
	if len(res) != 12 || res[0].Err == nil || slices.ContainsFunc(res[1:], func(r storage.Result) bool { return r.Err != nil }) {
		t.Fatalf("results: %+v", res)
	}
	if n, _ := r.Rows(); n != 1 {
		t.Errorf("%d are left, want Li's own", n)
	}
	d.Undo(false, func(err error) { t.Error(err) })
	d.m.Settle()
	d.m.Pass(time.Second)
	if n, _ := r.Rows(); n != 12 {
		t.Errorf("%d wait after one undo, want 12", n)
	}
}

// Whatever is decided, withdrawn and proposed by several in any order, and however
// late answers come, the queue comes to what the archive has, and the proposal that is
// shown is one of it, or was decided on by somebody else while it was shown.
func TestReviewAgainstTheArchive(t *testing.T) {
	for seed := range int64(12) {
		rng := rand.New(rand.NewSource(seed))
		d, a := queued(t, 4)
		r := d.Review()
		docs, err := a.List(t.Context(), storage.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for range 30 {
			places, err := a.QueuePlaces(t.Context(), storage.Queue{Persons: true, NotBy: "Li"}, 0)
			if err != nil {
				t.Fatal(err)
			}
			switch n := rng.Intn(6); {
			case n == 0 && len(places) > 0:
				p := places[rng.Intn(len(places))]
				_, _ = a.Apply(t.Context(), "Zhang", &archive.Edit{Do: "decide", On: string(p.ID), Verdict: "approve"})
			case n == 1:
				_, _ = a.Apply(t.Context(), "Wang", &archive.Edit{Do: "tag.add", Doc: string(docs[rng.Intn(len(docs))].ID), Tag: fmt.Sprint("签", rng.Intn(9))})
			case n == 2:
				r.Decide([]string{archive.ActApprove, archive.ActReject}[rng.Intn(2)], "why", func(error) {})
			case n == 3:
				r.Choose(rng.Intn(8))
			case n == 4:
				d.Refresh()
			default:
				d.m.Pass(300 * time.Millisecond)
			}
			if rng.Intn(2) == 0 {
				d.m.Settle()
			}
		}
		d.m.Settle()
		d.Refresh()
		d.m.Settle()
		d.m.Pass(time.Second)
		places, err := a.QueuePlaces(t.Context(), storage.Queue{Persons: true, NotBy: "Li"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(places) != len(r.places) || !slices.Equal(places, r.places) {
			t.Fatalf("seed %d: the queue has %d, the archive %d", seed, len(r.places), len(places))
		}
		_, it := r.Shown()
		if it != nil && !it.Open() && r.At() == -1 && it.Decision.By == "Zhang" {
			r.Move(1)
			d.m.Settle()
			_, it = r.Shown()
		}
		if len(places) > 0 && (it == nil || !it.Open() || r.places[r.At()].ID != it.ID) {
			t.Fatalf("seed %d: shown is %v at row %d", seed, it, r.At())
		}
	}
}

// The age of a proposal is a day of the person's own zone.
func TestReviewAges(t *testing.T) {
	now := time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)
	for days, want := range map[int]Age{0: Today, 1: ThisWeek, 6: ThisWeek, 8: ThisMonth, 29: ThisMonth, 31: Older, 400: Older} {
		day := now.Truncate(24*time.Hour).AddDate(0, 0, -days)
		if got := ageOf(day, now); got != want {
			t.Errorf("%d days ago: age %d, want %d", days, got, want)
		}
	}
	var until time.Time
	for _, a := range Ages() { // they follow each other without a gap
		since, to := a.span(now)
		if a != Today && !to.Equal(until) {
			t.Errorf("age %d ends at %v, the one before begins at %v", a, to, until)
		}
		until = since
	}
	if !until.IsZero() {
		t.Error("the oldest has a beginning")
	}
}

// After the last proposal of a document that is submitted the document itself is
// shown, to be approved; of one that is not, or where others are open, the next is.
func TestReviewSettles(t *testing.T) {
	d, a := queued(t, 3)
	r := d.Review()
	docs, err := a.List(t.Context(), storage.Query{})
	if err != nil {
		t.Fatal(err)
	}
	full, err := a.Document(t.Context(), docs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range full.Items {
		if it.Open() && it.By == "" {
			edit(t, a, "Zhang", &archive.Edit{Do: "value.refuse", Value: string(it.ID)})
		}
	}
	edit(t, a, "Wang", &archive.Edit{Do: "document.submit", Doc: string(docs[0].ID)})
	d.m.Pass(time.Second)
	d.m.Settle()
	approve := func() {
		t.Helper()
		r.Decide(archive.ActApprove, "", func(err error) {
			if err != nil {
				t.Error(err)
			}
		})
		d.m.Settle()
	}
	r.Choose(0)
	d.m.Settle()
	approve()
	if _, it := r.Shown(); r.Settled() != nil || it == nil {
		t.Fatal("the document is said to be settled while another proposal is open")
	}
	approve()
	if doc := r.Settled(); doc == nil || doc.ID != docs[0].ID || r.MayStep(archive.ActApprove) != nil || r.At() != -1 {
		t.Fatalf("settled: %v at %d", doc, r.At())
	}
	d.m.Pass(time.Second) // the queue is read again
	d.m.Settle()
	if r.Settled() == nil {
		t.Fatal("what was shown is gone when the queue is read again")
	}
	r.Step(archive.ActApprove, "", func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	d.m.Settle()
	if full, err = a.Document(t.Context(), docs[0].ID); err != nil || full.Status() != archive.Approved {
		t.Errorf("status %s, %v", full.Status(), err)
	}
	if doc, it := r.Shown(); it == nil || doc.ID != docs[1].ID || r.At() != 0 {
		t.Errorf("behind it: %v at %d", it, r.At())
	}
	// A document that is removed while it is looked at stays, and nothing is done to it.
	_, shown := r.Shown()
	edit(t, a, "Zhang", &archive.Edit{Do: "document.remove", Doc: string(docs[1].ID)})
	d.Refresh()
	d.m.Settle()
	d.m.Pass(time.Second)
	var why error
	r.Decide(archive.ActApprove, "", func(err error) { why = err })
	d.m.Settle()
	if _, it := r.Shown(); it == nil || it.ID != shown.ID || why == nil {
		t.Errorf("in a document that was removed: shown %v, %v", it, why)
	}
	edit(t, a, "Zhang", &archive.Edit{Do: "document.restore", Doc: string(docs[1].ID)})
	d.Refresh()
	d.m.Settle()
	d.m.Pass(time.Second)
	if r.At() < 0 {
		t.Fatalf("a document that is back is not in the queue: %v", r.ids())
	}
	approve()
	approve()
	if doc, it := r.Shown(); r.Settled() != nil || it == nil || doc.ID != docs[2].ID {
		t.Error("a document that nobody has submitted is shown to be approved")
	}
	r.Move(-1)
	r.Move(1)
	if d.m.Settle(); r.At() != 1 {
		t.Errorf("moved to %d", r.At())
	}
}
