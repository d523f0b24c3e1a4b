// Package epub reads books and other publications in EPUB 2 and 3: their text in reading order with the notes, and what
// they say of themselves. It is handed the bytes of a file and imports nothing of the project but content; it never
// reads a file and never runs what is in one.
package epub

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"fonds/app/ingest/content"
)

// Version is that of the rules of this package: it goes up when the same bytes would give another text.
const Version = "1"

// mediaType is what IANA calls the format.
const mediaType = "application/epub+zip"

// IsEPUB says whether a file is a publication: a ZIP file whose first member says so, or one with META-INF/container.xml
// (data: the whole file; of its first 4 KB it tells what the standard asks for, a first member named mimetype).
func IsEPUB(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	if len(data) > 58 && string(data[30:38]) == "mimetype" {
		return bytes.Contains(data[38:min(len(data), 128)], []byte(mediaType))
	}
	z, err := openZip(context.Background(), data)
	return err == nil && z.has("META-INF/container.xml") && z.has("mimetype")
}

// EPUB reads a file. An error is a *content.Refusal, or that of ctx.
func EPUB(ctx context.Context, data []byte) (*content.Content, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return nil, content.Refuse(content.NotIt, "it is no ZIP file")
	}
	z, err := openZip(ctx, data)
	if err != nil {
		return nil, err
	}
	if err := z.encrypted(); err != nil {
		return nil, err
	}
	name, err := z.packageName()
	if err != nil {
		return nil, err
	}
	raw, err := z.read(name)
	if err != nil {
		return nil, z.fatal(err, name)
	}
	if len(raw) > maxPage {
		return nil, content.Refuse(content.TooMuch, "package document %d > %d", len(raw), maxPage)
	}
	book, err := parsePackage(ctx, raw, name)
	if err != nil {
		return nil, err
	}
	c := &content.Content{Format: mediaType, Title: book.title(), Said: book.said}
	b := &builder{ctx: ctx, notes: map[string]*note{}}
	if err := b.chapters(z, book); err != nil {
		return nil, err
	}
	c.Text, c.Lost = b.body.String(), append(z.lost, b.lost...)
	return c, nil
}

// chapters reads what is in the spine, in the order in which it is read.
func (b *builder) chapters(z *archive, book *publication) error {
	docs := make([]*chapter, 0, len(book.spine))
	for _, item := range book.spine {
		if !item.isText() {
			b.lose("%s is in the reading order and is no text: %s.", item.path, item.mediaType)
			continue
		}
		raw, err := z.read(item.path)
		switch {
		case err != nil && z.endsAll(err):
			return z.fatal(err, item.path)
		case err != nil:
			b.lose("%s, which is in the reading order, cannot be read: %v.", item.path, err)
			continue
		}
		if len(raw) > maxPage {
			b.lose("%s is larger than a page may be: %d bytes; it was not read.", item.path, len(raw))
			continue
		}
		docs = append(docs, &chapter{path: item.path, text: asHTML(decodeText(raw))})
		if b.size += len(docs[len(docs)-1].text); b.size > content.MaxText {
			return content.Refuse(content.TooMuch, "pages of text %d > %d", b.size, content.MaxText)
		}
	}
	if len(docs) == 0 {
		return content.Refuse(content.Damaged, "nothing of its reading order can be read")
	}
	for _, d := range docs {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		b.findNotes(d)
	}
	b.number()
	for _, d := range docs {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		if err := b.write(d); err != nil {
			return err
		}
	}
	if err := b.ctx.Err(); err != nil {
		return err
	}
	return b.addNotes()
}

// lose notes what was not taken. Of very many the first are enough.
func (b *builder) lose(format string, args ...any) {
	if len(b.lost) < 100 {
		b.lost = append(b.lost, strings.ToValidUTF8(fmt.Sprintf(format, args...), "\uFFFD"))
	}
}
