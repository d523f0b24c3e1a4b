package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fonds/app/i18n"
)

// This file writes the apparatus of a document: what was corrected, marked, decided
// and noted, by whom and when; and where the document comes from.

func (p *sheet) apparatus() {
	p.corrected()
	p.index()
	p.regions()
	p.decided()
	p.notes()
	p.approved()
	if p.inside {
		p.discussed()
	}
	p.origin()
	p.history()
}

// table begins a part with a table.
func (p *sheet) table(id, key string, head ...string) {
	p.section(id, key)
	p.put("<table class=\"%s\">\n<thead><tr>", id)
	for _, h := range head {
		p.put("<th scope=\"col\">%s</th>", p.say(h))
	}
	p.put("</tr></thead>\n<tbody>\n")
}

func (p *sheet) end() { p.put("</tbody>\n</table>\n</section>\n") }

// row writes cells of HTML.
func (p *sheet) row(cells ...string) {
	p.put("<tr>")
	for _, c := range cells {
		p.put("<td>%s</td>", c)
	}
	p.put("</tr>\n")
}

// words is HTML of words that were written or read; none are said to be none.
func (p *sheet) words(s, none string) string {
	if s == "" && none != "" {
		return `<span class="quiet">` + p.say(none) + "</span>"
	}
	return `<bdi class="words">` + inPage(s) + "</bdi>"
}

func stateIn(tag, state string) string { return i18n.In(tag, "state."+state) }

func (p *sheet) stateWord(state string) string {
	return p.each(func(tag string) string { return stateIn(tag, state) })
}

func (p *sheet) corrected() {
	list := p.corrections()
	if len(list) == 0 {
		return
	}
	placed := map[string]bool{}
	for _, f := range p.d.Fixed() {
		placed[string(f.ID)] = true
	}
	p.table("corrections", "corrections", "number", "old", "new", "reason", "by")
	for i, c := range list {
		number := fmt.Sprint(i + 1)
		if placed[string(c.ID)] {
			number = fmt.Sprintf(`<a href="#c-%s">%s</a>`, safe(string(c.ID)), number)
		}
		p.row(number, p.words(c.Source, "nothing"), p.words(c.Text, "nothing")+p.state(c.State), p.reason(c.Reason), p.whoWhen(c.By, c.At))
	}
	p.end()
}

// entry is what was marked alike, with all places of it.
type entry struct {
	*Mark
	places []*Mark
	by     []string
	until  string
}

// index lists what was marked, like an index: each word once under its label, with
// its places.
func (p *sheet) index() {
	type key struct {
		label, quote, text, authority, state string
		again                                bool
	}
	var list []*entry
	by := map[key]*entry{}
	for _, m := range p.d.Placed() {
		k := key{m.Label, m.Quote, m.Text, m.Authority, m.State, m.LookAgain}
		e := by[k]
		if e == nil {
			e = &entry{Mark: m.Mark}
			by[k], list = e, append(list, e)
		}
		e.places = append(e.places, m.Mark)
		e.until = max(e.until, m.At)
		if !slices.Contains(e.by, m.By) {
			e.by = append(e.by, m.By)
		}
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(a, b *entry) int { return cmp.Compare(a.Label, b.Label) })
	p.table("marks", "marks", "label", "marked", "comment", "by")
	for _, e := range list {
		p.row(p.labelCell(e.Mark), p.marks(e), p.comment(e.Mark), p.all(e.by)+` <span class="quiet">`+moment(e.until)+"</span>")
	}
	p.end()
}

func (p *sheet) labelCell(m *Mark) string {
	return fmt.Sprintf("<span class=\"%s\">%s</span>", p.style(m.Label), p.each(func(tag string) string { return p.labelOf(tag, m) }))
}

// marks is HTML of marked words with links to where they stand.
func (p *sheet) marks(e *entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<a href=\"#m-%s\">%s</a>", safe(string(e.places[0].ID)), p.words(e.Quote, "no-words"))
	for i, m := range e.places {
		if len(e.places) > 1 {
			fmt.Fprintf(&b, " <a class=\"quiet\" href=\"#m-%s\"%s>%d</a>", safe(string(m.ID)), p.attr("aria-label", "place", "n", i+1), i+1)
		}
	}
	return b.String()
}

func (p *sheet) comment(m *Mark) string {
	out := p.words(m.Text, "")
	switch {
	case m.Authority == "":
	case strings.HasPrefix(m.Authority, "https://") || strings.HasPrefix(m.Authority, "http://"):
		out += fmt.Sprintf(" <a rel=\"noreferrer\" href=\"%s\">%s</a>", inPage(m.Authority), inPage(m.Authority))
	default:
		out += " " + inPage(m.Authority)
	}
	return out
}

// all is HTML of some people.
func (p *sheet) all(people []string) string {
	var out []string
	for _, w := range people {
		out = append(out, p.who(w))
	}
	return strings.Join(out, ", ")
}

// decided lists what was decided on what is there now; the rest is in the history.
func (p *sheet) decided() {
	begun := false
	say := func(words string, d *Decision) {
		if d == nil {
			return
		}
		if !begun {
			p.table("decisions", "decisions", "what", "decision", "opinion", "by")
			begun = true
		}
		verdict := p.say("verdict." + d.Verdict)
		if d.Alone {
			verdict += " " + `<span class="quiet">` + p.say("alone") + "</span>"
		}
		p.row(words, verdict, p.reason(d.Reason), p.whoWhen(d.By, d.At))
	}
	for _, f := range p.d.Fields {
		say(p.each(func(tag string) string { return p.field(tag, f.Field) })+" "+p.valueWords(&f), f.Decision)
	}
	for _, t := range p.d.Tags {
		say(p.what("tag")+" "+p.words(t.Tag, ""), t.Decision)
	}
	for _, m := range p.d.Marks {
		say(p.what("mark")+" "+p.each(func(tag string) string { return p.label(tag, m.Label) })+" "+p.words(short(m.Quote), ""), m.Decision)
	}
	for i := range p.d.Regions {
		say(p.regionWords(&p.d.Regions[i]), p.d.Regions[i].Decision)
	}
	for _, c := range p.corrections() {
		say(p.what("correction")+" "+p.words(short(c.Source)+" → "+short(c.Text), ""), c.Decision)
	}
	if begun {
		p.end()
	}
}

// what is HTML of what a kind of thing is called.
func (s *speech) what(what string) string {
	return s.each(func(tag string) string { return i18n.In(tag, "what."+what) })
}

func (p *sheet) notes() {
	if len(p.d.Notes) == 0 {
		return
	}
	p.section("notes", "notes")
	for _, n := range p.d.Notes {
		p.put("<p class=\"note\"><bdi class=\"words\">%s</bdi> <span class=\"quiet\">%s · %s</span></p>\n", inPage(n.Text), p.who(n.By), moment(n.At))
	}
	p.put("</section>\n")
}

// approved says who has approved the document, and what a sample of it came to.
func (p *sheet) approved() {
	a, s := p.d.Approval, p.d.Sample
	if a == nil && s == nil {
		return
	}
	p.section("approval", "approval")
	if a != nil {
		p.put("<p>%s %s · %s%s%s</p>\n", p.say("approved"), p.who(a.By), moment(a.At), p.aside(a.Alone, "alone"), p.aside(!a.Holds, "stale"))
	}
	if s != nil {
		p.put("<p>%s %s · %s%s%s</p>\n", p.say("sample."+s.Verdict), p.who(s.By), moment(s.At), p.aside(s.Alone, "alone"), p.aside(!s.Holds, "stale"))
		if s.Text != "" {
			p.put("<p>%s</p>\n", p.words(s.Text, ""))
		}
	}
	p.put("</section>\n")
}

func (p *sheet) aside(there bool, key string) string {
	if !there {
		return ""
	}
	return ` · <span class="state">` + p.say(key) + "</span>"
}
