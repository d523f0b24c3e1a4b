package checks

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"fonds/app/codes"
	"fonds/app/template"
	"fonds/storage/archive"
)

// This file checks reference codes (档号) by themselves and against what else a document
// says.

// retentions are what the code of a retention period stands for in the field of it.
var retentions = map[string]string{"Y": "永久", "D30": "定期30年", "D10": "定期10年"}

// slips are faults that do not make a code another one.
var slips = map[string]bool{codes.FaultJoiner: true, codes.FaultWidth: true}

func (s *subject) references(refs []*archive.Item) {
	for _, it := range refs {
		r := codes.ParseReference(it.Text)
		s.keys(&r)
		var all []Finding
		for _, f := range r.Faults {
			found := Finding{Severity: Error, Code: "reference", Field: it.Key, Args: []any{"value", it.Text, "fault", f.Kind, "was", f.Was, "is", f.Is}}
			if slips[f.Kind] {
				found.Severity = Warning
			}
			all = append(all, found)
		}
		if r.Of(codes.Either) != "" && !template.InFile(s.d.Document, s.r.units) {
			all = append(all, warn("reference-either", "value", it.Text, "part", r.Of(codes.Either)).of(it.Key))
		}
		s.thing("A8", all...)
		s.plausible(it, &r)
	}
}

// itemNumber is the number of an item in a reference code (件号).
type itemNumber struct {
	below    string // what stands before it
	n, width int
}

// keys keeps by what a code is compared with others: with the usual joiners and without
// blanks; and the number of its item.
func (s *subject) keys(r *codes.Reference) {
	s.refKeys = append(s.refKeys, r.Key())
	last := r.Segments[len(r.Segments)-1]
	if n, err := strconv.Atoi(last.Text); err == nil && last.Kind == codes.Item && len(last.Text) <= 9 {
		s.items = append(s.items, itemNumber{unspaced(strings.TrimSuffix(r.Form, last.Text)), n, len(last.Text)})
	}
}

func unspaced(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

// plausible holds the year and the retention period of a code against the fields of them.
func (s *subject) plausible(it *archive.Item, r *codes.Reference) {
	year, kept := r.Of(codes.Year), r.Of(codes.Retention)
	if year == "" && kept == "" {
		return
	}
	var all []Finding
	if year != "" && s.date.ok && !s.date.in(year) {
		all = append(all, warn("reference-year", "value", it.Text, "year", year, "date", s.d.Date()).of(it.Key))
	}
	for _, v := range stated(s.d.Document, s.r.roles.retention) {
		if kept != "" && !sameRetention(kept, v.Text) {
			all = append(all, err1("reference-retention", "value", it.Text, "code", kept, "period", v.Text).of(it.Key))
		}
	}
	s.thing("A6", all...)
}

// in says whether a year of four figures lies in the date. A document is often filed in the
// year after it was made (归档年度), so that another year is something to look at, no error.
func (s span) in(year string) bool {
	n := int64(0)
	for _, c := range year {
		n = n*10 + int64(c-'0')
	}
	return (!s.begins || s.from.Year <= n) && (!s.ends || s.to.Year >= n)
}

// aPeriod is a retention period as China has them.
var aPeriod = regexp.MustCompile(`^(?:永久|长期|短期|(?:定期)?\d{1,3}年|\d{1,3}|D\d{1,3})$`)

// sameRetention says whether a code stands for a period, as 定期30年, 30年 or 永久.
func sameRetention(code, period string) bool {
	period = strings.TrimSpace(period)
	if !aPeriod.MatchString(period) {
		return true // of other rules: what it is here is not known
	}
	if code == "Y" {
		return period == retentions[code]
	}
	years := strings.TrimPrefix(code, "D")
	return period == code || strings.TrimPrefix(period, "定期") == years+"年" || period == years
}
