package command

import (
	"strings"

	"fonds/app/export"
)

var exportVerb = &verb{
	name:    "export",
	usage:   "fonds export ARCHIVE --format F[,F...] --out DIR [--query Q] [--set approved|all] [--text TEXT] [--json]",
	summary: "write documents out for others",
	help: `DIR is a folder that is not there yet, or empty: nothing is written over. It holds
a folder for each format and manifest.json, which says what is in it, of which
state of the archive, and the SHA-256 of every file. The same archive gives the
same bytes.

Format jsonl: documents.jsonl, all there is to say of each document with its
texts and history, one a line; people.jsonl.`,
	flags: []flag{
		{"format", "F", "which, apart by commas: " + strings.Join(export.Formats(), ", ")},
		{"out", "DIR", "the folder to write"},
		{"query", "Q", "only the documents that `fonds list --query Q` lists"},
		{"set", "SET", "approved (what is in force) or all (what is proposed too); approved unless given"},
		{"text", "TEXT", "which text is a document's text: reading or source; reading unless given"},
		jsonFlag,
	},
	min: 1, max: 1, run: runExport,
}

// exported is the answer of export --json.
type exported struct {
	Out string `json:"out"`
	export.Manifest
}

func runExport(c *call) (err error) {
	set, err := c.choice("set", export.Approved, export.All)
	if err != nil {
		return err
	}
	text, err := c.choice("text", export.Reading, export.Source)
	if err != nil {
		return err
	}
	out := c.flags["out"]
	if out == "" {
		return usage("export wants --out DIR: the folder to write")
	}
	var formats []string
	for f := range strings.SplitSeq(c.flags["format"], ",") {
		if f = strings.TrimSpace(f); f != "" {
			formats = append(formats, f)
		}
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	bar := c.bar()
	m, err := export.Write(c.ctx, a, export.Options{
		Choice: export.Choice{Formats: formats, Query: c.flags["query"], Set: set, Text: text}, Out: out,
		Version: c.env.Version, Progress: func(step export.Step, done, total int) { bar.draw("exporting", done, total, "") }})
	bar.clear()
	if err != nil {
		return err
	}
	c.after = "the export is there, whole"
	if c.json() {
		return c.enc.Encode(exported{out, m})
	}
	for _, f := range m.Formats {
		c.printf("Wrote %s as %s to %s.\n", count(m.Counts[f]["documents"], "document"), f, visible(out))
	}
	return nil
}
