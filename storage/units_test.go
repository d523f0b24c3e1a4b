package storage

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// unitSet is the edit that makes a unit.
func unitSet(parent string, level archive.Level, code string) *archive.Edit {
	return &archive.Edit{Do: archive.SetUnitKind, Parent: &parent, Level: string(level), Code: &code}
}

func placeIn(doc archive.ID, unit, rank string) *archive.Edit {
	return &archive.Edit{Do: archive.PlaceKind, Doc: string(doc), Unit: &unit, Rank: &rank}
}

// itemNames are the documents of units by their names, in order.
func itemNames(t *testing.T, a *Archive, units ...archive.ID) string {
	t.Helper()
	items, err := a.UnitItems(ctx, units, []string{"dcterms:identifier"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, it := range items {
		out = append(out, it.Name)
	}
	return strings.Join(out, " ")
}

// TestArranged: documents lie in units, in the order of the archive; a query finds those
// of a unit and of all under it; a unit that holds some is not removed; all of it is
// undone, verified and made anew.
func TestArranged(t *testing.T) {
	a := newArchive(t)
	var docs []*archive.Incoming
	for i := range 6 {
		docs = append(docs, incoming(fmt.Sprintf("%d.txt", i), fmt.Sprintf("text %d", i)))
	}
	ids := bring(t, a, docs...)
	mustApply(t, a, "Zhang", unitSet("", archive.AtFonds, "Z109"), unitSet("Z109", archive.AtSeries, "WS"), unitSet("Z109/WS", archive.AtFile, "003"),
		placeIn(ids[0], "Z109/WS/003", ""), placeIn(ids[1], "Z109/WS/003", ""), placeIn(ids[2], "Z109/WS/003", "i"), placeIn(ids[3], "Z109/WS/003", "9"),
		placeIn(ids[4], "Z109", ""))
	mustApply(t, a, "Zhang", &archive.Edit{Do: "field.set", Doc: string(ids[1]), Field: "dcterms:identifier", Values: []archive.ValueIn{{Value: "Z109-WS-003-10"}}})
	mustApply(t, a, "Zhang", &archive.Edit{Do: "field.set", Doc: string(ids[0]), Field: "dcterms:identifier", Values: []archive.ValueIn{{Value: "Z109-WS-003-9"}}})
	self, err := a.Self(ctx)
	if err != nil {
		t.Fatal(err)
	}
	tree := self.Units()
	if got := itemNames(t, a, tree.Find("Z109/WS/003").ID()); got != "3.txt 2.txt 0.txt 1.txt" {
		t.Errorf("the file has %s", got)
	}
	if got := itemNames(t, a); got != "5.txt" {
		t.Errorf("in no unit lies %s", got)
	}
	for q, want := range map[string]string{"unit:Z109": "0 1 2 3 4", "unit:Z109/WS": "0 1 2 3", "unit:Z109/WS/003 -unit:nowhere": "0 1 2 3", "unit:X": "", "unit:z109/ws": "0 1 2 3", "unit:003": "0 1 2 3", "-has:unit": "5", "has:unit": "0 1 2 3 4"} {
		list, err := a.List(ctx, Query{Search: q})
		var got []string
		for _, s := range list {
			got = append(got, strings.TrimSuffix(s.Name, ".txt"))
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: got %v %v, want %s", q, got, err, want)
		}
	}
	counts, err := a.UnitCounts(ctx)
	if err != nil || counts[tree.Find("Z109/WS/003").ID()] != 4 || counts[""] != 1 || counts[tree.Find("Z109/WS").ID()] != 0 {
		t.Errorf("counted %v, %v", counts, err)
	}
	var r *archive.Refusal
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: archive.RemoveUnitKind, Unit: ptr("Z109/WS/003")}); !errors.As(err, &r) || r.Code != "unit-full" {
		t.Errorf("a full unit is removed: %v", err)
	}
	mustVerify(t, a)
	// Emptied and removed in one batch, and that undone.
	var edits []*archive.Edit
	for _, id := range ids[:4] {
		edits = append(edits, placeIn(id, "", ""))
	}
	mustApply(t, a, "Zhang", append(edits, &archive.Edit{Do: archive.RemoveUnitKind, Unit: ptr("Z109/WS/003")})...)
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if got := itemNames(t, a, tree.Find("Z109/WS/003").ID()); got != "3.txt 2.txt 0.txt 1.txt" {
		t.Errorf("undone, the file has %s", got)
	}
	mustVerify(t, a)
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := itemNames(t, a, tree.Find("Z109/WS/003").ID()); got != "3.txt 2.txt 0.txt 1.txt" {
		t.Errorf("made anew, the file has %s", got)
	}
	mustVerify(t, a)
}
