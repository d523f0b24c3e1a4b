// Package office reads text documents of word processors: Office Open XML (.docx, .docm, .dotx, .dotm) and OpenDocument
// (.odt, .ott, .fodt, and .sxw, which it grew from). A file's bytes go in, a content.Content comes out. It imports the
// standard library, x/text for names in old code pages, and package content; it opens no file and follows no link.
//
// What is taken, in its order: headings, paragraphs, lists with the markers that the file's rules give them, tables (a
// row a line, cells by tab), text boxes below the paragraph that holds them, results of fields, formulas as a line of
// their signs, descriptions of pictures in square brackets. Headers stand before the body and footers after everything
// else, each once. Notes are marked [1] where they are called, comments [c1] at the end of the paragraph that they are about;
// both follow the body, one line each.
//
// Tracked changes are read as if they were accepted: what was inserted or moved to a place is text, what was deleted or
// moved away is not. Hidden text is text. Pictures stay within the document; documents that lie in it are its Parts.
package office

import "fonds/app/ingest/content"

// Version is that of the rules of this package; it goes up when the same bytes would give another text.
const Version = "1"

// The media types that Kind tells apart.
const (
	TypeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	TypeDOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
	TypeDOCM = "application/vnd.ms-word.document.macroEnabled.12"
	TypeDOTM = "application/vnd.ms-word.template.macroEnabled.12"
	TypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	TypePPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	TypeODT  = "application/vnd.oasis.opendocument.text"
	TypeOTT  = "application/vnd.oasis.opendocument.text-template"
	TypeFODT = "application/vnd.oasis.opendocument.text-flat-xml"
	TypeODS  = "application/vnd.oasis.opendocument.spreadsheet"
	TypeODP  = "application/vnd.oasis.opendocument.presentation"
	TypeSXW  = "application/vnd.sun.xml.writer"
	TypeEPUB = "application/epub+zip"
)

// What this package adds to the limits of package content.
const (
	maxToken    = 8 << 20   // bytes of one tag or one run of characters
	maxEmbedded = 128 << 20 // bytes of all documents in one document
	maxRule     = 50_000    // styles, lists and relationships of one part
)

// said adds what the file says of itself, unless it is nothing.
func said(to *[]content.Said, field, value, where string) {
	if value = line(value); value != "" && len(*to) < 1000 {
		*to = append(*to, content.Said{Field: "dcterms:" + field, Value: value, Where: where})
	}
}
