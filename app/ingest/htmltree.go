package ingest

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Readability wants a tree. It gets one that is made of the same runs of text as the text of the page, each with its
// number, so that what it chooses can be written as the whole page is written. The tree is what a browser would make of
// the page for its most part: ends that a page leaves out are put in, what is only for the eye (b, font, i) and has
// nothing to choose by is left out, and of the attributes those stay that a choice can be made by. It is made in one
// pass, and not at all where choosing in it would take long.

const (
	mostOpen   = 1000     // elements open in each other
	mostEffort = 64 << 20 // sum over all nodes of their bytes and 32, times their depth: what it costs to look at each from all above it
	attrBytes  = 300      // of an attribute
)

// A pageTree is a tree for readability.
type pageTree struct {
	doc     *html.Node
	open    []openElement
	effort  int
	tooMuch bool // more than mostOpen or mostEffort: nothing is to be chosen
	inTitle bool
	linked  int    // how many links are open
	links   []bool // by the number of a run: it stands in a link
	texts   []int  // by the number of a run: its weight, see weigh
}

// An openElement is one whose end has not come. node is that which takes what stands in it: its own, or the one around it.
type openElement struct {
	tag  string
	node *html.Node
}

func newPageTree() *pageTree {
	t := &pageTree{doc: &html.Node{Type: html.DocumentNode}}
	root := element("html")
	body := element("body")
	t.doc.AppendChild(root)
	root.AppendChild(element("head"))
	root.AppendChild(body)
	t.open = []openElement{{"body", body}}
	return t
}

func element(tag string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: tag, DataAtom: atom.Lookup([]byte(tag))}
}

// runOf names the attribute in which a text node has its number.
const runOf = "run"

var (
	voids      = setOf("area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr")
	unplaced   = setOf("html head body title meta link base basefont bgsound col colgroup frame param source track area map")
	eyeOnly    = setOf("b big em font i nobr s small strike strong tt u center span")
	inline     = setOf("a b big code em font i nobr s small strike strong tt u span abbr acronym cite label sub sup var samp kbd q ins del")
	sections   = setOf("tbody thead tfoot")
	tableParts = setOf("table caption tbody thead tfoot tr td th")
	endsP      = setOf("address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form" +
		" h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre section summary table ul xmp")
	cells   = setOf("td th caption")
	telling = setOf("class id style role rel itemprop href hidden aria-hidden aria-modal summary datatable rowspan colspan src data-src srcset data-srcset")
)

func isHeading(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6'
}

// sameEnd says whether the end of tag closes what: the end of any heading closes any.
func sameEnd(tag, what string) bool { return tag == what || isHeading(tag) && isHeading(what) }

func (t *pageTree) top() openElement { return t.open[len(t.open)-1] }

// find gives the place of the innermost open element that is wanted, -1 where one that is a wall comes first, or none is.
func (t *pageTree) find(want, wall func(tag string) bool) int {
	for i := len(t.open) - 1; i > 0; i-- {
		switch tag := t.open[i].tag; {
		case want(tag):
			return i
		case wall(tag):
			return -1
		}
	}
	return -1
}

// closeTo closes the element at a place and all in it; nothing at -1.
func (t *pageTree) closeTo(i int) {
	if i <= 0 {
		return
	}
	for _, e := range t.open[i:] {
		if e.tag == "a" {
			t.linked--
		}
	}
	t.open = t.open[:i]
}

func (t *pageTree) push(tag string, n *html.Node) {
	t.add(n, 0)
	t.open = append(t.open, openElement{tag, n})
}

// add hangs a node of so many bytes into the innermost open element.
func (t *pageTree) add(n *html.Node, bytes int) {
	t.top().node.AppendChild(n)
	t.effort += len(t.open) * (bytes + 32)
	if t.effort > mostEffort || len(t.open) > mostOpen {
		t.tooMuch = true
	}
}

func (t *pageTree) text(run int, s string) {
	for len(t.texts) <= run {
		t.texts, t.links = append(t.texts, 0), append(t.links, false)
	}
	if t.inTitle || t.tooMuch {
		return
	}
	t.texts[run], t.links[run] = weigh(s), t.linked > 0
	s = counted(s)
	t.add(&html.Node{Type: html.TextNode, Data: s, Attr: []html.Attribute{{Key: runOf, Val: strconv.Itoa(run)}}}, len(s))
}

// counted is what readability counts for a run of text. It counts characters and commas, as many as English has them: so
// an ideograph stands three times, and every stop of Chinese is followed by a comma. What a site says of itself at the foot
// of each page is one character. Of the 75 pages of TestShortNotices 42 are read right with this, 28 without.
func counted(s string) string {
	if len(s) <= imprintBytes {
		for _, words := range imprint {
			if strings.Contains(s, words) {
				return "x"
			}
		}
	}
	if !strings.ContainsFunc(s, wide) {
		return s
	}
	var b strings.Builder
	b.Grow(3 * len(s))
	for _, r := range s {
		b.WriteRune(r)
		switch {
		case strings.ContainsRune("。；、：", r):
			b.WriteRune('，')
		case wide(r) && unicode.IsLetter(r):
			b.WriteRune(r)
			b.WriteRune(r)
		}
	}
	return b.String()
}

// imprintBytes is how long a line of an imprint may be.
const imprintBytes = 400

var imprint = strings.Fields("版权所有 ICP备 公网安备 技术支持 主办单位 承办单位 网站标识码 建议使用 分辨率 您是第 访问量 ©")

func (t *pageTree) start(tag string, z *html.Tokenizer, attributes bool) {
	if tag == "title" {
		t.inTitle = true
	}
	if unplaced[tag] || t.tooMuch {
		return
	}
	if !t.makeRoom(tag) {
		return
	}
	n := element(tag)
	if attributes {
		n.Attr = tellingOf(z, tag)
	}
	switch {
	case tag == "img":
		if len(n.Attr) > 0 {
			t.add(n, 0)
		}
	case voids[tag]:
		t.add(n, 0)
	case eyeOnly[tag] && len(n.Attr) == 0:
		t.open = append(t.open, openElement{tag, t.top().node})
		t.tooMuch = t.tooMuch || len(t.open) > mostOpen
	default:
		if tag == "a" {
			t.linked++
		}
		t.push(tag, n)
	}
}

// makeRoom closes what cannot be open around a new element, and opens what must be. It says no where the element has no
// place.
func (t *pageTree) makeRoom(tag string) bool {
	is := func(tags ...string) func(string) bool {
		return func(tag string) bool {
			for _, w := range tags {
				if tag == w {
					return true
				}
			}
			return false
		}
	}
	inCell := func(tag string) bool { return cells[tag] || tag == "table" }
	if endsP[tag] {
		t.closeTo(t.find(is("p"), func(tag string) bool { return inCell(tag) || tag == "button" || tag == "object" }))
	}
	switch tag {
	case "li":
		t.closeTo(t.find(is("li"), func(tag string) bool {
			return inCell(tag) || tag == "ul" || tag == "ol" || tag == "menu" || tag == "dir"
		}))
	case "dt", "dd":
		t.closeTo(t.find(is("dt", "dd"), func(tag string) bool { return inCell(tag) || tag == "dl" }))
	case "a":
		t.closeTo(t.find(is("a"), inCell))
	case "option", "optgroup":
		t.closeTo(t.find(is("option"), func(tag string) bool { return tag != "optgroup" }))
	case "table":
		if top := t.top().tag; top == "table" || sections[top] || top == "tr" {
			t.closeTo(t.find(is("table"), is()))
		}
	case "tbody", "thead", "tfoot", "caption":
		return t.backTo(is("table"))
	case "tr":
		if !t.backTo(func(tag string) bool { return tag == "table" || sections[tag] }) {
			return false
		}
		if t.top().tag == "table" {
			t.push("tbody", element("tbody"))
		}
	case "td", "th":
		if !t.backTo(func(tag string) bool { return tag == "table" || sections[tag] || tag == "tr" }) {
			return false
		}
		if t.top().tag == "table" {
			t.push("tbody", element("tbody"))
		}
		if t.top().tag != "tr" {
			t.push("tr", element("tr"))
		}
	}
	if isHeading(tag) && isHeading(t.top().tag) {
		t.closeTo(len(t.open) - 1)
	}
	return true
}

// backTo closes all that is open in the innermost part of a table that is wanted; it says no outside a table.
func (t *pageTree) backTo(want func(tag string) bool) bool {
	i := t.find(want, func(tag string) bool { return tag == "table" && !want(tag) })
	if i < 0 {
		return false
	}
	t.closeTo(i + 1)
	return true
}

func (t *pageTree) end(tag string) {
	if tag == "title" {
		t.inTitle = false
	}
	if unplaced[tag] || t.tooMuch {
		return
	}
	wall := func(tag string) bool { return cells[tag] || tag == "table" }
	if tableParts[tag] {
		wall = func(tag string) bool { return tag == "table" }
	}
	i := t.find(func(what string) bool { return sameEnd(tag, what) }, wall)
	if i < 0 {
		return
	}
	if inline[tag] { // </b> in a block that began in it ends the bold, not the block
		for _, e := range t.open[i+1:] {
			if blocks[e.tag] {
				if tag == "a" {
					t.linked--
				}
				t.open = append(t.open[:i], t.open[i+1:]...)
				return
			}
		}
	}
	t.closeTo(i)
}

// tellingOf are the attributes of an element by which a choice can be made.
func tellingOf(z *html.Tokenizer, tag string) (out []html.Attribute) {
	for more := true; more && len(out) < 16; {
		var key, val []byte
		key, val, more = z.TagAttr()
		k := string(key)
		if !telling[k] {
			continue
		}
		v := string(val[:min(len(val), attrBytes)])
		switch k {
		case "style":
			if !strings.Contains(strings.ToLower(v), "none") && !strings.Contains(strings.ToLower(v), "hidden") {
				continue
			}
		case "href":
			if tag != "a" || !strings.HasPrefix(v, "#") {
				v = "" // where it leads does not matter
			}
		case "src", "data-src", "srcset", "data-srcset":
			if tag != "img" {
				continue
			}
			k, v = "src", "x"
		}
		out = append(out, html.Attribute{Key: k, Val: v})
	}
	return out
}
