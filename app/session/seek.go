package session

import (
	"context"
	"slices"

	"fonds/storage"
	"fonds/storage/archive"
)

// OpenRow shows the document in row i of the list. Where it is not known yet
// which that is, the row is taken at once and the document follows. It reports
// whether there is such a row.
func (s *Session) OpenRow(i int) bool {
	l := &s.list
	if s.open == nil || i < 0 || i >= s.Rows() {
		return false
	}
	if row, ok := l.window.row(l.number(i)); ok && row.ID != "" {
		s.OpenDocument(row.ID)
		return true
	}
	s.Flush()
	s.clearNotice()
	gen, query := s.beginSeek(), l.query
	l.at, l.stood = i, i
	s.emit(RowChosen{})
	l.window.used(i)
	l.want(i)
	l.waiters = append(l.waiters, func() bool {
		n := l.number(i)
		switch {
		case s.seekGen != gen:
			return true
		case l.query != query, n == 0 && l.whole: // there is no such row any more
			s.endSeek()
			l.stand()
			s.emit(RowChosen{})
			s.proceed()
			return true
		case n == 0:
			return false
		}
		s.seek(gen, func(ctx context.Context, a *storage.Archive) (storage.Summary, error) {
			rows, err := a.Summaries(ctx, []int64{n})
			if err != nil || len(rows) == 0 {
				return storage.Summary{}, err
			}
			return rows[0], nil
		}, func(row storage.Summary) {
			if row.ID == "" { // it is gone, and the list is to be asked again
				l.stand()
				s.emit(RowChosen{})
				l.instead = s.wanted == ""
				l.reload()
				return
			}
			l.seen[row.ID] = seenDoc{row.N, row.Title}
			s.OpenDocument(row.ID)
		})
		return true
	})
	l.wake()
	return true
}

// beginSeek says that a document is being looked for, to be opened: commands on
// the document wait for it.
func (s *Session) beginSeek() (gen int) {
	s.seekGen++
	s.seeking = true
	return s.seekGen
}

// endSeek says that it is known what to open, or that something else is.
func (s *Session) endSeek() {
	s.seekGen++
	s.seeking = false
}

// seek looks for a document on a worker, unless another is being opened by then;
// found is told which it is, ID "" for none.
func (s *Session) seek(gen int, look func(context.Context, *storage.Archive) (storage.Summary, error), found func(storage.Summary)) {
	Read(s, nil, look, func(row storage.Summary, err error) {
		if s.seekGen != gen {
			return
		}
		s.endSeek()
		if err != nil {
			s.waiting = nil
			s.failFile(err)
			s.list.stand()
			s.emit(RowChosen{})
			return
		}
		found(row)
		s.proceed()
	})
}

// whenWhole runs f when it is known which rows the list has.
func (l *list) whenWhole(f func()) {
	l.waiters = append(l.waiters, func() bool {
		if l.whole {
			f()
		}
		return l.whole
	})
	l.wake()
}

// nextToDo looks for the next document of the list that somebody has work on, from
// the one that is shown on and around; found is told which it is, ID "" for none.
func (s *Session) nextToDo(found func(storage.Summary)) {
	l := &s.list
	gen := s.beginSeek()
	l.whenWhole(func() {
		if s.seekGen != gen {
			return
		}
		nums, at, not, sorted := l.nums, max(l.at, -1), l.numberOf(s.wanted), l.stands.sorted
		s.seek(gen, func(ctx context.Context, a *storage.Archive) (storage.Summary, error) {
			if !sorted {
				return toDoAmong(ctx, a, slices.Concat(nums[at+1:], nums[:at+1]), not)
			}
			row, err := toDo(ctx, a, nums[at+1:], not)
			if err == nil && row.ID == "" {
				row, err = toDo(ctx, a, nums[:at+1], not)
			}
			return row, err
		}, found)
	})
}

// toDo is the first document of the list, by its numbers, that somebody has work
// on and whose number is another. The documents with work and those of the list
// are both in order: each says how far to go on in the other.
func toDo(ctx context.Context, a *storage.Archive, list []int64, not int64) (storage.Summary, error) {
	q := storage.Query{Work: true, Limit: 16}
	for len(list) > 0 {
		q.After = list[0] - 1
		rows, err := a.List(ctx, q)
		if err != nil || len(rows) == 0 {
			return storage.Summary{}, err
		}
		for _, row := range rows {
			if _, ok := slices.BinarySearch(list, row.N); ok && row.N != not {
				return row, nil
			}
		}
		on, _ := slices.BinarySearch(list, rows[len(rows)-1].N+1)
		list = list[on:]
		q.Limit = min(2*q.Limit, 4096)
	}
	return storage.Summary{}, nil
}

// toDoAmong is the same of a list in any order.
func toDoAmong(ctx context.Context, a *storage.Archive, list []int64, not int64) (storage.Summary, error) {
	work, err := a.Numbers(ctx, storage.Query{Work: true})
	if err != nil {
		return storage.Summary{}, err
	}
	at := slices.IndexFunc(list, func(n int64) bool {
		_, ok := slices.BinarySearch(work, n)
		return ok && n != not
	})
	if at < 0 {
		return storage.Summary{}, nil
	}
	rows, err := a.Summaries(ctx, list[at:at+1])
	if err != nil || len(rows) == 0 {
		return storage.Summary{}, err
	}
	return rows[0], nil
}

// place notes where documents stand that are not in sight.
func (l *list) place(places map[archive.ID]int64) {
	for id, n := range places {
		if _, ok := l.seen[id]; !ok {
			l.seen[id] = seenDoc{n: n, title: l.title(id)}
		}
	}
}

// FindTitle looks for the next document of the list whose title begins with words,
// from the one that is shown on and around, and stops looking for others; found is
// told its row, -1 for none. Without words only that.
func (s *Session) FindTitle(words string, found func(row int)) {
	l := &s.list
	if l.titleStop != nil {
		l.titleStop()
		l.titleStop = nil
	}
	l.titleGen++
	if words == "" || s.open == nil {
		return
	}
	ctx, stop := context.WithCancel(s.open.ctx)
	l.titleStop = stop
	first, after, sorted := l.asked(l.query), l.number(max(l.at, 0))-1, l.ordering() == storage.Order{}
	first.Title, first.Limit = words, 1
	Read(s, &l.titleGen, func(_ context.Context, a *storage.Archive) (ns []int64, err error) {
		if !sorted {
			first.Limit = 0
			return a.Numbers(ctx, first)
		}
		for _, from := range []int64{after, 0} {
			q := first
			q.After = max(from, 0)
			rows, err := a.List(ctx, q)
			if err != nil || len(rows) > 0 {
				return numbersOf(rows), err
			}
		}
		return nil, nil
	}, func(ns []int64, err error) {
		stop()
		if err == nil {
			gen := l.titleGen
			l.whenWhole(func() {
				if gen == l.titleGen {
					found(l.afterRow(max(l.at, 0)-1, ns))
				}
			})
		}
	})
}
