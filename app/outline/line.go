package outline

import (
	"strings"
	"unicode"
)

// What kinds of headings there are, the widest first. A heading lies below those
// of a lower rank before it.
const (
	markdown = 1 // to 6: by the number of #
	part     = 10
	chapter  = 20
	section  = 30
	article  = 40
	alone    = 45 // a short line between blank ones
	han      = 50 // 一、
	hanIn    = 60 // （一）
	num      = 70 // 1.
	numIn    = 80 // (1)
	point    = 90 // 一是, within a paragraph
)

// found is what a line is taken for.
type found struct {
	rank  int
	value int  // its number, 0 for none
	loose bool // it counts only in its turn: it may be nothing but the beginning of a sentence
}

// units are what 第…章 and its like are called.
var units = map[rune]int{'编': part, '篇': part, '卷': part, '章': chapter, '节': section, '節': section, '条': article, '條': article}

// latinUnits are the words that begin such a line in English.
var latinUnits = []struct {
	word string
	rank int
}{{"part", part}, {"book", part}, {"chapter", chapter}, {"section", section}, {"article", article}, {"art.", article}, {"§", article}}

// parse says what a line, without blanks at its ends, is by how it begins; rank 0
// is no heading.
func parse(line []rune) found {
	if len(line) < 2 {
		return found{}
	}
	switch c := line[0]; {
	case c == '#':
		return parseMarkdown(line)
	case c == '第':
		return parseUnit(line)
	case c == '（' || c == '(':
		return parseInBrackets(line)
	case c >= '①' && c <= '⑳':
		return found{numIn, int(c-'①') + 1, false}
	case digits[c] > 0 || c == '十':
		if v, n := chinese(line); n < len(line) && (line[n] == '、' || line[n] == '．' || line[n] == '.') && v < 100 && !startsNumber(line[n+1:]) {
			return found{han, v, false}
		}
	case c >= '0' && c <= '9' || c >= '０' && c <= '９':
		return parseArabic(line)
	case unicode.Is(unicode.Latin, c) || c == '§':
		return parseLatin(line)
	}
	return found{}
}

func parseMarkdown(line []rune) found {
	n := 0
	for n < len(line) && line[n] == '#' {
		n++
	}
	if n > 6 || n >= len(line) || line[n] != ' ' || strings.TrimSpace(strings.Trim(string(line), "#")) == "" {
		return found{}
	}
	return found{markdown + n - 1, 0, false}
}

// parseUnit reads 第三章. Where words follow at once it may be a sentence about the
// third chapter: then it counts in its turn only.
func parseUnit(line []rune) found {
	v, n := number(line[1:])
	if n == 0 || 1+n >= len(line) {
		return found{}
	}
	at := 1 + n
	rank := units[line[at]]
	if line[at] == '部' && at+1 < len(line) && line[at+1] == '分' {
		rank = part
		at++
	}
	if rank == 0 {
		return found{}
	}
	rest := line[at+1:]
	return found{rank, v, len(rest) > 0 && !unicode.IsSpace(rest[0]) && rest[0] != '：' && rest[0] != ':'}
}

func parseInBrackets(line []rune) found {
	closes := func(n int) bool { return 1+n < len(line) && (line[1+n] == '）' || line[1+n] == ')') }
	if v, n := chinese(line[1:]); n > 0 && closes(n) && v < 100 {
		return found{hanIn, v, false}
	}
	if v, n := arabic(line[1:]); n > 0 && closes(n) && v < 100 {
		return found{numIn, v, false}
	}
	return found{}
}

// parseArabic reads 1. and 1、 and 1), but neither 1.5 nor a date.
func parseArabic(line []rune) found {
	v, n := arabic(line)
	if n == 0 || n >= len(line) || v == 0 || v > 199 {
		return found{}
	}
	rest := line[n+1:]
	switch line[n] {
	case '.', '．', '、':
		if len(rest) == 0 || startsNumber(rest) {
			return found{}
		}
		return found{num, v, true}
	case ')', '）':
		return found{numIn, v, true}
	}
	return found{}
}

func startsNumber(r []rune) bool {
	if len(r) == 0 {
		return false
	}
	if _, n := number(r); n == 0 || n >= len(r) {
		return r[0] >= '0' && r[0] <= '9'
	} else if r[0] < '0' || r[0] > '9' {
		return r[n] == '、'
	}
	return true
}

// parseLatin reads Chapter IV, Article 3 and I. of lines that are no sentences.
func parseLatin(line []rune) found {
	const most = 100 // characters of a heading
	text := string(line[:min(len(line), 24)])
	for _, u := range latinUnits {
		if len(text) < len(u.word) || !strings.EqualFold(text[:len(u.word)], u.word) {
			continue
		}
		rest := []rune(strings.TrimLeft(string(line[len([]rune(u.word)):]), " \t\u00a0"))
		if len(rest) == len(line)-len([]rune(u.word)) && u.word != "§" {
			continue // Partly
		}
		v, n := arabic(rest)
		if n == 0 {
			v, n = roman([]rune(strings.ToUpper(string(rest[:min(len(rest), longest)]))))
		}
		if n == 0 || n < len(rest) && (unicode.IsLetter(rest[n]) || unicode.IsDigit(rest[n])) {
			continue
		}
		after := rest[n:]
		sentence := len(after) > 1 && after[0] == ' ' && unicode.IsLower(after[1])
		if sentence || len(line) > most && (len(after) == 0 || after[0] == ' ') {
			return found{}
		}
		return found{u.rank, v, false}
	}
	if v, n := roman(line); n > 0 && n+1 < len(line) && line[n] == '.' && line[n+1] == ' ' && len(line) <= most {
		return found{han, v, true}
	}
	return found{}
}
