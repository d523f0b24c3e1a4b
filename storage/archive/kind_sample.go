package archive

import "strings"

// A sample (抽检) is the word of a reviewer who has read a document again after the
// work on it was done: it is sound, or it is faulty and how. It names the content
// that it was made on and lapses when that changes, as an approval does. It is no
// part of the content.

// The verdicts of a sample.
const (
	Sound  Verdict = "sound"
	Faulty Verdict = "faulty"
)

// SampleBody says what a sample found. Hash is that of the content.
type SampleBody struct {
	ID      ID      `json:"id"`
	Verdict Verdict `json:"verdict"`
	Text    string  `json:"text,omitempty"` // what is wrong, or a remark
	Hash    string  `json:"hash"`
}

func init() {
	register(kind{name: "document.sample", keys: "doc verdict text", version: 1, least: Reviewer}, prepareSample, applySample)
}

func prepareSample(c *Ctx, e *Edit) (*SampleBody, error) {
	b := &SampleBody{ID: c.NewID(), Verdict: Verdict(strings.TrimSpace(e.Verdict)), Text: strings.TrimSpace(deref(e.Text)), Hash: c.Doc.ContentHash()}
	switch {
	case b.Verdict != Sound && b.Verdict != Faulty:
		return nil, Refuse("sample-verdict", "verdict", quoted(e.Verdict))
	case b.Verdict == Faulty && b.Text == "":
		return nil, Refuse("missing", "do", e.Do, "key", "text")
	}
	if now, holds := c.Doc.Sample(); holds && now.Key == string(b.Verdict) && now.Text == b.Text && c.Rules.Same(now.By, c.Actor) {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

// applySample puts the sample in the place of the one before it. With four eyes
// nobody samples what they wrote; where those are off, the sample says so.
func applySample(d *Document, op *Op, b *SampleBody) error {
	r := d.rulesFor(op)
	if b.Hash != d.ContentHash() {
		return Refuse("stale", "who", d.lastBy(), "now", "another content", "seen", "an older one")
	}
	alone := d.wrote(r, op.Actor)
	if alone {
		if err := r.another(op.Actor); err != nil {
			return err
		}
	}
	if now := d.onlyOne(ASample); now != nil {
		d.edit(op, now, func(it *Item) { it.State = Superseded })
	}
	d.add(op, Item{ID: b.ID, What: ASample, Key: string(b.Verdict), Text: b.Text, Source: b.Hash,
		Decision: &Decision{By: op.Actor, At: op.Clock, Verdict: b.Verdict, Alone: alone}})
	return nil
}

// wrote says whether some of the content is who's own.
func (d *Document) wrote(r *Rules, who string) bool {
	for _, it := range d.Items {
		if it.authored(r, who) {
			return true
		}
	}
	return false
}

// Sample is the latest sample of the document, nil where there is none, and
// whether it holds: the content is still what was sampled.
func (d *Document) Sample() (it *Item, holds bool) {
	it = d.onlyOne(ASample)
	return it, it != nil && it.Source == d.ContentHash()
}
