// Package mail reads letters: a message (RFC 5322 with MIME), a mailbox file of them, and a web page that was saved as
// one (MHTML). Bytes in, a content.Content out: the letter's head and body as text, what the head says, and what lies in
// it as parts with their exact bytes. It imports nothing of the project but package content; how bytes become characters
// and a page of HTML becomes text is handed in. It reads no file, and never makes a path of a name.
//
// The walk over a message is its own: it goes over the bytes once, whatever the nesting, and keeps slices of them.
package mail

import (
	"context"
	"fmt"
	"strings"

	"fonds/app/ingest/content"
)

// Version is of the rules of this package: it goes up when the same bytes would give another text.
const Version = "1"

// A Decoder turns bytes into text. declared is the charset that the letter claims for them, "" where it claims none
// (or one that says nothing, such as us-ascii over bytes that are not); a Decoder may know better.
type Decoder func(b []byte, declared string) (text string, err error)

// Options are what reading a letter needs of others.
type Options struct {
	Decode Decoder                  // nil: by the name of the charset, else UTF-8, else Windows-1252
	HTML   func(html string) string // the text of a page, lines ended by \n; nil: the page as it stands
}

// EML reads one message. The text is the head as people read it (From, To, Cc, Bcc, Date, Subject, decoded), an empty
// line, and the body: plain text where there is any, else that of the page; further texts in the letter follow. Lines
// stand as they are written (format=flowed is not unfolded). Attachments are parts, not lines of the text. The error is a
// *content.Refusal, or that of ctx.
func EML(ctx context.Context, data []byte, o Options) (*content.Content, error) {
	if o.Decode == nil {
		o.Decode = byName
	}
	root, err := scan(ctx, data)
	if err != nil {
		return nil, err
	}
	if len(root.head) == 0 {
		return nil, content.Refuse(content.NotIt, "it has no line of a letter's head")
	}
	l := &letter{ctx: ctx, o: o, root: root, c: &content.Content{Format: "message/rfc822"}}
	l.readHeads()
	l.say()
	if l.texts = l.gather(root, content.AnAttachment); len(l.texts) == 0 && l.file != nil {
		l.texts = []*node{l.file} // some mailers give the body a name
	}
	if l.err == nil {
		l.write()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if l.err != nil {
		return nil, l.err
	}
	return l.c, nil
}

// A letter is a message while it is read.
type letter struct {
	ctx      context.Context
	o        Options
	root     *node
	hint     string            // a charset that some text of it declares
	known    map[string]string // raw values of heads that are not UTF-8 → what they read
	texts    []*node           // what is shown as its body, in order
	file     *node             // the first text that has the name of a file and is not attached
	unpacked int               // bytes of all that was decoded
	lost     map[string]bool
	c        *content.Content
	err      error
}

// lose notes once what could not be taken.
func (l *letter) lose(format string, args ...any) {
	sentence := clean(fmt.Sprintf(format, args...), false)
	if l.lost[sentence] || len(l.lost) >= 100 {
		return
	}
	if l.lost == nil {
		l.lost = map[string]bool{}
	}
	l.lost[sentence] = true
	l.c.Lost = append(l.c.Lost, sentence)
}

// stop keeps the first reason for which the letter is not read.
func (l *letter) stop(err error) {
	if l.err == nil {
		l.err = err
	}
}

// add adds a part, within the caps.
func (l *letter) add(p content.Part) {
	if len(l.c.Parts) >= content.MaxParts {
		l.stop(content.Refuse(content.TooMuch, "parts > %d", content.MaxParts))
		return
	}
	l.c.Parts = append(l.c.Parts, p)
}

// said adds a value that a field of the head states.
func (l *letter) said(field, value, where string) {
	if value = strings.TrimSpace(clean(value, false)); value != "" {
		l.c.Said = append(l.c.Said, content.Said{Field: field, Value: value, Where: "header " + where})
	}
}

// people is how many persons a field of the head may name before the rest is left to the text.
const people = 10_000

// say takes what the head says.
func (l *letter) say() {
	l.c.Title = strings.TrimSpace(l.words("subject"))
	l.said("dcterms:title", l.c.Title, "Subject")
	for _, f := range []struct{ name, field string }{
		{"From", "dcterms:creator"}, {"To", "dcterms:contributor"}, {"Cc", "dcterms:contributor"}, {"Bcc", "dcterms:contributor"},
	} {
		n := 0
		for _, raw := range l.root.head.all(strings.ToLower(f.name)) {
			for _, p := range persons(l.raw(raw)) {
				if n++; n > people {
					l.lose("The field %s names more than %d persons; the rest stands in the text only.", f.name, people)
					break
				}
				l.said(f.field, l.person(p), f.name)
			}
		}
	}
	l.said("dcterms:date", edtf(l.words("date")), "Date")
	for _, id := range ids(l.words("message-id")) {
		l.said("dcterms:identifier", id, "Message-ID")
	}
	for _, name := range []string{"In-Reply-To", "References"} {
		for i, id := range ids(l.words(strings.ToLower(name))) {
			if i >= people {
				break
			}
			l.said("dcterms:relation", id, name)
		}
	}
	for _, lang := range strings.Split(l.words("content-language"), ",") {
		l.said("dcterms:language", lang, "Content-Language")
	}
}

// ids are the message identifiers in a field, without their brackets; the field itself where it has none.
func ids(s string) []string {
	var all []string
	rest := s
	for {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			break
		}
		id, next, ok := strings.Cut(after, ">")
		if !ok {
			break
		}
		all, rest = append(all, strings.Join(strings.Fields(id), "")), next
	}
	if all == nil && strings.TrimSpace(s) != "" {
		return []string{strings.TrimSpace(s)}
	}
	return all
}
