package pages

import "encoding/binary"

// The types of b-tree pages (file format, 1.6).
const (
	indexInterior = 0x02
	tableInterior = 0x05
	indexLeaf     = 0x0a
	tableLeaf     = 0x0d
)

// node is a page as a b-tree has it.
type node struct {
	kind  byte
	head  int // bytes of its header
	cells int
	start int    // of the header: 100 on the first page
	b     []byte // the content of the page, without what is reserved
}

// node reads the header of a page; first says that it is page 1. It is false
// where the page is none of a b-tree.
func (f *File) node(b []byte, first bool) (node, bool) {
	n := node{b: b[:f.use], head: 8}
	if first {
		n.start = 100
	}
	n.kind = b[n.start]
	switch n.kind {
	case indexInterior, tableInterior:
		n.head = 12
	case indexLeaf, tableLeaf:
	default:
		return n, false
	}
	n.cells = int(binary.BigEndian.Uint16(b[n.start+3:]))
	return n, n.start+n.head+2*n.cells <= len(n.b)
}

// pointer is where cell i begins, or 0 where it points out of the page.
func (n *node) pointer(i int) int {
	first := n.start + n.head
	p := int(binary.BigEndian.Uint16(n.b[first+2*i:]))
	if p < first+2*n.cells || p >= len(n.b) {
		return 0
	}
	return p
}

// orderly says whether a page looks whole: it is of a b-tree, has cells, and
// every one of them points behind the pointers.
func orderly(b []byte, use int) bool {
	f := &File{page: use, use: use}
	n, ok := f.node(b, false)
	if !ok || n.cells == 0 {
		return false
	}
	content := int(binary.BigEndian.Uint16(b[5:]))
	for i := range n.cells {
		if p := n.pointer(i); p == 0 || p < content {
			return false
		}
	}
	return true
}

// child is the page that an interior cell leads to; i == cells is the last.
func (n *node) child(i int) uint32 {
	if i == n.cells {
		return binary.BigEndian.Uint32(n.b[n.start+8:])
	}
	p := n.pointer(i)
	if p == 0 || p+4 > len(n.b) {
		return 0
	}
	return binary.BigEndian.Uint32(n.b[p:])
}

// cell reads the cell at p of a page of a kind into r. It is false where no
// record can stand there. A table's interior cells hold no record.
func (f *File) cell(b []byte, kind byte, p int, r *Row) bool {
	r.Place.at = uint16(p)
	if kind == indexInterior {
		p += 4
	}
	if p >= len(b) || kind == tableInterior {
		return false
	}
	size, n := varint(b[p:])
	if n == 0 || size == 0 || size > uint64(f.count)*uint64(f.page) {
		return false
	}
	p += n
	r.f, r.ID, r.next, r.size = f, 0, 0, int64(size)
	if kind == tableLeaf {
		id, n := varint(b[p:])
		if n == 0 {
			return false
		}
		r.ID = int64(id)
		p += n
	}
	here, over := f.local(kind, r.size)
	if p+here > len(b) || over && p+here+4 > len(b) {
		return false
	}
	r.local = b[p : p+here]
	if over {
		r.next = binary.BigEndian.Uint32(b[p+here:])
	}
	return r.parse()
}

// local is how much of a record of that size lies on the page itself, and
// whether the rest lies on others (1.7).
func (f *File) local(kind byte, size int64) (here int, over bool) {
	most := f.use - 35
	if kind != tableLeaf {
		most = (f.use-12)*64/255 - 23
	}
	if size <= int64(most) {
		return int(size), false
	}
	least := (f.use-12)*32/255 - 23
	k := least + int((size-int64(least))%int64(f.use-4))
	if k <= most {
		return k, true
	}
	return least, true
}
