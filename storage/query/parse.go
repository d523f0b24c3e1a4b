package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Limits of a query, so that none holds the archive up.
const (
	mostRunes = 2000
	mostDepth = 20
	mostNodes = 100
)

// Names are words of a language or a template for keys and values; its functions may
// be nil.
type Names struct {
	// Key is what a key by another name means, and of a field its id.
	Key func(word string) (key Key, name string, ok bool)
	// Value is what a value of a key by another name means.
	Value func(key Key, word string) (string, bool)
}

// Parse reads a query; nil is one that asks for nothing, and has every document. An
// error is an *Error.
func Parse(s string, names Names) (*Node, error) {
	p := &parser{src: []rune(s), names: names}
	if n := len(p.src); n > mostRunes {
		return nil, p.fail("too-long", 0, n, "most", strconv.Itoa(mostRunes), "n", strconv.Itoa(n))
	}
	p.space()
	if p.at == len(p.src) {
		return nil, nil
	}
	n, err := p.all(0)
	if err != nil {
		return nil, err
	}
	if p.at < len(p.src) {
		return nil, p.fail("closed", p.at, p.at+1)
	}
	if n == nil {
		return nil, p.fail("nothing", 0, len(p.src))
	}
	return n, nil
}

type parser struct {
	src   []rune
	at    int
	nodes int
	names Names
}

func (p *parser) fail(code string, start, end int, args ...string) error {
	m := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i]] = args[i+1]
	}
	return &Error{Code: code, Start: min(start, len(p.src)), End: min(end, len(p.src)), Args: m}
}

func fill(text string, args map[string]string) string {
	for k, v := range args {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	return text
}

func (p *parser) space() {
	for p.at < len(p.src) && unicode.IsSpace(p.src[p.at]) {
		p.at++
	}
}

func opens(r rune) bool  { return r == '(' || r == '（' }
func closes(r rune) bool { return r == ')' || r == '）' }

// all reads conditions that all have to hold, to the end or a closing bracket.
func (p *parser) all(depth int) (*Node, error) {
	if depth > mostDepth {
		return nil, p.fail("too-deep", p.at, p.at+1, "most", strconv.Itoa(mostDepth))
	}
	start := p.at
	var kids []*Node
	for {
		p.space()
		if p.at == len(p.src) || closes(p.src[p.at]) {
			break
		}
		n, err := p.any(depth)
		if err != nil {
			return nil, err
		}
		if n != nil {
			kids = append(kids, n)
		}
	}
	return joined(And, kids, start, p.at), nil
}

// any reads conditions of which one has to hold: those that OR stands between.
func (p *parser) any(depth int) (*Node, error) {
	start := p.at
	var kids []*Node
	for {
		n, err := p.one(depth)
		if err != nil {
			return nil, err
		}
		if n != nil {
			kids = append(kids, n)
		}
		end := p.at
		p.space()
		or := p.at
		if !p.operator("OR") && !p.take('|') {
			p.at = end
			return joined(Or, kids, start, end), nil
		}
		p.space()
		if p.at == len(p.src) || closes(p.src[p.at]) {
			return nil, p.fail("dangling", or, p.at, "word", "OR")
		}
	}
}

func joined(op Op, kids []*Node, start, end int) *Node {
	switch len(kids) {
	case 0:
		return nil
	case 1:
		return kids[0]
	}
	return &Node{Op: op, Kids: kids, Start: start, End: end}
}

func (p *parser) take(r rune) bool {
	if p.at < len(p.src) && p.src[p.at] == r {
		p.at++
		return true
	}
	return false
}

// operator takes a word that is an operator: in capitals, and alone.
func (p *parser) operator(word string) bool {
	end := p.at + len(word)
	if end > len(p.src) || string(p.src[p.at:end]) != word {
		return false
	}
	if end < len(p.src) && !unicode.IsSpace(p.src[end]) && !opens(p.src[end]) && !closes(p.src[end]) {
		return false
	}
	p.at = end
	return true
}

// one reads a condition, perhaps in brackets or denied; nil where it says nothing.
func (p *parser) one(depth int) (*Node, error) {
	if p.nodes++; p.nodes > mostNodes {
		return nil, p.fail("too-many", p.at, len(p.src), "most", strconv.Itoa(mostNodes))
	}
	start := p.at
	switch {
	case p.operator("OR"), p.take('|'):
		return nil, p.fail("before", start, p.at)
	case p.operator("AND"):
		return nil, nil
	case p.operator("NOT"), p.minus():
		p.space()
		if p.at == len(p.src) || closes(p.src[p.at]) {
			return nil, p.fail("dangling", start, p.at, "word", strings.TrimSpace(string(p.src[start:p.at])))
		}
		if depth > mostDepth {
			return nil, p.fail("too-deep", p.at, p.at+1, "most", strconv.Itoa(mostDepth))
		}
		n, err := p.one(depth + 1)
		if n == nil || err != nil {
			return nil, err
		}
		return &Node{Op: Not, Kids: []*Node{n}, Start: start, End: p.at}, nil
	case opens(p.src[p.at]):
		p.at++
		n, err := p.all(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.at == len(p.src) {
			return nil, p.fail("opened", start, start+1)
		}
		p.at++
		if n == nil {
			return nil, p.fail("empty", start, p.at)
		}
		return n, nil
	}
	return p.leaf()
}

// minus takes a hyphen before something that is denied.
func (p *parser) minus() bool {
	if p.at+1 < len(p.src) && p.src[p.at] == '-' && !unicode.IsSpace(p.src[p.at+1]) && !closes(p.src[p.at+1]) {
		p.at++
		return true
	}
	return false
}

// leaf reads words, or a key with its value.
func (p *parser) leaf() (*Node, error) {
	start := p.at
	exact := p.src[p.at] == '=' && p.at+1 < len(p.src) && !unicode.IsSpace(p.src[p.at+1]) && !closes(p.src[p.at+1])
	if exact {
		p.at++
	} else if key, name, ok, err := p.key(); ok || err != nil {
		if err != nil {
			return nil, err
		}
		return p.condition(start, key, name)
	}
	words, _ := p.value()
	if !slices.ContainsFunc([]rune(words), func(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsControl(r) }) {
		return nil, nil
	}
	return &Node{Value: words, Exact: exact, Start: start, End: p.at}, nil
}

var quotes = map[rune]rune{'"': '"', '“': '”', '”': '”', '„': '”', '＂': '＂'}

// value reads one in quotation marks, to the end where they are not closed, or up to
// the next space or closing bracket.
func (p *parser) value() (s string, quoted bool) {
	if p.at == len(p.src) {
		return "", false
	}
	if end, ok := quotes[p.src[p.at]]; ok {
		p.at++
		start := p.at
		for p.at < len(p.src) && p.src[p.at] != end {
			p.at++
		}
		s = string(p.src[start:p.at])
		p.at = min(len(p.src), p.at+1)
		return s, true
	}
	start := p.at
	for depth := 0; p.at < len(p.src) && !unicode.IsSpace(p.src[p.at]); p.at++ {
		switch r := p.src[p.at]; {
		case opens(r):
			depth++ // 国发(2015)3号
		case closes(r):
			if depth--; depth < 0 {
				return string(p.src[start:p.at]), false
			}
		}
	}
	return string(p.src[start:p.at]), false
}

// key reads a key and its colon; what stands there is words where it is none. A word
// in Latin letters with a colon is a mistake: nobody means to look for titel:x.
func (p *parser) key() (key Key, name string, ok bool, err error) {
	end := p.at
	for end < len(p.src) && p.src[end] != ':' && p.src[end] != '：' {
		r := p.src[end]
		if unicode.IsSpace(r) || opens(r) || closes(r) || quotes[r] != 0 {
			return "", "", false, nil
		}
		end++
	}
	if end == len(p.src) || end == p.at {
		return "", "", false, nil
	}
	word := string(p.src[p.at:end])
	key, known := Key(strings.ToLower(word)), false
	if known = slices.Contains(Keys(), key); !known && p.names.Key != nil {
		key, name, known = p.names.Key(word)
	}
	if !known {
		if latin(word) && !(end+1 < len(p.src) && p.src[end+1] == '/') {
			return "", "", false, p.fail("key", p.at, end, "key", word, "known", p.known())
		}
		return "", "", false, nil
	}
	p.at = end + 1
	return key, name, true, nil
}

func (p *parser) known() string {
	var names []string
	for _, k := range Keys() {
		names = append(names, string(k)+":")
	}
	return strings.Join(names, " ")
}

func latin(s string) bool {
	return len(s) > 1 && !strings.ContainsFunc(s, func(r rune) bool { return (r|0x20 < 'a' || r|0x20 > 'z') })
}
