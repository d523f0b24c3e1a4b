package intake

import (
	"context"
	"sync"
)

// Pace lets an import pause and go on. While it pauses no further file is read; those
// that are on their way come in. The zero value runs; it may be used from any
// goroutine.
type Pace struct {
	mu   sync.Mutex
	wait chan struct{} // closed when it goes on; nil: it runs
}

// Pause stops before the next file.
func (p *Pace) Pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wait == nil {
		p.wait = make(chan struct{})
	}
}

// Continue goes on.
func (p *Pace) Continue() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wait != nil {
		close(p.wait)
		p.wait = nil
	}
}

// Paused says whether it pauses.
func (p *Pace) Paused() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wait != nil
}

// pass returns when it runs, or ctx ends. p may be nil.
func (p *Pace) pass(ctx context.Context) {
	for p != nil {
		p.mu.Lock()
		wait := p.wait
		p.mu.Unlock()
		if wait == nil {
			return
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return
		}
	}
}
