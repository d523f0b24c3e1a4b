package storage

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"fonds/storage/archive"
)

// ticking makes an archive whose clock is at *now.
func ticking(t testing.TB, now *time.Time) *Archive {
	t.Helper()
	a, err := Create(ctx, filepath.Join(t.TempDir(), "test.fonds"), NewArchive{Owner: "Zhang", Template: "dublincore"}, Options{Now: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func mustOversee(t testing.TB, a *Archive, o OverseeOptions) *Oversight {
	t.Helper()
	v, err := a.Oversee(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (v *Oversight) of(name string) PersonWork {
	for _, p := range v.People {
		if p.Name == name {
			return p
		}
	}
	return PersonWork{}
}

// A small archive, counted by hand.
func TestOverseeCounts(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, zone)
	a := ticking(t, &now)
	ids := bring(t, a, incoming("甲/a.txt", "甲 2015年"), incoming("甲/b.txt", "乙 2016年"), incoming("c.txt", "丙"), incoming("d.txt", "丁"))
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"}, &archive.Edit{Do: "person.set", Name: "Wang", Role: "reviewer"},
		&archive.Edit{Do: "policy.set", Review: "everything"}, &archive.Edit{Do: "package.set", Name: "第一批", Responsible: ptr("Wang")},
		&archive.Edit{Do: "package.put", Doc: string(ids[0]), Package: ptr("第一批")},
		&archive.Edit{Do: "assign", Doc: string(ids[0]), To: ptr("Li"), Due: ptr("2026-11-20")},
		&archive.Edit{Do: "assign", Doc: string(ids[2]), To: ptr("Li"), Due: ptr("2026-12-20")})
	open := func(id archive.ID, what archive.What) string {
		for _, it := range mustDocument(t, a, id).Of(what) {
			if it.Open() {
				return string(it.ID)
			}
		}
		t.Fatalf("no open %s", what)
		return ""
	}
	decide := func(id archive.ID, what archive.What, verdict, reason string) {
		t.Helper()
		mustApply(t, a, "Wang", &archive.Edit{Do: "decide", Doc: string(id), On: open(id, what), Verdict: verdict, Reason: reason, Text: ptr("改")})
	}
	now = time.Date(2026, 11, 29, 23, 50, 0, 0, zone) // in UTC the day is not over
	mustApply(t, a, "Li", field(ids[0], titleField, "甲"))
	mustApply(t, a, "Li", tag("tag.add", ids[0], "会议"))
	mustApply(t, a, "Li", fix(ids[1], 0, 1, "", "已"))
	now = time.Date(2026, 11, 30, 0, 5, 0, 0, zone)
	decide(ids[0], archive.AValue, "approve", "")
	decide(ids[0], archive.ATag, "reject", "不在词表 ")
	decide(ids[1], archive.ACorrection, "amend", "")
	mustApply(t, a, "Li", &archive.Edit{Do: "decide", Doc: string(ids[1]), On: open(ids[1], archive.ACorrection), Verdict: "agree"})
	mustApply(t, a, "Li", statusStep(ids[0], "submit"), statusStep(ids[1], "submit"), statusStep(ids[2], "submit"))
	mustApply(t, a, "Wang", statusStep(ids[0], "return"))
	mustApply(t, a, "Zhang", statusStep(ids[1], "approve"))
	if _, err := a.Undo(ctx, "Wang", false); err != nil { // the return
		t.Fatal(err)
	}
	if _, err := a.Redo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "Li", field(ids[3], titleField, "丁")) // waits
	mustApply(t, a, "Wang", &archive.Edit{Do: "thread.start", Doc: string(ids[3]), Text: ptr("年份？"), To: ptr("Li")})
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.rename", Name: "Li", To: ptr("李静")})
	now = time.Date(2026, 12, 2, 10, 0, 0, 0, zone)
	mustApply(t, a, "李静", field(ids[3], dateField, "2026")) // waits since today
	v := mustOversee(t, a, OverseeOptions{Now: now, Days: 4})
	var at map[string]Work = map[string]Work{}
	for _, d := range v.Days {
		at[d.Day] = d.Work
	}
	check := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
		}
	}
	check("Li under the new name", v.of("李静"), PersonWork{Name: "李静", Work: Work{Fields: 3, Tags: 1, Corrections: 1, Submitted: 3, Decisions: 1},
		Assigned: 2, Overdue: 1, Proposals: 2, Asked: 1})
	check("Wang", v.of("Wang"), PersonWork{Name: "Wang", Work: Work{Notes: 1, Returned: 1, Decisions: 3}})
	check("people", len(v.People), 3)
	check("the days", at, map[string]Work{"2026-11-29": {Fields: 1, Tags: 1, Corrections: 1},
		"2026-11-30": {Fields: 1, Notes: 1, Submitted: 3, Returned: 1, Approved: 1, Decisions: 4}, "2026-12-01": {}, "2026-12-02": {Fields: 1}})
	check("packages", v.Packages, []PlaceWork{{Package: v.Packages[0].Package, Name: "第一批", Documents: 1, Returned: 1, Overdue: 1},
		{Documents: 3, Approved: 1, Submitted: 1, ToDo: 1, Proposals: 2}})
	check("folders", v.Folders, []PlaceWork{{Documents: 2, Submitted: 1, ToDo: 1, Proposals: 2}, {Name: "甲/", Documents: 2, Returned: 1, Approved: 1, Overdue: 1}})
	check("rates", v.Rates, []Rate{{Author: "Wang", What: archive.ACorrection, Settled: 1}, {Author: "李静", What: archive.AValue, Approved: 1},
		{Author: "李静", What: archive.ATag, Rejected: 1}, {Author: "李静", What: archive.ACorrection, Amended: 1}})
	check("proposals", v.Proposals, Ages{1, 1, 0, 0})
	check("submitted", v.Submitted, Ages{0, 1, 0, 0})
	check("reasons", v.Reasons, []ReasonUse{{RejectedFor, "不在词表", 1}, {ReturnedFor, "请核对日期", 1}})
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := a.Oversee(stopped, OverseeOptions{Now: now}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// anything is something of work and review that somebody might do.
func anything(rng *rand.Rand, d *archive.Document) *archive.Edit {
	id := string(d.ID)
	e := &archive.Edit{Doc: id, Reason: fmt.Sprint("原因", rng.Intn(3)), Text: ptr(fmt.Sprint("字", rng.Intn(4)))}
	switch n := rng.Intn(20); {
	case n < 8:
		return randomEdit(rng, d)
	case n < 13:
		e.Do, e.Verdict = "decide", []string{"approve", "approve", "reject", "amend", "agree"}[rng.Intn(5)]
		for _, it := range d.Items {
			if it.Open() && (e.On == "" || rng.Intn(3) == 0) {
				e.On = string(it.ID)
			}
		}
	case n < 17:
		e.Do = "document." + []string{"submit", "submit", "return", "approve", "approve", "recall", "remove", "restore"}[rng.Intn(8)]
	case n < 18:
		return &archive.Edit{Do: "document.sample", Doc: id, Verdict: "sound"}
	case n < 19:
		return &archive.Edit{Do: "policy.set", Review: []string{"none", "everything"}[rng.Intn(2)]}
	default:
		return &archive.Edit{Do: "person.rename", Name: people[rng.Intn(3)], To: ptr(people[rng.Intn(3)] + []string{"", "·", "··"}[rng.Intn(3)])}
	}
	return e
}

// TestOverseeAgreesWithTheLog: whatever several people do, the sums by person, by
// kind and by day are those of the log, and what the items say was decided and
// returned is what the log says.
func TestOverseeAgreesWithTheLog(t *testing.T) {
	zone := time.FixedZone("", 5*3600+45*60)
	decided, undone := 0, 0
	for seed := int64(0); seed < int64(rounds(12, 300)); seed++ {
		rng := rand.New(rand.NewSource(seed))
		now := time.Date(2026, 3, 1, 0, 0, 0, 0, zone)
		a := ticking(t, &now)
		var docs []*archive.Incoming
		for i := range 3 {
			docs = append(docs, incoming(fmt.Sprint(i%2, "/", i, ".txt"), noticeText(int(seed)*10+i, 60),
				archive.Proposal{Field: titleField, Value: "第" + fmt.Sprint(i), Start: 0, End: 2, Rule: "r", Confidence: 0.9}))
		}
		ids := bring(t, a, docs...)
		mustApply(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: people[1], Role: "reviewer"}, &archive.Edit{Do: "policy.set", Review: "everything"})
		for range 150 {
			now = now.Add(time.Duration(rng.Intn(8*3600)) * time.Second)
			actor := people[rng.Intn(len(people))]
			var err error
			switch rng.Intn(9) {
			case 0:
				if lastKind(t, a, actor) != "document.import" {
					_, err = a.Undo(ctx, actor, rng.Intn(2) == 0)
				}
			case 1:
				_, err = a.Redo(ctx, actor, false)
			default:
				d, e := a.Document(ctx, ids[rng.Intn(len(ids))])
				if err = e; err == nil {
					_, err = a.Apply(ctx, actor, anything(rng, d))
				}
			}
			if err != nil && !refusal(err) {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		got := mustOversee(t, a, OverseeOptions{Now: now, Days: 20})
		self, _ := a.Self(ctx)
		all, err := a.History(ctx, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		first := now.AddDate(0, 0, -19).Format(time.DateOnly)
		n, docsOf := 0, 0
		byPerson, byDay, sum := map[string]Work{}, map[string]Work{}, Work{}
		for _, e := range all {
			if e.UndoneBy != "" {
				undone++
			}
			if e.Outcome != archive.Applied || e.UndoneBy != "" || e.Subject == "" || e.Actor == "" {
				continue
			}
			count := func(w Work) Work {
				if at := w.countOf(e.Kind); at != nil {
					*at++
				}
				return w
			}
			sum = count(sum)
			who := self.Rules().Now(e.Actor)
			byPerson[who] = count(byPerson[who])
			if day := e.Clock.Time().In(zone).Format(time.DateOnly); day >= first && day <= got.Today {
				byDay[day] = count(byDay[day])
			}
		}
		if got.Kinds != sum {
			t.Errorf("seed %d, by kind: got %+v, the log says %+v", seed, got.Kinds, sum)
		}
		for _, p := range got.People {
			if p.Work != byPerson[p.Name] {
				t.Errorf("seed %d, %s: got %+v, the log says %+v", seed, p.Name, p.Work, byPerson[p.Name])
			}
			delete(byPerson, p.Name)
		}
		for name, w := range byPerson {
			if w != (Work{}) {
				t.Errorf("seed %d: %s is missing, with %+v", seed, name, w)
			}
		}
		for _, d := range got.Days {
			if d.Work != byDay[d.Day] {
				t.Errorf("seed %d, %s: got %+v, the log says %+v", seed, d.Day, d.Work, byDay[d.Day])
			}
		}
		rates, why := saidInLog(self.Rules(), all)
		for _, r := range got.Rates {
			key := Rate{Author: r.Author, What: r.What}
			if r != rates[key] {
				t.Errorf("seed %d: got %+v, the log says %+v", seed, r, rates[key])
			}
			delete(rates, key)
			n += r.Decided() + r.Settled
		}
		for _, r := range got.Reasons {
			key := ReasonUse{For: r.For, Reason: r.Reason}
			if r.N != why[key] {
				t.Errorf("seed %d: got %+v, the log says %d", seed, r, why[key])
			}
			delete(why, key)
		}
		for _, f := range got.Folders {
			docsOf += f.Documents
		}
		for _, f := range got.Packages {
			docsOf -= f.Documents
		}
		if n != sum.Decisions || docsOf != 0 || len(rates)+len(why) > 0 {
			t.Errorf("seed %d: %d decisions, %d in the log; folders and packages differ by %d documents; missing: %v %v", seed, n, sum.Decisions, docsOf, rates, why)
		}
		decided += n
	}
	if decided == 0 || undone == 0 {
		t.Errorf("%d decisions, %d undone: it tests nothing", decided, undone)
	}
}

// saidInLog counts what the log says was decided, on whose proposals, and why.
func saidInLog(r *archive.Rules, all []Entry) (map[Rate]Rate, map[ReasonUse]int) {
	rates, why := map[Rate]Rate{}, map[ReasonUse]int{}
	for _, e := range all {
		if e.Outcome != archive.Applied || e.UndoneBy != "" {
			continue
		}
		for _, c := range e.Changes {
			switch {
			case e.Kind == "document.return" && c.Before == nil:
				why[ReasonUse{For: ReturnedFor, Reason: c.After.Text}]++
			case e.Kind == "decide" && c.Before != nil && c.Before.Open():
				d := c.After.Decision
				key := Rate{Author: r.Now(c.Before.By), What: c.Before.What}
				rate := rates[key]
				rate.Author, rate.What = key.Author, key.What
				switch {
				case c.Before.Amends != "":
					rate.Settled++
				case d.Verdict == archive.Approve, d.Verdict == archive.Agree:
					rate.Approved++
				case d.Verdict == archive.Amend:
					rate.Amended++
				default:
					rate.Rejected++
				}
				if d.Verdict == archive.Reject {
					why[ReasonUse{For: RejectedFor, Reason: d.Reason}]++
				}
				rates[key] = rate
			}
		}
	}
	return rates, why
}
