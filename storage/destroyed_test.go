package storage

import (
	"errors"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// TestDestroy: who may, with what words, and what a destroyed document answers.
func TestDestroy(t *testing.T) {
	a, id := team(t, "none")
	ids := bring(t, a, incoming("2.txt", noticeText(2, 100)), incoming("3.txt", noticeText(3, 100)))
	mustApply(t, a, "Wang", field(ids[0], title, "older work"))
	mustApply(t, a, "Wang", field(id, title, "甲"), tag("tag.add", id, "x"))
	for _, who := range []string{"Li", "Wang", "Sun", "Somebody"} {
		refused(t, a, "role", who, destroy(id))
	}
	if self, _ := a.Self(ctx); self.Person("Somebody") != nil {
		t.Error("somebody joined by being refused")
	}
	refused(t, a, "missing", "Zhang", &archive.Edit{Do: archive.DestroyKind, Doc: string(id), Authority: new(" "), Reason: "x"})
	refused(t, a, "missing", "Zhang", &archive.Edit{Do: archive.DestroyKind, Doc: string(id), Authority: new("x")})
	mustApply(t, a, "Wang", about("document.remove", ids[1]))
	mustApply(t, a, "Zhang", destroy(id), destroy(ids[1])) // also one out of sight
	mustVerify(t, a)

	for _, e := range []*archive.Edit{field(id, title, "乙"), destroy(id), about("document.restore", ids[1]), field(archive.ID(id.Short()), title, "丙")} {
		refused(t, a, "doc-destroyed", "Zhang", e)
	}
	_, err := a.Find(ctx, id.Short())
	coded(t, "finding it", err, "doc-destroyed")
	if !strings.Contains(err.Error(), "by Zhang") || !strings.Contains(err.Error(), "Retention plan 7") {
		t.Errorf("it does not say by whom and by what right: %v", err)
	}
	_, err = a.Document(ctx, id)
	coded(t, "reading it", err, "doc-destroyed")
	coded(t, "a draft on it", a.SaveDraft(ctx, Draft{Doc: id, Slot: "x", Actor: "Wang", Text: "甲", At: time.Now()}), "doc-destroyed")
	_, err = a.Original(ctx, id)
	coded(t, "its original", err, "doc-destroyed")
	_, err = a.Recipe(ctx, id, 1)
	coded(t, "how its text was made", err, "doc-destroyed")
	_, err = a.Undo(ctx, "Wang", false)
	coded(t, "undoing a step on it", err, "doc-destroyed")
	_, err = a.Undo(ctx, "Zhang", false)
	coded(t, "undoing the end", err, "undo-destroyed")
	_, err = a.Redo(ctx, "Zhang", false)
	coded(t, "redoing", err, "redo-nothing")

	h, err := a.History(ctx, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range h {
		if want := archive.Destroyed; i > 0 && (e.Outcome != want || e.Body != nil || e.Salt != nil || e.Changes != nil) {
			t.Errorf("%s is %q in the history, want %q and nothing else", e.Kind, e.Outcome, want)
		}
	}
	if h[0].Kind != archive.DestroyKind || h[0].Outcome != archive.Applied || len(h) != 4 {
		t.Errorf("the history is %d long and ends with %s (%s)", len(h), h[0].Kind, h[0].Outcome)
	}

	// The same bytes may come in again, as a document of their own.
	again := bring(t, a, incoming("1.txt", noticeText(1, 200)))[0]
	if again == "" || again == id {
		t.Fatalf("importing the same bytes again gave %q", again)
	}
	if got := values(t, a, again, title); len(got) != 0 {
		t.Errorf("the new document knows of the old: %q", got)
	}
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if r := mustVerify(t, a); r.Destroyed != 2 || r.Documents != 2 || len(r.Destructions) != 2 {
		t.Errorf("verify counts %d destroyed, %d documents", r.Destroyed, r.Documents)
	}
}

// coded wants a refusal with a code.
func coded(t *testing.T, what string, err error, want string) {
	t.Helper()
	var r *archive.Refusal
	if !errors.As(err, &r) || r.Code != want {
		t.Errorf("%s: got %v, want the refusal %s", what, err, want)
	}
}

// TestDestroyBatch: of a batch on several documents, one of which is destroyed,
// the rest can still be taken back; a destroy in a batch ends what came before.
func TestDestroyBatch(t *testing.T) {
	a, id := team(t, "none")
	other := bring(t, a, incoming("2.txt", noticeText(2, 100)))[0]
	mustApply(t, a, "Wang", tag("tag.add", id, "x"), tag("tag.add", other, "x"))
	mustApply(t, a, "Zhang", field(id, title, "乙"), destroy(id), field(other, title, "丙"))
	_, err := a.Undo(ctx, "Wang", false)
	coded(t, "undoing all", err, "undo-part")
	u, err := a.Undo(ctx, "Wang", true)
	if err != nil || u.Ops != 1 || len(u.Left) != 1 {
		t.Fatalf("undoing the rest: %d undone, %d left, %v", u.Ops, len(u.Left), err)
	}
	if mustDocument(t, a, other).Tag("x") != nil {
		t.Error("the tag of the other document is still there")
	}
	refused(t, a, "doc-destroyed", "Zhang", field(other, title, "丁"), tag("tag.add", id, "y"))
	res, err := a.ApplyEach(ctx, "Zhang", destroy(other), tag("tag.add", other, "y"), destroy(other))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "doc-destroyed", "doc-destroyed"} {
		if want != "" {
			coded(t, "after it in one batch", res[i].Err, want)
		}
	}
	mustVerify(t, a)
}

// TestDestroySharedOriginal: an original stays while another document needs it,
// also one that a redo may bring back.
func TestDestroySharedOriginal(t *testing.T) {
	a := newArchive(t)
	first := bring(t, a, incoming("1.txt", notice))[0]
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "Zhang", person("Li", "owner"))
	in := make(chan *archive.Incoming, 1)
	in <- incoming("1.txt", notice)
	close(in)
	var second archive.ID
	if err := a.Import(ctx, "Li", in, func(i Imported) { second = i.ID }); err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "Li", destroy(second))
	if _, err := a.Undo(ctx, "Zhang", false); err != nil { // of the person set, so that the redo comes next
		t.Fatal(err)
	}
	if _, err := a.Redo(ctx, "Zhang", false); err != nil {
		t.Fatal(err)
	}
	if n := count(t, a, "SELECT count(*) FROM blobs"); n != 1 {
		t.Fatalf("%d originals, want the one that the first import needs", n)
	}
	mustVerify(t, a)
	mustApply(t, a, "Li", destroy(first)) // out of the list, but not out of the file
	if n := count(t, a, "SELECT count(*) FROM blobs") + count(t, a, "SELECT count(*) FROM chunks") + count(t, a, "SELECT count(*) FROM texts"); n != 0 {
		t.Errorf("%d rows of the original and the text are left", n)
	}
	if done, err := a.Erase(ctx, nil); !done || err != nil {
		t.Fatal(done, err)
	}
	if got := inBytes(t, a.Path(), [][]byte{[]byte(notice[:24])}); len(got) > 0 {
		t.Error(got)
	}
	mustVerify(t, a)
}

func count(t *testing.T, a *Archive, query string) (n int) {
	t.Helper()
	if err := a.pool.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDestroyArrives: what another copy brings of a document that is destroyed
// here is destroyed too, and verify finds it until then.
func TestDestroyArrives(t *testing.T) {
	a, id := team(t, "none")
	mustApply(t, a, "Wang", field(id, title, "甲"))
	whole := filepath.Join(t.TempDir(), "whole.fonds")
	if _, err := a.Backup(ctx, whole, nil); err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "Zhang", destroy(id))
	if _, err := a.Erase(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := a.w.Exec("ATTACH ? AS o", whole); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ do, want string }{
		{"INSERT INTO bodies SELECT b.* FROM o.bodies b JOIN o.log l ON l.n=b.n WHERE l.kind='field.set'", "still has its body"},
		{"INSERT INTO texts SELECT * FROM o.texts", "source texts"},
		{"INSERT INTO blobs SELECT * FROM o.blobs; INSERT INTO chunks SELECT * FROM o.chunks", "no operation has brought in"},
		{"INSERT INTO items SELECT * FROM o.items WHERE text='甲'", "stands in no operation"},
		{"INSERT INTO documents SELECT * FROM o.documents", "stands in no operation"},
		{"INSERT INTO passages SELECT * FROM o.passages", "passages"},
		{"INSERT INTO drafts VALUES('" + string(id) + "','x','Wang','甲',0)", "drafts"},
	} {
		if _, err := a.w.Exec(tt.do); err != nil {
			t.Fatalf("%s: %v", tt.do, err)
		}
		if r, err := a.Verify(ctx, VerifyOptions{}); err != nil || r.OK || !strings.Contains(r.Bad, tt.want) {
			t.Errorf("%s: got ok %v, %q (%v), want %q", tt.do, r.OK, r.Bad, err, tt.want)
		}
		if err := a.Rebuild(ctx, nil); err != nil {
			t.Fatal(err)
		}
		mustVerify(t, a)
	}
	if due, _ := a.EraseDue(ctx); due != 1 {
		t.Errorf("%d are to be erased anew, want 1", due)
	}
	if done, err := a.Erase(ctx, nil); !done || err != nil {
		t.Fatal(done, err)
	}
	if got := inBytes(t, a.Path(), [][]byte{[]byte("甲"), []byte(noticeText(1, 200)[:20])}); len(got) > 0 {
		t.Error(got)
	}
}

// TestRandomWorkAndDestroying: with an index of many parts, documents that come
// and go and are destroyed: search finds what a scan finds, the log alone gives
// the same rows, and nothing is due after erasing.
func TestRandomWorkAndDestroying(t *testing.T) {
	defer func(n int) { partLen = n }(partLen)
	for seed := int64(0); seed < int64(rounds(6, 300)); seed++ {
		rng := rand.New(rand.NewSource(seed))
		partLen = 1 + rng.Intn(12)
		a := newArchive(t)
		ids := fillWith(t, a, int(seed)*100, 3)
		for i := 0; i < 50; i++ {
			at := rng.Intn(len(ids))
			var err error
			switch rng.Intn(12) {
			case 0:
				ids = append(ids, fillWith(t, a, int(seed)*100+10+i, 1)...)
			case 1:
				if len(ids) > 1 {
					_, err = a.Apply(ctx, "Zhang", destroy(ids[at]))
					ids = append(ids[:at], ids[at+1:]...)
				}
			case 2:
				if lastKind(t, a, "Zhang") != "document.import" {
					_, err = a.Undo(ctx, "Zhang", true)
				}
			case 3:
				if rng.Intn(3) == 0 {
					_, err = a.Erase(ctx, nil)
				}
			case 4:
				if rng.Intn(3) == 0 {
					err = a.Rebuild(ctx, nil)
				}
			default:
				_, err = a.Apply(ctx, "Zhang", randomEdit(rng, mustDocument(t, a, ids[at])))
			}
			if err != nil && !refusal(err) {
				t.Fatalf("seed %d, step %d: %v", seed, i, err)
			}
		}
		mustVerify(t, a)
		scan(t, a, ids, rng)
		if done, err := a.Erase(ctx, nil); !done || err != nil {
			t.Fatalf("seed %d: erasing: %v, %v", seed, done, err)
		}
		mustVerify(t, a)
		scan(t, a, ids, rng)
	}
}
