package export

import (
	"regexp"
	"strings"
	"time"
)

// This file reads out of the fields of Dublin Core what the columns of a catalogue
// of filed items want.

// ownNumber is a document's own number (文号): letters of an office with a year in
// brackets, as 青档发〔2016〕3号.
var ownNumber = regexp.MustCompile(`[〔\[［（(【]\s*[0-9]{4}\s*[〕\]］）)】].*号|第?[0-9]+号$`)

// filed tells reference codes (档号) from a document's own numbers (文号), which
// both are identifiers: one that looks like an own number is one, and of the others
// the first is the reference code.
func filed(identifiers []string) (refs, numbers []string) {
	for _, id := range identifiers {
		if ownNumber.MatchString(strings.TrimSpace(id)) || len(refs) > 0 {
			numbers = append(numbers, id)
		} else {
			refs = append(refs, id)
		}
	}
	return refs, numbers
}

// days are dates as a catalogue says them: in Chinese a day in eight figures, as DA/T
// 22 wants it, and everything else as it was written.
func (s *speech) days(dates []string) string {
	var out []string
	for _, d := range dates {
		if t, err := time.Parse(time.DateOnly, d); err == nil && strings.HasPrefix(s.tags[0], "zh") {
			d = t.Format("20060102")
		}
		out = append(out, d)
	}
	return s.joined(out)
}

// joined is values as one, in the first language of the page.
func (s *speech) joined(values []string) string {
	return strings.Join(values, s.in(s.tags[0], "join"))
}

var pagesWritten = regexp.MustCompile(`(?i)([0-9]+)\s*(?:页|頁|pages?\b|pp\b|p\.)`)

// pagesOf is how many pages an extent says; "" where it says none. Leaves are no
// pages.
func pagesOf(extent string) string {
	if m := pagesWritten.FindStringSubmatch(extent); m != nil {
		return m[1]
	}
	return ""
}
