package epub

import (
	"context"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Bounds of one page, which no page of a book comes near: what is beyond them is read without its structure.
const (
	maxPage  = 16 << 20 // bytes
	maxNodes = 1 << 20  // elements and texts
	maxDeep  = 500      // elements in elements
)

// A chapter is a page of a publication.
type chapter struct {
	path string
	text string // as HTML
}

// kept are the attributes that are looked at.
var kept = setOf(`id href alt alttext epub:type role start value type reversed style required-namespace`)

// ends says which open elements a start tag ends, where their end tags were left out, and which they are looked for in.
var ends = map[string][2]map[string]bool{
	"li": {setOf("li"), setOf("ul ol menu")}, "dt": {setOf("dt dd"), setOf("dl")}, "dd": {setOf("dt dd"), setOf("dl")},
	"td": {setOf("td th"), setOf("tr table")}, "th": {setOf("td th"), setOf("tr table")}, "tr": {setOf("tr"), setOf("table")},
}

// parse makes the tree of a page: each element in the one it stands in, as XML has it, and as HTML has it where end tags
// were left out. It gives nil where the page is beyond its bounds, or ctx
// is done. It copies no element, as browsers do with markup that
// is closed in the wrong order: a small page could become a very large tree.
func (d *chapter) parse(ctx context.Context) *nethtml.Node {
	root := &nethtml.Node{Type: nethtml.DocumentNode}
	stack := []*nethtml.Node{root}
	nodes := 0
	z := nethtml.NewTokenizer(strings.NewReader(d.text))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return root
		}
		if nodes++; nodes > maxNodes || len(stack) > maxDeep {
			return nil
		}
		if nodes%4096 == 0 && ctx.Err() != nil {
			return nil
		}
		top := stack[len(stack)-1]
		switch kind {
		case nethtml.TextToken:
			top.AppendChild(&nethtml.Node{Type: nethtml.TextNode, Data: string(z.Text())})
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			n := element(z)
			stack = closeOpen(stack, n.Data)
			stack[len(stack)-1].AppendChild(n)
			if !void[n.Data] {
				stack = append(stack, n)
			}
		case nethtml.EndTagToken:
			name, _ := z.TagName()
			stack = closeTo(stack, string(name))
		}
	}
}

// element makes a node of a start tag.
func element(z *nethtml.Tokenizer) *nethtml.Node {
	name, more := z.TagName()
	n := &nethtml.Node{Type: nethtml.ElementNode, Data: string(name)}
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		if name := string(key); kept[name] && value(n, name) == "" {
			n.Attr = append(n.Attr, nethtml.Attribute{Key: name, Val: string(val)})
		}
	}
	return n
}

// closeOpen closes what a start tag ends.
func closeOpen(stack []*nethtml.Node, name string) []*nethtml.Node {
	if rule, ok := ends[name]; ok {
		for i := len(stack) - 1; i > 0 && !rule[1][stack[i].Data]; i-- {
			if rule[0][stack[i].Data] {
				return stack[:i]
			}
		}
		return stack
	}
	if blocks[name] && stack[len(stack)-1].Data == "p" {
		return stack[:len(stack)-1]
	}
	return stack
}

// closeTo closes the innermost open element of a name, and what is open in it. Without one it does nothing.
func closeTo(stack []*nethtml.Node, name string) []*nethtml.Node {
	for i := len(stack) - 1; i > 0; i-- {
		if stack[i].Data == name {
			return stack[:i]
		}
	}
	return stack
}

// value gives an attribute of an element.
func value(n *nethtml.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// has says whether an element has an attribute, whatever its value.
func has(n *nethtml.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// is says whether an element is one of the given kinds, by epub:type or by role.
func is(n *nethtml.Node, kinds ...string) bool {
	if len(n.Attr) == 0 {
		return false
	}
	for _, s := range strings.Fields(strings.ToLower(value(n, "epub:type") + " " + value(n, "role"))) {
		for _, k := range kinds {
			if s == k || s == "doc-"+k {
				return true
			}
		}
	}
	return false
}
