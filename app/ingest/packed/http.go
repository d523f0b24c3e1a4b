package packed

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// answer is an answer of HTTP as it was saved.
type answer struct {
	status  int
	mime    string
	coding  []string // of the content, the last one outermost
	chunked bool
	body    []byte
}

// answered reads the head of an answer; false where it has none.
func answered(block []byte) (*answer, bool) {
	head, body, ok := bytes.Cut(block, []byte("\r\n\r\n"))
	if h, b, bare := bytes.Cut(block, []byte("\n\n")); bare && (!ok || len(h) < len(head)) {
		head, body, ok = h, b, true
	}
	if !ok {
		return nil, false
	}
	lines := strings.Split(string(head[:min(len(head), mostHead)]), "\n")
	f := strings.Fields(lines[0])
	if len(f) < 2 {
		return nil, false
	}
	a := &answer{body: body}
	var err error
	if a.status, err = strconv.Atoi(f[1]); err != nil {
		return nil, false
	}
	for _, l := range lines[1:] {
		name, value, _ := strings.Cut(l, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "content-type":
			a.mime = mimeOf(value)
		case "content-encoding":
			for _, c := range strings.Split(strings.ToLower(value), ",") {
				if c = strings.TrimSpace(c); c != "" && c != "identity" {
					a.coding = append(a.coding, c)
				}
			}
		case "transfer-encoding":
			a.chunked = strings.Contains(strings.ToLower(value), "chunked")
		}
	}
	return a, true
}

// mostCodings is how often a body may be packed in itself.
const mostCodings = 4

// body is what an answer has sent, unpacked. An error that is no limit says what is wrong with what is given; nil with an
// error: nothing can be given. Whoever saved it may have unpacked it and kept its head as it was: then it is as it is.
func (s *saved) body(a *answer) ([]byte, error) {
	body := a.body
	var wrong error
	if a.chunked {
		if b, whole := dechunk(body); b != nil {
			body = b
			if !whole {
				wrong = errors.New("its end is missing")
			}
		}
	}
	if len(a.coding) > mostCodings {
		return nil, fmt.Errorf("it is packed %d times over", len(a.coding))
	}
	for i := len(a.coding) - 1; i >= 0; i-- {
		var r io.Reader
		var err error
		switch a.coding[i] {
		case "gzip", "x-gzip":
			if !bytes.HasPrefix(body, []byte("\x1F\x8B")) {
				continue
			}
			r, err = gzip.NewReader(bytes.NewReader(body))
		case "deflate": // zlib, as the standard says, or bare, as some servers have it
			if r, err = zlib.NewReader(bytes.NewReader(body)); err != nil {
				r, err = flate.NewReader(bytes.NewReader(body)), nil
			}
		default:
			return nil, fmt.Errorf("it is packed as %s, which is not read", readable(a.coding[i]))
		}
		if err != nil {
			return nil, errors.New("it is packed and damaged")
		}
		out, err := gather(&counted{s.ctx, r, s.budget}, -1, int64(len(body)), s.budget.room())
		switch {
		case err == nil:
		case ends(err) || errors.Is(err, errLarge):
			return nil, err
		case len(out) == 0 && a.coding[i] == "deflate":
			continue
		case len(out) == 0:
			return nil, errors.New("it is packed and damaged")
		default:
			wrong = errors.New("its end is missing")
		}
		body = out
	}
	if body == nil {
		body = []byte{}
	}
	return body, wrong
}

// dechunk joins the chunks that a body was sent in; nil where it is in none. whole says whether the last one is there.
func dechunk(body []byte) (out []byte, whole bool) {
	for rest := body; ; {
		head, after, ok := bytes.Cut(rest[:min(len(rest), 4096)], []byte("\n"))
		if !ok {
			return out, false
		}
		after = rest[len(rest[:min(len(rest), 4096)])-len(after):]
		size, _, _ := strings.Cut(strings.TrimSpace(string(head)), ";")
		n, err := strconv.ParseInt(strings.TrimSpace(size), 16, 62)
		if err != nil || n < 0 {
			return out, false
		}
		if out == nil {
			out = make([]byte, 0, len(body))
		}
		if n == 0 {
			return out, true
		}
		if n > int64(len(after)) {
			return append(out, after...), false
		}
		out = append(out, after[:n]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(after[n:], []byte("\r")), []byte("\n"))
	}
}

// mimeOf is a media type without what follows it.
func mimeOf(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return readable(strings.ToLower(strings.TrimSpace(value)))
}

// mostSegment is how many bytes a part of a path may have, which is what file systems hold.
const mostSegment = 200

// nameOf is a URL as a path: its host, its path, and what it asks for.
func nameOf(uri string) string {
	uri, _, _ = strings.Cut(uri, "#")
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok {
		scheme, rest = "", uri
	}
	if at := strings.IndexByte(rest, '@'); scheme != "" && at >= 0 && at < strings.IndexByte(rest+"/", '/') {
		rest = rest[at+1:] // who asked
	}
	at, ask, asks := strings.Cut(rest, "?")
	parts := strings.Split(at, "/")
	var out []string
	for i, p := range parts {
		if i == 0 {
			p = strings.ToLower(p)
		}
		if p = safe(unescaped(p)); p != "" {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		out = []string{"_"}
	}
	if scheme != "" && (len(parts) == 1 || parts[len(parts)-1] == "") {
		out = append(out, "index.html")
	}
	if asks && ask != "" {
		out[len(out)-1] = safe(out[len(out)-1] + "_" + unescaped(ask))
	}
	return strings.Join(out, "/")
}

// unescaped puts characters in the place of their %XX, where those are UTF-8.
func unescaped(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(b))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	if !utf8.Valid(out) {
		return s
	}
	return string(out)
}

// safe is a part of a path with what file systems take alone.
func safe(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(s, "_"))
	if strings.Trim(s, ".") == "" {
		s = strings.Repeat("_", len(s))
	}
	for at := range s {
		if at > mostSegment {
			return s[:mostSegment-len("…")-runeBack(s, mostSegment-len("…"))] + "…"
		}
	}
	return s
}

// runeBack is how many bytes before at the character begins that at lies in.
func runeBack(s string, at int) int {
	n := 0
	for !utf8.RuneStart(s[at-n]) {
		n++
	}
	return n
}
