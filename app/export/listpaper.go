package export

import (
	"io"
	"slices"
)

// This file is what lists are written on: a page for the printer, or a workbook
// (listbook.go).

// paper takes a list, piece by piece.
type paper interface {
	// leaf begins a new page with a heading, and lines under it.
	leaf(title string, under []string) error
	// table begins the table of the leaf; rows have a cell a column.
	table(columns []listColumn, heads []string) error
	row(cells []string) error
	// blocks begins a description in levels; heads are of level, code, title, and the values.
	blocks(heads []string) error
	block(b block) error
	// form is what is to be signed: paragraphs under a heading, and what stands in the lines
	// below them, "" for those to be filled by hand.
	form(heading string, words []string, lines [][2]string) error
	// foot ends the leaf with lines; behind the last one it adds to them.
	foot(lines ...string) error
	// end ends the list: as of which moment it says what it says.
	end(asOf string) error
}

// htmlPaper is a page of HTML. It is written as it comes.
type htmlPaper struct {
	page
	w      io.Writer
	s      *speech
	across bool
	began  bool
	open   bool   // a leaf
	inside string // what ends that which is open
	heads  []string
	class  []string
}

func newHTMLPaper(w io.Writer, s *speech, across bool) *htmlPaper {
	return &htmlPaper{w: w, s: s, across: across}
}

func (p *htmlPaper) leaf(title string, under []string) error {
	if !p.began {
		p.began = true
		paper, class := "size: A4; margin: 18mm 17mm 20mm", "leaves upright"
		if p.across {
			paper, class = "size: A4 landscape; margin: 15mm 14mm 17mm", "catalogue leaves"
		}
		p.printHead(p.s, title, paper, class)
	}
	p.open = true
	p.put("<section class=\"leaf\">\n<h1>%s</h1>\n", inPage(title))
	for _, line := range under {
		p.put("<p class=\"under\">%s</p>\n", inPage(line))
	}
	return p.flush(p.w)
}

func (p *htmlPaper) table(columns []listColumn, heads []string) error {
	p.class = p.class[:0]
	p.put("<table>\n<thead><tr>")
	for i, c := range columns {
		p.class = append(p.class, c.key)
		p.put("<th scope=\"col\" class=\"%s\">%s</th>", c.key, inPage(heads[i]))
	}
	p.put("</tr></thead>\n<tbody>\n")
	p.inside = "</tbody>\n</table>\n"
	return nil
}

func (p *htmlPaper) row(cells []string) error {
	p.put("<tr>")
	for i, c := range cells {
		p.put("<td class=\"%s\">%s</td>", p.class[i], inPage(c))
	}
	p.put("</tr>\n")
	return p.flush(p.w)
}

func (p *htmlPaper) blocks(heads []string) error {
	p.heads = heads
	return nil
}

// mostIndent is the depth behind which nothing is moved in any more: the paper ends.
const mostIndent = 8

func (p *htmlPaper) block(b block) error {
	p.put("<div class=\"unit d%d\">\n<h2><span class=\"level\">%s</span> ", min(b.depth, mostIndent), inPage(b.level))
	if b.code != "" && b.code != b.title {
		p.put("<span class=\"code\">%s</span> ", inPage(b.code))
	}
	p.put("<span class=\"named\">%s</span></h2>\n", inPage(b.title))
	open := false
	for i, v := range b.values {
		if v == "" {
			continue
		}
		if !open {
			p.put("<dl>\n")
			open = true
		}
		p.put("<dt>%s</dt><dd class=\"value\">%s</dd>\n", inPage(p.heads[i+len(p.heads)-len(b.values)]), inPage(v))
	}
	if open {
		p.put("</dl>\n")
	}
	p.put("</div>\n")
	return p.flush(p.w)
}

func (p *htmlPaper) form(heading string, words []string, lines [][2]string) error {
	p.put("<div class=\"record\">\n<h2>%s</h2>\n", inPage(heading))
	for _, w := range words {
		p.put("<p>%s</p>\n", inPage(w))
	}
	p.put("</div>\n<table class=\"signed\">\n<tbody>\n")
	for two := range slices.Chunk(lines, 2) {
		p.put("<tr>")
		for _, l := range two {
			p.put("<th scope=\"row\">%s</th><td>%s</td>", inPage(l[0]), inPage(l[1]))
		}
		p.put("</tr>\n")
	}
	p.put("</tbody>\n</table>\n")
	return nil
}

func (p *htmlPaper) foot(lines ...string) error {
	p.put("%s", p.inside)
	p.inside = ""
	for _, l := range lines {
		p.put("<p class=\"foot\">%s</p>\n", inPage(l))
	}
	if p.open {
		p.put("</section>\n")
	}
	p.open = false
	return p.flush(p.w)
}

func (p *htmlPaper) end(asOf string) error {
	if !p.began {
		return nil // what failed had not begun
	}
	p.put("%s", p.inside)
	p.printFoot(p.s, asOf)
	return p.flush(p.w)
}
