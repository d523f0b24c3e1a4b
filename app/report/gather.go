package report

import (
	"context"
	"path/filepath"
	"time"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// Options say for when a report is made.
type Options struct {
	Now  time.Time // whose time zone says when a day begins
	Days int       // how many days are looked at; 0 is 30

	// Progress is told of documents that were assessed. It may be nil.
	Progress func(done, total int)
}

// Numbers is everything that a report says.
type Numbers struct {
	Archive  string // name of its file
	Work     *storage.Oversight
	Packages []Package
	Quality  *storage.Quality // nil where nobody has asked for it
	Heads    map[archive.ID]archive.Hash
	AsOf     time.Time         // of the last operation, in the zone of the options; zero where there is none
	Fields   map[string]string // what fields are called in the language in use
}

// Package is a work package with how far it is.
type Package struct {
	Item  *archive.Item
	State archive.PackageState
	Phase archive.Phase
	storage.PlaceWork
}

// Gather reads everything from an archive. It takes a while: call it on a worker.
func Gather(ctx context.Context, a *storage.Archive, o Options) (*Numbers, error) {
	n, err := GatherWork(ctx, a, o)
	if err != nil {
		return nil, err
	}
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	n.Quality, err = a.Assess(ctx, storage.Query{}, Required(self), o.Progress)
	return n, err
}

// GatherWork is Gather without the quality, for which every document is read.
func GatherWork(ctx context.Context, a *storage.Archive, o Options) (*Numbers, error) {
	n := &Numbers{Archive: filepath.Base(a.Path())}
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	n.Fields = fieldNames(self)
	if n.Work, err = a.Oversee(ctx, storage.OverseeOptions{Now: o.Now, Days: o.Days}); err != nil {
		return nil, err
	}
	for _, w := range n.Work.Packages {
		it := self.Item(w.Package)
		if it == nil {
			continue
		}
		st, err := a.PackageState(ctx, it.ID)
		if err != nil {
			return nil, err
		}
		n.Packages = append(n.Packages, Package{it, st, it.Phase(st, n.Work.Today), w})
	}
	if n.Heads, err = a.Heads(ctx); err != nil {
		return nil, err
	}
	last, err := a.History(ctx, "", 1)
	if err != nil {
		return nil, err
	}
	for _, e := range last {
		n.AsOf = e.Clock.Time().In(o.Now.Location())
	}
	return n, nil
}

// Required gives the fields that the archive's template asks for in a document, by the
// level at which that is described.
func Required(self *archive.Document) func(*archive.Document) []string {
	return template.Of(self).Required
}
