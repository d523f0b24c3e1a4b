package mojibake

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Lacuna is the sign for a character whose bytes are not all there (U+25AF).
const lacuna = '▯'

// Bytes that are not there. A trace was left by unknown: U+FFFD or a question mark. None was left by missing, which must
// have been for the rest to be a character, nor by dropped, which is supposed to have been.
const (
	unknown uint16 = 0x100 + iota
	missing
	dropped
)

func isUnknown(x uint16) bool { return x >= unknown }

// pending are the first bytes of a character that is not complete.
type pending struct {
	b   [6]uint16
	n   uint8
	cut uint8 // a bit for each place where a character of the wrong encoding ended; bytes can be lost there
}

func (p *pending) push(x uint16) { p.b[p.n] = x; p.n++ }

// An out is a character that was read, or a lacuna and what is known of its bytes.
type out struct {
	r    rune
	p    pending
	next uint16 // the first byte behind a lacuna, 0 where that is not known
}

// A feed is a decoder that takes one byte after another, and takes unknown ones too.
type feed struct {
	code *rightCode
	pending
	outs [4]out
	nOut uint8
	bad  bool
}

// boundary notes that a character of the wrong encoding ended here.
func (f *feed) boundary() {
	if f.n > 0 {
		f.cut |= 1 << f.n
	}
}

func (f *feed) emit(r rune) {
	if int(f.nOut) == len(f.outs) {
		f.bad = true
		return
	}
	f.outs[f.nOut] = out{r: r}
	f.nOut++
	f.pending = pending{}
}

// close makes a lacuna of what is pending.
func (f *feed) close() {
	if f.n == 0 {
		return
	}
	p := f.pending
	f.emit(lacuna)
	if !f.bad {
		f.outs[f.nOut-1].p = p
	}
}

func (f *feed) take(x uint16) {
	switch {
	case f.bad:
	case f.code.kind == utf8Kind:
		f.takeUTF8(x)
	case f.code.kind == pairKind:
		f.takePair(x)
	case x < 0x80:
		f.emit(rune(x))
	case x < 0x100 && f.code.ones[x] != 0:
		f.emit(f.code.ones[x])
	default:
		f.bad = true
	}
}

func isContinuation(x uint16) bool { return 0x80 <= x && x < 0xC0 }

func (f *feed) takeUTF8(x uint16) {
	if f.n == 0 {
		switch {
		case x < 0x80:
			f.emit(rune(x))
		case isContinuation(x):
			f.push(missing)
			f.push(x)
		case isUnknown(x) || 0xC2 <= x && x <= 0xF4:
			f.push(x)
		default:
			f.bad = true
		}
		return
	}
	if !isContinuation(x) && !isUnknown(x) {
		if x == 0xED && f.n == 3 && f.b[0] == 0xED {
			f.push(x) // the second half of a surrogate pair
			return
		}
		f.close()
		f.takeUTF8(x)
		return
	}
	f.push(x)
	if f.n == f.need() {
		f.complete()
	}
}

// need is how many bytes the pending character has.
func (f *feed) need() uint8 {
	switch lead := f.b[0]; {
	case isUnknown(lead):
		return 3
	case lead == 0xED && f.n >= 3 && f.b[1] >= 0xA0 && f.b[1] < 0xB0:
		return 6
	case lead >= 0xF0:
		return 4
	case lead >= 0xE0:
		return 3
	}
	return 2
}

func (f *feed) complete() {
	var buf [6]byte
	for i, x := range f.b[:f.n] {
		if isUnknown(x) {
			f.close()
			return
		}
		buf[i] = byte(x)
	}
	if f.n == 6 { // CESU-8: the two halves of UTF-16 written as UTF-8 each
		hi := rune(buf[1]&0x0F)<<6 | rune(buf[2]&0x3F)
		lo := rune(buf[4]&0x0F)<<6 | rune(buf[5]&0x3F)
		f.bad = f.bad || buf[4] < 0xB0
		f.emit(0x10000 + hi<<10 + lo)
		return
	}
	r, n := utf8.DecodeRune(buf[:f.n])
	switch {
	case n != int(f.n):
		f.bad = true
	case r == utf8.RuneError:
		f.close() // U+FFFD itself: what it stood for was lost before
	default:
		f.emit(r)
	}
}

func (f *feed) takePair(x uint16) {
	switch f.n {
	case 0:
		switch {
		case x < 0x80:
			f.emit(rune(x))
		case isUnknown(x):
			f.push(x)
		case f.code.ones[x] != 0:
			f.emit(f.code.ones[x])
		case x > 0x80 && x < 0xFF:
			f.push(x)
		default:
			f.bad = true
		}
	case 1:
		f.takeTrail(f.b[0], x)
	case 2:
		f.takeThird(x)
	default:
		f.takeFourth(x)
	}
}

func (f *feed) takeTrail(lead, x uint16) {
	switch {
	case lead == 0x8F && f.code.name == eucJP && (isUnknown(x) || x > 0xA0):
		f.push(x)
	case isUnknown(x), isUnknown(lead) && x >= 0x40:
		f.push(x)
		f.close()
	case !isUnknown(lead) && f.code.pairs[lead<<8|x] != 0:
		f.emit(rune(f.code.pairs[lead<<8|x]))
	case f.code.name == gbk && '0' <= x && x <= '9' && !isUnknown(lead):
		f.push(x)
	default:
		f.again(x)
	}
}

// again closes what is pending, of which x is no part, and takes x for itself.
func (f *feed) again(x uint16) {
	f.close()
	if !f.bad {
		f.takePair(x)
	}
}

// takeThird is for the third byte: of EUC-JP behind 8F, or of the four of GB18030.
func (f *feed) takeThird(x uint16) {
	if f.code.name != eucJP {
		if x > 0x80 && x < 0xFF {
			f.push(x)
		} else {
			f.bad = true
		}
		return
	}
	mid := f.b[1]
	switch {
	case isUnknown(mid) || isUnknown(x):
		f.push(x)
		f.close()
	case f.code.plane[mid<<8|x] != 0:
		f.emit(rune(f.code.plane[mid<<8|x]))
	default:
		f.again(x)
	}
}

func (f *feed) takeFourth(x uint16) {
	four := []byte{byte(f.b[0]), byte(f.b[1]), byte(f.b[2]), byte(x)}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(four)
	r, n := utf8.DecodeRune(text)
	if err != nil || x < '0' || x > '9' || r == utf8.RuneError || n != len(text) {
		f.bad = true
		return
	}
	f.emit(r)
}
