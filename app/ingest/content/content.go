// Package content is what a reader of one format makes of a file: its text, its pages, what it says of itself and the
// documents that lie in it. The readers (app/ingest/office, mail, pdf …) return it and package ingest makes documents of
// it. It imports nothing but the standard library; it reads no file and knows no format.
package content

import (
	"fmt"
	"strings"
	"time"
)

// A Content is a file that was read.
type Content struct {
	Format string   // media type, as IANA has it: message/rfc822
	Title  string   // what the format itself calls the title; "" where it says nothing
	Text   string   // valid UTF-8, line ends are \n, no NUL; "" where the file has none (a scan)
	Pages  []Page   // in order, where the file has pages that can be shown as pictures; their texts are Text, joined
	Said   []Said   // what the file says of itself outside its text: properties, headers, EXIF
	Parts  []Part   // documents that lie in it, in order: attachments of a letter, members of a ZIP file
	Lost   []string // what could not be taken, a sentence in English each; the rest is good
}

// A Page is where the text of a page begins, and how large the page is.
type Page struct {
	Start         int // code point of Content.Text
	Width, Height int // pixels of a picture after its orientation was applied; points (1/72 inch) of a page of a PDF
}

// A Said is a value that a file states outside its text.
type Said struct {
	Field string // dcterms:title, creator, contributor, date, subject, description, language, publisher, rights, identifier, source, spatial, medium
	Value string // as the file has it, spaces trimmed, without controls; a date as EDTF (2015-11-22, or with time and zone)
	Where string // where it stands, in the format's own words: header From, docProps/core.xml dc:title, Exif.DateTimeOriginal
}

// A Part is a document within a file.
type Part struct {
	Name     string    // as the file has it, decoded; may be "", may climb (../x): package ingest makes it safe
	Type     string    // media type that the file claims, "" where it says nothing
	Modified time.Time // zero where unknown
	As       string    // how it belongs: AnAttachment, Inline, Member
	Said     []Said    // what the wrapper says of it: the address and the day of a WARC record
	Data     []byte
}

// How a part belongs to its file.
const (
	AnAttachment = "attachment" // of a letter: a document of its own that knows its letter
	Inline       = "inline"     // a picture in the body of a letter or a page
	Member       = "member"     // of a ZIP, tar, WARC or mailbox file, which is no more than its wrapping
)

// Limits are the caps within which every reader stays, whatever the file says. They are stated in the README.
const (
	MaxText     = 64 << 20  // bytes of UTF-8 of one text
	MaxUnpacked = 512 << 20 // bytes of all that is unpacked of one file, decompressed or decoded
	MaxRatio    = 200       // unpacked bytes for each packed one, once over 16 MiB were unpacked
	MaxParts    = 100_000   // documents in one file
	MaxNesting  = 100       // elements in elements, MIME parts in MIME parts, groups in groups
	MaxPixels   = 400e6     // of one picture
	MaxPages    = 20_000    // of one file
)

// A Reason is why a reader refuses a file.
type Reason string

// The reasons; what Detail is.
const (
	Encrypted Reason = "encrypted" // ""
	Damaged   Reason = "damaged"   // what is wrong, and where
	TooMuch   Reason = "too-much"  // which of the limits: "unpacked 536870912 > 536870912"
	NotIt     Reason = "not-it"    // it begins like the format and is another
	Needs     Reason = "needs"     // a program that is not installed: LibreOffice
)

// A Refusal is an error that says why a file was not read.
type Refusal struct {
	Reason Reason
	Detail string
}

// Refuse makes a Refusal of a reason and of a detail in the manner of fmt.Sprintf.
func Refuse(r Reason, detail string, args ...any) *Refusal {
	return &Refusal{r, strings.ToValidUTF8(fmt.Sprintf(detail, args...), "\uFFFD")}
}

// Error says why in English.
func (r *Refusal) Error() string {
	switch r.Reason {
	case Encrypted:
		return "it is encrypted: open it with its password, save it without one, and import that"
	case Damaged:
		return "it is damaged: " + r.Detail
	case TooMuch:
		return "it is more than a document may be: " + r.Detail
	case Needs:
		return "to read it, " + r.Detail + " must be installed on this machine"
	}
	return r.Detail
}
