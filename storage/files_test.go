package storage

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCutOff: an archive that has lost its end is not opened, and not written.
func TestCutOff(t *testing.T) {
	a := newArchive(t)
	bring(t, a, incoming("01.txt", notice))
	a.Close()
	st, err := os.Stat(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(a.Path(), st.Size()-100); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, a.Path(), Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

// TestPendingChangesAreSeen: where the folder cannot be written and the latest
// changes lie in the journal, they are shown or the archive is not opened, but
// never an older state.
func TestPendingChangesAreSeen(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	mustApply(t, a, "Zhang", field(id, "dcterms:title", "新题名"))
	dir := t.TempDir() // a copy as a killed program leaves it: the journal beside the file
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(a.Path() + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "x.fonds"+end), b, 0o444); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "x.fonds")
	if !pending(path) {
		t.Fatal("the journal is empty")
	}
	db, err := openReader(path, 0, "folder")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var title string
	if err := db.QueryRow("SELECT title FROM documents").Scan(&title); err == nil && title != "新题名" {
		t.Errorf("an older state is shown: %q", title)
	}
}

// TestOpenedTwice: opening an archive that this process has open touches the
// file through SQLite only.
func TestOpenedTwice(t *testing.T) {
	a := newArchive(t)
	if !isOpen(a.Path()) {
		t.Fatal("an open archive is not known to be open")
	}
	b, err := Open(ctx, a.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	if !isOpen(a.Path()) {
		t.Error("closing the second closed the first")
	}
	a.Close()
	if isOpen(a.Path()) {
		t.Error("closed, and still known as open")
	}
}

// TestKilledYoung: an archive whose maker was killed before SQLite brought
// anything from its journal into the file itself is opened, with all that was
// answered; a database of another program is not taken for one.
func TestKilledYoung(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	path := filepath.Join(t.TempDir(), "x.fonds")
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(a.Path() + end)
		if err == nil {
			err = os.WriteFile(path+end, b, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b := mustOpen(t, path)
	mustDocument(t, b, id)
	mustVerify(t, b)
	b.Close()
	raw(t, path, "PRAGMA application_id=0")
	if _, err := Open(ctx, path, Options{}); !errors.Is(err, ErrNotArchive) {
		t.Errorf("got %v", err)
	}
}

// A text whose pages are lost is damage, and said to be.
func TestALostTextIsDamage(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("1.txt", "a word that stands nowhere else\n"+noticeText(1, 6000)))[0]
	path := a.Path()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	hit := 0
	for at := 0; at+4096 <= len(data); at += 4096 {
		if page := data[at : at+4096]; bytes.Contains(page, []byte("a word that stands nowhere else")) {
			clear(page[:8]) // it is a page of no kind
			hit++
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil || hit == 0 {
		t.Fatalf("%d pages: %v", hit, err)
	}
	b, err := Open(ctx, path, Options{})
	if err != nil {
		t.Skipf("it does not even open: %v", err)
	}
	defer b.Close()
	d, err := b.Document(ctx, id)
	if err == nil {
		_, err = d.Reading()
	}
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

// TestDamagedTables: what SQLite says of a damaged table or index is found by
// verify, or said on opening, to be damage: not in its own words alone.
func TestDamagedTables(t *testing.T) {
	a := newArchive(t)
	bring(t, a, incoming("a.txt", notice))
	var config string
	if err := a.pool.QueryRow("SELECT name FROM sqlite_master WHERE name LIKE '%\\_config' ESCAPE '\\'").Scan(&config); err != nil {
		t.Fatal(err)
	}
	if _, err := a.w.Exec("DELETE FROM " + config); err != nil {
		t.Fatal(err)
	}
	a.Close()
	b := mustOpen(t, a.Path())
	if r, err := b.Verify(ctx, VerifyOptions{}); err != nil || r.OK || !strings.Contains(r.Bad, "damaged") {
		t.Errorf("without the settings of its index: %+v, %v", r, err)
	}
	if _, err := b.w.Exec("DROP TABLE kinds"); err != nil {
		t.Fatal(err)
	}
	b.Close()
	if _, err := Open(ctx, a.Path(), Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("without its kinds: %v", err)
	}
}
