package ingest

import (
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
	shortLine  = 60  // code points: a line with a date that is not alone on it
	labelLine  = 160 // a longer line is prose
	titleChars = 80
	mostValues = 3 // of one field
)

// A zoneLine is a trimmed line and where it starts, in code points of the text.
type zoneLine struct {
	text  string
	start int
	chars int
}

func (z zoneLine) labels() ([]labelled, bool) {
	if z.chars > labelLine {
		return nil, false
	}
	return findLabels(z.text)
}

func (z zoneLine) dates() []dateHit {
	if z.chars > labelLine {
		return nil
	}
	return findDates(z.text)
}

// isDate says whether a line is a date and nothing beside it but brackets and the day of the week.
func (z zoneLine) isDate(d dateHit) bool {
	if z.chars-(d.end-d.start) > 10 {
		return false
	}
	rs := []rune(z.text)
	rest := strings.TrimFunc(string(rs[:d.start])+string(rs[d.end:]), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("()（）[]【】.,。星期周一二三四五六日天", r)
	})
	return rest == ""
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
	if titled < 0 {
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
	tail := lastLines(rest, restAt+utf8.RuneCountInString(rest), zoneLines)
	p.ending(tail)
	return p.out
}

// firstLines gives the first n lines of text that are not empty, and what follows them; at is where text begins.
func firstLines(text string, at, n int) (lines []zoneLine, rest string, restAt int) {
	for text != "" && len(lines) < n {
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
	for text != "" && len(lines) < n {
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
	return zoneLine{left, at, utf8.RuneCountInString(left)}
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

// titleOfHeadings proposes the <title> or the h1 of a page where it stands in the text as a line, whole or without the
// name of the site behind it. It gives the code point of that line, or -1.
func (p *proposer) titleOfHeadings(text string, heads headings) int {
	type try struct {
		words, rule string
		conf        float64
	}
	tries := []try{{heads.h1, "title.h1", 0.9}, {heads.title, "title.html", 0.9}}
	if i := strings.LastIndexAny(heads.title, "-_|—–－"); i > 0 {
		tries = append(tries, try{strings.TrimSpace(heads.title[:i]), "title.html", 0.85})
	}
	if i := strings.IndexAny(heads.title, "-_|—–－"); i > 0 {
		tries = append(tries, try{strings.TrimSpace(heads.title[:i]), "title.html", 0.8})
	}
	if heads.h1 != "" && heads.title != "" && !strings.Contains(heads.title, heads.h1) {
		tries[0].conf = 0.7 // the h1 of many sites is the name of the site
		tries[0], tries[1] = tries[1], tries[0]
	}
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
		if found, ok := l.labels(); ok {
			for _, f := range found {
				if f.kind == titleLabel && f.value != "" && f.end-f.start <= titleChars {
					p.add("dcterms:title", f.value, "", "title.label", l.start+f.start, f.end-f.start, 0.9)
					return l.start
				}
			}
			continue
		}
		dates := l.dates()
		if isFurniture(l.text) || len(dates) == 1 && l.isDate(dates[0]) || isAddress(l.text) {
			continue
		}
		if !titleLike(l, dates) {
			return -1
		}
		conf := 0.6
		for _, next := range head[i+1 : min(len(head), i+4)] {
			d := next.dates()
			if _, ok := next.labels(); ok || len(d) == 1 && next.isDate(d[0]) {
				conf = 0.9
			}
		}
		p.add("dcterms:title", l.text, "", "title.first-line", l.start, l.chars, conf)
		return l.start
	}
	return -1
}

// titleLike: short, with letters, no end of a sentence, no greeting, and no date at its end as letters have it.
func titleLike(l zoneLine, dates []dateHit) bool {
	if l.chars > titleChars || strings.ContainsRune(l.text, '\uFFFD') {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.text)
	if strings.ContainsRune("。！？；，、：….!?;,:", last) {
		return false
	}
	for _, d := range dates {
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
	found, labelled := l.labels()
	for _, f := range found {
		p.label(l, f)
	}
	dates := l.dates()
	switch {
	case len(dates) == 0 || len(dates) > 2:
	case len(dates) == 1 && l.isDate(dates[0]):
		p.date(l, dates[0], "date.line", 0.8)
	case near && (labelled || l.chars <= shortLine && dates[0].form != "catalogue") && dates[0].whole():
		for _, f := range found {
			if f.kind == otherLabel && f.start <= dates[0].start && dates[0].end <= f.end {
				return // a date of repeal, of an update by someone
			}
		}
		p.date(l, dates[0], "date.near-top", 0.6)
	}
}

// ending proposes a date that stands alone near the end, and labels, for fields of which the beginning says nothing.
func (p *proposer) ending(tail []zoneLine) {
	noDate, noCreator, noSource := p.count["dcterms:date"] == 0, p.count["dcterms:creator"] == 0, p.count["dcterms:source"] == 0
	for _, l := range tail {
		found, _ := l.labels()
		for _, f := range found {
			if (f.kind == creatorLabel || f.kind == originLabel) && noCreator || f.kind == dateLabel && noDate || f.kind == addressLabel && noSource {
				p.label(l, f)
			}
		}
		if noDate && len(found) == 0 {
			if d := l.dates(); len(d) == 1 && l.isDate(d[0]) {
				p.date(l, d[0], "date.end", 0.7)
			}
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
			p.date(zoneLine{f.value, at, chars}, d[0], "date.label", 0.9)
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
