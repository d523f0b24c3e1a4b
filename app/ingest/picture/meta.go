package picture

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fonds/app/ingest/content"
)

// An origin is where in a picture something is said of it. Of words XMP is the surest, for it names its encoding and cuts
// nothing off; of days and places EXIF is, which the camera wrote.
type origin int

const (
	fromXMP origin = iota
	fromIPTC
	fromEXIF
	fromOther
)

// A meta gathers what a picture says of itself.
type meta struct {
	found  []found
	orient int // as EXIF has it, 0 for not stated
	lost   []string
	spent  int // bytes of packets that were looked at

	thumbnail []byte // of EXIF
}

// maxPackets is how many bytes of EXIF, IPTC and XMP are looked at in one file.
const maxPackets = 32 << 20

// spend says whether so many bytes may be looked at.
func (m *meta) spend(n int) bool {
	m.spent += n
	return m.spent <= maxPackets
}

type found struct {
	origin origin
	said   content.Said
}

const (
	maxValue = 1 << 20 // bytes of one value
	maxSaid  = 2_000   // values of one picture
)

// nonsense is what cameras and programs write where a person would say something.
var nonsense = regexp.MustCompile(`(?i)^(.*digital ?(still ?)?camera|sony dsc|dcim.*|default|untitled|<.* digimax .*>|charset=.*|` +
	`created with (the )?gimp|screenshot|unknown|none|optio.*|samsung|n/a|-+|\.+|binary comment|ascii|[?]+|0+)$`)

// add takes a value; field is that of Dublin Core without its prefix, "" for none.
func (m *meta) add(from origin, field, value, where string) {
	value = clean(value)
	if field == "" || value == "" || len(m.found) >= maxSaid {
		return
	}
	if field != "date" && field != "spatial" && nonsense.MatchString(value) {
		return
	}
	m.found = append(m.found, found{from, content.Said{Field: "dcterms:" + field, Value: value, Where: where}})
}

// clean is a value without controls, its spaces trimmed.
func clean(s string) string {
	s = strings.ToValidUTF8(s[:min(len(s), maxValue)], "\uFFFD")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || r == '\uFEFF' {
			return -1
		}
		return r
	}, s))
}

// order is that of the fields in what is given out.
var order = []string{"title", "creator", "contributor", "publisher", "date", "spatial", "description", "subject", "language",
	"rights", "source", "identifier"}

// said gives each value once, the surest place first.
func (m *meta) said() []content.Said {
	rank := func(f found) int {
		if f.said.Field == "dcterms:date" || f.said.Field == "dcterms:spatial" {
			return (int(f.origin) + 1) % 3 * 2 // EXIF, XMP, IPTC
		}
		return int(f.origin) * 2
	}
	all := slices.Clone(m.found)
	slices.SortStableFunc(all, func(a, b found) int {
		i := slices.Index(order, strings.TrimPrefix(a.said.Field, "dcterms:"))
		j := slices.Index(order, strings.TrimPrefix(b.said.Field, "dcterms:"))
		if i != j {
			return i - j
		}
		return rank(a) - rank(b)
	})
	var out []content.Said
	kept := map[string]int{}
	for _, f := range all {
		key := f.said.Field + "\x00" + folded(f.said.Value)
		if _, twice := kept[key]; twice || len(out) < 200 && within(out, f) {
			continue
		}
		kept[key] = len(out)
		out = append(out, f.said)
	}
	return out
}

// within says that a value is the beginning of one that stands already: a day of a day with its time, what IPTC cut off.
func within(out []content.Said, f found) bool {
	for _, s := range out {
		if s.Field != f.said.Field {
			continue
		}
		date := s.Field == "dcterms:date" && len(f.said.Value) >= 4
		if (date || f.origin == fromIPTC && len(f.said.Value) >= 30) && strings.HasPrefix(folded(s.Value), folded(f.said.Value)) {
			return true
		}
	}
	return false
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// orientation is 1 to 8.
func (m *meta) orientation() int {
	if m.orient < 1 || m.orient > 8 {
		return 1
	}
	return m.orient
}

// text decodes bytes that do not say in which encoding they are: UTF-8 where they are it, GB 18030 where all that is not
// ASCII are pairs of GB 2312, else Windows 1252.
func text(b []byte) string {
	b = b[:min(len(b), maxValue)]
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	if utf8.Valid(b) {
		return string(b)
	}
	if isGB(b) {
		return decoded(simplifiedchinese.GB18030, b)
	}
	return decoded(charmap.Windows1252, b)
}

func decoded(e encoding.Encoding, b []byte) string {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// isGB says that all high bytes come in pairs that are characters of GB 2312.
func isGB(b []byte) bool {
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if i+1 >= len(b) || b[i] < 0xA1 || b[i] > 0xF7 || b[i+1] < 0xA1 || b[i+1] == 0xFF {
			return false
		}
		i++
	}
	return true
}
