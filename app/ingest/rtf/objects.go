package rtf

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"fonds/app/ingest/content"
)

// An object is what another program embedded: the bytes of \objdata. Its picture or its words stand in \result.
type object struct {
	data []byte
	high int  // the first digit of a byte, -1 where none waits
	over bool // it is larger than it may be, and is not kept
}

// maxObject is how many bytes an object may have.
const maxObject = 128 << 20

func (o *object) digit(b byte) {
	n := nibble(b)
	switch {
	case n < 0:
	case o.high < 0:
		o.high = n
	default:
		o.binary([]byte{byte(o.high<<4 | n)})
		o.high = -1
	}
}

func (o *object) binary(b []byte) {
	if len(o.data)+len(b) > maxObject {
		o.data, o.over = nil, true
	}
	if !o.over {
		o.data = append(o.data, b...)
	}
}

// objectGroup takes the groups of an embedded object.
func (r *reader) objectGroup(name string) {
	switch {
	case name == "object":
		if r.silent(0) || len(r.stack) <= 1 {
			return
		}
		o := &object{high: -1}
		r.st.object = o
		r.st.end = func() { r.embedded(o) }
	case name == "objdata" && r.st.object != nil && len(r.stack) > 1:
		r.st.dest = toHex
	default:
		r.nowhere()
	}
}

// embedded makes a part of a package that has a name. Any other object is counted.
func (r *reader) embedded(o *object) {
	if len(o.data) == 0 && !o.over {
		return // a link, or a field of a form
	}
	name, data, ok := r.packaged(o.data)
	if !ok || len(r.parts) >= content.MaxParts {
		r.objects++
		return
	}
	r.parts = append(r.parts, content.Part{Name: name, As: content.AnAttachment, Data: data})
}

// packaged takes the name and the bytes of a file out of an OLE 1 object of the class Package ([MS-OLEDS] 2.2.5, and
// what its native data hold).
func (r *reader) packaged(b []byte) (name string, data []byte, ok bool) {
	c := cut{b: b}
	c.skip(4) // version
	if c.uint32() != 2 {
		return "", nil, false // not embedded: a link
	}
	class := c.counted()
	c.counted() // topic
	c.counted() // item
	native := c.counted()
	if c.bad || !strings.EqualFold(string(bytes.TrimRight(class, "\x00")), "Package") {
		return "", nil, false
	}
	c = cut{b: native}
	if c.uint16() != 2 {
		return "", nil, false
	}
	label, path := c.zero(), c.zero()
	c.skip(4)
	c.counted() // the path once more
	data = c.counted()
	name = r.decode(label, r.ansi)
	if name == "" {
		name = r.decode(path, r.ansi)
	}
	if c.bad {
		return "", nil, false
	}
	c.wide() // what it was made from
	if wide := c.wide(); wide != "" && !c.bad {
		name = wide
	}
	return strings.Trim(name, "\x00"), data, strings.Trim(name, "\x00 ") != ""
}

// A cut takes one thing after the other from bytes. bad says that there were not as many.
type cut struct {
	b   []byte
	bad bool
}

func (c *cut) take(n int) []byte {
	if c.bad || n < 0 || n > len(c.b) {
		c.bad = true
		return nil
	}
	b := c.b[:n]
	c.b = c.b[n:]
	return b
}

func (c *cut) skip(n int) { c.take(n) }

func (c *cut) uint32() uint32 {
	if b := c.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (c *cut) uint16() uint16 {
	if b := c.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

// counted takes bytes whose number stands before them.
func (c *cut) counted() []byte {
	n := c.uint32()
	if int64(n) > int64(len(c.b)) {
		c.bad = true
		return nil
	}
	return c.take(int(n))
}

// zero takes the bytes before a zero.
func (c *cut) zero() []byte {
	n := bytes.IndexByte(c.b, 0)
	b := c.take(n)
	c.skip(1)
	return b
}

// wide takes UTF-16 whose number of units stands before it.
func (c *cut) wide() string {
	n := c.uint32()
	if int64(n)*2 > int64(len(c.b)) {
		c.bad = true
		return ""
	}
	b := c.take(int(n) * 2)
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}
