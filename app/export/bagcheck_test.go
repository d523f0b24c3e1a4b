package export

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// bagRead is a bag as the checker reads it, by RFC 8493 (BagIt 1.0) to the letter, and
// by the drafts before it where they let more pass.
type bagRead struct {
	dir      string
	version  [2]int
	encoding encoding.Encoding // of the tag files; nil is UTF-8
	payload  map[string]bool   // below data, as on the disk
	listed   map[string]map[string]string
	tags     map[string]map[string]string // of the tag manifests
}

func (b *bagRead) strict() bool { return b.version[0] >= 1 }

// checkBag says what is wrong with a bag; nil: it is valid.
func checkBag(dir string) error {
	b := &bagRead{dir: dir, payload: map[string]bool{}, listed: map[string]map[string]string{}, tags: map[string]map[string]string{}}
	for _, step := range []func() error{b.declaration, b.walk, b.manifests, b.complete, b.fetch, b.right, b.info} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// declaration reads bagit.txt (2.1.1): two lines, in UTF-8, without U+FEFF.
func (b *bagRead) declaration() error {
	data, err := os.ReadFile(filepath.Join(b.dir, "bagit.txt"))
	if err != nil {
		return err
	}
	lines := linesOf(string(data))
	if len(lines) != 2 {
		return fmt.Errorf("bagit.txt has %d lines", len(lines))
	}
	v := regexp.MustCompile(`^BagIt-Version: (\d+)\.(\d+)$`).FindStringSubmatch(lines[0])
	e := regexp.MustCompile(`^Tag-File-Character-Encoding: (\S+)$`).FindStringSubmatch(lines[1])
	if v == nil || e == nil {
		return fmt.Errorf("bagit.txt says %q", lines)
	}
	b.version[0], _ = strconv.Atoi(v[1])
	b.version[1], _ = strconv.Atoi(v[2])
	switch e[1] {
	case "UTF-8":
	case "ISO-8859-1":
		b.encoding = charmap.ISO8859_1
	case "UTF-16":
		b.encoding = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	default:
		return fmt.Errorf("the encoding %s", e[1])
	}
	return nil
}

func linesOf(s string) []string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// tag reads a tag file.
func (b *bagRead) tag(name string) ([]string, error) {
	data, err := os.ReadFile(filepath.Join(b.dir, name))
	if err == nil && b.encoding != nil {
		data, err = b.encoding.NewDecoder().Bytes(data)
	}
	if len(data) == 0 {
		return nil, err
	}
	return linesOf(string(data)), err
}

func (b *bagRead) walk() error {
	return filepath.WalkDir(filepath.Join(b.dir, "data"), func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return nil
		case !e.Type().IsRegular():
			return fmt.Errorf("%s is no file", path)
		}
		rel, err := filepath.Rel(b.dir, path)
		b.payload[filepath.ToSlash(rel)] = true
		return err
	})
}

var hashes = map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// manifests reads the manifests (2.1.3, 2.2.1).
func (b *bagRead) manifests() error {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		m := regexp.MustCompile(`^(tag)?manifest-([a-z0-9]+)\.txt$`).FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		if hashes[m[2]] == nil {
			return fmt.Errorf("%s: an algorithm nobody knows", e.Name())
		}
		of, is := b.listed, b.inPayload
		if m[1] != "" {
			of, is = b.tags, b.inTags
		}
		if of[m[2]], err = b.manifest(e.Name(), is); err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
	}
	if len(b.listed) == 0 {
		return errors.New("there is no payload manifest")
	}
	return nil
}

func (b *bagRead) manifest(name string, is func(path string) error) (map[string]string, error) {
	lines, err := b.tag(name)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, l := range lines {
		m := regexp.MustCompile(`^([0-9A-Fa-f]+)[ \t]+(.+)$`).FindStringSubmatch(l)
		if m == nil {
			return nil, fmt.Errorf("the line %q", l)
		}
		path, err := b.path(m[2])
		if err == nil {
			err = is(path)
		}
		if err != nil {
			return nil, err
		}
		sum := strings.ToLower(m[1])
		if was := out[path]; was != "" && (b.strict() || was != sum) {
			return nil, fmt.Errorf("%q is listed twice", path)
		}
		out[path] = sum
	}
	return out, nil
}

// path is a path as a manifest writes it, read (2.1.3). Before 1.0 a leading ./ and
// the * of md5sum were let pass, and % stood for itself.
func (b *bagRead) path(s string) (string, error) {
	decode := []string{"%0D", "\r", "%0d", "\r", "%0A", "\n", "%0a", "\n"}
	if b.strict() {
		if bare := regexp.MustCompile(`(?i)%(0D|0A|25)`).ReplaceAllString(s, ""); strings.Contains(bare, "%") {
			return "", fmt.Errorf("%q has a %% that stands for nothing", s)
		}
		decode = append(decode, "%25", "%")
	} else {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "*"), "./")
	}
	s = strings.NewReplacer(decode...).Replace(s)
	if strings.HasPrefix(s, "/") || strings.HasPrefix(s, "~") || strings.Contains(s, `\`) {
		return "", fmt.Errorf("%q leads out of the bag", s)
	}
	for name := range strings.SplitSeq(s, "/") {
		if name == "" || name == "." || name == ".." {
			return "", fmt.Errorf("%q leads astray", s)
		}
	}
	return s, nil
}

func (b *bagRead) inPayload(path string) error {
	if !strings.HasPrefix(path, "data/") {
		return fmt.Errorf("%q is not of the payload", path)
	}
	return nil
}

func (b *bagRead) inTags(path string) error {
	if strings.HasPrefix(path, "data/") || strings.HasPrefix(path, "tagmanifest-") {
		return fmt.Errorf("%q does not belong in a tag manifest", path)
	}
	return nil
}

// complete says whether each manifest lists every file that there is, and whether
// every file that is listed is there (3). Before 1.0 one manifest that did was enough.
func (b *bagRead) complete() error {
	for path := range b.payload {
		in := 0
		for _, m := range b.listed {
			if m[path] != "" {
				in++
			}
		}
		if in == 0 || b.strict() && in != len(b.listed) {
			return fmt.Errorf("%q is not listed", path)
		}
	}
	for _, m := range b.listed {
		for path := range m {
			if !b.payload[path] {
				return fmt.Errorf("%q is not there", path)
			}
		}
	}
	for _, m := range b.tags {
		for name := range b.listed {
			if b.strict() && m["manifest-"+name+".txt"] == "" {
				return fmt.Errorf("a tag manifest does not list manifest-%s.txt", name)
			}
		}
	}
	return nil
}

// fetch reads fetch.txt (2.2.3): what it wants to fetch is of the payload, and listed.
func (b *bagRead) fetch() error {
	lines, err := b.tag("fetch.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, l := range lines {
		m := regexp.MustCompile(`^(\S+)[ \t]+(-|\d+)[ \t]+(.+)$`).FindStringSubmatch(l)
		if m == nil {
			return fmt.Errorf("fetch.txt: the line %q", l)
		}
		path, err := b.path(m[3])
		if err == nil {
			err = b.inPayload(path)
		}
		if err != nil {
			return fmt.Errorf("fetch.txt: %w", err)
		}
		for _, of := range b.listed {
			if of[path] == "" {
				return fmt.Errorf("fetch.txt: %q is not listed", path)
			}
		}
	}
	return err
}

// right says whether every file has the sum that is listed.
func (b *bagRead) right() error {
	for _, of := range []map[string]map[string]string{b.listed, b.tags} {
		for algorithm, m := range of {
			for path, want := range m {
				data, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(path)))
				if err != nil {
					return err
				}
				h := hashes[algorithm]()
				h.Write(data)
				if got := hex.EncodeToString(h.Sum(nil)); got != want {
					return fmt.Errorf("%q has not its %s", path, algorithm)
				}
			}
		}
	}
	return nil
}

// info reads bag-info.txt (2.2.2).
func (b *bagRead) info() error {
	lines, err := b.tag("bag-info.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	form := regexp.MustCompile(`^[^\s:][^:]*[ \t]*:[ \t]*.*$`)
	if b.strict() {
		form = regexp.MustCompile(`^[^\s:]([^:]*[^\s:])?:[ \t].*$`)
	}
	oxums := 0
	for i, l := range lines {
		if i > 0 && (strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t")) {
			continue
		}
		if l == "" && !b.strict() {
			continue
		}
		if !form.MatchString(l) {
			return fmt.Errorf("bag-info.txt: the line %q", l)
		}
		label, value, _ := strings.Cut(l, ":")
		if !strings.EqualFold(strings.TrimSpace(label), "Payload-Oxum") {
			continue
		}
		if oxums++; oxums > 1 || strings.TrimSpace(value) != b.oxum() {
			return fmt.Errorf("bag-info.txt: Payload-Oxum %q, there are %s", value, b.oxum())
		}
	}
	return nil
}

func (b *bagRead) oxum() string {
	var n int64
	for path := range b.payload {
		if st, err := os.Stat(filepath.Join(b.dir, filepath.FromSlash(path))); err == nil {
			n += st.Size()
		}
	}
	return fmt.Sprintf("%d.%d", n, len(b.payload))
}

// isBag says whether a folder is one of the corpus's bags.
func isBag(dir string) bool {
	for _, name := range []string{"bagit.txt", "bag-info.txt", "data"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return bytes.HasSuffix([]byte(dir), []byte("bag"))
}
