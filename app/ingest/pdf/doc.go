package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"fonds/app/ingest/content"
)

// inMemory is how large a file may be to be copied into PDFium's memory; a larger one is read where it lies.
const inMemory = 16 << 20

// keptMemory is how large the memory of an instance that has nothing open may be, in bytes.
const keptMemory = 96 << 20

// maxUnloadable is after how many pages in a row that cannot be opened a file is taken to have no more of them.
const maxUnloadable = 100

// A Doc is a PDF that stays open. Its methods may be called at once; they take turns, with each other and with all that
// the same instance does.
type Doc struct {
	w      *worker
	data   []byte
	claims int // how many pages the file says it has

	ref    references.FPDF_DOCUMENT // in the instance gen; the turn of w
	gen    int
	held   references.FPDF_PAGE // the page that is open, "" for none
	heldAt int
	closed bool // w.hold
}

// Document opens a PDF, whose bytes must not change until it is closed. The error is a *content.Refusal, or that of ctx.
func (e *Engine) Document(ctx context.Context, data []byte) (*Doc, error) {
	w, err := e.least()
	if err != nil {
		return nil, err
	}
	d := &Doc{w: w, data: data}
	if err := d.do(ctx, openTime, func(p pdfium.Pdfium) error {
		n, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
		if err == nil {
			d.claims = n.PageCount
		}
		return err
	}); err != nil {
		d.Close()
		return nil, reason(err)
	}
	return d, nil
}

// Close closes the document, at the latest when its instance has its next turn.
func (d *Doc) Close() {
	d.w.hold.Lock()
	was := d.closed
	if !was {
		d.closed = true
		d.w.dead = append(d.w.dead, d)
	}
	d.w.hold.Unlock()
	if was {
		return
	}
	d.w.e.mu.Lock()
	d.w.docs--
	d.w.e.mu.Unlock()
	select {
	case <-d.w.turn:
		d.w.tidy()
		d.w.turn <- struct{}{}
	default:
	}
}

// catalogObject is the beginning of an object that is a catalogue.
var catalogObject = regexp.MustCompile(`(\d{1,9}) (\d{1,5}) obj\s*<<[^>]{0,900}/Type\s*/Catalog\b`)

// withTrailer is a file whose end is missing with one that names its catalogue, by which PDFium finds the rest; nil if it
// has none that can be seen.
func withTrailer(data []byte) []byte {
	all := catalogObject.FindAllSubmatch(data, 100)
	if len(all) == 0 {
		return nil
	}
	last := all[len(all)-1]
	return slices.Concat(data, fmt.Appendf(nil, "\nendstream\nendobj\ntrailer\n<< /Root %s %s R >>\n%%%%EOF\n", last[1], last[2]))
}

// isClosed says whether Close was called.
func (d *Doc) isClosed() bool {
	d.w.hold.Lock()
	defer d.w.hold.Unlock()
	return d.closed
}

// Pages is how many pages the file says it has.
func (d *Doc) Pages() int { return d.claims }

// do has the instance do something with the document, which is opened in it where it is not.
func (d *Doc) do(ctx context.Context, limit time.Duration, f func(pdfium.Pdfium) error) error {
	return d.w.do(ctx, limit, func(p pdfium.Pdfium) error {
		if d.gen != d.w.gen {
			if d.isClosed() {
				return errClosed
			}
			ref, err := openIn(p, d.data)
			if err != nil {
				return errorOfOpening(err, d.data)
			}
			d.ref, d.gen, d.held = ref, d.w.gen, ""
			d.w.open++
		}
		return f(p)
	})
}

// openIn opens a document in an instance.
func openIn(p pdfium.Pdfium, data []byte) (references.FPDF_DOCUMENT, error) {
	if len(data) == 0 {
		return "", errors.New("it is empty")
	}
	if !hasMark(data) && IsPDF(data) {
		data = slices.Concat(mark, []byte("1.4\n"), data) // PDFium finds its objects again
	}
	ref, err := openAs(p, data)
	if errors.Is(err, pdfiumerrors.ErrFormat) {
		if whole := withTrailer(data); whole != nil {
			return openAs(p, whole)
		}
	}
	return ref, err
}

// openAs opens a document as it is.
func openAs(p pdfium.Pdfium, data []byte) (references.FPDF_DOCUMENT, error) {
	r := &requests.OpenDocument{File: &data}
	if len(data) > inMemory {
		r = &requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))}
	}
	open, err := p.OpenDocument(r)
	if err != nil {
		return "", err
	}
	return open.Document, nil
}

// page is a page for PDFium. It stays open until the next one is, so that what both need, fonts above all, is not loaded
// for each.
func (d *Doc) page(p pdfium.Pdfium, i int) (requests.Page, error) {
	if d.held == "" || d.heldAt != i {
		next, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: i})
		if err != nil {
			return requests.Page{}, pageError(err, i)
		}
		last := d.held
		d.held, d.heldAt = next.Page, i
		if last != "" {
			if _, err := p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: last}); err != nil {
				return requests.Page{}, err
			}
		}
	}
	return requests.Page{ByReference: &d.held}, nil
}

// Size is the width and the height of a page in points, as it is looked at: its rotation is applied.
func (d *Doc) Size(ctx context.Context, page int) (width, height float64, err error) {
	err = d.do(ctx, d.w.e.o.PageTime, func(p pdfium.Pdfium) error {
		width, height, err = d.size(p, page)
		return err
	})
	return width, height, reason(err)
}

// size is the size of a page.
func (d *Doc) size(p pdfium.Pdfium, page int) (width, height float64, err error) {
	if page < 0 || page >= d.claims {
		return 0, 0, content.Refuse(content.Damaged, "there is no page %d", page+1)
	}
	s, err := p.FPDF_GetPageSizeByIndexF(&requests.FPDF_GetPageSizeByIndexF{Document: d.ref, Index: page})
	if err != nil {
		if broke(err) {
			return 0, 0, err
		}
		return 0, 0, content.Refuse(content.Damaged, "page %d cannot be opened (%v)", page+1, err)
	}
	w, h := float64(s.Size.Width), float64(s.Size.Height)
	if !(w > 0 && h > 0 && w < 1e7 && h < 1e7) {
		return 0, 0, content.Refuse(content.Damaged, "page %d is %v by %v points", page+1, w, h)
	}
	return w, h, nil
}

// tidy closes the documents that were closed since the last turn, and gives back the memory of an instance that has become
// large and has none open: its memory only grows.
func (w *worker) tidy() {
	w.hold.Lock()
	dead := w.dead
	w.dead = nil
	w.hold.Unlock()
	if w.inst == nil {
		return
	}
	err := w.timed(context.Background(), openTime, func(p pdfium.Pdfium) error {
		for _, d := range dead {
			if d.gen != w.gen {
				continue
			}
			if _, err := p.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref}); err != nil && broke(err) {
				return err
			}
			w.open--
		}
		return nil
	})
	if err == nil && w.open == 0 && w.memory.Load() > keptMemory {
		w.discard()
	}
}
