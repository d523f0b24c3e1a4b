package storage

import (
	"strings"
	"testing"

	"fonds/storage/archive"
)

func belong(part archive.ID, whole, how string) *archive.Edit {
	return &archive.Edit{Do: archive.BelongKind, Doc: string(part), Whole: whole, How: how}
}

// partNames are what belongs to a document, by name and how.
func partNames(t *testing.T, a *Archive, whole archive.ID) string {
	t.Helper()
	parts, err := a.Parts(ctx, whole)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range parts {
		out = append(out, p.Name+" "+p.How)
	}
	return strings.Join(out, ", ")
}

// TestBelonging: attachments come in with their letter and know it, also one that was there before; people say what
// else belongs together; nothing belongs to itself; approvals stay, and all is undone, verified and made anew.
func TestBelonging(t *testing.T) {
	a := newArchive(t)
	there := bring(t, a, incoming("minutes.txt", "the minutes"))[0]
	letter := incoming("letter.eml", "a letter")
	attached := incoming("letter.eml/plan.txt", "a plan")
	again := incoming("letter.eml/minutes.txt", "the minutes")
	attached.Belongs = []archive.Belonged{{SHA256: letter.SHA256, How: "attachment", Rank: "2"}}
	again.Belongs = []archive.Belonged{{SHA256: letter.SHA256, How: "attachment", Rank: "1"}, {SHA256: strings.Repeat("0", 64), How: "part"}}
	in := make(chan *archive.Incoming, 3)
	in <- letter
	in <- attached
	in <- again
	close(in)
	var got []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r Imported) { got = append(got, r.ID) }); err != nil {
		t.Fatal(err)
	}
	if got := partNames(t, a, got[0]); got != "minutes.txt attachment, plan.txt attachment" {
		t.Errorf("to the letter belong %s", got)
	}
	for query, want := range map[string]int{"within:path:letter.eml": 2, "within:" + string(got[0]): 2, "within:nowhere1": 0, "has:whole": 2, "has:attachment": 1, "-has:whole": 1} {
		if n, err := a.Count(ctx, Query{Search: query}); err != nil || n != want {
			t.Errorf("%s: %d, not %d, %v", query, n, want, err)
		}
	}

	mustApply(t, a, "Zhang", belong(got[1], string(there), "page"))
	for _, e := range []*archive.Edit{belong(got[0], string(got[1]), "part"), belong(there, string(there), "part"), belong(there, "nowhere1", "part"),
		belong(there, string(got[1]), "back"), belong(got[1], string(there), "sideways"), belong(got[1], string(there), "page"),
		{Do: archive.ApartKind, Doc: string(there), Whole: string(got[1])}} {
		if _, err := a.Apply(ctx, "Zhang", e); err == nil {
			t.Errorf("%s belongs to %s as %s", e.Doc, e.Whole, e.How)
		}
	}
	hash := mustDocument(t, a, got[1]).ContentHash()
	mustApply(t, a, "Zhang", belong(got[1], string(there), "back"), &archive.Edit{Do: archive.ApartKind, Doc: string(got[1]), Whole: got[0].Short()})
	if now := mustDocument(t, a, got[1]).ContentHash(); now != hash {
		t.Error("what belongs together is content")
	}
	if got := partNames(t, a, got[0]) + "; " + partNames(t, a, there); got != "minutes.txt attachment; plan.txt back" {
		t.Errorf("it is %s", got)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if got := partNames(t, a, got[0]) + "; " + partNames(t, a, there); got != "minutes.txt attachment, plan.txt attachment; plan.txt page" {
		t.Errorf("undone it is %s", got)
	}
	if to, err := a.BelongsTo(ctx, got[1]); err != nil || len(to) != 2 {
		t.Errorf("it belongs to %v, %v", to, err)
	}
	mustVerify(t, a)
}

// TestRegions: a mark and the evidence of a value lie on the picture of a page; they stay where they are whatever text is
// read, and what is no part of a picture is refused.
func TestRegions(t *testing.T) {
	a := newArchive(t)
	scan := incoming("scan.jpg", "")
	scan.Pages, scan.Recipe = 2, []byte(`{"extractor":"picture","version":"1","sizes":[[400,300],[100,200]]}`)
	ids := bring(t, a, scan, incoming("plain.txt", "words"))
	rect, polygon := "page=1&xywh=pixel:10,20,300,40", "page=2&polygon=1,2 30,4 5,60"
	mustApply(t, a, "Zhang", &archive.Edit{Do: "mark.add", Doc: string(ids[0]), Label: "person", Region: polygon},
		&archive.Edit{Do: "mark.add", Doc: string(ids[0]), Label: "seal", Region: rect},
		&archive.Edit{Do: "field.set", Doc: string(ids[0]), Field: "dcterms:title", Values: []archive.ValueIn{{Value: "A plan", Evidence: &archive.RangeIn{Region: rect}}}})
	d := mustDocument(t, a, ids[0])
	var got []string
	for _, it := range d.Of(archive.AMark) {
		got = append(got, it.Key+" "+it.Anchor.Region)
	}
	if want := "seal " + rect + ", person " + polygon; strings.Join(got, ", ") != want {
		t.Errorf("marks %v, not %s", got, want)
	}
	if v := d.Values("dcterms:title"); len(v) != 1 || v[0].Anchor == nil || v[0].Anchor.Region != rect {
		t.Errorf("the title is %+v", v)
	}
	for query, want := range map[string]int{"has:region": 1, "has:picture": 1, "has:no-text": 1, "has:evidence": 1, "has:mark": 1} {
		if n, err := a.Count(ctx, Query{Search: query}); err != nil || n != want {
			t.Errorf("%s: %d, not %d, %v", query, n, want, err)
		}
	}
	start := 0
	for _, e := range []*archive.Edit{
		{Doc: string(ids[1]), Region: rect}, {Doc: string(ids[0]), Region: "page=3&xywh=pixel:1,1,1,1"}, {Doc: string(ids[0]), Region: "page=0&xywh=pixel:1,1,1,1"},
		{Doc: string(ids[0]), Region: "page=1&xywh=pixel:1,1,0,1"}, {Doc: string(ids[0]), Region: "page=1&polygon=1,1 2,2"}, {Doc: string(ids[0]), Region: "page=1&xywh=percent:1,1,1,1"},
		{Doc: string(ids[0]), Region: rect, Start: &start, End: &start}, {Doc: string(ids[0]), Region: "page=1&polygon=1,1 1,2 1,3"}, {Doc: string(ids[0]), Region: "page=1&xywh=pixel:-5,1,9,9"}, {Doc: string(ids[0]), Region: "page=1&xywh=pixel:399,1,9,9"},
		{Doc: string(ids[0]), Region: "page=2&xywh=pixel:10,20,300,40"},
	} {
		e.Do, e.Label = "mark.add", "person"
		if _, err := a.Apply(ctx, "Zhang", e); err == nil {
			t.Errorf("%s is marked", e.Region)
		}
	}
	seal := d.Of(archive.AMark)[0].ID
	moved := "page=1&xywh=pixel:11,20,300,40"
	mustApply(t, a, "Zhang", &archive.Edit{Do: "mark.edit", Mark: string(seal), Region: moved})
	if got := mustDocument(t, a, ids[0]).Item(seal).Anchor.Region; got != moved {
		t.Errorf("moved to %s", got)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if got := mustDocument(t, a, ids[0]).Item(seal).Anchor.Region; got != rect {
		t.Errorf("moved back to %s", got)
	}
	mustVerify(t, a)
}
