package archive

// What says which kind of thing an Item is.
type What string

// The things that are attached to a document, and those (person, hotkey,
// setting, label, search, package, check, unit, edition, import, concept, list, term) that are attached to the
// archive itself.
const (
	AValue       What = "value"      // Key: field, Text: the value, or "" and NotStated in Detail
	ATag         What = "tag"        // Key: the tag, levels apart by /
	AMark        What = "mark"       // Key: label, Text: comment, Detail: authority, Anchor
	ACorrection  What = "correction" // Text: the new words, Source: the old, Anchor: where
	ANote        What = "note"       // Text
	AFurniture   What = "furniture"  // Key: its kind, Anchor: a line of the page that is not the document's
	ASplit       What = "split"      // Anchor: where another document begins, or the words that are one; Text: its id, Detail: other places
	AnOrder      What = "order"      // Text: documents that are parts, in the order that somebody chose, apart by spaces
	ARemoval     What = "removal"    // Key: what, Text: its words, Replaces: it: a proposal to take it away
	AStatus      What = "status"     // Key: a Status that the document was given, Text: why, Source: content hash
	AnOrigin     What = "origin"     // Key: path, Text: time of change: the same bytes found elsewhere
	APerson      What = "person"     // Key: name, Text: role, Detail: names before, a line each
	AHotkey      What = "hotkey"     // Key: 1 to 9, Text: the tag
	ASetting     What = "setting"    // Key, Text
	ALabel       What = "label"      // Key: the label, Text: what it is for, Pos: its style, Detail: its key
	ASearch      What = "search"     // Key: its name, Text: the query
	AThread      What = "thread"     // Key: the item it is about, Text, Source: who was asked, Detail: whose turn it is, Pos: 1 when resolved
	AReply       What = "reply"      // Key: the thread, Text, Detail: ThreadResolved, ThreadReopened or ""
	AnAssignment What = "assignment" // Key: who does the work, Detail: the day it is due
	AMember      What = "member"     // Key: the package that the document belongs to
	ASample      What = "sample"     // Key: Sound or Faulty, Text: what is wrong, Source: content hash, Decision: who says so
	APackage     What = "package"    // Key: name, Text: scope, Detail: who is responsible, Source: from/until, Decision: the sign-off, Confirmed: what was counted then
	AnEdition    What = "edition"    // Key: number, Text: title, Source: SHA-256 of its manifest, Detail: EditionBody
	AnImport     What = "import"     // Key: how it ended, "" while it has not, Detail: Import
	AUnit        What = "unit"       // Key: the unit it lies in, "" at the top, Text: title, Source: rank among its neighbours, Detail: level, code and values
	APlace       What = "place"      // Key: the unit that the document lies in, Source: rank among the documents there
	ABelonging   What = "belonging"  // Key: how it belongs, Text: the document that it belongs to, Source: rank among what does
	AConcept     What = "concept"    // Key: a tag, Text: scope note, Pos: colour, Detail: names, URI, JSON
	AList        What = "list"       // Key: name, Detail: what it is, JSON, Source: the operation that brought its terms
	ATerm        What = "term"       // Key: the list, Text: preferred name, Detail: Term
	ACheck       What = "check"      // Key: the package, Text: a line of its checklist, Decision: who ticked it
)

// State says whether a thing is in force.
type State string

// The states of ARCHIVE.md, "People, states, what is in force".
const (
	Proposed   State = "proposed"
	Accepted   State = "accepted"
	Rejected   State = "rejected"
	Withdrawn  State = "withdrawn"
	Superseded State = "superseded"
	Elsewhere  State = "elsewhere" // in force in another source text than the one that is read
)

// Item is one thing attached to a document: a value of a field, a tag, a mark,
// a correction, a note. They are one type because they live one life: made by
// somebody, proposed or in force, changed by operations, undone. Fields that a
// What does not use are empty.
type Item struct {
	ID    ID     `json:"id"`
	What  What   `json:"what"`
	State State  `json:"state"`
	Key   string `json:"key,omitempty"`
	Text  string `json:"text,omitempty"`
	Pos   int    `json:"pos,omitempty"` // order among the values of a field

	By    string `json:"by,omitempty"` // author; "" for a machine
	At    Clock  `json:"at"`           // when it was made
	Rev   ID     `json:"rev"`          // the operation that changed it last
	RevBy string `json:"rev_by,omitempty"`

	Rule       string  `json:"rule,omitempty"`       // which rule of a machine proposed it
	Confidence float64 `json:"confidence,omitempty"` // of that rule, 0 to 1
	Detail     string  `json:"detail,omitempty"`     // what a value's evidence says beyond it, as the time of day; a mark's authority

	Anchor    *Anchor `json:"anchor,omitempty"`    // of a mark, a correction, or the evidence of a value
	Confirmed string  `json:"confirmed,omitempty"` // the words under a mark when a person confirmed it

	Source   string    `json:"source,omitempty"`   // the words of the source that a correction replaces
	Reason   string    `json:"reason,omitempty"`   // of a correction: ocr, mojibake, typo …
	Recipe   string    `json:"recipe,omitempty"`   // how a correction was come by, as "utf-8 read as gbk"
	Replaces []ID      `json:"replaces,omitempty"` // what this took the place of, or is to take
	Decision *Decision `json:"decision,omitempty"` // what was decided on it
	Amends   ID        `json:"amends,omitempty"`   // the proposal that this one amends
	First    string    `json:"first,omitempty"`    // author of what was amended, the first of several
}

// InForce says whether the item counts.
func (it *Item) InForce() bool { return it.State == Accepted }

// Open says whether the item waits for somebody.
func (it *Item) Open() bool { return it.State == Proposed }

// Anchor is a range of a source text that keeps its place when corrections come
// and go. It is made once; where it lies in the reading text, and whether its
// words are still those it was made on, is a function of it and the corrections
// in force (Reading.Place).
type Anchor struct {
	Text   int    `json:"text"` // number of the source text
	Start  Border `json:"start"`
	End    Border `json:"end"`
	Quote  string `json:"quote,omitempty"`  // the words when it was made
	Before string `json:"before,omitempty"` // up to 32 code points before them
	Region string `json:"region,omitempty"` // in the place of words: a part of the picture of a page (ParseRegion)
	After  string `json:"after,omitempty"`  // and after
}

// Within says whether the anchor lies in [start,end) of source text n, its borders in
// no correction.
func (a *Anchor) Within(n, start, end int) bool {
	return a != nil && a.Text == n && a.Start.In == "" && a.End.In == "" && start <= a.Start.At && a.End.At <= end
}

// Border is a place between two code points: of the source text, or, where In
// names a correction, of that correction's new words.
type Border struct {
	At int `json:"at"`
	In ID  `json:"in,omitempty"`
}

// Clone is a copy that shares nothing that can change.
func (it *Item) Clone() *Item {
	c := *it
	if it.Anchor != nil {
		a := *it.Anchor
		c.Anchor = &a
	}
	c.Replaces = append([]ID(nil), it.Replaces...)
	if it.Decision != nil {
		d := *it.Decision
		c.Decision = &d
	}
	return &c
}

// Equal says whether two items are the same in every field.
func (it *Item) Equal(o *Item) bool {
	if it == nil || o == nil {
		return it == o
	}
	a, b := *it, *o
	if (a.Anchor == nil) != (b.Anchor == nil) || a.Anchor != nil && *a.Anchor != *b.Anchor {
		return false
	}
	if (a.Decision == nil) != (b.Decision == nil) || a.Decision != nil && *a.Decision != *b.Decision {
		return false
	}
	if len(a.Replaces) != len(b.Replaces) {
		return false
	}
	for i := range a.Replaces {
		if a.Replaces[i] != b.Replaces[i] {
			return false
		}
	}
	return a.ID == b.ID && a.What == b.What && a.State == b.State && a.Key == b.Key && a.Text == b.Text &&
		a.Pos == b.Pos && a.By == b.By && a.At == b.At && a.Rev == b.Rev && a.RevBy == b.RevBy &&
		a.Rule == b.Rule && a.Confidence == b.Confidence && a.Detail == b.Detail && a.Confirmed == b.Confirmed &&
		a.Source == b.Source && a.Reason == b.Reason && a.Recipe == b.Recipe &&
		a.Amends == b.Amends && a.First == b.First
}
