package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands plainly in a text is proposed as metadata, with the very words it was read from. Plainly means: in the
// first lines or, where these say nothing, in the last; on a line of its own or behind a label. Nothing is inferred, and
// the same value is proposed once, from its first place.

const (
	nearLines  = 5   // behind the top or the title: where a date in passing counts
	zoneLines  = 12  // lines that are not empty, at either end
	mostLines  = 500 // lines looked at for that many, empty ones included
	shortLine  = 60  // code points: a line with a date that is not alone on it
	labelLine  = 160 // a longer line is prose
	titleChars = 80
	mostValues = 3 // of one field
)

// A zoneLine is a trimmed line and where it starts, in code points of the text.
type zoneLine struct {
	text   string
	start  int
	chars  int
	labels []labelled
	dates  []dateHit
}

// isDate says whether a line is a date and nothing beside it but brackets and the day of the week.
func (z zoneLine) isDate() bool {
	if len(z.dates) != 1 {
		return false
	}
	d := z.dates[0]
	if z.chars-(d.end-d.start) > 10 {
		return false
	}
	rs := []rune(z.text)
	rest := strings.TrimFunc(string(rs[:d.start])+string(rs[d.end:]), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("()（）[]【】.,。星期周一二三四五六日天", r)
	})
	return rest == ""
}

// apart says whether a date is set apart from the words beside it, as in "London, 12 March 1921" or "2015-11-22 09:00
// 某某网", and not a part of their sentence: "your letter of 3 January", 会议于2015年1月3日召开.
func (z zoneLine) apart(d dateHit) bool {
	if d.form == "catalogue" {
		return false
	}
	rs := []rune(z.text)
	between := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || r == '|' || r == '｜' }
	if d.start > 0 && !between(rs[d.start-1]) || d.end < len(rs) && !between(rs[d.end]) {
		return false
	}
	before := strings.Fields(string(rs[:d.start]))
	return len(before) == 0 || !unicode.IsLower([]rune(before[len(before)-1])[0])
}

type proposer struct {
	out   []Proposal
	count map[string]int
}

// add proposes a value unless the field has it, or has enough.
func (p *proposer) add(field, value, detail, rule string, start, chars int, conf float64) {
	if value == "" || p.count[field] >= mostValues {
		return
	}
	for _, o := range p.out {
		if o.Field == field && o.Value == value {
			return
		}
	}
	p.count[field]++
	p.out = append(p.out, Proposal{field, value, detail, start, start + chars, rule, conf})
}

// propose reads the metadata of a text whose format called its headings so.
func propose(text string, heads headings) []Proposal {
	p := proposer{count: map[string]int{}}
	head, rest, restAt := firstLines(text, 0, zoneLines)
	titled := p.titleOfHeadings(text, heads)
	if titled >= 0 && titled >= restAt { // the page begins far down, behind its menus
		at := byteAt(text, titled)
		var more []zoneLine
		more, rest, restAt = firstLines(text[at:], titled, zoneLines)
		head = append(head, more...)
	}
	if titled < 0 && heads == (headings{}) { // the first line of a page with headings is its menu
		titled = p.titleOfLines(head)
	}
	top := 0 // the line that a date in passing must be near to
	for i, l := range head {
		if l.start == titled {
			top = i
			continue
		}
		p.line(l, i-top < nearLines)
	}
	if p.count["dcterms:date"] == 0 || p.count["dcterms:creator"] == 0 || p.count["dcterms:source"] == 0 {
		p.ending(lastLines(rest, restAt+utf8.RuneCountInString(rest), zoneLines))
	}
	return p.out
}

// firstLines gives the first n lines of text that are not empty, and what follows them; at is where text begins.
func firstLines(text string, at, n int) (lines []zoneLine, rest string, restAt int) {
	for range mostLines {
		if text == "" || len(lines) == n {
			break
		}
		line, after, _ := strings.Cut(text, "\n")
		chars := utf8.RuneCountInString(line)
		if l := trimmed(line, at); l.chars > 0 {
			lines = append(lines, l)
		}
		at += chars
		if len(line) < len(text) {
			at++
		}
		text = after
	}
	return lines, text, at
}

// lastLines gives the last n lines that are not empty, in order; end is where text ends.
func lastLines(text string, end, n int) []zoneLine {
	var lines []zoneLine
	for range mostLines {
		if text == "" || len(lines) == n {
			break
		}
		i := strings.LastIndexByte(text, '\n')
		line := text[i+1:]
		end -= utf8.RuneCountInString(line)
		if l := trimmed(line, end); l.chars > 0 {
			lines = append([]zoneLine{l}, lines...)
		}
		if i < 0 {
			break
		}
		text = text[:i]
		end--
	}
	return lines
}

func trimmed(line string, at int) zoneLine {
	space := func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }
	left := strings.TrimLeftFunc(line, space)
	at += utf8.RuneCountInString(line[:len(line)-len(left)])
	left = strings.TrimRightFunc(left, space)
	z := zoneLine{text: left, start: at, chars: utf8.RuneCountInString(left)}
	if z.chars <= labelLine {
		z.labels, z.dates = findLabels(left), findDates(left)
	}
	return z
}

// byteAt is the byte at which code point at begins.
func byteAt(text string, at int) int {
	for i := range text {
		if at == 0 {
			return i
		}
		at--
	}
	return len(text)
}

// titleOfHeadings proposes the <title> of a page, or a part of it without the names of site and section, where it
// stands in the text as a line; else its h1, which on many sites is the name of the site. It gives the code point of that
// line, or -1.
func (p *proposer) titleOfHeadings(text string, heads headings) int {
	type try struct {
		words, rule string
		conf        float64
	}
	tries := []try{{heads.title, "title.html", 0.9}}
	var parts []string
	from := 0
	cuts := titleDivider.FindAllStringIndex(heads.title, 6)
	for _, c := range cuts {
		parts = append(parts, heads.title[from:c[0]])
		from = c[1]
	}
	for i := len(cuts) - 1; i >= 0; i-- {
		tries = append(tries, try{heads.title[:cuts[i][0]], "title.html", 0.85})
	}
	if len(cuts) > 0 {
		parts = append(parts[1:], heads.title[from:])
		slices.SortStableFunc(parts, func(a, b string) int { return len(b) - len(a) })
		for _, part := range parts {
			tries = append(tries, try{part, "title.html", 0.5})
		}
	}
	tries = append(tries, try{heads.h1, "title.h1", 0.6})
	for _, t := range tries {
		if chars := utf8.RuneCountInString(t.words); chars >= 2 && chars <= 2*titleChars {
			if at := lineOf(text, t.words); at >= 0 {
				p.add("dcterms:title", t.words, "", t.rule, at, chars, t.conf)
				return at
			}
		}
	}
	return -1
}

// titleDivider is what sites put between a title and their name.
var titleDivider = regexp.MustCompile(`\s*(?:[|_｜—–－]|::|--)\s*|\s[-:·]\s|-`)

// lineOf finds the first line of text that is words, in code points; -1 where there is none.
func lineOf(text, words string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(words)
		if (i == 0 || text[i-1] == '\n') && (end == len(text) || text[end] == '\n') {
			return utf8.RuneCountInString(text[:i])
		}
		from = end
	}
}

// titleOfLines proposes the first line that is neither label nor furniture nor a date, if it is like a title. It gives
// where that begins, or -1.
func (p *proposer) titleOfLines(head []zoneLine) int {
	for i, l := range head {
		if len(l.labels) > 0 {
			for _, f := range l.labels {
				if f.kind == titleLabel && f.value != "" && f.end-f.start <= titleChars {
					p.add("dcterms:title", f.value, "", "title.label", l.start+f.start, f.end-f.start, 0.9)
					return l.start
				}
			}
			continue
		}
		if isFurniture(l.text) || l.isDate() || isAddress(l.text) {
			continue
		}
		if !titleLike(l) {
			return -1
		}
		conf := 0.6
		for _, next := range head[i+1 : min(len(head), i+4)] {
			if len(next.labels) > 0 || next.isDate() {
				conf = 0.9
			}
		}
		p.add("dcterms:title", l.text, "", "title.first-line", l.start, l.chars, conf)
		return l.start
	}
	return -1
}

// titleLike: short, with letters, no end of a sentence, no greeting, and no date at its end as letters have it.
func titleLike(l zoneLine) bool {
	if l.chars > titleChars || strings.ContainsRune(l.text, '\uFFFD') {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.text)
	if strings.ContainsRune("。！？；，、：….!?;,:", last) {
		return false
	}
	for _, d := range l.dates {
		if d.end == l.chars && d.form == "letter" {
			return false
		}
	}
	for _, greeting := range []string{"Dear ", "My dear ", "Sir", "尊敬的", "敬爱的", "亲爱的"} {
		if strings.HasPrefix(l.text, greeting) {
			return false
		}
	}
	letters := 0
	for _, r := range l.text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2 && letters*2 >= l.chars-strings.Count(l.text, " ")
}

// line proposes what one line of the beginning says; near is whether it is near enough to the top, or to the title, for a
// date in passing.
func (p *proposer) line(l zoneLine, near bool) {
	if isAddress(l.text) {
		p.add("dcterms:source", l.text, "", "source.line", l.start, l.chars, 0.6)
		return
	}
	for _, f := range l.labels {
		p.label(l, f)
	}
	switch {
	case len(l.dates) == 0 || len(l.dates) > 2:
	case l.isDate():
		p.date(l, l.dates[0], "date.line", 0.8)
	case near && (len(l.labels) > 0 || l.chars <= shortLine && l.apart(l.dates[0])) && l.dates[0].whole():
		for _, f := range l.labels {
			if f.kind == otherLabel && f.start <= l.dates[0].start && l.dates[0].end <= f.end {
				return // a date of repeal, of an update by someone
			}
		}
		p.date(l, l.dates[0], "date.near-top", 0.6)
	}
}

// ending proposes a date that stands alone near the end, and labels, for fields of which the beginning says nothing.
func (p *proposer) ending(tail []zoneLine) {
	noDate, noCreator, noSource := p.count["dcterms:date"] == 0, p.count["dcterms:creator"] == 0, p.count["dcterms:source"] == 0
	for _, l := range tail {
		for _, f := range l.labels {
			if (f.kind == creatorLabel || f.kind == originLabel) && noCreator || f.kind == dateLabel && noDate || f.kind == addressLabel && noSource {
				p.label(l, f)
			}
		}
		if noDate && l.isDate() {
			p.date(l, l.dates[0], "date.end", 0.7)
		}
	}
}

// label proposes the value of one label.
func (p *proposer) label(l zoneLine, f labelled) {
	chars := f.end - f.start
	if chars == 0 {
		return
	}
	at := l.start + f.start
	switch f.kind {
	case dateLabel:
		if d := findDates(f.value); len(d) == 1 && d[0].start <= 2 {
			p.date(zoneLine{start: at}, d[0], "date.label", 0.9)
		}
	case addressLabel:
		if isAddress(f.value) {
			p.add("dcterms:source", f.value, "", "source.label", at, chars, 0.9)
		}
	case creatorLabel, originLabel:
		if isAddress(f.value) {
			p.add("dcterms:source", f.value, "", "source.label", at, chars, 0.9)
			return
		}
		if d := findDates(f.value); len(d) > 0 { // 来源：新华网 2015-11-22
			rs := []rune(f.value)
			value := strings.TrimRightFunc(string(rs[:d[0].start]), unicode.IsSpace)
			f.value, chars = value, utf8.RuneCountInString(value)
		}
		conf := 0.85
		if f.kind == originLabel {
			conf = 0.75
		}
		if chars <= shortLine && !strings.ContainsAny(f.value, "。？！") && strings.ContainsFunc(f.value, unicode.IsLetter) {
			p.add("dcterms:creator", f.value, "", "creator.label", at, chars, conf)
		}
	}
}

// date proposes a date; where the day and the month could change places, both readings.
func (p *proposer) date(l zoneLine, d dateHit, rule string, conf float64) {
	if len(d.values) > 1 {
		conf = 0.4
		if p.count["dcterms:date"] > mostValues-len(d.values) {
			return // both or none
		}
	}
	for _, value := range d.values {
		p.add("dcterms:date", value, d.clock, rule, l.start+d.start, d.end-d.start, conf)
	}
}
