package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
)

// TestBenchNext times what a reviewer waits for with 100,000 open proposals over 2,000
// documents of 8 KB: the queue, and after each decision the next one, written, read
// and painted, beside painting the same window again.
func TestBenchNext(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measured by make bench")
	}
	sc := opened(t, "Li")
	sc.proposals(2000, 50)
	say := func(what string, ms float64, want string) {
		t.Logf("BENCH %-46s %10.4g %-12s (to reach: %s)", what, ms, "ms", want)
	}
	median := func(n int, f func()) float64 {
		var took []float64
		for range n {
			start := time.Now()
			f()
			took = append(took, float64(time.Since(start).Microseconds())/1000)
		}
		slices.Sort(took)
		return took[n/2]
	}
	queue := median(5, func() {
		sc.Hide()
		sc.Show()
		sc.m.Settle()
	})
	waits, _ := sc.r.Rows()
	if waits < 100_000 {
		t.Fatalf("%d wait", waits)
	}
	say("the queue of 100,000, with all counts", queue, "200")
	sc.r.Choose(50_000)
	sc.m.Settle()
	paint := median(21, func() { sc.on.Capture() })
	say("  painting it, by the processor", paint, "the floor of the next")
	next := median(41, func() {
		sc.act(archive.ActApprove)
		sc.m.Settle()
		sc.on.Capture()
	})
	say("  a decision written, the next one painted", next, fmt.Sprintf("80; ratio to painting %.1f", next/paint))
	if n, _ := sc.r.Rows(); n != waits-41 {
		t.Errorf("%d of %d wait after 41 decisions", n, waits)
	}
	if queue > 200 || next > 80 {
		t.Errorf("too slow: the queue %.0f ms, the next %.0f ms", queue, next)
	}
}

// proposals brings in documents, and lets Wang propose so many tags on each.
func (sc *screen) proposals(docs, tags int) {
	sc.t.Helper()
	in := make(chan *archive.Incoming)
	go func() {
		defer close(in)
		for i := range docs {
			text := fmt.Sprintf("第%d号公告\n%s", i, strings.Repeat("会议研究了档案工作，李振国主持。\n", 165)) // 8 KB
			sum := sha256.Sum256([]byte(text))
			in <- &archive.Incoming{Path: fmt.Sprintf("b/%d.txt", i), Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Text: text,
				Format: "text/plain", Encoding: "UTF-8", Confidence: 1, Order: i}
		}
	}()
	if err := sc.Archive.Import(ctx, "Zhang", in, func(storage.Imported) {}); err != nil {
		sc.t.Fatal(err)
	}
	all, err := sc.Archive.List(ctx, storage.Query{})
	if err != nil {
		sc.t.Fatal(err)
	}
	var edits []*archive.Edit
	for _, d := range all {
		for i := range tags {
			edits = append(edits, &archive.Edit{Do: "tag.add", Doc: string(d.ID), Tag: fmt.Sprintf("词/%d", i)})
		}
		if len(edits) >= 5000 { // a batch is held in memory
			sc.Apply("Wang", edits...)
			edits = nil
		}
	}
	sc.Apply("Wang", edits...)
}
