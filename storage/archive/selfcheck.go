package archive

import (
	"slices"
	"strings"
)

// The self-check (自检) before a document is submitted: what is missing, doubtful,
// without evidence, to look at again, asked or turned down and not dealt with. It
// finds and says where; it forbids nothing.

// FindingKind is a kind of finding.
type FindingKind string

// The kinds, in the order in which they are listed.
const (
	FoundMissing   FindingKind = "missing"   // Field: a required field in which nothing stands
	FoundTurned    FindingKind = "turned"    // Item: one's own proposal that was rejected and not taken up
	FoundAsked     FindingKind = "asked"     // Item: a thread that is not resolved
	FoundAgain     FindingKind = "again"     // Item: a mark or evidence whose words are others now
	FoundUndecided FindingKind = "undecided" // Item: a machine's proposal that nobody has taken or refused
	FoundDoubtful  FindingKind = "doubtful"  // Item: a value that says it is in doubt, or that a rule was not sure of
	FoundUnread    FindingKind = "unread"    // Start, End: characters of the reading text that nobody could read
	FoundUnsourced FindingKind = "unsourced" // Item: a value that does not say where it was read
)

// Finding is one thing to look at, and where it is.
type Finding struct {
	Kind       FindingKind
	Field      string // of a value, or that is missing
	Item       ID
	Start, End int // code points of the reading text, where Item is ""
}

// doubtBelow is how sure a rule must be of what was taken from it, for it not to be
// pointed out.
const doubtBelow = 0.65

// Check lists what who should look at before submitting the document; required are
// the fields that its template asks for.
func (d *Document) Check(r *Rules, who string, required []string) ([]Finding, error) {
	var out []Finding
	for _, f := range required {
		if len(d.Values(f)) == 0 {
			out = append(out, Finding{Kind: FoundMissing, Field: f})
		}
	}
	add := func(kind FindingKind, it *Item) {
		f := Finding{Kind: kind, Item: it.ID}
		if it.What == AValue {
			f.Field = it.Key
		}
		out = append(out, f)
	}
	for _, it := range d.TurnedDown(r, who) {
		add(FoundTurned, it)
	}
	for _, it := range d.inForce(AThread) {
		if !it.Resolved() {
			add(FoundAsked, it)
		}
	}
	reading, err := d.Reading()
	if err != nil {
		return out, err
	}
	values := d.inForce(AValue)
	for _, it := range append(d.inForce(AMark), values...) {
		if it.Anchor != nil && reading.LookAgain(it) {
			add(FoundAgain, it)
		}
	}
	for _, w := range []What{AValue, ACorrection, ASplit} {
		for _, it := range d.Of(w) {
			if it.Open() && it.By == "" {
				add(FoundUndecided, it)
			}
		}
	}
	for _, it := range values {
		if it.doubtful() {
			add(FoundDoubtful, it)
		}
	}
	text := []rune(reading.Text().String())
	for i := 0; i < len(text); i++ {
		from := i
		for i < len(text) && text[i] == '\uFFFD' {
			i++
		}
		if i > from {
			out = append(out, Finding{Kind: FoundUnread, Start: from, End: i})
		}
	}
	for _, it := range values {
		if it.Anchor == nil && !it.NotStated() {
			add(FoundUnsourced, it)
		}
	}
	return out, nil
}

// doubtful says whether a value says that it is in doubt (DA/T 18: 存疑, or a
// question mark within its brackets), or comes from a rule that was not sure.
func (it *Item) doubtful() bool {
	text := strings.TrimRight(it.Text, ")]）］〕 ")
	return strings.Contains(it.Text, "存疑") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") ||
		it.Confidence > 0 && it.Confidence < doubtBelow
}

// TurnedDown lists what who has proposed and somebody else has rejected, where who
// has put nothing in its place since, and it was not talked out (a thread on it that
// is resolved).
func (d *Document) TurnedDown(r *Rules, who string) []*Item {
	var out []*Item
	for i, it := range d.Items {
		if it.State != Rejected || it.Decision == nil || !it.decidable() || r.Same(it.Decision.By, who) ||
			!r.Same(it.By, who) && !(it.First != "" && r.Same(it.First, who)) {
			continue
		}
		later := slices.ContainsFunc(d.Items[i+1:], func(o *Item) bool {
			return (o.InForce() || o.Open() || o.State == Superseded || o.State == Rejected) && r.Same(o.By, who) && o.about(it)
		})
		settled := slices.ContainsFunc(d.living(AThread), func(t *Item) bool { return t.Key == string(it.ID) && t.Resolved() })
		if !later && !settled {
			out = append(out, it)
		}
	}
	return out
}

// about says whether two items are about the same field, tag, words or thing.
func (it *Item) about(o *Item) bool {
	if it.What != o.What {
		return false
	}
	switch it.What {
	case AValue, ATag:
		return it.Key == o.Key
	case ARemoval:
		return slices.Equal(it.Replaces, o.Replaces)
	}
	return it.Anchor != nil && o.Anchor != nil && it.Anchor.Text == o.Anchor.Text &&
		it.Anchor.Start.At < o.Anchor.End.At && o.Anchor.Start.At < it.Anchor.End.At
}
