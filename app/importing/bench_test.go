package importing

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fonds/app/i18n"
	"fonds/app/session"
	"fonds/storage"
)

// BenchmarkSurvey looks at a folder of 5,000 small files (FONDS_FILES says how many) on
// the page and, once they are listed, imports them; it gives how long both take, how long the
// longest step on the UI goroutine does, and what a file costs in memory while it is
// listed.
func BenchmarkSurvey(b *testing.B) {
	n := 5000
	if said, err := strconv.Atoi(os.Getenv("FONDS_FILES")); err == nil {
		n = said
	}
	dir := b.TempDir()
	words := []rune("司法厅召开基层服务型党组织现场观摩学习推进会李振国厅长对观摩点的工作给予肯定并提出要求")
	for i := range n {
		sub := filepath.Join(dir, fmt.Sprintf("%03d", i/1000))
		if i%1000 == 0 {
			if err := os.MkdirAll(sub, 0o755); err != nil {
				b.Fatal(err)
			}
		}
		var text strings.Builder
		fmt.Fprintf(&text, "第%d号通知\n", i)
		for k := range 100 + i%800 {
			text.WriteRune(words[(i*7+k*k)%len(words)])
		}
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprintf("%06d.txt", i)), []byte(text.String()), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		test.NewTempApp(b)
		i18n.Use("en")
		path := filepath.Join(b.TempDir(), "bench.fonds")
		a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
		todo := make(chan func(), 1<<16)
		s := session.New(session.Config{Do: func(f func()) { todo <- f }, Go: func(f func()) { go f() }, Now: time.Now,
			After: func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }})
		s.SetActor("Zhang")
		w := test.NewTempWindow(b, nil)
		p := New(s, w.Canvas(), nil)
		w.SetContent(p.Content())
		w.Resize(fyne.NewSize(1280, 760))
		var longest time.Duration
		until := func(done func() bool) time.Duration {
			began := time.Now()
			longest = 0
			for !done() {
				f := <-todo
				at := time.Now()
				f()
				longest = max(longest, time.Since(at))
			}
			return time.Since(began)
		}
		s.OpenArchive(path, "", func(error) {})
		until(s.Open)
		before := heap()
		p.Take([]string{dir})
		took := until(func() bool { return p.w.looking == nil && p.w.rows.len() == n })
		b.ReportMetric(float64(n)/took.Seconds(), "looked/s")
		b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest-step")
		b.ReportMetric(float64(heap()-before)/float64(n), "B/file")
		p.Run()
		took = until(func() bool { return !p.Runs() })
		b.ReportMetric(float64(n)/took.Seconds(), "imported/s")
		b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest-step-importing")
		closed := false
		s.CloseArchive(func() { closed = true })
		until(func() bool { return closed })
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
