// Package concord finds every place of words in the texts of an archive, in lines with
// what stands before and behind them: a concordance.
//
// It may use storage and what that may use. It must never write, know a screen, or
// hold more lines than it is told to.
package concord

import (
	"bytes"
	"cmp"
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
	Quote      string // the words as they stand there, line ends too
}

// Options of a concordance; the zero value looks through everything.
type Options struct {
	Search  string // only documents of this query
	Aside   bool   // furniture of the page is left out
	Exact   bool   // the words as they are typed, nothing folded
	Context int    // code points on either side; 0 is DefaultContext
	Most    int    // lines; 0 is DefaultMost

	// Each, where it is given, is told of the lines of each document when they are
	// found, on the goroutine of Find and in the order of Found.Lines; it may keep them.
	Each func(lines []Line)
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

// firstPage is how many documents are asked for at first: few, so that the first lines
// are there at once, however many documents have the words. Each page is four times the
// one before, up to lastPage.
const firstPage, lastPage = 16, 4096

// Find looks for whole words (words.Text.FindWhole) in the reading texts of the documents of a query that were not
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
	asked := &query.Node{Value: words.Begin(say), Exact: o.Exact}
	q := storage.Query{Search: storage.Narrowed(o.Search, asked.String()), Limit: firstPage}
	for done, total := 0, 0; !f.More; q.Limit = min(4*q.Limit, lastPage) {
		docs, err := a.List(ctx, q)
		if err != nil {
			return f, err
		}
		for i := range docs {
			if progress != nil {
				progress(done, max(total, len(docs)))
			}
			if err := f.in(ctx, a, &docs[i], say, &o); err != nil {
				return f, err
			}
			if f.More {
				break
			}
			done++
		}
		if len(docs) < q.Limit || f.More {
			break
		}
		if total == 0 && progress != nil { // the first lines have not waited for it
			if total, err = a.Count(ctx, storage.Query{Search: q.Search}); err != nil {
				return f, err
			}
		}
		q.After = docs[len(docs)-1].N
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
	for _, h := range words.NewText(text.String()).FindWhole(say) {
		line := Line{Doc: s.ID, N: s.N, Title: s.Title, Path: s.Path, Start: h.Start, End: h.End,
			From: r.ToSource(h.Start), To: r.ToSource(h.End), Quote: strings.Clone(text.Slice(h.Start, h.End))} // else each line held the whole text
		aside := slices.ContainsFunc(parts, func(it *archive.Item) bool {
			return it.Anchor.Start.At < line.To && line.From < it.Anchor.End.At
		})
		if o.Aside && slices.ContainsFunc(furniture, func(a [2]int) bool { return a[0] < line.To && line.From < a[1] }) {
			continue
		}
		if aside || o.Exact && line.Quote != words.Begin(say) {
			continue // what is a document of its own has its line there
		}
		if len(f.Lines) == o.Most {
			f.More = true
			break
		}
		line.Before = strings.Clone(oneLine(text.Slice(max(0, h.Start-o.Context), h.Start)))
		line.After = strings.Clone(oneLine(text.Slice(h.End, min(text.Len(), h.End+o.Context))))
		line.Words = oneLine(line.Quote)
		f.Lines = append(f.Lines, line)
	}
	if len(f.Lines) > before {
		f.Documents++
		if o.Each != nil {
			o.Each(f.Lines[before:len(f.Lines):len(f.Lines)])
		}
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
	sorted := make([]Line, len(lines))
	for i, k := range Sorted(lines, by) {
		sorted[i] = lines[k]
	}
	copy(lines, sorted)
}

// Sorted is the order in which Sort would put lines, by their indices; it leaves them as
// they stand.
func Sorted(lines []Line, by Order) []int {
	at := make([]int, len(lines))
	for i := range at {
		at[i] = i
	}
	if by == ByPlace {
		slices.SortStableFunc(at, func(a, b int) int {
			if lines[a].N != lines[b].N {
				return cmp.Compare(lines[a].N, lines[b].N)
			}
			return lines[a].Start - lines[b].Start
		})
		return at
	}
	keys := make([][]byte, len(lines))
	order, buf := collate.New(language.Chinese), &collate.Buffer{} // by pinyin, letters before that
	for i := range lines {
		s := words.Tokens(lines[i].After)
		if by == ByLeft {
			s = backwards(words.Tokens(lines[i].Before))
		}
		keys[i] = bytes.Clone(order.KeyFromString(buf, s))
		buf.Reset()
	}
	slices.SortStableFunc(at, func(a, b int) int { return bytes.Compare(keys[a], keys[b]) })
	return at
}

// backwards has the tokens the other way round: the nearest neighbour comes first.
func backwards(s string) string {
	f := strings.Fields(s)
	slices.Reverse(f)
	return strings.Join(f, " ")
}
