package ingest

import (
	"strings"
	"unicode/utf8"
)

// Most lines have no date. One look at a line says which forms it cannot have, before any is searched for: that took a
// tenth of an import.

// features are what forms of dates cannot do without.
type features uint8

const (
	hasRepublic features = 1 << iota // 民国 before a figure
	hasYear                          // 年 behind a figure of ASCII
	hasFigures                       // 年 behind four Chinese ones
	hasMonth                         // 月
	hasParts                         // figures in three parts with . / or - between them
	hasEight                         // eight figures in a row
	hasName                          // the first letters of a month's name
)

// featuresOf looks at a line.
func featuresOf(line string) (has features) {
	row, parts := 0, 0 // figures before i, and how many parts of them
	for i := 0; i < len(line); {
		c := line[i]
		if isDigit(c) {
			if row++; row == 8 {
				has |= hasEight
			}
			i++
			continue
		}
		size := 1
		if row > 0 && (c == '.' || c == '/' || c == '-') {
			if parts++; parts == 2 {
				has |= hasParts
			}
		} else {
			parts = 0
		}
		switch {
		case isLatin(c):
			if (i == 0 || !isLatin(line[i-1])) && i+3 <= len(line) && beginsMonth(line[i:i+3]) {
				has |= hasName
			}
		case 0xE7 <= c && c <= 0xE9: // 7000 to 9FFF
			size = 3
		case c >= utf8.RuneSelf:
			var r rune
			r, size = utf8.DecodeRuneInString(line[i:])
			switch r {
			case '年':
				has |= yearBefore(line[:i])
			case '月':
				has |= hasMonth
			case 'ſ': // which is an s to who asks for either case
				has |= hasName
			case '民':
				has |= republicAfter(line[i+size:])
			}
		}
		row = 0
		i += size
	}
	return has
}

func isLatin(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// beginsMonth says whether three characters of ASCII, or parts of others, begin the name of a month.
func beginsMonth(s string) bool {
	switch string([]byte{s[0] | 0x20, s[1] | 0x20, s[2] | 0x20}) {
	case "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec":
		return true
	}
	return false
}

// republicAfter says whether a year of the Republic may be written behind 民.
func republicAfter(s string) features {
	if !strings.HasPrefix(s, "国") && !strings.HasPrefix(s, "國") {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[han:], "\t\n\f\r "))
	if r < utf8.RuneSelf && isDigit(byte(r)) || strings.ContainsRune("元〇○零一二三四五六七八九十廿卅", r) {
		return hasRepublic
	}
	return 0
}

// yearBefore says in which figures a year may be written that stands before 年.
func yearBefore(s string) features {
	var has features
	if t := strings.TrimRight(s, "\t\n\f\r "); t != "" && isDigit(t[len(t)-1]) {
		has = hasYear
	}
	for range 4 {
		r, n := utf8.DecodeLastRuneInString(s)
		if s == "" || !strings.ContainsRune("〇○零ＯOo0一二三四五六七八九", r) {
			return has
		}
		s = s[:len(s)-n]
	}
	return has | hasFigures
}
