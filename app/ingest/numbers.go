package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Numbers of documents (文号): 国办发〔2017〕47号, in older or careless writing X财发(1992)字第36号, of orders 第13号, of the
// Republic 渝字第一二三號. One that is cited in a sentence is another document's: only a line that is nothing but the number,
// and the value of a label, are this one's.

const numberField = "dcterms:identifier"

var (
	// 1 code, 2 bracket, 3 year, 4 bracket, 5 字, 6 第, 7 number, 8 号
	yearNumber = regexp.MustCompile(`^([\p{Han}A-Za-z]{1,14}?)\s*([〔\[(（［【〖﹝{「])\s*([0-9０-９]{4}|[0-9０-９]{2})\s*([〕\])）］】〗﹞}」])\s*(字?)\s*(第?)\s*([0-9０-９]{1,5})\s*([号號]?)$`)
	wordNumber = regexp.MustCompile(`^[\p{Han}]{1,8}字第\s*[〇○零一二三四五六七八九十百千0-9０-９]{1,8}\s*[号號]$`)
	onlyNumber = regexp.MustCompile(`^(?:(?:19|20)\d{2}\s*年?\s*)?第\s*[〇○零一二三四五六七八九十百千0-9]{1,6}\s*[号號]$`)
	lineNumber = regexp.MustCompile(`^[（(]?\s*(.*?[号號0-9０-９])\s*[）)]?(?:[\s\x{3000}]+(?:签发人|簽發人)[\s\x{3000}]*[：:].*)?$`)
)

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

// trimmedCode is what may stand before a number and is no part of it.
var trimmedCode = regexp.MustCompile(`^(?:按照|根据|依据|遵照|贯彻|落实|转发|印发|关于|现将|经|见|以|的|和|与|及|至|由)+`)

// readNumber reads words that are the number of a document, and nothing beside it.
func readNumber(s string) (docNumber, bool) {
	cut := len(trimmedCode.FindString(s))
	n := docNumber{value: s[cut:], start: utf8.RuneCountInString(s[:cut])}
	n.end = n.start + utf8.RuneCountInString(n.value)
	switch {
	case onlyNumber.MatchString(n.value):
		n.only = true
		return n, true
	case wordNumber.MatchString(n.value):
		return n, true
	}
	m := yearNumber.FindStringSubmatch(n.value)
	if m == nil || m[8] == "" && (m[1] == "" || utf8.RuneCountInString(m[1]) < 2) {
		return docNumber{}, false
	}
	n.detail = numberFaults(m)
	return n, true
}

// numberFaults tells each fault of a number with what would stand there, and the whole behind ⇒: "（2015） → 〔2015〕".
func numberFaults(m []string) string {
	var faults []string
	fault := func(was, is string) { faults = append(faults, was+" → "+is) }
	year, n := narrow(m[3]), narrow(m[7])
	if m[2] != "〔" || m[4] != "〕" {
		fault(m[2]+" "+m[4], "〔 〕")
	}
	if year != m[3] {
		fault(m[3], year)
	}
	if len(year) == 2 { // which century is a guess, and said to be
		full := "20" + year
		if year >= "50" {
			full = "19" + year
		}
		fault(year, full+"?")
		year = full + "?"
	}
	if m[5]+m[6] != "" {
		fault(m[5]+m[6]+m[7], n)
	} else if n != m[7] {
		fault(m[7], n)
	}
	if short := strings.TrimLeft(n, "0"); short != n && short != "" {
		fault(n, short)
		n = short
	}
	if m[8] != "号" && m[8] != "號" {
		fault(n, n+"号")
		m[8] = "号"
	}
	if len(faults) == 0 {
		return ""
	}
	return strings.Join(faults, " · ") + " ⇒ " + m[1] + "〔" + year + "〕" + n + m[8]
}

// narrow writes full-width figures as others.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if '０' <= r && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)
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
