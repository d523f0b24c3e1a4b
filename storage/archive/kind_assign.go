package archive

import (
	"slices"
	"strings"
	"time"
)

// An assignment says who is to do the work on a document, and by when. A document
// has one or none; it is no part of the content.

// AssignBody gives a document to a person; To "" takes it from whoever has it.
type AssignBody struct {
	ID  ID     `json:"id"`
	To  string `json:"to"`
	Due string `json:"due,omitempty"` // a day, as 2026-11-30
}

func init() {
	register(kind{name: "assign", keys: "doc to due", version: 1}, prepareAssign, applyAssign)
}

func prepareAssign(c *Ctx, e *Edit) (*AssignBody, error) {
	to, err := need(e, "to", e.To)
	if err != nil {
		return nil, err
	}
	b := &AssignBody{ID: c.NewID(), To: strings.TrimSpace(to)}
	now := c.Doc.Assignment()
	switch {
	case e.Due != nil:
		if b.Due, err = day("due", *e.Due); err != nil {
			return nil, err
		}
	case now != nil && now.Key == b.To:
		b.Due = now.Detail
	}
	if b.To == "" {
		b.Due = ""
	}
	switch {
	case now == nil && b.To == "", now != nil && now.Key == b.To && now.Detail == b.Due:
		return nil, Refuse("unchanged")
	}
	return b, nil
}

// applyAssign lets an archivist take what nobody has, and give back what they
// have; to others a reviewer gives it.
func applyAssign(d *Document, op *Op, b *AssignBody) error {
	r, now := d.rulesFor(op), d.Assignment()
	own := now == nil || r.Same(now.Key, op.Actor)
	if !own || !r.Same(b.To, op.Actor) && b.To != "" {
		if err := r.need(op.Actor, Reviewer); err != nil {
			return err
		}
	}
	if err := r.member(b.To); err != nil {
		return err
	}
	if b.To != "" {
		if err := r.worker(b.To); err != nil {
			return err
		}
	}
	if now != nil {
		d.edit(op, now, func(it *Item) { it.State = Superseded })
	}
	if b.To != "" {
		d.add(op, Item{ID: b.ID, What: AnAssignment, Key: b.To, Detail: b.Due})
	}
	return nil
}

// Assignment says whose the work on the document is, and in Detail by which day
// it is due; nil where it is nobody's.
func (d *Document) Assignment() *Item { return d.onlyOne(AnAssignment) }

// onlyOne is the item of a kind of which a document has at most one in force; of
// several, which only copies put together can bring, the last.
func (d *Document) onlyOne(w What) *Item {
	all := d.living(w)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].InForce() {
			return all[i]
		}
	}
	return nil
}

// day checks a day of the calendar, as 2026-11-30; "" is none.
func day(key, s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", Refuse("day", "key", key, "day", quoted(s))
	}
	return s, nil
}

// CheckDay refuses what is no day of the calendar, as 2026-11-30.
func CheckDay(s string) error {
	_, err := day("day", s)
	return err
}

// MayBeGiven refuses whom no work can be given: somebody unknown, or who reads only.
func (r *Rules) MayBeGiven(name string) error {
	if err := r.member(name); err != nil {
		return err
	}
	return r.worker(name)
}

// member refuses a name that does not belong to the archive; "" is no name.
func (r *Rules) member(name string) error {
	if name == "" || r == open || r.loose || r.Knows(name) {
		return nil
	}
	return Refuse("person-unknown", "name", quoted(name), "known", r.names(Reader, ""))
}

// worker refuses somebody whose role lets them read only.
func (r *Rules) worker(name string) error {
	if r == open || r.loose || r.Role(name).AtLeast(Archivist) {
		return nil
	}
	return Refuse("person-reads", "name", quoted(name), "can", r.names(Archivist, name))
}

// sortedOnce sorts names and leaves each once.
func sortedOnce(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
