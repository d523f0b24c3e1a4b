package ingest

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// hostilePages are pages that are slow to choose in, or deep, or broken, each of about so many bytes.
func hostilePages(size int) map[string]string {
	times := func(s string) string { return strings.Repeat(s, size/len(s)+1) }
	numbered := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	prose := "Words enough, with commas, to be taken for a paragraph of prose. "
	deep := func(tag string, n int) string { return strings.Repeat("<"+tag+">", n) }
	return map[string]string{
		"deep div":              times("<div>"),
		"never closed bold":     times("<b>x"),
		"bold of many kinds":    numbered("<p><b id=%d>x"),
		"bold around blocks":    times("<b><p>x</b>"),
		"end tags of nothing":   deep("div", 250) + times("x</foo>"),
		"end tags of all":       deep("span id=a", 250) + times("x</td>"),
		"text in tables":        "<table>" + times("x<tr>"),
		"tables in tables":      times("<table><tr><td>"+prose) + "</table>",
		"breaks":                times("<br>"),
		"breaks and text":       times("a<br> <br>"),
		"comments":              times("<!-- -->x"),
		"paragraphs":            times("<p>" + prose),
		"paragraphs, deep":      deep("div", 250) + times("<p>"+prose),
		"short divs, deep":      deep("div", 250) + times("<div>a, b</div>"),
		"headings":              "<title>" + prose + "</title>" + times("<h2>"+prose+"</h2>"),
		"a title without end":   "<title>" + times(prose),
		"a heading without end": "<h1>" + times(prose+"<br>"),
		"links":                 times("<a href=x>" + prose),
		"attributes":            "<div " + numbered("a%d=b ") + ">" + strings.Repeat("<p>"+prose, 1000),
		"classes":               "<div class='" + times("content ") + "'>" + strings.Repeat("<p>"+prose, 1000),
		"bylines":               times("<div class=byline>" + prose),
		"share":                 deep("div class=share", 250) + times("<p>"+prose),
		"figures":               times("<figure><img data-src=a.jpg>"),
		"figures, deep":         deep("figure", 250) + times("<img src=a.jpg class=lazy data-src=b.jpg>"),
		"lists":                 deep("ul", 120) + times("<li>"+prose),
		"data tables":           "<table><th>" + times("<tr><td>"+prose+"<td>1<td>2"),
		"one line":              "<p>" + times(prose),
		"labels":                "<p>" + strings.Repeat(prose, 20) + times("<p>来源：某厅"),
		"a line of labels":      "<p>" + strings.Repeat(prose, 20) + "<p>" + times("来源：某厅 "),
		"title in pieces":       "<title>" + times("a-b_c|") + "</title><p>" + strings.Repeat(prose, 20),
		"forms and inputs":      times("<form><input><select><option>a"),
		"frames":                times("<frameset><noframes>" + prose),
		"json-ld":               `<script type="application/ld+json">` + times("[") + "</script><p>" + prose,
		"meta":                  numbered("<meta name=author content=a%d>") + "<p>" + prose,
		"noncharacters":         times("<p>\uFDD0\uFDD5\uFDDB"),
	}
}

// TestHostilePages: no page takes long, whatever it is made of. The worst took 1.3 s a megabyte when this was written; what
// costs the square of its size takes hours at the size of the long form.
func TestHostilePages(t *testing.T) {
	size, limit := 1<<17, 20*time.Second
	if os.Getenv("FONDS_LONG") != "" {
		size, limit = 1<<23, 5*time.Minute
	}
	for name, page := range hostilePages(size) {
		begin := time.Now()
		doc, err := Make([]byte(page), "a.html", "utf-8")
		if took := time.Since(begin); took > limit {
			t.Errorf("%s: %d bytes took %v", name, len(page), took)
		}
		full, _ := extractHTML(page, &Recipe{})
		if (err != nil) != (full == "") {
			t.Errorf("%s: error %v, and its text has %d bytes", name, err, len(full))
		}
		if err == nil && len(doc.Text) > len(full) {
			t.Errorf("%s: the main text is longer than all", name)
		}
	}
}
