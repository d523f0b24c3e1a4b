package mojibake

import (
	"sync"

	"golang.org/x/text/unicode/norm"
)

// An option is what bytes a character of the text may stand for, and what it costs to say so.
type option struct {
	b    [4]uint16
	n    uint8
	cost float32
}

func bytesOption(code uint16, cost float32) option {
	if code < 0x100 {
		return option{b: [4]uint16{code}, n: 1, cost: cost}
	}
	return option{b: [4]uint16{code >> 8, code & 0xFF}, n: 2, cost: cost}
}

// What it costs to say that something happened after the damage, or with it.
const (
	foldToll    = 3 // a character was folded: full width to half, no-break space to space
	lossToll    = 1 // U+FFFD stands for a byte
	questToll   = 5 // a question mark does
	lacunaToll  = 12
	sureToll    = 4 // less where the mistake is proven
	dropToll    = 1 // a decoder gave nothing for bytes that were no character
	silentToll  = 6 // more where the loss left no trace
	againToll   = 6 // a second stretch on a line
	oddCodeToll = 1 // what one decoder of several made of the bytes
)

// options gives what text[i] may stand for in the wrong encoding; into is their storage. inside says that a character
// of the right encoding is not complete, tails that ASCII may be the second byte of one.
func (w *wrongCode) options(text []rune, i int, inside, tails bool, into []option) []option {
	r := text[i]
	switch {
	case r == 0xFFFD || r == lacuna:
		into = append(into, option{b: [4]uint16{unknown}, n: 1, cost: lossToll})
		if !w.single {
			into = append(into, option{b: [4]uint16{unknown, unknown}, n: 2, cost: lossToll + 1})
		}
	case r < 0x80:
		into = append(into, bytesOption(uint16(r), 0))
		return w.asciiOptions(text, i, inside, tails, into)
	case r < 0x10000 && w.bytes[r] != 0:
		into = append(into, bytesOption(w.bytes[r], 0))
		for _, code := range w.more.at(r) {
			into = append(into, bytesOption(code, oddCodeToll))
		}
	}
	if r >= 0x80 && r < 0x10000 {
		for _, from := range folded().at(r) {
			if code := w.bytes[from]; code != 0 {
				into = append(into, bytesOption(code, foldToll))
			}
		}
	}
	return into
}

// asciiOptions is for ASCII that is not itself: folded from full width, or a question mark in the place of a byte.
func (w *wrongCode) asciiOptions(text []rune, i int, inside, tails bool, into []option) []option {
	r := text[i]
	if r == '?' && (inside || tails || !w.single) {
		into = append(into, option{b: [4]uint16{unknown}, n: 1, cost: questToll})
		if !w.single {
			into = append(into, option{b: [4]uint16{unknown, unknown}, n: 2, cost: questToll + 1})
		}
	}
	if !inside || r == '?' {
		return into
	}
	if w.single {
		if r == ' ' {
			into = append(into, spaceOption(text, i))
		}
		return into
	}
	for _, from := range folded().at(r) {
		if code := w.bytes[from]; code != 0 {
			into = append(into, bytesOption(code, foldToll))
		}
	}
	return into
}

// spaceOption is for the byte A0, the last of à, that became a space (cases in corpora/mojibake-ftfy: "Ã l’homme"). Where
// the word à stood, its own space fell together with it; not in the Portuguese às, àquele, nor in longer sequences.
func spaceOption(text []rune, i int) option {
	o := option{b: [4]uint16{0xA0}, n: 1, cost: foldToll}
	if i == 0 || text[i-1] != 'Ã' && text[i-1] != 'Г' {
		return o
	}
	rest := string(text[i+1 : min(len(text), i+5)])
	for _, word := range []string{"s ", "quel", "quil"} {
		if len(rest) >= len(word) && rest[:len(word)] == word {
			return o
		}
	}
	if rest == "" || rest[0] == ' ' {
		return o
	}
	return option{b: [4]uint16{0xA0, ' '}, n: 2, cost: foldToll}
}

// folded gives for a character those that NFKC makes it of, one for one: ｄ for d, the ideographic space for a space.
// The seed has ASCII d where the mistake makes full-width ｄ (archives-zh.md 6.2).
var folded = sync.OnceValue(func() *listed[rune] {
	out := &listed[rune]{}
	for _, span := range [][2]rune{{0xA0, 0xFF}, {0x2000, 0x2BFF}, {0x3000, 0x33FF}, {0xF900, 0xFAFF}, {0xFE30, 0xFFEF}} {
		for r := span[0]; r <= span[1]; r++ {
			if to := []rune(norm.NFKC.String(string(r))); len(to) == 1 && to[0] != r {
				out.add(to[0], r)
			}
		}
	}
	return out
})
