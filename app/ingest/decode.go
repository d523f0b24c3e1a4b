package ingest

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// MaxText is the longest text that is taken in, in bytes of UTF-8.
const MaxText = 64 << 20

// declaredIn is how far into a file its declaration of an encoding is looked for: real pages have it behind the 1,024
// bytes that browsers look at.
const declaredIn = 4096

// A rule decides the encoding, or passes.
type rule struct {
	name string
	try  func(e *evidence) (c *codec, conf float64, why error)
}

// evidence is the bytes and what more than one rule asks about them.
type evidence struct {
	data  []byte
	valid bool // UTF-8
	guess func() guess
}

func newEvidence(data []byte) *evidence {
	return &evidence{data: data, valid: utf8.Valid(data), guess: sync.OnceValue(func() guess { return guessOf(data) })}
}

// rules are asked in this order; the first that names a codec, or refuses, decides.
var rules = []rule{
	{"a byte order mark says it: UTF-8, UTF-32, UTF-16, GB18030", byMark},
	{"UTF-32 without a mark: every four bytes are a code point", byUTF32},
	{"UTF-16 without a mark: one order of bytes reads as text, the other does not", byUTF16},
	{"ASCII with escapes: ISO-2022-JP, ISO-2022-KR, HZ; other escapes of ISO 2022 are refused", byEscapes},
	{"many NULs or controls: binary", func(e *evidence) (*codec, float64, error) { return nil, 0, refuseBinary(e.data) }},
	{"the whole file is UTF-8", byUTF8},
	{"UTF-8 with stray bytes: at least ten good sequences for each bad one", byStrayUTF8},
	{"a declaration in the first 4 KB that decodes, and that the characters do not belie", byDeclaration},
	{"the encoding whose characters are likely in a language written in it, if they look like that language", byCharacters},
}

// Decode reads bytes as text. forced is the name of an encoding (WHATWG, or UTF-32LE and UTF-32BE), or "" to find out.
// enc is the encoding used and conf, from 0 to 1, how sure that is; 1 where it is forced, marked or all ASCII. Bytes that
// are no character become U+FFFD and are in the recipe. err is a *Skip with the reason BadEncoding, NoDecoder, NoReader
// (binary) or TextTooLong.
func Decode(data []byte, forced string) (text, enc string, conf float64, r Recipe, err error) {
	c := codecNamed(forced)
	conf = 1
	switch {
	case forced == "":
		c, conf, err = detect(data)
	case c == nil:
		err = &Skip{Reason: BadEncoding, Detail: forced}
	case c.name == "UTF-16LE" && strings.EqualFold(strings.TrimSpace(forced), "utf-16") && bytes.HasPrefix(data, []byte("\xFE\xFF")):
		c = unicodeCodecs["utf-16be"]
	case !strings.HasPrefix(c.name, "UTF-16") && !strings.HasPrefix(c.name, "UTF-32"):
		err = refuseBinary(data)
	}
	if err == nil && len(data)/4 > MaxText {
		err = tooLong(len(data) / 4) // no encoding takes more than four bytes for one of UTF-8
	}
	if err != nil {
		return "", "", 0, Recipe{}, err
	}
	text, r, bad := c.apply(data)
	if len(text) > MaxText {
		return "", "", 0, Recipe{}, tooLong(len(text))
	}
	// What a sample promised the whole may not hold. A person who forces an encoding may want to see just that.
	if forced == "" && bad > 3 && bad*20 > utf8.RuneCountInString(text) {
		return "", "", 0, Recipe{}, &Skip{Reason: NoDecoder, Detail: fmt.Sprintf("%s > %d", c.name, bad)}
	}
	return text, c.name, conf, r, nil
}

func tooLong(n int) *Skip {
	return &Skip{Reason: TextTooLong, Detail: fmt.Sprintf("%d > %d", n, MaxText)}
}

func detect(data []byte) (*codec, float64, error) {
	e := newEvidence(data)
	for _, rule := range rules {
		if c, conf, err := rule.try(e); c != nil || err != nil {
			return c, conf, err
		}
	}
	return nil, 0, &Skip{Reason: NoDecoder}
}

func byMark(e *evidence) (*codec, float64, error) {
	data := e.data
	for _, name := range []string{"utf-8", "utf-32le", "utf-32be", "utf-16le", "utf-16be", "gb18030"} { // UTF-32LE begins as UTF-16LE does
		c := mustCodec(name)
		if !bytes.HasPrefix(data, []byte(c.bom)) {
			continue
		}
		if _, odd := c.decode(data[:min(len(data), 4096)&^3]); name == "utf-32le" && len(odd) > 0 {
			continue // UTF-16LE with a NUL first
		}
		return c, 1, nil
	}
	return nil, 0, nil
}

func byUTF32(e *evidence) (*codec, float64, error) {
	data := e.data
	if len(data) < 8 || len(data)%4 != 0 || bytes.IndexByte(data[:8], 0) < 0 {
		return nil, 0, nil
	}
	for _, name := range []string{"utf-32le", "utf-32be"} {
		c := unicodeCodecs[name]
		if _, odd := c.decode(data[:min(len(data), 256)]); len(odd) > 0 {
			continue
		}
		if text, odd := c.decode(data); len(odd) == 0 && !strings.Contains(text, "\x00") {
			return c, 0.99, nil
		}
	}
	return nil, 0, nil
}

// byUTF16 is for bytes that are not UTF-8, or a quarter of which are NULs (as Latin letters in UTF-16 are): else two
// ASCII letters would pass for a rare Chinese character, and a NUL or two in a sound text would make it another text.
func byUTF16(e *evidence) (*codec, float64, error) {
	data := e.data
	if len(data) < 4 || e.valid && 4*bytes.Count(data, []byte{0}) < len(data) {
		return nil, 0, nil
	}
	part := data[:min(len(data), firstSample)]
	le, be := unicodeCodecs["utf-16le"], unicodeCodecs["utf-16be"]
	l, b := looksWritten(le, part), looksWritten(be, part)
	switch {
	case l >= 0.5 && l > 2*b:
		return le, 0.95, nil
	case b >= 0.5 && b > 2*l:
		return be, 0.95, nil
	}
	return nil, 0, nil
}

// looksWritten is the share of characters that written text is made of.
func looksWritten(c *codec, data []byte) float64 {
	text, odd := c.decode(data)
	good, n := 0, 0
	blocks := map[rune]int{}
	for _, r := range text {
		n++
		switch {
		case r == '\n' || r == '\r' || r == '\t' || 0x20 <= r && r < 0x7F, common(r) != 0, 0x3041 <= r && r <= 0x30FF:
			good++
		case 0xA0 <= r && r < 0x700, 0x900 <= r && r < 0x1100:
			blocks[r>>7]++
		}
	}
	// Of the alphabets the one or two that the text is written in count: a wrong order scatters over all.
	most := 0
	for _, k := range blocks {
		most = max(most, k)
	}
	if bad := len(odd); n == 0 || bad > 1 && bad*100 > n {
		return 0
	}
	return float64(good+most) / float64(n)
}

// isControl is 1 for control characters that written text has no use for: not for tab, line ends, form feed, escape.
var isControl = func() (t [256]uint8) {
	for b := range 0x20 {
		t[b] = 1
	}
	for _, b := range "\n\r\t\f\x1B" {
		t[b] = 0
	}
	t[0x7F] = 1
	return t
}()

// refuseBinary refuses bytes with many NULs (more than three, and one in a hundred) or more than one control character
// in ten. A NUL or two in a sound text are part of it.
func refuseBinary(data []byte) error {
	nuls := bytes.Count(data, []byte{0})
	controls := 0
	for _, b := range data {
		controls += int(isControl[b])
	}
	if nuls > 3 && nuls*100 > len(data) || controls > 3 && controls*10 > len(data) {
		return &Skip{Reason: NoReader, Detail: "application/octet-stream"}
	}
	return nil
}

func byEscapes(e *evidence) (*codec, float64, error) {
	data := e.data
	if bytes.ContainsFunc(data, func(r rune) bool { return r > 0x7F }) {
		return nil, 0, nil
	}
	part := data[:min(len(data), sampleBytes)]
	if looksHZ(part) {
		text, odd := hzCodec.decode(part)
		if r := hansTable.score([]byte(text)); len(odd) == 0 && r.plain <= r.limit(0) {
			return hzCodec, 0.95, nil
		}
	}
	if !bytes.Contains(data, []byte("\x1B$")) {
		return nil, 0, nil
	}
	c := mustCodec("iso-2022-jp")
	if bytes.Contains(part, []byte(iso2022kr)) {
		c = iso2022krCodec
	}
	if _, odd := c.decode(part); len(odd) > 0 {
		return nil, 0, &Skip{Reason: NoDecoder, Detail: Escapes}
	}
	return c, 0.95, nil
}

func byUTF8(e *evidence) (*codec, float64, error) {
	if !e.valid {
		return nil, 0, nil
	}
	for _, b := range e.data {
		if b >= 0x80 {
			return unicodeCodecs["utf-8"], 0.99, nil
		}
	}
	return unicodeCodecs["utf-8"], 1, nil
}

func byStrayUTF8(e *evidence) (*codec, float64, error) {
	data := e.data
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
			n = subpart(data[i:])
			if i+n == len(data) && n > 1 && good > 0 {
				bad-- // cut off in the middle of a character
			}
		case n > 1:
			good++
		}
		i += n
	}
	if good == 0 || good < 10*bad {
		return nil, 0, nil
	}
	return unicodeCodecs["utf-8"], round2(0.9 - 0.5*float64(bad)/float64(good)), nil
}

// A declaration counts for as much as twelve nats of what the characters say: it is believed where it decodes all of the
// sample, and unless the characters say another thing more strongly than that.
func byDeclaration(e *evidence) (*codec, float64, error) {
	for _, label := range declared(e.data) {
		c := codecNamed(label)
		if c == nil || strings.HasPrefix(c.name, "UTF-") {
			continue // had it been one of these, a rule before would have seen it
		}
		g := e.guess()
		cost, scored := g.costs[c.name]
		switch {
		case g.fits && g.name == c.name:
			return c, max(g.conf, 0.97), nil
		case g.fits && scored && cost-g.cost < 12*nat:
			return c, 0.9, nil
		case !g.fits && scored && cost-g.cost < 20*nat && cost < 15*nat*g.n:
			return c, 0.7, nil // a few bytes, or some of them stray
		case g.fits || c.name == "windows-1252": // which editors declare without asking
			continue
		}
		if _, odd := c.decode(sample(e.data, sampleBytes)); !slices.ContainsFunc(odd, func(o oddity) bool { return o.bad }) {
			return c, 0.7, nil
		}
	}
	return nil, 0, nil
}

// declared finds the encodings that HTML and XML declare in their first 4 KB, in order: pages have more than one.
func declared(data []byte) []string {
	head := data[:min(len(data), declaredIn)]
	if bytes.IndexByte(head, '<') < 0 {
		return nil
	}
	var out []string
	if bytes.HasPrefix(head, []byte("<?xml")) {
		line, _, _ := bytes.Cut(head, []byte("?>"))
		if m := xmlEncoding.FindSubmatch(line); m != nil {
			out = append(out, string(m[1]))
		}
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Raw()
			if name, _ := z.TagName(); string(name) == "meta" {
				if m := metaCharset.FindSubmatch(tag); m != nil {
					out = append(out, string(m[1]))
				}
			}
		}
	}
}

var (
	xmlEncoding = regexp.MustCompile(`encoding\s*=\s*["']([^"']+)`)
	metaCharset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([^\s"'>;/]+)`)
)

func byCharacters(e *evidence) (*codec, float64, error) {
	if g := e.guess(); g.fits {
		return mustCodec(g.name), g.conf, nil
	}
	return nil, 0, nil
}
