package dates

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shortYear is a year of two figures, which are all that was written.
type shortYear struct {
	year     int64
	inferred bool // the century is that of the document
}

func (y shortYear) mark(all []found) []found {
	if y.inferred {
		for i := range all {
			all[i].note(NoteCentury)
			all[i].Certainty = max(all[i].Certainty, Inferred)
		}
	}
	return all
}

// centuries are the years that end with two figures: the one nearest to that of the document, or three.
func (r reader) centuries(n int) []shortYear {
	if r.o.Year != 0 {
		y := r.o.Year/100*100 + n
		switch {
		case y > r.o.Year+50:
			y -= 100
		case y < r.o.Year-50:
			y += 100
		}
		return []shortYear{{int64(y), true}}
	}
	out := []shortYear{{int64(1900 + n), false}, {int64(1800 + n), false}}
	if n < 40 {
		out = slices.Insert(out, 0, shortYear{int64(2000 + n), false})
	}
	return out
}

// dayAndMonth reads a day and a month, in the order that they stand in where only one is possible or one is preferred.
func (r reader) dayAndMonth(a, b int, year int64) (outcome, error) {
	dayFirst, err := gregorian(year, b, a)
	monthFirst, err2 := gregorian(year, a, b)
	dayFirst, monthFirst = julian(dayFirst), julian(monthFirst)
	switch {
	case err != nil && err2 != nil:
		switch {
		case b > 12 && a > 12:
			return outcome{}, &Fault{Code: FaultNeither, Args: []any{a, b}}
		case b > 12:
			return outcome{}, err2
		}
		return outcome{}, err
	case err != nil:
		return one(monthFirst), nil
	case err2 != nil || a == b:
		return one(dayFirst), nil
	case r.o.Order == DayFirst:
		dayFirst.note(NoteOrder)
		return one(dayFirst), nil
	case r.o.Order == MonthFirst:
		monthFirst.note(NoteOrderUS)
		return one(monthFirst), nil
	}
	return outcome{[]found{dayFirst, monthFirst}, Note{Code: AskOrder}}, nil
}

// julian notes that a day written in a European way before 1582 may be one of the Julian calendar.
func julian(f found) found {
	if d, ok := f.Value.Earliest(); ok && f.day > 0 && d.Compare(Day{1582, 10, 15}) < 0 {
		f.note(NoteJulian)
	}
	return f
}

var (
	monthNames  = strings.Fields("january february march april may june july august september october november december")
	seasonNames = map[string]int{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
	ordinals    = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")

	punctuation = strings.NewReplacer(",", " ", ".", " ", "-", " ", "/", " ")
	small       = regexp.MustCompile(`\b(?:of|the|in|year|day) `)
	eraBehind   = regexp.MustCompile(`^(.+?) ?\b(b ?c(?: ?e)?|a ?d|c ?e)$`)
	eraBefore   = regexp.MustCompile(`^(|.* )a ?d (\d.*)$`)
	dayMonth    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)(?: '?(\d{1,4}))?$`)
	monthDay    = regexp.MustCompile(`^([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: '?(\d{1,4}))?$`)
	yearMonth   = regexp.MustCompile(`^(\d{3,4}) ([a-z]+)(?: (\d{1,2})(?:st|nd|rd|th)?)?$`)
	monthYear   = regexp.MustCompile(`^([a-z]+) '?(\d{3,4}|'\d{2})$`)
	decadeName  = regexp.MustCompile(`^(\d{2,4})'?s$`)
	centuryName = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th) (?:century|cent|c)$`)
	partName    = regexp.MustCompile(`^(?:(first|1st|second|2nd|third|3rd|fourth|4th|last) (quarter|half)|q([1-4])|h([12])) (\d{3,4})$`)
	winterName  = regexp.MustCompile(`^winter (\d{4}) (\d{2}|\d{4})$`)
	romanMonth  = regexp.MustCompile(`(?:^|\W)[ivx]+(?:\W|$)`)
	twoNumbers  = regexp.MustCompile(`\d ?[-/] ?\d`)
	onlyYear    = regexp.MustCompile(`^\d{1,6}$`)
)

var romans = strings.Fields("i ii iii iv v vi vii viii ix x xi xii")

// monthNamed is the month of a name, of an abbreviation of at least three letters, or of a Roman number; 0 for none.
func monthNamed(s string) int {
	if s == "sept" {
		return 9
	}
	if i := slices.Index(romans, s); i >= 0 { // 12.III.1887
		return i + 1
	}
	for i, m := range monthNames {
		if len(s) >= 3 && (s == m || s == m[:3]) {
			return i + 1
		}
	}
	return 0
}

// english reads a date in English words.
func (r reader) english(s string, given found) (outcome, error) {
	none, whole := &Fault{Code: FaultNoDate, Args: []any{s}}, s
	if strings.Trim(s, "-/") != s || strings.Contains(s, " - ") { // two dates, or one and an open end
		return outcome{}, none
	}
	s = strings.Join(strings.Fields(small.ReplaceAllString(strings.Join(strings.Fields(punctuation.Replace(s)), " "), "")), " ")
	bc, era := false, false
	if m := eraBehind.FindStringSubmatch(s); m != nil && !strings.HasSuffix(m[1], "th") && !strings.HasSuffix(m[1], "st") {
		s, era, bc = strings.TrimSpace(m[1]), true, m[2][0] == 'b'
	} else if m := eraBefore.FindStringSubmatch(s); m != nil {
		s, era = m[1]+m[2], true
	}
	for i, o := range ordinals {
		if rest, ok := strings.CutPrefix(s, o+" cent"); ok {
			s = strconv.Itoa(i+1) + "th cent" + rest
		}
	}
	value := func(v Value) (outcome, error) {
		return one(found{Candidate: Candidate{Value: v, Calendar: CalendarGregorian}}), nil
	}
	if m := centuryName.FindStringSubmatch(s); m != nil {
		if n := atoi(m[1]); n > 0 && n <= 30 {
			return value(century(n, bc))
		}
		return outcome{}, none
	}
	if m := decadeName.FindStringSubmatch(s); m != nil && !bc {
		return r.decades(m[1], none)
	}
	if m := winterName.FindStringSubmatch(s); m != nil && !bc { // winter 1911-12
		y := int64(atoi(m[1]))
		if (int(y)+1)%100 != atoi(m[2])%100 || len(m[2]) == 4 && atoi(m[2]) != int(y)+1 {
			return outcome{}, none
		}
		return value(interval(monthPoint(y, 12), monthPoint(y+1, 2)))
	}
	if twoNumbers.MatchString(whole) { // Sept 10-11
		return outcome{}, none
	}
	if m := partName.FindStringSubmatch(s); m != nil {
		n := slices.Index([]string{"first", "1st", "second", "2nd", "third", "3rd", "fourth", "4th"}, m[1]) / 2
		base := 33
		switch {
		case m[3] != "":
			n = atoi(m[3]) - 1
		case m[4] != "":
			n, base = atoi(m[4])-1, 40
		case m[2] == "half":
			base = 40
			if m[1] == "last" {
				n = 1
			}
		case m[1] == "last":
			n = 3
		}
		if n > 1 && base == 40 {
			return outcome{}, none
		}
		return value(dateOf(monthPoint(int64(atoi(m[5])), base+n)))
	}
	day, month, year := "", 0, ""
	if m := dayMonth.FindStringSubmatch(s); m != nil {
		day, month, year = m[1], monthNamed(m[2]), m[3]
	} else if m := monthYear.FindStringSubmatch(s); m != nil {
		month, year = monthNamed(m[1]), strings.TrimPrefix(m[2], "'")
		if season := seasonNames[m[1]]; season > 0 && !bc && len(year) > 2 {
			return value(dateOf(monthPoint(int64(atoi(year)), season)))
		}
	} else if m := monthDay.FindStringSubmatch(s); m != nil {
		month, day, year = monthNamed(m[1]), m[2], m[3]
		if era && year == "" { // April 33 BC
			day, year = "", day
		}
	} else if m := yearMonth.FindStringSubmatch(s); m != nil {
		year, month, day = m[1], monthNamed(m[2]), m[3]
	} else if onlyYear.MatchString(s) && (era || len(s) == 4) {
		month, year = -1, s
	} else if n := monthNamed(s); n > 0 {
		month = n
	}
	if month == 0 || len(year) != 4 && romanMonth.MatchString(s) { // 24 x 18 is the size of a picture
		return outcome{}, none
	}
	return r.parts(year, max(month, 0), day, bc, era, given)
}

// parts makes a date of its parts as they are written, "" for one that is not.
func (r reader) parts(year string, month int, day string, bc, era bool, given found) (outcome, error) {
	d := 0
	if day != "" {
		if d = atoi(day); d == 0 {
			return outcome{}, &Fault{Code: FaultNoSuchDay, Args: []any{0, 31}}
		}
	}
	if year == "" {
		if month > 0 && d > daysIn(4, month) {
			return outcome{}, &Fault{Code: FaultNoSuchDay, Args: []any{d, daysIn(4, month)}}
		}
		switch {
		case given.in != nil:
			f, err := gregorian(given.in.year, month, d)
			return one(f), err
		case r.o.Year != 0:
			f, err := gregorian(int64(r.o.Year), month, d)
			f.note(NoteYear, r.o.Year)
			f.Certainty = Inferred
			return one(f), err
		}
		return outcome{}, &Fault{Code: FaultNoYear}
	}
	y := int64(atoi(year))
	if len(year) <= 2 && !era {
		out := outcome{ask: Note{Code: AskCentury}}
		if len(year) < 2 {
			return out, &Fault{Code: FaultNoDate, Args: []any{year}}
		}
		for _, short := range r.centuries(int(y)) {
			if f, err := gregorian(short.year, month, d); err == nil {
				out.all = append(out.all, short.mark([]found{f})...)
			}
		}
		if r.o.Year != 0 {
			out.ask = Note{}
		}
		if len(out.all) == 0 {
			return out, &Fault{Code: FaultNoDate, Args: []any{year}}
		}
		return out, nil
	}
	if bc {
		y = 1 - y
	}
	if y == 0 && !bc || bc && y > 0 {
		return outcome{}, &Fault{Code: FaultNoZero}
	}
	f, err := gregorian(y, month, d)
	return one(julian(f)), err
}

// decades reads 1890s, and 90s by the document's century. The 1900s are ten years or a hundred.
func (r reader) decades(s string, none error) (outcome, error) {
	n := atoi(s)
	if n%10 != 0 || len(s) == 3 {
		return outcome{}, none
	}
	make := func(v Value) found { return found{Candidate: Candidate{Value: v, Calendar: CalendarGregorian}} }
	if len(s) == 2 {
		out := outcome{ask: Note{Code: AskCentury}}
		for _, y := range r.centuries(n) {
			out.all = append(out.all, y.mark([]found{make(decade(y.year))})...)
		}
		if r.o.Year != 0 {
			out.ask = Note{}
		}
		return out, nil
	}
	if n%100 == 0 {
		return outcome{[]found{make(century(n/100+1, false)), make(decade(int64(n)))}, Note{Code: AskDecade}}, nil
	}
	return one(make(decade(int64(n)))), nil
}
