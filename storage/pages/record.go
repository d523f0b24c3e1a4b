package pages

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// varint reads SQLite's integer of 1 to 9 bytes (file format, 1.6); n is 0 where
// b ends within it.
func varint(b []byte) (v uint64, n int) {
	for i := 0; i < 8; i++ {
		if i >= len(b) {
			return 0, 0
		}
		v = v<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	if len(b) < 9 {
		return 0, 0
	}
	return v<<8 | uint64(b[8]), 9
}

// maxColumns is more than any table of ours has: a record with more is noise.
const maxColumns = 64

// Place says where a row was seen, for Survey.At.
type Place struct {
	image uint32
	at    uint16 // byte of the page
}

// Pack is the place as one number, and Unpack that again.
func (p Place) Pack() int64 { return int64(p.image)<<16 | int64(p.at) }

// Unpack is the place that Pack gave v for.
func Unpack(v int64) Place { return Place{uint32(v >> 16), uint16(v)} }

// Row is a row, or what looks like one. It is good until the function that was
// given it returns.
type Row struct {
	ID    int64 // rowid; 0 in an index
	Where State
	Whole bool // every row of its page is well formed: it is not half of a page
	Place Place

	f     *File
	types [maxColumns]uint64 // serial types (2.1)
	n     int                // columns
	head  int64              // bytes of the record's header
	size  int64              // bytes of the record
	local []byte             // its beginning, on the page itself
	next  uint32             // page on which it goes on, 0 for none
}

// width is how many bytes a value of a serial type takes, -1 for one that does
// not exist.
func width(serial uint64) int64 {
	switch {
	case serial == 0, serial == 8, serial == 9:
		return 0
	case serial <= 4:
		return int64(serial)
	case serial == 5:
		return 6
	case serial == 6, serial == 7:
		return 8
	case serial == 10, serial == 11, serial > 1<<40:
		return -1
	}
	return int64(serial-12) / 2
}

// parse reads the record's header. It is false where header and size disagree.
func (r *Row) parse() bool {
	head, n := varint(r.local)
	if n == 0 || head < uint64(n) || head > uint64(len(r.local)) || int64(head) > r.size {
		return false
	}
	r.head, r.n = int64(head), 0
	sum := r.head
	for at := n; at < int(head); {
		serial, n := varint(r.local[at:head])
		w := width(serial)
		if n == 0 || w < 0 || r.n == maxColumns-1 {
			return false
		}
		r.types[r.n] = serial
		r.n++
		sum += w
		at += n
	}
	clear(r.types[r.n:]) // a row that ends early has nothing in its other columns
	return sum == r.size && r.n > 0
}

// kind is the type of column i.
func (r *Row) kind(i int) Type {
	switch t := r.types[i]; {
	case t == 0:
		return Null
	case t == 7:
		return Float
	case t < 10:
		return Int
	case t%2 == 0:
		return Blob
	}
	return Text
}

// Len is how many bytes column i has.
func (r *Row) Len(i int) int64 { return width(r.types[i]) }

// IsNull says whether column i holds nothing.
func (r *Row) IsNull(i int) bool { return r.types[i] == 0 }

// Int is the integer in column i; 0 where it holds none or is lost.
func (r *Row) Int(i int) int64 {
	switch r.types[i] {
	case 8:
		return 0
	case 9:
		return 1
	}
	if r.kind(i) != Int {
		return 0
	}
	b, err := r.Bytes(i)
	if err != nil {
		return 0
	}
	return integer(b)
}

// Float is the number in column i, which SQLite may keep as an integer.
func (r *Row) Float(i int) float64 {
	if r.kind(i) != Float {
		return float64(r.Int(i))
	}
	b, err := r.Bytes(i)
	if err != nil {
		return 0
	}
	return math.Float64frombits(binary.BigEndian.Uint64(b))
}

// integer is a number of 1 to 8 bytes, its highest bit being its sign.
func integer(b []byte) int64 {
	v := int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return v
}

// Pages lists the pages that the row lies on, in order.
func (r *Row) Pages() ([]uint32, error) {
	out := []uint32{r.Place.image + 1}
	buf := make([]byte, r.f.page)
	next := r.next
	for left := r.size - int64(len(r.local)); left > 0; left -= int64(r.f.use - 4) {
		if err := r.f.read(next, buf); err != nil {
			return out, err
		}
		out = append(out, next)
		next = binary.BigEndian.Uint32(buf)
	}
	return out, nil
}

// Bytes is what stands in column i, in memory of its own; ErrLost where a page
// of it is lost.
func (r *Row) Bytes(i int) ([]byte, error) {
	b := make([]byte, 0, min(r.Len(i), 1<<20))
	w := func(piece []byte) error { b = append(b, piece...); return nil }
	return b, r.walk(i, w)
}

// Text is the text in column i; ErrLost where a page of it is lost.
func (r *Row) Text(i int) (string, error) {
	b, err := r.Bytes(i)
	return string(b), err
}

// CopyTo writes what stands in column i to w, a page at a time.
func (r *Row) CopyTo(w io.Writer, i int) error {
	return r.walk(i, func(piece []byte) error { _, err := w.Write(piece); return err })
}

// walk hands on the bytes of column i, following the chain of overflow pages
// (1.7). It visits no more pages than the record has: a chain that runs in
// circles gives wrong bytes and ends.
func (r *Row) walk(i int, yield func([]byte) error) error {
	from := r.head
	for k := range i {
		from += width(r.types[k])
	}
	to := from + width(r.types[i])
	at := int64(0) // of piece in the record
	piece, next := r.local, r.next
	var buf []byte
	for {
		if lo, hi := max(from-at, 0), min(to-at, int64(len(piece))); lo < hi {
			if err := yield(piece[lo:hi]); err != nil {
				return err
			}
		}
		at += int64(len(piece))
		if at >= to {
			return nil
		}
		if next < 2 {
			return fmt.Errorf("a chain ends too early: %w", ErrLost)
		}
		if buf == nil {
			buf = make([]byte, r.f.page)
		}
		if err := r.f.read(next, buf); err != nil {
			return err
		}
		next = binary.BigEndian.Uint32(buf)
		piece = buf[4:r.f.use]
		piece = piece[:min(int64(len(piece)), r.size-at)]
	}
}
