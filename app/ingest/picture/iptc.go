package picture

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// iptcTags are the data sets of record 2 that are taken.
var iptcTags = map[byte]struct{ field, name string }{
	5: {"title", "ObjectName"}, 25: {"subject", "Keywords"}, 80: {"creator", "By-line"}, 110: {"source", "Credit"},
	115: {"source", "Source"}, 116: {"rights", "CopyrightNotice"}, 120: {"description", "Caption-Abstract"},
}

// iptcSets are what 1:90 can say, by the escape sequence of ISO 2022.
var iptcSets = map[string]encoding.Encoding{
	"\x1B%G": nil, "\x1B%/G": nil, "\x1B%/H": nil, "\x1B%/I": nil,
	"\x1B.A": charmap.Windows1252, "\x1B-A": charmap.Windows1252, "\x1B-B": charmap.ISO8859_2, "\x1B-C": charmap.ISO8859_3,
	"\x1B-D": charmap.ISO8859_4, "\x1B-F": charmap.ISO8859_7, "\x1B-G": charmap.ISO8859_6, "\x1B-H": charmap.ISO8859_8,
	"\x1B-L": charmap.ISO8859_5, "\x1B-M": charmap.ISO8859_9,
	"\x1B$)A": simplifiedchinese.GB18030, "\x1B$)B": japanese.EUCJP, "\x1B$)C": korean.EUCKR,
	"\x1B%/L": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// photoshop walks the resources that Photoshop keeps; one of them is IPTC.
func (m *meta) photoshop(b []byte) {
	for len(b) >= 12 && string(b[:4]) == "8BIM" {
		id := binary.BigEndian.Uint16(b[4:])
		name := (int(b[6]) + 2) &^ 1
		if len(b) < 6+name+4 {
			return
		}
		n := int(binary.BigEndian.Uint32(b[6+name:]))
		b = b[10+name:]
		body := b[:min(n, len(b))]
		if id == 0x0404 {
			m.iptc(body)
		}
		b = b[min(n+n&1, len(b)):]
	}
}

// iptc reads the data sets of IPTC.
func (m *meta) iptc(b []byte) {
	if !m.spend(len(b)) {
		return
	}
	var set encoding.Encoding
	stated := false
	places := map[byte]string{}
	when := map[byte]string{}
	for len(b) >= 5 && b[0] == 0x1C {
		record, id, n := b[1], b[2], int(binary.BigEndian.Uint16(b[3:]))
		b = b[5:]
		if n&0x8000 != 0 || n > len(b) { // An extended length: no value that is taken has it.
			break
		}
		value := b[:n]
		b = b[n:]
		if record == 1 && id == 90 {
			set, stated = iptcSets[strings.TrimRight(string(value), "\x00 ")]
			continue
		}
		if record != 2 {
			continue
		}
		words := text(value)
		if stated && set != nil && !(set == charmap.Windows1252 && utf8.Valid(value)) {
			words = decoded(set, value)
		}
		words = clean(words)
		switch id {
		case 90, 95, 101:
			places[id] = words
		case 55, 60:
			when[id] = words
		case 85, 65, 70:
		default:
			t := iptcTags[id]
			m.add(fromIPTC, t.field, words, "IPTC "+t.name)
		}
	}
	if date := isoDate(when[55]); date != "" {
		if clock := when[60]; len(date) == 10 && len(clock) == 11 {
			if full := isoDate(when[55] + "T" + clock[:6]); full != "" && isZone(clock[6:9]+":"+clock[9:]) && !strings.HasPrefix(clock, "000000") {
				date = full + clock[6:9] + ":" + clock[9:]
			}
		}
		m.add(fromIPTC, "date", date, "IPTC DateCreated")
	}
	m.places(fromIPTC, places[90], places[95], places[101], "IPTC City")
}

// places takes city, province and country as one place.
func (m *meta) places(from origin, city, state, country, where string) {
	var parts []string
	for _, p := range []string{city, state, country} {
		if p = clean(p); p != "" && (len(parts) == 0 || parts[len(parts)-1] != p) {
			parts = append(parts, p)
		}
	}
	if city == "" && len(parts) > 0 {
		where = strings.TrimSuffix(where, "City") + "Country"
	}
	m.add(from, "spatial", strings.Join(parts, ", "), where)
}
