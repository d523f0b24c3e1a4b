package textlayout

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// pieceLength is how many bytes of a text one goroutine takes at a time: few
// enough to share the work evenly and to stop soon, enough to be worth it.
var pieceLength = 512 << 10 // a test makes it small

// pieces cuts n bytes into pieces of about each bytes; border moves a cut to
// where one may be. The result begins with 0 and ends with n.
func pieces(n, each int, border func(b int) int) []int {
	cuts := []int{0}
	for b := each; b < n; b += each {
		if b = border(b); b > cuts[len(cuts)-1] && b < n {
			cuts = append(cuts, b)
		}
	}
	return append(cuts, n)
}

// parallel calls f for 0 to n-1, on as many goroutines as there are processors.
func parallel(n int, f func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	all.Wait()
}
