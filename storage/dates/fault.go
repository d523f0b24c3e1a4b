package dates

import (
	"fmt"
	"unicode/utf8"
)

// A Fault is why a text is no date. Code and Args say it in English, Words in either language.
type Fault struct {
	At   int    // where, in code points of the text
	Code string // one of the Fault… below
	Args []any
}

// What can be wrong. The words are made with Args.
const (
	FaultEmpty          = "there is nothing here"
	FaultLong           = "%d characters are more than a date has"
	FaultControl        = "there is a control character in it"
	FaultYear           = "a year has four digits, with X for one that is not known"
	FaultYearZero       = "there is no year -0000: 1 BC is 0000"
	FaultLongYear       = "a year behind Y has more than four digits and does not begin with 0"
	FaultHuge           = "the year is too far away to be reckoned with"
	FaultDigits         = "digits that are significant are counted from 1, as in 1950S2"
	FaultTwoDigits      = "a month and a day have two digits each, with X for one that is not known"
	FaultMonth          = "month %s: a year has 12, and 21 to 41 are its seasons and parts"
	FaultDay            = "day %s: that month has %d"
	FaultSeasonDay      = "a season has no day"
	FaultClock          = "the time of day is as in T23:20:30, perhaps with Z or +08:00 behind it"
	FaultOffset         = "no place on earth is %s from universal time"
	FaultRest           = "%q is too much"
	FaultOrder          = "the interval ends before it begins"
	FaultBothEnds       = "an interval without a beginning and an end says nothing"
	FaultClockInSpan    = "a time of day cannot stand in an interval"
	FaultLongInSpan     = "a year of more than four digits cannot stand in an interval"
	FaultEstimateInSpan = "a year with significant digits cannot stand in an interval"
	FaultSet            = "a set ends with %s"
	FaultSetOpen        = ".. stands at the beginning of a set, at its end, or between two dates"
)

func (f *Fault) Error() string {
	s := f.Words(English)
	if f.At > 0 {
		s += fmt.Sprintf(" (at character %d)", f.At+1)
	}
	return s
}

// Words says the fault in a language, without its place.
func (f *Fault) Words(lang string) string { return sentence(lang, f.Code, f.Args) }

// faultAt is a fault at a byte of s.
func faultAt(s string, at int, code string, args ...any) error {
	return &Fault{At: utf8.RuneCountInString(s[:min(at, len(s))]), Code: code, Args: args}
}
