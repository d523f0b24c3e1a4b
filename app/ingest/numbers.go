package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fonds/app/codes"
)

// Numbers of documents (文号): 国办发〔2017〕47号, in older or careless writing X财发(1992)字第36号, of orders 第13号, of the
// Republic 渝字第一二三號. One that is cited in a sentence is another document's: only a line that is nothing but the number,
// and the value of a label, are this one's.

const numberField = "dcterms:identifier"

var lineNumber = regexp.MustCompile(`^[（(]?\s*(.*?[号號0-9０-９])\s*[）)]?(?:[\s\x{3000}]+(?:签发人|簽發人)[\s\x{3000}]*[：:].*)?$`)

// A docNumber is a number in a line, in code points of it.
type docNumber struct {
	value      string
	start, end int
	detail     string // what is not as GB/T 9704 has it, and how it would be
	only       bool   // 第13号: the number of an order, which its title completes
}

// ownNumber reads a line that is the number of a document.
func ownNumber(l zoneLine) (docNumber, bool) {
	if l.chars < 3 || l.chars > 60 || !strings.ContainsAny(l.text, "号號〔[(（［【〖﹝") {
		return docNumber{}, false
	}
	m := lineNumber.FindStringSubmatchIndex(l.text)
	if m == nil {
		return docNumber{}, false
	}
	n, ok := readNumber(l.text[m[2]:m[3]])
	at := utf8.RuneCountInString(l.text[:m[2]])
	n.start, n.end = n.start+at, n.end+at
	return n, ok
}

// readNumber reads words that are the number of a document, and nothing beside it.
func readNumber(s string) (docNumber, bool) {
	n, ok := codes.ParseNumber(s)
	if !ok {
		return docNumber{}, false
	}
	out := docNumber{value: n.Text, start: n.Cut, end: n.Cut + utf8.RuneCountInString(n.Text), only: n.Only}
	if n.Form != "" { // "（2015） → 〔2015〕", and the whole behind ⇒
		var faults []string
		for _, f := range n.Faults {
			faults = append(faults, f.Was+" → "+f.Is)
		}
		out.detail = strings.Join(faults, " · ") + " ⇒ " + n.Form
	}
	return out, true
}

// numberOfLines proposes the number above the body of a text: lines are those before it. title is the line of the title,
// -1 for none; the number of an order is read together with it.
func (p *proposer) numberOfLines(lines []zoneLine, title int) {
	for i, l := range lines {
		n, ok := ownNumber(l)
		switch {
		case !ok:
		case !n.only:
			p.add(numberField, n.value, n.detail, "number.line", l.start+n.start, n.end-n.start, 0.9)
			return
		case i > 0 && i-1 == title && strings.HasSuffix(lines[i-1].text, "令"):
			start, end := lines[i-1].start, l.start+n.end
			p.add(numberField, lines[i-1].text+n.value, "", "number.line", start, end-start, 0.8)
			return
		case title >= 0 && i <= title+1:
			p.add(numberField, n.value, "", "number.line", l.start+n.start, n.end-n.start, 0.7)
			return
		}
	}
}

// numberOfLabel proposes the value of a label: 发文字号.
func (p *proposer) numberOfLabel(l zoneLine, f labelled) {
	if n, ok := readNumber(strings.TrimRightFunc(f.value, unicode.IsSpace)); ok {
		p.add(numberField, n.value, n.detail, "number.label", l.start+f.start+n.start, n.end-n.start, 0.9)
	}
}
