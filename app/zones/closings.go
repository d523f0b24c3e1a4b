package zones

import (
	"strings"
	"unicode"
)

// closings finds what follows the furniture that closes a page: another page's text, or what is left of one.
func (p *page) closings() (out []border) {
	end := p.bodiesBefore(len(p.lines))
	again := map[int32]int{} // how often the lines of the head are repeated before running text
	for i := range p.lines {
		if l := p.at(i); l.kind == repeatKind && l.bodies < end {
			again[l.same]++
		}
	}
	for i := 0; i < len(p.lines); i++ {
		from := i
		var seen closing
		for ; i < len(p.lines) && p.at(i).is(furnished); i++ {
			seen.add(p.at(i), i, again)
		}
		if i == from || i >= len(p.lines) || p.lines[from].bodies == 0 || seen.neighbours || seen.repeats == 0 && (seen.footers == 0 || i-from < 2) {
			continue
		}
		if p.lines[i].bodies == end {
			if b, ok := p.tail(i, seen); ok {
				out = append(out, b)
			}
			break // nothing but remains follows
		}
		if b, ok := p.follows(i, seen); ok {
			out = append(out, b)
		}
	}
	return out
}

// A closing is what a row of furniture is made of.
type closing struct {
	repeats, footers int
	strays           int // the first stray at its end, 0 for none
	neighbours       bool
	often            int // how often the most frequent of its repeats stands in the text
}

func (c *closing) add(l *line, i int, again map[int32]int) {
	switch {
	case l.kind == strayKind && c.strays == 0:
		c.strays = i
	case l.kind == strayKind:
	case l.kind == repeatKind && !l.is(header):
		c.repeats++
		c.often = max(c.often, again[l.same])
	}
	if l.kind != strayKind {
		c.strays = 0
	}
	if l.is(footer) {
		c.footers++
	}
	c.neighbours = c.neighbours || l.is(neighbours)
}

// tail says that from line i on there is nothing but what is left of another page: headlines and damaged lines.
func (p *page) tail(i int, seen closing) (border, bool) {
	b := border{line: i, kind: "tail", rule: "closing.tail", confidence: 0.3}
	if seen.repeats > 0 {
		b.confidence = 0.4
	}
	if seen.strays > 0 {
		b.others = append(b.others, seen.strays)
	}
	const most = 24 // lines of a tail that are looked at
	wasDamaged, damaged, headlines := false, false, 0
	for j := i; j < min(len(p.lines), i+most); j++ {
		l := p.at(j)
		if l.is(furnished) {
			continue
		}
		headline := l.is(damagedLine) || p.isTitle(j)
		if headline {
			headlines++
		}
		if j > i && headline && wasDamaged != l.is(damagedLine) {
			b.others = append(b.others, j)
		}
		wasDamaged = l.is(damagedLine)
		damaged = damaged || wasDamaged
	}
	if damaged {
		b.confidence += 0.4
	}
	return b, damaged || headlines > 1 || headlines == 1 && seen.repeats > 0
}

// follows says that a text begins at line i, behind what closes a page: a title, and running text soon after.
func (p *page) follows(i int, seen closing) (b border, ok bool) {
	const soon = 5 // lines
	start := p.lines[i].is(damagedLine) || p.isTitle(i)
	if !start || !p.since(i, min(i+soon, len(p.lines))) {
		return b, false
	}
	b = border{line: i, kind: "page", rule: "closing.text", confidence: 0.4}
	switch {
	case seen.often > 2:
		b.confidence = 0.2 // it stands at the head of every page
	case seen.repeats > 1:
		b.confidence = 0.6
	}
	if seen.strays > 0 {
		b.others = []int{seen.strays}
	}
	return b, true
}

// heads finds what begins as the text itself does: a title that ends alike, and below it the same two words before
// colons. Minutes and interviews begin so.
func (p *page) heads() (out []border) {
	if len(p.lines) < 4 || !p.isTitle(0) {
		return nil
	}
	first, second := p.fieldName(1), p.fieldName(2)
	if first == "" || second == "" || first == second {
		return nil
	}
	ending := lastRunes(p.lines[0].text, 2)
	for i := 3; i < len(p.lines); i++ {
		if p.at(i).bodies > 0 && p.isTitle(i) && lastRunes(p.lines[i].text, 2) == ending && p.fieldName(i+1) == first && p.fieldName(i+2) == second && p.since(3, i) {
			out = append(out, border{line: i, kind: "document", rule: "head.alike", confidence: 0.7})
		}
	}
	return out
}

// fieldName is the word before the colon of a line, "" for none.
func (p *page) fieldName(i int) string {
	l := p.at(i)
	if l == nil || l.n > longestLabelled {
		return ""
	}
	colon := colonIn(l.text)
	if colon <= 0 || colon > 3*longestLabel || strings.ContainsAny(l.text[:colon], "。，,;；") {
		return ""
	}
	return fold(l.text[:colon])
}

func lastRunes(s string, n int) string {
	rs := []rune(s[max(0, len(s)-4*n):])
	return string(rs[max(0, len(rs)-n):])
}

// counts finds the first page of another document where pages are counted: "Page 1 of 2" after "Page 3 of 3".
func (p *page) counts() (out []border) {
	last, total, at, headed := 0, 0, -1, false
	for i := range p.lines {
		l := p.at(i)
		if l.n > longestLatin {
			continue
		}
		no, of := pageCount(l.text)
		if no == 0 {
			continue
		}
		if at < 0 {
			headed = i < 2 // the line stands at the head of its page
		}
		if no == 1 && at >= 0 && last == total {
			b := border{line: i, kind: "document", rule: "page.one", confidence: 0.85}
			if !headed {
				b.line = at + 1
			}
			if b.line < len(p.lines) {
				out = append(out, b)
			}
		}
		last, total, at = no, of, i
	}
	return out
}

// pageCount reads "Page 1 of 3" and 第1页 共3页 at the end of a line; 0 for none.
func pageCount(s string) (no, of int) {
	if strings.IndexByte(s, ' ') < 0 && !strings.Contains(s, "页") {
		return 0, 0 // most lines
	}
	lower := strings.ToLower(s)
	if i := strings.LastIndex(lower, "page "); i >= 0 {
		rest := lower[i+len("page "):]
		no, rest = leadingNumber(rest)
		rest, ok := strings.CutPrefix(strings.TrimSpace(rest), "of ")
		if of, rest = leadingNumber(rest); ok && no > 0 && of >= no && strings.Trim(rest, " -—|.") == "" {
			return no, of
		}
		return 0, 0
	}
	i := strings.LastIndex(s, "第")
	if i < 0 || !strings.Contains(s[i:], "页") || !strings.Contains(s, "共") {
		return 0, 0
	}
	no, rest := leadingNumber(s[i+len("第"):])
	if !strings.HasPrefix(strings.TrimSpace(rest), "页") {
		return 0, 0
	}
	j := strings.LastIndex(s, "共")
	of, rest = leadingNumber(s[j+len("共"):])
	if no == 0 || of < no || !strings.HasPrefix(strings.TrimSpace(rest), "页") {
		return 0, 0
	}
	return no, of
}

// leadingNumber reads a number of at most five digits, blanks before it skipped.
func leadingNumber(s string) (n int, rest string) {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	i := 0
	for i < len(s) && i < 5 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:]
}
