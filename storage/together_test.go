package storage

import (
	"fmt"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// fork is a copy of an archive as somebody would make it by copying the file. Its
// clock runs as now says, and its ids follow from the seed.
func fork(t testing.TB, a *Archive, seed int64, now func() time.Time) *Archive {
	t.Helper()
	if _, err := a.w.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(a.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), fmt.Sprintf("copy%d.fonds", seed))
	if err := os.WriteFile(path, file, 0o666); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(seed))
	c, err := Open(ctx, path, Options{Now: now, Rand: rng, NewID: func() archive.ID {
		return archive.ID(fmt.Sprintf("%012x", now().UnixMilli())[:8] + "-" + fmt.Sprintf("%012x", now().UnixMilli())[8:] +
			fmt.Sprintf("-7%03x-8%03x-%012x", rng.Intn(1<<12), rng.Intn(1<<12), rng.Int63n(1<<48)))
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// parcel is rows that one copy has and another has not.
type parcel func(t *testing.T, into *Archive)

const sealed = "l.id, l.kind, l.version, l.replica, l.seq, l.clock, l.actor, l.layer, l.batch, l.subject, l.prev, l.commitment, l.hash, b.salt, b.body"

// parcels are what into lacks of the others, in no order.
func parcels(t *testing.T, into *Archive, others []*Archive) (out []parcel) {
	t.Helper()
	all := lacking(t, into, others)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[key])
	}
	return out
}

// lacking is what into lacks of the others, by what it is: an operation with its
// body each, an original, a text.
func lacking(t *testing.T, into *Archive, others []*Archive) map[string]parcel {
	t.Helper()
	have, out := map[string]bool{}, map[string]parcel{}
	for _, row := range allOf(t, into, "SELECT 'op ' || id FROM log UNION SELECT 'blob ' || sha256 FROM blobs UNION SELECT 'text ' || doc FROM texts") {
		have[row[0].(string)] = true
	}
	lacks := func(key string, p parcel) {
		if !have[key] && out[key] == nil {
			out[key] = p
		}
	}
	for _, from := range others {
		for _, row := range allOf(t, from, "SELECT "+sealed+" FROM log l LEFT JOIN bodies b ON b.n=l.n") {
			lacks("op "+row[0].(string), func(t *testing.T, into *Archive) { putOp(t, into, row) })
		}
		for _, row := range allOf(t, from, "SELECT sha256, size, id FROM blobs") {
			chunks := allOf(t, from, fmt.Sprintf("SELECT id & 0xfffff, packed, data FROM chunks WHERE id>>20=%d", row[2]))
			lacks("blob "+row[0].(string), func(t *testing.T, into *Archive) {
				r, err := into.w.Exec("INSERT INTO blobs(sha256, size) VALUES(?,?)", row[:2]...)
				if err != nil {
					t.Fatal(err)
				}
				id, _ := r.LastInsertId()
				for _, c := range chunks {
					if _, err := into.w.Exec("INSERT INTO chunks(id, packed, data) VALUES(?,?,?)", id<<20|c[0].(int64), c[1], c[2]); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
		for _, row := range allOf(t, from, "SELECT doc, n, sha256, recipe, text FROM texts") {
			lacks("text "+row[0].(string), func(t *testing.T, into *Archive) {
				if _, err := into.w.Exec("INSERT INTO texts(doc, n, sha256, recipe, text) VALUES(?,?,?,?,?)", row...); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
	return out
}

// allOf reads all rows of a query.
func allOf(t *testing.T, a *Archive, query string) (out [][]any) {
	t.Helper()
	rows, err := a.pool.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cols, _ := rows.Columns()
	for rows.Next() {
		row, ptrs := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			ptrs[i] = &row[i]
		}
		if err := rows.Scan(ptrs...); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func putOp(t *testing.T, into *Archive, row []any) {
	t.Helper()
	marks := strings.TrimSuffix(strings.Repeat("?,", 13), ",")
	r, err := into.w.Exec("INSERT INTO log(id, kind, version, replica, seq, clock, actor, layer, batch, subject, prev, commitment, hash) VALUES("+marks+")", row[:13]...)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := r.LastInsertId()
	if row[13] == nil {
		return
	}
	if _, err := into.w.Exec("INSERT INTO bodies(n, salt, body) VALUES(?,?,?)", n, row[13], row[14]); err != nil {
		t.Fatal(err)
	}
}

// bringNeeded brings originals that imports need and that are not there: one came
// and was destroyed with its document, before another import of the same bytes
// came.
func bringNeeded(t *testing.T, into *Archive, others []*Archive) {
	t.Helper()
	needs := map[string]bool{}
	for _, row := range allOf(t, into, `SELECT 'blob ' || json_extract(b.body, '$.info.sha256') FROM log l JOIN bodies b ON b.n=l.n
		WHERE l.kind='document.import'`) {
		needs[row[0].(string)] = true
	}
	for key, p := range lacking(t, into, others) {
		if needs[key] {
			p(t, into)
		}
	}
}

// together gives every copy what the others have, in any order of arrival and in
// several portions, some of which it makes its tables of before the next comes.
// In the end all have the same rows, and verify.
func together(t *testing.T, rng *rand.Rand, copies []*Archive) (conflicts int) {
	t.Helper()
	var all [][]parcel
	for _, into := range copies {
		todo := parcels(t, into, copies)
		rng.Shuffle(len(todo), func(i, j int) { todo[i], todo[j] = todo[j], todo[i] })
		all = append(all, todo)
	}
	var want string
	var heads map[archive.ID]archive.Hash
	for i, into := range copies {
		for _, p := range all[i] {
			p(t, into)
			if rng.Intn(80) == 0 {
				mustRebuild(t, into)
			}
		}
		mustRebuild(t, into)
		bringNeeded(t, into, copies)
		got := derivedOf(t, into)
		r := mustVerify(t, into)
		if i == 0 {
			want, heads, conflicts = got, r.Heads, r.Conflicts
		}
		equalRows(t, fmt.Sprintf("copy %d", i), got, want)
		if fmt.Sprint(r.Heads) != fmt.Sprint(heads) || len(heads) < 2 {
			t.Fatalf("copy %d has the heads %v, want %v", i, r.Heads, heads)
		}
		if h, err := into.History(ctx, "", 0); err != nil || len(h) != r.Operations {
			t.Fatalf("copy %d: the history has %d operations of %d (%v)", i, len(h), r.Operations, err)
		}
	}
	return conflicts
}

// wish is something that one of five people might want to do, legal or not.
func wish(rng *rand.Rand, d *archive.Document) *archive.Edit {
	pick := func(ok func(*archive.Item) bool) string {
		for _, i := range rng.Perm(len(d.Items)) {
			if ok(d.Items[i]) {
				return string(d.Items[i].ID)
			}
		}
		return "ffffffff"
	}
	names := []string{"Li", "Wang", "Zhao", "Sun", "Zhang"}
	switch n := rng.Intn(42); {
	case n < 6:
		verdict := []string{"approve", "approve", "reject", "amend", "agree"}[rng.Intn(5)]
		e := &archive.Edit{Do: "decide", Verdict: verdict, Reason: "so", On: pick(func(it *archive.Item) bool { return it.Open() && it.By != "" })}
		if verdict == "amend" {
			e.Text = ptr(fmt.Sprintf("改%d", rng.Intn(5)))
		}
		return e
	case n < 7:
		return &archive.Edit{Do: "proposal.withdraw", On: pick(func(it *archive.Item) bool { return it.Open() })}
	case n < 13:
		do := []string{"submit", "approve", "approve", "return", "recall", "remove", "restore", "restore"}[rng.Intn(8)]
		return &archive.Edit{Do: "document." + do, Doc: string(d.ID), Reason: "so"}
	case n < 15:
		e := &archive.Edit{Do: "policy.set", Review: []string{"none", "corrections", "everything"}[rng.Intn(3)], FourEyes: ptr(rng.Intn(3) > 0)}
		if rng.Intn(3) == 0 {
			e.Fields = &[]string{"dcterms:title"}
		}
		if rng.Intn(3) == 0 {
			e.Closed = ptr(rng.Intn(2) == 0)
		}
		return e
	case n < 16:
		return person(names[rng.Intn(5)], string(archive.Roles()[rng.Intn(4)]))
	case n < 17:
		return &archive.Edit{Do: "person.rename", Name: names[rng.Intn(4)], To: ptr(names[rng.Intn(4)] + "二")}
	case n < 27:
		return workEdit(rng, d, names)
	}
	return randomEdit(rng, d)
}

// work lets people do things on one copy.
func work(t *testing.T, a *Archive, rng *rand.Rand, steps int, tick func()) (done int) {
	t.Helper()
	for i := 0; i < steps; i++ {
		tick()
		who := []string{"Zhang", "Zhang", "Li", "Wang", "Zhao", "Sun", "Chen"}[rng.Intn(7)] // Chen is not named yet
		var err error
		switch rng.Intn(12) {
		case 0, 1:
			_, err = a.Undo(ctx, who, rng.Intn(2) == 0)
		case 2:
			_, err = a.Redo(ctx, who, rng.Intn(2) == 0)
		case 3:
			if rng.Intn(8) == 0 {
				if docs, e := a.List(ctx, Query{}); e == nil && len(docs) > 3 {
					_, err = a.ApplyEach(ctx, "Zhang", destroy(docs[rng.Intn(len(docs))].ID))
					break
				}
			}
			if rng.Intn(2) == 0 { // some of them on several copies
				k := rng.Intn(8)
				in := make(chan *archive.Incoming, 1)
				in <- incoming(fmt.Sprintf("new/%d.txt", k), noticeText(9000+k, 60))
				close(in)
				err = a.Import(ctx, who, in, func(Imported) {})
			}
		default:
			docs, e := a.List(ctx, Query{})
			removed, e2 := a.List(ctx, Query{Status: archive.Removed})
			if e != nil || e2 != nil {
				t.Fatal(e, e2)
			}
			docs = append(docs, removed...)
			if len(docs) == 0 {
				continue
			}
			_, err = a.ApplyEach(ctx, who, wish(rng, mustDocument(t, a, docs[rng.Intn(len(docs))].ID)))
		}
		if err != nil && !refusal(err) {
			t.Fatalf("step %d: %v", i, err)
		}
		if err == nil {
			done++
		}
	}
	return done
}

// TestTogether: copies that were worked on apart, put together in any order of
// arrival, have the same rows, and again after more work.
func TestTogether(t *testing.T) {
	conflicts := 0
	for seed := int64(0); seed < int64(rounds(6, 400)); seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewSource(seed))
			first, _ := team(t, []string{"none", "corrections", "everything"}[seed%3])
			bring(t, first, incoming("2.txt", noticeText(2, 2100), archive.Proposal{Field: "dcterms:title", Value: "第", Start: 0, End: 2, Rule: "r", Confidence: 0.9}),
				incoming("3.txt", noticeText(3, 80)))
			start := time.Now()
			var copies []*Archive
			clocks := make([]time.Time, 2+seed%2)
			for i := range clocks {
				// One clock goes wrong by minutes, and they run at different rates.
				clocks[i] = start.Add(time.Duration(rng.Intn(600)-300) * time.Second)
				copies = append(copies, fork(t, first, seed*10+int64(i), func() time.Time { return clocks[i] }))
			}
			for round := 0; round < 2; round++ {
				for i, c := range copies {
					work(t, c, rng, 30, func() { clocks[i] = clocks[i].Add(time.Duration(rng.Intn(20_000)) * time.Millisecond) })
				}
				conflicts += together(t, rng, copies)
			}
			for _, c := range copies { // it goes on, and what is incremental is what is derived
				work(t, c, rng, 10, func() {})
				before := derivedOf(t, c)
				mustVerify(t, c)
				mustRebuild(t, c)
				equalRows(t, "after more work", derivedOf(t, c), before)
			}
		})
	}
	if conflicts == 0 && !t.Failed() {
		t.Error("putting the copies together gave no conflicts: this tests nothing of them")
	}
	t.Logf("%d conflicts", conflicts)
}
