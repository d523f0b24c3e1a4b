package session

import (
	"context"

	"fonds/storage/archive"
	"fonds/widgets/textlayout"
)

// placesOf finds the words of all that is attached to a text, in the order of its
// items. Those that before has placed in the same reading text stay where they
// are: of a text that is marked, all but one.
func placesOf(d *archive.Document, r *archive.Reading, before *Doc) []archive.Placed {
	var known []archive.Placed
	if before != nil && before.Text == r {
		known = before.placed
	}
	out := make([]archive.Placed, 0, max(len(known)+8, len(d.Items)/2))
	at := 0
	for i, it := range d.Items {
		for at < len(known) && known[at].Item.ID < it.ID {
			at++
		}
		if at < len(known) && known[at].Item == it {
			out = append(out, known[at])
		} else {
			out = append(out, r.Places(d.Items[i:i+1])...)
		}
	}
	return out
}

// numbered says where in placed each item is: ten thousand of them are looked up
// for every picture that is made.
func numbered(placed []archive.Placed) map[*archive.Item]int {
	at := make(map[*archive.Item]int, len(placed))
	for i := range placed {
		at[placed[i].Item] = i
	}
	return at
}

// find is the place of an item of this document as it is.
func (d *Doc) find(it *archive.Item) (p archive.Placed, ok bool) {
	i, ok := d.placeAt[it]
	if !ok {
		return p, false
	}
	return d.placed[i], true
}

// Placed is where an item lies in the reading text, and whether it has a place: what
// is said of another source text has none.
func (d *Doc) Placed(it *archive.Item) (archive.Placed, bool) {
	if it.Anchor == nil || it.Anchor.Text != d.Info.Text {
		return archive.Placed{Item: it}, false
	}
	if p, ok := d.find(it); ok {
		return p, true
	}
	return d.Text.Places([]*archive.Item{it})[0], true
}

// Span is Placed for who asks only where.
func (d *Doc) Span(it *archive.Item) (start, end int, ok bool) {
	p, ok := d.Placed(it)
	return p.Start, p.End, ok
}

// LookAgain says whether the words under a mark of this document are others than
// those that it was made on and that a person confirmed. It was found with its
// place, so that ten thousand can be asked.
func (d *Doc) LookAgain(it *archive.Item) bool {
	p, _ := d.Placed(it)
	return p.LookAgain
}

// Status is how far the work on the document is. It was found on the worker: what
// an approval was given to is summed up anew each time.
func (d *Doc) Status() archive.Status {
	if d.status == "" {
		return d.Document.Status()
	}
	return d.status
}

// OnRead has something made of each document that is read to be shown, on the
// worker that has read it, so that the screen finds it in the document as Made.
// begin is asked on the UI goroutine, before; what it returns is run on the worker.
func (s *Session) OnRead(begin func() func(*Doc) any) { s.making = begin }

// maker is what is to be made of a document that is read now. UI goroutine.
func (s *Session) maker() func(*Doc) {
	if s.making == nil {
		return func(*Doc) {}
	}
	make, id := s.making(), s.wanted
	return func(d *Doc) {
		if d.ID == id {
			d.Made = make(d)
		}
	}
}

// readDoc is loadDoc for a document that is to be shown.
func readDoc(ctx context.Context, o *opened, id archive.ID, make func(*Doc)) (*Doc, error) {
	d, err := loadDoc(ctx, o, id)
	if err == nil {
		make(d)
	}
	return d, err
}

// Lexicons is Lexicon for a worker: the tags of the archive are those of now.
func (s *Session) Lexicons() func(doc *Doc) *textlayout.Lexicon {
	tags := s.Tags()
	return func(doc *Doc) *textlayout.Lexicon { return lexicon(tags, doc) }
}
