package storage

import (
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// What the list is asked, against rows looked through one by one: every filter,
// with words and without, forwards and backwards, over many parts of the index.
func TestListAgainstLookingThroughAllRows(t *testing.T) {
	old := partLen
	partLen = 14
	defer func() { partLen = old }()
	const total = 400
	a := listed(t, total)
	if _, err := a.w.Exec("DELETE FROM documents WHERE n%37=0 OR n BETWEEN 100 AND 130"); err != nil { // numbers have gaps
		t.Fatal(err)
	}
	all, err := scanSummaries(a.pool.Query("SELECT " + summaryColumns + " FROM documents ORDER BY n"))
	if err != nil || len(all) < 300 {
		t.Fatal(len(all), err)
	}
	fits := func(s Summary, q Query) bool {
		switch {
		case q.Status != "" && s.Status != q.Status, q.Status == "" && s.Status == archive.Removed && !q.removed,
			q.Open && s.Proposals == 0, q.After > 0 && s.N <= q.After, q.Before > 0 && s.N >= q.Before,
			strings.Contains(q.Search, "司法厅") && s.N%2 != 0, strings.Contains(q.Search, "银川") && s.N%50 != 0, q.Search == "没有":
			return false
		case q.Work:
			return s.Status == archive.New || s.Status == archive.InProgress || s.Status == archive.Returned
		}
		return true
	}
	naive := func(q Query) (out []Summary) {
		for _, s := range all {
			if fits(s, q) {
				out = append(out, s)
			}
		}
		if q.Limit > 0 && len(out) > q.Limit {
			if q.Before > 0 {
				return out[len(out)-q.Limit:]
			}
			return out[:q.Limit]
		}
		return out
	}
	rng := rand.New(rand.NewSource(4))
	pick := func(of ...string) string { return of[rng.Intn(len(of))] }
	for range rounds(400, 5000) {
		q := Query{Search: pick("", "", "司法厅", "银川", "司法厅 银川", "没有", "  "), Open: rng.Intn(3) == 0, Work: rng.Intn(4) == 0,
			Status: archive.Status(pick("", "", "", "new", "in progress", "submitted", "returned", "approved", "removed"))}
		if q.Work {
			q.Status = ""
		}
		if rng.Intn(2) == 0 {
			q.Limit = 1 + rng.Intn(60)
		}
		if rng.Intn(3) == 0 {
			q.After = rng.Int63n(total)
		}
		switch rng.Intn(4) {
		case 0:
			q.Before = 1 + rng.Int63n(total+10)
		case 1:
			q.Before = math.MaxInt64
		}
		want := naive(q)
		got, err := a.List(ctx, q)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%+v: %d rows (%v), want %d", q, len(got), err, len(want))
		}
		var ns []int64
		var ids []archive.ID
		for _, s := range want {
			ns, ids = append(ns, s.N), append(ids, s.ID)
		}
		if got, err := a.Numbers(ctx, q); err != nil || !slices.Equal(got, ns) {
			t.Fatalf("%+v: numbers %v (%v), want %v", q, got, err, ns)
		}
		rng.Shuffle(len(ns), func(i, j int) { ns[i], ns[j] = ns[j], ns[i] })
		ask := append(slices.Clone(ns), total+1000, 37)
		if got, err := a.Summaries(ctx, ask); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%+v: by numbers %d rows (%v), want %d", q, len(got), err, len(want))
		}
		if got, err := a.IDs(ctx, ask); err != nil || !slices.Equal(got, ids) {
			t.Fatalf("%+v: ids %v (%v), want %v", q, got, err, ids)
		}
		places, err := a.Places(ctx, append(slices.Clone(ids), "018f0000-0000-7000-8000-ffffffffffff"))
		if err != nil || len(places) != len(ids) {
			t.Fatalf("%d places of %d (%v)", len(places), len(ids), err)
		}
		for _, s := range want {
			if places[s.ID] != s.N {
				t.Fatalf("%s lies at %d, not %d", s.ID, places[s.ID], s.N)
			}
		}
		counts := Counts{Status: map[archive.Status]int{}}
		for _, s := range naive(Query{Search: q.Search, removed: true}) {
			counts.Status[s.Status]++
			if s.Status != archive.Removed && s.Proposals > 0 {
				counts.Open++
			}
		}
		if strings.TrimSpace(q.Search) == "" { // without words all are counted
			q.Search = ""
		}
		if got, err := a.Counts(ctx, q.Search); err != nil || !reflect.DeepEqual(got, counts) {
			t.Fatalf("counts of %q: %+v (%v), want %+v", q.Search, got, err, counts)
		}
		if n, err := a.Count(ctx, Query{Search: q.Search}); err != nil || n != counts.All() {
			t.Fatalf("count of %q: %d (%v), want %d", q.Search, n, err, counts.All())
		}
	}
}

// No screen of documents may ask for each row, nor look through all of them to
// find the first: that shows in what SQLite plans to do.
func TestListAsksByIndexes(t *testing.T) {
	a := listed(t, 10)
	for _, q := range []Query{{}, {Status: archive.New}, {Open: true}, {Before: math.MaxInt64}, {Status: archive.New, Before: 5}, {Open: true, After: 3}} {
		where, args := q.where(lookup{})
		query := fmt.Sprintf("EXPLAIN QUERY PLAN SELECT %s FROM documents WHERE %s ORDER BY n", summaryColumns, where)
		if q.Before > 0 {
			query += " DESC"
		}
		rows, err := a.pool.Query(query, args...)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(detail, "TEMP B-TREE") {
				t.Errorf("%+v is sorted before its first row is there: %s", q, detail)
			}
		}
		rows.Close()
	}
}
