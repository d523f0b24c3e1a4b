package storage

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// scanIn is a scan as a reader would make it: it has pages and no text.
func scanIn(path string, pages int) *archive.Incoming {
	in := incoming(path, "\x89PNG "+path)
	in.Text, in.Format, in.Encoding, in.Pages, in.Pronom = "", "image/png", "", pages, "fmt/13"
	in.Recipe = json.RawMessage(`{"extractor":"picture","version":"1","sizes":[[800,600]]}`)
	return in
}

// pageEdit is something that is done to a document whose pages are pictures.
func pageEdit(rng *rand.Rand, d *archive.Document) *archive.Edit {
	id, page := string(d.ID), 1+rng.Intn(d.Info.Pages)
	region := fmt.Sprintf("page=%d&xywh=pixel:%d,%d,%d,%d", page, rng.Intn(400), rng.Intn(300), 1+rng.Intn(400), 1+rng.Intn(300))
	if rng.Intn(3) == 0 {
		region = fmt.Sprintf("page=%d&polygon=%d,0 500,20 300,%d", page, rng.Intn(300), 100+rng.Intn(400))
	}
	text := strings.Repeat("司法厅", rng.Intn(3))
	switch rng.Intn(7) {
	case 0, 1:
		return &archive.Edit{Do: "mark.add", Doc: id, Label: "person", Region: region, Text: &text}
	case 2:
		return &archive.Edit{Do: "field.set", Doc: id, Field: "dcterms:title", Values: []archive.ValueIn{{Value: "扫描" + text, Evidence: &archive.RangeIn{Region: region}}}}
	case 3, 4:
		pages := make([]string, d.Info.Pages)
		for i := range pages {
			pages[i] = strings.Repeat(fmt.Sprintf("第%d行é\n", rng.Intn(9)), rng.Intn(4))
		}
		e := &archive.Edit{Do: archive.TextKind, Doc: id, Pages: &pages}
		if pages[0] != "" && rng.Intn(2) == 0 {
			e.Seeing = &archive.Seeing{Reader: "tesseract 5", Language: "chi_sim", Words: []archive.SeenWord{{End: 2, Page: 1, X: 1, Y: 1, W: 30, H: 20, Sure: rng.Intn(101)}}}
		}
		return e
	case 5:
		if marks := d.Of(archive.AMark); len(marks) > 0 {
			return &archive.Edit{Do: "mark.edit", Mark: string(marks[rng.Intn(len(marks))].ID), Region: region}
		}
	}
	return &archive.Edit{Do: []string{archive.BelongKind, archive.BelongKind, archive.ApartKind}[rng.Intn(3)], Doc: id,
		Whole: fmt.Sprintf("path:%d.txt", rng.Intn(3)), How: archive.Belongings()[rng.Intn(9)]}
}

// TestWordsPutIntoNoText: what a correction says of a document without a text is found, and not when it is undone.
func TestWordsPutIntoNoText(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("0.txt", "甲乙丙"), scanIn("scan.png", 2))[1]
	found := func(want int) {
		t.Helper()
		if hits, err := a.List(ctx, Query{Search: "图章"}); err != nil || len(hits) != want {
			t.Errorf("found %d documents, want %d (%v)", len(hits), want, err)
		}
		mustVerify(t, a)
	}
	found(0)
	mustApply(t, a, "Zhang", fix(id, 0, 0, "", "有图章"))
	found(1)
	mustApply(t, a, "Zhang", &archive.Edit{Do: archive.TextKind, Doc: string(id), Pages: &[]string{"第一页", "x"}})
	found(0)
	for range 2 {
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	}
	found(0)
	mustRebuild(t, a)
	found(0)
}

// TestAsOfBeforeATextWasTyped: the archive of that moment has no such text.
func TestAsOfBeforeATextWasTyped(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, scanIn("scan.png", 2))[0]
	heads, err := a.Heads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "Zhang", &archive.Edit{Do: archive.TextKind, Doc: string(id), Pages: &[]string{"第一页", "x"}})
	b, done, err := a.AsOf(ctx, heads, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	mustVerify(t, b)
	if d := mustDocument(t, b, id); d.Info.Text != 1 || d.Info.Chars != 0 {
		t.Errorf("it has text %d of %d characters", d.Info.Text, d.Info.Chars)
	}
}
