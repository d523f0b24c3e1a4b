package mojibake

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A garbled is a line of corpora/mojibake-generated.
type garbled struct{ kind, loss, lang, text, want string }

func generated(t testing.TB) []garbled {
	t.Helper()
	var out []garbled
	for i, line := range strings.Split(readFile(t, shared(t, "corpora/mojibake-generated/cases.tsv")), "\n") {
		if c := strings.Split(line, "\t"); i > 0 && len(c) >= 5 {
			out = append(out, garbled{c[0], c[1], c[2], c[3], c[4]})
		}
	}
	return out
}

// A tally counts by kind.
type tally map[string]*[2]int

func (t tally) add(kind string, good bool) {
	if t[kind] == nil {
		t[kind] = &[2]int{}
	}
	t[kind][1]++
	if good {
		t[kind][0]++
	}
}

func (t tally) sum() (good, all int) {
	for _, n := range t {
		good, all = good+n[0], all+n[1]
	}
	return good, all
}

func (t tally) String() string {
	var b strings.Builder
	var kinds []string
	for k := range t {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		fmt.Fprintf(&b, "%-34s %4d of %4d\n", k, t[k][0], t[k][1])
	}
	return b.String()
}

func whole(runs []Run) bool {
	for _, r := range runs {
		if r.Lost || len(r.Lacunae) > 0 {
			return false
		}
	}
	return true
}

// figures are what comes of corpora/mojibake-generated, by kind.
type figures struct{ lossless, lossy, clean tally }

func measure(t testing.TB) figures {
	f := figures{tally{}, tally{}, tally{}}
	for _, c := range generated(t) {
		runs := Find(c.text, nil)
		switch {
		case c.kind == "clean":
			f.clean.add(c.lang, len(runs) == 0)
			if len(runs) > 0 {
				t.Logf("clean %q: %+v", c.text, runs)
			}
		case c.loss == "lossless":
			f.lossless.add(c.kind, Apply(c.text, runs) == c.want)
		default:
			f.lossy.add(c.kind+" "+c.loss, len(runs) == 0 || !whole(runs))
		}
	}
	return f
}

// What was broken without loss is repaired exactly, what is sound is left alone, and what lost bytes is never given out
// as whole.
func TestGenerated(t *testing.T) {
	f := measure(t)
	if good, all := f.lossless.sum(); good*100 < all*95 {
		t.Errorf("lossless: %d of %d are repaired, want 95 %%\n%s", good, all, f.lossless)
	}
	if good, all := f.clean.sum(); good != all {
		t.Errorf("clean: %d of %d are left alone\n%s", good, all, f.clean)
	}
	if good, all := f.lossy.sum(); good != all {
		t.Errorf("lossy: %d of %d are not claimed whole\n%s", good, all, f.lossy)
	}
}

// TestBenchRepair prints the figures beside those of ftfy 6 (corpora/README.md).
func TestBenchRepair(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("FONDS_BENCH=1 prints the figures by kind")
	}
	f := measure(t)
	good, all := f.lossless.sum()
	t.Logf("lossless, repaired exactly: %d of %d (floor 95 %%); ftfy 6: windows-1252 and latin-1 of UTF-8 nearly all, others none\n%s",
		good, all, f.lossless)
	good, all = f.clean.sum()
	t.Logf("clean, left alone: %d of %d (floor all); ftfy 6: 412 of 415\n%s", good, all, f.clean)
	good, all = f.lossy.sum()
	t.Logf("lossy, not claimed whole: %d of %d (floor all)\n%s", good, all, f.lossy)
}

// A ftfyCase is one of corpora/mojibake-ftfy.
type ftfyCase struct {
	Label, Original, Fixed, Expect string
	Encoding                       string `json:"fixed-encoding"`
}

func TestFtfy(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t, "corpora/mojibake-ftfy/tests/test-cases"), "*.json"))
	ours, theirs, all := 0, 0, 0
	for _, name := range files {
		var cases []ftfyCase
		if err := json.Unmarshal([]byte(readFile(t, name)), &cases); err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			want := c.Encoding
			if want == "" {
				want = c.Fixed
			}
			got := strings.ReplaceAll(Apply(c.Original, Find(c.Original, nil)), string(lacuna), "\uFFFD")
			all++
			if c.Expect == "pass" {
				theirs++
			}
			if got == want {
				ours++
			} else if os.Getenv("FONDS_BENCH") != "" {
				t.Logf("%s, %s (ftfy: %s)\n  %q\n  got  %q\n  want %q", filepath.Base(name), c.Label, c.Expect, c.Original, got, want)
			}
		}
	}
	t.Logf("%d of %d; ftfy 6: %d", ours, all, theirs)
	if ours < theirs {
		t.Errorf("%d of %d, ftfy 6 has %d", ours, all, theirs)
	}
}
