package command

import (
	"errors"
	"slices"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
)

var assignVerb = &verb{
	name: "assign", usage: "fonds assign ARCHIVE --to NAMES [--query Q] [--status S] [--package P] [--unassigned]\n  [--due DAY] [--dry-run] [--as NAME] [--json]",
	summary: "give documents to people, evenly",
	help: `Gives the documents that the flags choose to one person, or deals them evenly
among several: who has fewest to work on gets the next. --to "" takes them from
whoever has them. Documents that are theirs already, with the same day, stay.
All of it is one batch: one undo takes it back. Whoever is no reviewer takes what
nobody has, and gives back what is their own.`,
	flags: []flag{
		{"to", "NAMES", "whom to; several with commas between"},
		{"query", "Q", "only the documents that Q finds (`fonds help query`)"},
		{"status", "S", `only new, "in progress", submitted, returned or approved ones; else all that are to be worked on`},
		{"package", "P", "only documents of this work package, by its name or id"},
		{"unassigned", "", "only documents that are nobody's"},
		{"due", "DAY", "by which day, as 2026-12-31"},
		{"dry-run", "", "says who would get what, and gives nothing"},
		asFlag, jsonFlag,
	},
	min: 1, max: 1, run: runAssign,
}

// assigned is a line of assign --json.
type assigned struct {
	Doc   archive.ID `json:"doc"`
	Title string     `json:"title"`
	To    string     `json:"to"`
	Due   string     `json:"due,omitempty"`
	Done  bool       `json:"done"`
	Error string     `json:"error,omitempty"`
}

func runAssign(c *call) (err error) {
	if !c.has("to") {
		return usage("assign wants --to NAME, or --to \"\" for nobody")
	}
	q := storage.Query{Unassigned: c.has("unassigned"), Work: true}
	if text, given := c.flags["status"]; given {
		q.Status, q.Work = archive.Status(text), false
		if !slices.Contains(archive.Statuses(), q.Status) || q.Status == archive.Removed {
			return usage("--status can be %s, not %q", statusNames(), clip(text))
		}
	}
	who, err := c.who()
	if err != nil {
		return err
	}
	a, err := c.change()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	q.Search = c.flags["query"]
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	if ref, given := c.flags["package"]; given {
		it, err := self.FindPackage(ref)
		if err != nil {
			return err
		}
		q.Package = it.ID
	}
	docs, err := a.List(c.ctx, q)
	if err != nil {
		return err
	}
	people := strings.FieldsFunc(c.flags["to"], func(r rune) bool { return r == ',' || r == '，' })
	for i := range people {
		people[i] = strings.TrimSpace(people[i])
		if err := self.Rules().MayBeGiven(people[i]); err != nil { // before anything is dealt
			return err
		}
	}
	load, err := c.loads(a, self, docs)
	if err != nil {
		return err
	}
	to := archive.Deal(len(docs), people, load)
	edits := make([]*archive.Edit, len(docs))
	for i, d := range docs {
		name, due := "", c.flags["due"]
		if len(people) > 0 {
			name = to[i]
		}
		edits[i] = &archive.Edit{Do: "assign", Doc: string(d.ID), To: &name, Due: &due}
	}
	if c.has("dry-run") {
		return c.assigned(docs, edits, nil)
	}
	res, err := a.ApplyMany(c.ctx, who, nil, edits...)
	if err != nil {
		return err
	}
	c.after = "they are assigned"
	return c.assigned(docs, edits, res)
}

// loads is how many documents people have to work on beside those that are dealt, by
// their present names.
func (c *call) loads(a *storage.Archive, self *archive.Document, docs []storage.Summary) (map[string]int, error) {
	by, err := a.Load(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		if by[d.Assignee] > 0 && d.Status != archive.Submitted && d.Status != archive.Approved {
			by[d.Assignee]--
		}
	}
	now := map[string]int{}
	for who, n := range by {
		now[self.Rules().Now(who)] += n
	}
	return now, nil
}

// assigned prints who got what. Where a rule refuses all, that is why it ends; where
// some, it is done in part.
func (c *call) assigned(docs []storage.Summary, edits []*archive.Edit, res []storage.Result) error {
	given, failed := 0, 0
	var why error
	for i, d := range docs {
		line := assigned{Doc: d.ID, Title: d.Title, To: *edits[i].To, Due: *edits[i].Due, Done: res != nil && res[i].Err == nil}
		switch {
		case res == nil:
		case line.Done:
			given++
		case unchanged(res[i].Err):
			continue
		default:
			failed++
			why, line.Error = res[i].Err, res[i].Err.Error()
		}
		var err error
		switch {
		case c.json():
			err = c.enc.Encode(line)
		case line.Error != "":
			c.say("%s: %s", d.ID.Short(), line.Error)
		default:
			name := line.To
			if name == "" {
				name = "nobody"
			}
			err = c.printf("%s  %-12s  %s\n", d.ID.Short(), visible(name), visible(d.Title))
		}
		if err != nil {
			return err
		}
	}
	switch {
	case failed > 0 && given == 0:
		return why
	case failed > 0:
		return ended(exitPart)
	case len(docs) == 0 && !c.json():
		c.say("There is no such document.")
	}
	return nil
}

// unchanged says whether an edit was refused because it says what is there already.
func unchanged(err error) bool {
	var r *archive.Refusal
	return errors.As(err, &r) && r.Code == "unchanged"
}
