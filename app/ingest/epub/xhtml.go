package epub

import (
	"html"
	"strings"
)

// void are the elements of HTML that have no end.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true,
	"input": true, "link": true, "meta": true, "source": true, "track": true, "wbr": true, "param": true}

// asHTML writes XHTML in HTML's way: <title/> has an end tag, <br></br> has none, a CDATA section is text, a processing
// instruction and a document type with declarations are nothing.
func asHTML(s string) string {
	var out strings.Builder
	out.Grow(len(s) + len(s)/16)
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		s = s[i:]
		switch {
		case strings.HasPrefix(s, "<!--"):
			s = after(s[4:], "-->")
		case strings.HasPrefix(s, "<![CDATA["):
			text, rest, found := strings.Cut(s[9:], "]]>")
			if !found {
				rest = ""
			}
			out.WriteString(html.EscapeString(text))
			s = rest
		case strings.HasPrefix(s, "<?"):
			s = after(s[2:], ">")
		case strings.HasPrefix(s, "<!"):
			s = afterDoctype(s)
		default:
			n := tagEnd(s)
			writeTag(&out, s[:n])
			s = s[n:]
		}
	}
}

// after gives what stands behind sep, "" where there is none.
func after(s, sep string) string {
	_, rest, _ := strings.Cut(s, sep)
	return rest
}

// afterDoctype gives what stands behind a document type, which may have declarations in brackets.
func afterDoctype(s string) string {
	end := strings.IndexByte(s, '>')
	if end < 0 {
		return ""
	}
	if bracket := strings.IndexByte(s[:end], '['); bracket >= 0 {
		return after(after(s, "]"), ">")
	}
	return s[end+1:]
}

// tagEnd gives the bytes of the tag that s begins with, 1 where a < begins no tag.
func tagEnd(s string) int {
	if len(s) < 2 || s[1] != '/' && !isNameStart(s[1]) {
		return 1
	}
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(s)
}

func isNameStart(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '_' || b >= 0x80
}

// writeTag writes a tag in HTML's way.
func writeTag(out *strings.Builder, tag string) {
	if len(tag) < 3 {
		out.WriteString(html.EscapeString(tag)) // a < that begins no tag
		return
	}
	name := strings.ToLower(strings.TrimLeft(tag[:min(len(tag), 100)], "</"))
	if end := strings.IndexAny(name, " \t\r\n/>"); end >= 0 {
		name = name[:end]
	}
	switch {
	case tag[1] == '/' && void[name]:
	case strings.HasSuffix(tag, "/>") && !void[name]:
		out.WriteString(strings.TrimSuffix(tag, "/>"))
		out.WriteString("></")
		out.WriteString(name)
		out.WriteString(">")
	default:
		out.WriteString(tag)
	}
}
