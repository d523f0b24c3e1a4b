package export

import (
	"fmt"
	"strings"

	"fonds/storage/dates"
)

// date writes a date as it was written, with what it is for machines: one that ISO 8601 knows, or two with a slash between
// them, as those; another by the days that it can mean.
func (w *eadWriter) date(v, of string) {
	x := w.x
	from, to, span := strings.Cut(v, "/")
	if isoDate(from) != "" && (!span || isoDate(to) != "") {
		x.open("unitdatestructured", "datechar", of)
		if span {
			x.open("daterange")
			x.leaf("fromdate", from, "standarddate", isoDate(from))
			x.leaf("todate", to, "standarddate", isoDate(to))
			x.close()
		} else {
			x.leaf("datesingle", v, "standarddate", isoDate(v))
		}
		x.close()
		return
	}
	attrs := []string{"datechar", of}
	r, err := dates.Read(v, dates.Options{})
	if err != nil || len(r.Candidates) == 0 {
		x.leaf("unitdate", v, attrs...)
		return
	}
	s := r.Span()
	if s.Begins && !isoYear(s.From) || s.Ends && !isoYear(s.To) || !s.Begins && !s.Ends {
		x.leaf("unitdate", v, attrs...)
		return
	}
	if s.Begins && s.Ends && !r.Asked() {
		switch q := r.Candidates[0].Value.Qualified(); {
		case q&dates.Uncertain != 0 || r.Candidates[0].Certainty == dates.Doubtful:
			attrs = append(attrs, "certainty", "uncertain")
		case q != 0:
			attrs = append(attrs, "certainty", "approximate")
		}
		x.leaf("unitdate", v, append(attrs, "normal", isoSpan(s.From, s.To))...)
		return
	}
	x.open("unitdatestructured", attrs...) // somewhere between these days
	attrs = nil
	if s.Begins {
		attrs = append(attrs, "notbefore", s.From.String())
	}
	if s.Ends {
		attrs = append(attrs, "notafter", s.To.String())
	}
	x.leaf("datesingle", v, attrs...)
	x.close()
}

// isoYear says whether EAD3 takes a year in its forms for machines.
func isoYear(d dates.Day) bool { return d.Year > 0 && d.Year < 3000 }

// isoSpan is all from one day to another: as one year, month or day where it is that, else as two with a slash.
func isoSpan(from, to dates.Day) string {
	a, b := from.String(), to.String()
	switch {
	case a == b:
		return a
	case from.Month == 1 && from.Day == 1 && to.Month == 12 && to.Day == 31:
		a, b = a[:4], b[:4]
	case from.Day == 1 && endsMonth(to):
		a, b = a[:7], b[:7]
	}
	if a == b {
		return a
	}
	return a + "/" + b
}

// endsMonth says whether a day is the last of its month.
func endsMonth(d dates.Day) bool {
	v, err := dates.Parse(fmt.Sprintf("%04d-%02d", d.Year, d.Month))
	last, ok := v.Latest()
	return err == nil && ok && last == d
}

// w3cDates are the dates of an element of Dublin Core for one that was written: one day, month or year as W3CDTF has it,
// with the words beside it where they say more; the words alone where that is not what they say.
func w3cDates(v string) []string {
	if isoDate(v) != "" {
		return []string{v}
	}
	r, err := dates.Read(v, dates.Options{})
	if err != nil || r.Asked() || len(r.Candidates) != 1 {
		return []string{v}
	}
	c := r.Candidates[0]
	day := isoDate(c.Value.String())
	switch {
	case day == "":
		return []string{v}
	case c.Calendar == dates.CalendarGregorian && c.Certainty == dates.Stated && c.Clock == "":
		return []string{day}
	}
	return []string{day, v}
}
