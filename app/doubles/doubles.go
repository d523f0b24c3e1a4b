// Package doubles finds which documents of an archive are nearly the same, by their reading texts: what package alike
// finds of texts, said of documents.
//
// It may use storage and alike, and only reads. It never holds more than a few texts, and knows no screen and no words.
package doubles

import (
	"context"
	"slices"

	"fonds/app/alike"
	"fonds/storage"
	"fonds/storage/archive"
)

// Group is documents whose texts belong together, as alike.Group has it: two or more, in the order of their import.
type Group struct {
	Likeness  float64
	Exact     bool // their reading texts are equal byte by byte; their originals are not
	Documents []storage.Summary
	Within    archive.ID // the document inside whose text all the others stand; "" where they are like each other
}

// Options says what to look for.
type Options struct {
	Least float64 // see alike.Options
	// Progress is told how much of which step is done; total is 0 where it is not known. It may be nil.
	Progress func(step alike.Step, done, total int)
}

// Find reads every document that was not removed, as all of them are at one moment, whoever works meanwhile.
func Find(ctx context.Context, a *storage.Archive, o Options) ([]Group, error) {
	now, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer now.Close()
	all, err := now.Count(ctx, storage.Query{})
	if err != nil {
		return nil, err
	}
	s := &source{a: now}
	found, err := alike.Find(ctx, s, alike.Options{Least: o.Least, Progress: func(step alike.Step, done, total int) {
		if step == alike.Reading {
			total = all
		}
		if o.Progress != nil {
			o.Progress(step, done, total)
		}
	}})
	if err != nil {
		return nil, err
	}
	return s.groups(ctx, found)
}

// source reads texts from an archive.
type source struct {
	a   *storage.Archive
	ids []archive.ID // of the texts, by their numbers
}

func (s *source) Each(ctx context.Context, f func(string) error) error {
	return s.a.EachReading(ctx, func(r storage.Readable) error {
		s.ids = append(s.ids, r.ID)
		return f(r.Text)
	})
}

func (s *source) Text(ctx context.Context, n int) (string, error) {
	r, err := s.a.Reading(ctx, s.ids[n])
	return r.Text, err
}

// groups says of documents what was found of texts.
func (s *source) groups(ctx context.Context, found []alike.Group) ([]Group, error) {
	var ids []archive.ID
	for _, g := range found {
		for _, n := range g.Texts {
			ids = append(ids, s.ids[n])
		}
	}
	known, err := s.summaries(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []Group
	for _, g := range found {
		group := Group{Likeness: g.Likeness, Exact: g.Exact}
		for _, n := range g.Texts {
			group.Documents = append(group.Documents, known[s.ids[n]])
		}
		if g.Within >= 0 {
			group.Within = s.ids[g.Within]
		}
		out = append(out, group)
	}
	return out, nil
}

// page is how many summaries are read at once.
const page = 500

func (s *source) summaries(ctx context.Context, ids []archive.ID) (map[archive.ID]storage.Summary, error) {
	out := map[archive.ID]storage.Summary{}
	for some := range slices.Chunk(ids, page) {
		places, err := s.a.Places(ctx, some)
		if err != nil {
			return nil, err
		}
		var numbers []int64
		for _, n := range places {
			numbers = append(numbers, n)
		}
		slices.Sort(numbers)
		rows, err := s.a.Summaries(ctx, numbers)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r
		}
	}
	return out, nil
}
