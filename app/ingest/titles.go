package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Titles: what the format calls one, where it stands in the text; else the first line that is like one.

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
		if chars := utf8.RuneCountInString(t.words); chars >= 2 && chars <= 2*titleChars && !isMojibake(t.words) {
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

// A titlePlace is where the title stands: its first code point, -1 for none, and the lines of the beginning that it takes.
type titlePlace struct{ start, from, to int }

var noTitle = titlePlace{-1, -1, -1}

// titleOfLines proposes the value of a label, else the first line that is neither label nor furniture nor a date nor
// what stands above the titles of official documents, if it is like a title.
func (p *proposer) titleOfLines(head []zoneLine) titlePlace {
	for i, l := range head {
		for _, f := range l.labels {
			if f.kind == titleLabel && f.value != "" && f.end-f.start <= titleChars {
				p.add("dcterms:title", f.value, "", "title.label", l.start+f.start, f.end-f.start, 0.9)
				return titlePlace{l.start, i, i}
			}
		}
		if isProse(l) {
			break
		}
	}
	for i, l := range head { // below the name of a site, or its menu
		if isProse(l) || addressed(l) && i > 0 && about(head[i-1].text) {
			break
		}
		if joined, _ := joinTitle(head, i); len(l.labels) == 0 && titleLike(l) && about(joined) && genreOf(joined) != "" && !besideTitle(l, head[i+1:]) {
			return p.titleFrom(head, i)
		}
	}
	for i, l := range head {
		if len(l.labels) > 0 || isFurniture(l.text) || l.isDate() || isAddress(l.text) || besideTitle(l, head[i+1:]) {
			continue
		}
		if !titleLike(l) {
			return noTitle
		}
		return p.titleFrom(head, i)
	}
	return noTitle
}

// titleFrom proposes the title that begins with line i.
func (p *proposer) titleFrom(head []zoneLine, i int) titlePlace {
	l, last := head[i], i
	words, official := l.text, genreOf(l.text) != ""
	if joined, to := joinTitle(head, i); to > i {
		words, last, official = joined, to, true
	}
	conf, rule := 0.6, "title.first-line"
	for _, next := range head[last+1 : min(len(head), last+4)] {
		if len(next.labels) > 0 || next.isDate() {
			conf = 0.9
		}
	}
	if official && (about(words) || conf < 0.9 && endsWithAny(words, orders) != "") {
		conf, rule = 0.9, "title.official"
	}
	start, chars := l.start, head[last].start+head[last].chars-l.start
	if last == i {
		var n docNumber
		if words, n = titleAlone(words); n.value != "" {
			p.add(numberField, n.value, n.detail, "number.title", l.start+n.start, n.end-n.start, 0.9)
		}
		start, chars = l.start+utf8.RuneCountInString(l.text[:strings.Index(l.text, words)]), utf8.RuneCountInString(words)
	}
	p.add("dcterms:title", words, "", rule, start, chars, conf)
	p.bodyOfTitle(words, start, l.chars, last > i, rule)
	return titlePlace{l.start, i, last}
}

// bodyOfTitle proposes the body that an official title begins with, in the first of its lines: 某局关于…的通知, 某市人民政府令.
func (p *proposer) bodyOfTitle(words string, start, firstLine int, joined bool, rule string) {
	body, by := "", "creator.title"
	if i := max(strings.Index(words, "关于"), strings.Index(words, "關於")); i > 0 && rule == "title.official" {
		body = words[:i]
	} else if genre := endsWithAny(words, orders); genre != "" && !joined {
		body, by = strings.TrimSuffix(words, genre), "creator.mark"
	}
	if n := utf8.RuneCountInString(body); n > 0 && n <= firstLine && isBody(zoneLine{text: body, chars: n}) {
		p.add("dcterms:creator", body, "", by, start, n, 0.8)
	}
}

// joinTitle puts the lines of a title together: some body / 关于印发 / …办法的通知. It is one only if it ends as the titles of
// official documents do.
func joinTitle(head []zoneLine, i int) (words string, last int) {
	words = head[i].text
	if !about(words) && !isBody(head[i]) || genreOf(words) != "" {
		return words, i
	}
	for j := i + 1; j < len(head) && j <= i+3; j++ {
		n := head[j]
		if len(n.labels) > 0 || n.isDate() || !titleLike(n) || isFurniture(n.text) || besideTitle(n, nil) {
			break
		}
		words += n.text
		if utf8.RuneCountInString(words) > 2*titleChars || !about(words) {
			break
		}
		if genreOf(words) != "" {
			return words, j
		}
	}
	return head[i].text, i
}

// titleAlone takes the number off a title, before it or in brackets behind it, and the marks of a title: 某发〔2016〕2号《…的通知》.
func titleAlone(s string) (string, docNumber) {
	var n docNumber
	if short := withoutNote(s); short != s {
		inside := strings.TrimRight(strings.TrimLeft(s[len(short):], "(（"), ")）")
		if got, ok := readNumber(inside); ok && !got.only {
			at := utf8.RuneCountInString(s[:strings.LastIndex(s, inside)])
			got.start, got.end = got.start+at, got.end+at
			s, n = strings.TrimRightFunc(short, unicode.IsSpace), got
		}
	}
	if i := strings.Index(s, "《"); i > 0 && strings.HasSuffix(s, "》") {
		if got, ok := readNumber(strings.TrimSpace(s[:i])); ok && !got.only && n.value == "" {
			s, n = s[i:], got
		}
	}
	if rest, ok := strings.CutPrefix(s, "《"); ok && strings.HasSuffix(rest, "》") && strings.Count(rest, "《") == strings.Count(rest, "》")-1 && strings.Index(rest, "》") > strings.Index(rest, "《") {
		s = strings.TrimSuffix(rest, "》")
	}
	return s, n
}

// genreOf is what a title ends with, its note and its marks left out.
func genreOf(s string) string {
	return endsWithAny(strings.TrimSuffix(withoutNote(s), "》"), genres)
}

func about(s string) bool { return strings.Contains(s, "关于") || strings.Contains(s, "關於") }

// withoutNote takes （试行） from the end of a title.
func withoutNote(s string) string {
	if strings.HasSuffix(s, "）") || strings.HasSuffix(s, ")") {
		if i := strings.LastIndexAny(s, "（("); i > 0 {
			return s[:i]
		}
	}
	return s
}

// titleLike: short, with letters, no end of a sentence, no greeting, and no date at its end as letters have it.
func titleLike(l zoneLine) bool {
	if l.chars > titleChars || strings.ContainsRune(l.text, '\uFFFD') || strings.HasPrefix(l.text, "<") && strings.HasSuffix(l.text, ">") {
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
