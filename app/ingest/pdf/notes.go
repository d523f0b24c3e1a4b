package pdf

import (
	"image"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"fonds/app/ingest/content"
)

// maxNotes is how many annotations of a page are looked at.
const maxNotes = 5000

// annotation is what PDFium calls one.
type annotation = references.FPDF_ANNOTATION

// notes are what annotations of a page say beside what the page shows.
type notes struct {
	comments []string // of people, on the page
	typed    []string // on the page, with nothing that says how it looks
	files    []content.Part
}

// notes reads the annotations of a page, and draws those that show something into it, so that its text has them too.
func (d *Doc) notes(p pdfium.Pdfium, page int) (n notes, err error) {
	open, err := d.page(p, page)
	if err != nil {
		return n, err
	}
	count, err := p.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: open})
	if err != nil {
		return n, err
	}
	var k seen
	var hidden []int
	for i := range min(count.Count, maxNotes) {
		a, err := p.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: open, Index: i})
		if err != nil {
			if broke(err) {
				return n, err
			}
			continue
		}
		before := k.hidden
		err = d.note(p, &n, &k, a.Annotation)
		if k.hidden > before {
			hidden = append(hidden, i)
		}
		if _, end := p.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation}); err == nil {
			err = end
		}
		if err != nil && broke(err) {
			return n, err
		}
	}
	if k.shown == 0 {
		return n, nil
	}
	return n, d.flatten(p, page, open, k, hidden)
}

// seen counts annotations: those that show something, the fields of forms among them, and those that are hidden.
type seen struct{ shown, fields, hidden int }

// flatten draws the annotations of a page into it, but those that are hidden. Fields are drawn into nothing before: with
// that PDFium makes the appearances that they lack.
func (d *Doc) flatten(p pdfium.Pdfium, page int, open requests.Page, k seen, hidden []int) error {
	if k.fields > 0 {
		if _, err := d.draw(p, page, image.Rect(0, 0, 1, 1), image.Pt(1, 1)); err != nil && broke(err) {
			return err
		}
	}
	for _, i := range slices.Backward(hidden) {
		if _, err := p.FPDFPage_RemoveAnnot(&requests.FPDFPage_RemoveAnnot{Page: open, Index: i}); err != nil && broke(err) {
			return err
		}
	}
	_, err := p.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: open, Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err != nil && broke(err) {
		return err
	}
	return nil
}

// note reads an annotation and counts it.
func (d *Doc) note(p pdfium.Pdfium, n *notes, k *seen, a annotation) error {
	kind, err := p.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_LINK || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_POPUP {
		return err
	}
	flags, err := p.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: a})
	if err != nil {
		return err
	}
	if flags.Flags&(enums.FPDF_ANNOT_FLAG_HIDDEN|enums.FPDF_ANNOT_FLAG_NOVIEW) != 0 {
		k.hidden++
		return nil
	}
	k.shown++
	switch kind.Subtype {
	case enums.FPDF_ANNOT_SUBTYPE_WIDGET:
		k.fields++
		return nil
	case enums.FPDF_ANNOT_SUBTYPE_FREETEXT:
		return d.typed(p, n, a)
	case enums.FPDF_ANNOT_SUBTYPE_FILEATTACHMENT:
		if err := d.file(p, n, a); err != nil {
			return err
		}
	}
	said, err := value(p, a, "Contents")
	if err != nil || said == "" {
		return err
	}
	who, err := value(p, a, "T")
	if err != nil {
		return err
	}
	if who != "" {
		said = who + ": " + said
	}
	n.comments = append(n.comments, said)
	return nil
}

// file reads a file that is pinned to the page.
func (d *Doc) file(p pdfium.Pdfium, n *notes, a annotation) error {
	f, err := p.FPDFAnnot_GetFileAttachment(&requests.FPDFAnnot_GetFileAttachment{Document: d.ref, Annotation: a})
	if err != nil {
		return ifBroken(err)
	}
	part, err := attached(p, f.Attachment)
	if err == nil {
		n.files = append(n.files, part)
	}
	return ifBroken(err)
}

// typed reads what was typed on the page, where nothing says how it looks: else it is part of the page.
func (d *Doc) typed(p pdfium.Pdfium, n *notes, a annotation) error {
	has, err := p.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: a, Key: "AP"})
	if err != nil || has.HasKey {
		return err
	}
	text, err := value(p, a, "Contents")
	if err == nil && text != "" {
		n.typed = append(n.typed, text)
	}
	return err
}

// value is a string or a name that an annotation has by a key; "" where it has none.
func value(p pdfium.Pdfium, a annotation, key string) (string, error) {
	has, err := p.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: a, Key: key})
	if err != nil || !has.HasKey {
		return "", err
	}
	v, err := p.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: key})
	if err != nil {
		if broke(err) {
			return "", err
		}
		return "", nil
	}
	return oneLine(v.Value), nil
}

// oneLine is a text in one line without controls, its blanks single.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r == '\uFEFF':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// with adds to the text of a page what its annotations say and the page does not show.
func (n notes) with(text string) string {
	lines := make([]string, 0, 1+len(n.typed)+len(n.comments))
	if text != "" {
		lines = append(lines, text)
	}
	for _, t := range n.typed {
		if !strings.Contains(solid(text), solid(t)) { // PDFium may have made an appearance of it
			lines = append(lines, t)
		}
	}
	for _, c := range n.comments {
		lines = append(lines, "[comment] "+c)
	}
	return strings.Join(lines, "\n")
}

// solid is a text without blanks and ends of lines.
func solid(s string) string { return strings.Join(strings.Fields(s), "") }
