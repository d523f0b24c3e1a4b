package storage

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// begun records that an import of Zhang's began, and gives its id.
func begun(t *testing.T, a *Archive) archive.ID {
	t.Helper()
	r := mustApply(t, a, "Zhang", &archive.Edit{Do: archive.ImportBeginKind, ImportBegin: &archive.ImportBegin{From: []string{"/in"}, LeftOut: 1, Encodings: map[string]int{"Big5": 2}}})
	return r[0].Item
}

func ended(of archive.ID, how string, skips int) *archive.Edit {
	e := &archive.ImportEnd{Of: of, How: how, Imported: 2, Skipped: skips, Reasons: map[string]int{"empty": skips}}
	for i := range skips {
		e.Skips = append(e.Skips, archive.ImportSkip{Path: fmt.Sprint(i, ".txt"), Reason: "empty"})
	}
	return &archive.Edit{Do: archive.ImportEndKind, ImportEnd: e}
}

// An import is interrupted until it has ended, which it does once. An undo takes out
// its documents and passes by what is recorded; what is recorded is made again from
// the log, and stands a recovery.
func TestImportsAreRecorded(t *testing.T) {
	a := newArchive(t)
	id := begun(t, a)
	docs := bring(t, a, incoming("a.txt", "one"), incoming("b.txt", "two"))
	if got := archive.Interrupted(mustDocument(t, a, "")); len(got) != 1 || got[0].ID != id || got[0].By != "Zhang" {
		t.Fatalf("interrupted: %+v", got)
	}
	mustApply(t, a, "Li", ended(id, archive.ImportStopped, archive.MostSkips+100))
	self := mustDocument(t, a, "")
	all := self.Of(archive.AnImport)
	if len(archive.Interrupted(self)) != 0 || len(all) != 1 || all[0].Key != archive.ImportStopped || all[0].RevBy != "Li" {
		t.Fatalf("ended: %+v", all)
	}
	im, err := all[0].Import()
	if err != nil || im.Begin.Encodings["Big5"] != 2 || im.End == nil || im.End.Reasons["empty"] != archive.MostSkips+100 || len(im.End.Skips) != 0 || im.At == 0 {
		t.Fatalf("%+v, %v", im, err)
	}
	if len(all[0].Detail) > 1000 {
		t.Errorf("the archive's own document holds %d bytes of it", len(all[0].Detail))
	}
	end, lost, err := a.ImportEnded(ctx, &im)
	if err != nil || lost || len(end.Skips) != archive.MostSkips || end.Skips[7].Path != "7.txt" {
		t.Fatalf("%+v, %v, %v", end, lost, err)
	}
	_, err = a.Apply(ctx, "Zhang", ended(id, archive.ImportFinished, 0))
	if !errors.Is(err, archive.ErrStale) || !strings.Contains(err.Error(), "Li has ended") {
		t.Errorf("ended twice: %v", err)
	}
	if _, err = a.Apply(ctx, "Zhang", ended(docs[0], archive.ImportFinished, 0)); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("one that never began: %v", err)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if n, err := a.Count(ctx, Query{}); err != nil || n != 0 {
		t.Errorf("after an undo %d documents, %v", n, err)
	}
	if n := len(mustDocument(t, a, "").Of(archive.AnImport)); n != 1 {
		t.Errorf("after an undo %d imports", n)
	}
	mustVerify(t, a)
	before := mustDocument(t, a, "").Of(archive.AnImport)[0].Detail
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, a)
	out := filepath.Join(t.TempDir(), "out.fonds")
	if _, err := Recover(ctx, asItLies(t, a, true), out, "Zhang", RecoverOptions{}); err != nil {
		t.Fatal(err)
	}
	b, err := Open(ctx, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, x := range []*Archive{a, b} {
		if got := mustDocument(t, x, "").Of(archive.AnImport); len(got) != 1 || got[0].Detail != before {
			t.Errorf("made again: %+v", got)
		}
		mustVerify(t, x)
	}
}

// Two copies that both end an import are put together: the first end counts, and the
// other one is a conflict, as everywhere.
func TestImportEndedInTwoCopies(t *testing.T) {
	a := newArchive(t)
	id := begun(t, a)
	now := time.Now().Add(time.Hour)
	c := fork(t, a, 7, func() time.Time { now = now.Add(time.Second); return now })
	mustApply(t, a, "Zhang", ended(id, archive.ImportFinished, 1))
	mustApply(t, c, "Zhang", ended(id, archive.ImportGivenUp, 0))
	for _, p := range parcels(t, a, []*Archive{c}) {
		p(t, a)
	}
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if r := mustVerify(t, a); r.Conflicts != 1 {
		t.Errorf("%d conflicts", r.Conflicts)
	}
	if it := mustDocument(t, a, "").Of(archive.AnImport); len(it) != 1 || it[0].Key != archive.ImportFinished {
		t.Errorf("%+v", it)
	}
}

// What is kept to go on with is nobody's draft, and names no file once it is forgotten.
func TestKeptImport(t *testing.T) {
	a := newArchive(t)
	id := begun(t, a)
	if text, err := a.KeptImport(ctx, id); text != "" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if err := a.KeepImport(ctx, id, `{"paths":["/in/a.txt"]}`); err != nil {
		t.Fatal(err)
	}
	if text, err := a.KeptImport(ctx, id); !strings.Contains(text, "/in/a.txt") || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if d, err := a.Drafts(ctx, "Zhang"); len(d) != 0 || err != nil {
		t.Errorf("drafts of Zhang: %+v, %v", d, err)
	}
	mustVerify(t, a)
	for range 2 {
		if err := a.ForgetImport(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := a.KeptImport(ctx, id); text != "" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

func TestKnown(t *testing.T) {
	a := newArchive(t)
	one, two := incoming("a.txt", "one"), incoming("b.txt", "two")
	ids := bring(t, a, one, two)
	got, err := a.Known(ctx, []string{two.SHA256, strings.Repeat("0", 64), one.SHA256})
	if err != nil || len(got) != 2 || got[one.SHA256] != ids[0] || got[two.SHA256] != ids[1] {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := a.Known(ctx, nil); err != nil || len(got) != 0 {
		t.Errorf("of none: %v, %v", got, err)
	}
}
