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
				open := slices.DeleteFunc(slices.Clone(want), func(it *Item) bool { return !it.Open() })
				if !slices.Equal(d.waiting(w), open) {
					t.Fatalf("seed %d, step %d: %d items are waiting, want %d", seed, i, len(d.waiting(w)), len(open))
				}
				if !slices.Equal(d.living(w), want) {
					t.Fatalf("seed %d, step %d: %d items are living, want %d", seed, i, len(d.living(w)), len(want))
				}
			}
		}
	}
}

// TestNear: whatever becomes of the corrections, near lists every one in force
// that a range touches; and few others, while none overlaps another.
func TestNear(t *testing.T) {
	for seed := int64(0); seed < 300; seed++ {
		rng := rand.New(rand.NewSource(seed))
		d := &Document{ID: "d"}
		apart := seed%3 > 0
		for i := 0; i < 120; i++ {
			id := ID(fmt.Sprintf("%03d", rng.Intn(60)))
			n, at := 1+rng.Intn(2), rng.Intn(50)
			it := &Item{ID: id, What: ACorrection, State: []State{Accepted, Accepted, Proposed, Withdrawn}[rng.Intn(4)],
				Anchor: &Anchor{Text: n, Start: Border{At: at}, End: Border{At: at + rng.Intn(4)}}}
			if apart && it.InForce() && d.room(n, at, it.Anchor.End.At, []ID{id}) != nil {
				continue
			}
			switch rng.Intn(8) {
			case 0:
				d.put(id, nil)
			case 1:
				k := max(0, len(d.changes)-rng.Intn(3))
				d.revert(d.changes[k:])
				d.changes = d.changes[:k]
			default:
				d.put(id, it)
			}
			start := rng.Intn(55)
			end := start + rng.Intn(5)
			near := d.near(n, start, end)
			for _, it := range d.Items {
				if it.InForce() && it.Anchor.Text == n && it.Anchor.Start.At <= end && it.Anchor.End.At >= start && !slices.Contains(near, it) {
					t.Fatalf("seed %d, step %d: near [%d,%d) a correction of [%d,%d) is missing", seed, i, start, end, it.Anchor.Start.At, it.Anchor.End.At)
				}
			}
			for _, it := range near {
				if !slices.Contains(d.Items, it) || !it.InForce() || it.Anchor.Text != n {
					t.Fatalf("seed %d, step %d: near [%d,%d) lies something else", seed, i, start, end)
				}
				if apart && (it.Anchor.Start.At > end || it.Anchor.End.At < start) {
					t.Fatalf("seed %d, step %d: [%d,%d) is not near [%d,%d)", seed, i, it.Anchor.Start.At, it.Anchor.End.At, start, end)
				}
			}
		}
	}
}
