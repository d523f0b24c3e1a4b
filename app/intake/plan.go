package intake

import (
	"context"
	"fmt"
	"slices"

	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/storage"
)

// item is a file that was found, and how to read it; or one of the documents that a
// file of another tool holds. There are as many as files: half a million.
type item struct {
	path   string // as it is recorded; its bytes are those of name where they can be
	name   string // for the file system, "" where there is none
	size   int64
	order  int32                                                           // of the walk
	inside int32                                                           // which of the documents that a file of another tool holds, from 1; 0: it is the file
	files  *files                                                          // reads it; nil: read does
	read   func(context.Context) (*ingest.Document, error)                 // nil where there is nothing particular about it
	of     func(ctx context.Context, yield func(ingest.Inner) error) error // likewise, of all that lies in it
	skip   *ingest.Skip
}

// files is how files are read.
type files struct {
	encodings map[string]string // of those for which one was chosen, by name
	records   map[string]records.Plan
	row       int // of a file of records, the row that alone is wanted, from 1; 0: all
	opts      ingest.Options
}

func (o *Options) files(opts ingest.Options) *files { return &files{o.Encodings, o.Records, 0, opts} }

// each reads an item and what lies in it.
func (it *item) each(ctx context.Context, yield func(ingest.Inner) error) error {
	switch {
	case it.of != nil:
		return it.of(ctx, yield)
	case it.read != nil:
		doc, err := it.read(ctx)
		if err != nil {
			return err
		}
		return yield(ingest.Inner{Doc: doc})
	}
	opts := it.files.opts
	if enc, ok := it.files.encodings[it.name]; ok {
		opts.Encoding = enc
	}
	f := ingest.Found{Path: it.path, Name: it.name, Order: int(it.order), Size: it.size}
	if p, ok := it.files.records[it.name]; ok {
		return ingest.EachRow(ctx, f, opts, p, it.files.row, yield)
	}
	return ingest.EachIn(ctx, f, opts, yield)
}

// key names the item among all that lie on the disk.
func (it *item) key() string { return keyOf(it.name, int(it.inside)) }

func keyOf(name string, inside int) string {
	if inside > 0 {
		return fmt.Sprint(name, "#", inside)
	}
	return name
}

// plan is all that is to be brought in, in its order, and what goes with it.
type plan struct {
	items   []item
	whole   *whole // the folder of a whole archive, where this one is empty and can take it
	beside  int
	dropped []string
}

// planned finds what lies at and under paths. It opens files of other tools and no
// others. A path that is not there or cannot be read is an error unless without says
// that it is left out.
func planned(ctx context.Context, a *storage.Archive, paths []string, o *Options, without func(path string) bool) (plan, error) {
	opts := o.reading(a)
	opts.Without = without
	found, skips, err := ingest.Scan(ctx, paths, opts)
	if err != nil {
		if ctx.Err() == nil {
			err = fmt.Errorf("%w: %w", ErrPath, err)
		}
		return plan{}, err
	}
	var p plan
	whole := wholeArchive(found)
	if whole != nil && !o.Plain {
		empty, err := a.Empty(ctx)
		if err != nil {
			return p, err
		}
		if empty {
			p.whole = whole
			return p, nil
		}
	}
	inside, err := lookInside(ctx, found, opts, o)
	if err != nil {
		return p, err
	}
	if whole != nil && !o.Plain {
		inside.dropped = append(inside.dropped, "people, decisions and history of the whole archive that was written out: only an empty archive takes them; import it into a new one")
	}
	skips = slices.DeleteFunc(skips, func(s ingest.Skip) bool { return s.Reason == ingest.Empty && inside.companion(found, s.Path) })
	p.items = make([]item, 0, len(found)+len(skips))
	files := o.files(opts)
	for i := range skips {
		p.items = append(p.items, item{path: skips[i].Path, skip: &skips[i]})
	}
	for i, f := range found {
		switch docs := inside.of[i]; {
		case inside.used[i]:
		case docs != nil:
			for k, d := range docs {
				p.items = append(p.items, item{path: d.Path, name: f.Name, size: d.Size, inside: int32(k + 1),
					read: func(context.Context) (*ingest.Document, error) { return d, nil }})
			}
		default:
			p.items = append(p.items, item{path: f.Path, name: f.Name, size: f.Size, order: int32(f.Order), files: files})
		}
	}
	for i := range p.items {
		if it := &p.items[i]; it.skip == nil && o.LeftOut[it.key()] {
			it.skip = &ingest.Skip{Path: it.path, Reason: LeftOut}
		}
	}
	p.beside, p.dropped = inside.beside, inside.dropped
	return p, nil
}

// reading are the options with which files are found and read.
func (o *Options) reading(a *storage.Archive) ingest.Options {
	return ingest.Options{Encoding: o.Encoding, MaxBytes: o.MaxBytes, Avoid: itself(a.Path())}
}
