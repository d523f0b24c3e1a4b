package baddisk

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	_ "os/user" // brings the C library, without which nothing is preloaded
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

//go:embed testdata/shim.c
var shim []byte

// inside, in the environment, says that this process has the shim in it.
const inside = "FONDS_TEST_BAD_DISK"

// unwatched is what a process says in which the shim could not begin its work.
const unwatched = "this system lets no program watch its own calls"

// Kind is what a call does, as bits: a mask names several.
type Kind int

// The kinds of calls. A file that is opened is only a call where it is made by
// that (Create), or cut off (Truncate).
const (
	Write Kind = 1 << iota
	Sync
	Truncate
	Create
	Rename
	Unlink
	Link
	Mkdir
	note

	// Any is all of them.
	Any = note - 1
)

// How is what happens to a call that is failed.
type How int

const (
	Refuse How = iota // nothing is done, and the error is given
	Half              // of a write, half is done; the calls after it are refused
	Lie               // nothing is done, and the call says it was
)

// Disk is a bad disk in this process. It is made by Under.
type Disk struct {
	t       *testing.T
	dir     string
	journal string
	before  *image
}

// Under runs a test on a bad disk. A test begins with
//
//	disk := baddisk.Under(t)
//	if disk == nil {
//		return
//	}
//
// because it is run twice: here, where Under starts the test binary again with
// the shim in it and this one test to do, fails or skips as that did, and gives
// nil; and there, where it gives the disk. Where there is no compiler for C, or
// no Linux that allows it, the test is skipped.
func Under(t *testing.T) *Disk {
	t.Helper()
	if os.Getenv(inside) != "" {
		d := &Disk{t: t}
		if !d.command("heal") {
			t.Skip(unwatched)
		}
		return d
	}
	if runtime.GOOS != "linux" {
		t.Skip("there is a bad disk on Linux only")
	}
	library := build(t)
	t.Parallel() // it only waits
	child := exec.Command(os.Args[0], "-test.run", "^"+regexp.QuoteMeta(t.Name())+"$", "-test.v", "-test.timeout", "90m")
	child.Env = append(os.Environ(), inside+"=1", "LD_PRELOAD="+library,
		"GODEBUG=asyncpreemptoff=1") // signals would only break into the calls
	out, err := child.CombinedOutput()
	said := strings.TrimSpace(string(out))
	if err != nil {
		t.Errorf("on a bad disk: %v\n%s", err, said)
		return nil
	}
	if strings.Contains(said, "--- SKIP: "+t.Name()+" ") {
		t.Skip(said)
	}
	t.Log(said)
	return nil
}

// build compiles the shim.
func build(t *testing.T) string {
	t.Helper()
	cc := os.Getenv("CC")
	if cc == "" {
		cc = "cc"
	}
	if _, err := exec.LookPath(cc); err != nil {
		t.Skipf("there is no compiler for C: %v", err)
	}
	dir := t.TempDir()
	source, library := filepath.Join(dir, "shim.c"), filepath.Join(dir, "shim.so")
	if err := os.WriteFile(source, shim, 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(cc, "-O1", "-shared", "-fPIC", "-pthread", "-o", library, source).CombinedOutput(); err != nil {
		t.Skipf("the bad disk cannot be compiled here: %v\n%s", err, out)
	}
	return library
}

// command tells the shim something; false where there is none.
func (d *Disk) command(format string, args ...any) bool {
	f, err := os.Open("/fonds-bad-disk/" + fmt.Sprintf(format, args...))
	if err == nil {
		f.Close()
	}
	return errors.Is(err, syscall.EXDEV)
}

func (d *Disk) must(format string, args ...any) {
	d.t.Helper()
	if !d.command(format, args...) {
		d.t.Fatalf("the bad disk did not hear "+format, args...)
	}
}

// Watch has the disk watch dir and all below it, and nothing else, and begins a
// journal of it. What lies there now counts as safely on the disk.
func (d *Disk) Watch(dir string) {
	d.t.Helper()
	dir, err := filepath.EvalSymlinks(dir)
	if err == nil {
		dir, err = filepath.Abs(dir)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	if d.journal == "" {
		d.journal = filepath.Join(d.t.TempDir(), "journal")
	}
	d.must("heal")
	d.must("watch/%s", dir)
	d.must("journal/%s", d.journal)
	d.dir = dir
	if d.before, err = imageOf(dir); err != nil {
		d.t.Fatal(err)
	}
}

// Fail fails calls of the kinds from the nth of them on, counted from now and
// from 1: count of them, or until Heal where count is 0.
func (d *Disk) Fail(kinds Kind, n, count int, how How, err syscall.Errno) {
	d.t.Helper()
	d.must("fail/%d/%d/%d/%d/%d", kinds, n, count, err, how)
}

// Heal lets all calls succeed again.
func (d *Disk) Heal() {
	d.t.Helper()
	d.must("heal")
}

// Note writes words into the journal, in the order of what happens: the moment
// from which something was promised, as a rule.
func (d *Disk) Note(text string) {
	d.t.Helper()
	d.must("note/%s", text)
}
