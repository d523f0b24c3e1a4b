package alike

import (
	"os"
	"strings"
	"testing"
	"time"
)

// TestBenchWorst holds what is hardest within its time: forms that are all nearly alike, texts that share most of
// their words with all others and are not alike, and titles that stand in thousands of texts.
func TestBenchWorst(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	const n = 10_000
	r := random(31)
	form, head := notice(r, 2700), notice(r, 1900)
	volume := notice(r, 400)
	for _, tt := range []struct {
		name string
		text func() string
	}{
		{"forms, alike", func() string { return edited(r, form, 0.004) }},
		{"forms, at the threshold", func() string { return edited(r, form, 0.012) }},
		{"two thirds shared, not alike", func() string { return head + notice(r, 900) }},
		{"one text inside all others", func() string { return notice(r, 1000) + volume + notice(r, 1000) }},
		{"one line, again and again", func() string { return strings.Repeat("同上。", 100+r.IntN(4000)) }},
	} {
		texts := []string{volume}
		for range n {
			texts = append(texts, tt.text())
		}
		began := time.Now()
		groups := find(t, texts, Options{})
		took := time.Since(began)
		t.Logf("%s: %d texts, %d groups, %.1f s", tt.name, n, len(groups), took.Seconds())
		if took > time.Minute {
			t.Errorf("%s took %v, more than a minute", tt.name, took)
		}
	}
}
