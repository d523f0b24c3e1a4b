package ingest

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// JIS X 0213:2004 goes on where JIS X 0208 ends: its EUC-JP and Shift_JIS are those of the WHATWG standard but for rows
// that are empty there, or have something else. letters/jisx0213.txt is the rows it adds: plane, row, cell of the first
// character, characters; + joins the two that follow. The characters are those that CPython's codec has.

//go:embed letters/jisx0213.txt
var jisx0213Rows string

type jisTables struct {
	read  map[string]string // code to text
	write map[string][]byte
}

// jisx0213 has the tables of both encodings.
var jisx0213 = sync.OnceValue(func() (t struct{ euc, shift jisTables }) {
	t.euc = jisTables{map[string]string{}, map[string][]byte{}}
	t.shift = jisTables{map[string]string{}, map[string][]byte{}}
	add := func(plane, row, cell int, text string) {
		t.euc.add(eucCode(plane, row, cell), text)
		t.shift.add(shiftCode(plane, row, cell), text)
	}
	taken := map[[2]int]bool{}
	for line := range strings.Lines(jisx0213Rows) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		plane, row, cell := jisNumber(f[0]), jisNumber(f[1]), jisNumber(f[2])
		for _, text := range cellsOf(f[3]) {
			add(plane, row, cell, text)
			taken[[2]int{row + plane<<8, cell}] = true
			cell++
		}
	}
	for row := 1; row <= 84; row++ {
		for cell := 1; cell <= 94; cell++ {
			if text := jisPair(row, cell); text != "" && !taken[[2]int{row + 1<<8, cell}] {
				add(1, row, cell, text)
			}
		}
	}
	for cell := 1; cell <= 63; cell++ { // half-width katakana
		text := string(rune(0xFF60 + cell))
		t.euc.add([]byte{0x8E, byte(0xA0 + cell)}, text)
		t.shift.add([]byte{byte(0xA0 + cell)}, text)
	}
	return t
})

func (t jisTables) add(code []byte, text string) {
	t.read[string(code)] = text
	if t.write[text] == nil {
		t.write[text] = code
	}
}

func jisNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("ingest: letters/jisx0213.txt: " + err.Error())
	}
	return n
}

// cellsOf splits a row into cells of one character, or of two behind a +.
func cellsOf(row string) []string {
	var out []string
	all := []rune(row)
	for i := 0; i < len(all); i++ {
		if all[i] == '+' && i+2 < len(all) {
			out = append(out, string(all[i+1:i+3]))
			i += 2
			continue
		}
		out = append(out, string(all[i]))
	}
	return out
}

// jisPair is a character of JIS X 0208.
func jisPair(row, cell int) string {
	out, err := japanese.EUCJP.NewDecoder().Bytes([]byte{byte(0xA0 + row), byte(0xA0 + cell)})
	if r, n := utf8.DecodeRune(out); err != nil || r == utf8.RuneError || n != len(out) {
		return ""
	}
	return string(out)
}

func eucCode(plane, row, cell int) []byte {
	code := []byte{byte(0xA0 + row), byte(0xA0 + cell)}
	if plane == 2 {
		code = append([]byte{0x8F}, code...)
	}
	return code
}

// shiftCode is JIS X 0213, annex 1: two rows a lead byte, and of plane 2 only the rows there are.
func shiftCode(plane, row, cell int) []byte {
	lead := 0
	switch {
	case plane == 1 && row <= 62:
		lead = (row + 0x101) / 2
	case plane == 1:
		lead = (row + 0x181) / 2
	case row >= 78:
		lead = (row + 0x19B) / 2
	default:
		lead = (row+0x1DF)/2 - row/8*3
	}
	trail := cell + 0x9E
	if row%2 == 1 {
		trail = cell + 0x3F
		if cell >= 64 {
			trail++
		}
	}
	return []byte{byte(lead), byte(trail)}
}

func jisCodec(name string, tables func() jisTables) *codec {
	return unitCodec(name, func(b []byte) (string, int) {
		t := tables()
		for n := min(3, len(b)); n > 0; n-- {
			if text := t.read[string(b[:n])]; text != "" {
				return text, n
			}
		}
		return "", 1
	}, func(text string) []byte { return tables().write[text] })
}

var (
	eucJISX0213   = jisCodec("EUC-JISX0213", func() jisTables { return jisx0213().euc })
	shiftJISX0213 = jisCodec("Shift_JISX0213", func() jisTables { return jisx0213().shift })
)
