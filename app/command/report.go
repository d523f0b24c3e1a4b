package command

import (
	"encoding/json"
	"maps"
	"slices"

	"fonds/app/i18n"
	"fonds/app/report"
	"fonds/storage"
	"fonds/storage/archive"
)

var reportVerb = &verb{
	name: "report", usage: "fonds report ARCHIVE --out FILE.html [--days N] [--lang LANG] [--json]",
	summary: "what was done and is open, as one page to read and print",
	help: `By person, day, work package, folder of origin and kind of work: what was done,
what is open and overdue, how long what waits has waited, what became of
proposals, the reasons of rejections and returns, and how many documents meet
which of the five criteria of quality. What was undone does not count; a person
who was given another name is one person.

FILE.html is one page that needs no other file. A report that is there is
replaced when the new one is whole; any other file stays. The same state of the archive gives the same bytes on
the same day. It carries the heads of the log.

With --json the numbers, one object a line, each with "of" first; --out may then
be left out.`,
	flags: []flag{
		{"out", "FILE", "the page to write"},
		{"days", "N", "how many days are looked at, today the last; 30 unless given"},
		{"lang", "LANG", "en or zh-Hans; the system's language unless given"},
		jsonFlag,
	},
	min: 1, max: 1, run: runReport,
}

// mostDays is how many days a report looks at.
const mostDays = 366

func runReport(c *call) (err error) {
	days, err := c.number("days", 30)
	if err != nil {
		return err
	}
	lang := c.flags["lang"]
	switch {
	case days < 1 || days > mostDays:
		return usage("--days can be 1 to %d, not %d", mostDays, days)
	case lang != "" && !slices.Contains(i18n.Languages(), lang):
		return usage("--lang can be en or zh-Hans, not %q", clip(lang))
	case c.flags["out"] == "" && !c.json():
		return usage("report wants --out FILE.html: the page to write")
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	i18n.Use(lang)
	bar := c.bar()
	n, err := report.Gather(c.ctx, a, report.Options{Now: c.env.Now(), Days: days,
		Progress: func(done, total int) { bar.draw("assessing documents", done, total, "") }})
	bar.clear()
	if err != nil {
		return err
	}
	out := c.flags["out"]
	if out != "" {
		if err := report.Write(out, n.HTML()); err != nil {
			return err
		}
		c.after = "the report is there, whole"
	}
	if c.json() {
		return c.reportNumbers(n)
	}
	return c.printf("Wrote the report on %s, %s, to %s.\n", visible(c.args[0]), count(n.Quality.Documents, "document"), visible(out))
}

// of is an object that says first what it is about.
func of(what string, v any) (json.RawMessage, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	head := `{"of":"` + what + `"`
	if len(body) > len("{}") {
		head += ","
	}
	return json.RawMessage(head + string(body[1:])), nil
}

// packageNumbers is a work package as report --json has it.
type packageNumbers struct {
	storage.PlaceWork
	Responsible string `json:"responsible"`
	From        string `json:"from,omitempty"`
	Until       string `json:"until,omitempty"`
	Phase       string `json:"phase"`
}

// qualityNumbers are the stars as report --json has them.
type qualityNumbers struct {
	Documents int                       `json:"documents"`
	Stars     [6]int                    `json:"stars"` // by how many stars
	Missing   map[archive.Criterion]int `json:"missing"`
	Unfilled  []storage.FieldCount      `json:"unfilled"`
	NotStated []storage.FieldCount      `json:"not_stated"` // fields that the source does not state
}

// ageNumbers count what waits, by how long.
type ageNumbers struct {
	What  string `json:"what"`
	Day   int    `json:"under_a_day"`
	Week  int    `json:"under_a_week"`
	Month int    `json:"under_30_days"`
	Older int    `json:"older"`
}

// reportNumbers prints the numbers, one object a line.
func (c *call) reportNumbers(n *report.Numbers) error {
	type line struct {
		what string
		v    any
	}
	w := n.Work
	var all []line
	add := func(what string, v any) { all = append(all, line{what, v}) }
	for _, p := range n.Packages {
		from, until := p.Item.PackageDays()
		add("package", packageNumbers{p.PlaceWork, p.Item.Detail, from, until, string(p.Phase)})
	}
	for _, f := range w.Folders {
		add("folder", f)
	}
	for _, p := range w.People {
		add("person", p)
	}
	for _, d := range w.Days {
		add("day", d)
	}
	add("kinds", w.Kinds)
	add("age", ageNumbers{"proposals", w.Proposals[0], w.Proposals[1], w.Proposals[2], w.Proposals[3]})
	add("age", ageNumbers{"submitted", w.Submitted[0], w.Submitted[1], w.Submitted[2], w.Submitted[3]})
	for _, r := range w.Rates {
		add("rate", r)
	}
	for _, r := range w.Reasons {
		add("reason", r)
	}
	q := qualityNumbers{n.Quality.Documents, n.Quality.Stars, map[archive.Criterion]int{}, append([]storage.FieldCount{}, n.Quality.Unfilled...), append([]storage.FieldCount{}, n.Quality.NotStated...)}
	for i, k := range archive.Criteria() {
		q.Missing[k] = n.Quality.Missing[i]
	}
	add("quality", q)
	add("archive", struct {
		Day   string                      `json:"day"`
		Out   string                      `json:"out,omitempty"`
		Heads map[archive.ID]archive.Hash `json:"heads"`
	}{w.Today, c.flags["out"], maps.Clone(n.Heads)})
	for _, l := range all {
		v, err := of(l.what, l.v)
		if err == nil {
			err = c.enc.Encode(v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
