package dates

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	eightFigures  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	threeNumbers  = regexp.MustCompile(`^(\d{1,4})([./ -])(\d{1,2})([./ -])(\d{1,4})\.?$`)
	threeNumerals = regexp.MustCompile(`^([〇零一二三四五六七八九]{4})[.,/-]([一二三四五六七八九十]{1,2})[.,/-]([一二三四五六七八九十廿卅]{1,3})$`)
	yearAndMonth  = regexp.MustCompile(`^(\d{4})([./-])(\d{1,2})$`)
	openFigures   = regexp.MustCompile(`^(\d{3})[-?xu_]$|^(\d{2})(?:--|\?\?|xx|uu|__)$`)
	monthAndYear  = regexp.MustCompile(`^(\d{1,2})([./-])(\d{4})$`)
)

// numeric reads dates of figures only, and says whether s is one.
func (r reader) numeric(s string, given found) (out outcome, done bool, err error) {
	if m := eightFigures.FindStringSubmatch(s); m != nil { // 19450815, with 00 for what is not known
		y, mon, d := atoi(m[1]), atoi(m[2]), atoi(m[3])
		if y == 0 && mon == 0 && d == 0 {
			return out, true, &Fault{Code: FaultUndated}
		}
		if mon == 0 && d > 0 {
			return out, true, &Fault{Code: FaultNoDate, Args: []any{s}}
		}
		f, err := gregorian(int64(y), mon, d)
		return one(f), true, err
	}
	if m := openFigures.FindStringSubmatch(s); m != nil { // 194-, 194?, 19--: what describers write for a decade, a century
		p := point{year: yearPart{figures: (m[1] + m[2] + "XX")[:4]}}
		f := found{Candidate: Candidate{Value: dateOf(p), Calendar: CalendarGregorian}}
		if strings.HasSuffix(s, "?") {
			qualify(Uncertain)(&f)
		}
		return one(f), true, nil
	}
	if m := threeNumerals.FindStringSubmatch(s); m != nil { // 一九四九、十、一
		out, err = r.chinese(m[1]+"年"+m[2]+"月"+m[3]+"日", given)
		return out, true, err
	}
	if m := threeNumbers.FindStringSubmatch(s); m != nil && m[2] == m[4] {
		out, err = r.three(m[1], m[3], m[5])
		return out, true, err
	}
	if m := yearAndMonth.FindStringSubmatch(s); m != nil {
		out, err = twoYears(m[1], m[2], m[3])
		return out, true, err
	}
	if m := monthAndYear.FindStringSubmatch(s); m != nil {
		f, err := gregorian(int64(atoi(m[3])), counted(m[1]), 0)
		return one(f), true, err
	}
	return out, false, nil
}

// twoYears reads 1914-18, 1914/15, 1949.10, 1949/5: a year and another, or a year and a month, or either.
func twoYears(year, sep, behind string) (outcome, error) {
	y, n := atoi(year), counted(behind)
	month, err := gregorian(int64(y), n, 0)
	unit := 10
	if len(behind) == 2 {
		unit = 100
	}
	later := y/unit*unit + n
	if sep == "." || later <= y || len(behind) == 1 && sep == "/" {
		return one(month), err
	}
	span := found{Candidate: Candidate{Value: interval(yearPoint(int64(y)), yearPoint(int64(later))), Calendar: CalendarGregorian}, span: true}
	if err != nil {
		return one(span), nil
	}
	return outcome{[]found{span, month}, Note{Code: AskMonth}}, nil
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// counted is the number of a month or a day, of which none is 0.
func counted(s string) int {
	if n := atoi(s); n != 0 {
		return n
	}
	return -1
}

// three reads three numbers of a day: the year is the one of four figures, or any.
func (r reader) three(a, b, c string) (outcome, error) {
	x, y, z := counted(a), counted(b), counted(c)
	if len(a) == 4 {
		x = atoi(a)
	}
	if len(c) >= 2 {
		z = atoi(c)
	}
	switch {
	case len(a) == 4 && len(c) <= 2:
		f, err := gregorian(int64(x), y, counted(c))
		return one(julian(f)), err
	case len(c) == 4 && len(a) <= 2:
		return r.dayAndMonth(x, y, int64(z))
	case len(a) > 2 || len(c) > 2 || len(a) == 1 && len(c) == 1:
		return outcome{}, &Fault{Code: FaultNoDate, Args: []any{a + " " + b + " " + c}}
	}
	// 05/05/89, 12-11-10: the year may stand at either end, and its century is missing.
	out := outcome{ask: Note{Code: AskCentury}}
	if len(c) == 2 {
		for _, year := range r.centuries(z) {
			o, err := r.dayAndMonth(x, y, year.year)
			if err == nil {
				out.all = append(out.all, year.mark(o.all)...)
			}
		}
	}
	if len(a) == 2 {
		for _, year := range r.centuries(x) {
			if f, err := gregorian(year.year, y, counted(c)); err == nil {
				out.all = append(out.all, year.mark([]found{f})...)
			}
		}
	}
	if len(out.all) == 0 {
		return out, &Fault{Code: FaultNoDate, Args: []any{a + " " + b + " " + c}}
	}
	if r.o.Year != 0 {
		out.ask = Note{}
		if len(finish(out).Candidates) > 1 {
			out.ask = Note{Code: AskOrder}
		}
	}
	return out, nil
}
