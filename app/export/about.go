package export

import (
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"

	"fonds/app/i18n"
)

// about writes about.html: what is in the set and how it was made, in words, in
// every language that Fonds has, so that the page is the same bytes on every
// machine.
func (j *job) about(m *Manifest) error {
	return j.file("about.html", func(w io.Writer) error {
		p := &page{}
		p.head(m.Title)
		for _, tag := range i18n.Languages() {
			p.about(tag, m)
		}
		p.put("</body>\n</html>\n")
		_, err := io.WriteString(w, p.String())
		return err
	})
}

// page is a page of HTML that is being written.
type page struct{ strings.Builder }

func (p *page) put(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// safe is s as it may stand in a page, also between quotes.
func safe(s string) string { return html.EscapeString(legal(s)) }

// pageStyle is good on a screen and on paper.
const pageStyle = `body{font:16px/1.6 "Noto Sans","Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1d1d1b;background:#fdfcf9}
h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em;border-bottom:1px solid #d8d4cb}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;border-bottom:1px solid #e4e0d7;overflow-wrap:anywhere}
code{font-size:.85em;overflow-wrap:anywhere}a{color:#1f4e79}.quiet{color:#5b5851}
@media print{body{background:none;max-width:none;margin:0;font-size:11pt}a{color:inherit;text-decoration:none}h2{break-after:avoid}tr{break-inside:avoid}}`

func (p *page) head(title string) {
	p.put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"+
		"<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n", safe(title), pageStyle)
}

// about is what one language says.
func (p *page) about(tag string, m *Manifest) {
	t := func(key string, args ...any) string { return safe(i18n.In(tag, "set."+key, args...)) }
	p.put("<section lang=\"%s\">\n<h1>%s</h1>\n", tag, safe(m.Title))
	edition := t("no-edition")
	if m.Edition > 0 {
		edition = t("edition", "n", fmt.Sprint(m.Edition))
	}
	p.put("<p>%s %s</p>\n", edition, t("as-of", "when", m.AsOf))
	p.put("<h2>%s</h2>\n<ul>\n", t("what"))
	say := func(words string) { p.put("<li>%s</li>\n", words) }
	say(t("documents", "n", m.Set.Documents, "approved", m.Set.Approved))
	if m.Filter.Query != "" {
		say(t("query", "query", m.Filter.Query))
	}
	say(t("choice-" + m.Filter.Set))
	say(t("text-" + m.Filter.Text))
	if n := m.Set.LeftOut; n > 0 {
		say(t("left-out", "n", n, "day", m.Filter.Day))
	}
	if n := m.Set.Listed; n > 0 {
		say(t("listed", "n", n, "day", m.Filter.Day))
	}
	if k := m.Masking; k != nil {
		say(t("masked", "mark", k.Mark, "what", strings.Join(slices.Concat(k.Labels, k.Fields), ", "), "n", m.Set.Masked))
		for _, w := range m.Filter.Waivers {
			say(t("waived", "words", w.Words, "reason", w.Reason))
		}
	}
	if m.Licence != "" {
		say(t("licence", "licence", m.Licence))
	}
	p.put("</ul>\n<h2>%s</h2>\n<p>%s</p>\n<p>%s</p>\n", t("trust"), t("people"), t("verify"))
	p.put("<table>\n<tr><th>%s</th></tr>\n", t("heads"))
	for _, replica := range slices.Sorted(maps.Keys(m.Heads)) {
		p.put("<tr><td><code>%s</code></td></tr>\n", m.Heads[replica])
	}
	p.put("</table>\n<h2>%s</h2>\n<p>%s</p>\n<table>\n<tr><th>%s</th><th>%s</th></tr>\n", t("positions"), t("positions-all"), t("format"), t("counted"))
	for _, f := range slices.Sorted(maps.Keys(m.Positions)) {
		p.put("<tr><td>%s</td><td lang=\"en\">%s</td></tr>\n", safe(f), safe(m.Positions[f]))
	}
	p.put("</table>\n<h2>%s</h2>\n<p>%s</p>\n</section>\n", t("cite"), t("cite-how", "who", strings.Join(m.Creators, ", ")))
}
