package epub

import (
	"fmt"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// unseen are elements whose text is not the page's.
var unseen = setOf(`head style script template rp noscript iframe noembed noframes annotation annotation-xml metadata`)

// blocks are elements that begin a line and end it.
var blocks = setOf(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
	figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre section
	summary table tbody tfoot thead tr ul`)

// children writes what is in an element.
func (b *builder) children(w *writer, d *chapter, n *nethtml.Node, pre bool) {
	if n.Data == "ol" {
		b.ordered(w, d, n)
		return
	}
	if n.Data == "epub:switch" {
		b.chosen(w, d, n)
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.child(w, d, c, pre)
	}
}

// child writes an element or a text.
func (b *builder) child(w *writer, d *chapter, n *nethtml.Node, pre bool) {
	switch n.Type {
	case nethtml.TextNode:
		w.text(n.Data, pre)
	case nethtml.DocumentNode:
		b.children(w, d, n, false)
	case nethtml.ElementNode:
		b.element(w, d, n, pre)
	}
}

// element writes an element.
func (b *builder) element(w *writer, d *chapter, n *nethtml.Node, pre bool) {
	local := n.Data[strings.LastIndexByte(n.Data, ':')+1:]
	switch {
	case unseen[n.Data], local == "annotation", local == "annotation-xml":
		return
	case is(n, "backlink") && b.inNote:
		return
	}
	if note := b.moved(d, n); note != nil {
		b.aside(d, n, note)
		return
	}
	if target := b.refersTo(d, n); target != nil {
		w.text(fmt.Sprintf("[%d]", target.number), false)
		return
	}
	switch local {
	case "br":
		w.lineBreak()
	case "img", "area", "image":
		if alt := strings.TrimSpace(value(n, "alt")); alt != "" {
			w.text("["+alt+"]", false)
		}
	case "title":
		if up := n.Parent; up != nil && strings.HasSuffix(up.Data, "svg") && says(n) { // what a picture is called
			w.text("[", false)
			b.children(w, d, n, false)
			w.text("]", false)
		}
	case "math":
		b.formula(w, d, n)
	case "rt":
		w.text("(", false)
		b.children(w, d, n, pre)
		w.text(")", false)
	case "td", "th":
		b.cell(w, d, n)
	case "tr":
		b.row(w, d, n)
	case "pre", "textarea":
		w.block()
		b.children(w, d, n, true)
		w.block()
	default:
		if blocks[local] {
			w.block()
			b.children(w, d, n, pre)
			w.block()
			return
		}
		b.children(w, d, n, pre)
	}
}

// moved gives the note that an element is, where it is written behind the body.
func (b *builder) moved(d *chapter, n *nethtml.Node) *note {
	if len(n.Attr) == 0 || !is(n, noteKinds...) {
		return nil
	}
	if note := b.notes[d.path+"#"+value(n, "id")]; note != nil && note.number > 0 && !note.done {
		return note
	}
	return nil
}

// aside writes a note on a line of its own, which stands behind the body.
func (b *builder) aside(d *chapter, n *nethtml.Node, note *note) {
	note.done = true
	outer := b.inNote
	b.inNote = true
	w := &writer{size: &b.out, cells: 1}
	b.children(w, d, n, false)
	b.inNote = outer
	note.text = w.String()
}

// formula writes a formula: its words, or what it is called where it has none.
func (b *builder) formula(w *writer, d *chapter, n *nethtml.Node) {
	before := w.b.Len()
	b.children(w, d, n, false)
	if alt := value(n, "alttext"); w.b.Len() == before && alt != "" {
		w.text(alt, false)
	}
}

// row writes a row of a table as a line. Within a cell it is words like others.
func (b *builder) row(w *writer, d *chapter, n *nethtml.Node) {
	w.block()
	if w.cells == 0 {
		w.row = false
	}
	b.children(w, d, n, false)
	w.block()
	if w.cells == 0 {
		w.tabs = 0
	}
}

// cell writes a cell: a tab before every one but the first.
func (b *builder) cell(w *writer, d *chapter, n *nethtml.Node) {
	if w.cells == 0 {
		if w.row {
			w.tabs++
		}
		w.row = true
	}
	w.space = w.space && w.cells > 0 || w.cells > 0
	w.cells++
	b.children(w, d, n, false)
	w.cells--
	w.space = w.cells > 0
}

// ordered writes a numbered list, each item with the number it is shown with.
func (b *builder) ordered(w *writer, d *chapter, n *nethtml.Node) {
	step, next := 1, 1
	if has(n, "reversed") {
		step, next = -1, countItems(n)
	}
	if start, err := strconv.Atoi(strings.TrimSpace(value(n, "start"))); err == nil {
		next = start
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == nethtml.ElementNode && c.Data == "li" {
			if v, err := strconv.Atoi(strings.TrimSpace(value(c, "value"))); err == nil {
				next = v
			}
			if b.moved(d, c) == nil && numbered(n, c) {
				w.block()
				w.text(number(next, value(n, "type"))+". ", false)
				b.item(w, d, c)
			} else {
				b.child(w, d, c, false)
			}
			next += step
			continue
		}
		b.child(w, d, c, false)
	}
}

// numbered says whether the items of a list are shown with numbers: those of a table of contents and of notes are not.
func numbered(list, item *nethtml.Node) bool {
	if is(item, noteKinds...) || strings.Contains(value(list, "style"), "none") {
		return false
	}
	for up := list.Parent; up != nil; up = up.Parent {
		if up.Type == nethtml.ElementNode && up.Data == "nav" {
			return false
		}
	}
	return true
}

// item writes an item behind its number: its first paragraph stands on the same line.
func (b *builder) item(w *writer, d *chapter, n *nethtml.Node) {
	first := n.FirstChild
	for first != nil && first.Type == nethtml.TextNode && strings.TrimSpace(first.Data) == "" {
		first = first.NextSibling
	}
	for c := first; c != nil; c = c.NextSibling {
		if c == first && c.Type == nethtml.ElementNode && (c.Data == "p" || c.Data == "div") && b.moved(d, c) == nil {
			b.children(w, d, c, false)
			w.block()
			continue
		}
		b.child(w, d, c, false)
	}
	w.block()
}

func countItems(list *nethtml.Node) int {
	n := 0
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == nethtml.ElementNode && c.Data == "li" {
			n++
		}
	}
	return n
}

// number writes n as a list of a type does: 1, a, A, i, I.
func number(n int, kind string) string {
	switch {
	case (kind == "a" || kind == "A") && n > 0 && n < 1<<20:
		s := ""
		for ; n > 0; n = (n - 1) / 26 {
			s = string(rune(kind[0])+rune((n-1)%26)) + s
		}
		return s
	case kind == "i" && n > 0 && n < 4000:
		return strings.ToLower(roman(n))
	case kind == "I" && n > 0 && n < 4000:
		return roman(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	s := ""
	for i, v := range [...]int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1} {
		for ; n >= v; n -= v {
			s += [...]string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}[i]
		}
	}
	return s
}

// chosen writes one way of several to show the same: the formula where there is one, else what everybody can show.
func (b *builder) chosen(w *writer, d *chapter, n *nethtml.Node) {
	var math, usual *nethtml.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Data == "epub:case" && strings.Contains(value(c, "required-namespace"), "MathML") && math == nil && says(c):
			math = c
		case c.Data == "epub:default":
			usual = c
		}
	}
	switch {
	case math != nil:
		b.children(w, d, math, false)
	case usual != nil:
		b.children(w, d, usual, false)
	default:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			b.child(w, d, c, false)
		}
	}
}

// says whether there is a word in an element.
func says(n *nethtml.Node) bool {
	for d := range n.Descendants() {
		if d.Type == nethtml.TextNode && strings.TrimSpace(d.Data) != "" {
			return true
		}
	}
	return false
}
