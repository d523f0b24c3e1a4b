package ingest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fonds/app/ingest/content"
	"fonds/app/ingest/epub"
	"fonds/app/ingest/legacy"
	"fonds/app/ingest/mail"
	"fonds/app/ingest/office"
	"fonds/app/ingest/packed"
	"fonds/app/ingest/pdf"
	"fonds/app/ingest/picture"
	"fonds/app/ingest/rtf"
	"fonds/assets"
)

// The formats that have readers of their own, and which of them a file is. The name of a file decides nothing: of what is
// no text, the bytes say what it is.

var (
	formatPDF     = format{extractor: "pdf", reader: "go-pdfium 1.21.4", version: pdf.Version, rule: "pdf.info", conf: 0.6, read: readPDF}
	formatPicture = format{extractor: "picture", version: picture.Version, rule: "image.metadata", conf: 0.7, read: ofBytes(picture.Read)}
	formatRTF     = format{extractor: "rtf", version: rtf.Version, rule: "office.properties", conf: 0.5, read: ofBytes(rtf.RTF)}
	formatDOCX    = format{extractor: "docx", version: office.Version, rule: "office.properties", conf: 0.5, read: ofBytes(office.DOCX)}
	formatPPTX    = format{extractor: "pptx", version: office.Version, rule: "office.properties", conf: 0.5, read: ofBytes(office.PPTX)}
	formatODT     = format{extractor: "odt", version: office.Version, rule: "office.properties", conf: 0.5, read: ofBytes(office.ODT)}
	formatEPUB    = format{extractor: "epub", version: epub.Version, rule: "epub.metadata", conf: 0.85, read: ofBytes(epub.EPUB)}
	formatSheets  = format{extractor: "sheets", reader: "excelize 2.11.1", version: sheetsVersion, rule: "office.properties", conf: 0.5, read: readSheets}
	formatEML     = format{extractor: "eml", version: mail.Version, rule: "mail.header", conf: 0.95, mute: true, read: readLetter}
	formatOffice  = format{extractor: "office", reader: "LibreOffice", version: legacy.Version, rule: "office.properties", conf: 0.5, read: readOffice}
	formatMHTML   = format{extractor: "mhtml", version: mail.Version, rule: "html.meta", conf: 0.8, read: readSavedPage}
)

// ownFormats are all of them, by the extractors that recipes name.
var ownFormats = sync.OnceValue(func() map[string]*format {
	out := map[string]*format{}
	for _, f := range []*format{&formatPDF, &formatPicture, &formatRTF, &formatDOCX, &formatPPTX, &formatODT, &formatEPUB, &formatSheets, &formatEML, &formatMHTML, &formatOffice} {
		out[f.extractor] = f
	}
	return out
})

// ofBytes is a reader that asks for no name.
func ofBytes(read func(context.Context, []byte) (*content.Content, error)) func(context.Context, []byte, string) (*content.Content, error) {
	return func(ctx context.Context, data []byte, _ string) (*content.Content, error) { return read(ctx, data) }
}

// formatOf is the reader for a file; nil where it is a text or a page, or nothing that is read.
func formatOf(data []byte, name string) *format {
	head := data[:min(len(data), headBytes)]
	switch {
	case pdf.IsPDF(head):
		return &formatPDF
	case picture.Kind(head) != "":
		return &formatPicture
	case rtf.IsRTF(head):
		return &formatRTF
	case isMailbox(head, name):
		return nil
	case mail.IsMHTML(head):
		return &formatMHTML
	case mail.IsEML(head), isLetterOf(head, name):
		return &formatEML
	}
	switch kind := office.Kind(data); kind {
	case office.TypeDOCX, office.TypeDOTX, office.TypeDOCM, office.TypeDOTM:
		return &formatDOCX
	case office.TypePPTX, "application/vnd.openxmlformats-officedocument.presentationml.slideshow", "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
		"application/vnd.ms-powerpoint.slideshow.macroEnabled.12", "application/vnd.openxmlformats-officedocument.presentationml.template":
		return &formatPPTX
	case office.TypeODT, office.TypeOTT, office.TypeFODT, office.TypeSXW:
		return &formatODT
	case office.TypeEPUB:
		return &formatEPUB
	case office.TypeXLSX, office.TypeODS:
		return &formatSheets
	}
	if legacy.IsOffice(data) != "" || bytes.HasPrefix(data, []byte(compoundFile)) {
		return &formatOffice
	}
	return nil
}

// isRead says whether a file that begins so may have a reader, and so is to be read whole.
func isRead(head []byte) bool {
	return pdf.IsPDF(head) || picture.Kind(head) != "" || rtf.IsRTF(head) || packed.Kind(head) != "" || bytes.HasPrefix(head, []byte("PK")) || bytes.HasPrefix(head, []byte(compoundFile))
}

// unread gives the media type of a file that begins as one of the formats for which there is no reader.
func unread(head []byte) (format string, ok bool) {
	if isRead(head) {
		return "", false
	}
	return foreign(head)
}

// A wrapper opens what is no document itself and holds files, one after another. lost says of each that could not be
// taken what and why.
type wrapper struct {
	walk func(ctx context.Context, data []byte, name string, budget *packed.Budget, yield func(content.Part) error) (lost []string, err error)
}

var (
	packedFiles = &wrapper{func(ctx context.Context, data []byte, name string, budget *packed.Budget, yield func(content.Part) error) ([]string, error) {
		return packed.Walk(ctx, data, "", packed.Options{Name: name, Names: decodeNames, Budget: budget}, yield)
	}}
	mailbox = &wrapper{func(ctx context.Context, data []byte, _ string, _ *packed.Budget, yield func(content.Part) error) ([]string, error) {
		c, err := mail.MBOX(ctx, data)
		if err != nil {
			return nil, err
		}
		for _, p := range c.Parts {
			if err := yield(p); err != nil {
				return c.Lost, err
			}
		}
		return c.Lost, nil
	}}
)

// wrapping is how to open a file that wraps others; nil where it is none.
func wrapping(data []byte, name string) *wrapper {
	head := data[:min(len(data), headBytes)]
	switch packed.Kind(head) {
	case packed.Zip:
		if office.Kind(data) != "" {
			return nil
		}
		return packedFiles
	case packed.Tar, packed.Gzip, packed.TarGzip, packed.Bzip2, packed.TarBzip2, packed.Warc, packed.WarcGzip, packed.Arc, packed.ArcGzip:
		return packedFiles
	}
	if isMailbox(head, name) {
		return mailbox
	}
	return nil
}

// isMailbox says whether a file is a mailbox and no letter: some programs write one letter with a mailbox's line before it,
// and only the name tells.
func isMailbox(head []byte, name string) bool {
	return mail.IsMBOX(head) && !strings.EqualFold(filepath.Ext(name), ".eml")
}

// isLetterOf says whether a file that is called a letter is one with such a line before it.
func isLetterOf(head []byte, name string) bool {
	return mail.IsMBOX(head) && strings.EqualFold(filepath.Ext(name), ".eml")
}

// decodeNames reads the names in a packed file that do not say how they are encoded, all in one encoding: that of a system
// far away, and long ago.
func decodeNames(names [][]byte) []string {
	out := make([]string, len(names))
	_, enc, _, _, err := Decode(bytes.Join(names, []byte("\n")), "")
	if err != nil {
		enc = "IBM437" // what ZIP files say where they say nothing
	}
	c := codecNamed(enc)
	for i, n := range names {
		if out[i] = EscapeName(string(n)); c != nil {
			out[i], _, _ = c.apply(n)
		}
	}
	return out
}

// readLetter reads a letter: its characters are found out as those of any text, its page is read as any page.
func readLetter(ctx context.Context, data []byte, _ string) (*content.Content, error) {
	return mail.EML(ctx, data, mail.Options{Decode: letterText, HTML: func(source string) string {
		text, _ := extractHTML(source, &Recipe{})
		return text
	}})
}

// letterText is bytes as text: as they say, where they are that; else as they look.
func letterText(b []byte, declared string) (string, error) {
	c := codecNamed(declared)
	if declared != "" && c != nil {
		if text, _, bad := c.apply(b); bad == 0 {
			return text, nil
		}
	}
	text, _, _, _, err := Decode(b, "")
	if err != nil && c != nil {
		text, _, _ = c.apply(b) // with U+FFFD where it is not what it says
		return text, nil
	}
	return text, err
}

// readSavedPage reads a web page that was saved as a message: all of its text, and what it says of itself.
func readSavedPage(_ context.Context, data []byte, _ string) (*content.Content, error) {
	p, parts, err := mail.MHTMLPage(data)
	if err != nil {
		return nil, err
	}
	source, err := letterText(p.HTML, p.Charset)
	if err != nil {
		return nil, content.Refuse(content.Damaged, "no decoder reads the page in it")
	}
	text, heads := extractHTML(source, &Recipe{})
	c := &content.Content{Format: "multipart/related", Title: heads.title, Text: text, Parts: parts}
	if c.Title == "" {
		c.Title = p.Subject
	}
	say := func(field, value, where string) {
		if value != "" {
			c.Said = append(c.Said, content.Said{Field: field, Value: value, Where: where})
		}
	}
	say("dcterms:title", c.Title, "<title>")
	say("dcterms:source", p.Location, "header Content-Location")
	for _, s := range statedBy(source) {
		if s.field != "dcterms:source" || p.Location == "" {
			say(s.field, s.value, s.detail)
		}
	}
	return c, nil
}

// compoundFile is how the files begin in which programs of Microsoft wrote, and still keep what they encrypt.
const compoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

func readOffice(ctx context.Context, data []byte, _ string) (*content.Content, error) {
	if office.IsEncryptedOOXML(data) {
		return nil, content.Refuse(content.Encrypted, "")
	}
	c, err := legacy.Office(ctx, data, "")
	if r := (*content.Refusal)(nil); errors.As(err, &r) && r.Reason == content.NotIt { // of another program, as a message of Outlook
		return nil, content.Refuse(content.NotIt, "application/x-ole-storage")
	}
	return c, err
}

func readPDF(ctx context.Context, data []byte, _ string) (*content.Content, error) {
	e, err := PDF()
	if err != nil {
		return nil, err
	}
	return e.Read(ctx, data)
}

// PDF is what reads and draws PDF files, begun when it is first used: of this process, for all that need it. What it
// compiles is kept in the person's folder for such things, so that it starts at once the next time.
var PDF = sync.OnceValues(func() (*pdf.Engine, error) {
	o := pdf.Options{Font: assets.Regular()}
	if dir, err := os.UserCacheDir(); err == nil {
		o.CacheDir = filepath.Join(dir, "fonds", "pdfium")
	}
	return pdf.Open(o)
})

// isMarkdown says whether a text is Markdown, by its name: it looks like any text.
func isMarkdown(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown", ".mdown":
		return true
	}
	return false
}
