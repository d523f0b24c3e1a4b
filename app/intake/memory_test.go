package intake

import (
	"math"
	"runtime/debug"
	"testing"
)

// TestBounded: while one reads the limit holds, afterwards it is what it was; one that somebody has set stays.
func TestBounded(t *testing.T) {
	was := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(was)
	is := func(want int64) {
		t.Helper()
		if got := debug.SetMemoryLimit(-1); got != want {
			t.Errorf("the limit is %d, not %d", got, want)
		}
	}
	one, two := bounded(), bounded()
	is(softMemory)
	one()
	one()
	is(softMemory)
	two()
	is(math.MaxInt64)
	debug.SetMemoryLimit(1 << 30)
	done := bounded()
	is(1 << 30)
	done()
	is(1 << 30)
}
