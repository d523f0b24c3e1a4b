package storage

import (
	"crypto/sha256"
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
	p := w.a.prepare(in)
	if p.err != nil {
		return Result{}, p.err
	}
	edits := carried(h.Document, &b)
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
	if a.readPart != nil {
		seen := a.readPart(text)
		in.Language, in.Proposals = seen.Language, seen.Proposals
	}
	in.Part = &archive.PartOf{Doc: h.ID, Text: b.N, Start: b.Start, End: b.End}
	in.Path = fmt.Sprintf("%s#%d-%d", h.Info.Path, b.Start, b.End)
	in.Order, in.Modified, in.Format = h.Info.Order, h.Info.Modified, h.Info.Format
	in.SHA256, in.Size, in.Encoding, in.Confidence = h.Info.SHA256, h.Info.Size, h.Info.Encoding, h.Info.Confidence
	in.Text = text
	in.Recipe, _ = json.Marshal(map[string]any{"extractor": "part", "part": in.Part})
	for _, it := range h.Items {
		a := it.Anchor
		if a == nil || a.Text != b.N || a.Start.In != "" || a.End.In != "" || a.Start.At < b.Start || a.End.At > b.End {
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
	return in
}

// carried is what people said of the words of a part, as edits of the part:
// corrections and marks in force.
func carried(d *archive.Document, b *archive.SplitBody) (out []*archive.Edit) {
	for _, w := range []archive.What{archive.ACorrection, archive.AMark} {
		for _, it := range d.Of(w) {
			a := it.Anchor
			if !it.InForce() || a == nil || a.Text != b.N || a.Start.In != "" || a.End.In != "" || a.Start.At < b.Start || a.End.At > b.End {
				continue
			}
			start, end, text := a.Start.At-b.Start, a.End.At-b.Start, it.Text
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

// join takes the part out of sight that is one document with its whole again.
func (w *writer) join(actor string, batch archive.ID, h *held, item archive.ID) error {
	it := h.Item(item)
	if it == nil || it.Text == "" {
		return nil
	}
	_, err := w.edit(actor, batch, &archive.Edit{Do: "document.remove", Doc: it.Text})
	if refusal(err) || errors.Is(err, archive.ErrNotFound) {
		return nil // it is out of sight already
	}
	return err
}

// textSHA is the SHA-256 of a text, in hex.
func textSHA(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
