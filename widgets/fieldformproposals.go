package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
)

// proposals are the ways between the form and the boxes of its proposals.
func (f *FieldForm) proposals() proposalOwner {
	return proposalOwner{
		proposed: f.words.Proposed, where: f.words.Where,
		covers: func() CoversFunc { return f.Covers },
		origin: f.words.origin,
		act:    func(b *proposalBox, act ProposalAct) { f.rowOf(b, func(r *fieldRow) { r.decide(b, act) }) },
		evidence: func(id string) {
			if f.OnEvidence != nil {
				f.OnEvidence(id)
			}
		},
		escape: func() {
			for _, r := range f.rows {
				if slices.ContainsFunc(r.proposals, func(p *proposalBox) bool { return p.focused }) {
					focus(f, r.values[0].entry)
					return
				}
			}
		},
		shortcut: func(b *proposalBox, s fyne.Shortcut) { f.rowOf(b, func(r *fieldRow) { r.shortcut(s, nil, b) }) },
		focused:  func(b *proposalBox) { f.rowOf(b, func(r *fieldRow) { r.reveal(b) }) },
	}
}

// Act does an act with a proposal as its box does, and reports whether it is
// there.
func (f *FieldForm) Act(proposalID, act string) bool {
	p := f.find(proposalID)
	if p == nil {
		return false
	}
	i := slices.IndexFunc(p.view.Acts, func(a ProposalAct) bool { return a.ID == act })
	if i >= 0 {
		f.own.act(p, p.view.Acts[i])
	}
	return i >= 0
}

// rowOf runs do with the row that shows a proposal; a box that is gone by now has
// none.
func (f *FieldForm) rowOf(b *proposalBox, do func(*fieldRow)) {
	for _, r := range f.rows {
		if slices.Contains(r.proposals, b) {
			do(r)
			return
		}
	}
}

// matchProposals reports whether there are other proposals than before.
func (r *fieldRow) matchProposals() (rebuilt bool) {
	old := make(map[string]*proposalBox, len(r.proposals))
	for _, p := range r.proposals {
		old[p.view.ID] = p
	}
	out := make([]*proposalBox, len(r.view.Proposals))
	for i, view := range r.view.Proposals {
		p := old[view.ID]
		if p == nil {
			p = newProposalBox(&r.form.own)
		}
		p.setView(view)
		out[i] = p
	}
	rebuilt = !slices.Equal(r.proposals, out)
	for _, p := range r.proposals {
		if p.focused && !slices.Contains(out, p) {
			focus(r.form, r.values[0].entry)
		}
	}
	r.proposals = out
	return rebuilt
}

// decide passes on what is done with a proposal. The focus goes to the field,
// since the proposal is about to go; what is typed there gives way to a value
// that is set by it.
func (r *fieldRow) decide(p *proposalBox, act ProposalAct) {
	first := r.values[0].entry
	if r.form.fixed {
		return
	}
	if act.Sets && !r.view.Repeatable && first.Dirty() {
		first.cancel()
	}
	focus(r.form, first)
	if r.form.OnAct != nil {
		r.form.OnAct(p.view.ID, act.ID)
	}
}
