package dates

import "fmt"

// Day is a day of the proleptic Gregorian calendar. Year 0 is 1 BC.
type Day struct {
	Year       int64
	Month, Day int // 1-12, 1-31
}

// Compare is negative where d is before e, 0 where they are the same day.
func (d Day) Compare(e Day) int {
	switch {
	case d.Year != e.Year:
		if d.Year < e.Year {
			return -1
		}
		return 1
	case d.Month != e.Month:
		return d.Month - e.Month
	}
	return d.Day - e.Day
}

// String is the day as EDTF has it, and with a long year (Y17000-01-01) as EDTF would, for it has none with a day.
func (d Day) String() string {
	return fmt.Sprintf("%s-%02d-%02d", yearString(d.Year), d.Month, d.Day)
}

func yearString(y int64) string {
	switch {
	case y > 9999 || y < -9999:
		return fmt.Sprintf("Y%d", y)
	case y < 0:
		return fmt.Sprintf("-%04d", -y)
	}
	return fmt.Sprintf("%04d", y)
}

func leapYear(y int64) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y int64, month int) int {
	switch month {
	case 2:
		if leapYear(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// isDay says whether the calendar has the day.
func isDay(y int64, month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(y, month)
}

// julian is the Julian day number of a day, dayOf the way back. Years are within ±10,000,000.
func (d Day) julian() int {
	y, m := int(d.Year)+4800+40_000_000, d.Month // 40,000,000 years are 100,000 times 400
	a := (14 - m) / 12
	y -= a
	m += 12*a - 3
	return d.Day + (153*m+2)/5 + 365*y + y/4 - y/100 + y/400 - 32045 - 100_000*146_097
}

func dayOf(julian int) Day {
	a := julian + 32044 + 100_000*146_097
	b := (4*a + 3) / 146_097
	c := a - 146_097*b/4
	d := (4*c + 3) / 1461
	e := c - 1461*d/4
	m := (5*e + 2) / 153
	return Day{int64(100*b + d - 4800 + m/10 - 40_000_000), m + 3 - 12*(m/10), e - (153*m+2)/5 + 1}
}

// weekday is 0 for a Sunday.
func (d Day) weekday() int { return (d.julian()%7 + 8) % 7 }

// before is the day before d.
func (d Day) before() Day {
	switch {
	case d.Day > 1:
		return Day{d.Year, d.Month, d.Day - 1}
	case d.Month > 1:
		return Day{d.Year, d.Month - 1, daysIn(d.Year, d.Month-1)}
	}
	return Day{d.Year - 1, 12, 31}
}

// after is the day after d.
func (d Day) after() Day {
	switch {
	case d.Day < daysIn(d.Year, d.Month):
		return Day{d.Year, d.Month, d.Day + 1}
	case d.Month < 12:
		return Day{d.Year, d.Month + 1, 1}
	}
	return Day{d.Year + 1, 1, 1}
}
