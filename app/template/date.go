package template

import (
	"errors"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/dates"
)

// dateDoubt says why a date cannot be read, or what there is to choose between; "" for
// nothing. The year is the document's, for dates without one; 0 where it is not known.
func dateDoubt(value string, year int) string {
	lang := i18n.Current()
	r, err := dates.Read(value, dates.Options{Year: year})
	var fault *dates.Fault
	switch {
	case errors.As(err, &fault):
		return i18n.T("doubt.date", "why", fault.Words(lang))
	case r.Asked():
		var all []string
		for _, c := range r.Candidates[:min(len(r.Candidates), 4)] {
			all = append(all, c.Words(lang))
		}
		if len(all) < len(r.Candidates) {
			all = append(all, "…")
		}
		return i18n.T("doubt.date.asked", "why", r.Question.Words(lang), "all", i18n.List(all))
	}
	return ""
}

// Beside is what stands below a value in force: what may be wrong with it, or how a date
// reads that is not written as EDTF; "" for nothing.
func (f *Field) Beside(value string, year int) string {
	if doubt := f.Doubt(value, year); doubt != "" {
		return "⚠ " + doubt
	}
	if f.Type == "date" {
		if v, err := dates.Parse(strings.TrimSpace(value)); err == nil && v.Level() == 0 {
			if day, ok := v.Earliest(); ok && day.Year > 0 {
				return "" // as everybody reads it
			}
		}
	}
	return f.Reads(value, year)
}

// Reads says what a value that is typed will be understood as, or what may be wrong with it;
// "" for nothing. Only dates are understood as something else than their words.
func (f *Field) Reads(value string, year int) string {
	if doubt := f.Doubt(value, year); doubt != "" || f.Type != "date" {
		return doubt
	}
	r, err := dates.Read(value, dates.Options{Year: year})
	if err != nil || len(r.Candidates) == 0 {
		return ""
	}
	c := r.Candidates[0]
	said := c.Value.String()
	if words := c.Words(i18n.Current()); words != said {
		said += " · " + words
	}
	switch c.Certainty {
	case dates.Inferred:
		said = i18n.T("date.inferred", "date", said)
	case dates.Researched:
		said = i18n.T("date.researched", "date", said)
	case dates.Doubtful:
		if c.Value.Qualified()&dates.Uncertain != 0 {
			break // its words say so
		}
		said = i18n.T("date.doubtful", "date", said)
	}
	for _, n := range c.Notes {
		said += i18n.T("list.semicolon") + n.Words(i18n.Current())
	}
	return said
}

// YearOf is the year that a document's date lies in; 0 where it says none, several, or one
// that is not sure.
func YearOf(date string) int {
	r, err := dates.Read(date, dates.Options{})
	if err != nil || r.Asked() || len(r.Candidates) == 0 {
		return 0
	}
	v := r.Candidates[0].Value
	day, ok := v.Earliest()
	last, ended := v.Latest()
	if !ok || !ended || day.Year != last.Year || day.Year < 1 || day.Year > 9999 || v.Qualified() != 0 {
		return 0
	}
	return int(day.Year)
}
