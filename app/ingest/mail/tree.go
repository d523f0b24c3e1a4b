package mail

import (
	"bytes"
	"context"
	"strings"

	"fonds/app/ingest/content"
)

// A node is a message or a part of one.
type node struct {
	head     head
	kind     string // type/subtype, in lower case; text/plain where the letter says nothing that can be read
	stated   bool   // whether kind is what the letter says
	in       *node  // nil for the message
	children []*node
	body     []byte // of a leaf: as it stands in the file, still encoded; of a multipart: all of it
	preamble []byte // what stands before its first part
	epilogue []byte // what stands behind its last
	closed   bool   // of a multipart: its end was seen
	start    int    // where the body begins
}

// multipart says whether a node has parts.
func (n *node) multipart() bool { return len(n.children) > 0 }

// maxHead is how long a head may be, in bytes.
const maxHead = 32 << 20

// A scanner goes over a message once. stack are the multiparts that are open, the outermost first.
type scanner struct {
	ctx    context.Context
	data   []byte
	stack  []*node
	open   map[string]int // boundary → its place in stack
	names  []string       // the boundaries, by place
	parts  int
	fields int
}

// scan takes a message apart.
func scan(ctx context.Context, data []byte) (*node, error) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte{'\r'}, []byte{'\n'}) // line ends of old Macintoshes
	}
	s := &scanner{ctx: ctx, data: data, open: map[string]int{}}
	for s.skipBlank() {
	}
	root := &node{}
	last, pos, err := s.begin(root, 0)
	if err != nil {
		return nil, err
	}
	for n := 0; pos < len(s.data); n++ {
		if n&0x3FF == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if len(s.stack) == 0 {
			break // nothing is open: the rest is the epilogue, or a body without parts
		}
		l, next := line(s.data, pos)
		place, end, ok := s.match(l)
		if !ok {
			pos = next
			continue
		}
		parent := s.stack[place]
		s.finish(last, pos, place)
		if end {
			parent.closed, parent.start = true, min(next, len(s.data))
			s.drop(place)
			last, pos = parent, next
			continue
		}
		if s.parts++; s.parts > content.MaxParts {
			return nil, content.Refuse(content.TooMuch, "parts > %d", content.MaxParts)
		}
		child := &node{in: parent}
		parent.children = append(parent.children, child)
		if last, pos, err = s.begin(child, next); err != nil {
			return nil, err
		}
	}
	s.finish(last, len(s.data), 0)
	return root, nil
}

// skipBlank drops an empty line from the top.
func (s *scanner) skipBlank() bool {
	if len(s.data) == 0 {
		return false
	}
	l, next := line(s.data, 0)
	if len(bytes.TrimSpace(l)) > 0 {
		return false
	}
	s.data = s.data[next:]
	return true
}

// begin reads the head of a node at pos and opens it when it is a multipart.
func (s *scanner) begin(n *node, pos int) (*node, int, error) {
	var ends func([]byte) bool
	if len(s.stack) > 0 {
		ends = func(l []byte) bool { _, _, ok := s.match(l); return ok }
	}
	limit := min(len(s.data), pos+maxHead)
	if n.head, n.start = readHead(s.data[:limit], pos, ends); n.start >= limit && limit < len(s.data) {
		return nil, 0, content.Refuse(content.TooMuch, "head > %d", maxHead)
	}
	if s.fields += len(n.head); s.fields >= maxFields {
		return nil, 0, content.Refuse(content.TooMuch, "fields > %d", maxFields)
	}
	value := n.head.get("content-type")
	n.kind, n.stated = mediaType(value)
	if !n.stated && value == "" && n.in != nil && n.in.kind == "multipart/digest" {
		n.kind = "message/rfc822"
	}
	if !strings.HasPrefix(n.kind, "multipart/") {
		return n, n.start, nil
	}
	boundary := strings.TrimRight(parameters(value)["boundary"].value, " \t\r\n")
	if _, taken := s.open[boundary]; boundary == "" || taken {
		return n, n.start, nil // it cannot have parts of its own
	}
	if len(s.stack) >= content.MaxNesting {
		return nil, 0, content.Refuse(content.TooMuch, "parts in parts %d > %d", len(s.stack)+1, content.MaxNesting)
	}
	s.open[boundary] = len(s.stack)
	s.stack, s.names = append(s.stack, n), append(s.names, boundary)
	return n, n.start, nil
}

// match says whether a line is the boundary of an open multipart, which, and whether it ends it.
func (s *scanner) match(l []byte) (place int, end, ok bool) {
	if len(l) < 3 || l[0] != '-' || l[1] != '-' {
		return 0, false, false
	}
	l = bytes.TrimRight(l[2:], " \t\r")
	if place, ok = s.open[string(l)]; ok {
		return place, false, true
	}
	if l, ok = bytes.CutSuffix(l, []byte("--")); ok {
		place, ok = s.open[string(l)]
	}
	return place, true, ok
}

// finish ends the node that was read last, and all open ones deeper than place, before the line that begins at pos.
func (s *scanner) finish(last *node, pos, place int) {
	stop := pos
	if stop < len(s.data) { // the line end before a boundary is the boundary's
		if stop > 0 && s.data[stop-1] == '\n' {
			stop--
		}
		if stop > 0 && s.data[stop-1] == '\r' {
			stop--
		}
	}
	rest := s.data[min(last.start, pos):max(min(last.start, pos), stop)]
	switch {
	case last.closed:
		last.epilogue = rest
	case len(last.children) == 0 && strings.HasPrefix(last.kind, "multipart/"):
		last.preamble, last.body = rest, rest
	default:
		last.body = rest
	}
	if place+1 < len(s.stack) {
		s.drop(place + 1)
	}
}

// drop closes the open multiparts from place on.
func (s *scanner) drop(place int) {
	for _, name := range s.names[place:] {
		delete(s.open, name)
	}
	s.stack, s.names = s.stack[:place], s.names[:place]
}
