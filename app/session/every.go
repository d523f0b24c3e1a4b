package session

import (
	"context"
	"slices"
	"strings"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
	"fonds/widgets/textlayout"
)

// Place is where words stand that are to be marked or corrected everywhere.
type Place struct {
	Doc           archive.ID
	Title         string // of the document
	Line          int    // of its text, from 1
	Start, End    int    // code points of the reading text
	Words         string
	Before, After string // a few words around
	Has           bool   // a mark with the label lies on exactly these words
}

// Where says in which documents to look.
type Where int

// The documents that EveryPlace can look through: the one that is shown, those
// that are selected in the list, all in which the words are found.
const (
	Here Where = iota
	InSelected
	Everywhere
)

// Every is what EveryPlace looks for.
type Every struct {
	Words string
	Fold  bool   // full and half width, capital and small letters are the same
	Label string // of marks: places that have such a mark say so; "" asks for none
	Where Where
}

// MostPlaces is how many places are found at once: what a person may still look
// through.
const MostPlaces = 10_000

// Places is an answer of EveryPlace.
type Places struct {
	All   []Place // by document, then by place
	Docs  int     // documents that have one
	Whole bool    // there are no more
}

// EveryPlace finds every place of words on a worker. progress is told how many of
// how many documents were looked through, answer what was found; both on the UI
// goroutine. After stop nobody is told anything.
func (s *Session) EveryPlace(q Every, progress func(done, all int), answer func(Places, error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	o, doc := s.open, s.doc
	if o == nil || doc == nil {
		return cancel
	}
	selected := s.Selected()
	s.Background(func(closing context.Context, a *storage.Archive) {
		defer context.AfterFunc(closing, cancel)()
		f := finder{Every: q}
		err := f.look(ctx, a, o, doc, selected, Sparingly(s.Now, s.Now(), func(done, all int) {
			s.back(o, func() {
				if ctx.Err() == nil && progress != nil {
					progress(done, all)
				}
			})
		}))
		s.back(o, func() {
			if ctx.Err() == nil {
				answer(f.out, err)
			}
			cancel()
		})
	})
	return cancel
}

// finder gathers places.
type finder struct {
	Every
	out Places
}

func (f *finder) look(ctx context.Context, a *storage.Archive, o *opened, shown *Doc, selected Selected, progress func(done, all int)) error {
	f.out.Whole = true
	if f.Where == Here {
		f.in(ctx, shown)
		return ctx.Err()
	}
	ids, err := f.documents(ctx, a, selected)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if !f.out.Whole {
			break
		}
		d := shown
		if id != shown.ID {
			if d, err = loadDoc(ctx, o, id); archiveGone(err) {
				continue // another window has destroyed it meanwhile
			}
			if err != nil {
				return err
			}
		}
		f.in(ctx, d)
		progress(i+1, len(ids))
	}
	return ctx.Err()
}

// documents are those to look through.
func (f *finder) documents(ctx context.Context, a *storage.Archive, selected Selected) ([]archive.ID, error) {
	if f.Where == InSelected {
		return selected.Documents(ctx, a)
	}
	// A phrase of the index is told from the next by quotation marks, and runs over
	// none longer than a passage promises.
	words := []rune(strings.ReplaceAll(f.Words, `"`, " "))
	found, err := a.List(ctx, storage.Query{Search: `"` + string(words[:min(len(words), 100)]) + `"`})
	var ids []archive.ID
	for _, d := range found {
		ids = append(ids, d.ID)
	}
	return ids, err
}

// around is how many code points of a place's neighbours are shown.
const around = 24

// in finds the places of one document.
func (f *finder) in(ctx context.Context, d *Doc) {
	text := d.Text.Text()
	spans := textlayout.Find(textlayout.NewText(text.String()), f.Words, f.Fold, func() bool { return ctx.Err() != nil })
	if len(spans) == 0 {
		return
	}
	var has map[[2]int]bool
	if f.Label != "" {
		has = d.marked(f.Label)
	}
	f.out.Docs++
	line, counted, title := 1, 0, d.Title()
	for _, sp := range spans {
		if len(f.out.All) == MostPlaces {
			f.out.Whole = false
			return
		}
		line += strings.Count(text.Slice(counted, sp.Start), "\n")
		counted = sp.Start
		f.out.All = append(f.out.All, Place{Doc: d.ID, Title: title, Line: line, Start: sp.Start, End: sp.End, Words: text.Slice(sp.Start, sp.End),
			Before: text.Slice(sp.Start-around, sp.Start), After: text.Slice(sp.End, sp.End+around), Has: has[[2]int{sp.Start, sp.End}]})
	}
}

// marked are the ranges of the reading text that a mark with a label lies on exactly.
func (d *Doc) marked(label string) map[[2]int]bool {
	out := map[[2]int]bool{}
	for _, it := range d.Items {
		if it.What == archive.AMark && it.Key == label && (it.InForce() || it.Open()) {
			p := d.Text.Place(it.Anchor)
			out[[2]int{p.Start, p.End}] = true
		}
	}
	return out
}

// LookForMarks says of places, on a worker, whether each Has a mark with a label already.
// progress is told how many of how many places were looked at, answer the same places;
// both on the UI goroutine. After stop nobody is told anything. Places of one document
// stand together; those of one that is gone have none.
func (s *Session) LookForMarks(places []Place, label string, progress func(done, all int), answer func([]Place, error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	o := s.open
	if o == nil {
		return cancel
	}
	places = slices.Clone(places)
	s.Background(func(closing context.Context, _ *storage.Archive) {
		defer context.AfterFunc(closing, cancel)()
		tell := Sparingly(s.Now, s.Now(), func(done, all int) {
			s.back(o, func() {
				if ctx.Err() == nil {
					progress(done, all)
				}
			})
		})
		var err error
		for i := 0; i < len(places) && err == nil; {
			id := places[i].Doc
			d, fault := loadDoc(ctx, o, id)
			if fault != nil && !archiveGone(fault) {
				err = fault
				break
			}
			var has map[[2]int]bool
			if fault == nil {
				has = d.marked(label)
			}
			for ; i < len(places) && places[i].Doc == id; i++ {
				places[i].Has = has[[2]int{places[i].Start, places[i].End}]
			}
			tell(i, len(places))
		}
		s.back(o, func() {
			if ctx.Err() == nil {
				answer(places, err)
			}
			cancel()
		})
	})
	return cancel
}

// OpenAt shows [start,end) of the reading text of a document, code points: it opens it,
// and reveals the place when it is there. then (nil is allowed) is called after that.
func (s *Session) OpenAt(id archive.ID, start, end int, then func()) {
	s.OpenDocument(id)
	s.WhenLoaded(func() {
		if s.doc == nil || s.doc.ID != id {
			return
		}
		s.emit(Reveal{start, end})
		if then != nil {
			then()
		}
	})
}

// edit is an edit of the words at the place, as they were found: it is refused
// where others stand there by now.
func (p *Place) edit(do string) *archive.Edit {
	start, end := p.Start, p.End
	return &archive.Edit{Do: do, Doc: string(p.Doc), Start: &start, End: &end, In: "reading", Quote: p.Words}
}

// MarkEdit marks the place.
func (p *Place) MarkEdit(label string) *archive.Edit {
	e := p.edit("mark.add")
	e.Label = label
	return e
}

// CorrectEdit puts text there.
func (p *Place) CorrectEdit(text, reason string) *archive.Edit {
	e := p.edit("correction.propose")
	e.Text, e.Reason = &text, reason
	return e
}

// ApplyMany makes edits as one step to undo: those that a rule refuses are left
// out, and the results say why. progress and done are told on the UI goroutine;
// after stop nothing was done, and done is told context.Canceled, unless it was
// done already.
func (s *Session) ApplyMany(edits []*archive.Edit, progress func(done, all int), done func([]storage.Result, error)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	actor, o := s.actor, s.open
	var results []storage.Result
	s.write(func(o *opened) (c changed, err error) {
		if err := o.try(nil, &c); fault(err) {
			return c, err // what was done before it is not in the file yet
		}
		defer context.AfterFunc(o.ctx, cancel)()
		tell := Sparingly(s.Now, s.Now(), func(done, all int) { s.back(o, func() { progress(done, all) }) })
		results, err = o.a().ApplyMany(ctx, actor, func(n int) { tell(n, len(edits)) }, edits...)
		if err != nil {
			return c, err
		}
		o.seq.Add(1)
		for i, r := range results {
			if r.Err == nil {
				c.add(r.Doc)
				c.ops++
				c.self = c.self || r.Doc == "" // as keys of tags that are renamed
				c.tags = c.tags || edits[i].Tag != ""
			}
		}
		return c, nil
	}, func(c changed, err error) {
		cancel()
		s.settle(c.outcomes)
		done(results, err)
	})
	if o == nil {
		return func() {}
	}
	return cancel
}

// WhereWords says in which documents one looks.
func WhereWords(w Where, selected int) string {
	switch w {
	case InSelected:
		return i18n.N("every.selected", selected)
	case Everywhere:
		return i18n.T("every.everywhere")
	}
	return i18n.T("every.here")
}
