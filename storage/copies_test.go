package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"fonds/storage/archive"
)

// day is a moment of a day of November 2026 in a zone of its own: 23:30 there is
// another day in UTC.
func day(n int) time.Time {
	return time.Date(2026, 11, n, 23, 30, 0, 0, time.FixedZone("", -5*3600))
}

func setting(key, value string) *archive.Edit {
	return &archive.Edit{Do: "setting.set", Setting: key, SetTo: value}
}

// names lists a folder, "" where it is not there.
func names(t testing.TB, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, "|")
}

func mustDaily(t testing.TB, a *Archive, now time.Time, want bool) string {
	t.Helper()
	path, made, err := a.DailyCopy(ctx, now, nil)
	if err != nil || made != want {
		t.Fatalf("%s: made %v, want %v: %v", now.Format(time.DateOnly), made, want, err)
	}
	return path
}

// TestDailyCopy: one a day, if something was done since the last; so many are
// kept as the archive says, and only what is ours is deleted.
func TestDailyCopy(t *testing.T) {
	a := newArchive(t)
	id := bring(t, a, incoming("01.txt", notice))[0]
	folder := CopiesFolder(a.Path())
	edit := func(n int) { mustApply(t, a, "Zhang", tag("tag.add", id, fmt.Sprint("t", n))) }
	path := mustDaily(t, a, day(1), true)
	if want := filepath.Join(filepath.Dir(a.Path()), "test.copies", "test 2026-11-01.fonds"); path != want {
		t.Errorf("made %s, want %s", path, want)
	}
	looked := mustOpen(t, path)
	mustVerify(t, looked)
	looked.Close()
	edit(1)
	mustDaily(t, a, day(1), false) // there is one of that day
	mustDaily(t, a, day(2), true)
	mustDaily(t, a, day(3), false) // nothing was done
	mustApply(t, a, "Zhang", setting("copies", "3"))
	for n := 4; n <= 6; n++ {
		edit(n)
		mustDaily(t, a, day(n), true)
	}
	if got, want := names(t, folder), "test 2026-11-04.fonds|test 2026-11-05.fonds|test 2026-11-06.fonds"; got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
	// What is not ours stays: another's database, a copy somebody works in, a
	// folder, other names, copies before a migration.
	for name, content := range map[string]string{"test 2026-01-01.fonds": "SQLite format 3\x00 of another", "test 2026-01-01.txt": "",
		"other 2026-01-01.fonds": "", "test before format 2.fonds": "", "test 2026-13-01.fonds": ""} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "test 2026-01-02.fonds"), 0o777); err != nil {
		t.Fatal(err)
	}
	worked := mustOpen(t, filepath.Join(folder, "test 2026-11-04.fonds"))
	mustApply(t, worked, "Li", tag("tag.add", id, "worked"))
	worked.Close()
	mustApply(t, a, "Zhang", setting("copies", "1"))
	mustDaily(t, a, day(7), true)
	want := "other 2026-01-01.fonds|test 2026-01-01.fonds|test 2026-01-01.txt|test 2026-01-02.fonds|test 2026-11-04.fonds|test 2026-11-07.fonds|test 2026-13-01.fonds|test before format 2.fonds"
	if got := names(t, folder); got != want {
		t.Errorf("kept\n%s, want\n%s", got, want)
	}
	mustApply(t, a, "Zhang", setting("copies", "0"))
	mustDaily(t, a, day(8), false)
	if got := names(t, folder); got != want {
		t.Errorf("with no copies asked for, there are %s", got)
	}
	// A clock that ran ahead once stops nothing, and the copy of today stays.
	mustApply(t, a, "Zhang", setting("copies", "1"))
	if err := os.Rename(filepath.Join(folder, "test 2026-11-07.fonds"), filepath.Join(folder, "test 2035-01-01.fonds")); err != nil {
		t.Fatal(err)
	}
	mustDaily(t, a, day(9), true)
	if got := names(t, folder); !strings.Contains(got, "2026-11-09") || !strings.Contains(got, "2035-01-01") {
		t.Errorf("there are %s", got)
	}
}

// TestDailyCopyOnce: of many windows at the same moment one makes the copy; a part
// that a killed program left stops nobody for long.
func TestDailyCopyOnce(t *testing.T) {
	a := full(t, 3)
	folder := CopiesFolder(a.Path())
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for range 4 {
		b := mustOpen(t, a.Path())
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, ok, err := b.DailyCopy(ctx, time.Now(), nil)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if ok {
				made++
			}
		}()
	}
	wg.Wait()
	if got := strings.Split(names(t, folder), "|"); made != 1 || len(got) != 1 {
		t.Errorf("made %d; there are %v", made, got)
	}
	mustApply(t, a, "Zhang", setting("copies", "5"))
	part := filepath.Join(folder, "test 2026-11-02.fonds.part")
	if err := os.WriteFile(part, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	touch := func(at time.Time) {
		if err := os.Chtimes(part, at, at); err != nil {
			t.Fatal(err)
		}
	}
	touch(day(2).Add(-59 * time.Minute))
	mustDaily(t, a, day(2), false)
	touch(day(2).Add(-61 * time.Minute))
	mustDaily(t, a, day(2), true)
	if got := names(t, folder); strings.Contains(got, ".part") {
		t.Errorf("there are %s", got)
	}
}

// TestDailyCopyFails: a copy that cannot be made says why, leaves nothing, and can
// be made later; it can be stopped.
func TestDailyCopyFails(t *testing.T) {
	a := full(t, 3)
	folder := CopiesFolder(a.Path())
	copyPragma = "PRAGMA max_page_count=8"
	_, made, err := a.DailyCopy(ctx, day(1), nil)
	copyPragma = ""
	if made || !errors.Is(err, ErrFull) {
		t.Errorf("made %v: %v", made, err)
	}
	stop, cancel := context.WithCancel(ctx)
	if _, made, err := a.DailyCopy(stop, day(1), func(string, int, int) { cancel() }); made || !errors.Is(err, context.Canceled) {
		t.Errorf("made %v: %v", made, err)
	}
	cancel()
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is %s with %s", folder, names(t, folder))
	}
	if err := os.WriteFile(folder, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, made, err := a.DailyCopy(ctx, day(1), nil); made || err == nil {
		t.Errorf("made %v: %v", made, err)
	}
	os.Remove(folder)
	mustDaily(t, a, day(1), true)
}

// TestCopiesSetting: a number of the owner's.
func TestCopiesSetting(t *testing.T) {
	a := newArchive(t)
	for _, tt := range []struct {
		who, key, value, want string
	}{
		{"Zhang", "copies", "-1", "from 0 to 1000"},
		{"Zhang", "copies", "many", "from 0 to 1000"},
		{"Zhang", "copies", "", "needs \"value\""},
		{"Zhang", "colour", "7", "the settings are: copies"},
		{"Li", "copies", "3", "owner"},
		{"Zhang", "copies", " 3 ", ""},
		{"Zhang", "copies", "3", "changes nothing"},
	} {
		_, err := a.Apply(ctx, tt.who, setting(tt.key, tt.value))
		if got := fmt.Sprint(err); tt.want == "" && err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
	self, err := a.Self(ctx)
	if err != nil || self.Copies() != 3 {
		t.Errorf("got %d: %v", self.Copies(), err)
	}
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if self, _ = a.Self(ctx); self.Copies() != 7 {
		t.Errorf("got %d", self.Copies())
	}
	mustVerify(t, a)
}

// nextFormat adds a migration, as a later program has it.
func nextFormat(t *testing.T, text string) {
	t.Helper()
	steps = nextSteps(text)
	t.Cleanup(func() { steps = migrations })
}

func nextSteps(text string) fs.FS {
	m := fstest.MapFS{}
	for n := 1; n <= newest(); n++ {
		name := fmt.Sprintf("migrations/%04d.sql", n)
		b, err := fs.ReadFile(migrations, name)
		if err != nil {
			panic(err) // the files are in the program
		}
		m[name] = &fstest.MapFile{Data: b}
	}
	m[fmt.Sprintf("migrations/%04d.sql", newest()+1)] = &fstest.MapFile{Data: []byte(text)}
	return m
}

// TestCopyBeforeMigration: what is brought to a newer format lies beside it as it
// was, under a name that is kept, and nothing is done without that.
func TestCopyBeforeMigration(t *testing.T) {
	a := full(t, 3)
	want := mustVerify(t, a)
	a.Close()
	folder, old := CopiesFolder(a.Path()), newest()
	nextFormat(t, "CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;")
	copyPragma = "PRAGMA max_page_count=8"
	_, err := Open(ctx, a.Path(), Options{})
	copyPragma = ""
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("without room: %v", err)
	}
	if got := names(t, folder); got != "" {
		t.Errorf("there is %s", got)
	}
	if _, err := Open(ctx, a.Path(), Options{ReadOnly: true}); !errors.Is(err, ErrOlder) {
		t.Errorf("for reading only: %v", err)
	}
	name := fmt.Sprintf("test before format %d", old+1)
	before, err := os.ReadFile(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	for round, kept := range []string{name + ".fonds", name + ".fonds"} {
		b := mustOpen(t, a.Path())
		if got := mustVerify(t, b); fmt.Sprint(got.Heads) != fmt.Sprint(want.Heads) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got := names(t, folder); got != kept {
			t.Errorf("round %d: there is %s, want %s", round, got, kept)
		}
		b.Close()
		mustOpen(t, a.Path()).Close() // no other copy
		if err := os.WriteFile(a.Path(), before, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	steps = migrations
	c := mustOpen(t, filepath.Join(folder, name+".fonds"))
	if got := mustVerify(t, c); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the copy has %+v, want %+v", got, want)
	}
	c.Close()
	b := mustOpen(t, a.Path()) // goes on in the old format, and is brought up again
	mustApply(t, b, "Zhang", setting("copies", "2"))
	b.Close()
	nextFormat(t, "CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;")
	b = mustOpen(t, a.Path())
	if got, want := names(t, folder), name+" (2).fonds|"+name+".fonds"; got != want {
		t.Errorf("there is %s, want %s", got, want)
	}
	for n := 1; n < 5; n++ {
		mustApply(t, b, "Zhang", setting("copies", fmt.Sprint(n+2)))
		mustDaily(t, b, day(n), true)
	}
	if got := strings.Count(names(t, folder), "before"); got != 2 {
		t.Errorf("copies before a migration were deleted: %d are left", got)
	}
}

// TestMigrateTwice: two programs that open an old archive at the same time bring
// it to the new format once.
func TestMigrateTwice(t *testing.T) {
	a := full(t, 2)
	a.Close()
	nextFormat(t, "CREATE TABLE extra(x INTEGER PRIMARY KEY) STRICT;")
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b, err := Open(ctx, a.Path(), Options{})
			if err != nil {
				t.Error(err)
				return
			}
			b.Close()
		}()
	}
	wg.Wait()
	if got := strings.Split(names(t, CopiesFolder(a.Path())), "|"); len(got) != 1 {
		t.Errorf("there are %v", got)
	}
}
