package session

import "fonds/storage/archive"

// seenDoc is what stays known of a document that was opened, or has drafts.
type seenDoc struct {
	n     int64
	title string
}

// update puts what the list says of a document right. A row that no longer fits
// the filter stays until the list is asked for again: nothing moves under the
// hands of whoever works through it.
func (l *list) update(d *Doc) {
	if d.N == 0 {
		return
	}
	l.seen[d.ID] = seenDoc{d.N, d.Title()}
	l.snippets.changedText(d)
	delete(l.cells.known, d.N)
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

func (l *list) choose(id archive.ID) {
	if n := l.numberOf(id); n != 0 {
		l.seen[id] = seenDoc{n, l.title(id)} // it stays known where it scrolls out of sight
	}
	l.stand()
	l.near()
}

// title is what the list calls a document, "" where it does not know.
func (l *list) title(id archive.ID) string {
	if row, ok := l.window.row(l.window.ids[id]); ok {
		return row.Title
	}
	return l.seen[id].title
}
