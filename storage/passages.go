package storage

import (
	"crypto/sha256"
	"database/sql"
	"slices"
	"strings"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// A text is indexed by passages of passageLen code points of its source, so that
// an edit in a long text indexes a passage again, not the text. A passage goes on
// for promised code points into the next: a phrase up to that length is found
// wherever it stands.
const (
	passageLen = 2000
	promised   = 128
	// maxPassages keeps the number of a passage within 16 bits of its id; beyond
	// 131 million code points a text is searched no further.
	maxPassages = 1<<16 - 2
)

// passageCount is how many passages a source text of that many code points has: one at least, for what corrections put
// into a document without a text.
func passageCount(points int) int {
	return max(1, min((points+passageLen-1)/passageLen, maxPassages))
}

// passageWords are the words of passage i (from 1) as people read them, without
// those that are documents of their own: these are found there.
func passageWords(r *archive.Reading, parts []*archive.Item, i int) string {
	start, end := r.ToReading((i-1)*passageLen), r.ToReading(i*passageLen)
	if i == 1 {
		start = 0
	}
	if i*passageLen >= r.Source().Len() {
		end = r.Text().Len()
	}
	end += promised
	if len(parts) == 0 {
		return r.Text().Slice(start, end)
	}
	var b strings.Builder
	for _, it := range parts {
		from, to := r.ToReading(it.Anchor.Start.At), r.ToReading(it.Anchor.End.At)
		if to <= start || end <= from {
			continue
		}
		if start < from {
			b.WriteString(r.Text().Slice(start, from) + apart)
		}
		start = to
	}
	if start < end {
		b.WriteString(r.Text().Slice(start, end))
	}
	return b.String()
}

// fieldWords are those that passage 0 holds: the name, values in force, tags, threads,
// notes, and the words that corrections have replaced, apart by something that no phrase runs across.
func fieldWords(d *archive.Document) string {
	var b strings.Builder
	b.WriteString(d.Info.Name)
	for _, it := range d.Items {
		if !it.InForce() {
			continue
		}
		switch it.What {
		case archive.AValue, archive.ANote, archive.AThread, archive.AReply:
			if !it.NotStated() { // which has no words, in any language
				b.WriteString(apart + it.Text)
			}
		case archive.ACorrection:
			b.WriteString(apart + it.Source)
		case archive.ATag:
			b.WriteString(apart + it.Key)
		case archive.AMark:
			if it.Text != "" {
				b.WriteString(apart + it.Text)
			}
		}
	}
	return b.String()
}

// apart is a noncharacter (Unicode 23.7): a token that nobody types.
const apart = " \uFDD0 "

// index brings the passages of a document up to date with what changed.
func (w *writer) index(h *held) error {
	if h.Info == nil || h.gone {
		return w.unindex(h)
	}
	if err := w.put(h.n<<16, words.Tokens(fieldWords(h.Document))); err != nil {
		return err
	}
	touched := touched(h)
	if len(touched) == 0 && !h.otherText() {
		return nil
	}
	r, err := h.Document.Reading()
	if err != nil {
		return err
	}
	if h.otherText() {
		if err := w.drop(h.n<<16|int64(passageCount(h.Info.Chars)+1), h.n<<16|0xffff); err != nil {
			return err
		}
	}
	parts := h.Document.Parts()
	for _, i := range touched {
		if err := w.put(h.n<<16|int64(i), words.Tokens(passageWords(r, parts, i))); err != nil {
			return err
		}
	}
	return nil
}

// touched lists the passages, from 1, that the changes of a document bear on: all
// of them when it comes in, else those that each changed correction or part touches, and
// the one before, which runs on into them.
func touched(h *held) []int {
	count := passageCount(h.Info.Chars)
	var out []int
	add := func(from, to int) {
		for i := max(from, 1); i < min(to, count+1); i++ {
			out = append(out, i)
		}
	}
	for _, c := range h.changes {
		if c.InfoAfter != nil {
			out = nil
			add(1, count+1)
			return out
		}
		for _, it := range []*archive.Item{c.Before, c.After} {
			if it != nil && (it.What == archive.ACorrection || it.What == archive.ASplit) {
				add((it.Anchor.Start.At-promised)/passageLen, it.Anchor.End.At/passageLen+2)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// put makes words the content of a passage; it writes nothing where they are it
// already.
func (w *writer) put(id int64, words string) error {
	p, lost := w.part(id >> 16)
	hash := wordsHash(words)
	return w.tx.later(func(tx *sql.Tx) error {
		res, err := tx.ExecContext(w.ctx, `INSERT INTO passages(id, hash) VALUES(?1,?2)
			ON CONFLICT(id) DO UPDATE SET hash=?2 WHERE hash<>?2`, id, hash)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		if lost != nil {
			return lost
		}
		if _, err = tx.ExecContext(w.ctx, "DELETE FROM "+p.table()+" WHERE rowid=?", id); err != nil {
			return err
		}
		_, err = tx.ExecContext(w.ctx, p.insert(), id, words)
		return err
	})
}

// putNew is put for a passage that is not there yet.
func (w *writer) putNew(id int64, words string) error {
	p, err := w.part(id >> 16)
	if err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(w.ctx, "INSERT INTO passages(id, hash) VALUES(?,?)", id, wordsHash(words)); err != nil {
		return err
	}
	w.room = max(w.room-1, 0)
	return w.putSearch(p, id, words)
}

func (w *writer) putSearch(p part, id int64, words string) error {
	_, err := w.tx.ExecContext(w.ctx, p.insert(), id, words)
	return err
}

// wordsHash is what passages keeps of the words that were indexed.
func wordsHash(words string) []byte {
	sum := sha256.Sum256(bytesOf(words))
	return sum[:8]
}

// unindex takes a document out of the index.
func (w *writer) unindex(h *held) error {
	return w.drop(h.n<<16, h.n<<16|0xffff)
}

// otherText says whether the changes make another source text the one that is read.
func (h *held) otherText() bool {
	return slices.ContainsFunc(h.changes, func(c archive.Change) bool { return c.InfoBefore != nil && c.InfoAfter != nil })
}

// otherInfo says whether the changes are of more than items.
func (h *held) otherInfo() bool {
	return slices.ContainsFunc(h.changes, func(c archive.Change) bool { return c.InfoBefore != nil || c.InfoAfter != nil })
}

// drop takes the passages from lo to hi of a document out of the index.
func (w *writer) drop(lo, hi int64) error {
	p, err := w.part(lo >> 16)
	if err != nil {
		return err
	}
	for _, table := range []string{p.table() + " WHERE rowid", "passages WHERE id"} {
		if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM "+table+" BETWEEN ? AND ?", lo, hi); err != nil {
			return err
		}
	}
	return nil
}
