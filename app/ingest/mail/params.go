package mail

import (
	"sort"
	"strconv"
	"strings"
)

// mediaType is the type that a value of Content-Type begins with, in lower case, and whether it states one.
func mediaType(value string) (kind string, stated bool) {
	kind = value
	if i := strings.IndexAny(kind, ";( \t,"); i >= 0 {
		kind = kind[:i]
	}
	kind = strings.ToLower(strings.Trim(kind, `"' `))
	main, sub, ok := strings.Cut(kind, "/")
	odd := func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(`<>@,;:\"[]?=`, r) }
	if !ok || main == "" || sub == "" || strings.ContainsFunc(kind, odd) || strings.ContainsRune(sub, '/') {
		if main == "multipart" && (!ok || sub == "") {
			return "multipart/mixed", true
		}
		return "text/plain", false
	}
	return kind, true
}

// A parameter is a value behind a semicolon. Of one by RFC 2231 charset is what it claims and value its bytes.
type parameter struct {
	value    string
	extended bool   // by RFC 2231: percent signs are undone, encoded words are not looked for
	charset  string // "" where it states none
}

// A segment is a piece of a parameter that is continued (RFC 2231).
type segment struct {
	place   int
	percent bool
	value   string
}

// parameters reads the parameters of Content-Type or Content-Disposition, whatever mailers made of them: values
// without quotes that have blanks or specials, two semicolons, a name twice (the first counts), blanks about the sign.
func parameters(value string) map[string]parameter {
	found := map[string]parameter{}
	pieces := map[string][]segment{}
	_, rest, _ := strings.Cut(value, ";")
	for n := 0; rest != "" && n < 10_000; n++ {
		var name, v string
		name, v, rest = nextParameter(rest)
		if name == "" {
			continue
		}
		base, star, continued := strings.Cut(name, "*")
		if !continued {
			if _, twice := found[name]; !twice {
				found[name] = parameter{value: v}
			}
			continue
		}
		number, percent := strings.CutSuffix(star, "*")
		s := segment{percent: percent || star == "", value: v}
		if number != "" {
			var err error
			if s.place, err = strconv.Atoi(number); err != nil {
				continue
			}
		}
		pieces[base] = append(pieces[base], s)
	}
	for base, segments := range pieces {
		found[base] = joined(segments)
	}
	return found
}

// nextParameter takes one name and value from the front, and what stands behind its semicolon.
func nextParameter(s string) (name, value, rest string) {
	i := strings.IndexAny(s, "=;")
	if i < 0 {
		return "", "", ""
	}
	if s[i] == ';' {
		return "", "", s[i+1:]
	}
	name = strings.ToLower(strings.TrimSpace(s[:i]))
	s = strings.TrimLeft(s[i+1:], " \t")
	if s == "" || s[0] != '"' {
		value, rest, _ = strings.Cut(s, ";")
		return name, strings.TrimSpace(value), rest
	}
	var b strings.Builder
	for j := 1; j < len(s); j++ {
		switch s[j] {
		case '"':
			_, rest, _ = strings.Cut(s[j+1:], ";")
			return name, b.String(), rest
		case '\\':
			if j+1 < len(s) && (s[j+1] == '"' || s[j+1] == '\\') {
				j++
			}
		}
		b.WriteByte(s[j])
	}
	return name, b.String(), "" // the quote is not closed
}

// joined puts the pieces of a parameter together.
func joined(segments []segment) parameter {
	sort.SliceStable(segments, func(i, j int) bool { return segments[i].place < segments[j].place })
	var p parameter
	var b strings.Builder
	for i, s := range segments {
		v := s.value
		if s.percent {
			p.extended = true
			if i == 0 {
				if parts := strings.SplitN(v, "'", 3); len(parts) == 3 {
					p.charset, v = parts[0], parts[2]
				}
			}
			v = unpercent(v)
		}
		b.WriteString(v)
	}
	p.value = b.String()
	return p
}

// unpercent undoes %XX.
func unpercent(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			b.WriteByte(byte(unhex(s[i+1])<<4 | unhex(s[i+2])))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
