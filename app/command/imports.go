package command

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fonds/app/export"
	"fonds/app/ingest"
	"fonds/app/intake"
	"fonds/storage/archive"
)

var importsVerb = &verb{
	name: "imports", usage: "fonds imports ARCHIVE [--json]",
	summary: "the imports that were made: who, when, from where, and what was left out",
	help: `An import that was interrupted has no end: the window offers to continue it, and
so does "fonds import" of the same again, which passes over what is there. Of the
files that were left out the first ` + fmt.Sprint(archive.MostSkips) + ` are named; all are counted by reason.`,
	flags: []flag{jsonFlag},
	min:   1, max: 1,
	run: func(c *call) (err error) {
		a, err := c.read()
		if err != nil {
			return err
		}
		defer finish(a, &err)
		self, err := a.Self(c.ctx)
		if err != nil {
			return err
		}
		all := self.Of(archive.AnImport)
		for _, it := range all {
			im, err := it.Import()
			if err != nil {
				return err
			}
			end, lost, err := a.ImportEnded(c.ctx, &im)
			if err != nil {
				return err
			}
			line := export.ImportOf(it, &im, end)
			if lost {
				line.End.Lost = true
			}
			if c.json() {
				err = c.enc.Encode(line)
			} else {
				err = c.importReport(it, &line)
			}
			if err != nil {
				return err
			}
		}
		if len(all) == 0 && !c.json() {
			c.say("No import is recorded.")
		}
		return nil
	},
}

// importReport prints one for people.
func (c *call) importReport(it *archive.Item, i *export.Import) error {
	if err := c.printf("%s  %s  %s\n", c.when(it.At), visible(i.By), importedFrom(i)); err != nil {
		return err
	}
	if i.End == nil {
		return c.printf("   it has not ended: it goes on at this moment, or was interrupted\n")
	}
	e := i.End
	words := fmt.Sprintf("%s: %s, %s there already, %s left out", e.How, count(e.Imported, "document"), thousands(e.Duplicates), thousands(e.Skipped))
	if e.Left > 0 {
		words += ", " + count(e.Left, "file") + " not reached"
	}
	if e.Continued {
		words += fmt.Sprintf(", continued after an interruption (%s before it)", count(e.Before, "document"))
	}
	if err := c.printf("   %s\n", words); err != nil {
		return err
	}
	for _, s := range e.Skips {
		if err := c.printf("   left out %s: %s\n", visible(s.Path), visible(intake.Sentence(&ingest.Skip{Reason: ingest.Reason(s.Reason), Detail: s.Detail}))); err != nil {
			return err
		}
	}
	switch more := e.Skipped - len(e.Skips); {
	case e.Lost:
		return c.printf("   the list of what was left out was lost when the file was damaged\n")
	case more > 0:
		return c.printf("   and %s\n", count(more, "more file"))
	}
	return nil
}

// importedFrom says where an import came from and how it was read.
func importedFrom(i *export.Import) string {
	words := "from " + visible(strings.Join(i.From, ", "))
	if i.Files > 0 {
		words += " (" + count(i.Files, "file") + ")"
	}
	if i.Encoding != "" {
		words += ", all read as " + visible(i.Encoding)
	}
	for _, enc := range slices.Sorted(maps.Keys(i.Encodings)) {
		words += fmt.Sprintf(", %s read as %s", count(i.Encodings[enc], "file"), visible(enc))
	}
	return words
}
