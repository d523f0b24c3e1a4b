package intake

import (
	"cmp"
	"context"
	"sync"

	"fonds/app/ingest"
	"fonds/storage"
)

// The pipeline. Readers read items ahead and prepare them for the archive; the
// feeder takes what they made in order and hands it to the archive, which alone
// can write, and says of each when it is safe. An item can be several documents: a
// letter and its attachments, the members of a ZIP file. Each is made when the one
// before it was taken.
// The ledger brings both kinds of answers, skipped and safe, back into the order
// of the items. Bytes are lent to a file before it is read and given back when
// it is accounted for: the archive waits a moment and no longer for a file that
// is not there yet, so that nobody waits for ever.

// result is a document that was read, of an item or of what lies in it.
type result struct {
	in   *storage.Prepared
	skip *ingest.Skip
	size int64    // of its original, bytes
	lost []string // what of it could not be taken
	note []string // what is to be known of the item: no document
	err  error    // of the context
}

// queued is how many documents wait at most for the archive to write them: as many as are
// read while it ends a transaction.
const queued = 256

func run(ctx context.Context, a *storage.Archive, actor string, items []item, o Options, on func(Event)) (Report, error) {
	o.fill()
	defer bounded()()
	l := newLedger(items, on)
	// The archive finishes what it was given, whatever becomes of ctx.
	in := make(chan *storage.Prepared, queued)
	feeding, stop := context.WithCancel(ctx)
	defer stop()
	lent, inner := newPurse(o.Held), newPurse(o.Held)
	recur := newRecurrence()
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(in)
		ahead := func() bool { return len(in) > queued/2 }
		do := func(ctx context.Context, it *item, yield func(result) bool) { it.results(ctx, a, &o, recur, yield) }
		feed(feeding, items, read(feeding, items, &o, lent, ahead, do), in, l, lent, inner)
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
		if size, own := l.safe(f); own {
			lent.back(size)
		} else {
			inner.back(size)
		}
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

// read reads items with several readers, and makes of each what do yields. What comes
// out is in order: a channel for each item, closed when there is no more of it. It ends
// early when ctx does; then do is told that nobody takes what it yields.
//
// While they are ahead of who needs what they make, one of several readers rests: who
// writes has a processor to itself then, and is not kept waiting by those it waits for.
func read[T any](ctx context.Context, items []item, o *Options, lent *purse, ahead func() bool, do func(ctx context.Context, it *item, yield func(T) bool)) <-chan chan T {
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
				defer func() {
					close(r)
					<-slot
				}()
				do(ctx, it, func(t T) bool {
					select {
					case r <- t:
						return true
					case <-ctx.Done():
						return false
					}
				})
			}()
		}
	}()
	return out
}

// results reads an item and what lies in it, prepares each document for an archive and
// notes its lines.
func (it *item) results(ctx context.Context, a *storage.Archive, o *Options, recur *recurrence, yield func(result) bool) {
	if it.skip != nil {
		yield(result{skip: it.skip})
		return
	}
	err := it.readEach(ctx, func(in ingest.Inner) error {
		if !yield(it.result(a, o, recur, in)) {
			return context.Canceled
		}
		return nil
	})
	if err != nil {
		yield(result{err: err})
	}
}

// result makes of a document that was read what the archive needs.
func (it *item) result(a *storage.Archive, o *Options, recur *recurrence, in ingest.Inner) result {
	switch {
	case in.Notes != nil:
		return result{note: in.Notes}
	case in.Skip != nil:
		return result{skip: in.Skip}
	case in.Inside > 0 && o.LeftOut[keyOf(it.name, in.Inside)]:
		return result{skip: &ingest.Skip{Path: in.Doc.Path, Reason: LeftOut}}
	}
	doc, err := incoming(in.Doc)
	if err != nil {
		return result{skip: &ingest.Skip{Path: in.Doc.Path, Reason: Fault, Detail: err.Error()}}
	}
	recur.note(doc)
	return result{in: a.Prepare(doc), size: in.Doc.Size, lost: in.Doc.Lost}
}

// feed hands what was read to the archive, in order, and what was skipped to the
// ledger. What lies in other files is lent bytes here, when its turn comes.
func feed(ctx context.Context, items []item, results <-chan chan result, in chan<- *storage.Prepared, l *ledger, lent, inner *purse) {
	i := -1
	for ch := range results {
		i++
		own := true
		for r := range ch {
			switch {
			case r.err != nil:
				return
			case r.note != nil:
				l.noted(r.note)
				continue
			case r.skip != nil:
				if l.skipped(i, own, r.skip); own && items[i].skip == nil {
					lent.back(items[i].size)
				}
			case !own && !inner.take(ctx, r.size):
				return
			default:
				l.sent(i, own, r)
				select {
				case in <- r.in:
				case <-ctx.Done():
					l.unsent()
					return
				}
			}
			own = false
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
	size int64 // that was lent to it
	own  bool  // it is the first document of its item, which stands for that
	lost []string
}

func newLedger(items []item, on func(Event)) *ledger {
	l := &ledger{items: items, on: on, report: Report{Total: len(items)}}
	l.event.Total = len(items)
	for _, it := range items {
		l.event.Of += it.size
	}
	return l
}

// another counts a document that lies in a file: one more than was known of.
func (l *ledger) another(own bool) {
	if !own {
		l.report.Total++
		l.event.Total++
	}
}

// noted keeps what is to be known of an item.
func (l *ledger) noted(notes []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.report.Notes = append(l.report.Notes, notes...)
}

func (l *ledger) sent(i int, own bool, r result) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.another(own)
	size := r.size
	if own { // only the size that was seen when it was found counts: that is what was lent to it
		size = l.items[i].size
	}
	l.waiting = append(l.waiting, entry{i: i, size: size, own: own, lost: r.lost})
}

// unsent takes back the last sent: the archive never got it.
func (l *ledger) unsent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := len(l.waiting) - 1
	if !l.waiting[last].own {
		l.report.Total--
		l.event.Total--
	}
	l.waiting = l.waiting[:last]
}

func (l *ledger) skipped(i int, own bool, s *ingest.Skip) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.another(own)
	l.waiting = append(l.waiting, entry{i: i, own: own, file: &File{Path: cmp.Or(s.Path, l.items[i].path), Skip: s}})
	l.tell()
}

// safe notes what became of the first file that was sent and not heard of, and
// gives the size that was lent to it; own says whether that was an item's.
func (l *ledger) safe(f File) (size int64, own bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k := range l.waiting {
		if e := &l.waiting[k]; e.file == nil {
			if e.file = &f; f.ID != "" {
				f.Lost = e.lost
			}
			size, own = e.size, e.own
			l.tell()
			return size, own
		}
	}
	return 0, true
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
		if e.own {
			l.event.Bytes += l.items[e.i].size
		}
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
