package session

import "sync"

// queue runs jobs one after the other, in the order in which they came, on a
// worker that lives as long as there are jobs. It may be used from any
// goroutine.
type queue struct {
	start func(func()) // begins a worker

	mu   sync.Mutex
	idle sync.Cond
	jobs []func()
	busy bool
}

func newQueue(start func(func())) *queue {
	q := &queue{start: start}
	q.idle.L = &q.mu
	return q
}

func (q *queue) add(job func()) {
	q.mu.Lock()
	q.jobs = append(q.jobs, job)
	begin := !q.busy
	q.busy = true
	q.mu.Unlock()
	if begin {
		q.start(q.work)
	}
}

func (q *queue) work() {
	for {
		q.mu.Lock()
		if len(q.jobs) == 0 {
			q.busy = false
			q.idle.Broadcast()
			q.mu.Unlock()
			return
		}
		job := q.jobs[0]
		q.jobs = q.jobs[1:]
		q.mu.Unlock()
		job()
	}
}

// wait returns when every job that was added has been done.
func (q *queue) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.busy {
		q.idle.Wait()
	}
}
