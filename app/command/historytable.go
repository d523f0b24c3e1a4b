package command

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"fonds/app/export"
	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// dat46Format is the log as DA/T 46 names its columns.
const dat46Format = "dat46"

// entitiesAsked says what is wrong with how the log is asked for as a table.
func (c *call) entitiesAsked() error {
	lang, out := c.flags["lang"], c.flags["out"]
	switch {
	case !c.has("format") && (c.has("out") || c.has("lang")):
		return usage("--out and --lang belong to --format dat46: the log as a table")
	case !c.has("format"):
		return nil
	case c.flags["format"] != dat46Format:
		return usage("--format can be dat46, not %q", clip(c.flags["format"]))
	case c.json() || c.has("limit"):
		return usage("--format dat46 writes the whole log: leave out --json and --limit")
	case lang != "" && !slices.Contains(i18n.Languages(), lang):
		return usage("--lang can be en or zh-Hans, not %q", clip(lang))
	case !export.IsBook(out) && !strings.EqualFold(filepath.Ext(out), ".csv"):
		return usage("history wants --out FILE.csv or FILE.xlsx: the table to write")
	}
	return nil
}

// entities writes the log as a table.
func (c *call) entities(a *storage.Archive, doc archive.ID) error {
	lang, out := c.flags["lang"], c.flags["out"]
	if lang == "" {
		lang = i18n.Use("")
	}
	bar := c.bar()
	err := export.NewFile(out, func(w io.Writer) error {
		return export.WriteEntities(c.ctx, a, export.LogTable{Doc: doc, Lang: lang, XLSX: export.IsBook(out), Folder: filepath.Dir(out),
			Progress: func(done int) { bar.step("writing the log", done, 0) }}, w)
	})
	bar.clear()
	if err := newFile(out, err); err != nil {
		return err
	}
	c.after = "the table is there, whole"
	return c.printf("Wrote the log to %s.\n", visible(out))
}
