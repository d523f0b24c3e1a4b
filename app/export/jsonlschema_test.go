package export

import (
	"encoding/json"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// closing closes the first document of an archive.
func closing(t testing.TB, a *storage.Archive) {
	t.Helper()
	first := true
	if err := a.Each(t.Context(), storage.Query{}, func(s storage.Summary) error {
		if !first {
			return nil
		}
		first = false
		_, err := a.Apply(t.Context(), "Zhang", &archive.Edit{Do: "field.set", Doc: string(s.ID), Field: AccessField, Values: []archive.ValueIn{{Value: "控制"}}})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// Every line is as the schema says, and a line that is a little otherwise is not.
func TestJSONLSchema(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	lines, closed, broken := 0, 0, 0
	for seed := range int64(6) {
		a := worked(t, seed)
		if seed%2 == 0 {
			closing(t, a)
		}
		for _, c := range []Choice{{Set: All, Closed: ListClosed}, {Text: Source, Closed: ListClosed}, {Mask: []string{"person"}, Hide: []string{"dcterms:creator"}, Waivers: waivers(t, a)}} {
			c.Formats = []string{"jsonl"}
			out, m := exported(t, a, c)
			schema := compiled(t, filepath.Join(out, "jsonl", "documents.schema.json"))
			data, err := os.ReadFile(filepath.Join(out, "jsonl", "documents.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			closed += m.Counts["jsonl"]["closed"]
			for line := range strings.Lines(string(data)) {
				lines++
				if err := judged(t, schema, line); err != nil {
					t.Errorf("seed %d: %v", seed, err)
				}
				for range 20 {
					bad, what := spoiled(t, rng, line)
					if bad == "" {
						continue
					}
					broken++
					if judged(t, schema, bad) == nil {
						t.Errorf("seed %d: %s was not found", seed, what)
					}
				}
			}
		}
	}
	t.Logf("%d lines valid, %d of them of closed documents; %d spoiled ones, all refused", lines, closed, broken)
	if closed == 0 || broken < 500 {
		t.Error("there was too little to judge")
	}
}

// spoiled is a line with something wrong in one of its objects, outside the recipe.
func spoiled(t testing.TB, rng *rand.Rand, line string) (string, string) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(line), &v); err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			all = append(all, v)
			for _, k := range slices.Sorted(maps.Keys(v)) {
				if k != "recipe" || v["history"] == nil {
					collect(v[k])
				}
			}
		case []any:
			for _, x := range v {
				collect(x)
			}
		}
	}
	collect(v)
	o := all[rng.Intn(len(all))]
	what := "a key that is no key"
	switch keys := slices.Sorted(maps.Keys(o)); rng.Intn(2) {
	case 0:
		o["no_such_key"] = 1
	default:
		k := keys[rng.Intn(len(keys))]
		if k == "recipe" {
			return "", ""
		}
		o[k], what = []any{map[string]any{"x": 1}}, "another type of "+k
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out), what
}
