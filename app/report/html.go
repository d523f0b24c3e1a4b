package report

import (
	"html"
	"strings"
	"time"
	"unicode"

	"fonds/app/i18n"
)

// clean makes words from an archive fit to stand in a page: what cannot be seen
// and could turn the words around it goes, and every sign of HTML is written out.
func clean(words string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
			return -1
		case r == 0x2028 || r == 0x2029:
			return ' '
		}
		return r
	}, words))
}

// own is clean for words of the program's, whose lines are paragraphs.
func own(words string) string {
	return strings.ReplaceAll(html.EscapeString(words), "\n", "<br>")
}

// HTML is the report as one page that needs nothing else: charts as SVG, each with
// its table. The same numbers in the same language give the same bytes.
func (n *Numbers) HTML() []byte {
	return Page(i18n.T("report.title", "name", n.Archive), n.when(), func(p func(string, ...any)) {
		p("%s", patterns)
		for _, s := range n.Sections() {
			p("<section id=\"%s\">\n<h2>%s</h2>\n<p class=\"quiet\">%s</p>\n", s.ID, own(s.Title), own(s.Means))
			if s.Empty != "" {
				p("<p>%s</p>\n", own(s.Empty))
			}
			for i := range s.Charts {
				s.Charts[i].html(p)
			}
			p("</section>\n")
		}
		Heads(p, n.Heads)
	})
}

// when says for which day the report was made, and up to which operation.
func (n *Numbers) when() string {
	if n.AsOf.IsZero() {
		return i18n.T("report.when.empty", "day", n.Work.Today)
	}
	return i18n.T("report.when", "day", n.Work.Today, "when", n.AsOf.Format(time.DateTime), "zone", n.AsOf.Format("-07:00"))
}

func (c *Chart) html(p func(string, ...any)) {
	p("<figure>\n<figcaption>%s</figcaption>\n", own(c.Title))
	if c.Means != "" {
		p("<p class=\"quiet\">%s</p>\n", own(c.Means))
	}
	wide := ""
	if len(c.Head) > 5 || c.Columns {
		wide = " wide"
	}
	p("<div class=\"pair%s\">\n", wide)
	if c.most() > 0 {
		c.svg(p)
	}
	if len(c.Rows) > 0 {
		c.table(p)
	}
	p("</div>\n")
	if c.More != "" {
		p("<p class=\"quiet\">%s</p>\n", own(c.More))
	}
	p("</figure>\n")
}

func (c *Chart) table(p func(string, ...any)) {
	p("<table>\n<thead><tr>")
	for k, h := range c.Head {
		p("<th%s>%s</th>", c.class(k), own(h))
	}
	p("</tr></thead>\n<tbody>\n")
	for _, r := range c.Rows {
		p("<tr>")
		for k, cell := range r {
			p("<td%s><bdi>%s</bdi></td>", c.class(k), clean(cell))
		}
		p("</tr>\n")
	}
	p("</tbody>\n</table>\n")
}

// class is that of the cells of a column: words stand left, numbers right.
func (c *Chart) class(k int) string {
	if k < max(1, c.Words) {
		return ` class="w"`
	}
	return ""
}

func (c *Chart) most() (most int) {
	for i := range c.Bars {
		most = max(most, c.Bars[i].sum())
	}
	return most
}

func (b *Bar) sum() (n int) {
	for _, v := range b.Values {
		n += v
	}
	return n
}

// The sizes of the drawings, in units of their own.
const (
	svgWidth  = 680
	svgLabel  = 200
	svgWords  = 130
	svgRow    = 24
	svgThick  = 14
	svgPlot   = 120
	svgLegend = 24
)

// svg draws the chart.
func (c *Chart) svg(p func(string, ...any)) {
	top := 0
	if len(c.Parts) > 1 {
		top = svgLegend
	}
	height := top + len(c.Bars)*svgRow + 4
	if c.Columns {
		height = top + svgPlot + 20
	}
	p("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n", svgWidth, height, html.EscapeString(c.Title))
	if top > 0 {
		x := 0
		for _, part := range c.Parts {
			p("<rect x=\"%d\" y=\"2\" width=\"22\" height=\"12\" class=\"t%d\"/><text x=\"%d\" y=\"13\">%s</text>\n", x, part.Tone, x+28, own(part.Name))
			x += 28 + cells(part.Name)*7 + 20
		}
	}
	if c.Columns {
		c.svgColumns(p, top)
	} else {
		c.svgBars(p, top)
	}
	p("</svg>\n")
}

func (c *Chart) svgBars(p func(string, ...any), top int) {
	most, room := c.most(), float64(svgWidth-svgLabel-svgWords)
	for i, b := range c.Bars {
		y := top + i*svgRow
		if c.Shares {
			most = b.sum()
		}
		p("<g><title>%s</title><text x=\"%d\" y=\"%d\" class=\"label\">%s</text>", clean(b.Says), svgLabel-8, y+16, clean(short(b.Label, 26)))
		x := float64(svgLabel)
		for k, v := range b.Values {
			if v > 0 {
				w := max(2, room*float64(v)/float64(most))
				p("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"t%d\"/>", x, y+5, w, svgThick, c.Parts[k].Tone)
				x += w
			}
		}
		p("<text x=\"%.1f\" y=\"%d\">%s</text></g>\n", x+6, y+16, clean(b.Words))
	}
	p("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", svgLabel, top, svgLabel, top+len(c.Bars)*svgRow)
}

func (c *Chart) svgColumns(p func(string, ...any), top int) {
	most, step := c.most(), float64(svgWidth)/float64(len(c.Bars))
	base := float64(top + svgPlot)
	free := 0.0
	for i, b := range c.Bars {
		x, y := float64(i)*step, base
		p("<g><title>%s</title>", clean(b.Says))
		for k, v := range b.Values {
			if v > 0 {
				h := max(2, (svgPlot-8)*float64(v)/float64(most))
				y -= h
				p("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"t%d\"/>", x+step*0.15, y, step*0.7, h, c.Parts[k].Tone)
			}
		}
		at := min(x, svgWidth-40)
		if b.Label != "" && at >= free {
			p("<text x=\"%.1f\" y=\"%.1f\" class=\"small\">%s</text>", at, base+14, clean(b.Label))
			free = at + 48
		}
		p("</g>\n")
	}
	p("<line x1=\"0\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n", base, svgWidth, base)
}

// cells is how wide words are, a Han character counting two.
func cells(words string) (n int) {
	for _, r := range words {
		n += cell(r)
	}
	return n
}

func cell(r rune) int {
	switch {
	case unicode.Is(unicode.M, r):
		return 0
	case r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFF60:
		return 2
	}
	return 1
}

// short cuts words to a width.
func short(words string, most int) string {
	if cells(words) <= most {
		return words
	}
	n := 0
	for i, r := range words {
		if n += cell(r); n > most-1 {
			return strings.TrimRight(words[:i], " ") + "…"
		}
	}
	return words
}
