// Package concord finds every place of words in the texts of an archive, in lines with
// what stands before and behind them: a concordance.
//
// It may use storage and what that may use. It must never write, know a screen, or
// hold more lines than it is told to.
package concord

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/storage/words"
)

// Line is one place.
type Line struct {
	Doc        archive.ID
	N          int64 // storage.Summary.N
	Title      string
	Path       string
	Start, End int // of the words, code points of the reading text
	From, To   int // and of the source text
	Before     string
	Words      string
	After      string
}

// Options of a concordance; the zero value looks through everything.
type Options struct {
	Search  string // only documents of this query
	Aside   bool   // furniture of the page is left out
	Exact   bool   // the words as they are typed, nothing folded
	Context int    // code points on either side; 0 is DefaultContext
	Most    int    // lines; 0 is DefaultMost
}

// What an Options has where it says nothing.
const (
	DefaultContext = 30
	DefaultMost    = 20_000
)

// Found is what there is of a concordance.
type Found struct {
	Lines     []Line // in the order of the documents, and of each by place
	Documents int    // that have the words
	More      bool   // there are more lines than were asked for
}

// Find looks for words in the reading texts of the documents of a query that were not
// removed. progress (nil is allowed) is told how many of the documents that can have
// them are looked through. It ends with the error of ctx, of the archive, or of a query
// that cannot be read.
func Find(ctx context.Context, a *storage.Archive, say string, o Options, progress func(done, total int)) (f Found, err error) {
	if o.Context <= 0 {
		o.Context = DefaultContext
	}
	if o.Most <= 0 {
		o.Most = DefaultMost
	}
	asked := &query.Node{Value: say, Exact: o.Exact}
	docs, err := a.List(ctx, storage.Query{Search: storage.Narrowed(o.Search, asked.String())})
	if err != nil {
		return f, err
	}
	for i := range docs {
		if progress != nil {
			progress(i, len(docs))
		}
		if err := f.in(ctx, a, &docs[i], say, &o); err != nil {
			return f, err
		}
		if f.More {
			break
		}
	}
	return f, nil
}

// in adds the lines of one document.
func (f *Found) in(ctx context.Context, a *storage.Archive, s *storage.Summary, say string, o *Options) error {
	d, err := a.Document(ctx, s.ID)
	if err != nil {
		return err
	}
	r, err := d.Reading()
	if err != nil {
		return err
	}
	text := r.Text()
	parts, furniture := d.Parts(), d.Aside(d.Info.Text)
	before := len(f.Lines)
	for _, h := range words.NewText(text.String()).Find(say, 0) {
		line := Line{Doc: s.ID, N: s.N, Title: s.Title, Path: s.Path, Start: h.Start, End: h.End,
			From: r.ToSource(h.Start), To: r.ToSource(h.End), Words: text.Slice(h.Start, h.End)}
		aside := slices.ContainsFunc(parts, func(it *archive.Item) bool {
			return it.Anchor.Start.At < line.To && line.From < it.Anchor.End.At
		})
		if o.Aside && slices.ContainsFunc(furniture, func(a [2]int) bool { return a[0] < line.To && line.From < a[1] }) {
			continue
		}
		if aside || o.Exact && line.Words != say {
			continue // what is a document of its own has its line there
		}
		if len(f.Lines) == o.Most {
			f.More = true
			break
		}
		line.Before = oneLine(text.Slice(max(0, h.Start-o.Context), h.Start))
		line.After = oneLine(text.Slice(h.End, min(text.Len(), h.End+o.Context)))
		line.Words = oneLine(line.Words)
		f.Lines = append(f.Lines, line)
	}
	if len(f.Lines) > before {
		f.Documents++
	}
	return nil
}

// oneLine shows line ends as spaces.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}

// Order is how lines are sorted.
type Order string

// The orders: as the texts stand, by what follows, by what stands before from the words
// on backwards.
const (
	ByPlace Order = ""
	ByRight Order = "right"
	ByLeft  Order = "left"
)

// Sort puts lines into an order; those that are the same in it stay as they stood.
// Neighbours are compared as they are folded for searching, Chinese ones by pinyin.
func Sort(lines []Line, by Order) {
	if by == ByPlace {
		slices.SortStableFunc(lines, func(a, b Line) int {
			if a.N != b.N {
				return int(a.N - b.N)
			}
			return a.Start - b.Start
		})
		return
	}
	keys, at := make([][]byte, len(lines)), make([]int, len(lines))
	order, buf := collate.New(language.Chinese), &collate.Buffer{} // by pinyin, letters before that
	for i := range lines {
		at[i] = i
		s := words.Tokens(lines[i].After)
		if by == ByLeft {
			s = backwards(words.Tokens(lines[i].Before))
		}
		keys[i] = bytes.Clone(order.KeyFromString(buf, s))
		buf.Reset()
	}
	slices.SortStableFunc(at, func(a, b int) int { return bytes.Compare(keys[a], keys[b]) })
	sorted := make([]Line, len(lines))
	for i, k := range at {
		sorted[i] = lines[k]
	}
	copy(lines, sorted)
}

// backwards has the tokens the other way round: the nearest neighbour comes first.
func backwards(s string) string {
	f := strings.Fields(s)
	slices.Reverse(f)
	return strings.Join(f, " ")
}
