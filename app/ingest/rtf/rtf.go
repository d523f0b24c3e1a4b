// Package rtf reads Rich Text Format (RTF 1.9.1 and what came before it): its text with the notes, its properties and
// the packages embedded in it. It is handed the bytes of a file and imports nothing of the project but content; it
// never reads a file and never shows a picture.
package rtf

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"fonds/app/ingest/content"
)

// Version is that of the rules of this package: it goes up when the same bytes would give another text.
const Version = "1"

// mediaType is what IANA calls the format.
const mediaType = "application/rtf"

// IsRTF says whether a file begins as RTF does. The first 4 KB of it are enough.
func IsRTF(head []byte) bool { return begin(head) >= 0 }

// begin gives the offset of the first brace of RTF, -1 where the bytes are not RTF. Some writers put a mark of the byte
// order or blank lines before it.
func begin(head []byte) int {
	rest := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	rest = bytes.TrimLeft(rest, " \t\r\n\x00")
	if !bytes.HasPrefix(rest, []byte(`{\rtf`)) && !bytes.HasPrefix(rest, []byte(`{\urtf`)) {
		return -1
	}
	return len(head) - len(rest)
}

// RTF reads a file. An error is a *content.Refusal, or that of ctx.
func RTF(ctx context.Context, data []byte) (*content.Content, error) {
	start := begin(data)
	if start < 0 {
		return nil, content.Refuse(content.NotIt, `it does not begin with {\rtf`)
	}
	r := newReader(ctx, data[start:])
	if err := r.run(); err != nil {
		return nil, err
	}
	c := &content.Content{Format: mediaType, Said: r.said(), Parts: r.parts, Text: r.text()}
	for _, s := range c.Said {
		if s.Field == "dcterms:title" {
			c.Title = s.Value
		}
	}
	c.Lost = r.losses()
	return c, nil
}

// text joins the headers that say something, the body, its notes and comments, and the footers.
func (r *reader) text() string {
	told := map[string]bool{}
	lines := margins(r.headers, told)
	if body := strings.Trim(r.body.String(), "\n"); body != "" {
		lines = append(lines, body)
	}
	for i, n := range r.notes {
		lines = append(lines, n.said(fmt.Sprintf("[%d]", i+1)))
	}
	for i, n := range r.comments {
		lines = append(lines, n.said(fmt.Sprintf("[c%d]", i+1)))
	}
	return strings.Join(append(lines, margins(r.footers, told)...), "\n")
}

// said gives a note as a line behind its mark, and behind whose it is.
func (n *note) said(mark string) string {
	n.text.end()
	line := oneLine(n.text.String())
	if by := oneLine(n.by); by != "" {
		line = by + ": " + line
	}
	return strings.TrimRight(mark+" "+line, " ")
}

// margins gives the lines of headers or footers that say something, each once.
func margins(sinks []*sink, told map[string]bool) (lines []string) {
	for _, s := range sinks {
		for line := range strings.SplitSeq(s.String(), "\n") {
			line = strings.Trim(line, " \t")
			if strings.Trim(line, "0123456789-–—. /") == "" || told[line] {
				continue // a number of a page, or said on other pages
			}
			told[line] = true
			lines = append(lines, line)
		}
	}
	return lines
}

// losses says what was not taken.
func (r *reader) losses() []string {
	var lost []string
	add := func(n int, format string) {
		if n > 0 {
			lost = append(lost, fmt.Sprintf(format, n))
		}
	}
	add(r.hidden, "Text that is marked as hidden was left out: %d characters.")
	add(r.deleted, "Text that is marked as deleted was left out: %d characters.")
	add(r.pictures, "Pictures in it were not taken: %d.")
	add(r.objects, "Embedded objects in it were not taken: %d.")
	for _, cp := range r.unknown {
		lost = append(lost, fmt.Sprintf("Code page %d is not known here: its characters stand as U+FFFD.", cp))
	}
	if len(r.stack) > 0 {
		lost = append(lost, "The file ends before its last group is closed: it may be cut off.")
	}
	add(r.behind, "Behind the end of the document there are %d bytes that were not read.")
	return lost
}

// oneLine gives words with single spaces between them.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
