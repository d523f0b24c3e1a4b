package session

import (
	"context"

	"fonds/storage"
	"fonds/storage/archive"
)

// count asks for the counts beside the filters: at once where they are those of
// another query, else when the question that is under way was answered.
func (l *list) count(other bool) {
	if l.query.Package != "" { // the counts are those of all packages
		l.cntGen++
		l.counting, l.recount, l.counted = false, false, false
		l.s.emit(CountsChanged{})
		return
	}
	if l.counting && !other {
		l.recount = true
		return
	}
	if other {
		l.counted = false
	}
	l.counting, l.recount = true, false
	search, who := l.query.Search, l.s.NamesOf(l.s.actor)
	type answer struct {
		storage.Counts
		work storage.WorkCounts
	}
	Read(l.s, &l.cntGen, func(ctx context.Context, a *storage.Archive) (c answer, err error) {
		if c.Counts, err = a.Counts(ctx, search); err == nil {
			c.work, err = a.WorkCounts(ctx, search, who)
		}
		return c, err
	}, func(c answer, err error) {
		l.counting = false
		if err != nil {
			return // the rows' own error says it
		}
		for _, f := range Filters() {
			l.counts[f] = c.Status[statusOf[f]]
		}
		l.counts[All], l.counts[WithProposals], l.counted = c.All(), c.Open, true
		todo := c.Status[archive.New] + c.Status[archive.InProgress] + c.Status[archive.Returned]
		l.shared = c.work.Mine > 0 || c.work.Asked > 0 || c.work.Unassigned < todo
		l.counts[Mine], l.counts[Questions], l.counts[Unassigned] = c.work.Mine, c.work.Asked, c.work.Unassigned
		l.s.emit(CountsChanged{})
		if l.answered && !l.whole { // now it is known how long the list is
			l.stand()
			l.s.emit(ListChanged{From: len(l.nums)})
		}
		l.s.emit(StatusChanged{})
		if l.recount {
			l.count(false)
		}
	})
}
