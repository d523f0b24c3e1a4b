package app_test

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a file manager does when files are dropped: the source's side of XDND, version 5
// (https://www.freedesktop.org/wiki/Specifications/XDND), in X's own protocol (X11R7,
// "X Window System Protocol", encoding in its appendix B) over the socket of the server.

// xConn is a connection to an X server, little endian.
type xConn struct {
	t     *testing.T
	c     net.Conn
	seq   uint16
	root  uint32
	next  uint32            // id that a window of ours gets
	atoms map[string]uint32 // by their names
	queue [][]byte          // events that came before a reply
}

// X's numbers of requests, events and types that are used here.
const (
	xCreateWindow, xInternAtom, xChangeProperty, xGetProperty   = 1, 16, 18, 20
	xSetOwner, xSendEvent, xTranslate                           = 22, 25, 40
	xReply, xSelectionRequest, xSelectionNotify, xClientMessage = 1, 30, 31, 33

	xTypeAtom uint32 = 4
)

// openX connects to the server of $DISPLAY; a test that cannot is skipped.
func openX(t *testing.T) *xConn {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("drops files by X's protocol: on Linux only")
	}
	number, ok := strings.CutPrefix(os.Getenv("DISPLAY"), ":")
	if !ok {
		t.Skip("drops files by X's protocol: wants a server on this machine")
	}
	number, _, _ = strings.Cut(number, ".")
	path := "/tmp/.X11-unix/X" + number
	c, err := net.Dial("unix", path)
	if err != nil {
		if c, err = net.Dial("unix", "@"+path); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	x := &xConn{t: t, c: c, atoms: map[string]uint32{}}
	x.write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	head := x.read(8)
	rest := x.read(4 * int(binary.LittleEndian.Uint16(head[6:])))
	if head[0] != 1 {
		t.Skipf("the X server lets nobody in who has no cookie: run it under .ci/display (%q)", rest)
	}
	vendor, formats := int(binary.LittleEndian.Uint16(rest[16:])), int(rest[21])
	x.next = binary.LittleEndian.Uint32(rest[4:]) + 1
	x.root = binary.LittleEndian.Uint32(rest[32+(vendor+3)/4*4+8*formats:])
	return x
}

func (x *xConn) write(b []byte) {
	x.t.Helper()
	if _, err := x.c.Write(b); err != nil {
		x.t.Fatalf("to the X server: %v", err)
	}
}

func (x *xConn) read(n int) []byte {
	x.t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(x.c, b); err != nil {
		x.t.Fatalf("from the X server: %v", err)
	}
	return b
}

// request sends a request: its number, the byte behind that, and what follows the length.
func (x *xConn) request(op, data byte, body ...any) {
	x.t.Helper()
	var b bytes.Buffer
	for _, v := range body {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			x.t.Fatal(err)
		}
	}
	b.Write(make([]byte, -b.Len()&3))
	x.seq++
	x.write(append([]byte{op, data, byte(b.Len()/4 + 1), byte((b.Len()/4 + 1) >> 8)}, b.Bytes()...))
}

// message is the next thing that the server says.
func (x *xConn) message() []byte {
	x.t.Helper()
	b := x.read(32)
	switch b[0] {
	case 0:
		x.t.Fatalf("X refuses request %d, %d: error %d, value %#x", binary.LittleEndian.Uint16(b[2:]), b[10], b[1], binary.LittleEndian.Uint32(b[4:]))
	case xReply:
		b = append(b, x.read(4*int(binary.LittleEndian.Uint32(b[4:])))...)
	}
	return b
}

// reply is that to the last request.
func (x *xConn) reply() []byte {
	x.t.Helper()
	for {
		b := x.message()
		if b[0] == xReply && binary.LittleEndian.Uint16(b[2:]) == x.seq {
			return b
		}
		x.queue = append(x.queue, b)
	}
}

// event is the next one of ours.
func (x *xConn) event() []byte {
	x.t.Helper()
	if len(x.queue) > 0 {
		b := x.queue[0]
		x.queue = x.queue[1:]
		return b
	}
	return x.message()
}

func (x *xConn) atom(name string) uint32 {
	x.t.Helper()
	if x.atoms[name] == 0 {
		x.request(xInternAtom, 0, uint16(len(name)), uint16(0), []byte(name))
		x.atoms[name] = binary.LittleEndian.Uint32(x.reply()[8:])
	}
	return x.atoms[name]
}

// property sets a property of a window: of bytes, or of atoms.
func (x *xConn) property(window, name, of uint32, value any) {
	x.t.Helper()
	format, n := byte(8), binary.Size(value)
	if _, ok := value.([]uint32); ok {
		format, n = 32, n/4
	}
	x.request(xChangeProperty, 0, window, name, of, format, [3]byte{}, uint32(n), value)
}

// tell sends a message of XDND to a window.
func (x *xConn) tell(window uint32, what string, data ...uint32) {
	x.t.Helper()
	x.request(xSendEvent, 0, window, uint32(0), byte(xClientMessage), byte(32), uint16(0), window, x.atom(what), append(data, make([]uint32, 5-len(data))...))
}

// drop drops URIs on the middle of the window, as if they had been dragged there from
// another program, and comes back when the window says that it has taken them.
func (d *desktop) drop(uris ...string) {
	d.t.Helper()
	x := openX(d.t)
	id, err := strconv.ParseUint(d.window, 10, 32)
	if err != nil {
		d.t.Fatal(err)
	}
	window, source := uint32(id), x.next
	x.request(xGetProperty, 0, window, x.atom("XdndAware"), xTypeAtom, uint32(0), uint32(1))
	aware := x.reply()
	if n := binary.LittleEndian.Uint32(aware[16:]); n != 1 || binary.LittleEndian.Uint32(aware[32:]) < 5 {
		d.t.Fatalf("nothing can be dropped on the window: %d versions of XDND", n)
	}
	x.request(xTranslate, 0, window, x.root, uint16(400), uint16(300))
	middle := x.reply()
	at := uint32(binary.LittleEndian.Uint16(middle[12:]))<<16 | uint32(binary.LittleEndian.Uint16(middle[14:]))
	// A window that is never seen; file managers offer files in more than three ways.
	x.request(xCreateWindow, 0, source, x.root, uint16(0), uint16(0), uint16(1), uint16(1), uint16(0), uint16(2), uint32(0), uint32(0))
	list := x.atom("text/uri-list")
	x.property(source, x.atom("XdndTypeList"), xTypeAtom, []uint32{x.atom("x-special/gnome-icon-list"), x.atom("UTF8_STRING"), x.atom("text/plain"), list})
	selection, copies := x.atom("XdndSelection"), x.atom("XdndActionCopy")
	x.request(xSetOwner, 0, source, selection, uint32(0))
	x.tell(window, "XdndEnter", source, 5<<24|1)
	x.tell(window, "XdndPosition", source, 0, at, 0, copies)
	for {
		e := x.event()
		word := func(i int) uint32 { return binary.LittleEndian.Uint32(e[i:]) }
		switch kind := e[0] & 0x7f; {
		case kind == xSelectionRequest:
			to, of, name := word(12), word(20), cmp.Or(word(24), word(20))
			if of == list {
				x.property(to, name, of, []byte(strings.Join(uris, "\r\n")+"\r\n"))
			} else {
				name = 0
			}
			x.request(xSendEvent, 0, to, uint32(0), byte(xSelectionNotify), byte(0), uint16(0), word(4), to, word(16), of, name, [8]byte{})
		case kind == xClientMessage && word(8) == x.atom("XdndStatus"):
			if word(16)&1 == 0 {
				d.t.Fatal("the window does not take files")
			}
			x.tell(window, "XdndDrop", source)
		case kind == xClientMessage && word(8) == x.atom("XdndFinished"):
			if word(16) == 0 { // GLFW says how many bytes it took, and not 1
				d.t.Fatal("the window did not take what was dropped")
			}
			return
		default:
			d.t.Logf("X says % x", e)
		}
	}
}
