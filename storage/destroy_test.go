package storage

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// secret is a document whose words stand nowhere else: of Chinese single
// characters, of Latin whole words.
const secret = "关于貔貅饕餮的秘密报告\nZyzzyva met Quxford in Xanthippe's garden; Plughville was silent.\n魑魅魍魉，龘靐齉爩。"

// secretWords are words of the secret document, as a person put them there later or as
// they came in: each is looked for in the bytes of the file.
var secretWords = []string{"貔貅饕餮", "魑魅魍魉", "Zyzzyva", "zyzzyva", "Quxford", "quxford", "Xanthippe", "Plughville", "龘", "靐",
	"旧题甲乙丙丁", "新题戊己庚辛", "标签子丑寅卯", "批注鼠牛虎兔", "旧批注龙蛇马羊", "更正猴鸡狗猪", "草稿金木水火", "Drafty", "secretpath", "otherplace", "Commentary",
	"秘而不宣的理由"}

// terms that FTS5 has of them: its segments shorten words by what they share with
// the one before, so that their bytes say little.
var secretTerms = []string{"貔", "貅", "饕", "餮", "魑", "龘", "zyzzyva", "quxford", "xanthippe", "plughville", "旧", "辛", "签", "猪"}

func destroy(id archive.ID) *archive.Edit {
	return &archive.Edit{Do: archive.DestroyKind, Doc: string(id), Authority: new("Retention plan 7"), Reason: "its term has ended"}
}

// hide brings the secret document in and works on it.
func hide(t testing.TB, a *Archive) archive.ID {
	t.Helper()
	in := incoming("secretpath/Zyzzyva.txt", secret, archive.Proposal{Field: title, Value: "关于貔貅饕餮", Start: 0, End: 6, Rule: "r"})
	id := bring(t, a, in)[0]
	again := incoming("otherplace/Zyzzyva.txt", secret)
	bring(t, a, again)
	mustApply(t, a, "Zhang", field(id, title, "旧题甲乙丙丁"), tag("tag.add", id, "标签子丑寅卯"), mark(id, 2, 4, "", "Commentary"))
	r := mustApply(t, a, "Wang", &archive.Edit{Do: "note.add", Doc: string(id), Text: ptr("旧批注龙蛇马羊")})
	mustApply(t, a, "Wang", &archive.Edit{Do: "note.edit", Doc: string(id), Note: string(r[0].Item), Text: ptr("批注鼠牛虎兔")})
	mustApply(t, a, "Wang", field(id, title, "新题戊己庚辛"), fix(id, 2, 4, "", "更正猴鸡狗猪"))
	mustApply(t, a, "Wang", &archive.Edit{Do: "document.remove", Doc: string(id), Reason: "秘而不宣的理由"})
	mustApply(t, a, "Wang", about("document.restore", id))
	if err := a.SaveDraft(ctx, Draft{Doc: id, Slot: "x", Actor: "Wang", Text: "草稿金木水火 Drafty", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	return id
}

// inBytes lists which of the words stand in the bytes of the file or beside it.
func inBytes(t testing.TB, path string, words [][]byte) (out []string) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(path + end)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(b, w) {
				out = append(out, fmt.Sprintf("%q in the file%s", w, end))
			}
		}
	}
	return out
}

// inSegments lists which of the terms the segments of the index hold, deleted or
// not: FTS5's leaf pages, read as they lie (fts5_index.c, "Segment Leaf Format").
func inSegments(t testing.TB, a *Archive, terms []string) (out []string) {
	t.Helper()
	have := map[string]bool{}
	parts, err := readParts(ctx, a.r)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		rows, err := a.pool.Query("SELECT id, block FROM " + p.table() + "_data")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var id int64
			var b []byte
			if err := rows.Scan(&id, &b); err != nil {
				t.Fatal(err)
			}
			if id >= 1<<37 && id&(1<<36) == 0 && id < 1<<53 { // a leaf of a segment, no index of one, no tombstones
				leafTerms(b, have)
			}
		}
		rows.Close()
	}
	for _, w := range terms {
		if have["0"+w] { // the prefix of the main index
			out = append(out, w)
		}
	}
	return out
}

func leafTerms(b []byte, have map[string]bool) {
	size := int(binary.BigEndian.Uint16(b[2:]))
	varint := func(at int) (v, next int) {
		for {
			v = v<<7 | int(b[at]&0x7f)
			at++
			if b[at-1]&0x80 == 0 {
				return v, at
			}
		}
	}
	term := ""
	for at, foot, first := 0, size, true; foot < len(b); first = false {
		var d, shared, n int
		d, foot = varint(foot)
		at += d
		i := at
		if !first {
			shared, i = varint(i)
		}
		n, i = varint(i)
		term = term[:shared] + string(b[i:i+n])
		have[term] = true
	}
}

// traces are all bytes that the document has in the file: its words and what zlib
// and the operations made of them.
func traces(t testing.TB, a *Archive, id archive.ID) [][]byte {
	t.Helper()
	var out [][]byte
	for _, w := range secretWords {
		out = append(out, []byte(w))
	}
	for _, q := range []string{
		"SELECT substr(data, 1, 64) FROM chunks c JOIN blobs b ON b.id=c.id>>20 JOIN documents d ON d.sha256=b.sha256 WHERE d.id=?",
		"SELECT salt FROM bodies b JOIN log l ON l.n=b.n WHERE l.subject=?",
		"SELECT CAST(sha256 AS BLOB) FROM documents WHERE id=?"} {
		rows, err := a.pool.Query(q, id)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for ; rows.Next(); n++ {
			var b []byte
			if err := rows.Scan(&b); err != nil {
				t.Fatal(err)
			}
			out = append(out, bytes.Clone(b))
		}
		rows.Close()
		if n == 0 {
			t.Fatalf("nothing to look for: %s", q)
		}
	}
	return out
}

// TestDestroyLeavesNothing: not a byte of a destroyed document is left in the
// file or its journal, in a small archive and in one whose index has many parts,
// with the journal brought into the file before or not.
func TestDestroyLeavesNothing(t *testing.T) {
	defer func(n int) { partLen = n }(partLen)
	partLen = 40
	for _, tt := range []struct {
		name        string
		docs, after int
		checkpoint  bool
	}{{"small", 3, 0, false}, {"small, checkpointed", 3, 1, true}, {"larger", rounds(120, 2000), 60, false}} {
		t.Run(tt.name, func(t *testing.T) {
			a := newArchive(t)
			fillWith(t, a, 0, tt.docs)
			mustApply(t, a, "Zhang", person("Wang", "archivist"))
			id := hide(t, a)
			fillWith(t, a, tt.docs, tt.after)
			if tt.checkpoint {
				if _, err := a.w.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
					t.Fatal(err)
				}
			}
			was := traces(t, a, id)
			if n := len(inBytes(t, a.Path(), was)); n < len(was)-6 {
				t.Fatalf("only %d of %d traces are there before: the test would find nothing", n, len(was))
			}
			if n := len(inSegments(t, a, secretTerms)); n != len(secretTerms) {
				t.Fatalf("only %d of %d terms are in the index before: the test would find nothing", n, len(secretTerms))
			}
			mustApply(t, a, "Zhang", destroy(id))
			if r := mustVerify(t, a); r.Erasing != 1 {
				t.Errorf("verify says of %d documents that they are not erased yet, want 1", r.Erasing)
			}
			if done, err := a.Erase(ctx, nil); !done || err != nil {
				t.Fatalf("erasing: %v, %v", done, err)
			}
			if got := inBytes(t, a.Path(), was); len(got) > 0 {
				t.Errorf("left of it: %s", strings.Join(got, ", "))
			}
			if got := inSegments(t, a, secretTerms); len(got) > 0 {
				t.Errorf("left of it in the index: %s", strings.Join(got, ", "))
			}
			r := mustVerify(t, a)
			if r.Destroyed != 1 || r.Erasing != 0 || r.Documents != tt.docs+tt.after {
				t.Errorf("verify: %d destroyed, %d not erased, %d documents", r.Destroyed, r.Erasing, r.Documents)
			}
			if d := r.Destructions[0]; d.Doc != id || d.Who != "Zhang" || d.Authority != "Retention plan 7" || d.Reason != "its term has ended" {
				t.Errorf("verify says of how it ended %+v", d)
			}
			if docs, _ := a.List(ctx, Query{}); len(docs) < 300 {
				var ids []archive.ID
				for _, d := range docs {
					ids = append(ids, d.ID)
				}
				scan(t, a, ids, rand.New(rand.NewSource(1)))
			}
		})
	}
}

// fillWith imports n short notices, from the given number on.
func fillWith(t testing.TB, a *Archive, from, n int) (ids []archive.ID) {
	t.Helper()
	var docs []*archive.Incoming
	for i := from; i < from+n; i++ {
		docs = append(docs, incoming(fmt.Sprintf("n/%d.txt", i), noticeText(i, 100)))
	}
	return bring(t, a, docs...)
}

// TestDestroyWaitsForReaders: while another still reads what was there before,
// erasing says so, the file remembers, and the next time finishes it.
func TestDestroyWaitsForReaders(t *testing.T) {
	a := newArchive(t)
	path := a.Path()
	mustApply(t, a, "Zhang", person("Wang", "archivist"))
	id := hide(t, a)
	a.Close()
	a, err := Open(ctx, path, Options{Busy: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	was := traces(t, a, id)
	other, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM documents").Scan(&n); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	mustApply(t, a, "Zhang", destroy(id))
	done, err := a.Erase(ctx, nil)
	if done || !errors.Is(err, ErrNotErased) || !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "close it") {
		t.Fatalf("erasing beside a reader: %v, %v", done, err)
	}
	if due, err := a.EraseDue(ctx); due != 1 || err != nil {
		t.Fatalf("due: %d, %v", due, err)
	}
	tx.Rollback()
	a.Close()
	if a, err = Open(ctx, path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if due, err := a.EraseDue(ctx); due != 1 || err != nil {
		t.Fatalf("due after opening again: %d, %v", due, err)
	}
	if _, err := a.Compact(ctx, nil); err != nil { // which finishes it too
		t.Fatal(err)
	}
	if due, err := a.EraseDue(ctx); due != 0 || err != nil {
		t.Fatalf("due after compacting: %d, %v", due, err)
	}
	if got := inBytes(t, path, was); len(got) > 0 {
		t.Errorf("left of it: %s", strings.Join(got, ", "))
	}
	if got := inSegments(t, a, secretTerms); len(got) > 0 {
		t.Errorf("left of it in the index: %s", strings.Join(got, ", "))
	}
	mustVerify(t, a)
}
