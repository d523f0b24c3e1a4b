package storage

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"
	"time"

	"fonds/storage/archive"
)

// listed makes an archive whose list has n documents, rows and index of a search
// alone: importing as many takes an hour. Statuses are spread as in an archive at
// work, documents are long in path and details, and two in a hundred were removed.
func listed(t testing.TB, n int) *Archive {
	t.Helper()
	a := newArchive(t)
	tx, err := a.w.Begin()
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec(`WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM seq WHERE n<?1)
		INSERT INTO documents(n, id, name, path, sha256, title, date, status, proposals, chars, info, earliest, latest)
		SELECT n, printf('018f0000-0000-7000-8000-%012x', n), 'notice-'||n||'.txt', 'county/1987/box-'||(n/400)||'/notice-'||n||'.txt', hex(randomblob(32)),
			'关于召开第'||n||'次现场观摩推进会的通知', '2015-11-22',
			CASE (n*7919)%100 WHEN 0 THEN 'removed' WHEN 1 THEN 'removed' WHEN 2 THEN 'returned' WHEN 3 THEN 'returned'
				ELSE CASE WHEN (n*7919)%100<20 THEN 'in progress' WHEN (n*7919)%100<30 THEN 'submitted' WHEN (n*7919)%100<55 THEN 'approved' ELSE 'new' END END,
			(n*31)%5%3, 2700, '{"encoding":"UTF-8","format":"text/plain","details":"'||hex(randomblob(120))||'"}', 20151122, 20151122
		FROM seq`, n)
	for first := 1; first <= n; first += partLen / 2 {
		p := part{(first - 1) / (partLen / 2), int64(first)}
		if p.n > 0 {
			exec(p.create())
			exec("INSERT INTO parts(n, first) VALUES(?,?)", p.n, p.first)
		}
		exec("INSERT INTO "+p.table()+`(rowid, words)
			SELECT n<<16|1, '关 于 召 开 第 '||n||' 次 现 场 观 摩 推 进 会 的 通 知 ， '||
				CASE n%2 WHEN 0 THEN '司 法 厅 ' ELSE '' END||CASE n%50 WHEN 0 THEN '银 川 ' ELSE '' END||CASE n%100000 WHEN 77 THEN '民 国 三 十 六 年 ' ELSE '' END
			FROM documents WHERE n BETWEEN ?1 AND ?2`, first, first+partLen/2-1)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestBenchList: what the list of an archive of a million documents asks, beside
// SQLite reading as many rows by their numbers, and nothing else.
func TestBenchList(t *testing.T) {
	needBench(t)
	const n, page = 1_000_000, 128
	start := time.Now()
	a := listed(t, n)
	t.Logf("made %d rows in %.0f s", n, time.Since(start).Seconds())
	rng := rand.New(rand.NewSource(1))
	timed := func(f func()) float64 {
		start := time.Now()
		f()
		return float64(time.Since(start).Microseconds()) / 1000
	}
	floor := func() float64 {
		from := rng.Int63n(n - 2*page)
		return timed(func() {
			rows, err := a.pool.Query("SELECT n, id, title, name, path, date, status, proposals, chars FROM documents WHERE n>? LIMIT ?", from, page)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for rows.Next() {
				var s Summary
				if err := rows.Scan(&s.N, &s.ID, &s.Title, &s.Name, &s.Path, &s.Date, &s.Status, &s.Proposals, &s.Chars); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	measure := func(what string, limit float64, f func()) {
		t.Helper()
		var got, bare []float64
		rounds := 21
		if limit == 0 {
			rounds = 5
		}
		for range rounds {
			got, bare = append(got, timed(f)), append(bare, floor())
		}
		want := fmt.Sprintf("at most %g ms", limit)
		if limit == 0 {
			want = "in the background"
		}
		report(t, what, "ms", got, bare, want)
		if limit > 0 && median(got) > limit {
			t.Errorf("%s: %.1f ms in the median, to reach %g", what, median(got), limit)
		}
	}
	list := func(q Query) []Summary {
		t.Helper()
		rows, err := a.List(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	queries := []struct {
		name string
		q    Query
	}{
		{"all", Query{}}, {"new", Query{Status: archive.New}}, {"in progress", Query{Status: archive.InProgress}}, {"proposals", Query{Open: true}},
		{"submitted", Query{Status: archive.Submitted}}, {"returned", Query{Status: archive.Returned}}, {"approved", Query{Status: archive.Approved}}, {"removed", Query{Status: archive.Removed}},
		{"search, every 2nd", Query{Search: "司法厅"}}, {"search, every 50th", Query{Search: "银川"}}, {"search, every one", Query{Search: "通知"}}, {"search, ten documents", Query{Search: "民国三十六年"}},
		{"search and new", Query{Search: "司法厅", Status: archive.New}},
	}
	for _, c := range queries {
		const limit = 15.0
		q := c.q
		q.Limit = page
		measure(c.name+": first page", limit, func() { list(q) })
		q.After = n / 2
		measure(c.name+": page down", limit, func() { list(q) })
		q.After, q.Before = 0, math.MaxInt64
		measure(c.name+": the end", limit, func() { list(q) })
		var all []int64
		measure(c.name+": all numbers", 0, func() {
			var err error
			if all, err = a.Numbers(ctx, c.q); err != nil {
				t.Fatal(err)
			}
		})
		if !slices.IsSorted(all) {
			t.Errorf("%s: the numbers are in no order", c.name)
		}
		measure(c.name+": somewhere, by numbers", 15, func() {
			at := rng.Intn(max(1, len(all)-page))
			if rows, err := a.Summaries(ctx, all[at:min(at+page, len(all))]); err != nil || len(rows) == 0 {
				t.Fatal(rows, err)
			}
		})
		if c.q.Status == "" && !c.q.Open {
			measure(c.name+": counts of all filters", 0, func() {
				if _, err := a.Counts(ctx, c.q.Search); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}
