package intake

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
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

// What lies beside a file that says something of it is found again for a preview: in another folder, among the originals of
// a set.
func TestWithinWhatLiesBeside(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 20, 10))); err != nil {
		t.Fatal(err)
	}
	on := func(id, selector string) string {
		return `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","motivation":"tagging","body":{"value":"P"},"target":{"source":"urn:uuid:` + id + `","selector":` + selector + `}}`
	}
	dir := written(t, "set/webannotation/8.jsonld", on("8", `{"type":"TextPositionSelector","start":0,"end":1}`), "set/webannotation/text/8.txt", "words",
		"set/webannotation/9.jsonld", on("9", `{"type":"FragmentSelector","value":"xywh=1,2,3,4"}`), "set/ro-crate/originals/9.png", picture.String())
	if err := os.WriteFile(filepath.Join(dir, "secret.png"), picture.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	climbs := strings.Replace(on("9", `{"type":"FragmentSelector","value":"xywh=1,2,3,4"}`), "urn:uuid:9", `..\\x2f..\\x2fsecret.png`, 1)
	name := filepath.Join(dir, "set", "webannotation", "climbs.jsonld")
	if err := os.WriteFile(name, []byte(climbs), 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err := within(context.Background(), ingest.Found{Path: `x/..\x2f..\x2fsecret.png`, Name: name, Size: int64(len(climbs))}, 1, ingest.Options{}); err == nil {
		t.Errorf("what lies outside was read: %+v", d)
	}
	for _, tt := range []struct{ file, path, text string }{{"8.jsonld", "set/webannotation/text/8.txt", "words"}, {"9.jsonld", "set/ro-crate/originals/9.png", ""}} {
		name := filepath.Join(dir, "set", "webannotation", tt.file)
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := within(context.Background(), ingest.Found{Path: tt.path, Name: name, Size: info.Size()}, 1, ingest.Options{})
		if err != nil || d.Text != tt.text || d.Said == nil || len(d.Said.Marks)+len(d.Said.Regions) != 1 {
			t.Errorf("%s: %+v, %v", tt.path, d, err)
		}
	}
}
