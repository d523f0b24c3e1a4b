package legacy

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"
)

// A file is a stream of a compound file that a test makes.
type file struct {
	name string
	data []byte
}

// makeCompound makes a compound file of sectors of 512 bytes, each stream padded to one that is not small.
func makeCompound(files ...file) []byte {
	le := binary.LittleEndian
	fat := []uint32{0xFFFFFFFD, endOfChain} // the table itself, the directory
	var body []byte
	entry := func(name string, kind byte, start uint32, size int) []byte {
		e := make([]byte, 128)
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			le.PutUint16(e[2*i:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66] = kind
		le.PutUint32(e[68:], 0xFFFFFFFF)
		le.PutUint32(e[72:], 0xFFFFFFFF)
		le.PutUint32(e[76:], 0xFFFFFFFF)
		le.PutUint32(e[116:], start)
		le.PutUint32(e[120:], uint32(size))
		return e
	}
	dir := entry("Root Entry", 5, endOfChain, 0)
	le.PutUint32(dir[76:], 1)
	for i, f := range files {
		data := append(bytes.Clone(f.data), make([]byte, max(0, miniCutoff-len(f.data)))...)
		data = append(data, make([]byte, (512-len(data)%512)%512)...)
		e := entry(f.name, 2, uint32(len(fat)), len(data))
		if i+1 < len(files) {
			le.PutUint32(e[72:], uint32(i+2))
		}
		dir = append(dir, e...)
		for n := len(data) / 512; n > 0; n-- {
			next := uint32(len(fat) + 1)
			if n == 1 {
				next = endOfChain
			}
			fat = append(fat, next)
		}
		body = append(body, data...)
	}
	if len(files) > 3 || len(fat) > 128 {
		panic("this test makes small files only")
	}
	dir = append(dir, make([]byte, 512-len(dir))...)
	for len(fat) < 128 {
		fat = append(fat, 0xFFFFFFFF)
	}
	head := make([]byte, 512)
	copy(head, signature)
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], 1)
	le.PutUint32(head[56:], miniCutoff)
	le.PutUint32(head[60:], endOfChain)
	le.PutUint32(head[68:], endOfChain)
	for i := range 109 {
		le.PutUint32(head[76+4*i:], 0xFFFFFFFF)
	}
	le.PutUint32(head[76:], 0)
	out := head
	for _, n := range fat {
		out = le.AppendUint32(out, n)
	}
	return append(append(out, dir...), body...)
}

// properties makes a stream of properties: their code page and what they are, words or a time of Windows.
func properties(page int, values map[uint32]any, order ...uint32) []byte {
	le := binary.LittleEndian
	var places, body []byte
	at := 8 + 8*(len(order)+1)
	add := func(id uint32, v []byte) {
		places = le.AppendUint32(le.AppendUint32(places, id), uint32(at+len(body)))
		body = append(body, v...)
	}
	add(1, le.AppendUint32(le.AppendUint32(nil, 2), uint32(page)))
	for _, id := range order {
		switch v := values[id].(type) {
		case string:
			add(id, append(le.AppendUint32(le.AppendUint32(nil, 0x1e), uint32(len(v)+1)), v+"\x00"...))
		case uint64:
			add(id, le.AppendUint64(le.AppendUint32(nil, 0x40), v))
		}
	}
	set := le.AppendUint32(le.AppendUint32(nil, uint32(at+len(body))), uint32(len(order)+1))
	head := make([]byte, 48)
	le.PutUint16(head, 0xfffe)
	le.PutUint32(head[24:], 1)
	le.PutUint32(head[44:], 48)
	return append(append(append(head, set...), places...), body...)
}

func TestCompound(t *testing.T) {
	data := makeCompound(file{"A", bytes.Repeat([]byte("a"), 5000)}, file{"\x05B", []byte("b")})
	c, err := openCompound(data)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.read("A", 1<<20); !bytes.HasPrefix(got, bytes.Repeat([]byte("a"), 5000)) || len(got) != 5120 {
		t.Errorf("got %d bytes", len(got))
	}
	if got := c.read("\x05B", 1); string(got) != "b" {
		t.Errorf("got %q", got)
	}
	if c.read("C", 1) != nil || c.has("C") || !c.has("a") {
		t.Error("it has what it has not")
	}
	for n := range data { // cut off anywhere, and chains that bite their tails
		if c, err := openCompound(data[:n]); err == nil {
			c.read("A", 1<<20)
		}
	}
	for i := 512; i < 1024; i += 4 {
		loop := bytes.Clone(data)
		binary.LittleEndian.PutUint32(loop[i:], 2)
		if c, err := openCompound(loop); err == nil && len(c.read("A", 1<<30)) > len(loop)+512 {
			t.Fatal("a loop is longer than its file")
		}
	}
}
