package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// exifTags are the tags of the first directory that hold words.
var exifTags = []struct {
	tag         uint16
	field, name string
	wide        bool // UTF-16, little endian, as Windows writes it
}{
	{0x010D, "title", "DocumentName", false},
	{0x010E, "description", "ImageDescription", false},
	{0x013B, "creator", "Artist", false},
	{0x8298, "rights", "Copyright", false},
	{0x9C9B, "title", "XPTitle", true},
	{0x9C9C, "description", "XPComment", true},
	{0x9C9D, "creator", "XPAuthor", true},
	{0x9C9E, "subject", "XPKeywords", true},
	{0x9C9F, "description", "XPSubject", true},
}

// exif reads a block of EXIF, which is built like a TIFF file.
func (m *meta) exif(data []byte) {
	order, at := tiffOrder(data)
	if order == nil {
		return
	}
	if !m.spend(len(data)) {
		return
	}
	if d := readIFD(data, order, at); d != nil {
		m.directory(d)
		if next := readIFD(data, order, d.next); next != nil && m.thumbnail == nil {
			from, n := next.first(0x0201, 0), next.first(0x0202, 0)
			if from > 0 && n > 0 && from+n <= len(data) {
				m.thumbnail = data[from : from+n]
			}
		}
	}
}

// directory takes what the first directory of EXIF, or one of TIFF, says.
func (m *meta) directory(d *ifd) {
	if m.orient == 0 {
		m.orient = d.first(0x0112, 0)
	}
	for _, t := range exifTags {
		e := d.find(t.tag)
		if len(e.raw) == 0 || !t.wide && e.kind != 2 && e.kind != 1 && e.kind != 7 {
			continue
		}
		switch {
		case t.tag == 0x8298: // Of the photographer, then of the editor.
			for part := range bytes.SplitSeq(e.raw, []byte{0}) {
				m.add(fromEXIF, t.field, text(part), "Exif.Copyright")
			}
		case t.tag == 0x9C9E:
			for word := range strings.SplitSeq(wide(e.raw, binary.LittleEndian), ";") {
				m.add(fromEXIF, t.field, word, "Exif.XPKeywords")
			}
		case t.wide:
			m.add(fromEXIF, t.field, wide(e.raw, binary.LittleEndian), "Exif."+t.name)
		default:
			m.add(fromEXIF, t.field, text(untilNUL(e.raw)), "Exif."+t.name)
		}
	}
	if e := d.find(0x8769); e.count > 0 {
		if sub := readIFD(d.data, d.order, d.first(0x8769, 0)); sub != nil {
			m.photo(sub)
		}
	}
	if e := d.find(0x8825); e.count > 0 {
		if sub := readIFD(d.data, d.order, d.first(0x8825, 0)); sub != nil {
			m.place(sub)
		}
	}
}

// photo takes what the directory of the camera says.
func (m *meta) photo(d *ifd) {
	for _, t := range []struct {
		date, offset uint16
		name         string
	}{{0x9003, 0x9011, "DateTimeOriginal"}, {0x9004, 0x9012, "DateTimeDigitized"}} {
		date := isoDate(string(untilNUL(d.find(t.date).raw)))
		if date == "" {
			continue
		}
		if zone := clean(string(untilNUL(d.find(t.offset).raw))); isZone(zone) && strings.Contains(date, "T") {
			date += zone
		}
		m.add(fromEXIF, "date", date, "Exif."+t.name)
		break // When it was digitized counts only where nothing says when it was made.
	}
	if c := d.find(0x9286).raw; len(c) > 8 {
		words := ""
		switch string(c[:8]) {
		case "UNICODE\x00":
			words = wide(c[8:], d.order)
		case "ASCII\x00\x00\x00", "\x00\x00\x00\x00\x00\x00\x00\x00":
			words = text(untilNUL(c[8:]))
		}
		m.add(fromEXIF, "description", words, "Exif.UserComment")
	}
}

// place takes latitude and longitude.
func (m *meta) place(d *ifd) {
	degrees := func(tag uint16) float64 {
		e := d.find(tag)
		if e.count == 0 {
			return math.NaN()
		}
		v := d.rational(e, 0)
		for i, by := range []float64{60, 3600} {
			if part := d.rational(e, i+1); !math.IsNaN(part) {
				v += part / by
			}
		}
		return v
	}
	lat, long := degrees(2), degrees(4)
	if bytes.HasPrefix(d.find(1).raw, []byte("S")) {
		lat = -lat
	}
	if bytes.HasPrefix(d.find(3).raw, []byte("W")) {
		long = -long
	}
	m.point(fromEXIF, lat, long, "Exif.GPSLatitude, GPSLongitude")
}

// point takes a place on the earth: decimal degrees, north and east positive.
func (m *meta) point(from origin, lat, long float64, where string) {
	if math.IsNaN(lat) || math.IsNaN(long) || math.Abs(lat) > 90 || math.Abs(long) > 180 || lat == 0 && long == 0 {
		return
	}
	d := func(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }
	m.add(from, "spatial", d(lat)+", "+d(long), where)
}

func untilNUL(b []byte) []byte {
	b, _, _ = bytes.Cut(b, []byte{0})
	return b
}

// wide decodes UTF-16.
func wide(b []byte, order binary.ByteOrder) string {
	b = b[:min(len(b), maxValue)]
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		u := order.Uint16(b[i:])
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

func isZone(s string) bool {
	if s == "Z" {
		return true
	}
	_, err := time.Parse("-07:00", s)
	return err == nil
}

// isoDate makes EDTF of a date as EXIF, IPTC or XMP writes it; "" for what is none.
func isoDate(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 40 {
		return ""
	}
	for _, layout := range []string{"2006:01:02 15:04:05", "2006-01-02 15:04:05", "2006:01:02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "20060102T150405"} {
		if len(s) < len(layout) {
			continue
		}
		t, err := time.Parse(layout, s[:len(layout)])
		if err != nil || t.Year() == 0 {
			continue
		}
		rest := strings.TrimLeft(s[len(layout):], ".0123456789")
		out := t.Format("2006-01-02T15:04:05")
		if isZone(rest) {
			out += rest
		}
		return out
	}
	day := strings.TrimRight(strings.TrimSuffix(s, " 00:00:00"), ": ")
	for _, l := range [][2]string{{"2006:01:02", "2006-01-02"}, {"2006-01-02", "2006-01-02"}, {"20060102", "2006-01-02"},
		{"2006-01", "2006-01"}, {"2006:01", "2006-01"}, {"2006", "2006"}} {
		if t, err := time.Parse(l[0], day); err == nil && t.Year() > 0 {
			return t.Format(l[1])
		}
	}
	var year, month, date int // IPTC writes what is not known as zeros.
	if n, err := fmt.Sscanf(s, "%4d%2d%2d", &year, &month, &date); err == nil && n == 3 && len(s) == 8 && year > 0 && date == 0 {
		if month == 0 {
			return fmt.Sprintf("%04d", year)
		}
		if month <= 12 {
			return fmt.Sprintf("%04d-%02d", year, month)
		}
	}
	return ""
}
