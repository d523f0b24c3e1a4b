// Package assets carries what Fonds needs beside its code: two fonts with Han
// characters, the icon, the translations of the interface, the templates of
// description, the documents of the sample archive and a list of Chinese words.
//
// It may use the standard library's embed and io/fs and nothing else; it knows
// nothing of archives, screens or Fyne. It never reads a file at run time and
// never interprets what it hands out: parsing a template or a translation is
// the business of whoever asked for it.
//
// The fonts are Noto Sans CJK SC under the SIL Open Font License 1.1
// (fonts/OFL.txt, made by fonts/make.sh). Everything else in this folder was
// made for Fonds and is under its licence. What is embedded outside of this folder
// says so in its package: the tables of storage/dates are CC BY-SA 3.0, those of
// storage/words Apache 2.0.
package assets

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed fonts/NotoSansSC-Regular.otf
var regular []byte

//go:embed fonts/NotoSansSC-Bold.otf
var bold []byte

//go:embed fonts/OFL.txt
var fontLicence []byte

//go:embed icon.png
var icon []byte

//go:embed samples
var samples embed.FS

//go:embed samples-work.jsonl
var samplesWork []byte

//go:embed samples-review.jsonl
var samplesReview []byte

//go:embed templates
var templates embed.FS

//go:embed translations
var translations embed.FS

//go:embed words/zh-Hans.txt
var words string

// Regular returns the OpenType font (CFF outlines, 1000 units an em) for texts
// and the interface: Latin, Greek, Cyrillic, kana, Bopomofo, the ideographs of
// the BMP and those of HKSCS beyond it, in the forms of mainland China. The
// bytes are shared and must not be changed.
func Regular() []byte { return regular }

// Bold returns the bold companion of Regular for headings of the interface:
// GB 2312, Latin and punctuation only. The bytes are shared and must not be
// changed.
func Bold() []byte { return bold }

// FontLicence returns the licence of both fonts, UTF-8, with their copyright.
func FontLicence() []byte { return fontLicence }

// Icon returns the program's icon, a PNG of 512 by 512 pixels.
func Icon() []byte { return icon }

// Samples returns the documents of the sample archive as a folder tree to be
// imported. They are bytes in several encodings, not all of them UTF-8.
func Samples() fs.FS { return under(samples, "samples") }

// SamplesWork returns the work of invented archivists on the samples: JSON
// Lines in the shapes of the verb apply, each with "as" (who does it) added and
// the document as "path:NAME", NAME being its path within Samples. Positions
// are code points of the source text.
func SamplesWork() []byte { return samplesWork }

// SamplesReview returns what a team of invented people did with that work afterwards:
// work packages, proposals, questions, decisions. The shapes are those of SamplesWork;
// an id that only the archive knows is written @DOC#KEY: of the document's proposals
// and threads the last one about that field, tag or kind, and with #machine each of
// a machine's.
func SamplesReview() []byte { return samplesReview }

// Templates returns the templates of description, one JSON file each, named
// after the template's id.
func Templates() fs.FS { return under(templates, "templates") }

// Translations returns the strings of the interface, one JSON file a language,
// named after its BCP 47 tag: an object of keys and texts.
func Translations() fs.FS { return under(translations, "translations") }

// Words returns common words of Chinese administrative and archival language,
// UTF-8, parted by blanks and line ends; a line that begins with # is a comment.
func Words() string { return words }

// under makes a folder of an embedded tree its root. The folders are named
// above, where the compiler has checked that they are there.
func under(tree embed.FS, folder string) fs.FS {
	sub, err := fs.Sub(tree, folder)
	if err != nil {
		panic(fmt.Sprintf("assets: the folder %q was not built in: %v", folder, err))
	}
	return sub
}
