package session

import (
	"errors"
	"slices"

	"fonds/storage"
	"fonds/storage/archive"
)

// ownField is what this session has made of a field of a document by an edit
// that the screen may not have shown yet.
type ownField struct {
	seq    int64 // of the write
	values []archive.ID
}

func fieldKey(doc, field string) string { return doc + "\x00" + field }

// reseen puts, in the place of the values that a screen had shown when it made
// an edit, those that this session's own later edits have left: a person who
// types twice in a row does not stand in their own way. base is the write up to
// which the screen knew. On the worker of writes.
func (o *opened) reseen(e *archive.Edit, base int64) {
	if e.Seen == nil || e.Field == "" {
		return
	}
	if own, ok := o.own[fieldKey(e.Doc, e.Field)]; ok && own.seq > base {
		e.Seen = &own.values
	}
}

// noteFields remembers what edits have left in the fields that they set. On the
// worker of writes.
func (o *opened) noteFields(edits []*archive.Edit, res []storage.Result, seq int64) {
	for i, e := range edits {
		field := e.Field
		if field == "" && e.Value == "" {
			continue
		}
		d, err := o.a().Document(o.ctx, res[i].Doc)
		if err != nil {
			continue // the next edit is compared with what the screen shows
		}
		if it := d.Item(res[i].Item); field == "" && it != nil {
			field = it.Key
		}
		var ids []archive.ID
		for _, it := range d.Values(field) {
			ids = append(ids, it.ID)
		}
		o.own[fieldKey(string(res[i].Doc), field)] = ownField{seq, ids}
	}
}

// archiveGone says whether a document is not in the archive any more.
func archiveGone(err error) bool {
	return errors.Is(err, archive.ErrNotFound) || refusedAs(err, "doc-destroyed")
}

// changedSince says whether an undo was refused because somebody has changed
// its object since, or destroyed a part of it: the rest can be taken back.
func changedSince(err error) bool { return refusedAs(err, "undo-changed", "undo-part") }

// refusedAs says whether err is one of some refusals.
func refusedAs(err error, codes ...string) bool {
	var r *archive.Refusal
	return errors.As(err, &r) && slices.Contains(codes, r.Code)
}
