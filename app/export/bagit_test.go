package export

import (
	"bytes"
	"io"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
)

// The checker takes the valid bags of the Library of Congress and refuses the
// invalid ones.
func TestBagCheckerOnCorpus(t *testing.T) {
	root := corpora(t, "bagit-conformance")
	score := map[string][2]int{}
	for _, of := range []struct {
		kind  string
		valid bool
	}{{"valid", true}, {"invalid", false}, {"linux-only", false}, {"windows-only", false}} {
		dirs, err := filepath.Glob(filepath.Join(root, "v*", of.kind, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range dirs {
			if !isBag(dir) {
				continue
			}
			s := score[of.kind]
			s[1]++
			if err := checkBag(dir); (err == nil) == of.valid {
				s[0]++
				t.Logf("%s: %v", strings.TrimPrefix(dir, root), err)
			} else {
				t.Errorf("%s: %v", strings.TrimPrefix(dir, root), err)
			}
			score[of.kind] = s
		}
	}
	t.Log(score)
}

// originalsMatch checks that the originals below a folder are those of the archive.
func originalsMatch(t *testing.T, a *storage.Archive, dir string, want int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && want > 0 {
		t.Fatal(err)
	}
	if len(entries) != want {
		t.Errorf("%d originals, want %d", len(entries), want)
	}
	if err := a.Each(t.Context(), storage.Query{}, func(s storage.Summary) error {
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), string(s.ID)) {
				continue
			}
			r, err := a.Original(t.Context(), s.ID)
			if err != nil {
				return err
			}
			was, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			is, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil || !bytes.Equal(was, is) {
				t.Errorf("%s is not the original, %v", e.Name(), err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// Our bags are valid, and hold all that was written besides.
func TestBagIsValid(t *testing.T) {
	for seed := range int64(4) {
		a := worked(t, seed)
		if seed == 3 {
			closing(t, a)
		}
		for _, c := range []Choice{
			{Formats: []string{"bagit", "jsonl", "csv"}, Set: All, Title: "a\nb: c\r\n d"},
			{Formats: []string{"bagit", "ro-crate", "jsonl"}},
			{Formats: []string{"bagit"}, Mask: []string{"person"}, Waivers: waivers(t, a)},
		} {
			out, m := exported(t, a, c)
			dir := filepath.Join(out, "bagit")
			if err := checkBag(dir); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			masked := m.Set.Masked
			originalsMatch(t, a, filepath.Join(dir, "data", "originals"), m.Set.Documents-masked)
			payload := tree(t, filepath.Join(dir, "data"))
			crate := slices.Contains(c.Formats, "ro-crate")
			for path, data := range tree(t, out) {
				under, inCrate := strings.CutPrefix(path, "ro-crate/")
				if strings.HasPrefix(path, "bagit/") || path == "manifest.json" || crate && !inCrate {
					continue
				}
				if payload[under] != data {
					t.Errorf("%s is not in the bag", path)
				}
			}
		}
	}
}

// What becomes of a bag afterwards is found.
func TestBagFindsDamage(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	out, _ := exported(t, worked(t, 1), Choice{Formats: []string{"bagit", "jsonl"}})
	sound := filepath.Join(out, "bagit")
	files := slices.Sorted(maps.Keys(tree(t, sound)))
	for n := range 100 {
		dir := filepath.Join(t.TempDir(), "bag")
		if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, files[rng.Intn(len(files))])
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		switch rng.Intn(3) {
		case 0:
			err = os.Remove(path)
			if strings.HasSuffix(path, "tagmanifest-sha256.txt") {
				continue // a bag needs none
			}
		case 1:
			err = os.WriteFile(filepath.Join(dir, "data", "more"), data, 0o666)
		default:
			if len(data) == 0 {
				continue
			}
			was := strings.ToLower(string(data))
			data[rng.Intn(len(data))] ^= 1 << rng.Intn(8)
			if strings.Contains(path, "tagmanifest-") && strings.ToLower(string(data)) == was {
				continue // a sum in capitals is the same sum
			}
			err = os.WriteFile(path, data, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
		if checkBag(dir) == nil {
			t.Errorf("round %d: damage of %s was not found", n, path)
		}
	}
}

func TestBagPath(t *testing.T) {
	b := &bagRead{version: [2]int{1, 0}}
	for _, s := range []string{"data/a", "data/a b", "data/%", "data/50%25", "data/a\nb", "data/a\rb\r\n", "data/党建", "data/~x"} {
		got := bagPath(s)
		if back, err := b.path(got); back != s || err != nil || strings.ContainsAny(got, "\r\n") {
			t.Errorf("%q → %q → %q, %v", s, got, back, err)
		}
	}
	if got := bagPath("a%b\r\nc"); got != "a%25b%0D%0Ac" {
		t.Errorf("got %q", got)
	}
}

func TestBagInfo(t *testing.T) {
	b := &bag{bytes: 1234567, files: 3}
	got := b.info(&Manifest{Title: "A\r\n title:\x00", AsOf: "2026-11-23T10:00:00Z", Version: "1", Edition: 2})
	want := "Bagging-Date: 2026-11-23\nExternal-Description: A title:\uFFFD. 0 documents, with what was said of them.\nExternal-Identifier: edition 2\nBag-Size: 1.2 MB\nPayload-Oxum: 1234567.3\nBag-Software-Agent: Fonds 1\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 123456789: "123.5 MB", 5e12: "5.0 TB"} {
		if got := bagSize(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

var ourNames = regexp.MustCompile(`^[A-Za-z0-9._/ -]+$`)

// No name of a file comes from a document, but the end of a name that is plain
// letters and digits.
func TestNamesOfFilesAreOurs(t *testing.T) {
	names := []string{"../../../climbs.txt", "/etc/passwd", "a\nb.txt", "a/b.t/xt", "Same.TXT", "same.txt", "SAME.txt", strings.Repeat("n", 300) + ".txt", "x.%00", "x.exe ", "con", "aux.txt", `C:\x.doc`, "x.党建", "x.toolonganextension",
		"...", ".", "x.", ".hidden", "x.t\rxt", "x.<b>", "~root/x", "-rf", "x.tar.gz", "\u202etxt.exe"}
	a := namedArchive(t, names)
	out, m := exported(t, a, Choice{Formats: Formats(), Set: All})
	ids, originals := map[string]bool{}, 0
	if err := a.Each(t.Context(), storage.Query{}, func(s storage.Summary) error { ids[string(s.ID)] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	files, folded := tree(t, out), map[string]string{}
	for path := range files {
		if !ourNames.MatchString(path) {
			t.Errorf("the file %q", path)
		}
		if was, twice := folded[strings.ToLower(path)]; twice {
			t.Errorf("%q and %q are one name on some disks", was, path)
		}
		folded[strings.ToLower(path)] = path
		if dir, name := filepath.Split(path); strings.HasSuffix(dir, "/originals/") && !strings.HasSuffix(dir, "jsonl/originals/") { // those are named by their SHA-256
			originals++
			if base, ext, _ := strings.Cut(name, "."); !ids[base] || !slices.Contains([]string{"", "txt", "TXT", "doc", "gz", "hidden", "exe"}, ext) {
				t.Errorf("the original %q", name)
			}
		}
	}
	if len(ids) < 10 || originals != 2*len(ids) || m.Set.Documents != len(ids) {
		t.Errorf("%d documents, %d originals", len(ids), originals)
	}
	if entries, err := os.ReadDir(filepath.Dir(out)); err != nil || len(entries) != 1 {
		t.Errorf("beside the export: %v, %v", entries, err)
	}
	t.Logf("%d documents, %d files", len(ids), len(files))
}
