package records

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

var numbers = regexp.MustCompile(`[0-9]+`)

// months are those whose names formats show, as Excel writes them in English.
var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// maybeDate says whether what a cell displays could be a date: figures, and something between them.
func maybeDate(shown string) bool {
	if len(shown) < 6 || len(shown) > 60 || !strings.ContainsAny(shown, "0123456789") {
		return false
	}
	return strings.ContainsAny(shown, "-/年.: ") || len(shown) == 8 && figures.MatchString(shown)
}

// edtf is the date that a number stands for, where the cell displays it as one: a year and a month, or also a day, a time,
// of just that number, and no figures beside. What is not displayed is not said.
func edtf(shown, stored string, from1904 bool) string {
	serial, err := strconv.ParseFloat(stored, 64)
	if err != nil || serial < 1 || serial >= 2958466 || !from1904 && serial < 61 { // before March 1900 Excel counts a day that was none
		return ""
	}
	t, err := excelize.ExcelDateToTime(serial, from1904)
	if err != nil {
		return ""
	}
	t = t.Round(time.Second)
	if shown == t.Format("20060102") {
		return t.Format("2006-01-02")
	}
	low := strings.ToLower(shown)
	named := strings.Contains(low, months[t.Month()-1])
	var figs []int
	for _, s := range numbers.FindAllString(shown, -1) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return ""
		}
		figs = append(figs, n)
	}
	take := func(n int) bool {
		i := slices.Index(figs, n)
		if i < 0 {
			return false
		}
		figs = slices.Delete(figs, i, i+1)
		return true
	}
	if !take(t.Year()) && !(take(t.Year()%100) && (named || strings.ContainsAny(shown, "-/"))) {
		return ""
	}
	if !named && !take(int(t.Month())) {
		return ""
	}
	out := t.Format("2006-01")
	if !take(t.Day()) {
		if len(figs) > 0 {
			return ""
		}
		return out
	}
	out = t.Format("2006-01-02")
	for i, n := range figs { // hours, minutes, seconds in their order
		if want := []int{t.Hour(), t.Minute(), t.Second()}; i > 2 || n != want[i] && !(i == 0 && n == t.Hour()%12) && !(i == 0 && n == 12 && t.Hour()%12 == 0) {
			return ""
		}
	}
	if len(figs) >= 2 {
		out = t.Format("2006-01-02T15:04:05")
	}
	return out
}

// edtfOf is a date as OpenDocument has it, with a time and its fractions or without.
func edtfOf(value string) string {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, value); err == nil {
			if t = t.Round(time.Second); t.Format("150405") == "000000" {
				return t.Format("2006-01-02")
			}
			return t.Format("2006-01-02T15:04:05")
		}
	}
	return ""
}
