package archive

import (
	"encoding/json"
	"errors"
	"fmt"
)

// A kind is everything about one kind of operation in one place: the type of its
// body (New), its rule (prepare, which turns an edit into a body or refuses it),
// its effect, and its inverse. Most inverses are one and the same: the items
// that the operation changed are put back as they were (see undo.go).
type kind struct {
	name    string
	version int
	// keys: what an edit of this kind may say, beside do and as.
	keys string
	// ours: the program asks for it and no line of an apply.
	ours bool
	// archive: the operation is about the archive itself, not a document.
	archive bool
	// fixed: the operation cannot be undone.
	fixed bool
	// hidden: it can be done to a document that was removed; absent: to one that
	// is not there.
	hidden, absent bool
	// least is the role that it takes; Archivist unless said otherwise. free: it
	// takes none, because it gives one.
	least Role
	free  bool
	// parse reads an edit of this kind from a line of JSON, where its keys do not
	// mean what they mean of others.
	parse func(line []byte) (*Edit, error)
	// fact: once done it is done, whatever the rules of its place in the order
	// say; they are asked only when it is made.
	fact    bool
	body    func() any
	prepare func(*Ctx, *Edit) (any, error)
	effect  func(*Document, *Op, any) error
}

var kinds = map[string]*kind{}

// register adds a kind; B is the type of its body. prepare is nil for kinds that
// no person asks for by name.
func register[B any](k kind, prepare func(*Ctx, *Edit) (*B, error), effect func(*Document, *Op, *B) error) {
	k.body = func() any { return new(B) }
	if prepare != nil {
		k.prepare = func(c *Ctx, e *Edit) (any, error) { return prepare(c, e) }
	}
	if k.least == "" {
		k.least = Archivist
	}
	k.effect = func(d *Document, op *Op, b any) error {
		if !k.free && !k.fact {
			if err := d.rulesFor(op).need(op.Actor, k.least); err != nil {
				return err
			}
		}
		if err := k.place(d); err != nil {
			return err
		}
		return effect(d, op, b.(*B))
	}
	kinds[k.name] = &k
}

// place refuses what is done to a document that is not there, or that is out of
// sight: its import may have been undone on another copy, or the document
// removed.
func (k *kind) place(d *Document) error {
	switch {
	case d.ID == "" || k.absent:
		return nil
	case d.Info == nil:
		return Refuse("doc-not-found", "doc", d.ID.Short())
	case k.prepare != nil && !k.hidden && d.removal() != nil:
		return Refuse("doc-removed", "doc", d.ID.Short())
	}
	return nil
}

// Outcome says what became of an operation in the total order.
type Outcome string

// Replay never refuses: what no longer fits is kept for a person to look at. An
// operation without a body takes no effect: it was erased with its document, or
// damage took it.
const (
	Applied   Outcome = "applied"
	Conflict  Outcome = "conflict"
	Destroyed Outcome = "destroyed"
	Lost      Outcome = "lost"
)

// ErrUnknownKind is met in archives that a newer program has written.
var ErrUnknownKind = errors.New("an operation of a kind that this program does not know")

// KnownKind says whether this program can apply operations of a kind and version.
func KnownKind(name string, version int) bool {
	k := kinds[name]
	return k != nil && version <= k.version
}

// Least is the role that an operation of a kind takes, "" where it takes none.
func Least(name string) Role {
	if k := kinds[name]; k != nil && !k.free {
		return k.least
	}
	return ""
}

// AboutArchive says whether an edit or operation of that kind is about the
// archive itself and names no document.
func AboutArchive(name string) bool { return kinds[name] != nil && kinds[name].archive }

// Undoable says whether operations of that kind can be taken back.
func Undoable(name string) bool {
	k := kinds[name]
	return k != nil && !k.fixed
}

// Prepare turns an edit into the body of an operation, or refuses it and changes
// nothing. Version is that of the body.
func Prepare(c *Ctx, e *Edit) (body []byte, version int, err error) {
	k := kinds[e.Do]
	if k == nil || k.prepare == nil {
		return nil, 0, Refuse("no-kind", "do", quoted(e.Do), "known", "")
	}
	if c.Rules == nil {
		c.Rules = open
	}
	if err := c.Rules.need(c.Actor, k.least); err != nil {
		return nil, 0, err
	}
	if c.Doc.ID != "" && !k.hidden && c.Doc.removal() != nil {
		return nil, 0, Refuse("doc-removed", "doc", c.Doc.ID.Short())
	}
	b, err := k.prepare(c, e)
	if err != nil {
		return nil, 0, err
	}
	body, err = Canonical(b)
	return body, k.version, err
}

// BodyOf is v as the body of an operation of the named kind, for those kinds
// that no edit asks for.
func BodyOf(name string, v any) (body []byte, version int, err error) {
	k := kinds[name]
	if k == nil {
		return nil, 0, fmt.Errorf("%q: %w", name, ErrUnknownKind)
	}
	body, err = Canonical(v)
	return body, k.version, err
}

// WouldRefuse says why an operation would not take effect; nothing is changed.
func (d *Document) WouldRefuse(op *Op) error {
	_, changes, why, err := d.Apply(op)
	if err != nil {
		return err
	}
	d.revert(changes)
	return why
}

// Apply lets an operation take effect on the document it is about. changes is
// what it changed, in order; where the operation no longer fits, the outcome is
// Conflict, why says why, and nothing is changed. err is for what is no matter
// of rules: an unknown kind, a body that cannot be read, a text that cannot be
// loaded.
func (d *Document) Apply(op *Op) (outcome Outcome, changes []Change, why, err error) {
	b, err := ReadBody(op.Kind, op.Version, op.Body)
	switch {
	case errors.Is(err, ErrUnknownKind):
		return "", nil, nil, err
	case err != nil:
		return "", nil, nil, fmt.Errorf("operation %s (%s): %w", op.ID.Short(), op.Kind, err)
	}
	return d.ApplyBody(op, b)
}

// A Body is the body of an operation that was read.
type Body struct {
	kind *kind
	is   any
}

// ReadBody reads the body of an operation of a kind and version.
func ReadBody(name string, version int, body []byte) (b Body, err error) {
	b.kind = kinds[name]
	if b.kind == nil || version > b.kind.version {
		return b, fmt.Errorf("%s %d: %w", name, version, ErrUnknownKind)
	}
	b.is = b.kind.body()
	if err := json.Unmarshal(body, b.is); err != nil {
		return b, fmt.Errorf("its body cannot be read: %w", err)
	}
	return b, nil
}

// ApplyBody is Apply of an operation whose body was read before (ReadBody), which takes
// most of the time and needs no document. It is used up by that.
func (d *Document) ApplyBody(op *Op, b Body) (outcome Outcome, changes []Change, why, err error) {
	d.changes = nil
	if why = b.kind.effect(d, op, b.is); why == nil && d.ID != "" {
		if why = d.ofText(); why == nil {
			d.endOwnApproval(op)
		}
	}
	changes, d.changes = d.changes, nil
	var r *Refusal
	switch {
	case why == nil:
		return Applied, changes, nil, nil
	case errors.As(why, &r):
		d.revert(changes)
		return Conflict, nil, why, nil
	}
	d.revert(changes)
	return "", nil, nil, why
}

func unreadable(op *Op, err error) error {
	return fmt.Errorf("operation %s (%s): its body cannot be read: %w", op.ID.Short(), op.Kind, err)
}
