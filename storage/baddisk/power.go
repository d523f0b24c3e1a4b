package baddisk

import (
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// A loss of power. What a disk holds after one: of a file, everything written
// before its last sync, and of what was written since any sectors whatever; of a
// folder, every name made, changed or taken away before its last sync, and of
// what was done to names since a beginning, as file systems keep those in order.
// That a file was synced says nothing of its name (POSIX, fsync).

// sector is what a disk writes wholly or not at all, in bytes.
const sector = 512

// Loss is a loss of power.
type Loss struct {
	At     int        // how many calls of the journal had happened
	Arrive float64    // how much of what was not synced is on the disk all the same, 0 to 1
	Rand   *rand.Rand // which of it
	// Lie says of a sync of the journal, by its place there, that it did nothing.
	// nil: all did what they said.
	Lie func(i int) bool
}

// node is a file or a folder of a disk.
type node struct {
	folder  bool
	base    []byte           // a file, as Watch found it
	changes []change         // of a file
	names   map[string]*node // of a folder, as Watch found it
	synced  []int            // the calls that synced it
}

// change is a write or a truncation of a file.
type change struct {
	i    int
	off  int64
	data []byte
	cut  bool // to off
}

// rename is a change of names: a node goes from one to another; from nowhere
// where it is made, to nowhere where it is taken away.
type rename struct {
	i              int
	node           *node
	from, to       *node // folders, or nil
	fromName, name string
}

func (r rename) folder() *node {
	if r.to != nil {
		return r.to
	}
	return r.from
}

// image is a folder with all in it.
type image struct {
	root *node
	inos map[uint64]*node
}

func newFolder() *node { return &node{folder: true, names: map[string]*node{}} }

func imageOf(dir string) (*image, error) {
	im := &image{inos: map[uint64]*node{}}
	at := map[string]*node{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		st, err := e.Info()
		if err != nil {
			return err
		}
		n := &node{}
		if e.IsDir() {
			n = newFolder()
			at[path] = n
		} else if n.base, err = os.ReadFile(path); err != nil {
			return err
		}
		if sys, ok := st.Sys().(*syscall.Stat_t); ok {
			im.inos[sys.Ino] = n
		}
		if path == dir {
			im.root = n
		} else {
			at[filepath.Dir(path)].names[e.Name()] = n
		}
		return nil
	})
	return im, err
}

// story is a journal told over an image: what became of which file.
type story struct {
	root    *node
	nodes   map[uint64]*node
	live    map[*node]map[string]*node // the names as they were last
	renames []rename
}

func (d *Disk) story(calls []Call) *story {
	s := &story{root: newFolder(), nodes: map[uint64]*node{}, live: map[*node]map[string]*node{}}
	copies := map[*node]*node{}
	var copyOf func(n *node) *node
	copyOf = func(n *node) *node {
		if c := copies[n]; c != nil {
			return c
		}
		c := &node{folder: n.folder, base: n.base}
		copies[n] = c
		if n.folder {
			c.names = map[string]*node{}
			s.live[c] = map[string]*node{}
			for name, under := range n.names {
				u := copyOf(under)
				c.names[name], s.live[c][name] = u, u
			}
		}
		return c
	}
	s.root = copyOf(d.before.root)
	for ino, n := range d.before.inos {
		s.nodes[ino] = copyOf(n)
	}
	for i, c := range calls {
		if c.Err == 0 {
			s.tell(d.dir, i, c)
		}
	}
	return s
}

// find is the folder in which a path lies, and the path's last name; nil where
// it lies elsewhere.
func (s *story) find(dir, path string) (*node, string) {
	rel, ok := strings.CutPrefix(path, dir+"/")
	if !ok {
		return nil, ""
	}
	parts := strings.Split(rel, "/")
	at := s.root
	for _, p := range parts[:len(parts)-1] {
		if at = s.live[at][p]; at == nil {
			return nil, ""
		}
	}
	return at, parts[len(parts)-1]
}

func (s *story) tell(dir string, i int, c Call) {
	n := s.nodes[c.Ino]
	switch c.Kind {
	case Create, Mkdir:
		n = &node{folder: c.Kind == Mkdir}
		if n.folder {
			n.names = map[string]*node{}
			s.live[n] = map[string]*node{}
		}
		s.nodes[c.Ino] = n
		s.name(dir, i, n, "", c.Path)
	case Write:
		if n != nil && len(c.Data) > 0 {
			n.changes = append(n.changes, change{i: i, off: c.Off, data: c.Data})
		}
	case Truncate:
		if n != nil {
			n.changes = append(n.changes, change{i: i, off: c.Off, cut: true})
		}
	case Sync:
		if n != nil {
			n.synced = append(n.synced, i)
		}
	case Rename:
		s.name(dir, i, n, c.Path, c.To)
	case Link:
		s.name(dir, i, n, "", c.To)
	case Unlink:
		s.name(dir, i, n, c.Path, "")
	}
}

func (s *story) name(dir string, i int, n *node, from, to string) {
	r := rename{i: i, node: n}
	if from != "" {
		r.from, r.fromName = s.find(dir, from)
	}
	if to != "" {
		r.to, r.name = s.find(dir, to)
	}
	if n == nil || r.folder() == nil {
		return
	}
	r.apply(s.live)
	s.renames = append(s.renames, r)
}

func (r rename) apply(names map[*node]map[string]*node) {
	if r.from != nil {
		delete(names[r.from], r.fromName)
	}
	if r.to != nil {
		names[r.to][r.name] = r.node
	}
}

// After writes into dst, an empty folder, a disk that a loss of power may have
// left. Files that SQLite shares between processes by memory (-shm) are left
// out: they hold nothing.
func (d *Disk) After(calls []Call, l Loss, dst string) {
	d.t.Helper()
	s := d.story(calls[:l.At])
	if err := s.write(s.root, s.names(l), l, dst); err != nil {
		d.t.Fatal(err)
	}
}

// lastSync is the place of the last sync of n that did what it said, or -1.
func (l Loss) lastSync(n *node) int {
	for k := len(n.synced) - 1; k >= 0; k-- {
		if i := n.synced[k]; l.Lie == nil || !l.Lie(i) {
			return i
		}
	}
	return -1
}

// names are those on the disk, by folder.
func (s *story) names(l Loss) map[*node]map[string]*node {
	names := map[*node]map[string]*node{}
	for folder := range s.live {
		names[folder] = map[string]*node{}
		for name, n := range folder.names {
			names[folder][name] = n
		}
	}
	cut := map[*node]bool{} // folders of which no later change has arrived
	for _, r := range s.renames {
		f := r.folder()
		if r.i > l.lastSync(f) && (cut[f] || l.Rand.Float64() >= l.Arrive) {
			cut[f] = true
			continue
		}
		r.apply(names)
	}
	return names
}

func (s *story) write(n *node, names map[*node]map[string]*node, l Loss, dst string) error {
	for name, under := range names[n] {
		at := filepath.Join(dst, name)
		if under.folder {
			if err := os.Mkdir(at, 0o777); err != nil {
				return err
			}
			if err := s.write(under, names, l, at); err != nil {
				return err
			}
			continue
		}
		if strings.HasSuffix(name, "-shm") {
			continue
		}
		if err := os.WriteFile(at, under.content(l), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// content is what the disk holds of a file.
func (n *node) content(l Loss) []byte {
	data := append([]byte(nil), n.base...)
	safe := l.lastSync(n)
	for _, c := range n.changes {
		switch {
		case c.i <= safe:
			data = c.apply(data)
		case c.cut:
			if l.Rand.Float64() < l.Arrive {
				data = c.apply(data)
			}
		default:
			for len(c.data) > 0 {
				size := min(int64(len(c.data)), sector-c.off%sector)
				if l.Rand.Float64() < l.Arrive {
					data = change{off: c.off, data: c.data[:size]}.apply(data)
				}
				c.off, c.data = c.off+size, c.data[size:]
			}
		}
	}
	return data
}

func (c change) apply(data []byte) []byte {
	size := c.off
	if !c.cut {
		size += int64(len(c.data))
	}
	if int64(len(data)) < size {
		data = append(data, make([]byte, size-int64(len(data)))...)
	}
	if c.cut {
		return data[:size]
	}
	copy(data[c.off:], c.data)
	return data
}
