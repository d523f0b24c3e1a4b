package review

import (
	"testing"
	"time"
)

// After all alike are decided on, the next proposal is open: nothing says that
// somebody else has been there.
func TestBulkOpensTheNext(t *testing.T) {
	sc := opened(t, "Li")
	sc.keys("j", "j", "j", "A", "2", "Return")
	sc.m.Pass(time.Second)
	if sc.bulk != nil {
		t.Fatal("it is still shown")
	}
	d, it := sc.r.Shown()
	if d == nil || it == nil || !it.Open() || sc.r.At() < 0 {
		t.Fatalf("shown: %+v at %d", it, sc.r.At())
	}
	sc.keys("X", "3", "Return")
	sc.types("不用")
	sc.keys("Return")
	sc.m.Pass(time.Second)
	if _, it := sc.r.Shown(); it != nil && !it.Open() {
		t.Errorf("what was decided on is shown still: %+v", it)
	}
}
