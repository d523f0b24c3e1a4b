package storage

import (
	"errors"
	"slices"
	"testing"

	"fonds/storage/archive"
)

// TestEachEntry: the operations come one by one, the oldest first, those of a document or of
// some kinds where these are named; what f returns ends it.
func TestEachEntry(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("1.txt", "one"), incoming("2.txt", "two"))
	mustApply(t, a, "Zhang", tag("tag.add", ids[0], "x"), tag("tag.add", ids[1], "x"), field(ids[0], "dcterms:title", "One"))
	all, err := a.History(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(all)
	for _, c := range []struct {
		doc   archive.ID
		kinds []string
		keeps func(e Entry) bool
	}{
		{"", nil, func(Entry) bool { return true }},
		{ids[0], nil, func(e Entry) bool { return e.Subject == ids[0] }},
		{"", []string{"tag.add"}, func(e Entry) bool { return e.Kind == "tag.add" }},
		{ids[0], []string{"tag.add", "field.set"}, func(e Entry) bool {
			return e.Subject == ids[0] && (e.Kind == "tag.add" || e.Kind == "field.set")
		}},
	} {
		var want, got []archive.ID
		for _, e := range all {
			if c.keeps(e) {
				want = append(want, e.ID)
			}
		}
		if err := a.EachEntry(ctx, c.doc, c.kinds, func(e *Entry) error {
			got = append(got, e.ID)
			if e.Kind == "tag.add" && len(e.Changes) != 1 {
				t.Errorf("%s has changed %d things", e.ID.Short(), len(e.Changes))
			}
			return nil
		}); err != nil || len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s %v: got %v, want %v, %v", c.doc, c.kinds, got, want, err)
		}
	}
	enough, n := errors.New("enough"), 0
	if err := a.EachEntry(ctx, "", nil, func(*Entry) error { n++; return enough }); !errors.Is(err, enough) || n != 1 {
		t.Errorf("%v after %d", err, n)
	}
}
