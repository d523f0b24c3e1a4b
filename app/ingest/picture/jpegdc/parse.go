// Package jpegdc decodes JPEG pictures that are too large to be decoded whole: first at an eighth of their size, from the
// mean of each block of 8 x 8 samples, and with that comes an index of the file by which any rectangle of it is decoded
// later, at a half, a quarter or in full. A picture of 108 megapixels needs 5 MB so beside its file. What is progressive has
// no such index: its coefficients are kept, as many of each block as fit the memory that is given.
//
// Baseline, extended (8 bits) and progressive, Huffman coded: one, three or four components. Pure: bytes in, pixels out.
package jpegdc

import (
	"errors"
	"fmt"
)

// ErrUnsupported is for what is JPEG and not decoded here: arithmetic coding, 12 bits, lossless, hierarchical.
var ErrUnsupported = errors.New("this kind of JPEG is not read")

// An Image is a JPEG picture. Its methods First and Rest are called once, in that order; Region may then be called by
// several goroutines.
type Image struct {
	data        []byte
	width       int
	height      int
	comps       []component
	hMax, vMax  int
	mcusX       int
	mcusY       int
	progressive bool
	adobe       bool
	transform   byte
	jfif        bool
	rgb         bool
	damage      string

	quant   [4]*[64]int32
	dcTable [4]*huff
	acTable [4]*huff
	every   int // restart interval, 0 for none

	next  int     // where reading of segments goes on
	scans []*scan // of what is not progressive
	seen  int     // scans so far
	keep  int     // of progressive: rows and columns of coefficients that are kept of each block
	ended bool
}

// A component is one plane of samples.
type component struct {
	id         byte
	h, v       int
	tq         byte
	bw, bh     int // blocks in whole MCUs
	ownW, ownH int // blocks that have samples
	quant      *[64]int32
	mean       []uint8 // one sample for each block: the picture at an eighth
	dc         []int16 // progressive only
	ac         []int16
	nonzero    []uint64
	haveDC     bool
}

const maxScans = 200

// Open reads the head of a JPEG file up to its first scan.
func Open(data []byte) (*Image, error) {
	if len(data) < 4 || data[0] != 0xFF || data[1] != 0xD8 {
		return nil, errors.New("no JPEG")
	}
	if uint64(len(data)) > 1<<32-1 {
		return nil, fmt.Errorf("%w: 4 GiB", ErrUnsupported)
	}
	im := &Image{data: data, next: 2}
	sos, err := im.segments()
	if err != nil {
		return nil, err
	}
	if sos == nil {
		return nil, errors.New("no picture data")
	}
	im.next -= len(sos) + 4 // Scans are read again from their marker on.
	return im, nil
}

// Size gives pixels as they are stored.
func (im *Image) Size() (w, h int) { return im.width, im.height }

// Progressive says that Rest has something to do.
func (im *Image) Progressive() bool { return im.progressive }

// Damage says what is missing, "" for nothing; what is missing is grey.
func (im *Image) Damage() string { return im.damage }

// segments reads up to a scan and gives its header, nil for the end.
func (im *Image) segments() ([]byte, error) {
	for {
		p := im.next
		for p+1 < len(im.data) && (im.data[p] != 0xFF || im.data[p+1] == 0xFF || im.data[p+1] == 0 ||
			im.data[p+1] >= 0xD0 && im.data[p+1] <= 0xD7) {
			p++
		}
		if p+1 >= len(im.data) || im.data[p+1] == 0xD9 {
			im.next = len(im.data)
			return nil, nil
		}
		marker := im.data[p+1]
		if marker == 0x01 || marker == 0xD8 {
			im.next = p + 2
			continue
		}
		if p+4 > len(im.data) {
			im.next = len(im.data)
			return nil, nil
		}
		n := int(im.data[p+2])<<8 | int(im.data[p+3])
		if n < 2 || p+2+n > len(im.data) {
			im.next = len(im.data)
			return nil, nil
		}
		body := im.data[p+4 : p+2+n]
		im.next = p + 2 + n
		if marker == 0xDA {
			return body, im.check()
		}
		if err := im.segment(marker, body); err != nil {
			return nil, err
		}
	}
}

func (im *Image) check() error {
	if im.width == 0 {
		return errors.New("picture data before the size")
	}
	return nil
}

func (im *Image) segment(marker byte, body []byte) error {
	switch marker {
	case 0xC0, 0xC1, 0xC2:
		im.progressive = marker == 0xC2
		return im.frame(body)
	case 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF:
		return fmt.Errorf("%w: SOF%d", ErrUnsupported, marker-0xC0)
	case 0xC4:
		return im.huffman(body)
	case 0xDB:
		return im.quantization(body)
	case 0xDD:
		if len(body) >= 2 {
			im.every = int(body[0])<<8 | int(body[1])
		}
	case 0xE0:
		im.jfif = im.jfif || len(body) >= 5 && string(body[:5]) == "JFIF\x00"
	case 0xEE:
		if len(body) >= 12 && string(body[:5]) == "Adobe" {
			im.adobe, im.transform = true, body[11]
		}
	}
	return nil
}

// frame reads SOF: the size and the components.
func (im *Image) frame(b []byte) error {
	if im.width != 0 {
		return errors.New("two sizes")
	}
	if len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return errors.New("a short SOF")
	}
	if b[0] != 8 {
		return fmt.Errorf("%w: %d bits", ErrUnsupported, b[0])
	}
	h, w, n := int(b[1])<<8|int(b[2]), int(b[3])<<8|int(b[4]), int(b[5])
	if w == 0 || h == 0 {
		return fmt.Errorf("%w: no height", ErrUnsupported)
	}
	if n != 1 && n != 3 && n != 4 {
		return fmt.Errorf("%w: %d components", ErrUnsupported, n)
	}
	im.hMax, im.vMax = 1, 1
	blocks := 0
	for i := range n {
		c := component{id: b[6+3*i], h: int(b[7+3*i] >> 4), v: int(b[7+3*i] & 15), tq: b[8+3*i]}
		if n == 1 {
			c.h, c.v = 1, 1
		}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.tq > 3 {
			return errors.New("impossible sampling")
		}
		blocks += c.h * c.v
		im.hMax, im.vMax = max(im.hMax, c.h), max(im.vMax, c.v)
		im.comps = append(im.comps, c)
	}
	im.width, im.height = w, h
	im.mcusX, im.mcusY = up(w, 8*im.hMax), up(h, 8*im.vMax)
	for i := range im.comps {
		c := &im.comps[i]
		if im.hMax%c.h != 0 || im.vMax%c.v != 0 {
			return fmt.Errorf("%w: sampling %dx%d of %dx%d", ErrUnsupported, c.h, c.v, im.hMax, im.vMax)
		}
		c.bw, c.bh = im.mcusX*c.h, im.mcusY*c.v
		c.ownW, c.ownH = up(up(w*c.h, im.hMax), 8), up(up(h*c.v, im.vMax), 8)
	}
	return nil
}

func up(a, b int) int { return (a + b - 1) / b }

func (im *Image) huffman(b []byte) error {
	for len(b) >= 17 {
		class, id := b[0]>>4, b[0]&15
		if class > 1 || id > 3 {
			return errors.New("an impossible Huffman table")
		}
		h := &huff{}
		total := 0
		for i := 1; i <= 16; i++ {
			h.counts[i] = int(b[i])
			total += int(b[i])
		}
		if total > 256 || len(b) < 17+total {
			return errors.New("a short Huffman table")
		}
		h.values = b[17 : 17+total]
		if class == 0 {
			im.dcTable[id] = h
		} else {
			im.acTable[id] = h
		}
		b = b[17+total:]
	}
	return nil
}

func (im *Image) quantization(b []byte) error {
	for len(b) > 0 {
		wide, id := b[0]>>4, b[0]&15
		size := 64 << wide
		if wide > 1 || id > 3 || len(b) < 1+size {
			return errors.New("an impossible quantization table")
		}
		q := &[64]int32{}
		for k := range 64 {
			if wide == 1 {
				q[natural[k]] = int32(b[1+2*k])<<8 | int32(b[2+2*k])
			} else {
				q[natural[k]] = int32(b[1+k])
			}
		}
		im.quant[id] = q
		b = b[1+size:]
	}
	return nil
}
