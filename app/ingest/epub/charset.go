package epub

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

var declared = regexp.MustCompile(`(?i)^[^>]{0,200}?<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)["']`)
var metaCharset = regexp.MustCompile(`(?i)<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?([\w.:-]+)`)

// decodeText turns a file of the publication into text: by its mark of the byte order, by what it declares, and as UTF-8
// where it is that whatever it declares.
func decodeText(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(raw[3:]), "\uFFFD")
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("<\x00")):
		return decoded(raw, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case bytes.HasPrefix(raw, []byte("\xfe\xff")), bytes.HasPrefix(raw, []byte("\x00<")):
		return decoded(raw, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	}
	head := raw[:min(len(raw), 4096)]
	m := declared.FindSubmatch(head)
	if m == nil {
		m = metaCharset.FindSubmatch(head)
	}
	if m != nil {
		name := strings.ToLower(string(m[1]))
		shifts := strings.HasPrefix(name, "iso-2022") || strings.HasPrefix(name, "hz")
		if enc, err := htmlindex.Get(name); err == nil && (shifts || !utf8.Valid(raw)) && !strings.HasPrefix(name, "utf-16") {
			return decoded(raw, enc)
		}
	}
	return strings.ToValidUTF8(string(raw), "\uFFFD")
}

func decoded(raw []byte, enc encoding.Encoding) string {
	s, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return strings.ToValidUTF8(string(s), "\uFFFD")
}
