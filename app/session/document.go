package session

import (
	"context"

	"fonds/storage"
	"fonds/storage/archive"
)

// Doc is the document that is shown. It is a copy of its own, read on a worker
// with its reading text made: nothing of it asks the disk.
type Doc struct {
	*archive.Document
	Text *archive.Reading
	N    int64 // its place in the order of import

	Made any // what the screen has had made of it: see OnRead

	placed []archive.Placed // items that have an anchor, by id
	// placeAt says which of them each is.
	placeAt map[*archive.Item]int
	status  archive.Status
	seq     int64 // edits of this session that it contains
}

// Title is what lists call the document.
func (d *Doc) Title() string { return d.Document.Title() }

// loadDoc reads a document on a worker. A document that is gone is nil.
func loadDoc(ctx context.Context, o *opened, id archive.ID) (*Doc, error) {
	seq := o.seq.Load()
	d, err := o.a().Document(ctx, id)
	if err != nil {
		return nil, err
	}
	r, err := d.Reading()
	if err != nil {
		return nil, err
	}
	places, err := o.a().Places(ctx, []archive.ID{id})
	if err != nil {
		return nil, err
	}
	doc := &Doc{Document: d, Text: r, N: places[id], placed: placesOf(d, r, o.last.Load()), status: d.Status(), seq: seq}
	doc.placeAt = numbered(doc.placed)
	o.last.Store(doc)
	return doc, nil
}

// Document is what is shown, or nil.
func (s *Session) Document() *Doc { return s.doc }

// Loading says whether another document than the one shown is being opened.
func (s *Session) Loading() bool {
	return s.seeking || s.wanted != "" && (s.doc == nil || s.doc.ID != s.wanted)
}

// OpenDocument shows another document: typing in the one that is shown becomes
// edits, and the new one is read on a worker.
func (s *Session) OpenDocument(id archive.ID) {
	switch {
	case s.open == nil || id == s.wanted && !s.seeking:
		return
	case id == s.wanted: // back to it from a row whose document has not come yet
		s.endSeek()
		s.list.choose(id)
		s.emit(RowChosen{})
		s.proceed()
		return
	}
	s.Flush()
	s.clearNotice()
	s.choose(id)
}

func (s *Session) choose(id archive.ID) {
	s.endSeek()
	s.wanted = id
	s.list.choose(id)
	s.emit(RowChosen{})
	s.reloadDocument()
}

// reloadDocument reads the document that is wanted, anew or for the first time.
func (s *Session) reloadDocument() {
	id, o := s.wanted, s.open
	if id == "" || o == nil {
		return
	}
	make, ctx := s.maker(), s.readingFor(o)
	Read(s, &s.docGen, func(context.Context, *storage.Archive) (*Doc, error) {
		return readDoc(ctx, o, id, make)
	}, func(d *Doc, err error) {
		s.stopReading()
		if err != nil {
			s.waiting = nil
			s.failFile(err)
			s.leave(archiveGone(err))
			return
		}
		s.show(d)
	})
}

// leave gives up the document that is wanted: it could not be read. Where it is
// gone from the archive, whatever stands in its place in the list is opened.
func (s *Session) leave(gone bool) {
	if s.doc != nil && s.doc.ID != s.wanted {
		s.wanted = s.doc.ID
		s.list.choose(s.wanted)
		s.emit(RowChosen{})
		return
	}
	if !gone {
		return // what is shown stays, and the status bar says what went wrong
	}
	s.doc, s.wanted = nil, ""
	s.emit(DocumentOpened{})
	s.list.instead = true
	s.list.reload()
}

// show makes d the document that is shown, unless that one is newer.
func (s *Session) show(d *Doc) {
	if s.doc != nil && s.doc.ID == d.ID {
		if d.seq < s.doc.seq {
			return
		}
		s.doc = d
		s.dropExpectations(d)
		s.list.update(d)
		s.emit(DocumentChanged{d.ID})
		return
	}
	s.doc = d
	s.list.update(d)
	s.emit(DocumentOpened{})
	s.emit(StatusChanged{})
	s.proceed()
}

// proceed runs the commands that waited for a document.
func (s *Session) proceed() {
	for len(s.waiting) > 0 && !s.Loading() && s.stepping == 0 {
		f := s.waiting[0]
		s.waiting = s.waiting[1:]
		f()
	}
}

// WhenLoaded runs f now, or when the document that is being opened is there, and
// the step that the one before takes is in the file.
func (s *Session) WhenLoaded(f func()) {
	if s.Loading() || s.stepping > 0 {
		s.waiting = append(s.waiting, f)
		return
	}
	f()
}

// SetSelection says which words of the reading text are selected; without any,
// start is where the caret stands. It is for who has no view to ask: see
// AskSelection.
func (s *Session) SetSelection(start, end int, has bool) {
	s.selected = func() (int, int, bool) { return start, end, has && end > start }
}

// AskSelection says whom to ask for the selection of the document that is shown.
func (s *Session) AskSelection(selected func() (start, end int, has bool)) { s.selected = selected }

// Selection is the selected range of the reading text, in code points, and
// whether there is one; else start and end are the caret.
func (s *Session) Selection() (start, end int, has bool) {
	if s.selected == nil || s.doc == nil {
		return 0, 0, false
	}
	start, end, has = s.selected()
	n := s.doc.Text.Text().Len()
	return min(start, n), min(end, n), has
}

// SelectedWords are the words that are selected, or "".
func (s *Session) SelectedWords() string {
	start, end, has := s.Selection()
	if !has {
		return ""
	}
	return s.doc.Text.Text().Slice(start, end)
}

// MarkAtCaret is the smallest mark that holds the selection or the caret, or nil.
func (s *Session) MarkAtCaret() *archive.Item {
	if s.doc == nil {
		return nil
	}
	var best *archive.Item
	size := 0
	start, end, _ := s.Selection()
	for _, it := range s.doc.Items {
		if it.What != archive.AMark || !it.InForce() && !it.Open() {
			continue
		}
		from, to, ok := s.doc.Span(it)
		if !ok || start < from || end > to {
			continue
		}
		if best == nil || to-from < size {
			best, size = it, to-from
		}
	}
	return best
}

// Move opens the document by places further in the list (back where negative),
// stopping at its ends. It reports whether there was one.
func (s *Session) Move(by int) bool {
	at := s.list.at + by
	if s.list.at < 0 {
		if s.Loading() && s.wanted != "" && s.list.numberOf(s.wanted) == 0 { // where it stands comes with it
			s.waiting = append(s.waiting, func() { s.Move(by) })
			return true
		}
		at = 0
	}
	return s.OpenRow(at)
}
