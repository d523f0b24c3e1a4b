// Package bulk plans one change of many documents: what each says now, what it would say
// then, and the edits that make it so. What it plans can be looked at before it is done,
// and is done as one step to undo by storage.ApplyMany.
//
// It may use storage, and only reads. It must never know a screen or words of
// a language.
package bulk

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
	"fonds/storage/words"
)

// Do says what is done to each document.
type Do string

// The things that can be done. Those that are kinds of operation have their names.
const (
	Set     Do = "field.set"       // Value in the place of what Field has; "" is nothing
	Add     Do = "field.add"       // Value beside what Field has
	Replace Do = "field.replace"   // Find by Value within each value of Field
	Take    Do = "field.take"      // what machines propose for Field, or for all fields
	Tag     Do = "tag.add"         // Value
	Untag   Do = "tag.remove"      // Value
	Retag   Do = "tag.rename"      // the tag Find, and all under it, to Value: renamed, moved or merged
	Delete  Do = "tag.delete"      // the tag Find, and all under it, off every document
	Assign  Do = "assign"          // to Value, "" for nobody
	Package Do = "package.put"     // Value, its name or id; "" for none
	Submit  Do = "document.submit" // for review
	Mark    Do = "mark.every"      // Find, with Label
	Correct Do = "correct.every"   // Find by Value, for Reason
)

// Work is a change as it is asked for.
type Work struct {
	Do      Do
	Field   string
	Value   string
	Values  []string // of a Set, where there are several
	Find    string
	Pattern bool // Find is a regular expression (RE2), and Value may name its groups: $1
	Exact   bool // Find is looked for as it is: nothing is folded
	Label   string
	Reason  string
}

// Change is what becomes of one document.
type Change struct {
	Doc    archive.ID
	Title  string
	Status archive.Status
	Before []string // the values, tags … as they are now
	After  []string
	Edits  []*archive.Edit
}

// Plan is what a change comes to.
type Plan struct {
	Changes []Change // in the order of the documents
	Same    int      // documents in which nothing changes
	Edits   int      // of all changes
}

// All are the edits of changes.
func All(changes []Change) (out []*archive.Edit) {
	for i := range changes {
		out = append(out, changes[i].Edits...)
	}
	return out
}

// ErrNothing is said of a change that says not enough to be planned.
var ErrNothing = errors.New("there is nothing to be done yet")

// pattern is what a Replace looks for; an error is a refusal, or ErrNothing.
func (w *Work) pattern() (*regexp.Regexp, error) {
	if w.Find == "" {
		return nil, ErrNothing
	}
	if !w.Pattern {
		return regexp.MustCompile(regexp.QuoteMeta(w.Find)), nil
	}
	re, err := regexp.Compile(w.Find)
	if err != nil {
		return nil, archive.Refuse("pattern", "why", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return re, nil
}

// Plan reads the documents and says what would become of them. several says whether the
// field holds more than one value. progress (nil is allowed) is told how many of them
// were looked through. It writes nothing.
func (w *Work) Plan(ctx context.Context, a *storage.Archive, ids []archive.ID, several bool, progress func(done, all int)) (Plan, error) {
	p := &planner{Work: *w, several: several}
	if err := p.begin(ctx, a); err != nil {
		return Plan{}, err
	}
	done := 0
	tell := func() error {
		if done++; progress != nil {
			progress(done, len(ids))
		}
		return ctx.Err()
	}
	var err error
	switch p.Do {
	case Tag, Untag, Retag, Delete:
		err = a.Tagged(ctx, ids, func(d *storage.Tagged) error {
			p.tagged(d)
			return tell()
		})
	default:
		err = a.Documents(ctx, ids, func(d *archive.Document) error {
			if err := p.document(d); err != nil {
				return err
			}
			return tell()
		})
	}
	switch {
	case err == nil && p.Do == Retag:
		err = p.retagSelf(ctx, a)
	case err == nil && p.Do == Delete:
		err = p.deleteSelf(ctx, a)
	}
	return p.out, err
}

// planner plans one document after the other.
type planner struct {
	Work
	several bool
	re      *regexp.Regexp
	pack    archive.ID
	out     Plan
}

func (p *planner) begin(ctx context.Context, a *storage.Archive) (err error) {
	if p.Do != Correct && p.Do != Replace {
		p.Value = strings.TrimSpace(p.Value)
	}
	switch p.Do {
	case Retag:
		p.Value = archive.TagName(p.Value)
		if p.Find == "" || p.Value == "" || p.Value == p.Find {
			return ErrNothing
		}
	case Delete:
		if p.Find = archive.TagName(p.Find); p.Find == "" {
			return ErrNothing
		}
	case Tag:
		if p.Value = archive.TagName(p.Value); p.Value == "" {
			return ErrNothing
		}
	case Replace:
		if p.re, err = p.pattern(); err != nil {
			return err
		}
	case Add, Untag:
		if p.Value == "" {
			return ErrNothing
		}
	case Mark:
		if p.Find == "" || p.Label == "" {
			return ErrNothing
		}
	case Correct:
		if p.Find == "" || p.Find == p.Value {
			return ErrNothing
		}
	case Package:
		if p.Value == "" {
			return nil
		}
		self, err := a.Self(ctx)
		if err != nil {
			return err
		}
		it, err := self.FindPackage(p.Value)
		if err != nil {
			return err
		}
		p.pack = it.ID
	}
	if slices.Contains([]Do{Set, Add, Replace}, p.Do) && p.Field == "" {
		return ErrNothing
	}
	return nil
}

// document plans for one.
func (p *planner) document(d *archive.Document) error {
	c := Change{Doc: d.ID, Title: d.Title(), Status: d.Status()}
	var err error
	switch p.Do {
	case Set, Add, Replace:
		p.field(d, &c)
	case Take:
		p.take(d, &c)
	case Assign:
		if it := d.Assignment(); it != nil {
			c.Before = []string{it.Key}
		}
		to := p.Value
		c.one(&archive.Edit{Do: string(p.Do), Doc: string(d.ID), To: &to}, to)
	case Package:
		if it := d.Membership(); it != nil {
			c.Before = []string{it.Key}
		}
		to := string(p.pack)
		c.one(&archive.Edit{Do: string(p.Do), Doc: string(d.ID), Package: &to}, to)
	case Submit:
		c.Before, c.After = []string{string(d.Status())}, []string{string(archive.Submitted)}
		if slices.Contains([]archive.Status{archive.New, archive.InProgress, archive.Returned}, d.Status()) {
			c.Edits = []*archive.Edit{{Do: string(p.Do), Doc: string(d.ID)}}
		}
	case Mark, Correct:
		err = p.every(d, &c)
	}
	p.add(&c)
	return err
}

// tagged plans for one of which only its tags matter.
func (p *planner) tagged(d *storage.Tagged) {
	c := Change{Doc: d.ID, Title: d.Title, Status: d.Status}
	switch p.Do {
	case Tag, Untag:
		p.tag(d, &c)
	case Retag:
		p.retag(d, &c)
	case Delete:
		p.deleted(d, &c)
	}
	p.add(&c)
}

// add takes what becomes of a document into the plan.
func (p *planner) add(c *Change) {
	if len(c.Edits) == 0 {
		p.out.Same++
		return
	}
	p.out.Edits += len(c.Edits)
	p.out.Changes = append(p.out.Changes, *c)
}

// one is an edit that gives a document one thing in the place of another.
func (c *Change) one(e *archive.Edit, to string) {
	if to != "" {
		c.After = []string{to}
	}
	if !slices.Equal(c.Before, c.After) {
		c.Edits = []*archive.Edit{e}
	}
}

// field sets, adds or replaces values. What stays keeps its place and evidence.
func (p *planner) field(d *archive.Document, c *Change) {
	now := d.Values(p.Field)
	seen := make([]archive.ID, len(now))
	for i, it := range now {
		seen[i] = it.ID
		if !it.NotStated() {
			c.Before = append(c.Before, it.Text)
		}
	}
	switch {
	case p.Do == Set && len(p.Values) > 0:
		c.After = p.Values
	case p.Do == Set && p.Value != "":
		c.After = []string{p.Value}
	case p.Do == Set && len(now) > 0 && len(c.Before) == 0: // that it is not stated goes too
		c.Before = []string{""}
	case p.Do == Add && !p.several && len(c.Before) > 0:
		c.After = c.Before // one is all that it holds
	case p.Do == Add:
		c.After = append(slices.Clone(c.Before), p.Value)
	case p.Do == Replace:
		for _, v := range c.Before {
			to := p.Value
			if !p.Pattern {
				v = p.re.ReplaceAllLiteralString(v, to)
			} else {
				v = p.re.ReplaceAllString(v, to)
			}
			c.After = append(c.After, strings.TrimSpace(v))
		}
	}
	c.After = onceEach(c.After)
	if slices.Equal(c.Before, c.After) {
		return
	}
	e := &archive.Edit{Do: "field.set", Doc: string(d.ID), Field: p.Field, Seen: &seen}
	for _, v := range c.After {
		e.Values = append(e.Values, archive.ValueOf(v))
	}
	c.Edits = []*archive.Edit{e}
}

// onceEach leaves out what is empty, and what stood before.
func onceEach(values []string) (out []string) {
	for _, v := range values {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// take takes the proposals of machines; of one that stands beside a value of a field
// that holds one alone, nothing: a person has said something there.
func (p *planner) take(d *archive.Document, c *Change) {
	for _, it := range d.Of(archive.AValue) {
		if it.By != "" || !it.Open() || p.Field != "" && it.Key != p.Field || len(d.Values(it.Key)) > 0 ||
			slices.ContainsFunc(c.Edits, func(e *archive.Edit) bool { return e.Field == it.Key }) || twoWays(d, it) {
			continue
		}
		c.After = append(c.After, it.Text)
		c.Edits = append(c.Edits, &archive.Edit{Do: "value.take", Doc: string(d.ID), Value: string(it.ID), Field: it.Key})
	}
	for _, e := range c.Edits {
		e.Field = "" // it was a note of ours
	}
}

// twoWays says whether the words that a proposal was read from are read in another way too,
// as 05/06/1990: a person chooses between them.
func twoWays(d *archive.Document, it *archive.Item) bool {
	return it.Anchor != nil && slices.ContainsFunc(d.Of(archive.AValue), func(o *archive.Item) bool {
		return o.ID != it.ID && o.Open() && o.By == "" && o.Key == it.Key && o.Text != it.Text && o.Anchor != nil && *o.Anchor == *it.Anchor
	})
}

func (p *planner) tag(d *storage.Tagged, c *Change) {
	c.Before = d.Tags
	has := slices.Contains(d.Tags, p.Value)
	if has != (p.Do == Untag) {
		return
	}
	if has {
		c.After = slices.DeleteFunc(slices.Clone(c.Before), func(t string) bool { return t == p.Value })
	} else {
		c.After = append(slices.Clone(c.Before), p.Value)
	}
	c.Edits = []*archive.Edit{{Do: string(p.Do), Doc: string(d.ID), Tag: p.Value}}
}

// every marks or corrects whole words wherever they stand in the document itself: what is a
// document of its own has them there.
func (p *planner) every(d *archive.Document, c *Change) error {
	r, err := d.Reading()
	if err != nil {
		return err
	}
	text, parts := r.Text(), d.Parts()
	has := map[[2]int]bool{}
	for _, it := range d.Of(archive.AMark) {
		if it.Key == p.Label && (it.InForce() || it.Open()) {
			at := r.Place(it.Anchor)
			has[[2]int{at.Start, at.End}] = true
		}
	}
	for _, h := range words.NewText(text.String()).FindWhole(p.Find) {
		stands := text.Slice(h.Start, h.End)
		elsewhere := slices.ContainsFunc(parts, func(it *archive.Item) bool {
			return it.Anchor.Start.At < r.ToSource(h.End) && r.ToSource(h.Start) < it.Anchor.End.At
		})
		if elsewhere || p.Exact && stands != words.Begin(p.Find) || p.Do == Mark && has[[2]int{h.Start, h.End}] || p.Do == Correct && stands == p.Value {
			continue
		}
		start, end := h.Start, h.End
		e := &archive.Edit{Doc: string(d.ID), Start: &start, End: &end, In: "reading", Quote: stands}
		if p.Do == Mark {
			e.Do, e.Label = "mark.add", p.Label
			c.After = append(c.After, stands)
		} else {
			to := p.Value
			e.Do, e.Text, e.Reason = "correction.propose", &to, p.Reason
			c.Before, c.After = append(c.Before, stands), append(c.After, to)
		}
		c.Edits = append(c.Edits, e)
	}
	return nil
}
