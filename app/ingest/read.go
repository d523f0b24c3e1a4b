package ingest

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

// An Item is one step of Walk: a document, or what was left out and why; one of the two is nil.
type Item struct {
	Doc   *Document
	Skip  *Skip
	Done  int // files dealt with, this one included
	Total int // files there are; what Scan left out is not among them
}

// Walk scans roots and reads every file, handing each to yield in order: first what Scan left out, then the documents.
// The next file is read while yield works, so at most two documents are held. It ends with the error of yield, of the
// context or of Scan; a file that cannot be taken is an Item with a Skip and no error.
func Walk(ctx context.Context, roots []string, opts Options, yield func(Item) error) error {
	found, skips, err := Scan(ctx, roots, opts)
	if err != nil {
		return err
	}
	for i := range skips {
		if err := yield(Item{Skip: &skips[i], Total: len(found)}); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	type result struct {
		doc *Document
		err error
	}
	results := make(chan result)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, f := range found {
			doc, err := Read(ctx, f, opts)
			select {
			case results <- result{doc, err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	defer func() {
		cancel()
		<-done
	}()
	for i := range found {
		var res result
		select {
		case res = <-results:
		case <-ctx.Done():
			return ctx.Err()
		}
		item := Item{Doc: res.doc, Done: i + 1, Total: len(found)}
		if res.err != nil && !errors.As(res.err, &item.Skip) {
			return res.err
		}
		if err := yield(item); err != nil {
			return err
		}
	}
	return nil
}

// Read makes a document of a file that Scan found, without what lies in it: EachIn reads that too. err is a *Skip where the
// file cannot be taken, else it is that of the context. A file that changes while it is read is read a second time, and
// then refused.
func Read(ctx context.Context, f Found, opts Options) (*Document, error) {
	data, modified, err := readTwice(ctx, f, opts)
	if err != nil {
		return nil, err
	}
	doc, err := makeFor(ctx, data, f.Path, opts.Encoding)
	if err != nil {
		return nil, err
	}
	doc.Order, doc.Modified = f.Order, modified
	return doc, nil
}

// readTwice reads the bytes of a file, once more where it changed meanwhile.
func readTwice(ctx context.Context, f Found, opts Options) (data []byte, modified time.Time, err error) {
	for try := 1; ; try++ {
		data, info, again, err := readWhole(ctx, f, opts)
		switch {
		case err != nil:
			return nil, time.Time{}, err
		case !again:
			return data, info.ModTime(), nil
		case try == 2:
			return nil, time.Time{}, &Skip{Path: f.Path, Reason: Changed}
		}
	}
}

// Make makes a document of bytes: everything of Document except Order and Modified. path names it, in errors too, and
// its extension may say that it is HTML. err is a *Skip.
func Make(data []byte, path, encoding string) (*Document, error) {
	return makeFor(context.Background(), data, path, encoding)
}

// makeFor is Make; err may also be that of the context.
func makeFor(ctx context.Context, data []byte, path, encoding string) (*Document, error) {
	if len(data) == 0 {
		return nil, &Skip{Path: path, Reason: Empty}
	}
	if f := formatOf(data, path); f != nil {
		return f.document(ctx, data, path)
	}
	if format, ok := foreign(data[:min(len(data), headBytes)]); ok {
		return nil, &Skip{Path: path, Reason: NoReader, Detail: format}
	}
	text, enc, conf, recipe, err := Decode(data, encoding)
	if err != nil {
		var skip *Skip
		if errors.As(err, &skip) {
			skip.Path = path
		}
		return nil, err
	}
	doc := &Document{Path: path, Size: int64(len(data)), SHA256: sumOf(data), Original: data,
		Format: "text/plain", Encoding: enc, Confidence: conf}
	if isHTML(path, text) {
		doc.Format = "text/html"
		doc.readPage(text, recipe)
	} else {
		doc.Text, doc.Recipe = text, recipe
		heads := headings{}
		if isMarkdown(path) {
			doc.Format = "text/markdown"
			if line, _, _ := strings.Cut(text, "\n"); strings.HasPrefix(line, "# ") {
				heads.h1 = strings.TrimSpace(strings.TrimRight(line[2:], "# "))
			}
		}
		doc.Proposals = propose(text, heads)
	}
	if doc.Text == "" {
		return nil, &Skip{Path: path, Reason: Empty}
	}
	doc.Language = LanguageOf(doc.Text)
	doc.look()
	return doc, nil
}

// OfText sees in a text that is part of another what it sees in the whole: its language, and what it proposes for the
// fields.
func OfText(text string) *Document {
	return &Document{Text: text, Language: LanguageOf(text), Proposals: propose(text, headings{})}
}

// headBytes is how much of a file is looked at before all of it is read.
const headBytes = 4096

// readWhole reads a file and says whether it changed meanwhile. What no reader takes is refused after its first bytes.
func readWhole(ctx context.Context, f Found, opts Options) (data []byte, before fs.FileInfo, changed bool, err error) {
	// What took the place of the file since it was found must not be opened either.
	name := f.Name
	if before, err = os.Lstat(name); err == nil && before.Mode()&fs.ModeSymlink != 0 {
		name = real(name)
		before, err = os.Stat(name)
	}
	if err != nil {
		return nil, nil, false, &Skip{Path: f.Path, Reason: reasonOf(err), Detail: why(err), Err: err}
	}
	if skip := opts.refuseUnopened(name, f.Path, before); skip != nil {
		return nil, nil, false, skip
	}
	file, err := os.OpenFile(name, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, nil, false, &Skip{Path: f.Path, Reason: reasonOf(err), Detail: why(err), Err: err}
	}
	defer file.Close()
	if before, err = file.Stat(); err != nil {
		return nil, nil, false, &Skip{Path: f.Path, Reason: Unreadable, Detail: why(err), Err: err}
	}
	if skip := opts.refuseUnopened(name, f.Path, before); skip != nil {
		return nil, nil, false, skip
	}
	data = make([]byte, 0, before.Size()+1) // one more, to see a file that grew
	for looked := false; len(data) < cap(data); {
		if err := ctx.Err(); err != nil {
			return nil, nil, false, err
		}
		n, err := file.Read(data[len(data):min(cap(data), len(data)+1<<20)])
		data = data[:len(data)+n]
		if !looked && (len(data) >= headBytes || err != nil) {
			looked = true
			if format, ok := unread(data[:min(len(data), headBytes)]); ok {
				return nil, nil, false, &Skip{Path: f.Path, Reason: NoReader, Detail: format}
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, false, &Skip{Path: f.Path, Reason: Unreadable, Detail: why(err), Err: err}
		}
	}
	if opts.afterRead != nil {
		opts.afterRead(f.Name)
	}
	after, err := os.Stat(f.Name)
	if err != nil {
		return nil, nil, false, &Skip{Path: f.Path, Reason: reasonOf(err), Detail: why(err), Err: err}
	}
	changed = int64(len(data)) != before.Size() || after.Size() != before.Size() ||
		!after.ModTime().Equal(before.ModTime()) || !os.SameFile(before, after)
	return data, before, changed, nil
}
