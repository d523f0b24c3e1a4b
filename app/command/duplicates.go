package command

import (
	"fmt"
	"math"
	"strconv"

	"fonds/app/alike"
	"fonds/app/doubles"
	"fonds/storage"
	"fonds/storage/archive"
)

var duplicatesVerb = &verb{
	name: "duplicates", usage: "fonds duplicates ARCHIVE [--least 0.8] [--json]",
	summary: "documents that are nearly the same, and texts that stand inside longer ones",
	help: fmt.Sprintf(`The groups, the most alike first: how like each other the documents are, by their
reading texts, and which they are. Nothing is changed. The same bytes are one
document already, so all of a group are of different bytes.

Likeness is the Jaccard index of the shingles of two texts (every 5 code points in a
row), without case, width, white space and punctuation: 1 is the same, 0.8 about
one code point in 40 changed here and there, or a tenth of the text exchanged. Every
document of a group is at least so like another one of it. Texts that stand wholly
inside a longer one are groups of their own, whose likeness is the share of the
shortest; a text of under %d code points is not looked for inside others. Documents
that were removed are left out.`, alike.Inside),
	flags: []flag{
		{"least", "N", "how like each other documents are at least, over 0 to 1; else 0.8"},
		jsonFlag,
	},
	min: 1, max: 1, run: runDuplicates,
}

// alikeGroup is a line of duplicates --json.
type alikeGroup struct {
	Likeness  float64         `json:"likeness"` // to four places, rounded down
	Documents []alikeDocument `json:"documents"`
	Exact     bool            `json:"exact"`
	Within    archive.ID      `json:"within,omitempty"`
}

type alikeDocument struct {
	ID   archive.ID `json:"id"`
	Path string     `json:"path"`
}

func runDuplicates(c *call) (err error) {
	o := doubles.Options{Least: alike.Least}
	if text, given := c.flags["least"]; given {
		o.Least, err = strconv.ParseFloat(text, 64)
		if err != nil || !(o.Least > 0 && o.Least <= 1) {
			return usage("--least wants a number over 0 and up to 1, not %q", clip(text))
		}
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	bar := c.bar()
	o.Progress = func(step alike.Step, done, total int) {
		bar.step(map[alike.Step]string{alike.Reading: "reading", alike.Comparing: "comparing"}[step], done, total)
	}
	groups, err := doubles.Find(c.ctx, a, o)
	bar.clear()
	if err != nil {
		return err
	}
	for _, g := range groups {
		if err := c.showDuplicates(&g); err != nil {
			return err
		}
	}
	if len(groups) == 0 && !c.json() {
		return c.noDuplicates(a)
	}
	return nil
}

func (c *call) showDuplicates(g *doubles.Group) error {
	if c.json() {
		line := alikeGroup{Likeness: math.Floor(g.Likeness*1e4+1e-6) / 1e4, Exact: g.Exact, Within: g.Within}
		for _, d := range g.Documents {
			line.Documents = append(line.Documents, alikeDocument{d.ID, d.Path})
		}
		return c.enc.Encode(line)
	}
	what := fmt.Sprintf("%.0f%% alike", math.Floor(g.Likeness*100+1e-9))
	switch {
	case g.Exact:
		what = "the same text"
	case g.Within != "":
		what = "inside a longer one"
	}
	c.printf("%s, %s\n", what, count(len(g.Documents), "document"))
	for _, d := range g.Documents {
		mark := " "
		if d.ID == g.Within {
			mark = "⊃"
		}
		c.printf("  %s %s  %9s  %s  %s\n", mark, d.ID.Short(), thousands(d.Chars), visible(d.Path), short(d.Title, 60))
	}
	return nil
}

// noDuplicates says on standard error that there are none.
func (c *call) noDuplicates(a *storage.Archive) error {
	n, err := a.Count(c.ctx, storage.Query{})
	if err == nil {
		c.say("No two of %s are so alike.", count(n, "document"))
	}
	return err
}
