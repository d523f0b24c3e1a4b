package export

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Lists of more documents than onePage have pages of perPage.
const (
	onePage = 2000
	perPage = 1000
)

// pages writes the list of the documents.
func (w *aidWriter) pages() error {
	per := len(w.rows)
	if per > onePage {
		per = perPage
	}
	count := 1
	if per > 0 {
		count = (len(w.rows) + per - 1) / per
	}
	for n := range count {
		rows := w.rows[n*per : min((n+1)*per, len(w.rows))]
		if err := w.j.file("findingaid/"+pageName(n), func(to io.Writer) error { return w.page(to, n, count, rows) }); err != nil {
			return err
		}
	}
	return nil
}

// pageName is the file of the nth page of the list, from 0.
func pageName(n int) string {
	if n == 0 {
		return "index.html"
	}
	return fmt.Sprintf("index-%d.html", n+1)
}

func (w *aidWriter) page(to io.Writer, n, count int, rows []aidRow) error {
	p := &page{}
	w.head(p, "", w.plainName(), []string{"fold.js", "search.js"})
	p.put("<header class=\"bar\"><a href=\"../about.html\">%s</a>%s</header>\n<main class=\"list\">\n<h1>%s</h1>\n<p class=\"quiet\">%s %s", w.say("about"), w.languages(), w.name(), w.of(),
		w.say("documents", "n", w.counts["documents"]))
	if closed := w.counts["closed"]; closed > 0 {
		p.put(" %s", w.say("closed-count", "n", closed, "day", w.j.o.Day))
	}
	p.put("</p>\n")
	w.form(p)
	w.table(p, rows)
	if count > 1 {
		w.pager(p, n, count)
	}
	p.put("</main>\n")
	w.foot(p)
	_, err := io.WriteString(to, p.String())
	return err
}

// form writes the search, which a script shows.
func (w *aidWriter) form(p *page) {
	p.put("<form id=\"find\" role=\"search\" hidden data-list=\"%d\" data-text=\"%d\">\n", w.list.n, w.text.n)
	p.put("<label class=\"query\"><span>%s</span><input type=\"search\" name=\"q\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"how\"></label>\n", w.say("search"))
	w.choice(p, "tag", w.tagCounts())
	w.choice(p, "year", w.yearCounts())
	p.put("<p id=\"how\" class=\"quiet\">%s</p>\n</form>\n", w.say("search-how"))
	p.put("<noscript><p class=\"quiet\">%s</p></noscript>\n", w.say("no-script"))
	p.put("<section id=\"results\" hidden%s>\n<p id=\"count\" role=\"status\" aria-live=\"polite\"></p>\n<ol id=\"hits\"></ol>\n<p><button type=\"button\" id=\"more\" hidden></button></p>\n</section>\n",
		w.attr("aria-label", "results"))
}

// optionCount is a choice of a filter.
type optionCount struct {
	value string
	n     int
}

// choice writes a filter.
func (w *aidWriter) choice(p *page, name string, options []optionCount) {
	p.put("<label><span>%s</span><select name=\"%s\"><option value=\"\"%s>%s</option>", w.say("filter-"+name), name, w.attr("text", "any-"+name), w.plain("any-"+name))
	for _, o := range options {
		p.put("<option value=\"%s\">%s (%d)</option>", inPage(o.value), inPage(o.value), o.n)
	}
	p.put("</select></label>\n")
}

// tagCounts are the tags of the set, and those above them, with how many documents
// have them.
func (w *aidWriter) tagCounts() []optionCount {
	counts := map[string]int{}
	for _, r := range w.rows {
		seen := map[string]bool{}
		for _, t := range r.tags {
			for i, c := range t + "/" {
				if c == '/' && i > 0 {
					seen[legal(t[:i])] = true
				}
			}
		}
		for t := range seen {
			counts[t]++
		}
	}
	var out []optionCount
	for _, t := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, optionCount{t, counts[t]})
	}
	return out
}

// yearCounts are the years of the set, the latest first.
func (w *aidWriter) yearCounts() []optionCount {
	counts := map[int]int{}
	for _, r := range w.rows {
		var of []int
		for _, d := range strings.Split(r.date, join) {
			of = append(of, years(d)...)
		}
		slices.Sort(of)
		for _, y := range slices.Compact(of) {
			counts[y]++
		}
	}
	var out []optionCount
	for _, y := range slices.SortedFunc(maps.Keys(counts), func(a, b int) int { return cmp.Compare(b, a) }) {
		out = append(out, optionCount{fmt.Sprintf("%04d", y), counts[y]})
	}
	return out
}

// table writes rows of the list.
func (w *aidWriter) table(p *page, rows []aidRow) {
	if len(rows) == 0 {
		p.put("<p id=\"list\">%s</p>\n", w.say("empty"))
		return
	}
	p.put("<table id=\"list\">\n<thead><tr>")
	for _, h := range []string{"ref", "doc-title", "date", "creator", "tags", "status"} {
		p.put("<th scope=\"col\" class=\"%s\">%s</th>", h, w.say(h))
	}
	p.put("</tr></thead>\n<tbody>\n")
	for i := range rows {
		w.row(p, &rows[i])
	}
	p.put("</tbody>\n</table>\n")
}

func (w *aidWriter) row(p *page, r *aidRow) {
	if r.closed != nil {
		p.put("<tr class=\"closed\"><td class=\"ref\"></td><td class=\"doc-title\" colspan=\"5\">%s</td></tr>\n", w.closure(r.closed))
		return
	}
	p.put("<tr><td class=\"ref\"><bdi>%s</bdi></td><td class=\"doc-title\"><a href=\"documents/%s.html\"><bdi>%s</bdi></a></td><td class=\"date\"><bdi>%s</bdi></td><td class=\"creator\"><bdi>%s</bdi></td><td class=\"tags\">",
		inPage(r.ref), safe(r.id), inPage(named(r.title)), inPage(r.date), inPage(r.creator))
	for _, t := range r.tags {
		p.put("<bdi class=\"tag\">%s</bdi> ", inPage(t))
	}
	p.put("</td><td class=\"status\">%s</td></tr>\n", w.status(r.status))
}

// named is a title that can be seen and followed.
func named(title string) string {
	if strings.TrimSpace(title) == "" {
		return "–"
	}
	return title
}

// closure is HTML that says that a document may not be read, and why.
func (w *aidWriter) closure(c *Closure) string {
	switch {
	case c.Condition != "" && c.Until != "":
		return w.say("closed-both", "condition", c.Condition, "until", c.Until)
	case c.Condition != "":
		return w.say("closed-condition", "condition", c.Condition)
	case c.Until != "":
		return w.say("closed-until", "until", c.Until)
	}
	return w.say("closed")
}

// pager writes the ways to the other pages of the list.
func (w *aidWriter) pager(p *page, n, count int) {
	p.put("<nav class=\"pager\" id=\"pager\"%s>", w.attr("aria-label", "pages"))
	if n > 0 {
		p.put("<a rel=\"prev\" href=\"%s\">← %s</a> ", pageName(n-1), w.say("previous"))
	}
	for k := range count {
		if k == n {
			p.put("<span aria-current=\"page\">%d</span> ", k+1)
		} else if k == 0 || k == count-1 || k > n-5 && k < n+5 {
			p.put("<a href=\"%s\">%d</a> ", pageName(k), k+1)
		} else if k == n-5 || k == n+5 {
			p.put("… ")
		}
	}
	if n < count-1 {
		p.put("<a rel=\"next\" href=\"%s\">%s →</a>", pageName(n+1), w.say("next"))
	}
	p.put("</nav>\n")
}
