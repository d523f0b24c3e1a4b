package dates

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

const corpora = "../../../shared/corpora/"

// lines reads a table of the corpora, a map of its columns for each line; the test is skipped where it is absent.
func lines(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(corpora + name)
	if err != nil {
		t.Skipf("the corpora are not here: %v", err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Scan()
	head := strings.Split(in.Text(), "\t")
	var out []map[string]string
	for in.Scan() {
		row := map[string]string{}
		for i, c := range strings.Split(in.Text(), "\t") {
			row[head[i]] = c
		}
		out = append(out, row)
	}
	return out
}

func TestGold(t *testing.T) {
	verdicts, levels, bounds, n, bounded := 0, 0, 0, 0, 0
	for _, row := range lines(t, "edtf/edtf-gold.tsv") {
		if row["status"] != "agreed" || row["split"] != "dev" {
			continue
		}
		n++
		s := row["string"]
		v, err := Parse(s)
		if (err == nil) != (row["verdict"] == "valid") {
			t.Errorf("%s: got %v, want %s", s, err, row["verdict"])
			continue
		}
		verdicts++
		if err != nil {
			levels++
			continue
		}
		if got := string(rune('0' + v.Level())); !strings.Contains(row["level"], got) {
			t.Errorf("%s: got level %s, want %s", s, got, row["level"])
		} else {
			levels++
		}
		_, want, ok := strings.Cut(row["note"], "bounds=")
		if !ok || v.Kind() == Interval && (strings.HasPrefix(s, "/") || strings.HasSuffix(s, "/")) {
			continue // others make ten years of an end that is not known
		}
		bounded++
		want, _, _ = strings.Cut(want, ";")
		both := strings.Split(want, "|")
		if len(both)%2 == 1 { // a day is both; what follows is wider
			both = append(both[:1], both...)
		}
		got := bound(v.Earliest()) + "|" + bound(v.Latest())
		if got != strings.TrimPrefix(both[0], "-inf")+"|"+strings.TrimPrefix(both[1], "inf") {
			t.Errorf("%s: got %s, want %s", s, got, want)
			continue
		}
		bounds++
	}
	if n < 259 || bounded < 50 {
		t.Errorf("got %d strings and %d bounds, want 259 and 50", n, bounded)
	}
	t.Logf("of %d strings: %d verdicts, %d levels; of %d with bounds: %d", n, verdicts, levels, bounded, bounds)
}

func bound(d Day, ok bool) string {
	if !ok {
		return ""
	}
	return strings.TrimPrefix(d.String(), "Y")
}
