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

func TestGenerated(t *testing.T) {
	lossless, lossy, clean := tally{}, tally{}, tally{}
	found := tally{}
	verbose := os.Getenv("FONDS_SHOW")
	for _, c := range generated(t) {
		runs := Find(c.text, nil)
		got := Apply(c.text, runs)
		switch {
		case c.kind == "clean":
			clean.add(c.lang, len(runs) == 0)
			if len(runs) > 0 {
				t.Logf("clean %q\n%+v", c.text, runs)
			}
		case c.loss == "lossless":
			lossless.add(c.kind, got == c.want)
			if got != c.want && verbose != "" && strings.Contains(c.kind, verbose) {
				t.Logf("%s\n  %s\n  got  %s\n  want %s", c.kind, c.text, got, c.want)
			}
		default:
			claimed := whole(runs) && len(runs) > 0
			lossy.add(c.kind+" "+c.loss, !claimed)
			found.add(c.kind+" "+c.loss, len(runs) > 0)
			if claimed && verbose == "lossy" || verbose == c.kind+" "+c.loss {
				t.Logf("%s %s\n  %s\n  got  %s\n  want %s", c.kind, c.loss, c.text, got, c.want)
			}
		}
	}
	good, all := lossless.sum()
	t.Logf("lossless %d of %d; ftfy 6: the kinds with windows-1252 and latin-1 nearly all, the others none\n%s", good, all, lossless)
	if good*100 < all*95 {
		t.Errorf("lossless: %d of %d are repaired, want 95 %%", good, all)
	}
	cleanGood, cleanAll := clean.sum()
	t.Logf("clean %d of %d; ftfy 6: 412 of 415 of the whole set", cleanGood, cleanAll)
	if good, all := clean.sum(); good != all {
		t.Errorf("clean: %d of %d are left alone\n%s", good, all, clean)
	}
	if good, all := lossy.sum(); good != all {
		t.Errorf("lossy: %d of %d are not claimed whole\n%s", good, all, lossy)
	}
	t.Logf("lossy, found at all\n%s", found)
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
			} else {
				t.Logf("%s %s (%s)\n  %q\n  got  %q\n  want %q", filepath.Base(name), c.Label, c.Expect, c.Original, got, want)
			}
		}
	}
	t.Logf("%d of %d; ftfy 6: %d", ours, all, theirs)
	if ours < theirs {
		t.Errorf("%d of %d, ftfy 6 has %d", ours, all, theirs)
	}
}
