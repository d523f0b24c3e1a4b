package fonts

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// fake makes a font file of faces that have a name, a weight and a glyph table of
// bytes, and nothing else; more than one face are a collection.
func fake(faces ...fakeFace) []byte {
	var out []byte
	u16 := func(b []byte, v int) []byte { return binary.BigEndian.AppendUint16(b, uint16(v)) }
	u32 := func(b []byte, v int) []byte { return binary.BigEndian.AppendUint32(b, uint32(v)) }
	head := 0
	if len(faces) > 1 {
		head = 12 + 4*len(faces)
	}
	dirSize := 12 + 16*4
	at := head + len(faces)*dirSize
	var dirs, data []byte
	for _, f := range faces {
		var text []byte
		for _, u := range utf16.Encode([]rune(f.family)) {
			text = u16(text, int(u))
		}
		name := u16(u16(u16(nil, 0), 1), 18)
		for _, v := range []int{3, 1, 0x409, 1, len(text), 0} {
			name = u16(name, v)
		}
		tables := []struct {
			tag  string
			data []byte
		}{
			{"OS/2", u16(u16(u16(nil, 4), 500), f.weight)}, {"glyf", []byte(f.glyphs)}, {"name", append(name, text...)}, {"vmtx", []byte("upright")},
		}
		dirs = append(dirs, "OTTO"...)
		dirs = u16(u32(dirs, len(tables)<<16), 0)
		dirs = u16(dirs, 0)
		for _, t := range tables {
			dirs = append(dirs, t.tag...)
			dirs = u32(u32(u32(dirs, 0), at+len(data)), len(t.data))
			data = append(data, t.data...)
		}
	}
	if head > 0 {
		out = u32(append(out, "ttcf\x00\x01\x00\x00"...), len(faces))
		for i := range faces {
			out = u32(out, head+i*dirSize)
		}
	}
	return append(append(out, dirs...), data...)
}

type fakeFace struct {
	family string
	weight int
	glyphs string
}

func put(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	regular := put(t, dir, "opentype/noto/NotoSansCJK-Regular.ttc", fake(
		fakeFace{"Noto Sans CJK JP", 400, "jp"}, fakeFace{"Noto Sans CJK SC", 400, "sc"}, fakeFace{"Noto Sans CJK TC", 400, "tc"}))
	bold := put(t, dir, "opentype/noto/NotoSansCJK-Bold.ttc", fake(fakeFace{"Noto Sans CJK JP", 700, ""}, fakeFace{"Noto Sans CJK TC", 700, "tcb"}))
	put(t, dir, "NotoSansCJK-VF.ttc", fake(fakeFace{"Noto Sans CJK TC", 100, "thin"}, fakeFace{"Noto Sans CJK SC", 100, "thin"}))
	mincho := put(t, dir, "yumin.ttf", fake(fakeFace{"Yu Mincho", 400, "mincho"}))
	jheng := put(t, dir, "msjh.ttc", fake(fakeFace{"微軟正黑體", 400, ""}, fakeFace{"Microsoft JhengHei", 400, ""}))
	put(t, dir, "Mystery.otf", fake(fakeFace{"Noto Serif CJK SC", 400, "by its name no candidate"}))
	put(t, dir, "SimSun.ttf", []byte("ttcf\x00\x01\x00\x00\xff\xff\xff\xff"))
	put(t, dir, "songti.ttc", nil)
	put(t, dir, "wqy.txt", fake(fakeFace{"Songti SC", 400, "no font by its ending"}))
	c := Scan([]string{filepath.Join(dir, "nowhere"), dir, dir})
	for _, tt := range []struct {
		want  Want
		path  string
		index int
	}{
		{Want{}, regular, 1},
		{Want{Forms: Traditional}, regular, 2},
		{Want{Forms: Japanese}, regular, 0},
		{Want{Forms: Traditional, Bold: true}, bold, 1},
		{Want{Bold: true}, "", 0},
		{Want{Forms: Japanese, Serif: true}, mincho, 0},
		{Want{Serif: true}, "", 0},
		{Want{Forms: "kr"}, "", 0},
	} {
		got, ok := c.Find(tt.want)
		if got.Path != tt.path || got.Index != tt.index || ok != (tt.path != "") {
			t.Errorf("%+v: got %+v, %v; want %s, face %d", tt.want, got, ok, tt.path, tt.index)
		}
	}
	// Without Noto, what the system brings along.
	if err := os.RemoveAll(filepath.Join(dir, "opentype")); err != nil {
		t.Fatal(err)
	}
	if got, ok := Scan([]string{dir}).Find(Want{Forms: Traditional}); !ok || got.Path != jheng || got.Index != 1 {
		t.Errorf("without Noto: got %+v, %v; want face 1 of %s", got, ok, jheng)
	}
	if got, ok := Scan(nil).Find(Want{}); ok {
		t.Errorf("on a bare machine: got %+v", got)
	}
}

// A face comes out of a collection as a font of its own, without what is not used.
func TestBytes(t *testing.T) {
	path := put(t, t.TempDir(), "NotoSansCJK-Regular.ttc", fake(fakeFace{"A", 400, "one"}, fakeFace{"B", 400, "the other"}))
	for i, want := range []string{"one", "the other"} {
		b, err := (&Found{Path: path, Index: i}).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		d, err := directory(bytes.NewReader(b), 0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.table(bytes.NewReader(b), "glyf", 100)
		if err != nil || string(got) != want || len(d.tables) != 3 {
			t.Errorf("face %d: %q with %d tables, %v; want %q with 3", i, got, len(d.tables), err, want)
		}
	}
	for _, f := range []Found{{Path: path, Index: 2}, {Path: path, Index: -1}, {Path: path + ".gone"}} {
		if _, err := f.Bytes(); err == nil || !strings.Contains(err.Error(), "settings") {
			t.Errorf("%+v: got %v, want an error that says what to do", f, err)
		}
	}
}

// Whatever a file says, nothing panics and nothing of gigabytes is asked for.
func FuzzFont(f *testing.F) {
	f.Add(fake(fakeFace{"A", 400, "one"}, fakeFace{"B", 700, "two"}))
	f.Add(fake(fakeFace{"Noto Sans CJK SC", 400, "x"}))
	f.Add([]byte("ttcf"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		n, err := count(r)
		for i := 0; err == nil && i < min(n, 4); i++ {
			d, err := directory(r, i)
			if err != nil {
				continue
			}
			d.weight(r)
			d.families(r)
			if b, err := single(r, int64(len(data)), i); err == nil && len(b) > 12+16*maxTables+maxTables*(len(data)+4) {
				t.Errorf("%d bytes gave a font of %d", len(data), len(b))
			}
		}
	})
}
