package packed

import (
	"archive/tar"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fonds/app/ingest/content"
)

// check: whatever the bytes are, they are refused, or their members come out within the limits, each time the same.
func check(t *testing.T, data []byte, kind string) {
	began := time.Now()
	run := func() (names []string, bytes int, lost []string, err error) {
		lost, err = Walk(ctx, data, kind, Options{Name: "x.gz"}, func(p content.Part) error {
			names = append(names, p.Name)
			bytes += len(p.Data)
			if len(p.Data) > MaxMember || p.As != content.Member {
				t.Fatalf("%q: %d bytes", p.Name, len(p.Data))
			}
			if kind == Warc || kind == Arc {
				if !utf8.ValidString(p.Name) || strings.HasPrefix(p.Name, "/") || strings.Contains("/"+p.Name+"/", "/../") || strings.Contains(p.Name, `\`) {
					t.Fatalf("name %q", p.Name)
				}
			}
			for _, s := range p.Said {
				if !utf8.ValidString(s.Value + s.Where) {
					t.Fatalf("said %q", s)
				}
			}
			return nil
		})
		return names, bytes, lost, err
	}
	names, n, lost, err := run()
	var r *content.Refusal
	if err != nil && !errors.As(err, &r) {
		t.Fatalf("%v is no refusal", err)
	}
	for _, l := range lost {
		if !utf8.ValidString(l) || strings.ContainsAny(l, "\x00\n") {
			t.Fatalf("lost %q", l)
		}
	}
	if again, m, _, err2 := run(); m != n || strings.Join(again, "|") != strings.Join(names, "|") || (err == nil) != (err2 == nil) {
		t.Fatal("not the same again")
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Fatalf("%v", took)
	}
}

func FuzzZip(f *testing.F) {
	f.Add(zipOf(member{name: "a", data: "1"}, member{name: "b", data: "two two two two", deflate: true, later: true}))
	f.Add(zipOf(member{name: "a", data: "1", zip64: true, extra: unicodePath("a", "题")}))
	f.Add(zipOf(member{name: "a", data: "1"})[:40])
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data, Zip) })
}

func FuzzTar(f *testing.F) {
	f.Add(tarOf(f, &tar.Header{Name: "a", Size: 3}, &tar.Header{Name: strings.Repeat("b", 200), Size: 1}, &tar.Header{Name: "题", Size: 1, Format: tar.FormatPAX}))
	f.Add(sparseTar(100))
	f.Fuzz(func(t *testing.T, data []byte) {
		check(t, data, Tar)
		check(t, data, Gzip)
		check(t, data, Bzip2)
	})
}

func FuzzWarc(f *testing.F) {
	f.Add([]byte(warcRecord("response", "http://a.org/x", "", httpAnswer("Transfer-Encoding: chunked\r\nContent-Encoding: gzip, deflate\r\n", "3\r\nabc\r\n0\r\n\r\n"))))
	f.Add([]byte("filedesc://x.arc 0.0.0.0 19961111000000 text/plain 7\n1 0 x\n\n\nhttp://a/ 1.2.3.4 19961111010203 text/html 2\nab\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		check(t, data, Warc)
		check(t, data, Arc)
	})
}

// A walk ends with its context, within 100 ms and what a shared machine adds.
func TestStopped(t *testing.T) {
	big := strings.Repeat("some words that repeat themselves and some that do not 0123456789 ", 1<<20) // 67 MB
	noise := make([]byte, 4<<20)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	for name, data := range map[string][]byte{
		"gzip": append(zipped(string(noise)), zipped(big[:60<<20])...), "zip": zipOf(member{name: "n", data: string(noise)}, member{name: "a", data: big[:60<<20], deflate: true, later: true})[:5<<20],
	} {
		c, cancel := context.WithCancel(ctx)
		var at time.Time
		time.AfterFunc(5*time.Millisecond, func() { at = time.Now(); cancel() })
		_, err := Walk(c, data, "", Options{}, func(content.Part) error { <-c.Done(); return nil })
		if err == nil && name == "gzip" || err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if late := time.Since(at); late > 5*time.Second {
			t.Errorf("%s: stopped after %v", name, late)
		}
	}
	c, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Walk(c, zipOf(), "", Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	own := errors.New("of yield")
	if _, err := Walk(ctx, zipOf(member{name: "a"}), "", Options{}, func(content.Part) error { return own }); !errors.Is(err, own) {
		t.Error(err)
	}
}

// The largest member that may be, from a file that says nothing of its size, stays far below 500 MB.
func TestMemory(t *testing.T) {
	text := strings.Repeat("some words that repeat themselves 0123456789 ", MaxMember/45)
	data := append(zipped(text), zipped("x")...) // the size at its end is that of the second
	text = ""
	runtime.GC()
	var before, m runtime.MemStats
	runtime.ReadMemStats(&before)
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		top := uint64(0)
		for {
			select {
			case <-stop:
				most <- top
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&m)
				top = max(top, m.HeapAlloc)
			}
		}
	}()
	b := NewBudget(16 << 20)
	n := 0
	if _, err := Walk(ctx, data, "", Options{Budget: b}, func(p content.Part) error { n = len(p.Data); return nil }); err != nil {
		t.Fatal(err)
	}
	close(stop)
	top := <-most
	t.Logf("a member of %d MB: the heap had %d MB at most", n>>20, top>>20)
	if top > 500<<20 {
		t.Errorf("the heap had %d MB", top>>20)
	}
}
