package dates

import (
	"strconv"
	"strings"
)

// English and Chinese are the languages that dates are said in, as app/i18n names them.
const (
	English = "en"
	Chinese = "zh-Hans"
)

// Words says a candidate in a language: as its value is said, in Chinese behind what was written where that was of another
// calendar: 光绪二十四年八月初六（1898年9月21日）.
func (c Candidate) Words(lang string) string {
	w := c.Value.Words(lang)
	if lang == Chinese && c.Written != "" && c.Value.kind != OneOf && c.Value.kind != AllOf {
		return c.Written + "（" + w + "）"
	}
	return w
}

// Words says v in a language, English where it knows no other: October 1949, 1949年10月.
func (v Value) Words(lang string) string {
	say := sayer(inEnglish{})
	if lang == Chinese {
		say = inChinese{}
	}
	switch v.kind {
	case None:
		return ""
	case Date:
		return say.point(v.items[0].from)
	case Interval:
		return say.interval(v.items[0].from, v.items[0].to)
	}
	var parts []string
	for _, it := range v.items {
		switch {
		case !it.span:
			parts = append(parts, say.point(it.from))
		case it.from.edge == open:
			parts = append(parts, say.orEarlier(say.point(it.to)))
		case it.to.edge == open:
			parts = append(parts, say.orLater(say.point(it.from)))
		case v.kind == OneOf && len(v.items) == 1:
			parts = append(parts, say.between(say.point(it.from), say.point(it.to)))
		default:
			parts = append(parts, say.interval(it.from, it.to))
		}
	}
	return say.list(parts, v.kind == AllOf)
}

// sayer says parts of a date in a language.
type sayer interface {
	point(p point) string
	interval(from, to point) string
	orEarlier(s string) string
	orLater(s string) string
	between(a, b string) string
	list(parts []string, all bool) string
}

// allAlike says whether all parts are equally sure.
func (p point) allAlike() bool {
	for i := range p.parts() {
		if p.sure[i] != p.sure[0] {
			return false
		}
	}
	return true
}

// inFigures is a month or a day all of whose digits are known.
func inFigures(s string) (int, bool) {
	if s == "" || strings.Contains(s, "X") {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

type (
	inEnglish struct{}
	inChinese struct{}
)

var monthsEn = strings.Fields("January February March April May June July August September October November December")

var (
	seasonsEn = []string{"spring %s", "summer %s", "autumn %s", "winter %s",
		"spring %s (northern)", "summer %s (northern)", "autumn %s (northern)", "winter %s (northern)",
		"spring %s (southern)", "summer %s (southern)", "autumn %s (southern)", "winter %s (southern)",
		"first quarter of %s", "second quarter of %s", "third quarter of %s", "fourth quarter of %s",
		"January to April %s", "May to August %s", "September to December %s", "first half of %s", "second half of %s"}
	seasonsZh = []string{"%s春季", "%s夏季", "%s秋季", "%s冬季", "%s春季（北半球）", "%s夏季（北半球）", "%s秋季（北半球）", "%s冬季（北半球）",
		"%s春季（南半球）", "%s夏季（南半球）", "%s秋季（南半球）", "%s冬季（南半球）", "%s第一季度", "%s第二季度", "%s第三季度", "%s第四季度",
		"%s1月至4月", "%s5月至8月", "%s9月至12月", "%s上半年", "%s下半年"}
)

func (inEnglish) year(y yearPart) string {
	if strings.Contains(y.figures, "X") {
		s := strings.ReplaceAll(y.figures, "X", "0") + "s"
		if y.figures == "XXXX" {
			s = "a year that is not known"
		} else if strings.TrimRight(y.figures, "X")+strings.Repeat("X", strings.Count(y.figures, "X")) != y.figures || strings.HasSuffix(y.figures, "XXX") {
			s = y.figures
		}
		if y.negative {
			s += " BC"
		}
		return s
	}
	n := y.value()
	s := ""
	switch {
	case n <= 0:
		s = strconv.FormatInt(1-n, 10) + " BC"
	case n < 1000:
		s = "AD " + strconv.FormatInt(n, 10)
	default:
		s = strconv.FormatInt(n, 10)
	}
	if from, to, ok := y.estimate(); ok {
		s += " (an estimate: from " + strconv.FormatInt(from, 10) + " to " + strconv.FormatInt(to, 10) + ")"
	}
	return s
}

// estimate is between which years a year lies of which only some digits are significant.
func (y yearPart) estimate() (from, to int64, ok bool) {
	if y.significant == 0 {
		return 0, 0, false
	}
	n := y.value()
	unit := int64(1)
	for range len(strconv.FormatInt(max(n, -n), 10)) - y.significant {
		unit *= 10
	}
	from = max(n, -n) / unit * unit
	to = from + unit - 1
	if n < 0 {
		from, to = -to, -from
	}
	return from, to, unit > 1
}

func (e inEnglish) point(p point) string {
	s := ""
	m, month := inFigures(p.month)
	d, day := inFigures(p.day)
	y := e.year(p.year)
	name := ""
	if month && p.season() == 0 {
		name = monthsEn[m-1] + " "
	}
	switch {
	case p.season() > 0:
		s = strings.Replace(seasonsEn[p.season()-21], "%s", y, 1)
	case day && name != "":
		s = strconv.Itoa(d) + " " + name + y
	case p.day == "XX" && name != "":
		s = "a day in " + name + y
	case p.day == "" && p.month == "XX", p.day == "XX" && p.month == "XX":
		s = "some time in " + y
	case p.day != "" && name != "":
		s = "a day of " + name + y + " (" + p.day + ")"
	case p.month != "" && name == "":
		s = p.bare()
	default:
		s = name + y
	}
	if p.clock != "" {
		s += ", " + strings.TrimPrefix(p.clock, "T")
	}
	if p.allAlike() {
		return [...]string{"", "perhaps ", "about ", "perhaps about "}[p.sure[0]] + s
	}
	var notes []string
	for i, part := range []string{"year", "month", "day"}[:p.parts()] {
		if q := p.sure[i]; q != 0 {
			notes = append(notes, part+" "+[...]string{"", "uncertain", "approximate", "uncertain and approximate"}[q])
		}
	}
	return s + " (" + strings.Join(notes, ", ") + ")"
}

// bare is a date in EDTF without its qualifications, for what cannot be said better.
func (p point) bare() string {
	p.sure = [3]Qualification{}
	var b strings.Builder
	p.write(&b)
	return b.String()
}

func (e inEnglish) interval(from, to point) string {
	switch {
	case from.edge == open && to.edge == open:
		return "at any time"
	case from.edge == open:
		return "until " + e.point(to)
	case from.edge == unknown && to.edge == known:
		return "until " + e.point(to) + ", beginning not known"
	case to.edge == open && from.edge == known:
		return "since " + e.point(from)
	case to.edge == unknown && from.edge == known:
		return "from " + e.point(from) + ", end not known"
	case from.edge == unknown:
		return "from a beginning that is not known"
	case to.edge == unknown:
		return "until an end that is not known"
	}
	return e.point(from) + " to " + e.point(to)
}

func (inEnglish) orEarlier(s string) string  { return s + " or earlier" }
func (inEnglish) orLater(s string) string    { return s + " or later" }
func (inEnglish) between(a, b string) string { return "between " + a + " and " + b }

func (inEnglish) list(parts []string, all bool) string {
	word := " or "
	if all {
		word = " and "
	}
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + word + parts[n-1]
	}
	return parts[0]
}

func (inChinese) year(y yearPart) string {
	era := ""
	if y.negative {
		era = "公元前"
	}
	if strings.Contains(y.figures, "X") {
		x := strings.Count(y.figures, "X")
		switch {
		case x == 4:
			return "年份不详"
		case strings.TrimRight(y.figures, "X")+strings.Repeat("X", x) != y.figures || x == 3:
			return era + y.figures + "年"
		case x == 2:
			n, _ := strconv.Atoi(y.figures[:2])
			return era + strconv.Itoa(n+1) + "世纪"
		}
		return era + strings.ReplaceAll(y.figures, "X", "0") + "年代"
	}
	n := y.value()
	s := ""
	switch {
	case n <= 0:
		s = "公元前" + strconv.FormatInt(1-n, 10) + "年"
	case n < 1000:
		s = "公元" + strconv.FormatInt(n, 10) + "年"
	default:
		s = strconv.FormatInt(n, 10) + "年"
	}
	if from, to, ok := y.estimate(); ok {
		s += "（估计：" + strconv.FormatInt(from, 10) + "至" + strconv.FormatInt(to, 10) + "年）"
	}
	return s
}

func (z inChinese) point(p point) string {
	m, month := inFigures(p.month)
	d, day := inFigures(p.day)
	s := z.year(p.year)
	switch {
	case p.season() > 0:
		s = strings.Replace(seasonsZh[p.season()-21], "%s", s, 1)
	case month && day:
		s += strconv.Itoa(m) + "月" + strconv.Itoa(d) + "日"
	case month && p.day == "":
		s += strconv.Itoa(m) + "月"
	case month && p.day == "XX":
		s += strconv.Itoa(m) + "月某日"
	case p.month == "XX" && p.day == "":
		s += "某月"
	case p.month == "XX" && p.day == "XX":
		s += "某月某日"
	case p.month != "":
		s = p.bare()
	}
	if p.clock != "" {
		s += " " + strings.TrimPrefix(p.clock, "T")
	}
	if p.allAlike() {
		switch p.sure[0] {
		case Uncertain:
			return s + "（存疑）"
		case Approximate:
			return "约" + s
		case Uncertain | Approximate:
			return "约" + s + "（存疑）"
		}
		return s
	}
	var notes []string
	for i, part := range []string{"年", "月", "日"}[:p.parts()] {
		if q := p.sure[i]; q != 0 {
			notes = append(notes, part+[...]string{"", "存疑", "为约数", "为约数且存疑"}[q])
		}
	}
	return s + "（" + strings.Join(notes, "，") + "）"
}

func (z inChinese) interval(from, to point) string {
	switch {
	case from.edge == open && to.edge == open:
		return "任何时间"
	case from.edge == open:
		return "截至" + z.point(to)
	case from.edge == unknown && to.edge == known:
		return "截至" + z.point(to) + "，起始不详"
	case to.edge == open && from.edge == known:
		return z.point(from) + "起"
	case to.edge == unknown && from.edge == known:
		return z.point(from) + "起，终止不详"
	case from.edge == unknown:
		return "起始不详"
	case to.edge == unknown:
		return "终止不详"
	}
	return z.point(from) + "至" + z.point(to)
}

func (inChinese) orEarlier(s string) string  { return s + "或更早" }
func (inChinese) orLater(s string) string    { return s + "或更晚" }
func (inChinese) between(a, b string) string { return "介于" + a + "与" + b + "之间" }

func (inChinese) list(parts []string, all bool) string {
	word := "或"
	if all {
		word = "和"
	}
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], "、") + word + parts[n-1]
	}
	return parts[0]
}
