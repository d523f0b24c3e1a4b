package command

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fonds/app/ingest/content"
	"fonds/app/ocr"
	"fonds/app/pictures"
	"fonds/storage"
	"fonds/storage/archive"
)

var pageVerb = &verb{
	name: "page", usage: "fonds page ARCHIVE DOC --out FILE.png [--page N] [--size PIXELS]",
	summary: "the picture of a page of a scan or a PDF",
	help: docHelp + `

The page is upright, and white where the file is transparent. Without --size it
is as large as regions count: of a scan its own pixels, of a PDF 300 dots an inch;
with it its longer side has at most so many. FILE.png must not be there yet; "-"
is standard output.`,
	flags: []flag{{"out", "FILE.png", "where to write it"}, {"page", "N", "which page, from 1; 1 unless given"}, {"size", "PIXELS", "its longer side, at most"}},
	min:   2, max: 2, run: runPage,
}

func runPage(c *call) (err error) {
	n, err := c.number("page", 1)
	if err != nil {
		return err
	}
	size, err := c.number("size", 1<<20)
	if err != nil {
		return err
	}
	out := c.flags["out"]
	if out == "" || size == 0 {
		return usage("page wants --out FILE.png, and a size above 0")
	}
	a, d, err := c.document()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	if n < 1 || n > d.Info.Pages {
		return archive.Refuse("region-page", "page", n, "pages", d.Info.Pages)
	}
	f, err := openPages(c.ctx, a, d)
	if err != nil {
		return err
	}
	defer f.Close()
	img, _, err := f.Whole(c.ctx, n, size)
	if err != nil {
		return pageFault(n, err)
	}
	if out == "-" {
		return png.Encode(c.out, img)
	}
	return writePNG(out, img)
}

func writePNG(path string, img image.Image) (err error) {
	w, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	if err = errors.Join(png.Encode(w, img), w.Close()); err != nil {
		os.Remove(path)
		return fmt.Errorf("writing the page to %s: %w", filepath.Base(path), err)
	}
	return nil
}

// openPages opens the original of a document for its pages.
func openPages(ctx context.Context, a *storage.Archive, d *archive.Document) (*pictures.File, error) {
	if d.Info.Pages == 0 {
		return nil, archive.Refuse("region-none")
	}
	in, err := a.Original(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(in)
	if err = errors.Join(err, in.Close()); err != nil {
		return nil, err
	}
	return pictures.Open(ctx, data, d.Info.Format)
}

// pageFault says which page it is that cannot be shown.
func pageFault(n int, err error) error {
	var r *content.Refusal
	if errors.As(err, &r) {
		return fmt.Errorf("page %d cannot be shown: %w", n, err)
	}
	return err
}

var ocrVerb = &verb{
	name: "ocr", usage: "fonds ocr ARCHIVE DOC [--language LANGUAGES] [--replace] [--as NAME] [--json]",
	summary: "have tesseract read the pages of a scan, as a text of the document",
	help: docHelp + `

tesseract must be installed on this machine. LANGUAGES are its own names, as
chi_sim+eng; without them those that the document seems to be in. What it reads
becomes a source text of the document, which says that it was read, by which
version and in which languages, and of each word where it stands on its page and
how sure the program was. The text before stays: fonds undo goes back to it, and
the words are corrected like those of any text.`,
	flags: []flag{{"language", "LANGUAGES", "in which to read, as chi_sim+eng"}, {"replace", "", "also where the document has a text already"}, asFlag, jsonFlag},
	min:   2, max: 2, run: runOCR,
}

// ocred is the answer of ocr --json.
type ocred struct {
	ID       archive.ID `json:"id"`
	Program  string     `json:"program"`
	Language string     `json:"language"`
	Pages    int        `json:"pages"`
	Words    int        `json:"words"`
	Doubtful int        `json:"doubtful"` // of which it is less than 70 % sure
	Chars    int        `json:"chars"`
}

func runOCR(c *call) (err error) {
	who, err := c.who()
	if err != nil {
		return err
	}
	r, err := ocr.Find(c.ctx)
	if err != nil {
		return err
	}
	a, err := c.open(true)
	if err != nil {
		return err
	}
	defer finish(a, &err)
	id, err := a.Find(c.ctx, c.args[1])
	if err != nil {
		return err
	}
	d, err := a.Document(c.ctx, id)
	if err != nil {
		return err
	}
	if d.Info.Chars > 0 && !c.has("replace") {
		return archive.Refuse("text-there", "n", d.Info.Chars)
	}
	languages := c.flags["language"]
	if languages == "" {
		languages = r.Guess(d.Info.Language)
	}
	if err := r.Reads(languages); err != nil {
		return usage("%v", err)
	}
	e, err := seen(c, a, d, r, languages)
	if err != nil {
		return err
	}
	if _, err := a.Apply(c.ctx, who, e); err != nil {
		return err
	}
	text, _ := archive.Joined(*e.Pages)
	said := ocred{ID: id, Program: r.Version, Language: languages, Pages: d.Info.Pages, Words: len(e.Seeing.Words), Chars: len([]rune(text))}
	for _, w := range e.Seeing.Words {
		if w.Sure < archive.Doubtful {
			said.Doubtful++
		}
	}
	if c.json() {
		return c.enc.Encode(said)
	}
	return c.printf("%s (%s) has read %s of %s, %s doubtful; it is the text of the document now.\n", r.Version, languages, count(said.Words, "word"), count(said.Pages, "page"), thousands(said.Doubtful))
}

// seen has all pages of a document read.
func seen(c *call, a *storage.Archive, d *archive.Document, r *ocr.Reader, languages string) (*archive.Edit, error) {
	f, err := openPages(c.ctx, a, d)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	pages := make([]ocr.Page, d.Info.Pages)
	for i := range pages {
		img, scale, err := f.Whole(c.ctx, i+1, ocr.Side)
		if err != nil {
			return nil, pageFault(i+1, err)
		}
		if pages[i], err = r.Read(c.ctx, img, i+1, languages, scale); err != nil {
			return nil, err
		}
	}
	e := r.Edit(d.ID, languages, pages)
	if strings.TrimSpace(strings.Join(*e.Pages, "")) == "" {
		return nil, archive.Refuse("text-none-seen")
	}
	return e, nil
}
