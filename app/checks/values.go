package checks

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"fonds/app/codes"
	"fonds/app/mojibake"
	"fonds/app/template"
	"fonds/storage/archive"
)

// This file checks the values of a document, one by one.

// mostChars is how many code points a value of a type has at most, and whether more is an
// error: no date is longer than what can be read as one, RFC 5646 (4.4.1) recommends room
// for a language tag of 35, browsers and servers take addresses of 2,000; a value in one
// line that is longer than 1,000 is no title or name.
var mostChars = map[string]int{"date": 120, "language": 35, "number": 100, "reference": 200, "address": 2000, "text": 1000}

// value checks a value in force; f is its field, nil for one that the template does not
// have.
func (s *subject) value(it *archive.Item, f *template.Field) {
	s.thing("A7", special(it)...)
	if f == nil {
		return
	}
	s.thing("A3", length(it, f)...)
	if len(f.Choices) > 0 {
		var all []Finding
		if f.Doubt(it.Text, s.year) != "" && !chosen(f, it.Text) {
			all = append(all, err1("choice", "value", it.Text).of(f.ID))
		}
		s.thing("A5", all...)
	} else if found, typed := s.form(it, f); typed {
		s.thing("A4", found...)
	}
	if f.Type == "date" {
		s.thing("A6", s.day(it, f)...)
	}
}

// chosen says whether a value is one of the list, by itself or by what it is called.
func chosen(f *template.Field, value string) bool {
	value = f.ValueOf(strings.TrimSpace(value))
	return slices.ContainsFunc(f.Choices, func(c template.Choice) bool { return c.Value == value })
}

// length finds a value that is too long for its field, or has lines where one is meant.
func length(it *archive.Item, f *template.Field) (out []Finding) {
	if most, limited := mostChars[f.Type]; limited {
		if n := utf8.RuneCountInString(it.Text); n > most {
			out = append(out, err1("long", "n", n, "most", most).of(f.ID))
		}
	}
	if !f.Long() && strings.ContainsAny(strings.TrimSpace(it.Text), "\n\r") {
		out = append(out, warn("lines").of(f.ID))
	}
	return out
}

// form finds a value that is not of the type or the form of its field; typed says that the
// field asks for one. What is wrong is said by the template (Finding "form").
func (s *subject) form(it *archive.Item, f *template.Field) (out []Finding, typed bool) {
	value := strings.TrimSpace(it.Text)
	wrong := func(severity Severity) {
		out = append(out, Finding{Severity: severity, Code: "form", Field: f.ID, Args: []any{"value", it.Text}})
	}
	if f.Type != "address" && f.Type != "reference" && f.Doubt(value, s.year) == "" {
		return nil, f.Pattern != "" || f.Type == "date" || f.Type == "number" || f.Type == "language"
	}
	switch f.Type {
	case "date":
		if readSpan(value, s.year).asked {
			wrong(Warning)
		} else {
			wrong(Error)
		}
	case "number":
		_, is := codes.ParseNumber(value)
		if is {
			wrong(Warning)
		} else {
			wrong(Error)
		}
	case "language":
		if _, err := language.Parse(value); err != nil {
			wrong(Error)
		}
	case "address":
		if !anAddress(value) {
			out = append(out, warn("address", "value", it.Text).of(f.ID))
		}
	case "reference":
		return nil, false // it has a check of its own
	default:
		wrong(Error)
	}
	return out, true
}

// anAddress says whether a value could be the address of a page, or a host.
func anAddress(s string) bool {
	if strings.ContainsFunc(s, unicode.IsSpace) {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	if u.Scheme != "" && (u.Host != "" || u.Opaque != "" || u.Path != "") {
		return true
	}
	host, _, _ := strings.Cut(s, "/")
	return strings.Contains(strings.Trim(host, "."), ".")
}

// earliestYear is the year before which no document is that an archive holds without a word
// about it.
const earliestYear = 1000

// day finds a day that cannot be.
func (s *subject) day(it *archive.Item, f *template.Field) (out []Finding) {
	d := readSpan(it.Text, s.year)
	if f.ID == s.r.roles.date {
		d = s.date
		if of := stated(s.d.Document, f.ID); len(of) > 0 && of[0].ID != it.ID {
			d = readSpan(it.Text, 0)
		}
	}
	if !d.ok {
		return nil
	}
	if d.begins && d.from.Compare(s.r.today) > 0 && f.ID != openFrom {
		out = append(out, err1("future", "value", it.Text).of(f.ID))
	}
	if d.ends && d.to.Year < earliestYear {
		out = append(out, warn("early", "value", it.Text, "year", strconv.Itoa(earliestYear)).of(f.ID))
	}
	return out
}

// openFrom is the field of a day that may lie ahead.
const openFrom = "dcterms:available"

// special finds characters in a value that do not belong into a description, and what was
// read in a wrong encoding.
func special(it *archive.Item) (out []Finding) {
	at, suspicious := 0, false
	for _, r := range it.Text {
		if what := odd(r); what != "" {
			return append(out, err1("special", "what", what, "char", codePoint(r), "at", at+1).of(it.Key))
		}
		suspicious = suspicious || suspect(r)
		at++
	}
	if suspicious && it.Text == "\u950f\u65a4\u62f7" || suspicious && len(mojibake.Find(it.Text, nil)) > 0 {
		out = append(out, err1("mojibake", "value", it.Text).of(it.Key))
	}
	return out
}

// The kinds of characters that do not belong into a value or a text.
const (
	aControl     = "control"
	aReplacement = "replacement" // U+FFFD
	aPrivate     = "private"
	aHidden      = "hidden" // it cannot be seen and turns the words around it
	noCharacter  = "none"
)

// odd is the kind of a character that does not belong into a value, "" for all others.
func odd(r rune) string {
	switch {
	case r >= 0x2070 && r < 0xD800, r >= ' ' && r < 0x7F, r == '\n', r == '\r', r == '\t', r >= 0xFF00 && r < 0xFFF0:
		return ""
	case r < ' ', r >= 0x7F && r <= 0x9F:
		return aControl
	case r == utf8.RuneError:
		return aReplacement
	case unicode.Is(unicode.Co, r):
		return aPrivate
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return aHidden
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return noCharacter
	}
	return ""
}

// suspects are the characters that UTF-8 read as GB 18030 is full of, and that are rare
// else, a bit for each of the block from U+4E00 to U+9FFF: where none is, nothing was read
// in a wrong encoding.
var suspects = func() (has [(0xA000 - 0x4E00) / 64]uint64) {
	for _, r := range "涓鍏鍙浜浠澶鍒浣缁鍗鏈杩鍚涔鏂瀹鍐璁鍥鍔鍘鍦骞璇閲寮鏀鐨銆鈥锛鎶锟斤拷烫屯葺" {
		if han(r) {
			has[(r-0x4E00)/64] |= 1 << ((r - 0x4E00) % 64)
		}
	}
	return has
}()

func han(r rune) bool { return r >= 0x4E00 && r < 0xA000 }

// suspect says whether a character is one of these, or of those that UTF-8 read as Latin-1
// begins with.
func suspect(r rune) bool {
	if han(r) {
		return suspects[(r-0x4E00)/64]>>((r-0x4E00)%64)&1 != 0
	}
	return r >= 0xC2 && r <= 0xF4
}

func codePoint(r rune) string {
	return "U+" + strings.ToUpper(strconv.FormatInt(int64(0x10000+r), 16)[1:])
}
