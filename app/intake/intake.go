package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/debug"
	"time"

	"fonds/app/ingest"
	"fonds/app/ingest/records"
	"fonds/storage"
	"fonds/storage/archive"
)

// ErrPath is said of what was named to be imported and is not there or cannot be
// read. Nothing was imported then.
var ErrPath = errors.New("nothing was imported")

// Options of an import. The zero value is good.
type Options struct {
	Encoding string // WHATWG name of the encoding that all files are in; "" finds out for each
	MaxBytes int64  // larger files are skipped unopened; 0 is ingest.DefaultMaxBytes
	Readers  int    // files read at once; 0 is one for each processor
	Held     int64  // bytes of originals held at once; 0 is 64 MiB; one file is always taken
	Plain    bool   // files of other tools are texts like any other: what they say is not read

	Records   map[string]records.Plan // files whose rows become documents, by Looked.Name, and how
	Encodings map[string]string       // of files by their names in the file system (Looked.Name): what a person has chosen for each
	LeftOut   map[string]bool         // files that a person leaves out, by Looked.Key
	Gone      map[string]bool         // of the paths, those that a survey did not find (Survey.Gone): they are left out, and no error
	Continue  archive.ID              // the import that this one goes on with; see Kept
	Pace      *Pace                   // pauses it; nil: it runs
	Found     func(files int)         // told how many files there are, before the first is read; may be nil
}

// heldBytes is how many bytes of originals are on their way at once. The text
// and the index of each come on top of it.
const heldBytes = 64 << 20

// File is what became of one file. One of ID, DuplicateOf and Skip is set.
type File struct {
	Path        string            // as it is recorded: below the folder that was named, / between folders
	ID          archive.ID        // of the document that was made of it
	DuplicateOf archive.ID        // of the document that has the same bytes
	Skip        *ingest.Skip      // why it was left out
	Read        *archive.Incoming // what was read, where it could be; without the original
	Chars       int               // code points of its text
	Refused     []error           // what it says of itself and the rules of the archive refuse
	Lost        []string          // what of a file that came in could not be read, a sentence in English each
}

// Event is progress. It comes in the order of the files, each when it is safe in
// the archive or will not come.
type Event struct {
	File  File
	Done  int // files accounted for, this one included
	Total int // files there are
	Bytes int64
	Of    int64 // bytes of all that were found, those left out by name or size not counted
}

// Report is what an import did.
type Report struct {
	Imported, Duplicates, Skipped int
	Before                        int // of those imported, those that had been before the import was interrupted that this one continues
	Total                         int // files there are; more than the sum of the three where it was stopped
	Skips                         []ingest.Skip
	Reasons                       map[ingest.Reason]int
	Archives                      int      // of those skipped: archives of Fonds, this one and others, which nobody meant
	Beside                        int      // files that were read with another, as annotations with their text
	Notes                         []string // what is to be known of files of records, a sentence each
	Dropped                       []string // what files of other tools say and could not be taken, a sentence each
	Received                      bool     // a whole archive was, with its history
}

// Left is how many files were not reached.
func (r Report) Left() int { return r.Total - r.Imported - r.Duplicates - r.Skipped }

// Run brings in what lies at and under paths, as one batch of actor. A file is
// recorded under its name, what is in a folder under its path below that folder.
// That it began and how it ended is recorded in the archive.
//
// on is told of each file, in order, one call at a time, on any goroutine; it may
// be nil. When ctx ends no further file is read, those that the archive has been
// given are finished, and the error is that of ctx: what on was told of stays.
// Where ErrLater is the cause, the import can be continued (Kept).
// An error of another kind is of a path that is not there, before anything was
// changed, or of the archive.
func Run(ctx context.Context, a *storage.Archive, actor string, paths []string, o Options, on func(Event)) (r Report, err error) {
	p, err := planned(ctx, a, paths, &o, func(path string) bool { return o.Gone[path] })
	if err != nil {
		return Report{}, err
	}
	if p.whole != nil {
		return receive(ctx, a, p.whole, on)
	}
	id, err := begin(ctx, a, actor, paths, &o)
	if err != nil {
		return Report{Total: len(p.items)}, err
	}
	o.found(len(p.items))
	r, err = run(ctx, a, actor, p.items, o, on)
	r.Beside, r.Dropped = p.beside, p.dropped
	if o.Continue != "" {
		err = errors.Join(err, before(context.WithoutCancel(ctx), a, actor, id, &r))
	}
	if how := howEnded(ctx, err); how != "" {
		if e := end(context.WithoutCancel(ctx), a, actor, id, &o, &r, how); err == nil {
			err = e
		}
	}
	return r, err
}

// RunFS is Run for the regular files of a tree, all of them, in lexical order.
func RunFS(ctx context.Context, a *storage.Archive, actor string, tree fs.FS, o Options, on func(Event)) (Report, error) {
	var items []item
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		order := len(items)
		it := item{path: name, of: func(ctx context.Context, yield func(ingest.Inner) error) error {
			data, err := fs.ReadFile(tree, name)
			if err != nil {
				return err
			}
			return ingest.Each(ctx, data, name, time.Time{}, ingest.Options{Encoding: o.Encoding}, func(in ingest.Inner) error {
				if in.Doc != nil {
					in.Doc.Order = order
				}
				return yield(in)
			})
		}}
		if info, err := d.Info(); err == nil {
			it.size = info.Size()
		}
		items = append(items, it)
		return nil
	})
	if err != nil {
		return Report{}, fmt.Errorf("finding what to import: %w", err)
	}
	return run(ctx, a, actor, items, o, on)
}

// readEach reads one file and what lies in it, and lets no fault of a reader reach
// beyond it. The error is that of yield or of the context.
func (it *item) readEach(ctx context.Context, yield func(ingest.Inner) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = yield(ingest.Inner{Skip: &ingest.Skip{Path: it.path, Reason: Fault, Detail: fmt.Sprintf("%v\n%s", v, debug.Stack())}})
		}
	}()
	var own error // of yield
	err = it.each(ctx, func(in ingest.Inner) error {
		own = yield(in)
		return own
	})
	if err == nil || own != nil || ctx.Err() != nil {
		return err
	}
	skip := &ingest.Skip{}
	if !errors.As(err, &skip) {
		skip = &ingest.Skip{Path: it.path, Reason: ingest.Unreadable, Detail: err.Error(), Err: err}
	}
	return yield(ingest.Inner{Skip: skip})
}

// Reasons of this package, beside those of package ingest.
const (
	Fault   ingest.Reason = "fault"    // a reader has a bug; Detail is for its makers
	Refused ingest.Reason = "refused"  // the archive would not take it; Detail says why
	LeftOut ingest.Reason = "left-out" // a person did
)

// Sentence says in English why a file was left out.
func Sentence(s *ingest.Skip) string {
	switch s.Reason {
	case Fault:
		return "a fault in the program kept it from being read; please report it and send the file"
	case Refused:
		return "the archive does not take it: " + s.Detail
	case LeftOut:
		return "somebody chose to leave it out"
	}
	return s.String()
}

// incoming is a document as the archive takes it.
func incoming(d *ingest.Document) (*archive.Incoming, error) {
	d = d.Whole()
	recipe, err := json.Marshal(d.Recipe)
	if err != nil {
		return nil, err
	}
	in := &archive.Incoming{Path: d.Path, Order: d.Order, Original: d.Original, SHA256: d.SHA256, Format: d.Format,
		Encoding: d.Encoding, Confidence: d.Confidence, Language: d.Language, Text: d.Text, Recipe: recipe}
	if !d.Modified.IsZero() {
		in.Modified = d.Modified.UTC().Format(time.RFC3339)
	}
	in.Proposals = proposals(d)
	in.Folded, in.Pages, in.Belongs, in.Pronom = d.Folded, len(d.Pages), d.Belongs, d.Pronom
	in.Repairs, in.Furniture, in.Borders = d.Repairs, d.Furniture, d.Borders
	in.Edits = edits(d.Said)
	return in, nil
}

func proposals(d *ingest.Document) (out []archive.Proposal) {
	for _, p := range d.Proposals {
		out = append(out, archive.Proposal{Field: p.Field, Value: p.Value, Detail: p.Detail,
			Rule: p.Rule, Start: p.Start, End: p.End, Confidence: p.Confidence})
	}
	return out
}

// KnownEncoding says whether Options.Encoding may be name.
func KnownEncoding(name string) bool {
	_, err := ingest.Make([]byte("a"), "a.txt", name)
	var skip *ingest.Skip
	return !errors.As(err, &skip) || skip.Reason != ingest.BadEncoding
}

func (o *Options) found(files int) {
	if o.Found != nil {
		o.Found(files)
	}
}

func (o *Options) fill() {
	if o.Readers <= 0 {
		o.Readers = runtime.GOMAXPROCS(0)
	}
	if o.Held <= 0 {
		o.Held = heldBytes
	}
}
