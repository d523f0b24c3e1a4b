package mail

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// A person is one of those that a field names, not yet decoded. Quotes that are not the name's own are NUL.
type person struct{ name, address string }

// quote stands for a quote of the syntax until it is known whether it belongs to a name or to an address.
const quote = "\x00"

// person is how a person is written in a value: the name and, behind it, the address in angles.
func (l *letter) person(p person) string {
	name := strings.Join(strings.Fields(l.decoded(strings.ReplaceAll(p.name, quote, ""))), " ")
	if n := len(name); n >= 2 && name[0] == '\'' && name[n-1] == '\'' {
		name = strings.TrimSpace(name[1 : n-1])
	}
	address := l.decoded(p.address)
	if whole := strings.Trim(address, quote); strings.Contains(whole, quote) || !strings.Contains(address, quote) {
		address = strings.ReplaceAll(address, quote, `"`) // "Big Bug"@bug.com
	} else {
		address = whole
	}
	if !strings.Contains(address, `"`) {
		address = strings.Join(strings.Fields(address), "")
	}
	switch {
	case address == "":
		return name
	case name == "":
		return address
	}
	return name + " <" + address + ">"
}

// persons takes a list of addresses apart, at commas and semicolons that stand neither in quotes nor angles nor
// comments. The name of a group (undisclosed-recipients:;) is none of a person.
func persons(s string) []person {
	var all []person
	var name, angle, comment strings.Builder
	var inQuote, inAngle, hadAngle bool
	depth := 0
	end := func() {
		p := person{strings.TrimSpace(name.String()), strings.TrimSpace(angle.String())}
		if !hadAngle && strings.Contains(p.name, "@") {
			words := strings.Fields(p.name)
			if several(words) {
				for _, w := range words[:len(words)-1] {
					all = append(all, person{"", w})
				}
				words = words[len(words)-1:]
				p.name = words[0]
			}
			p.name, p.address = strings.TrimSpace(comment.String()), p.name
			if last := len(words) - 1; p.name == "" && last > 0 && strings.Index(words[last], "@") > 0 && !strings.Contains(words[last], quote) {
				p.name, p.address = strings.Join(words[:last], " "), words[last] // Big Bug bb@bug.com
			}
		}
		if p.address != "" || strings.Trim(p.name, quote+" ") != "" {
			all = append(all, p)
		}
		name.Reset()
		angle.Reset()
		comment.Reset()
		inAngle, hadAngle = false, false
	}
	write := func(c byte) {
		switch {
		case depth > 0:
			comment.WriteByte(c)
		case inAngle:
			angle.WriteByte(c)
		default:
			name.WriteByte(c)
		}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case (inQuote || depth > 0) && c == '\\' && i+1 < len(s):
			i++
			write(s[i])
		case c == '"' && depth == 0:
			inQuote = !inQuote
			write(quote[0])
		case inQuote:
			write(c)
		case c == '(':
			if depth++; depth > 1 {
				write(c)
			}
		case c == ')' && depth > 0:
			if depth--; depth > 0 {
				write(c)
			}
		case depth > 0:
			write(c)
		case c == '<':
			inAngle, hadAngle = true, true
		case c == '>':
			inAngle = false
		case (c == ',' || c == ';') && !inAngle:
			end()
		case c == ':' && !inAngle && !hadAngle && !strings.Contains(name.String(), "=?"):
			name.Reset()
		default:
			write(c)
		}
	}
	end()
	return all
}

// several says whether words are addresses, all of them: some mailers leave the commas out.
func several(words []string) bool {
	for _, w := range words {
		if !strings.Contains(w, "@") || strings.HasPrefix(w, "@") || strings.HasSuffix(w, "@") || strings.Contains(w, quote) {
			return false
		}
	}
	return len(words) > 1
}

// utf16be reads big-endian UTF-16.
func utf16be(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// utf16le reads little-endian UTF-16.
func utf16le(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
