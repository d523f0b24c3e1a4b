package mojibake

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fonds/assets"
)

// shared is a file or folder of others beside the repository, or below FONDS_SHARED.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("FONDS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not on this machine; FONDS_SHARED says where such things are", name)
	}
	return path
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// laws gives the statutes, those that the table is made of and those that are kept for tests.
func laws(t testing.TB) (made, kept []string) {
	t.Helper()
	var files []string
	err := filepath.WalkDir(shared(t, "corpora/zh-laws/docs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	for i, f := range files {
		if i%4 == 3 {
			kept = append(kept, readFile(t, f))
		} else {
			made = append(made, readFile(t, f))
		}
	}
	return made, kept
}

var (
	listOf = regexp.MustCompile("const (hant|kanji|hangul) = `([^`]*)`")
	markup = regexp.MustCompile("<[^>]*>")
)

// TestMakeTable makes table.bin; it is no test.
func TestMakeTable(t *testing.T) {
	if os.Getenv("FONDS_MAKE_TABLE") == "" {
		t.Skip("FONDS_MAKE_TABLE=1 makes table.bin anew")
	}
	c := newCounts()
	made, _ := laws(t)
	for _, text := range made {
		c.add(text, 1)
	}
	for _, text := range samples(t) {
		c.add(markup.ReplaceAllString(text, " "), 1)
	}
	for word := range strings.FieldsSeq(commonWords(t)) {
		for prev, r := range inner(word) { // inside a word only: where it stands in a sentence is not known
			c.addPair(uint32(prev)<<16|uint32(r), 1)
		}
		for _, r := range word {
			if isHan(r) {
				c.addSingle(r, 1)
			}
		}
	}
	for line := range strings.Lines(readFile(t, "testdata/places.txt")) {
		if place, nouns, ok := strings.Cut(line, " "); ok && place != "#" {
			for noun := range strings.FieldsSeq(nouns) {
				p, _ := utf8.DecodeLastRuneInString(noun)
				r, _ := utf8.DecodeRuneInString(place)
				c.addPair(uint32(p)<<16|uint32(r), 2)
				c.addPair(uint32(r)<<16, 1)
			}
		}
	}
	var out []byte
	out = putCounts(out, c.single)
	out = putCounts(out, c.pairs)
	lists := map[string][]rune{}
	for _, m := range listOf.FindAllStringSubmatch(readFile(t, "../ingest/common.go"), -1) {
		lists[m[1]] = []rune(strings.Join(strings.Fields(m[2]), ""))
	}
	for _, name := range []string{"hant", "kanji", "hangul"} {
		rs := slices.Compact(slices.Sorted(slices.Values(lists[name])))
		out = binary.AppendUvarint(out, uint64(len(rs)))
		prev := rune(0)
		for _, r := range rs {
			out = binary.AppendUvarint(out, uint64(r-prev))
			prev = r
		}
	}
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression)
	w.Write(out)
	w.Close()
	if err := os.WriteFile("table.bin", packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d characters, %d pairs, %d bytes", len(c.single), len(c.pairs), packed.Len())
}

func commonWords(t testing.TB) string {
	var b strings.Builder
	for line := range strings.Lines(assets.Words()) {
		if !strings.HasPrefix(line, "#") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// inner gives the pairs of characters of a word.
func inner(word string) func(func(rune, rune) bool) {
	return func(yield func(rune, rune) bool) {
		prev := rune(0)
		for _, r := range word {
			if isHan(prev) && isHan(r) && !yield(prev, r) {
				return
			}
			prev = r
		}
	}
}

func putCounts[K rune | uint32](out []byte, m map[K]int) []byte {
	out = binary.AppendUvarint(out, uint64(len(m)))
	prev := K(0)
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = binary.AppendUvarint(out, uint64(k-prev))
		out = binary.AppendUvarint(out, uint64(m[k]))
		prev = k
	}
	return out
}
