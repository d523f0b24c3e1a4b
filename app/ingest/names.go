package ingest

import (
	"strings"
	"unicode/utf8"
)

// Names of files are bytes, and often not UTF-8: an old zip archive unpacks names in GBK. A path in the archive is
// UTF-8 and must lead back to the very name. So a byte that is not UTF-8 is written \xHH, and a backslash, to keep the
// two apart, \\. Everything else, line ends too, stays as it is.

const hexDigits = "0123456789abcdef"

// EscapeName makes valid UTF-8 of the bytes of a name; UnescapeName takes it back exactly.
func EscapeName(name string) string {
	if utf8.ValidString(name) && strings.IndexByte(name, '\\') < 0 {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRuneInString(name[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteString(`\x`)
			b.WriteByte(hexDigits[name[i]>>4])
			b.WriteByte(hexDigits[name[i]&15])
		case r == '\\':
			b.WriteString(`\\`)
		default:
			b.WriteString(name[i : i+n])
		}
		i += n
	}
	return b.String()
}

// UnescapeName gives the bytes of a name that EscapeName wrote. What EscapeName cannot have written stays as it is.
func UnescapeName(path string) string {
	if strings.IndexByte(path, '\\') < 0 {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '\\' && i+1 < len(path) && path[i+1] == '\\' {
			b.WriteByte('\\')
			i++
			continue
		}
		if path[i] == '\\' && i+3 < len(path) && path[i+1] == 'x' {
			hi, lo := strings.IndexByte(hexDigits, path[i+2]), strings.IndexByte(hexDigits, path[i+3])
			if hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 3
				continue
			}
		}
		b.WriteByte(path[i])
	}
	return b.String()
}

// lessName orders names as a person files them: runs of digits by their number, so that 2.txt comes before 10.txt.
func lessName(a, b string) int {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if isDigit(a[i]) && isDigit(b[j]) {
			x, nexti := digits(a, i)
			y, nextj := digits(b, j)
			if len(x) != len(y) {
				return len(x) - len(y)
			}
			if c := strings.Compare(x, y); c != 0 {
				return c
			}
			i, j = nexti, nextj
			continue
		}
		if a[i] != b[j] {
			return int(a[i]) - int(b[j])
		}
		i, j = i+1, j+1
	}
	if c := (len(a) - i) - (len(b) - j); c != 0 {
		return c
	}
	return strings.Compare(a, b) // 01 and 1: equal as numbers, not as names
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// digits gives the run of digits at i without leading zeros, and where it ends.
func digits(s string, i int) (string, int) {
	end := i
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	return strings.TrimLeft(s[i:end], "0"), end
}
