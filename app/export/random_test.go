package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// odd are pieces of text that formats get wrong.
var odd = []string{
	"司法厅召开推进会", "李振国", "王 芳", "党建/会议", "e\u0301", "👨‍👩‍👧", "𠀀𪛖", "שלום", "\uFFFD", "\x00", "\x0b", "\x1f", "\x7f", "\u0085", "\u2028", "\uFFFE", "\uFDD0", "\U0001FFFF", "\U000E0001",
	"</script>", "<!--", "]]>", "&amp;", "<b>", "\"", "'", "\\", "=1+1", "@SUM(A1)", "+1", "-1", "\t=cmd", "\n", "\n\n", "\t", "  ", ",", ";", "|", "#", "%00", "../../x", "C:\\x", "▯", "□",
	"O", "B-person", "T1\tperson 0 3\tx", "{{x}}", "${x}", "`x`", "a", "Z", "9", "ẞ", "İ", "ﬁ", "Ａ", "。", "，",
}

func words(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(odd[rng.Intn(len(odd))])
	}
	return b.String()
}

// randomArchive is an archive that people and machines have worked on in every way
// that an export has to do with, with texts and words that formats get wrong. What
// an edit is refused for is left out of it.
func randomArchive(t testing.TB, seed int64) *storage.Archive { return randomWith(t, seed, true) }

// randomWith is randomArchive with scans in it or with texts alone.
func randomWith(t testing.TB, seed int64, scans bool) *storage.Archive {
	t.Helper()
	ctx := context.Background()
	rng := rand.New(rand.NewSource(seed))
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), fmt.Sprintf("r%d.fonds", seed)), storage.NewArchive{Owner: "Zhang", Template: "dublincore"},
		storage.Options{Now: func() time.Time { at = at.Add(time.Second); return at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, 9)
	for i := range 1 + rng.Intn(5) {
		text := words(rng, rng.Intn(60))
		if i == 3 {
			text = ""
		}
		name := fmt.Sprintf("in/%d-%s.txt", i, strings.NewReplacer("/", "_", "\x00", "").Replace(words(rng, 1+rng.Intn(4))))
		if rng.Intn(5) == 0 {
			name = fmt.Sprintf("in/%d-%s", i, strings.Repeat("长", 80))
		}
		sum := sha256.Sum256([]byte(fmt.Sprint(i, text)))
		in <- &archive.Incoming{Path: name, Order: i, Original: []byte(fmt.Sprint(i, text)), SHA256: hex.EncodeToString(sum[:]),
			Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Language: []string{"zh", "en", ""}[rng.Intn(3)], Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`),
			Proposals: []archive.Proposal{{Field: "dcterms:title", Value: "proposed", Rule: "r", Confidence: 0.5}}}
	}
	for i := range 1 + rng.Intn(3) {
		if !scans {
			break
		}
		in <- scanOf(fmt.Sprintf("in/scan-%d-%s.png", i, strings.NewReplacer("/", "_", "\x00", "").Replace(words(rng, 1))), 1+rng.Intn(3))
	}
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) {
		if r.Err == nil && r.ID != "" {
			ids = append(ids, r.ID)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if rng.Intn(3) == 0 {
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"}); err != nil {
			t.Fatal(err)
		}
	}
	fields := []string{"dcterms:title", "dcterms:creator", "dcterms:date", "dcterms:language", "dcterms:subject", "dcterms:description", "dcterms:identifier", "dcterms:source"}
	for range 40 {
		id := ids[rng.Intn(len(ids))]
		d, err := a.Document(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		n := d.Info.Chars
		start := rng.Intn(n + 1)
		end := start + rng.Intn(min(n-start, 12)+1)
		text := words(rng, 1+rng.Intn(3))
		e := &archive.Edit{Doc: string(id), Start: &start, End: &end}
		if d.Info.Pages > 0 && rng.Intn(2) == 0 {
			if _, err := a.ApplyEach(ctx, []string{"Zhang", "Li"}[rng.Intn(2)], onPages(rng, d, ids)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		switch rng.Intn(8) {
		case 0, 1:
			e.Do, e.Label = "mark.add", []string{"person", "place", "organisation", "date"}[rng.Intn(4)]
			if rng.Intn(3) == 0 {
				e.Text = &text
			}
		case 2:
			e.Do, e.Text, e.Reason = "correction.propose", &text, "ocr"
		case 3:
			e = &archive.Edit{Do: "tag.add", Doc: string(id), Tag: "类/" + strings.Trim(words(rng, 1), "/")}
		case 4:
			e = &archive.Edit{Do: "note.add", Doc: string(id), Text: &text}
		case 5:
			if rng.Intn(4) == 0 {
				e = &archive.Edit{Do: "document.submit", Doc: string(id)}
				break
			}
			fallthrough
		default:
			e = &archive.Edit{Do: "field.set", Doc: string(id), Field: fields[rng.Intn(len(fields))], Values: []archive.ValueIn{{Value: words(rng, 1+rng.Intn(4))}}}
			if rng.Intn(5) == 0 {
				e.Values[0] = archive.ValueOf("")
			}
			if rng.Intn(2) == 0 && end > start {
				e.Values[0].Evidence = &archive.RangeIn{Start: start, End: end}
			}
		}
		if _, err := a.ApplyEach(ctx, []string{"Zhang", "Li", "Wang"}[rng.Intn(3)], e); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// scanOf is a scan of some pages as it comes in: it has no text.
func scanOf(path string, pages int) *archive.Incoming {
	sum := sha256.Sum256([]byte(path))
	return &archive.Incoming{Path: path, Original: []byte(path), SHA256: hex.EncodeToString(sum[:]), Format: "image/png", Confidence: 1, Pages: pages, Pronom: "fmt/13",
		Recipe:    json.RawMessage(`{"extractor":"picture","version":"1","sizes":[[800,600]]}`),
		Proposals: []archive.Proposal{{Field: "dcterms:date", Value: "1958-03", Detail: "Exif.DateTimeOriginal", Start: -1, End: -1, Rule: "image.metadata", Confidence: 0.7}}}
}

// onPages is something that is done to a document whose pages are pictures: regions on them, what is typed of them, what
// it belongs to.
func onPages(rng *rand.Rand, d *archive.Document, ids []archive.ID) *archive.Edit {
	id := string(d.ID)
	region := fmt.Sprintf("page=%d&xywh=pixel:%d,%d,%d,%d", 1+rng.Intn(d.Info.Pages), rng.Intn(400), rng.Intn(300), 1+rng.Intn(400), 1+rng.Intn(300))
	if rng.Intn(3) == 0 {
		region = fmt.Sprintf("page=%d&polygon=%d,%d 500,20 300,%d", 1+rng.Intn(d.Info.Pages), rng.Intn(300), rng.Intn(300), 100+rng.Intn(400))
	}
	text := words(rng, 2)
	switch rng.Intn(6) {
	case 0, 1:
		return &archive.Edit{Do: "mark.add", Doc: id, Label: []string{"person", "seal"}[rng.Intn(2)], Region: region, Text: &text}
	case 2:
		return &archive.Edit{Do: "field.set", Doc: id, Field: "dcterms:title", Values: []archive.ValueIn{{Value: words(rng, 3), Evidence: &archive.RangeIn{Region: region}}}}
	case 3:
		pages := make([]string, d.Info.Pages)
		for i := range pages {
			pages[i] = words(rng, rng.Intn(9))
		}
		return &archive.Edit{Do: archive.TextKind, Doc: id, Pages: &pages}
	}
	return &archive.Edit{Do: archive.BelongKind, Doc: id, Whole: string(ids[rng.Intn(len(ids))]), How: archive.Belongings()[rng.Intn(9)]}
}

// exported writes an archive out.
func exported(t testing.TB, a *storage.Archive, c Choice) (string, Manifest) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	m, err := Write(context.Background(), a, Options{Choice: c, Out: out, Version: "test", Now: func() time.Time { return time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	return out, m
}

// Every format writes every archive, whatever is in it, and the same bytes of a
// copy on another day.
func TestEveryFormatWritesEveryArchive(t *testing.T) {
	for seed := range int64(12) {
		a := randomArchive(t, seed)
		for _, c := range []Choice{{Set: All}, {Text: Source}, {Set: Approved, Mask: []string{"person"}, Hide: []string{"dcterms:creator"}, Waivers: waivers(t, a)}} {
			c.Formats = Formats()
			one, m := exported(t, a, c)
			if m.Set.Documents == 0 {
				t.Fatalf("seed %d: nothing was written", seed)
			}
			if err := whole(one); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			copied := filepath.Join(t.TempDir(), "copy.fonds")
			if _, err := a.Backup(context.Background(), copied, nil); err != nil {
				t.Fatal(err)
			}
			b, err := storage.Open(context.Background(), copied, storage.Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			two, _ := exported(t, b, c)
			b.Close()
			first, second := tree(t, one), tree(t, two)
			for path, data := range first {
				if second[path] != data {
					t.Errorf("seed %d: %s has other bytes", seed, path)
				}
			}
			if len(first) != len(second) {
				t.Errorf("seed %d: %d files and %d", seed, len(first), len(second))
			}
		}
	}
}

// waivers lets every word stand that is masked and short enough to be part of what
// the program itself writes, has signs in it with which formats write, is as another
// word once it is written (what no text may hold becomes U+FFFD), or is part of one
// that is waived: what is waived is told of.
func waivers(t testing.TB, a *storage.Archive) []Waiver {
	t.Helper()
	var out []Waiver
	m := &masker{labels: map[string]bool{"person": true}, fields: map[string]bool{"dcterms:creator": true}}
	found := map[string]bool{}
	if err := a.Each(context.Background(), storage.Query{}, func(s storage.Summary) error {
		d, err := a.Document(context.Background(), s.ID)
		if err != nil {
			return err
		}
		return m.collect(d, found)
	}); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder // what about.html has of the waivers
	for w := range found {
		if len(w) < 9 || legal(w) != w || strings.ContainsAny(w, "\"<>") {
			said.WriteString(w + "\n" + legal(w) + "\n")
		}
	}
	for w := range found {
		if strings.Contains(said.String(), w) || strings.Contains(said.String(), legal(w)) {
			out = append(out, Waiver{w, "test"})
		}
	}
	return out
}

func unmarshal(line string, v any) error { return json.Unmarshal([]byte(line), v) }
