package mojibake

import "sync"

// A pairTable has what the pairs of the shipped counts cost, for the search, which asks for little else: open addressing
// in one array.
type pairTable struct {
	rows []pairRow
	more [0x10000]float32 // what a character costs more behind one that it was not seen behind
}

// A pairRow is the key of a pair, 0 where there is none, and what it costs.
type pairRow struct {
	key  uint32
	bits float32
}

var fastPairs = sync.OnceValue(func() *pairTable {
	c := shipped().counts
	size := 1
	for size < 3*len(c.pairs) {
		size *= 2
	}
	t := &pairTable{rows: make([]pairRow, size)}
	m := &model{info: infos(), shipped: c}
	for key := range c.pairs {
		p, r := rune(key>>16), rune(key&0xFFFF)
		if r == 0 {
			continue
		}
		*t.at(key) = pairRow{key, m.slowPair(p, r, float32(infoOf(m.info, r).bits)/8)}
	}
	for p, n := range c.first {
		t.more[p] = bitsOf(smooth / (float32(n) + smooth))
	}
	return t
})

// at is the place of a key, or the free one that it would have.
func (t *pairTable) at(key uint32) *pairRow {
	mask := uint32(len(t.rows) - 1)
	i := (key * 2654435761) >> 7 & mask
	for t.rows[i].key != 0 && t.rows[i].key != key {
		i = (i + 1) & mask
	}
	return &t.rows[i]
}

func (t *pairTable) cost(key uint32, base float32) float32 {
	if row := t.at(key); row.key == key {
		return row.bits
	}
	return base + t.more[key>>16]
}
