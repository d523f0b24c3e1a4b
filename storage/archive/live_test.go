package archive

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
)

// TestLiving: whatever becomes of the items, and is taken back, the lists are what
// a walk over all items gives.
func TestLiving(t *testing.T) {
	states := []State{Proposed, Accepted, Rejected, Withdrawn, Superseded}
	whats := []What{AValue, ATag, AMark}
	for seed := int64(0); seed < 200; seed++ {
		rng := rand.New(rand.NewSource(seed))
		d := &Document{ID: "d"}
		for i := 0; i < 200; i++ {
			id := ID(fmt.Sprintf("%03d", rng.Intn(30)))
			it := &Item{ID: id, What: whats[rng.Intn(3)], State: states[rng.Intn(5)]}
			switch rng.Intn(10) {
			case 0:
				d.put(id, nil)
			case 1:
				n := rng.Intn(len(d.changes) + 1)
				d.revert(d.changes[n:])
				d.changes = d.changes[:n]
			default:
				d.put(id, it)
			}
			if i < 20 {
				continue // so that the lists are made of items that are there already
			}
			for _, w := range whats {
				var want []*Item
				for _, it := range d.Items {
					if it.What == w && (it.InForce() || it.Open()) {
						want = append(want, it)
					}
				}
				if !slices.Equal(d.living(w), want) {
					t.Fatalf("seed %d, step %d: %d items are living, want %d", seed, i, len(d.living(w)), len(want))
				}
			}
		}
	}
}
