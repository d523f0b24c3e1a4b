package pages

import "encoding/binary"

// State says how a row was come by.
type State int

// A row that the tree of its table leads to counts; one on a page that no tree
// leads to may be older than the last change; one on a page that was freed, or
// of an older image of a page, is old for certain.
const (
	Live State = iota
	Loose
	Old
)

// owners says of each page which table's tree leads to it: its place in the
// shapes + 1, or 0; freed for pages of the free list.
type owners []uint8

const freed = 255

// own walks the free list and the tree of every shape whose root can be found.
func (f *File) own(shapes []Shape) owners {
	o := make(owners, f.count+1)
	f.free(o)
	for name, root := range f.roots() {
		for i := range shapes {
			if shapes[i].Name == name {
				f.walkTree(root, o, uint8(i+1))
			}
		}
	}
	return o
}

// roots reads the schema, as far as it can be: which tree is which table's.
func (f *File) roots() map[string]uint32 {
	roots := map[string]uint32{}
	schema := []Shape{{Name: "schema", Columns: []Column{{Is: Text}, {Is: Text}, {Is: Text}, {Is: Int}, {Is: Text | Null}}}}
	o := make(owners, f.count+1)
	f.walkTree(1, o, 1)
	buf := make([]byte, f.page)
	var r Row
	for n := range o {
		if o[n] != 1 || f.read(uint32(n), buf) != nil {
			continue
		}
		f.cells(buf, uint32(n), func(p int, kind byte) {
			if f.cell(buf[:f.use], kind, p, &r) && schema[0].fits(&r) {
				name, err := r.Text(1)
				if root := r.Int(3); err == nil && root > 0 && root <= int64(f.count) {
					roots[name] = uint32(root)
				}
			}
		})
	}
	return roots
}

// cells calls yield for every cell that a page points to.
func (f *File) cells(b []byte, page uint32, yield func(p int, kind byte)) (whole bool) {
	n, ok := f.node(b, page == 1)
	if !ok {
		return false
	}
	whole = true
	for i := range n.cells {
		if p := n.pointer(i); p != 0 {
			yield(p, n.kind)
		} else {
			whole = false
		}
	}
	return whole
}

// walkTree gives to owner all pages that the tree under root leads to and that
// have no owner yet: a page has one, so that a circle ends.
func (f *File) walkTree(root uint32, o owners, owner uint8) {
	buf := make([]byte, f.page)
	for todo := []uint32{root}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == 0 || n > f.count || o[n] != 0 && o[n] != freed || f.read(n, buf) != nil {
			continue
		}
		page, ok := f.node(buf, n == 1)
		if !ok {
			continue
		}
		o[n] = owner
		if page.kind != tableInterior && page.kind != indexInterior {
			continue
		}
		for i := 0; i <= page.cells; i++ {
			todo = append(todo, page.child(i))
		}
	}
}

// free marks the pages of the free list (file format, 1.5).
func (f *File) free(o owners) {
	buf := make([]byte, f.page)
	if f.count == 0 || f.read(1, buf) != nil || string(buf[:16]) != magic {
		return
	}
	for n := binary.BigEndian.Uint32(buf[32:]); n > 1 && n <= f.count && o[n] == 0; n = binary.BigEndian.Uint32(buf) {
		o[n] = freed
		if f.read(n, buf) != nil {
			return
		}
		leaves := int(binary.BigEndian.Uint32(buf[4:]))
		if leaves > f.use/4-2 {
			return
		}
		for i := range leaves {
			if leaf := binary.BigEndian.Uint32(buf[8+4*i:]); leaf > 1 && leaf <= f.count {
				o[leaf] = freed
			}
		}
	}
}
