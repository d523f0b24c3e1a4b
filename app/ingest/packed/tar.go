package packed

import (
	"archive/tar"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"

	"fonds/app/ingest/content"
)

// isTar says whether a file begins with a header of tar: its checksum says so, whatever the dialect.
func isTar(head []byte) bool {
	if len(head) < 512 {
		return false
	}
	sum, zero := 0, true
	for i, b := range head[:512] {
		zero = zero && b == 0
		if 148 <= i && i < 156 {
			b = ' '
		}
		sum += int(b)
	}
	said, figures := 0, 0
	for _, b := range bytes.Trim(head[148:156], " \x00") {
		if b < '0' || b > '7' {
			return false
		}
		said, figures = said*8+int(b-'0'), figures+1
	}
	return !zero && figures > 0 && said == sum
}

// tar hands on the members of a tar file, which are parts of it.
func (w *walk) tar() error {
	return w.members(func(*Budget) (io.Reader, error) { return bytes.NewReader(w.data), nil })
}

// tarStream is tar of what is unpacked while it is read.
func (w *walk) tarStream(kind string) error {
	return w.members(func(b *Budget) (io.Reader, error) {
		r, err := w.unpacked(kind, b)
		return &tail{r: r}, err
	})
}

// tail knows how many zeros it read last.
type tail struct {
	r     io.Reader
	zeros int
}

func (t *tail) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	zeros := n - len(bytes.TrimRight(p[:n], "\x00"))
	if zeros == n {
		zeros += t.zeros
	}
	t.zeros = zeros
	return n, err
}

// ended says whether what was read of a tar file ends in the block of zeros that ends one.
func ended(src io.Reader, data []byte) bool {
	if t, ok := src.(*tail); ok {
		return t.zeros >= 512
	}
	read := data[:len(data)-src.(*bytes.Reader).Len()]
	return len(read)-len(bytes.TrimRight(read, "\x00")) >= 512
}

// unpacked reads what is in a file of gzip or bzip2.
func (w *walk) unpacked(kind string, b *Budget) (*counted, error) {
	if kind == Bzip2 || kind == TarBzip2 {
		return &counted{w.ctx, bzip2.NewReader(bytes.NewReader(w.data)), b}, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(w.data))
	if err != nil {
		return nil, content.Refuse(content.Damaged, "its first bytes are not those of gzip: %v", err)
	}
	return &counted{w.ctx, z, b}, nil
}

// members reads a tar file twice: its names, which are decoded together, and its members. open opens it again, what is
// unpacked being counted in the budget.
func (w *walk) members(open func(*Budget) (io.Reader, error)) error {
	scan := *w.budget
	src, err := open(&scan)
	if err != nil {
		return err
	}
	var raw [][]byte
	broken := each(src, func(h *tar.Header, _ io.Reader) error {
		if len(raw) == mostEntries {
			return content.Refuse(content.TooMuch, "members %d > %d", len(raw)+1, mostEntries)
		}
		raw = append(raw, []byte(h.Name))
		return w.ctx.Err()
	})
	switch {
	case broken != nil && ends(broken):
		return broken
	case broken != nil && len(raw) == 0:
		return content.Refuse(content.Damaged, "it is a tar file whose first header cannot be read")
	}
	names := w.names(raw)
	if src, err = open(w.budget); err != nil {
		return err
	}
	n := 0
	err = each(src, func(h *tar.Header, r io.Reader) error {
		if n == len(names) {
			return content.Refuse(content.Damaged, "its headers are not the same when they are read again")
		}
		name := names[n]
		n++
		return w.tarMember(h, name, r, src)
	})
	if err == nil && n > 0 && !ended(src, w.data) {
		w.lost.say("The file does not end as a tar file does: it may have been cut short after %d members.", n)
	}
	if cut := (cutError{}); errors.As(err, &cut) {
		w.lost.say("The file is cut short or damaged after %d members: what comes behind them is missing.", n)
		return nil
	}
	return err
}

// cutError is that a tar file is broken from here on.
type cutError struct{ error }

// each calls do with every header and its data. The error is that of do, or says where the file is broken.
func each(src io.Reader, do func(*tar.Header, io.Reader) error) error {
	r := tar.NewReader(src)
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && ends(err) {
			return err
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return cutError{err}
		}
		if err := do(h, r); err != nil {
			return err
		}
	}
}

// tarMember hands one member on. Of a file that is in memory it is the part of it that src stands at.
func (w *walk) tarMember(h *tar.Header, name string, r, src io.Reader) error {
	switch h.Typeflag {
	case tar.TypeReg, '\x00', tar.TypeCont, tar.TypeGNUSparse:
	case tar.TypeDir:
		return w.ctx.Err()
	case tar.TypeLink, tar.TypeSymlink:
		w.lost.many("Links to other files, which are not followed: %d", name)
		return nil
	case tar.TypeXGlobalHeader:
		return nil
	case tar.TypeChar, tar.TypeBlock, tar.TypeFifo:
		w.lost.many("Devices and pipes, which are no files: %d", name)
		return nil
	default:
		w.lost.many("Members that are no files: %d", name)
		return nil
	}
	if strings.HasSuffix(name, "/") {
		return nil
	}
	room := w.budget.room()
	if _, inMemory := src.(*bytes.Reader); h.Size > room && !sparse(h) && !inMemory {
		w.lost.many("Members that are larger than may be unpacked: %d", name)
		return nil
	}
	var data []byte
	var err error
	whole, inMemory := src.(*bytes.Reader)
	give := w.hold
	switch {
	case inMemory && !sparse(h):
		at := int64(len(w.data) - whole.Len())
		give = w.give
		data = w.data[at:min(at+h.Size, int64(len(w.data)))]
		if int64(len(data)) < h.Size {
			err = io.ErrUnexpectedEOF
		}
	case inMemory: // with holes, which are filled: more than the file has
		data, err = gather(&counted{w.ctx, r, w.budget}, h.Size, int64(len(w.data)), room)
	default: // what src unpacks is counted there, but holes are not
		b := w.budget
		if !sparse(h) {
			b = nil
		}
		data, err = gather(&counted{w.ctx, r, b}, h.Size, int64(len(w.data)), room)
	}
	switch {
	case err != nil && ends(err):
		return err
	case errors.Is(err, errLarge):
		w.lost.many("Members that are larger than may be unpacked: %d", name)
		return nil
	case err != nil && len(data) == 0:
		w.lost.say("%s is missing: the file is cut short or damaged before it.", name)
		return cutError{err}
	case err != nil:
		w.lost.say("%s is cut short: %d of its %d bytes are there.", name, len(data), h.Size)
	}
	if over := give(content.Part{Name: name, Modified: h.ModTime.UTC(), Data: data}); over != nil {
		return over
	}
	if err != nil {
		return cutError{err}
	}
	return nil
}

// sparse says whether a member has holes, which are in no file.
func sparse(h *tar.Header) bool {
	if h.Typeflag == tar.TypeGNUSparse {
		return true
	}
	for k := range h.PAXRecords {
		if strings.HasPrefix(k, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// single hands on the one file that is in a file of gzip or bzip2.
func (w *walk) single(kind string) error {
	src, err := w.unpacked(kind, w.budget)
	if err != nil {
		return err
	}
	p := content.Part{Name: strings.TrimSuffix(path.Base(strings.ReplaceAll(w.o.Name, "\\", "/")), path.Ext(w.o.Name))}
	if z, ok := src.r.(*gzip.Reader); ok {
		p.Modified = z.ModTime
		if z.Name != "" {
			p.Name = w.headerName(z.Name)
		}
		if !p.Modified.IsZero() {
			p.Modified = p.Modified.UTC()
		}
	}
	data, err := gather(src, w.saidSize(kind), int64(len(w.data)), w.budget.room())
	switch {
	case err != nil && ends(err):
		return err
	case errors.Is(err, errLarge):
		return content.Refuse(content.TooMuch, "unpacked > %d", w.budget.room())
	case err != nil && len(data) == 0:
		return content.Refuse(content.Damaged, "nothing of it could be unpacked")
	case err != nil:
		w.lost.say("The file is cut short or damaged: what comes after the first %d bytes is missing.", len(data))
	}
	p.Data = data
	return w.hold(p)
}

// saidSize is what the last bytes of gzip say of the size, if that is what they are.
func (w *walk) saidSize(kind string) int64 {
	if kind != Gzip || len(w.data) < 18 {
		return -1
	}
	return int64(le.Uint32(w.data[len(w.data)-4:]))
}

// headerName is the name that a header of gzip has: bytes, which package gzip takes for Latin-1.
func (w *walk) headerName(latin string) string {
	raw := make([]byte, 0, len(latin))
	for _, r := range latin {
		raw = append(raw, byte(r))
	}
	return w.names([][]byte{raw})[0]
}
