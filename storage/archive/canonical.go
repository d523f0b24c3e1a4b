package archive

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/gowebpki/jcs"
)

// The bytes of a body are RFC 8785 JSON. Of what encoding/json writes little is to be
// changed for that: the order of the members. An import spends a tenth of its time on
// a transformation that takes everything apart; so what is understood here is done
// here, and anything else is left to that.

// Canonical is v as RFC 8785 JSON: the bytes of a body.
func Canonical(v any) ([]byte, error) {
	b, _, err := canonical(v)
	return b, err
}

// canonical is Canonical, and whether it was understood here. Then every string of v is
// in it as it is: what is no UTF-8 would be written as an escape.
func canonical(v any) (b []byte, understood bool, err error) {
	c := sorters.Get().(*sorter)
	defer func() {
		if cap(c.out) <= mostKept {
			sorters.Put(c)
		}
	}()
	c.buf.Reset()
	if err = encode(&c.buf, v); err != nil {
		return nil, false, err
	}
	c.in, c.out, c.at, c.members = c.buf.Bytes(), c.out[:0], 0, c.members[:0]
	if c.value() && c.at == len(c.in) {
		return slices.Clone(c.out), true, nil
	}
	if b, err = json.Marshal(v); err == nil {
		b, err = jcs.Transform(b)
	}
	return b, false, err
}

// marshal is encoding/json without its HTML escapes, and with the two line
// separators as themselves, which together is RFC 8785 for structs whose fields
// stand in the order of their keys and hold no fractions.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	err := encode(&buf, v)
	if err == nil && bytes.Contains(buf.Bytes(), []byte(`\u202`)) {
		return jcs.Transform(buf.Bytes())
	}
	return buf.Bytes(), err
}

// encode writes v as encoding/json does without its HTML escapes.
func encode(buf *bytes.Buffer, v any) error {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	if err == nil {
		buf.Truncate(buf.Len() - 1) // the end of the line
	}
	return err
}

// sorter copies JSON without white space, with the members of objects in order. Its
// methods are false where they find what they do not understand.
type sorter struct {
	buf     bytes.Buffer // what in lies in
	in, out []byte
	at      int      // what of in was copied
	members []member // of the objects that are open
}

var sorters = sync.Pool{New: func() any { return new(sorter) }}

// mostKept is how many bytes of room a sorter has at most that is used again.
const mostKept = 1 << 20

// A member of an object lies in sorter.out, its key in sorter.in.
type member struct {
	key        []byte
	start, end int
}

func (c *sorter) value() bool {
	switch {
	case c.at == len(c.in):
		return false
	case c.in[c.at] == '{':
		return c.object()
	case c.in[c.at] == '[':
		return c.array()
	case c.in[c.at] == '"':
		return c.text()
	}
	return c.scalar()
}

// next copies b, if it is what follows.
func (c *sorter) next(b byte) bool {
	if c.at == len(c.in) || c.in[c.at] != b {
		return false
	}
	c.out = append(c.out, b)
	c.at++
	return true
}

func (c *sorter) array() bool {
	c.next('[')
	if c.next(']') {
		return true
	}
	for c.value() {
		if !c.next(',') {
			return c.next(']')
		}
	}
	return false
}

func (c *sorter) object() bool {
	c.next('{')
	if c.next('}') {
		return true
	}
	outer, begin, sorted := len(c.members), len(c.out), true
	defer func() { c.members = c.members[:outer] }()
	for {
		m := member{start: len(c.out)}
		from := c.at
		if !c.text() || !plainKey(c.in[from:c.at]) {
			return false
		}
		m.key = c.in[from+1 : c.at-1]
		if !c.next(':') || !c.value() {
			return false
		}
		m.end = len(c.out)
		sorted = sorted && (len(c.members) == outer || bytes.Compare(c.members[len(c.members)-1].key, m.key) < 0)
		c.members = append(c.members, m)
		if !c.next(',') {
			break
		}
	}
	if !sorted && !c.sort(c.members[outer:], begin) {
		return false
	}
	return c.next('}')
}

// sort puts the members of an object, which was copied from begin on, in order; false
// where two have one key.
func (c *sorter) sort(all []member, begin int) bool {
	slices.SortFunc(all, func(a, b member) int { return bytes.Compare(a.key, b.key) })
	end := len(c.out)
	for i, m := range all {
		if i > 0 {
			if bytes.Equal(all[i-1].key, m.key) {
				return false
			}
			c.out = append(c.out, ',')
		}
		c.out = append(c.out, c.out[m.start:m.end]...)
	}
	copy(c.out[begin:], c.out[end:])
	c.out = c.out[:end]
	return true
}

// plainKey says whether a quoted key can be compared byte by byte: RFC 8785 compares
// UTF-16, of what the key means.
func plainKey(key []byte) bool {
	for _, b := range key {
		if b == '\\' || b >= 0x80 {
			return false
		}
	}
	return true
}

// text copies a string that is written as RFC 8785 writes it.
func (c *sorter) text() bool {
	if c.at == len(c.in) || c.in[c.at] != '"' {
		return false
	}
	for i := c.at + 1; i < len(c.in); i++ {
		switch b := c.in[i]; {
		case b == '"':
			c.out = append(c.out, c.in[c.at:i+1]...)
			c.at = i + 1
			return true
		case b < ' ':
			return false
		case b == '\\':
			i++
			if i == len(c.in) || strings.IndexByte(`"\bfnrt`, c.in[i]) < 0 {
				return false
			}
		}
	}
	return false
}

// scalar copies a literal, or a number that is written as RFC 8785 writes it and means
// just that: of at most 15 digits, at most 6 of them behind the point.
func (c *sorter) scalar() bool {
	end := c.at
	for end < len(c.in) && c.in[end] != ',' && c.in[end] != ']' && c.in[end] != '}' {
		end++
	}
	word := c.in[c.at:end]
	if s := string(word); s != "true" && s != "false" && s != "null" && !plainNumber(word) {
		return false
	}
	c.out = append(c.out, word...)
	c.at = end
	return true
}

func plainNumber(b []byte) bool {
	if len(b) > 1 && b[0] == '-' {
		b = b[1:]
		if b[0] == '0' {
			return false // -0 is 0
		}
	}
	whole, fraction, has := bytes.Cut(b, []byte{'.'})
	digits := func(b []byte) bool {
		return len(b) > 0 && !slices.ContainsFunc(b, func(d byte) bool { return d < '0' || d > '9' })
	}
	return digits(whole) && (whole[0] != '0' || len(whole) == 1) && len(whole)+len(fraction) <= 15 &&
		(!has || digits(fraction) && len(fraction) <= 6 && fraction[len(fraction)-1] != '0')
}
