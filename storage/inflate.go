package storage

import (
	"encoding/binary"
	"hash/adler32"
	"math/bits"
)

// inflater reads packed pieces (RFC 1950, 1951) that lie in memory as a whole, three times as fast as compress/zlib, which
// reads byte by byte: the originals of very many documents are read where they are checked. It says of what it does not
// take only that: then compress/zlib says what is wrong.
type inflater struct {
	in  []byte
	at  int    // of in, what was taken into bits
	bit uint64 // the bits that come next, the lowest first
	n   uint   // how many of them count

	lengths [320]uint8
	codes   [1<<codePrimary + 20<<(15-codePrimary)]uint32
	lits    [1<<litPrimary + 144<<(15-litPrimary)]uint32
	dists   [1<<distPrimary + 16<<(15-distPrimary)]uint32
}

// How many bits of a code are looked up at once; what is longer is looked up by its other bits then.
const (
	codePrimary = 7
	litPrimary  = 10
	distPrimary = 9
)

// An entry of a table: how many bits it takes (5), how many follow that count (4), what it is (2), and its value (16). 0 is
// no code.
const (
	aLiteral = iota << 9
	aBase    // of a length or a distance
	anEnd
	aTable // of the bits that follow, where it begins
	whatOf = 3 << 9
)

func entryOf(n, extra, what, value uint32) uint32 { return n | extra<<5 | what | value<<16 }

// The lengths and distances that codes stand for (RFC 1951, 3.2.5), and the order of the lengths of the codes that the
// lengths of the others are written in (3.2.7).
var (
	lengthBases = [...]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra = [...]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distBases   = [...]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	codeOrder   = [...]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

func litEntry(symbol int, n uint32) uint32 {
	switch {
	case symbol < 256:
		return entryOf(n, 0, aLiteral, uint32(symbol))
	case symbol == 256:
		return entryOf(n, 0, anEnd, 0)
	case symbol-257 < len(lengthBases):
		return entryOf(n, uint32(lengthExtra[symbol-257]), aBase, uint32(lengthBases[symbol-257]))
	}
	return 0
}

func distEntry(symbol int, n uint32) uint32 {
	if symbol >= len(distBases) {
		return 0
	}
	return entryOf(n, uint32(max(symbol/2-1, 0)), aBase, uint32(distBases[symbol]))
}

func codeEntry(symbol int, n uint32) uint32 { return entryOf(n, 0, aLiteral, uint32(symbol)) }

// layCodes lays out the table of codes of such lengths; false where these are none that fill all there are.
func layCodes(table []uint32, primary uint, lengths []uint8, entry func(symbol int, n uint32) uint32) bool {
	var count, next [16]int
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	code, left := 0, 1
	for n := 1; n < 16; n++ {
		code = (code + count[n-1]) << 1
		next[n] = code
		if left = left<<1 - count[n]; left < 0 {
			return false
		}
	}
	if left > 0 && !(left == 1<<14 && count[1] == 1) { // one code alone has one bit
		return false
	}
	clear(table[:1<<primary])
	free, rest := 1<<primary, 15-primary
	for symbol, l := range lengths {
		if l == 0 {
			continue
		}
		n := uint(l)
		back := int(bits.Reverse16(uint16(next[n])) >> (16 - n))
		next[n]++
		if n <= primary {
			for i, e := back, entry(symbol, uint32(n)); i < 1<<primary; i += 1 << n {
				table[i] = e
			}
			continue
		}
		first := &table[back&(1<<primary-1)]
		if *first == 0 {
			if free+1<<rest > len(table) {
				return false
			}
			*first = entryOf(uint32(primary), 0, aTable, uint32(free))
			clear(table[free : free+1<<rest])
			free += 1 << rest
		}
		begin := int(*first >> 16)
		for i, e := back>>primary, entry(symbol, uint32(n-primary)); i < 1<<rest; i += 1 << (n - primary) {
			table[begin+i] = e
		}
	}
	return true
}

// fill takes at least 56 bits, or all there are.
func (f *inflater) fill() {
	if f.at+8 <= len(f.in) {
		f.bit |= binary.LittleEndian.Uint64(f.in[f.at:]) << f.n
		f.at += int((63 - f.n) >> 3)
		f.n |= 56
		return
	}
	for f.n <= 56 && f.at < len(f.in) {
		f.bit |= uint64(f.in[f.at]) << f.n
		f.at++
		f.n += 8
	}
}

// take is the next bits, at most 16; ok is false where there are not so many.
func (f *inflater) take(n uint) (v int, ok bool) {
	if f.n < n {
		if f.fill(); f.n < n {
			return 0, false
		}
	}
	v = int(f.bit & (1<<n - 1))
	f.bit >>= n
	f.n -= n
	return v, true
}

// unpack is the piece, of at most chunkSize bytes; room is how many it probably has.
func (f *inflater) unpack(packed []byte, room int) (out []byte, ok bool) {
	if len(packed) < 6 || packed[0]&0xF != 8 || packed[0]>>4 > 7 || packed[1]&0x20 != 0 || (uint(packed[0])<<8|uint(packed[1]))%31 != 0 {
		return nil, false
	}
	f.in, f.at, f.bit, f.n = packed[:len(packed)-4], 2, 0, 0
	out = make([]byte, 0, room)
	for last := 0; last == 0; {
		var kind int
		if last, ok = f.take(1); !ok {
			return nil, false
		}
		if kind, ok = f.take(2); !ok {
			return nil, false
		}
		switch kind {
		case 0:
			out, ok = f.stored(out)
		case 1, 2:
			if ok = kind == 1 && f.fixed() || kind == 2 && f.dynamic(); ok {
				out, ok = f.block(out)
			}
		default:
			ok = false
		}
		if !ok || len(out) > chunkSize {
			return nil, false
		}
	}
	// Nothing stands behind it, and it is what was packed.
	return out, f.at-int(f.n/8) == len(f.in) && adler32.Checksum(out) == binary.BigEndian.Uint32(packed[len(packed)-4:])
}

// stored copies a block that is not compressed.
func (f *inflater) stored(out []byte) ([]byte, bool) {
	f.at -= int(f.n / 8)
	f.bit, f.n = 0, 0
	if f.at+4 > len(f.in) {
		return out, false
	}
	n, not := binary.LittleEndian.Uint16(f.in[f.at:]), binary.LittleEndian.Uint16(f.in[f.at+2:])
	f.at += 4
	if n != ^not || f.at+int(n) > len(f.in) {
		return out, false
	}
	out = append(out, f.in[f.at:f.at+int(n)]...)
	f.at += int(n)
	return out, true
}

func (f *inflater) fixed() bool {
	for i := range 288 {
		switch {
		case i >= 144 && i < 256:
			f.lengths[i] = 9
		case i >= 256 && i < 280:
			f.lengths[i] = 7
		default:
			f.lengths[i] = 8
		}
	}
	if !layCodes(f.lits[:], litPrimary, f.lengths[:288], litEntry) {
		return false
	}
	for i := range 32 {
		f.lengths[i] = 5
	}
	return layCodes(f.dists[:], distPrimary, f.lengths[:32], distEntry)
}

// dynamic reads the codes of a block that has its own.
func (f *inflater) dynamic() bool {
	head, ok := f.take(14)
	lits, dists, codes := head&31+257, head>>5&31+1, head>>10+4
	if !ok || lits > 286 || dists > 30 {
		return false
	}
	var of [19]uint8
	for _, at := range codeOrder[:codes] {
		n, ok := f.take(3)
		if !ok {
			return false
		}
		of[at] = uint8(n)
	}
	if !layCodes(f.codes[:], codePrimary, of[:], codeEntry) {
		return false
	}
	for i := 0; i < lits+dists; {
		f.fill()
		e := f.codes[f.bit&(1<<codePrimary-1)]
		n := uint(e & 31)
		if n == 0 || n > f.n {
			return false
		}
		f.bit >>= n
		f.n -= n
		symbol := uint8(e >> 16)
		if symbol < 16 {
			f.lengths[i] = symbol
			i++
			continue
		}
		what := [3]struct{ bits, least uint8 }{{2, 3}, {3, 3}, {7, 11}}[symbol-16]
		again, ok := f.take(uint(what.bits))
		again += int(what.least)
		if !ok || i+again > lits+dists || symbol == 16 && i == 0 {
			return false
		}
		value := uint8(0)
		if symbol == 16 {
			value = f.lengths[i-1]
		}
		for range again {
			f.lengths[i] = value
			i++
		}
	}
	return f.lengths[256] > 0 && layCodes(f.lits[:], litPrimary, f.lengths[:lits], litEntry) && layCodes(f.dists[:], distPrimary, f.lengths[lits:lits+dists], distEntry)
}

// block reads what is written in the codes.
func (f *inflater) block(out []byte) ([]byte, bool) {
	lits, dists := &f.lits, &f.dists
	in, at, bit, n := f.in, f.at, f.bit, f.n // the state of f, where it is quick
	defer func() { f.at, f.bit, f.n = at, bit, n }()
	for len(out) <= chunkSize {
		if n < 48 { // a length takes 20 bits at most, a distance 28
			if at+8 <= len(in) {
				bit |= binary.LittleEndian.Uint64(in[at:]) << (n & 63)
				at += int((63 - n) >> 3)
				n |= 56
			} else {
				f.at, f.bit, f.n = at, bit, n
				f.fill()
				at, bit, n = f.at, f.bit, f.n
			}
		}
		e := lits[bit&(1<<litPrimary-1)]
		if e&whatOf == aTable {
			if n < litPrimary {
				return out, false
			}
			bit >>= litPrimary
			n -= litPrimary
			e = lits[e>>16+uint32(bit&(1<<(15-litPrimary)-1))]
		}
		if took := uint(e & 31); e == 0 || took > n {
			return out, false
		} else {
			bit >>= took & 63
			n -= took
		}
		if e&whatOf == aLiteral {
			out = append(out, byte(e>>16))
			continue
		}
		if e&whatOf == anEnd {
			return out, true
		}
		extra := uint(e >> 5 & 15)
		length := int(e>>16) + int(bit&(1<<(extra&63)-1))
		if extra > n {
			return out, false
		}
		bit >>= extra & 63
		n -= extra
		e = dists[bit&(1<<distPrimary-1)]
		if e&whatOf == aTable {
			if n < distPrimary {
				return out, false
			}
			bit >>= distPrimary
			n -= distPrimary
			e = dists[e>>16+uint32(bit&(1<<(15-distPrimary)-1))]
		}
		took := uint(e & 31)
		extra = uint(e >> 5 & 15)
		if e == 0 || took+extra > n {
			return out, false
		}
		bit >>= took & 63
		from := len(out) - int(e>>16) - int(bit&(1<<(extra&63)-1))
		bit >>= extra & 63
		n -= took + extra
		if from < 0 {
			return out, false
		}
		if length <= len(out)-from {
			out = append(out, out[from:from+length]...)
			continue
		}
		for length > 0 { // what is copied is what was copied
			some := min(length, len(out)-from)
			out = append(out, out[from:from+some]...)
			length, from = length-some, from+some
		}
	}
	return out, false
}
