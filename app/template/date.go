package template

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/archive"
	"fonds/storage/dates"
)

// readDate says why a date cannot be read, or what there is to choose between, or else how
// it reads. The year is the document's, for dates without one; 0 where it is not known.
func readDate(value string, year int) (doubt, reading string) {
	lang := i18n.Current()
	r, err := dates.Read(value, dates.Options{Year: year})
	var fault *dates.Fault
	switch {
	case errors.As(err, &fault):
		return i18n.T("doubt.date", "why", fault.Words(lang)), ""
	case r.Asked():
		var all []string
		for _, c := range r.Candidates[:min(len(r.Candidates), 4)] {
			all = append(all, c.Words(lang))
		}
		if len(all) < len(r.Candidates) {
			all = append(all, "…")
		}
		return i18n.T("doubt.date.asked", "why", r.Question.Words(lang), "all", i18n.List(all)), ""
	case len(r.Candidates) == 0:
		return "", ""
	}
	return "", dateWords(r.Candidates[0], lang)
}

// dateWords is a date as EDTF and in words, with how sure it is and what was taken from
// elsewhere.
func dateWords(c dates.Candidate, lang string) string {
	said := c.Value.String()
	if words := c.Words(lang); words != said {
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
		said += i18n.T("list.semicolon") + n.Words(lang)
	}
	return said
}

// Beside is what stands below a value in force: what may be wrong with it, or how a date
// reads that is not written as EDTF; "" for nothing.
func (f *Field) Beside(value string, year int) string {
	doubt, reading := f.read(value, year)
	if doubt != "" {
		return "⚠ " + doubt
	}
	if v, err := dates.Parse(strings.TrimSpace(value)); reading != "" && err == nil && v.Level() == 0 {
		if day, ok := v.Earliest(); ok && day.Year > 0 {
			return "" // as everybody reads it
		}
	}
	return reading
}

// Reads says what a value that is typed will be understood as, or what may be wrong with it;
// "" for nothing. Only dates are understood as something else than their words.
func (f *Field) Reads(value string, year int) string {
	doubt, reading := f.read(value, year)
	return cmp.Or(doubt, reading)
}

// Year is the year that values of the field are read by in a document of that date; 0 for
// the date itself, and for fields that need none.
func (f *Field) Year(date string) int {
	if f.ID == archive.DateField || !slices.Contains([]string{"date", "reference", "number"}, f.Type) {
		return 0
	}
	return yearOf(date)
}

// yearOf is the year that a date lies in; 0 where it says none, several, or one that is not
// sure.
func yearOf(date string) int {
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
