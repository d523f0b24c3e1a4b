package mojibake

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"io"
	"sync"
)

// table.bin holds counts, no text. It was counted by TestMakeTable (FONDS_MAKE_TABLE=1) in: three of four files of
// ImCa0/just-laws, statutes of the PRC, which are in the public domain (corpora/zh-laws; the fourth is kept for
// tests); the samples of Fonds (assets/samples) and its words (assets/words), the list in testdata/places.txt, and the
// lists of common characters in app/ingest/common.go. Every 汉字 has its count, and every two that follow one another; all that is no 汉字 counts as
// one, an edge.
//
// The form: deflate over uvarints. The number of characters, then for each the step from the one before and its count.
// The number of pairs (first<<16 | second, an edge is 0), then for each the step and its count. Then three lists of
// common characters (traditional, kanji, hangul): a number and steps.
//
//go:embed table.bin
var tableBytes []byte

type counts struct {
	total  int
	single map[rune]int
	pairs  map[uint32]int // first<<16 | second
	first  map[rune]int   // pairs that begin with it
	behind map[rune]int   // how many different characters come behind it
	before map[rune]int   // and before it
}

func newCounts() *counts {
	return &counts{single: map[rune]int{}, pairs: map[uint32]int{}, first: map[rune]int{}, behind: map[rune]int{}, before: map[rune]int{}}
}

func (c *counts) addPair(key uint32, n int) {
	p, r := rune(key>>16), rune(key&0xFFFF)
	if c.pairs[key] == 0 {
		c.behind[p]++
		c.before[r]++
	}
	c.pairs[key] += n
	c.first[p] += n
}

func (c *counts) addSingle(r rune, n int) {
	c.single[r] += n
	c.total += n
}

// add counts a text, each pair as often as n says. A 汉字 that stands alone between edges is a number of a list or of a
// chapter, and says nothing of its like in sentences.
func (c *counts) add(text string, n int) {
	before, prev := rune(0), rune(0)
	for _, r := range text + "\n" {
		if !isHan(r) {
			r = 0
		}
		if r != 0 {
			c.addSingle(r, n)
		}
		switch {
		case prev == 0: // it is not known yet whether r stands alone
		case before == 0 && r != 0:
			c.addPair(uint32(prev), n)
			fallthrough
		case before != 0:
			c.addPair(uint32(prev)<<16|uint32(r), n)
		}
		before, prev = prev, r
	}
}

// isHan says whether a character is of the block of 汉字 that the table counts.
func isHan(r rune) bool { return 0x4E00 <= r && r <= 0x9FFF }

type tables struct {
	*counts
	hant, kanji, hangul []rune
}

var shipped = sync.OnceValue(func() *tables {
	t, err := readTable(tableBytes)
	if err != nil {
		panic("mojibake: table.bin: " + err.Error()) // it is part of the program
	}
	return t
})

func readTable(data []byte) (*tables, error) {
	raw, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
	if err != nil {
		return nil, err
	}
	in := bytes.NewReader(raw)
	t := &tables{counts: newCounts()}
	if err := steps(in, true, func(at, n uint64) { t.addSingle(rune(at), int(n)) }); err != nil {
		return nil, err
	}
	if err := steps(in, true, func(at, n uint64) { t.addPair(uint32(at), int(n)) }); err != nil {
		return nil, err
	}
	for _, list := range []*[]rune{&t.hant, &t.kanji, &t.hangul} {
		if err := steps(in, false, func(at, _ uint64) { *list = append(*list, rune(at)) }); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// steps reads one list of the table.
func steps(in io.ByteReader, counted bool, each func(at, n uint64)) error {
	left, err := binary.ReadUvarint(in)
	at := uint64(0)
	for ; left > 0 && err == nil; left-- {
		var step, n uint64
		if step, err = binary.ReadUvarint(in); err != nil {
			break
		}
		if counted {
			if n, err = binary.ReadUvarint(in); err != nil {
				break
			}
		}
		at += step
		each(at, n)
	}
	return err
}
