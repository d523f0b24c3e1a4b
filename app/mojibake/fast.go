package mojibake

import "sync"

// A pairTable has what the pairs of the shipped counts cost, for the search, which asks for little else: open addressing
// in one array.
type pairTable struct {
	keys []uint32 // 0 where there is none
	bits []float32
	more [0x10000]float32 // what a character costs more behind one that it was not seen behind
}

var fastPairs = sync.OnceValue(func() *pairTable {
	c := shipped().counts
	size := 1
	for size < 3*len(c.pairs) {
		size *= 2
	}
	t := &pairTable{keys: make([]uint32, size), bits: make([]float32, size)}
	m := &model{info: infos(), shipped: c}
	for key := range c.pairs {
		p, r := rune(key>>16), rune(key&0xFFFF)
		if r == 0 {
			continue
		}
		at := t.at(key)
		t.keys[at] = key
		t.bits[at] = m.slowPair(p, r, float32(infoOf(m.info, r).bits)/8)
	}
	for p, n := range c.first {
		t.more[p] = bitsOf(smooth / (float32(n) + smooth))
	}
	return t
})

// at is the place of a key, or the free one that it would have.
func (t *pairTable) at(key uint32) int {
	mask := uint32(len(t.keys) - 1)
	i := (key * 2654435761) >> 7 & mask
	for t.keys[i] != 0 && t.keys[i] != key {
		i = (i + 1) & mask
	}
	return int(i)
}

func (t *pairTable) cost(key uint32, base float32) float32 {
	if at := t.at(key); t.keys[at] == key {
		return t.bits[at]
	}
	return base + t.more[key>>16]
}
