package archive

import (
	"encoding/json"
	"strings"
)

// ParseAnchor reads an anchor as encoding/json writes it. Ten thousand of them
// are read where a big document is opened, so what they look like as a rule is
// taken apart by hand, and their words are parts of s; the rest, and all that is
// wrong, is left to encoding/json.
func ParseAnchor(s string) (*Anchor, error) {
	a := &Anchor{}
	p := parser{s, true}
	p.skip(`{"text":`)
	a.Text = p.number()
	p.skip(`,"start":`)
	a.Start = p.border()
	p.skip(`,"end":`)
	a.End = p.border()
	for _, w := range []struct {
		key  string
		into *string
	}{{`,"quote":"`, &a.Quote}, {`,"before":"`, &a.Before}, {`,"after":"`, &a.After}} {
		if strings.HasPrefix(p.s, w.key) {
			p.skip(w.key)
			*w.into = p.words()
		}
	}
	p.skip("}")
	if p.ok && p.s == "" {
		return a, nil
	}
	a = &Anchor{}
	return a, json.Unmarshal([]byte(s), a)
}

// parser is what is left of an anchor, and whether it was as expected so far.
type parser struct {
	s  string
	ok bool
}

func (p *parser) skip(what string) {
	rest, ok := strings.CutPrefix(p.s, what)
	p.s, p.ok = rest, p.ok && ok
}

// number reads one of up to nine digits that does not begin with 0.
func (p *parser) number() int {
	n, i := 0, 0
	for i < len(p.s) && p.s[i] >= '0' && p.s[i] <= '9' {
		n = n*10 + int(p.s[i]-'0')
		if i++; i > 9 {
			break
		}
	}
	p.ok = p.ok && i > 0 && i < 10 && (i == 1 || p.s[0] != '0')
	p.s = p.s[i:]
	return n
}

func (p *parser) border() (b Border) {
	p.skip(`{"at":`)
	b.At = p.number()
	if strings.HasPrefix(p.s, `,"in":"`) {
		p.skip(`,"in":"`)
		b.In = ID(p.words())
	}
	p.skip("}")
	return b
}

// words reads a string behind its first quotation mark. Line ends are its only
// escapes, as a rule.
func (p *parser) words() string {
	end := strings.IndexByte(p.s, '"')
	if end < 0 {
		p.ok = false
		return ""
	}
	w := p.s[:end]
	p.s = p.s[end+1:]
	p.ok = p.ok && plainWords(w)
	if strings.IndexByte(w, '\\') >= 0 {
		if strings.Count(w, `\`) != strings.Count(w, `\n`) {
			p.ok = false
			return ""
		}
		w = strings.ReplaceAll(w, `\n`, "\n")
	}
	return w
}

// plainWords says whether encoding/json would take the words as they are: it
// refuses control characters, and puts U+FFFD where there is no UTF-8.
func plainWords(w string) bool {
	for _, r := range w {
		if r < ' ' || r == '\uFFFD' {
			return false
		}
	}
	return true
}
