package mail

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// gather takes what lies in a node: what is text of the letter is returned, in order, all else becomes parts that
// belong to it as as says. It goes no deeper than the scanner let parts be nested.
func (l *letter) gather(n *node, as string) []*node {
	if l.err != nil {
		return nil
	}
	if err := l.ctx.Err(); err != nil {
		l.stop(err)
		return nil
	}
	if !n.multipart() {
		return l.leaf(n, as)
	}
	if !n.closed {
		l.lose("The parts of the letter have no end: the file may have been cut off.")
	}
	if left := bytes.TrimSpace(n.epilogue); len(left) > 0 {
		l.lose("What stands behind the last part is not read (%d bytes).", len(left))
	}
	switch n.kind {
	case "multipart/alternative":
		return l.alternative(n, as)
	case "multipart/related":
		return l.related(n, as)
	case "multipart/signed":
		texts := l.gather(n.children[0], as)
		l.keep(n.children[1:], content.AnAttachment)
		return texts
	case "multipart/encrypted":
		l.lose("The body is encrypted and could not be read; it is kept as it is.")
		l.keep(n.children, content.AnAttachment)
		return nil
	}
	var texts []*node
	for _, c := range n.children {
		texts = append(texts, l.gather(c, as)...)
	}
	if texts == nil && n.in == nil && worded(n.preamble) {
		return []*node{{kind: "text/plain", body: n.preamble, in: n}}
	}
	return texts
}

// keep makes parts of nodes, whatever they are.
func (l *letter) keep(nodes []*node, as string) {
	for _, n := range nodes {
		if n.multipart() {
			l.keep(n.children, as)
			continue
		}
		l.part(n, as)
	}
}

// alternative chooses among the same thing in several forms: plain text if it has any, else the page.
func (l *letter) alternative(n *node, as string) []*node {
	var plain, page, other []*node
	for _, c := range n.children {
		texts := l.gather(c, as)
		switch {
		case len(texts) == 0:
		case texts[0].kind == "text/html":
			if page == nil {
				page = texts
			}
		case plain == nil && l.says(texts):
			plain = texts
		case other == nil:
			other = texts
		}
	}
	switch {
	case plain != nil:
		return plain
	case page != nil:
		return page
	}
	return other
}

// says whether plain texts say anything but that the reader should have a mailer that shows pages.
func (l *letter) says(texts []*node) bool {
	for _, n := range texts {
		b, _, _ := undo(l.ctx, n.body, n.head.get("content-transfer-encoding"))
		b = bytes.TrimSpace(b)
		if len(b) == 0 {
			continue
		}
		if len(b) > 400 {
			return true
		}
		declared := parameters(n.head.get("content-type"))["charset"].value
		text := strings.ToLower(strings.Join(strings.Fields(l.characters(b, declared)), " "))
		stock := false
		for _, phrase := range []string{"not support html", "n't support html", "not display html", "html-capable", "html capable",
			"html-compatible", "html compatible", "html-enabled", "html enabled", "not support mime", "view this message in html", "不支持html", "不支持 html", "支持html格式", "支持 html 格式"} {
			stock = stock || strings.Contains(text, phrase)
		}
		if !stock {
			return true
		}
	}
	return false
}

// related takes a page and what it shows.
func (l *letter) related(n *node, as string) []*node {
	root := 0
	start := strings.Trim(parameters(n.head.get("content-type"))["start"].value, "<> ")
	for i, c := range n.children {
		if start != "" && strings.Trim(c.head.get("content-id"), "<> ") == start {
			root = i
		}
	}
	texts := []*node{}
	for i, c := range n.children {
		if i == root {
			texts = l.gather(c, as)
			continue
		}
		if disposition(c) == "attachment" && c.head.get("content-id") == "" {
			l.keep([]*node{c}, content.AnAttachment)
			continue
		}
		l.keep([]*node{c}, content.Inline)
	}
	return texts
}

// disposition is attachment or inline, as a node says; "" where it says neither.
func disposition(n *node) string {
	d, _, _ := strings.Cut(n.head.get("content-disposition"), ";")
	d = strings.ToLower(strings.TrimSpace(d))
	if i := strings.IndexAny(d, " \t("); i >= 0 {
		d = d[:i]
	}
	return d
}

// leaf takes a node without parts: a text of the letter, or a part.
func (l *letter) leaf(n *node, as string) []*node {
	if strings.HasPrefix(n.kind, "multipart/") { // its parts were not found, or it has none
		if len(bytes.TrimSpace(n.body)) == 0 {
			return nil
		}
		l.lose("The parts of %s were not found; it is read as plain text.", n.kind)
		return []*node{n}
	}
	attached := disposition(n) == "attachment"
	named := l.name(n) != ""
	switch n.kind {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text/rfc822-headers":
		if n.in == nil && !attached {
			if named { // the only thing in the letter: it can be read here and had under its name
				l.part(n, as)
			}
			return []*node{n}
		}
		if !attached && !named {
			return []*node{n}
		}
		if !attached && l.file == nil && n.kind != "text/rfc822-headers" {
			l.file = n
		}
	case "message/delivery-status", "message/disposition-notification", "message/feedback-report", "message/global-delivery-status":
		if !attached && !named {
			return []*node{n}
		}
	case "text/x-amp-html", "text/watch-html":
		if n.in != nil && n.in.kind == "multipart/alternative" && !attached && !named {
			return nil // the page once more, for one mailer
		}
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		if strings.EqualFold(parameters(n.head.get("content-type"))["smime-type"].value, "signed-data") {
			l.lose("The body lies inside its signature (S/MIME) and could not be read; it is kept as it is.")
		} else {
			l.lose("The body is encrypted (S/MIME) and could not be read; it is kept as it is.")
		}
	case "message/partial":
		l.lose("The letter was sent in pieces, and this is one of them.")
	case "application/ms-tnef", "application/vnd.ms-tnef":
		return l.tnef(n)
	}
	if disposition(n) == "inline" && strings.HasPrefix(n.kind, "image/") {
		as = content.Inline
	}
	l.part(n, as)
	return nil
}

// part makes a part of a node.
func (l *letter) part(n *node, as string) {
	data := l.bytes(n)
	p := content.Part{Name: l.name(n), As: as, Data: data}
	if n.stated {
		p.Type = n.kind
	}
	if n.kind == "message/rfc822" || n.kind == "message/global" || n.kind == "message/news" {
		p.Type = "message/rfc822"
		if p.Name == "" {
			p.Name = l.letterName(data)
		}
	}
	if len(data) == 0 && p.Name == "" {
		return
	}
	p.Modified = when(parameters(n.head.get("content-disposition"))["modification-date"].value)
	for _, f := range []struct{ field, name, as string }{
		{"dcterms:description", "content-description", "Content-Description"}, {"dcterms:identifier", "content-id", "Content-ID"},
		{"dcterms:source", "content-location", "Content-Location"}} {
		if v := strings.Trim(clean(l.decoded(l.raw(n.head.get(f.name))), false), "<> "); v != "" {
			p.Said = append(p.Said, content.Said{Field: f.field, Value: v, Where: "header " + f.as})
		}
	}
	l.add(p)
}

// letterName is a name for a letter within a letter that has none: its subject, or letter.eml.
func (l *letter) letterName(data []byte) string {
	h, _ := readHead(data, 0, nil)
	subject := strings.TrimSpace(clean(l.decoded(l.raw(h.get("subject"))), false))
	if subject == "" {
		subject = "letter"
	}
	if utf8.RuneCountInString(subject) > 100 {
		subject = string([]rune(subject)[:100])
	}
	return subject + ".eml"
}

// bytes undoes the transfer encoding of a node.
func (l *letter) bytes(n *node) []byte {
	encoding := n.head.get("content-transfer-encoding")
	b, bad, known := undo(l.ctx, n.body, encoding)
	if l.unpacked += len(b); l.unpacked > content.MaxUnpacked {
		l.stop(content.Refuse(content.TooMuch, "unpacked %d > %d", l.unpacked, content.MaxUnpacked))
	}
	what := "the body"
	if name := l.name(n); name != "" {
		what = name
	}
	if bad > 0 {
		l.lose("In %s, %d places could not be decoded (%s); what could be is kept.", what, bad, strings.TrimSpace(strings.ToLower(encoding)))
	}
	if !known {
		l.lose("The encoding %q of %s is none that there is; its bytes are kept as they stand.", clean(encoding, false), what)
	}
	return b
}

// name is the name of the file that a node says it is; "" where it says none.
func (l *letter) name(n *node) string {
	for _, f := range []struct{ head, parameter string }{{"content-disposition", "filename"}, {"content-type", "name"}} {
		p := parameters(l.raw(n.head.get(f.head)))[f.parameter]
		name := p.value
		if p.extended {
			name = l.characters([]byte(name), p.charset)
		} else {
			name = l.decoded(name)
		}
		if name = strings.TrimSpace(clean(name, false)); name != "" {
			return name
		}
	}
	return ""
}

// when reads the time at which a file was changed; zero where there is none.
func when(s string) time.Time {
	stamp := edtf(s)
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02"} {
		if t, err := time.Parse(layout, stamp); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// worded says whether what stands before the first part is more than the words for mailers that know no MIME.
func worded(preamble []byte) bool {
	text := strings.ToLower(strings.Join(strings.Fields(string(preamble[:min(len(preamble), 1000)])), " "))
	return text != "" && !strings.Contains(text, "mime") && !strings.Contains(text, "multi-part") && !strings.Contains(text, "multipart")
}
