package dates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scan stands before what is left of a text.
type scan string

// take moves behind the first of words that comes next, and gives it.
func (s *scan) take(words ...string) string {
	for _, w := range words {
		if strings.HasPrefix(string(*s), w) {
			*s = (*s)[len(w):]
			return w
		}
	}
	return ""
}

// numeral moves behind the numerals that come next, and gives what they say, if they say something.
func (s *scan) numeral() (numeral, string, bool) {
	n := 0
	for _, c := range string(*s) {
		if !strings.ContainsRune(numerals, c) {
			break
		}
		n += utf8.RuneLen(c)
	}
	text := string((*s)[:n])
	v, ok := readNumeral(text)
	if ok {
		*s = (*s)[n:]
	}
	return v, text, ok
}

// yearOf is a year as it was written, which may have lunar months.
type yearOf struct {
	calendar    string
	state, era  string
	year        int64 // Gregorian, or the lunar year, most of which lies in it
	counted     int   // which of its era it is, 0 where it is of none
	lunar       bool
	first, last Day // between which the era was in use; zero where that does not matter
	whole       Value
	notes       []Note
	certainty   Certainty
}

// chinese reads a date in Chinese words.
func (r reader) chinese(s string, given found) (outcome, error) {
	none := &Fault{Code: FaultNoDate, Args: []any{s}}
	c := scan(s)
	var in inside
	in.calendarWord(&c)
	years, ask, err := r.years(&c, &in, given)
	if err != nil {
		return outcome{}, err
	}
	if len(years) == 1 && years[0].whole.kind != None && c == "" { // 康熙年间, 19世纪
		y := years[0]
		return one(found{Candidate: y.candidate(y.whole)}), nil
	}
	if len(years) > 0 && years[0].whole.kind != None {
		if c != "" {
			return outcome{}, none
		}
		out := outcome{ask: ask}
		for _, y := range years {
			out.all = append(out.all, found{Candidate: y.candidate(y.whole)})
		}
		return out, nil
	}
	in.calendarWord(&c)
	if !in.read(&c) || c != "" {
		return outcome{}, none
	}
	if years == nil {
		if years, err = r.yearAround(in, given); err != nil {
			return outcome{}, err
		}
		if in.month == 0 && in.part == 0 {
			if in.day == 0 || given.month == 0 {
				return outcome{}, none
			}
			in.month = given.month
		}
	}
	out := outcome{ask: ask}
	var failed error
	for _, y := range years {
		all, more, err := y.dates(in)
		if err != nil {
			failed = err
			continue
		}
		if more.Code != "" && out.ask.Code == "" {
			out.ask = more
		}
		out.all = append(out.all, all...)
	}
	if len(out.all) == 0 {
		return outcome{}, failed
	}
	return out, nil
}

// yearAround is the year of a date without one: that of the other end of an interval, else the document's.
func (r reader) yearAround(in inside, given found) ([]yearOf, error) {
	switch {
	case given.in != nil:
		return []yearOf{*given.in}, nil
	case in.month == 0 && in.part == 0:
		return nil, nil
	case r.o.Year != 0:
		return []yearOf{{calendar: CalendarGregorian, year: int64(r.o.Year), certainty: Inferred, notes: []Note{{NoteYear, []any{r.o.Year}}}}}, nil
	}
	if in.month > 0 && in.month < 13 && in.day < lastDay && in.day > daysIn(4, in.month) && !in.lunar {
		return nil, &Fault{Code: FaultNoSuchDay, Args: []any{in.day, daysIn(4, in.month)}}
	}
	return nil, &Fault{Code: FaultNoYear}
}

// years reads whose year it is. Nil is: none is written.
func (r reader) years(c *scan, in *inside, given found) ([]yearOf, Note, error) {
	if years, ask, done, err := r.republic(c); done {
		return years, ask, err
	}
	if years, done := dynasty(c); done {
		return years, Note{}, nil
	}
	if years, done, err := japanese(c); done {
		return years, Note{}, err
	}
	if years, ask, done, err := r.eraYears(c); done {
		return years, ask, err
	}
	if years, ask, done, err := r.sexagenary(c); done {
		return years, ask, err
	}
	bc, ad := c.take("公元前", "西元前") != "", false
	if !bc {
		ad = c.take("公元", "西元") != ""
		if rest := *c; !ad && rest.take("前") != "" {
			after := rest
			if _, _, ok := after.numeral(); ok {
				*c, bc = rest, true
			}
		}
	}
	rest := *c
	n, text, ok := rest.numeral()
	if !ok {
		if bc || ad {
			return nil, Note{}, &Fault{Code: FaultNoDate, Args: []any{string(*c)}}
		}
		return nil, Note{}, nil
	}
	word := rest.take("年代", "年度", "年", "世纪")
	if word == "" {
		if bc || ad {
			return nil, Note{}, &Fault{Code: FaultNoDate, Args: []any{string(*c)}}
		}
		return nil, Note{}, nil
	}
	*c = rest
	plain := func(v Value) []yearOf { return []yearOf{{calendar: CalendarGregorian, whole: v}} }
	switch word {
	case "世纪":
		if n.n < 1 || n.n > 30 {
			return nil, Note{}, &Fault{Code: FaultNoDate, Args: []any{text + word}}
		}
		if m, _, ok := rest.numeral(); ok && rest.take("年代") != "" && m.n < 100 && m.n%10 == 0 && !bc {
			*c = rest
			return plain(decade(int64(100*(n.n-1) + m.n))), Note{}, nil
		}
		return plain(century(n.n, bc)), Note{}, nil
	case "年代":
		return r.decadesZh(n, text, bc)
	}
	return r.numbered(n, text, bc, ad)
}

func (r reader) decadesZh(n numeral, text string, bc bool) ([]yearOf, Note, error) {
	if n.n%10 != 0 || bc || n.n < 10 || n.n >= 100 && n.n < 1000 {
		return nil, Note{}, &Fault{Code: FaultNoDate, Args: []any{text + "年代"}}
	}
	if n.n >= 1000 {
		return []yearOf{{calendar: CalendarGregorian, whole: decade(int64(n.n))}}, Note{}, nil
	}
	var out []yearOf
	for _, y := range r.centuries(n.n) {
		out = append(out, y.of(decade(y.year)))
	}
	return out, r.askCentury(), nil
}

func (r reader) askCentury() Note {
	if r.o.Year != 0 {
		return Note{}
	}
	return Note{Code: AskCentury}
}

func (y shortYear) of(v Value) yearOf {
	out := yearOf{calendar: CalendarGregorian, year: y.year, whole: v}
	if y.inferred {
		out.certainty, out.notes = Inferred, []Note{{NoteCentury, nil}}
	}
	return out
}

// numbered are the years that a number before 年 can be.
func (r reader) numbered(n numeral, text string, bc, ad bool) ([]yearOf, Note, error) {
	y := int64(n.n)
	plain := func(y int64) ([]yearOf, Note, error) {
		return []yearOf{{calendar: CalendarGregorian, year: y}}, Note{}, nil
	}
	switch {
	case n.n == 0 && (bc || ad || n.figures != 2):
		return nil, Note{}, &Fault{Code: FaultNoZero}
	case n.n > 9999:
		return nil, Note{}, &Fault{Code: FaultHuge}
	case bc:
		return plain(1 - y)
	case ad, n.figures == 4, n.figures == 3, n.figures == 0 && n.n >= 1000:
		return plain(y)
	case n.figures == 2:
		var out []yearOf
		for _, y := range r.centuries(n.n) {
			out = append(out, y.of(Value{}))
		}
		return out, r.askCentury(), nil
	case n.figures == 0 && n.n <= 120, n.figures == 1 && !n.arabic: // 三十四年八月, as the Republic wrote
		return []yearOf{{calendar: CalendarMinguo, year: y + 1911}}, Note{Code: AskRepublic}, nil
	}
	return nil, Note{}, &Fault{Code: FaultNoDate, Args: []any{text + "年"}}
}

// sexagenary reads 辛亥年, and 辛亥 alone: a year of each sixty.
func (r reader) sexagenary(c *scan) (years []yearOf, ask Note, done bool, err error) {
	n, name, ok := cycle(string(*c))
	if n < 0 {
		return nil, Note{}, false, nil
	}
	rest := (*c)[len(name):]
	if rest != "" && rest.take("年", "岁") == "" {
		return nil, Note{}, false, nil
	}
	*c = rest
	if !ok {
		return nil, Note{}, true, &Fault{Code: FaultNoName, Args: []any{name}}
	}
	if r.o.Year != 0 {
		y := r.o.Year - 30
		for (y+5996)%60 != n {
			y++
		}
		return []yearOf{{calendar: CalendarChinese, year: int64(y), lunar: true, certainty: Inferred, notes: []Note{{NoteCycle, nil}}}}, Note{}, true, nil
	}
	for y := 2043; y >= 1644; y-- {
		if (y-4)%60 == n {
			years = append(years, yearOf{calendar: CalendarChinese, year: int64(y), lunar: true})
		}
	}
	return years, Note{Code: AskCycle}, true, nil
}

// cycle is the place among the sixty of the two characters that s begins with, -1 where they are none of theirs; not ok
// where they do not come together.
func cycle(s string) (n int, name string, ok bool) {
	r := []rune(s)
	if len(r) < 2 {
		return -1, "", false
	}
	stem := slices.Index([]rune("甲乙丙丁戊己庚辛壬癸"), r[0])
	branch := slices.Index([]rune("子丑寅卯辰巳午未申酉戌亥"), r[1])
	if stem < 0 || branch < 0 {
		return -1, "", false
	}
	for n = range 60 {
		if n%10 == stem && n%12 == branch {
			return n, string(r[:2]), true
		}
	}
	return 0, string(r[:2]), false
}

// yearName is how a year is called in a fault.
type yearName struct {
	era     string
	counted int
	year    int64
}

func (y yearOf) title() yearName { return yearName{y.era, y.counted, y.year} }

func (y yearName) words(lang string) string {
	switch {
	case y.counted > 0 && lang == Chinese:
		return fmt.Sprintf("%s%d年", table().fold(y.era), y.counted)
	case y.counted > 0:
		return fmt.Sprintf("year %d of %s", y.counted, y.era)
	case lang == Chinese:
		return strconv.FormatInt(y.year, 10) + "年"
	}
	return strconv.FormatInt(y.year, 10)
}
