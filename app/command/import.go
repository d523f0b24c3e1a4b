package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fonds/app/export"
	"fonds/app/ingest"
	"fonds/app/intake"
	"fonds/storage/archive"
)

var importVerb = &verb{
	name: "import", usage: "fonds import ARCHIVE PATH... [--encoding NAME] [--records auto|MAPPING.json] [--plain] [--as NAME] [--json]",
	summary: "bring in files, and folders with all that is in them",
	help: `Texts and pages in UTF-8 (with or without BOM), UTF-16, GB18030/GBK, Big5 or
another encoding ("fonds detect" says which); DOCX, ODT, PPTX, RTF, EPUB, XLSX,
ODS, PDF, letters (.eml, .mbox), saved pages (MHTML), pictures; .doc, .xls and
.ppt are kept, and read where LibreOffice is installed. ZIP, tar, gzip, bzip2,
WARC and ARC files are opened like folders; an attachment is a document of its
own that belongs to its letter. The file itself, its path, its order and its
time are kept. A file is recorded under its name; what is in a
folder under its path below that folder, as 2015/notice.txt for
in/2015/notice.txt where "in" was named.

A file whose bytes the archive holds already makes no new document: the place
where it was found is noted with the one that is there. A hidden file (.name)
is left out unless it is named itself; so is a file over 256 MB, and an archive
of Fonds always. What stands plainly in a text (title, date, source) is proposed,
with its place, never taken.

Files of other tools come with what they say: TEI, and Web Annotation, brat,
doccano and Label Studio with their marks at their places, as work of whoever
imports. So does jsonl/documents.jsonl of fonds export; where the whole log lies
beside it (--set all), an empty archive that imports the folder is the same
archive, with its people, decisions and history. --plain reads all of them as
text.

With --records each row of the files that are named (CSV, TSV, XLSX, ODS, JSON Lines,
an array of JSON objects; no folders) is a document: its original is the row as a JSON
object, its fields and tags are said by whoever imports. "auto" reads off the names of
the columns what they are, and says it on standard error; else it is a file as
"fonds records FILE --json" prints it. A row without text comes in with its fields.

Ctrl+C stops it; what was reported by then is in the archive. That an import was
made, from where and what was left out of it is recorded: "fonds imports" lists
them. After a crash import the same again. It ends with 0
where everything came in or was there, and with 1 where something was left out,
archives of Fonds aside.`,
	flags: []flag{
		{"encoding", "NAME", "the encoding of all the files, as GB18030; found out for each unless given"},
		{"records", "auto|FILE", "rows are documents: by the names of the columns, or by a mapping"},
		{"plain", "", "read files of other tools as text, without what they say"},
		asFlag, jsonFlag,
	},
	min: 2, max: -1, run: runImport,
}

// imported is a line of import --json for a file that came in.
type imported struct {
	Path       string     `json:"path"`
	ID         archive.ID `json:"id"`
	SHA256     string     `json:"sha256"`
	Format     string     `json:"format"`
	Encoding   string     `json:"encoding"`
	Confidence float64    `json:"confidence"`
	Chars      int        `json:"chars"`
	Undecoded  int        `json:"undecoded"` // runs of bytes that are no character in the encoding
	Repairs    int        `json:"repairs"`   // corrections proposed
	Parts      int        `json:"parts"`     // documents that the text may hold
	Proposals  int        `json:"proposals"`
	Refused    []string   `json:"refused,omitempty"` // what it says of itself and a rule refuses
	Lost       []string   `json:"lost,omitempty"`    // what of the file could not be read
}

// leftOut is a line for one that did not.
type leftOut struct {
	Path    string        `json:"path"`
	Skipped string        `json:"skipped"`
	Reason  ingest.Reason `json:"reason"`
}

// duplicate is a line for one that was there.
type duplicate struct {
	Path string     `json:"path"`
	Of   archive.ID `json:"duplicate_of"`
}

// importSummary is the last line.
type importSummary struct {
	Imported   int `json:"imported"`
	Duplicates int `json:"duplicates"`
	Skipped    int `json:"skipped"`
	Left       int `json:"left,omitempty"` // not reached, where it was stopped

	Notes    []string `json:"notes,omitempty"`    // what is to be known of files of records
	Beside   int      `json:"beside,omitempty"`   // files that were read with another
	Dropped  []string `json:"dropped,omitempty"`  // what files of other tools say and could not be taken
	Received bool     `json:"received,omitempty"` // a whole archive was, with its history
}

func runImport(c *call) (err error) {
	who, err := c.who()
	if err != nil {
		return err
	}
	encoding := c.flags["encoding"]
	if c.has("encoding") && (encoding == "" || !intake.KnownEncoding(encoding)) {
		return usage("there is no encoding %q; names are those of the WHATWG Encoding Standard, as GB18030, Big5, UTF-16LE", clip(encoding))
	}
	a, err := c.change()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	rows, err := c.records(a, encoding)
	if err != nil {
		return err
	}
	bar := c.bar()
	bar.draw("finding files", 0, 0, "")
	var printing error
	r, err := intake.Run(c.ctx, a, who, c.args[1:], intake.Options{Encoding: encoding, Plain: c.has("plain"), Records: rows}, func(e intake.Event) {
		if (e.File.Skip != nil || undecoded(e.File) > 0 || len(e.File.Refused)+len(e.File.Lost) > 0) && !c.json() {
			bar.clear()
		}
		if err := c.importOne(e.File); err != nil && printing == nil {
			printing = err
		}
		bar.draw("importing", e.Done, e.Total, e.File.Path)
	})
	bar.clear()
	stopped := errors.Is(err, context.Canceled)
	if r.Total == 0 && err != nil {
		return err
	}
	if r.Imported > 0 {
		c.after = count(r.Imported, "document") + " came in and stays in the archive"
		if r.Imported > 1 {
			c.after = count(r.Imported, "document") + " came in and stay in the archive"
		}
	}
	if printing == nil {
		printing = c.importDone(r)
	}
	switch {
	case err != nil && !stopped:
		return importFault(r, err)
	case printing != nil:
		return printing
	case stopped || r.Skipped > r.Archives || len(r.Dropped) > 0:
		return ended(exitPart)
	}
	return nil
}

func (c *call) importOne(f intake.File) error {
	switch {
	case f.Skip != nil && c.json():
		return c.enc.Encode(leftOut{f.Path, intake.Sentence(f.Skip), f.Skip.Reason})
	case f.Skip != nil:
		return c.printf("left out %s: %s\n", visible(f.Path), visible(intake.Sentence(f.Skip)))
	case len(f.Refused)+len(f.Lost) > 0 && !c.json():
		for _, why := range f.Refused {
			if err := c.printf("%s: not taken: %s\n", visible(f.Path), visible(why.Error())); err != nil {
				return err
			}
		}
		return c.printLost(f)
	case undecoded(f) > 0 && !c.json():
		return c.printf("%s: %s\n", visible(f.Path), undecodedWords(undecoded(f), f.Read.Encoding))
	case !c.json():
		return nil
	case f.DuplicateOf != "":
		return c.enc.Encode(duplicate{f.Path, f.DuplicateOf})
	}
	in := f.Read
	var refused []string
	for _, why := range f.Refused {
		refused = append(refused, why.Error())
	}
	return c.enc.Encode(imported{Refused: refused, Lost: f.Lost, Repairs: len(in.Repairs), Parts: len(in.Borders) + 1, Path: f.Path, ID: f.ID, SHA256: in.SHA256, Format: in.Format, Encoding: in.Encoding,
		Confidence: in.Confidence, Chars: f.Chars, Undecoded: undecoded(f),
		Proposals: len(in.Proposals)})
}

// mostLost is how many things that a file lacks are told one by one.
const mostLost = 5

// printLost says what of a file that came in could not be read.
func (c *call) printLost(f intake.File) error {
	for i, lost := range f.Lost {
		if i == mostLost {
			return c.printf("%s: and %s more that could not be read\n", visible(f.Path), thousands(len(f.Lost)-i))
		}
		if err := c.printf("%s: not read: %s\n", visible(f.Path), visible(lost)); err != nil {
			return err
		}
	}
	return nil
}

// importFault says of an archive that failed in the middle what came in until
// then: storage says of the documents at hand that nothing was changed.
func importFault(r intake.Report, err error) error {
	if r.Imported+r.Duplicates == 0 {
		return err
	}
	stay := "came in and stays"
	if r.Imported != 1 {
		stay = "came in and stay"
	}
	return &failure{exitOf(err), fmt.Errorf("%s; %s %s, %s did not: import the same again, and what is there is passed over",
		strings.Replace(err.Error(), "; nothing was changed", "", 1), count(r.Imported, "document"), stay, count(r.Left(), "more file"))}
}

// undecoded counts the runs of bytes of a new document that could not be read.
func undecoded(f intake.File) int {
	if f.ID == "" || f.Read == nil {
		return 0
	}
	return export.Undecoded(f.Read.Recipe)
}

// undecodedWords says for people that n runs of bytes could not be read.
func undecodedWords(n int, encoding string) string {
	return fmt.Sprintf("%s read as no character of %s: \ufffd stands there", count(n, "place"), visible(encoding))
}

func (c *call) importDone(r intake.Report) error {
	if c.json() {
		return c.enc.Encode(importSummary{r.Imported, r.Duplicates, r.Skipped, r.Left(), r.Notes, r.Beside, r.Dropped, r.Received})
	}
	for _, d := range r.Dropped {
		c.printf("not taken: %s\n", visible(d))
	}
	for _, n := range r.Notes {
		c.printf("note: %s\n", visible(n))
	}
	if r.Received {
		return c.printf("Received a whole archive: %s, with people, decisions and history.\n", count(r.Imported, "document"))
	}
	c.printf("Imported %s", count(r.Imported, "document"))
	if r.Duplicates > 0 {
		c.printf("; %s there already", thousands(r.Duplicates))
	}
	if r.Skipped > 0 {
		c.printf("; %s left out", thousands(r.Skipped))
	}
	if r.Beside > 0 {
		c.printf("; %s read with them", count(r.Beside, "other file"))
	}
	if r.Left() > 0 {
		c.printf("; stopped before %s", count(r.Left(), "more file"))
	}
	return c.printf(".\n")
}
