package intake

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fonds/app/ingest"
	"fonds/storage"
	"fonds/storage/archive"
)

// What is said of pictures comes in as marks on them and as evidence of values.
func TestRegionsComeIn(t *testing.T) {
	ctx, a := context.Background(), newArchive(t)
	at := func(s string) archive.Region {
		r, err := archive.ParseRegion(s)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	said := &ingest.Annotated{Fields: map[string][]string{"dcterms:title": {"A plan", "Another"}},
		Regions: []ingest.Region{{Region: at("page=1&xywh=pixel:1,2,3,4"), Label: "seal", Comment: "red", Authority: "https://viaf.org/1"}, {Region: at("page=2&polygon=1,2 30,4 5,60"), Label: "place"}},
		Shown:   []ingest.Shown{{Region: at("page=2&xywh=pixel:5,6,7,8"), Field: "dcterms:title", Value: "Another"}}}
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "a.tif", Original: []byte("a"), SHA256: strings.Repeat("a", 64), Format: "image/tiff", Pages: 2, Recipe: []byte(`{"sizes":[[100,100]]}`), Edits: edits(said)}
	close(in)
	var got []string
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) {
		if r.Err != nil || len(r.Refused) > 0 {
			t.Fatal(r.Err, r.Refused)
		}
		d, err := a.Document(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range d.Items {
			if it.Anchor.OnPicture() {
				got = append(got, fmt.Sprint(it.What, " ", it.Key, " ", it.Text, " ", it.Detail, " ", it.Anchor.Region, " ", it.InForce()))
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	want := "value dcterms:title Another  page=2&xywh=pixel:5,6,7,8 true\nmark seal red https://viaf.org/1 page=1&xywh=pixel:1,2,3,4 true\nmark place   page=2&polygon=1,2 30,4 5,60 true"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
