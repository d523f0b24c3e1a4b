package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// specimen makes an archive of random content and size and gives the bytes of its
// file: several people, two or three copies one after the other, work undone,
// imports undone, corrections, proposals and decisions, documents removed.
func specimen(t *testing.T, seed int64) []byte {
	t.Helper()
	rng := rand.New(rand.NewSource(seed))
	a := newArchive(t)
	mustApply(t, a, "Zhang", person("Li", "reviewer"))
	var docs []*archive.Incoming
	for i := 0; i < 2+rng.Intn(4); i++ {
		text := noticeText(int(seed)*10+i, 20+rng.Intn(3000)) + "Straße ΣΑΣ привет İ ﬀ שלום 👨‍👩‍👧 e\u0301 𠀀 ꙮ ᲀ ৡ"
		in := incoming(fmt.Sprintf("%d.txt", i), text,
			archive.Proposal{Field: title, Value: "第" + fmt.Sprint(i), Start: 0, End: 2, Rule: "r", Confidence: rng.Float64()})
		if i == 0 && seed%8 == 0 { // more than one piece, which does not get shorter
			noise := make([]byte, chunkSize+rng.Intn(chunkSize))
			rng.Read(noise)
			in.Original, in.SHA256 = noise, fmt.Sprintf("%x", hashOf(noise))
		}
		docs = append(docs, in)
	}
	ids := bring(t, a, docs...)
	if rng.Intn(2) == 0 {
		bring(t, a, incoming("gone.txt", noticeText(int(seed), 50)))
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	}
	if len(ids) > 3 {
		mustApply(t, a, "Zhang", field(ids[3], title, "what is to go"))
		mustApply(t, a, "Zhang", &archive.Edit{Do: "document.destroy", Doc: string(ids[3]), Authority: new("the court"), Reason: "by law"})
		ids = ids[:3]
	}
	// Enough of everything that each way of tampering finds its row.
	mustApply(t, a, "王雪梅", field(ids[0], title, "甲"), tag("tag.add", ids[0], "会议"), mark(ids[0], 0, 4, "source", "person"))
	mustApply(t, a, "王雪梅", tag("tag.add", ids[1], "其他"))
	if _, err := a.Undo(ctx, "王雪梅", false); err != nil {
		t.Fatal(err)
	}
	mustApply(t, a, "王雪梅", fix(ids[0], 5, 7, "source", "改"))
	for copies := 1 + rng.Intn(2); copies >= 0; copies-- {
		someWork(t, a, rng, ids, 5+rng.Intn(25))
		mustApply(t, a, "Zhang", &archive.Edit{Do: "tag.hotkey", Tag: fmt.Sprintf("copy/%d", copies), Key: ptr(copies + 1)})
		if copies > 0 {
			a = reopen(t, fileOf(t, a))
		}
	}
	return fileOf(t, a)
}

// someWork is what somebody might do under a policy that changes.
func someWork(t *testing.T, a *Archive, rng *rand.Rand, ids []archive.ID, steps int) {
	t.Helper()
	for i := 0; i < steps; i++ {
		actor := append(people, "Li")[rng.Intn(4)]
		d := mustDocument(t, a, ids[rng.Intn(len(ids))])
		var err error
		switch rng.Intn(9) {
		case 0:
			_, err = a.Apply(ctx, "Zhang", &archive.Edit{Do: "policy.set", Review: []string{"none", "corrections", "everything"}[rng.Intn(3)]})
		case 1:
			_, err = a.Apply(ctx, actor, about([]string{"document.remove", "document.restore", "document.submit"}[rng.Intn(3)], d.ID))
		case 2, 3:
			for _, it := range d.Items {
				if it.Open() && err == nil {
					_, err = a.Apply(ctx, actor, decide(it.ID, []string{"approve", "reject"}[rng.Intn(2)]))
				}
			}
		case 4:
			if lastKind(t, a, actor) != "document.import" {
				_, err = a.Undo(ctx, actor, true)
			}
		default:
			_, err = a.Apply(ctx, actor, randomEdit(rng, d))
		}
		if err != nil && !refusal(err) {
			t.Fatal(err)
		}
	}
}

// fileOf closes an archive and gives the bytes of its file.
func fileOf(t *testing.T, a *Archive) []byte {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// reopen opens an archive of these bytes, in a place of its own.
func reopen(t *testing.T, data []byte) *Archive {
	t.Helper()
	a, err := Open(ctx, layDown(t, data), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func layDown(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.fonds")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// dumped are the tables that hold what somebody can see. What is being typed and
// where copies lie are outside the log (VerifyProves is not about them); a packed
// piece is what it unpacks to, for no reader sees the last bits of its last byte.
var dumped = []string{"log", "bodies", "blobs", "chunks", "texts", "outcomes", "documents", "items", "passages", "kinds", "parts"}

// dumpOf is everything that can be read of a file, or why it cannot.
func dumpOf(path string) (out string, err error) {
	db, err := sql.Open("sqlite3", dsn(path, 0, "mode=ro&_synchronous=OFF"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var b strings.Builder
	queries := []string{"PRAGMA integrity_check(1)", "PRAGMA application_id", "PRAGMA user_version",
		"SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"}
	for _, table := range dumped {
		queries = append(queries, "SELECT * FROM "+table+" ORDER BY 1, 2")
	}
	queries = append(queries, "SELECT term, doc, offset FROM temp.words ORDER BY 1, 2, 3")
	if _, err := db.Exec("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)"); err != nil {
		return "", err
	}
	for _, q := range queries {
		rows, err := db.Query(q)
		if err != nil {
			return "", err
		}
		cols, _ := rows.Columns()
		vals, ptrs := make([]any, len(cols)), make([]any, len(cols))
		for i := range vals {
			ptrs[i] = &vals[i]
		}
		for rows.Next() && err == nil {
			if err = rows.Scan(ptrs...); err == nil && strings.Contains(q, "chunks") && vals[1] == int64(1) {
				vals[2], err = unpack(vals[2].([]byte))
			}
			fmt.Fprintf(&b, "%q\n", vals)
		}
		rows.Close()
		if err == nil {
			err = rows.Err()
		}
		if err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// seenBy is what the programs of Fonds would show of an archive.
func seenBy(t *testing.T, a *Archive) string {
	t.Helper()
	var all []any
	add := func(v any, err error) {
		if err != nil {
			v = err.Error()
		}
		all = append(all, v)
	}
	for _, q := range []Query{{}, {Status: archive.Removed}, {Tag: "会议"}, {Open: true}, {Search: "司法厅"}, {Search: "甲"}, {Search: "привет straße"}} {
		list, err := a.List(ctx, q)
		add(list, err)
		for _, s := range list {
			d, err := a.Document(ctx, s.ID)
			add(d, err)
			if err == nil {
				r, err := d.Reading()
				if err == nil {
					add(r.Text().String(), nil)
				}
				add(nil, err)
			}
			o, err := a.Original(ctx, s.ID)
			add(nil, err)
			if err == nil {
				data, err := io.ReadAll(o)
				add(data, err)
			}
		}
	}
	h, err := a.History(ctx, "", 0)
	add(h, err)
	self, err := a.Self(ctx)
	add(self.Items, err)
	tags, err := a.Tags(ctx)
	add(tags, err)
	var b strings.Builder
	for _, v := range all {
		if d, ok := v.(*archive.Document); ok {
			v = []any{d.ID, d.Info, d.Items}
		}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
		b.WriteByte('\n')
	}
	return b.String()
}
