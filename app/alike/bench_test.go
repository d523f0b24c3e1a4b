package alike

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// made is an archive of texts that are made when they are asked for: of every ten two are copies of others with edits,
// one of 0.2 to 1.5 %, one more heavily edited so that it is below the threshold, and one is a text with another inside.
type made struct {
	n     int
	bytes int
	peak  atomic.Uint64
	latin bool
}

func (m *made) text(n int) string {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	switch n % 10 {
	case 7:
		r = rand.New(rand.NewPCG(uint64(n-7), 7))
		return edited(rand.New(rand.NewPCG(uint64(n), 8)), m.plain(r), 0.002+0.013*r.Float64())
	case 8:
		r = rand.New(rand.NewPCG(uint64(n-7), 7))
		return edited(rand.New(rand.NewPCG(uint64(n), 8)), m.plain(r), 0.1)
	}
	return m.plain(r)
}

// plain is a text of about m.bytes bytes.
func (m *made) plain(r *rand.Rand) string {
	if m.latin {
		var b strings.Builder
		for b.Len() < m.bytes {
			for range 2 + r.IntN(8) {
				b.WriteByte(byte('a' + r.IntN(26)))
			}
			b.WriteByte(' ')
		}
		return b.String()
	}
	return notice(r, m.bytes/3)
}

func (m *made) Each(ctx context.Context, f func(string) error) error {
	for n := range m.n {
		if err := f(m.text(n)); err != nil {
			return err
		}
		if n%500 == 0 {
			m.look()
		}
	}
	return ctx.Err()
}

func (m *made) Text(_ context.Context, n int) (string, error) {
	m.look()
	return m.text(n), nil
}

// look notes how much of the heap is in use.
func (m *made) look() {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	if s.HeapInuse > m.peak.Load() {
		m.peak.Store(s.HeapInuse)
	}
}

// TestBenchHundredThousand holds the memory of 100,000 texts of 8 KB below 300 MB, and prints what it took.
func TestBenchHundredThousand(t *testing.T) {
	const n = 100_000
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	for _, latin := range []bool{false, true} {
		debug.FreeOSMemory()
		m := &made{n: n, bytes: 8192, latin: latin}
		began, steps := time.Now(), map[Step]time.Duration{}
		groups, err := Find(context.Background(), m, Options{Progress: func(s Step, done, total int) { steps[s] = time.Since(began) }})
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(began)
		t.Logf("latin %v: %d texts of 8 KB: %d groups, %.1f s (%.0f texts a second; read %.1f s, until compared %.1f s), at most %d MB of heap in use", latin, n,
			len(groups), took.Seconds(), float64(n)/took.Seconds(), steps[Reading].Seconds(), steps[Comparing].Seconds(), m.peak.Load()>>20)
		if m.peak.Load() > 300<<20 {
			t.Errorf("the heap was %d MB, more than 300", m.peak.Load()>>20)
		}
	}
}

func BenchmarkImprint(b *testing.B) {
	for _, latin := range []bool{false, true} {
		m := &made{bytes: 8192, latin: latin}
		text, p := m.text(0), &press{}
		b.Run(fmt.Sprintf("latin=%v", latin), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				p.take(text)
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{1000, 4000} {
		var texts list
		m := &made{bytes: 8192}
		for i := range n {
			texts = append(texts, m.text(i))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				find(b, texts, Options{})
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "texts/s")
		})
	}
}
