package mojibake

import (
	"slices"
	"strings"
	"testing"
)

// breakText reads the UTF-8 of text in an encoding of two bytes, as decoders do, and puts sign for each byte that is no
// part of a character: U+FFFD, a question mark, or nothing, as in the seed.
func breakText(text string, w *wrongCode, sign string) string {
	chars := map[uint16]rune{}
	for r, code := range w.bytes {
		if code != 0 && !(0xE000 <= r && r < 0xF900) {
			chars[code] = rune(r)
		}
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] < 0x80 {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) {
			if r := chars[uint16(text[i])<<8|uint16(text[i+1])]; r != 0 {
				b.WriteRune(r)
				i++
				continue
			}
		}
		b.WriteString(sign)
	}
	return b.String()
}

// clauses cuts texts at their line breaks and full stops.
func clauses(texts []string, every int) []string {
	var out []string
	n := 0
	for _, t := range texts {
		for _, s := range strings.FieldsFunc(t, func(r rune) bool { return r == '\n' || r == '。' }) {
			if han := strings.Count(s, "") - 1; han < 12 || han > 60 || strings.ContainsAny(s, "<>[]#*|") {
				continue
			}
			if n++; n%every == 0 {
				out = append(out, s)
			}
		}
	}
	return out
}

// The right character is to be among the first five candidates in 70 of 100 lacunae. What reads otherwise than it did in
// any other place, or in its length, counts as missed.
func TestLacunae(t *testing.T) {
	_, kept := laws(t)
	lines := clauses(kept, 3)
	got := tally{}
	for _, sign := range []string{"", "\uFFFD", "?"} {
		name := map[string]string{"": "no trace", "\uFFFD": "U+FFFD", "?": "?"}[sign]
		for _, want := range lines {
			text := breakText(want, wrongGBK(), sign)
			reading, spots := readWith(Find(text, nil), text)
			right := []rune(want)
			if len(reading) != len(right) {
				got.add(name, false)
				continue
			}
			for i, c := range spots {
				got.add(name, slices.Contains(c[:min(5, len(c))], string(right[i])))
			}
		}
	}
	good, all := got.sum()
	t.Logf("among the first five: %d of %d\n%s", good, all, got)
	if good*100 < all*70 {
		t.Errorf("%d of %d, want 70 %%", good, all)
	}
}

// readWith gives the text as it would read, and the candidates by place.
func readWith(runs []Run, text string) ([]rune, map[int][]string) {
	spots := map[int][]string{}
	var out []rune
	source := []rune(text)
	at := 0
	for _, r := range runs {
		out = append(out, source[at:r.Start]...)
		for _, l := range r.Lacunae {
			spots[len(out)+l.At] = l.Candidates
		}
		out = append(out, []rune(r.Reading)...)
		at = r.End
	}
	return append(out, source[at:]...), spots
}
