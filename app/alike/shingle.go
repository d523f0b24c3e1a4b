package alike

import (
	"crypto/sha256"
	"slices"
	"unicode/utf8"
)

const (
	// length is how many code points a shingle has.
	length = 5
	// values is how many values of MinHash are kept of a text.
	values = 128
	// window is how many shingles in a row have at least one fingerprint; a text with fewer is not looked for inside
	// others.
	window = 64
)

// Inside is how many code points of its folded text a text has at least, to be looked for inside longer ones: what is
// shorter is a heading rather than a document.
const Inside = window + length - 1

// base is what the code points of a shingle are multiplied with, odd and without a pattern; out takes the one before
// the first away again.
const (
	base = 0x9E6C63D0876A9A47
	away = base * base & (1<<64 - 1) * base & (1<<64 - 1) * base & (1<<64 - 1) * base & (1<<64 - 1)
)

// mix makes of a sum a hash of which every bit hangs on every other (Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x ^= 0x5851F42D4C957F2D
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// shingles appends the hash of every shingle of a folded text, in its order.
func shingles(out []uint64, folded []rune) []uint64 {
	sum := uint64(0)
	for i, r := range folded {
		sum = sum*base + uint64(r)
		if i >= length {
			sum -= uint64(folded[i-length]) * away
		}
		if i >= length-1 {
			out = append(out, mix(sum))
		}
	}
	return out
}

// set is the hashes of a text's shingles, each once, in order.
func set(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// digest names a text.
type digest [16]byte

// imprint is what is kept of a text.
type imprint struct {
	raw, folded digest
	points      int // code points of the folded text
	signed      bool
	sign        [values]uint32
	fingers     []uint32 // fingerprints, each once, in order
}

// press makes imprints, one after the other, in the same memory.
type press struct {
	imprint
	text   []rune
	hashes []uint64
	bytes  []byte
}

// take makes the imprint of a text; it counts until the next.
func (p *press) take(text string) *imprint {
	p.bytes = append(p.bytes[:0], text...)
	p.raw = digestOf(p.bytes)
	p.text = fold(p.text[:0], text)
	p.points, p.fingers = len(p.text), p.fingers[:0]
	p.bytes = p.bytes[:0]
	for _, r := range p.text {
		p.bytes = utf8.AppendRune(p.bytes, r)
	}
	p.folded = digestOf(p.bytes)
	p.hashes = shingles(p.hashes[:0], p.text)
	if p.signed = len(p.hashes) > 0; p.signed {
		p.minima()
		p.winnow()
	}
	return &p.imprint
}

func digestOf(b []byte) (d digest) {
	sum := sha256.Sum256(b)
	copy(d[:], sum[:])
	return d
}

// none marks a bin into which no shingle has fallen.
const none = ^uint32(0)

// minima makes the signature.
func (p *press) minima() {
	for i := range p.sign {
		p.sign[i] = none
	}
	for _, h := range p.hashes {
		if v := uint32(h >> 32); v < p.sign[h%values] {
			p.sign[h%values] = v
		}
	}
	was := p.sign
	for i, v := range was {
		for try := uint64(1); v == none; try++ {
			if try > 1<<16 { // every value there is may be none itself
				v = 0
				break
			}
			v = was[mix(uint64(i)<<32|try)%values]
		}
		p.sign[i] = v
	}
}

// winnow chooses the fingerprints: of every window the least hash, of equal ones the last.
func (p *press) winnow() {
	h, at := p.hashes, -1
	for end := window; end <= len(h); end++ {
		switch start := end - window; {
		case at < start:
			at = start
			for i := start + 1; i < end; i++ {
				if h[i] <= h[at] {
					at = i
				}
			}
		case h[end-1] <= h[at]:
			at = end - 1
		default:
			continue
		}
		p.fingers = append(p.fingers, uint32(h[at]>>32))
	}
	slices.Sort(p.fingers)
	p.fingers = slices.Compact(p.fingers)
}

// Likeness is how like each other two texts are: 0 to 1, as the package's comment has it. Two that are equal when
// folded are 1, also where they are shorter than a shingle; one in which nothing counts is like no other.
func Likeness(a, b string) float64 {
	fa, fb := fold(nil, a), fold(nil, b)
	if len(fa) == 0 || len(fb) == 0 {
		return 0
	}
	if slices.Equal(fa, fb) {
		return 1
	}
	return likeness(set(shingles(nil, fa)), set(shingles(nil, fb)), len(fa), len(fb))
}

// likeness is that of two sets of shingles, of texts of so many code points.
func likeness(a, b []uint64, na, nb int) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	same := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			same, i, j = same+1, i+1, j+1
		}
	}
	return min(float64(same)/float64(len(a)+len(b)-same), share(na, nb))
}

// share is the shorter length by the longer one.
func share(a, b int) float64 { return float64(min(a, b)) / float64(max(a, b)) }
