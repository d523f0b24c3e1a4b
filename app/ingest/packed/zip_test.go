package packed

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fonds/app/ingest/content"
)

func TestZip(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("题名.txt")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("archive ", 1000)
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"stored and deflated", zipOf(member{name: "a", data: "1"}, member{name: "b", data: "two", deflate: true}), "a=1\nb=two\n"},
		{"nothing", zipOf(), ""},
		{"ZIP64", zipOf(member{name: "a", data: "1", zip64: true}, member{name: "b", data: "two", deflate: true, zip64: true}), "a=1\nb=two\n"},
		{"sizes behind the data", zipOf(member{name: "a", data: "1", deflate: true, later: true}, member{name: "b", data: "2", later: true}), "a=1\nb=2\n"},
		{"names in UTF-8", zipOf(member{name: "通知.txt", flags: flagUTF8, data: "1"}), "通知.txt=1\n"},
		{"names in UTF-8 that do not say so", zipOf(member{name: "通知.txt", data: "1"}), "通知.txt=1\n"},
		{"a name in Unicode beside one that is not", zipOf(member{name: "?.txt", extra: unicodePath("?.txt", "通知.txt"), data: "1"}), "通知.txt=1\n"},
		{"one that was left behind when the file was renamed", zipOf(member{name: "b.txt", extra: unicodePath("?.txt", "通知.txt"), data: "1"}), "b.txt=1\n"},
		{"names of MS-DOS", zipOf(member{name: "\x81bung", data: "1"}), "übung=1\n"},
		{"folders", zipOf(member{name: "d/"}, member{name: "d/a", data: "1"}, member{name: "e", mode: 0x4000}), "d/a=1\n"},
		{"names twice", zipOf(member{name: "a", data: "1"}, member{name: "a", data: "2"}), "a=1\na=2\n"},
		{"names that climb stay as they are", zipOf(member{name: "../../etc/passwd", data: "1"}, member{name: `..\x`, data: "2"}), "../../etc/passwd=1\n..\\x=2\n"},
		{"links and pipes", zipOf(member{name: "l", data: "/etc/passwd", mode: 0xA1FF}, member{name: "p", mode: 0x1000}, member{name: "a", data: "1"}),
			"a=1\n! Links to other files, which are not followed: 1: l\n! Devices and pipes, which are no files: 1: p\n"},
		{"some encrypted", zipOf(member{name: "a", data: "1"}, member{name: "s", data: "x", flags: 1}, member{name: "t", data: "x", method: 99}),
			"a=1\n! Members that are encrypted: 2: s, t\n"},
		{"all encrypted", zipOf(member{name: "s", data: "x", flags: 1}),
			"! Members that are encrypted: 1: s\nerror: it is encrypted: open it with its password, save it without one, and import that\n"},
		{"packed in another way", zipOf(member{name: "a", data: "1", method: 14}, member{name: "b", data: "2"}), "b=2\n! Members that are packed in a way that is not read (LZMA): 1: a\n"},
		{"a checksum that does not fit", zipOf(member{name: "a", data: "1", badCRC: true}), "a=1\n! a is damaged: its checksum is not the one that the ZIP file has.\n"},
		{"a size that is not so", zipOf(member{name: "a", data: "123", deflate: true, claims: 2}), "a=123\n! a has 3 bytes, where the ZIP file says 2.\n"},
		{"a program in front", append([]byte("PK\x03\x04#!/bin/sh\n"+strings.Repeat("x", 99)), zipOf(member{name: "a", data: "1"})...), "a=1\n"},
		{"something behind", append(zipOf(member{name: "a", data: "1"}), "\r\n"...), "a=1\n"},
		{"a directory that is damaged", bytes.Replace(zipOf(member{name: "a", data: "1"}, member{name: "b", data: "2"}), []byte("PK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00\x00\x60\x6D\x4B"+"\x0D\xBE\xD5\x1A"), []byte("PK\x01\x00"+strings.Repeat("\x00", 16)), 1),
			"a=1\nb=2\n! The file has no directory that can be read, as where it was cut short: its members were taken as they come, and some may be missing.\n"},
		{"damaged data", bytes.Replace(zipOf(member{name: "a", data: long, deflate: true}), []byte(deflated(long)), []byte(strings.Repeat("\xFF", len(deflated(long)))), 1),
			"! a is damaged, and nothing of it could be unpacked.\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := said(tt.data, Options{}); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
	var asked [][]byte
	decode := func(names [][]byte) (out []string) {
		asked = names
		for _, n := range names {
			s, _ := simplifiedchinese.GBK.NewDecoder().Bytes(n)
			out = append(out, string(s))
		}
		return out
	}
	data := zipOf(member{name: gbk, data: "1"}, member{name: "题.txt", flags: flagUTF8, data: "2"}, member{name: "a", data: "3"})
	if got, want := said(data, Options{Names: decode}), "题名.txt=1\n题.txt=2\na=3\n"; got != want || len(asked) != 2 {
		t.Errorf("names in GBK: got\n%swant\n%s, asked for %d at once", got, want, len(asked))
	}
	if got, want := said(data, Options{Names: func([][]byte) []string { return nil }}), "╠Γ├√.txt=1\n题.txt=2\na=3\n"; got != want {
		t.Errorf("names that are not decoded: got\n%swant\n%s", got, want)
	}
}

// The time of a member is that of Unix where it is stated, else that of MS-DOS.
func TestZipTimes(t *testing.T) {
	at := time.Date(2015, 11, 22, 1, 2, 3, 0, time.UTC)
	data := zipOf(member{name: "a"}, member{name: "b", extra: field(0x5455, "\x01"+string(le.AppendUint32(nil, uint32(at.Unix()))))})
	want := []time.Time{time.Date(2017, 11, 13, 12, 0, 0, 0, time.UTC), at}
	if _, err := Walk(ctx, data, Zip, Options{}, func(p content.Part) error {
		if !p.Modified.Equal(want[0]) || p.As != content.Member {
			t.Errorf("%s: %v %s, want %v", p.Name, p.Modified, p.As, want[0])
		}
		want = want[1:]
		return nil
	}); err != nil || len(want) != 0 {
		t.Error(err, want)
	}
}

// What is cut short gives what is there, and says so.
func TestZipTruncated(t *testing.T) {
	text := strings.Repeat("some words of a letter, ", 40)
	for _, later := range []bool{false, true} {
		whole := zipOf(member{name: "a", data: "1", later: later}, member{name: "b", data: text, deflate: true, later: later}, member{name: "c", data: text, deflate: true, later: later})
		most := 0
		for n := 4; n < len(whole); n++ {
			got := said(whole[:n], Options{})
			if strings.Contains(got, "a=1\nb="+text+"\n") {
				most++
			}
			if !strings.Contains(got, "! ") && !strings.Contains(got, "error: ") {
				t.Fatalf("cut at %d, nothing is said: %s", n, got)
			}
			if _, after, ok := strings.Cut(got, "b="); ok && !strings.HasPrefix(text, after[:strings.IndexByte(after, '\n')]) {
				t.Fatalf("cut at %d: %s", n, got)
			}
		}
		if most < 100 {
			t.Errorf("only %d of %d cuts have both whole members", most, len(whole))
		}
	}
}

func TestZipBombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 20<<20)
	kernel := member{name: "a", data: zeros, deflate: true}
	over := []member{kernel}
	for range 9 { // one kernel for all, as in Fifield's
		over = append(over, member{name: "b", data: zeros, deflate: true, noHeader: true})
	}
	quoted := zipOf(member{name: "b", data: string(zipOf(kernel)), claims: 0})
	for _, tt := range []struct {
		name   string
		data   []byte
		reason content.Reason
		most   int
	}{
		{"members over each other", zipOf(over...), content.Damaged, 0},
		{"one that lies in another", zipOf(member{name: "b", data: string(zipOf(member{name: "a", data: "1"}))}, member{name: "a", data: "1", at: localSize + 1, noHeader: true}), content.Damaged, 0},
		{"a ratio", zipOf(kernel, member{name: "b", data: zeros, deflate: true}), content.TooMuch, 0},
		{"a ratio that is not declared", zipOf(member{name: "a", data: zeros, deflate: true, claims: 10}), content.TooMuch, 0},
	} {
		began := time.Now()
		if r, n := refused(t, tt.data); r != tt.reason || n > tt.most {
			t.Errorf("%s: %q after %d, want %q", tt.name, r, n, tt.reason)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: %v", tt.name, took)
		}
	}
	// Files in files share what may be unpacked, as many levels as there are.
	deep := zipOf(member{name: "0", data: "at the bottom"})
	for range MaxDepth + 3 {
		deep = zipOf(member{name: "x.zip", data: string(deep)})
	}
	b := NewBudget(int64(len(quoted)))
	if err := deeper(quoted, b); err == nil || !strings.Contains(err.Error(), "unpacked") {
		t.Errorf("a bomb in a file: %v", err)
	}
	if err := deeper(deep, NewBudget(int64(len(deep)))); err == nil || !strings.Contains(err.Error(), "files packed in files") {
		t.Errorf("%d files in files: %v", MaxDepth+4, err)
	}
	if quine, err := os.ReadFile(corpora + "tika-docs/files/quine.gz"); err == nil {
		if err := deeper(quine, NewBudget(int64(len(quine)))); err == nil || !strings.Contains(err.Error(), "files packed in files") {
			t.Errorf("a file that is in itself: %v", err)
		}
	}
}

// deeper unpacks a file and all in it, as package ingest does.
func deeper(data []byte, b *Budget) error {
	_, err := Walk(ctx, data, "", Options{Budget: b}, func(p content.Part) error {
		if Kind(p.Data) == "" {
			return nil
		}
		return deeper(p.Data, b)
	})
	return err
}

// The counts of a budget are right after members in members.
func TestBudget(t *testing.T) {
	in := zipOf(member{name: "a", data: strings.Repeat("1", 1000), deflate: true}, member{name: "b", data: "2"})
	data := zipOf(member{name: "in.zip", data: string(in), deflate: true}, member{name: "c", data: "3"})
	b := NewBudget(int64(len(data)))
	if err := deeper(data, b); err != nil {
		t.Fatal(err)
	}
	if n, parts := b.Unpacked(); n != int64(1000+len(in)) || parts != 4 || b.depth != 0 || b.held != 0 {
		t.Errorf("%d bytes, %d parts, depth %d, held %d", n, parts, b.depth, b.held)
	}
	if err := NewBudget(1 << 30).Count(content.MaxUnpacked + 1); err == nil {
		t.Error("more than may be unpacked is not refused")
	}
}

// Every file of the BagIt suite, packed by Go's own package, comes out as it is.
func TestZipOfBags(t *testing.T) {
	dir := corpora + "bagit-conformance"
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("%s is not on this machine", dir)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	z.Close()
	n, bad := 0, 0
	lost, err := Walk(ctx, b.Bytes(), "", Options{}, func(p content.Part) error {
		n++
		if want, err := os.ReadFile(filepath.Join(dir, p.Name)); err != nil || sha256.Sum256(want) != sha256.Sum256(p.Data) {
			t.Errorf("%s is not what it was: %v", p.Name, err)
			bad++
		}
		return nil
	})
	t.Logf("%d of %d files of the BagIt suite as they were", n-bad, n)
	if err != nil || len(lost) > 0 || n < 400 {
		t.Errorf("%d files, %q, %v", n, lost, err)
	}
}

// Names that climb are handed on as they are, and nothing is written.
func TestZipSlip(t *testing.T) {
	want := map[string]int{"zip-slip.zip": 2, "zip-slip-win.zip": 2, "zip-slip.tar": 2, "zip-slip-win.tar": 2}
	for name, n := range want {
		data, err := os.ReadFile(corpora + "zip-slip/archives/" + name)
		if err != nil {
			t.Skipf("%s is not on this machine", name)
		}
		var got []string
		lost, err := Walk(ctx, data, "", Options{}, func(p content.Part) error { got = append(got, p.Name); return nil })
		climbs := slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "..") })
		if err != nil || len(lost) > 0 || len(got) != n || !climbs {
			t.Errorf("%s: %q, lost %q, %v", name, got, lost, err)
		}
	}
	// Its directory points beside its members, which are found all the same.
	if data, err := os.ReadFile(corpora + "tika-docs/files/testZip_with_DataDescriptor.zip"); err == nil {
		if got := said(data, Options{}); strings.Count(got, "=\x01\x02\x03\x04\n") != 5 || !strings.Contains(got, "! The file has no directory") {
			t.Errorf("%.300s", got)
		}
	}
}
