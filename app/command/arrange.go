package command

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fonds/app/arrange"
	"fonds/app/catalogue"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

var arrangeVerb = &verb{
	name: "arrange", usage: "fonds arrange ARCHIVE [--unit UNIT] [--json]\n" +
		"fonds arrange ARCHIVE --by CLASS[,CLASS…] [--under UNIT] [--query Q] [--apply] [--as NAME] [--json]\n" +
		"fonds arrange ARCHIVE --codes RULE [--unit UNIT] [--apply] [--as NAME] [--json]",
	summary: "the arrangement: units and their documents; units and reference codes by rule",
	help: `Without --by and --codes the tree of units (fonds, series, files) with how many
documents lie in each, or what lies in one unit, in the order of the archive. UNIT is an
id, the end of one, or the codes from the top, apart by /: Z109/WS/2015. One unit is made,
changed and removed, and one document moved, by fonds apply:
  {"do":"unit.set","parent":"Z109","level":"series","code":"WS","title":"…"}
  {"do":"unit.set","unit":"Z109/WS","describe":{"dcterms:creator":["…"]}}
  {"do":"document.place","doc":"DOC","unit":"Z109/WS/003"}

--by puts documents into series by what is said of them, the widest first: year, or a
field by id or label, as --by 年度,机构,保管期限. Units that are not there are made, below
--under or at the top. It is about the documents that lie in no unit, or those that Q finds.
One of which a class says nothing stays where it is and is named.

--codes gives reference codes to the documents that have none, by where they lie:
  ` + arrange.Chinese + `    as DA/T 13-2022: Z109-WS·2015·Y-0001
  ` + arrange.Western + `       GB-12/A/3/5/1
What a unit has not falls away with what stands before it. Numbers go on after the highest
that is there. A code that a document has is never changed.

Without --apply nothing is written: what would be is said. All of it is one step to undo.`,
	flags: []flag{
		{"unit", "UNIT", "this unit and all under it; with neither --by nor --codes, what lies in it"},
		{"by", "CLASSES", "put documents into series by these classes"},
		{"under", "UNIT", "the unit below which they are put"},
		{"query", "Q", "the documents that Q finds (`fonds help query`), also such as lie in a unit"},
		{"codes", "RULE", "give reference codes by this rule"},
		{"apply", "", "do it"},
		asFlag, jsonFlag,
	},
	min: 1, max: 1, run: runArrange,
}

// Lines of arrange --json.
type (
	unitLine struct {
		ID     archive.ID          `json:"id"`
		Path   string              `json:"path"`
		Level  archive.Level       `json:"level"`
		Code   string              `json:"code,omitempty"`
		Title  string              `json:"title,omitempty"`
		Values map[string][]string `json:"values,omitempty"`
		In     int                 `json:"documents"`       // in it
		Below  int                 `json:"documents_below"` // in it and in all under it
	}
	itemLine struct {
		Doc   archive.ID `json:"doc"`
		Title string     `json:"title"`
		Unit  string     `json:"unit"`
		Code  string     `json:"code,omitempty"`
		Date  string     `json:"date,omitempty"`
		From  string     `json:"from,omitempty"`
		Done  *bool      `json:"done,omitempty"`
		Left  string     `json:"left,omitempty"`  // why it stays where it is
		Class string     `json:"class,omitempty"` // of which nothing, or nothing that can be a code, is said
		Error string     `json:"error,omitempty"`
	}
	arrangedLine struct {
		Made   int  `json:"units_made"`
		Moved  int  `json:"moved"`
		Coded  int  `json:"coded"`
		Same   int  `json:"same"`
		Left   int  `json:"left"`
		Failed int  `json:"failed"`
		Done   bool `json:"done"`
	}
)

// arranging is one call of arrange.
type arranging struct {
	*call
	a     *storage.Archive
	t     *template.Template
	tree  *archive.Tree
	field string // of reference codes
	who   string
	sum   arrangedLine
}

func runArrange(c *call) (err error) {
	k := &arranging{call: c}
	switch {
	case c.has("by") && c.has("codes"):
		return usage("arrange does one at a time: --by first, then --codes")
	case c.has("apply") && !c.has("by") && !c.has("codes"):
		return usage("--apply wants --by CLASSES or --codes RULE: what is to be done")
	case c.has("under") && !c.has("by"), c.has("query") && !c.has("by"):
		return usage("--under and --query belong to --by")
	case c.has("unit") && c.has("by"):
		return usage("--by puts documents below --under UNIT, and --unit is for --codes")
	}
	if k.sum.Done = c.has("apply"); k.sum.Done {
		if k.who, err = c.who(); err != nil {
			return err
		}
		k.a, err = c.change()
	} else {
		k.a, err = c.read()
	}
	if err != nil {
		return err
	}
	defer finish(k.a, &err)
	self, err := k.a.Self(c.ctx)
	if err != nil {
		return err
	}
	k.t, k.tree = template.Of(self), self.Units()
	k.field = arrange.CodeField(k.t)
	switch {
	case c.has("by"):
		return k.by()
	case c.has("codes"):
		return k.codes()
	case c.has("unit"):
		return k.items()
	}
	return k.show()
}

// unit is the unit that a flag names; nil where it is not given.
func (k *arranging) unit(flag string) (*archive.Unit, error) {
	ref, given := k.flags[flag]
	if !given {
		return nil, nil
	}
	if u := k.tree.Find(ref); u != nil {
		return u, nil
	}
	return nil, archive.Refuse("unit-unknown", "unit", clip(ref))
}

func (k *arranging) show() error {
	counts, err := k.a.UnitCounts(k.ctx)
	if err != nil {
		return err
	}
	for _, u := range k.tree.All() {
		line := unitLine{ID: u.ID(), Path: u.Path(), Level: u.Level, Code: u.Code, Title: u.Title, Values: u.Values, In: counts[u.ID()]}
		for _, id := range u.Under() {
			line.Below += counts[id]
		}
		if k.json() {
			err = k.enc.Encode(line)
		} else {
			k.printf("%s%s  (%s, %s)\n", strings.Repeat("  ", u.Depth), visible(u.Name()), u.Level, count(line.Below, "document"))
		}
		if err != nil {
			return err
		}
	}
	if !k.json() {
		if len(k.tree.Top) == 0 {
			k.say("There is no arrangement yet: fonds help arrange.")
		}
		k.printf("In no unit: %s\n", count(counts[""], "document"))
	}
	return nil
}

func (k *arranging) items() error {
	u, err := k.unit("unit")
	if err != nil {
		return err
	}
	items, err := k.a.UnitItems(k.ctx, u.Under(), []string{k.field}, 0)
	if err != nil {
		return err
	}
	for _, it := range items {
		line := itemLine{Doc: it.ID, Title: it.Called(), Unit: k.tree.Unit(it.Unit).Path(), Code: it.Code, Date: it.Date}
		if k.json() {
			if err := k.enc.Encode(line); err != nil {
				return err
			}
			continue
		}
		k.printf("%s  %s  %s  %s\n", it.ID.Short(), visible(line.Unit), visible(it.Code), short(line.Title, 60))
	}
	return nil
}

func (k *arranging) by() error {
	under, err := k.unit("under")
	if err != nil {
		return err
	}
	order, err := arrange.ParseOrder(k.flags["by"], func(word string) string { return catalogue.FieldOf(word, k.t.Fields) })
	if err != nil {
		return err
	}
	q := storage.Query{Search: "-has:unit"}
	if k.has("query") {
		q.Search = k.flags["query"]
	}
	var ids []archive.ID
	if err := k.a.Each(k.ctx, q, func(s storage.Summary) error { ids = append(ids, s.ID); return nil }); err != nil {
		return err
	}
	at := archive.ID("")
	if under != nil {
		at = under.ID()
	}
	bar := k.bar()
	plan, err := order.Plan(k.ctx, k.a, ids, at, func(done, all int) { bar.step("reading", done, all) })
	bar.clear()
	if err != nil {
		return err
	}
	k.sum.Made, k.sum.Same, k.sum.Left = len(plan.Made), plan.Same, len(plan.Left)
	for _, m := range plan.Made {
		if !k.json() {
			k.printf("a series  %s  %s\n", visible(m.Path), visible(m.Title))
		}
	}
	var lines []itemLine
	for _, m := range plan.Moves {
		line := itemLine{Doc: m.Doc, Title: m.Name, Unit: m.To}
		if m.From != nil {
			line.From = m.From.Path()
		}
		lines = append(lines, line)
	}
	if err := k.do(plan.Edits, lines, len(plan.Made), &k.sum.Moved); err != nil {
		return err
	}
	for _, l := range plan.Left {
		line := itemLine{Doc: l.Doc, Title: l.Name, Left: l.Why, Class: l.Class}
		if k.json() {
			err = k.enc.Encode(line)
		} else {
			why := "nothing is said of"
			switch l.Why {
			case arrange.LeftOpen:
				why = "it is only proposed, take it first (field.take):"
			case arrange.LeftCode:
				why = fmt.Sprintf("%q can be no code of a unit:", clip(l.Value))
			}
			k.printf("%s  %s  stays: %s %s\n", l.Doc.Short(), short(l.Name, 60), why, l.Class)
		}
		if err != nil {
			return err
		}
	}
	return k.end()
}

func (k *arranging) codes() error {
	if k.field == "" {
		return usage("the template of this archive has no field of reference codes")
	}
	rule, err := arrange.ParseRule(k.flags["codes"])
	if err != nil {
		return err
	}
	u, err := k.unit("unit")
	if err != nil {
		return err
	}
	plan, err := arrange.PlanCodes(k.ctx, k.a, rule, k.field, u.Under())
	if err != nil {
		return err
	}
	k.sum.Same = plan.Kept
	var lines []itemLine
	for _, g := range plan.Given {
		lines = append(lines, itemLine{Doc: g.Doc, Title: g.Name, Unit: g.Unit.Path(), Code: g.Code})
	}
	for _, code := range slices.Sorted(maps.Keys(plan.Twice)) {
		k.say("%s have the code %s", count(plan.Twice[code], "document"), visible(code))
	}
	if err := k.do(plan.Edits, lines, 0, &k.sum.Coded); err != nil {
		return err
	}
	return k.end()
}

// do writes the edits, where that is asked for, and prints a line for each but the first
// skip, which make units.
func (k *arranging) do(edits []*archive.Edit, lines []itemLine, skip int, done *int) error {
	var results []storage.Result
	if k.sum.Done && len(edits) > 0 {
		var err error
		bar := k.bar()
		results, err = k.a.ApplyMany(k.ctx, k.who, func(n int) { bar.step("writing", n, len(edits)) }, edits...)
		bar.clear()
		if err != nil {
			return err
		}
		k.after = "the documents are arranged"
	}
	for i := range results[:min(skip, len(results))] {
		if results[i].Err != nil {
			k.sum.Made--
			k.sum.Failed++
			k.say("%v", results[i].Err)
		}
	}
	for i := range lines {
		l := &lines[i]
		ok := true
		if results != nil {
			if err := results[skip+i].Err; err != nil {
				ok, l.Error = false, err.Error()
				k.sum.Failed++
			}
			l.Done = &ok
		}
		if ok {
			*done++
		}
		if k.json() {
			if err := k.enc.Encode(l); err != nil {
				return err
			}
			continue
		}
		k.printf("%s  %s  → %s%s  %s\n", l.Doc.Short(), short(l.Title, 60), visible(l.Unit), strings.TrimRight("  "+visible(l.Code), " "), l.Error)
	}
	return nil
}

func (k *arranging) end() error {
	s := &k.sum
	if k.json() {
		if err := k.enc.Encode(s); err != nil {
			return err
		}
	} else {
		would := "would be "
		if s.Done {
			would = ""
		}
		if k.has("by") {
			k.printf("%s series %smade, %s %smoved, %d there already, %d left.\n", thousands(s.Made), would, count(s.Moved, "document"), would, s.Same, s.Left)
		} else {
			k.printf("%s %sgiven, %d have one.\n", count(s.Coded, "code"), would, s.Same)
		}
	}
	if s.Failed > 0 || s.Left > 0 {
		return ended(exitPart)
	}
	return nil
}
