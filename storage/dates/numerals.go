package dates

import "strings"

// numerals are the characters that numbers are written with, folded: 壹 is read as 一, ○ as 〇.
const numerals = "0123456789〇零一二三四五六七八九十百千廿卅卌"

// formal are other forms of numerals and what they are folded to.
var formal = strings.NewReplacer("○", "〇", "◯", "〇", "壹", "一", "贰", "二", "貳", "二", "弍", "二", "叁", "三", "參", "三", "叄", "三",
	"肆", "四", "伍", "五", "陆", "六", "陸", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十", "佰", "百", "仟", "千", "两", "二",
	"兩", "二", "卄", "廿", "念", "廿")

// numeral is a number as it was written.
type numeral struct {
	n       int
	figures int  // how many characters, where each stands for one figure; 0 where 十, 百 or 千 say what they count
	arabic  bool // 12, not 十二
}

// readNumeral reads a whole word as a number: 1949, 一九四九, 三十八, 廿三, 二千零四.
func readNumeral(s string) (numeral, bool) {
	r := []rune(s)
	if len(r) == 0 || len(r) > 8 {
		return numeral{}, false
	}
	if !strings.ContainsAny(s, "十百千廿卅卌") {
		out := numeral{figures: len(r), arabic: r[0] <= '9'}
		for _, c := range r {
			d := digit(c)
			if d < 0 || (c <= '9') != out.arabic {
				return numeral{}, false
			}
			out.n = out.n*10 + d
		}
		return out, true
	}
	total, pending, zero, unit := 0, -1, false, 10_000
	for i, c := range r {
		switch c {
		case '廿', '卅', '卌':
			if pending >= 0 || unit <= 10 {
				return numeral{}, false
			}
			total += map[rune]int{'廿': 20, '卅': 30, '卌': 40}[c]
			unit = 10
		case '十', '百', '千':
			u := map[rune]int{'十': 10, '百': 100, '千': 1000}[c]
			if pending < 0 && c == '十' && (i == 0 || zero || unit > 10 && i > 0) {
				pending = 1
			}
			if pending <= 0 || u >= unit {
				return numeral{}, false
			}
			total, pending, unit, zero = total+pending*u, -1, u, false
		case '〇', '零':
			if i == 0 || pending >= 0 || zero {
				return numeral{}, false
			}
			zero = true
		default:
			if c <= '9' || pending >= 0 || digit(c) < 0 {
				return numeral{}, false
			}
			pending = digit(c)
		}
	}
	if pending > 0 && unit > 10 && !zero { // 二千四 is 2400, or a slip
		return numeral{}, false
	}
	return numeral{n: total + max(pending, 0)}, true
}

// digit is the value of a figure, -1 for what is none.
func digit(c rune) int {
	switch c {
	case '〇', '零':
		return 0
	}
	if c >= '0' && c <= '9' {
		return int(c - '0')
	}
	for i, f := range []rune("一二三四五六七八九") {
		if c == f {
			return i + 1
		}
	}
	return -1
}
