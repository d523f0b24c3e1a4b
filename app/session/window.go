package session

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
)

// pageRows is how many rows are read at once, windowRows how many are held; those
// that were in sight longest ago are forgotten first. A row is some 250 bytes.
var (
	pageRows   = 128 // tests make both small
	windowRows = 64 * pageRows
)

// window is what the rows around those in sight say, by the numbers of their
// documents: it does not matter in which rows these stand.
type window struct {
	rows  map[int64]*windowRow
	ids   map[archive.ID]int64
	clock int
	pages []int // those that were looked at last, the latest at the end

	wanted  []int          // pages to be read, the one wanted last at the end
	reading bool           // a page is being read
	gen     int            // of that
	tailed  bool           // the last rows were asked for
	since   map[int64]*Doc // what was changed while something is being read
}

type windowRow struct {
	storage.Summary
	used int
}

func (w *window) clear() {
	w.gen++
	w.rows, w.ids = map[int64]*windowRow{}, map[archive.ID]int64{}
	w.wanted, w.reading, w.tailed = nil, false, false
}

// row is what is known of a document; ID "" says that nothing is. A document that
// is gone from the archive is known to be so.
func (w *window) row(n int64) (storage.Summary, bool) {
	r, ok := w.rows[n]
	if !ok {
		return storage.Summary{N: n}, false
	}
	w.clock++
	r.used = w.clock
	return r.Summary, true
}

// used notes that row i was looked at.
func (w *window) used(i int) {
	if p := i / pageRows; len(w.pages) == 0 || w.pages[len(w.pages)-1] != p {
		w.pages = latest(w.pages, p)
	}
}

// latest puts p at the end of a few.
func latest(few []int, p int) []int {
	few = append(slices.DeleteFunc(few, func(q int) bool { return q == p }), p)
	return few[max(0, len(few)-4):]
}

// sight are the pages that were looked at last.
func (w *window) sight() []int { return slices.Clone(w.pages) }

// watch remembers what is changed from now on: an answer that is under way may
// not know it yet.
func (w *window) watch() {
	if w.since == nil {
		w.since = map[int64]*Doc{}
	}
}

// settled forgets what watch remembered, where nothing is being read any more.
func (l *list) settled() {
	if !l.reading && l.answered && !l.window.reading {
		l.window.since = nil
	}
}

// add takes what was read; asked are the numbers that were asked for, of which
// those without a row are gone.
func (w *window) add(rows []storage.Summary, asked []int64) {
	put := func(s storage.Summary) {
		w.clock++
		w.rows[s.N] = &windowRow{s, w.clock}
		if s.ID != "" {
			w.ids[s.ID] = s.N
		}
	}
	for _, r := range rows {
		if d := w.since[r.N]; d != nil {
			r = says(r, d)
		}
		put(r)
	}
	for _, n := range asked {
		if _, ok := w.rows[n]; !ok {
			put(storage.Summary{N: n})
		}
	}
	if len(w.rows) <= windowRows {
		return
	}
	old := slices.SortedFunc(maps.Values(w.rows), func(a, b *windowRow) int { return a.used - b.used })
	for _, r := range old[:len(old)-windowRows*3/4] {
		delete(w.rows, r.N)
		delete(w.ids, r.ID)
	}
}

// says is a row with what a document says of itself.
func says(r storage.Summary, d *Doc) storage.Summary {
	r.Title, r.Date, r.Status, r.Proposals = d.Title(), d.Date(), d.Status(), d.Proposals()
	r.Assignee, r.Due, r.Package = "", "", ""
	if it := d.Assignment(); it != nil {
		r.Assignee, r.Due = it.Key, it.Detail
	}
	if it := d.Membership(); it != nil {
		r.Package = archive.ID(it.Key)
	}
	r.Asked = strings.Join(d.Asked(), "\n")
	return r
}

// update says whether a document's row says something else now.
func (w *window) update(d *Doc) bool {
	if w.since != nil {
		w.since[d.N] = d
	}
	r, ok := w.rows[d.N]
	if !ok || r.ID == "" || says(r.Summary, d) == r.Summary {
		return false
	}
	r.Summary = says(r.Summary, d)
	return true
}

// pagesOf are the numbers of the rows of some pages.
func pagesOf(nums []int64, pages []int) []int64 {
	var out []int64
	slices.Sort(pages)
	for _, p := range slices.Compact(pages) {
		out = append(out, nums[min(p*pageRows, len(nums)):min((p+1)*pageRows, len(nums))]...)
	}
	return out
}

// want asks for the page of row i.
func (l *list) want(i int) {
	if i < 0 || i >= l.s.Rows() {
		return
	}
	l.window.wanted = latest(l.window.wanted, i/pageRows)
	l.fetch()
}

// near asks for the rows before and behind the document, so that going there
// waits for nothing.
func (l *list) near() {
	for _, i := range []int{l.at - pageRows/2, l.at + pageRows/2, l.at - 1, l.at + 1} {
		if _, ok := l.window.rows[l.number(i)]; !ok && l.at >= 0 {
			l.want(i)
		}
	}
}

// fetch reads the page that was wanted last, one at a time: who drags the scroll
// bar through a million rows is not to wait for those passed by.
func (l *list) fetch() {
	w := &l.window
	for k := len(w.wanted) - 1; k >= 0 && !w.reading; k-- {
		p := w.wanted[k]
		var ask []int64
		unknown := false
		for i := p * pageRows; i < min((p+1)*pageRows, l.s.Rows()); i++ {
			n := l.number(i)
			if _, ok := w.rows[n]; n != 0 && !ok {
				ask = append(ask, n)
			}
			unknown = unknown || n == 0
		}
		switch {
		case len(ask) > 0:
			w.wanted = slices.Delete(w.wanted, k, k+1)
			if unknown { // the rest when its numbers have come
				w.wanted = append([]int{p}, w.wanted...)
			}
			l.fetchRows(p, ask)
		case !unknown:
			w.wanted = slices.Delete(w.wanted, k, k+1)
		case !l.whole && l.answered && l.counted && !w.tailed && (p+1)*pageRows >= l.s.Rows()-pageRows:
			l.fetchTail()
		}
	}
}

func (l *list) fetchRows(page int, ask []int64) {
	l.read(func(ctx context.Context, a *storage.Archive) ([]storage.Summary, error) {
		return a.Summaries(ctx, ask)
	}, func(rows []storage.Summary) {
		l.window.add(rows, ask)
		l.s.emit(RowsChanged{page * pageRows, (page + 1) * pageRows})
		if len(rows) < len(ask) {
			l.reload() // documents are gone
		}
	})
}

// fetchTail reads the last rows before it is known which ones there are between.
func (l *list) fetchTail() {
	l.window.tailed = true
	q := l.asked(l.query)
	q.Before, q.Limit = math.MaxInt64, 2*pageRows
	l.read(func(ctx context.Context, a *storage.Archive) ([]storage.Summary, error) {
		return a.List(ctx, q)
	}, func(rows []storage.Summary) {
		if l.whole || len(rows) == 0 {
			return
		}
		rows = rows[max(0, len(rows)-(l.s.Rows()-len(l.nums))):]
		l.tail = nil
		for _, r := range rows {
			l.tail = append(l.tail, r.N)
		}
		l.window.add(rows, nil)
		l.stand()
		l.s.emit(RowsChanged{l.s.Rows() - len(rows), l.s.Rows()})
		l.wake()
	})
}

// read asks for rows, unless some are being read.
func (l *list) read(ask func(context.Context, *storage.Archive) ([]storage.Summary, error), answer func([]storage.Summary)) {
	w := &l.window
	w.reading = true
	w.watch()
	Read(l.s, &w.gen, ask, func(rows []storage.Summary, err error) {
		w.reading = false
		if err != nil {
			l.s.failFile(err)
			return
		}
		answer(rows)
		l.settled()
		l.fetch()
	})
}
