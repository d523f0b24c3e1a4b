package app_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestBenchListPainted: page down, the end, the middle and other filters in the
// list of 1,000,000 documents, in a real window, until the rows are painted; beside
// a frame of the same window in which nothing is new.
func TestBenchListPainted(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	needDesktop(t)
	out, err := exec.Command(build(t, "fonds/app/testdata/listgl"), manyDocuments(t, 1_000_000)).Output()
	if err != nil {
		t.Fatal(err)
	}
	ready, painted := map[string][]float64{}, map[string][]float64{}
	for line := range strings.Lines(string(out)) {
		var what string
		var r, p float64
		if _, err := fmt.Sscan(line, &what, &r, &p); err != nil {
			t.Fatalf("listgl says %q", out)
		}
		ready[what], painted[what] = append(ready[what], r), append(painted[what], p)
	}
	mid := func(v []float64) float64 { slices.Sort(v); return v[len(v)/2] }
	for _, what := range []string{"down", "end", "middle", "home", "filter"} {
		if len(painted[what]) < 10 || len(painted["empty"]) < 10 {
			t.Fatalf("listgl says %q", out)
		}
		r, p, floor := mid(ready[what]), mid(painted[what]), mid(painted["empty"])
		t.Logf("BENCH %-46s %10.2f %-12s floor %10.2f   ratio %.2f (to reach: at most 80), rows there after %.2f, slowest %.2f",
			"list of 1,000,000, "+what+", painted", p, "ms", floor, p/floor, r, slices.Max(painted[what]))
		if p > 80 {
			t.Errorf("%s: painted after %.1f ms", what, p)
		}
	}
}

// manyDocuments makes an archive whose list has n documents: one imported, the
// others rows like its own.
func manyDocuments(t *testing.T, n int) string {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "many.fonds")
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := "关于召开现场观摩推进会的通知\n司法厅召开基层服务型党组织现场观摩学习推进会。\n"
	sum := sha256.Sum256([]byte(text))
	in := make(chan *archive.Incoming, 1)
	in <- &archive.Incoming{Path: "one.txt", Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text}
	close(in)
	if err := a.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		t.Fatal(err)
	}
	a.Close()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range []string{`WITH RECURSIVE seq(k) AS (SELECT 2 UNION ALL SELECT k+1 FROM seq WHERE k<?1)
		INSERT INTO documents(n, id, name, path, sha256, title, date, status, proposals, chars, info)
		SELECT k, printf('018f0000-0000-7000-8000-%012x', k), 'notice-'||k||'.txt', 'county/box-'||(k/400)||'/notice-'||k||'.txt', sha256,
			'关于召开第'||k||'次现场观摩推进会的通知', '2015-11-22', CASE k%4 WHEN 0 THEN 'approved' WHEN 1 THEN 'in progress' ELSE 'new' END, k%3, chars, info
		FROM seq, documents WHERE documents.n=1`,
		"INSERT INTO texts(id, doc, n, sha256, recipe, text) SELECT d.n, d.id, 1, t.sha256, t.recipe, t.text FROM documents d, texts t WHERE d.n>1 AND t.id=1 AND ?1>0"} {
		if _, err := db.Exec(query, n); err != nil {
			t.Fatal(err)
		}
	}
	return path
}
