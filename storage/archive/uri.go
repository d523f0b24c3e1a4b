package archive

import (
	"strings"
	"unicode"
)

// longestURI is what an authority can have, in code points: lists and browsers
// hold no longer ones.
const longestURI = 2000

// authority is that of an edit of a mark, "" where it has none. What is around it
// is no part of it.
func authority(e *Edit) (string, error) {
	uri := strings.TrimSpace(deref(e.Authority))
	if uri != "" && !absoluteURI(uri) {
		return "", Refuse("authority", "uri", quoted(uri))
	}
	return uri, nil
}

// absoluteURI says whether s begins with a scheme and names something (RFC 3986,
// 3). A fragment may follow, as lists of names have them; and letters of all
// scripts may stand in it, as a person sees them (RFC 3987).
func absoluteURI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || !schemeName(scheme) || !visible(s, longestURI) {
		return false
	}
	if host, has := strings.CutPrefix(rest, "//"); has { // a host, then a path
		if i := strings.IndexAny(host, "/?#"); i >= 0 {
			host = host[:i]
		}
		if host == "" {
			return false
		}
	}
	if strings.Trim(rest, "/?#") == "" || strings.ContainsAny(rest, "<>\"{}|\\^`") || strings.ContainsFunc(rest, unicode.IsSpace) {
		return false
	}
	for i := 0; i < len(rest); i++ {
		if rest[i] == '%' && (i+2 >= len(rest) || !hexDigit(rest[i+1]) || !hexDigit(rest[i+2])) {
			return false
		}
	}
	return true
}

// AbsoluteURI says whether s is a whole URI, as an authority needs one.
func AbsoluteURI(s string) bool { return absoluteURI(s) }

// schemeName: a letter, then letters, digits, "+", "-" and "." (RFC 3986, 3.1).
func schemeName(s string) bool {
	for i, r := range s {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z' && r < 0x80
		if !letter && (i == 0 || !('0' <= r && r <= '9' || strings.ContainsRune("+-.", r))) {
			return false
		}
	}
	return s != ""
}

func hexDigit(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'f'
}
