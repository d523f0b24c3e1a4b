package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
)

// sheet is one document as a part of a page: what it was described by, its text,
// and how both came about. The finding aid and the print of a document are made of
// it.
type sheet struct {
	page
	*speech
	d      *Doc
	inside bool // it is for the archive's own people: discussions too, and nothing folded away
}

// at is where words are in Doc.Text.
func (d *Doc) at(r *Range) (from, to int) {
	if d.reading {
		return r.Reading.Start, r.Reading.End
	}
	return r.Start, r.End
}

// section begins a part of the page with its heading.
func (p *sheet) section(id, key string) {
	p.put("<section id=\"%s\">\n<h2>%s</h2>\n", id, p.say(key))
}

// description writes the fields and tags.
func (p *sheet) description() {
	p.section("description", "description")
	p.put("<dl class=\"fields\">\n")
	fields := slices.Clone(p.d.Fields)
	slices.SortStableFunc(fields, func(a, b Value) int {
		return cmp.Or(cmp.Compare(p.place(a.Field), p.place(b.Field)), cmp.Compare(a.Field, b.Field))
	})
	for i := range fields {
		f := &fields[i]
		if i == 0 || fields[i-1].Field != f.Field {
			p.put("<dt>%s</dt>\n", p.each(func(tag string) string { return p.field(tag, f.Field) }))
		}
		same := i+1 < len(fields) && fields[i+1].Field == f.Field && fields[i+1].By == f.By && fields[i+1].Evidence == nil
		p.value(f, !same || f.Evidence != nil || f.Rule != "")
	}
	if len(p.d.Tags) > 0 {
		p.put("<dt>%s</dt>\n<dd class=\"tags\">", p.say("tags"))
		for _, t := range p.d.Tags {
			p.put("<bdi class=\"tag\">%s</bdi>%s ", inPage(t.Tag), p.state(t.State))
		}
		p.put("</dd>\n")
	}
	p.put("<dt>%s</dt>\n<dd>%s</dd>\n</dl>\n", p.say("status"), p.speech.status(p.d.Status))
	p.put("</section>\n")
}

// value writes a value, and of those that one person has added together the last with
// who it was.
func (p *sheet) value(f *Value, who bool) {
	value := fmt.Sprintf("<bdi class=\"value\">%s</bdi>", inPage(f.Value))
	if f.NotStated {
		value = p.notStated()
	}
	p.put("<dd>%s%s", value, p.state(f.State))
	if f.Detail != "" {
		p.put(" <span class=\"quiet\">%s</span>", inPage(f.Detail))
	}
	if !who {
		p.put("</dd>\n")
		return
	}
	p.put("<div class=\"quiet\">")
	if e := f.Evidence; e != nil {
		if e.Quote == "" || strings.TrimSpace(e.Quote) == strings.TrimSpace(f.Value) {
			p.put("<a href=\"#f-%s\">%s</a>", safe(string(f.ID)), p.say("as-written"))
		} else {
			p.put("<a href=\"#f-%s\">%s</a>", safe(string(f.ID)), p.say("evidence", "quote", short(e.Quote)))
		}
		p.put(" · ")
	}
	p.put("%s", p.who(f.By))
	if f.By == Machine && f.Rule != "" {
		p.put(" (<bdi>%s</bdi>)", inPage(f.Rule))
	}
	p.put("</div></dd>\n")
}

// state is HTML of the state of what is not in force.
func (p *sheet) state(state string) string {
	if state == string(archive.Accepted) {
		return ""
	}
	return fmt.Sprintf(" <span class=\"state\">%s</span>", p.stateWord(state))
}

// short is the beginning of words that only stand for a place.
func short(s string) string {
	const most = 60
	if s = strings.Join(strings.Fields(s), " "); utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}

// text writes the text with what stands at its words.
func (p *sheet) text() {
	p.section("text", "text")
	spans := p.spans()
	if !p.d.reading {
		p.put("<p class=\"quiet\">%s</p>\n", p.say("source-text"))
	}
	lang := ""
	if p.d.Language != "" {
		lang = fmt.Sprintf(" lang=\"%s\"", inPage(p.d.Language))
	}
	p.put("<div class=\"text\" dir=\"auto\"%s>", lang)
	p.marked(p.d.Text, spans)
	p.put("</div>\n</section>\n")
}

// spans are the words of the text that something stands at.
func (p *sheet) spans() []span {
	var out []span
	for i := range p.d.Fields {
		if f := &p.d.Fields[i]; f.Evidence != nil {
			from, to := p.d.at(f.Evidence)
			out = append(out, span{from: from, to: to, element: "span", first: fmt.Sprintf(` id="f-%s"`, safe(string(f.ID))), every: ` class="place"`})
		}
	}
	numbers := p.numbers()
	for _, c := range p.d.Fixed() {
		s := span{from: c.From, to: c.To, element: "ins", every: ` class="fix"`,
			first: fmt.Sprintf(` id="c-%s" tabindex="0" data-old="%s"`, safe(string(c.ID)), inPage(c.Source)),
			last:  fmt.Sprintf(` data-number="%d"`, numbers[string(c.ID)])}
		if !p.d.reading {
			s.element, s.first = "del", fmt.Sprintf(` id="c-%s"`, safe(string(c.ID)))
		}
		out = append(out, s)
	}
	for _, m := range p.d.Placed() {
		class := "m " + p.style(m.Label)
		if m.State != string(archive.Accepted) {
			class += " open"
		}
		out = append(out, span{from: m.From, to: m.To, element: "mark", first: fmt.Sprintf(` id="m-%s"`, safe(string(m.ID))),
			every: fmt.Sprintf(` class="%s"`, class), last: p.attrOf("data-label", func(tag string) string { return p.labelOf(tag, m.Mark) })})
	}
	return out
}

// labelOf is what stands beside the words of a mark.
func (p *sheet) labelOf(tag string, m *Mark) string {
	words := p.label(tag, m.Label)
	if m.State != string(archive.Accepted) {
		words += p.in(tag, "comma") + stateIn(tag, m.State)
	}
	if m.LookAgain {
		words += p.in(tag, "comma") + p.in(tag, "look-again")
	}
	return words
}

// numbers are those of the corrections, by id, in the order of their places.
func (p *sheet) numbers() map[string]int {
	out := map[string]int{}
	for i, c := range p.corrections() {
		out[string(c.ID)] = i + 1
	}
	return out
}

// corrections are those of the document, by place.
func (p *sheet) corrections() []Correction {
	out := slices.Clone(p.d.Corrections)
	slices.SortStableFunc(out, func(a, b Correction) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.ID, b.ID))
	})
	return out
}
