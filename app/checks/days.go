package checks

import (
	"slices"
	"time"

	"fonds/storage/dates"
)

// day is a day of the Gregorian calendar.
type day = dates.Day

func dayOf(t time.Time) day { return day{Year: int64(t.Year()), Month: int(t.Month()), Day: t.Day()} }

// span is what a date can mean, from the earliest day to the latest; the zero span is no
// date, or one that is not sure.
type span struct {
	from, to   day
	begins, ok bool // from is known; it was read, and nobody has to choose
	ends       bool
	value      dates.Value
	err        error
	asked      bool
}

// readSpan reads a date as people write it; year is that of the document, 0 where it is not
// known.
func readSpan(text string, year int) (s span) {
	r, err := dates.Read(text, dates.Options{Year: year})
	if err != nil {
		s.err = err
		return s
	}
	if len(r.Candidates) == 0 {
		return s
	}
	s.asked = r.Asked()
	s.ok, s.value = !s.asked, r.Candidates[0].Value
	s.from, s.begins = s.value.Earliest()
	s.to, s.ends = s.value.Latest()
	return s
}

// year is the year that the date lies in; 0 where it says none or several.
func (s span) year() int {
	if !s.ok || !s.begins || !s.ends || s.from.Year != s.to.Year || s.from.Year < 1 || s.from.Year > 9999 || s.value.Qualified() != 0 {
		return 0
	}
	return int(s.from.Year)
}

// sameDay says whether words can mean the days of a date.
func (s span) sameDay(words string, year int) bool {
	if !s.ok {
		return false
	}
	r, err := dates.Read(words, dates.Options{Year: year})
	if err != nil {
		return false
	}
	return slices.ContainsFunc(r.Candidates, func(c dates.Candidate) bool {
		from, begins := c.Value.Earliest()
		to, ends := c.Value.Latest()
		return begins == s.begins && ends == s.ends && from == s.from && to == s.to
	})
}
