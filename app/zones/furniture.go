package zones

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Furniture gives the lines of a text that belong to the page which it was copied from, in order, none twice. It may run
// on any goroutine.
func Furniture(text string) []Zone {
	p := read(text)
	p.furnish()
	return p.furniture()
}

// furniture gives what has been found.
func (p *page) furniture() (out []Zone) {
	for i := range p.lines {
		if l := &p.lines[i]; l.is(furnished) {
			out = append(out, Zone{l.start, l.end, kinds[l.kind], rules[l.rule]})
		}
	}
	return out
}

// Near an end of the text is within so many lines of it, sure furniture not counted.
const (
	headLines  = 8
	tailLines  = 8
	mostStrays = 6 // lines of one code point in a row
)

// furnish marks the furniture of the page: first what is so by itself, then what its neighbours make so.
func (p *page) furnish() {
	for i := range p.lines {
		l := p.at(i)
		if l.is(running) && l.n > longestLabelled {
			continue
		}
		if l.label(); l.kind == noKind {
			l.button()
		}
		if l.kind == noKind {
			l.frame()
		}
		if l.kind == noKind && l.n <= longestDate && isDate(l.text) {
			l.set(dateOnly)
		}
	}
	p.countBodies()
	head, tail := p.ends()
	for from := 0; from < len(p.lines); {
		to := from
		for to < len(p.lines) && p.maybe(to) {
			to++
		}
		p.group(from, to, head, tail)
		from = max(to, from+1)
	}
	p.repeats(head, tail)
	p.strays(tail)
}

// maybe says whether a line is one that its neighbours may make furniture.
func (p *page) maybe(i int) bool {
	l := p.at(i)
	return l.doubt > nothing || l.is(dateOnly)
}

// ends gives the first line that is not near the beginning any more, and the first that is near the end.
func (p *page) ends() (head, tail int) {
	count := 0
	for ; head < len(p.lines) && count < headLines; head++ {
		if p.at(head).doubt < sure {
			count++
		}
	}
	tail, count = len(p.lines), 0
	for ; tail > 0 && count < tailLines; tail-- {
		if p.at(tail-1).doubt < sure {
			count++
		}
	}
	return head, tail
}

// group decides on a row of lines that may be furniture, [from, to).
func (p *page) group(from, to, head, tail int) {
	if to > from && p.at(from).is(dateOnly) && p.signed(from) {
		from++ // a date below a signature is the document's own
	}
	best, labels, ends, foot := nothing, 0, false, false
	for i := from; i < to; i++ {
		l := p.at(i)
		if l.doubt == placed && l.kind == labelKind {
			ends = ends || i < head || i >= tail
		}
		if l.is(dateOnly) {
			labels++
		}
		labels += int(l.labels)
		foot = foot || l.is(footer)
		best = max(best, l.doubt)
	}
	if best < sure && (best < placed || !ends && labels < 2) {
		return
	}
	for i := from; i < to; i++ {
		if p.at(i).rule == frameNear && !foot {
			continue // an address may be the document's
		}
		p.accept(i, from, to, i < head || i >= tail)
	}
}

// accept makes a line of a group furniture. A date is so only where there is a label in its group.
func (p *page) accept(i, from, to int, end bool) {
	l := p.at(i)
	switch {
	case l.is(dateOnly):
		near := func(j int) bool { return j >= from && j < to && p.at(j).kind == labelKind }
		if !near(i-1) && !near(i+1) {
			return
		}
		l.kind, l.rule = labelKind, labelDate
	case l.kind == labelKind && l.doubt == placed && end:
		l.rule = labelEnd
	case l.kind == labelKind && l.doubt < sure:
		l.rule = labelNear
	}
	l.set(furnished)
}

// signers end the names of those who sign.
var signers = []string{"厅", "局", "部", "委员会", "办公室", "政府", "公司", "学院", "大学", "协会", "学会", "中心", "党委", "党组", "法院", "检察院", "馆", "处", "科", "所", "社", "院", "組", "组", "廳", "處", "學會", "協會"}

// signed says whether the line before is the name of somebody who signs: a short name below running text.
func (p *page) signed(i int) bool {
	l := p.at(i - 1)
	if l == nil || i < 2 || l.bodies == 0 || l.n > 20 || l.doubt > nothing || l.is(sentence|running|dateOnly) {
		return false
	}
	for _, s := range signers {
		if strings.HasSuffix(l.text, s) {
			return !strings.Contains(l.text, "关于") && !strings.Contains(l.text, "召开")
		}
	}
	return l.n <= 4 && l.n > 1 && strings.IndexFunc(l.text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}

// Lines that repeat what stands near the beginning are at most so long, in code points.
const longestRepeat = 40

// repeats marks what says again what stands near the beginning: furniture anywhere, any other short line only near the
// end and next to furniture.
func (p *page) repeats(head, tail int) {
	first := map[string]int{}
	for i := 0; i < head; i++ {
		if l := p.at(i); l.n <= longestRepeat && l.n > 1 {
			if key := fold(l.text); key != "" {
				if _, twice := first[key]; !twice {
					first[key] = i
				}
			}
		}
	}
	for i := 1; i < len(p.lines); i++ {
		l := p.at(i)
		if !l.is(furnished) || l.n > longestRepeat {
			continue
		}
		j, ok := first[fold(l.text)]
		if ok && j < i && p.lines[j].is(furnished) && p.lines[j].bodies < l.bodies {
			l.kind, l.rule, l.same = repeatKind, repeatKnown, int32(j)
		}
	}
	for i := tail; i < len(p.lines); i++ {
		p.repeatAtEnd(i, first)
	}
	for i := len(p.lines) - 1; i >= tail; i-- {
		p.repeatAtEnd(i, first)
	}
}

// repeatAtEnd marks a short line near the end that stands near the beginning too.
func (p *page) repeatAtEnd(i int, first map[string]int) {
	l := p.at(i)
	if l.is(furnished|sentence|running|dateOnly) || l.n > longestRepeat || l.n < 2 || isNumbered(l.text) {
		return
	}
	j, ok := first[fold(l.text)]
	if !ok || j >= i || p.lines[j].bodies == l.bodies || p.lines[j].is(furnished) {
		return
	}
	if !p.furnishedAt(i-1) && !p.furnishedAt(i+1) {
		return
	}
	if next := p.at(i + 1); next != nil && next.is(dateOnly) {
		return // who signs, and when
	}
	l.kind, l.rule, l.same = repeatKind, repeatEnds, int32(j)
	l.set(furnished)
	if p.otherTitle(j, first) && (p.furnishedAt(j-1) || p.furnishedAt(j+1)) {
		h := p.at(j)
		h.kind, h.rule = repeatKind, repeatEnds
		h.set(furnished)
	}
}

// otherTitle says whether the head has a line that is more of a title than line j: longer, and still the document's.
func (p *page) otherTitle(j int, first map[string]int) bool {
	for _, i := range first {
		if l := p.at(i); i != j && l.n > p.lines[j].n && l.bodies == 0 && !l.is(furnished|running|sentence) {
			return true
		}
	}
	return false
}

func (p *page) furnishedAt(i int) bool {
	l := p.at(i)
	return l != nil && l.is(furnished)
}

// strays marks rows of lines of one code point: between furniture, or behind what closes a page.
func (p *page) strays(tail int) {
	for i := 1; i < len(p.lines); i++ {
		if !p.single(i) || !p.furnishedAt(i-1) {
			continue
		}
		to := i
		for to < len(p.lines) && to-i <= mostStrays && p.single(to) {
			to++
		}
		if to-i <= mostStrays && (p.furnishedAt(to) || p.closes(i-1) || i >= tail && p.at(i).bodies > 0 && to == len(p.lines)) {
			for j := i; j < to; j++ {
				l := p.at(j)
				l.kind, l.rule = strayKind, strayBetween
				l.set(furnished)
			}
		}
		i = to
	}
}

func (p *page) single(i int) bool {
	l := p.at(i)
	return l != nil && l.n == 1 && !l.is(furnished)
}

// closes says whether a line of furniture closes a page: it repeats the head, or is a footer or a button below running
// text.
func (p *page) closes(i int) bool {
	l := p.at(i)
	return l.bodies > 0 && (l.kind == repeatKind || l.kind == buttonKind || l.is(footer))
}

// isNumbered says whether a line begins as headings do that have a number: 一、 （一） 1. 第三章 表1 Chapter 4.
func isNumbered(s string) bool {
	s = strings.TrimLeft(s, "#*（(《 ")
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("第表图", r) {
		rest := strings.TrimLeft(s[size:], " ")
		after := strings.TrimLeft(rest, hanDigits+"0123456789 ")
		next, _ := utf8.DecodeRuneInString(after)
		return len(after) < len(rest) && (r != '第' || strings.ContainsRune("章节節条條编篇卷部讲项款回", next))
	}
	for _, word := range numberedWords {
		if rest, ok := cutFold(s, word); ok {
			rest = strings.TrimLeft(rest, " .")
			return rest != "" && strings.ContainsRune("0123456789IVXABC", rune(rest[0]))
		}
	}
	n := 0
	for s != "" && n < 8 {
		r, size = utf8.DecodeRuneInString(s)
		if !unicode.IsDigit(r) && !strings.ContainsRune(hanDigits, r) && !(r == '.' && n > 0) {
			break
		}
		s, n = s[size:], n+1
		if r == '.' && (s == "" || s[0] == ' ') {
			return true
		}
	}
	return n > 0 && (s == "" || strings.ContainsRune("、.．)）:：", r) || r == ' ')
}

var numberedWords = []string{"chapter ", "section ", "article ", "part ", "table ", "figure ", "fig", "appendix ", "annex ", "item "}
