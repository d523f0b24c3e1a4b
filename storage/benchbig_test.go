package storage

import (
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// bigText is a Chinese text of about that many bytes, from a seed.
func bigText(bytes int) string {
	var b strings.Builder
	for i := 0; b.Len() < bytes; i++ {
		b.WriteString(noticeText(i, 20000))
		b.WriteByte('\n')
	}
	return b.String()
}

// bigArchive is an archive with one document: a text of that many bytes, with
// marks and corrections in force in random places. It gives the document and the
// length of its text in code points.
func bigArchive(t testing.TB, bytes, marks, fixes int) (*Archive, archive.ID, int) {
	t.Helper()
	a := newArchive(t)
	id := bring(t, a, incoming("big.txt", bigText(bytes)))[0]
	n, rng := mustDocument(t, a, id).Info.Chars, rand.New(rand.NewSource(1))
	var edits []*archive.Edit
	labels, words := []string{"person", "place", "organisation", "date"}, []string{"既", "宁夏回族", "", "监狱管理局"}
	for i := range fixes { // apart, so that none stands over another
		at := n/fixes*i + rng.Intn(n/fixes-10)
		edits = append(edits, fix(id, at, at+rng.Intn(4), "source", words[rng.Intn(4)]+fmt.Sprint(i)))
	}
	mustApply(t, a, "Zhang", edits...)
	edits = nil
	for range marks {
		at := rng.Intn(n - 10)
		edits = append(edits, mark(id, at, at+2+rng.Intn(4), "source", labels[rng.Intn(len(labels))]))
	}
	mustApply(t, a, "Zhang", edits...)
	return a, id, n
}

// reopened is another hold on an archive, which remembers nothing of it.
func reopened(t *testing.T, a *Archive) *Archive {
	t.Helper()
	b, err := Open(ctx, a.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// timed is how many milliseconds f takes.
func timed(f func()) float64 {
	start := time.Now()
	f()
	return float64(time.Since(start).Microseconds()) / 1000
}

// reach prints the best of several figures beside the best of its floor, and fails
// where the figure is not what is to be reached.
func reach(t *testing.T, what, unit string, got, floor []float64, most float64) {
	t.Helper()
	g, f := slices.Min(got), slices.Min(floor)
	t.Logf("BENCH %-46s %10.4g %-12s floor %10.4g   ratio %.2f (to reach: at most %g %s)", what, g, unit, f, g/f, most, unit)
	if g > most {
		t.Errorf("%s: %.4g %s, at most %g were to be reached", what, g, unit, most)
	}
}

// TestBenchBigDocument opens a text of 10 MB with 10,000 marks and 1,000
// corrections, works on it and weighs it; then one of 100 MB with ten times as
// much, of which every figure may be twenty times as big: ten
// times as many items lie further apart.
func TestBenchBigDocument(t *testing.T) {
	needBench(t)
	for _, mb := range []int{10, 100} {
		times := map[int]float64{10: 1, 100: 20}[mb]
		first, id, n := bigArchive(t, mb<<20, mb*1000, mb*100)
		name := func(what string) string { return fmt.Sprintf("%d MB text: %s", mb, what) }
		var items, places, all, bareRead []float64
		for range 5 {
			bareRead = append(bareRead, timed(func() { readBare(t, first, id) }))
			a := reopened(t, first)
			var d *archive.Document
			var r *archive.Reading
			items = append(items, timed(func() { d = mustDocument(t, a, id) }))
			places = append(places, timed(func() {
				r, _ = d.Reading()
				if len(r.Places(d.Of(archive.AMark))) != mb*1000 {
					t.Fatal("marks are missing")
				}
			}))
			all = append(all, items[len(items)-1]+places[len(places)-1])
			a.Close()
		}
		t.Logf("BENCH %-46s items and texts %.4g ms, places of its marks %.4g ms", name("of which"), slices.Min(items), slices.Min(places))
		reach(t, name("read, its reading text, its marks placed"), "ms", all, bareRead, 150*times)

		a, rng := reopened(t, first), rand.New(rand.NewSource(2))
		mustDocument(t, a, id)
		var marks, fixes, bare []float64
		for range 20 {
			at := rng.Intn(n - 10)
			bare = append(bare, timed(func() { commitBare(t, a) }))
			mustDocument(t, a, id) // that commit was past the writer
			marks = append(marks, timed(func() {
				mustApply(t, a, "Zhang", mark(id, at, at+3, "reading", "person"))
				mustDocument(t, a, id)
			}))
			fixes = append(fixes, timed(func() {
				mustApply(t, a, "Zhang", fix(id, at, at+3, "reading", "监狱"))
				if _, err := mustDocument(t, a, id).Reading(); err != nil {
					t.Fatal(err)
				}
			}))
		}
		reach(t, name("a mark added, and what is shown"), "ms", marks, bare, 16*times)
		reach(t, name("a correction, indexed, and the reading text"), "ms", fixes, bare, 50*times)
		weigh(t, name, first, id)
		a.Close()
		first.Close()
	}
}

// readBare reads all that there is of a document from the file, and makes nothing
// of it.
func readBare(t *testing.T, a *Archive, id archive.ID) {
	t.Helper()
	var text string
	if err := a.pool.QueryRow("SELECT CAST(text AS TEXT) FROM texts WHERE doc=?", id).Scan(&text); err != nil {
		t.Fatal(err)
	}
	rows, err := a.pool.Query("SELECT "+itemColumns+" FROM items WHERE doc=? ORDER BY id", id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
}

// commitBare is one row made durable.
func commitBare(t *testing.T, a *Archive) {
	t.Helper()
	if _, err := a.w.Exec("INSERT OR REPLACE INTO drafts VALUES('', 'bare', 'bare', '', ?)", time.Now().UnixNano()); err != nil {
		t.Fatal(err)
	}
}

// weigh prints what a document costs in memory that is shown, and was edited.
func weigh(t *testing.T, name func(string) string, first *Archive, id archive.ID) {
	t.Helper()
	before, process := live(), resident()
	a := reopened(t, first)
	mustDocument(t, a, id)
	mustApply(t, a, "Zhang", fix(id, 0, 1, "reading", "监狱"))
	d := mustDocument(t, a, id)
	r, err := d.Reading()
	if err != nil {
		t.Fatal(err)
	}
	size := float64(len(r.Text().String()))
	places := r.Places(d.Of(archive.AMark))
	held := (live() - before) / size
	t.Logf("BENCH %-46s %10.4g %-12s floor %10.4g   (to reach: at most 4; resident %.4g x)", name("memory held, over the bytes of the text"), held, "x", 2.0,
		(resident()-process)/size)
	if held > 4 {
		t.Errorf("%s holds %.3g times its text", name("it"), held)
	}
	runtime.KeepAlive(places)
	runtime.KeepAlive(d)
}

// live is how many bytes are in use once what is not is gone.
func live() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// resident is how many bytes the process holds once it has given back what it
// does not use; 0 where nobody says.
func resident() float64 {
	debug.FreeOSMemory()
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages float64
	fmt.Sscan(string(b), &size, &pages)
	return pages * float64(os.Getpagesize())
}

// TestBenchBatch makes ten thousand edits of one document as one batch, where
// what stands in the way of each is megabytes of corrections.
func TestBenchBatch(t *testing.T) {
	needBench(t)
	a := newArchive(t)
	ids := bring(t, a, incoming("many.txt", bigText(10<<20)), incoming("one.txt", bigText(5<<20)))
	const n = 10000
	batch := func(what string, edit func(i int) *archive.Edit) {
		edits := make([]*archive.Edit, n)
		for i := range edits {
			edits[i] = edit(i)
		}
		took := timed(func() { mustApply(t, a, "Zhang", edits...) })
		reach(t, "ten thousand "+what, "ms", []float64{took}, []float64{timed(func() { commitBare(t, a) })}, 20000)
	}
	batch("corrections of 300 characters", func(i int) *archive.Edit {
		return fix(ids[0], i*300, i*300+3, "source", strings.Repeat("监", 300))
	})
	batch("corrections within them", func(i int) *archive.Edit {
		at := i*597 + 1
		return fix(ids[0], at, at+1, "reading", "局")
	})
	mustApply(t, a, "Zhang", fix(ids[1], 100, 1000100, "source", strings.Repeat("监狱局", 333333)))
	batch("marks in a correction of a million", func(i int) *archive.Edit {
		return mark(ids[1], 100+i*90, 102+i*90, "reading", "person")
	})
	reach(t, "ten thousand marks undone", "ms", []float64{timed(func() {
		if _, err := a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
	})}, []float64{timed(func() { commitBare(t, a) })}, 20000)
}
