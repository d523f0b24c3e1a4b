package command

import (
	"encoding/json"
	"strings"

	"fonds/app/export"
	"fonds/storage/archive"
)

var editionsVerb = &verb{
	name: "editions", usage: "fonds editions ARCHIVE [--json]",
	summary: "the sets that were recorded when they were written out",
	help: `Each edition has a number, by which fonds export --edition N writes it again, and
the heads of the log and the SHA-256 of its manifest, by which a copy of it can
be told to be that.`,
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
		n := 0
		for _, it := range self.Of(archive.AnEdition) {
			b, err := it.Edition()
			if err != nil {
				return err
			}
			n++
			if c.json() {
				err = c.enc.Encode(edition{b.Number, b.Title, it.By, export.Time(it.At), b.Program, b.Hash, b.Heads, b.Counts, b.Choice})
			} else {
				var choice export.Choice
				if err = json.Unmarshal(b.Choice, &choice); err == nil {
					err = c.printf("%d  %s  %s  %s  %s, as %s\n   manifest.json has the SHA-256 %s\n", b.Number, c.when(it.At), visible(it.By), visible(b.Title),
						count(b.Counts["documents"], "document"), strings.Join(choice.Formats, ", "), b.Hash)
				}
			}
			if err != nil {
				return err
			}
		}
		if n == 0 && !c.json() {
			c.say("No set was recorded as an edition.")
		}
		return nil
	},
}

// edition is a line of editions --json.
type edition struct {
	Edition int                         `json:"edition"`
	Title   string                      `json:"title"`
	By      string                      `json:"by"`
	At      string                      `json:"at"`
	Version string                      `json:"version"`
	SHA256  archive.Hash                `json:"manifest_sha256"`
	Heads   map[archive.ID]archive.Hash `json:"heads"`
	Counts  map[string]int              `json:"counts"`
	Filter  json.RawMessage             `json:"filter"`
}
