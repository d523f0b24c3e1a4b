package archive

import (
	"encoding/json"
	"fmt"
	"strings"
)

// DestroyKind is the one kind whose operations outlive the bodies of their
// document (ARCHIVE.md, "Ending a document's life").
const DestroyKind = "document.destroy"

// DestroyBody says by what right a document was destroyed, and why. It holds
// nothing of what was in the document.
type DestroyBody struct {
	Doc       ID     `json:"doc"`
	Authority string `json:"authority"`
	Reason    string `json:"reason"`
}

func init() {
	register(kind{name: DestroyKind, keys: "doc authority reason", version: 1, hidden: true, absent: true, fixed: true, fact: true, least: Owner},
		func(c *Ctx, e *Edit) (*DestroyBody, error) {
			if err := needString(e, "authority", deref(e.Authority)); err != nil {
				return nil, err
			}
			if err := needString(e, "reason", e.Reason); err != nil {
				return nil, err
			}
			return &DestroyBody{c.Doc.ID, strings.TrimSpace(deref(e.Authority)), strings.TrimSpace(e.Reason)}, nil
		},
		// What it does is done to the file, and to what the log makes of every other
		// operation on the document: there is nothing left that it could change.
		func(*Document, *Op, *DestroyBody) error { return nil })
}

// Destruction is how a document ended.
type Destruction struct {
	Doc       ID
	Who       string
	At        Clock
	Authority string
	Reason    string
}

// DestructionOf reads a document.destroy.
func DestructionOf(op *Op) (Destruction, error) {
	var b DestroyBody
	if err := json.Unmarshal(op.Body, &b); err != nil {
		return Destruction{}, fmt.Errorf("operation %s (%s): its body cannot be read: %w", op.ID.Short(), op.Kind, err)
	}
	return Destruction{Doc: op.Subject, Who: op.Actor, At: op.Clock, Authority: b.Authority, Reason: b.Reason}, nil
}

// Refusal is what everything is answered that is asked of the document.
func (d *Destruction) Refusal() error {
	return Refuse("doc-destroyed", "doc", d.Doc.Short(), "who", d.Who, "when", d.At.Time().UTC().Format("2006-01-02"), "authority", d.Authority)
}
