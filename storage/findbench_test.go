package storage

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// cutFrom is a piece of a text of n code points, from anywhere in it.
func cutFrom(rng *rand.Rand, texts []string, n int) string {
	for {
		t := []rune(texts[rng.Intn(len(texts))])
		if len(t) <= n {
			continue
		}
		i := rng.Intn(len(t) - n)
		s := string(t[i : i+n])
		if !strings.ContainsAny(s, "\"\n") && strings.TrimSpace(s) == s && s != "" {
			return s
		}
	}
}

// exactQueries are pieces of 1, 2, 3, 6 and 12 code points, and some with letters and
// figures.
func exactQueries(rng *rand.Rand, texts []string, each int) (out []string) {
	for _, n := range []int{1, 2, 3, 6, 12} {
		for range each {
			out = append(out, cutFrom(rng, texts, n))
		}
	}
	for len(out) < 6*each {
		s := cutFrom(rng, texts, 5)
		if strings.ContainsFunc(s, func(r rune) bool { return r < 0x80 }) && strings.ContainsFunc(s, func(r rune) bool { return r > 0x4E00 }) {
			out = append(out, s)
		}
	}
	return out
}

// mixedText is a notice with letters, figures and traditional characters in it.
func mixedText(i, n int) string {
	s := noticeText(i, n)
	return s + fmt.Sprintf("\nNo.%dA/2015 Report-%d 〔2015〕%d號 關於開展 Café%d", i, i%7, i, i%3)
}

// TestFindExactly: exact words have the documents that have them character by
// character, as a plain look at all texts says, and no others.
func TestFindExactly(t *testing.T) {
	a := newArchive(t)
	var texts []string
	var in []*archive.Incoming
	for i := range 150 {
		texts = append(texts, mixedText(i, 300))
		in = append(in, incoming(fmt.Sprintf("%03d.txt", i), texts[i]))
	}
	bring(t, a, in...)
	rng := rand.New(rand.NewSource(5))
	for _, q := range exactQueries(rng, texts, 20) {
		want := 0
		for i, text := range texts {
			if strings.Contains(text, q) || strings.Contains(in[i].Path, q) {
				want++
			}
		}
		if n, err := a.Count(ctx, Query{Search: `="` + q + `"`}); err != nil || n != want {
			t.Errorf("%q: %d documents, want %d, %v", q, n, want, err)
		}
	}
}

// TestBenchFind measures searching an archive of notices of 8 KB (FONDS_FIND of them,
// 20,000 unless it is set) beside ripgrep over the same texts, where it is installed.
func TestBenchFind(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("set FONDS_BENCH=1")
	}
	n := 20_000
	fmt.Sscan(os.Getenv("FONDS_FIND"), &n)
	a := newArchive(t)
	dir, texts := t.TempDir(), []string{}
	in := make(chan *archive.Incoming, 64)
	go func() {
		defer close(in)
		for i := range n {
			text := mixedText(i, 2700)
			if i%50 == 0 {
				texts = append(texts, text)
			}
			name := fmt.Sprintf("%06d.txt", i)
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Error(err)
			}
			in <- incoming(name, text)
		}
	}()
	if err := a.Import(ctx, "Zhang", in, func(r Imported) {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	var bytes, index int64
	if err := a.pool.QueryRow("SELECT sum(length(text)) FROM texts").Scan(&bytes); err != nil {
		t.Fatal(err)
	}
	parts, err := readParts(ctx, a.r)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		var size int64
		if err := a.pool.QueryRow("SELECT sum(length(block)) FROM " + p.table() + "_data").Scan(&size); err != nil {
			t.Fatal(err)
		}
		index += size
	}
	t.Logf("BENCH index of %d notices: %.2f of the text (to reach: at most 0.9)", n, float64(index)/float64(bytes))
	rng := rand.New(rand.NewSource(7))
	rg, _ := exec.LookPath("rg")
	var first, count, exact, exactly, grep, bareFirst, bareCount []float64
	wrong := 0
	for _, q := range exactQueries(rng, texts, 34)[:200] {
		search := Query{Search: `"` + q + `"`, Limit: 200}
		first = append(first, timed(func() { _, err = a.List(ctx, search) }))
		if err != nil {
			t.Fatal(err)
		}
		count = append(count, timed(func() { _, err = a.Count(ctx, Query{Search: search.Search}) }))
		if err != nil {
			t.Fatal(err)
		}
		bare := func(sql string) float64 {
			return timed(func() {
				rows, err := a.pool.Query(sql, words.Phrase(q))
				if err != nil {
					t.Fatal(err)
				}
				defer rows.Close()
				for rows.Next() {
				}
			})
		}
		bareFirst = append(bareFirst, bare("SELECT * FROM ("+matching(parts)+") LIMIT 200"))
		bareCount = append(bareCount, bare("SELECT count(DISTINCT 1) FROM ("+matching(parts)+")"))
		if rg == "" {
			continue
		}
		var out []byte
		grep = append(grep, timed(func() { out, _ = exec.Command(rg, "-lF", "--no-ignore", "-j2", "--", q, dir).Output() }))
		got := 0
		exactly = append(exactly, timed(func() { got, err = a.Count(ctx, Query{Search: `="` + q + `"`}) }))
		if err != nil {
			t.Fatal(err)
		}
		exact = append(exact, timed(func() { _, err = a.List(ctx, Query{Search: `="` + q + `"`, Limit: 200}) }))
		names := 0 // ripgrep looks into no names
		if strings.IndexFunc(q, func(r rune) bool { return (r < '0' || r > '9') && !strings.ContainsRune(".tx", r) }) < 0 {
			continue
		}
		if want := strings.Count(string(out), "\n") + names; got != want {
			wrong++
			t.Errorf("%q: %d documents, ripgrep has %d", q, got, want)
		}
	}
	say := func(what string, ms []float64, median, worst float64) {
		slices.Sort(ms)
		if len(ms) == 0 {
			return
		}
		m, w := ms[len(ms)/2], ms[len(ms)-1]
		reach := ""
		if median > 0 {
			reach = fmt.Sprintf(" (to reach: %g, %g)", median, worst)
		}
		t.Logf("BENCH %-40s median %.1f ms, worst %.1f ms%s", what, m, w, reach)
	}
	say("first 200 hits", first, 10, 100)
	say("full count", count, 150, 150)
	say("bare SQLite: 200 rows of the index", bareFirst, 0, 0)
	say("bare SQLite: the index alone, counted", bareCount, 0, 0)
	say("first 200 exact hits", exact, 10, 100)
	say("full count, exact", exactly, 0, 0)
	say("ripgrep over the same texts", grep, 0, 0)
	if _, err := exec.LookPath("recollq"); err != nil {
		t.Log("BENCH Recoll is not installed here")
	}
	if rg != "" {
		t.Logf("BENCH against ripgrep: %d of 200 queries differ", wrong)
	}
	start := time.Now()
	for _, f := range Facets([]string{"dcterms:creator"}, []string{"dcterms:creator", "dcterms:date"}) {
		if _, err := a.Facet(ctx, Query{}, f, 50); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("BENCH all facets, unfiltered: %v", time.Since(start).Round(time.Millisecond))
}
