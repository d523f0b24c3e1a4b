package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// strike overwrites pages of a file with noise.
func strike(t *testing.T, path string, on []uint32) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, n := range on {
		page := make([]byte, pageSize)
		rand.New(rand.NewSource(int64(n))).Read(page)
		if _, err := f.WriteAt(page, int64(n-1)*pageSize); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRecoverGaps: verify knows of the gaps that a recovery lists, and of no other:
// an operation that is deleted afterwards is a finding.
func TestRecoverGaps(t *testing.T) {
	a, ids := busy(t, rand.New(rand.NewSource(3)), 25)
	damaged := asItLies(t, a, false)
	sound, err := Open(ctx, a.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := whereItLies(t, sound, damaged)
	sound.Close()
	last := l.ops[ids[12]]
	strike(t, damaged, last[len(last)-1].log)
	b, r := recovered(t, damaged)
	if r.Lost.Lost() == 0 || len(r.Lost.Operations) == 0 {
		t.Fatalf("nothing was lost: %+v", r.Lost)
	}
	rep := mustVerify(t, b)
	if len(rep.Recoveries) != 1 || rep.Recoveries[0].Body.Lost() != r.Lost.Lost() {
		t.Errorf("verify tells of %+v", rep.Recoveries)
	}
	// Recovered once more it has lost nothing else, and still says what it had.
	path := b.Path()
	b.Close()
	c, again := recovered(t, path)
	if again.Lost.Lost() != 0 || len(again.Lost.Documents) != 0 {
		t.Errorf("a second recovery has lost %+v", again.Lost)
	}
	if rep := mustVerify(t, c); len(rep.Recoveries) != 2 {
		t.Errorf("%d recoveries", len(rep.Recoveries))
	}
	for _, id := range ids {
		if b, err = Open(ctx, path, Options{}); err != nil {
			t.Fatal(err)
		}
		if got, want := content(t, c, id), content(t, b, id); got != want {
			t.Errorf("the second recovery differs: %s", differ(got, want))
		}
		b.Close()
	}
	for _, tt := range []struct{ do, want string }{
		{"DELETE FROM log WHERE n=(SELECT max(n) FROM log WHERE kind='document.import')", "comes next"},
		{"DELETE FROM bodies WHERE n=(SELECT max(n) FROM log WHERE kind='document.import')", "lost its body"},
		{"DELETE FROM log WHERE kind='archive.recover'; DELETE FROM bodies WHERE n NOT IN (SELECT n FROM log); DELETE FROM outcomes WHERE n NOT IN (SELECT n FROM log)", "comes next"},
	} {
		copied := filepath.Join(t.TempDir(), "copy.fonds")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied, data, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite3", "file:"+copied)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(tt.do); err != nil {
			t.Fatal(err)
		}
		db.Close()
		d, err := Open(ctx, copied, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if rep, err := d.Verify(ctx, VerifyOptions{}); err != nil || rep.OK || !strings.Contains(rep.Bad, tt.want) {
			t.Errorf("%s: got ok %v, %q (%v), want %q", tt.do, rep.OK, rep.Bad, err, tt.want)
		}
		d.Close()
	}
}

// TestRecoverRules: where the operations are lost that made people and rules, they
// hold on as the tables had them, and nobody's work is judged otherwise.
func TestRecoverRules(t *testing.T) {
	for _, tables := range []bool{true, false} {
		a := newArchive(t)
		mustApply(t, a, "Zhang", person("Li", "reviewer"), person("Wang", "archivist"), &archive.Edit{Do: "policy.set", Review: "everything"})
		var docs []*archive.Incoming
		for i := range 40 {
			docs = append(docs, incoming(fmt.Sprintf("%d.txt", i), noticeText(i, 600)))
		}
		ids := bring(t, a, docs...)
		for i, id := range ids {
			p := mustApply(t, a, "Wang", field(id, title, fmt.Sprint("题", i)), tag("tag.add", id, "t"))
			mustApply(t, a, "Li", decide(p[0].Item, "approve"))
		}
		want := map[archive.ID]string{}
		for _, id := range ids {
			want[id] = content(t, a, id)
		}
		damaged := asItLies(t, a, false)
		sound, err := Open(ctx, a.Path(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		l := whereItLies(t, sound, damaged)
		sound.Close()
		hit := slices.Clone(l.docs[""]) // every operation on the archive itself
		if !tables {
			hit = append(hit, itemPages(t, damaged)...)
		}
		strike(t, damaged, hit)
		b, _ := recovered(t, damaged)
		mustVerify(t, b)
		same := 0
		for _, id := range ids {
			if slices.ContainsFunc(l.docs[id], func(n uint32) bool { return slices.Contains(hit, n) }) {
				continue
			}
			same++
			if got := content(t, b, id); tables && got != want[id] {
				t.Errorf("a document is not as it was: %s", differ(got, want[id]))
			}
		}
		if same < 10 {
			t.Fatalf("only %d documents lie elsewhere", same)
		}
		self, err := b.Self(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if tables {
			for name, role := range map[string]string{"Zhang": "owner", "Li": "reviewer", "Wang": "archivist"} {
				if p := self.Person(name); p == nil || p.Text != role {
					t.Errorf("%s is %+v, want %s", name, p, role)
				}
			}
			refused(t, b, "role", "Wang", person("Wang", "owner"))
			p := mustApply(t, b, "Wang", field(ids[39], title, "新"))
			if it := mustDocument(t, b, ids[39]).Item(p[0].Item); !it.Open() {
				t.Error("the policy does not hold any more")
			}
		} else if p := self.Person("Wang"); p == nil || p.Text != "owner" {
			t.Errorf("nobody owns the archive: %+v", p)
		}
		mustVerify(t, b)
	}
}

// itemPages are the pages of the items of the archive itself.
func itemPages(t *testing.T, path string) (on []uint32) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(data)/pageSize; n++ {
		page := string(data[n*pageSize:][:pageSize])
		if strings.Contains(page, "settingaccepted") || strings.Contains(page, "personaccepted") {
			on = append(on, uint32(n+1))
		}
	}
	if len(on) == 0 {
		t.Fatal("no such page")
	}
	return on
}

// TestRecoverRefuses: what cannot be, and that nothing is left then.
func TestRecoverRefuses(t *testing.T) {
	a := newArchive(t)
	bring(t, a, incoming("1.txt", notice))
	out := filepath.Join(t.TempDir(), "out.fonds")
	if _, err := Recover(ctx, a.Path(), out, "Li", RecoverOptions{}); !errors.Is(err, ErrInUse) {
		t.Errorf("an archive that is open here: %v", err)
	}
	a.Close()
	if _, err := Recover(ctx, a.Path(), a.Path(), "Li", RecoverOptions{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("onto itself: %v", err)
	}
	if _, err := Recover(ctx, a.Path(), out, "", RecoverOptions{}); !errors.Is(err, archive.ErrInvalid) {
		t.Errorf("by nobody: %v", err)
	}
	for _, when := range []string{"pages", "tables", "operations"} {
		stopped, stop := context.WithCancel(ctx)
		_, err := Recover(stopped, a.Path(), out, "Li", RecoverOptions{Progress: func(what string, _, _ int) {
			if what == when {
				stop()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("stopped at %s: %v", when, err)
		}
		stop()
	}
	noise := filepath.Join(t.TempDir(), "noise")
	for _, data := range []string{"", "x", strings.Repeat("no archive ", 5000)} {
		if err := os.WriteFile(noise, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Recover(ctx, noise, out, "Li", RecoverOptions{}); !errors.Is(err, ErrNothing) {
			t.Errorf("%.10q: %v", data, err)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// TestRecoverDestroyed: nothing of a document that was destroyed comes back, though
// it may still lie between the rows of the damaged file; neither where the
// operation is lost that destroyed it.
func TestRecoverDestroyed(t *testing.T) {
	for _, lost := range []bool{false, true} {
		a := newArchive(t)
		var docs []*archive.Incoming
		for i := range 30 {
			docs = append(docs, incoming(fmt.Sprintf("%d.txt", i), noticeText(i, 1200)))
		}
		docs[7] = incoming("secret.txt", strings.Repeat("绝密内容", 500))
		ids := bring(t, a, docs...)
		mustApply(t, a, "Zhang", field(ids[7], title, "绝密题名"))
		dirty := filepath.Join(t.TempDir(), "before") // pages as they were, put behind the file as if they had been freed
		a.Close()
		data, err := os.ReadFile(a.Path())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dirty, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if a, err = Open(ctx, a.Path(), Options{}); err != nil {
			t.Fatal(err)
		}
		mustApply(t, a, "Zhang", &archive.Edit{Do: archive.DestroyKind, Doc: string(ids[7]), Authority: new("§ 7"), Reason: "by law"})
		damaged := asItLies(t, a, false)
		if lost {
			sound, err := Open(ctx, a.Path(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			l := whereItLies(t, sound, damaged)
			sound.Close()
			ops := l.ops[ids[7]]
			strike(t, damaged, ops[len(ops)-1].log)
		}
		f, err := os.OpenFile(damaged, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(data); err != nil {
			t.Fatal(err)
		}
		f.Close()
		b, r := recovered(t, damaged)
		mustVerify(t, b)
		if got := content(t, b, ids[7]); got != "not there" {
			t.Errorf("lost %v: the document is there again", lost)
		}
		b.Close()
		if data, err = os.ReadFile(b.Path()); err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"绝密内容", "绝密题名", "secret.txt"} {
			if strings.Contains(string(data), word) {
				t.Errorf("lost %v: %s lies in the new file", lost, word)
			}
		}
		if lost == r.Whole() {
			t.Errorf("lost %v: %+v", lost, r.Lost)
		}
	}
}
