package archive

import "strings"

// This file ticks the checklist of a work package, signs it off, and says which
// documents belong to it.

func preparePackageCheck(c *Ctx, e *Edit) (*PackageCheckBody, error) {
	if err := needString(e, "check", e.Check); err != nil {
		return nil, err
	}
	done, err := need(e, "done", e.Done)
	if err != nil {
		return nil, err
	}
	for _, it := range c.Doc.living(ACheck) {
		in := e.Package == nil
		if !in {
			p := c.Doc.Package(*e.Package)
			in = p != nil && it.Key == string(p.ID)
		}
		if it.InForce() && in && (it.ID == ID(e.Check) || it.Text == e.Check || it.ID.MatchesEnd(e.Check)) {
			return &PackageCheckBody{it.ID, done}, nil
		}
	}
	return nil, Refuse("item-not-found", "what", ACheck, "id", e.Check)
}

func applyPackageCheck(d *Document, op *Op, b *PackageCheckBody) error {
	it := d.Item(b.Check)
	if it == nil || it.What != ACheck {
		return Refuse("item-not-found", "what", ACheck, "id", b.Check.Short())
	}
	if !it.InForce() {
		return Refuse("item-gone", "what", ACheck, "id", it.ID.Short(), "state", it.State)
	}
	p, err := d.livePackage(ID(it.Key))
	switch {
	case err != nil:
		return err
	case p.Decision != nil:
		return Refuse("package-signed", "name", quoted(p.Key), "who", p.Decision.By)
	case (it.Decision != nil) == b.Done:
		return Refuse("unchanged")
	}
	d.edit(op, it, func(it *Item) {
		it.Decision = nil
		if b.Done {
			it.Decision = &Decision{By: op.Actor, At: op.Clock, Verdict: "done"}
		}
	})
	return nil
}

// prepareSign refuses to sign off what is not done: the documents are counted in
// the transaction that writes the word down.
func prepareSign(c *Ctx, e *Edit) (*PackageSignBody, error) {
	p, err := c.packageNamed(e)
	if err != nil {
		return nil, err
	}
	b := &PackageSignBody{Package: p.ID, Text: strings.TrimSpace(deref(e.Text)), Seen: p.Rev}
	if err := mayApplySign(c.Doc, c.Rules, p, c.Actor); err != nil {
		return nil, err
	}
	st, err := c.Package(p.ID)
	switch {
	case err != nil:
		return nil, err
	case st.Documents == 0:
		return nil, Refuse("package-empty", "name", quoted(p.Key))
	case st.Approved < st.Documents:
		return nil, Refuse("package-open", "name", quoted(p.Key), "n", st.Documents-st.Approved, "all", st.Documents)
	}
	b.Documents, b.Hash = st.Documents, st.Hash
	return b, nil
}

// mayApplySign is what the archive itself can say on signing a package off.
func mayApplySign(d *Document, r *Rules, p *Item, who string) error {
	if !r.Same(p.Detail, who) && r.need(who, Owner) != nil {
		return Refuse("package-not-yours", "name", quoted(p.Key), "who", p.Detail)
	}
	if p.Decision != nil {
		return Refuse("package-signed", "name", quoted(p.Key), "who", p.Decision.By)
	}
	open := 0
	for _, it := range d.Checks(p.ID) {
		if it.Decision == nil {
			open++
		}
	}
	if open > 0 {
		return Refuse("package-unticked", "name", quoted(p.Key), "n", open)
	}
	return nil
}

func applySign(d *Document, op *Op, b *PackageSignBody) error {
	p, err := d.livePackage(b.Package)
	if err != nil {
		return err
	}
	if p.Rev != b.Seen {
		return d.staleItem(p, b.Seen)
	}
	if err := mayApplySign(d, d.rulesFor(op), p, op.Actor); err != nil {
		return err
	}
	d.edit(op, p, func(it *Item) {
		it.Decision = &Decision{By: op.Actor, At: op.Clock, Verdict: SignedOff, Reason: b.Text}
		it.Confirmed = itoa(b.Documents) + " " + b.Hash
	})
	return nil
}

// SignedState is what was counted when a package was signed off: its documents,
// all of them approved, and their hash; zero where it is not.
func (it *Item) SignedState() PackageState {
	n, hash, ok := strings.Cut(it.Confirmed, " ")
	if it.What != APackage || !ok {
		return PackageState{}
	}
	st := PackageState{Hash: hash}
	for _, c := range n {
		st.Documents = st.Documents*10 + int(c-'0')
	}
	st.Approved = st.Documents
	return st
}

func preparePut(c *Ctx, e *Edit) (*PackagePutBody, error) {
	ref, err := need(e, "package", e.Package)
	if err != nil {
		return nil, err
	}
	b := &PackagePutBody{ID: c.NewID()}
	if ref = strings.TrimSpace(ref); ref != "" {
		p, err := c.Self.FindPackage(ref)
		if err != nil {
			return nil, err
		}
		b.Package = p.ID
	}
	now := c.Doc.Membership()
	if now == nil && b.Package == "" || now != nil && now.Key == string(b.Package) {
		return nil, Refuse("unchanged")
	}
	return b, nil
}

func applyPut(d *Document, op *Op, b *PackagePutBody) error {
	if now := d.Membership(); now != nil {
		d.edit(op, now, func(it *Item) { it.State = Superseded })
	}
	if b.Package != "" {
		d.add(op, Item{ID: b.ID, What: AMember, Key: string(b.Package)})
	}
	return nil
}
