package app_test

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage"
)

// TestKilledWindow kills the window at random moments of typing, tagging and
// marking: the archive is whole each time, what was there before the round is
// there after it, and what was being typed is offered again.
func TestKilledWindow(t *testing.T) {
	rounds := 4
	if os.Getenv("FONDS_LONG") != "" {
		rounds = 200
	}
	d := newDesktop(t, `{"name":"Zhang","language":"en","theme":"light","width":900,"height":600}`)
	archive, notice := filepath.Join(d.dir, "a.fonds"), filepath.Join(d.dir, "n.txt")
	if err := os.WriteFile(notice, []byte("自治区司法厅召开会议\n李振国讲话。\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	d.mustVerb("new", archive, "--as", "Zhang")
	d.mustVerb("import", archive, notice, "--as", "Zhang")
	rng := rand.New(rand.NewSource(1))
	saved := ""
	for i := range rounds {
		d.start(archive)
		d.until("the document", func() bool { return strings.Contains(d.title(), "n.txt") })
		if saved != "" && !d.has(archive, "path:n.txt", "dcterms:title", saved) {
			t.Fatalf("round %d: the title %s is gone", i, saved)
		}
		title := fmt.Sprintf("title %d", i)
		d.keys("ctrl+1", "ctrl+a")
		d.write(title)
		d.keys("Return")
		if rng.Intn(2) == 0 {
			d.until("the title", func() bool { return d.has(archive, "path:n.txt", "dcterms:title", title) })
			saved = title
		} else {
			saved = ""
		}
		for n := rng.Intn(4); n > 0; n-- {
			d.choose(rng.Intn(4), 1+rng.Intn(3))
			d.keys([]string{"p", "o", "l"}[rng.Intn(3)])
		}
		time.Sleep(time.Duration(rng.Intn(120)) * time.Millisecond) // the random moment is what is tested
		d.kill()
		if out, exit := d.verb("verify", archive); exit != 0 {
			t.Fatalf("round %d: verify: exit %d: %s", i, exit, out)
		}
	}

	// A draft: typed, not entered, and the program killed once it is kept.
	d.start(archive)
	d.until("the document", func() bool { return strings.Contains(d.title(), "n.txt") })
	d.keys("ctrl+1", "ctrl+a")
	d.write("an unfinished title")
	d.until("the draft", func() bool { return strings.HasSuffix(draft(t, archive), "an unfinished title") })
	d.kill()
	d.start(archive)
	d.until("the document", func() bool { return strings.Contains(d.title(), "n.txt") })
	// Drafts are read beside the document, and nothing outside says that they are there: what is pressed before does nothing.
	d.until("the draft made a value", func() bool {
		d.keys("ctrl+1", "Return")
		return d.has(archive, "path:n.txt", "dcterms:title", "an unfinished title")
	})
	d.until("the draft to be dropped", func() bool { return draft(t, archive) == "" })
	d.close()
}

func (d *desktop) mustVerb(args ...string) {
	d.t.Helper()
	if out, exit := d.verb(args...); exit != 0 {
		d.t.Fatalf("fonds %v: exit %d: %s", args, exit, out)
	}
}

// draft is the text of the one draft of Zhang in an archive, or "".
func draft(t *testing.T, path string) string {
	t.Helper()
	return draftOf(t, path, "Zhang")
}

func draftOf(t *testing.T, path, who string) string {
	t.Helper()
	a, err := storage.Open(context.Background(), path, storage.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ds, err := a.Drafts(context.Background(), who)
	if err != nil || len(ds) == 0 {
		return ""
	}
	return ds[0].Text
}
