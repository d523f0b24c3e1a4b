package command

import (
	"strings"
	"syscall"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/baddisk"
)

// TestApplyOnBadDisk: a disk that fails is not said to have changed nothing where
// that is not certain.
func TestApplyOnBadDisk(t *testing.T) {
	disk := baddisk.Under(t)
	if disk == nil {
		return
	}
	b := noticeBench(t)
	// Another who has it open, and has written, keeps a journal with something in it.
	other, err := storage.Open(t.Context(), b.file("a.fonds"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Apply(t.Context(), "Zhang", &archive.Edit{Do: "tag.add", Doc: "path:n.txt", Tag: "theirs"}); err != nil {
		t.Fatal(err)
	}
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"a"}`
	for _, tt := range []struct {
		kinds baddisk.Kind
		errno syscall.Errno
		want  string
		not   string
	}{
		{baddisk.Sync, syscall.EIO, "perhaps applied: ", "nothing was changed"},
		{baddisk.Sync, syscall.ENOSPC, "perhaps applied: ", "nothing was changed"},
		{baddisk.Write, syscall.EIO, "cannot be written", "perhaps"},
		{baddisk.Write, syscall.ENOSPC, "the disk is full; nothing was changed: make room and try again", "perhaps"},
	} {
		disk.Watch(b.dir)
		disk.Fail(tt.kinds, 1, 0, baddisk.Refuse, tt.errno)
		b.run("apply", "@a.fonds", "-")
		disk.Heal()
		if said := b.stdout + b.stderr; b.exit != 3 || !strings.Contains(said, tt.want) || strings.Contains(said, tt.not) {
			t.Errorf("%v %v: exit %d: %s", tt.kinds, tt.errno, b.exit, said)
		}
	}
	b.must("apply", "@a.fonds", "-")
	b.must("verify", "@a.fonds")
}
