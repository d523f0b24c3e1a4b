package mail

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// write makes the text of the letter: its head, and what was gathered of its body.
func (l *letter) write() {
	var b strings.Builder
	for _, f := range []string{"From", "To", "Cc", "Bcc", "Date", "Subject"} {
		for _, raw := range l.root.head.all(strings.ToLower(f)) {
			if v := strings.TrimSpace(clean(l.decoded(l.raw(raw)), false)); v != "" {
				b.WriteString(f + ": " + v + "\n")
			}
			if b.Len() > content.MaxText {
				l.stop(content.Refuse(content.TooMuch, "text > %d", content.MaxText))
				return
			}
		}
	}
	head := b.Len()
	for i, n := range l.texts {
		text := l.text(n)
		if l.err != nil {
			return
		}
		if text == "" {
			continue
		}
		if i == 0 && head > 0 {
			b.WriteByte('\n')
		} else if s := b.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
			b.WriteString(strings.Repeat("\n", 2-trailing(s)))
		}
		if b.Len()+len(text) > content.MaxText {
			l.stop(content.Refuse(content.TooMuch, "text > %d", content.MaxText))
			return
		}
		b.WriteString(text)
	}
	l.c.Text = b.String()
}

// trailing counts the line end at the end of a text: 0 or 1.
func trailing(s string) int {
	if strings.HasSuffix(s, "\n") {
		return 1
	}
	return 0
}

// text is the text of one node. Files that stand in it by uuencode become parts.
func (l *letter) text(n *node) string {
	raw := n.body
	if !strings.HasPrefix(n.kind, "multipart/") {
		raw = l.bytes(n)
	}
	if len(raw) > content.MaxText/4*5 { // but for UTF-16, no encoding makes fewer bytes of so many
		l.stop(content.Refuse(content.TooMuch, "text %d bytes > %d", len(raw), content.MaxText))
		return ""
	}
	if n.kind == "text/plain" {
		var files []uuFile
		files, raw = uuFiles(raw)
		for _, f := range files {
			name := strings.TrimSpace(clean(l.raw(f.name), false))
			if f.bad > 0 {
				l.lose("The file %s in the body (uuencode) has no end or is damaged; what could be decoded is kept.", name)
			}
			l.add(content.Part{Name: name, As: content.AnAttachment, Data: f.data})
		}
	}
	if bytes.Contains(raw, []byte("-----BEGIN PGP MESSAGE-----")) {
		l.lose("In the body stands what is encrypted (PGP); it could not be read.")
	}
	text := l.characters(raw, parameters(n.head.get("content-type"))["charset"].value)
	if n.kind == "text/html" && l.o.HTML != nil {
		text = l.o.HTML(text)
	}
	text = strings.TrimPrefix(clean(text, true), "\uFEFF")
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	return text
}
