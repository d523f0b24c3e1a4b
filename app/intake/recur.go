package intake

import (
	"context"
	"errors"

	"fonds/app/zones"
	"fonds/storage"
	"fonds/storage/archive"
)

// recurrence watches for lines that recur over the documents of one import: what a
// site puts on each of its pages is furniture, whatever it says.
type recurrence struct {
	count zones.Counter
	docs  []archive.ID
}

// add counts the lines of a document that has come in.
func (r *recurrence) add(f *File) {
	if f.ID == "" || f.Read == nil {
		return
	}
	r.count.Add(f.Read.Text)
	r.docs = append(r.docs, f.ID)
}

// recurStep is how many documents are marked in one transaction.
const recurStep = 200

// mark sets the lines that recur aside, in all the documents, as work of actor that
// can be taken back at once.
func (r *recurrence) mark(ctx context.Context, a *storage.Archive, actor string) error {
	lines := r.count.Lines(zones.Share)
	if lines.Len() == 0 {
		return nil
	}
	var edits []*archive.Edit
	flush := func() error {
		results, err := a.ApplyEach(ctx, actor, edits...)
		edits = edits[:0]
		for _, res := range results {
			if err == nil && res.Err != nil && !errors.Is(res.Err, archive.ErrRefused) {
				err = res.Err
			}
		}
		return err
	}
	for _, id := range r.docs {
		d, err := a.Document(ctx, id)
		if err != nil {
			return err
		}
		reading, err := d.Reading()
		if err != nil {
			return err
		}
		if found := unmarked(d, lines.Mark(reading.Source().String())); len(found) > 0 {
			edits = append(edits, &archive.Edit{Do: "furniture.add", Doc: string(id), Zones: found})
		}
		if len(edits) == recurStep {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if len(edits) == 0 {
		return nil
	}
	return flush()
}

// unmarked are those of zones that the document does not have set aside yet.
func unmarked(d *archive.Document, found []zones.Zone) (out []archive.Zone) {
	has := map[int]bool{}
	for _, it := range d.Of(archive.AFurniture) {
		has[it.Anchor.Start.At] = true
	}
	for _, z := range found {
		if !has[z.Start] {
			out = append(out, archive.Zone{Start: z.Start, End: z.End, Kind: string(z.Kind), Rule: z.Rule})
		}
	}
	return out
}
