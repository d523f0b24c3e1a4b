package command

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

var printVerb = &verb{
	name: "print", usage: "fonds print ARCHIVE [DOC] --out FILE.html [--query Q] [--lang LANG]",
	summary: "a document with its apparatus, or a list, as a page for the printer of a browser",
	help: `With DOC, everything there is to say of the document: its fields with where they
were read, the text with marks and corrections, and the apparatus. Without, a list
of the documents, or of those that Q finds, in the columns of a catalogue of filed
items (归档文件目录), A4 across. FILE.html needs no other file; nothing is written
over.`,
	flags: []flag{
		{"out", "FILE", "the page to write"},
		{"query", "Q", "only the documents that `fonds list --query Q` lists"},
		{"lang", "LANG", "en or zh-Hans; the system's language unless given"},
	},
	min: 1, max: 2, run: runPrint,
}

func runPrint(c *call) (err error) {
	lang, out := c.flags["lang"], c.flags["out"]
	switch {
	case lang != "" && !slices.Contains(i18n.Languages(), lang):
		return usage("--lang can be en or zh-Hans, not %q", clip(lang))
	case out == "":
		return usage("print wants --out FILE.html: the page to write")
	case len(c.args) == 2 && c.has("query"):
		return usage("print writes one document or a list: leave out DOC or --query")
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
	var page bytes.Buffer
	if d != nil {
		err = export.Print(c.ctx, a, d.ID, lang, &page)
	} else {
		err = export.PrintList(c.ctx, a, c.flags["query"], lang, &page)
	}
	if err != nil {
		return err
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return usage("%s is there already, and nothing is written over: name another file", visible(out))
	}
	if err == nil {
		_, err = f.Write(page.Bytes())
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			os.Remove(out) // half of a page
		}
	}
	if err != nil {
		return &failure{exitArchive, err}
	}
	c.after = "the page is there, whole"
	return c.printf("Wrote the page to %s: open it in a browser, and print it there.\n", visible(out))
}
