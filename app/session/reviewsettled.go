package session

import (
	"slices"
	"strings"

	"fonds/storage"
	"fonds/storage/archive"
)

// This file holds on to what the queue of proposals would pass by: a document whose
// last proposal was just decided on, which waits for its own approval; and a proposal
// that somebody else has decided on while it was looked at.

// settles goes on after a proposal was decided on: to its document, where that was
// the last proposal and the document is submitted; else to the next proposal.
func (r *Review) settles(d *Doc, p storage.Place, act string) {
	if act == archive.ActAmend || d.Proposals() != 1 || d.Status() != archive.Submitted {
		r.drop(p)
		return
	}
	if i := r.find(p); i >= 0 {
		r.places = slices.Delete(slices.Clone(r.places), i, i+1)
	}
	if r.wanted == p {
		r.wanted, r.at = storage.Place{Doc: p.Doc}, -1
		r.open(r.wanted)
	}
	r.s.emit(ReviewChanged{})
}

// settled says whether a document waits for its approval, and who is working is one
// who gives approvals: of whoever wrote some of it another has to.
func (r *Review) settled(d *Doc) bool {
	rules, err := r.s.able()
	return err == nil && rules != nil && d.Proposals() == 0 && d.Status() == archive.Submitted && d.May(rules, archive.ActReturn, r.s.actor) == nil
}

// Settled is the document that is shown in the place of a proposal, because all in it
// is decided and it waits for its approval; nil for none.
func (r *Review) Settled() *Doc {
	if r.ofDocument() && r.doc != nil && r.doc.ID == r.wanted.Doc && r.doc.Proposals() == 0 {
		return r.doc
	}
	return nil
}

// ofDocument says whether a document is chosen, and no proposal in it.
func (r *Review) ofDocument() bool { return r.wanted.ID == "" && r.wanted.Doc != "" }

// shows says whether the proposal of a place is what is shown.
func (r *Review) shows(p storage.Place) bool {
	return p.ID != "" && r.wanted == p && r.doc != nil && r.doc.ID == p.Doc && r.doc.Item(p.ID) != nil
}

// hold lets what is shown stand although it waits no longer: a key that is meant for
// it must not decide on another that nobody has looked at.
func (r *Review) hold(p storage.Place) {
	if i := r.find(p); i >= 0 {
		r.places = slices.Delete(slices.Clone(r.places), i, i+1)
	}
	r.at = -1
	r.s.emit(ReviewChanged{})
}

// Move goes so many proposals on, or back where by is negative.
func (r *Review) Move(by int) {
	if r.at >= 0 || r.wanted == (storage.Place{}) {
		r.Choose(r.at + by)
		return
	}
	at, _ := slices.BinarySearchFunc(r.places, r.wanted, comparePlaces) // what is shown is not among them
	if by < 0 {
		at--
	}
	if len(r.places) == 0 {
		r.wanted, r.doc = storage.Place{}, nil
		r.s.emit(ReviewChanged{})
		r.s.emit(ReviewOpened{})
		return
	}
	r.Choose(min(max(at, 0), len(r.places)-1))
}

// comparePlaces is the order of the queue.
func comparePlaces(a, b storage.Place) int {
	if c := strings.Compare(string(a.Doc), string(b.Doc)); c != 0 {
		return c
	}
	return strings.Compare(string(a.ID), string(b.ID))
}
