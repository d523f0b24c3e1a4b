package pages

import (
	"encoding/binary"
	"io"
)

const (
	walHead   = 32
	frameHead = 24
)

// walHeader is the beginning of a write-ahead log (file format, 4.1).
type walHeader struct {
	page  int
	order binary.ByteOrder // of the words that are summed
	salts [8]byte
	sum   [2]uint32
	sound bool // its own checksum says so
}

func readWalHeader(wal io.ReaderAt) *walHeader {
	b := make([]byte, walHead)
	if n, _ := wal.ReadAt(b, 0); n < walHead {
		return nil
	}
	h := &walHeader{order: binary.LittleEndian}
	magic := binary.BigEndian.Uint32(b)
	if magic&1 == 1 {
		h.order = binary.BigEndian
	}
	h.page = pageSize(int(binary.BigEndian.Uint32(b[8:])))
	copy(h.salts[:], b[16:24])
	h.sum = [2]uint32{binary.BigEndian.Uint32(b[24:]), binary.BigEndian.Uint32(b[28:])}
	h.sound = magic&^1 == 0x377f0682 && h.page != 0 && checksum(h.order, [2]uint32{}, b[:24]) == h.sum
	return h
}

// checksum goes on from sum over b, whose length is a multiple of 8 (4.2).
func checksum(order binary.ByteOrder, sum [2]uint32, b []byte) [2]uint32 {
	for ; len(b) >= 8; b = b[8:] {
		sum[0] += order.Uint32(b) + sum[1]
		sum[1] += order.Uint32(b[4:]) + sum[0]
	}
	return sum
}

// frame is one image in the write-ahead log whose checksum is right.
type frame struct {
	at     int64 // of the image
	page   uint32
	commit uint32 // pages of the database after it, where it ends a transaction
	salts  [8]byte
}

// readWal finds the image of each page that counts: the latest of those that a
// commit follows (4.3). SQLite stops at the first checksum that is wrong. Each
// checksum goes on from the one written before it, so that what follows a
// damaged image can still be told from noise: it is taken too.
func (f *File) readWal(h *walHeader, size int64) {
	var all []frame
	b := make([]byte, frameHead+f.page)
	last := h.sum
	if !h.sound {
		h.order = binary.LittleEndian // what every SQLite of today writes
	}
	for at := int64(walHead); at+int64(len(b)) <= size; at += int64(len(b)) {
		if n, _ := f.wal.ReadAt(b, at); n < len(b) {
			break
		}
		said := [2]uint32{binary.BigEndian.Uint32(b[16:]), binary.BigEndian.Uint32(b[20:])}
		sum := checksum(h.order, last, b[:8])
		sum = checksum(h.order, sum, b[frameHead:])
		last = said
		fr := frame{at + frameHead, binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), [8]byte(b[8:16])}
		if sum == said && fr.page != 0 {
			all = append(all, fr)
		}
	}
	// SQLite leaves no holes: a number beyond the images there are is noise.
	most := f.count + uint32(len(all))
	salts := h.salts
	if !h.sound && len(all) > 0 {
		salts = all[0].salts
	}
	end, pages := -1, uint32(0)
	for i, fr := range all {
		if fr.salts == salts && fr.commit != 0 {
			end, pages = i, fr.commit
		}
	}
	for i, fr := range all {
		old, there := f.frames[fr.page]
		switch {
		case fr.salts != salts || i > end || fr.page > min(pages, most):
			f.spares = append(f.spares, fr.at)
		default:
			if there {
				f.spares = append(f.spares, old)
			}
			f.frames[fr.page] = fr.at
			f.count = max(f.count, fr.page)
		}
	}
}
