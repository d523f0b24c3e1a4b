package export

import (
	"strings"

	"fonds/storage/archive"
)

// Review is what a policy of review adds to a thing: what it took or is to take
// the place of, and what was decided on it. All of it is left out where nothing
// was reviewed.
type Review struct {
	Replaces []archive.ID `json:"replaces,omitempty"`
	Amends   archive.ID   `json:"amends,omitempty"` // a reviewer's amendment of this proposal
	Decision *Decision    `json:"decision,omitempty"`
}

// Decision is what was decided on a proposal.
type Decision struct {
	Verdict string `json:"verdict"`
	By      string `json:"by"`
	At      string `json:"at"`
	Reason  string `json:"reason,omitempty"`
	Alone   bool   `json:"alone,omitempty"` // by its author: four eyes were off
}

// Removal is a proposal that something in force be taken away.
type Removal struct {
	ID    archive.ID   `json:"id"`
	What  string       `json:"what"`
	Of    []archive.ID `json:"of"`
	Text  string       `json:"text"`
	Not   bool         `json:"not_stated,omitempty"` // it says that the source does not state a value
	State string       `json:"state"`
	By    string       `json:"by"`
	At    string       `json:"at"`
}

// Approval is the latest approval of a document that nobody has gone back from.
type Approval struct {
	By    string `json:"by"`
	At    string `json:"at"`
	Hash  string `json:"hash"`  // of the content that was approved
	Holds bool   `json:"holds"` // the content is still that; else the approval is stale
	Alone bool   `json:"alone,omitempty"`
}

func review(it *archive.Item) Review {
	return Review{Replaces: it.Replaces, Amends: it.Amends, Decision: decision(it.Decision)}
}

func decision(d *archive.Decision) *Decision {
	if d == nil {
		return nil
	}
	return &Decision{string(d.Verdict), d.By, Time(d.At), d.Reason, d.Alone}
}

func approval(d *archive.Document) *Approval {
	it, holds := d.Approval()
	if it == nil {
		return nil
	}
	return &Approval{it.By, Time(it.At), it.Source, holds, it.Decision != nil && it.Decision.Alone}
}

// Sample is what a reviewer found who has read the document again. Holds says
// whether its content is still what they read.
type Sample struct {
	Verdict string `json:"verdict"` // sound or faulty
	Text    string `json:"text,omitempty"`
	By      string `json:"by"`
	At      string `json:"at"`
	Hash    string `json:"hash"` // of the content
	Holds   bool   `json:"holds"`
	Alone   bool   `json:"alone,omitempty"` // by an author: four eyes were off
}

func sample(d *archive.Document) *Sample {
	it, holds := d.Sample()
	if it == nil {
		return nil
	}
	return &Sample{it.Key, it.Text, it.By, Time(it.At), it.Source, holds, it.Decision != nil && it.Decision.Alone}
}

// Proposal is a line of `fonds review`: what waits for a decision, where, and
// what it would take the place of.
type Proposal struct {
	Doc        archive.ID `json:"doc"`
	Title      string     `json:"title"`
	ID         archive.ID `json:"id"`
	What       string     `json:"what"`                 // value, tag, mark, correction, removal
	Field      string     `json:"field,omitempty"`      // of a value
	Label      string     `json:"label,omitempty"`      // of a mark
	Of         string     `json:"of,omitempty"`         // of a removal: what it takes away
	Text       string     `json:"text"`                 // the value, the tag, the new words, a mark's comment
	NotStated  bool       `json:"not_stated,omitempty"` // the source does not state a value
	Before     []string   `json:"before"`               // what is in force in its place
	Quote      string     `json:"quote,omitempty"`      // the words it is about, or was read in
	Start      *int       `json:"start,omitempty"`      // of them in the source text, code points
	End        *int       `json:"end,omitempty"`
	Region     string     `json:"region,omitempty"` // what it is about, or was read in, on the picture of a page: archive.ParseRegion
	By         string     `json:"by"`
	At         string     `json:"at"`
	Reason     string     `json:"reason,omitempty"`
	Rule       string     `json:"rule,omitempty"`
	Confidence float64    `json:"confidence,omitempty"`
	Amends     archive.ID `json:"amends,omitempty"`
	First      string     `json:"first,omitempty"` // whose proposal was amended
	Rev        archive.ID `json:"rev"`             // the operation that it was seen as: what a decision gives as "seen"
}

// Proposals lists what waits for a decision on a document, in the order of what
// they are about: fields, tags, marks, corrections, borders, removals.
func Proposals(d *archive.Document) ([]Proposal, error) {
	r, err := d.Reading()
	if err != nil {
		return nil, err
	}
	v := viewer{d, r, true}
	out := []Proposal{}
	for _, w := range []archive.What{archive.AValue, archive.ATag, archive.AMark, archive.ACorrection, archive.ASplit, archive.ARemoval} {
		for _, it := range d.Of(w) {
			if it.Open() {
				out = append(out, v.proposal(it))
			}
		}
	}
	return out, nil
}

func (v viewer) proposal(it *archive.Item) Proposal {
	p := Proposal{Doc: v.doc.ID, Title: v.doc.Title(), ID: it.ID, What: string(it.What), Text: it.Text, NotStated: it.NotStated(), Before: []string{}, By: by(it.By),
		At: Time(it.At), Reason: it.Reason, Rule: it.Rule, Confidence: it.Confidence, Amends: it.Amends, First: it.First, Rev: it.Rev}
	switch it.What {
	case archive.AValue:
		p.Field = it.Key
	case archive.ATag:
		p.Text = it.Key
	case archive.AMark:
		p.Label = it.Key
	case archive.ACorrection:
		p.Before = append(p.Before, it.Source)
	case archive.ASplit:
		p.Text = it.Anchor.After
	case archive.ARemoval:
		p.Of = it.Key
	}
	for _, id := range it.Replaces {
		if o := v.doc.Item(id); o != nil && o.InForce() && it.What != archive.ACorrection {
			p.Before = append(p.Before, Words(o))
		}
	}
	switch a := it.Anchor; {
	case a.OnPicture():
		p.Region = a.Region
	case a != nil && a.Text == v.doc.Info.Text:
		r := v.place(a)
		p.Quote, p.Start, p.End = r.Quote, &r.Start, &r.End
	}
	return p
}

// Words are those by which people know an item: a tag's name, a mark's label and
// comment, a correction's old and new words; in English that a value is not stated.
func Words(it *archive.Item) string {
	if it.NotStated() {
		return NotStated("")
	}
	switch it.What {
	case archive.ATag:
		return it.Key
	case archive.AMark:
		return strings.TrimSpace(it.Key + " " + it.Text)
	case archive.ACorrection:
		return it.Source + " → " + it.Text
	}
	return it.Text
}
