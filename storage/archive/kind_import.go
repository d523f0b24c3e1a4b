package archive

import "encoding/json"

// ImportBody is a document as it came in. Its original and its source text are
// blobs named by their SHA-256; what a machine read in the text is part of the
// operation, proposed and nothing more.
type ImportBody struct {
	Info      Info            `json:"info"`
	TextSHA   string          `json:"text_sha256"` // of source text Info.Text, UTF-8
	Recipe    json.RawMessage `json:"recipe,omitempty"`
	Proposals []ProposalBody  `json:"proposals,omitempty"`

	Corrections []RepairBody    `json:"corrections,omitempty"` // since version 2, as all that follow
	Furniture   []FurnitureBody `json:"furniture,omitempty"`
	Splits      []BorderBody    `json:"splits,omitempty"`
}

// ProposalBody is a machine's proposal of a value with its evidence.
type ProposalBody struct {
	ID         ID      `json:"id"`
	Field      string  `json:"field"`
	Value      string  `json:"value"`
	Detail     string  `json:"detail,omitempty"`
	Rule       string  `json:"rule,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	Anchor     *Anchor `json:"anchor,omitempty"`
}

// RepairBody is a machine's proposal of other words for [Start,End) of the source text.
type RepairBody struct {
	ID         ID      `json:"id"`
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Source     string  `json:"source"`
	Text       string  `json:"text"`
	Before     string  `json:"before,omitempty"`
	After      string  `json:"after,omitempty"`
	Reason     string  `json:"reason,omitempty"`
	Recipe     string  `json:"recipe,omitempty"`
	Detail     string  `json:"detail,omitempty"` // what is left of characters that lost bytes (Lacunae)
	Rule       string  `json:"rule,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}

// FurnitureBody says that the words of an anchor are furniture of the page.
type FurnitureBody struct {
	ID         ID      `json:"id"`
	Kind       string  `json:"kind"`
	Rule       string  `json:"rule,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	Anchor     *Anchor `json:"anchor"`
}

// BorderBody is a machine's proposal that another document begins at code point
// At of the source text, or else at one of Or.
type BorderBody struct {
	ID         ID      `json:"id"`
	At         int     `json:"at"`
	Or         []int   `json:"or,omitempty"`
	Rule       string  `json:"rule,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	After      string  `json:"after,omitempty"` // the words there, up to 32 code points
}

// OriginBody says that the bytes of a document were found in another place too.
type OriginBody struct {
	ID       ID     `json:"id"`
	Path     string `json:"path"`
	Modified string `json:"modified,omitempty"`
}

// ImportOf is the body of a document.import.
func ImportOf(op *Op) (*ImportBody, error) {
	var b ImportBody
	if err := json.Unmarshal(op.Body, &b); err != nil {
		return nil, unreadable(op, err)
	}
	return &b, nil
}

// Written is the body as bytes, and as ReadBody would read them. It is not to be changed
// any more.
func (b *ImportBody) Written() (body []byte, version int, read Body, err error) {
	k := kinds["document.import"]
	body, exact, err := canonical(b)
	switch {
	case err != nil:
	case exact: // to read it again would take longer than to write it
		read = Body{k, b}
	default:
		read, err = ReadBody(k.name, k.version, body)
	}
	return body, k.version, read, err
}

// RecipeText is the recipe as it is kept beside the text.
func (b *ImportBody) RecipeText() string {
	if b.Recipe == nil {
		return "{}"
	}
	return string(b.Recipe)
}

func init() {
	register(kind{name: "document.import", version: 2, absent: true}, nil,
		func(d *Document, op *Op, b *ImportBody) error {
			if d.Info != nil {
				return Refuse("unchanged")
			}
			info := b.Info
			info.ID, info.Added = op.Subject, op.Clock
			d.changes = append(d.changes, Change{InfoAfter: &info})
			d.Info = &info
			b.putSeen(d, op)
			return nil
		})
	register(kind{name: "document.origin", version: 1}, nil,
		func(d *Document, op *Op, b *OriginBody) error {
			d.add(op, Item{ID: b.ID, What: AnOrigin, Key: b.Path, Text: b.Modified})
			return nil
		})
}

// putSeen puts what a machine saw in the text.
func (b *ImportBody) putSeen(d *Document, op *Op) {
	for i, p := range b.Proposals {
		d.put(p.ID, &Item{ID: p.ID, What: AValue, State: Proposed, Key: p.Field, Text: p.Value, Pos: i,
			At: op.Clock, Rev: op.ID, Rule: p.Rule, Confidence: p.Confidence, Detail: p.Detail, Anchor: p.Anchor})
	}
	b.putRepairs(d, op)
	b.putZones(d, op)
}

// putRepairs proposes the corrections that a machine saw.
func (b *ImportBody) putRepairs(d *Document, op *Op) {
	for _, p := range b.Corrections {
		d.put(p.ID, &Item{ID: p.ID, What: ACorrection, State: Proposed, Text: p.Text, At: op.Clock, Rev: op.ID,
			Rule: p.Rule, Confidence: p.Confidence, Detail: p.Detail, Source: p.Source, Reason: p.Reason, Recipe: p.Recipe,
			Anchor: &Anchor{Text: b.Info.Text, Start: Border{At: p.Start}, End: Border{At: p.End}, Quote: p.Source, Before: p.Before, After: p.After}})
	}
}

// putZones puts what the machine saw of the page: its furniture, which is greyed
// and nothing more, and the borders that it proposes.
func (b *ImportBody) putZones(d *Document, op *Op) {
	for _, p := range b.Furniture {
		d.put(p.ID, &Item{ID: p.ID, What: AFurniture, State: Accepted, Key: p.Kind, At: op.Clock, Rev: op.ID,
			Rule: p.Rule, Confidence: p.Confidence, Anchor: p.Anchor})
	}
	for _, p := range b.Splits {
		d.put(p.ID, &Item{ID: p.ID, What: ASplit, State: Proposed, Detail: placesText(p.Or), At: op.Clock, Rev: op.ID,
			Rule: p.Rule, Confidence: p.Confidence, Anchor: &Anchor{Text: b.Info.Text, Start: Border{At: p.At}, End: Border{At: p.At}, After: p.After}})
	}
}
