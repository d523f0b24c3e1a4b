package session

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/ingest/content"
	"fonds/app/ocr"
	"fonds/app/pictures"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets/pyramid"
)

// Pictures are the pages of a document as pictures.
type Pictures struct {
	Doc    archive.ID
	Text   int // number of the source text of which Recipe tells
	N      int // pages
	Recipe archive.PageRecipe
	Needs  string // the program that would read its text, and was not installed when it came in

	original *original
}

// original is the file of a document, open for its pages: it stays open when the document has another text.
type original struct {
	mu     sync.Mutex
	file   *pictures.File
	closed bool
}

// get is the file, nil where it is not open.
func (o *original) get() *pictures.File {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return nil
	}
	return o.file
}

// set hands over a file that was opened, and says whether anybody still wants it.
func (o *original) set(file *pictures.File) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		file.Close()
		return false
	}
	o.file = file
	return true
}

// Close lets go of the original. It may be called at any time.
func (p *Pictures) Close() {
	if p == nil {
		return
	}
	o := p.original
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file != nil && !o.closed {
		o.file.Close()
	}
	o.closed = true
}

// Page opens a page, from 1, on a worker.
func (p *Pictures) Page(ctx context.Context, n int) (pyramid.Source, error) {
	file := p.original.get()
	if file == nil {
		return nil, context.Canceled
	}
	return file.Page(ctx, n)
}

// OpenPictures opens the original of the document that is shown for its pages, and reads what is known of them. answer is
// told on the UI goroutine, unless another document is shown by then; what it is given is to be closed.
func (s *Session) OpenPictures(answer func(*Pictures, error)) {
	s.openPictures(s.doc, &s.picturing, &s.pictureGen, func(doc archive.ID) bool { return s.doc != nil && s.doc.ID == doc }, answer)
}

// OpenPictures does the same for the document of the queue that is shown.
func (r *Review) OpenPictures(answer func(*Pictures, error)) {
	r.s.openPictures(r.doc, &r.picturing, &r.pictureGen, func(doc archive.ID) bool { return r.doc != nil && r.doc.ID == doc }, answer)
}

// openPictures opens the pages of a document in the place of what was open before.
func (s *Session) openPictures(doc *Doc, open **Pictures, gen *int, shown func(archive.ID) bool, answer func(*Pictures, error)) {
	if doc == nil {
		return
	}
	p := &Pictures{Doc: doc.ID, Text: doc.Info.Text, N: doc.Info.Pages, original: &original{}}
	if was := *open; was != nil && was.Doc == p.Doc && was.original.get() != nil {
		p.original = was.original
	} else {
		was.Close()
	}
	*open = p
	Read(s, gen, func(ctx context.Context, a *storage.Archive) (*Pictures, error) { return p, p.open(ctx, a, doc) }, func(p *Pictures, err error) {
		if !shown(p.Doc) || errors.Is(err, context.Canceled) {
			p.Close()
			return
		}
		answer(p, err)
	})
}

func (p *Pictures) open(ctx context.Context, a *storage.Archive, doc *Doc) error {
	raw, err := a.Recipe(ctx, doc.ID, doc.Info.Text)
	if err != nil {
		return err
	}
	p.Recipe = archive.ParsePages(raw)
	var made ingest.Recipe
	if json.Unmarshal(raw, &made) == nil {
		p.Needs = made.Needs
	}
	if p.N == 0 || p.original.get() != nil {
		return nil
	}
	in, err := a.Original(ctx, doc.ID)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(in)
	if err = errors.Join(err, in.Close()); err != nil {
		return err
	}
	file, err := pictures.Open(ctx, data, doc.Info.Format)
	if err != nil {
		return err
	}
	if !p.original.set(file) {
		return context.Canceled
	}
	return nil
}

// A RegionAt is a part of the picture of a page that is selected: drawn and nothing said of it yet, or a mark that lies
// there.
type RegionAt struct {
	Region string     // as archive.ParseRegion reads it
	Mark   archive.ID // "" of one that was only drawn
}

// AskRegion says whom to ask for the region that is selected, while the person works on the picture.
func (s *Session) AskRegion(selected func() (RegionAt, bool)) { s.region = selected }

// Region is the region that is selected.
func (s *Session) Region() (RegionAt, bool) {
	if s.region == nil || s.doc == nil {
		return RegionAt{}, false
	}
	return s.region()
}

// markRegion puts a label on a region: a mark of its own where it was only drawn, else another label.
func (s *Session) markRegion(r RegionAt, label string) {
	e := s.docEdit("mark.add")
	if r.Mark == "" {
		e.Region = r.Region
	} else {
		e.Do, e.Mark = "mark.edit", string(r.Mark)
	}
	e.Label = label
	s.Apply(nil, e)
}

// MoveRegion says where a mark lies now on the picture of its page. done is told when it is in the file, or why not.
func (s *Session) MoveRegion(mark archive.ID, region string, done func(error)) {
	if e := s.docEdit("mark.edit"); e != nil {
		e.Mark, e.Region = string(mark), region
		s.Apply(told(done), e)
	}
}

// FieldFromRegion makes words the value of a field, or one more of them, with a region as its evidence.
func (s *Session) FieldFromRegion(region, words, field string, more bool, done func(error)) {
	s.fieldFrom(field, more, archive.ValueIn{Value: words, Evidence: &archive.RangeIn{Region: region}}, told(done))
}

// TypePages makes what was typed of each page the text of the document. done is told when it is in the file, or why not.
func (s *Session) TypePages(pages []string, seeing *archive.Seeing, done func(error)) {
	if e := s.docEdit(archive.TextKind); e != nil {
		e.Pages, e.Seeing = &pages, seeing
		s.Apply(told(done), e)
	}
}

// RegionWords say where a region is: the page, and its shape.
func RegionWords(region string) string {
	r, err := archive.ParseRegion(region)
	if err != nil {
		return region
	}
	if r.IsRect() {
		_, _, w, h := r.Box()
		return i18n.T("region.rectangle", "page", r.Page, "w", w, "h", h)
	}
	return i18n.T("region.polygon", "page", r.Page)
}

// AnchorWords are the words under an anchor, or where on a picture it lies.
func AnchorWords(doc *Doc, a *archive.Anchor) string {
	if a.OnPicture() {
		return RegionWords(a.Region)
	}
	return doc.Text.Words(a)
}

// QuoteWords are the words that an anchor was made on, or where on a picture it lies.
func QuoteWords(a *archive.Anchor) string {
	if a.OnPicture() {
		return RegionWords(a.Region)
	}
	return a.Quote
}

// Seen has a page, from 1, read by a program, on a worker.
func (p *Pictures) Seen(ctx context.Context, r *ocr.Reader, n int, languages string) (ocr.Page, error) {
	file := p.original.get()
	if file == nil {
		return ocr.Page{}, context.Canceled
	}
	img, scale, err := file.Whole(ctx, n, ocr.Side)
	if err != nil {
		return ocr.Page{}, err
	}
	return r.Read(ctx, img, n, languages, scale)
}

// PictureFault says in the person's language why a page cannot be shown.
func PictureFault(err error) string {
	var r *content.Refusal
	if errors.As(err, &r) {
		return i18n.T("skip."+string(r.Reason), "detail", OneLine(r.Detail))
	}
	return Words(err)
}
