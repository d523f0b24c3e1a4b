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

// worked is a random archive on whose proposals decisions fell too, some of them
// taken back, and whose documents were approved and returned.
func worked(t testing.TB, seed int64) *storage.Archive {
	t.Helper()
	ctx := context.Background()
	a := randomArchive(t, seed)
	rng := rand.New(rand.NewSource(seed))
	try := func(who string, e *archive.Edit) {
		if _, err := a.ApplyEach(ctx, who, e); err != nil {
			t.Fatal(err)
		}
	}
	to, text := "Li", "a remark,\r\n=1"
	try("Zhang", &archive.Edit{Do: "person.set", Name: "Chen", Role: "reviewer"})
	err := a.Each(ctx, storage.Query{}, func(s storage.Summary) error {
		d, err := a.Document(ctx, s.ID)
		if err != nil {
			return err
		}
		id := string(s.ID)
		for _, it := range d.Items {
			if !it.Open() {
				continue
			}
			e := &archive.Edit{Do: "decide", Doc: id, On: string(it.ID), Verdict: []string{"approve", "reject", "approve"}[rng.Intn(3)], Reason: "because " + words(rng, 1)}
			try([]string{"Zhang", "Li", "Chen"}[rng.Intn(3)], e)
		}
		try("Zhang", &archive.Edit{Do: "thread.start", Doc: id, Text: &text})
		try("Zhang", &archive.Edit{Do: "assign", Doc: id, To: &to})
		if rng.Intn(2) == 0 {
			if _, err := a.Undo(ctx, "Chen", false); err != nil && rng.Intn(2) == 0 {
				_, _ = a.Redo(ctx, "Chen", false)
			}
		}
		for _, it := range d.Items { // what is open yet
			if it.Open() {
				try("Chen", &archive.Edit{Do: "decide", Doc: id, On: string(it.ID), Verdict: "approve"})
				try("Zhang", &archive.Edit{Do: "value.refuse", Doc: id, Value: string(it.ID)})
			}
		}
		try("Zhang", &archive.Edit{Do: "document.submit", Doc: id})
		switch rng.Intn(3) {
		case 0:
			try("Zhang", &archive.Edit{Do: "document.approve", Doc: id})
			try("Chen", &archive.Edit{Do: "document.approve", Doc: id})
			try("Chen", &archive.Edit{Do: "document.sample", Doc: id, Verdict: "faulty", Text: &text})
		case 1:
			try("Zhang", &archive.Edit{Do: "document.return", Doc: id, Reason: "=look, again"})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func hexOf(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) }

func TestDecisionRows(t *testing.T) {
	seen := map[string]int{}
	for seed := range int64(6) {
		out, _ := exported(t, worked(t, seed), Choice{Formats: []string{"jsonl"}, Set: All})
		for _, row := range everything(t, out)["decisions"] {
			seen[fmt.Sprint(row[3], " ", row[5])]++
			seen["undone "+row[10]]++
		}
	}
	t.Log(seen)
	for _, want := range []string{"value approve", "value reject", "mark approve", "tag approve", "correction approve", "document approve", "document return", "undone true"} {
		if seen[want] == 0 {
			t.Errorf("no decision %q", want)
		}
	}
}

// namedArchive is an archive with documents of these names, those that can be imported.
func namedArchive(t testing.TB, names []string) *storage.Archive {
	t.Helper()
	a, err := storage.Create(t.Context(), filepath.Join(t.TempDir(), "names.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dublincore"},
		storage.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	in := make(chan *archive.Incoming, len(names))
	for i, name := range names {
		text := fmt.Sprint("text ", i)
		sum := sha256.Sum256([]byte(text))
		in <- &archive.Incoming{Path: name, Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Format: "text/plain", Encoding: "UTF-8",
			Confidence: 1, Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`)}
	}
	close(in)
	if err := a.Import(t.Context(), "Zhang", in, func(r storage.Imported) {
		if r.Err != nil {
			t.Logf("not imported: %v", r.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	return a
}
