package export

import (
	"fmt"

	"fonds/app/i18n"
)

// This file writes the end of the apparatus: discussions, where the document comes
// from, and its history.

func (p *sheet) discussed() {
	if len(p.d.Threads) == 0 {
		return
	}
	p.section("discussions", "discussions")
	for _, t := range p.d.Threads {
		p.put("<p class=\"note\"><bdi class=\"words\">%s</bdi> <span class=\"quiet\">%s · %s</span>", inPage(t.Text), p.who(t.By), moment(t.At))
		if t.Resolved {
			p.put(" <span class=\"state\">%s</span>", p.say("resolved"))
		}
		p.put("</p>\n")
		for _, r := range t.Replies {
			if r.Text != "" {
				p.put("<p class=\"note reply\"><bdi class=\"words\">%s</bdi> <span class=\"quiet\">%s · %s</span></p>\n", inPage(r.Text), p.who(r.By), moment(r.At))
			}
		}
	}
	p.put("</section>\n")
}

// origin says of which file the text was made, and how to know it again.
func (p *sheet) origin() {
	d := p.d
	p.section("origin", "origin")
	p.put("<dl class=\"facts\">\n")
	fact := func(key, html string) {
		p.put("<dt>%s</dt><dd>%s</dd>\n", p.say(key), html)
	}
	fact("file-name", p.words(d.Name, ""))
	if d.Path != d.Name {
		fact("file-path", p.words(d.Path, ""))
	}
	for _, o := range d.Origins {
		fact("file-again", p.words(o.Path, ""))
	}
	if d.SHA256 != "" { // else it would tell of what is masked
		fact("sha256", "<code>"+inPage(d.SHA256)+"</code>")
		fact("file-size", p.say("bytes", "n", d.Size))
	}
	fact("file-format", inPage(d.Format))
	encoding := inPage(d.Encoding)
	if d.Undecoded > 0 {
		encoding += " · " + p.say("undecoded", "n", d.Undecoded)
	}
	fact("encoding", encoding)
	if d.Modified != "" {
		fact("file-modified", moment(d.Modified))
	}
	fact("added", moment(d.Added))
	fact("characters", fmt.Sprint(i18n.Number(int64(d.Chars))))
	fact("document-id", "<code>"+safe(string(d.ID))+"</code>")
	p.put("</dl>\n</section>\n")
}

// history lists who did what; on a screen it opens on demand.
func (p *sheet) history() {
	if len(p.d.History) == 0 {
		return
	}
	p.put("<section id=\"history\">\n")
	if p.inside {
		p.put("<h2>%s</h2>\n", p.say("history"))
	} else {
		p.put("<details>\n<summary><h2>%s</h2> <span class=\"quiet\">%s</span></summary>\n", p.say("history"), p.say("operations", "n", len(p.d.History)))
	}
	p.put("<table class=\"history\">\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n", p.say("when"), p.say("by"), p.say("done"))
	for i := range p.d.History {
		o := &p.d.History[i]
		done := p.each(func(tag string) string { return i18n.In(tag, "kind."+o.Do) })
		if o.Outcome != "applied" {
			done += p.aside(true, "outcome."+o.Outcome)
		}
		done += p.aside(o.Undone, "undone")
		p.row(moment(o.At), p.who(o.By), done)
	}
	p.put("</tbody>\n</table>\n")
	if !p.inside {
		p.put("</details>\n")
	}
	p.put("</section>\n")
}
