package storage

import (
	"errors"
	"slices"
	"testing"

	"fonds/storage/archive"
)

const titleField, dateField = archive.TitleField, archive.DateField

// assessed is what a document comes to under the rules of now.
func assessed(t *testing.T, a *Archive, id archive.ID) archive.Assessment {
	t.Helper()
	self, err := a.Self(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got, err := mustDocument(t, a, id).Assess(self.Rules(), []string{titleField, dateField})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func sourced(id archive.ID, f, value string, start, end int) *archive.Edit {
	e := field(id, f, value)
	e.Values[0].Evidence = &archive.RangeIn{Start: start, End: end}
	return e
}

func sample(id archive.ID, verdict, text string) *archive.Edit {
	return &archive.Edit{Do: "document.sample", Doc: string(id), Verdict: verdict, Text: &text}
}

func statusStep(id archive.ID, do string) *archive.Edit {
	return &archive.Edit{Do: "document." + do, Doc: string(id), Reason: "请核对日期"}
}

// A document is worked up to five stars, and each thing that goes wrong takes
// exactly the stars that it should.
func TestStarsComeAndGo(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "关于召开观摩会的通知 2015年11月22日 司法厅"))[0]
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"},
		&archive.Edit{Do: "person.set", Name: "Wang", Role: "reviewer"}, &archive.Edit{Do: "person.set", Name: "Zhao", Role: "reviewer"})
	all := archive.Criteria()
	for _, s := range []struct {
		what    string
		who     string
		edit    *archive.Edit
		undo    bool
		missing []archive.Criterion
	}{
		{"a title without evidence", "Li", field(id, titleField, "通知"), false, []archive.Criterion{all[0], all[1], all[3], all[4]}},
		{"with evidence", "Li", sourced(id, titleField, "通知", 8, 10), false, []archive.Criterion{all[0], all[3], all[4]}},
		{"all fields", "Li", sourced(id, dateField, "2015-11-22", 11, 21), false, all[3:]},
		{"a question", "Wang", &archive.Edit{Do: "thread.start", Doc: string(id), Text: ptr("日期对吗？")}, false, all[2:]},
		{"taken back", "Wang", nil, true, all[3:]},
		{"submitted", "Li", statusStep(id, "submit"), false, all[3:]},
		{"approved", "Wang", statusStep(id, "approve"), false, all[4:]},
		{"sampled by another", "Zhao", sample(id, "sound", ""), false, nil},
		{"found faulty", "Zhao", sample(id, "faulty", "题名不全"), false, all[4:]},
		{"undone", "Zhao", nil, true, nil},
		{"a tag changes the content", "Li", tag("tag.add", id, "会议"), false, all[3:]},
		{"the tag is taken back", "Li", nil, true, nil},
		{"a note changes nothing", "Li", &archive.Edit{Do: "note.add", Doc: string(id), Text: ptr("复查过")}, false, nil},
		{"words under the evidence change", "Li", fix(id, 11, 15, "", "2016"), false, all[2:]},
	} {
		if s.undo {
			if _, err := a.Undo(ctx, s.who, false); err != nil {
				t.Fatalf("%s: %v", s.what, err)
			}
		} else {
			mustApply(t, a, s.who, s.edit)
		}
		got := assessed(t, a, id)
		if !slices.Equal(got.Missing, s.missing) || got.Stars() != 5-len(s.missing) {
			t.Errorf("%s: %d stars, missing %v; want missing %v", s.what, got.Stars(), got.Missing, s.missing)
		}
	}
	mustVerify(t, a)
}

// Who may sample, and what a sample needs.
func TestSamplesAreRefused(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a.txt", "甲"))[0]
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: "Li", Role: "archivist"},
		&archive.Edit{Do: "person.set", Name: "Wang", Role: "reviewer"}, field(id, titleField, "甲"))
	mustApply(t, a, "Wang", sample(id, "sound", ""))
	if it, holds := mustDocument(t, a, id).Sample(); !holds || it.By != "Wang" || mustDocument(t, a, id).Status() != archive.InProgress {
		t.Errorf("the sample: %+v, holds %v", it, holds)
	}
	for _, c := range []struct {
		who     string
		edit    *archive.Edit
		code    string
		because string
	}{
		{"Li", sample(id, "sound", ""), "role", "an archivist"},
		{"Zhang", sample(id, "sound", ""), "four-eyes", "its author"},
		{"Wang", sample(id, "good", ""), "sample-verdict", "no verdict"},
		{"Wang", sample(id, "faulty", " "), "missing", "no word on what is wrong"},
		{"Wang", sample(id, "sound", ""), "unchanged", "said already"},
	} {
		_, err := a.Apply(ctx, c.who, c.edit)
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Code != c.code {
			t.Errorf("%s: got %v, want %s", c.because, err, c.code)
		}
	}
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", FourEyes: ptr(false)})
	mustApply(t, a, "Zhang", sample(id, "sound", ""))
	if got := assessed(t, a, id); got.Meets(archive.CriterionSampled) {
		t.Error("a sample by its author, with four eyes off, counts")
	}
	d := mustDocument(t, a, id)
	n := 0
	for _, it := range d.Of(archive.ASample) {
		if it.InForce() {
			n++
		}
	}
	if it, _ := d.Sample(); n != 1 || !it.Decision.Alone {
		t.Errorf("%d samples in force, the last %+v", n, it.Decision)
	}
	mustVerify(t, a)
}

// The archive's documents are assessed one by one, and the sums are theirs.
func TestAssessAll(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("a.txt", "甲"), incoming("b.txt", "乙"), incoming("c.txt", "丙"))
	mustApply(t, a, "Zhang", &archive.Edit{Do: "person.set", Name: "Wang", Role: "reviewer"})
	for _, id := range ids[:2] {
		mustApply(t, a, "Zhang", sourced(id, titleField, "甲", 0, 1), statusStep(id, "submit"))
		mustApply(t, a, "Wang", statusStep(id, "approve"))
	}
	mustApply(t, a, "Wang", sample(ids[1], "sound", ""))
	var told [][2]int
	q, err := a.Assess(ctx, Query{}, func(*archive.Document) []string { return []string{titleField} }, func(done, total int) { told = append(told, [2]int{done, total}) })
	if err != nil {
		t.Fatal(err)
	}
	if q.Documents != 3 || q.Stars != [6]int{0, 1, 0, 0, 1, 1} || !slices.Equal(q.Missing, []int{1, 1, 0, 1, 2}) {
		t.Errorf("got %+v", q)
	}
	if len(q.ToSample) != 1 || q.ToSample[0].ID != ids[0] || len(q.Unfilled) != 1 || q.Unfilled[0] != (FieldCount{titleField, 1}) {
		t.Errorf("to sample %+v, unfilled %+v", q.ToSample, q.Unfilled)
	}
	if !slices.Equal(told, [][2]int{{1, 3}, {2, 3}, {3, 3}}) {
		t.Errorf("progress: %v", told)
	}
}
