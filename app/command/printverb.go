package command

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

var printVerb = &verb{
	name: "print", usage: "fonds print ARCHIVE DOC --out FILE.html [--lang LANG]\n" +
		"fonds print ARCHIVE [--list LIST] [--unit UNIT] [--query Q] --out FILE.html|FILE.xlsx [--lang LANG]",
	summary: "a document with its apparatus, or a list, as a page for the printer of a browser or a workbook",
	help: `With DOC, everything there is to say of the document: its fields with where they
were read, the text with marks and corrections, and the apparatus.

Without, a list, A4, in the order of the archive: unit by unit, and in each as it was
put into order, then by reference code.
  filed     catalogue of filed items (归档文件目录), a row a document; unless --list says
            another
  files     list of files (案卷目录), a row a file: dates from the earliest to the latest
            of what lies in it, pages where all say them
  contents  documents in the file (卷内文件目录), a table a file on pages of its own, the
            numbers of pages counted on
  note      notes for reference (备考表), a form a file, or a series where documents lie in
            no file: what is missing, was corrected, added, taken out, removed,
            destroyed, as the log has it; who arranged and who checked it, where all of
            it is approved, else lines to be filled by hand
  isadg     the units from the fonds down and their documents, with the elements of
            ISAD(G) that the template maps, none repeated below (2.4)
UNIT is an id, the end of one, or the codes from the top, apart by /: with all under it.
Q chooses documents; of files, contents and note the files in which it finds one, and
these stand there whole. Closed documents are listed too: what leaves the house is
written by fonds export.

What a document does not say and its unit says in a field that lower levels take over
stands there. FILE.html needs no other file; in FILE.xlsx dates and codes are text.
The same state of the archive gives the same bytes. Nothing is written over.`,
	flags: []flag{
		{"out", "FILE", "the page or workbook to write"},
		{"list", "LIST", "filed, files, contents, note or isadg"},
		{"unit", "UNIT", "only this unit and all under it"},
		{"query", "Q", "only the documents that `fonds list --query Q` lists"},
		{"lang", "LANG", "en or zh-Hans; the system's language unless given"},
	},
	min: 1, max: 2, run: runPrint,
}

func runPrint(c *call) (err error) {
	lang, out := c.flags["lang"], c.flags["out"]
	list, err := c.choice("list", export.Lists()...)
	book := export.IsBook(out)
	switch {
	case err != nil:
		return err
	case lang != "" && !slices.Contains(i18n.Languages(), lang):
		return usage("--lang can be en or zh-Hans, not %q", clip(lang))
	case out == "":
		return usage("print wants --out FILE.html or FILE.xlsx: what to write")
	case len(c.args) == 2 && (c.has("query") || c.has("list") || c.has("unit")):
		return usage("print writes one document or a list: leave out DOC, or --list, --unit and --query")
	case !book && !slices.Contains([]string{".html", ".htm"}, strings.ToLower(filepath.Ext(out))):
		return usage("--out %q is neither a FILE.html nor a FILE.xlsx", clip(out))
	case len(c.args) == 2 && book:
		return usage("a document is printed as a page: name a FILE.html")
	case c.has("unit") && c.flags["unit"] == "":
		return usage("--unit wants the unit: %s", "its id, or its codes from the top, apart by /")
	}
	if lang == "" {
		lang = i18n.Use("")
	}
	var a *storage.Archive
	var d *archive.Document
	if len(c.args) == 2 {
		a, d, err = c.document()
	} else {
		a, err = c.read()
	}
	if err != nil {
		return err
	}
	defer finish(a, &err)
	if d != nil {
		err = export.NewFile(out, func(w io.Writer) error { return export.Print(c.ctx, a, d.ID, lang, w) })
	} else {
		var query string
		if query, err = c.readQuery("--query", c.flags["query"]); err != nil {
			return err
		}
		bar := c.bar()
		err = export.WriteListFile(c.ctx, a, export.List{Kind: list, Unit: c.flags["unit"], Query: query, Lang: lang,
			Progress: func(done, all int) { bar.step("reading documents", done, all) }}, out)
		bar.clear()
	}
	if err := newFile(out, err); err != nil {
		return err
	}
	if book {
		c.after = "the workbook is there, whole"
		return c.printf("Wrote the list to %s.\n", visible(out))
	}
	c.after = "the page is there, whole"
	return c.printf("Wrote the page to %s: open it in a browser, and print it there.\n", visible(out))
}

// newFile says why a file could not be written: one that is there stays.
func newFile(out string, err error) error {
	var disk *fs.PathError
	switch {
	case errors.Is(err, fs.ErrExist):
		return usage("%s is there already, and nothing is written over: name another file", visible(out))
	case errors.As(err, &disk) && strings.HasPrefix(disk.Path, filepath.Dir(out)):
		return &failure{exitArchive, err}
	}
	return err
}
