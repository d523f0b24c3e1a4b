package checks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// benchDocs is how many notices of 8 KB are checked; FONDS_LONG=1: 100,000.
func benchDocs() int {
	if os.Getenv("FONDS_LONG") != "" {
		return 100_000
	}
	return 20_000
}

// TestBenchChecks checks many notices of 8 KB with seven values each, their originals hashed
// and read again, the log verified: at 100,000 in 20 s at most.
func TestBenchChecks(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	n := benchDocs()
	a, err := storage.Create(ctx, filepath.Join(t.TempDir(), "a.fonds"), storage.NewArchive{Owner: "Zhang", Template: "dat18"}, storage.Options{})
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
				Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Text: text, Recipe: json.RawMessage(`{"decoder":"UTF-8","extractor":"plain","version":"3"}`)}
		}
	}()
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(r storage.Imported) { ids = append(ids, r.ID) }); err != nil {
		t.Fatal(err)
	}
	var edits []*archive.Edit
	for i, id := range ids {
		title := fmt.Sprintf("关于第%d号通知", i)
		for field, v := range map[string]archive.ValueIn{tit: {Value: title, Evidence: &archive.RangeIn{Start: 0, End: len([]rune(title))}}, who: {Value: "司法厅"},
			dat: {Value: fmt.Sprintf("2015-%02d-%02d", i%12+1, i%28+1)}, ref: {Value: fmt.Sprintf("Z109-WS·2015·Y·%03d-%05d", i/90_000, i%90_000+1)},
			num: {Value: fmt.Sprintf("宁司发〔2015〕%d号", i+1)}, kept: {Value: "永久"}, "dat18:level": {Value: "文件级"}} {
			edits = append(edits, &archive.Edit{Do: "field.set", Doc: string(id), Field: field, Values: []archive.ValueIn{v}})
		}
	}
	if _, err := a.ApplyMany(ctx, "Zhang", nil, edits...); err != nil {
		t.Fatal(err)
	}
	edits = nil
	runtime.GC()
	var most uint64
	worked, from, at := processorTime(), time.Now(), map[Step]time.Duration{}
	r, err := Run(ctx, a, Options{Now: now, Progress: func(step Step, done, total int) {
		at[step] = time.Since(from)
		if done%10_000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(from)
	limit := 20 * time.Second * time.Duration(n) / 100_000
	t.Logf("BENCH %-46s %10.2f %-12s (to reach: %.1f; listed at %.1f, read at %.1f, compared at %.1f, verified at %.1f; the processors worked %.1f s; heap at most %d MB)", fmt.Sprintf("the checks of %d notices of 8 KB", n),
		took.Seconds(), "s", limit.Seconds(), at[Listing].Seconds(), at[Reading].Seconds(), at[Comparing].Seconds(), at[Verifying].Seconds(), processorTime()-worked, most>>20)
	if r.Documents != n || r.Outcome("A1").Result != Passed || r.Outcome("A8").Looked != n || r.Outcome("U2").Failed > 0 {
		t.Errorf("%d documents, A1 %s, A8 %d, U2 %d", r.Documents, r.Outcome("A1").Result, r.Outcome("A8").Looked, r.Outcome("U2").Failed)
	}
	if took > limit {
		t.Errorf("it took %s", took)
	}
}

func benchText(i int) string {
	rng := rand.New(rand.NewSource(int64(i)))
	var b strings.Builder
	fmt.Fprintf(&b, "关于第%d号通知\n", i)
	for b.Len() < 8<<10 {
		b.WriteString([]string{"司法厅", "召开", "基层", "服务型", "党组织", "现场", "观摩", "学习", "推进会", "自治区", "监狱", "工作", "会议", "，", "。\n", "部署", "要求", string(rune(0x4e00 + rng.Intn(3500)))}[rng.Intn(18)])
	}
	return b.String()
}
