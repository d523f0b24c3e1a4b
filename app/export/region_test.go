package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// scanned is an archive with a scan of two pages, marked on both, one mark being the evidence of its title, and the back
// of a photograph.
func scanned(t *testing.T) (*storage.Archive, []archive.ID) {
	t.Helper()
	ctx := context.Background()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, 2)
	for i, name := range []string{"scan.tif", "back.jpg"} {
		sum := sha256.Sum256([]byte("the bytes of " + name))
		in <- &archive.Incoming{Path: name, Order: i, Original: []byte("the bytes of " + name), SHA256: hex.EncodeToString(sum[:]), Format: "image/tiff", Pages: 2 - i,
			Recipe: []byte(`{"extractor":"picture","version":"1","sizes":[[1000,1400]]}`)}
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	rect := "page=1&xywh=pixel:10,20,300,40"
	for _, e := range []*archive.Edit{
		{Do: "mark.add", Doc: string(ids[0]), Label: "person", Region: rect, Text: ptr("李振国，厅长")},
		{Do: "mark.add", Doc: string(ids[0]), Label: "place", Region: "page=2&polygon=1,2 30,4 5,60"},
		{Do: "field.set", Doc: string(ids[0]), Field: "dcterms:title", Values: []archive.ValueIn{{Value: "A plan", Evidence: &archive.RangeIn{Region: rect}}}},
		{Do: archive.BelongKind, Doc: string(ids[1]), Whole: string(ids[0]), How: "back"},
	} {
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatalf("%s: %v", e.Do, err)
		}
	}
	return a, ids
}

// TestRegionsAreMasked: where a label or a field is masked that lies on a picture nobody gets the picture, nor what was
// said of the place.
func TestRegionsAreMasked(t *testing.T) {
	a, ids := scanned(t)
	for _, tt := range []struct {
		c    Choice
		gone bool
	}{
		{Choice{}, false}, {Choice{Mask: []string{"person"}}, true}, {Choice{Hide: []string{"dcterms:title"}}, true}, {Choice{Mask: []string{"event"}}, false},
	} {
		tt.c.Formats, tt.c.Set = []string{"jsonl", "bagit"}, All
		out, m := exported(t, a, tt.c)
		said, original := false, false
		for path, data := range tree(t, out) {
			said = said || strings.Contains(data, "李振国")
			original = original || strings.Contains(data, "the bytes of scan.tif") && strings.Contains(path, string(ids[0]))
		}
		if original == tt.gone || said == (len(tt.c.Mask) > 0 && tt.gone) || m.Set.Masked == 0 == tt.gone {
			t.Errorf("%+v: original %t, said %t, %d masked", tt.c, original, said, m.Set.Masked)
		}
	}
}

// TestViewHasRegions: marks on pictures are no marks in words.
func TestViewHasRegions(t *testing.T) {
	a, ids := scanned(t)
	d, err := a.Document(context.Background(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	v, err := View(d, true)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Marks) != 0 || len(v.Regions) != 2 || v.Regions[0].Page != 1 || v.Regions[1].Region != "page=2&polygon=1,2 30,4 5,60" || v.Pages != 2 ||
		v.Fields[0].Region != "page=1&xywh=pixel:10,20,300,40" || v.Fields[0].Evidence != nil {
		t.Errorf("%+v", v)
	}
	if d, err = a.Document(context.Background(), ids[1]); err != nil {
		t.Fatal(err)
	}
	if v, err = View(d, true); err != nil || len(v.Belongs) != 1 || v.Belongs[0].Doc != ids[0] || v.Belongs[0].How != "back" {
		t.Errorf("%+v, %v", v, err)
	}
}
