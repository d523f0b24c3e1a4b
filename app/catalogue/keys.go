package catalogue

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// brackets are those in which a document number has its year: which ones, is a matter
// of who typed it.
var brackets = strings.NewReplacer("〔", "[", "〕", "]", "【", "[", "】", "]", "〖", "[", "〗", "]")

// code is a reference code or a document number as two are compared: NFKC, without case
// and spaces, all brackets of a year alike.
func code(s string) string {
	s = brackets.Replace(strings.ToLower(norm.NFKC.String(s)))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// fileName is the name of a file as two are compared: NFC, without case, / between folders.
func fileName(s string) string {
	s = strings.ToLower(norm.NFC.String(strings.ReplaceAll(strings.TrimSpace(s), `\`, "/")))
	for strings.HasPrefix(s, "./") {
		s = s[2:]
	}
	return s
}

// base is the last element of a path.
func base(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// stem is a file's name without its ending: a point, then one to five letters and
// figures, a letter among them, so that 3.1 keeps its 1.
func stem(name string) string {
	at := strings.LastIndexByte(name, '.')
	if at < 1 || len(name)-at < 2 || len(name)-at > 6 {
		return name
	}
	letter := false
	for _, r := range name[at+1:] {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
			letter = true
		case r < '0' || r > '9':
			return name
		}
	}
	if !letter {
		return name
	}
	return name[:at]
}

// ends says whether one of two paths is the end of the other, folder by folder.
func ends(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	return a == b || strings.HasSuffix(a, "/"+strings.TrimPrefix(b, "/"))
}

// sameDay says whether two dates are one day, in whichever order of figures and signs a
// year, a month and a day are written: 20151122, 2015-11-22, 2015年11月22日, 2015.11.22.
func sameDay(a, b string) bool {
	d, ok := day(a)
	e, ok2 := day(b)
	return ok && ok2 && d == e
}

func day(s string) (out [3]int, ok bool) {
	s = norm.NFKC.String(strings.TrimSpace(s))
	if len(s) == 8 && strings.Trim(s, "0123456789") == "" {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	parts := strings.FieldsFunc(strings.TrimSuffix(s, "日"), func(r rune) bool { return strings.ContainsRune("-/.年月", r) })
	if len(parts) != 3 || len(parts[0]) != 4 {
		return out, false
	}
	for i, p := range parts {
		if len(p) < 1 || i > 0 && len(p) > 2 {
			return out, false
		}
		for _, r := range p {
			if r < '0' || r > '9' {
				return out, false
			}
			out[i] = out[i]*10 + int(r-'0')
		}
	}
	return out, true
}
