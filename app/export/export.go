package export

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// What a caller may want to decide on, with errors.Is.
var (
	// ErrOut is said of a folder that can be none.
	ErrOut = errors.New("the folder for the export cannot be used")
	// ErrWrite is said of a folder that cannot be written: a full disk, a place of others.
	ErrWrite = errors.New("the export cannot be written")
	// ErrTaken is said of a folder in which something is: nothing is written over.
	ErrTaken = errors.New("the folder for the export is taken")
	// ErrMasked is said where words that are to be masked stand in what was written.
	ErrMasked = errors.New("words that are to be masked would be given out")
	// ErrEdition is said of an edition that is not there, or cannot be written again as it was.
	ErrEdition = errors.New("the edition cannot be written")
	// ErrChoice is said of a format, set or text that does not exist.
	ErrChoice = errors.New("there is no such choice")
)

// Options says what to write, where, and of which moment.
type Options struct {
	Choice
	Out     string           // a folder that is not there yet, or empty
	Version string           // of the program, for the manifest
	Edition int              // write this edition again; Choice is then what it was, but for Formats where those are given
	Record  bool             // record what was written as the next edition
	As      string           // who records it
	Now     func() time.Time // nil: time.Now; for the day of access, where none is chosen

	also []string // words that the rest of a set masks, of which this is a part

	// Progress is told of each step how far it is. It may be nil.
	Progress func(step Step, done, total int)
}

// Step is a part of an export, in the order in which they come.
type Step string

const (
	stepPast   Step = "past"   // an earlier moment is made again
	stepLook   Step = "look"   // the set is read for what is to be masked
	stepWrite  Step = "write"  // documents are written
	stepAround Step = "around" // what was written is put together with the originals
	stepSearch Step = "search" // what was written is searched for what should be masked
)

// A writer writes one format, document by document. After an error of write nothing
// is asked of it but close, whose answer is then nobody's.
type writer interface {
	write(d *Doc) error
	close() (map[string]int, error) // how many of each thing it has written
}

// format is one way to write the set. Open or around is there, or both.
type format struct {
	open      func(j *job) (writer, error)
	around    func(j *job, m *Manifest) (map[string]int, error) // after all others: of what they have written
	positions string                                            // how it counts places, for the manifest; "": it has none
	history   bool                                              // it wants Doc.History
	closed    bool                                              // it wants to be told of closed documents
	last      int                                               // of those with around, which comes later
}

var formats = map[string]format{}

// Formats lists the formats there are, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(formats)) }

// Write writes the export, of one moment of the archive whoever works in it. OUT is
// there, whole, when it returns without an error; else there is nothing of it.
func Write(ctx context.Context, a *storage.Archive, o Options) (m Manifest, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	snap, err := a.Snapshot(ctx)
	if err != nil {
		return m, err
	}
	defer snap.Close()
	self, err := snap.Self(ctx)
	if err != nil {
		return m, err
	}
	running := o.Version
	o.fill(o.Now())
	if o.Record {
		if o.Edition, err = same(ctx, snap, self, &o); err != nil {
			return m, err
		}
	}
	var again *archive.EditionBody
	if o.Edition > 0 {
		asked := sortedOnce(o.Formats)
		if again, err = editionOf(snap, &o, self); err != nil {
			return m, err
		}
		if len(asked) > 0 && !slices.Equal(asked, o.Formats) {
			o.Formats, again.Hash = asked, archive.Hash{} // the same set, in other formats
		}
	}
	if err := o.check(); err != nil {
		return m, err
	}
	if err := free(o.Out); err != nil {
		return m, err
	}
	j := &job{ctx: ctx, a: snap, o: o}
	if j.folder, err = working(o.Out); err != nil {
		return m, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(j.folder) // ours alone, and half done; err says why
		}
	}()
	if again != nil {
		past, done, err := snap.AsOf(ctx, again.Heads, filepath.Dir(j.folder), func(_ string, n, of int) { j.tell(stepPast, n, of) })
		if err != nil {
			return m, err
		}
		defer done()
		j.a = past
	}
	m, sum, err := j.write()
	if err != nil {
		return m, err
	}
	if again != nil && again.Hash != sum && again.Hash != (archive.Hash{}) {
		return m, j.other(snap, again, running)
	}
	if err := j.finish(); err != nil {
		return m, err
	}
	if o.Record && again == nil {
		if err = j.record(a, &m, sum); err != nil {
			os.RemoveAll(o.Out) // it says that it is an edition
		}
	}
	return m, err
}

// write writes everything below the working folder, and says what the SHA-256 of
// the manifest is.
func (j *job) write() (m Manifest, sum archive.Hash, err error) {
	if err := j.list(); err != nil {
		return m, sum, err
	}
	if m, err = j.begin(); err != nil {
		return m, sum, err
	}
	if j.mask, err = newMasker(j); err != nil {
		return m, sum, err
	}
	if j.mask != nil {
		m.Masking = &Masking{Labels: j.o.Mask, Fields: j.o.Hide, Mark: j.o.Mark}
	}
	if err := j.documents(&m); err != nil {
		return m, sum, err
	}
	if !j.dated && !j.closed {
		m.Filter.Day = "" // it has decided nothing: another day gives the same bytes
	}
	if err := j.papers(&m); err != nil {
		return m, sum, err
	}
	if err := j.wrap(&m); err != nil {
		return m, sum, err
	}
	if err := j.search(&m); err != nil {
		return m, sum, err
	}
	slices.SortFunc(j.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	m.Files = j.files
	sum, err = j.manifest(m)
	return m, sum, err
}

// documents writes the formats that write documents, all in one walk.
func (j *job) documents(m *Manifest) (err error) {
	type open struct {
		name string
		format
		writer
	}
	var all []open
	defer func() {
		for _, w := range all {
			counts, e := w.close()
			if err == nil && e != nil {
				err = j.in(w.name, e)
			}
			m.Counts[w.name] = counts
		}
	}()
	for _, name := range j.o.Formats {
		f := formats[name]
		j.history = j.history || f.history
		if f.open == nil {
			continue
		}
		w, err := f.open(j)
		if err != nil {
			return j.in(name, err)
		}
		all = append(all, open{name, f, w})
	}
	ctx, stop := context.WithCancel(j.ctx)
	docs := j.read(ctx)
	defer func() { // whoever reads has ended before the archive is closed
		stop()
		for range docs {
		}
	}()
	for r := range docs {
		s := j.docs[r.at]
		if r.err != nil {
			return fmt.Errorf("document %s (%s): %w", s.ID.Short(), s.Name, r.err)
		}
		m.count(r.doc)
		for _, w := range all {
			if r.doc == nil || r.doc.Closed != nil && !w.closed {
				continue
			}
			if err := w.write(r.doc); err != nil {
				return j.in(w.name, fmt.Errorf("document %s (%s): %w", s.ID.Short(), s.Name, err))
			}
		}
		j.tell(stepWrite, r.at+1, len(j.docs))
	}
	return j.ctx.Err()
}

// wrap writes the formats that go around what the others have written.
func (j *job) wrap(m *Manifest) error {
	names := slices.DeleteFunc(slices.Clone(j.o.Formats), func(n string) bool { return formats[n].around == nil })
	slices.SortStableFunc(names, func(a, b string) int { return formats[a].last - formats[b].last })
	for i, name := range names {
		counts, err := formats[name].around(j, m)
		if err != nil {
			return j.in(name, err)
		}
		m.Counts[name] = counts
		j.tell(stepAround, i+1, len(names))
	}
	return nil
}

// in says which format an error is about, unless it says so itself.
func (j *job) in(name string, err error) error {
	if errors.Is(err, ErrWrite) || j.ctx.Err() != nil {
		return err
	}
	return fmt.Errorf("exporting %s: %w", name, err)
}

// job is one export under way.
type job struct {
	ctx     context.Context // of the one call of Write
	a       *storage.Archive
	o       Options
	folder  string
	docs    []storage.Summary // those to write, by import order
	files   []File
	mask    *masker      // nil: nothing is masked
	alive   time.Time    // when the folder was last said to be in use
	closed  bool         // a document of the set is closed
	dated   bool         // a document says when it opens: the day of the choice counts
	history bool         // a format wants Doc.History
	whole   []archive.ID // documents whose originals may be given out

	tree     *archive.Tree                    // see units
	inUnits  map[archive.ID]bool              // units in which documents lie that were opened
	required func(*archive.Document) []string // fields that a document ought to have, nil: nobody asks
	computed []template.Field                 // that are computed of each document
	self     bool                             // computed is read
}

func (j *job) tell(step Step, done, total int) {
	if now := time.Now(); now.Sub(j.alive) > time.Minute { // so that nobody takes the folder for one that was left
		j.alive = now
		os.Chtimes(j.folder, now, now)
	}
	if j.o.Progress != nil {
		j.o.Progress(step, done, total)
	}
}

func (j *job) list() error {
	only := map[archive.ID]bool{}
	for _, id := range j.o.Docs {
		only[id] = true
	}
	q := storage.Query{Search: j.o.Query}
	if j.o.Documents == ApprovedOnly {
		q.Status = archive.Approved
	}
	return j.a.Each(j.ctx, q, func(d storage.Summary) error {
		if len(only) == 0 || only[d.ID] {
			j.docs = append(j.docs, d)
		}
		return nil
	})
}
