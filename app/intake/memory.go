package intake

import (
	"math"
	"runtime/debug"
	"sync"
)

// softMemory is what this process is to have at most while files are read, as far as that is up to the collector of garbage:
// left alone it lets as much lie about as is in use, which is much for a long text. More than is in use it cannot give back.
const softMemory = 320 << 20

// bounds counts the imports and surveys that are under way.
var bounds struct {
	sync.Mutex
	n   int
	was int64
}

// bounded has the collector keep to softMemory until done is called. A limit that somebody has set (GOMEMLIMIT) stays.
func bounded() (done func()) {
	bounds.Lock()
	defer bounds.Unlock()
	if bounds.n++; bounds.n == 1 {
		if bounds.was = debug.SetMemoryLimit(-1); bounds.was == math.MaxInt64 {
			debug.SetMemoryLimit(softMemory)
		}
	}
	return sync.OnceFunc(func() {
		bounds.Lock()
		defer bounds.Unlock()
		if bounds.n--; bounds.n == 0 {
			debug.SetMemoryLimit(bounds.was)
		}
	})
}
