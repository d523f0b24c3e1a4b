package zones

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateWords may stand in a line that is nothing but a date and a time.
var dateWords = setOf("年 月 日 号 時 时 分 秒 点 點 上午 下午 晚上 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日" +
	" january february march april may june july august september october november december" +
	" jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday" +
	" mon tue wed thu fri sat sun am pm a m p st nd rd th t z gmt utc cst of at")

// longestDate is how long such a line is at most, in code points.
const longestDate = 40

// hanDigits are those of 二〇一五年十一月二十二日.
const hanDigits = "〇○零一二三四五六七八九十廿卅元"

// isDate says whether a line is nothing but a date, with or without a time. It has a year, or a month and a day in
// Chinese.
func isDate(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsDigit(first) && !unicode.IsLetter(first) && !strings.ContainsRune("(（[【", first) {
		return false
	}
	year, groups := false, 0
	month := strings.Contains(s, "月") && (strings.Contains(s, "日") || strings.Contains(s, "号") || strings.Contains(s, "年"))
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			n := spanOf(s, func(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' })
			number := fold(s[:n])
			if len(number) > 4 && len(number) != 8 || len(number) == 3 {
				return false
			}
			year = year || len(number) >= 4 && (number[0] == '1' || number[0] == '2')
			groups++
			s = s[n:]
		case strings.ContainsRune(hanDigits, r):
			s = s[spanOf(s, func(r rune) bool { return strings.ContainsRune(hanDigits, r) }):]
			groups++
		case unicode.IsLetter(r):
			n := spanOf(s, unicode.IsLetter)
			if r > 0x7f {
				n = min(n, hanWord(s[:n]))
			}
			if n == 0 || !dateWords[fold(s[:n])] {
				return false
			}
			s = s[n:]
		case strings.ContainsRune("-./:,()[] 　（）：，【】—–+", r):
			s = s[size:]
		default:
			return false
		}
	}
	return groups >= 2 && (year || month)
}

func spanOf(s string, in func(rune) bool) int {
	if n := strings.IndexFunc(s, func(r rune) bool { return !in(r) }); n >= 0 {
		return n
	}
	return len(s)
}

// hanWord gives how many bytes the longest word of dates has that s begins with, 0 for none.
func hanWord(s string) int {
	for n := min(len(s), 9); n >= 3; n -= 3 {
		if dateWords[s[:n]] {
			return n
		}
	}
	return 0
}
