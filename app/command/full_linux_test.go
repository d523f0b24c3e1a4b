package command

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"strings"
	"syscall"
	"testing"
)

// smallDisk has the bench work on a disk of so many bytes, where the system lets
// a test make one; grow makes it larger.
func smallDisk(t *testing.T, bytes int) (b *bench, grow func(bytes int)) {
	t.Helper()
	b = newBench(t)
	mount := func(flags uintptr, bytes int) error {
		return syscall.Mount("tmpfs", b.dir, "tmpfs", flags, fmt.Sprintf("size=%d", bytes))
	}
	if err := mount(0, bytes); err != nil {
		t.Skipf("no disk can be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(b.dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return b, func(bytes int) {
		t.Helper()
		if err := mount(syscall.MS_REMOUNT, bytes); err != nil {
			t.Fatal(err)
		}
	}
}

// fill leaves not a byte free and says how to make room again.
func (b *bench) fill() (empty func()) {
	b.t.Helper()
	f, err := os.Create(b.file("filler"))
	if err != nil {
		b.t.Fatal(err)
	}
	for size := 1 << 16; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			if !errors.Is(err, syscall.ENOSPC) {
				b.t.Fatal(err)
			}
			size /= 2
		}
	}
	f.Close()
	return func() { os.Remove(f.Name()) }
}

// TestFullDisk: on a disk that is really full each verb that writes says so, ends
// with 3 and changes nothing; what was answered stays and can be read; and with
// room again the work goes on.
func TestFullDisk(t *testing.T) {
	b, grow := smallDisk(t, 2<<20)
	rng := rand.New(rand.NewSource(1))
	outside := newBench(t)        // whose disk has room
	noise := func(n int) string { // of which no packing makes much less
		text := make([]byte, n)
		for k := range text {
			text[k] = byte('0' + rng.Intn(64))
		}
		return string(text)
	}
	for i := range 40 {
		outside.write(fmt.Sprintf("in/%02d.txt", i), noise(60_000))
	}
	outside.write("big.txt", noise(3_000_000))
	b.must("new", "@a.fonds")
	b.write("n.txt", notice)
	b.must("import", "@a.fonds", "@n.txt")

	before := b.must("history", "@a.fonds", "--json")
	if b.run("import", "@a.fonds", outside.file("big.txt")); b.exit != 3 || !strings.Contains(b.stderr, "the disk is full; nothing was changed: make room and try again") {
		t.Errorf("import: exit %d: %s", b.exit, b.stderr)
	}

	empty := b.fill()
	line := `{"do":"tag.add","doc":"path:n.txt","tag":"a"}`
	lines := strings.Repeat(`{"do":"note.add","doc":"path:n.txt","text":"`+strings.Repeat("字", 1000)+`"}`+"\n", 20)
	for _, tt := range []struct {
		stdin string
		args  []string
		want  string
	}{
		{line, []string{"apply", "@a.fonds", "-"}, "the disk is full; nothing was changed: make room and try again"},
		{lines, []string{"apply", "@a.fonds", "-", "--keep-going"}, "the disk is full; nothing was changed: make room and try again"},
		{"", []string{"import", "@a.fonds", outside.file("in/39.txt")}, "the disk is full; nothing was changed: make room and try again"},
		{"", []string{"undo", "@a.fonds"}, "the disk is full; nothing was changed: make room and try again"},
		{"", []string{"backup", "@a.fonds", "@copy.fonds"}, "the disk is full; make room, or name a place on another disk"},
		{"", []string{"compact", "@a.fonds"}, "the disk is full"},
		{"", []string{"new", "@b.fonds"}, "the disk is full; make room, or name a place on another disk"},
		{"", []string{"export", "@a.fonds", "--format", "jsonl", "--out", "@out"}, "the disk is full; make room, or name a folder on another disk"},
	} {
		b.stdin = tt.stdin
		if b.run(tt.args...); b.exit != 3 || !strings.Contains(b.stderr, tt.want) {
			t.Errorf("%v: exit %d: %s%s", tt.args, b.exit, b.stderr, b.stdout)
		}
		if strings.Contains(b.stdout, `"ok":true`) {
			t.Errorf("%v answered %s", tt.args, b.stdout)
		}
	}
	for _, args := range [][]string{{"list", "@a.fonds"}, {"show", "@a.fonds", "path:n.txt"}, {"verify", "@a.fonds"},
		{"export", "@a.fonds", "--format", "jsonl", "--out", outside.file("out")}, {"backup", "@a.fonds", outside.file("copy.fonds")}} {
		if b.run(args...); b.exit != 0 || !strings.Contains(b.stderr, "is full: it can be read") {
			t.Errorf("%v: exit %d: %s", args, b.exit, b.stderr)
		}
	}
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != "n.txt" && name != "filler" && !strings.HasPrefix(name, "a.fonds") {
			t.Errorf("%s is left", name)
		}
	}

	empty()
	after := b.must("history", "@a.fonds", "--json")
	for line := range strings.Lines(after) { // that an import was tried may be recorded, and that it failed
		if !strings.Contains(before, line) && strings.Contains(line, `"do":"import.`) && !strings.Contains(line, `"how":"finished"`) {
			after = strings.Replace(after, line, "", 1)
		}
	}
	if after != before {
		t.Errorf("on a full disk something was changed all the same:\n%s", after)
	}
	b.must("verify", "@a.fonds")
	grow(32 << 20)
	b.stdin = line
	b.must("apply", "@a.fonds", "-")
	b.must("import", "@a.fonds", outside.file("in"))
	if n := strings.Count(b.must("list", "@a.fonds", "--json", "--limit", "1000"), "\n"); n != 41 {
		t.Errorf("%d documents are there in the end", n)
	}
	b.must("verify", "@a.fonds")
}
