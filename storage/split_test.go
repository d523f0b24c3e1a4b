package storage

import (
	"errors"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// TestTakeRepair: a machine's correction is taken as it is or in other words, by a
// person who is its author then; under review it waits for another.
func TestTakeRepair(t *testing.T) {
	for _, tt := range []struct {
		name, review string
		text         *string
		reads        string // the text begins with
		state        archive.State
	}{
		{"as it is", "none", nil, "机改来源", archive.Accepted},
		{"in other words", "none", ptr("改好"), "改好来源", archive.Accepted},
		{"for review", "corrections", ptr("改好"), "旧题来源", archive.Proposed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := team(t, tt.review)
			id := bring(t, a, seen("s.txt"))[0]
			it := last(t, a, id, archive.ACorrection)
			if it.By != "" || it.Rule != "r" || it.Source != "旧题" || it.Recipe != "utf-8 read as gbk" {
				t.Fatalf("the machine proposes %+v", it)
			}
			mustApply(t, a, "Wang", &archive.Edit{Do: "proposal.take", On: string(it.ID), Text: tt.text})
			got := last(t, a, id, archive.ACorrection)
			if got.By != "Wang" || got.State != tt.state || got.Recipe != it.Recipe {
				t.Errorf("taken: %+v", got)
			}
			if r := readingOf(t, a, id); !strings.HasPrefix(r, tt.reads) {
				t.Errorf("it reads %q", r)
			}
			if tt.state == archive.Proposed {
				_, err := a.Apply(ctx, "Wang", decide(got.ID, "approve"))
				if !errors.Is(err, archive.ErrRefused) {
					t.Errorf("its taker approves it: %v", err)
				}
				mustApply(t, a, "Li", decide(got.ID, "approve"))
				if r := readingOf(t, a, id); !strings.HasPrefix(r, "改好来源") {
					t.Errorf("approved it reads %q", r)
				}
			}
			mustVerify(t, a)
		})
	}
}

// TestOwnWordsAnswerRepair: who corrects the words that a machine would repair has
// answered it.
func TestOwnWordsAnswerRepair(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, seen("s.txt"))[0]
	it := last(t, a, id, archive.ACorrection)
	mustApply(t, a, "Wang", fix(id, 0, 4, "", "我改"))
	if got := mustDocument(t, a, id).Item(it.ID); got.State != archive.Superseded {
		t.Errorf("the machine's is %s", got.State)
	}
	if _, err := a.Undo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	if got := mustDocument(t, a, id).Item(it.ID); !got.Open() {
		t.Errorf("after the undo the machine's is %s", got.State)
	}
	mustVerify(t, a)
}

// TestSplitAndJoin: a part is a document of its own with what was said of its
// words; the whole keeps its text, and everything can be taken back.
func TestSplitAndJoin(t *testing.T) {
	a := newArchive(t)
	whole := seen("s.txt") // 旧题来源司法厅\n正文甲乙丙丁\n另一题\n另文甲乙
	whole.Repairs = append(whole.Repairs, archive.Repair{Start: 19, End: 21, Text: "别文", Rule: "r", Confidence: 0.9})
	id := bring(t, a, whole)[0]
	mustApply(t, a, "Wang", mark(id, 21, 23, "", "person"), fix(id, 16, 17, "", "二"))
	before := rowsOf(t, a)
	split := last(t, a, id, archive.ASplit)
	r := mustApply(t, a, "Wang", &archive.Edit{Do: archive.SplitKind, On: string(split.ID)})[0]

	part := mustDocument(t, a, r.Part)
	if p := part.Info.Part; p == nil || *p != (archive.PartOf{Doc: id, Text: 1, Start: 15, End: 23}) {
		t.Errorf("the part is of %+v", p)
	}
	if got := readingOf(t, a, r.Part); got != "另二题\n另文甲乙" {
		t.Errorf("it reads %q", got)
	}
	if m := last(t, a, r.Part, archive.AMark); m.Anchor.Quote != "甲乙" || m.By != "Wang" {
		t.Errorf("its mark is %+v", m)
	}
	var open []string
	for _, it := range part.Of(archive.ACorrection) {
		if it.Open() {
			open = append(open, it.Source+" → "+it.Text)
		}
	}
	if len(open) != 1 || open[0] != "另文 → 别文" {
		t.Errorf("what a machine saw in it: %v", open)
	}
	if d := mustDocument(t, a, id); d.Info.Chars != 23 || len(d.Parts()) != 1 || d.Proposals() != 1 {
		t.Errorf("the whole: %+v, parts %d, open %d", d.Info, len(d.Parts()), d.Proposals())
	}
	for q, want := range map[string]archive.ID{"正文": id, "另文": r.Part} {
		hits, err := a.List(ctx, Query{Search: q})
		if err != nil || len(hits) != 1 || hits[0].ID != want {
			t.Errorf("searching %s finds %v (%v)", q, hits, err)
		}
	}
	mustVerify(t, a)

	if _, err := a.Undo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, a); got != before {
		t.Errorf("undone:\n%s\nwant\n%s", got, before)
	}
	if _, err := a.Redo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	if got := readingOf(t, a, r.Part); got != "另二题\n另文甲乙" {
		t.Errorf("redone it reads %q", got)
	}
	mustVerify(t, a)

	mustApply(t, a, "Zhao", &archive.Edit{Do: archive.JoinKind, On: string(split.ID)})
	if d := mustDocument(t, a, id); len(d.Parts()) != 0 {
		t.Errorf("joined, it has parts %v", d.Parts())
	}
	if d := mustDocument(t, a, r.Part); d.Status() != archive.Removed {
		t.Errorf("joined, the part is %s", d.Status())
	}
	mustVerify(t, a)
}

func TestSplitRefused(t *testing.T) {
	for _, tt := range []struct {
		name       string
		first      []*archive.Edit
		start, end int
		code       string
	}{
		{"the whole", nil, 0, 23, "part-whole"},
		{"nothing", nil, 5, 5, "part-empty"},
		{"a line end", nil, 14, 15, "part-empty"},
		{"outside", nil, 20, 30, "range-outside"},
		{"through a correction", []*archive.Edit{{Do: "correction.propose", Start: ptr(14), End: ptr(17), Text: ptr("改")}}, 16, 23, "part-through"},
		{"into a part", []*archive.Edit{{Do: archive.SplitKind, Start: ptr(15), End: ptr(19)}}, 10, 16, "part-there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := newArchive(t)
			id := bring(t, a, seen("s.txt"))[0]
			for _, e := range tt.first {
				e.Doc = string(id)
				mustApply(t, a, "Wang", e)
			}
			_, err := a.Apply(ctx, "Wang", &archive.Edit{Do: archive.SplitKind, Doc: string(id), Start: &tt.start, End: &tt.end})
			var r *archive.Refusal
			if !errors.As(err, &r) || r.Code != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
			mustVerify(t, a)
		})
	}
}

// TestSplitSeen: a range that was chosen beside other parts than there are by now is
// refused, as all is that was made on what has changed.
func TestSplitSeen(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, seen("s.txt"))[0] // 旧题来源司法厅\n正文甲乙丙丁\n另一题\n另文甲乙
	try := func(start, end int, parts ...archive.ID) error {
		_, err := a.Apply(ctx, "Wang", &archive.Edit{Do: archive.SplitKind, Doc: string(id), Start: &start, End: &end, Seen: &parts})
		return err
	}
	stale := func(err error, who, now, before string) {
		t.Helper()
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Code != "stale" || r.Args["who"] != who || r.Args["now"] != now || r.Args["seen"] != before {
			t.Errorf("got %v %v, want stale: who %s, now %s, seen %s", err, r, who, now, before)
		}
	}
	mustApply(t, a, "Zhao", &archive.Edit{Do: archive.SplitKind, Doc: string(id), Start: ptr(15), End: ptr(18)})
	first := last(t, a, id, archive.ASplit)
	stale(try(19, 23), "Zhao", `"另一题"`, `""`)
	if err := try(19, 23, first.ID); err != nil {
		t.Fatal(err)
	}
	second := last(t, a, id, archive.ASplit)
	mustApply(t, a, "Zhao", &archive.Edit{Do: archive.JoinKind, On: string(first.ID)})
	stale(try(8, 14, second.ID, first.ID), "Zhao", `"另文甲乙"`, `"另文甲乙; 另一题"`)
	if err := try(8, 14, second.ID); err != nil {
		t.Error(err)
	}
	mustVerify(t, a)
}

func TestFurnitureByHand(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, seen("s.txt"))[0]
	mustApply(t, a, "Wang", &archive.Edit{Do: "furniture.add", Doc: string(id), Start: ptr(8), End: ptr(10)})
	if got := mustDocument(t, a, id).Aside(1); len(got) != 2 || got[0] != [2]int{2, 7} || got[1] != [2]int{8, 10} {
		t.Errorf("aside: %v", got)
	}
	mustApply(t, a, "Wang", &archive.Edit{Do: "furniture.remove", Doc: string(id)})
	if got := mustDocument(t, a, id).Aside(1); len(got) != 0 {
		t.Errorf("aside: %v", got)
	}
	if _, err := a.Undo(ctx, "Wang", false); err != nil {
		t.Fatal(err)
	}
	if got := mustDocument(t, a, id).Aside(1); len(got) != 2 {
		t.Errorf("after the undo aside: %v", got)
	}
	mustVerify(t, a)
}

// TestDestroyWhole: a part is destroyed with its whole and not by itself, and nothing
// of either is left, also of a part that an undo took out.
func TestDestroyWhole(t *testing.T) {
	for _, undone := range []bool{false, true} {
		a := newArchive(t)
		id := bring(t, a, seen("s.txt"))[0]
		part := mustApply(t, a, "Zhang", &archive.Edit{Do: archive.SplitKind, Doc: string(id), Start: ptr(15)})[0].Part
		inner := mustApply(t, a, "Zhang", &archive.Edit{Do: archive.SplitKind, Doc: string(part), Start: ptr(4)})[0].Part
		if undone {
			for range 2 {
				if _, err := a.Undo(ctx, "Zhang", false); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, p := range []archive.ID{part, inner} {
			var r *archive.Refusal
			if _, err := a.Apply(ctx, "Zhang", destroy(p)); !errors.As(err, &r) || r.Code != "destroy-part" {
				t.Fatalf("undone %v: destroying the part: %v", undone, err)
			}
		}
		mustApply(t, a, "Zhang", destroy(id))
		mustVerify(t, a)
		var texts, blobs int
		if err := a.pool.QueryRow("SELECT (SELECT count(*) FROM texts), (SELECT count(*) FROM blobs)").Scan(&texts, &blobs); err != nil || texts+blobs != 0 {
			t.Errorf("undone %v: %d texts and %d originals are left (%v)", undone, texts, blobs, err)
		}
	}
}

// TestJoinKeepsWork: what was said in a part of its words goes back with them, what a
// machine had proposed waits again; a part with parts is not joined, and one that was
// joined is not restored past its whole.
func TestJoinKeepsWork(t *testing.T) {
	a := newArchive(t)
	in := seen("s.txt")
	in.Repairs = append(in.Repairs, archive.Repair{Start: 19, End: 21, Text: "别文", Rule: "r", Confidence: 0.9})
	id := bring(t, a, in)[0]
	split := last(t, a, id, archive.ASplit)
	part := mustApply(t, a, "Wang", &archive.Edit{Do: archive.SplitKind, On: string(split.ID)})[0].Part
	mustApply(t, a, "Wang", fix(part, 0, 1, "", "某"), mark(part, 4, 6, "", "person"))
	inner := mustApply(t, a, "Wang", &archive.Edit{Do: archive.SplitKind, Doc: string(part), Start: ptr(6)})[0]
	join := &archive.Edit{Do: archive.JoinKind, On: string(split.ID)}
	var r *archive.Refusal
	if _, err := a.Apply(ctx, "Zhao", join); !errors.As(err, &r) || r.Code != "join-parts" {
		t.Fatalf("joining a part with parts: %v", err)
	}
	mustApply(t, a, "Zhao", &archive.Edit{Do: archive.JoinKind, On: string(inner.Item)})
	mustApply(t, a, "Zhao", join)
	if got := readingOf(t, a, id); !strings.HasSuffix(got, "\n某一题\n另文甲乙") {
		t.Errorf("joined it reads %q", got)
	}
	d := mustDocument(t, a, id)
	marks, open := 0, 0
	for _, it := range d.Items {
		if it.What == archive.AMark && it.InForce() && it.Anchor.Quote == "另文" {
			marks++
		}
		if it.What == archive.ACorrection && it.Open() {
			open++
		}
	}
	if marks != 1 || open != 2 {
		t.Errorf("joined it has %d marks, %d proposals wait", marks, open)
	}
	if _, err := a.Apply(ctx, "Zhao", &archive.Edit{Do: "document.restore", Doc: string(part)}); !errors.As(err, &r) || r.Code != "restore-joined" {
		t.Errorf("restoring what was joined: %v", err)
	}
	mustVerify(t, a)
	if _, err := a.Undo(ctx, "Zhao", false); err != nil {
		t.Fatal(err)
	}
	if got := readingOf(t, a, part); got != "某一题\n另文甲乙" {
		t.Errorf("after the undo the part reads %q", got)
	}
	mustVerify(t, a)
}

// TestDividingIsReviewed: where everything is reviewed, a reviewer divides and joins.
func TestDividingIsReviewed(t *testing.T) {
	a, _ := team(t, "everything")
	id := bring(t, a, seen("s.txt"))[0]
	split := &archive.Edit{Do: archive.SplitKind, Doc: string(id), Start: ptr(15)}
	var r *archive.Refusal
	if _, err := a.Apply(ctx, "Wang", split); !errors.As(err, &r) || r.Code != "role" {
		t.Errorf("an archivist divides: %v", err)
	}
	made := mustApply(t, a, "Li", split)[0]
	join := &archive.Edit{Do: archive.JoinKind, On: string(made.Item)}
	if _, err := a.Apply(ctx, "Wang", join); !errors.As(err, &r) || r.Code != "role" {
		t.Errorf("an archivist joins: %v", err)
	}
	mustApply(t, a, "Li", join)
	mustVerify(t, a)
}
