package export

import (
	"fmt"
	"strconv"
	"strings"

	"fonds/storage/archive"
)

// This file writes the lists whose rows are documents or files: 归档文件目录, 案卷目录,
// 卷内文件目录.

// listColumn is a column of a list: the key of its head, which is its class on a page too.
type listColumn struct {
	key   string
	width float64 // in a workbook, digits
}

var (
	filedColumns = []listColumn{{"number", 7}, {"ref", 28}, {"own-number", 22}, {"creator", 24}, {"doc-title", 52}, {"date", 12}, {"security", 9}, {"pages-column", 8}, {"note-column", 24}}
	fileColumns  = []listColumn{{"number", 7}, {"ref", 28}, {"file-title", 56}, {"span", 22}, {"total-pages", 10}, {"retention", 12}, {"note-column", 40}}
	withinFile   = []listColumn{{"running", 8}, {"own-number", 22}, {"creator", 24}, {"doc-title", 56}, {"date", 12}, {"security", 9}, {"page-number", 10}, {"note-column", 28}}
)

// heads are the words of columns.
func (g *lister) heads(columns []listColumn) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = g.say(c.key)
	}
	return out
}

// filed writes a row a document.
func (g *lister) filed() error {
	if err := g.paper.leaf(g.say("list-title"), g.under()); err != nil {
		return err
	}
	if err := g.paper.table(filedColumns, g.heads(filedColumns)); err != nil {
		return err
	}
	n := 0
	if err := g.each(g.items, nil, func(_ placedItem, e *listed) error {
		n++
		ref, number := e.codes()
		return g.paper.row([]string{strconv.Itoa(n), ref, number, e.said("dcterms:creator", g.s.joined), named(e.d.Title()),
			e.said(archive.DateField, g.s.days), e.security(), counted(e.pages()), e.notes()})
	}); err != nil {
		return err
	}
	return g.paper.foot(g.say("documents", "n", n))
}

// files writes a row a file, with what it is about counted from what lies in it.
func (g *lister) files() error {
	sums, outside := map[*archive.Unit]*sum{}, 0
	if err := g.each(g.items, nil, func(at placedItem, e *listed) error {
		if at.unit == nil || at.unit.Level != archive.AtFile {
			outside++
			return nil
		}
		if sums[at.unit] == nil {
			sums[at.unit] = &sum{}
		}
		sums[at.unit].add(e)
		return nil
	}); err != nil {
		return err
	}
	if err := g.paper.leaf(g.say("list-files"), g.under()); err != nil {
		return err
	}
	if err := g.paper.table(fileColumns, g.heads(fileColumns)); err != nil {
		return err
	}
	n, docs, pages := 0, 0, 0
	for _, u := range g.units() {
		k := sums[u]
		switch {
		case u.Level != archive.AtFile, k == nil && g.Query != "":
			continue
		case k == nil:
			k = &sum{}
		}
		n, docs, pages = n+1, docs+k.docs, pages+k.pages
		if err := g.paper.row(g.fileRow(n, u, k)); err != nil {
			return err
		}
	}
	foot := []string{g.say("list.files", "n", n, "docs", docs, "pages", pages)}
	if outside > 0 && g.Query == "" {
		foot = append(foot, g.say("list.outside", "n", outside))
	}
	return g.paper.foot(foot...)
}

func (g *lister) fileRow(n int, u *archive.Unit, k *sum) []string {
	notes := k.lacks(g)
	if k.docs == 0 {
		notes = []string{g.say("list.empty")}
	}
	for i := len(g.roles.notes) - 1; i >= 0; i-- {
		notes = append(append([]string{}, u.Values[g.roles.notes[i]]...), notes...)
	}
	pages := ""
	if k.unpaged == 0 {
		pages = counted(k.pages)
	}
	return []string{strconv.Itoa(n), g.code(u), named(u.Title), g.fileSpan(u, k), pages, g.term(u, k), strings.Join(notes, "\n")}
}

// fileSpan is from the earliest to the latest of what lies in a unit, else what it says.
func (g *lister) fileSpan(u *archive.Unit, k *sum) string {
	if said := k.dated(g); said != "" {
		return said
	}
	return g.s.days(u.Values[archive.DateField])
}

// term is the period of retention of a unit, or the one that all say that lie in it.
func (g *lister) term(u *archive.Unit, k *sum) string {
	if v, _ := u.Inherited(g.roles.retention); len(v) > 0 {
		return g.s.joined(g.called(g.roles.retention, v))
	}
	return strings.TrimPrefix(k.retention, "\x00")
}

// contents writes a table a file, the numbers of pages counted on.
func (g *lister) contents() error {
	c := &within{lister: g}
	outside := 0
	if err := g.each(g.items, nil, func(at placedItem, e *listed) error {
		if at.unit == nil || at.unit.Level != archive.AtFile {
			outside++
			return nil
		}
		return c.add(at.unit, e)
	}); err != nil {
		return err
	}
	if err := c.end(); err != nil {
		return err
	}
	if outside > 0 && g.Query == "" {
		return g.paper.foot(g.say("list.outside", "n", outside))
	}
	return nil
}

// within is the table of what lies in one file.
type within struct {
	*lister
	unit  *archive.Unit
	n     int
	page  int // on which the next document begins; 0: it is not known
	sum   sum
	last  []string // the row that waits for whether another comes: the last one says where it ends
	until int
	lost  int // the document behind which no numbers of pages are known; 0: none
}

func (c *within) add(u *archive.Unit, e *listed) error {
	if u != c.unit {
		if err := c.begin(u); err != nil {
			return err
		}
	} else if err := c.paper.row(c.last); err != nil {
		return err
	}
	c.n++
	c.sum.add(e)
	_, number := e.codes()
	pages, at := e.pages(), counted(c.page)
	if c.until = 0; pages > 0 && c.page > 0 {
		c.until = c.page + pages - 1
		c.page += pages
	} else {
		if c.page > 0 {
			c.lost = c.n
		}
		c.page = 0
	}
	c.last = []string{strconv.Itoa(c.n), number, e.said("dcterms:creator", c.s.joined), named(e.d.Title()),
		e.said(archive.DateField, c.s.days), e.security(), at, e.notes()}
	return nil
}

// begin begins the table of the next file, on a page of its own.
func (c *within) begin(u *archive.Unit) error {
	if err := c.end(); err != nil {
		return err
	}
	*c = within{lister: c.lister, unit: u, page: 1}
	if err := c.paper.leaf(c.say("list-contents"), []string{c.say("list.code", "code", c.code(u)), c.say("list.file", "title", named(u.Title))}); err != nil {
		return err
	}
	return c.paper.table(withinFile, c.heads(withinFile))
}

// end writes the last row of a file, which says on which page it ends.
func (c *within) end() error {
	if c.unit == nil {
		return nil
	}
	const pageCell = 6
	if first, err := strconv.Atoi(c.last[pageCell]); err == nil && c.until > first {
		c.last[pageCell] = fmt.Sprintf("%d-%d", first, c.until)
	}
	if err := c.paper.row(c.last); err != nil {
		return err
	}
	foot := []string{c.say("list.within", "n", c.n, "pages", c.sum.pages)}
	switch {
	case c.lost == c.n:
		foot = append(foot, c.say("list.lost.last"))
	case c.lost > 0:
		foot = append(foot, c.say("list.lost", "n", c.sum.unpaged, "at", c.lost))
	}
	return c.paper.foot(foot...)
}
