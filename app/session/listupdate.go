package session

// update puts what the list says of a document right. A row that no longer fits
// the filter stays until the list is asked for again: nothing moves under the
// hands of whoever works through it.
func (l *list) update(d *Doc) {
	if d.N == 0 {
		return
	}
	l.seen[d.ID] = seenDoc{d.N, d.Title()}
	l.snippets.changedText(d)
	if l.window.update(d) {
		if at := l.find(d.N); at >= 0 {
			l.s.emit(RowChanged{at})
		}
	}
	if d.ID == l.s.wanted && l.at < 0 {
		if l.stand(); l.at >= 0 {
			l.near()
			l.s.emit(RowChosen{})
		}
	}
}
