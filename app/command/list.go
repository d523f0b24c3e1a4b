package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/query"
	"fonds/storage/sorting"
)

var listVerb = &verb{
	name: "list", usage: "fonds list ARCHIVE [--query Q] [--status S] [--assignee NAME] [--unassigned] [--asked NAME]\n  [--package P] [--overdue] [--sort COLUMN] [--down] [--strokes] [--limit N] [--json]",
	summary: "the documents, in the order of their import or another",
	help: `One line a document: the last digits of its id, its status, its date, how many
proposals wait, how many characters it has, its title.`,
	flags: []flag{
		{"query", "Q", "only the documents that Q finds (`fonds help query`)"},
		{"status", "S", `only documents that are new, "in progress", submitted, returned, approved or removed`},
		{"assignee", "NAME", "only documents that are NAME's to work on"},
		{"unassigned", "", "only documents that are to be worked on and nobody's"},
		{"asked", "NAME", "only documents on which NAME has to answer something, or to agree"},
		{"package", "P", "only documents of this work package, by its name or id"},
		{"overdue", "", "only documents that were due before today and are not approved"},
		{"sort", "COLUMN", "in the order of title, date, status, assigned, due, proposals, chars, name, path,\n  format, encoding, lang, tags or a field: Chinese by pinyin, figures as numbers"},
		{"down", "", "the other way round"},
		{"strokes", "", "Chinese by the number of strokes"},
		{"limit", "N", "the first N of them"},
		jsonFlag,
	},
	min: 1, max: 1, run: runList,
}

// listed is a line of list --json.
type listed struct {
	ID        archive.ID `json:"id"`
	Name      string     `json:"name"`
	Path      string     `json:"path"`
	Title     string     `json:"title"`
	Status    string     `json:"status"`
	Date      string     `json:"date,omitempty"`
	Proposals int        `json:"proposals"`
	Chars     int        `json:"chars"`
	Assignee  string     `json:"assignee,omitempty"`
	Due       string     `json:"due,omitempty"`
	Package   archive.ID `json:"package,omitempty"`
	Asked     []string   `json:"asked,omitempty"` // who has to answer something on it
}

func runList(c *call) (err error) {
	limit, err := c.number("limit", -1)
	if err != nil {
		return err
	}
	var q storage.Query
	if text, given := c.flags["status"]; given {
		q.Status = archive.Status(text)
		if !slices.Contains(archive.Statuses(), q.Status) {
			return usage("--status can be %s, not %q", statusNames(), clip(text))
		}
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	q.Search = c.flags["query"]
	rules, err := c.listNames(a, &q)
	if err != nil {
		return err
	}
	if limit == 0 {
		return nil
	}
	q.Limit = max(limit, 0) // -1 is not said: all of them
	n := 0
	order, err := c.order()
	if err != nil {
		return err
	}
	err = eachInOrder(c.ctx, a, q, order, func(d storage.Summary) error {
		n++
		d.Assignee = rules.Now(d.Assignee)
		return c.listOne(d)
	})
	if err != nil || c.json() || n > 0 {
		return err
	}
	all, err := a.Count(c.ctx, storage.Query{})
	if err != nil {
		return err
	}
	name := visible(c.args[0])
	if all == 0 {
		c.say("%s is empty: `fonds import %s PATH...` brings documents in.", name, name)
	} else {
		c.say("There is no such document in %s.", name)
	}
	return nil
}

// order is what --sort says.
func (c *call) order() (o storage.Order, err error) {
	o = storage.Order{By: storage.Column(c.flags["sort"]), Down: c.has("down")}
	if c.has("strokes") {
		o.Way = sorting.Strokes
	}
	if slices.Contains(storage.Columns(), o.By) {
		return o, nil
	}
	key, field, ok := c.template.Names().Key(strings.TrimPrefix(string(o.By), "field:"))
	if !ok || key != query.Field {
		return o, usage("--sort knows no column %q (`fonds help list`)", clip(string(o.By)))
	}
	o.By = storage.FieldColumn(field)
	return o, nil
}

// eachInOrder hands the documents of a query to f.
func eachInOrder(ctx context.Context, a *storage.Archive, q storage.Query, o storage.Order, f func(storage.Summary) error) error {
	if o == (storage.Order{}) {
		return a.Each(ctx, q, f)
	}
	limit := q.Limit
	q.Limit = 0
	ns, err := a.Ordered(ctx, q, o)
	if err != nil {
		return err
	}
	if limit > 0 {
		ns = ns[:min(limit, len(ns))]
	}
	for some := range slices.Chunk(ns, 500) {
		rows, err := a.Summaries(ctx, some)
		if err != nil {
			return err
		}
		found := map[int64]storage.Summary{}
		for _, r := range rows {
			found[r.N] = r
		}
		for _, n := range some {
			if r, ok := found[n]; ok {
				if err := f(r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// listNames fills in what the flags about work say: of a person all names, of a
// package its id. The rules say what people are called now.
func (c *call) listNames(a *storage.Archive, q *storage.Query) (*archive.Rules, error) {
	self, err := a.Self(c.ctx)
	if err != nil {
		return nil, err
	}
	if who, given := c.flags["assignee"]; given {
		q.Assignee = self.NamesOf(who)
	}
	if who, given := c.flags["asked"]; given {
		q.Asked = self.NamesOf(who)
	}
	if c.has("unassigned") {
		q.Unassigned, q.Work = true, q.Status == ""
	}
	if c.has("overdue") {
		q.Due = c.env.Now().Format(time.DateOnly)
	}
	if ref, given := c.flags["package"]; given {
		it, err := self.FindPackage(ref)
		if err != nil {
			return nil, err
		}
		q.Package = it.ID
	}
	return self.Rules(), nil
}

func (c *call) listOne(d storage.Summary) error {
	if c.json() {
		return c.enc.Encode(listed{d.ID, d.Name, d.Path, d.Title, string(d.Status), d.Date, d.Proposals, d.Chars,
			d.Assignee, d.Due, d.Package, strings.FieldsFunc(d.Asked, func(r rune) bool { return r == '\n' })})
	}
	proposals := ""
	if d.Proposals > 0 {
		proposals = fmt.Sprintf("%d proposed", d.Proposals)
	}
	title := visible(d.Title)
	if d.Assignee != "" {
		title += "  (" + visible(d.Assignee)
		if d.Due != "" {
			title += ", due " + d.Due
		}
		title += ")"
	}
	return c.printf("%s  %-11s  %-10s  %12s  %9s  %s\n", d.ID.Short(), d.Status, visible(d.Date), proposals,
		thousands(d.Chars), title)
}

// statusNames lists what --status can say.
func statusNames() string {
	var out []string
	for _, s := range archive.Statuses() {
		out = append(out, fmt.Sprintf("%q", s))
	}
	return strings.Join(out, ", ")
}
