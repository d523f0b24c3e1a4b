package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Found is a file that Scan saw: enough to read it, and to show progress against.
type Found struct {
	Path     string // below its root, slashes, escaped as EscapeName does; a root that is a file is its name
	Name     string // for the file system
	Order    int    // from 0 over all roots
	Size     int64  // bytes, when it was seen
	Modified time.Time
}

// Options of an import. The zero value is good.
type Options struct {
	Encoding string // WHATWG name of the encoding that all files are in; "" finds out for each
	MaxBytes int64  // files over this are refused without being opened; 0 is DefaultMaxBytes

	// Avoid says of a file that it must not be opened: the archive that this process has open, because closing it again
	// drops SQLite's locks on it (see avoid.go). It may be nil.
	Avoid func(fs.FileInfo) bool

	// Without says of a root that is not there or cannot be read that it is left out like any other file, and no error of
	// Scan. It may be nil.
	Without func(root string) bool

	afterRead func(name string) // for tests: called between reading a file and looking whether it changed
}

// DefaultMaxBytes is the largest file that is read where Options does not say otherwise.
const DefaultMaxBytes = 256 << 20

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// Scan lists the regular files at and under roots, folders depth first, names in the order in which people file them
// (2.txt before 10.txt), and says what it left out. It opens folders only.
//
// What belongs to an archive in the same folder (OfArchive) is passed over without a word.
//
// A hidden name (.name) is left out, unless it is a root. A link is followed where it leads to something inside its root;
// a folder is read once, however many ways lead to it (told by device and inode). err is for a root that is not there or
// cannot be read, where Options.Without does not say otherwise, and for a context that ended; then the other results hold
// what was found before.
func Scan(ctx context.Context, roots []string, opts Options) ([]Found, []Skip, error) {
	s := scanner{ctx: ctx, opts: opts, seen: map[any]string{}}
	for _, root := range roots {
		err := s.root(root)
		var bad *badRoot
		if errors.As(err, &bad) && opts.Without != nil && opts.Without(root) {
			if why := reasonOf(bad.err); why == Vanished { // it was not there to begin with
				s.skip(EscapeName(filepath.Base(root)), NotThere, "")
			} else {
				s.failed(EscapeName(filepath.Base(root)), why, bad.err)
			}
			continue
		}
		if err != nil {
			return s.found, s.skips, err
		}
	}
	return s.found, s.skips, nil
}

// badRoot is the error of a root that is not there or cannot be read.
type badRoot struct {
	words string
	err   error // what the system said
}

func (b *badRoot) Error() string { return b.words }

type scanner struct {
	ctx   context.Context
	opts  Options
	base  string // the real path of the present root
	seen  map[any]string
	found []Found
	skips []Skip
	links []link // to folders: after all folders that have that name themselves
}

type link struct{ name, path, target string }

func (s *scanner) root(root string) error {
	if root == "" {
		return errors.New("importing: a path is empty; name a file or a folder")
	}
	info, err := os.Stat(root)
	real := root
	if err == nil {
		real, err = filepath.EvalSymlinks(root)
	}
	if err == nil {
		real, err = filepath.Abs(real)
	}
	switch {
	case errors.Is(err, syscall.ELOOP):
		return &badRoot{fmt.Sprintf("importing %s: it is a link that leads back to itself", PrintName(EscapeName(root))), err}
	case errors.Is(err, fs.ErrNotExist):
		return &badRoot{fmt.Sprintf("importing %s: there is no file or folder of this name", PrintName(EscapeName(root))), err}
	case err != nil:
		return &badRoot{fmt.Sprintf("importing %s: %s", PrintName(EscapeName(root)), why(err)), err}
	}
	if !info.IsDir() {
		s.file(real, EscapeName(filepath.Base(root)), info)
		return s.ctx.Err()
	}
	s.base = real
	if err := s.dir(real, "", info); err != nil {
		return err
	}
	for len(s.links) > 0 {
		l := s.links[0]
		s.links = s.links[1:]
		info, err := os.Stat(l.target)
		if err != nil {
			s.failed(l.path, Unreadable, err)
			continue
		}
		if err := s.dir(l.target, l.path, info); err != nil {
			return err
		}
	}
	return nil
}

// dir takes in a folder; path is "" for the root.
func (s *scanner) dir(name, path string, info fs.FileInfo) error {
	key := inode(name, info)
	if before, ok := s.seen[key]; ok {
		s.skip(orDot(path), Repeated, before)
		return nil
	}
	s.seen[key] = orDot(path)
	entries, err := os.ReadDir(name)
	if err != nil {
		if path == "" {
			return &badRoot{fmt.Sprintf("importing the folder %s: %s", PrintName(EscapeName(name)), why(err)), err}
		}
		s.failed(path, Unreadable, err)
		return nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return lessName(a.Name(), b.Name()) })
	isArchive := func(file string) bool {
		info, err := os.Stat(filepath.Join(name, file))
		return err == nil && info.Mode().IsRegular() && (archiveName(file) || s.opts.Avoid != nil && s.opts.Avoid(info))
	}
	for _, e := range entries {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if OfArchive(e.Name(), e.IsDir(), isArchive) {
			continue
		}
		below := EscapeName(e.Name())
		if path != "" {
			below = path + "/" + below
		}
		if err := s.entry(filepath.Join(name, e.Name()), below, e); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) entry(name, path string, e fs.DirEntry) error {
	if strings.HasPrefix(e.Name(), ".") {
		s.skip(path, Hidden, "")
		return nil
	}
	if e.Type()&fs.ModeSymlink != 0 {
		s.link(name, path)
		return nil
	}
	info, err := e.Info()
	if err != nil {
		s.failed(path, reasonOf(err), err)
		return nil
	}
	if info.IsDir() {
		return s.dir(name, path, info)
	}
	s.file(name, path, info)
	return nil
}

// link follows a symbolic link whose end lies inside the root.
func (s *scanner) link(name, path string) {
	says, _ := os.Readlink(name)
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		s.skip(path, BrokenLink, EscapeName(says))
		return
	}
	if below, err := filepath.Rel(s.base, target); err != nil || below == ".." || strings.HasPrefix(below, ".."+string(filepath.Separator)) {
		s.skip(path, OutsideLink, EscapeName(says))
		return
	}
	info, err := os.Stat(target)
	switch {
	case err != nil:
		s.failed(path, reasonOf(err), err)
	case info.IsDir():
		s.links = append(s.links, link{name, path, target})
	default:
		s.file(target, path, info)
	}
}

func (s *scanner) file(name, path string, info fs.FileInfo) {
	if skip := s.opts.refuseUnopened(name, path, info); skip != nil {
		s.skips = append(s.skips, *skip)
		return
	}
	if strings.HasSuffix(name, path) {
		path = name[len(name)-len(path):] // one string is kept of the two
	}
	s.found = append(s.found, Found{Path: path, Name: name, Order: len(s.found), Size: info.Size(), Modified: info.ModTime()})
}

func (s *scanner) skip(path string, reason Reason, detail string) {
	s.skips = append(s.skips, Skip{Path: path, Reason: reason, Detail: detail})
}

// failed notes what the system did not give.
func (s *scanner) failed(path string, reason Reason, err error) {
	s.skips = append(s.skips, Skip{Path: path, Reason: reason, Detail: why(err), Err: err})
}

// refuseUnopened says what is wrong with a file that can be known without opening it.
func (o Options) refuseUnopened(name, path string, info fs.FileInfo) *Skip {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return &Skip{Path: path, Reason: NotRegular, Detail: "folder"}
	case mode&fs.ModeNamedPipe != 0:
		return &Skip{Path: path, Reason: NotRegular, Detail: "pipe"}
	case mode&fs.ModeSocket != 0:
		return &Skip{Path: path, Reason: NotRegular, Detail: "socket"}
	case mode&fs.ModeDevice != 0:
		return &Skip{Path: path, Reason: NotRegular, Detail: "device"}
	case !mode.IsRegular():
		return &Skip{Path: path, Reason: NotRegular, Detail: "special"}
	case o.Avoid != nil && o.Avoid(info):
		return &Skip{Path: path, Reason: ThisArchive}
	case archiveName(name):
		return &Skip{Path: path, Reason: AnArchive}
	case info.Size() == 0:
		return &Skip{Path: path, Reason: Empty}
	case info.Size() > o.maxBytes():
		return &Skip{Path: path, Reason: TooLarge, Detail: fmt.Sprintf("%d > %d", info.Size(), o.maxBytes())}
	}
	return nil
}

func orDot(path string) string {
	if path == "" {
		return "."
	}
	return path
}

// reasonOf tells a file that went away from one that cannot be read.
func reasonOf(err error) Reason {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return Vanished
	}
	return Unreadable
}

// why is what the system said, without the path that fs.PathError repeats.
func why(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
