package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// randomRegion is a rectangle or a polygon somewhere on one of some pages.
func randomRegion(rng *rand.Rand, sizes [][2]int) archive.Region {
	r := archive.Region{Page: 1 + rng.Intn(len(sizes))}
	w, h := sizes[r.Page-1][0], sizes[r.Page-1][1]
	if rng.Intn(2) == 0 {
		x, y := rng.Intn(w), rng.Intn(h)
		r.Points = [][2]int{{x, y}, {x + 1 + rng.Intn(w-x), y + 1 + rng.Intn(h-y)}}
		return r
	}
	for range 3 + rng.Intn(8) {
		r.Points = append(r.Points, [2]int{rng.Intn(w + 1), rng.Intn(h + 1)})
	}
	return r
}

// drawnArchive is an archive of pictures of several pages and sizes, of which some have a text, with marks and evidence all
// over them. The bytes of the pictures say what they are, for the readers of a test.
func drawnArchive(t *testing.T, seed int64) *storage.Archive {
	t.Helper()
	ctx, rng := context.Background(), rand.New(rand.NewSource(seed))
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), fmt.Sprintf("d%d.fonds", seed)), storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in, all := make(chan *archive.Incoming, 4), [][][2]int{}
	for i := range 4 {
		var sizes [][2]int
		for range 1 + rng.Intn(4) {
			sizes = append(sizes, [2]int{1 + rng.Intn(12000), 1 + rng.Intn(9000)})
		}
		said, err := json.Marshal(sizes)
		if err != nil {
			t.Fatal(err)
		}
		text := []string{"", "", "a page\nof words"}[rng.Intn(3)]
		data := fmt.Appendf(nil, "PICTURE\xFF\n%s\n%s", said, text)
		sum := sha256.Sum256(data)
		in <- &archive.Incoming{Path: fmt.Sprintf("in/%d.tif", i), Order: i, Original: data, SHA256: hex.EncodeToString(sum[:]), Format: "image/tiff", Pages: len(sizes), Text: text,
			Recipe: fmt.Appendf(nil, `{"extractor":"picture","version":"1","sizes":%s}`, said)}
		all = append(all, sizes)
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) {
		if r.Err == nil && r.ID != "" {
			ids = append(ids, r.ID)
		}
	}); err != nil || len(ids) != len(all) {
		t.Fatalf("%d documents, %v", len(ids), err)
	}
	for range 40 {
		i := rng.Intn(len(ids))
		region := randomRegion(rng, all[i]).String()
		if _, err := archive.ParseRegion(region); err != nil {
			continue // without an area
		}
		e := &archive.Edit{Do: "mark.add", Doc: string(ids[i]), Region: region, Label: []string{"person", "place", "own label", "机构·"}[rng.Intn(4)]}
		switch rng.Intn(4) {
		case 0:
			e.Text = ptr(words(rng, 1+rng.Intn(3)))
		case 1:
			e.Authority = ptr("https://viaf.org/viaf/12345/人")
		case 2:
			field := []string{"dcterms:title", "dcterms:creator", "dcterms:subject"}[rng.Intn(3)]
			e = &archive.Edit{Do: "field.set", Doc: string(ids[i]), Field: field, Values: []archive.ValueIn{{Value: fmt.Sprintf("value %d", rng.Intn(1000)), Evidence: &archive.RangeIn{Region: region}}}}
		}
		if _, err := a.ApplyEach(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// drawnSet is a set of pictures, and what there is to be found on them by format and SHA-256.
type drawnSet struct {
	Dir  string
	Want map[string]map[string][]string
}

// TestRegionsComeBack: what lies on pictures is read back from every format that has it: the same places, labels, comments,
// addresses, and evidence where the format has that. The readers are not below this package: their own test reads what lies
// in a folder.
func TestRegionsComeBack(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip(err)
	}
	var all []drawnSet
	n := 0
	for seed := range int64(seeds() / 4) {
		a := drawnArchive(t, seed)
		out, _ := exported(t, a, Choice{Formats: []string{"jsonl", "tei", "webannotation", "labelstudio", []string{"bagit", "ro-crate"}[seed%2]}})
		set := drawnSet{out, map[string]map[string][]string{"jsonl": {}, "tei": {}, "webannotation": {}, "labelstudio": {}}}
		for _, d := range documentsOf(t, out, Choice{}) {
			for format, want := range set.Want {
				text := asItIs
				if format == "tei" || format == "labelstudio" {
					text = legal
				}
				want[d.SHA256] = onPictures(d, text, format != "labelstudio")
				n += len(want[d.SHA256])
			}
		}
		all = append(all, set)
	}
	if n < 100 {
		t.Errorf("there are %d things on pictures only", n)
	}
	dir := t.TempDir()
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "want.json"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(goTool, "test", "-count=1", "-run", "^TestRegionsReadBack$", "fonds/app/ingest")
	cmd.Env = append(os.Environ(), "FONDS_REGIONS_BACK="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := strings.TrimSpace(read(t, dir, "read")); got != fmt.Sprint(n) {
		t.Errorf("%s were read back of %d", got, n)
	}
	t.Logf("%d regions and pieces of evidence read back from %d sets", n, len(all))
}

// onPictures lists what is said of the pictures of a document, as the test of package ingest says it.
func onPictures(d *Doc, text func(string) string, evidence bool) []string {
	var out []string
	for _, r := range d.Regions {
		out = append(out, fmt.Sprintf("%s %q %q %q", r.Region, text(r.Label), text(r.Text), r.Authority))
	}
	for _, v := range d.Fields {
		if evidence && v.Region != "" {
			out = append(out, fmt.Sprintf("%s %s %q", v.Region, v.Field, text(v.Value)))
		}
	}
	slices.Sort(out)
	return out
}
