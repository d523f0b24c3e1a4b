package archive

// May says whether who may do act with an item now, by the table of states;
// where not, it refuses and says who could.
func (r *Rules) May(act string, it *Item, who string) error {
	_, err := step(r, act, it, who)
	return err
}

// May says whether who may take the document a step further under rules r, by
// the table of statuses; where not, it refuses and says who could.
func (d *Document) May(r *Rules, act, who string) error {
	if _, err := d.step(r, act, who); err != nil {
		return err
	}
	if act == ActApprove {
		_, err := d.approvable(r, who, d.ContentHash())
		return err
	}
	return nil
}

// Standing is the step of the work that the document stands at, as Submitted or
// Removed, or nil where nobody has taken one. A stale approval still is one.
func (d *Document) Standing() *Item {
	if it := d.removal(); it != nil {
		return it
	}
	return d.standingStatus()
}

// Removing is the open proposal to take an item away, or nil.
func (d *Document) Removing(id ID) *Item {
	for _, it := range d.living(ARemoval) {
		if it.Open() && contains(it.Replaces, id) {
			return it
		}
	}
	return nil
}

// RejectedOf is who's proposal for a field that a reviewer has rejected, if who
// has put nothing there since; else nil.
func (d *Document) RejectedOf(r *Rules, field, who string) *Item {
	var last *Item
	for _, it := range d.Items {
		if it.What == AValue && it.Key == field && (r.Same(it.By, who) || r.Same(it.First, who)) {
			last = it // items are in the order in which they were made
		}
	}
	if last == nil || last.State != Rejected || last.Decision == nil {
		return nil
	}
	return last
}

// MayOwn says whether who may change people, rules and settings; where not, it
// refuses and says who could.
func (r *Rules) MayOwn(who string) error { return r.need(who, Owner) }
