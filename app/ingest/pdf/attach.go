package pdf

import (
	"context"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"fonds/app/ingest/content"
)

// part keeps a file that lies in the document.
func (r *reading) part(p content.Part) error {
	if r.packed += len(p.Data); r.packed > content.MaxUnpacked {
		return content.Refuse(content.TooMuch, "unpacked %d > %d", r.packed, content.MaxUnpacked)
	}
	if len(r.c.Parts) == content.MaxParts {
		return content.Refuse(content.TooMuch, "documents in it > %d", content.MaxParts)
	}
	r.c.Parts = append(r.c.Parts, p)
	return nil
}

// attachments reads the files of the document's list of them. Those that are pinned to a page were read with it.
func (r *reading) attachments(ctx context.Context) error {
	count := 0
	err := r.d.do(ctx, r.d.w.e.o.PageTime, func(p pdfium.Pdfium) error {
		n, err := p.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: r.d.ref})
		if err == nil {
			count = n.AttachmentCount
		}
		return err
	})
	if err != nil {
		return r.beside(ctx, "its attachments", err)
	}
	for i := range min(count, content.MaxParts) {
		part, err := r.d.attachment(ctx, i)
		if err != nil {
			if err := r.beside(ctx, "an attachment", err); err != nil {
				return err
			}
			if r.broken++; r.broken > maxBroken {
				r.lose("the attachments after number %d", i+1)
				break
			}
			continue
		}
		if err := r.part(part); err != nil {
			return err
		}
	}
	return nil
}

// attachment reads one file of the list.
func (d *Doc) attachment(ctx context.Context, i int) (part content.Part, err error) {
	err = d.do(ctx, d.w.e.o.PageTime, func(p pdfium.Pdfium) error {
		a, err := p.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: d.ref, Index: i})
		if err != nil {
			return err
		}
		part, err = attached(p, a.Attachment)
		return err
	})
	return part, err
}

// attached reads a file that PDFium has found.
func attached(p pdfium.Pdfium, a references.FPDF_ATTACHMENT) (content.Part, error) {
	part := content.Part{As: content.AnAttachment}
	name, err := p.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: a})
	if err == nil {
		part.Name = oneLine(name.Name)
	} else if broke(err) {
		return part, err
	}
	file, err := p.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: a})
	if err != nil {
		return part, err
	}
	part.Data = file.Contents
	kind, err := p.FPDFAttachment_GetSubtype(&requests.FPDFAttachment_GetSubtype{Attachment: a})
	if err == nil && kind.Subtype != nil {
		part.Type = oneLine(*kind.Subtype)
	} else if err != nil && broke(err) {
		return part, err
	}
	day, err := p.FPDFAttachment_GetStringValue(&requests.FPDFAttachment_GetStringValue{Attachment: a, Key: "ModDate"})
	if err == nil {
		part.Modified, _ = time.Parse(time.RFC3339, pdfDate(day.Value))
	} else if broke(err) {
		return part, err
	}
	return part, nil
}
