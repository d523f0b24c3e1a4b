package widgets

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fonds/widgets/look"
	"fonds/widgets/textlayout"
)

// lawText is Chinese text of a size in bytes: real statutes one after the other
// where they are at hand, else rows of one official text.
func lawText(size int) string {
	var all []string
	files, _ := filepath.Glob("../../shared/corpora/zh-laws/docs/*/*")
	for _, f := range files {
		if b, err := os.ReadFile(f); err == nil {
			all = append(all, string(b))
		}
	}
	if len(all) == 0 {
		all = []string{pageText(500)}
	}
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "第%d编\n", i+1)
		b.WriteString(all[i%len(all)])
	}
	s := b.String()[:size]
	return strings.ToValidUTF8(s, "")
}

// bigShown is such a text with marks and corrections all over it.
func bigShown(text string, marks, corrections int) Shown {
	rnd := rand.New(rand.NewSource(4))
	n := textlayout.NewText(text).Len()
	s := Shown{Key: "big", Text: text}
	for i := range marks {
		a := rnd.Intn(n - 20)
		s.Marks = append(s.Marks, MarkSpan{ID: fmt.Sprint("m", i), Span: Span{Start: a, End: a + 2 + rnd.Intn(9)}, Label: "组织", Style: i % 10, Proposed: i%7 == 0})
	}
	for i := range corrections {
		a := n / corrections * i
		s.Corrections = append(s.Corrections, CorrectionSpan{ID: fmt.Sprint("c", i), Span: Span{Start: a, End: a + 2}, Old: "旧文"})
	}
	return s
}

// uiQueue stands for the UI goroutine: what Do hands in runs when the test
// says so, and each run is timed.
type uiQueue struct {
	todo  chan func()
	worst time.Duration
}

func newUIQueue() *uiQueue { return &uiQueue{todo: make(chan func(), 1000)} }

func (q *uiQueue) run(f func()) time.Duration {
	began := time.Now()
	f()
	d := time.Since(began)
	q.worst = max(q.worst, d)
	return d
}

// until runs what comes until the view has laid out all.
func (q *uiQueue) until(v *TextView) {
	for v.stale() {
		q.run(<-q.todo)
	}
}

func TestBenchBigText(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	setLook(look.Light)
	text := lawText(10 << 20)
	shown := bigShown(text, 10_000, 1_000)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	say := func(what string, got, floor time.Duration, most float64) {
		t.Helper()
		t.Logf("BENCH %-46s %10.2f %-12s floor %10.2f   (to reach: at most %g)", what, ms(got), "ms", ms(floor), most)
		if ms(got) > most {
			t.Errorf("%s took %.1f ms, at most %g", what, ms(got), most)
		}
	}
	// The floor of everything: to walk through the text once.
	floor := best(5, func() {
		n := 0
		for range text {
			n++
		}
	})
	view := func() (*TextView, *uiQueue) {
		q := newUIQueue()
		v := NewTextView(testFace(t))
		v.Go = func(f func()) { go f() }
		v.Do = func(f func()) { q.todo <- f }
		v.Resize(fyne.NewSize(1000, 800))
		return v, q
	}
	var first, whole, worst []time.Duration
	for range 7 {
		v, q := view()
		began := time.Now()
		q.run(func() { v.SetShown(shown) })
		q.run(func() { v.generate(1000, 800) })
		first = append(first, time.Since(began))
		q.until(v)
		whole = append(whole, time.Since(began))
		worst = append(worst, q.worst)
	}
	say("10 MB shown: first picture of the view", slices.Min(first), floor, 100)
	say("10 MB shown: all laid out", slices.Min(whole), floor, 300)
	say("  the UI goroutine never longer than", slices.Min(worst), floor, 16)

	v, q := view()
	v.SetShown(shown)
	v.generate(1000, 800)
	q.until(v)
	v.SetTop(v.model.text.Len()/2, 0)
	v.generate(1000, 800)
	var width, ui []time.Duration
	for i := range 8 {
		q.worst = 0
		began := time.Now()
		q.run(func() { v.Resize(fyne.NewSize(700+float32(i%2)*200, 800)) })
		q.run(func() { v.generate(int(v.Size().Width), 800) })
		q.until(v)
		width, ui = append(width, time.Since(began)), append(ui, q.worst)
	}
	say("10 MB, width change, exact", slices.Min(width), floor, 60)
	say("  the UI goroutine never longer than", slices.Min(ui), floor, 16)

	var add []time.Duration
	for i := range 8 {
		s := shown
		s.Marks = append(slices.Clone(shown.Marks), MarkSpan{ID: "new", Span: Span{Start: 100 + i, End: 104 + i}, Label: "人物"})
		add = append(add, q.run(func() { v.SetShown(s); v.generate(900, 800) }))
	}
	say("10 MB, one of 10,000 marks added, painted", slices.Min(add), floor, 16)

	var fix, fixUI []time.Duration
	for i := range 8 {
		at := v.model.text.Byte(v.model.text.Len() / 8 * i)
		s := shown
		s.Text = v.want.shown.Text[:at] + strings.Repeat("改", i+1) + v.want.shown.Text[at:]
		q.worst = 0
		began := time.Now()
		q.run(func() { v.SetShown(s) })
		q.until(v)
		fix = append(fix, time.Since(began))
		q.run(func() { v.generate(900, 800) })
		fixUI = append(fixUI, q.worst)
	}
	say("10 MB, a correction in it, exact", slices.Min(fix), floor, 20)
	say("  the UI goroutine never longer than", slices.Min(fixUI), floor, 16)

	textlayout.Find(v.model.text, "规定", true, nil)
	var hits []Span
	find := best(5, func() { hits = textlayout.Find(v.model.text, "规定", true, nil) })
	say(fmt.Sprintf("10 MB, all %d places of a common word", len(hits)), find, floor, 100)
	show := best(5, func() { v.SetHits(hits, 3); v.generate(900, 800) })
	say("  shown as hits, painted", show, floor, 16)
}

// best is the shortest of some runs.
func best(n int, f func()) time.Duration {
	out := time.Hour
	for range n {
		began := time.Now()
		f()
		out = min(out, time.Since(began))
	}
	return out
}

// TestBenchBigMemory weighs what a view keeps of a big text beside the text.
func TestBenchBigMemory(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	setLook(look.Light)
	shown := bigShown(lawText(10<<20), 10_000, 1_000)
	heap := func() float64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	testFace(t)
	empty := NewTextView(testFace(t))
	empty.Resize(fyne.NewSize(1000, 800))
	empty.generate(1000, 800)
	before := heap()
	v := NewTextView(testFace(t))
	v.Resize(fyne.NewSize(1000, 800))
	v.SetShown(shown)
	v.generate(1000, 800)
	got := heap() - before
	runtime.KeepAlive(empty)
	t.Logf("BENCH %-46s %10.2f %-12s floor %10.2f   (to reach: at most 20)", "10 MB shown: memory of the view", got, "MB", 10.0)
	if got > 20 {
		t.Errorf("the view keeps %.1f MB", got)
	}
	runtime.KeepAlive(v)
	runtime.KeepAlive(shown)
}

// TestBenchHugeText opens 100 MB: the beginning at once, a word of progress
// while the rest is laid out, and never long on the UI goroutine.
func TestBenchHugeText(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	setLook(look.Light)
	one := lawText(10 << 20)
	shown := bigShown(strings.Repeat(one, 10), 10_000, 1_000)
	floor := best(3, func() {
		for range shown.Text {
		}
	})
	q := newUIQueue()
	v := NewTextView(testFace(t))
	v.Go = func(f func()) { go f() }
	v.Do = func(f func()) { q.todo <- f }
	told, last := 0, float32(0)
	v.OnLayout = func(done float32) { told++; last = done }
	v.Resize(fyne.NewSize(1000, 800))
	began := time.Now()
	set := q.run(func() { v.SetShown(shown) })
	q.run(func() { v.generate(1000, 800) })
	first := time.Since(began)
	q.until(v)
	q.run(func() { v.generate(1000, 800) })
	t.Logf("BENCH %-46s %10.2f %-12s floor %10.2f   (handing it in %.2f, all laid out after %.0f, told %d times how far)",
		"100 MB shown: first picture of the view", float64(first.Microseconds())/1000, "ms", float64(floor.Microseconds())/1000,
		float64(set.Microseconds())/1000, float64(time.Since(began).Microseconds())/1000, told)
	if told < 5 || last != 1 {
		t.Errorf("told %d times, at last %v", told, last)
	}
	if first > 300*time.Millisecond || q.worst > 60*time.Millisecond {
		t.Errorf("the first picture took %v, the longest on the UI goroutine %v", first, q.worst)
	}
	t.Logf("BENCH %-46s %10.2f %-12s floor %10.2f", "  the UI goroutine never longer than", float64(q.worst.Microseconds())/1000, "ms", float64(floor.Microseconds())/1000)
}
