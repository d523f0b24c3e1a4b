// Package codes reads what Chinese archives call documents by: numbers that an office gives
// what it issues (文号, GB/T 9704), and reference codes that an archive gives what it keeps
// (档号, DA/T 13-2022). It says what is unusual about one, and how it would usually stand;
// nothing is rewritten.
//
// It may use the standard library. It must never know what an archive is, or say a word to
// a person: a fault is a code.
package codes

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fault is what is unusual about a part of a code: what stands there, and what usually would.
type Fault struct {
	Kind    string // one of the Fault… below
	Was, Is string // Is is "" where that cannot be known
}

// What can be wrong with a number.
const (
	FaultBrackets = "brackets" // not 〔 〕
	FaultWidth    = "width"    // full-width letters or figures
	FaultCentury  = "century"  // a year of two figures; which it is, is a guess, marked by ?
	FaultOrdinal  = "ordinal"  // 第 or 字
	FaultZero     = "zero"     // a number that begins with 0
	FaultSuffix   = "suffix"   // no 号
)

// Number is the number of a document: 国办发〔2017〕47号, in older or careless writing
// X财发(1992)字第36号, of orders 第13号, of the Republic 渝字第一二三號.
type Number struct {
	Text   string // without words before it that are no part of it
	Cut    int    // how many code points those have
	Only   bool   // 第13号: the number of an order, which its title completes
	Year   string // as written, "" for none
	Faults []Fault
	Form   string // how it would usually stand, "" where nothing is unusual
}

var (
	// 1 code, 2 bracket, 3 year, 4 bracket, 5 字, 6 第, 7 number, 8 号
	yearNumber  = regexp.MustCompile(`^([\p{Han}A-Za-z]{1,14}?)\s*([〔\[(（［【〖﹝{「])\s*([0-9０-９]{4}|[0-9０-９]{2})\s*([〕\])）］】〗﹞}」])\s*(字?)\s*(第?)\s*([0-9０-９]{1,5})\s*([号號]?)$`)
	wordNumber  = regexp.MustCompile(`^[\p{Han}]{1,8}字第\s*[〇○零一二三四五六七八九十百千0-9０-９]{1,8}\s*[号號]$`)
	onlyNumber  = regexp.MustCompile(`^(?:(?:19|20)\d{2}\s*年?\s*)?第\s*[〇○零一二三四五六七八九十百千0-9]{1,6}\s*[号號]$`)
	orderNumber = regexp.MustCompile(`^(?:[\p{Han}]{2,30}令\s*第\s*\d{1,5}\s*[号號]|(?:(?:19|20)\d{2}\s*年?\s*)?第\s*[〇○零一二三四五六七八九十百千0-9]{1,6}\s*[号號](?:令|公告))$`)
	// before is what may stand before a number in a sentence.
	before = regexp.MustCompile(`^(?:按照|根据|依据|遵照|贯彻|落实|转发|印发|关于|现将|经|见|以|的|和|与|及|至|由)+`)
)

// ParseNumber reads words that are the number of a document, and nothing beside it; false
// where they are none.
func ParseNumber(s string) (Number, bool) {
	edge := before.FindString(s)
	n := Number{Text: s[len(edge):], Cut: utf8.RuneCountInString(edge)}
	switch {
	case onlyNumber.MatchString(n.Text):
		n.Only = true
	case wordNumber.MatchString(n.Text), orderNumber.MatchString(n.Text):
	default:
		m := yearNumber.FindStringSubmatch(n.Text)
		if m == nil || m[8] == "" && utf8.RuneCountInString(m[1]) < 2 {
			return Number{}, false
		}
		n.Year = narrow(m[3])
		n.check(m)
	}
	return n, true
}

// numbered is what ends like a number, of offices and times that have other ways of it:
// 公告2015年第3号, （49）政财字第3号, 总参〔1958〕作字第7号, （2015）京01民终123号.
var numbered = regexp.MustCompile(`[0-9０-９〇○零一二三四五六七八九十百千]\s*[号號](?:文件|令|公告|[)）])?$`)

// Numbered says whether words could be the number of a document in another form than those
// that ParseNumber reads.
func Numbered(s string) bool { return numbered.MatchString(strings.TrimSpace(s)) }

// check finds the faults of a number by its parts, as yearNumber has them.
func (n *Number) check(m []string) {
	fault := func(kind, was, is string) { n.Faults = append(n.Faults, Fault{kind, was, is}) }
	year, number, suffix := narrow(m[3]), narrow(m[7]), m[8]
	if m[2] != "〔" || m[4] != "〕" {
		fault(FaultBrackets, m[2]+" "+m[4], "〔 〕")
	}
	if strings.ContainsFunc(n.Text, unicode.IsSpace) {
		fault(FaultBlank, n.Text, strings.Join(strings.Fields(n.Text), ""))
	}
	if year != m[3] {
		fault(FaultWidth, m[3], year)
	}
	if len(year) == 2 {
		full := "20" + year
		if year >= "30" { // those before 1930 have the years of the Republic
			full = "19" + year
		}
		fault(FaultCentury, year, full+"?")
		year = full + "?"
	}
	if m[5]+m[6] != "" {
		fault(FaultOrdinal, m[5]+m[6]+m[7], number)
	} else if number != m[7] {
		fault(FaultWidth, m[7], number)
	}
	if short := strings.TrimLeft(number, "0"); short != number && short != "" {
		fault(FaultZero, number, short)
		number = short
	}
	if suffix == "" {
		fault(FaultSuffix, number, number+"号")
		suffix = "号"
	}
	if len(n.Faults) > 0 {
		n.Form = m[1] + "〔" + year + "〕" + number + suffix
	}
}

// narrow writes full-width letters and figures as others.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if '０' <= r && r <= '９' || 'Ａ' <= r && r <= 'Ｚ' || 'ａ' <= r && r <= 'ｚ' {
			return r - '０' + '0'
		}
		return r
	}, s)
}
