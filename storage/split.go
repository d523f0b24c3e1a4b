package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"fonds/storage/archive"
)

// split makes a part of a document one of its own: what was said of its words goes
// with them, and stays where it was too.
func (w *writer) split(actor string, batch archive.ID, h *held, body []byte, do func() (Result, error)) (Result, error) {
	var b archive.SplitBody
	if err := json.Unmarshal(body, &b); err != nil {
		return Result{}, err
	}
	base, err := h.reading()
	if err != nil {
		return Result{}, err
	}
	if b.N != h.Info.Text {
		return Result{}, archive.Refuse("range-outside", "start", b.Start, "end", b.End, "length", base.Source().Len())
	}
	in := w.a.incomingPart(h, &b, base.Source().Slice(b.Start, b.End))
	p := w.a.Prepare(in)
	if p.err != nil {
		return Result{}, p.err
	}
	edits := carried(h.Document, b.N, b.Start, b.End)
	r, err := do()
	if err != nil {
		return r, err
	}
	part, err := w.takeIn(actor, batch, b.Part, p)
	if err != nil {
		return r, err
	}
	if _, err := w.said(actor, batch, part, edits); err != nil {
		return r, err
	}
	r.Part = part
	return r, nil
}

// incomingPart is a part as it comes in. A reader says what it sees in its text; what
// a machine saw of the whole is said of the part where it lies in it.
func (a *Archive) incomingPart(h *held, b *archive.SplitBody, text string) *archive.Incoming {
	in := &archive.Incoming{Language: h.Info.Language}
	in.Part = &archive.PartOf{Doc: h.ID, Text: b.N, Start: b.Start, End: b.End}
	in.Path = fmt.Sprintf("%s#%d-%d", h.Info.Path, b.Start, b.End)
	in.Order, in.Modified, in.Format = h.Info.Order, h.Info.Modified, h.Info.Format
	in.SHA256, in.Size, in.Encoding, in.Confidence = h.Info.SHA256, h.Info.Size, h.Info.Encoding, h.Info.Confidence
	in.Text = text
	in.Recipe, _ = json.Marshal(map[string]any{"extractor": "part", "part": in.Part})
	for _, it := range h.Items {
		a := it.Anchor
		if !a.Within(b.N, b.Start, b.End) {
			continue
		}
		start, end := a.Start.At-b.Start, a.End.At-b.Start
		switch {
		case it.What == archive.ACorrection && it.Open() && it.By == "":
			in.Repairs = append(in.Repairs, archive.Repair{Start: start, End: end, Text: it.Text, Reason: it.Reason,
				Recipe: it.Recipe, Detail: it.Detail, Rule: it.Rule, Confidence: it.Confidence})
		case it.What == archive.AFurniture && it.InForce():
			in.Furniture = append(in.Furniture, archive.Zone{Start: start, End: end, Kind: it.Key, Rule: it.Rule, Confidence: it.Confidence})
		case it.What == archive.ASplit && it.Open() && start > 0 && a.Start.At < b.End && it.ID != b.On:
			in.Borders = append(in.Borders, archive.Beginning{At: start, Rule: it.Rule, Confidence: it.Confidence})
		}
	}
	if a.readPart != nil {
		seen := a.readPart(blanked(text, in.Repairs))
		in.Language, in.Proposals = seen.Language, seen.Proposals
	}
	return in
}

// blanked is a text with spaces where it is not what was written: nothing is
// proposed of that.
func blanked(text string, repairs []archive.Repair) string {
	if len(repairs) == 0 {
		return text
	}
	rs := []rune(text)
	for _, r := range repairs {
		for i := r.Start; i < r.End; i++ {
			rs[i] = ' '
		}
	}
	return string(rs)
}

// carried is what people said of the words [from,to) of source text n, as edits of a
// document that has these words alone: corrections and marks in force.
func carried(d *archive.Document, n, from, to int) (out []*archive.Edit) {
	for _, w := range []archive.What{archive.ACorrection, archive.AMark} {
		for _, it := range d.Of(w) {
			a := it.Anchor
			if !it.InForce() || !a.Within(n, from, to) {
				continue
			}
			start, end, text := a.Start.At-from, a.End.At-from, it.Text
			e := &archive.Edit{Do: "correction.propose", Start: &start, End: &end, Text: &text, Reason: it.Reason, Recipe: it.Recipe}
			if w == archive.AMark {
				e = &archive.Edit{Do: "mark.add", Start: &start, End: &end, Text: &text, Label: it.Key}
				if it.Detail != "" {
					e.Authority = &it.Detail
				}
			}
			out = append(out, e)
		}
	}
	return out
}

// join takes the part out of sight that is one document with its whole again. What
// people corrected and marked in it goes with its words.
func (w *writer) join(actor string, batch archive.ID, h *held, item archive.ID) error {
	it := h.Item(item)
	if it == nil || it.Text == "" {
		return nil
	}
	part, err := w.doc(archive.ID(it.Text))
	if err != nil {
		return err
	}
	if part.Info == nil {
		return nil
	}
	back := carried(part.Document, part.Info.Text, 0, part.Info.Chars)
	for _, e := range back {
		start, end := *e.Start+it.Anchor.Start.At, *e.End+it.Anchor.Start.At
		e.Start, e.End = &start, &end
	}
	_, err = w.edit(actor, batch, &archive.Edit{Do: "document.remove", Doc: it.Text})
	if err != nil && !refusal(err) { // refused: it is out of sight already
		return err
	}
	_, err = w.said(actor, batch, h.ID, unsaid(h.Document, back))
	return err
}

// unsaid are those of the edits that say something new of a document.
func unsaid(d *archive.Document, edits []*archive.Edit) (out []*archive.Edit) {
	for _, e := range edits {
		w, said := archive.ACorrection, false
		if e.Do == "mark.add" {
			w = archive.AMark
		}
		for _, it := range d.Of(w) {
			a := it.Anchor
			said = said || it.InForce() && a.Start.At == *e.Start && a.End.At == *e.End && it.Text == *e.Text && (w != archive.AMark || it.Key == e.Label)
		}
		if !said {
			out = append(out, e)
		}
	}
	return out
}

// partsAllow refuses what would leave the words of a document where it says they are
// not: a part is destroyed with its whole, is joined after its own parts, and comes
// back into sight by a new split. The parts of a document that is destroyed go first.
func (w *writer) partsAllow(actor string, batch archive.ID, h *held, e *archive.Edit) error {
	switch e.Do {
	case archive.DestroyKind:
		whole, err := w.wholeOf(h.ID)
		if err != nil {
			return err
		}
		if whole != "" && !w.ending[whole] {
			return archive.Refuse("destroy-part", "doc", h.ID.Short(), "whole", whole.Short())
		}
		return w.destroyParts(actor, batch, h.ID, e)
	case archive.JoinKind:
		for _, it := range h.Parts() {
			if string(it.ID) != e.On && !it.ID.MatchesEnd(e.On) {
				continue
			}
			part, err := w.doc(archive.ID(it.Text))
			if err != nil {
				return err
			}
			if len(part.Parts()) > 0 {
				return archive.Refuse("join-parts", "doc", part.ID.Short())
			}
		}
	case "document.restore":
		if h.Info == nil || h.Info.Part == nil {
			return nil
		}
		whole, err := w.doc(h.Info.Part.Doc)
		if err != nil {
			return err
		}
		for _, it := range whole.Parts() {
			if it.Text == string(h.ID) {
				return nil
			}
		}
		return archive.Refuse("restore-joined", "doc", h.ID.Short(), "whole", whole.ID.Short())
	}
	return nil
}

// wholeOf is the document, still in the file, that a document is a part of; "" for
// none. The document itself may have been taken out by an undo.
func (w *writer) wholeOf(id archive.ID) (whole archive.ID, err error) {
	err = w.tx.QueryRowContext(w.ctx, `SELECT json_extract(b.body, '$.info.part.doc') FROM log l JOIN bodies b ON b.n=l.n
		WHERE l.subject=? AND l.kind='document.import' AND instr(b.body, '"part":')
		AND json_extract(b.body, '$.info.part.doc') IN (SELECT doc FROM texts) LIMIT 1`, id).Scan(&whole)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return whole, err
}

// destroyParts destroys the parts of a document, also such as an undo took out: they
// hold its words and its original.
func (w *writer) destroyParts(actor string, batch, id archive.ID, e *archive.Edit) error {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT l.subject FROM log l JOIN bodies b ON b.n=l.n WHERE l.kind='document.import'
		AND l.subject IN (SELECT doc FROM texts) AND instr(b.body, '"part":') AND json_extract(b.body, '$.info.part.doc')=?`, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	var parts []archive.ID
	for rows.Next() {
		var part archive.ID
		if err := rows.Scan(&part); err != nil {
			return err
		}
		parts = append(parts, part)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if w.ending == nil {
		w.ending = map[archive.ID]bool{}
	}
	w.ending[id] = true
	for _, part := range parts {
		own := *e
		own.Doc = string(part)
		if _, err := w.edit(actor, batch, &own); err != nil {
			return err
		}
	}
	return nil
}

// textSHA is the SHA-256 of a text, in hex.
func textSHA(text string) string {
	sum := sha256.Sum256(bytesOf(text))
	return hex.EncodeToString(sum[:])
}
