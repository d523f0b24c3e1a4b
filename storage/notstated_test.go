package storage

import (
	"slices"
	"testing"

	"fonds/storage/archive"
)

// That the source does not state a field is kept, queued, counted and made again like
// any value; it is no word to search for, none to offer, and no title or date of a list.
func TestNotStated(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("1.txt", "甲乙丙丁"), incoming("2.txt", "not stated 原文未载"))
	no := func(id archive.ID, name string) *archive.Edit {
		return &archive.Edit{Do: "field.set", Doc: string(id), Field: name, Values: []archive.ValueIn{archive.ValueOf("")}}
	}
	mustApply(t, a, "Zhang", no(ids[0], archive.TitleField), no(ids[0], archive.DateField), no(ids[1], archive.DateField), field(ids[1], "dcterms:creator", "司法厅"))
	rows, err := a.List(ctx, Query{})
	if err != nil || rows[0].Title != "1.txt" || rows[0].Date != "" {
		t.Errorf("the list shows %+v (%v)", rows[0], err)
	}
	for _, q := range []string{"not", "stated", "原文未载", "未载"} {
		hits, err := a.List(ctx, Query{Search: q})
		if err != nil || len(hits) != 1 || hits[0].ID != ids[1] {
			t.Errorf("searching for %q finds %v (%v), want the document that has the words", q, hits, err)
		}
	}
	if last, err := a.LastValues(ctx, archive.DateField, 10); err != nil || len(last) != 0 {
		t.Errorf("offered are %q (%v)", last, err)
	}
	q, err := a.Assess(ctx, Query{}, func(*archive.Document) []string { return []string{archive.TitleField, archive.DateField} }, nil)
	if err != nil || !slices.Equal(q.NotStated, []FieldCount{{archive.DateField, 2}, {archive.TitleField, 1}}) || !slices.Equal(q.Unfilled, []FieldCount{{archive.TitleField, 1}}) {
		t.Errorf("counted are %+v, and empty %+v (%v)", q.NotStated, q.Unfilled, err)
	}
	mustApply(t, a, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"})
	mustApply(t, a, "Li", no(ids[1], archive.TitleField), field(ids[0], archive.DateField))
	at, err := a.QueuePlaces(ctx, Queue{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	waiting, err := a.QueueRows(ctx, at)
	if err != nil || len(waiting) != 2 {
		t.Fatalf("%+v (%v)", waiting, err)
	}
	for _, w := range waiting {
		if it := (&archive.Item{What: w.What, Text: w.Text, Detail: w.Detail}); !it.NotStated() {
			t.Errorf("a row of the queue does not say it: %+v", w)
		}
	}
	mustVerify(t, a)
	before := rowsOf(t, a)
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, a); got != before {
		t.Errorf("made again the rows are\n%s\nand were\n%s", got, before)
	}
}
