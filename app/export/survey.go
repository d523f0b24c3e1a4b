package export

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/storage"
	"fonds/storage/archive"
)

// Survey is what there is to know of a set before it is written.
type Survey struct {
	SetCounts
	Missing  int        // documents that lack a required field
	Unstated int        // that state no condition of access
	Words    []string   // that would be masked, sorted
	Names    int        // file names in which such words stand
	Short    []string   // of Words, those of one code point: they stand in many other words
	First    archive.ID // the first document that would be written
	Removed  int        // documents out of view that the log would tell of (jsonl of a whole archive)
}

// Look reads a set as Write would choose it, and writes nothing. required gives the
// fields that a document ought to have; nil for none.
func Look(ctx context.Context, a *storage.Archive, c Choice, required func(*archive.Document) []string, o Options) (s Survey, err error) {
	snap, err := a.Snapshot(ctx)
	if err != nil {
		return s, err
	}
	defer snap.Close()
	if o.Now == nil {
		o.Now = a.Now
	}
	o.Choice = c
	o.fill(o.Now())
	if err := o.check(); err != nil {
		return s, err
	}
	j := &job{ctx: ctx, a: snap, o: o, required: required}
	if err := j.list(); err != nil {
		return s, err
	}
	if j.mask, err = newMasker(j); err != nil {
		return s, err
	}
	m := Manifest{authors: map[string]bool{}, tags: map[string]int{}, Masking: &Masking{}}
	ctx, stop := context.WithCancel(ctx)
	docs := j.read(ctx)
	defer func() {
		stop()
		for range docs {
		}
	}()
	for r := range docs {
		if r.err != nil {
			return s, r.err
		}
		m.count(r.doc)
		s.look(j, r)
		j.tell(stepWrite, r.at+1, len(j.docs))
	}
	s.SetCounts = m.Set
	whole, err := j.wholeArchive()
	if err != nil {
		return s, err
	}
	if whole && slices.Contains(j.o.Formats, "jsonl") {
		if err := snap.Each(ctx, storage.Query{Status: archive.Removed}, func(storage.Summary) error { s.Removed++; return nil }); err != nil {
			return s, err
		}
	}
	if j.mask != nil {
		s.Words = j.mask.words
		for _, w := range s.Words {
			if utf8.RuneCountInString(w) == 1 {
				s.Short = append(s.Short, w)
			}
		}
	}
	return s, j.ctx.Err()
}

func (s *Survey) look(j *job, r ready) {
	d := r.doc
	if d == nil || d.Closed != nil {
		return
	}
	if s.First == "" {
		s.First = d.ID
	}
	if slices.ContainsFunc(d.required, func(f string) bool { return !d.has(f) }) {
		s.Missing++
	}
	if len(d.Values(AccessField)) == 0 {
		s.Unstated++
	}
	if j.mask != nil && len(j.mask.everywhere.all(j.docs[r.at].Path)) > 0 {
		s.Names++
	}
}

// previewLen is how much of a file a preview shows, bytes.
const previewLen = 64 << 10

// Preview writes one document as a set of its own in a format, below the system's
// folder for temporary files, and gives the beginning of what it says: the file's
// path and its text, cut at a code point. A file that is no text is named alone. words
// are those that the set masks (Survey.Words).
func Preview(ctx context.Context, a *storage.Archive, c Choice, id archive.ID, format string, words []string) (path, text string, err error) {
	dir, err := os.MkdirTemp("", "fonds-preview-")
	if err != nil {
		return "", "", err
	}
	defer os.RemoveAll(dir)
	c.Docs, c.Formats = []archive.ID{id}, []string{format}
	out := filepath.Join(dir, "preview")
	m, err := Write(ctx, a, Options{Choice: c, Out: out, Now: a.Now, also: words})
	if err != nil {
		return "", "", err
	}
	for _, f := range m.Files {
		if !strings.HasPrefix(f.Path, format+"/") || path != "" && !better(f.Path, path, id) {
			continue
		}
		path = f.Path
	}
	if path == "" {
		return "", "", nil
	}
	f, err := os.Open(filepath.Join(out, filepath.FromSlash(path)))
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	buf := make([]byte, previewLen)
	n, _ := f.Read(buf)
	text = string(buf[:n])
	for i := 0; i < utf8.UTFMax && n == previewLen && !utf8.ValidString(text); i++ {
		text = text[:len(text)-1]
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		text = ""
	}
	return path, legal(text), nil
}

// better says whether a file says more of a document than another: one of its own
// before one that tells how to read it.
func better(path, than string, id archive.ID) bool {
	own := func(p string) int {
		switch {
		case strings.Contains(p, string(id)) && !strings.HasSuffix(p, ".txt"):
			return 2
		case strings.Contains(filepath.Base(p), "documents."):
			return 1
		}
		return 0
	}
	return own(path) > own(than)
}
