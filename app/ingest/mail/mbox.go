package mail

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fonds/app/ingest/content"
)

// MBOX takes a mailbox file apart: each message a part (As Member, message/rfc822) that holds its bytes as they stand,
// without the line From that mailboxes put before it and the empty line behind it. Lines that the mailbox quoted
// (>From) stay quoted: of two of the varieties nobody can tell what the letter had. What stands before the first message
// is a part of its own, and a message without an end is all the rest: nothing of the file is lost. The text is empty.
func MBOX(ctx context.Context, data []byte) (*content.Content, error) {
	c := &content.Content{Format: "application/mbox"}
	b := &mailbox{ctx: ctx, data: data}
	starts, err := b.separators()
	if err != nil {
		return nil, err
	}
	if len(starts) == 0 {
		return nil, content.Refuse(content.NotIt, "no message begins in it")
	}
	if before := data[:starts[0]]; len(bytes.TrimSpace(before)) > 0 && !bytes.Equal(before, []byte("\xEF\xBB\xBF")) {
		c.Lost = append(c.Lost, fmt.Sprintf("%d bytes before the first message are no message; they are kept as a part.", len(before)))
		c.Parts = append(c.Parts, content.Part{Name: "00000.txt", Type: "text/plain", As: content.Member, Data: before})
	}
	for i, start := range starts {
		stop := len(data)
		if i+1 < len(starts) {
			stop = starts[i+1]
		}
		l, next := line(data, start)
		p := content.Part{Name: fmt.Sprintf("%05d.eml", i+1), Type: "message/rfc822", As: content.Member, Data: unpadded(data[next:stop])}
		p.Modified, _ = fromDate(l)
		p.Said = []content.Said{{Field: "dcterms:source", Value: strings.TrimSpace(clean(string(l[min(5, len(l)):]), false)), Where: "mbox From"}}
		c.Parts = append(c.Parts, p)
	}
	if v := b.variety(); v != "" {
		c.Said = append(c.Said, content.Said{Field: "dcterms:medium", Value: v, Where: "mbox >From"})
	}
	return c, nil
}

// A mailbox is such a file while it is read.
type mailbox struct {
	ctx     context.Context
	data    []byte
	counted bool // a Content-Length led from one message to the next
}

// unpadded is a message without the empty line that a mailbox puts behind it.
func unpadded(m []byte) []byte {
	for _, end := range []string{"\r\n", "\n"} {
		if bytes.HasSuffix(m, []byte("\n"+end)) {
			return m[:len(m)-len(end)]
		}
	}
	return m
}

// separators are the places of the lines that begin a message.
func (b *mailbox) separators() ([]int, error) {
	var starts []int
	empty := true // whether the line before is empty, or there is none
	trusted := -1 // up to where a Content-Length says that the message goes
	pos := 0
	if bytes.HasPrefix(b.data, []byte("\xEF\xBB\xBF")) {
		pos = 3
	}
	for n := 0; pos < len(b.data); n++ {
		if n&0xFFF == 0 && b.ctx.Err() != nil {
			return nil, b.ctx.Err()
		}
		l, next := line(b.data, pos)
		if bytes.HasPrefix(l, []byte("From ")) && pos >= trusted && b.begins(l, next, empty, len(starts) == 0) {
			if len(starts) >= content.MaxParts {
				return nil, content.Refuse(content.TooMuch, "messages > %d", content.MaxParts)
			}
			starts = append(starts, pos)
			if to := b.counts(next); to > 0 {
				trusted, b.counted = to, true
			}
		}
		empty = len(bytes.TrimSpace(l)) == 0
		pos = next
	}
	return starts, nil
}

// begins says whether a line From begins a message: it has a date, and a head follows. Behind no empty line the head
// must be one of a letter; at the top of the file none need follow.
func (b *mailbox) begins(l []byte, next int, empty, first bool) bool {
	if _, ok := fromDate(l); !ok {
		return false
	}
	if next >= len(b.data) {
		return first
	}
	follows, after := line(b.data, next)
	for n := 0; n < 3 && after < len(b.data) && envelope(follows) && bytes.HasPrefix(follows, []byte{'>'}); n++ {
		follows, after = line(b.data, after)
	}
	if empty {
		return fieldName(follows) != "" || first && len(follows) == 0
	}
	return usual[fieldName(follows)] || strings.HasPrefix(fieldName(follows), "x-")
}

// counts gives where the message whose head begins at pos ends by its Content-Length, if a message begins there or the
// file ends; 0 where it has none, or one that is wrong. It is looked for in the first 64 KB of the head.
func (b *mailbox) counts(pos int) int {
	from := func(l []byte) bool { return bytes.HasPrefix(l, []byte("From ")) }
	h, body := readHead(b.data[:min(len(b.data), pos+64<<10)], pos, from)
	n, err := strconv.Atoi(strings.TrimSpace(h.get("content-length")))
	if err != nil || n <= 0 || n > len(b.data)-body {
		return 0
	}
	for to := body + n; ; {
		if to >= len(b.data) {
			return len(b.data)
		}
		l, next := line(b.data, to)
		if bytes.HasPrefix(l, []byte("From ")) {
			if _, ok := fromDate(l); ok && (to == 0 || b.data[to-1] == '\n') {
				return to
			}
			return 0
		}
		if len(l) > 0 || to > body+n+2 {
			return 0
		}
		to = next
	}
}

// fromDate reads the date of a line From: that of asctime, with or without zone, behind the sender.
func fromDate(l []byte) (time.Time, bool) {
	if len(l) > 500 {
		return time.Time{}, false
	}
	words := strings.Fields(string(l))
	for i := 1; i < len(words); i++ {
		if !weekdays[strings.ToLower(strings.Trim(words[i], ","))] {
			continue
		}
		rest := strings.Join(words[i:], " ")
		if t := when(rest); !t.IsZero() && strings.Contains(rest, ":") {
			return t, true
		}
	}
	return time.Time{}, false
}

var weekdays = map[string]bool{"mon": true, "tue": true, "wed": true, "thu": true, "fri": true, "sat": true, "sun": true}

// variety says which variety of mailbox it is, as far as it shows: mboxcl2 counts bytes, mboxrd quotes what is quoted
// already, and one that quotes only lines that begin with From may be mboxo.
func (b *mailbox) variety() string {
	once, twice := false, false
	for rest := b.data; !twice; {
		i := bytes.Index(rest, []byte("\n>"))
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		quoted := bytes.TrimLeft(rest, ">")
		if bytes.HasPrefix(quoted, []byte("From ")) {
			once = true
			twice = len(rest)-len(quoted) > 1
		}
		rest = quoted
	}
	switch {
	case twice:
		return "mboxrd"
	case once:
		return "mboxo or mboxrd"
	case b.counted:
		return "mboxcl2"
	}
	return ""
}
