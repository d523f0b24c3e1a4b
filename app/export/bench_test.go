package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// benchDocs is how many notices of 8 KB are written out; FONDS_LONG=1: 100,000.
func benchDocs() int {
	if os.Getenv("FONDS_LONG") != "" {
		return 100_000
	}
	return 20_000
}

// TestBenchJSONL times the JSONL of many notices of 8 KB beside the sqlite3 shell
// writing the same columns as JSON, and watches the memory meanwhile.
func TestBenchJSONL(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	ctx, n := context.Background(), benchDocs()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.fonds")
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, 64)
	go func() {
		defer close(in)
		for i := range n {
			text := benchText(i)
			sum := sha256.Sum256([]byte(text))
			in <- &archive.Incoming{Path: fmt.Sprintf("in/%d.txt", i), Order: i, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]),
				Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8"}`),
				Proposals: []archive.Proposal{{Field: "dcterms:title", Value: "通知", Rule: "r", Start: 0, End: 3, Confidence: 0.5}}}
		}
	}()
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	start, end := 5, 8
	var edits []*archive.Edit
	for _, id := range ids {
		edits = append(edits, &archive.Edit{Do: "field.set", Doc: string(id), Field: "dcterms:creator", Values: []archive.ValueIn{{Value: "司法厅"}}},
			&archive.Edit{Do: "tag.add", Doc: string(id), Tag: "会议"}, &archive.Edit{Do: "mark.add", Doc: string(id), Start: &start, End: &end, Label: "person"})
	}
	if _, err := a.ApplyMany(ctx, "Zhang", nil, edits...); err != nil {
		t.Fatal(err)
	}
	var most uint64
	edits = nil
	runtime.GC()
	from := time.Now()
	m, err := Write(ctx, a, Options{Choice: Choice{Formats: []string{"jsonl"}}, Out: filepath.Join(dir, "out"), Progress: func(step Step, done, total int) {
		if done%1000 == 0 {
			var s runtime.MemStats
			runtime.ReadMemStats(&s)
			most = max(most, s.HeapInuse)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(from)
	rate := float64(n) / took.Seconds()
	t.Logf("BENCH %-46s %10.0f %-12s (%d MB written, heap at most %d MB; flat)", fmt.Sprintf("JSONL of %d notices of 8 KB", n), rate, "documents/s", m.Files[0].Bytes>>20+m.Files[2].Bytes>>20, most>>20)
	if _, err := exec.LookPath("sqlite3"); err != nil {
		t.Skip("the sqlite3 shell is not installed: nothing to compare with")
	}
	const query = `SELECT d.id, d.title, d.status, d.path, d.info, CAST(t.text AS TEXT) AS text, CAST(t.text AS TEXT) AS source_text, t.recipe,
		(SELECT json_group_array(json_object('id', i.id, 'what', i.what, 'key', i.key, 'text', i.text, 'state', i.state, 'by', i.by, 'at', i.at, 'anchor', i.anchor)) FROM items i WHERE i.doc=d.id) AS items,
		(SELECT json_group_array(json_object('id', l.id, 'kind', l.kind, 'actor', l.actor, 'clock', l.clock, 'batch', l.batch, 'outcome', o.outcome, 'effect', o.effect))
			FROM log l JOIN outcomes o ON o.n=l.n WHERE l.subject=d.id) AS history
		FROM documents d JOIN texts t ON t.doc=d.id ORDER BY d.n`
	best := 0.0
	for range 2 {
		from = time.Now()
		cmd := exec.Command("sqlite3", "-json", path, ".output "+filepath.Join(dir, "shell.json"), query)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		best = max(best, float64(n)/time.Since(from).Seconds())
	}
	t.Logf("BENCH %-46s %10.0f %-12s (ratio %.2f; to reach: 0.5)", "  the sqlite3 shell, the same columns", best, "documents/s", rate/best)
	if rate < best/2 {
		t.Errorf("half the rate of the shell is not reached: %.2f", rate/best)
	}
	if most > 300<<20 {
		t.Errorf("the heap grew to %d MB", most>>20)
	}
}

func benchText(i int) string {
	rng := rand.New(rand.NewSource(int64(i)))
	var b strings.Builder
	fmt.Fprintf(&b, "第%d号通知\n", i)
	for b.Len() < 8<<10 {
		b.WriteString([]string{"司法厅", "召开", "基层", "服务型", "党组织", "现场", "观摩", "学习", "推进会", "自治区", "监狱", "工作", "会议", "，", "。\n", "部署", "要求", string(rune(0x4e00 + rng.Intn(3500)))}[rng.Intn(18)])
	}
	return b.String()
}
