package command

import (
	"cmp"
	"fmt"

	"fonds/app/export"
	"fonds/storage/archive"
)

const docHelp = `DOC is a document's id, the end of one (8 digits or more), or path:NAME for the
name it was imported under.`

var showVerb = &verb{
	name: "show", usage: "fonds show ARCHIVE DOC [--json]",
	summary: "a document: its fields, tags, marks, corrections and notes",
	help: docHelp + `

Positions are Unicode code points of the source text, start included, end not.
Where a border lies inside a correction, start_in or end_in names it and the
offset in its new words. "reading" gives the same words in the reading text.
Proposals of a machine are shown with "state":"proposed" and "by":"machine".
A field with "not_stated":true, and an empty value, is one of which somebody has
said that the source does not state it; one that is not there is empty.`,
	flags: []flag{jsonFlag},
	min:   2, max: 2,
	run: func(c *call) (err error) {
		a, d, err := c.document()
		if err != nil {
			return err
		}
		defer finish(a, &err)
		v, err := export.View(d, true)
		if err != nil {
			return err
		}
		recipe, err := a.Recipe(c.ctx, d.ID, d.Info.Text)
		if err != nil {
			return err
		}
		v.Undecoded = export.Undecoded(recipe)
		if c.json() {
			return c.enc.Encode(v)
		}
		return c.showPeople(v)
	},
}

func (c *call) showPeople(v *export.Document) error {
	c.printf("%s\n", visible(v.Title))
	c.printf("  id          %s\n  file        %s, %s\n  format      %s", v.ID, visible(v.Path), count(int(v.Size), "byte"), visible(v.Format))
	for _, more := range []string{v.Encoding, v.Pronom} {
		if more != "" {
			c.printf(", %s", visible(more))
		}
	}
	if v.Pages > 0 {
		c.printf(", %s", count(v.Pages, "page"))
	}
	if v.Confidence < 1 {
		c.printf(" (%.0f%% sure)", v.Confidence*100)
	}
	c.printf("\n  sha256      %s\n  status      %s, %s, %s\n", v.SHA256, v.Status, count(v.Chars, "character"),
		count(v.Proposals, "open proposal"))
	if a := v.Approval; a != nil {
		holds := "holds for this content"
		if !a.Holds {
			holds = "stale: the content has changed since"
		}
		if a.Alone {
			holds += "; their own work, four eyes were off"
		}
		c.printf("  approval    by %s, %s, %s\n", visible(a.By), c.whenText(a.At), holds)
	}
	if a := v.Assignment; a != nil {
		due := ""
		if a.Due != "" {
			due = ", due on " + a.Due
		}
		c.printf("  assigned    to %s%s\n", visible(a.To), due)
	}
	if v.Package != "" {
		c.printf("  package     %s\n", v.Package.Short())
	}
	if v.Undecoded > 0 {
		c.printf("  undecoded   %s\n", undecodedWords(v.Undecoded, v.Encoding))
	}
	section := func(title string, n int) {
		if n > 0 {
			c.printf("\n%s\n", title)
		}
	}
	section("Fields", len(v.Fields))
	for _, f := range v.Fields {
		value := short(f.Value, 200)
		if f.NotStated {
			value = notStated
		}
		if f.Detail != "" {
			value += " (" + short(f.Detail, 60) + ")"
		}
		c.printf("  %s  %-16s %s%s\n", f.ID.Short(), visible(f.Field), value, aside(f.State, f.By, ""))
	}
	section("Tags", len(v.Tags))
	for _, t := range v.Tags {
		c.printf("  %s  %s%s\n", t.ID.Short(), visible(t.Tag), aside(t.State, t.By, ""))
	}
	section("Marks", len(v.Marks))
	for _, m := range v.Marks {
		again := ""
		if m.LookAgain {
			again = "look again: it was made on “" + short(m.Made, 60) + "”"
		}
		c.printf("  %s  %-16s “%s” %d-%d%s\n", m.ID.Short(), visible(m.Label), short(m.Quote, 60), m.Start, m.End,
			aside(m.State, m.By, again))
		if m.Text != "" {
			c.printf("%s\n", block(m.Text, "            "))
		}
		if m.Authority != "" {
			c.printf("            %s\n", visible(m.Authority))
		}
	}
	c.showRegions(v)
	section("Corrections", len(v.Corrections))
	for _, x := range v.Corrections {
		c.printf("  %s  “%s” → “%s” %d-%d%s\n", x.ID.Short(), short(x.Source, 60), short(x.Text, 60), x.Start, x.End,
			aside(x.State, x.By, visible(x.Reason)))
	}
	c.showParts(v)
	section("To be taken away", len(v.Removals))
	for _, r := range v.Removals {
		c.printf("  %s  the %s %s%s\n", r.ID.Short(), r.What, inQuotes(r.Text, r.Not, 60), aside(r.State, r.By, ""))
	}
	section("Questions and remarks", len(v.Threads))
	for _, t := range v.Threads {
		c.showThread(&t)
	}
	section("Notes", len(v.Notes))
	for _, n := range v.Notes {
		c.printf("  %s  %s, %s\n%s\n", n.ID.Short(), visible(n.By), c.whenText(n.At), block(n.Text, "            "))
	}
	section("Found elsewhere too", len(v.Origins))
	for _, o := range v.Origins {
		c.printf("  %s\n", visible(o.Path))
	}
	return nil
}

// notStated is what is said in the place of a value where the source does not state it.
const notStated = "[not stated in the source]"

// inQuotes is a value in quotation marks, or that it is not stated.
func inQuotes(value string, not bool, most int) string {
	if not {
		return notStated
	}
	return "“" + short(value, most) + "”"
}

// aside is what stands in brackets behind a thing: whose it is, and its state
// where that is not the usual one.
func aside(state, by, more string) string {
	out := visible(by)
	if state != string(archive.Accepted) {
		out = state + " by " + out
	}
	if more != "" {
		out += "; " + more
	}
	return fmt.Sprintf("  (%s)", cmp.Or(out, "?"))
}

// showThread prints a thread with what was said to it.
func (c *call) showThread(t *export.Thread) {
	state := "open"
	switch {
	case t.Resolved:
		state = "resolved"
	case t.Awaits != "":
		state = "waits for " + visible(t.Awaits)
	}
	about := ""
	if t.On != "" {
		about = ", on " + t.On.Short()
	}
	c.printf("  %s  %s, %s%s: %s\n%s\n", t.ID.Short(), visible(t.By), c.whenText(t.At), about, state, block(t.Text, "            "))
	for _, r := range t.Replies {
		act := ""
		if r.Act != "" {
			act = " (" + r.Act + ")"
		}
		c.printf("            %s, %s%s\n", visible(r.By), c.whenText(r.At), act)
		if r.Text != "" {
			c.printf("%s\n", block(r.Text, "              "))
		}
	}
}
