package session

import (
	"sync"
	"time"
)

// Manual is a dispatcher without a window, turned by hand: workers run beside
// the caller, what they hand to the UI goroutine is run by Settle on the
// caller's own, and time passes when Pass says so. It is what the tests of all
// screens use; nothing in it waits for a clock.
type Manual struct {
	mu      sync.Mutex
	changed sync.Cond
	todo    []func()
	workers int
	now     time.Time
	timers  []*manualTimer
}

type manualTimer struct {
	at   time.Time
	f    func()
	done bool
}

// NewManual begins at a fixed moment.
func NewManual() *Manual {
	m := &Manual{now: time.Date(2026, 11, 23, 13, 35, 2, 0, time.UTC)}
	m.changed.L = &m.mu
	return m
}

// Config is that of a session which m turns.
func (m *Manual) Config() Config {
	return Config{Do: m.Do, Go: m.Go, After: m.After, Now: m.Now}
}

// Do leaves f for Settle.
func (m *Manual) Do(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.todo = append(m.todo, f)
	m.changed.Broadcast()
}

// Go runs f beside the caller.
func (m *Manual) Go(f func()) {
	m.mu.Lock()
	m.workers++
	m.mu.Unlock()
	go func() {
		defer func() {
			m.mu.Lock()
			m.workers--
			m.changed.Broadcast()
			m.mu.Unlock()
		}()
		f()
	}()
}

// After runs f when Pass has moved the clock by d.
func (m *Manual) After(d time.Duration, f func()) (stop func() bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := &manualTimer{at: m.now.Add(d), f: f}
	m.timers = append(m.timers, t)
	return func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		was := !t.done
		t.done = true
		return was
	}
}

// Now is the clock that Pass moves.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Settle runs what was handed to the UI goroutine, and what that leads to, until
// no worker is left and nothing is to be done.
func (m *Manual) Settle() {
	for {
		m.mu.Lock()
		for len(m.todo) == 0 && m.workers > 0 {
			m.changed.Wait()
		}
		if len(m.todo) == 0 {
			m.mu.Unlock()
			return
		}
		f := m.todo[0]
		m.todo = m.todo[1:]
		m.mu.Unlock()
		f()
	}
}

// Pass moves the clock by d, runs the timers that are due, and settles.
func (m *Manual) Pass(d time.Duration) {
	m.mu.Lock()
	m.now = m.now.Add(d)
	var due []func()
	rest := m.timers[:0]
	for _, t := range m.timers {
		switch {
		case t.done:
		case t.at.After(m.now):
			rest = append(rest, t)
		default:
			t.done = true
			due = append(due, t.f)
		}
	}
	m.timers = rest
	m.mu.Unlock()
	for _, f := range due {
		f()
	}
	m.Settle()
}

// Open opens the archive at path until the test is over; it fails where that cannot be.
func (m *Manual) Open(t Tester, s *Session, path string) {
	t.Helper()
	var fault error
	s.OpenArchive(path, "", func(err error) { fault = err })
	m.Settle()
	if fault != nil {
		t.Fatal(fault)
	}
	t.Cleanup(func() {
		s.CloseArchive(nil)
		m.Settle()
	})
}
