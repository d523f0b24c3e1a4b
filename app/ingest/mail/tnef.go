package mail

import (
	"bytes"
	"encoding/binary"
	"strings"

	"fonds/app/ingest/content"
)

// Attributes of TNEF (MS-OXTNEF), and properties of MAPI within them.
const (
	tnefSignature  = 0x223E9F78
	attBody        = 0x0002800C
	attMessage     = 0x00069003 // properties of the letter
	attRendering   = 0x00069002 // an attachment begins
	attTitle       = 0x00018010
	attData        = 0x0006800F
	attAttachment  = 0x00069005 // properties of the attachment
	attCodePage    = 0x00069007
	propBodyHTML   = 0x1013
	propBody       = 0x1000
	propLongName   = 0x3707
	propName       = 0x3704
	propMimeTag    = 0x370E
	propDataObject = 0x3701
)

// tnef unpacks what Outlook packed into winmail.dat: files become parts, and its text the letter's where there is one.
// What cannot be unpacked is kept as it is.
func (l *letter) tnef(n *node) []*node {
	data := l.bytes(n)
	if len(data) < 6 || binary.LittleEndian.Uint32(data) != tnefSignature {
		l.lose("%s is none of Outlook's and was not unpacked; it is kept as it is.", l.name(n))
		l.part(n, content.AnAttachment)
		return nil
	}
	t := &tnefFile{l: l, charset: "windows-1252"}
	whole := t.read(data[6:])
	if !whole {
		l.lose("%s is damaged; what could be unpacked is kept, and the file as it is.", l.name(n))
		l.part(n, content.AnAttachment)
	}
	switch {
	case l.shown(n):
		return nil
	case len(bytes.TrimSpace(t.html)) > 0:
		return []*node{{kind: "text/html", body: t.html, in: n, head: head{{"content-type", "text/html; charset=" + t.charset}}}}
	case strings.TrimSpace(t.text) != "":
		return []*node{{kind: "text/plain", body: []byte(t.text), in: n, head: head{{"content-type", "text/plain; charset=utf-8"}}}}
	}
	return nil
}

// shown says whether the letter has a text beside winmail.dat: any text part before it that says something.
func (l *letter) shown(n *node) bool {
	if n.in == nil {
		return false
	}
	for _, c := range n.in.children {
		if c == n {
			return false
		}
		if c.multipart() || strings.HasPrefix(c.kind, "text/") && len(bytes.TrimSpace(c.body)) > 0 {
			return true
		}
	}
	return false
}

// A tnefFile is one while it is unpacked.
type tnefFile struct {
	l       *letter
	charset string
	text    string
	html    []byte
	part    *content.Part
}

// read goes over the attributes and says whether all could be read and are as their sums say.
func (t *tnefFile) read(b []byte) (whole bool) {
	whole = true
	defer t.flush()
	for first := true; len(b) > 0 || first; first = false {
		if t.l.ctx.Err() != nil || len(b) < 11 {
			return false
		}
		id, size := binary.LittleEndian.Uint32(b[1:]), binary.LittleEndian.Uint32(b[5:])
		if uint64(size)+11 > uint64(len(b)) {
			return false
		}
		v, sum := b[9:9+size], uint16(0)
		for _, c := range v {
			sum += uint16(c)
		}
		whole = whole && sum == binary.LittleEndian.Uint16(b[9+size:])
		t.attribute(id, v)
		b = b[11+size:]
	}
	return whole
}

// flush adds the attachment that was read.
func (t *tnefFile) flush() {
	if t.part != nil && (len(t.part.Data) > 0 || t.part.Name != "") {
		t.l.add(*t.part)
	}
	t.part = nil
}

func (t *tnefFile) attribute(id uint32, v []byte) {
	switch id {
	case attRendering:
		t.flush()
		t.part = &content.Part{As: content.AnAttachment}
		return
	case attCodePage:
		if len(v) >= 4 {
			t.charset = codePage(binary.LittleEndian.Uint32(v))
		}
		return
	case attBody:
		t.text = t.string8(v)
		return
	case attMessage:
		t.properties(v, func(id uint16, v []byte, text string) {
			switch id {
			case propBody:
				t.text = text
			case propBodyHTML:
				t.html = v
			}
		})
		return
	}
	if t.part == nil {
		return
	}
	switch id {
	case attTitle:
		if t.part.Name == "" {
			t.part.Name = clean(t.string8(v), false)
		}
	case attData:
		t.part.Data = v
	case attAttachment:
		t.properties(v, func(id uint16, v []byte, text string) {
			switch id {
			case propLongName:
				t.part.Name = clean(text, false)
			case propName:
				if t.part.Name == "" {
					t.part.Name = clean(text, false)
				}
			case propMimeTag:
				if kind, stated := mediaType(text); stated {
					t.part.Type = kind
				}
			case propDataObject:
				if len(t.part.Data) == 0 {
					t.part.Data = v
				}
			}
		})
	}
}

// string8 is a string in the code page of the file, without the NUL at its end.
func (t *tnefFile) string8(v []byte) string {
	return t.l.characters(bytes.TrimRight(v, "\x00"), t.charset)
}

// codePage names a code page of Windows as a charset.
func codePage(n uint32) string {
	names := map[uint32]string{932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 65001: "utf-8", 1250: "windows-1250", 1251: "windows-1251",
		1253: "windows-1253", 1254: "windows-1254", 1255: "windows-1255", 1256: "windows-1256", 1257: "windows-1257", 1258: "windows-1258", 54936: "gb18030"}
	if name := names[n]; name != "" {
		return name
	}
	return "windows-1252"
}

// properties goes over a list of MAPI properties, as far as it is one. text is the value where it is a string.
func (t *tnefFile) properties(b []byte, each func(id uint16, v []byte, text string)) {
	take := func(n uint32) []byte {
		if uint64(n) > uint64(len(b)) {
			b = nil
			return nil
		}
		v := b[:n]
		b = b[n:]
		return v
	}
	number := func() uint32 {
		if v := take(4); len(v) == 4 {
			return binary.LittleEndian.Uint32(v)
		}
		return 0
	}
	for left := number(); left > 0 && len(b) >= 4; left-- {
		tag := number()
		kind, id := uint16(tag), uint16(tag>>16)
		if id >= 0x8000 { // it has a name
			take(16)
			if number() == 0 {
				number()
			} else {
				n := number()
				take(n + (4-n%4)%4)
			}
		}
		size := map[uint16]uint32{2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}[kind&0xFFF]
		values := uint32(1)
		if size == 0 || kind&0x1000 != 0 {
			values = number()
		}
		for ; values > 0 && len(b) > 0; values-- {
			n := size
			if size == 0 {
				n = number()
			}
			v := take(n)
			take(min(uint32(len(b)), (4-n%4)%4))
			text := ""
			switch kind & 0xFFF {
			case 0x1E:
				text = t.string8(v)
			case 0x1F:
				text = strings.TrimRight(utf16le(v), "\x00")
			}
			each(id, v, text)
		}
	}
}
