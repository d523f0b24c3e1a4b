package pages

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
)

// The tables of the tests: one with rowids, texts and blobs of every length,
// one without, and an index.
var shapes = []Shape{
	{Name: "t", Carve: true, Columns: []Column{{Is: Null}, {Is: Int}, {Is: Float | Int}, {Is: Text}, {Is: Blob | Null}}},
	{Name: "w", Index: true, Columns: []Column{{Is: Text}, {Is: Int}, {Is: Text}}},
	{Name: "t_a", Index: true, Columns: []Column{{Is: Int}, {Is: Int}}},
}

// made is a database of n rows, closed, as bytes.
func made(t testing.TB, n, pageSize int, setup ...string) (db, wal []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.db")
	c, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	c.SetMaxOpenConns(1)
	do := func(q string, args ...any) {
		t.Helper()
		if _, err := c.Exec(q, args...); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	do(fmt.Sprintf("PRAGMA page_size=%d", pageSize))
	for _, q := range setup {
		do(q)
	}
	do("CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, b REAL, c TEXT, d BLOB)")
	do("CREATE INDEX t_a ON t(a)")
	do("CREATE TABLE w(k TEXT PRIMARY KEY, v INTEGER, x TEXT) WITHOUT ROWID")
	do("BEGIN")
	for i := range n {
		r := want(i)
		do("INSERT INTO t VALUES(?,?,?,?,?)", r.id, r.a, r.b, r.c, r.d)
		do("INSERT INTO w VALUES(?,?,?)", fmt.Sprint("k", i), i, strings.Repeat("w", i%300))
	}
	do("COMMIT")
	if len(setup) > 0 && strings.Contains(setup[0], "wal") { // as a killed program leaves it
		wal, _ = os.ReadFile(path + "-wal")
		db, _ = os.ReadFile(path)
		c.Close()
		return db, wal
	}
	c.Close()
	db, _ = os.ReadFile(path)
	return db, nil
}

type row struct {
	id, a int64
	b     float64
	c     string
	d     []byte
}

func want(i int) row {
	rng := rand.New(rand.NewSource(int64(i)))
	r := row{id: int64(i + 1), a: rng.Int63() >> rng.Intn(63) * int64(1-2*(i%2)), b: float64(i) / 4, c: strings.Repeat("字", rng.Intn(300))}
	if i%7 == 0 {
		r.a = int64(i/7) % 2
	}
	if i%3 == 0 {
		r.d = make([]byte, rng.Intn(20000))
		rng.Read(r.d)
	}
	return r
}

// found reads the rows of t, the first of each rowid, and those of w.
func found(t testing.TB, f *File) (map[int64]row, map[string]int64, int) {
	t.Helper()
	s := f.Survey(shapes, nil)
	rows, keys, index := map[int64]row{}, map[string]int64{}, 0
	err := s.Rows("t", func(r *Row) error {
		c, err := r.Text(3)
		d, err2 := r.Bytes(4)
		if err != nil || err2 != nil {
			return nil
		}
		if r.ID%16 != 0 {
			// As good as any other.
		} else if again, err := s.At(Unpack(r.Place.Pack())); err != nil || again.ID != r.ID || again.Int(1) != r.Int(1) {
			t.Fatalf("row %d is not found again: %v", r.ID, err)
		}
		if _, there := rows[r.ID]; !there {
			rows[r.ID] = row{r.ID, r.Int(1), r.Float(2), c, d}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Rows("w", func(r *Row) error { k, _ := r.Text(0); keys[k] = r.Int(1); return nil })
	s.Rows("t_a", func(r *Row) error { index++; return nil })
	return rows, keys, index
}

func (r row) is(o row) bool {
	return r.id == o.id && r.a == o.a && r.b == o.b && r.c == o.c && bytes.Equal(r.d, o.d)
}

func open(db, wal []byte) *File {
	if wal == nil {
		return Open(bytes.NewReader(db), int64(len(db)), nil, 0)
	}
	return Open(bytes.NewReader(db), int64(len(db)), bytes.NewReader(wal), int64(len(wal)))
}

// TestWhole: every row of a sound file is there, whatever the size of its pages,
// from the file or from the write-ahead log.
func TestWhole(t *testing.T) {
	const n = 400
	for _, size := range []int{512, 1024, 4096, 65536} {
		for _, setup := range [][]string{nil, {"PRAGMA journal_mode=wal"}} {
			db, wal := made(t, n, size, setup...)
			f := open(db, wal)
			if f.page != size {
				t.Fatalf("page size: got %d, want %d", f.page, size)
			}
			rows, keys, index := found(t, f)
			if len(rows) != n || len(keys) != n || index != n {
				t.Fatalf("pages of %d, %v: %d rows, %d keys, %d entries of the index; want %d", size, setup, len(rows), len(keys), index, n)
			}
			for i := range n {
				if !rows[int64(i+1)].is(want(i)) || keys[fmt.Sprint("k", i)] != int64(i) {
					t.Fatalf("pages of %d: row %d is not what was written", size, i)
				}
			}
		}
	}
}

// TestHeaderLost: the size of a page is found without a header, and rows without
// the schema.
func TestHeaderLost(t *testing.T) {
	for _, size := range []int{512, 4096, 16384} {
		db, _ := made(t, 400, size)
		rand.New(rand.NewSource(1)).Read(db[:size])
		f := open(db, nil)
		if rows, keys, _ := found(t, f); f.page != size || len(rows) != 400 || len(keys) != 400 {
			t.Errorf("pages of %d: taken for %d, %d rows, %d keys", size, f.page, len(rows), len(keys))
		}
	}
}

// TestDamage: whatever pages are overwritten, each row whose pages are sound
// comes out as it was written, and Survey says which trees are left.
func TestDamage(t *testing.T) {
	const n, size = 300, 1024
	sound, _ := made(t, n, size)
	for seed := range int64(30) {
		rng := rand.New(rand.NewSource(seed))
		db := bytes.Clone(sound)
		hit := map[uint32]bool{}
		for range 1 + rng.Intn(20) {
			p := rng.Intn(len(db) / size)
			hit[uint32(p+1)] = true
			switch page := db[p*size : (p+1)*size]; rng.Intn(3) {
			case 0:
				rng.Read(page)
			case 1:
				clear(page)
			case 2:
				copy(page, db[rng.Intn(len(db)/size)*size:][:size]) // a page in the place of another
			}
		}
		rows, _, _ := found(t, open(db, nil))
		for i, pages := range rowPages(t, sound, n) {
			intact := true
			for _, p := range pages {
				intact = intact && !hit[p]
			}
			if intact && !rows[int64(i+1)].is(want(i)) {
				t.Fatalf("seed %d: row %d lies on sound pages %v and is lost", seed, i, pages)
			}
		}
	}
}

// rowPages are the pages that each row of t lies on.
func rowPages(t *testing.T, db []byte, n int) map[int][]uint32 {
	f := open(db, nil)
	s := f.Survey(shapes, nil)
	out := map[int][]uint32{}
	for _, at := range s.places[0] {
		s.rowsOf(at, 0, Live, func(r *Row) error {
			pages, err := r.Pages()
			if err != nil {
				t.Fatal(err)
			}
			out[int(r.ID)-1] = pages
			return nil
		})
	}
	if len(out) != n {
		t.Fatalf("%d rows, want %d", len(out), n)
	}
	return out
}

// TestTorn: of a page whose first half is lost, the rows in the other half are
// found.
func TestTorn(t *testing.T) {
	const size = 4096
	for _, fill := range []string{"noise", "zero"} {
		db, _ := made(t, 400, size)
		whole, _, _ := found(t, open(db, nil))
		for p := 1; p < len(db)/size; p++ {
			half := db[p*size : p*size+size/2]
			if !orderly(db[p*size:][:size], size) || db[p*size] != tableLeaf {
				continue
			}
			if clear(half); fill == "noise" {
				rand.New(rand.NewSource(int64(p))).Read(half)
			}
		}
		rows, _, _ := found(t, open(db, nil))
		sound := 0
		for id, r := range rows {
			if r.is(whole[id]) {
				sound++
			}
		}
		if sound < 100 {
			t.Errorf("%s: %d rows of 400 come out of half the pages", fill, sound)
		}
	}
}

// TestStates: what was deleted and freed is old, and comes after what counts.
func TestStates(t *testing.T) {
	db, _ := made(t, 200, 1024, "PRAGMA secure_delete=off")
	path := filepath.Join(t.TempDir(), "t.db")
	if err := os.WriteFile(path, db, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := sql.Open("sqlite3", "file:"+path+"?_secure_delete=off")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Exec("DELETE FROM w WHERE v<150"); err != nil {
		t.Fatal(err)
	}
	c.Close()
	db, _ = os.ReadFile(path)
	s := open(db, nil).Survey(shapes, nil)
	last, live, old := Live, map[int64]bool{}, 0
	s.Rows("w", func(r *Row) error {
		if r.Where < last {
			t.Fatal("the rows are not in the order of what they are worth")
		}
		last = r.Where
		if r.Where == Live {
			live[r.Int(1)] = true
		} else if r.Where == Old {
			old++
		}
		return nil
	})
	if len(live) != 50 || live[149] || old == 0 {
		t.Errorf("%d rows live, %d old", len(live), old)
	}
	if !s.Tree("w") || !s.Tree("t") {
		t.Error("a tree was not found")
	}
}

// TestWalDamaged: an image that is damaged costs its page and no other, and what
// no commit follows does not count.
func TestWalDamaged(t *testing.T) {
	db, wal := made(t, 300, 4096, "PRAGMA journal_mode=wal")
	frames := (len(wal) - walHead) / (frameHead + 4096)
	whole := open(db, wal)
	for _, tt := range []struct {
		name       string
		at, length int
		least      int
	}{
		{"the header", 0, walHead, frames - 1},
		{"an image", walHead + 30*(frameHead+4096) + frameHead, 4096, frames - 1},
		{"the header of an image", walHead + 30*(frameHead+4096), frameHead, frames - 2},
	} {
		b := bytes.Clone(wal)
		rand.New(rand.NewSource(7)).Read(b[tt.at : tt.at+tt.length])
		f := open(db, b)
		if f.page != 4096 || len(f.frames)+len(f.spares) < tt.least {
			t.Errorf("%s: %d images of %d", tt.name, len(f.frames)+len(f.spares), frames)
		}
	}
	cut := open(db, wal[:len(wal)-100]) // the last commit is gone
	if len(cut.frames) >= len(whole.frames) || len(cut.spares) == 0 {
		t.Errorf("%d images count of %d after the commit was cut off", len(cut.frames), len(whole.frames))
	}
}

// TestDisk: a page that the disk refuses is lost, and counted.
func TestDisk(t *testing.T) {
	db, _ := made(t, 100, 1024)
	r := &refusing{bytes.NewReader(db), 10 * 1024}
	f := Open(r, int64(len(db)), nil, 0)
	rows, _, _ := found(t, f)
	if _, refused := f.Pages(); refused != 1 || len(rows) == 0 {
		t.Errorf("%d pages refused, %d rows", refused, len(rows))
	}
}

type refusing struct {
	*bytes.Reader
	at int64
}

func (r *refusing) ReadAt(b []byte, off int64) (int, error) {
	if off <= r.at && r.at < off+int64(len(b)) {
		return 0, errors.New("input/output error")
	}
	return r.Reader.ReadAt(b, off)
}

// TestCircles: chains and trees that run in circles end.
func TestCircles(t *testing.T) {
	db, _ := made(t, 100, 512)
	for seed := range int64(50) {
		rng := rand.New(rand.NewSource(seed))
		b := bytes.Clone(db)
		for p := 0; p < len(b); p += 512 { // every page leads to some page that is there
			copy(b[p:], []byte{0, 0, 0, byte(1 + rng.Intn(len(b)/512))})
			if rng.Intn(2) == 0 {
				b[p] = []byte{indexInterior, tableInterior}[rng.Intn(2)]
				copy(b[p+8:], []byte{0, 0, 0, byte(1 + rng.Intn(len(b)/512))})
			}
		}
		found(t, open(b, nil))
	}
}

func TestVarint(t *testing.T) {
	for _, tt := range []struct {
		b    []byte
		v    uint64
		size int
	}{
		{[]byte{0}, 0, 1}, {[]byte{0x7f}, 127, 1}, {[]byte{0x81, 0}, 128, 2}, {[]byte{0xff}, 0, 0}, {nil, 0, 0},
		{bytes.Repeat([]byte{0xff}, 9), 1<<64 - 1, 9}, {bytes.Repeat([]byte{0xff}, 8), 0, 0},
	} {
		if v, n := varint(tt.b); v != tt.v || n != tt.size {
			t.Errorf("% x: got %d in %d bytes, want %d in %d", tt.b, v, n, tt.v, tt.size)
		}
	}
}

func FuzzSurvey(f *testing.F) {
	db, wal := made(f, 2, 512, "PRAGMA journal_mode=wal")
	f.Add(db, wal)
	db, _ = made(f, 3, 512)
	f.Add(db, []byte{})
	f.Add([]byte(magic), make([]byte, 600))
	f.Fuzz(func(t *testing.T, db, wal []byte) {
		s := open(db, wal).Survey(shapes, nil)
		for i := range shapes {
			s.Rows(shapes[i].Name, func(r *Row) error {
				for c := range r.n {
					r.Int(c)
					r.Float(c)
					if b, err := r.Bytes(c); err == nil && int64(len(b)) != r.Len(c) {
						t.Fatalf("column %d has %d bytes, and %d came", c, r.Len(c), len(b))
					}
				}
				return nil
			})
		}
	})
}
