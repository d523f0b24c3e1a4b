package app_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"fonds/app/session"
	"fonds/storage"
)

// TestBenchMillion: an archive of a million documents, opened by the session until its
// first rows are there, sorted by other columns, and what the window holds in memory with
// it, beside a bare one.
func TestBenchMillion(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("measures; run it by make bench")
	}
	path := manyDocuments(t, 1_000_000)
	ui := make(chan func(), 1024)
	s := session.New(session.Config{Do: func(f func()) { ui <- f }, Go: func(f func()) { go f() }, Now: time.Now,
		After: func(d time.Duration, f func()) func() bool {
			return time.AfterFunc(d, func() { ui <- f }).Stop
		}})
	s.SetActor("Zhang")
	came := false
	s.On(func(e session.Event) {
		if l, ok := e.(session.ListChanged); ok && l.Reset && s.Rows() > 0 {
			came = true
		}
	})
	until := func(is func() bool) {
		for !is() {
			(<-ui)()
		}
	}
	step := func(what string, most float64, do func()) {
		came = false
		start := time.Now()
		do()
		until(func() bool { return came })
		took := float64(time.Since(start).Microseconds()) / 1000
		t.Logf("BENCH %-46s %10.2f ms (to reach: at most %g)", "a million documents: "+what, took, most)
		until(s.ListRead)
	}
	step("opened, the first rows there", 700, func() {
		s.OpenArchive(path, "", func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		})
	})
	prepared := false
	start := time.Now()
	s.PrepareOrder(func() { prepared = true }) // as the table does when it is opened
	until(func() bool { return prepared })
	t.Logf("BENCH %-46s %10.2f ms, in the background", "a million documents: the order of titles made", float64(time.Since(start).Microseconds())/1000)
	for _, c := range []struct {
		what string
		by   storage.Column
	}{{"sorted by title", storage.ByTitle}, {"the other way round", storage.ByTitle}, {"sorted by status", storage.ByStatus}, {"by title again", storage.ByTitle}} {
		step(c.what, 300, func() { s.SortBy(c.by) })
	}
	step("in the order of import", 300, func() { s.SetOrder(storage.Order{}) })
	closed := false
	s.CloseArchive(func() { closed = true })
	until(func() bool { return closed })

	bare := newDesktop(t, "")
	bare.bin = build(t, "fonds/app/testdata/bare")
	bare.start()
	floor := settled(t, bare)
	bare.kill()
	d := newDesktop(t, `{"name":"Zhang","language":"zh-Hans","width":1280,"height":800}`)
	d.start(path)
	d.until("the archive", func() bool { return strings.Contains(d.title(), "many") })
	list := settled(t, d)
	t.Logf("BENCH %-46s %10.1f MB, floor %.1f, difference %.1f (to reach: at most 150)", "memory, a million documents open", list, floor, list-floor)
	d.keys("ctrl+b")
	d.rest()
	table := settled(t, d)
	t.Logf("BENCH %-46s %10.1f MB, floor %.1f, difference %.1f", "memory, as a table with counts", table, floor, table-floor)
	d.close()
}
