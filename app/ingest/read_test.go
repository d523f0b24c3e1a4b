package ingest

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// tree makes files; a name that ends in / is a folder, content "-> x" a link to x.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			err = os.Symlink(target, full)
		} else if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(full, 0o755)
		} else {
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Skipf("this file system does not take %q: %v", name, err)
		}
	}
	return dir
}

// walked tells what a walk gave: paths of documents, and of what was left out with the reason.
func walked(t *testing.T, roots []string, opts Options) string {
	t.Helper()
	var out []string
	next, last := 0, Item{}
	err := Walk(context.Background(), roots, opts, func(i Item) error {
		if i.Doc != nil {
			if i.Doc.Order < next {
				t.Errorf("%s has the order %d behind %d", i.Doc.Path, i.Doc.Order, next)
			}
			next = i.Doc.Order
			out = append(out, i.Doc.Path)
			checkDocument(t, i.Doc)
		} else {
			out = append(out, fmt.Sprintf("%s(%s)", i.Skip.Path, i.Skip.Reason))
		}
		last = i
		return nil
	})
	if err != nil {
		t.Errorf("Walk: %v", err)
	}
	if last.Done != last.Total {
		t.Errorf("the last of the walk is %d of %d", last.Done, last.Total)
	}
	return strings.Join(out, " ")
}

func TestWalk(t *testing.T) {
	dir := tree(t, map[string]string{
		"b/2.txt": "two", "b/10.txt": "ten", "a.txt": "a", "c.html": "<p>c", "empty.txt": "", ".hidden": "x", ".dir/x.txt": "x", "d/": "",
		"x.png": "\x89PNG\r\n\x1a\n", "x.bin": "\x00\x01\x02\x00\x00\x00", "blank.html": "<p> </p>",
		"link.txt": "-> b/2.txt", "again": "-> b", "loop": "-> .", "broken": "-> nowhere", "out": "-> /etc", "hid": "-> .dir", "circle": "-> circle",
	})
	want := ".dir(hidden) .hidden(hidden) broken(broken-link) circle(broken-link) empty.txt(empty) out(outside-link) again(repeated) loop(repeated) " +
		"a.txt b/2.txt b/10.txt blank.html(empty) c.html link.txt x.bin(no-reader) x.png(damaged) hid/x.txt"
	if got := walked(t, []string{dir}, Options{}); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := walked(t, []string{filepath.Join(dir, "b"), filepath.Join(dir, ".hidden"), filepath.Join(dir, "b")}, Options{}); got != ".(repeated) 2.txt 10.txt .hidden" {
		t.Errorf("of three roots: %s", got)
	}
	if _, _, err := Scan(context.Background(), []string{filepath.Join(dir, "nothing")}, Options{}); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("a root that is not there: %v", err)
	}
}

func TestNames(t *testing.T) {
	names := []string{"a.txt", "line\nend.txt", `back\slash`, `\x41`, "\xB0\xB8\xBE\xED.txt", "案卷.txt", " ", "a\x01b", "\uFFFD", `\\`, `\`, "😀"}
	files := map[string]string{}
	for _, n := range names {
		escaped := EscapeName(n)
		if back := UnescapeName(escaped); back != n {
			t.Errorf("%q escaped is %q and back %q", n, escaped, back)
		}
		if strings.ToValidUTF8(escaped, "!") != escaped {
			t.Errorf("%q escaped is %q, which is not UTF-8", n, escaped)
		}
		files[n] = "text of " + n
	}
	dir := tree(t, files)
	seen := map[string]bool{}
	err := Walk(context.Background(), []string{dir}, Options{}, func(i Item) error {
		if i.Skip != nil {
			if i.Skip.Reason != NoDecoder { // the text of the name in GBK
				t.Errorf("left out: %v", i.Skip)
			}
			seen[UnescapeName(i.Skip.Path)] = true
			return nil
		}
		seen[UnescapeName(i.Doc.Path)] = true
		return nil
	})
	if err != nil || len(seen) != len(names) {
		t.Errorf("found %v, error %v", seen, err)
	}
	for _, n := range names {
		if !seen[n] {
			t.Errorf("%q was not found", n)
		}
	}
	rnd := rand.New(rand.NewSource(3))
	for range 2000 {
		b := make([]byte, rnd.Intn(12))
		for i := range b {
			b[i] = "\\x41aF\xE6\xA1\x88\n"[rnd.Intn(10)]
		}
		if back := UnescapeName(EscapeName(string(b))); back != string(b) {
			t.Fatalf("%q comes back as %q", b, back)
		}
	}
	if got := (&Skip{Path: "a\nb", Reason: Empty}).Error(); strings.Contains(got, "\n") {
		t.Errorf("a message of two lines: %q", got)
	}
}

func TestLessName(t *testing.T) {
	order := []string{"", "01", "1", "2", "10", "10a", "a", "a1", "a2", "a02b", "a10", "b"}
	for i := range order {
		for j := range order {
			got := lessName(order[i], order[j])
			if (got < 0) != (i < j) && order[i] != "a2" && order[j] != "a2" || got == 0 != (i == j) {
				t.Errorf("lessName(%q, %q) = %d", order[i], order[j], got)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "sparse.txt")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(4 << 30); err != nil {
		t.Skipf("no sparse files here: %v", err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if got := walked(t, []string{dir}, Options{}); got != "sparse.txt(too-large)" {
		t.Errorf("got %s", got)
	}
	_, err = Read(context.Background(), Found{Path: "sparse.txt", Name: name}, Options{}) // it grew since it was found
	if err == nil || !strings.Contains(err.Error(), "sparse.txt: too large: 4 GB, and the limit is 256 MB") {
		t.Errorf("got %v", err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("refusing a file took %d bytes of memory", used)
	}
	if err := f.Truncate(11); err != nil {
		t.Fatal(err)
	}
	if got := walked(t, []string{dir}, Options{MaxBytes: 10}); got != "sparse.txt(too-large)" {
		t.Errorf("got %s", got)
	}
}

func TestChanges(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "first"})
	name := filepath.Join(dir, "a.txt")
	found, _, err := Scan(context.Background(), []string{dir}, Options{})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	times := 0
	read := func(change func(n int)) (*Document, error) {
		times = 0
		return Read(context.Background(), found[0], Options{afterRead: func(string) { times++; change(times) }})
	}
	write := func(s string) {
		if err := os.WriteFile(name, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := read(func(n int) {
		if n == 1 {
			write("second, longer")
		}
	})
	if err != nil || doc.Text != "second, longer" || times != 2 {
		t.Errorf("changed once: %v, %v, read %d times", doc, err, times)
	}
	_, err = read(func(n int) { write(strings.Repeat("x", n)) })
	var skip *Skip
	if !errors.As(err, &skip) || skip.Reason != Changed || times != 2 {
		t.Errorf("changing always: %v, read %d times", err, times)
	}
	write("same size 1")
	_, err = read(func(n int) {
		write("same size 2")
		if err := os.Chtimes(name, time.Time{}, time.Unix(int64(n), 0)); err != nil {
			t.Fatal(err)
		}
	})
	if !errors.As(err, &skip) || skip.Reason != Changed {
		t.Errorf("changed and of the same size: %v", err)
	}
	_, err = read(func(int) { _ = os.Remove(name) })
	if !errors.As(err, &skip) || skip.Reason != Vanished {
		t.Errorf("vanished while it was read: %v", err)
	}
	if _, err = read(func(int) {}); !errors.As(err, &skip) || skip.Reason != Vanished {
		t.Errorf("vanished before: %v", err)
	}
}

func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := tree(t, map[string]string{"a.txt": "a", "d/b.txt": "b"})
	if err := errors.Join(os.Chmod(filepath.Join(dir, "a.txt"), 0), os.Chmod(filepath.Join(dir, "d"), 0)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(dir, "d"), 0o755)
	if got := walked(t, []string{dir}, Options{}); got != "d(unreadable) a.txt(unreadable)" {
		t.Errorf("got %s", got)
	}
}

func TestWalkEnds(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "a", "b.txt": "b", "c.txt": "c"})
	stop := errors.New("stop")
	n := 0
	err := Walk(context.Background(), []string{dir}, Options{}, func(Item) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("ended with %v after %d", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n = 0
	err = Walk(ctx, []string{dir}, Options{}, func(Item) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n > 2 {
		t.Errorf("ended with %v after %d", err, n)
	}
	if err = Walk(ctx, []string{dir}, Options{}, func(Item) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("begun with a context that has ended: %v", err)
	}
}

func TestSkipSentences(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range []Reason{Hidden, Empty, TooLarge, TextTooLong, NoReader, NoDecoder, BadEncoding, NotRegular, Unreadable, Vanished, NotThere, Changed, BrokenLink, OutsideLink, Repeated, Encrypted, Damaged, TooMuch, Needs, InPart} {
		s := (&Skip{Path: "a", Reason: r, Detail: "4294967296 > 268435456"}).String()
		if seen[s] || strings.HasPrefix(s, string(r)+" 4294967296") {
			t.Errorf("%s has no sentence of its own: %q", r, s)
		}
		seen[s] = true
	}
	if got, want := (&Skip{Reason: NoReader, Detail: "application/octet-stream"}).String(), "not a document: no reader for application/octet-stream"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
