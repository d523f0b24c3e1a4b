package pdf

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"

	"fonds/app/ingest/content"
)

// A pageRead is what a page says, and its size in points.
type pageRead struct {
	text          string
	unknown       bool // its fonts do not say what most of its characters are
	width, height float64
	files         []content.Part // that are pinned to it
}

// Text is the text of a page, numbered from 0, as Read has it.
func (d *Doc) Text(ctx context.Context, page int) (string, error) {
	r, err := d.read(ctx, page)
	return r.text, reason(err)
}

// read reads a page.
func (d *Doc) read(ctx context.Context, page int) (r pageRead, err error) {
	err = d.do(ctx, d.w.e.o.PageTime, func(p pdfium.Pdfium) error {
		if r.width, r.height, err = d.size(p, page); err != nil && broke(err) {
			return err
		} // a page of no size may have a text
		notes, err := d.notes(p, page)
		if err != nil {
			return err
		}
		raw, may, err := d.rawText(p, page)
		if err != nil {
			return err
		}
		text, down := "", false
		if may {
			if text, down, err = d.downwards(p, page, raw); err != nil {
				return err
			}
		}
		if !down {
			text = clean(raw)
		}
		r.files = notes.files
		r.text, r.unknown = notes.with(text), isUnknown(raw)
		return nil
	})
	return r, err
}

// rawText is the text of a page as PDFium has it, and whether it may be written down the page.
func (d *Doc) rawText(p pdfium.Pdfium, page int) (raw string, down bool, err error) {
	open, err := d.page(p, page)
	if err != nil {
		return "", false, err
	}
	text, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: open})
	if err != nil {
		return "", false, pageError(err, page)
	}
	defer func() {
		if _, end := p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}); err == nil {
			err = end
		}
	}()
	n, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil || n.Count == 0 {
		return "", false, err
	}
	got, err := p.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: text.TextPage, Count: n.Count})
	if err != nil {
		return "", false, err
	}
	down, err = seemsDown(p, text.TextPage, got.Text)
	return got.Text, down, err
}

// isUnknown says whether most characters of a text are the numbers of glyphs, which PDFium has where nothing says more.
func isUnknown(raw string) bool {
	unknown, all := 0, 0
	for _, r := range raw {
		switch {
		case unicode.IsSpace(r):
			continue
		case unicode.IsControl(r):
			unknown++
		}
		all++
	}
	return 2*unknown > all
}

// hyphen is what PDFium has for a hyphen at the end of a line, behind which it has taken out the end of the line.
const hyphen, oldHyphen = '\u0002', '\uFFFE'

// clean is a text with \n for its ends of lines, without controls, blank lines and blanks before the end of a line.
func clean(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	before, blank, ended := rune(0), false, true
	for i, r := range raw {
		switch {
		case (r == hyphen || r == oldHyphen) && wordEnd(before) && wordEnd(after(raw[i:])):
			b.WriteString("-\n")
			blank, ended = false, true
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			if !ended {
				b.WriteByte('\n')
			}
			blank, ended = false, true
		case r == ' ' || r == '\t' || r == '\u00A0':
			blank = true
		case unicode.IsControl(r) || r == '\uFEFF' || r == oldHyphen || r == '\uFFFF':
		default:
			if blank && !ended {
				b.WriteByte(' ')
			}
			blank, ended = false, false
			b.WriteRune(r)
		}
		before = r
	}
	return strings.TrimRight(b.String(), "\n")
}

// wordEnd says whether a hyphen may stand beside a character.
func wordEnd(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsPunct(r) }

// after is the second character of a text, 0 if it has one only.
func after(s string) rune {
	_, n := utf8.DecodeRuneInString(s)
	r, n := utf8.DecodeRuneInString(s[n:])
	if n == 0 {
		return 0
	}
	return r
}
