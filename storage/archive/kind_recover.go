package archive

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// RecoverKind is the operation by which a recovery from a damaged file says what
// it could not read.
const RecoverKind = "archive.recover"

// OpSpan is a run of operations of one replica, first and last included.
type OpSpan struct {
	Replica ID    `json:"replica"`
	From    int64 `json:"from"`
	To      int64 `json:"to"`
}

// Len is how many operations there are in it.
func (s OpSpan) Len() int { return int(s.To - s.From + 1) }

// What can be missing of a document. Without its import or its text it is lost;
// else it is kept as what there is makes it.
const (
	LostImport     = "import"
	LostText       = "text"
	LostOriginal   = "original"
	LostOperations = "operations"
)

// LostDocument is a document of which something was lost, with what was still
// known of it; Original and Text are SHA-256 in hex of what lies in the archive
// of it, though no document has it any more.
type LostDocument struct {
	ID         ID       `json:"id,omitempty"`
	Name       string   `json:"name,omitempty"`
	Path       string   `json:"path,omitempty"`
	Title      string   `json:"title,omitempty"`
	Missing    []string `json:"missing"`
	Operations int      `json:"operations,omitempty"` // how many are missing
	Original   string   `json:"original,omitempty"`
	Text       string   `json:"text,omitempty"`
}

// Whole says that the document itself is lost, not a part of it.
func (l *LostDocument) Whole() bool {
	return slices.Contains(l.Missing, LostImport) || slices.Contains(l.Missing, LostText)
}

// RecoverBody lists what a recovery did not find.
type RecoverBody struct {
	Operations []OpSpan       `json:"operations,omitempty"` // of which nothing is left in the log
	Bodies     []OpSpan       `json:"bodies,omitempty"`     // whose header is left, not what they said
	Unplaced   int            `json:"unplaced,omitempty"`   // operations lost whose place is not known either
	Documents  []LostDocument `json:"documents,omitempty"`
	// Self are people and settings as the tables of the damaged file had them, where
	// the operation that changed them last is lost.
	Self []Item `json:"self,omitempty"`
	// Kept are the SHA-256 of what lies in the archive and is no document's original;
	// Found that of one of them: what was read of the lost, JSON Lines.
	Kept  []string `json:"kept,omitempty"`
	Found string   `json:"found,omitempty"`
}

// Lost is how many operations, or what they said, the recovery did not find.
func (b *RecoverBody) Lost() int {
	n := b.Unplaced
	for _, s := range b.Operations {
		n += s.Len()
	}
	for _, s := range b.Bodies {
		n += s.Len()
	}
	return n
}

func init() {
	// It is a fact, and asks nobody's leave: whoever has the file can recover it.
	register(kind{name: RecoverKind, version: 1, archive: true, fixed: true, free: true}, nil,
		func(d *Document, op *Op, b *RecoverBody) error {
			for i := range b.Self {
				it := b.Self[i].Clone()
				if !d.Item(it.ID).Equal(it) {
					d.put(it.ID, it)
				}
			}
			return nil
		})
}

// Recovery is one recovery of the archive.
type Recovery struct {
	Op   ID
	By   string
	At   Clock
	Body RecoverBody
}

// Losses are what all recoveries of an archive have listed: it was there once, and
// is missed by nobody now; nil is nothing.
type Losses struct {
	Recoveries []Recovery

	last      Op // the last recovery that lost operations: its place in the order only
	documents map[ID]*LostDocument
	ends      map[ID]Op // of documents that are lost whole: the recovery that says so
	kept      map[string]bool
}

// Add takes in an archive.recover; they come in the total order.
func (l *Losses) Add(op *Op) error {
	r := Recovery{Op: op.ID, By: op.Actor, At: op.Clock}
	if err := json.Unmarshal(op.Body, &r.Body); err != nil {
		return fmt.Errorf("operation %s (%s): its body cannot be read: %w", op.ID.Short(), op.Kind, err)
	}
	l.Recoveries = append(l.Recoveries, r)
	at := Op{Clock: op.Clock, Replica: op.Replica, Seq: op.Seq}
	if r.Body.Lost() > 0 {
		l.last = at
	}
	if l.documents == nil {
		l.documents, l.ends, l.kept = map[ID]*LostDocument{}, map[ID]Op{}, map[string]bool{}
	}
	for i := range r.Body.Documents {
		d := &r.Body.Documents[i]
		if old := l.documents[d.ID]; old == nil || !old.Whole() {
			l.documents[d.ID] = d
		}
		if d.Whole() {
			l.ends[d.ID] = at
		}
	}
	for _, sha := range r.Body.Kept {
		l.kept[sha] = true
	}
	return nil
}

// Operations says whether all operations of a span are listed as lost.
func (l *Losses) Operations(s OpSpan) bool {
	return l.covers(s, func(b *RecoverBody) []OpSpan { return b.Operations })
}

// Body says whether what an operation said is listed as lost.
func (l *Losses) Body(replica ID, seq int64) bool {
	return l.covers(OpSpan{replica, seq, seq}, func(b *RecoverBody) []OpSpan { return b.Bodies })
}

// covers walks along s over the spans that are listed.
func (l *Losses) covers(s OpSpan, of func(*RecoverBody) []OpSpan) bool {
	if l == nil {
		return false
	}
	for at := s.From; at <= s.To; {
		next := at
		for i := range l.Recoveries {
			for _, x := range of(&l.Recoveries[i].Body) {
				if x.Replica == s.Replica && x.From <= at && at <= x.To {
					next = max(next, x.To+1)
				}
			}
		}
		if next == at {
			return false
		}
		at = next
	}
	return true
}

// Document says whether a document is listed as lost whole.
func (l *Losses) Document(id ID) bool {
	return l != nil && l.documents[id] != nil && l.documents[id].Whole()
}

// Ended says whether an operation is on a document that a later recovery lists as
// lost whole.
func (l *Losses) Ended(op *Op) bool {
	if l == nil {
		return false
	}
	end, lost := l.ends[op.Subject]
	return lost && op.Before(&end)
}

// Original says whether the original of a document is listed as lost.
func (l *Losses) Original(id ID) bool {
	return l != nil && l.documents[id] != nil && slices.Contains(l.documents[id].Missing, LostOriginal)
}

// Keeps says whether a recovery has kept a blob that no document has.
func (l *Losses) Keeps(sha string) bool { return l != nil && l.kept[sha] }

// Before says whether an operation comes before a recovery that lost operations.
// By which rules it was once let through nobody can tell any more: those about
// people and policy may be among the lost.
func (l *Losses) Before(op *Op) bool { return l != nil && l.last.Seq > 0 && op.Before(&l.last) }

// loosen are rules for an operation before a recovery. It was let through once,
// so that it is refused to nobody; what waits for review is as the tables of the
// damaged file had it, where the operations that said so are lost.
func (l *Losses) loosen(r *Rules, op *Op) *Rules {
	n := *r
	n.loose, n.Closed = true, false
	for i := range l.Recoveries {
		for j := range l.Recoveries[i].Body.Self {
			if it := &l.Recoveries[i].Body.Self[j]; it.What == ASetting && changedAt(it) <= op.Clock {
				n.settle(it)
			}
		}
	}
	return &n
}

// settle makes the rules what a setting says that is in force, or takes back what
// one says that is no more.
func (r *Rules) settle(it *Item) {
	fields := strings.Join(r.Fields, "\n")
	switch {
	case it.Key == reviewSetting && it.InForce():
		r.Review = Review(it.Text)
	case it.Key == reviewSetting && string(r.Review) == it.Text:
		r.Review = ReviewNone
	case it.Key == fieldsSetting && it.InForce():
		r.Fields = strings.Split(it.Text, "\n")
	case it.Key == fieldsSetting && fields == it.Text:
		r.Fields = nil
	}
}

// changedAt is when an item was changed last: the first digits of an operation's
// id are milliseconds (RFC 9562, 5.7).
func changedAt(it *Item) Clock {
	digits := strings.ReplaceAll(string(it.Rev), "-", "")
	ms, err := strconv.ParseInt(digits[:min(12, len(digits))], 16, 64)
	if err != nil {
		return it.At
	}
	return max(it.At, Clock(ms<<16))
}
