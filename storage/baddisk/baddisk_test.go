package baddisk

import (
	"bytes"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func TestFail(t *testing.T) {
	disk := Under(t)
	if disk == nil {
		return
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	save := func() error {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.WriteString("the words"); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		return os.Rename(name, name+".done")
	}
	for _, tt := range []struct {
		kinds Kind
		n     int
		how   How
		err   syscall.Errno // what save gives
		there string        // what lies there afterwards: name, and its words
	}{
		{Write, 1, Refuse, syscall.ENOSPC, "a:"},
		{Write, 1, Half, syscall.ENOSPC, "a:the "},
		{Write, 2, Refuse, 0, "a.done:the words"},
		{Create, 1, Refuse, syscall.EIO, ""},
		{Sync, 1, Refuse, syscall.EIO, "a:the words"},
		{Sync, 1, Lie, 0, "a.done:the words"},
		{Rename, 1, Refuse, syscall.EIO, "a:the words"},
		{Rename, 1, Lie, 0, "a:the words"},
		{Any, 3, Refuse, syscall.ENOSPC, "a:the words"},
		{Truncate, 1, Refuse, 0, "a.done:the words"},
	} {
		disk.Watch(dir)
		disk.Fail(tt.kinds, tt.n, 0, tt.how, max(tt.err, 1))
		err := save()
		disk.Heal()
		if tt.err == 0 && err != nil || tt.err != 0 && !errors.Is(err, tt.err) {
			t.Errorf("%v %d: got %v, want %v", tt.kinds, tt.n, err, tt.err)
		}
		if got := lying(t, dir); got != tt.there {
			t.Errorf("%v %d %d: got %q, want %q", tt.kinds, tt.n, tt.how, got, tt.there)
		}
		for _, f := range []string{name, name + ".done"} {
			os.Remove(f)
		}
	}
}

// lying gives the files of a folder with what is in them.
func lying(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		if e.IsDir() {
			all = append(all, e.Name()+"/"+lying(t, filepath.Join(dir, e.Name())))
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e.Name()+":"+string(data))
	}
	return strings.Join(all, " ")
}

// TestPower: which disks a loss of power may leave, and that all of them come.
func TestPower(t *testing.T) {
	disk := Under(t)
	if disk == nil {
		return
	}
	dir := t.TempDir()
	old := filepath.Join(dir, "old")
	if err := os.WriteFile(old, []byte("before"), 0o666); err != nil {
		t.Fatal(err)
	}
	check := func(what string, arrive float64, lie func(int) bool, want ...string) {
		t.Helper()
		calls := disk.Journal()
		got := map[string]bool{}
		for seed := range int64(100) {
			dst := t.TempDir()
			disk.After(calls, Loss{At: len(calls), Arrive: arrive, Lie: lie, Rand: rand.New(rand.NewSource(seed))}, dst)
			got[lying(t, dst)] = true
		}
		var list []string
		for g := range got {
			list = append(list, g)
		}
		slices.Sort(list)
		slices.Sort(want)
		if !slices.Equal(list, want) {
			t.Errorf("%s: got %q, want %q", what, list, want)
		}
	}
	disk.Watch(dir)
	f, err := os.OpenFile(old, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.WriteAt([]byte("B"), 0)
	check("a write", 0.5, nil, "old:before", "old:Before")
	f.Sync()
	check("a write that was synced", 0, nil, "old:Before")
	check("a lie", 0.5, func(int) bool { return true }, "old:before", "old:Before")
	f.Truncate(3)
	f.WriteAt([]byte("!"), 3)
	check("cut off, and written again", 0.5, nil, "old:Before", "old:Bef!re", "old:Bef", "old:Bef!")

	disk.Watch(dir)
	fresh := filepath.Join(dir, "new")
	if err := os.WriteFile(fresh, []byte("new"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(fresh, old); err != nil {
		t.Fatal(err)
	}
	check("a file renamed over another", 0.5, nil, "old:Bef!", "new: old:Bef!", "new:new old:Bef!", "old:", "old:new")
	folder, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	folder.Sync()
	folder.Close()
	check("the folder synced, and the file not", 0.5, nil, "old:", "old:new")

	disk.Watch(dir)
	if err := os.MkdirAll(filepath.Join(dir, "x", "y"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "x", "y", "z"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	os.Rename(filepath.Join(dir, "x"), filepath.Join(dir, "w"))
	os.Remove(old)
	check("folders", 1, nil, "w/y/z:")
	check("folders", 0, nil, "old:new")

	// Sectors arrive one by one.
	disk.Watch(dir)
	if err := os.WriteFile(old, bytes.Repeat([]byte("x"), 3*sector), 0o666); err != nil {
		t.Fatal(err)
	}
	calls, sizes := disk.Journal(), map[int]bool{}
	for seed := range int64(100) {
		dst := t.TempDir()
		disk.After(calls, Loss{At: len(calls), Arrive: 0.5, Rand: rand.New(rand.NewSource(seed))}, dst)
		if data, err := os.ReadFile(filepath.Join(dst, "old")); err == nil {
			sizes[len(bytes.ReplaceAll(data, []byte{0}, nil))] = true
		}
	}
	if len(sizes) != 4 {
		t.Errorf("of three sectors %v bytes arrived; want none, one, two and three", sizes)
	}
	if calls := disk.Journal(); Count(calls, Write) != 1 || Count(calls, Create) != 1 || len(Failed(calls)) != 0 {
		t.Errorf("the journal of one file is %v", calls)
	}
	disk.Note("done")
	if calls := disk.Journal(); !calls[len(calls)-1].IsNote() || calls[len(calls)-1].Path != "done" {
		t.Errorf("a note is lost: %v", calls)
	}
}
