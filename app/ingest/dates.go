package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Dates that stand whole in a line: 2015年11月22日, 二〇一五年十一月二十二日, 2015-11-22, 22.11.2015, 20151122, 12 March 1921,
// March 12, 1921, 民国三十四年八月十五日. Lunar days (初三, 廿四) leave the year of the Republic; reigns and dates without a year are
// not read here: they need more than the line.

// A dateHit is a date in a line.
type dateHit struct {
	start, end int      // code points of the line, the time of day included
	values     []string // EDTF; two where the day and the month could change places
	clock      string   // the time of day beside it, as 13:35
	form       string
}

// whole says that the date is the day, not only the month.
func (d dateHit) whole() bool { return len(d.values[0]) == len("2015-11-22") }

const clockPattern = `(?:[ T\x{3000}\t]{0,3}(\d{1,2}[:：]\d{2}(?:[:：]\d{2})?))?`

type dateForm struct {
	name    string
	re      *regexp.Regexp
	order   string   // which group is which: y m d
	needs   features // a line without all of these cannot match
	figures bool     // Chinese figures
}

const months = `(?i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)`

var dateForms = []dateForm{
	{"republic", regexp.MustCompile(`(?:中[华華])?民[国國]\s*(元|[〇○零一二三四五六七八九十廿卅]{1,4}|\d{1,3})\s*年(?:\s*([正元一二三四五六七八九十]{1,2}|\d{1,2})\s*月(?:\s*([初廿卅一二三四五六七八九十]{1,4}|\d{1,2})(\s*日)?)?)?`), "ymd", hasRepublic, false},
	{"official", regexp.MustCompile(`((?:18|19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]` + clockPattern), "ymd", hasYear | hasMonth, false},
	{"figures", regexp.MustCompile(`([〇○零ＯOo0一二三四五六七八九]{4})年(\d{1,2}|[十一二三四五六七八九元]{1,2})月(\d{1,2}|[十一二三四五六七八九]{1,3})日` + clockPattern), "ymd", hasFigures | hasMonth, true},
	{"web", regexp.MustCompile(`\b((?:18|19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})\b` + clockPattern), "ymd", hasParts, false},
	{"day-first", regexp.MustCompile(`\b(\d{1,2})[./](\d{1,2})[./]((?:18|19|20)\d{2})\b` + clockPattern), "dmy", hasParts, false},
	{"letter", regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (` + months + `),? ((?:1[5-9]|20)\d{2})\b` + clockPattern), "dmy", hasName, false},
	{"letter", regexp.MustCompile(`\b(` + months + `) (\d{1,2})(?:st|nd|rd|th)?,? ((?:1[5-9]|20)\d{2})\b` + clockPattern), "mdy", hasName, false},
	{"catalogue", regexp.MustCompile(`\b((?:18|19|20)\d{2})(\d{2})(\d{2})\b` + clockPattern), "ymd", hasEight, false},
	{"month", regexp.MustCompile(`((?:18|19|20)\d{2})\s*年\s*(\d{1,2})\s*月`), "ym", hasYear | hasMonth, false},
	{"month", regexp.MustCompile(`([〇○零Ｏ一二三四五六七八九]{4})年([十一二三四五六七八九元]{1,2})月`), "ym", hasFigures | hasMonth, true},
	{"month", regexp.MustCompile(`\b(` + months + `),? ((?:1[5-9]|20)\d{2})\b`), "my", hasName, false},
}

// findDates gives the dates of a line in order, the longest where readings overlap.
func findDates(line string) []dateHit {
	has := featuresOf(line)
	if has == 0 {
		return nil
	}
	var hits []dateHit
	var taken [][2]int // in bytes
forms:
	for _, f := range dateForms {
		if has&f.needs != f.needs {
			continue
		}
	matches:
		for _, m := range f.re.FindAllStringSubmatchIndex(line, -1) {
			for _, t := range taken {
				if m[0] < t[1] && t[0] < m[1] {
					continue matches
				}
			}
			if touchesFigure(line, m[0], m[1]) {
				continue
			}
			values := f.read(line, m)
			if values == nil {
				continue
			}
			taken = append(taken, [2]int{m[0], m[1]})
			hit := dateHit{values: values, form: f.name, start: utf8.RuneCountInString(line[:m[0]])}
			hit.end = hit.start + utf8.RuneCountInString(line[m[0]:m[1]])
			if g := 2 * (len(f.order) + 1); f.name != "republic" && len(m) > g && m[g] >= 0 {
				hit.clock = strings.ReplaceAll(line[m[g]:m[g+1]], "：", ":")
			}
			hits = append(hits, hit)
			if len(hits) == 8 {
				break forms
			}
		}
	}
	return hits
}

// touchesFigure says that what was found is a part of a longer number: a version, an amount, a call number.
func touchesFigure(line string, start, end int) bool {
	if start > 0 {
		if c := line[start-1]; isDigit(c) || strings.IndexByte("./-", c) >= 0 && start > 1 && isDigit(line[start-2]) {
			return true
		}
		for _, r := range []string{"第", "〔", "№"} {
			if strings.HasSuffix(line[:start], r) {
				return true
			}
		}
	}
	if end < len(line) {
		c := line[end]
		if isDigit(c) || strings.IndexByte("./-", c) >= 0 && end+1 < len(line) && isDigit(line[end+1]) {
			return true
		}
	}
	return false
}

// read gives the values of a match, nil where it is no day of the calendar.
func (f dateForm) read(line string, m []int) []string {
	if f.name == "republic" {
		return republican(line, m)
	}
	var y, mon, d int
	for i := range len(f.order) {
		s := line[m[2*i+2]:m[2*i+3]]
		n := number(s, f.figures)
		switch f.order[i] {
		case 'y':
			y = n
			if f.figures {
				y = figureYear(s)
			}
		case 'm':
			mon = n
			if f.needs == hasName {
				mon = monthNamed(s)
			}
		case 'd':
			d = n
		}
	}
	if f.figures && (y < 1800 || y > 2099) {
		return nil
	}
	if strings.IndexByte(f.order, 'd') < 0 {
		if mon < 1 || mon > 12 {
			return nil
		}
		return []string{fmt.Sprintf("%04d-%02d", y, mon)}
	}
	var out []string
	if isDay(y, mon, d) {
		out = append(out, fmt.Sprintf("%04d-%02d-%02d", y, mon, d))
	}
	if f.name == "day-first" && d != mon && isDay(y, d, mon) {
		out = append(out, fmt.Sprintf("%04d-%02d-%02d", y, d, mon)) // 03.04.1921 is also the 4th of March
	}
	return out
}

// republican reads a date of the Republic of China, whose first year is 1912 and whose calendar has been the Gregorian from
// the start. A day that is written as those of the moon are (初三, 廿四, or without 日) leaves the year.
func republican(line string, m []int) []string {
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return line[m[2*i]:m[2*i+1]]
	}
	read := func(s string) int {
		if s != "" && isDigit(s[0]) {
			return number(s, false)
		}
		s = strings.ReplaceAll(strings.ReplaceAll(s, "廿", "二十"), "卅", "三十")
		if n := number(s, true); n > 0 {
			return n
		}
		return figureYear(s) // 民国二三年
	}
	y, mon, d := read(part(1)), part(2), part(3)
	if y < 1 || y > 150 {
		return nil
	}
	y += 1911
	month, day := read(mon), 0
	if d != "" {
		day = read(d)
	}
	switch lunar := strings.ContainsAny(d, "初廿卅") || d != "" && part(4) == "" || mon == "正"; {
	case mon == "" || lunar:
		return []string{fmt.Sprintf("%04d", y)}
	case d == "" && month >= 1 && month <= 12:
		return []string{fmt.Sprintf("%04d-%02d", y, month)}
	case d != "" && isDay(y, month, day):
		return []string{fmt.Sprintf("%04d-%02d-%02d", y, month, day)}
	}
	return nil
}

func isDay(y, m, d int) bool {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return m >= 1 && m <= 12 && d >= 1 && t.Day() == d && int(t.Month()) == m
}

func monthNamed(s string) int {
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	return strings.Index(names, strings.ToLower(s[:3]))/3 + 1
}

// number reads 12 or, in Chinese figures up to 99, 十二; 元 is 1. 0 is: not a number.
func number(s string, figures bool) int {
	if !figures || s != "" && isDigit(s[0]) {
		n, _ := strconv.Atoi(s)
		return n
	}
	if s == "元" {
		return 1
	}
	n, seen := 0, false // seen: 十 was
	for _, r := range s {
		d := figure(r)
		switch {
		case r == '十' && !seen:
			n, seen = max(n, 1)*10, true
		case d > 0 && n%10 == 0:
			n += d
		default:
			return 0
		}
	}
	return n
}

func figureYear(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + figure(r)
	}
	return n
}

// figure is the value of a Chinese figure; the zeros are 〇, ○, 零 and a full-width O.
func figure(r rune) int {
	for i, f := range []rune("〇一二三四五六七八九") {
		if r == f {
			return i
		}
	}
	return 0
}
