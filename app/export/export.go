package export

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	// ErrMoved is said where somebody kept changing the archive meanwhile.
	ErrMoved = errors.New("the archive was changed while it was being written out")
	// ErrChoice is said of a format, set or text that does not exist.
	ErrChoice = errors.New("there is no such choice")
)

// Options says what to write and where.
type Options struct {
	Formats []string // at least one of Formats()
	Out     string   // a folder that is not there yet, or empty
	Query   string   // as typed in the search; "" is everything
	Set     string   // "approved" (also when empty): what is in force; "all": what is proposed too
	Text    string   // "reading" (also when empty) or "source": which one a document's "text" is
	Version string   // of the program, for the manifest

	// Progress is told after each document, format by format. It may be nil.
	Progress func(done, total int)
}

// The choices of Options.Set and Options.Text.
const (
	Approved = "approved"
	All      = "all"
	Reading  = "reading"
	Source   = "source"
)

// Manifest is what OUT/manifest.json says.
type Manifest struct {
	Program string                      `json:"program"`
	Version string                      `json:"version"`
	Formats []string                    `json:"formats"`
	Filter  Filter                      `json:"filter"`
	AsOf    string                      `json:"as_of"` // of the last operation in it
	Heads   map[archive.ID]archive.Hash `json:"heads"` // of each copy's chain, hex
	Counts  map[string]map[string]int   `json:"counts"`
	Files   []File                      `json:"files"` // by path
	Notes   []string                    `json:"notes"`
}

// Filter says which documents were taken, and what of them.
type Filter struct {
	Query string `json:"query"`
	Set   string `json:"set"`
	Text  string `json:"text"`
}

// File is one file of an export.
type File struct {
	Path   string `json:"path"` // below OUT, slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// A format writes its files and counts what it wrote, by what it is.
type format func(ctx context.Context, j *job) (map[string]int, error)

var formats = map[string]format{"jsonl": writeJSONL}

// Formats lists the formats there are, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(formats)) }

// tries is how often an export begins again when the archive was changed under
// it: documents are read one by one, and all must be of one state of the log.
const tries = 3

// Write writes the export. OUT is there, whole, when it returns without an
// error; else there is nothing of it.
func Write(ctx context.Context, a *storage.Archive, o Options) (Manifest, error) {
	if err := o.check(); err != nil {
		return Manifest{}, err
	}
	if err := free(o.Out); err != nil {
		return Manifest{}, err
	}
	for range tries {
		m, err := write(ctx, a, o)
		if !errors.Is(err, ErrMoved) {
			return m, err
		}
	}
	return Manifest{}, fmt.Errorf("exporting to %s: %w; try again when nobody works in it", o.Out, ErrMoved)
}

func (o *Options) check() error {
	if o.Set == "" {
		o.Set = Approved
	}
	if o.Text == "" {
		o.Text = Reading
	}
	if len(o.Formats) == 0 {
		return fmt.Errorf("%w: name a format: %s", ErrChoice, strings.Join(Formats(), ", "))
	}
	o.Formats = slices.Clone(o.Formats)
	slices.Sort(o.Formats)
	o.Formats = slices.Compact(o.Formats)
	for _, f := range o.Formats {
		if formats[f] == nil {
			return fmt.Errorf("%w: the format %q; there is: %s", ErrChoice, f, strings.Join(Formats(), ", "))
		}
	}
	if o.Set != Approved && o.Set != All {
		return fmt.Errorf("%w: the set %q; there is: approved, all", ErrChoice, o.Set)
	}
	if o.Text != Reading && o.Text != Source {
		return fmt.Errorf("%w: the text %q; there is: reading, source", ErrChoice, o.Text)
	}
	return nil
}

// free refuses a place where something is.
func free(out string) error {
	st, err := os.Stat(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return cannot(out, err)
	case !st.IsDir():
		return fmt.Errorf("%w: %s: it is a file; name a folder that is not there yet", ErrOut, out)
	}
	entries, err := os.ReadDir(out)
	switch {
	case err != nil:
		return cannot(out, err)
	case len(entries) > 0:
		return fmt.Errorf("%w: %s is not empty (%q is in it); name a folder that is not there yet", ErrTaken, out, entries[0].Name())
	}
	return nil
}

func write(ctx context.Context, a *storage.Archive, o Options) (m Manifest, err error) {
	j := &job{a: a, o: o}
	if j.folder, err = working(o.Out); err != nil {
		return m, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(j.folder) // ours alone, and half done; err says why
		}
	}()
	before, err := a.Heads(ctx)
	if err != nil {
		return m, err
	}
	m = Manifest{Program: "Fonds", Version: o.Version, Formats: o.Formats, Filter: Filter{o.Query, o.Set, o.Text},
		Heads: before, Counts: map[string]map[string]int{}, Notes: notes(o)}
	latest, err := a.History(ctx, "", 1)
	if err != nil {
		return m, err
	}
	for _, e := range latest {
		m.AsOf = Time(e.Clock)
	}
	if err := j.list(ctx); err != nil {
		return m, err
	}
	for _, name := range o.Formats {
		if m.Counts[name], err = formats[name](ctx, j); err != nil {
			if errors.Is(err, ErrWrite) {
				return m, err // it has said what it was about
			}
			return m, fmt.Errorf("exporting %s: %w", name, err)
		}
	}
	after, err := a.Heads(ctx)
	if err != nil {
		return m, err
	}
	if !maps.Equal(before, after) {
		return m, ErrMoved
	}
	slices.SortFunc(j.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	m.Files = j.files
	if err := j.manifest(m); err != nil {
		return m, err
	}
	return m, j.finish()
}

// notes says in words what the set means, so that a reader in ten years knows.
func notes(o Options) []string {
	set := "Set approved: what is in force. This archive asks for no review, so that what a person did is in force at once; what a machine proposed and nobody took is not in this export."
	if o.Set == All {
		set = "Set all: what is in force and what is proposed; \"state\" says which. The reading text holds the corrections in force and no others."
	}
	return []string{set,
		"Positions are Unicode code points, start included, end not, counted in the source text; those under \"reading\" in the reading text.",
		"Names of people are asserted, not proven. The heads of the log tell this state of the archive from every other: an archive that gives other heads has been changed, or written anew, since.",
	}
}

// working makes the folder in which the export grows, beside OUT so that it can
// be renamed.
func working(out string) (string, error) {
	abs, err := filepath.Abs(out)
	if err != nil {
		return "", cannot(out, err)
	}
	dir := filepath.Dir(abs)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", cannot(out, err)
	}
	folder := filepath.Join(dir, ".fonds-export-"+rand.Text()[:10])
	if err := os.Mkdir(folder, 0o777); err != nil {
		return "", cannot(out, err)
	}
	return folder, nil
}

// job is one export under way.
type job struct {
	a      *storage.Archive
	o      Options
	folder string
	docs   []storage.Summary // those to write, by import order
	files  []File
}

func (j *job) list(ctx context.Context) error {
	return j.a.Each(ctx, storage.Query{Search: j.o.Query}, func(d storage.Summary) error {
		j.docs = append(j.docs, d)
		return nil
	})
}

// create opens a file below OUT; close it with its own close.
func (j *job) create(path string) (*file, error) {
	name := filepath.Join(j.folder, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, cannot(j.o.Out, err)
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, cannot(j.o.Out, err)
	}
	return newFile(f, path, j.o.Out), nil
}

func (j *job) manifest(m Manifest) error {
	f, err := j.create("manifest.json")
	if err != nil {
		return err
	}
	enc := encoder(f)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		f.f.Close()
		return err
	}
	_, err = f.close()
	return err
}

// finish gives the export its name. A loss of power leaves it whole or not at
// all: the names in it are on the disk before it has its own.
func (j *job) finish() error {
	err := filepath.WalkDir(j.folder, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			err = storage.SyncFolder(path)
		}
		return err
	})
	if err != nil {
		return cannot(j.o.Out, err)
	}
	// An empty folder of that name may be there, which not every system renames over.
	if st, err := os.Lstat(j.o.Out); err == nil && st.IsDir() {
		if err := os.Remove(j.o.Out); err != nil {
			return cannot(j.o.Out, err)
		}
	}
	if err := os.Rename(j.folder, j.o.Out); err != nil {
		return cannot(j.o.Out, err)
	}
	if err := storage.SyncFolder(filepath.Dir(j.folder)); err != nil {
		os.RemoveAll(j.o.Out) // it may be lost, and has been promised to nobody
		return cannot(j.o.Out, err)
	}
	return nil
}

// encoder writes JSON as it is read: < stays <.
func encoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}
