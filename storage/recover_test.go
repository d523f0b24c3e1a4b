package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// busy is an archive in which several people did things to n documents, some
// of them large.
func busy(t *testing.T, rng *rand.Rand, n int) (*Archive, []archive.ID) {
	t.Helper()
	a := newArchive(t)
	var docs []*archive.Incoming
	for i := range n {
		text := noticeText(rng.Int(), 200+rng.Intn(3000))
		d := incoming(fmt.Sprintf("d/%d.txt", i), text, archive.Proposal{Field: title, Value: fmt.Sprintf("第%d号", i), Start: 0, End: 3, Rule: "r", Confidence: 0.9})
		if rng.Intn(6) == 0 { // an original that is not its text, and long
			d.Original = make([]byte, 5000+rng.Intn(300_000))
			rng.Read(d.Original)
			if rng.Intn(4) == 0 {
				d.Original = bytes.Repeat(d.Original, 8)
			}
			d.SHA256 = shaOf(d.Original)
		}
		if i == 1 {
			d = scanIn("d/scan.png", 2)
		}
		docs = append(docs, d)
	}
	ids := bring(t, a, docs...)
	for range 4 * n {
		actor := people[rng.Intn(len(people))]
		d := mustDocument(t, a, ids[rng.Intn(n)])
		var err error
		switch rng.Intn(10) {
		case 0:
			if k := lastKind(t, a, actor); k != "document.import" && k != "" {
				_, err = a.Undo(ctx, actor, false)
			}
		case 1:
			_, err = a.Redo(ctx, actor, false)
		default:
			_, err = a.ApplyEach(ctx, actor, randomEdit(rng, d), randomEdit(rng, d))
		}
		if err != nil && !refusal(err) {
			t.Fatal(err)
		}
	}
	return a, ids
}

// asItLies copies an archive as a killed program leaves it, its journal beside it,
// or, closed, as one file.
func asItLies(t *testing.T, a *Archive, killed bool) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "damaged.fonds")
	if !killed {
		a.Close()
	}
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(a.Path() + end)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+end, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// content is all there is of a document, as text.
func content(t *testing.T, a *Archive, id archive.ID) string {
	t.Helper()
	d, err := a.Document(ctx, id)
	if err != nil {
		return "not there"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%+v %s %s\n", *d.Info, d.Title(), d.Status())
	for _, it := range d.Items {
		j, err := archive.Canonical(it)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n", j)
	}
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	o, err := a.Original(ctx, id)
	if err != nil {
		fmt.Fprintf(&b, "%s\nno original", r.Text().String())
		return b.String()
	}
	bytes, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%s\n%s", r.Text().String(), shaOf(bytes))
	return b.String()
}

func recovered(t *testing.T, damaged string) (*Archive, Recovered) {
	t.Helper()
	before := fileHashes(t, damaged)
	out := filepath.Join(t.TempDir(), "new.fonds")
	r, err := Recover(ctx, damaged, out, "Wang", RecoverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if now := fileHashes(t, damaged); now != before {
		t.Fatal("the damaged file was changed")
	}
	a, err := Open(ctx, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a, r
}

func fileHashes(t *testing.T, path string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, e.Name(), shaOf(data))
	}
	return b.String()
}

// TestRecoverWhole: of a file that is sound, and of one with a journal beside it,
// everything is recovered, equal in every row, and nothing is said to be missing.
func TestRecoverWhole(t *testing.T) {
	for seed, killed := range []bool{false, true} {
		a, ids := busy(t, rand.New(rand.NewSource(int64(seed))), 20)
		if err := a.SaveDraft(ctx, Draft{Doc: ids[0], Slot: title, Actor: "Li", Text: "刚写到一半", At: time.UnixMilli(5000)}); err != nil {
			t.Fatal(err)
		}
		want := rowsOf(t, a)
		sound := mustVerify(t, a)
		log := sound.Operations
		b, r := recovered(t, asItLies(t, a, killed))
		if got := rowsOf(t, b); got != want {
			t.Errorf("killed %v: the rows differ:\n%s\nwant\n%s", killed, got, want)
		}
		drafts, err := b.Drafts(ctx, "Li")
		if err != nil || len(drafts) != 1 || drafts[0].Text != "刚写到一半" {
			t.Errorf("drafts: %v (%v)", drafts, err)
		}
		if !r.Whole() || r.Operations != log || r.Documents != sound.Documents || len(r.Lost.Self) > 0 {
			t.Errorf("killed %v: got %+v, want %d operations", killed, r, log)
		}
		rep := mustVerify(t, b)
		if rep.Operations != log+1 || len(rep.Recoveries) != 1 || rep.Recoveries[0].By != "Wang" {
			t.Errorf("verify: %+v", rep)
		}
	}
}
