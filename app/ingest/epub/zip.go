package epub

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"fonds/app/ingest/content"
)

// An archive is the ZIP file of a publication.
type archive struct {
	ctx      context.Context
	packed   int64 // bytes of the file
	unpacked int64 // bytes that were unpacked so far
	names    map[string]*zip.File
	folded   map[string]*zip.File // by lower case, for what was named carelessly
	lost     []string
}

func openZip(ctx context.Context, data []byte) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, content.Refuse(content.Damaged, "its ZIP directory cannot be read: %v", err)
	}
	if len(r.File) > content.MaxParts {
		return nil, content.Refuse(content.TooMuch, "files in it %d > %d", len(r.File), content.MaxParts)
	}
	z := &archive{ctx: ctx, packed: int64(len(data)), names: map[string]*zip.File{}, folded: map[string]*zip.File{}}
	for _, f := range r.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if _, twice := z.names[name]; !twice {
			z.names[name] = f
		}
		if lower := strings.ToLower(name); z.folded[lower] == nil {
			z.folded[lower] = f
		}
	}
	return z, nil
}

func (z *archive) find(name string) *zip.File {
	if f := z.names[name]; f != nil {
		return f
	}
	return z.folded[strings.ToLower(name)]
}

func (z *archive) has(name string) bool { return z.find(name) != nil }

// errMissing says that there is no such member.
var errMissing = errors.New("it is not in the file")

// read unpacks a member. What can be read of a damaged one is taken. A *content.Refusal is about the whole file.
func (z *archive) read(name string) ([]byte, error) {
	f := z.find(name)
	if f == nil {
		return nil, errMissing
	}
	if f.Flags&1 != 0 {
		return nil, content.Refuse(content.Encrypted, "")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out bytes.Buffer
	for buf := make([]byte, 64<<10); ; {
		if err := z.ctx.Err(); err != nil {
			return nil, err
		}
		n, err := r.Read(buf)
		out.Write(buf[:n])
		z.unpacked += int64(n)
		switch {
		case z.unpacked > content.MaxUnpacked:
			return nil, content.Refuse(content.TooMuch, "unpacked %d > %d", z.unpacked, content.MaxUnpacked)
		case z.unpacked > 16<<20 && z.unpacked/max(z.packed, 1) >= content.MaxRatio:
			return nil, content.Refuse(content.TooMuch, "unpacked %d of %d packed > %d for each", z.unpacked, z.packed, content.MaxRatio)
		case int64(out.Len()) > content.MaxText:
			return nil, content.Refuse(content.TooMuch, "%.100q unpacked %d > %d", name, out.Len(), content.MaxText)
		case err == io.EOF:
			return out.Bytes(), nil
		case err != nil && out.Len() > 0:
			z.lost = append(z.lost, strings.ToValidUTF8(fmt.Sprintf("%s is damaged: %v; what can be read of it was taken.", name, err), "\uFFFD"))
			return out.Bytes(), nil
		case err != nil:
			return nil, err
		}
	}
}

// fonts are the ways to scramble a font so that it is not copied: the text is not encrypted with it.
var fonts = map[string]bool{"http://www.idpf.org/2008/embedding": true, "http://ns.adobe.com/pdf/enc#RC": true}

// encrypted refuses a publication of which more is encrypted than fonts.
func (z *archive) encrypted() error {
	raw, err := z.read("META-INF/encryption.xml")
	if errors.Is(err, errMissing) {
		return nil
	} else if err != nil {
		return z.fatal(err, "META-INF/encryption.xml")
	}
	locked := false
	err = walkXML(z.ctx, raw, func(e xml.StartElement, _ []string) {
		if e.Name.Local == "EncryptionMethod" && !fonts[attr(e, "Algorithm")] {
			locked = true
		}
	}, nil)
	if locked {
		return content.Refuse(content.Encrypted, "")
	}
	if err != nil && z.endsAll(err) {
		return err
	}
	return nil
}

// packageName gives the name of the package document.
func (z *archive) packageName() (string, error) {
	var names []string
	raw, err := z.read("META-INF/container.xml")
	if err == nil {
		_ = walkXML(z.ctx, raw, func(e xml.StartElement, _ []string) {
			if e.Name.Local == "rootfile" && len(names) < 100 {
				names = append(names, attr(e, "full-path"))
			}
		}, nil)
	} else if z.endsAll(err) {
		return "", z.fatal(err, "META-INF/container.xml")
	}
	for _, name := range names {
		name = resolve("", name)
		if z.has(name) {
			return name, nil
		}
	}
	found := ""
	for name := range z.names {
		if strings.HasSuffix(strings.ToLower(name), ".opf") && (found == "" || name < found) {
			found = name
		}
	}
	if found == "" {
		return "", content.Refuse(content.NotIt, "it has no package document: it is no EPUB")
	}
	return found, nil
}

// fatal gives err as what ends the reading: that of ctx, or a refusal of the whole file.
func (z *archive) fatal(err error, name string) error {
	if done := z.ctx.Err(); done != nil {
		return done
	}
	if r, ok := errors.AsType[*content.Refusal](err); ok {
		return r
	}
	return content.Refuse(content.Damaged, "%s cannot be read: %v", name, err)
}

// endsAll says whether err is about the whole file, not about one member.
func (z *archive) endsAll(err error) bool {
	_, refused := errors.AsType[*content.Refusal](err)
	return refused || z.ctx.Err() != nil
}

// resolve gives the name of the member that href means in the member base, without what stands behind #. It never
// leaves the file: members are looked up by name.
func resolve(base, href string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(href), "#")
	name = strings.ReplaceAll(unescape(name), `\`, "/")
	if name == "" {
		return base
	}
	if strings.HasPrefix(name, "/") {
		return strings.TrimPrefix(path.Clean(name), "/")
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(base), name), "/")
}

// unescape writes %20 as the byte it stands for. What stands for none stays.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out.WriteByte(byte(b))
				i += 2
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
