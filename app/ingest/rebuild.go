package ingest

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// sameDecoders are the versions whose decoders and extractors make of a recipe what those of this one make: only what
// they found out for themselves was another thing. In 1 EUC-KR had no syllables spelled in eight bytes; a text with one
// has another recipe now and is refused as such. 2 knew no article of a page: its text was all of it.
var sameDecoders = []string{"1", "2", Version}

// Remake makes the text of the original bytes again as the recipe says. It fails where the recipe is of another version
// of these rules, names what is not known here, or is not the recipe of these bytes.
func Remake(original []byte, r Recipe) (string, error) {
	if f := ownFormats()[r.Extractor]; f != nil {
		return f.remake(original, r)
	}
	if r.Extractor == fromRecord {
		return remakeRecord(original, r)
	}
	if !slices.Contains(sameDecoders, r.Version) {
		return "", fmt.Errorf("making a text again: the recipe is of version %q of the rules and this program has %q", r.Version, Version)
	}
	c := codecNamed(r.Decoder)
	if c == nil {
		return "", fmt.Errorf("making a text again: there is no decoder named %q", r.Decoder)
	}
	text, made, _ := c.apply(original)
	switch r.Extractor {
	case fromTEI, fromDoccano, fromLabelStudio, fromFonds:
		a, _, err := readOne(original, r.Extractor, 1)
		return a.Text, err
	case "plain":
	case fromHTML:
		text, _ = extractHTML(text, &made)
	case fromMain:
		keep, _ := articleRuns(text)
		if keep == nil {
			return "", fmt.Errorf("making a text again: the recipe is not that of these bytes: there is no article in the page")
		}
		text, _ = extractPage(text, &made, fromMain, keep)
	default:
		return "", fmt.Errorf("making a text again: there is no extractor named %q", r.Extractor)
	}
	if made.BOM != r.BOM || made.LineEnds != r.LineEnds || len(made.Undecoded) != len(r.Undecoded) || len(made.Spellings) != len(r.Spellings) {
		return "", fmt.Errorf("making a text again: the recipe is not that of these bytes")
	}
	return text, nil
}

// Rebuild makes the original bytes of a plain text. An extracted text (HTML) has lost its tags, and ISO-2022-JP its
// escape sequences: for these it gives an error, and the original in the archive is the only one.
func Rebuild(text string, r Recipe) ([]byte, error) {
	c := codecNamed(r.Decoder)
	switch {
	case !utf8.ValidString(text):
		return nil, fmt.Errorf("rebuilding the original: the text is not UTF-8")
	case r.Extractor != "plain":
		return nil, fmt.Errorf("rebuilding the original: a text taken out of %s does not hold all of it", r.Extractor)
	case c == nil:
		return nil, fmt.Errorf("rebuilding the original: there is no encoding named %q", r.Decoder)
	case c.encode == nil:
		return nil, fmt.Errorf("rebuilding the original: %s keeps state that the text does not hold", r.Decoder)
	}
	b := builder{codec: c, ends: lineEnder{runs: r.LineEnds}}
	if r.BOM {
		b.out = append(b.out, c.bom...)
	}
	undecoded, spellings := r.Undecoded, r.Spellings
	skip := 0
	at := 0
	for i, ch := range text {
		switch {
		case skip > 0:
			skip--
		case len(undecoded) > 0 && undecoded[0].At == at:
			b.raw(undecoded[0].Bytes)
			undecoded = undecoded[1:]
		case len(spellings) > 0 && spellings[0].At == at:
			b.raw(spellings[0].Bytes)
			skip = spellings[0].Chars - 1
			spellings = spellings[1:]
		case ch == '\n':
			b.lineEnd()
		default:
			b.run.WriteString(text[i : i+utf8.RuneLen(ch)])
		}
		at++
	}
	b.flush()
	if b.err == nil && len(undecoded)+len(spellings) > 0 {
		b.err = fmt.Errorf("the recipe names a place outside the text")
	}
	if b.err != nil {
		return nil, fmt.Errorf("rebuilding the original: %w", b.err)
	}
	return b.out, nil
}

// A builder gathers what is encoded as one piece.
type builder struct {
	codec *codec
	ends  lineEnder
	run   strings.Builder
	out   []byte
	err   error
}

func (b *builder) flush() {
	if b.run.Len() == 0 || b.err != nil {
		return
	}
	var piece []byte
	if piece, b.err = b.codec.encode(b.run.String()); b.err == nil {
		b.out = append(b.out, piece...)
	}
	b.run.Reset()
}

func (b *builder) raw(bytes string) {
	b.flush()
	piece, err := hex.DecodeString(bytes)
	if err != nil && b.err == nil {
		b.err = fmt.Errorf("the recipe's bytes %q are not hex", bytes)
	}
	b.out = append(b.out, piece...)
}

func (b *builder) lineEnd() {
	end, err := b.ends.next()
	if err != nil && b.err == nil {
		b.err = err
	}
	b.run.WriteString(end)
}
