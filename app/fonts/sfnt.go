package fonts

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf16"
)

// errFont says that a file is none of the fonts that this package reads. The
// numbers below are those of the OpenType specification, 1.9: "Font collections",
// "Table directory", name, OS/2.
var errFont = errors.New("it is not a TrueType or OpenType font")

// Limits on what a file may claim, far above any font.
const (
	maxFaces  = 256
	maxTables = 256
	maxTable  = 128 << 20 // bytes of one table
	maxNames  = 4096
)

// table is a part of a font: where it lies in the file, in bytes.
type table struct {
	tag      string
	checksum uint32
	off, len uint32
}

// dir is the directory of one face.
type dir struct {
	version uint32
	tables  []table
}

func readAt(r io.ReaderAt, off int64, n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := r.ReadAt(b, off); err != nil {
		return nil, err
	}
	return b, nil
}

// count is how many faces a file has.
func count(r io.ReaderAt) (int, error) {
	head, err := readAt(r, 0, 12)
	if err != nil {
		return 0, err
	}
	if string(head[:4]) != "ttcf" {
		return 1, nil
	}
	n := binary.BigEndian.Uint32(head[8:])
	if n == 0 || n > maxFaces {
		return 0, errFont
	}
	return int(n), nil
}

// directory reads the directory of a face.
func directory(r io.ReaderAt, index int) (*dir, error) {
	n, err := count(r)
	if err != nil {
		return nil, err
	}
	if index < 0 || index >= n {
		return nil, fmt.Errorf("it has %d faces, and none with the number %d", n, index)
	}
	var off int64
	head, err := readAt(r, 0, 4)
	if err == nil && string(head) == "ttcf" {
		var b []byte
		if b, err = readAt(r, 12+4*int64(index), 4); err == nil {
			off = int64(binary.BigEndian.Uint32(b))
		}
	}
	if err != nil {
		return nil, err
	}
	if head, err = readAt(r, off, 12); err != nil {
		return nil, err
	}
	d := &dir{version: binary.BigEndian.Uint32(head)}
	if v := string(head[:4]); v != "OTTO" && v != "true" && d.version != 0x00010000 {
		return nil, errFont
	}
	tables := int(binary.BigEndian.Uint16(head[4:]))
	if tables > maxTables {
		return nil, errFont
	}
	b, err := readAt(r, off+12, 16*tables)
	if err != nil {
		return nil, err
	}
	for ; len(b) > 0; b = b[16:] {
		d.tables = append(d.tables, table{string(b[:4]), binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[8:]), binary.BigEndian.Uint32(b[12:])})
	}
	return d, nil
}

func (d *dir) table(r io.ReaderAt, tag string, longest int) ([]byte, error) {
	i := slices.IndexFunc(d.tables, func(t table) bool { return t.tag == tag })
	if i < 0 || d.tables[i].len > maxTable {
		return nil, errFont
	}
	t := d.tables[i]
	return readAt(r, int64(t.off), min(int(t.len), longest))
}

// weight is usWeightClass of OS/2.
func (d *dir) weight(r io.ReaderAt) (int, error) {
	b, err := d.table(r, "OS/2", 6)
	if err != nil {
		return 0, err
	}
	if len(b) < 6 {
		return 0, errFont
	}
	return int(binary.BigEndian.Uint16(b[4:])), nil
}

// families are the names that the face has for its family in any language: the
// records 1 and 16 of Unicode and Windows, and those of old Macs in ASCII.
func (d *dir) families(r io.ReaderAt) []string {
	b, err := d.table(r, "name", 1<<20)
	if err != nil || len(b) < 6 {
		return nil
	}
	n, text := int(binary.BigEndian.Uint16(b[2:])), int(binary.BigEndian.Uint16(b[4:]))
	var out []string
	for i := range min(n, maxNames) {
		at := 6 + 12*i
		if at+12 > len(b) {
			break
		}
		platform, id := binary.BigEndian.Uint16(b[at:]), binary.BigEndian.Uint16(b[at+6:])
		size, off := int(binary.BigEndian.Uint16(b[at+8:])), text+int(binary.BigEndian.Uint16(b[at+10:]))
		if id != 1 && id != 16 || off+size > len(b) {
			continue
		}
		name := string(b[off : off+size])
		switch platform {
		case 0, 3:
			name = utf16BE(b[off : off+size])
		case 1:
			if strings.ContainsFunc(name, func(c rune) bool { return c > 126 }) {
				continue
			}
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func utf16BE(b []byte) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u))
}

// unused are the tables that Fonds draws nothing by: forms for lines that run
// from top to bottom, hints of other renderers, bitmaps, signatures.
var unused = []string{"vhea", "vmtx", "VORG", "BASE", "DSIG", "EBDT", "EBLC", "EBSC", "hdmx", "LTSH", "VDMX", "meta", "gasp", "PCLT"}

// Bytes is the face as a font file of its own, without what is not used: of a
// collection, Fyne would read the first face whatever is wanted.
func (f *Found) Bytes() ([]byte, error) {
	b, err := f.bytes()
	if err != nil {
		return nil, fmt.Errorf("reading the font %s: %w; choose other forms in the settings", f.Path, err)
	}
	return b, nil
}

func (f *Found) bytes() ([]byte, error) {
	r, err := os.Open(f.Path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	st, err := r.Stat()
	if err != nil {
		return nil, err
	}
	return single(r, st.Size(), f.Index)
}

// single writes one face of a file of a size as a file.
func single(r io.ReaderAt, size int64, index int) ([]byte, error) {
	d, err := directory(r, index)
	if err != nil {
		return nil, err
	}
	tables := slices.DeleteFunc(slices.Clone(d.tables), func(t table) bool { return slices.Contains(unused, t.tag) })
	slices.SortFunc(tables, func(a, b table) int { return strings.Compare(a.tag, b.tag) })
	total := int64(12 + 16*len(tables))
	for _, t := range tables {
		if int64(t.off)+int64(t.len) > size {
			return nil, fmt.Errorf("%w: its table %q runs beyond its end", errFont, t.tag)
		}
		total += int64(t.len+3) &^ 3
	}
	if total > maxTable {
		return nil, fmt.Errorf("%w: it claims %d bytes", errFont, total)
	}
	out := make([]byte, total)
	n := uint16(len(tables))
	search := uint16(1)
	exp := uint16(0)
	for search*2 <= n {
		search, exp = search*2, exp+1
	}
	binary.BigEndian.PutUint32(out, d.version)
	binary.BigEndian.PutUint16(out[4:], n)
	binary.BigEndian.PutUint16(out[6:], search*16)
	binary.BigEndian.PutUint16(out[8:], exp)
	binary.BigEndian.PutUint16(out[10:], (n-search)*16)
	at := int64(12 + 16*len(tables))
	for i, t := range tables {
		e := out[12+16*i:]
		copy(e, t.tag)
		binary.BigEndian.PutUint32(e[4:], t.checksum)
		binary.BigEndian.PutUint32(e[8:], uint32(at))
		binary.BigEndian.PutUint32(e[12:], t.len)
		if _, err := r.ReadAt(out[at:at+int64(t.len)], int64(t.off)); err != nil && t.len > 0 {
			return nil, err
		}
		at += int64(t.len+3) &^ 3
	}
	return out, nil
}
