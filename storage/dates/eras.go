package dates

import (
	"regexp"
	"strings"
)

// fixed are eras whose calendar was the Gregorian, save the first years of Meiji.
var fixed = []struct {
	name        string // simplified
	shown       string
	calendar    string
	base        int64
	first, last Day
}{
	{"明治", "明治", CalendarJapanese, 1867, Day{1868, 1, 25}, Day{1912, 7, 30}},
	{"大正", "大正", CalendarJapanese, 1911, Day{1912, 7, 30}, Day{1926, 12, 25}},
	{"昭和", "昭和", CalendarJapanese, 1925, Day{1926, 12, 25}, Day{1989, 1, 7}},
	{"平成", "平成", CalendarJapanese, 1988, Day{1989, 1, 8}, Day{2019, 4, 30}},
	{"令和", "令和", CalendarJapanese, 2018, Day{2019, 5, 1}, Day{9999, 12, 31}},
	{"洪宪", "洪憲", CalendarMinguo, 1915, Day{1916, 1, 1}, Day{1916, 3, 22}},
	{"康德", "康德", CalendarManchukuo, 1933, Day{1934, 3, 1}, Day{1945, 8, 18}},
}

// meijiNewYear are the first days of the lunar years 1 to 5 of Meiji; the sixth began with 1873.
var meijiNewYear = []Day{{1868, 1, 25}, {1869, 2, 11}, {1870, 2, 1}, {1871, 2, 19}, {1872, 2, 9}, {1873, 1, 1}}

// yearNumber reads 元年, 三年, 38年.
func yearNumber(c *scan) (int, bool) {
	rest := *c
	if rest.take("元年", "元载") != "" {
		*c = rest
		return 1, true
	}
	n, _, ok := rest.numeral()
	if !ok || n.n < 1 || rest.take("年度", "年", "载") == "" {
		return 0, false
	}
	*c = rest
	return n.n, true
}

// dotted is 民国38.10.1, as catalogues have it.
var dotted = regexp.MustCompile(`^(\d{1,3})[./-](\d{1,2})(?:[./-](\d{1,2}))?$`)

// undot puts the words for year, month and day in the place of dots.
func (s *scan) undot() {
	if m := dotted.FindStringSubmatch(string(*s)); m != nil {
		*s = scan(m[1] + "年" + m[2] + "月")
		if m[3] != "" {
			*s += scan(m[3] + "日")
		}
	}
}

// republic reads a year of the Republic of China.
func (r reader) republic(c *scan) (years []yearOf, ask Note, done bool, err error) {
	rest := *c
	if rest.take("民国前", "民前") != "" {
		n, ok := yearNumber(&rest)
		if !ok {
			return nil, ask, false, nil
		}
		*c = rest
		return []yearOf{{calendar: CalendarMinguo, year: int64(1912 - n)}}, ask, true, nil
	}
	if rest.take("中华民国", "民国") == "" {
		return nil, ask, false, nil
	}
	rest.undot()
	if rest.take("年间", "时期", "期间") != "" {
		*c = rest
		return []yearOf{{calendar: CalendarMinguo, whole: days(Day{1912, 1, 1}, Day{1949, 9, 30})}}, ask, true, nil
	}
	if part := rest.take(partsOfEra...); part != "" {
		*c = rest
		y := yearOf{calendar: CalendarMinguo}
		y.partOf(1912, 1949, part)
		return []yearOf{y}, ask, true, nil
	}
	n, ok := yearNumber(&rest)
	switch {
	case !ok:
		return nil, ask, true, &Fault{Code: FaultNoDate, Args: []any{string(*c)}}
	case n > 150:
		return nil, ask, true, &Fault{Code: FaultYearsOf, Args: []any{"民国", n}}
	}
	*c = rest
	return []yearOf{{calendar: CalendarMinguo, year: int64(1911 + n)}}, ask, true, nil
}

// japanese reads a year of an era of Japan, or of Manchukuo.
func japanese(c *scan) (years []yearOf, done bool, err error) {
	rest := *c
	rest.take("日本", "伪满洲国", "满洲国", "伪满")
	for _, e := range fixed {
		after := rest
		if after.take(e.name) == "" {
			continue
		}
		after.undot()
		y := yearOf{calendar: e.calendar, era: e.shown, first: e.first, last: e.last}
		if after.take("年间", "时期", "时代") != "" {
			if e.last.Year == 9999 {
				return nil, true, &Fault{Code: FaultNoDate, Args: []any{string(*c)}}
			}
			y.whole = days(e.first, e.last)
			*c = after
			return []yearOf{y}, true, nil
		}
		n, ok := yearNumber(&after)
		if !ok {
			return nil, false, nil
		}
		if y.year = e.base + int64(n); y.year > e.last.Year {
			return nil, true, &Fault{Code: FaultEnded, Args: []any{e.shown, int(e.last.Year - e.base)}}
		}
		*c = after
		if e.shown == "明治" && n <= 5 {
			if *c != "" {
				return nil, true, &Fault{Code: FaultNoCalendar, Args: []any{y.year}}
			}
			y.whole = days(meijiNewYear[n-1], meijiNewYear[n].before())
		}
		return []yearOf{y}, true, nil
	}
	return nil, false, nil
}

// eraNamed gives the eras whose name s begins with, the longest name first, and the name.
func (t *tables) eraNamed(s string) ([]era, string) {
	at := make([]int, 0, t.names+1)
	for i := range s {
		if at = append(at, i); len(at) > t.names {
			break
		}
	}
	if len(at) <= t.names {
		at = append(at, len(s))
	}
	for n := len(at) - 1; n > 0; n-- {
		if es := t.eras[s[:at[n]]]; es != nil {
			return es, s[:at[n]]
		}
	}
	return nil, ""
}

// ofState gives the eras of s behind a state: 东晋太元, 宋元嘉, 大清光绪.
func (t *tables) ofState(s string) (es []era, state, name string) {
	for n := 1; n <= 3; n++ {
		r := []rune(s)
		if len(r) <= n {
			return nil, "", ""
		}
		state = string(r[:n])
		short := strings.TrimLeft(state, "大前故皇")
		if short == "" {
			continue
		}
		all, name := t.eraNamed(string(r[n:]))
		for _, e := range all {
			if folded := t.fold(e.state); folded == state || strings.HasSuffix(folded, short) && len([]rune(short)) == 1 {
				es = append(es, e)
			}
		}
		if es != nil {
			return es, state, name
		}
	}
	return nil, "", ""
}

// eraYears reads a year of a Chinese era: 光绪二十四年, 光绪戊戌年, 康熙年间.
func (r reader) eraYears(c *scan) (years []yearOf, ask Note, done bool, err error) {
	t := table()
	es, name := t.eraNamed(string(*c))
	rest := *c
	if es == nil || !continues(string(rest)[len(name):]) {
		var state string
		if es, state, name = t.ofState(string(*c)); es == nil {
			return nil, ask, false, nil
		}
		rest = rest[len(state):]
	}
	rest = rest[len(name):]
	rest.undot()
	states := map[string]bool{}
	for _, e := range es {
		states[e.state] = true
	}
	switch {
	case len(states) > 1:
		ask = Note{AskEra, []any{name}}
	case len(es) > 1:
		ask = Note{AskEraTwice, []any{name}}
	}
	part := rest.take(partsOfEra...)
	if part != "" || rest.take("年间", "朝", "时期", "期间", "间") != "" || rest == "年" {
		if rest == "年" {
			rest = ""
		}
		for _, e := range es {
			y := e.year(0)
			y.whole = days(y.first, y.last)
			if part != "" {
				y.partOf(e.base+1, e.base+e.years, part)
			}
			years = append(years, y)
		}
		*c = rest
		return years, ask, true, nil
	}
	if n, name, ok := cycle(string(rest)); n >= 0 { // 光绪戊戌年
		after := rest[len(name):]
		if !ok {
			return nil, ask, true, &Fault{Code: FaultNoName, Args: []any{name}}
		}
		after.take("年", "岁")
		for _, e := range es {
			for i := 1; i <= e.years; i++ {
				if (e.base+i+5996)%60 == n {
					years = append(years, e.year(i))
				}
			}
		}
		if len(years) == 0 {
			return nil, ask, true, &Fault{Code: FaultNoDate, Args: []any{string(*c)}}
		}
		if len(years) > 1 && ask.Code == "" {
			ask = Note{Code: AskCycle}
		}
		*c = after
		return years, ask, true, nil
	}
	n, ok := yearNumber(&rest)
	if !ok {
		return nil, ask, false, nil
	}
	most := 0
	for _, e := range es {
		if most = max(most, e.years); n <= e.years {
			years = append(years, e.year(n))
		}
	}
	if name == "大同" && n <= 3 { // of Manchukuo
		years = append(years, yearOf{calendar: CalendarManchukuo, era: name, year: int64(1931 + n), first: Day{1932, 3, 1}, last: Day{1934, 2, 28}})
	}
	switch {
	case len(states) == 1 && len(years) == 1:
		ask = Note{} // of two eras of a state one has so many years
	case len(years) == 0 && n <= most+30: // 雍正十六年: somebody went on counting, or it is a slip
		for _, e := range es {
			y := e.year(n)
			y.first, y.last = Day{}, Day{}
			y.notes, y.certainty = []Note{{NoteEnded, []any{e.name, e.years}}}, Doubtful
			years = append(years, y)
		}
		if ask.Code == "" {
			ask = Note{AskEnded, []any{name, most}}
		}
	case len(years) == 0:
		return nil, ask, true, &Fault{Code: FaultYearsOf, Args: []any{name, n}}
	}
	*c = rest
	return years, ask, true, nil
}

var partsOfEra = []string{"初年", "初期", "初", "中叶", "中期", "末年", "末期", "末"}

// partOf makes it the first, middle or last third of an era's years.
func (y *yearOf) partOf(from, to int, part string) {
	third := map[string]int{"初": 0, "中": 1, "末": 2}[string([]rune(part)[:1])]
	n := to - from + 1
	first, last := from+n*third/3, from+max(n*(third+1)/3, n*third/3+1)-1
	y.whole = interval(yearPoint(int64(first)), yearPoint(int64(last))).qualified(Approximate)
	y.notes = append(y.notes, Note{Code: NoteThird})
}

// continues says whether what stands behind an era is a year or a time of it.
func continues(s string) bool {
	c := scan(s)
	c.undot()
	if c.take("年间", "朝", "时期", "期间", "间") != "" || c.take(partsOfEra...) != "" || c == "年" {
		return true
	}
	if n, _, _ := cycle(s); n >= 0 {
		return true
	}
	_, ok := yearNumber(&c)
	return ok
}

func (e era) year(n int) yearOf {
	return yearOf{calendar: CalendarChinese, state: e.state, era: e.name, year: int64(e.base + n), counted: n, lunar: true, first: dayOf(e.first), last: dayOf(e.last)}
}
