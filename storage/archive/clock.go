package archive

import (
	"sync"
	"time"
)

// Clock is a hybrid logical time (Kulkarni et al. 2014): milliseconds since 1970
// in the upper 48 bits, a counter in the lower 16. It never runs backwards on
// one replica, whatever the wall clock does, and orders operations with
// (clock, replica, seq).
type Clock int64

// Time is the wall clock part, in UTC, to the millisecond.
func (c Clock) Time() time.Time { return time.UnixMilli(int64(c) >> 16).UTC() }

// ClockAt is the first Clock of the millisecond of t.
func ClockAt(t time.Time) Clock { return Clock(t.UnixMilli() << 16) }

// Ticker hands out Clocks, each later than all before it and all that Saw.
type Ticker struct {
	mu   sync.Mutex
	last Clock
	now  func() time.Time
}

// NewTicker starts from the wall clock that now reads.
func NewTicker(now func() time.Time) *Ticker { return &Ticker{now: now} }

// Saw moves the ticker past a Clock read from a log.
func (t *Ticker) Saw(c Clock) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c > t.last {
		t.last = c
	}
}

// Next is a Clock later than all before it.
func (t *Ticker) Next() Clock {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := ClockAt(t.now())
	if c <= t.last {
		c = t.last + 1
	}
	t.last = c
	return c
}
