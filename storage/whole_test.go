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
	ids := bring(t, a, docs...)
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
