//go:build unix

package ingest

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestNotRegular(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "a"})
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip(err)
	}
	if l, err := net.Listen("unix", filepath.Join(dir, "socket")); err == nil {
		defer l.Close()
	} else {
		t.Logf("no socket here: %v", err)
	}
	want := "pipe(not-regular) socket(not-regular) a.txt"
	if _, err := os.Lstat(filepath.Join(dir, "socket")); err != nil {
		want = "pipe(not-regular) a.txt"
	}
	if got := walked(t, []string{dir}, Options{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// A pipe that took the place of a file after the scan: refused, not waited for.
	var skip *Skip
	if _, err := Read(context.Background(), Found{Path: "pipe", Name: pipe}, Options{}); !errors.As(err, &skip) || skip.Reason != NotRegular {
		t.Errorf("reading a pipe: %v", err)
	}
}
