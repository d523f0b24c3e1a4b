package mail

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// byName decodes by the name of the charset; what has none is UTF-8 if it can be, else Windows-1252.
func byName(b []byte, declared string) (string, error) {
	if declared == "" {
		if utf8.Valid(b) {
			return string(b), nil
		}
		declared = "windows-1252"
	}
	e, err := htmlindex.Get(declared)
	if err != nil {
		return "", err
	}
	if e == simplifiedchinese.GBK {
		e = simplifiedchinese.GB18030
	}
	out, err := e.NewDecoder().Bytes(b)
	return string(out), err
}

// charset is what a declared charset claims: "" for those that claim nothing.
func charset(declared string) string {
	declared = strings.ToLower(strings.Trim(strings.TrimSpace(declared), `"'`))
	declared, _, _ = strings.Cut(declared, "*") // the language of RFC 2231
	declared = strings.TrimPrefix(declared, "charset=")
	if strings.ContainsFunc(declared, func(r rune) bool { return r <= ' ' || r >= 0x7F }) {
		return ""
	}
	switch declared {
	case "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "default", "none", "default_charset", "x-user-defined", "_autodetect_all", "binary", "8bit", "7bit":
		return ""
	case "utf8", "utf-8", "unicode-1-1-utf-8":
		return "utf-8"
	}
	return declared
}

// plain says whether bytes are the same characters in every encoding that they could be in.
func plain(b []byte, declared string) bool {
	switch {
	case strings.HasPrefix(declared, "utf-7"), strings.HasPrefix(declared, "utf-16"), strings.HasPrefix(declared, "utf-32"),
		strings.HasPrefix(declared, "hz"), strings.HasPrefix(declared, "iso-2022"), strings.HasPrefix(declared, "unicode"):
		return false
	}
	for _, c := range b {
		if c >= 0x80 || c == 0x1B {
			return false
		}
	}
	return declared != "" || !bytes.Contains(b, []byte("~{"))
}

// characters turns bytes into text, by the charset that is declared for them, or by what they look like.
func (l *letter) characters(b []byte, declared string) string {
	declared = charset(declared)
	if plain(b, declared) {
		return string(b)
	}
	if strings.HasSuffix(declared, "utf-7") {
		return utf7(b)
	}
	text, err := l.o.Decode(b, declared)
	if err == nil {
		return text
	}
	if declared != "" {
		if text, err2 := l.o.Decode(b, ""); err2 == nil {
			l.lose("The charset %s could not be read; the letter was read by what its characters look like.", declared)
			return text
		}
	}
	if utf8.Valid(b) {
		return string(b)
	}
	l.lose("Bytes could not be read as text and were read as Windows-1252 (charset %q: %v).", declared, err)
	out, _ := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(out)
}

// raw is the value of a field with the bytes that stand in it unencoded read.
func (l *letter) raw(value string) string {
	if plain([]byte(value), "") || utf8.ValidString(value) && !strings.ContainsRune(value, 0x1B) {
		return value
	}
	if text, ok := l.known[value]; ok {
		return text
	}
	return l.characters([]byte(value), l.hint)
}

// words is the first field of a name, decoded, in one line.
func (l *letter) words(name string) string {
	return clean(l.decoded(l.raw(l.root.head.get(name))), false)
}

// readHeads finds out what the bytes that stand unencoded in heads are: all together, with a piece of the body, because
// a few bytes alone look like anything.
func (l *letter) readHeads() {
	var values []string
	var sample []byte
	size := 0
	var visit func(n *node)
	visit = func(n *node) {
		if strings.HasPrefix(n.kind, "text/") && !n.multipart() {
			declared := charset(parameters(n.head.get("content-type"))["charset"].value)
			if l.hint == "" {
				l.hint = declared
			}
			if declared == "" && sample == nil && !plain(n.body, "") {
				sample = n.body[:min(len(n.body), 8<<10)]
				sample = sample[:bytes.LastIndexByte(sample, '\n')+1]
			}
		}
		for _, f := range n.head {
			switch f.name {
			case "subject", "from", "to", "cc", "bcc", "content-type", "content-disposition", "content-description":
				if size < 64<<10 && !plain([]byte(f.value), "") && !utf8.ValidString(f.value) {
					values, size = append(values, f.value), size+len(f.value)
				}
			}
		}
		for _, c := range n.children {
			visit(c)
		}
	}
	visit(l.root)
	if l.hint != "" || len(values) == 0 {
		return
	}
	all := strings.Join(values, "\n") + "\n" + string(sample)
	text, err := l.o.Decode([]byte(all), "")
	lines := strings.Split(text, "\n")
	if err != nil || len(lines) < len(values) {
		return
	}
	l.known = map[string]string{}
	for i, v := range values {
		l.known[v] = lines[i]
	}
}

// An encoded is a word by RFC 2047, its bytes out of base64 or quoted-printable.
type encoded struct {
	charset string
	bytes   []byte
}

// decoded undoes the encoded words in a text. Neighbours in one charset are put together before they become characters:
// mailers cut within one.
func (l *letter) decoded(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var b strings.Builder
	var run encoded
	flush := func() {
		if run.bytes != nil {
			b.WriteString(l.characters(run.bytes, run.charset))
		}
		run = encoded{}
	}
	for s != "" {
		i := strings.Index(s, "=?")
		if i < 0 {
			break
		}
		w, rest, ok := word(s[i:])
		if !ok && rest == "" {
			break // no word ends behind this
		}
		if !ok {
			flush()
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		if between := s[:i]; run.bytes == nil || strings.TrimSpace(between) != "" {
			flush()
			b.WriteString(between)
		}
		if !strings.EqualFold(run.charset, w.charset) {
			flush()
		}
		if run.charset = w.charset; run.bytes == nil {
			run.bytes = []byte{}
		}
		run.bytes = append(run.bytes, w.bytes...)
		s = rest
	}
	flush()
	b.WriteString(s)
	return b.String()
}

// word reads the encoded word that s begins with: =?charset?B?…?= or Q. Mailers leave blanks in one. Where it is none
// rest is s, and empty if there can be none in the rest of s either.
func word(s string) (w encoded, rest string, ok bool) {
	cs, after, ok := strings.Cut(s[2:], "?")
	if !ok || cs == "" || len(cs) > 60 || strings.ContainsFunc(cs, func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(`=<>"`, r) }) || cs[0] == '*' || len(after) < 2 || after[1] != '?' {
		return w, s, false
	}
	kind, text := after[0]|0x20, after[2:]
	if kind != 'b' && kind != 'q' {
		return w, s, false
	}
	end := strings.Index(text, "?=")
	// In Q an encoded = may follow a question mark that stands for itself: =?x?Q?what?=3F?=
	for kind == 'q' && end >= 0 && end+3 < len(text) && unhex(text[end+2]) >= 0 && unhex(text[end+3]) >= 0 {
		next := strings.Index(text[end+1:], "?=")
		if next < 0 || strings.ContainsAny(text[end:end+1+next], " \t") {
			break
		}
		end += 1 + next
	}
	if end < 0 {
		return w, "", false
	}
	w.charset, rest = cs, text[end+2:]
	text = text[:end]
	if kind == 'b' {
		w.bytes = unbase64([]byte(text))
	} else {
		w.bytes = make([]byte, 0, len(text))
		for i := 0; i < len(text); i++ {
			switch c := text[i]; {
			case c == '_':
				w.bytes = append(w.bytes, ' ')
			case c == '=' && i+2 < len(text) && unhex(text[i+1]) >= 0 && unhex(text[i+2]) >= 0:
				w.bytes = append(w.bytes, byte(unhex(text[i+1])<<4|unhex(text[i+2])))
				i += 2
			default:
				w.bytes = append(w.bytes, c)
			}
		}
	}
	return w, rest, true
}

// clean makes text what Content.Text may hold: valid UTF-8, line ends \n, no controls but those and tabs. In one line
// both become blanks.
func clean(s string, lines bool) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && (r != '\n' && r != '\t' || !lines) }) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\r' && i+1 < len(s) && s[i+1] == '\n': // the line feed ends the line
			continue
		case r == '\r', r == '\f', r == '\v', r == 0x85:
			r = '\n'
		}
		switch {
		case !unicode.IsControl(r), lines && (r == '\n' || r == '\t'):
			b.WriteRune(r)
		case r == '\n', r == '\t':
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// utf7 reads UTF-7 (RFC 2152), as far as it is one.
func utf7(b []byte) string {
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		if b[i] != '+' {
			out.WriteByte(b[i])
			continue
		}
		j := i + 1
		for j < len(b) && digits64[b[j]] < 64 && b[j] != '-' && b[j] != '_' {
			j++
		}
		if j == i+1 {
			out.WriteByte('+')
		} else {
			out.WriteString(utf16be(unbase64(b[i+1 : j])))
		}
		i = j - 1
		if j < len(b) && b[j] == '-' {
			i = j
		}
	}
	return strings.ToValidUTF8(out.String(), "\uFFFD")
}
