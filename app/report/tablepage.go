package report

import (
	"fmt"
	"html"
	"strings"

	"fonds/app/i18n"
)

// Table is a report of facts and one table, as that on an import.
type Table struct {
	Title string
	Facts [][2]string // what, and what it is
	Head  []string
	Rows  [][]string
	More  string // what the table leaves out, "" for nothing
}

// HTML is the report as one page that needs nothing else.
func (t *Table) HTML() []byte {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	p("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"+mark+"\n", html.EscapeString(i18n.Current()))
	p("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
	p("<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<h1>%s</h1>\n<table>\n", clean(t.Title), style, clean(t.Title))
	for _, f := range t.Facts {
		p("<tr><th scope=\"row\" class=\"w\">%s</th><td class=\"w\">%s</td></tr>\n", clean(f[0]), clean(f[1]))
	}
	p("</table>\n")
	if len(t.Rows) > 0 {
		p("<table>\n<tr>")
		for _, h := range t.Head {
			p("<th scope=\"col\" class=\"w\">%s</th>", clean(h))
		}
		p("</tr>\n")
		for _, r := range t.Rows {
			p("<tr>")
			for _, words := range r {
				p("<td class=\"w\">%s</td>", clean(words))
			}
			p("</tr>\n")
		}
		p("</table>\n")
	}
	if t.More != "" {
		p("<p class=\"quiet\">%s</p>\n", own(t.More))
	}
	p("</body>\n</html>\n")
	return []byte(b.String())
}
