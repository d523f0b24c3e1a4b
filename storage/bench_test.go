package storage

import (
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// noticeText is a notice of about n code points of Chinese, different for each i.
func noticeText(i, n int) string {
	rng := rand.New(rand.NewSource(int64(i)))
	words := []string{"司法厅", "召开", "基层", "服务型", "党组织", "现场", "观摩", "学习", "推进会", "自治区", "监狱", "工作", "会议", "，", "。", "部署", "要求", "责任", "建设", "2015年", "11月16日", "审计", "机关"}
	var b strings.Builder
	fmt.Fprintf(&b, "第%d号通知\n", i)
	for n > 0 {
		w := words[rng.Intn(len(words))]
		if rng.Intn(6) == 0 {
			w = string(rune(0x4e00 + rng.Intn(3500)))
		}
		b.WriteString(w)
		n -= len([]rune(w))
		if rng.Intn(200) == 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// needBench skips a test that measures unless measuring is what is wanted.
func needBench(t *testing.T) {
	t.Helper()
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
}

// fill imports n notices of 8 KB with three proposals each and gives their ids
// and the time it took.
func fill(t *testing.T, a *Archive, n int) ([]archive.ID, time.Duration) {
	t.Helper()
	in := make(chan *archive.Incoming, 64)
	docs := make([]*archive.Incoming, min(n, 4000))
	for i := range docs {
		docs[i] = incoming(fmt.Sprintf("notices/%d.txt", i), noticeText(i, 2700),
			archive.Proposal{Field: "dcterms:title", Value: fmt.Sprintf("第%d号通知", i), Start: 0, End: 4, Rule: "title.first-line", Confidence: 0.9},
			archive.Proposal{Field: "dcterms:date", Value: "2015-11-22", Start: 5, End: 9, Rule: "date.line", Confidence: 0.9},
			archive.Proposal{Field: "dcterms:creator", Value: "司法厅", Start: 9, End: 12, Rule: "creator.label", Confidence: 0.8})
	}
	start := time.Now()
	go func() {
		defer close(in)
		for i := 0; i < n; i++ {
			d := docs[i%len(docs)]
			if i >= len(docs) { // the same words under another name and number
				d = incoming(fmt.Sprintf("notices/%d.txt", i), fmt.Sprintf("第%d号\n", i)+d.Text, d.Proposals...)
			}
			in <- d
		}
	}()
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	return ids, time.Since(start)
}

// tables are all those an import writes, parents first.
var bareTables = []string{"log", "bodies", "outcomes", "blobs", "chunks", "texts", "documents", "items", "passages"}

// TestBenchImport compares an import of 8 KB notices, everything included but
// reading the files, with the same SQLite inserting the same rows and index bare,
// in transactions of the same size, one after the other in the same run.
func TestBenchImport(t *testing.T) {
	needBench(t)
	const n = 4000
	var rates, bares []float64
	for round := 0; round < 3; round++ {
		a := newArchive(t)
		_, took := fill(t, a, n)
		rates = append(rates, n/took.Seconds())
		bares = append(bares, n/bareImport(t, a, n).Seconds())
	}
	report(t, "import of 8 KB notices", "documents/s", rates, bares, "at least 0.5")
}

// bareImport writes the rows of a finished archive into an empty file.
func bareImport(t *testing.T, a *Archive, n int) time.Duration {
	t.Helper()
	b := newArchive(t)
	type stmt struct {
		query string
		rows  [][]any
	}
	var stmts []stmt
	for _, table := range bareTables {
		rows := allRows(t, a, table)
		if table == "log" || table == "bodies" || table == "outcomes" || table == "items" {
			rows = slices.DeleteFunc(rows, func(r []any) bool { // made by Create too
				return table == "items" && r[1] == "" || table != "items" && r[0].(int64) <= 1
			})
		}
		stmts = append(stmts, stmt{"INSERT INTO " + table + " VALUES(" + strings.TrimSuffix(strings.Repeat("?,", len(rows[0])), ",") + ")", rows})
	}
	var search [][]any
	docs, err := a.List(ctx, Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range docs {
		d := mustDocument(t, a, s.ID)
		r, _ := d.Reading()
		search = append(search, []any{s.N << 16, words.Tokens(fieldWords(d))})
		for i := 1; i <= passageCount(d.Info.Chars); i++ {
			search = append(search, []any{s.N<<16 | int64(i), words.Tokens(passageWords(r, nil, i))})
		}
	}
	stmts = append(stmts, stmt{"INSERT INTO search(rowid, words) VALUES(?,?)", search})
	start := time.Now()
	for from := 0; from < n; from += importDocs {
		tx, err := b.w.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range stmts {
			lo, hi := len(s.rows)*from/n, len(s.rows)*min(n, from+importDocs)/n
			for _, row := range s.rows[lo:hi] {
				if _, err := tx.Exec(s.query, row...); err != nil {
					t.Fatalf("%s: %v", s.query, err)
				}
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	return time.Since(start)
}

func allRows(t *testing.T, a *Archive, table string) [][]any {
	t.Helper()
	return allOf(t, a, "SELECT * FROM "+table)
}

// report prints a figure beside its floor: the medians, and the median ratio of
// the pairs.
func report(t *testing.T, what, unit string, got, floor []float64, want string) {
	ratios := make([]float64, len(got))
	for i := range got {
		ratios[i] = got[i] / floor[i]
	}
	t.Logf("BENCH %-46s %10.4g %-12s floor %10.4g   ratio %.2f (to reach: %s)", what, median(got), unit, median(floor), median(ratios), want)
}

func median(v []float64) float64 {
	s := slices.Clone(v)
	slices.Sort(s)
	return s[len(s)/2]
}

// TestBenchEdit compares one edit made durable (a field set again) with the same
// rows written bare to the same file, turn by turn.
func TestBenchEdit(t *testing.T) {
	needBench(t)
	for _, n := range []int{1000, 100000} {
		a := newArchive(t)
		ids, _ := fill(t, a, n)
		var got, bare []float64
		rng := rand.New(rand.NewSource(1))
		for i := 0; i < 300; i++ {
			id := ids[rng.Intn(len(ids))]
			mustApply(t, a, "Zhang", field(id, "dcterms:title", "题名"))
			start := time.Now()
			mustApply(t, a, "Zhang", field(id, "dcterms:title", fmt.Sprintf("新题名%d", i)))
			got = append(got, float64(time.Since(start).Microseconds())/1000)
			bare = append(bare, bareEdit(t, a, id, i))
		}
		report(t, fmt.Sprintf("one edit made durable, %d documents", n), "ms", got, bare, "at most 2")
		a.Close()
	}
}

// bareEdit writes rows like those of the last operation once more, under other
// names, and says how many milliseconds that took.
func bareEdit(t *testing.T, a *Archive, id archive.ID, i int) float64 {
	t.Helper()
	one := func(query string, args ...any) []any {
		rows, err := a.pool.Query(query, args...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		cols, _ := rows.Columns()
		row, ptrs := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			ptrs[i] = &row[i]
		}
		if !rows.Next() || rows.Scan(ptrs...) != nil {
			t.Fatalf("no row: %s", query)
		}
		return row
	}
	log := one("SELECT * FROM log ORDER BY n DESC LIMIT 1")
	n := log[0].(int64)
	body, outcome := one("SELECT * FROM bodies WHERE n=?", n), one("SELECT * FROM outcomes WHERE n=?", n)
	item := one("SELECT * FROM items WHERE doc=? AND what='value' AND state='accepted' ORDER BY id DESC LIMIT 1", id)
	old := one("SELECT * FROM items WHERE doc=? AND what='value' AND state='superseded' ORDER BY id DESC LIMIT 1", id)
	doc := one("SELECT n, title, date, status, proposals FROM documents WHERE id=?", id)
	d := mustDocument(t, a, id)
	words := words.Tokens(fieldWords(d) + " 新")
	parts, err := readParts(ctx, a.r)
	if err != nil {
		t.Fatal(err)
	}
	search := partOf(parts, doc[0].(int64)).table()
	log[0], log[1], log[4], log[5] = nil, archive.NewID(), "bare", i // another id, another chain
	body[0], outcome[0] = nil, nil
	item[0] = string(archive.NewID())
	marks := func(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }
	start := time.Now()
	tx, err := a.w.Begin()
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec("INSERT INTO log VALUES("+marks(len(log))+")", log...)
	exec("INSERT INTO bodies VALUES(?,?,?)", body...)
	exec("INSERT INTO outcomes VALUES(?,?,?,?)", outcome...)
	exec("INSERT INTO items VALUES("+marks(len(item))+")", item...)
	exec("INSERT OR REPLACE INTO items VALUES("+marks(len(old))+")", old...)
	exec("UPDATE documents SET title=?2, date=?3, status=?4, proposals=?5 WHERE n=?1", doc...)
	exec("UPDATE passages SET hash=x'00' WHERE id=?", doc[0].(int64)<<16)
	exec("DELETE FROM "+search+" WHERE rowid=?", doc[0].(int64)<<16)
	exec("INSERT INTO "+search+"(rowid, words) VALUES(?,?)", doc[0].(int64)<<16, words)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	took := float64(time.Since(start).Microseconds()) / 1000
	// Taken out again, so that the next edit finds the document as it was.
	if _, err := a.w.Exec("DELETE FROM items WHERE id=?; DELETE FROM outcomes WHERE n IN (SELECT n FROM log WHERE replica='bare'); DELETE FROM bodies WHERE n IN (SELECT n FROM log WHERE replica='bare'); DELETE FROM log WHERE replica='bare'", item[0]); err != nil {
		t.Fatal(err)
	}
	return took
}

// TestBenchVerify times a full verification of 100,000 operations.
func TestBenchVerify(t *testing.T) {
	needBench(t)
	a := newArchive(t)
	ids, _ := fill(t, a, 1000)
	for n := 0; n < 99; n++ {
		edits := make([]*archive.Edit, 1000)
		for i := range edits {
			id := ids[(n*1000+i)%len(ids)]
			switch n % 4 {
			case 0:
				edits[i] = field(id, "dcterms:title", fmt.Sprintf("题名%d", n))
			case 1:
				edits[i] = tag("tag.add", id, fmt.Sprintf("标签/%d", n))
			case 2:
				edits[i] = mark(id, 5*n, 5*n+4, "source", "person")
			case 3:
				edits[i] = fix(id, 10*n, 10*n+1, "source", "既")
			}
		}
		mustApply(t, a, "Zhang", edits...)
	}
	var took []float64
	for i := 0; i < 3; i++ {
		start := time.Now()
		r := mustVerify(t, a)
		took = append(took, time.Since(start).Seconds())
		if r.Operations < 100000 {
			t.Fatalf("only %d operations", r.Operations)
		}
	}
	t.Logf("BENCH %-46s %10.4g %-12s (to reach: at most 5)", "verify --full of 100,000 operations", median(took), "s")
}
