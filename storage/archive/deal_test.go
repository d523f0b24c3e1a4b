package archive

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
)

// Whatever people have, they end as even as what is dealt can make them: nobody who
// was given something has more than one more than anybody else.
func TestDealIsEven(t *testing.T) {
	for seed := range int64(500) {
		rng := rand.New(rand.NewSource(seed))
		var people []string
		has := map[string]int{}
		for i := range 1 + rng.Intn(6) {
			p := fmt.Sprint("p", i)
			people = append(people, p)
			has[p] = rng.Intn(10)
		}
		n := rng.Intn(40)
		got := Deal(n, people, has)
		if len(got) != n {
			t.Fatalf("seed %d: %d of %d were dealt", seed, len(got), n)
		}
		load, given := map[string]int{}, map[string]bool{}
		for _, p := range people {
			load[p] = has[p]
		}
		for _, p := range got {
			if !slices.Contains(people, p) {
				t.Fatalf("seed %d: %q is nobody", seed, p)
			}
			load[p]++
			given[p] = true
		}
		for p := range given {
			for _, q := range people {
				if load[p] > load[q]+1 {
					t.Fatalf("seed %d: %s has %d and %s %d, who had %d and %d", seed, p, load[p], q, load[q], has[p], has[q])
				}
			}
		}
	}
	if Deal(3, nil, nil) != nil {
		t.Error("nobody gets something")
	}
}
