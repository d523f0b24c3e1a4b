package command

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fonds/storage/archive"
)

// printf writes to standard output for people.
func (c *call) printf(format string, args ...any) error {
	_, err := fmt.Fprintf(c.out, format, args...)
	return err
}

// when is a moment of the log for people: local, to the minute.
func (c *call) when(clock archive.Clock) string {
	return clock.Time().In(c.env.Now().Location()).Format("2006-01-02 15:04")
}

// whenText is when for a time that is written out as RFC 3339.
func (c *call) whenText(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return visible(text)
	}
	return t.In(c.env.Now().Location()).Format("2006-01-02 15:04")
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count is a number and its noun: 1 document, 2 documents.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return thousands(n) + " " + noun + "s"
}

// short is the beginning of a text on one line, for people.
func short(s string, most int) string {
	r := []rune(s)
	if len(r) > most {
		return visible(string(r[:most])) + "…"
	}
	return visible(s)
}

// block is a text of several lines, each made safe for a terminal and indented.
func block(s, indent string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = indent + visible(lines[i])
	}
	return strings.Join(lines, "\n")
}
