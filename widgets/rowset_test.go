package widgets

import (
	"math/rand"
	"testing"
)

// A set of ranges against a list of truths.
func TestRowSetAgainstAListOfTruths(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	for round := range 300 {
		var set RowSet
		var naive [40]bool
		for step := range 30 {
			from, to := rng.Intn(len(naive)), rng.Intn(len(naive)+1)
			before := append(RowSet{}, set...)
			was := set
			switch rng.Intn(3) {
			case 0:
				set = set.Add(from, to)
				for i := from; i < to; i++ {
					naive[i] = true
				}
			case 1:
				set = set.Remove(from, to)
				for i := from; i < to; i++ {
					naive[i] = false
				}
			case 2:
				set = set.Toggle(from)
				naive[from] = !naive[from]
			}
			for i := range before {
				if was[i] != before[i] {
					t.Fatalf("round %d, step %d: the set before was changed", round, step)
				}
			}
			n := 0
			for i, want := range naive {
				if set.Has(i) != want {
					t.Fatalf("round %d, step %d: row %d is %v in %v", round, step, i, set.Has(i), set)
				}
				if want {
					n++
				}
			}
			if set.Count() != n || set.Has(-1) || set.Has(len(naive)) {
				t.Fatalf("round %d, step %d: %d rows in %v, want %d", round, step, set.Count(), set, n)
			}
			for i, r := range set {
				if r.From >= r.To || i > 0 && r.From <= set[i-1].To {
					t.Fatalf("round %d, step %d: %v is not in order", round, step, set)
				}
			}
		}
	}
}
