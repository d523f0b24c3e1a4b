package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// Read reads a PDF. Its Text is that of the pages in their order, each beginning on a line of its own, with what its
// annotations and form fields show; what people have commented on a page stands after it, a line each, as [comment] ….
// A page without text, a scan, has none. The error is a *content.Refusal, or that of ctx.
func (e *Engine) Read(ctx context.Context, data []byte) (*content.Content, error) {
	d, err := e.Document(ctx, data)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	r := reading{d: d, c: &content.Content{Format: "application/pdf"}, until: time.Now().Add(e.o.FileTime)}
	if err := r.pages(ctx); err != nil {
		return nil, err
	}
	if err := r.said(ctx); err != nil {
		return nil, err
	}
	if err := r.attachments(ctx); err != nil {
		return nil, err
	}
	if !bytes.Contains(data[max(0, len(data)-endBytes):], []byte("%%EOF")) {
		r.lose("what comes after the first %d bytes of the file: it does not end as a PDF does, and may have been cut short", len(data))
	}
	r.c.Text = r.text.String()
	return r.c, nil
}

// endBytes is how many of the last bytes of a file are looked at for its end.
const endBytes = 4 << 10

// maxBroken is how many pages may break PDFium before the rest of a file is not tried.
const maxBroken = 5

// A reading is a file while it is read.
type reading struct {
	d     *Doc
	c     *content.Content
	text  strings.Builder
	runes int       // code points of text
	until time.Time // by when the pages must be read

	opened  bool // a page could be opened
	packed  int  // bytes of the files that lie in it
	broken  int  // pages that broke PDFium or took too long
	missing int  // pages in a row, the last ones, that could not be opened
}

// pages reads the pages one after another, so that others have their turns between them.
func (r *reading) pages(ctx context.Context) error {
	for i := range r.d.claims {
		if i == content.MaxPages {
			return content.Refuse(content.TooMuch, "pages %d > %d", r.d.claims, content.MaxPages)
		}
		page, err := r.d.read(ctx, i)
		if err := r.note(ctx, i, err); err != nil {
			return err
		}
		if err := r.add(page); err != nil {
			return err
		}
		if page.unknown {
			r.lose("the text of page %d: its fonts do not say which characters they show", i+1)
		}
		if r.missing == maxUnloadable {
			r.c.Pages = r.c.Pages[:i+1-maxUnloadable]
			r.lose("the file says that it has %d pages; after %d there are none", r.d.claims, len(r.c.Pages))
			break
		}
		if r.broken == maxBroken || time.Now().After(r.until) {
			r.lose("the text after page %d: reading the pages breaks off or takes too long", i+1)
			r.unread(ctx, i+1)
			break
		}
	}
	if !r.opened {
		return content.Refuse(content.Damaged, "none of its pages can be opened")
	}
	return nil
}

// note keeps what was wrong with a page; an error is one that ends the reading.
func (r *reading) note(ctx context.Context, i int, err error) error {
	var refused *content.Refusal
	switch {
	case err == nil:
		r.missing, r.opened = 0, true
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errClosed):
		return err
	case errors.Is(err, errSlow), errors.Is(err, errBroken):
		r.broken++
		r.missing, r.opened = 0, true
		r.lose("the text of page %d: %v", i+1, err)
		return nil
	case errors.As(err, &refused):
		r.missing++
		if r.missing == 1 {
			r.lose("page %d: %v", i+1, err)
		}
		return nil
	}
	return err
}

// lose notes what could not be taken. After a thousand notes it is known that the file is bad.
func (r *reading) lose(what string, args ...any) {
	if len(r.c.Lost) < 1000 {
		r.c.Lost = append(r.c.Lost, strings.ToValidUTF8(fmt.Sprintf(what, args...), "\uFFFD"))
	}
}

// add puts a page behind those before it.
func (r *reading) add(p pageRead) error {
	if p.text != "" && r.runes > 0 {
		r.text.WriteByte('\n')
		r.runes++
	}
	r.c.Pages = append(r.c.Pages, content.Page{Start: r.runes, Width: points(p.width, 612), Height: points(p.height, 792)})
	for _, f := range p.files {
		if err := r.part(f); err != nil {
			return err
		}
	}
	r.text.WriteString(p.text)
	r.runes += utf8.RuneCountInString(p.text)
	if r.text.Len() > content.MaxText {
		return content.Refuse(content.TooMuch, "text %d > %d", r.text.Len(), content.MaxText)
	}
	return nil
}

// unread adds the pages whose texts are not read, with their sizes, so that they can be looked at.
func (r *reading) unread(ctx context.Context, from int) {
	for i := from; i < min(r.d.claims, content.MaxPages); i++ {
		w, h, err := r.d.Size(ctx, i)
		if err != nil {
			return
		}
		_ = r.add(pageRead{width: w, height: h})
	}
}

// points is a length in whole points; where a page does not say a real one, it is the usual.
func points(v float64, usual int) int {
	if v <= 0 {
		return usual
	}
	return max(int(math.Round(v)), 1)
}
