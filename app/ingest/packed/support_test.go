package packed

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"

	"fonds/app/ingest/content"
)

var ctx = context.Background()

// corpora is where the real files lie; they are no part of the project.
const corpora = "../../../../shared/corpora/"

// member is one of a ZIP file that a test makes byte by byte.
type member struct {
	name     string
	data     string
	deflate  bool
	flags    uint16
	method   uint16 // where it is not that of deflate
	mode     uint32 // of Unix
	extra    string
	zip64    bool
	later    bool   // sizes behind the data
	claims   uint32 // the size it claims, 0 for the true one
	at       int    // where the directory says that it begins, 0 for where it does
	badCRC   bool
	noHeader bool // in the directory only
}

func deflated(s string) string {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, 9)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func zipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.Bytes()
}

func field(id uint16, data string) string {
	b := binary.LittleEndian.AppendUint16(nil, id)
	return string(binary.LittleEndian.AppendUint16(b, uint16(len(data)))) + data
}

func unicodePath(raw, name string) string {
	return field(0x7075, "\x01"+string(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(raw))))+name)
}

func u64(n ...int) string {
	var b []byte
	for _, v := range n {
		b = le.AppendUint64(b, uint64(v))
	}
	return string(b)
}

// zipOf makes a ZIP file.
func zipOf(members ...member) []byte {
	var out, dir []byte
	for _, m := range members {
		packed, method := m.data, m.method
		if m.deflate {
			packed, method = deflated(m.data), 8
		}
		crc, size, psize := crc32.ChecksumIEEE([]byte(m.data)), uint32(len(m.data)), uint32(len(packed))
		if m.badCRC {
			crc++
		}
		if m.claims != 0 {
			size = m.claims
		}
		header := len(out)
		if m.at != 0 || m.noHeader {
			header = m.at
		}
		lflags, lcrc, lsize, lpsize, lextra := m.flags, crc, size, psize, m.extra
		cextra, coff := m.extra, uint32(header)
		if m.later {
			lflags, lcrc, lsize, lpsize = lflags|flagLater, 0, 0, 0
		}
		if m.zip64 {
			lextra, lsize, lpsize = lextra+field(1, u64(len(m.data), len(packed))), 0xFFFFFFFF, 0xFFFFFFFF
			cextra, coff = cextra+field(1, u64(len(m.data), len(packed), header)), 0xFFFFFFFF
		}
		if !m.noHeader {
			out = append(out, "PK\x03\x04\x14\x00"...)
			out = le.AppendUint16(out, lflags)
			out = le.AppendUint16(out, method)
			out = append(out, "\x00\x60\x6D\x4B"...) // 2017-11-13 12:00
			for _, v := range []uint32{lcrc, lpsize, lsize} {
				out = le.AppendUint32(out, v)
			}
			out = le.AppendUint16(le.AppendUint16(out, uint16(len(m.name))), uint16(len(lextra)))
			out = append(append(append(out, m.name...), lextra...), packed...)
			if m.later {
				out = append(out, "PK\x07\x08"...)
				for _, v := range []uint32{crc, psize, size} {
					out = le.AppendUint32(out, v)
				}
			}
		}
		csize, cpsize := size, psize
		if m.zip64 {
			csize, cpsize = 0xFFFFFFFF, 0xFFFFFFFF
		}
		dir = append(dir, "PK\x01\x02\x14\x03\x14\x00"...)
		dir = le.AppendUint16(dir, lflags)
		dir = le.AppendUint16(dir, method)
		dir = append(dir, "\x00\x60\x6D\x4B"...)
		for _, v := range []uint32{crc, cpsize, csize} {
			dir = le.AppendUint32(dir, v)
		}
		for _, v := range []int{len(m.name), len(cextra), 0, 0, 0} {
			dir = le.AppendUint16(dir, uint16(v))
		}
		dir = le.AppendUint32(le.AppendUint32(dir, m.mode<<16), coff)
		dir = append(append(dir, m.name...), cextra...)
	}
	at, zip64 := len(out), len(members) > 0 && members[0].zip64
	out = append(out, dir...)
	n, size, off := uint16(len(members)), uint32(len(dir)), uint32(at)
	if zip64 {
		end := len(out)
		out = append(out, "PK\x06\x06"+u64(44)+"\x2D\x00\x2D\x00\x00\x00\x00\x00\x00\x00\x00\x00"+u64(len(members), len(members), len(dir), at)...)
		out = append(out, "PK\x06\x07\x00\x00\x00\x00"+u64(end)+"\x01\x00\x00\x00"...)
		n, size, off = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
	}
	out = append(out, "PK\x05\x06\x00\x00\x00\x00"...)
	out = le.AppendUint16(le.AppendUint16(out, n), n)
	return append(le.AppendUint32(le.AppendUint32(out, size), off), 0, 0)
}

// said is what Walk makes of a file: a line for each member, then what is lost, then the error.
func said(data []byte, o Options) string {
	var b strings.Builder
	lost, err := Walk(ctx, data, "", o, func(p content.Part) error {
		fmt.Fprintf(&b, "%s=%s\n", p.Name, p.Data)
		return nil
	})
	for _, l := range lost {
		fmt.Fprintf(&b, "! %s\n", l)
	}
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	return b.String()
}

// refused says by which reason Walk refuses, and how many members came before; "" where it does not.
func refused(t testing.TB, data []byte) (content.Reason, int) {
	t.Helper()
	n := 0
	_, err := Walk(ctx, data, "", Options{}, func(content.Part) error { n++; return nil })
	var r *content.Refusal
	if err != nil && !errors.As(err, &r) {
		t.Fatalf("%v is no refusal", err)
	}
	if r == nil {
		return "", n
	}
	return r.Reason, n
}
