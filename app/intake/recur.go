package intake

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"fonds/app/zones"
	"fonds/storage"
	"fonds/storage/archive"
)

// recurrence watches for lines that recur over the documents of one import: what a
// site puts on each of its pages is furniture, whatever it says. Who reads a text notes
// its lines; they are counted when it has come in.
type recurrence struct {
	count zones.Counter
	docs  []archive.ID

	mu    sync.Mutex
	notes map[*archive.Incoming]zones.Noted // of texts that are on their way
}

func newRecurrence() *recurrence {
	return &recurrence{notes: map[*archive.Incoming]zones.Noted{}}
}

// mostRecurs is how many bytes a text has at most that is a page among others.
const mostRecurs = 1 << 20

// note reads a text that is on its way, on any goroutine.
func (r *recurrence) note(in *archive.Incoming) {
	if len(in.Text) > mostRecurs {
		return
	}
	n := zones.Note(unmarkedText(in))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes[in] = n
}

// add counts the lines of a text that has come in as a document; of one that has not, id
// is "".
func (r *recurrence) add(in *archive.Incoming, id archive.ID) {
	r.mu.Lock()
	n, ok := r.notes[in]
	delete(r.notes, in)
	r.mu.Unlock()
	if ok && id != "" {
		r.docs = append(r.docs, id)
		r.count.Add(n)
	}
}

// unmarkedText is a text without the lines that are set aside already: they need not
// be found again.
func unmarkedText(in *archive.Incoming) string {
	if len(in.Furniture) == 0 {
		return in.Text
	}
	var cut archive.Cut
	for _, z := range in.Furniture {
		cut = append(cut, [2]int{z.Start, z.End})
	}
	return cut.Left(archive.NewText(in.Text))
}

// lines are those that recur.
func (r *recurrence) lines() zones.Recurrent { return r.count.Lines(zones.Share) }

// recurStep is how many documents are marked in one transaction.
const recurStep = 200

// mark sets the lines that recur aside, in all the documents, as work of actor that
// can be taken back at once.
func (r *recurrence) mark(ctx context.Context, a *storage.Archive, actor string, lines zones.Recurrent) error {
	if lines.Len() == 0 {
		return nil
	}
	type step struct {
		edits []*archive.Edit
		err   error
	}
	steps := make(chan chan step, runtime.GOMAXPROCS(0))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(steps)
		for at := 0; at < len(r.docs); at += recurStep {
			ids, out := r.docs[at:min(at+recurStep, len(r.docs))], make(chan step, 1)
			select {
			case steps <- out:
			case <-ctx.Done():
				return
			}
			go func() {
				edits, err := found(ctx, a, ids, lines)
				out <- step{edits, err}
			}()
		}
	}()
	for out := range steps {
		s := <-out
		if s.err == nil && len(s.edits) > 0 {
			s.err = applied(a.ApplyEach(ctx, actor, s.edits...))
		}
		if s.err != nil {
			return s.err
		}
	}
	return ctx.Err()
}

// found are the edits that set the lines aside in some documents.
func found(ctx context.Context, a *storage.Archive, ids []archive.ID, lines zones.Recurrent) (edits []*archive.Edit, err error) {
	docs, err := a.Wholes(ctx, ids, false)
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		reading, err := d.Reading()
		if err != nil {
			return nil, err
		}
		if zones := unmarked(d.Document, lines.Mark(reading.Source().String())); len(zones) > 0 {
			edits = append(edits, &archive.Edit{Do: "furniture.add", Doc: string(d.ID), Zones: zones})
		}
	}
	return edits, nil
}

// applied is the first error of edits that is none of a rule: a document may have
// been taken out of view meanwhile.
func applied(results []storage.Result, err error) error {
	for _, res := range results {
		if err == nil && res.Err != nil && !errors.Is(res.Err, archive.ErrRefused) {
			err = res.Err
		}
	}
	return err
}

// unmarked are those of zones that the document does not have set aside yet, and that
// are no title of it: notices of one name are many.
func unmarked(d *archive.Document, found []zones.Zone) (out []archive.Zone) {
	has := map[int]bool{}
	for _, it := range d.Of(archive.AFurniture) {
		has[it.Anchor.Start.At] = true
	}
	values := d.Of(archive.AValue)
	titled := func(z zones.Zone) bool {
		return slices.ContainsFunc(values, func(it *archive.Item) bool {
			a := it.Anchor
			return it.Key == archive.TitleField && (it.Open() || it.InForce()) && a != nil && a.Start.At < z.End && z.Start < a.End.At
		})
	}
	for _, z := range found {
		if !has[z.Start] && !titled(z) {
			out = append(out, archive.Zone{Start: z.Start, End: z.End, Kind: string(z.Kind), Rule: z.Rule})
		}
	}
	return out
}
