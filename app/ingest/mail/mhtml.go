package mail

import (
	"bytes"
	"context"
	"strings"

	"fonds/app/ingest/content"
)

// A Page is a web page that was saved as a message.
type Page struct {
	HTML     []byte // the page itself, its transfer encoding undone, in the charset that it has
	Charset  string // as its part declares, in lower case; "" where it declares none
	Location string // the address it was saved from, "" where the file does not say
	Subject  string // its title, as the browser wrote it into the head
	Date     string // when it was saved, EDTF
}

// MHTMLPage takes the page out of a file that a browser saved, and the documents that are no part of the page (letters,
// PDF files …). What the page shows or runs (pictures, styles, scripts, fonts, frames) is none. The error is a
// *content.Refusal.
func MHTMLPage(data []byte) (*Page, []content.Part, error) {
	root, err := scan(context.Background(), data)
	if err != nil {
		return nil, nil, err
	}
	l := &letter{ctx: context.Background(), o: Options{Decode: byName}, root: root, c: &content.Content{}}
	n := pageOf(root)
	if n == nil {
		return nil, nil, content.Refuse(content.NotIt, "there is no page in it")
	}
	l.readHeads()
	b, _, _ := undo(l.ctx, n.body, n.head.get("content-transfer-encoding"))
	p := &Page{
		HTML:    bytes.Clone(b),
		Charset: charset(parameters(n.head.get("content-type"))["charset"].value),
		Subject: strings.TrimSpace(l.words("subject")),
		Date:    edtf(l.words("date")),
	}
	for _, v := range []string{root.head.get("snapshot-content-location"), n.head.get("content-location"), root.head.get("content-location")} {
		if v = strings.Trim(clean(l.decoded(v), false), "<> "); v != "" {
			p.Location = v
			break
		}
	}
	l.documents(root, n)
	if l.err != nil {
		return nil, nil, l.err
	}
	return p, l.c.Parts, nil
}

// pageOf is the node that is the page: the root of what is related, the page among alternatives, the first otherwise.
func pageOf(n *node) *node {
	if !n.multipart() {
		if n.kind == "text/html" || n.kind == "application/xhtml+xml" {
			return n
		}
		return nil
	}
	start := strings.Trim(parameters(n.head.get("content-type"))["start"].value, "<> ")
	for _, c := range n.children {
		if start != "" && strings.Trim(c.head.get("content-id"), "<> ") == start {
			if page := pageOf(c); page != nil {
				return page
			}
		}
	}
	for _, c := range n.children {
		if page := pageOf(c); page != nil {
			return page
		}
	}
	return nil
}

// documents makes parts of what is no part of the page.
func (l *letter) documents(n, page *node) {
	for _, c := range n.children {
		l.documents(c, page)
	}
	if n.multipart() || n == page || l.err != nil {
		return
	}
	main, sub, _ := strings.Cut(n.kind, "/")
	switch {
	case disposition(n) == "attachment", main == "message":
	case main != "application", strings.Contains(sub, "javascript"), strings.Contains(sub, "ecmascript"), strings.Contains(sub, "json"),
		strings.Contains(sub, "xhtml"), strings.Contains(sub, "font"), sub == "octet-stream", sub == "x-shockwave-flash", strings.HasPrefix(n.kind, "multipart/"):
		return
	}
	l.part(n, content.AnAttachment)
}
