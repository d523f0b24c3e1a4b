package packed

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

func tarOf(t testing.TB, headers ...*tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i, h := range headers {
		data := strings.Repeat(fmt.Sprint(i), int(h.Size))
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Two files that Python's tarfile and bz2 made; Go writes no bzip2.
const (
	tarBz2 = "QlpoOTFBWSZTWZLmIdIAAIp7gMmQACBAAdeAAIh2ZF5ACIggAHQSk1GgGgGgDTIJKRoaGhoAGgPuisJChgAMakhD2xLRwQg8nHCEMAzFTZa8RqCNKVBDV84hMOfeOM5mUFE7FDnTWKm6y0h2+DCESRGREkYGYiB+LuSKcKEhJcxDpA=="
	oneBz2 = "QlpoOTFBWSZTWRG7MZUAAAFBgAAQIERAACAAIYNBmglpji7kinChICN2Yyo="
)

func of64(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTar(t *testing.T) {
	long := strings.Repeat("很长的名字/", 30) + "a"
	data := tarOf(t, &tar.Header{Name: "a", Size: 1}, &tar.Header{Name: "d/", Typeflag: tar.TypeDir},
		&tar.Header{Name: long, Size: 2, Format: tar.FormatPAX}, &tar.Header{Name: long + "b", Size: 3, Format: tar.FormatGNU},
		&tar.Header{Name: "s", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, &tar.Header{Name: "h", Typeflag: tar.TypeLink, Linkname: "a"},
		&tar.Header{Name: "p", Typeflag: tar.TypeFifo}, &tar.Header{Name: "../a", Size: 1}, &tar.Header{Name: "empty"})
	want := "a=0\n" + long + "=22\n" + long + "b=333\n../a=7\nempty=\n" +
		"! Links to other files, which are not followed: 2: s, h\n! Devices and pipes, which are no files: 1: p\n"
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	w.Write(data)
	w.Close()
	for name, in := range map[string][]byte{"tar": data, "tar.gz": z.Bytes()} {
		if got := said(in, Options{}); got != want {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
		if k := Kind(in[:min(len(in), 4096)]); k != name {
			t.Errorf("%s is %q", name, k)
		}
	}
	if got, want := said(of64(t, tarBz2), Options{}), "a.txt=alpha\n\ndir/b.txt=beta\n\n"; got != want {
		t.Errorf("tar.bz2: got\n%swant\n%s", got, want)
	}
	gbk := tarOf(t, &tar.Header{Name: "\xCC\xE2.txt", Size: 1, Format: tar.FormatGNU}, &tar.Header{Name: "a", Size: 1})
	asked := 0
	o := Options{Names: func(names [][]byte) []string { asked = len(names); return []string{"题.txt", "a"} }}
	if got := said(gbk, o); got != "题.txt=0\na=1\n" || asked != 2 {
		t.Errorf("names in GBK: %s, asked for %d", got, asked)
	}
}

// sparseTar is a file of GNU tar with one member that is all holes but its last bytes.
func sparseTar(size int64) []byte {
	h := make([]byte, 512)
	copy(h, "holes")
	copy(h[100:], "0000644\x000000000\x000000000\x00")
	copy(h[124:], fmt.Sprintf("%011o\x00%011o\x00", 4, 0))
	h[156] = 'S'
	copy(h[257:], "ustar  \x00")
	copy(h[386:], fmt.Sprintf("%011o\x00%011o\x00", size-4, 4))
	copy(h[483:], fmt.Sprintf("%011o\x00", size))
	copy(h[148:], "        ")
	sum := 0
	for _, b := range h {
		sum += int(b)
	}
	copy(h[148:], fmt.Sprintf("%06o\x00 ", sum))
	body := make([]byte, 512)
	copy(body, "tail")
	return append(append(h, body...), make([]byte, 1024)...)
}

func TestTarSparse(t *testing.T) {
	if got := said(sparseTar(10), Options{}); got != "holes=\x00\x00\x00\x00\x00\x00tail\n" {
		t.Errorf("%q", got)
	}
	for _, size := range []int64{100 << 20, 7 << 30} { // holes are as much as any other zeros
		began := time.Now()
		for _, in := range [][]byte{sparseTar(size), zipped(string(sparseTar(size)))} {
			if r, n := refused(t, in); r != content.TooMuch || n != 0 {
				t.Errorf("%d bytes of holes: %q, %d members", size, r, n)
			}
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%d bytes of holes: %v", size, took)
		}
	}
}

func TestTarTruncated(t *testing.T) {
	whole := tarOf(t, &tar.Header{Name: "a", Size: 600}, &tar.Header{Name: "b", Size: 700})
	packed := zipped(string(whole))
	a, b := strings.Repeat("0", 600), strings.Repeat("1", 700)
	for n := 512; n < len(whole)-1024; n += 7 {
		got := said(whole[:n], Options{})
		if n > 1536+512 && !strings.Contains(got, "a="+a+"\n") || n%512 != 0 && !strings.Contains(got, "! ") && !strings.Contains(got, "error") {
			t.Fatalf("cut at %d: %s", n, got)
		}
		if _, after, ok := strings.Cut(got, "b="); ok && !strings.HasPrefix(b, after[:strings.IndexByte(after, '\n')]) {
			t.Fatalf("cut at %d: %s", n, got)
		}
	}
	for n := 20; n < len(packed)-1; n++ {
		if got := said(packed[:n], Options{}); !strings.Contains(got, "! ") && !strings.Contains(got, "error") && got != "a="+a+"\nb="+b+"\n" {
			t.Fatalf("tar.gz cut at %d: %s", n, got)
		}
	}
}

func TestGzip(t *testing.T) {
	named := func(name string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Name, w.ModTime = name, time.Date(2015, 11, 22, 0, 0, 0, 0, time.UTC)
		w.Write([]byte("text"))
		w.Close()
		return b.Bytes()
	}
	long := zipped(strings.Repeat("0123456789", 9999))
	for _, tt := range []struct {
		name, file, want string
		data             []byte
	}{
		{"a name in the file", "x.gz", "letter.txt=text\n", named("letter.txt")},
		{"none", `C:\d\letter.txt.gz`, "letter.txt=text\n", named("")},
		{"two in a row are one", "a.gz", "a=onetwo\n", append(zipped("one"), zipped("two")...)},
		{"bzip2", "d/a.txt.bz2", "a.txt=alpha\n\n", of64(t, oneBz2)},
		{"cut short", "a.gz", "", long[:len(long)-20]},
		{"something behind", "a.gz", "a=one\n! The file is cut short or damaged: what comes after the first 3 bytes is missing.\n", append(zipped("one"), "rubbish, long enough"...)},
	} {
		got := said(tt.data, Options{Name: tt.file})
		if tt.want == "" && (!strings.HasPrefix(got, "a=01234567890") || !strings.Contains(got, "! The file is cut short")) || tt.want != "" && got != tt.want {
			t.Errorf("%s: got\n%.300swant\n%s", tt.name, got, tt.want)
		}
	}
	zeros := zipped(strings.Repeat("\x00", 64<<20))
	if r, n := refused(t, zeros); r != content.TooMuch || n > 0 {
		t.Errorf("a bomb: %q, %d", r, n)
	}
}

func TestKind(t *testing.T) {
	for want, head := range map[string]string{Zip: "PK\x03\x04", Gzip: string(zipped("x")), Bzip2: string(of64(t, oneBz2)), XZ: "\xFD7zXZ\x00", Zstd: "\x28\xB5\x2F\xFD",
		SevenZip: "7z\xBC\xAF\x27\x1C", Rar: "Rar!\x1A\x07\x01\x00", Warc: "WARC/1.0\r\n", WarcGzip: string(zipped("WARC/1.0\r\n")), Arc: "filedesc://x 0.0.0.0 2020 text/plain 1\n",
		ArcGzip: string(zipped("filedesc://x")), TarBzip2: string(of64(t, tarBz2)), Tar: string(sparseTar(10))} {
		if got := Kind([]byte(head)); got != want {
			t.Errorf("%q is %q, want %q", head[:4], got, want)
		}
	}
	for _, head := range []string{"", "BZh", "BZhello, world, and all", "WAR", "text", strings.Repeat("\x00", 512), strings.Repeat("a", 600)} {
		if got := Kind([]byte(head)); got != "" {
			t.Errorf("%.10q is %q", head, got)
		}
	}
	for _, head := range []string{"\xFD7zXZ\x00", "Rar!\x1A\x07\x01\x00", "text"} {
		if r, _ := refused(t, []byte(head)); r != content.NotIt {
			t.Errorf("%q: %q", head, r)
		}
	}
}

// Files of gzip as others made them.
func TestGzipOfOthers(t *testing.T) {
	for name, want := range map[string]string{"multiple.gz": "", "bob.gz": "", "null_pointer.xml.gz": ""} {
		data, err := os.ReadFile(corpora + "tika-docs/files/" + name)
		if err != nil {
			t.Skipf("%s is not on this machine", name)
		}
		if got := said(data, Options{Name: name}); !strings.Contains(got, "=") || strings.Contains(got, "error") {
			t.Errorf("%s: %.200q, want %q", name, got, want)
		}
	}
}
