package query

import (
	"slices"
	"strings"
	"unicode"
)

var examples = map[Key]string{Tag: "tag:党建", Field: "field:dcterms:title", Date: "date:2010..2015", Status: "status:approved", By: "by:Zhang",
	Assigned: "assigned:Zhang", Mark: "mark:person=李振国", Has: "has:proposal", Text: "text:会议", Name: "name:notices", Note: "note:复核", Format: "format:html",
	Encoding: "encoding:GB18030", Language: "lang:zh", Package: "package:2015", Unit: "unit:Z109/WS", Missing: "missing:dcterms:date", Within: "within:0c61f7e5", Like: "like:0c61f7e5",
	Saved: "saved:待核"}

// Example is a condition as one would type it.
func Example(k Key) string { return examples[k] }

// condition reads the value of a key; name is the field where the key was its name.
func (p *parser) condition(start int, key Key, name string) (*Node, error) {
	at := p.at
	n := &Node{Key: key, Name: name, Start: start}
	if key == Field && name == "" || key == Mark {
		n.Name = p.name()
		if p.take('=') {
			n.Exact = key == Field && p.take('=')
			if n.Value, _ = p.value(); n.Value == "" {
				n.Name = ""
			}
		}
		if n.End = p.at; n.Name == "" {
			return nil, p.fail("value", start, p.at, "key", string(key), "example", examples[key])
		}
		if v, ok := p.named(key, n.Name); ok {
			n.Name = v
		}
		if key == Field && !strings.Contains(n.Name, ":") {
			return nil, p.fail("field", at, p.at, "value", n.Name)
		}
		return n, nil
	}
	n.Exact = (key == Field || key == Date) && p.take('=')
	n.Value, _ = p.value()
	n.End = p.at
	if strings.TrimSpace(n.Value) == "" {
		return nil, p.fail("value", start, p.at, "key", string(p.src[start:max(start, at-1)]), "example", examples[key])
	}
	if v, ok := p.named(key, n.Value); ok {
		n.Value = v
	}
	switch key {
	case Missing:
		if !strings.Contains(n.Value, ":") {
			return nil, p.fail("field", at, p.at, "value", n.Value)
		}
	case Date:
		return n, p.dates(n, at)
	case Status:
		n.Value = strings.ToLower(strings.ReplaceAll(n.Value, "-", " "))
		if !slices.Contains(Statuses, n.Value) {
			return nil, p.fail("status", at, p.at, "value", n.Value, "known", strings.Join(Statuses, ", "))
		}
	case Has:
		n.Value = strings.ToLower(n.Value)
		if !slices.Contains(Things(), n.Value) {
			return nil, p.fail("has", at, p.at, "value", n.Value, "known", strings.Join(Things(), ", "))
		}
	}
	return n, nil
}

// Statuses are the values of status:, those of the work on a document.
var Statuses = []string{"new", "in progress", "submitted", "returned", "approved", "removed"}

func (p *parser) named(key Key, word string) (string, bool) {
	if p.names.Value == nil {
		return "", false
	}
	return p.names.Value(key, word)
}

// name reads the name of a field or label: up to an equals sign, a space or a closing
// bracket, or in quotation marks.
func (p *parser) name() string {
	if p.at < len(p.src) && quotes[p.src[p.at]] != 0 {
		s, _ := p.value()
		return s
	}
	start := p.at
	for p.at < len(p.src) && p.src[p.at] != '=' && !strings.ContainsRune(" \t\n　)）", p.src[p.at]) {
		p.at++
	}
	return string(p.src[start:p.at])
}

// String is the query as it would be typed with keys of its own: what a saved search
// keeps.
func (n *Node) String() string {
	if n == nil {
		return ""
	}
	switch n.Op {
	case And:
		return n.list(" ")
	case Or:
		return n.list(" OR ")
	case Not:
		return "-" + n.Kids[0].inner()
	}
	switch {
	case n.Key == Words && n.Exact:
		return "=" + quoted(n.Value)
	case n.Key == Words:
		return wordsAsTyped(n.Value)
	case n.Name != "" && n.Value != "":
		eq := "="
		if n.Exact {
			eq = "=="
		}
		return string(n.Key) + ":" + quoted(n.Name) + eq + quoted(n.Value)
	case n.Name != "":
		return string(n.Key) + ":" + quoted(n.Name)
	case n.Key == Date && n.Exact:
		return string(n.Key) + ":=" + quoted(n.Value)
	}
	return string(n.Key) + ":" + quoted(n.Value)
}

func (n *Node) list(between string) string {
	var out []string
	for _, k := range n.Kids {
		out = append(out, k.inner())
	}
	return strings.Join(out, between)
}

// inner is String in brackets where it is several.
func (n *Node) inner() string {
	if n.Op == And || n.Op == Or {
		return "(" + n.String() + ")"
	}
	return n.String()
}

// quoted is a value as it can be typed: bare, or in quotation marks where it needs
// them and does not hold them all.
func quoted(s string) string {
	if s != "" && !strings.ContainsAny(s, "()（）=|") && quotes[[]rune(s)[0]] == 0 && strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return inQuotes(s)
}

// inQuotes is s in quotation marks that it does not hold.
func inQuotes(s string) string {
	switch {
	case !strings.Contains(s, `"`):
		return `"` + s + `"`
	case !strings.Contains(s, "”"):
		return "“" + s + "”"
	}
	return "＂" + s + "＂"
}

// wordsAsTyped are words that would be read as words again.
func wordsAsTyped(s string) string {
	n, err := Parse(s, Names{})
	if !strings.ContainsAny(s, "()（）") && err == nil && n != nil && n.Op == Is && n.Key == Words && !n.Exact && n.Value == s && n.Start == 0 && n.End == len([]rune(s)) {
		return s
	}
	return inQuotes(s)
}

// Leaves calls f with every condition, and whether it is denied.
func (n *Node) Leaves(f func(n *Node, denied bool)) { n.leaves(false, f) }

func (n *Node) leaves(denied bool, f func(*Node, bool)) {
	if n == nil {
		return
	}
	if n.Op == Is {
		f(n, denied)
		return
	}
	for _, k := range n.Kids {
		k.leaves(denied != (n.Op == Not), f)
	}
}
