package mail

import (
	"bytes"
	"strings"
)

// A field is one of a head, unfolded: its name in lower case, its value as the bytes are.
type field struct{ name, value string }

// maxFields is how many fields a message may have with all its parts, of which there may be many.
const maxFields = 2_000_000

// A head is the fields at the top of a message or part, in order.
type head []field

// get is the first field of a name that says something, "" where there is none.
func (h head) get(name string) string {
	for _, f := range h {
		if f.name == name && strings.TrimSpace(f.value) != "" {
			return f.value
		}
	}
	return ""
}

// all are the values of all fields of a name.
func (h head) all(name string) []string {
	var values []string
	for _, f := range h {
		if f.name == name {
			values = append(values, f.value)
		}
	}
	return values
}

// line gives the line of data that begins at pos, without its end, and where the next begins.
func line(data []byte, pos int) (l []byte, next int) {
	i := bytes.IndexByte(data[pos:], '\n')
	if i < 0 {
		return bytes.TrimSuffix(data[pos:], []byte{'\r'}), len(data)
	}
	return bytes.TrimSuffix(data[pos:pos+i], []byte{'\r'}), pos + i + 1
}

// fieldName is the name of the field that a line begins, in lower case; "" where it begins none. Blanks before the
// colon are allowed, as they were once.
func fieldName(l []byte) string {
	i := bytes.IndexByte(l, ':')
	if i <= 0 || i > 100 {
		return ""
	}
	name := bytes.TrimRight(l[:i], " \t")
	for _, c := range name {
		if c <= ' ' || c >= 0x7F {
			return ""
		}
	}
	return strings.ToLower(string(name))
}

func blank(c byte) bool { return c == ' ' || c == '\t' }

// readHead reads the head that begins at pos and gives where the body begins: behind an empty line, at a line that ends
// says is none of the head, or at a line that is no field. One such line among fields is taken as the rest of the field
// before it: letters were broken so by programs that wrapped lines.
func readHead(data []byte, pos int, ends func(l []byte) bool) (h head, body int) {
	var value []byte // of the last field
	flush := func() {
		if len(h) > 0 {
			h[len(h)-1].value = string(value)
		}
		value = value[:0]
	}
	defer flush()
	first := true
	for pos < len(data) {
		l, next := line(data, pos)
		if len(l) == 0 {
			return h, next
		}
		if ends != nil && ends(l) {
			return h, pos
		}
		name := fieldName(l)
		switch {
		case blank(l[0]) && len(h) > 0:
			if l := bytes.TrimSpace(l); len(l) > 0 {
				value = append(append(value, ' '), l...)
			}
		case first && envelope(l):
		case name != "":
			flush()
			if len(h) == maxFields {
				return h, pos
			}
			h = append(h, field{name: name})
			value = append(value, bytes.TrimSpace(l[bytes.IndexByte(l, ':')+1:])...)
		case len(h) > 0 && goesOn(data, next):
			value = append(append(value, ' '), bytes.TrimSpace(l)...)
		default:
			return h, pos
		}
		first, pos = false, next
	}
	return h, pos
}

// envelope says whether a line is what mailboxes put before a message.
func envelope(l []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(l, ">"), []byte("From ")) && fieldName(l) == ""
}

// goesOn says whether a head goes on at pos: with a field, or with the rest of one.
func goesOn(data []byte, pos int) bool {
	if pos >= len(data) {
		return false
	}
	l, next := line(data, pos)
	if len(l) > 0 && blank(l[0]) && len(bytes.TrimSpace(l)) > 0 {
		l, _ = line(data, min(next, len(data)))
	}
	switch fieldName(l) {
	case "from", "to", "cc", "bcc", "subject", "date", "received", "message-id", "mime-version", "content-type", "reply-to",
		"content-transfer-encoding", "content-disposition", "content-id", "return-path", "sender", "references", "in-reply-to":
		return true
	}
	return strings.HasPrefix(fieldName(l), "x-")
}
