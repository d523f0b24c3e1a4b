package command

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fonds/app/export"
	"fonds/storage"
	"fonds/storage/archive"
)

var reviewVerb = &verb{
	name: "review", usage: "fonds review ARCHIVE [--query Q] [--by NAME] [--kind K] [--field F] [--tag T] [--label L]\n  [--older-than DAYS] [--package P] [--folder PATH] [--limit N] [--counts] [--json]",
	summary: "the open proposals: what waits for a decision",
	help: `One line a proposal, by documents in the order of their import: the last digits
of its id, whose it is, what it would put in the place of what.

A person's proposal is decided on by fonds apply:
  {"do":"decide","on":"ID","verdict":"approve"}
  {"do":"decide","on":"ID","verdict":"reject","reason":"…"}
  {"do":"decide","on":"ID","verdict":"amend","text":"…"}   and its author agrees:
  {"do":"decide","on":"ID","verdict":"agree"}
A machine's is taken or refused by value.take and value.refuse. Give "seen":["REV"]
with what --json says as "rev", and a proposal that has changed meanwhile is not
decided on. --counts says how many wait, by kind, author, field, tag, label, work
package and folder, in the place of the proposals.`,
	flags: []flag{
		{"query", "Q", "only of the documents that Q finds (`fonds help query`)"},
		{"by", "NAME", `only what NAME proposes; "machine" for what no person does`},
		{"kind", "K", "one kind only: value, tag, mark, correction, split or removal"},
		{"field", "F", "only values of this field, as dcterms:title"},
		{"tag", "T", "only this tag"},
		{"label", "L", "only marks with this label"},
		{"older-than", "DAYS", "only what has waited for more than so many days"},
		{"package", "P", "only of documents of this work package, by its name or id"},
		{"folder", "PATH", "only of documents whose path begins so"},
		{"limit", "N", "the first N of them"},
		{"counts", "", "how many wait, in the place of what"},
		jsonFlag,
	},
	min: 1, max: 1, run: runReview,
}

func runReview(c *call) (err error) {
	limit, err := c.number("limit", -1)
	if err != nil {
		return err
	}
	q, err := c.queue()
	if err != nil {
		return err
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	if err := c.queueNames(a, &q); err != nil {
		return err
	}
	if c.has("counts") {
		if c.has("query") {
			return usage("--counts does not go with --query: narrow it by the other flags")
		}
		return c.reviewCounts(a, q)
	}
	places, err := a.QueuePlaces(c.ctx, q, 0)
	if err == nil && c.has("query") {
		places, err = c.among(a, places)
	}
	if err != nil {
		return err
	}
	if limit >= 0 {
		places = places[:min(limit, len(places))]
	}
	if len(places) == 0 && !c.json() {
		c.say("Nothing waits for a decision.")
	}
	for len(places) > 0 {
		n := 1
		for n < len(places) && places[n].Doc == places[0].Doc {
			n++
		}
		if err := c.reviewOf(a, places[:n]); err != nil {
			return err
		}
		places = places[n:]
	}
	return nil
}

// queue is what the flags narrow the queue to.
func (c *call) queue() (q storage.Queue, err error) {
	q.Folder = c.flags["folder"]
	if kind, given := c.flags["kind"]; given {
		q.What = archive.What(kind)
		if !slices.Contains([]archive.What{archive.AValue, archive.ATag, archive.AMark, archive.ACorrection, archive.ASplit, archive.ARemoval}, q.What) {
			return q, usage("--kind can be value, tag, mark, correction, split or removal, not %q", clip(kind))
		}
	}
	for flag, what := range map[string]archive.What{"field": archive.AValue, "tag": archive.ATag, "label": archive.AMark} {
		key, given := c.flags[flag]
		if !given {
			continue
		}
		if q.Key != "" || q.What != "" && q.What != what {
			return q, usage("--%s does not go with the other flags: one of --field, --tag and --label says the kind too", flag)
		}
		q.What, q.Key = what, key
	}
	days, err := c.number("older-than", -1)
	if err == nil && days >= 0 {
		q.Until = c.env.Now().AddDate(0, 0, -days)
	}
	return q, err
}

// queueNames fills in what the archive has to say first: the names of a person, the id
// of a package.
func (c *call) queueNames(a *storage.Archive, q *storage.Queue) error {
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	if who, given := c.flags["by"]; given {
		q.By = self.NamesOf(who)
	}
	if ref, given := c.flags["package"]; given {
		it, err := self.FindPackage(ref)
		if err != nil {
			return err
		}
		q.Package = it.ID
	}
	return nil
}

// among leaves those places whose documents hold the words of --query.
func (c *call) among(a *storage.Archive, places []storage.Place) ([]storage.Place, error) {
	in := map[archive.ID]bool{}
	err := a.Each(c.ctx, storage.Query{Search: c.flags["query"], Open: true}, func(s storage.Summary) error {
		in[s.ID] = true
		return nil
	})
	return slices.DeleteFunc(places, func(p storage.Place) bool { return !in[p.Doc] }), err
}

// reviewOf prints proposals of one document.
func (c *call) reviewOf(a *storage.Archive, places []storage.Place) error {
	d, err := a.Document(c.ctx, places[0].Doc)
	if err != nil {
		return err
	}
	proposals, err := export.Proposals(d)
	if err != nil {
		return err
	}
	n := 0
	for _, p := range proposals {
		if !slices.ContainsFunc(places, func(at storage.Place) bool { return at.ID == p.ID }) {
			continue
		}
		if n++; c.json() {
			err = c.enc.Encode(p)
		} else {
			if n == 1 {
				c.printf("%s  %s\n", p.Doc.Short(), visible(p.Title))
			}
			err = c.printf("  %s  %-10s  %s\n", p.ID.Short(), visible(p.By), proposalWords(p))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// reviewCount is a line of review --counts --json.
type reviewCount struct {
	By string `json:"by"` // kind, author, field, tag, label, package, folder
	Of string `json:"of"`
	N  int    `json:"n"`
}

// reviewCounts prints how many proposals wait, side by side, the most first.
func (c *call) reviewCounts(a *storage.Archive, q storage.Queue) error {
	groups, err := a.QueueGroups(c.ctx, q)
	if err != nil {
		return err
	}
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	if len(groups) == 0 && !c.json() {
		c.say("Nothing waits for a decision.")
	}
	sides := []string{"kind", "author", "field", "tag", "label", "package", "folder"}
	keys := map[archive.What]string{archive.AValue: "field", archive.ATag: "tag", archive.AMark: "label"}
	n := map[reviewCount]int{}
	for _, g := range groups {
		author := g.By
		if author == "" {
			author = storage.Machine
		}
		add := func(side, of string) {
			if side != "" && of != "" {
				n[reviewCount{By: side, Of: of}] += g.N
			}
		}
		add("kind", string(g.What))
		add("author", author)
		add(keys[g.What], g.Key)
		if it := self.Item(g.Package); it != nil {
			add("package", it.Key)
		}
		add("folder", g.Folder)
	}
	for _, side := range sides {
		var all []reviewCount
		for k, of := range n {
			if k.By == side {
				all = append(all, reviewCount{side, k.Of, of})
			}
		}
		slices.SortFunc(all, func(x, y reviewCount) int { return cmp.Or(y.N-x.N, strings.Compare(x.Of, y.Of)) })
		for _, k := range all {
			if c.json() {
				err = c.enc.Encode(k)
			} else {
				err = c.printf("%-8s %10s  %s\n", k.By, thousands(k.N), visible(k.Of))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// proposalWords say what a proposal would do.
func proposalWords(p export.Proposal) string {
	was := ""
	if len(p.Before) > 0 {
		was = fmt.Sprintf(" in the place of “%s”", short(strings.Join(p.Before, "; "), 60))
	}
	text := short(p.Text, 60)
	switch p.What {
	case "value":
		return fmt.Sprintf("%s: %s%s", visible(p.Field), inQuotes(p.Text, p.NotStated, 60), was)
	case "tag":
		return fmt.Sprintf("the tag “%s”", text)
	case "mark":
		if p.Region != "" {
			return fmt.Sprintf("a mark on the picture at %s as %s%s", visible(p.Region), visible(p.Label), was)
		}
		return fmt.Sprintf("a mark on “%s” as %s%s", short(p.Quote, 40), visible(p.Label), was)
	case "split":
		return fmt.Sprintf("another document may begin at “%s”", text)
	case "removal":
		return fmt.Sprintf("takes away the %s %s", p.Of, inQuotes(p.Text, p.NotStated, 60))
	}
	out := fmt.Sprintf("“%s” → “%s”", short(strings.Join(p.Before, ""), 60), text)
	if p.Reason != "" {
		out += " (" + visible(p.Reason) + ")"
	}
	return out
}
