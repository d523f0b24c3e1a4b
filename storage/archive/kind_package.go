package archive

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A work package (批次) is a plan for a set of documents: what is to be done, from
// when until when, by which checklist, one person who answers for it, and at the
// end that person's word that it is done. Packages are items of the archive; a
// document says which one it belongs to.

// Limits of what a package says, in code points.
const (
	packageNameLen  = 80
	packageScopeLen = 2000
	checkLen        = 200
	mostChecks      = 50
)

// PackageBody makes a package, or changes the one with that ID: what is nil stays.
type PackageBody struct {
	ID          ID           `json:"id"`
	Name        *string      `json:"name,omitempty"`
	Scope       *string      `json:"scope,omitempty"`
	Responsible *string      `json:"responsible,omitempty"`
	From        *string      `json:"from,omitempty"` // a day, "" for none
	Until       *string      `json:"until,omitempty"`
	Checks      *[]CheckBody `json:"checks,omitempty"`
	Seen        ID           `json:"seen,omitempty"` // the Rev that it had; "" where it is made
}

// CheckBody is a line of a checklist.
type CheckBody struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
}

// PackageCheckBody ticks a line of a checklist, or takes the tick away.
type PackageCheckBody struct {
	Check ID   `json:"check"`
	Done  bool `json:"done"`
}

// PackageSignBody is the word of who is responsible that a package is done, with
// what was counted then: how many documents it had, all approved, and their hash
// (SHA-256, hex, of the documents' ids and what they were approved as).
type PackageSignBody struct {
	Package   ID     `json:"package"`
	Text      string `json:"text,omitempty"`
	Documents int    `json:"documents"`
	Hash      string `json:"hash"`
	Seen      ID     `json:"seen"`
}

// PackagePutBody says to which package a document belongs; "" to none.
type PackagePutBody struct {
	ID      ID `json:"id"`
	Package ID `json:"package"`
}

// PackageState is what the documents of a package have come to.
type PackageState struct {
	Documents int
	Approved  int    // of them, by an approval that holds
	Hash      string // of their ids and approvals
}

// SignedOff is the verdict on a package that is done.
const SignedOff Verdict = "sign"

func init() {
	register(kind{name: "package.set", keys: "package name scope responsible from until checks seen", version: 1, archive: true, least: Reviewer},
		preparePackage, applyPackage)
	register(kind{name: "package.check", keys: "package check done", version: 1, archive: true}, preparePackageCheck, applyPackageCheck)
	register(kind{name: "package.sign", keys: "package text seen", version: 1, archive: true}, prepareSign, applySign)
	register(kind{name: "package.reopen", keys: "package seen", version: 1, archive: true, least: Reviewer},
		func(c *Ctx, e *Edit) (*ItemBody, error) { return packageRef(c, e) },
		func(d *Document, op *Op, b *ItemBody) error {
			p, err := d.livePackage(b.Item)
			if err == nil && p.Decision == nil {
				err = Refuse("package-unsigned", "name", quoted(p.Key))
			}
			if err != nil {
				return err
			}
			d.edit(op, p, func(it *Item) { it.Decision, it.Confirmed = nil, "" })
			return nil
		})
	register(kind{name: "package.remove", keys: "package seen", version: 1, archive: true, least: Reviewer},
		func(c *Ctx, e *Edit) (*ItemBody, error) { return packageRef(c, e) },
		func(d *Document, op *Op, b *ItemBody) error {
			p, err := d.livePackage(b.Item)
			if err != nil {
				return err
			}
			d.edit(op, p, func(it *Item) { it.State = Withdrawn })
			return nil
		})
	register(kind{name: "package.put", keys: "doc package", version: 1, least: Reviewer}, preparePut, applyPut)
}

// Packages lists the packages of the archive in the order in which they were made.
func (d *Document) Packages() []*Item { return d.inForce(APackage) }

// Package finds a package by its id, the end of one, or its name; nil where there
// is none.
func (d *Document) Package(ref string) *Item {
	for _, it := range d.living(APackage) {
		if it.InForce() && (it.ID == ID(ref) || it.Key == ref || it.ID.MatchesEnd(ref)) {
			return it
		}
	}
	return nil
}

// Checks lists the lines of a package's checklist; one that is ticked has a
// Decision, which says by whom and when.
func (d *Document) Checks(p ID) []*Item {
	return slices.DeleteFunc(d.inForce(ACheck), func(it *Item) bool { return it.Key != string(p) })
}

// PackageDays are the days from which and until which a package is to be worked
// on; "" where one is open.
func (it *Item) PackageDays() (from, until string) {
	from, until, _ = strings.Cut(it.Source, "/")
	return from, until
}

// Membership is the item that says to which package the document belongs (Key:
// its id), or nil.
func (d *Document) Membership() *Item { return d.onlyOne(AMember) }

func (c *Ctx) packageNamed(e *Edit) (*Item, error) {
	if err := needString(e, "package", deref(e.Package)); err != nil {
		return nil, err
	}
	p, err := c.Doc.FindPackage(*e.Package)
	if err != nil {
		return nil, err
	}
	return p, c.Doc.fresh(e, p)
}

// FindPackage is Package, and refuses a reference that names none.
func (d *Document) FindPackage(ref string) (*Item, error) {
	if p := d.Package(ref); p != nil {
		return p, nil
	}
	return nil, Refuse("package-unknown", "name", quoted(ref))
}

func packageRef(c *Ctx, e *Edit) (*ItemBody, error) {
	p, err := c.packageNamed(e)
	if err != nil {
		return nil, err
	}
	return &ItemBody{p.ID}, nil
}

func (d *Document) livePackage(id ID) (*Item, error) {
	p := d.Item(id)
	if p == nil || p.What != APackage {
		return nil, Refuse("package-unknown", "name", quoted(id.Short()))
	}
	if !p.InForce() {
		return nil, Refuse("item-gone", "what", APackage, "id", id.Short(), "state", p.State)
	}
	return p, nil
}

func preparePackage(c *Ctx, e *Edit) (*PackageBody, error) {
	b := &PackageBody{ID: c.NewID()}
	var was *Item
	if e.Package != nil {
		p, err := c.packageNamed(e)
		if err != nil {
			return nil, err
		}
		b.ID, b.Seen, was = p.ID, p.Rev, p
	} else if err := needString(e, "name", e.Name); err != nil {
		return nil, err
	}
	if e.Name != "" {
		name := norm.NFC.String(strings.TrimSpace(e.Name))
		if !visible(name, packageNameLen) {
			return nil, Refuse("package-name", "name", quoted(name), "most", packageNameLen)
		}
		b.Name = &name
	}
	if e.Scope != nil {
		scope := strings.TrimSpace(*e.Scope)
		if n := len([]rune(scope)); n > packageScopeLen {
			return nil, Refuse("too-long", "key", "scope", "n", n, "most", packageScopeLen)
		}
		b.Scope = &scope
	}
	if e.Responsible != nil {
		who := strings.TrimSpace(*e.Responsible)
		b.Responsible = &who
	}
	var err error
	if b.From, err = dayOf("from", e.From); err != nil {
		return nil, err
	}
	if b.Until, err = dayOf("until", e.Until); err != nil {
		return nil, err
	}
	if e.Checks != nil {
		if b.Checks, err = c.checks(b.ID, *e.Checks); err != nil {
			return nil, err
		}
	}
	if was == nil && b.Responsible == nil {
		b.Responsible = &c.Actor // a package has exactly one, from the first
	}
	return b, nil
}

func dayOf(key string, s *string) (*string, error) {
	if s == nil {
		return nil, nil
	}
	d, err := day(key, *s)
	return &d, err
}

// checks are the lines of a checklist; one that says what a line said before
// stays that line, with its tick.
func (c *Ctx) checks(p ID, texts []string) (*[]CheckBody, error) {
	if len(texts) > mostChecks {
		return nil, Refuse("too-long", "key", "checks", "n", len(texts), "most", mostChecks)
	}
	old := map[string]ID{}
	for _, it := range c.Doc.Checks(p) {
		old[it.Text] = it.ID
	}
	out := []CheckBody{}
	for _, text := range texts {
		text = strings.TrimSpace(text)
		if !visible(text, checkLen) {
			return nil, Refuse("check-words", "most", checkLen)
		}
		if slices.ContainsFunc(out, func(b CheckBody) bool { return b.Text == text }) {
			return nil, Refuse("check-twice", "text", quoted(text))
		}
		id, there := old[text]
		if !there {
			id = c.NewID()
		}
		delete(old, text)
		out = append(out, CheckBody{id, text})
	}
	return &out, nil
}

// applyPackage makes or changes a package. One that was signed off and has
// another plan now is signed off no more.
func applyPackage(d *Document, op *Op, b *PackageBody) error {
	p := Item{ID: b.ID, What: APackage}
	was := d.Item(b.ID)
	if b.Seen != "" {
		live, err := d.livePackage(b.ID)
		if err != nil {
			return err
		}
		if live.Rev != b.Seen {
			return d.staleItem(live, b.Seen)
		}
		p = *live.Clone()
	} else if was != nil {
		return Refuse("package-there", "name", quoted(was.Key))
	}
	if b.Name != nil {
		if o := d.Package(*b.Name); o != nil && o.ID != b.ID {
			return Refuse("package-there", "name", quoted(*b.Name))
		}
		p.Key = *b.Name
	}
	if b.Scope != nil {
		p.Text = *b.Scope
	}
	if b.Responsible != nil {
		p.Detail = *b.Responsible
	}
	from, until := p.PackageDays()
	if b.From != nil {
		from = *b.From
	}
	if b.Until != nil {
		until = *b.Until
	}
	if p.Source = ""; from != "" || until != "" {
		p.Source = from + "/" + until
	}
	r := d.rulesFor(op)
	switch {
	case p.Key == "":
		return Refuse("missing", "do", op.Kind, "key", "name")
	case p.Detail == "":
		return Refuse("package-nobody")
	case from != "" && until != "" && until < from:
		return Refuse("package-days", "from", from, "until", until)
	}
	if err := r.member(p.Detail); err != nil {
		return err
	}
	if err := r.worker(p.Detail); err != nil {
		return err
	}
	checks := d.setChecks(op, b)
	switch {
	case was == nil:
		d.add(op, p)
	case !checks && was.Key == p.Key && was.Text == p.Text && was.Detail == p.Detail && was.Source == p.Source:
		return Refuse("unchanged")
	default:
		d.edit(op, was, func(it *Item) {
			it.Key, it.Text, it.Detail, it.Source = p.Key, p.Text, p.Detail, p.Source
			it.Decision, it.Confirmed = nil, ""
		})
	}
	return nil
}

// setChecks makes the checklist of a package what the body says, and tells
// whether that changed anything.
func (d *Document) setChecks(op *Op, b *PackageBody) (changed bool) {
	if b.Checks == nil {
		return false
	}
	keep := map[ID]bool{}
	for i, c := range *b.Checks {
		keep[c.ID] = true
		switch it := d.Item(c.ID); {
		case it == nil:
			d.add(op, Item{ID: c.ID, What: ACheck, Key: string(b.ID), Text: c.Text, Pos: i})
		case it.What != ACheck || it.InForce() && it.Pos == i:
			continue
		default:
			d.edit(op, it, func(it *Item) { it.State, it.Pos = Accepted, i })
		}
		changed = true
	}
	for _, it := range d.Checks(b.ID) {
		if !keep[it.ID] {
			d.edit(op, it, func(it *Item) { it.State = Withdrawn })
			changed = true
		}
	}
	return changed
}
