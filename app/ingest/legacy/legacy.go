// Package legacy identifies files by PRONOM's registry, and reads the binary formats of Microsoft Office (.doc, .xls,
// .ppt): what they say of themselves by itself, their text by LibreOffice, where that is installed. It runs LibreOffice
// in a folder of its own, with a profile of its own, for at most a minute; it writes nowhere else.
package legacy

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"

	"fonds/app/ingest/content"
)

// Version is that of the rules of this package: it goes up when the same bytes would give another text. What LibreOffice
// makes of a file is its own matter.
const Version = "1"

// A family is one of the programs of Office.
type family struct {
	mime string
	ext  string
	to   string // what LibreOffice makes of it, and the filter that makes it
}

var (
	word  = &family{"application/msword", "doc", "rtf:Rich Text Format"}
	excel = &family{"application/vnd.ms-excel", "xls", "ods:calc8"}
	slide = &family{"application/vnd.ms-powerpoint", "ppt", "odp:impress8"}
)

// IsOffice says whether a file is one of the binary formats of Office, and which: its media type, "" where it is none.
// data is the whole file, or as much as there is: of a compound file that is cut off it may not be told.
func IsOffice(data []byte) string {
	if f := kindOf(data, ""); f != nil {
		return f.mime
	}
	return ""
}

// kindOf says which family a file is of: by its streams, by its first bytes, and by what is claimed where it is a
// compound file that tells neither. nil where it is none.
func kindOf(data []byte, mime string) *family {
	if c, err := openCompound(data); err == nil {
		switch {
		case c.has("WordDocument"):
			return word
		case c.has("Workbook", "Book"):
			return excel
		case c.has("PowerPoint Document", "PP40", "PP97_DUALSTORAGE"):
			return slide
		}
		return nil
	}
	for _, begin := range []string{"\x9b\xa5", "\xdb\xa5", "\x31\xbe\x00\x00", "\x32\xbe\x00\x00"} { // Word 1 and 2, Write
		if len(data) > 128 && bytes.HasPrefix(data, []byte(begin)) {
			return word
		}
	}
	for _, begin := range []string{"\x09\x00\x04\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00", "\x09\x08\x08\x00"} { // a book without its compound file
		if len(data) > 32 && bytes.HasPrefix(data, []byte(begin)) {
			return excel
		}
	}
	if isCompound(data) {
		for _, f := range []*family{word, excel, slide} {
			if f.mime == mime {
				return f
			}
		}
	}
	return nil
}

// Office reads a file of one of the binary formats. mime is what it is thought to be, "" where that is not known.
//
// Where it cannot read the text, it gives beside the error what the file says of itself: a *content.Content without a
// text, nil only where the file is none of these. An error is a *content.Refusal (of Needs: LibreOffice is not
// installed), or that of ctx.
func Office(ctx context.Context, data []byte, mime string) (*content.Content, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := kindOf(data, mime)
	if f == nil {
		if c, err := openCompound(data); err == nil && c.has("EncryptedPackage") {
			return nil, content.Refuse(content.Encrypted, "")
		}
		return nil, content.Refuse(content.NotIt, "it is none of the binary formats of Office")
	}
	out := &content.Content{Format: f.mime}
	c, err := openCompound(data)
	if err == nil {
		out.Said = said(c)
		for _, s := range out.Said {
			if s.Field == "dcterms:title" {
				out.Title = s.Value
			}
		}
		if encrypted(c, f) {
			return out, content.Refuse(content.Encrypted, "")
		}
	}
	if !Installed() {
		return out, content.Refuse(content.Needs, "LibreOffice")
	}
	read, err := convert(ctx, data, f)
	if err != nil {
		var refusal *content.Refusal
		if errors.As(err, &refusal) && refusal.Reason == content.Damaged && c != nil && f == excel && filePass(c) {
			err = content.Refuse(content.Encrypted, "")
		}
		return out, err
	}
	out.Text, out.Lost, out.Parts = read.Text, read.Lost, read.Parts
	return out, nil
}

// encrypted says whether a file says of itself that it needs a password. A workbook is asked only where nobody can try:
// many are locked with a password that every program knows.
func encrypted(c *compound, f *family) bool {
	switch f {
	case word:
		fib := c.read("WordDocument", 32)
		return len(fib) >= 12 && u16(fib[10:])&0x0100 != 0
	case excel:
		return !Installed() && filePass(c)
	}
	user := c.read("Current User", 64)
	return c.has("EncryptedSummary") || len(user) >= 16 && binary.LittleEndian.Uint32(user[12:]) == 0xf3d1c4df
}

// filePass says whether a workbook has the record that comes before what is encrypted.
func filePass(c *compound) bool {
	b := c.read("Workbook", 1<<16)
	if b == nil {
		b = c.read("Book", 1<<16)
	}
	for range 50 {
		if len(b) < 4 {
			return false
		}
		kind, size := u16(b), u16(b[2:])
		if kind == 0x2f {
			return true
		}
		if 4+size > len(b) {
			return false
		}
		b = b[4+size:]
	}
	return false
}
