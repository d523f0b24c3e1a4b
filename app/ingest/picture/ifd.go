package picture

import (
	"encoding/binary"
	"math"
)

// An ifd is a directory of tags, of TIFF or of EXIF, which is built the same.
type ifd struct {
	data    []byte
	order   binary.ByteOrder
	entries []entry
	at      int // where it lies
	next    int // where the next one lies, 0 for none
}

type entry struct {
	tag, kind uint16
	count     int
	raw       []byte // the values: count of them, or as many as there are
}

const (
	maxTags    = 4096      // of one directory; more are not looked at
	maxAllTags = 1_000_000 // of all pages of a file
)

// sizes are those of the kinds of values.
var sizes = [14]int{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4}

// tiffOrder is the order of bytes and where the first directory lies; nil for what is no TIFF. BigTIFF is not read.
func tiffOrder(data []byte) (binary.ByteOrder, int) {
	if len(data) < 8 {
		return nil, 0
	}
	var order binary.ByteOrder
	switch string(data[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return nil, 0
	}
	return order, int(order.Uint32(data[4:]))
}

// readIFD reads the directory at an offset; nil where there is none.
func readIFD(data []byte, order binary.ByteOrder, at int) *ifd {
	if at < 8 || at+2 > len(data) {
		return nil
	}
	n := int(order.Uint16(data[at:]))
	d := &ifd{data: data, order: order, at: at}
	p := at + 2
	for i := range min(n, maxTags) {
		if p+12*i+12 > len(data) {
			return d
		}
		d.enter(data[p+12*i : p+12*i+12])
	}
	p += 12 * n
	if p+4 <= len(data) {
		d.next = int(order.Uint32(data[p:]))
	}
	return d
}

// enter reads one entry; what points outside the file has as many values as there are.
func (d *ifd) enter(b []byte) {
	e := entry{tag: d.order.Uint16(b), kind: d.order.Uint16(b[2:]), count: int(d.order.Uint32(b[4:]))}
	if e.kind == 0 || int(e.kind) >= len(sizes) {
		return
	}
	size := sizes[e.kind]
	length := e.count * size
	if length <= 4 {
		e.raw = b[8 : 8+length]
	} else if from := int(d.order.Uint32(b[8:])); from < len(d.data) {
		e.raw = d.data[from:min(from+length, len(d.data))]
	}
	e.count = len(e.raw) / size
	d.entries = append(d.entries, e)
}

// find gives the first entry with a tag, an empty one for none.
func (d *ifd) find(tag uint16) entry {
	for _, e := range d.entries {
		if e.tag == tag {
			return e
		}
	}
	return entry{}
}

// integer is the value i of an entry that holds whole numbers.
func (d *ifd) integer(e entry, i int) (int, bool) {
	if i >= e.count {
		return 0, false
	}
	switch e.kind {
	case 1, 6, 7:
		return int(e.raw[i]), true
	case 3, 8:
		return int(d.order.Uint16(e.raw[2*i:])), true
	case 4, 9, 13:
		return int(d.order.Uint32(e.raw[4*i:])), true
	}
	return 0, false
}

// first is the first value of a tag, or what it is where that is missing.
func (d *ifd) first(tag uint16, otherwise int) int {
	if v, ok := d.integer(d.find(tag), 0); ok {
		return v
	}
	return otherwise
}

// rational is the value i of an entry of fractions.
func (d *ifd) rational(e entry, i int) float64 {
	if i >= e.count || e.kind != 5 && e.kind != 10 {
		return math.NaN()
	}
	a, b := d.order.Uint32(e.raw[8*i:]), d.order.Uint32(e.raw[8*i+4:])
	if e.kind == 10 {
		return float64(int32(a)) / float64(int32(b))
	}
	return float64(a) / float64(b)
}
