package command

import (
	"context"
	"database/sql"
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// rawSQL opens an archive as another program would.
func rawSQL(t *testing.T, path string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); db.Close() })
	return c
}

func exec(t *testing.T, c *sql.Conn, query string, args ...any) {
	t.Helper()
	if _, err := c.ExecContext(context.Background(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func TestInUse(t *testing.T) {
	b := noticeBench(t)
	c := rawSQL(t, b.file("a.fonds"))
	exec(t, c, "BEGIN IMMEDIATE")
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"x"}`
	if b.run("apply", "@a.fonds", "-"); b.exit != 3 || !strings.Contains(b.stderr, "in use") {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
	if got := objects[answer](t, b.stdout); len(got) != 1 || got[0].OK || !strings.Contains(got[0].Error, "not applied") {
		t.Errorf("answers %+v", got)
	}
	if b.run("list", "@a.fonds"); b.exit != 0 {
		t.Errorf("reading while another writes: exit %d: %s", b.exit, b.stderr)
	}
	exec(t, c, "ROLLBACK")
	b.must("apply", "@a.fonds", "-")
}

func TestNewerFormat(t *testing.T) {
	b := noticeBench(t)
	data, err := os.ReadFile(b.file("a.fonds"))
	if err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint32(data[60:], 999) // SQLite's user_version, where the format's number is
	if err := os.WriteFile(b.file("a.fonds"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	if b.run("list", "@a.fonds"); b.exit != 0 || !strings.Contains(b.stderr, "a newer Fonds has written") || b.stdout == "" {
		t.Errorf("list: exit %d: %s%s", b.exit, b.stdout, b.stderr)
	}
	if b.run("import", "@a.fonds", "@n.txt"); b.exit != 3 || !strings.Contains(b.stderr, "update Fonds") {
		t.Errorf("import: exit %d: %s", b.exit, b.stderr)
	}
	after, err := os.ReadFile(b.file("a.fonds"))
	if err != nil || string(after) != string(data) {
		t.Errorf("the archive of a newer Fonds was changed (%v)", err)
	}
}

// An operation of a kind that this Fonds does not know: read, and not changed.
func TestUnknownKind(t *testing.T) {
	b := noticeBench(t)
	exec(t, rawSQL(t, b.file("a.fonds")), "INSERT INTO kinds VALUES('page.turn', 1)")
	if b.run("list", "@a.fonds"); b.exit != 0 || !strings.Contains(b.stderr, "a newer Fonds has written") || b.stdout == "" {
		t.Errorf("list: exit %d: %s%s", b.exit, b.stdout, b.stderr)
	}
	for _, args := range [][]string{{"undo", "@a.fonds"}, {"import", "@a.fonds", "@n.txt"}, {"compact", "@a.fonds"}} {
		if b.run(args...); b.exit != 3 || !strings.Contains(b.stderr, "update Fonds") {
			t.Errorf("%v: exit %d: %s", args, b.exit, b.stderr)
		}
	}
	if b.run("backup", "@a.fonds", "@copy.fonds"); b.exit != 3 || !strings.Contains(b.stderr, "make it with that one") {
		t.Errorf("backup: exit %d: %s", b.exit, b.stderr)
	}
}

// Where an archive lies badly, one line on standard error says so, and the verb
// goes on.
func TestPlaceWarning(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		danger storage.Danger
		want   string
	}{
		{storage.Danger{}, ""},
		{storage.Danger{Kind: "network", What: "nfs4"}, "a network drive (nfs4)"},
		{storage.Danger{Kind: "sync", What: "坚果云"}, "坚果云 copies to other computers"},
	} {
		place := func(e *Env) { e.Place = func(string) storage.Danger { return tt.danger } }
		for _, args := range [][]string{{"new", "@" + tt.danger.Kind + ".fonds"}, {"list", "@" + tt.danger.Kind + ".fonds"}, {"undo", "@" + tt.danger.Kind + ".fonds"}} {
			exit := b.runWith(context.Background(), place, args...)
			if want := map[string]int{"undo": 4}[args[0]]; exit != want {
				t.Errorf("%v: exit %d: %s", args, exit, b.stderr)
			}
			if !strings.Contains(b.stderr, tt.want) {
				t.Errorf("%v: stderr %q, want %q", args, b.stderr, tt.want)
			}
			if n := strings.Count(b.stderr, "warning"); (tt.want == "") != (n == 0) || n > 1 {
				t.Errorf("%v: %d warnings: %q", args, n, b.stderr)
			}
		}
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root writes everywhere")
	}
	b := noticeBench(t)
	if err := os.Chmod(b.dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(b.dir, 0o755)
	b.must("list", "@a.fonds")
	if b.run("undo", "@a.fonds"); b.exit != 3 || !strings.Contains(b.stderr, "cannot be written") {
		t.Errorf("undo: exit %d: %s", b.exit, b.stderr)
	}
}

// What verify finds ends with 3 and names the entry.
func TestVerifyDamaged(t *testing.T) {
	b := noticeBench(t)
	got := b.must("verify", "@a.fonds", "--json")
	want := `{"ok":true,"operations":4,"documents":1,"destroyed":0,"conflicts":0,"heads":{"#1":"` // the hash follows
	if !strings.HasPrefix(plain(got), want) || !strings.HasSuffix(got, `"checked":["chain","tables","originals","index"]}`+"\n") {
		t.Errorf("got  %s\nwant %s", plain(got), want)
	}
	c := rawSQL(t, b.file("a.fonds"))
	exec(t, c, "UPDATE bodies SET body=replace(body, '司法厅', '司法局')")
	if b.run("verify", "@a.fonds", "--json"); b.exit != 3 {
		t.Errorf("exit %d: %s%s", b.exit, b.stdout, b.stderr)
	}
	v := objects[verified](t, b.stdout)[0]
	if v.OK || v.Bad == "" || archive.CheckID(v.BadID) != nil {
		t.Errorf("got %+v", v)
	}
	if b.run("verify", "@a.fonds"); b.exit != 3 || !strings.Contains(b.stdout, "DAMAGED") || !strings.Contains(b.stdout, v.Bad) {
		t.Errorf("exit %d: %s", b.exit, b.stdout)
	}
}

// What cannot be opened is answered by --json too, and said to people beside.
func TestVerifyUnopened(t *testing.T) {
	b := noticeBench(t)
	b.write("page.fonds", "no archive at all")
	for _, name := range []string{"@page.fonds", "@none.fonds"} {
		if b.run("verify", name, "--json"); b.exit != 3 || b.stderr == "" {
			t.Errorf("%s: exit %d, %q", name, b.exit, b.stderr)
		}
		if v := objects[verified](t, b.stdout); len(v) != 1 || v[0].OK || v[0].Bad == "" || !strings.Contains(b.stderr, v[0].Bad) {
			t.Errorf("%s: %s", name, b.stdout)
		}
		if b.run("verify", name); b.exit != 3 || b.stdout != "" {
			t.Errorf("%s: exit %d, %q", name, b.exit, b.stdout)
		}
	}
}

// A clock that is days ahead is spoken of, and nothing is wrong for it.
func TestVerifyClockAhead(t *testing.T) {
	b := noticeBench(t)
	if got := b.must("verify", "@a.fonds"); strings.Contains(got, "clock") {
		t.Errorf("an archive of today: %s", got)
	}
	a, err := storage.Open(context.Background(), b.file("a.fonds"), storage.Options{Now: func() time.Time { return clock.Add(75*time.Hour + time.Minute) }})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Apply(context.Background(), "Li", &archive.Edit{Do: "tag.hotkey", Tag: "t", Key: new(int)}); err != nil {
		t.Fatal(err)
	}
	if got := b.must("verify", "@a.fonds"); !strings.Contains(got, "75 hours ahead") {
		t.Errorf("got %s", got)
	}
	if v := objects[verified](t, b.must("verify", "@a.fonds", "--json"))[0]; !v.OK || v.ClockAhead < 75*3600 || v.ClockAhead > 75*3600+60 {
		t.Errorf("got %+v", v)
	}
}

// A file cut off or overwritten in the middle: 3 and a sentence, from every verb.
func TestDamagedFile(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"cut off":     func(d []byte) []byte { return d[:len(d)/3] },
		"overwritten": func(d []byte) []byte { copy(d[4096:], make([]byte, len(d)-4096-4096)); return d },
		"one page":    func(d []byte) []byte { return d[:4096] },
	} {
		t.Run(name, func(t *testing.T) {
			b := noticeBench(t)
			data, err := os.ReadFile(b.file("a.fonds"))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(b.file("a.fonds"), damage(data), 0o644); err != nil {
				t.Fatal(err)
			}
			b.write("e.jsonl", `{"do":"tag.add","doc":"path:n.txt","tag":"x"}`)
			for _, args := range [][]string{{"verify", "@a.fonds"}, {"verify", "@a.fonds", "--quick", "--json"},
				{"apply", "@a.fonds", "@e.jsonl"}} {
				if b.run(args...); b.exit != 3 || b.stderr == "" && !strings.Contains(b.stdout, "amaged") && !strings.Contains(b.stdout, "DAMAGED") {
					t.Errorf("%v: exit %d: %s%s", args, b.exit, b.stdout, b.stderr)
				}
				if strings.Contains(b.stderr, "a fault in the program") {
					t.Errorf("%v: %s", args, b.stderr)
				}
			}
		})
	}
}
