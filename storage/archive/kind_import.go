package archive

import (
	"encoding/json"
	"fmt"
)

// ImportBody is a document as it came in. Its original and its source text are
// blobs named by their SHA-256; what a machine read in the text is part of the
// operation, proposed and nothing more.
type ImportBody struct {
	Info      Info            `json:"info"`
	TextSHA   string          `json:"text_sha256"` // of source text 1, UTF-8
	Recipe    json.RawMessage `json:"recipe,omitempty"`
	Proposals []ProposalBody  `json:"proposals,omitempty"`
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
		return nil, fmt.Errorf("operation %s (%s): its body cannot be read: %w", op.ID.Short(), op.Kind, err)
	}
	return &b, nil
}

// RecipeText is the recipe as it is kept beside the text.
func (b *ImportBody) RecipeText() string {
	if b.Recipe == nil {
		return "{}"
	}
	return string(b.Recipe)
}

func init() {
	register(kind{name: "document.import", version: 1, absent: true}, nil,
		func(d *Document, op *Op, b *ImportBody) error {
			if d.Info != nil {
				return Refuse("unchanged")
			}
			info := b.Info
			info.ID, info.Added = op.Subject, op.Clock
			d.changes = append(d.changes, Change{InfoAfter: &info})
			d.Info = &info
			for i, p := range b.Proposals {
				d.put(p.ID, &Item{ID: p.ID, What: AValue, State: Proposed, Key: p.Field, Text: p.Value, Pos: i,
					At: op.Clock, Rev: op.ID, Rule: p.Rule, Confidence: p.Confidence, Detail: p.Detail, Anchor: p.Anchor})
			}
			return nil
		})
	register(kind{name: "document.origin", version: 1}, nil,
		func(d *Document, op *Op, b *OriginBody) error {
			d.add(op, Item{ID: b.ID, What: AnOrigin, Key: b.Path, Text: b.Modified})
			return nil
		})
}
