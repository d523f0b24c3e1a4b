package storage

import (
	"encoding/binary"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
	"fonds/storage/pages"
)

const pageSize = 4096

// lies is where everything of a sound archive lies: which pages.
type lies struct {
	docs  map[archive.ID][]uint32 // all that a document stands on: log, bodies, text, original
	names map[archive.ID][]uint32 // its row in the list
	ids   map[archive.ID][]uint32 // everything on which its id stands
	ops   map[archive.ID][]op     // by document
	pages int
	wal   map[uint32]int64 // where the image of a page begins that lies in the journal
}

func idsOf(t *testing.T, a *Archive) map[archive.ID]bool {
	t.Helper()
	docs, err := a.List(ctx, Query{})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[archive.ID]bool{}
	for _, d := range docs {
		ids[d.ID] = true
	}
	return ids
}

type op struct{ log, index []uint32 }

func whereItLies(t *testing.T, a *Archive, path string) *lies {
	t.Helper()
	d, err := openDamaged(path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	f := pages.Open(d.db, d.size, nil, 0)
	l := &lies{docs: map[archive.ID][]uint32{}, names: map[archive.ID][]uint32{}, ids: map[archive.ID][]uint32{}, ops: map[archive.ID][]op{}, wal: map[uint32]int64{}}
	if d.wal != nil {
		f = pages.Open(d.db, d.size, d.wal, d.walSize)
		head := make([]byte, 32)
		d.wal.ReadAt(head, 0)
		for at := int64(32); at+24+pageSize <= d.walSize; at += 24 + pageSize {
			b := make([]byte, 24)
			d.wal.ReadAt(b, at)
			if string(b[8:16]) == string(head[16:24]) {
				l.wal[binary.BigEndian.Uint32(b)] = at + 24
			}
		}
	}
	l.pages, _ = f.Pages()
	ids := idsOf(t, a)
	for n := range l.pages {
		b := make([]byte, pageSize)
		if at, ok := l.wal[uint32(n+1)]; ok {
			d.wal.ReadAt(b, at)
		} else {
			d.db.ReadAt(b, int64(n)*pageSize)
		}
		for id := range ids {
			if strings.Contains(string(b), string(id)) {
				l.ids[id] = append(l.ids[id], uint32(n+1))
			}
		}
	}
	s := f.Survey(truth, nil)
	where := func(table string, each func(r *pages.Row, on []uint32)) {
		s.Rows(table, func(r *pages.Row) error {
			if r.Where != pages.Live {
				return nil
			}
			on, err := r.Pages()
			if err != nil {
				t.Fatal(err)
			}
			each(r, on)
			return nil
		})
	}
	subject, index := map[int64]archive.ID{}, map[int64][]uint32{}
	where("log_subject", func(r *pages.Row, on []uint32) { index[r.Int(4)] = on })
	where("log", func(r *pages.Row, on []uint32) {
		o, _ := operation(r)
		subject[r.ID] = o.Subject
		l.docs[o.Subject] = append(l.docs[o.Subject], on...)
		l.ops[o.Subject] = append(l.ops[o.Subject], op{on, index[r.ID]})
	})
	where("bodies", func(r *pages.Row, on []uint32) { l.docs[subject[r.ID]] = append(l.docs[subject[r.ID]], on...) })
	where("texts", func(r *pages.Row, on []uint32) {
		w, _ := wordsAt(r, 1)
		l.docs[archive.ID(w[0])] = append(l.docs[archive.ID(w[0])], on...)
	})
	where("documents", func(r *pages.Row, on []uint32) { w, _ := wordsAt(r, 1); l.names[archive.ID(w[0])] = on })
	chunks := map[int64][]uint32{}
	where("chunks", func(r *pages.Row, on []uint32) { chunks[r.ID>>20] = append(chunks[r.ID>>20], on...) })
	rows, err := a.pool.Query("SELECT d.id, b.id FROM documents d JOIN blobs b USING(sha256)")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var doc archive.ID
		var blob int64
		if err := rows.Scan(&doc, &blob); err != nil {
			t.Fatal(err)
		}
		l.docs[doc] = append(l.docs[doc], chunks[blob]...)
	}
	return l
}

// hurt damages a file as disks and programs do, and says which pages were hit.
func hurt(t *testing.T, rng *rand.Rand, path string, l *lies) (hit map[uint32]bool, how string) {
	t.Helper()
	db, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wal, _ := os.ReadFile(path + "-wal")
	hit = map[uint32]bool{}
	image := func(n uint32) []byte {
		if at, ok := l.wal[n]; ok {
			return wal[at:][:pageSize]
		}
		return db[int(n-1)*pageSize:][:pageSize]
	}
	for range 1 + rng.Intn(max(2, l.pages/20)) {
		n := uint32(1 + rng.Intn(l.pages))
		if rng.Intn(8) == 0 {
			n = 1
		}
		hit[n] = true
		page := image(n)
		switch rng.Intn(6) {
		case 0, 1:
			rng.Read(page)
		case 2:
			clear(page)
		case 3:
			rng.Read(page[:pageSize/2])
		case 4:
			clear(page[pageSize/2:])
		case 5:
			copy(page, image(uint32(1+rng.Intn(l.pages))))
		}
	}
	how = fmt.Sprintf("pages %v", slices.Sorted(keysOf(hit)))
	if len(wal) == 0 && rng.Intn(5) == 0 {
		cut := rng.Intn(len(db)/4 + 1)
		db = db[:len(db)-cut]
		for n := len(db)/pageSize + 1; n <= l.pages; n++ {
			hit[uint32(n)] = true
		}
		how += fmt.Sprintf(", and %d bytes cut off", cut)
	}
	if err := os.WriteFile(path, db, 0o600); err != nil {
		t.Fatal(err)
	}
	if len(wal) > 0 {
		if err := os.WriteFile(path+"-wal", wal, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return hit, how
}

func keysOf(m map[uint32]bool) func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// TestRecoverDamaged: whatever pages of an archive are overwritten, every document
// whose pages survive is recovered as it was, and the others are named.
func TestRecoverDamaged(t *testing.T) {
	var docs, intact, whole, partly, lost, nameless int
	for seed := range int64(rounds(6, 200)) {
		rng := rand.New(rand.NewSource(seed))
		a, ids := busy(t, rng, 2+rng.Intn(30))
		killed := rng.Intn(3) == 0
		want := map[archive.ID]string{}
		for _, id := range ids {
			want[id] = content(t, a, id)
		}
		damaged := asItLies(t, a, killed)
		sound, err := Open(ctx, a.Path(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		l := whereItLies(t, sound, damaged)
		sound.Close()
		hit, how := hurt(t, rng, damaged, l)
		touched := func(on []uint32) bool { return slices.ContainsFunc(on, func(n uint32) bool { return hit[n] }) }
		b, r := recovered(t, damaged)
		named := map[archive.ID]archive.LostDocument{}
		for _, d := range r.Lost.Documents {
			named[d.ID] = d
		}
		for i, id := range ids {
			d, isNamed := named[id]
			got := content(t, b, id)
			docs++
			switch {
			case !touched(l.docs[id]):
				intact++
				if got != want[id] {
					t.Errorf("seed %d (%s): document %d is not as it was: %s", seed, how, i, differ(got, want[id]))
				}
				if isNamed {
					t.Errorf("seed %d (%s): document %d is whole, and named as missing %v", seed, how, i, d.Missing)
				}
			case got == want[id]:
				whole++ // it lay somewhere else too
			case isNamed:
				partly++
				if d.Whole() {
					partly--
					lost++
					if got != "not there" {
						t.Errorf("seed %d (%s): document %d is lost, and there", seed, how, i)
					}
				}
				if !touched(l.names[id]) && d.Name != fmt.Sprintf("%d.txt", i) {
					t.Errorf("seed %d (%s): document %d is called %q in the report", seed, how, i, d.Name)
				}
			default:
				// Operations of which neither row nor index is left can be counted, not told;
				// nor a document that is lost with every page on which its id stood.
				nameless++
				known := slices.ContainsFunc(l.ops[id], func(o op) bool { return touched(o.log) && !touched(o.index) })
				for _, n := range l.ids[id] {
					known = known || got == "not there" && !hit[n]
				}
				if known || r.Lost.Lost() == 0 {
					t.Errorf("seed %d (%s): document %d has lost something and is not named (known %v): %s", seed, how, i, known, differ(got, want[id]))
				}
			}
		}
		rep, err := b.Verify(ctx, VerifyOptions{})
		if err != nil || !rep.OK {
			t.Errorf("seed %d (%s): verify: %s (%v)", seed, how, rep.Bad, err)
		}
		b.Close()
		if t.Failed() {
			return
		}
	}
	t.Logf("%d documents: %d had all their pages, and are as they were; of the others %d are whole from elsewhere, %d are named as partly lost, %d as lost, %d have lost operations that nothing tells of but their number",
		docs, intact, whole, partly, lost, nameless)
}

// differ is the first line in which two contents differ.
func differ(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("got %.200s; want %.200s", g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
