package office

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// A compound is a compound file of OLE ([MS-CFB]), of which streams are looked up by name, wherever they lie.
type compound struct {
	data    []byte
	sector  int      // bytes
	fat     []uint32 // which sector follows which
	mini    []uint32 // the same of the small ones
	small   []byte   // the stream that the small ones lie in
	cutoff  uint32   // streams of fewer bytes lie in small ones
	entries []entry
}

// maxSmall is how many bytes small streams may have together.
const maxSmall = 64 << 20

type entry struct {
	name  string
	kind  byte // 1 storage, 2 stream, 5 root
	start uint32
	size  uint64
}

var (
	magicCFB   = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	errNoCFB   = errors.New("no compound file")
	little     = binary.LittleEndian
	endOfChain = uint32(0xFFFFFFFC) // this and above are no sectors
)

func openCompound(data []byte) (*compound, error) {
	if len(data) < 512 || !bytes.HasPrefix(data, magicCFB) {
		return nil, errNoCFB
	}
	shift, miniShift := little.Uint16(data[30:]), little.Uint16(data[32:])
	if shift != 9 && shift != 12 || miniShift != 6 {
		return nil, errNoCFB
	}
	f := &compound{data: data, sector: 1 << shift, cutoff: little.Uint32(data[56:])}
	f.readFAT()
	dir := f.chain(little.Uint32(data[48:]), f.fat, f.at, int64(len(data)))
	for ; len(dir) >= 128; dir = dir[128:] {
		n := int(little.Uint16(dir[64:]))
		if n < 2 || n > 64 || dir[66] == 0 {
			continue
		}
		u := make([]uint16, 0, 32)
		for i := 0; i+2 < n; i += 2 {
			u = append(u, little.Uint16(dir[i:]))
		}
		f.entries = append(f.entries, entry{string(utf16.Decode(u)), dir[66], little.Uint32(dir[116:]), little.Uint64(dir[120:])})
	}
	if len(f.entries) == 0 {
		return nil, errNoCFB
	}
	return f, nil
}

// readFAT gathers the table of sectors, whose own sectors the header lists, and a chain of further lists.
func (f *compound) readFAT() {
	list := numbers(f.data[76:512])
	next, seen := little.Uint32(f.data[68:]), 0
	for next < endOfChain && seen <= len(f.data)/f.sector {
		s := f.at(next)
		if s == nil {
			break
		}
		n := numbers(s)
		list = append(list, n[:len(n)-1]...)
		next = n[len(n)-1]
		seen++
	}
	for i, s := range list {
		b := f.at(s)
		if s >= endOfChain || b == nil || i > len(f.data)/f.sector {
			break
		}
		f.fat = append(f.fat, numbers(b)...)
	}
}

// readSmall gathers the small sectors and their table.
func (f *compound) readSmall() {
	if root := f.entries[0]; root.kind == 5 && f.small == nil {
		f.small = f.chain(root.start, f.fat, f.at, maxSmall)
		f.mini = numbers(f.chain(little.Uint32(f.data[60:]), f.fat, f.at, maxSmall/16))
	}
}

func numbers(b []byte) []uint32 {
	n := make([]uint32, len(b)/4)
	for i := range n {
		n[i] = little.Uint32(b[4*i:])
	}
	return n
}

// at is a sector; the last one may be cut short. nil where there is none.
func (f *compound) at(s uint32) []byte {
	from := (int64(s) + 1) * int64(f.sector)
	if s >= endOfChain || from >= int64(len(f.data)) {
		return nil
	}
	if to := from + int64(f.sector); to <= int64(len(f.data)) {
		return f.data[from:to]
	}
	b := make([]byte, f.sector)
	copy(b, f.data[from:])
	return b
}

func (f *compound) smallAt(s uint32) []byte {
	if from := int64(s) * 64; from+64 <= int64(len(f.small)) {
		return f.small[from : from+64]
	}
	return nil
}

// chain joins the sectors of a chain, at most limit bytes; one that goes round ends where all sectors were counted.
func (f *compound) chain(s uint32, table []uint32, at func(uint32) []byte, limit int64) []byte {
	var out []byte
	for n := 0; s < endOfChain && n <= len(table) && int64(len(out)) < limit; n++ {
		b := at(s)
		if b == nil {
			break
		}
		out = append(out, b...)
		if int64(s) >= int64(len(table)) {
			break
		}
		s = table[s]
	}
	return out
}

func (f *compound) find(name string) (entry, bool) {
	for _, e := range f.entries {
		if e.kind == 2 && strings.EqualFold(e.name, name) {
			return e, true
		}
	}
	return entry{}, false
}

// stream gives the bytes of a stream of at most limit bytes, nil where there is none.
func (f *compound) stream(name string, limit int64) []byte {
	e, ok := f.find(name)
	if size := e.size; !ok || size > uint64(min(limit, int64(len(f.data)))) {
		return nil
	}
	table, at := f.fat, f.at
	if e.size < uint64(f.cutoff) {
		f.readSmall()
		table, at = f.mini, f.smallAt
	}
	b := f.chain(e.start, table, at, int64(e.size))
	return b[:min(int64(len(b)), int64(e.size))]
}

// native takes an Ole10Native stream apart: the name of the file that was embedded, and its bytes.
func native(b []byte) (name string, data []byte) {
	if len(b) < 8 || little.Uint16(b[4:]) != 2 {
		return "", nil
	}
	label, rest, ok := bytes.Cut(b[6:], []byte{0})
	_, rest, ok2 := bytes.Cut(rest, []byte{0}) // where it lay
	if !ok || !ok2 || len(rest) < 8 {
		return "", nil
	}
	n := int64(little.Uint32(rest[4:]))
	if n > int64(len(rest))-12 {
		return "", nil
	}
	rest = rest[8+n:]
	n = int64(little.Uint32(rest))
	if n > int64(len(rest))-4 {
		return "", nil
	}
	data, rest = rest[4:4+n], rest[4+n:]
	name = ansi(label)
	if _, rest, ok = counted(rest); ok {
		if wide, _, ok := counted(rest); ok && wide != "" {
			name = wide
		}
	}
	if i := strings.LastIndexAny(name, `\/`); i >= 0 {
		name = name[i+1:]
	}
	return clean(name), data
}

// counted reads a UTF-16 text after its length.
func counted(b []byte) (string, []byte, bool) {
	if len(b) < 4 {
		return "", nil, false
	}
	n := int64(little.Uint32(b))
	if n > 1<<12 || 4+2*n > int64(len(b)) {
		return "", nil, false
	}
	u := make([]uint16, n)
	for i := range u {
		u[i] = little.Uint16(b[4+2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(u)), "\x00"), b[4+2*n:], true
}

// ansi reads a name in the code page of the machine that wrote it, which the file does not name.
func ansi(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	if s, err := simplifiedchinese.GBK.NewDecoder().Bytes(b); err == nil && !bytes.ContainsRune(s, utf8.RuneError) {
		return string(s)
	}
	s, _ := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(s)
}
