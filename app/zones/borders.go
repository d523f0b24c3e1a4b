package zones

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines that may be a title are so long, in code points.
const (
	shortestTitle = 4
	longestTitle  = 60
	longestLatin  = 110
)

// isTitle says whether line i may be the title of a document: neither furniture nor a sentence, without a number before
// it, not the row of a table.
func (p *page) isTitle(i int) bool {
	l := p.at(i)
	if l == nil || l.n < shortestTitle || l.n > longestLatin || l.is(furnished|sentence|running|dateOnly|damagedLine) || l.doubt > nothing {
		return false
	}
	letters, han := 0, false
	for _, r := range l.text {
		if unicode.IsLetter(r) {
			letters++
		}
		han = han || unicode.Is(unicode.Han, r)
	}
	last, _ := utf8.DecodeLastRuneInString(l.text)
	switch {
	case letters < shortestTitle, han && l.n > longestTitle:
		return false
	case strings.ContainsAny(l.text, "\t|。"), strings.ContainsRune("：:，,、-—_", last), l.text[0] == '>':
		return false
	}
	return !isNumbered(l.text) && !isAttachment(l.text) && strings.Count(l.text, "  ") < 2
}

// attachments begin the line above, or of, what belongs to the document before it.
var attachments = []string{"附件", "附：", "附:", "附录", "附錄", "附表", "附图", "attachment", "appendix", "annex", "enclosure", "encl", "exhibit", "schedule "}

func isAttachment(s string) bool {
	s = strings.TrimLeft(s, "【[（(")
	for _, a := range attachments {
		if len(s) >= len(a) && strings.EqualFold(s[:len(a)], a) {
			return true
		}
	}
	return false
}

// titles finds a title with dates and labels below it, after running text.
func (p *page) titles() (out []border) {
	first := false // the text itself begins so
	for i := 0; i < headLines && !first && i < len(p.lines) && p.at(i).bodies == 0; i++ {
		first = p.isTitle(i) && p.labelsBelow(i) >= 2
	}
	for i := 1; i < len(p.lines); i++ {
		if p.at(i).bodies == 0 || !p.isTitle(i) || p.labelsBelow(i) < 2 {
			continue
		}
		b := border{line: i, kind: "page", rule: "title.labels", confidence: 0.45} // a bulletin has such items
		if first {
			b.confidence = 0.9
		} else if p.furnishedAt(i-1) || p.at(i).is(feedBefore) {
			b.confidence = 0.7
		}
		if up := p.above(i); up < i {
			b.line, b.others = up, []int{i}
		}
		out = append(out, b)
		i += 2
	}
	return out
}

// labelsBelow is how many labels and dates stand below line i, with at most one line between that may be a second title.
// Where none of them is a label there are none.
func (p *page) labelsBelow(i int) int {
	from := i + 1
	if p.isTitle(from) {
		from++
	}
	n, labels := 0, 0
	for j := from; j < from+5; j++ {
		l := p.at(j)
		if l == nil || !l.is(furnished) || l.kind != labelKind && l.kind != repeatKind || l.is(neighbours) {
			break
		}
		n += max(int(l.labels), 1)
		labels += int(l.labels)
	}
	if labels == 0 {
		return 0
	}
	return n
}

// above goes up from a title over the breadcrumb or menu of its page.
func (p *page) above(i int) int {
	for up := i - 1; up > 0 && up >= i-6; up-- {
		if l := p.at(up); !l.is(furnished) || !l.is(header) {
			return up + 1
		}
	}
	return i
}

var documentNumber = regexp.MustCompile(`^[\p{Han}A-Z]{1,16}[〔\[（(﹝［【][12]\d{3}[〕\])）﹞］】]\s*第?\d{1,5}号?(?:\s+签发人[:：].*)?$`)

// isNumber says whether a line is nothing but the number of an official document: 国办发〔2015〕3号.
func (p *page) isNumber(i int) bool {
	l := p.at(i)
	return l != nil && l.n >= 8 && l.n <= 40 && strings.ContainsAny(l.text, "0123456789") && documentNumber.MatchString(strings.Trim(l.text, "（） "))
}

// genres end the titles of official documents.
var genres = []string{"通知", "决定", "公告", "通告", "意见", "通报", "报告", "请示", "批复", "议案", "函", "纪要", "决议", "公报", "命令", "令", "办法", "规定", "细则", "方案", "规划", "要点", "通知书", "的通知（转发）"}

func (p *page) isGenre(i int) bool {
	l := p.at(i)
	if l == nil || l.n > longestTitle || l.is(sentence|running) {
		return false
	}
	return slices.ContainsFunc(genres, func(g string) bool { return strings.HasSuffix(strings.TrimRight(l.text, "》"), g) })
}

// masthead says whether a line is what the first page of an official document has above its number: 某某市人民政府文件.
func (p *page) masthead(i int) bool {
	l := p.at(i)
	return l != nil && l.n >= 4 && l.n <= 30 && strings.HasSuffix(l.text, "文件") && !l.is(sentence|running) &&
		strings.IndexFunc(l.text, func(r rune) bool { return !unicode.Is(unicode.Han, r) && r != ' ' && r != '\u3000' }) < 0
}

// numbers finds the numbers of official documents that stand on a line of their own, with a masthead above or a title
// above or below, after the end of another document.
func (p *page) numbers() (out []border) {
	first, after := false, 0 // after: the line behind the last border
	for i := 0; i < len(p.lines); i++ {
		if !p.isNumber(i) {
			continue
		}
		top, head := i, false
		for up := i - 1; up >= i-2 && up >= 0; up-- {
			if p.masthead(up) {
				top, head = up, true
			}
		}
		if !head && p.isGenre(i-1) {
			top = i - 1
			if l := p.at(top - 1); l != nil && p.isTitle(top-1) && strings.HasPrefix(p.lines[top].text, "关于") && !p.signs(top-1) {
				top--
			}
		}
		if p.at(top).bodies == 0 {
			first = true
			continue
		}
		titled := p.isGenre(i-1) || p.isGenre(i+1) || p.isGenre(i+2)
		if !head && !titled || !head && !p.ended(top) {
			continue
		}
		b := border{line: top, kind: "document", rule: "number.line", confidence: 0.6}
		if head {
			b.rule, b.confidence = "number.masthead", 0.75
		}
		if first {
			b.confidence += 0.2
		}
		for ; after <= i; after++ {
			if p.forwards(after) {
				b.confidence = 0.3
			}
		}
		if top != i {
			b.others = []int{i}
		}
		out = append(out, b)
	}
	return out
}

// forwards says whether line i says that another document is sent along with this one.
func (p *page) forwards(i int) bool {
	l := p.at(i)
	if !l.is(running) || l.n > 250 {
		return false
	}
	for _, words := range []string{"发给你们", "现转发", "随文转发", "转发如下", "随函附", "附后"} {
		if strings.Contains(l.text, words) {
			return true
		}
	}
	return false
}

// signs says whether line i is the name of a signer, with a date below it.
func (p *page) signs(i int) bool {
	l := p.at(i + 1)
	return l != nil && isDate(l.text)
}

// ended says whether a document ends before line i: with a date, furniture, its printing note or who gets copies.
func (p *page) ended(i int) bool {
	l := p.at(i - 1)
	if l == nil {
		return false
	}
	return l.is(furnished|dateOnly) || p.lines[i].is(feedBefore) || l.n <= longestTitle && strings.HasSuffix(l.text, "印发") ||
		l.n < 80 && (strings.HasPrefix(l.text, "抄送") || strings.HasPrefix(l.text, "（此件") || strings.HasPrefix(l.text, "(此件") || strings.HasPrefix(l.text, "特此"))
}

// feeds finds a form feed with the end of a sentence before it and a title after it, which is not the same on every page.
func (p *page) feeds() (out []border) {
	seen := map[string]int{}
	for i := range p.lines {
		if l := p.at(i); l.is(feedBefore) && l.n <= longestLatin {
			seen[fold(l.text)]++
		}
	}
	for i := 1; i < len(p.lines); i++ {
		l, before := p.at(i), p.at(i-1)
		if l.is(feedBefore) && l.bodies > 0 && p.isTitle(i) && before.is(sentence|dateOnly|furnished) && seen[fold(l.text)] == 1 {
			out = append(out, border{line: i, kind: "document", rule: "feed.title", confidence: 0.3})
		}
	}
	return out
}
