package command

import (
	"slices"
	"strings"

	"fonds/app/concord"
	"fonds/storage/archive"
)

var concordanceVerb = &verb{
	name: "concordance", usage: "fonds concordance ARCHIVE WORDS [--query Q] [--sort left|right] [--exact] [--without-aside]\n  [--context N] [--limit N] [--json]",
	summary: "every place of words in the texts, with what stands before and behind",
	help: `The places in the texts as they read, in lines with the words under each other. What
is folded for searching (case, width, traditional and simplified characters,
brackets) is the same here, unless --exact is given. Words in a document of its own
that is part of another are told of there. Nothing is changed.

With --json, "start" and "end" count the code points of the source text, and those
in "reading" of the text as it reads.`,
	flags: []flag{
		{"query", "Q", "only in the documents that Q finds (`fonds help query`)"},
		{"sort", "SIDE", "left or right: by the neighbour on that side; else as the texts stand"},
		{"without-aside", "", "furniture of the page is left out: labels, buttons, frame"},
		{"exact", "", "these characters and no others"},
		{"context", "N", "code points on either side; else 30"},
		{"limit", "N", "lines at most; else 20000"},
		jsonFlag,
	},
	min: 2, max: 2, run: runConcordance,
}

// place is a line of concordance --json.
type place struct {
	Doc     archive.ID `json:"doc"`
	Path    string     `json:"path"`
	Title   string     `json:"title"`
	Start   int        `json:"start"`
	End     int        `json:"end"`
	Reading span       `json:"reading"`
	Before  string     `json:"before"`
	Words   string     `json:"words"`
	After   string     `json:"after"`
}

type span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

func runConcordance(c *call) (err error) {
	o := concord.Options{Exact: c.has("exact"), Aside: c.has("without-aside")}
	if o.Context, err = c.number("context", concord.DefaultContext); err != nil {
		return err
	}
	if o.Most, err = c.number("limit", concord.DefaultMost); err != nil {
		return err
	}
	by := concord.Order(c.flags["sort"])
	if !slices.Contains([]concord.Order{concord.ByPlace, concord.ByLeft, concord.ByRight}, by) {
		return usage("--sort can be left or right, not %q", clip(string(by)))
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	o.Search = c.flags["query"]
	bar := c.bar()
	f, err := concord.Find(c.ctx, a, c.args[1], o, func(done, total int) { bar.step("documents", done, total) })
	bar.clear()
	if err != nil {
		return badQuery("WORDS", c.args[1], err)
	}
	concord.Sort(f.Lines, by)
	for i := range f.Lines {
		l := &f.Lines[i]
		if c.json() {
			err = c.enc.Encode(place{l.Doc, l.Path, l.Title, l.From, l.To, span{l.Start, l.End}, l.Before, l.Words, l.After})
		} else {
			err = c.printf("%s  %s【%s】%s\n", l.Doc.Short(), ahead(l.Before, 2*o.Context), visible(l.Words), visible(l.After))
		}
		if err != nil {
			return err
		}
	}
	switch {
	case f.More:
		c.say("Only the first %s are shown; --limit or --query says otherwise.", count(len(f.Lines), "place"))
	case !c.json():
		c.say("%s in %s.", count(len(f.Lines), "place"), count(f.Documents, "document"))
	}
	return nil
}

// ahead is words with spaces before them up to a width, a Chinese character taking two
// places.
func ahead(s string, width int) string {
	s = visible(s)
	for _, r := range s {
		width--
		if r >= 0x1100 {
			width--
		}
	}
	return strings.Repeat(" ", max(0, width)) + s
}
