package session

import "time"

// tellEvery is how often long work says how far it is.
const tellEvery = 70 * time.Millisecond

// Sparingly passes on to tell how far some work is, at most every 70 ms: screens
// draw no more of it. The first time counts from since; the zero time is at once.
// It is for one goroutine, that of the work.
func Sparingly(now func() time.Time, since time.Time, tell func(done, all int)) func(done, all int) {
	last := since
	return func(done, all int) {
		if t := now(); t.Sub(last) >= tellEvery {
			last = t
			tell(done, all)
		}
	}
}
