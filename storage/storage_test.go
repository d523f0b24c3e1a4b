package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage/archive"
)

const notice = "司法厅召开推进会\n22.11.2015 13:35\n即看到本系统的不足,又学习系统外的长处。李振国厅长讲话。\n"

// TestDay is a day's work on one document, and the same document after the
// program was closed and opened again.
func TestDay(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("a/01.txt", notice, archive.Proposal{Field: archive.TitleField, Value: "司法厅召开推进会", Start: 0, End: 8, Rule: "title"}))[0]
	d := mustDocument(t, a, id)
	if got := d.Status(); got != archive.New {
		t.Errorf("status after import: got %q, want new", got)
	}
	if d.Title() != "司法厅召开推进会" || d.Proposals() != 1 {
		t.Errorf("got title %q and %d proposals", d.Title(), d.Proposals())
	}
	proposal := d.Of(archive.AValue)[0]
	mustApply(t, a, "Zhang", &archive.Edit{Do: "value.take", Value: string(proposal.ID)})
	mustApply(t, a, "王雪梅", tag("tag.add", id, "党建/会议"), mark(id, 46, 49, "", "person"))
	mustApply(t, a, "Zhang", fix(id, 26, 27, "reading", "既"))

	path := a.Path()
	a.Close()
	a, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	d = mustDocument(t, a, id)
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Text().String(), "既看到") {
		t.Errorf("the reading has no 既看到: %q", r.Text().String())
	}
	if got := d.Values(archive.TitleField)[0]; got.By != "Zhang" || got.Anchor == nil || got.Anchor.Quote != "司法厅召开推进会" {
		t.Errorf("taken title: %+v", got)
	}
	if d.Tag("党建/会议") == nil || d.Status() != archive.InProgress {
		t.Errorf("tag or status lost: %v", d.Status())
	}
	self, err := a.Self(ctx)
	if err != nil || self.Person("王雪梅") == nil || archive.Role(self.Person("Zhang").Text) != archive.Owner {
		t.Errorf("people: %+v %v", self.Items, err)
	}
	hits, err := a.List(ctx, Query{Search: "既看到 长处"})
	if err != nil || len(hits) != 1 {
		t.Errorf("search in the reading text: %v %v", hits, err)
	}
	if hits, _ := a.List(ctx, Query{Search: "即看到"}); len(hits) != 0 {
		t.Errorf("search found the words that were corrected away: %v", hits)
	}
	rc, err := a.Original(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(rc); err != nil || string(b) != notice {
		t.Errorf("original: %q %v", b, err)
	}
	mustVerify(t, a)
}

// TestUndoByOwner: each person takes back their own work, in a new process too,
// and what somebody else has built on is refused with their name.
func TestUndoByOwner(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	mustApply(t, a, "Wang", field(id, "dcterms:title", "甲"))
	mustApply(t, a, "Li", tag("tag.add", id, "会议"))
	mustApply(t, a, "Li", field(id, "dcterms:title", "乙"))
	_, err := a.Undo(ctx, "Wang", false)
	if !errors.Is(err, archive.ErrRefused) || !strings.Contains(err.Error(), "Li") {
		t.Errorf("undoing under another's work: got %v, want a refusal that names Li", err)
	}
	path := a.Path()
	a.Close()
	if a, err = Open(ctx, path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	title := func() string { return mustDocument(t, a, id).Title() }
	steps := []struct {
		who, do, title string
		tag            bool
	}{
		{"Li", "undo", "甲", true}, {"Li", "undo", "甲", false}, {"Li", "redo", "甲", true}, {"Li", "redo", "乙", true},
		{"Li", "undo", "甲", true}, {"Wang", "undo", "01.txt", true}, {"Wang", "redo", "甲", true}, {"Li", "redo", "乙", true},
	}
	for i, s := range steps {
		if s.do == "undo" {
			_, err = a.Undo(ctx, s.who, false)
		} else {
			_, err = a.Redo(ctx, s.who, false)
		}
		if err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		if title() != s.title || (mustDocument(t, a, id).Tag("会议") != nil) != s.tag {
			t.Errorf("step %d: got title %q, want %q", i, title(), s.title)
		}
	}
	if _, err := a.Redo(ctx, "Li", false); !errors.Is(err, archive.ErrRefused) {
		t.Errorf("nothing to redo: got %v", err)
	}
	mustVerify(t, a)
}

// TestDuplicates: the same bytes elsewhere are another origin, not a document.
func TestDuplicates(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("a.txt", notice), incoming("b/a.txt", notice), incoming("a.txt", notice), incoming("c.txt", "other"))
	if n, _ := a.Count(ctx, Query{}); n != 2 {
		t.Errorf("got %d documents, want 2", n)
	}
	origins := mustDocument(t, a, ids[0]).Of(archive.AnOrigin)
	if len(origins) != 1 || origins[0].Key != "b/a.txt" {
		t.Errorf("origins: %+v", origins)
	}
	if got := mustDocument(t, a, ids[0]).Status(); got != archive.New {
		t.Errorf("another origin is nobody's work: got %q", got)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if n, _ := a.Count(ctx, Query{}); n != 0 {
		t.Errorf("after undoing the import: %d documents", n)
	}
	mustVerify(t, a)
	if _, err := a.Redo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if hits, _ := a.List(ctx, Query{Search: "推进会"}); len(hits) != 1 {
		t.Errorf("after redo the search finds %v", hits)
	}
	mustVerify(t, a)
}

// TestUndoneInOrder: undo and redo name the documents in the order of the work.
func TestUndoneInOrder(t *testing.T) {
	a := newArchive(t)
	ids := bring(t, a, incoming("1.txt", "一"), incoming("2.txt", "二"))
	mustApply(t, a, "Z", tag("tag.add", ids[0], "x"), tag("tag.add", ids[1], "x"))
	for _, do := range []func() (Undone, error){
		func() (Undone, error) { return a.Undo(ctx, "Z", false) }, func() (Undone, error) { return a.Redo(ctx, "Z", false) }} {
		u, err := do()
		if err != nil || len(u.Docs) != 2 || u.Docs[0] != ids[0] || u.Docs[1] != ids[1] {
			t.Errorf("got %v (%v), want %v", u.Docs, err, ids)
		}
	}
}

// TestRedoneImportKeepsItsOrder: documents whose import is undone and redone
// stand where they stood.
func TestRedoneImportKeepsItsOrder(t *testing.T) {
	a := newArchive(t)
	var docs []*archive.Incoming
	for i := range 12 {
		docs = append(docs, incoming(fmt.Sprintf("%02d.txt", i), fmt.Sprintf("第%d件", i)))
	}
	bring(t, a, docs...)
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	bring(t, a, incoming("later.txt", "后来"))
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Redo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	b := newArchive(t)
	bring(t, b, docs...)
	for _, do := range []func(ctx context.Context, actor string, rest bool) (Undone, error){b.Undo, b.Redo} {
		if _, err := do(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	}
	list, err := b.List(ctx, Query{})
	if err != nil || len(list) != len(docs) {
		t.Fatalf("got %d documents, %v", len(list), err)
	}
	for i, s := range list {
		if s.Path != docs[i].Path {
			t.Errorf("place %d: got %s, want %s", i, s.Path, docs[i].Path)
		}
	}
	mustVerify(t, a)
	mustVerify(t, b)
}

// TestStale: an edit made on a value that somebody has changed since is refused
// with both values.
func TestStale(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	seen := []archive.ID{}
	mustApply(t, a, "Wang", field(id, "dcterms:title", "甲"))
	e := field(id, "dcterms:title", "乙")
	e.Seen = &seen
	_, err := a.Apply(ctx, "Li", e)
	if !errors.Is(err, archive.ErrStale) || !strings.Contains(err.Error(), "甲") || !strings.Contains(err.Error(), "Wang") {
		t.Errorf("got %v", err)
	}
}

// TestAllOrNothing: a refused edit leaves nothing of its batch, not even the
// person it would have made known.
func TestAllOrNothing(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	before, _ := a.Version(ctx)
	_, err := a.Apply(ctx, "New", tag("tag.add", id, "a"), mark(id, 5, 900, "", "person"))
	var ee *EditError
	if !errors.As(err, &ee) || ee.Index != 1 || !errors.Is(err, archive.ErrInvalid) {
		t.Fatalf("got %v", err)
	}
	if after, _ := a.Version(ctx); after != before {
		t.Errorf("the log grew by %d", after-before)
	}
	rs, err := a.ApplyEach(ctx, "New", tag("tag.add", id, "a"), mark(id, 5, 900, "", "person"), tag("tag.add", id, "b"))
	if err != nil || rs[0].Err != nil || rs[1].Err == nil || rs[2].Err != nil {
		t.Errorf("ApplyEach: %+v %v", rs, err)
	}
	mustVerify(t, a)
}

func TestOpenWrongFiles(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	write := func(name string, b []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o666); err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, err := Create(ctx, filepath.Join(dir, "new#1 ?.fonds"), NewArchive{Owner: "Z"}, Options{})
	if err != nil {
		t.Fatalf("a name with odd characters: %v", err)
	}
	a.Close()
	good, _ := os.ReadFile(a.Path())
	notOurs := append([]byte(nil), good...)
	copy(notOurs[68:72], "\x00\x00\x00\x01")
	tests := []struct {
		name, path string
		want       error
	}{
		{"missing", filepath.Join(dir, "no.fonds"), fs.ErrNotExist},
		{"folder", dir, ErrNotArchive},
		{"empty", write("empty.fonds", nil), ErrNotArchive},
		{"text", write("text.fonds", []byte(strings.Repeat("notice ", 50))), ErrNotArchive},
		{"another program's", write(filepath.Base(other), notOurs), ErrNotArchive},
	}
	for _, tt := range tests {
		if _, err := Open(ctx, tt.path, Options{}); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, err := Create(ctx, a.Path(), NewArchive{Owner: "Z"}, Options{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("making over an existing file: %v", err)
	}
	if again, _ := os.ReadFile(a.Path()); string(again) != string(good) {
		t.Error("the existing archive was touched")
	}
}

// TestNewerFormat: what a newer program wrote is opened for reading, with a word.
func TestNewerFormat(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	if _, err := a.w.Exec("PRAGMA user_version=99"); err != nil {
		t.Fatal(err)
	}
	path := a.Path()
	a.Close()
	a, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if ro, why := a.ReadOnly(); !ro || why != "newer" {
		t.Errorf("got %v %q", ro, why)
	}
	if _, err := a.Apply(ctx, "Z", tag("tag.add", id, "x")); !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v", err)
	}
	mustDocument(t, a, id)
}

// TestCopyBeginsItsOwnChain: a copied file goes on with a chain of its own, so
// that two copies never write one number twice.
func TestCopyBeginsItsOwnChain(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	first := a.Replica()
	a.Close()
	b, err := os.ReadFile(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	dup := filepath.Join(t.TempDir(), "copy.fonds")
	if err := os.WriteFile(dup, b, 0o666); err != nil {
		t.Fatal(err)
	}
	c, err := Open(ctx, dup, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	mustVerify(t, c)
	if again, _ := os.ReadFile(dup); string(again) != string(b) {
		t.Error("looking at a copy changed it")
	}
	mustApply(t, c, "Zhang", tag("tag.add", id, "x"))
	if c.Replica() == first {
		t.Error("the copy writes its original's chain")
	}
	if r := mustVerify(t, c); len(r.Heads) != 2 {
		t.Errorf("heads: %v", r.Heads)
	}
}

func TestDrafts(t *testing.T) {
	a := newArchive(t)
	for _, text := range []string{"司", "司法厅"} {
		if err := a.SaveDraft(ctx, Draft{Doc: "d", Slot: "dcterms:title", Actor: "Z", Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	ds, err := a.Drafts(ctx, "Z")
	if err != nil || len(ds) != 1 || ds[0].Text != "司法厅" {
		t.Fatalf("got %v %v", ds, err)
	}
	if err := a.DropDraft(ctx, Draft{Doc: "d", Slot: "dcterms:title", Actor: "Z"}); err != nil {
		t.Fatal(err)
	}
	if ds, _ := a.Drafts(ctx, "Z"); len(ds) != 0 {
		t.Errorf("still %v", ds)
	}
}
