package app

import (
	"path/filepath"
	"testing"

	"fonds/app/session"
	"fonds/app/settings"
)

// The next morning the list is narrowed as it was, in each archive to its own.
func TestTheFilterIsRemembered(t *testing.T) {
	if len(filterNames) != len(session.Filters()) {
		t.Fatalf("%d filters have %d names", len(session.Filters()), len(filterNames))
	}
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one.fonds"), filepath.Join(dir, "two.fonds")
	for _, path := range []string{one, two} {
		if err := makeSample(path, ""); err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t, zhang, Options{Archive: one})
	b.run("filter.todo")
	b.openArchive(two)
	b.m.Settle()
	if got := b.s.Query().Filter; got != session.All {
		t.Errorf("the filter of one archive came along to the other: %v", got)
	}
	b.run("filter.returned")
	b.run("filter.all")
	b.close()
	b.m.Settle()
	set := b.saved[len(b.saved)-1]
	if set.Filter[one] != "todo" || set.Filter[two] != "" {
		t.Fatalf("remembered %v", set.Filter)
	}
	// The test's bench is one of its own language and size: what matters is the filter.
	next := newBench(t, settings.Settings{Name: "Zhang", Filter: set.Filter, Last: set.Last}, Options{Archive: one})
	if got := next.s.Query().Filter; got != session.ToDo {
		t.Errorf("the next morning: filter %v", got)
	}
	if next.s.Document() == nil || string(next.s.Document().ID) != set.Last[one] {
		t.Error("and not the document that was read last")
	}
	next.run("filter.all")
	if len(next.set.Filter) != 0 {
		t.Errorf("all is remembered as %v", next.set.Filter)
	}
}

// What is written on a worker is a copy: the window goes on with its own.
func TestKeptSettingsAreACopy(t *testing.T) {
	b := newBench(t, zhang, Options{Sample: true})
	var kept settings.Settings
	b.save = func(s settings.Settings) error { kept = s; return nil }
	b.run("filter.todo")
	b.keep()
	b.m.Settle()
	path := b.s.Path()
	doc := kept.Last[path]
	b.remember("another")
	b.run("filter.all")
	if kept.Last[path] != doc || kept.Filter[path] != "todo" {
		t.Errorf("what was handed over to be written changed: %v, %v", kept.Last, kept.Filter)
	}
}
