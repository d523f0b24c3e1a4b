package intake

import (
	"context"
	"sync"

	"fonds/app/ingest"
	"fonds/storage"
)

// The pipeline. Readers read items ahead and prepare them for the archive; the
// feeder takes what they made in order and hands it to the archive, which alone
// can write, and says of each when it is safe.
// The ledger brings both kinds of answers, skipped and safe, back into the order
// of the items. Bytes are lent to a file before it is read and given back when
// it is accounted for: the archive waits a moment and no longer for a file that
// is not there yet, so that nobody waits for ever.

// result is an item that was read.
type result struct {
	in   *storage.Prepared
	skip *ingest.Skip
	err  error // of the context
}

// queued is how many documents wait at most for the archive to write them: as many as are
// read while it ends a transaction.
const queued = 256

func run(ctx context.Context, a *storage.Archive, actor string, items []item, o Options, on func(Event)) (Report, error) {
	o.fill()
	l := newLedger(items, on)
	// The archive finishes what it was given, whatever becomes of ctx.
	in := make(chan *storage.Prepared, queued)
	feeding, stop := context.WithCancel(ctx)
	defer stop()
	lent := newPurse(o.Held)
	recur := newRecurrence()
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(in)
		ahead := func() bool { return len(in) > queued/2 }
		do := func(ctx context.Context, it *item) result { return it.resultFor(ctx, a, recur) }
		feed(feeding, items, read(feeding, items, &o, lent, ahead, do), in, l, lent)
	})
	err := a.ImportPrepared(context.WithoutCancel(ctx), actor, in, func(r storage.Imported) {
		f := File{Path: r.Path, ID: r.ID, DuplicateOf: r.DuplicateOf, Refused: r.Refused}
		if r.Err != nil {
			f = File{Path: r.Path, Skip: &ingest.Skip{Path: r.Path, Reason: Refused, Detail: r.Err.Error(), Err: r.Err}}
		}
		if r.In != nil {
			seen := *r.In
			seen.Original = nil
			f.Read, f.Chars = &seen, r.Chars
		}
		recur.add(r.In, r.ID)
		lent.back(l.safe(f))
	})
	stop() // where the archive failed, the feeder still stands there with a file
	wg.Wait()
	lines := recur.lines()
	if err == nil {
		err = recur.mark(context.WithoutCancel(ctx), a, actor, lines)
	}
	if err == nil {
		err = ctx.Err()
	}
	return l.report, err
}

// read reads items with several readers, and makes of each what do says. What comes
// out is in order: a channel for each item. It ends early when ctx does.
//
// While they are ahead of who needs what they make, one of several readers rests: who
// writes has a processor to itself then, and is not kept waiting by those it waits for.
func read[T any](ctx context.Context, items []item, o *Options, lent *purse, ahead func() bool, do func(ctx context.Context, it *item) T) <-chan chan T {
	out := make(chan chan T, o.Readers)
	free, last := make(chan struct{}, max(o.Readers-1, 1)), make(chan struct{}, min(o.Readers-1, 1))
	go func() {
		defer close(out)
		for i := range items {
			it := &items[i]
			o.Pace.pass(ctx)
			if it.skip == nil && !lent.take(ctx, it.size) {
				return
			}
			slot, other := free, last
			if ahead() {
				other = nil
			}
			select {
			case slot <- struct{}{}:
			case other <- struct{}{}:
				slot = other
			case <-ctx.Done():
				return
			}
			r := make(chan T, 1)
			select {
			case out <- r:
			case <-ctx.Done():
				return
			}
			go func() {
				defer func() { <-slot }()
				r <- do(ctx, it)
			}()
		}
	}()
	return out
}

// resultFor reads an item, prepares it for an archive and notes its lines.
func (it *item) resultFor(ctx context.Context, a *storage.Archive, recur *recurrence) result {
	if it.skip != nil {
		return result{skip: it.skip}
	}
	doc, skip, err := it.readSafely(ctx)
	if doc == nil {
		return result{skip: skip, err: err}
	}
	in, err := incoming(doc)
	if err != nil {
		return result{skip: &ingest.Skip{Path: it.path, Reason: Fault, Detail: err.Error()}}
	}
	recur.note(in)
	return result{in: a.Prepare(in)}
}

// feed hands what was read to the archive, in order, and what was skipped to the
// ledger.
func feed(ctx context.Context, items []item, results <-chan chan result, in chan<- *storage.Prepared, l *ledger, lent *purse) {
	i := -1
	for ch := range results {
		i++
		r := <-ch
		switch {
		case r.err != nil:
			return
		case r.skip != nil:
			l.skipped(i, r.skip)
			if items[i].skip == nil {
				lent.back(items[i].size)
			}
			continue
		}
		l.sent(i)
		select {
		case in <- r.in:
		case <-ctx.Done():
			l.unsent()
			return
		}
	}
}

// ledger accounts for the items in their order.
type ledger struct {
	mu      sync.Mutex
	items   []item
	on      func(Event)
	waiting []entry // in order: sent to the archive, or skipped behind such
	event   Event
	report  Report
}

type entry struct {
	i    int
	file *File // nil: not safe yet
}

func newLedger(items []item, on func(Event)) *ledger {
	l := &ledger{items: items, on: on, report: Report{Total: len(items)}}
	l.event.Total = len(items)
	for _, it := range items {
		l.event.Of += it.size
	}
	return l
}

func (l *ledger) sent(i int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, entry{i: i})
}

// unsent takes back the last sent: the archive never got it.
func (l *ledger) unsent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = l.waiting[:len(l.waiting)-1]
}

func (l *ledger) skipped(i int, s *ingest.Skip) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, entry{i, &File{Path: l.items[i].path, Skip: s}})
	l.tell()
}

// safe notes what became of the first file that was sent and not heard of, and
// gives its size. Only the size that was seen when it was found counts: that is
// what was lent to it.
func (l *ledger) safe(f File) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k := range l.waiting {
		if l.waiting[k].file == nil {
			l.waiting[k].file = &f
			size := l.items[l.waiting[k].i].size
			l.tell()
			return size
		}
	}
	return 0
}

// tell reports what stands at the head of those waiting and is known.
func (l *ledger) tell() {
	for len(l.waiting) > 0 && l.waiting[0].file != nil {
		e := l.waiting[0]
		l.waiting = l.waiting[1:]
		switch {
		case e.file.Skip != nil:
			l.report.Skipped++
			if l.report.Reasons == nil {
				l.report.Reasons = map[ingest.Reason]int{}
			}
			l.report.Reasons[e.file.Skip.Reason]++
			l.report.Skips = append(l.report.Skips, *e.file.Skip)
			if r := e.file.Skip.Reason; r == ingest.ThisArchive || r == ingest.AnArchive {
				l.report.Archives++
			}
		case e.file.DuplicateOf != "":
			l.report.Duplicates++
		default:
			l.report.Imported++
		}
		l.event.File = *e.file
		l.event.Done++
		l.event.Bytes += l.items[e.i].size
		if l.on != nil {
			l.on(l.event)
		}
	}
}

// purse lends bytes, never more than it has, save that one borrower always gets
// what it asks for.
type purse struct {
	mu    sync.Mutex
	size  int64
	lent  int64
	given chan struct{} // one signal that something came back
}

func newPurse(size int64) *purse { return &purse{size: size, given: make(chan struct{}, 1)} }

// take waits until n bytes can be lent; false where ctx ended first. There is
// one taker at a time.
func (p *purse) take(ctx context.Context, n int64) bool {
	for {
		p.mu.Lock()
		if p.lent == 0 || p.lent+n <= p.size {
			p.lent += n
			p.mu.Unlock()
			return ctx.Err() == nil
		}
		p.mu.Unlock()
		select {
		case <-p.given:
		case <-ctx.Done():
			return false
		}
	}
}

func (p *purse) back(n int64) {
	p.mu.Lock()
	p.lent -= n
	p.mu.Unlock()
	select {
	case p.given <- struct{}{}:
	default:
	}
}
