package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fonds/storage/archive"
)

// FuzzMangled hands Open and Verify a file that something was done to: a piece
// overwritten, another moved, the end cut. They answer, in time and in words.
func FuzzMangled(f *testing.F) {
	dir := f.TempDir()
	a, err := Create(ctx, filepath.Join(dir, "sound.fonds"), NewArchive{Owner: "Zhang"}, Options{})
	if err != nil {
		f.Fatal(err)
	}
	id := bring(f, a, incoming("01.txt", noticeText(1, 3000)), incoming("02.txt", noticeText(2, 50)))[0]
	mustApply(f, a, "Zhang", field(id, title, "甲"), fix(id, 3, 5, "source", "乙"), mark(id, 9, 12, "source", "person"))
	if _, err := a.Undo(ctx, "Zhang", false); err != nil {
		f.Fatal(err)
	}
	a.Close()
	sound, err := os.ReadFile(a.Path())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte{}, uint32(0), uint32(0), uint16(0), uint32(0))
	for _, at := range []uint32{16, 18, 28, 44, 56, 60, 68, 100, 4096, 8192, 40000, uint32(len(sound)) - 9} {
		f.Add(at, []byte{0xff, 0x80, 1}, uint32(0), uint32(0), uint16(0), uint32(0))
		f.Add(at, []byte{}, at/2, at, uint16(4096), uint32(0))
		f.Add(uint32(0), []byte{}, uint32(0), uint32(0), uint16(0), at)
	}
	path := filepath.Join(dir, "mangled.fonds")
	f.Fuzz(func(t *testing.T, at uint32, with []byte, from, to uint32, length uint16, end uint32) {
		data := append([]byte(nil), sound...)
		size := uint32(len(data))
		copy(data[at%size:], with)
		copy(data[to%size:], data[from%size:min(size, from%size+uint32(length))])
		if end != 0 {
			data = data[:end%size]
		}
		again(t, path, data)
		ctx, stop := context.WithTimeout(ctx, 20*time.Second)
		defer stop()
		a, err := Open(ctx, path, Options{Busy: time.Millisecond})
		if err != nil {
			saysWhy(t, err)
			return
		}
		defer a.Close()
		r, err := a.Verify(ctx, VerifyOptions{})
		switch {
		case err != nil:
			saysWhy(t, err)
		case r.OK != (r.Bad == ""):
			t.Errorf("ok %v, %q", r.OK, r.Bad)
		}
		list, err := a.List(ctx, Query{Search: "会议"})
		for _, s := range list {
			if d, err := a.Document(ctx, s.ID); err == nil {
				d.Reading()
			}
		}
		a.History(ctx, "", 0)
		if ctx.Err() != nil {
			t.Errorf("no answer within 20 s (%v)", err)
		}
	})
}

// saysWhy looks whether an error says something to a person, and is none of a bug.
func saysWhy(t *testing.T, err error) {
	t.Helper()
	if len(err.Error()) < 12 || len(err.Error()) > 4000 || errors.Is(err, context.DeadlineExceeded) || errors.As(err, new(*archive.Refusal)) {
		t.Errorf("the answer is %q", err)
	}
}
