package export

import (
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
)

// Format bagit: bagit/, a bag as RFC 8493 (BagIt 1.0) describes it. Its payload is
// what the other formats wrote and, below originals, the originals that may be given
// out; where the format ro-crate was chosen too it is the crate, which has all of
// that. SHA-256 and SHA-512, because the RFC asks for the latter (2.4).

const bagFolder = "bagit/"

func init() { formats["bagit"] = format{around: bagged, last: 2} }

// bag is one that is being filled.
type bag struct {
	j     *job
	lines map[string][]string // of each manifest
	bytes int64
	files int
}

func bagged(j *job, m *Manifest) (map[string]int, error) {
	b := &bag{j: j, lines: map[string][]string{}}
	originals, err := b.fill(slices.Contains(j.o.Formats, "ro-crate"))
	if err != nil {
		return nil, err
	}
	tags := []struct{ name, text string }{
		{"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
		{"bag-info.txt", b.info(m)},
		{"manifest-sha256.txt", b.manifest("sha256")},
		{"manifest-sha512.txt", b.manifest("sha512")},
	}
	tagged := ""
	for _, t := range tags {
		if err := j.file(bagFolder+t.name, func(w io.Writer) error { _, err := io.WriteString(w, t.text); return err }); err != nil {
			return nil, err
		}
		tagged += j.files[len(j.files)-1].SHA256 + "  " + t.name + "\n"
	}
	err = j.file(bagFolder+"tagmanifest-sha256.txt", func(w io.Writer) error { _, err := io.WriteString(w, tagged); return err })
	return map[string]int{"documents": m.Set.Documents, "files": b.files, "originals": originals}, err
}

// fill copies the payload, and says how many originals are in it.
func (b *bag) fill(crate bool) (int, error) {
	if crate {
		return len(b.j.whole), b.fillWith(slices.DeleteFunc(slices.Clone(b.j.files), func(f File) bool { return !strings.HasPrefix(f.Path, crateFolder) }), crateFolder)
	}
	if err := b.fillWith(b.j.carried(), ""); err != nil {
		return 0, err
	}
	sums := map[string]hash.Hash{}
	originals, err := b.j.originals(bagFolder+"data/", func(to string) io.Writer {
		sums[to] = sha512.New()
		return sums[to]
	})
	for _, o := range originals {
		b.list(o.File, sums[o.Path])
	}
	return len(originals), err
}

// fillWith copies files, whose paths lose what they begin with.
func (b *bag) fillWith(files []File, begin string) error {
	for _, f := range files {
		sum := sha512.New()
		got, err := b.j.copied(f, bagFolder+"data/"+strings.TrimPrefix(f.Path, begin), sum)
		if err != nil {
			return err
		}
		b.list(got, sum)
	}
	return nil
}

// list puts a file of the payload into the manifests.
func (b *bag) list(f File, sum hash.Hash) {
	path := bagPath(strings.TrimPrefix(f.Path, bagFolder))
	b.lines["sha256"] = append(b.lines["sha256"], path+"\x00"+f.SHA256)
	b.lines["sha512"] = append(b.lines["sha512"], path+"\x00"+hex.EncodeToString(sum.Sum(nil)))
	b.bytes += f.Bytes
	b.files++
}

// manifest is a payload manifest (RFC 8493, 2.1.3), by path.
func (b *bag) manifest(algorithm string) string {
	var out strings.Builder
	slices.Sort(b.lines[algorithm])
	for _, l := range b.lines[algorithm] {
		path, sum, _ := strings.Cut(l, "\x00")
		out.WriteString(sum + "  " + path + "\n")
	}
	return out.String()
}

// bagPath is a path as a manifest names it: CR, LF and % are escaped, and nothing
// else is (2.1.3).
func bagPath(path string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(path)
}

// info is bag-info.txt (2.2.2). No line is folded: a reader has to put folded ones
// together again, and none has to be short.
func (b *bag) info(m *Manifest) string {
	var out strings.Builder
	put := func(label, value string) {
		if value = strings.Join(strings.Fields(legal(value)), " "); value != "" {
			fmt.Fprintf(&out, "%s: %s\n", label, value)
		}
	}
	put("Bagging-Date", m.day())
	put("External-Description", fmt.Sprintf("%s. %d documents, with what was said of them.", m.Title, m.Set.Documents))
	if m.Edition > 0 {
		put("External-Identifier", "edition "+digits(m.Edition))
	}
	put("Bag-Size", bagSize(b.bytes))
	put("Payload-Oxum", fmt.Sprintf("%d.%d", b.bytes, b.files))
	put("Bag-Software-Agent", "Fonds "+m.Version)
	return out.String()
}

// bagSize is a length for people.
func bagSize(n int64) string {
	unit := "B"
	x := float64(n)
	for _, next := range []string{"kB", "MB", "GB", "TB"} {
		if x < 1000 {
			break
		}
		x, unit = x/1000, next
	}
	if unit == "B" {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", x, unit)
}
