package dates

import (
	"slices"
	"strings"
)

// inside is what is written behind the year.
type inside struct {
	month       int // 1-12, 0 for none
	leap        bool
	named       string // 正, 臘, 一: months that have had two meanings
	day         int    // 1-31; lastDay, newYearsEve
	ten         int    // 1-3 for 上旬, 中旬, 下旬
	part        int    // 21-24 for a season, 33-36 and 40-41 for others
	lunar       bool   // words that are said of lunar days only
	perhaps     bool   // words that are said of both
	hasTwenty   bool   // 廿, 卅
	explicit    bool   // 农历
	solar       bool   // 公历
	fullMoon    bool
	endsInYear  bool // 大年三十
	monthNumber numeral
}

const lastDay = 99

// calendarWord reads which calendar it is.
func (in *inside) calendarWord(c *scan) {
	if c.take("农历", "阴历", "旧历", "夏历") != "" {
		in.explicit, in.lunar = true, true
	} else if c.take("公历", "阳历", "西历", "新历") != "" {
		in.solar = true
	}
}

// read reads a part of the year, or a month and a day.
func (in *inside) read(c *scan) bool {
	switch word := c.take("大年三十", "除夕", "春", "夏", "秋", "冬季", "冬天", "上半年", "下半年", "第"); word {
	case "大年三十", "除夕":
		in.month, in.day, in.endsInYear, in.lunar = 12, lastDay, true, true
		c.take("日")
		return true
	case "春", "夏", "秋", "冬季", "冬天":
		in.part = 21 + slices.Index([]string{"春", "夏", "秋"}, word)
		if in.part == 20 {
			in.part = 24
		}
		c.take("季", "天")
		return true
	case "上半年":
		in.part = 40
		return true
	case "下半年":
		in.part = 41
		return true
	case "第":
		n, _, ok := c.numeral()
		in.part = 32 + n.n
		return ok && n.n >= 1 && n.n <= 4 && c.take("季度") != ""
	}
	if *c == "冬" {
		*c, in.part = "", 24
		return true
	}
	if rest := *c; true { // 一季度
		if n, _, ok := rest.numeral(); ok && rest.take("季度") != "" && n.n >= 1 && n.n <= 4 {
			*c, in.part = rest, 32+n.n
			return true
		}
	}
	rest := *c
	in.leap = rest.take("闰", "后") != ""
	word := rest.take("正", "冬", "腊", "元")
	n, text, ok := rest.numeral()
	switch {
	case word != "" && ok:
		return false
	case rest.take("月份", "月") == "":
		if in.leap || word != "" {
			return false
		}
	case word != "":
		in.month = map[string]int{"正": 1, "冬": 11, "腊": 12, "元": 1}[word]
		in.named, in.lunar = word, in.lunar || word != "元"
		*c = rest
	case !ok || n.n < 1 || n.n > 12:
		if !ok || n.n > 99 {
			return false
		}
		in.month = n.n // which is said to be none
		if n.n == 0 {
			in.month = -1
		}
		*c = rest
	default:
		in.month, in.monthNumber, in.named = n.n, n, text
		*c = rest
	}
	in.lunar = in.lunar || in.leap
	return in.readDay(c)
}

func (in *inside) readDay(c *scan) bool {
	if *c == "" {
		return true
	}
	switch word := c.take("上旬", "中旬", "下旬", "朔", "望", "晦", "初"); word {
	case "上旬", "中旬", "下旬":
		in.ten = 1 + slices.Index([]string{"上旬", "中旬", "下旬"}, word)
		return true
	case "朔":
		in.day, in.lunar = 1, true
	case "望":
		in.day, in.lunar, in.fullMoon = 15, true, true
	case "晦":
		in.day, in.lunar = lastDay, true
	case "初":
		n, _, ok := c.numeral()
		if !ok || n.n < 1 || n.n > 10 || n.arabic {
			return false
		}
		in.day, in.lunar = n.n, true
	default:
		n, text, ok := c.numeral()
		if !ok || n.figures > 2 || !n.arabic && n.figures == 2 || n.n > 99 {
			return false
		}
		in.day = n.n
		if n.n == 0 {
			in.day = -1
		}
		in.hasTwenty = strings.ContainsAny(text, "廿卅")
		in.perhaps = in.hasTwenty || !n.arabic && *c == ""
	}
	c.take("日", "号")
	return true
}
