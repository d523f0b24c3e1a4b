package checks

import (
	"context"
	"maps"
	"sync"

	"fonds/storage"
	"fonds/storage/archive"
)

// mostHands is how many goroutines read and check at once: each has a connection of its
// own, and the archive has others to answer.
const mostHands = 2

// sameMoment are holds on an archive that all see the same moment: n of them, or one where
// others write into it all the time.
func sameMoment(ctx context.Context, a *storage.Archive, n int) (all []*storage.Archive, err error) {
	halt := func() {
		for _, s := range all {
			s.Close()
		}
		all = nil
	}
	for range 10 {
		var first map[archive.ID]archive.Hash
		same := true
		for i := 0; i < n && same; i++ {
			s, err := a.Snapshot(ctx)
			if err != nil {
				halt()
				return nil, err
			}
			all = append(all, s)
			heads, err := s.Heads(ctx)
			if err != nil {
				halt()
				return nil, err
			}
			if i == 0 {
				first = heads
			}
			same = maps.Equal(first, heads)
		}
		if same {
			return all, nil
		}
		halt()
	}
	one, err := a.Snapshot(ctx)
	return []*storage.Archive{one}, err
}

// answer is what came of a batch.
type answer struct {
	n   int // of the batch
	all []*one
	err error
}

// read checks the documents, each hand some at a time, and takes what comes of them in their
// order, so that a report does not depend on who was faster.
func (r *runner) read(hands []*storage.Archive, batches [][]archive.ID, total int) error {
	ctx, stop := context.WithCancel(r.ctx)
	defer stop()
	todo := make(chan int)
	room := make(chan struct{}, 4*len(hands)) // batches that were begun and not taken
	answers := make(chan answer)
	go func() {
		defer close(todo)
		for i := range batches {
			select {
			case room <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	var at sync.WaitGroup
	for _, a := range hands {
		at.Go(func() {
			for i := range todo {
				all, err := r.checkAll(ctx, a, batches[i])
				select {
				case answers <- answer{i, all, err}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { at.Wait(); close(answers) }()
	defer at.Wait() // no hand is at work when the holds are closed
	defer stop()
	waiting, next, done := map[int]answer{}, 0, 0
	for next < len(batches) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case got, ok := <-answers:
			if !ok {
				return context.Canceled
			}
			if got.err != nil {
				return got.err
			}
			waiting[got.n] = got
		}
		for {
			got, there := waiting[next]
			if !there {
				break
			}
			delete(waiting, next)
			for _, x := range got.all {
				r.take(x, done)
				done++
			}
			next++
			<-room
			r.o.Progress(Reading, done, total)
		}
	}
	return nil
}
