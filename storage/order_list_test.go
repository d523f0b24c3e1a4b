package storage

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
	"fonds/storage/sorting"
)

// said is what a document says in a column, by its own account.
func said(d *archive.Document, c Column) string {
	var out []string
	id, _ := c.Field()
	for _, it := range d.Items {
		switch {
		case it.State != archive.Accepted:
		case it.What == archive.AValue && it.Key == id && id != "":
			out = append(out, it.Text)
		case it.What == archive.ATag && c == ByTags:
			out = append(out, it.Key)
		}
	}
	if c == ByTitle {
		return d.Title()
	}
	return strings.Join(out, "; ")
}

// TestOrdered: every order has the documents of the query and no others, each once; in
// the order of what they say, those that say nothing last.
func TestOrdered(t *testing.T) {
	a := newArchive(t)
	rng := rand.New(rand.NewSource(3))
	var in []*archive.Incoming
	for i := range 60 {
		in = append(in, incoming(fmt.Sprintf("%c%02d.txt", 'a'+rng.Intn(26), i), fmt.Sprintf("第%d次会议\n%s", i, strings.Repeat("x", rng.Intn(90)))))
	}
	ids := bring(t, a, in...)
	titles := []string{"银川", "安徽", "北京", "丁一", "第10号", "第2号", "Zhang", "éa", "Eb", "龙", "𠀀"}
	for i, id := range ids {
		if i%3 > 0 {
			mustApply(t, a, "Zhang", field(id, "dcterms:title", titles[rng.Intn(len(titles))]))
		}
		if i%4 == 0 {
			mustApply(t, a, "Zhang", field(id, "dcterms:creator", titles[rng.Intn(len(titles))], "司法厅"), tag("tag.add", id, titles[rng.Intn(len(titles))]))
		}
	}
	mustApply(t, a, "Zhang", &archive.Edit{Do: "document.remove", Doc: string(ids[7])})
	for _, q := range []Query{{}, {Search: "会议"}, {Status: archive.New}, {Search: "第3次 OR 第1次"}} {
		all, err := a.Numbers(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range append(Columns(), FieldColumn("dcterms:creator")) {
			for _, o := range []Order{{By: c}, {By: c, Down: true}, {By: c, Way: sorting.Strokes}} {
				got, err := a.Ordered(ctx, q, o)
				if err != nil {
					t.Fatalf("%+v: %v", o, err)
				}
				if sorted := slices.Sorted(slices.Values(got)); !slices.Equal(sorted, all) {
					t.Fatalf("%+v of %+v: %v, want %v", o, q, sorted, all)
				}
				if _, field := c.Field(); c != ByTitle && c != ByTags && !field {
					continue
				}
				rows, err := a.Summaries(ctx, got)
				if err != nil {
					t.Fatal(err)
				}
				words := map[int64]string{}
				for _, r := range rows {
					d, err := a.Document(ctx, r.ID)
					if err != nil {
						t.Fatal(err)
					}
					words[r.N] = said(d, c)
				}
				shown, err := a.Said(ctx, got, []Column{c})
				if err != nil {
					t.Fatal(err)
				}
				for i, n := range got {
					if shown[n][0] != words[n] {
						t.Fatalf("%+v: document %d says %q, shown as %q", o, n, words[n], shown[n][0])
					}
					if i == 0 {
						continue
					}
					before, now := words[got[i-1]], words[n]
					d := sorting.Compare(o.Way, before, now)
					if o.Down {
						d = -d
					}
					if before == "" && now != "" || now != "" && d > 0 {
						t.Fatalf("%+v of %+v: %q stands before %q", o, q, before, now)
					}
				}
			}
		}
	}
	if _, err := a.Ordered(ctx, Query{}, Order{By: "colour"}); refusedAs(err) != "no-column" {
		t.Errorf("a column that is none: %v", err)
	}
}

// TestOrderedAgain: an order that is mended after changes is the one that is made anew.
func TestOrderedAgain(t *testing.T) {
	a := newArchive(t)
	rng := rand.New(rand.NewSource(9))
	var in []*archive.Incoming
	for i := range 40 {
		in = append(in, incoming(fmt.Sprint(i, ".txt"), fmt.Sprint("第", i, "次")))
	}
	ids := bring(t, a, in...)
	words := []string{"银川", "安徽", "北京", "第10号", "第2号", "Wang", "ZHANG", "龙"}
	orders := []Order{{By: ByTitle}, {By: ByDate}, {By: FieldColumn("dcterms:creator")}, {By: ByTags, Way: sorting.Strokes}}
	for round := range 60 {
		for range rng.Intn(4) {
			id := ids[rng.Intn(len(ids))]
			word := words[rng.Intn(len(words))]
			edits := []*archive.Edit{field(id, "dcterms:title", word), field(id, "dcterms:creator", word, words[0]), field(id, "dcterms:creator"), tag("tag.add", id, word), field(id, "dcterms:date", []string{"2015", "2015-11", "1949", ""}[rng.Intn(4)])}
			k := rng.Intn(len(edits) + 1)
			if k == len(edits) {
				if _, err := a.Undo(ctx, "Wang", false); err != nil && refusedAs(err) != "undo-nothing" {
					t.Fatal(err)
				}
				continue
			}
			if _, err := a.ApplyEach(ctx, "Wang", edits[k]); err != nil { // some change nothing
				t.Fatal(err)
			}
		}
		o := orders[rng.Intn(len(orders))]
		got, err := a.Ordered(ctx, Query{}, o)
		if err != nil {
			t.Fatal(err)
		}
		a.orders.known = nil
		want, err := a.Ordered(ctx, Query{}, o)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("round %d, %+v: %v, made anew %v, %v", round, o, got, want, err)
		}
		for _, o := range orders { // known again, to be mended
			if _, err := a.Ordered(ctx, Query{}, o); err != nil {
				t.Fatal(err)
			}
		}
	}
	known := slices.Clone(a.orders.known)
	mustApply(t, a, "Wang", field(ids[0], "dcterms:title", "甲"))
	version, err := a.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range known {
		if now, err := a.followed(ctx, k, version); err != nil || now.said == nil {
			t.Errorf("%+v is made anew after one change: %v", k.Order, err)
		}
	}
}

// TestBenchOrder: sorting the list of a million documents.
func TestBenchOrder(t *testing.T) {
	needBench(t)
	a := listed(t, 1_000_000)
	for _, o := range []Order{{By: ByTitle}, {By: ByTitle, Down: true}, {By: ByDate}, {By: ByName}, {By: ByTitle, Way: sorting.Strokes}, {By: ByFormat}} {
		for _, what := range []string{"first", "again"} {
			start := time.Now()
			if _, err := a.Ordered(ctx, Query{}, o); err != nil {
				t.Fatal(err)
			}
			t.Logf("BENCH a million by %+v, %s: %.0f ms (to reach: at most 300)", o, what, float64(time.Since(start).Microseconds())/1000)
		}
	}
}
