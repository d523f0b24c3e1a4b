package storage

import (
	"fmt"
	"testing"
	"time"
)

// busyArchive makes an archive whose log has n operations: rows alone, half of
// them decisions, on a tenth as many documents, over 200 days.
func busyArchive(t testing.TB, n int, now time.Time) *Archive {
	t.Helper()
	a := listed(t, n/10)
	tx, err := a.w.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		`WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM seq WHERE n<?1)
		INSERT INTO log(n, id, kind, version, replica, seq, clock, actor, layer, batch, subject, prev, commitment, hash)
		SELECT n+1000, printf('018f0001-0000-7000-8000-%012x', n), CASE n%10 WHEN 0 THEN 'field.set' WHEN 1 THEN 'tag.add' WHEN 2 THEN 'mark.add' WHEN 3 THEN 'correction.propose'
				WHEN 4 THEN 'document.return' ELSE 'decide' END, 1, '018f0002-0000-7000-8000-000000000000', n, (?2-CAST(n AS REAL)/?1*200*86400000)<<16,
			'person '||(n*7919%40), 'main', printf('018f0003-0000-7000-8000-%012x', n), printf('018f0000-0000-7000-8000-%012x', n%(?1/10)+1), randomblob(32), randomblob(32), randomblob(32) FROM seq`,
		`INSERT INTO bodies(n, salt, body) SELECT n, randomblob(16), CASE kind WHEN 'decide' THEN '{"on":"'||id||'","reason":"reason '||(n%30)||'","seen":"'||batch||'","verdict":"'||CASE n%3 WHEN 0 THEN 'reject' ELSE 'approve' END||'"}'
			ELSE '{"id":"'||id||'","reason":"reason '||(n%30)||'"}' END FROM log WHERE n>1000 AND ?1+?2>0`,
		`INSERT INTO outcomes(n, outcome, effect) SELECT n, 'applied', CASE kind WHEN 'decide' THEN '[{"after":{"at":1,"by":"'||actor||'","id":"'||id||'","key":"dcterms:title","rev":"'||batch||'","state":"accepted","text":"关于召开现场观摩推进会的通知","what":"value","decision":{"by":"x","at":1,"verdict":"approve"}},"before":{"at":1,"by":"'||actor||'","id":"'||id||'","key":"dcterms:title","rev":"'||batch||'","state":"proposed","text":"关于召开现场观摩推进会的通知","what":"value"}}]'
			ELSE '[{"after":{"at":1,"by":"'||actor||'","id":"'||id||'","key":"dcterms:title","rev":"'||batch||'","state":"accepted","text":"关于召开现场观摩推进会的通知","what":"value"}}]' END FROM log WHERE n>1000 AND ?1+?2>0`,
	} {
		if _, err := tx.Exec(query, n, now.UnixMilli()); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestBenchOversee: counting the work on an archive of a hundred thousand and a
// million operations, beside SQLite reading the same rows and adding up nothing.
func TestBenchOversee(t *testing.T) {
	needBench(t)
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		n    int
		most float64
	}{{100_000, 1}, {1_000_000, 6}} {
		a := busyArchive(t, c.n, now)
		var got, floor []float64
		for range 3 {
			start := time.Now()
			var sum int64
			if err := a.pool.QueryRow("SELECT sum(l.clock&1)+sum(o.undone_by IS NULL)+sum(length(b.body)) FROM log l NOT INDEXED CROSS JOIN outcomes o USING(n) CROSS JOIN bodies b USING(n)").Scan(&sum); err != nil {
				t.Fatal(err)
			}
			floor = append(floor, time.Since(start).Seconds())
			start = time.Now()
			v := mustOversee(t, a, OverseeOptions{Now: now, Days: 90})
			if got = append(got, time.Since(start).Seconds()); v.Kinds.All() != c.n {
				t.Errorf("%d operations counted of %d", v.Kinds.All(), c.n)
			}
		}
		reach(t, fmt.Sprintf("counting the work of %d operations", c.n), "s", got, floor, c.most)
	}
}
