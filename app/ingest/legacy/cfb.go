package legacy

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
)

// A compound is an OLE compound file ([MS-CFB]): a file system in a file. Only what lies in its root is looked at. The
// chains of its sectors are followed with a bound of their own: no file can make them longer than it is.
type compound struct {
	data     []byte
	sector   int // bytes
	fat      []uint32
	mini     []byte   // the stream in which the small streams lie
	miniFAT  []uint32 // the chains in it
	streams  map[string]stream
	storages map[string]bool
	entries  int
}

// A stream is a file in it.
type stream struct {
	start uint32
	size  uint64
}

// Sectors that are none.
const (
	endOfChain = 0xFFFFFFFE
	lastSector = 0xFFFFFFFA
	miniSize   = 64
	miniCutoff = 4096
)

const signature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

var errCompound = errors.New("its compound file cannot be read")

// isCompound says whether a file begins as a compound file does.
func isCompound(data []byte) bool { return len(data) >= 512 && string(data[:8]) == signature }

func u16(b []byte) int    { return int(binary.LittleEndian.Uint16(b)) }
func u32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// openCompound reads the tables of a compound file.
func openCompound(data []byte) (*compound, error) {
	if !isCompound(data) {
		return nil, errCompound
	}
	shift := u16(data[30:])
	if shift != 9 && shift != 12 {
		return nil, errCompound
	}
	c := &compound{data: data, sector: 1 << shift, streams: map[string]stream{}, storages: map[string]bool{}}
	c.readFAT()
	root := c.readDirectory(c.chain(u32(data[48:]), 1<<62))
	if root == nil {
		return nil, errCompound
	}
	c.mini = c.chain(root.start, root.size)
	c.miniFAT = numbers(c.chain(u32(data[60:]), 1<<62))
	return c, nil
}

// at gives a sector, nil where the file has none of this number.
func (c *compound) at(n uint32) []byte {
	start := (int64(n) + 1) * int64(c.sector)
	if n > lastSector || start >= int64(len(c.data)) {
		return nil
	}
	return c.data[start:min(start+int64(c.sector), int64(len(c.data)))]
}

// readFAT gathers the table that says which sector follows which.
func (c *compound) readFAT() {
	most := len(c.data)/c.sector + 1
	add := func(n uint32) {
		if s := c.at(n); s != nil && len(c.fat) < most {
			c.fat = append(c.fat, numbers(s)...)
		}
	}
	for i := range 109 {
		add(u32(c.data[76+4*i:]))
	}
	next := u32(c.data[68:])
	for range most {
		s := numbers(c.at(next))
		if len(s) < 2 {
			return
		}
		for _, n := range s[:len(s)-1] {
			add(n)
		}
		next = s[len(s)-1]
	}
}

func numbers(b []byte) []uint32 {
	list := make([]uint32, len(b)/4)
	for i := range list {
		list[i] = u32(b[4*i:])
	}
	return list
}

// chain gives the bytes of the sectors that follow each other from start, at most size.
func (c *compound) chain(start uint32, size uint64) []byte {
	var out []byte
	for range len(c.fat) + 1 {
		s := c.at(start)
		if s == nil || uint64(len(out)) >= size || len(out) > len(c.data) {
			break
		}
		out = append(out, s...)
		if int64(start) >= int64(len(c.fat)) {
			break
		}
		start = c.fat[start]
	}
	if uint64(len(out)) > size {
		out = out[:size]
	}
	return out
}

// readDirectory gathers the names of what lies in the file, and gives its root.
func (c *compound) readDirectory(dir []byte) *stream {
	var root *stream
	for i := 0; i+128 <= len(dir); i += 128 {
		e := dir[i : i+128]
		c.entries++
		n := u16(e[64:])
		if n < 2 || n > 64 {
			continue
		}
		units := make([]uint16, n/2-1)
		for j := range units {
			units[j] = uint16(u16(e[2*j:]))
		}
		name := string(utf16.Decode(units))
		s := stream{u32(e[116:]), uint64(u32(e[120:]))}
		switch e[66] {
		case 1:
			c.storages[name] = true
		case 2:
			if _, twice := c.streams[name]; !twice { // those of the root come first
				c.streams[name] = s
			}
		case 5:
			if root == nil {
				root = &s
			}
		}
	}
	return root
}

// read gives a stream, at most so many bytes of it; nil where there is none.
func (c *compound) read(name string, most uint64) []byte {
	s, ok := c.streams[name]
	if !ok {
		return nil
	}
	size := min(s.size, most)
	if s.size >= miniCutoff {
		return c.chain(s.start, size)
	}
	var out []byte
	for n, left := s.start, len(c.miniFAT); left > 0 && uint64(len(out)) < size; left-- {
		from := int64(n) * miniSize
		if from >= int64(len(c.mini)) {
			break
		}
		out = append(out, c.mini[from:min(from+miniSize, int64(len(c.mini)))]...)
		if int64(n) >= int64(len(c.miniFAT)) {
			break
		}
		n = c.miniFAT[n]
	}
	return out[:min(uint64(len(out)), size)]
}

// has says whether there is a stream of one of these names.
func (c *compound) has(names ...string) bool {
	for _, n := range names {
		for s := range c.streams {
			if strings.EqualFold(s, n) {
				return true
			}
		}
	}
	return false
}
