package storage

import (
	"testing"

	"fonds/storage/archive"
)

// What a document says of itself when it comes in is done with its import, as one
// step to undo; what a rule refuses is said, and the rest is done.
func TestImportWithWhatItSays(t *testing.T) {
	a := newArchive(t)
	in := incoming("a.txt", "会议由李振国主持。")
	start, end, far := 3, 6, 99
	in.Edits = []*archive.Edit{tag("tag.add", "", "会议"), {Do: "mark.add", Start: &start, End: &end, Label: "person"},
		{Do: "mark.add", Start: &start, End: &far, Label: "person"}, {Do: "field.set", Field: "dcterms:title", Values: []archive.ValueIn{{Value: "通知"}}}}
	c := make(chan *archive.Incoming, 1)
	c <- in
	close(c)
	var got []Imported
	if err := a.Import(ctx, "Zhang", c, func(r Imported) { got = append(got, r) }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || len(got[0].Refused) != 1 || refusedAs(got[0].Refused[0]) != "range-outside" {
		t.Fatalf("%+v", got)
	}
	d := mustDocument(t, a, got[0].ID)
	if d.Title() != "通知" || d.Tag("会议") == nil || len(d.Of(archive.AMark)) != 1 || d.Of(archive.AMark)[0].By != "Zhang" {
		t.Errorf("items: %+v", d.Items)
	}
	if docs, err := a.List(ctx, Query{Search: "通知"}); err != nil || len(docs) != 1 {
		t.Errorf("found by its title: %d, %v", len(docs), err)
	}
	mustVerify(t, a)
	if u, err := a.Undo(ctx, "Zhang", false); err != nil || u.Ops != 4 {
		t.Errorf("undo: %+v, %v", u, err)
	}
	if docs, err := a.List(ctx, Query{}); err != nil || len(docs) != 0 {
		t.Errorf("left: %d, %v", len(docs), err)
	}
	if _, err := a.Redo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, a)
}
