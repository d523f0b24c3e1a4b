package packed

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"fonds/app/ingest/content"
)

// zip hands on the members of a ZIP file.
func (w *walk) zip() error {
	entries, ok, err := directory(w.data)
	if err != nil {
		return err
	}
	if !ok {
		if entries, err = w.headers(); err != nil {
			return err
		}
		if len(entries) == 0 {
			return content.Refuse(content.Damaged, "it is a ZIP file without a directory, and no member can be found")
		}
		w.lost.say("The file has no directory that can be read, as where it was cut short: its members were taken as they come, and some may be missing.")
	}
	if err := w.declared(entries); err != nil {
		return err
	}
	var raw [][]byte
	for i := range entries {
		if !entries[i].decoded {
			raw = append(raw, entries[i].raw)
		}
	}
	names := w.names(raw)
	encrypted, others := 0, 0
	for i := range entries {
		e := &entries[i]
		if !e.decoded {
			e.name, names = names[0], names[1:]
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		switch {
		case e.folder && e.size <= 0:
			continue
		case e.link:
			w.lost.many("Links to other files, which are not followed: %d", e.name)
			continue
		case e.device:
			w.lost.many("Devices and pipes, which are no files: %d", e.name)
			continue
		case e.flags&flagEncrypted != 0 || e.method == 99:
			encrypted++
			w.lost.many("Members that are encrypted: %d", e.name)
			continue
		}
		others++
		if err := w.member(e); err != nil {
			return err
		}
	}
	if encrypted > 0 && others == 0 {
		return content.Refuse(content.Encrypted, "")
	}
	return nil
}

// declared refuses what by its own words is too much, before anything of it is taken.
func (w *walk) declared(entries []entry) error {
	sum, parts := int64(0), 0
	for i := range entries {
		if e := &entries[i]; !e.folder {
			parts++
			if e.method != 0 && e.size > 0 && e.size <= MaxMember {
				sum += e.size
			}
		}
	}
	b := *w.budget
	b.parts += parts
	if b.parts > content.MaxParts {
		return content.Refuse(content.TooMuch, "documents %d > %d", b.parts, content.MaxParts)
	}
	return b.Count(sum)
}

// member unpacks one member and hands it on.
func (w *walk) member(e *entry) error {
	room := w.budget.room()
	if e.size > room && e.method != 0 {
		w.lost.many("Members that are larger than may be unpacked: %d", e.name)
		return nil
	}
	packed := w.data[e.at : e.at+e.packed]
	data, err := packed, error(nil)
	switch e.method {
	case 0:
	case 8:
		data, err = gather(&counted{w.ctx, flate.NewReader(bytes.NewReader(packed)), w.budget}, e.size, e.packed, room)
	case 12:
		data, err = gather(&counted{w.ctx, bzip2.NewReader(bytes.NewReader(packed)), w.budget}, e.size, e.packed, room)
	default:
		w.lost.many("Members that are packed in a way that is not read ("+method(e.method)+"): %d", e.name)
		return nil
	}
	switch {
	case err != nil && ends(err):
		return err
	case errors.Is(err, errLarge):
		w.lost.many("Members that are larger than may be unpacked: %d", e.name)
		return nil
	case err != nil && len(data) == 0:
		w.lost.say("%s is damaged, and nothing of it could be unpacked.", e.name)
		return nil
	case err != nil:
		w.lost.say("%s is damaged: what comes after its first %d bytes is missing.", e.name, len(data))
	case int64(len(data)) != e.size:
		w.lost.say("%s has %d bytes, where the ZIP file says %d.", e.name, len(data), e.size)
	case crc32.ChecksumIEEE(data) != e.crc:
		w.lost.say("%s is damaged: its checksum is not the one that the ZIP file has.", e.name)
	}
	p := content.Part{Name: e.name, Modified: e.modified, Data: data}
	if e.method == 0 {
		return w.give(p)
	}
	return w.hold(p)
}

// method is what a method of packing is called.
func method(m uint16) string {
	for n, name := range map[uint16]string{1: "Shrink", 6: "Implode", 9: "Deflate64", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"} {
		if n == m {
			return name
		}
	}
	return "an unknown method"
}

// headers finds the members of a file without a directory by the headers before them.
func (w *walk) headers() ([]entry, error) {
	var out []entry
	scan := NewBudget(int64(len(w.data))) // what is unpacked here is only to find where it ends
	p := int64(bytes.Index(w.data, []byte("PK\x03\x04")))
	for p >= 0 && p+localSize <= int64(len(w.data)) && string(w.data[p:p+4]) == "PK\x03\x04" {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
		if len(out) == mostEntries {
			return nil, content.Refuse(content.TooMuch, "members %d > %d", len(out)+1, mostEntries)
		}
		e, ok := w.local(p)
		if !ok {
			break
		}
		left := int64(len(w.data)) - e.at
		if e.flags&flagLater != 0 && e.packed == 0 {
			found, err := w.measure(&e, scan)
			if err != nil {
				return nil, err
			}
			if !found {
				break
			}
		}
		next := e.at + e.packed
		if e.packed < 0 || e.packed > left {
			e.packed, next = left, int64(len(w.data))
		}
		out = append(out, e)
		p = next
		if e.flags&flagLater != 0 {
			p = behind(w.data, next)
		}
	}
	return out, nil
}

func (w *walk) local(p int64) (entry, bool) {
	h := w.data[p:]
	n, extra := int(le.Uint16(h[26:])), int(le.Uint16(h[28:]))
	if localSize+n+extra > len(h) {
		return entry{}, false
	}
	e := entry{raw: h[localSize : localSize+n], flags: le.Uint16(h[6:]), method: le.Uint16(h[8:]), crc: le.Uint32(h[14:]), header: p,
		packed: int64(le.Uint32(h[18:])), size: int64(le.Uint32(h[22:])), at: p + int64(localSize+n+extra), modified: dosTime(le.Uint16(h[12:]), le.Uint16(h[10:]))}
	e.extras(h[localSize+n:localSize+n+extra], false)
	e.named()
	return e, true
}

// measure finds out how long a member is whose header does not say so. It stays false where that cannot be known.
func (w *walk) measure(e *entry, scan *Budget) (bool, error) {
	rest := w.data[e.at:]
	if e.method != 8 { // stored: it ends where the record behind it says that it does
		for at := 0; ; {
			i := bytes.Index(rest[at:], []byte("PK\x07\x08"))
			if i < 0 {
				return false, nil
			}
			if at += i; at+16 <= len(rest) && int(le.Uint32(rest[at+8:])) == at {
				e.crc, e.packed, e.size = le.Uint32(rest[at+4:]), int64(at), int64(at)
				return true, nil
			}
			at += 4
		}
	}
	r, crc := bytes.NewReader(rest), crc32.NewIEEE()
	n, err := io.Copy(crc, &counted{w.ctx, flate.NewReader(r), scan})
	if err != nil && ends(err) {
		return false, err
	}
	e.packed, e.size, e.crc = int64(len(rest)-r.Len()), n, crc.Sum32()
	return true, nil
}

// behind is where the next header begins after the record that states sizes, if there is one.
func behind(data []byte, at int64) int64 {
	end := min(at+28, int64(len(data)))
	if i := bytes.Index(data[at:end], []byte("PK\x03\x04")); i >= 0 {
		return at + int64(i)
	}
	return end
}

// names decodes the names that do not say how they are encoded, all at once.
func (w *walk) names(raw [][]byte) []string {
	if w.o.Names != nil && len(raw) > 0 {
		if out := w.o.Names(raw); len(out) == len(raw) {
			return out
		}
	}
	out := make([]string, len(raw))
	for i, b := range raw {
		if utf8.Valid(b) {
			out[i] = string(b)
		} else if s, err := charmap.CodePage437.NewDecoder().Bytes(b); err == nil {
			out[i] = string(s)
		}
	}
	return out
}
