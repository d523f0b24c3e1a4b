package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// magic begins every SQLite database (file format, 1.3.1).
const magic = "SQLite format 3\x00"

// ErrLost is said of a row that runs over pages which are not there, cannot be
// read, or lead nowhere.
var ErrLost = errors.New("a part of the row is lost")

// File is a database open for reading. It is used by one goroutine.
type File struct {
	db    io.ReaderAt
	size  int64 // bytes of db
	wal   io.ReaderAt
	page  int    // bytes of a page
	use   int    // of which hold content: the rest is reserved (1.3.4)
	count uint32 // pages, those that lie in the write-ahead log only included

	frames map[uint32]int64 // where in wal the committed image of a page begins
	spares []int64          // images in wal that are older, or of no commit that is known
	bad    map[uint32]bool  // pages that the disk would not give
}

// Open reads what stands before the pages. wal is nil where there is none.
// Anything is opened: what is no database has no rows.
func Open(db io.ReaderAt, size int64, wal io.ReaderAt, walSize int64) *File {
	f := &File{db: db, size: size, wal: wal, frames: map[uint32]int64{}, bad: map[uint32]bool{}}
	head := make([]byte, 100)
	n, _ := db.ReadAt(head, 0)
	clear(head[n:])
	whole := string(head[:16]) == magic
	if whole {
		f.page = pageSize(int(binary.BigEndian.Uint16(head[16:])))
	}
	var log *walHeader
	if wal != nil {
		log = readWalHeader(wal)
		if log != nil && log.sound {
			f.page = log.page
		}
	}
	if f.page == 0 {
		f.page = f.guess()
	}
	f.use = f.page
	if whole && int(head[20]) <= f.page-480 { // "The usable size is not allowed to be less than 480" (1.3.4)
		f.use -= int(head[20])
	}
	f.count = uint32(min((size+int64(f.page)-1)/int64(f.page), 1<<32-2))
	if log != nil {
		f.readWal(log, walSize)
	}
	return f
}

// pageSize is the size that a header gives, or 0 where it gives none (1.3.2).
func pageSize(v int) int {
	if v == 1 {
		v = 65536
	}
	if v < 512 || v > 65536 || v&(v-1) != 0 {
		return 0
	}
	return v
}

// guess finds the size of a page where the header is lost: that by which most
// pages look like pages of rows.
func (f *File) guess() int {
	best, most := 4096, 0
	for size := 512; size <= 65536; size *= 2 {
		g := File{db: f.db, size: f.size, page: size, use: size, bad: map[uint32]bool{}}
		g.count = uint32(min(f.size/int64(size), 1<<32-2))
		step := max(g.count/4096, 1)
		fits, buf := 0, make([]byte, size)
		for n := uint32(2); n <= g.count && n >= 2; n += step {
			if g.read(n, buf) == nil && orderly(buf, size) {
				fits += int(step)
			}
		}
		if fits > most {
			best, most = size, fits
		}
	}
	return best
}

// Pages is how many pages the file has, and how many of them the disk refused
// to give so far.
func (f *File) Pages() (all, refused int) { return int(f.count), len(f.bad) }

// read fills buf with the image of page n that counts. What the file is too
// short for is zero.
func (f *File) read(n uint32, buf []byte) error {
	if n == 0 || n > f.count {
		return fmt.Errorf("page %d: %w", n, ErrLost)
	}
	from, at := f.db, int64(n-1)*int64(f.page)
	if off, ok := f.frames[n]; ok {
		from, at = f.wal, off
	}
	return f.readAt(from, at, n, buf)
}

func (f *File) readAt(from io.ReaderAt, at int64, n uint32, buf []byte) error {
	got, err := from.ReadAt(buf, at)
	clear(buf[got:])
	if got == 0 || err != nil && !errors.Is(err, io.EOF) {
		f.bad[n] = true
		return fmt.Errorf("page %d: %w", n, ErrLost)
	}
	return nil
}

// images is how many images there are to look at: pages, then spares.
func (f *File) images() int { return int(f.count) + len(f.spares) }

// image reads image i, from 0; n is the number of its page, 0 where it is a
// spare.
func (f *File) image(i int, buf []byte) (n uint32, err error) {
	if i < int(f.count) {
		n = uint32(i) + 1
		return n, f.read(n, buf)
	}
	return 0, f.readAt(f.wal, f.spares[i-int(f.count)], 0, buf)
}
