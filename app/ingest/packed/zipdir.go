package packed

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"time"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// What a ZIP file (APPNOTE.TXT 6.3.10) says of its members.

const (
	localSize     = 30
	centralSize   = 46
	endSize       = 22
	mostEntries   = 2 * content.MaxParts // with directories
	flagEncrypted = 1
	flagLater     = 1 << 3 // sizes stand behind the data
	flagUTF8      = 1 << 11
	unknown       = -1
)

// entry is a member, as the directory has it or, where there is none, as the header before it does.
type entry struct {
	raw          []byte // the name
	name         string // decoded, once it is known
	decoded      bool
	flags        uint16
	method       uint16
	crc          uint32
	packed, size int64 // unknown where they stand behind data that was not read yet
	header, at   int64 // where its header and where its data begin
	modified     time.Time
	folder, link bool
	device       bool
}

var le = binary.LittleEndian

// directory reads the central directory. ok is false where there is none that can be read: a file that is cut short.
func directory(data []byte) (entries []entry, ok bool, err error) {
	end := lastEnd(data)
	if end < 0 {
		return nil, false, nil
	}
	if disk := le.Uint16(data[end+4:]); disk != 0 && disk != 0xFFFF {
		return nil, false, content.Refuse(content.NotIt, "it is the last of %d parts of a ZIP file: join them, and import that", int(disk)+1)
	}
	size, offset, until := int64(le.Uint32(data[end+12:])), int64(le.Uint32(data[end+16:])), int64(end)
	if at := end - 20; at >= 0 && string(data[at:at+4]) == "PK\x06\x07" {
		if s, o, u, found := zip64End(data, at); found {
			size, offset, until = s, o, u
		}
	}
	if size < 0 || offset < 0 || size > until {
		return nil, false, nil
	}
	base := until - size - offset // what stands before the file, as a program that unpacks it
	if base < 0 || !isCentral(data, base+offset, until) && size > 0 {
		if base = 0; !isCentral(data, offset, until) {
			return nil, false, nil
		}
	}
	p := base + offset
	for p+centralSize <= until && string(data[p:p+4]) == "PK\x01\x02" {
		n, long := int64(le.Uint16(data[p+28:])), int64(le.Uint16(data[p+30:]))+int64(le.Uint16(data[p+32:]))
		if p+centralSize+n+long > until {
			return nil, false, nil
		}
		if len(entries) == mostEntries {
			return nil, false, content.Refuse(content.TooMuch, "members %d > %d", len(entries)+1, mostEntries)
		}
		e := central(data[p : p+centralSize+n+long])
		e.header += base
		if !e.locate(data, p) {
			return nil, false, nil
		}
		entries = append(entries, e)
		p += centralSize + n + long
	}
	if said := le.Uint16(data[end+10:]); said != 0xFFFF && said != uint16(len(entries)) {
		return nil, false, nil // it is damaged in its middle
	}
	return entries, true, overlap(entries)
}

// lastEnd is where the record at the end of the directory begins, -1 for none.
func lastEnd(data []byte) int {
	from := max(0, len(data)-endSize-0xFFFF)
	for tail := data[from:]; ; {
		i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
		if i < 0 {
			return -1
		}
		if at := from + i; at+endSize <= len(data) && at+endSize+int(le.Uint16(data[at+20:])) <= len(data) {
			return at
		}
		tail = tail[:i]
	}
}

func zip64End(data []byte, locator int) (size, offset, at int64, ok bool) {
	at = int64(le.Uint64(data[locator+8:]))
	for _, at := range []int64{at, int64(locator) - 56} { // as it says, or as it is where something stands before the file
		if at >= 0 && at+56 <= int64(locator) && string(data[at:at+4]) == "PK\x06\x06" {
			return int64(le.Uint64(data[at+40:])), int64(le.Uint64(data[at+48:])), at, true
		}
	}
	return 0, 0, 0, false
}

func isCentral(data []byte, at, until int64) bool {
	return at == until || at >= 0 && at+centralSize <= until && string(data[at:at+4]) == "PK\x01\x02"
}

// central reads one record of the directory.
func central(b []byte) entry {
	n, extra := int(le.Uint16(b[28:])), int(le.Uint16(b[30:]))
	e := entry{raw: b[centralSize : centralSize+n], flags: le.Uint16(b[8:]), method: le.Uint16(b[10:]), crc: le.Uint32(b[16:]),
		packed: int64(le.Uint32(b[20:])), size: int64(le.Uint32(b[24:])), header: int64(le.Uint32(b[42:])),
		modified: dosTime(le.Uint16(b[14:]), le.Uint16(b[12:]))}
	e.extras(b[centralSize+n:centralSize+n+extra], true)
	outer := le.Uint32(b[38:])
	switch host := b[5]; {
	case host == 3 || host == 19: // Unix, OS X
		mode := outer >> 16
		e.folder, e.link = mode&0xF000 == 0x4000, mode&0xF000 == 0xA000
		e.device = mode&0xF000 == 0x2000 || mode&0xF000 == 0x6000 || mode&0xF000 == 0x1000 || mode&0xF000 == 0xC000
	case outer&0x10 != 0:
		e.folder = true
	}
	e.named()
	return e
}

// named takes the name as it is where the file says that it is UTF-8.
func (e *entry) named() {
	if !e.decoded && e.flags&flagUTF8 != 0 && utf8.Valid(e.raw) {
		e.name, e.decoded = string(e.raw), true
	}
	if n := len(e.raw); n > 0 && e.raw[n-1] == '/' {
		e.folder = true
	}
}

// extras reads what follows a name: sizes over 4 GB, the time, the name in Unicode.
func (e *entry) extras(b []byte, inDirectory bool) {
	for len(b) >= 4 {
		id, n := le.Uint16(b), int(le.Uint16(b[2:]))
		if b = b[4:]; n > len(b) {
			return
		}
		f := b[:n]
		b = b[n:]
		switch id {
		case 0x0001:
			e.zip64(f, inDirectory)
		case 0x5455:
			if len(f) >= 5 && f[0]&1 != 0 {
				e.modified = time.Unix(int64(int32(le.Uint32(f[1:]))), 0).UTC()
			}
		case 0x7075: // Info-ZIP's: holds as long as the name is the one that it was written for
			if len(f) > 5 && f[0] == 1 && le.Uint32(f[1:]) == crc32.ChecksumIEEE(e.raw) && utf8.Valid(f[5:]) {
				e.name, e.decoded = string(f[5:]), true
			}
		}
	}
}

func (e *entry) zip64(f []byte, inDirectory bool) {
	at := []*int64{&e.size, &e.packed}
	if inDirectory {
		at = append(at, &e.header)
	}
	for _, v := range at {
		if *v == 0xFFFFFFFF && len(f) >= 8 {
			*v = int64(le.Uint64(f))
			f = f[8:]
		}
	}
}

// locate finds the data behind the header; false where it does not lie before the directory.
func (e *entry) locate(data []byte, before int64) bool {
	h := e.header
	if h < 0 || h > before-localSize || string(data[h:h+4]) != "PK\x03\x04" {
		return false
	}
	e.at = h + localSize + int64(le.Uint16(data[h+26:])) + int64(le.Uint16(data[h+28:]))
	return e.size >= 0 && e.packed >= 0 && e.at <= before && e.packed <= before-e.at
}

// overlap refuses members that lie over each other, which no program writes that packs files.
func overlap(entries []entry) error {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return int(min(max(entries[a].header-entries[b].header, -1), 1)) })
	for i := 1; i < len(order); i++ {
		a, b := &entries[order[i-1]], &entries[order[i]]
		if a.at+a.packed > b.header {
			return content.Refuse(content.Damaged, "its members lie over each other: %s at %d, %s at %d",
				readable(string(a.raw)), a.header, readable(string(b.raw)), b.header)
		}
	}
	return nil
}

// dosTime is the time as MS-DOS has it: without a zone, to two seconds.
func dosTime(date, clock uint16) time.Time {
	month, day := int(date>>5&15), int(date&31)
	if month < 1 || month > 12 || day < 1 {
		return time.Time{}
	}
	return time.Date(int(date>>9)+1980, time.Month(month), day, int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, time.UTC)
}
