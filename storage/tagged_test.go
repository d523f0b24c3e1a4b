package storage

import (
	"slices"
	"testing"

	"fonds/storage/archive"
)

// TestTagged: what is read of tags alone is what the whole documents say, in the order that was asked for.
func TestTagged(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("a.txt", "甲"), incoming("b.txt", "乙"), incoming("c.txt", "丙"))
	for _, e := range []*archive.Edit{tag("tag.add", ids[0], "党建/活动"), tag("tag.add", ids[0], "人事"), tag("tag.add", ids[0], "党建"), tag("tag.remove", ids[0], "人事"),
		tag("tag.add", ids[2], "人事"), {Do: "field.set", Doc: string(ids[2]), Field: archive.TitleField, Values: []archive.ValueIn{{Value: "题名"}}}} {
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	asked := []archive.ID{ids[2], archive.NewID(), ids[0], ids[1], ids[0]}
	var want, got []Tagged
	if err := a.Documents(ctx, asked, func(d *archive.Document) error {
		one := Tagged{ID: d.ID, Title: d.Title(), Status: d.Status()}
		for _, it := range d.Of(archive.ATag) {
			if it.InForce() {
				one.Tags = append(one.Tags, it.Key)
			}
		}
		want = append(want, one)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := a.Tagged(ctx, asked, func(d *Tagged) error { got = append(got, *d); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || !slices.EqualFunc(got, want, func(a, b Tagged) bool {
		return a.ID == b.ID && a.Title == b.Title && a.Status == b.Status && slices.Equal(a.Tags, b.Tags)
	}) {
		t.Errorf("got %v, want %v", got, want)
	}
}
