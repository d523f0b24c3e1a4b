package storage

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// TestLike: documents like one are those about the same, the likest first, and never
// that one; what is common to all counts for nothing.
func TestLike(t *testing.T) {
	a := newArchive(t)
	rng := rand.New(rand.NewSource(8))
	about := [][]string{{"人民调解", "司法所", "矛盾纠纷", "调解员"}, {"水库巡查", "汛期值班", "防洪预案", "抢险队"}, {"library", "catalogue", "manuscripts", "conservation"}}
	var in []*archive.Incoming
	for i := range 90 {
		var b strings.Builder
		fmt.Fprintf(&b, "第%d号通知\n各有关单位：现将有关事项通知如下。", i)
		for range 12 {
			words := about[i%3]
			fmt.Fprintf(&b, "%s %s。", words[rng.Intn(4)], words[rng.Intn(4)])
		}
		in = append(in, incoming(fmt.Sprintf("%02d.txt", i), b.String()))
	}
	ids := bring(t, a, in...)
	mustApply(t, a, "Zhang", tag("tag.add", ids[0], "特别"), tag("tag.add", ids[1], "特别"))
	family := map[archive.ID]int{}
	for i, id := range ids {
		family[id] = i % 3
	}
	for i, id := range ids[:30] {
		q := Query{Search: "like:" + id.Short()}
		ns, err := a.Ordered(ctx, q, Order{By: ByLikeness})
		if err != nil {
			t.Fatal(err)
		}
		if len(ns) < 20 {
			t.Fatalf("only %d are like document %d", len(ns), i)
		}
		for k, n := range ns[:20] {
			rows, err := a.Summaries(ctx, []int64{n})
			if err != nil || len(rows) != 1 {
				t.Fatal(err)
			}
			if rows[0].ID == id {
				t.Fatalf("document %d is like itself", i)
			}
			if family[rows[0].ID] != family[id] && !(i < 2 && k == 19) {
				t.Errorf("to document %d the %dth is of another kind: %s", i, k, rows[0].Path)
			}
		}
		all, err := a.Numbers(ctx, q)
		if sorted := slices.Sorted(slices.Values(ns)); err != nil || !slices.Equal(sorted, all) {
			t.Fatalf("in order there are %d, in all %d, %v", len(ns), len(all), err)
		}
		if n, err := a.Count(ctx, Query{Search: q.Search + " 通知"}); err != nil || n != len(all) {
			t.Errorf("with a word %d, %v", n, err)
		}
	}
	for _, ref := range []string{"like:ffffffff", "like:nonsense", "like:path:none.txt"} {
		if n, err := a.Count(ctx, Query{Search: ref}); err != nil || n != 0 {
			t.Errorf("%s finds %d, %v", ref, n, err)
		}
	}
	if ns, err := a.Ordered(ctx, Query{}, Order{By: ByLikeness, Down: true}); err != nil || len(ns) != 90 || ns[0] < ns[1] {
		t.Errorf("of no document: %d, %v", len(ns), err)
	}
	if got := particular("", strings.Repeat("a", 10)+" 的"); len(got) != 1 {
		t.Errorf("particular: %q", got)
	}
}
