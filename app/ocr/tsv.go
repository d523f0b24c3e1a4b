package ocr

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fonds/storage/archive"
)

// The answer is a table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. Level 5 is a
// word. A line is a line of the text, a block begins with an empty one before it; between two words is a space, and none
// where both sides are Han, kana or full-width.

// wordColumns is how many columns a line of the table has.
const wordColumns = 12

// parse reads the table of page n.
func parse(table string, n int, scale float64) (Page, error) {
	head, rest, _ := strings.Cut(table, "\n")
	if !strings.HasPrefix(head, "level\t") {
		return Page{}, errors.New("tesseract's answer is no table of words: is it another program of that name?")
	}
	if !(scale > 0) {
		scale = 1
	}
	p := pageWriter{page: n}
	for row := range strings.SplitSeq(rest, "\n") {
		f := strings.SplitN(strings.TrimSuffix(row, "\r"), "\t", wordColumns)
		if len(f) < wordColumns || f[0] != "5" {
			continue
		}
		word := clean(f[11])
		var box [4]int
		for i := range box {
			v, err := strconv.ParseFloat(f[6+i], 64)
			if err != nil || v < 0 || v > 1<<24 {
				v = 0
			}
			box[i] = int(math.Round(v / scale))
		}
		sure, err := strconv.ParseFloat(f[10], 64)
		if err != nil || !(sure >= 0 && sure <= 100) {
			sure = 0
		}
		if word != "" {
			p.word(word, f[2], f[2]+" "+f[3]+" "+f[4], box, int(sure))
		}
	}
	return Page{p.text.String(), p.words}, nil
}

// clean is a word without what no text holds.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFEFF' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// A pageWriter writes words one after another.
type pageWriter struct {
	page        int
	text        strings.Builder
	words       []archive.SeenWord
	at          int // code points of text
	block, line string
	last        rune
}

func (p *pageWriter) word(word, block, line string, box [4]int, sure int) {
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case p.at == 0:
	case block != p.block:
		p.write("\n\n")
	case line != p.line:
		p.write("\n")
	case !wide(p.last) || !wide(first):
		p.write(" ")
	}
	start := p.at
	p.write(word)
	p.block, p.line = block, line
	p.last, _ = utf8.DecodeLastRuneInString(word)
	p.words = append(p.words, archive.SeenWord{Start: start, End: p.at, Page: p.page, X: box[0], Y: box[1], W: box[2], H: box[3], Sure: sure})
}

func (p *pageWriter) write(s string) {
	p.text.WriteString(s)
	p.at += utf8.RuneCountInString(s)
}

// wide says whether no space stands beside a character in Chinese and Japanese.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60
}

// Edit is the edit that makes the text that was seen on the pages of a document a source text of it. Pages that were not
// read are empty.
func (r *Reader) Edit(doc archive.ID, languages string, pages []Page) *archive.Edit {
	texts := make([]string, len(pages))
	for i, p := range pages {
		texts[i] = p.Text
	}
	_, starts := archive.Joined(texts)
	seeing := &archive.Seeing{Reader: r.Version, Language: languages, Words: []archive.SeenWord{}}
	for i, p := range pages {
		for _, w := range p.Words {
			w.Start, w.End = w.Start+starts[i], w.End+starts[i]
			seeing.Words = append(seeing.Words, w)
		}
	}
	return &archive.Edit{Do: archive.TextKind, Doc: string(doc), Pages: &texts, Seeing: seeing}
}
