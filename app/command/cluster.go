package command

import (
	"fmt"
	"slices"
	"strings"

	"fonds/app/cluster"
	"fonds/app/merging"
	"fonds/app/template"
)

var clusterVerb = &verb{
	name: "cluster", usage: "fonds cluster ARCHIVE FIELD [--method M[,M…]] [--query Q] [--edits] [--json]",
	summary: "values of a field that are nearly the same, and the edits that make them one",
	help: `The groups of each method, those of the most documents first: the values with how many
documents have them, and what all would become. Nothing is changed. FIELD is an id, a
label or a usual name, as creator or 责任者; dates are left alone.

  folded    the same but for case, width, traditional and simplified characters,
            punctuation and spaces; becomes the most frequent
  order     the same words in another order: Justice, Ministry of
  contains  an institution with its place before it and without, a company with what it
            is by law, a person with a title: 宁夏司法厅, 司法厅; at least 3 Han characters
            are the same and at most 8 more. Becomes the fullest; of a person the name.
            A short form that several places have is no group
  typo      one character more or less within a name of 4 Han characters or more, another
            one in 5; a letter in a word of 5, two in one of 9. It makes no word that
            stands elsewhere. The rarer value is in one document, or in at most a third
            as many. Numbers never differ

--edits prints what makes the groups of one method one, a line for each document, for
` + "`fonds apply ARCHIVE - --keep-going`" + `: look at the groups first, and leave out the lines
of those that are none. A line is refused where the field has changed since.`,
	flags: []flag{
		{"method", "M", "only these: folded, order, contains, typo; else all"},
		{"query", "Q", "only values of the documents that Q finds (`fonds help query`)"},
		{"edits", "", "lines for `fonds apply` in the place of the groups; wants one --method"},
		jsonFlag,
	},
	min: 2, max: 2, run: runCluster,
}

// A line of cluster --json.
type (
	clustered struct {
		Method string           `json:"method"`
		Into   string           `json:"into"`
		Values []clusteredValue `json:"values"`
	}
	clusteredValue struct {
		Value string `json:"value"`
		N     int    `json:"n"`
	}
)

func runCluster(c *call) (err error) {
	methods := cluster.Methods()
	if c.has("method") {
		methods = nil
		for _, name := range c.listOf("method", ",") {
			if !slices.Contains(cluster.Methods(), cluster.Method(name)) {
				return usage("there is no method %q; the methods are folded, order, contains, typo", clip(name))
			}
			methods = append(methods, cluster.Method(name))
		}
	}
	if c.has("edits") && len(methods) != 1 {
		return usage("--edits wants one --method: what one has merged the next one finds changed")
	}
	a, err := c.read()
	if err != nil {
		return err
	}
	defer finish(a, &err)
	self, err := a.Self(c.ctx)
	if err != nil {
		return err
	}
	fields := template.Of(self).Fields
	f, err := fieldNamed(fields, c.args[1])
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(merging.Fields(fields), func(g template.Field) bool { return g.ID == f.ID }) {
		return usage("values of %s are not compared: they are dates, or chosen from a list", f.ID)
	}
	values, err := merging.Values(c.ctx, a, f.ID, c.flags["query"])
	if err != nil {
		return err
	}
	set, found := cluster.NewSet(values), 0
	var merges []merging.Merge
	for _, m := range methods {
		groups, err := set.Find(c.ctx, m)
		if err != nil {
			return err
		}
		found += len(groups)
		for i := range groups {
			if c.has("edits") {
				merges = append(merges, merging.Of(&groups[i]))
			} else if err := c.showCluster(&groups[i]); err != nil {
				return err
			}
		}
	}
	switch {
	case found == 0 && !c.json():
		c.say("No two of %s of %s look alike.", count(len(values), "value"), f.ID)
	case c.has("edits"):
		bar := c.bar()
		plan, err := merging.Look(c.ctx, a, f.ID, c.flags["query"], merges, func(done, total int) { bar.step("reading", done, total) })
		bar.clear()
		if err != nil {
			return err
		}
		for _, e := range plan.Edits() {
			if err := c.enc.Encode(e); err != nil {
				return err
			}
		}
		c.say("%s would become %s in %s%s.", count(plan.Values, "value"), thousands(plan.Into), count(len(plan.Docs), "document"), merged(plan))
	}
	return nil
}

// merged says what else there is to know about a merge.
func merged(p *merging.Plan) string {
	var more []string
	if p.Approved > 0 {
		more = append(more, count(p.Approved, "approval")+" would no longer hold")
	}
	if p.Proposed > 0 {
		more = append(more, "as proposals for review")
	}
	if p.Waiting > 0 {
		more = append(more, thousands(p.Waiting)+" proposed already")
	}
	if len(more) == 0 {
		return ""
	}
	return "; " + strings.Join(more, "; ")
}

func (c *call) showCluster(g *cluster.Group) error {
	if c.json() {
		line := clustered{Method: string(g.Method), Into: g.Into}
		for _, v := range g.Values {
			line.Values = append(line.Values, clusteredValue{v.Text, v.N})
		}
		return c.enc.Encode(line)
	}
	if err := c.printf("%s, %s → %s\n", g.Method, count(len(g.Values), "value"), short(g.Into, 60)); err != nil {
		return err
	}
	for _, v := range g.Values {
		mark := " "
		if v.Text == g.Into {
			mark = "→"
		}
		if err := c.printf("  %s %8s  %s\n", mark, thousands(v.N), shown(v.Text)); err != nil {
			return err
		}
	}
	return nil
}

// shown is a value with the spaces around it in sight, which may be all that differs.
func shown(text string) string {
	if strings.TrimSpace(text) != text {
		return fmt.Sprintf("%q", text)
	}
	return short(text, 60)
}
