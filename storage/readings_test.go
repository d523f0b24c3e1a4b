package storage

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// EachReading hands over what each document reads by itself, without those that were removed; Reading one of any.
func TestReadings(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	a := newArchive(t)
	var docs []*archive.Incoming
	for i := range 6 {
		docs = append(docs, incoming(fmt.Sprint("in/", i, ".txt"), noticeText(i, 80)))
	}
	ids := bring(t, a, append(docs, scanIn("in/scan.png", 2))...)
	for range 120 {
		if _, err := a.ApplyEach(ctx, people[rng.Intn(len(people))], randomEdit(rng, mustDocument(t, a, ids[rng.Intn(len(ids))]))); err != nil && !refusal(err) {
			t.Fatal(err)
		}
	}
	mustApply(t, a, "Zhang", fix(ids[0], 0, 1, "source", "甲乙"), &archive.Edit{Do: "document.remove", Doc: string(ids[2])})
	snap, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	mustApply(t, a, "Zhang", fix(ids[1], 0, 1, "source", "后来"))
	if err := snap.Each(ctx, Query{}, func(s Summary) error {
		if !slices.Contains(ids, s.ID) { // a part
			ids = append(ids, s.ID)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want, changed := map[archive.ID]string{}, 0
	for _, id := range ids {
		d, err := snap.Document(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := d.Reading()
		if err != nil {
			t.Fatal(err)
		}
		if r.Text().String() != r.Source().String() {
			changed++
		}
		if d.Status() != archive.Removed {
			want[id] = ownText(r, d.Parts())
		}
		one, err := snap.Reading(ctx, id)
		if err != nil || one.Text != ownText(r, d.Parts()) || one.ID != id || one.Path != d.Info.Path {
			t.Errorf("Reading(%s): %v, %+v", id.Short(), err, one)
		}
	}
	if changed == 0 || len(want) == len(ids) {
		t.Fatal("nothing was corrected, or nothing removed")
	}
	last := ""
	err = snap.EachReading(ctx, func(r Readable) error {
		if r.Text != want[r.ID] || r.Path <= last && !strings.Contains(r.Path+last, "#") {
			t.Errorf("%s (%s) is not what it reads, or in another order", r.ID.Short(), r.Path)
		}
		last = r.Path
		delete(want, r.ID)
		_, err := snap.Reading(ctx, ids[0]) // while it is at it
		return err
	})
	if err != nil || len(want) > 0 {
		t.Errorf("%v; %d were left out", err, len(want))
	}
	stop := errors.New("stop")
	if err := a.EachReading(ctx, func(Readable) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got %v, want what f said", err)
	}
	if _, err := a.Reading(ctx, "nowhere"); !refusal(err) {
		t.Errorf("a document that is not there: %v", err)
	}
}
