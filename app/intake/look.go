package intake

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/app/ingest"
	"fonds/storage"
	"fonds/storage/archive"
)

// A survey reads all files as an import would and keeps of each what a person wants to
// know before it: some 700 bytes of a file, so that half a million can be looked at.

const (
	// FirstChars is how many code points of a text a survey keeps.
	FirstChars = 100
	// PreviewChars is how many code points Text gives.
	PreviewChars = 4000
)

// Looked is what a survey says of one file.
type Looked struct {
	Path        string       // as it would be recorded
	Name        string       // in the file system; "" where it is not one that can be read
	Size        int64        // bytes
	Format      string       // media type, "" where it would be left out
	Encoding    string       // name in the WHATWG Encoding Standard, and UTF-32LE, UTF-32BE
	Confidence  float32      // of Encoding, 0 to 1
	Chosen      bool         // a person chose the encoding
	Inside      int          // which of the documents that a file holds, from 1; 0: it is the file
	Within      bool         // it lies in a letter, in a ZIP file, in a mailbox …, or is a row of Options.Records; and not in a file of another tool
	Records     int          // rows of it that could be documents, see ingest.CountRows; 0: it is no file of records
	Pages       int          // that can be shown as pictures
	Language    string       // of the text, "" where it is not known
	First       string       // how the text begins, at most FirstChars code points
	Chars       int          // code points of the text
	Undecoded   int          // runs of bytes that are no character in the encoding
	Mojibake    int          // runs of the text that were read in a wrong encoding before, for which corrections would be proposed
	DuplicateOf archive.ID   // of the document that has the same bytes
	Earlier     int          // place in the survey, from 1, of the first file with the same bytes; 0: there is none
	Parts       int          // documents that it looks like, 1 for most
	Skip        *ingest.Skip // why it would be left out

	of string // the path of the file it lies in, where Within
}

// Key names the file among all of a survey, for Options.LeftOut.
func (l *Looked) Key() string { return keyOf(l.Name, l.Inside) }

// Duplicate says whether the archive or an earlier file of the survey has its bytes.
func (l *Looked) Duplicate() bool { return l.DuplicateOf != "" || l.Earlier > 0 }

// Survey is what there is to say of all files together.
type Survey struct {
	Whole   bool     // they are a whole archive that was written out; an empty archive receives it with its history
	Beside  int      // files that would be read with another, as annotations with their text
	Dropped []string // what files of other tools say and could not be taken, a sentence each
	Notes   []string // what is to be known of files of records, a sentence each

	// Gone are those of the paths that are not there or cannot be read, for Options.Gone. A file says so of each.
	Gone map[string]bool
}

// Look says of each file at and under paths what an import would make of it, and
// changes nothing. on is told in the order of the files, one call at a time, on one
// goroutine. Options.LeftOut does not count: what a person leaves out is looked at too.
// It ends early when ctx does; then what on was told of holds. Errors are those of Run,
// but that there is no ErrPath where one of the paths is there.
func Look(ctx context.Context, a *storage.Archive, paths []string, o Options, on func(Looked)) (Survey, error) {
	o.fill()
	defer bounded()()
	o.LeftOut = nil
	gone := map[string]bool{}
	p, err := planned(ctx, a, paths, &o, func(path string) bool {
		gone[path] = true
		return len(gone) < len(paths)
	})
	if err != nil {
		return Survey{}, err
	}
	s := Survey{Whole: p.whole != nil, Beside: p.beside, Dropped: p.dropped, Gone: gone}
	o.found(len(p.items))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lent := newPurse(o.Held)
	first := map[[16]byte]int32{} // half of a SHA-256 tells as well which are the same
	i, told, files := 0, 0, len(p.items)
	for ch := range read(ctx, p.items, &o, lent, never, func(ctx context.Context, it *item, yield func(glance) bool) { it.look(ctx, a, &o, yield) }) {
		it := &p.items[i]
		for g := range ch {
			if g.err != nil {
				return s, g.err
			}
			if g.notes != nil {
				s.Notes = append(s.Notes, g.notes...)
				continue
			}
			if g.Within {
				files++
				o.found(files)
			}
			if g.Skip == nil {
				if at, ok := first[g.sum]; ok {
					g.Earlier = int(at)
				} else {
					first[g.sum] = int32(told + 1)
				}
			}
			told++
			on(g.Looked)
		}
		if it.skip == nil {
			lent.back(it.size)
		}
		i++
	}
	return s, ctx.Err()
}

// never is for readers whom nobody keeps waiting.
func never() bool { return false }

// glance is a Looked on its way.
type glance struct {
	Looked
	sum   [16]byte
	notes []string // what is to be known of the item: no Looked
	err   error    // of the context, or of the archive
}

// look reads an item and says what there is to know of it, and of what lies in it.
func (it *item) look(ctx context.Context, a *storage.Archive, o *Options, yield func(glance) bool) {
	if it.skip != nil {
		g := it.glance()
		g.Skip = it.skip
		yield(g)
		return
	}
	err := it.readEach(ctx, func(in ingest.Inner) error {
		if !yield(it.lookAt(ctx, a, o, in)) {
			return context.Canceled
		}
		return nil
	})
	if err != nil {
		yield(glance{err: err})
	}
}

func (it *item) glance() (g glance) {
	g.Looked = Looked{Path: it.path, Name: it.name, Size: it.size, Inside: int(it.inside)}
	if tail, ok := strings.CutSuffix(it.name, it.path); ok {
		g.Path = it.name[len(tail):] // one string is kept of the two
	}
	return g
}

// lookAt says what there is to know of a document.
func (it *item) lookAt(ctx context.Context, a *storage.Archive, o *Options, in ingest.Inner) (g glance) {
	if in.Notes != nil {
		return glance{notes: in.Notes}
	}
	g = it.glance()
	_, g.Chosen = o.Encodings[it.name]
	g.Chosen = g.Chosen || o.Encoding != ""
	if in.Inside > 0 {
		g.Inside, g.Within, g.of = in.Inside, true, it.path
	}
	if in.Skip != nil {
		g.Skip = in.Skip
		if g.Within || in.Skip.Reason == ingest.InPart {
			g.Path, g.Size, g.Within, g.of = in.Skip.Path, 0, true, it.path
		}
		if g.Chosen && !g.Within && o.Encoding == "" {
			g.Encoding, g.Confidence = o.Encodings[it.name], 1
		}
		return g
	}
	doc := in.Doc
	if g.Within {
		g.Path, g.Size = doc.Path, doc.Size
	}
	if _, mapped := o.Records[it.name]; mapped {
		g.Chosen = false // the file is in that encoding; the row is as it was made
	}
	g.say(doc)
	if sum, err := hex.DecodeString(doc.SHA256); err == nil {
		copy(g.sum[:], sum)
	}
	known, err := a.Known(ctx, []string{doc.SHA256})
	g.DuplicateOf, g.err = known[doc.SHA256], err
	if !g.Within && g.Inside == 0 && it.files != nil && g.err == nil {
		g.Records, g.err = ingest.CountRows(ctx, doc, it.name)
	}
	return g
}

// say takes from a document what a survey keeps of it.
func (l *Looked) say(doc *ingest.Document) {
	doc = doc.Whole() // as it comes in
	l.Format, l.Encoding, l.Confidence, l.Language = doc.Format, doc.Encoding, float32(doc.Confidence), doc.Language
	l.Pages = len(doc.Pages)
	l.Chars, l.Undecoded = utf8.RuneCountInString(doc.Text), len(doc.Recipe.Undecoded)
	l.First = strings.Clone(beginning(strings.TrimLeft(doc.Text, " \t\n\u3000\ufeff"), FirstChars))
	if l.First == "" && doc.Said != nil { // a record without a text
		l.First = strings.Clone(beginning(doc.Title, FirstChars))
	}
	l.Mojibake, l.Parts, l.Skip = 0, len(doc.Borders)+1, nil
	for i := range doc.Repairs {
		if doc.Repairs[i].Reason == ingest.ReasonMojibake {
			l.Mojibake++
		}
	}
}

// beginning is the first n code points of a text.
func beginning(text string, n int) string {
	for at := range text {
		if n == 0 {
			return text[:at]
		}
		n--
	}
	return text
}

// Again looks at one file of a survey again, in the encoding that Options.Encodings
// says now. What it has in common with others stays as it was. err is of ctx.
func Again(ctx context.Context, a *storage.Archive, l Looked, o Options) (Looked, error) {
	doc, skip, err := l.read(ctx, a, &o)
	switch {
	case err != nil:
		return l, err
	case skip != nil:
		l.Skip, l.Format, l.First, l.Chars, l.Undecoded, l.Mojibake, l.Parts = skip, "", "", 0, 0, 0, 0
		l.Encoding, l.Confidence = "", 0
	default:
		l.say(doc)
	}
	enc, chosen := o.Encodings[l.Name]
	l.Chosen = chosen || o.Encoding != ""
	if chosen && l.Skip != nil {
		l.Encoding, l.Confidence = enc, 1
	}
	return l, nil
}

// Reading is how a file of a survey will read, and what it comes in with.
type Reading struct {
	Text   string // the first PreviewChars code points
	More   bool   // there are more
	Fields map[string][]string
	Order  []string // of Fields: sorted, the title first
	Tags   []string
}

// Read reads a file of a survey again. skip says why there is no text; err is of ctx.
func Read(ctx context.Context, a *storage.Archive, l Looked, o Options) (r Reading, skip *ingest.Skip, err error) {
	doc, skip, err := l.read(ctx, a, &o)
	if doc == nil {
		return r, skip, err
	}
	doc = doc.Whole()
	r.Text = strings.Clone(beginning(doc.Text, PreviewChars))
	r.More = len(r.Text) < len(doc.Text)
	if doc.Said != nil {
		r.Fields, r.Tags = doc.Said.Fields, doc.Said.Tags
		r.Order = slices.SortedFunc(maps.Keys(r.Fields), func(a, b string) int {
			return cmp.Or(titleFirst(a)-titleFirst(b), strings.Compare(a, b))
		})
	}
	return r, nil, nil
}

func titleFirst(field string) int {
	if field == archive.TitleField {
		return 0
	}
	return 1
}

// Text is the text of Read.
func Text(ctx context.Context, a *storage.Archive, l Looked, o Options) (text string, more bool, skip *ingest.Skip, err error) {
	r, skip, err := Read(ctx, a, l, o)
	return r.Text, r.More, skip, err
}

// read reads a file of a survey again.
func (l *Looked) read(ctx context.Context, a *storage.Archive, o *Options) (doc *ingest.Document, skip *ingest.Skip, err error) {
	if l.Name == "" {
		return nil, l.Skip, nil
	}
	opts := o.reading(a)
	f := ingest.Found{Path: l.Path, Name: l.Name, Size: l.Size}
	it := item{path: l.Path, name: l.Name, size: l.Size, files: o.files(opts)}
	if l.Inside > 0 && !l.Within {
		it.read = func(ctx context.Context) (*ingest.Document, error) { return within(ctx, f, l.Inside, opts) }
	}
	if l.Within {
		f.Path, it.path = l.of, l.of // by its name too a file is known
		if info, err := os.Stat(l.Name); err == nil {
			it.size = info.Size()
		}
	}
	if it.files.row = 0; l.Within {
		it.files.row = l.Inside
	}
	err = it.readEach(ctx, func(in ingest.Inner) error {
		if l.Within && in.Inside != l.Inside || in.Notes != nil {
			return nil
		}
		doc, skip = in.Doc, in.Skip
		return errEnough
	})
	switch {
	case errors.Is(err, errEnough):
		err = nil
	case err == nil && doc == nil && skip == nil:
		skip = &ingest.Skip{Path: l.Path, Reason: ingest.Changed}
	}
	return doc, skip, err
}

// errEnough ends the reading of a file when what was looked for is there.
var errEnough = errors.New("enough")
