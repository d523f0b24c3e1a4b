package jpegdc

import "encoding/binary"

// A bits reads an entropy coded segment. The next bit is the highest of acc; n of them are sure to be there. A marker or
// the end of the data is read as zeros, which pad counts.
type bits struct {
	data []byte
	pos  int // of the next byte that is not in acc
	acc  uint64
	n    int
	pad  int
}

// fill brings n to 56 at least.
func (b *bits) fill() {
	if b.pos+8 <= len(b.data) {
		v := binary.BigEndian.Uint64(b.data[b.pos:])
		if noFF(v) {
			b.acc |= v >> uint(b.n)
			b.pos += (63 - b.n) >> 3
			b.n |= 56
			return
		}
	}
	b.fillSlowly()
}

// noFF says whether none of eight bytes is 0xFF.
func noFF(v uint64) bool { return (^v-0x0101010101010101)&v&0x8080808080808080 == 0 }

// fillSlowly is fill where a byte 0xFF or the end is near.
func (b *bits) fillSlowly() {
	for b.n <= 56 {
		c := uint64(0)
		switch {
		case b.pos >= len(b.data):
			b.pad += 8
		case b.data[b.pos] != 0xFF:
			c = uint64(b.data[b.pos])
			b.pos++
		case b.pos+1 < len(b.data) && b.data[b.pos+1] == 0:
			c = 0xFF
			b.pos += 2
		default: // A marker.
			b.pad += 8
		}
		b.acc |= c << uint(56-b.n)
		b.n += 8
	}
}

// over says whether more was read than there is.
func (b *bits) over() bool { return b.pad > 0 && b.n < b.pad }

// take reads k bits, at most 16.
func (b *bits) take(k int) int32 {
	if k == 0 {
		return 0
	}
	if b.n < k {
		b.fill()
	}
	v := int32(b.acc >> uint(64-k))
	b.acc <<= uint(k)
	b.n -= k
	return v
}

// restart goes behind the next restart marker; false where another marker or the end comes first.
func (b *bits) restart() bool {
	p := b.pos
	for p+1 < len(b.data) {
		switch c := b.data[p+1]; {
		case b.data[p] != 0xFF || c == 0 || c == 0xFF:
			p++
		case c >= 0xD0 && c <= 0xD7:
			*b = bits{data: b.data, pos: p + 2}
			return true
		default:
			return false
		}
	}
	return false
}

const (
	fastBits = 10
	skipBits = 12
)

// A huff is a Huffman table, by 10 bits at once and by 12 where only the length of what is read matters.
type huff struct {
	counts [17]int
	values []byte
	built  bool
	bad    bool // it has more codes than there can be

	// Length of the code (5 bits, 0: longer than fastBits), size of the value (4), run (4), value known (1), value (high 16).
	fast [1 << fastBits]uint32
	// Bits to skip (6 bits, 0: unknown), coefficients they stand for (7), end of block (1), of as many symbols as fit.
	skip [1 << skipBits]uint16

	maxCode [18]int32 // the largest code of a length, -1 for none
	delta   [17]int32 // index of a value less its code
}

const (
	known  = 1 << 13
	eobBit = 1 << 13
)

// build makes the tables that decode; it is not done before a scan wants them.
func (h *huff) build() {
	if h.built {
		return
	}
	h.built = true
	code, k := int32(0), int32(0)
	for l := 1; l <= 16; l++ {
		h.maxCode[l] = -1
		h.delta[l] = k - code
		for i := 0; i < h.counts[l]; i++ {
			if code >= 1<<uint(l) {
				h.bad = true
				return
			}
			if l <= fastBits {
				h.enter(code, l, h.values[k])
			}
			h.maxCode[l] = code
			code++
			k++
		}
		code <<= 1
	}
	h.buildSkip()
}

// enter fills fast for one code of l bits.
func (h *huff) enter(code int32, l int, symbol byte) {
	size, rest := int(symbol&15), fastBits-l
	e := uint32(l) | uint32(symbol&15)<<5 | uint32(symbol>>4)<<9
	for i := range int32(1) << uint(rest) {
		v := e
		if size > 0 && size <= rest {
			v |= known | uint32(uint16(extend(i>>uint(rest-size), size)))<<16
		}
		h.fast[code<<uint(rest)|i] = v
	}
}

// buildSkip fills skip from fast.
func (h *huff) buildSkip() {
	for i := range h.skip {
		used, advance, end := 0, 0, 0
		for end == 0 {
			at := uint32(i<<uint(used)) & (1<<skipBits - 1) >> (skipBits - fastBits)
			e := h.fast[at]
			l, size, run := int(e&31), int(e>>5&15), int(e>>9&15)
			if l == 0 || l > skipBits-used || used > 0 && l+size > skipBits-used {
				break
			}
			used += l + size
			switch {
			case size == 0 && run < 15:
				end = eobBit
			default:
				advance += run + 1
			}
			if used >= skipBits || advance >= 64 {
				break
			}
		}
		if advance < 128 {
			h.skip[i] = uint16(used | advance<<6 | end)
		}
	}
}

// extend gives the value of size bits as JPEG writes signed numbers.
func extend(v int32, size int) int32 {
	if v < 1<<uint(size-1) {
		return v - 1<<uint(size) + 1
	}
	return v
}

// symbol reads a code and gives its value; -1 for no code.
func (b *bits) symbol(h *huff) int32 {
	if b.n < 16 {
		b.fill()
	}
	if e := h.fast[b.acc>>(64-fastBits)]; e&31 != 0 {
		l := uint(e & 31)
		b.acc <<= l
		b.n -= int(l)
		return int32(e>>5&15 | e>>9&15<<4)
	}
	top := int32(b.acc >> 48)
	for l := 1; l <= 16; l++ {
		if code := top >> uint(16-l); code <= h.maxCode[l] {
			b.acc <<= uint(l)
			b.n -= l
			if at := code + h.delta[l]; at >= 0 && int(at) < len(h.values) {
				return int32(h.values[at])
			}
			return -1
		}
	}
	return -1
}

// dc reads the difference of a DC coefficient.
func (b *bits) dc(h *huff) (int32, bool) {
	if b.n < 32 {
		b.fill()
	}
	e := h.fast[b.acc>>(64-fastBits)]
	if e&known != 0 && e>>9&15 == 0 {
		used := uint(e&31 + e>>5&15)
		b.acc <<= used
		b.n -= int(used)
		return int32(int16(e >> 16)), true
	}
	s := b.symbol(h)
	if s < 0 || s > 15 {
		return 0, false
	}
	if s == 0 {
		return 0, true
	}
	return extend(b.take(int(s)), int(s)), true
}

// skipAC goes over the AC coefficients of a block; false for no code.
func (b *bits) skipAC(h *huff) bool {
	for k := 1; k < 64; {
		if b.n < 32 {
			b.fill()
		}
		e := h.skip[b.acc>>(64-skipBits)]
		used, next := uint(e&63), k+int(e>>6&127)
		if used != 0 && (next < 64 || next == 64 && e&eobBit == 0) {
			b.acc <<= used
			b.n -= int(used)
			if e&eobBit != 0 {
				return true
			}
			k = next
			continue
		}
		rs := b.symbol(h)
		if rs < 0 {
			return false
		}
		size := int(rs & 15)
		if size == 0 && rs>>4 < 15 {
			return true
		}
		b.take(size)
		k += int(rs>>4) + 1
	}
	return true
}

// ac reads the AC coefficients of a block into c, in natural order and times q.
func (b *bits) ac(h *huff, c *[64]int32, q *[64]int32) bool {
	for k := 1; k < 64; k++ {
		if b.n < 32 {
			b.fill()
		}
		e := h.fast[b.acc>>(64-fastBits)]
		var v int32
		if e&known != 0 {
			used := uint(e&31 + e>>5&15)
			b.acc <<= used
			b.n -= int(used)
			k += int(e >> 9 & 15)
			v = int32(int16(e >> 16))
		} else {
			rs := b.symbol(h)
			if rs < 0 {
				return false
			}
			size := int(rs & 15)
			k += int(rs >> 4)
			if size == 0 {
				if rs>>4 < 15 {
					return true
				}
				continue
			}
			v = extend(b.take(size), size)
		}
		if k > 63 {
			return false
		}
		at := natural[k]
		c[at] = v * q[at]
	}
	return true
}

// natural is where in a block of eight rows the coefficients lie in the order in which they are written.
var natural = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}
