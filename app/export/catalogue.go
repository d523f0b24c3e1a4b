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
func filed(identifiers []string) (ref, number string) {
	var refs, numbers []string
	for _, id := range identifiers {
		if ownNumber.MatchString(strings.TrimSpace(id)) || len(refs) > 0 {
			numbers = append(numbers, id)
		} else {
			refs = append(refs, id)
		}
	}
	return strings.Join(refs, join), strings.Join(numbers, join)
}

// dayOf is a date as a catalogue says it: in Chinese a day in eight figures, as DA/T
// 22 wants it, and everything else as it was written.
func dayOf(lang, date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil || !strings.HasPrefix(lang, "zh") {
		return date
	}
	return t.Format("20060102")
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
