package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fonds/app/ingest/content"
	"fonds/storage/archive"
)

// Version is that of the rules in this package. It is part of every recipe and goes up whenever the same bytes would
// give another text, a newer table in golang.org/x/text included (TestTablesAreAsRecorded notices).
const Version = "3"

// A Document is a file that was read: its bytes, its text, how one was made of the other, and what is proposed.
type Document struct {
	Path       string     `json:"path"`             // below the root it was found under, slashes, escaped as EscapeName does
	Order      int        `json:"order"`            // place in the walk, from 0
	Size       int64      `json:"size"`             // bytes
	Modified   time.Time  `json:"modified"`         // of the file
	SHA256     string     `json:"sha256"`           // of Original, lower-case hex
	Original   []byte     `json:"-"`                // the file, byte for byte
	Format     string     `json:"format"`           // media type: text/plain or text/html
	Pronom     string     `json:"pronom,omitempty"` // what PRONOM calls it (fmt/40), of what is no text and no page
	Encoding   string     `json:"encoding"`         // name in the WHATWG Encoding Standard; UTF-32LE and UTF-32BE besides
	Confidence float64    `json:"confidence"`       // of Encoding, 0 to 1; 1 is: there is no other reading, or a person said so
	Language   string     `json:"language,omitempty"`
	Title      string     `json:"title,omitempty"` // what the format itself calls the title (<title>); not always in Text
	Text       string     `json:"-"`               // UTF-8; line ends are \n
	Recipe     Recipe     `json:"recipe"`
	Others     []Text     `json:"-"` // other texts that are made of the same bytes, by their numbers: 2, 3, …
	Proposals  []Proposal `json:"proposals,omitempty"`

	Repairs   []archive.Repair    `json:"repairs,omitempty"`   // corrections that are proposed, in order
	Furniture []archive.Zone      `json:"furniture,omitempty"` // lines of the page that are not the document's
	Borders   []archive.Beginning `json:"borders,omitempty"`   // where another document may begin
	Pages     []content.Page      `json:"-"`                   // of a file whose pages can be shown as pictures
	Belongs   []archive.Belonged  `json:"-"`                   // to which documents it belongs: the letter that it was attached to
	Lost      []string            `json:"-"`                   // what of the file could not be taken, a sentence in English each

	Folded int `json:"folded,omitempty"` // half-width marks, where punctuation was folded in the whole text

	parts []content.Part // documents in it, which Each reads
	page  *page          // of a page with an article: what Whole needs

	Said *Annotated `json:"-"` // what another tool says of it, in a file of another tool
}

// A Text is one of several that are made of the same bytes: of a page, all its text beside that of its article.
type Text struct {
	Text   string // UTF-8; line ends are \n
	Recipe Recipe // how it is made, as that of a Document
}

// A Proposal is a value for a metadata field and the words it was read from, [Start, End) in code points of Text. Detail is
// of the document's own words and signs that want no translation, for it stays with the value: the time of day of a date,
// 13:35, and with DD.MM? or MM.DD? which reading it is where there are two; the year of an event, 2015 ← 22.11.2015; the
// body and office of a person; the faults of a number, each as 01 → 1, and the whole without them behind ⇒. Where the file says the
// value and Text does not have it (the meta elements of a page), Start and End are -1 and Detail says where in the file it
// stands: meta name="PubDate".
type Proposal struct {
	Field      string  `json:"field"` // dcterms:title, date (EDTF), issued (EDTF), temporal (EDTF), creator, contributor, identifier, source, coverage
	Value      string  `json:"value"`
	Detail     string  `json:"detail,omitempty"`
	Start      int     `json:"start"` // -1: no words in the text
	End        int     `json:"end"`   // -1 likewise
	Rule       string  `json:"rule"`  // which rule read it, one of Rules
	Confidence float64 `json:"confidence"`
}

// A Recipe says exactly how Text was made of the original bytes: enough to make it again (Remake), and for a plain text
// to make the bytes again (Rebuild).
type Recipe struct {
	Decoder   string      `json:"decoder"`             // WHATWG name
	Extractor string      `json:"extractor"`           // plain, html, html-main, record, those of contents.go and formats.go
	Version   string      `json:"version"`             // of the rules; of those of its reader where it has one (formats.go)
	Needs     string      `json:"needs,omitempty"`     // the program that would read its text and was not installed
	Reader    string      `json:"reader,omitempty"`    // the library that read it, and its version
	Member    *string     `json:"member,omitempty"`    // of the object that the original is: the name of the one that is the text; nil where none is
	Pages     []int       `json:"pages,omitempty"`     // where each page begins in the text, code points
	Sizes     [][2]int    `json:"sizes,omitempty"`     // of each page, one where all are alike: width and height in pixels, as regions count them
	BOM       bool        `json:"bom,omitempty"`       // the bytes began with the encoding's byte order mark
	LineEnds  string      `json:"line_ends,omitempty"` // runs of others than \n, see lineends.go
	Undecoded []Undecoded `json:"undecoded,omitempty"` // what the decoder could not read
	Spellings []Spelling  `json:"spellings,omitempty"` // what it read well, and its encoder would write otherwise
}

// Undecoded is a run of bytes that is no character in the encoding; U+FFFD stands for it in Text.
type Undecoded struct {
	Offset int    `json:"offset"` // in bytes of the original
	At     int    `json:"at"`     // code point in Text of its U+FFFD; -1 where an extractor left it out
	Bytes  string `json:"bytes"`  // hex
}

// A Spelling is a character that the encoding can write in more than one way, in the way that is not its encoder's.
type Spelling struct {
	Offset int    `json:"offset"` // in bytes of the original
	At     int    `json:"at"`     // first code point
	Chars  int    `json:"chars"`  // how many code points the bytes are
	Bytes  string `json:"bytes"`  // hex
}

// A Reason is why a file was left out. It is a key for translation; String of Skip says it in English.
type Reason string

// The reasons. Detail is what the comment says.
const (
	Hidden      Reason = "hidden"
	Empty       Reason = "empty"
	TooLarge    Reason = "too-large"     // the two sizes in bytes: "4294967296 > 268435456"
	TextTooLong Reason = "text-too-long" // the two sizes in bytes of UTF-8
	NoReader    Reason = "no-reader"     // the media type
	NoDecoder   Reason = "no-decoder"    // the encoding that comes nearest and the bytes it cannot read: "GB18030 > 12"; Escapes; or ""
	BadEncoding Reason = "bad-encoding"  // the name that is not one
	NotRegular  Reason = "not-regular"   // folder, pipe, socket, device, special
	Unreadable  Reason = "unreadable"    // what the system said
	Vanished    Reason = "vanished"
	NotThere    Reason = "not-there" // a root, see Options.Without
	Changed     Reason = "changed"
	BrokenLink  Reason = "broken-link"  // where it points
	OutsideLink Reason = "outside-link" // where it points
	Repeated    Reason = "repeated"     // the folder it is the same as
	ThisArchive Reason = "this-archive" // Options.Avoid
	AnArchive   Reason = "archive"      // by its name
)

// Escapes is the Detail of NoDecoder where escape sequences of ISO 2022 are not those of a known encoding.
const Escapes = "iso-2022"

// A Skip is a file or folder that was left out, and why. It is an error, so that Read can return it.
type Skip struct {
	Path   string
	Reason Reason
	Detail string
	Err    error // what the system or the archive said, where that is why; Detail has its words
}

// Error names the file and says why it was left out and, where there is something to do, what.
func (s *Skip) Error() string {
	if s.Path == "" {
		return s.String()
	}
	return PrintName(s.Path) + ": " + s.String()
}

// String says in English why the file was left out, without naming it.
func (s *Skip) String() string {
	had, limit, _ := strings.Cut(s.Detail, " > ")
	switch s.Reason {
	case Hidden:
		return "hidden (its name begins with a dot); name it itself to import it"
	case Empty:
		return "empty: there is nothing in it"
	case TooLarge:
		return fmt.Sprintf("too large: %s, and the limit is %s", SizeName(had), SizeName(limit))
	case TextTooLong:
		return fmt.Sprintf("too long: its text is %s, and the limit is %s; divide it", SizeName(had), SizeName(limit))
	case NoReader:
		return "not a document: no reader for " + s.Detail
	case NoDecoder:
		return "no decoder reads it (" + s.tried() + "); if you know its encoding, name it with --encoding"
	case BadEncoding:
		return fmt.Sprintf("there is no encoding named %q; names are those of the WHATWG Encoding Standard, as GB18030 or Big5", s.Detail)
	case NotRegular:
		return "not a file but a " + strings.Replace(s.Detail, "special", "special file", 1) + "; it was not opened"
	case Unreadable:
		return "it cannot be read: " + s.Detail
	case Vanished:
		return "it vanished while the folder was being read"
	case NotThere:
		return "there is no file or folder of this name"
	case Changed:
		return "it changed while it was being read, twice; import it again when nothing writes to it"
	case BrokenLink:
		return "a link to " + PrintName(s.Detail) + ", which is not there"
	case OutsideLink:
		return "a link that leads out of the folder, to " + PrintName(s.Detail) + "; name that itself to import it"
	case Repeated:
		return "the same folder as " + PrintName(s.Detail) + ", which is imported already"
	case ThisArchive:
		return "this is the archive itself"
	case Encrypted:
		return "encrypted: open it with its password, save it without one, and import that"
	case Damaged:
		return "damaged: " + s.Detail
	case TooMuch:
		return "more than a document may be: " + s.Detail
	case NoRows:
		return "it is no file of records (CSV, TSV, XLSX, ODS, JSON Lines, an array of JSON objects): " + s.Detail
	case NoSheet:
		return fmt.Sprintf("it has no sheet %q with rows, as the mapping says", s.Detail)
	case NoColumn:
		return "it does not have all the columns that the mapping says: " + s.Detail
	case Needs:
		return "to read it, " + s.Detail + " must be installed on this machine"
	case InPart:
		return "in part: " + s.Detail
	case AnArchive:
		return "an archive of Fonds, which holds documents and is none; it was not opened"
	}
	return string(s.Reason) + " " + s.Detail
}

// tried says what was tried of a file that NoDecoder reads.
func (s *Skip) tried() string {
	name, bad, nearest := strings.Cut(s.Detail, " > ")
	switch {
	case nearest:
		return name + " comes nearest, with " + bad + " bytes that it cannot read"
	case s.Detail == Escapes:
		return "it has escape sequences of ISO 2022, and not those of ISO-2022-JP or ISO-2022-KR"
	}
	return "not Unicode, and in none of the encodings of East Asia, Europe and the Near East does it look like a language"
}

// SizeName writes a number of bytes for people: 4 GB, 256 MB, 900 bytes.
func SizeName(bytes string) string {
	n, err := strconv.ParseInt(bytes, 10, 64)
	if err != nil {
		return bytes
	}
	units := []string{"bytes", "KB", "MB", "GB", "TB", "PB", "EB"}
	v, u := float64(n), 0
	for v >= 1024 && u+1 < len(units) {
		v, u = v/1024, u+1
	}
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0") + " " + units[u]
}

// PrintName is a path for people's eyes: quoted where it holds a line end or another character that would disturb a
// line of output.
func PrintName(path string) string {
	if strings.ContainsFunc(path, func(r rune) bool { return !unicode.IsPrint(r) && r != '\u3000' }) {
		return strconv.Quote(path)
	}
	return path
}
