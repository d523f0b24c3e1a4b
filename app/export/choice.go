package export

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fonds/app/i18n"
	"fonds/storage/archive"
)

// Choice is what somebody chose to write out and how: with a moment of the log, all
// that decides what the files say. It is recorded with an edition.
type Choice struct {
	Formats   []string     `json:"formats"`             // of Formats(), sorted
	Query     string       `json:"query,omitempty"`     // as typed in the search; "" is everything
	Docs      []archive.ID `json:"docs,omitempty"`      // only these, sorted; none: all that the query finds
	Documents string       `json:"documents,omitempty"` // ApprovedOnly: those whose approval holds; "": all
	Set       string       `json:"set"`                 // Approved: what is in force; All: what is proposed too
	Text      string       `json:"text"`                // Reading or Source: which one a document's text is
	Aside     string       `json:"aside,omitempty"`     // LeaveOut: without furniture; "": with it

	Closed   string   `json:"closed"`             // LeaveOut or ListClosed: what becomes of closed documents
	Day      string   `json:"day,omitempty"`      // 2006-01-02: the day on which what opens by then is open
	Mask     []string `json:"mask,omitempty"`     // labels whose marked words are masked, sorted
	Hide     []string `json:"hide,omitempty"`     // fields whose values are masked, sorted
	Mark     string   `json:"mark,omitempty"`     // what stands in the place of what is masked
	Waivers  []Waiver `json:"waivers,omitempty"`  // masked words that may stand elsewhere, by words
	Title    string   `json:"title,omitempty"`    // of the set
	Creator  []string `json:"creators,omitempty"` // whom to cite; none: the archive's people who worked on it
	Licence  string   `json:"licence,omitempty"`  // SPDX identifier or address
	Excel    bool     `json:"excel,omitempty"`    // CSV begins with U+FEFF, by which Excel knows UTF-8
	Language string   `json:"language,omitempty"` // in which tables say that the source does not state a value; "" is English
}

// Waiver says why masked words may stand in other places than those masked.
type Waiver struct {
	Words  string `json:"words"`
	Reason string `json:"reason"`
}

// The choices of Choice.Set, Text, Documents and Closed.
const (
	Approved = "approved"
	All      = "all"
	Reading  = "reading"
	Source   = "source"

	ApprovedOnly = "approved"

	LeaveOut   = "leave-out"
	ListClosed = "list"
)

// DefaultMark stands in the place of what is masked, unless another is chosen.
const DefaultMark = "■■■"

// fill completes a choice and puts it in its one order.
func (c *Choice) fill(now time.Time) {
	for _, d := range []struct {
		value *string
		or    string
	}{{&c.Set, Approved}, {&c.Text, Reading}, {&c.Closed, LeaveOut}} {
		if *d.value == "" {
			*d.value = d.or
		}
	}
	c.Formats, c.Mask, c.Hide = sortedOnce(c.Formats), sortedOnce(c.Mask), sortedOnce(c.Hide)
	c.Docs = sortedOnce(c.Docs)
	if c.Language == i18n.Default || !slices.ContainsFunc(c.Formats, func(f string) bool { return slices.Contains(tableFormats, f) }) {
		c.Language = "" // nothing would be said in it
	}
	c.Waivers = slices.Clone(c.Waivers)
	slices.SortStableFunc(c.Waivers, func(a, b Waiver) int { return strings.Compare(a.Words, b.Words) })
	if c.masks() && c.Mark == "" {
		c.Mark = DefaultMark
	}
	if c.Day == "" {
		c.Day = now.UTC().Format(time.DateOnly)
	}
}

func (c *Choice) masks() bool { return len(c.Mask)+len(c.Hide) > 0 }

func sortedOnce[T ~string](list []T) []T {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

func (c *Choice) check() error {
	if len(c.Formats) == 0 {
		return fmt.Errorf("%w: name a format: %s", ErrChoice, strings.Join(Formats(), ", "))
	}
	for _, f := range c.Formats {
		if formats[f].open == nil && formats[f].around == nil {
			return fmt.Errorf("%w: the format %q; there is: %s", ErrChoice, f, strings.Join(Formats(), ", "))
		}
	}
	for _, one := range []struct {
		what, value string
		of          []string
	}{
		{"set", c.Set, []string{Approved, All}},
		{"text", c.Text, []string{Reading, Source}},
		{"choice of documents", c.Documents, []string{"", ApprovedOnly}},
		{"way with what is set aside", c.Aside, []string{"", LeaveOut}},
		{"way with closed documents", c.Closed, []string{LeaveOut, ListClosed}},
		{"language", c.Language, append(i18n.Languages(), "")},
	} {
		if !slices.Contains(one.of, one.value) {
			return fmt.Errorf("%w: the %s %q; there is: %s", ErrChoice, one.what, one.value, strings.Join(slices.DeleteFunc(one.of, func(s string) bool { return s == "" }), ", "))
		}
	}
	if _, err := time.Parse(time.DateOnly, c.Day); err != nil && c.Day != "" { // "": of an edition in which no day counts
		return fmt.Errorf("%w: the day %q; write it as 2026-11-30", ErrChoice, c.Day)
	}
	for _, w := range c.Waivers {
		if strings.TrimSpace(w.Words) == "" || strings.TrimSpace(w.Reason) == "" {
			return fmt.Errorf("%w: a waiver needs the words and a reason", ErrChoice)
		}
	}
	if strings.ContainsFunc(c.Mark, func(r rune) bool { return r < ' ' || strings.ContainsRune(`<>&"'\`, r) }) {
		return fmt.Errorf("%w: the mark %q for what is masked; take plain characters", ErrChoice, c.Mark)
	}
	return nil
}
