package export

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// An edition is written again, byte for byte, after the archive has gone on, on
// another day and from a copy; the same set at once is the same edition.
func TestEditionAgain(t *testing.T) {
	ctx := context.Background()
	a := randomArchive(t, 3)
	folder := t.TempDir()
	write := func(a *storage.Archive, name string, day int, o Options) map[string]string {
		t.Helper()
		o.Out, o.Version, o.As = filepath.Join(folder, name), "1", "Zhang"
		o.Now = func() time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }
		m, err := Write(ctx, a, o)
		if err != nil {
			t.Fatal(err)
		}
		if m.Edition != 1 {
			t.Fatalf("%s: edition %d", name, m.Edition)
		}
		return tree(t, o.Out)
	}
	c := Choice{Formats: Formats(), Set: All, Title: "通知", Licence: "CC-BY-4.0"}
	one := write(a, "one", 1, Options{Choice: c, Record: true})
	if again := write(a, "same", 2, Options{Choice: c, Record: true}); !maps.Equal(one, again) {
		t.Error("the same set, recorded again, is other bytes")
	}
	self, err := a.Self(ctx)
	if err != nil || len(self.Of(archive.AnEdition)) != 1 {
		t.Fatalf("%d editions, %v", len(self.Of(archive.AnEdition)), err)
	}
	var id archive.ID
	if err := a.Each(ctx, storage.Query{}, func(s storage.Summary) error { id = s.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:title", Values: []archive.ValueIn{{Value: time.Now().String()}}}); err != nil {
			t.Fatal(err)
		}
	}
	if again := write(a, "later", 20, Options{Edition: 1}); !maps.Equal(one, again) {
		t.Error("the edition, later, is other bytes")
	}
	copied := filepath.Join(folder, "copy.fonds")
	if _, err := a.Backup(ctx, copied, nil); err != nil {
		t.Fatal(err)
	}
	b, err := storage.Open(ctx, copied, storage.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if again := write(b, "copied", 21, Options{Edition: 1}); !maps.Equal(one, again) {
		t.Error("the edition, of a copy, is other bytes")
	}
	if other := write(a, "other", 21, Options{Choice: Choice{Formats: []string{"jsonl"}}, Edition: 1}); other["jsonl/documents.jsonl"] != one["jsonl/documents.jsonl"] {
		t.Error("in fewer formats it is other bytes")
	}
	// What was given out is not undone, and the person goes on undoing what was before it.
	u, err := a.Undo(ctx, "Zhang", false)
	if err != nil || u.Kind != "field.set" {
		t.Errorf("undone: %+v, %v", u, err)
	}
	if _, err := Write(ctx, a, Options{Edition: 2, Out: filepath.Join(folder, "two")}); !errors.Is(err, ErrEdition) {
		t.Errorf("an edition that is not there: %v", err)
	}
	// A set of another moment is another edition.
	m, err := Write(ctx, a, Options{Choice: c, Record: true, As: "Zhang", Version: "1", Out: filepath.Join(folder, "next")})
	if err != nil || m.Edition != 2 {
		t.Errorf("edition %d, %v", m.Edition, err)
	}
	if r, err := a.Verify(ctx, storage.VerifyOptions{}); err != nil || !r.OK {
		t.Errorf("verify: %+v, %v", r, err)
	}
}

// An edition of which something was destroyed is not made up: it is refused, and
// nothing is left.
func TestEditionOfDestroyed(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	folder := t.TempDir()
	if _, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Record: true, As: "Zhang", Out: filepath.Join(folder, "one")}); err != nil {
		t.Fatal(err)
	}
	right, why := "court", "order"
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: archive.DestroyKind, Doc: string(id), Authority: &right, Reason: why}); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(ctx, a, Options{Edition: 1, Out: filepath.Join(folder, "again")}); !errors.Is(err, ErrEdition) {
		t.Errorf("got %v", err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

// A reader records nothing, and no folder is left that says it is an edition.
func TestReaderRecordsNothing(t *testing.T) {
	ctx := context.Background()
	a, _ := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "person.set", Name: "Sun", Role: "reader"}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Record: true, As: "Sun", Out: filepath.Join(folder, "one")}); !errors.Is(err, archive.ErrRefused) {
		t.Errorf("got %v", err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

// The day that closed documents are judged by stays with the edition, also where no
// document says a day.
func TestEditionWithClosed(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "field.set", Doc: string(id), Field: AccessField, Values: []archive.ValueIn{{Value: "控制"}}}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, how := range []string{LeaveOut, ListClosed} {
		on := func(day int) func() time.Time {
			return func() time.Time { return time.Date(2026, 12, day, 0, 0, 0, 0, time.UTC) }
		}
		one := filepath.Join(folder, how+"-1")
		m, err := Write(ctx, a, Options{Choice: Choice{Formats: Formats(), Closed: how}, Record: true, As: "Zhang", Version: "1", Out: one, Now: on(1)})
		if err != nil || m.Filter.Day != "2026-12-01" {
			t.Fatalf("%s: %q, %v", how, m.Filter.Day, err)
		}
		two := filepath.Join(folder, how+"-2")
		if _, err := Write(ctx, a, Options{Edition: m.Edition, Version: "1", Out: two, Now: on(9)}); err != nil {
			t.Errorf("%s: %v", how, err)
			continue
		}
		if !maps.Equal(tree(t, one), tree(t, two)) {
			t.Errorf("%s: other bytes", how)
		}
	}
}

// A day that is only proposed is heard too: the day of the choice stays with the
// edition, which is the same when it is written again.
func TestEditionWithProposedDay(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	if _, err := a.Apply(ctx, "Zhang", &archive.Edit{Do: "policy.set", Review: "everything"}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(ctx, "Wang", &archive.Edit{Do: "field.set", Doc: string(id), Field: AvailableField, Values: []archive.ValueIn{{Value: "2026-01-01"}}}); err != nil {
		t.Fatal(err)
	}
	if d, err := a.Document(ctx, id); err != nil || len(d.Values(AvailableField)) != 0 {
		t.Fatalf("in force: %v, %v", d.Values(AvailableField), err)
	}
	folder := t.TempDir()
	on := func(day int) func() time.Time {
		return func() time.Time { return time.Date(2026, 12, day, 0, 0, 0, 0, time.UTC) }
	}
	one, two := filepath.Join(folder, "1"), filepath.Join(folder, "2")
	m, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}, Set: All}, Record: true, As: "Zhang", Version: "1", Out: one, Now: on(1)})
	if err != nil || m.Set.Documents != 2 || m.Filter.Day != "2026-12-01" {
		t.Fatalf("%d documents, day %q, %v", m.Set.Documents, m.Filter.Day, err)
	}
	if _, err := Write(ctx, a, Options{Edition: m.Edition, Version: "1", Out: two, Now: on(9)}); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(tree(t, one), tree(t, two)) {
		t.Error("other bytes")
	}
}
