package baddisk

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
)

// Call is one call of the journal, or a note.
type Call struct {
	Kind Kind
	Err  syscall.Errno // why it failed; EAGAIN: it was a lie
	Path string        // of the file, or the name that was changed; the words of a note
	To   string        // the new name, of Rename and Link
	Ino  uint64        // of the file
	Off  int64         // where a write began, the size a truncation gave
	Data []byte        // what was written
}

// IsNote says whether it is a note.
func (c Call) IsNote() bool { return c.Kind == note }

// String is the call as a message would name it.
func (c Call) String() string {
	name := map[Kind]string{Write: "write", Sync: "sync", Truncate: "truncate", Create: "create", Rename: "rename",
		Unlink: "unlink", Link: "link", Mkdir: "mkdir", note: "note"}[c.Kind]
	s := name + " " + c.Path
	switch {
	case c.To != "":
		s += " to " + c.To
	case c.Kind == Write:
		s += fmt.Sprintf(" %d+%d", c.Off, len(c.Data))
	case c.Kind == Truncate:
		s += fmt.Sprintf(" %d", c.Off)
	}
	if c.Err != 0 {
		s += " (" + c.Err.Error() + ")"
	}
	return s
}

// head is a record of the journal before its path and data, in the byte order of
// the machine that wrote it, which is this one.
type head struct {
	Kind, Err uint32
	Ino       uint64
	Off       int64
	Path, N   uint64
}

// Journal is what has happened since Watch, in order.
func (d *Disk) Journal() []Call {
	d.t.Helper()
	data, err := os.ReadFile(d.journal)
	if err != nil {
		d.t.Fatal(err)
	}
	var calls []Call
	for r := bytes.NewReader(data); r.Len() > 0; {
		var h head
		if err := binary.Read(r, binary.NativeEndian, &h); err != nil {
			d.t.Fatalf("the journal of the bad disk: %v", err)
		}
		rest := make([]byte, h.Path+h.N)
		if _, err := io.ReadFull(r, rest); err != nil {
			d.t.Fatalf("the journal of the bad disk: %v", err)
		}
		c := Call{Kind: Kind(h.Kind), Err: syscall.Errno(h.Err), Ino: h.Ino, Off: h.Off, Data: rest[h.Path:]}
		c.Path = string(rest[:h.Path])
		if c.Kind&(Rename|Link) != 0 {
			c.Path, c.To, _ = strings.Cut(c.Path, "\x00")
		}
		calls = append(calls, c)
	}
	return calls
}

// Count counts the calls of the kinds in a journal.
func Count(calls []Call, kinds Kind) int {
	n := 0
	for _, c := range calls {
		if c.Kind&kinds != 0 {
			n++
		}
	}
	return n
}

// Failed gives the calls that failed or lied.
func Failed(calls []Call) []Call {
	var out []Call
	for _, c := range calls {
		if c.Err != 0 {
			out = append(out, c)
		}
	}
	return out
}
