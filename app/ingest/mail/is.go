package mail

import (
	"bytes"
	"strings"
)

// usual are the fields that letters have and notices seldom.
var usual = map[string]bool{"from": true, "to": true, "cc": true, "bcc": true, "subject": true, "date": true, "received": true, "message-id": true,
	"mime-version": true, "content-type": true, "reply-to": true, "return-path": true, "sender": true, "references": true,
	"in-reply-to": true, "delivered-to": true, "content-transfer-encoding": true, "dkim-signature": true, "list-id": true, "status": true,
	"received-spf": true, "authentication-results": true, "arc-seal": true, "comments": true}

// made are fields that no person writes by hand.
var made = []string{"received", "message-id", "mime-version", "return-path", "delivered-to", "dkim-signature", "x-mailer", "content-transfer-encoding", "content-type"}

// IsEML says whether a file begins as a letter does; head is its first 4 KB or more. Memoranda begin with From, To, Date
// and Subject too: a letter has one of From, Received and Message-ID and beside it a Date, Subject or MIME-Version, and
// something that people do not write (Received, an address in From, a date of RFC 5322 …).
func IsEML(head []byte) bool {
	h, _, ok := top(head)
	marks := 0
	for _, name := range made {
		if h.get(name) != "" {
			marks++
		}
	}
	if !ok { // a line in the head is broken
		return marks >= 3
	}
	known := 0
	for _, f := range h {
		if usual[f.name] {
			known++
		}
	}
	who := h.get("from") != "" || h.get("received") != "" || h.get("message-id") != "" || h.get("return-path") != ""
	what := h.get("date") != "" || h.get("subject") != "" || h.get("mime-version") != "" || h.get("content-type") != "" || strings.Contains(h.get("to"), "@")
	if known < 2 || !who || !what {
		return false
	}
	if marks > 0 {
		return true
	}
	date := edtf(h.get("date"))
	return strings.Contains(h.get("from"), "@") || strings.Contains(date, "T") && (strings.Contains(date, "Z") || len(date) > 19)
}

// top reads the head at the top of a file of which there may be no more than the beginning. ok is false where what
// stands there is none: where it is followed by neither an empty line nor the end of what there is.
func top(data []byte) (h head, body int, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte{'\r'}, []byte{'\n'})
	}
	if bytes.IndexByte(data[:min(len(data), 4096)], 0) >= 0 {
		return nil, 0, false
	}
	start := 0
	for start < len(data) && (data[start] == '\r' || data[start] == '\n') {
		start++
	}
	h, body = readHead(data, start, nil)
	if len(h) == 0 {
		return nil, 0, false
	}
	return h, body, bytes.IndexByte(data[body:], '\n') < 0 || emptyBefore(data, body)
}

// emptyBefore says whether the line that ends at pos is empty.
func emptyBefore(data []byte, pos int) bool {
	before := bytes.TrimSuffix(bytes.TrimSuffix(data[:pos], []byte{'\n'}), []byte{'\r'})
	return len(before) == 0 || before[len(before)-1] == '\n'
}

// IsMBOX says whether a file begins as a mailbox does; head is its first 4 KB or more: a line From with a date, and a
// head behind it.
func IsMBOX(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), "\r\n")
	if !bytes.HasPrefix(head, []byte("From ")) {
		return false
	}
	l, next := line(head, 0)
	if _, ok := fromDate(l); !ok || next >= len(head) {
		return false
	}
	h, _ := readHead(head, 0, nil)
	for _, f := range h {
		if usual[f.name] {
			return true
		}
	}
	return false
}

// IsMHTML says whether a file begins as a web page that was saved as a message does; head is its first 4 KB or more.
// Letters are multipart/related too: a page was saved by a browser, which says so, or was never sent.
func IsMHTML(head []byte) bool {
	h, _, ok := top(head)
	if !ok {
		return false
	}
	kind, _ := mediaType(h.get("content-type"))
	if kind != "multipart/related" && kind != "text/html" && kind != "multipart/alternative" {
		return false
	}
	if h.get("snapshot-content-location") != "" || strings.Contains(strings.ToLower(h.get("from")), "<saved by") ||
		strings.Contains(h.get("x-maf"), "MAF") {
		return true
	}
	for _, name := range []string{"to", "received", "message-id", "return-path", "delivered-to"} {
		if h.get(name) != "" {
			return false
		}
	}
	return kind == "multipart/related" && (h.get("content-location") != "" || h.get("content-base") != "" || htmlRoot(h, head))
}

// htmlRoot says whether the root of a multipart/related is a page: by its parameter, or by its first part.
func htmlRoot(h head, data []byte) bool {
	if kind, _ := mediaType(parameters(h.get("content-type"))["type"].value); kind == "text/html" && h.get("from") == "" {
		return true
	}
	lower := bytes.ToLower(data[:min(len(data), 4096)])
	return h.get("from") == "" && bytes.Contains(lower, []byte("content-type: text/html")) && bytes.Contains(lower, []byte("content-location:"))
}
