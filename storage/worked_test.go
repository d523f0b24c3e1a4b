package storage

import (
	"fmt"
	"slices"
	"testing"

	"fonds/storage/archive"
)

func TestWorkedListsTheLatestFirst(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("a.txt", "甲"), incoming("b.txt", "乙"), incoming("c.txt", "丙"))
	const creator = "dcterms:creator"
	mustApply(t, a, "Zhang", field(ids[0], creator, "司法厅"))
	mustApply(t, a, "Li", field(ids[1], creator, "司法厅"))
	mustApply(t, a, "Zhang", field(ids[2], creator, "监狱管理局"))
	mustApply(t, a, "Zhang", tag("tag.add", ids[1], "x")) // no field of it
	check := func(actor string, limit int, want ...archive.ID) {
		t.Helper()
		got, err := a.Worked(ctx, actor, limit)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("worked on by %q: got %v, want %v (%v)", actor, got, want, err)
		}
	}
	check("Zhang", 9, ids[2], ids[0])
	check("Zhang", 1, ids[2])
	check("", 9, ids[2], ids[1], ids[0])
	check("Wang", 9)
	mustApply(t, a, "Zhang", field(ids[0], creator, "司法厅", "县档案局"))
	check("Zhang", 9, ids[0], ids[2])
}

// The latest value comes first while it is nearly as frequent as others; what is
// much more frequent comes before it. What is not in force does not count.
func TestLastValuesAreRecentAndFrequent(t *testing.T) {
	a := newArchive(t)
	var docs []*archive.Incoming
	for i := range 6 {
		docs = append(docs, incoming(fmt.Sprint(i, ".txt"), fmt.Sprint("text ", i),
			archive.Proposal{Field: "dcterms:creator", Value: "proposed", Start: 0, End: 4, Rule: "creator.label"}))
	}
	ids := bring(t, a, docs...)
	const creator = "dcterms:creator"
	for i, v := range []string{"often", "often", "often", "once", "often", "latest"} {
		mustApply(t, a, "Zhang", field(ids[i], creator, v))
	}
	mustApply(t, a, "Zhang", field(ids[3], creator, "twice", "other"))
	got, err := a.LastValues(ctx, creator, 10)
	if want := []string{"often", "twice", "other", "latest"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, want %q (%v)", got, want, err)
	}
	if got, _ := a.LastValues(ctx, creator, 1); len(got) != 1 || got[0] != "often" {
		t.Errorf("one: %q", got)
	}
	if got, err := a.LastValues(ctx, "dcterms:type", 10); err != nil || len(got) != 0 {
		t.Errorf("a field without values: %q %v", got, err)
	}
}
