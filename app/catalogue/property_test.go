package catalogue

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// state is what the fields of all documents hold, by document.
func (b *bench) state() string {
	var out []string
	for n := range b.docs {
		d, err := b.a.Document(ctx, b.docs[n].ID)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, it := range d.Of(archive.AValue) {
			if it.InForce() {
				out = append(out, fmt.Sprintf("%d %s %d %s", n+1, it.Key, it.Pos, it.Text))
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// random is a catalogue of some rows over paths, with cells that are empty, the same,
// repeated or wrong now and then.
func random(r *rand.Rand, paths []string) (head string, rows []string) {
	names := []string{"", "none.txt", "same.txt", "x"}
	for _, p := range paths {
		names = append(names, p, base(p), stem(base(p)))
	}
	cells := []string{"", "甲", "乙", "甲；乙", "乙;甲", "2015-11-22", "20151122", "D〔1〕2", "d[1]2", "=1", "'x"}
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	for range r.IntN(12) + 1 {
		row := []string{pick(names)}
		for range 5 {
			row = append(row, pick(cells))
		}
		rows = append(rows, strings.Join(row, ","))
	}
	return "文件名,题名,日期,责任者,档号,来源", rows
}

// matched says of each row, by what stands in it, what it would change.
func matched(c *Table, s *Survey) string {
	var out []string
	for _, o := range s.Rows {
		words := strings.Join(c.Rows[o.Row].Cells, "|") + " " + o.Why + o.How
		if o.Doc >= 0 {
			words += fmt.Sprint(s.Docs[o.Doc].ID, s.Docs[o.Doc].Changes)
		}
		out = append(out, words)
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// For any catalogue: the order of its rows decides nothing; what it says is done by taking
// it, and taken again it changes nothing; one undo gives back what was there; no field is
// empty that was not before.
func TestProperties(t *testing.T) {
	paths := []string{"a/1.txt", "a/2.txt", "b/2.txt", "b/same.txt", "c/same.txt", "c/3.html"}
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 7))
		b := newBench(t, paths...)
		for n := range paths {
			for _, f := range []string{"dcterms:title", "dcterms:date", "dcterms:identifier", "dcterms:creator"} {
				if r.IntN(2) == 0 {
					b.field(n+1, f, [][]string{{"甲"}, {"2015-11-22"}, {"D[1]2"}, {"乙"}}[r.IntN(4)]...)
				}
			}
		}
		head, rows := random(r, paths)
		c := parse(t, head+"\n"+strings.Join(rows, "\n")+"\n")
		p := Guess(c, dublinCore(t))
		if r.IntN(3) == 0 {
			p.Match = Match{4, identifier}
		}
		s := b.look(c, p)
		shuffled := slices.Clone(rows)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		other := parse(t, head+"\n"+strings.Join(shuffled, "\n")+"\n")
		if got, want := matched(other, b.look(other, p)), matched(c, s); got != want {
			t.Fatalf("seed %d: in another order\n%s\nbefore\n%s", seed, got, want)
		}
		before := b.state()
		edits := s.Edits(nil)
		b.take(s)
		for _, d := range s.Docs {
			now, err := b.a.Document(ctx, d.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, ch := range d.Changes {
				var got []string
				for _, it := range now.Values(ch.Field) {
					got = append(got, it.Text)
				}
				if !slices.Equal(got, ch.New) || len(got) == 0 {
					t.Fatalf("seed %d: %s is %q, want %q", seed, ch.Field, got, ch.New)
				}
			}
		}
		again := b.look(c, p)
		if p.Match.Field == "" && len(again.Edits(nil)) != 0 {
			t.Fatalf("seed %d: taken again it changes %s", seed, told(again))
		}
		if len(edits) == 0 {
			continue
		}
		if _, err := b.a.Undo(ctx, "Zhang", false); err != nil {
			t.Fatal(err)
		}
		if got := b.state(); got != before {
			t.Fatalf("seed %d: after undo\n%s\nbefore\n%s", seed, got, before)
		}
	}
}
