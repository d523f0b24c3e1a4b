package ingest

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/korean"
)

// Johab (KS C 5601-1992, annex 3): a syllable is five bits each for what it begins with, its vowel and what it ends with;
// signs and hanja are those of KS X 1001 in the same order, from D931 and E031.

const (
	johabFirst = "  ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
	johabVowel = "   ㅏㅐㅑㅒㅓ  ㅔㅕㅖㅗㅘㅙ  ㅚㅛㅜㅝㅞㅟ  ㅠㅡㅢㅣ"
	johabLast  = "  ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁ ㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
)

type johabTables struct {
	read  map[[2]byte]string
	write map[string][]byte
}

var johab = sync.OnceValue(func() johabTables {
	t := johabTables{map[[2]byte]string{}, map[string][]byte{}}
	for hi := 0x84; hi <= 0xF9; hi++ {
		for lo := 0x31; lo <= 0xFE; lo++ {
			if text := johabPair(byte(hi), byte(lo)); text != "" {
				code := [2]byte{byte(hi), byte(lo)}
				t.read[code] = text
				if t.write[text] == nil {
					t.write[text] = code[:]
				}
			}
		}
	}
	return t
})

var johabCodec = unitCodec("Johab", func(b []byte) (string, int) {
	if len(b) < 2 {
		return "", 1
	}
	return johab().read[[2]byte(b)], 2
}, func(text string) []byte { return johab().write[text] })

func johabPair(hi, lo byte) string {
	if hi < 0xD4 {
		if lo < 0x41 || lo == 0x7F || lo == 0x80 || lo == 0xFF {
			return ""
		}
		return johabSyllable(int(hi)<<8 | int(lo))
	}
	if hi < 0xD9 || hi == 0xDF || lo > 0x7E && lo < 0x91 || hi == 0xDA && lo >= 0xA1 && lo <= 0xD3 {
		return ""
	}
	row, cell := 2*(int(hi)-0xD9), int(lo)-0x31
	if hi >= 0xE0 {
		row = 2*int(hi) - 0x197
	}
	if lo >= 0x91 {
		cell = int(lo) - 0x43
	}
	return ksPair(byte(row+cell/94)+0xA1, byte(cell%94)+0xA1)
}

// ksPair is a character of KS X 1001.
func ksPair(hi, lo byte) string {
	out, err := korean.EUCKR.NewDecoder().Bytes([]byte{hi, lo})
	if r, n := utf8.DecodeRune(out); err != nil || r == utf8.RuneError || n != len(out) {
		return ""
	}
	return string(out)
}

func johabSyllable(bits int) string {
	first, vowel, last := letterAt(johabFirst, bits>>10&31), letterAt(johabVowel, bits>>5&31), letterAt(johabLast, bits&31)
	fill := [3]bool{bits>>10&31 == 1, bits>>5&31 == 2, bits&31 == 1}
	switch {
	case first != 0 && vowel != 0 && (last != 0 || fill[2]):
		return compose(first, vowel, last)
	case first != 0 && fill[1] && fill[2]:
		return string(first)
	case vowel != 0 && fill[0] && fill[2]:
		return string(vowel)
	case last != 0 && fill[0] && fill[1]:
		return string(last)
	}
	return ""
}

// letterAt is a letter of a table, 0 where there is none.
func letterAt(table string, i int) rune {
	all := []rune(table)
	if i >= len(all) || all[i] == ' ' {
		return 0
	}
	return all[i]
}

// compose makes a syllable of its letters (Unicode 15, section 3.12); last may be 0.
func compose(first, vowel, last rune) string {
	f, v, l := letterIndex(johabFirst, first), letterIndex(johabVowel, vowel), 0
	if last != 0 {
		l = letterIndex(johabLast, last) + 1
	}
	if f < 0 || v < 0 || last != 0 && l == 0 {
		return ""
	}
	return string(rune(0xAC00 + (f*21+v)*28 + l))
}

// letterIndex counts the letters of a table before one; -1 where it is not there.
func letterIndex(table string, letter rune) int {
	n := 0
	for _, r := range table {
		switch r {
		case letter:
			return n
		case ' ':
		default:
			n++
		}
	}
	return -1
}

// eucKRCodec is EUC-KR with the syllables that KS X 1001 spells in eight bytes (annex 3: a filler, then the first letter,
// the vowel and the last letter or a filler); what the base decodes in between is as ever.
func eucKRCodec(base *codec) *codec {
	c := *base
	c.decode = func(data []byte) (string, []oddity) {
		if !bytes.Contains(data, []byte("\xA4\xD4")) {
			return base.decode(data)
		}
		var out strings.Builder
		var odd []oddity
		at, done := 0, 0
		flush := func(end int) {
			text, more := base.decode(data[done:end])
			for _, o := range more {
				o.offset, o.at = o.offset+done, o.at+at
				odd = append(odd, o)
			}
			out.WriteString(text)
			at, done = at+utf8.RuneCountInString(text), end
		}
		for i := 0; i < len(data); {
			if text := spelled(data[i:]); text != "" {
				flush(i)
				odd = append(odd, oddity{offset: i, n: 8, at: at, chars: 1})
				out.WriteString(text)
				i, at, done = i+8, at+1, i+8
			} else if data[i] < utf8.RuneSelf {
				i++
			} else {
				i += 2
			}
		}
		flush(len(data))
		return out.String(), odd
	}
	return &c
}

// spelled is the syllable of eight bytes that b begins with, or "".
func spelled(b []byte) string {
	if len(b) < 8 || string(b[:2]) != "\xA4\xD4" || b[2] != 0xA4 || b[4] != 0xA4 || b[6] != 0xA4 {
		return ""
	}
	var letters [3]rune
	for i := range letters {
		letters[i], _ = utf8.DecodeRuneInString(ksPair(0xA4, b[3+2*i]))
	}
	if letters[2] == '\u3164' { // the filler
		letters[2] = 0
	}
	return compose(letters[0], letters[1], letters[2])
}
