package command

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"fonds/app/i18n"
	"fonds/storage/dates"
)

var dateVerb = &verb{
	name: "date", usage: "fonds date TEXT... [--json] [--year N] [--order day|month] [--lang L]",
	summary: "a date as written: EDTF, earliest and latest day, how it reads",
	help: `Reads EDTF (ISO 8601-2, levels 0 to 2) and dates as people write them, in Chinese
and English: 22.11.2015 13:35, 一九五八年三月, 民国三十八年十月, 光绪二十四年八月初六,
昭和33年, 辛亥年, 康熙年间, c. 1890, 19世纪末, before 1912, [19450815], 1914-18.
Days of the lunar calendar are converted by a table. Each TEXT is one date, a line
each in the answer; - reads lines from standard input.

Nothing is guessed: where a day and a month could change places (--order says
which comes first), an era was one of several states, or the century is missing,
all candidates are given, and what there is to ask. A year that is missing is
taken from --year, and that is said. Days are those of the Gregorian calendar.
Ends with 1 where a text could not be read; the answer says why.`,
	flags: []flag{jsonFlag,
		{"year", "N", "the year of the document, for dates without one or with two figures"},
		{"order", "ORDER", "day or month: which comes first in 03/04/1912; else it is asked"},
		{"lang", "LANG", "en or zh-Hans, for how it reads and what there is to say; en unless given"},
	},
	min: 1, max: -1, run: runDate,
}

// meaning is what a text means, the whole of a line of date --json or one of its candidates.
type meaning struct {
	EDTF      string   `json:"edtf"`
	Earliest  *string  `json:"earliest"` // null where it is open or not known
	Latest    *string  `json:"latest"`
	Calendar  string   `json:"calendar"`
	Level     int      `json:"level"`
	Reads     string   `json:"reads"`
	State     string   `json:"state,omitempty"`
	Era       string   `json:"era,omitempty"`
	Clock     string   `json:"clock,omitempty"`
	Certainty string   `json:"certainty,omitempty"` // where it is not stated: inferred, researched, doubtful
	Notes     []string `json:"notes,omitempty"`
}

type dated struct {
	Text string `json:"text"`
	meaning
}

type datedAsked struct {
	Text       string    `json:"text"`
	Ask        string    `json:"ask"`
	Candidates []meaning `json:"candidates"`
}

type undatable struct {
	Text  string `json:"text"`
	Error string `json:"error"`
}

// longestDates is how many bytes a line of standard input has at most.
const longestDates = 4 << 20

func runDate(c *call) error {
	lang, err := c.choice("lang", i18n.Languages()...)
	if err != nil {
		return err
	}
	order, err := c.choice("order", "", "day", "month")
	if err != nil {
		return usage(`--order can be day or month, not %q`, clip(c.flags["order"]))
	}
	year, err := c.number("year", 0)
	if err != nil {
		return err
	}
	if year > 9999 {
		return usage("--year wants a year up to 9999")
	}
	o := dates.Options{Year: year, Order: map[string]dates.Order{"day": dates.DayFirst, "month": dates.MonthFirst}[order]}
	failed := false
	for _, text := range c.args {
		if text != "-" {
			ok, err := c.date(text, o, lang)
			if failed = failed || !ok; err != nil {
				return err
			}
			continue
		}
		in := bufio.NewScanner(c.env.Stdin)
		in.Buffer(nil, longestDates)
		for in.Scan() {
			if strings.TrimSpace(in.Text()) == "" {
				continue
			}
			ok, err := c.date(in.Text(), o, lang)
			if failed = failed || !ok; err != nil {
				return err
			}
		}
		switch {
		case errors.Is(in.Err(), bufio.ErrTooLong):
			return &failure{exitPart, fmt.Errorf("a line of standard input is longer than %d MB, and no date; it and what follows was not read", longestDates>>20)}
		case in.Err() != nil:
			return usage("reading standard input: %w", in.Err())
		}
	}
	if failed {
		return ended(exitPart)
	}
	return nil
}

// date answers one text, and says whether it could be read.
func (c *call) date(text string, o dates.Options, lang string) (bool, error) {
	if err := c.ctx.Err(); err != nil {
		return false, err
	}
	r, err := dates.Read(text, o)
	if err != nil {
		why := err.Error()
		if f := (*dates.Fault)(nil); errors.As(err, &f) && lang == dates.Chinese {
			why = f.Words(lang)
		}
		if c.json() {
			return false, c.enc.Encode(undatable{text, why})
		}
		c.say("fonds: %s: %s", clip(text), clip(why))
		return false, nil
	}
	var all []meaning
	for _, one := range r.Candidates {
		all = append(all, meaningOf(one, lang))
	}
	if c.json() {
		if r.Asked() {
			return true, c.enc.Encode(datedAsked{text, r.Question.Words(lang), all})
		}
		return true, c.enc.Encode(dated{text, all[0]})
	}
	if r.Asked() {
		c.printf("%s: %s\n", clip(text), r.Question.Words(lang))
		for _, m := range all {
			err = c.printf("  %s\n", m.line())
		}
		return true, err
	}
	return true, c.printf("%s: %s\n", clip(text), all[0].line())
}

func meaningOf(c dates.Candidate, lang string) meaning {
	m := meaning{EDTF: c.Value.String(), Calendar: c.Calendar, Level: c.Value.Level(), Reads: c.Words(lang), State: c.State, Era: c.Era, Clock: c.Clock}
	if d, ok := c.Value.Earliest(); ok {
		s := d.String()
		m.Earliest = &s
	}
	if d, ok := c.Value.Latest(); ok {
		s := d.String()
		m.Latest = &s
	}
	if c.Certainty != dates.Stated {
		m.Certainty = c.Certainty.String()
	}
	for _, n := range c.Notes {
		m.Notes = append(m.Notes, n.Words(lang))
	}
	return m
}

// line is a meaning for people.
func (m meaning) line() string {
	parts := []string{m.EDTF, m.Reads}
	end := func(s *string) string {
		if s == nil {
			return "…"
		}
		return *s
	}
	if span := end(m.Earliest) + " to " + end(m.Latest); m.Earliest == nil || m.Latest == nil || *m.Earliest != *m.Latest {
		parts = append(parts, span)
	}
	if m.Calendar != dates.CalendarGregorian {
		calendar := m.Calendar + " calendar"
		if m.State != "" {
			calendar += ", " + m.State + " " + m.Era
		}
		parts = append(parts, calendar)
	}
	if m.Certainty != "" {
		parts = append(parts, m.Certainty)
	}
	return visible(strings.Join(append(parts, m.Notes...), "; "))
}
