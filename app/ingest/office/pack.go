package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"fonds/app/ingest/content"
)

// A pack is a ZIP file that is a document. It counts all that is unpacked of it.
type pack struct {
	ctx      context.Context
	size     int64                // bytes of the file
	unpacked int64                // bytes unpacked so far, of all parts
	files    map[string]*zip.File // by name as key has it; the first of several
	names    []string             // keys, in the order of the directory
	lost     []string             // what could not be taken of it
}

// key is the name of a part as it is looked up: OPC names do not distinguish case, and some programs write backslashes.
func key(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func openPack(ctx context.Context, data []byte) (*pack, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, content.Refuse(content.Damaged, "the list of its parts at its end cannot be read (%v)", err)
	}
	if len(zr.File) > content.MaxParts {
		return nil, content.Refuse(content.TooMuch, "parts %d > %d", len(zr.File), content.MaxParts)
	}
	p := &pack{ctx: ctx, size: int64(len(data)), files: make(map[string]*zip.File, len(zr.File))}
	for _, f := range zr.File {
		k := key(f.Name)
		if _, twice := p.files[k]; !twice && !strings.HasSuffix(f.Name, "/") {
			p.files[k] = f
			p.names = append(p.names, k)
		}
	}
	return p, nil
}

// has says whether there is such a part.
func (p *pack) has(name string) bool { return p.files[key(name)] != nil }

// open opens a part, which must be there.
func (p *pack) open(name string) (*gauge, error) {
	f := p.files[key(name)]
	if f == nil {
		return nil, content.Refuse(content.Damaged, "it has no part %s", name)
	}
	if f.Flags&1 != 0 {
		return nil, content.Refuse(content.Encrypted, "")
	}
	r, err := f.Open()
	if err != nil {
		return nil, content.Refuse(content.Damaged, "its part %s cannot be unpacked (%v)", name, err)
	}
	return &gauge{pack: p, from: r, name: name}, nil
}

// whole unpacks a part of at most limit bytes. Room is made for what its header says only as far as deflate could give it.
func (p *pack) whole(name string, limit int64) ([]byte, error) {
	g, err := p.open(name)
	if err != nil {
		return nil, err
	}
	f := p.files[key(name)]
	room := min(f.UncompressedSize64, f.CompressedSize64*1032+64, uint64(p.size)*1032)
	if int64(room) > limit || f.UncompressedSize64 > uint64(limit) {
		return nil, content.Refuse(content.TooMuch, "%s %d > %d", name, f.UncompressedSize64, limit)
	}
	buf := bytes.NewBuffer(make([]byte, 0, room+bytes.MinRead))
	if _, err = buf.ReadFrom(io.LimitReader(g, limit+1)); err != nil {
		return nil, err
	}
	if int64(buf.Len()) > limit {
		return nil, content.Refuse(content.TooMuch, "%s > %d", name, limit)
	}
	return buf.Bytes(), nil
}

// A gauge reads one part and stops where the limits are, or when the context ends.
type gauge struct {
	pack  *pack
	from  io.Reader
	name  string
	since int // bytes since the last token
}

func (g *gauge) Read(b []byte) (int, error) {
	if err := g.pack.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := g.from.Read(b)
	g.since += n
	g.pack.unpacked += int64(n)
	switch u := g.pack.unpacked; {
	case u > content.MaxUnpacked:
		return n, content.Refuse(content.TooMuch, "unpacked %d > %d", u, int64(content.MaxUnpacked))
	case u > 16<<20 && u/content.MaxRatio > g.pack.size:
		return n, content.Refuse(content.TooMuch, "unpacked bytes for each packed one > %d", content.MaxRatio)
	case g.since > maxToken:
		return n, content.Refuse(content.TooMuch, "bytes of one element of %s > %d", g.name, maxToken)
	}
	if err != nil && err != io.EOF && !errors.Is(err, zip.ErrChecksum) {
		err = content.Refuse(content.Damaged, "its part %s cannot be unpacked (%v)", g.name, err)
	}
	return n, err
}

// lose notes what could not be taken, once and not without end.
func (p *pack) lose(sentence string) {
	if len(p.lost) >= 100 {
		return
	}
	if sentence = line(strings.ToValidUTF8(sentence, "\uFFFD")); len(sentence) > 400 {
		sentence = strings.ToValidUTF8(sentence[:400], "") + "…"
	}
	for _, s := range p.lost {
		if s == sentence {
			return
		}
	}
	p.lost = append(p.lost, sentence)
}

// minor passes on what ends the reading of the whole file (the context, a limit) and notes any other error of a part
// that the text can do without.
func (p *pack) minor(err error, what string) error {
	var r *content.Refusal
	if err == nil {
		return nil
	}
	if !errors.As(err, &r) || r.Reason == content.TooMuch {
		return err
	}
	p.lose(what + ": " + r.Error())
	return nil
}
