package packed

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fonds/app/ingest/content"
)

// A record of a file of saved pages: WARC (ISO 28500) and, before it, ARC.
type record struct {
	kind    string // of WARC: response, resource, conversion, revisit …
	uri     string
	date    string // as the file has it
	said    string // where uri and date stand
	mime    string // of the block, without parameters
	size    int64
	segment bool // it is a piece of a record, not all
	cut     bool // whoever saved it says that not all of it came
}

// mostHead is how many bytes the lines before a block may have, and mostLines how many they are.
const (
	mostHead  = 1 << 20
	mostLines = 1000
)

// warc hands on what the records of a WARC file have saved.
func (w *walk) warc(zipped bool) error { return w.records(zipped, nextWarc) }

// arc is warc for ARC.
func (w *walk) arc(zipped bool) error { return w.records(zipped, nextArc) }

// records reads one record after the other. next reads its head, io.EOF where there is none.
func (w *walk) records(zipped bool, next func(*bufio.Reader) (*record, error)) error {
	src := &counted{w.ctx, bytes.NewReader(w.data), nil}
	if zipped {
		z, err := gzip.NewReader(bytes.NewReader(w.data))
		if err != nil {
			return content.Refuse(content.Damaged, "its first bytes are not those of gzip: %v", err)
		}
		src = &counted{w.ctx, z, w.budget}
	}
	s := &saved{walk: w, r: bufio.NewReaderSize(src, 64<<10), status: map[int]int{}}
	n := 0
	for ; ; n++ {
		r, err := next(s.r)
		if err == nil {
			err = s.take(r)
		}
		switch {
		case errors.Is(err, io.EOF):
			s.finish()
			return nil
		case err == nil:
			continue
		case s.given != nil || ends(err):
			return err
		case n == 0:
			return content.Refuse(content.Damaged, "its first record cannot be read: %v", err)
		}
		s.finish()
		w.lost.say("The file is cut short or damaged after %d records: what comes behind them is missing.", n)
		return nil
	}
}

// saved is the records of one file.
type saved struct {
	*walk
	r        *bufio.Reader
	given    error       // what yield said
	status   map[int]int // answers without a page, by their status
	about    int         // records about others: requests, metadata
	revisits int
}

// take reads the block of a record, and hands on what is a document.
func (s *saved) take(r *record) error {
	page := false
	switch r.kind {
	case "response", "resource", "conversion":
		page = !strings.HasPrefix(r.uri, "dns:")
	}
	switch {
	case r.kind == "revisit":
		s.revisits++
	case !page && r.kind == "continuation":
		s.lost.many("Pieces of records that go on in another record, which are not joined: %d", r.uri)
	case !page:
		s.about++
	}
	if !page || r.size > s.budget.room() {
		if page {
			s.lost.many("Members that are larger than may be unpacked: %d", r.uri)
		}
		_, err := io.CopyN(io.Discard, s.r, r.size)
		return unexpected(err)
	}
	block, err := gather(io.LimitReader(s.r, r.size), r.size, int64(len(s.data)), r.size)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	short := int64(len(block)) < r.size
	if short && len(block) == 0 {
		return io.ErrUnexpectedEOF
	}
	if s.given = s.page(r, block); s.given != nil {
		return s.given
	}
	if short {
		s.lost.say("%s is cut short: %d of its %d bytes are there.", r.uri, len(block), r.size)
		return io.ErrUnexpectedEOF
	}
	return nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// page hands on the document in a block: all of it, or the body of an answer of HTTP.
func (s *saved) page(r *record, block []byte) error {
	p := content.Part{Name: nameOf(r.uri), Type: r.mime, Modified: captured(r.date), Data: block}
	if r.uri != "" {
		p.Said = []content.Said{{Field: "dcterms:source", Value: readable(r.uri), Where: r.said}}
	}
	if r.kind == "response" && bytes.HasPrefix(block, []byte("HTTP/")) {
		a, ok := answered(block)
		if !ok {
			s.lost.many("Answers whose head cannot be read: %d", r.uri)
			return nil
		}
		if a.status != 200 {
			s.status[a.status]++
			return nil
		}
		body, err := s.body(a)
		var refused *content.Refusal
		switch {
		case errors.As(err, &refused) || err != nil && s.ctx.Err() != nil:
			return err
		case errors.Is(err, errLarge):
			s.lost.many("Members that are larger than may be unpacked: %d", r.uri)
			return nil
		case err != nil:
			s.lost.say("%s: %v.", r.uri, err)
		}
		if body == nil {
			return nil
		}
		p.Data, p.Type = body, a.mime
	}
	if r.segment {
		s.lost.many("Records that go on in another record, which is not joined to them: %d", r.uri)
	}
	if r.cut {
		s.lost.many("Records of which not all was saved: %d", r.uri)
	}
	return s.hold(p)
}

// finish says what was counted.
func (s *saved) finish() {
	if n := s.about; n > 0 {
		s.lost.say("%d records say something of others (requests, metadata, what saved them) and are no documents.", n)
	}
	if n := s.revisits; n > 0 {
		s.lost.say("%d records only say that a page was as before.", n)
	}
	if len(s.status) > 0 {
		n, each := 0, []string{}
		for _, code := range slices.Sorted(maps.Keys(s.status)) {
			n += s.status[code]
			if len(each) < 20 {
				each = append(each, fmt.Sprintf("%d: %d", code, s.status[code]))
			}
		}
		s.lost.say("%d answers are no pages, by their status (%s).", n, strings.Join(each, ", "))
	}
}

// line reads a line without its end.
func line(r *bufio.Reader, most *int) (string, error) {
	var out []byte
	for {
		b, err := r.ReadSlice('\n')
		if *most -= len(b); *most < 0 {
			return "", errors.New("a line without an end")
		}
		out = append(out, b...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) && len(out) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return strings.TrimRight(string(out), "\r\n"), err
	}
}

// first reads the first line that is not empty.
func first(r *bufio.Reader, most *int) (string, error) {
	for {
		if l, err := line(r, most); err != nil || strings.TrimSpace(l) != "" {
			return l, err
		}
	}
}

func nextWarc(r *bufio.Reader) (*record, error) {
	most := mostHead
	l, err := first(r, &most)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(l, "WARC/") {
		return nil, errors.New("no head of a record")
	}
	out, length := &record{size: -1}, ""
	for range mostLines {
		if l, err = line(r, &most); err != nil {
			return nil, unexpected(err)
		}
		if l == "" {
			break
		}
		name, value, _ := strings.Cut(l, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(name) {
		case "warc-type":
			out.kind = strings.ToLower(value)
		case "warc-target-uri":
			out.uri = strings.TrimSuffix(strings.TrimPrefix(value, "<"), ">")
		case "warc-date":
			out.date = value
		case "content-type":
			out.mime = mimeOf(value)
		case "content-length":
			length = value
		case "warc-segment-number":
			out.segment = true
		case "warc-truncated":
			out.cut = true
		}
	}
	if l != "" {
		return nil, errors.New("a head without an end")
	}
	out.said = strings.TrimSpace("WARC-Target-URI, WARC-Date " + readable(out.date))
	if out.size, err = strconv.ParseInt(length, 10, 64); err != nil || out.size < 0 {
		return nil, errors.New("a record without a length")
	}
	return out, nil
}

// nextArc reads the line before a block: URL, address, date, type and, last, length.
func nextArc(r *bufio.Reader) (*record, error) {
	most := mostHead
	l, err := first(r, &most)
	if err != nil {
		return nil, err
	}
	f := strings.Fields(l)
	if len(f) < 5 {
		return nil, errors.New("no head of a record")
	}
	at := len(f) - 5  // of a URL with spaces
	if len(f) == 10 { // of version 2, which has more between
		at = 0
	}
	out := &record{kind: "response", uri: strings.Join(f[:at+1], " "), date: f[at+2], mime: mimeOf(f[at+3])}
	out.said = "ARC URL, Archive-date " + readable(out.date)
	if strings.HasPrefix(out.uri, "filedesc:") {
		out.kind = "filedesc"
	}
	if out.size, err = strconv.ParseInt(f[len(f)-1], 10, 64); err != nil || out.size < 0 {
		return nil, errors.New("a record without a length")
	}
	return out, nil
}

// captured is when a record was made: 2020-01-02T03:04:05Z, or 20200102030405 of ARC.
func captured(date string) time.Time {
	for _, layout := range []string{time.RFC3339, "20060102150405"} {
		if t, err := time.Parse(layout, date); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
