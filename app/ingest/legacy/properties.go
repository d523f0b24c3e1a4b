package legacy

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"fonds/app/ingest/content"
	"fonds/app/ingest/rtf"
)

// A propertySet says which field takes which property of one of the two streams of properties ([MS-OLEPS], [MS-OSHARED]).
type propertySet struct {
	stream string
	fields map[uint32]property
}

// A property is a field and what the format calls it.
type property struct{ field, name string }

var propertySets = []propertySet{
	{"\x05SummaryInformation", map[uint32]property{
		2: {"dcterms:title", "Title"}, 3: {"dcterms:subject", "Subject"}, 4: {"dcterms:creator", "Author"},
		5: {"dcterms:subject", "Keywords"}, 6: {"dcterms:description", "Comments"}, 8: {"dcterms:contributor", "LastAuthor"},
		12: {"dcterms:date", "CreateTime"}, 13: {"dcterms:date", "LastSaveTime"},
	}},
	{"\x05DocumentSummaryInformation", map[uint32]property{
		2: {"dcterms:subject", "Category"}, 14: {"dcterms:contributor", "Manager"}, 15: {"dcterms:publisher", "Company"},
	}},
}

// maxProperties bounds one stream of properties, maxValue one of them.
const (
	maxProperties = 2 << 20
	maxValue      = 64 << 10
)

// said gives what a file says of itself, in the order of its properties.
func said(c *compound) []content.Said {
	var list []content.Said
	for _, set := range propertySets {
		b := c.read(set.stream, maxProperties)
		if len(b) < 48 || u16(b) != 0xfffe {
			continue
		}
		offset := int(u32(b[44:]))
		if offset > len(b)-8 || offset < 48 {
			continue
		}
		list = append(list, values(b[offset:], set)...)
	}
	return list
}

// values reads one set of properties.
func values(b []byte, set propertySet) []content.Said {
	type place struct {
		id uint32
		at int
	}
	var places []place
	page := 1252
	for i := 8; i+8 <= len(b) && len(places) < min(int(u32(b[4:])), 1000); i += 8 {
		p := place{u32(b[i:]), int(u32(b[i+4:]))}
		places = append(places, p)
		if p.id == 1 && p.at >= 0 && p.at <= len(b)-6 {
			page = u16(b[p.at+4:])
		}
	}
	var list []content.Said
	for _, p := range places {
		known, ok := set.fields[p.id]
		if !ok || p.at < 0 || p.at > len(b)-8 {
			continue
		}
		if v := value(b[p.at:], page); v != "" {
			list = append(list, content.Said{Field: known.field, Value: v, Where: strings.TrimPrefix(set.stream, "\x05") + " " + known.name})
		}
	}
	return list
}

// value reads one value: words by the code page, or a time.
func value(b []byte, page int) string {
	n := int(u32(b[4:]))
	switch u32(b) {
	case 0x1e: // VT_LPSTR
		s := b[8:min(len(b), 8+min(max(n, 0), maxValue))]
		if page == 1200 {
			return wide(s)
		}
		text, _ := rtf.Decode(s, page)
		return clean(text)
	case 0x1f: // VT_LPWSTR
		return wide(b[8:min(len(b), 8+2*min(max(n, 0), maxValue))])
	case 0x40: // VT_FILETIME
		if len(b) < 12 {
			return ""
		}
		return fileTime(uint64(u32(b[4:])) | uint64(u32(b[8:]))<<32)
	}
	return ""
}

func wide(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(u16(b[2*i:]))
	}
	return clean(string(utf16.Decode(units)))
}

// fileTime gives a time of Windows as EDTF. One before 1980 is none: a length of time, or nothing.
func fileTime(ticks uint64) string {
	const epoch = 116444736000000000 // 1970, in steps of 100 ns since 1601
	if ticks < epoch || ticks > epoch+80_000*864e9 {
		return ""
	}
	t := time.Unix(int64((ticks-epoch)/1e7), 0).UTC()
	if t.Year() < 1980 {
		return ""
	}
	return t.Format("2006-01-02T15:04:05Z")
}

// clean gives the words before the first NUL with single spaces between them.
func clean(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && !unicode.IsSpace(c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}
