package storage

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"fonds/storage/archive"
)

// Wholes reads what Document, Recipe and History read one by one.
func TestWholes(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	a := newArchive(t)
	var docs []*archive.Incoming
	for i := range 5 {
		docs = append(docs, incoming(fmt.Sprint(i, ".txt"), noticeText(i, 80)))
	}
	ids := bring(t, a, append(docs, scanIn("scan.png", 2))...)
	for range 80 {
		if _, err := a.ApplyEach(ctx, people[rng.Intn(len(people))], randomEdit(rng, mustDocument(t, a, ids[rng.Intn(len(ids))]))); err != nil && !refusal(err) {
			t.Fatal(err)
		}
	}
	asked := []archive.ID{ids[3], "nowhere", ids[0], ids[4]}
	got, err := a.Wholes(ctx, asked, true)
	if err != nil || len(got) != 3 {
		t.Fatalf("%d, %v", len(got), err)
	}
	for i, id := range []archive.ID{ids[3], ids[0], ids[4]} {
		w, d := got[i], mustDocument(t, a, id)
		recipe, err := a.Recipe(ctx, id, d.Info.Text)
		if err != nil {
			t.Fatal(err)
		}
		history, err := a.History(ctx, id, 0)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(history)
		one, err := w.Reading()
		if err != nil {
			t.Fatal(err)
		}
		two, err := d.Reading()
		if err != nil {
			t.Fatal(err)
		}
		if w.ID != id || string(w.Recipe) != string(recipe) || !reflect.DeepEqual(w.History, history) || !slices.EqualFunc(w.Items, d.Items, (*archive.Item).Equal) ||
			!reflect.DeepEqual(w.Info, d.Info) || one.Text().String() != two.Text().String() {
			t.Errorf("document %d is not what is read alone", i)
		}
	}
}

// Described reads the items of the kinds that are asked for, and no others.
func TestDescribed(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("1.txt", noticeText(1, 80)), incoming("2.txt", noticeText(2, 80)))
	mustApply(t, a, people[0], field(ids[0], "dcterms:title", "甲", "乙"), tag("tag.add", ids[0], "党建"), mark(ids[1], 0, 2, "", "person"), field(ids[1], "dcterms:title", "丙"))
	got, err := a.Described(ctx, []archive.ID{ids[1], "nowhere", ids[0]}, archive.AValue, archive.ATag)
	if err != nil || len(got) != 2 || got[0].ID != ids[1] || got[1].ID != ids[0] {
		t.Fatalf("%d, %v", len(got), err)
	}
	for _, d := range got {
		whole := mustDocument(t, a, d.ID)
		var want []*archive.Item
		for _, it := range whole.Items {
			if it.What == archive.AValue || it.What == archive.ATag {
				want = append(want, it)
			}
		}
		if len(want) == 0 || !slices.EqualFunc(d.Items, want, (*archive.Item).Equal) || !reflect.DeepEqual(d.Info, whole.Info) {
			t.Errorf("%s has %d items, want %d", d.Info.Path, len(d.Items), len(want))
		}
	}
	if none, err := a.Described(ctx, ids); err != nil || len(none) != 2 || len(none[0].Items) != 0 {
		t.Errorf("of no kind: %v", err)
	}
}
