package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// StatusBody takes a document a step further; Hash is that of the content which
// is approved.
type StatusBody struct {
	ID     ID     `json:"id"`
	Reason string `json:"reason,omitempty"`
	Hash   string `json:"hash,omitempty"`
}

func init() {
	for name, act := range map[string]string{"document.submit": ActSubmit, "document.recall": ActRecall,
		"document.return": ActReturn, "document.approve": ActApprove, "document.remove": ActRemove, "document.restore": ActRestore} {
		register(kind{name: name, keys: "doc reason", version: 1, hidden: act == ActRestore},
			func(c *Ctx, e *Edit) (*StatusBody, error) { return prepareStatus(c, e, act) },
			func(d *Document, op *Op, b *StatusBody) error { return applyStatus(d, op, b, act) })
	}
}

func prepareStatus(c *Ctx, e *Edit, act string) (*StatusBody, error) {
	why, err := reason(e)
	if err != nil {
		return nil, err
	}
	b := &StatusBody{ID: c.NewID(), Reason: why}
	if act == ActReturn && b.Reason == "" {
		return nil, Refuse("reason-needed", "do", e.Do)
	}
	if act == ActApprove {
		b.Hash = c.Doc.ContentHash()
	}
	return b, nil
}

func applyStatus(d *Document, op *Op, b *StatusBody, act string) error {
	r, now := d.rulesFor(op), d.standingStatus()
	if d.Info == nil {
		return Refuse("doc-not-found", "doc", d.ID.Short())
	}
	s, err := d.step(r, act, op.Actor)
	if err != nil {
		return err
	}
	alone := false
	if act == ActApprove {
		if alone, err = d.approvable(r, op.Actor, b.Hash); err != nil {
			return err
		}
	}
	if act == ActRestore {
		d.edit(op, d.removal(), func(it *Item) { it.State = Withdrawn })
		return nil
	}
	if now != nil && act != ActRemove {
		d.edit(op, now, func(it *Item) { it.State = Superseded })
	}
	it := Item{ID: b.ID, What: AStatus, Key: s.To, Text: b.Reason, Source: b.Hash}
	if act == ActApprove {
		it.Decision = &Decision{By: op.Actor, At: op.Clock, Verdict: Approve, Alone: alone}
	}
	d.add(op, it)
	return nil
}

// step is what becomes of the document by act of who, under rules r.
func (d *Document) step(r *Rules, act, who string) (*Step, error) {
	by := ""
	if now := d.standingStatus(); now != nil {
		by = now.By
	}
	return documentStep(r, act, d.Status(), who, by)
}

// approvable refuses to approve a document with open proposals, one that reads
// otherwise than the approver saw, or one's own work; alone says that it is
// one's own, and four eyes are off.
func (d *Document) approvable(r *Rules, who, hash string) (alone bool, err error) {
	if n := d.Proposals(); n > 0 {
		return false, Refuse("doc-open", "n", n)
	}
	if hash != d.ContentHash() {
		return false, Refuse("stale", "who", d.lastBy(), "now", "another content", "seen", "an older one")
	}
	if d.wrote(r, who) {
		return true, r.another(who)
	}
	return false, nil
}

// endOwnApproval ends an approval that would hold again though its giver has come to
// be an author of the content: who sets another's words anew makes them their own.
// An undo brings back their author with the words, and so the approval.
func (d *Document) endOwnApproval(op *Op) {
	it := d.standingStatus()
	if it == nil || it.Key != string(Approved) || it.Decision == nil || it.Decision.Alone ||
		!slices.ContainsFunc(d.changes, func(c Change) bool { return c.After != nil && c.After.decidable() }) {
		return
	}
	r := d.rulesFor(op)
	if d.wrote(r, it.By) && it.Source == d.ContentHash() && r.another(it.By) != nil {
		d.edit(op, it, func(it *Item) { it.State = Superseded })
	}
}

// lastBy is who changed the document last.
func (d *Document) lastBy() string {
	var last ID
	who := ""
	for _, it := range d.Items {
		if it.Rev > last {
			last, who = it.Rev, it.RevBy
		}
	}
	return who
}

// authored says whether what who did to an item is part of the content:
// something that who wrote is in force, whoever has approved it, or something of
// another that was is not, by who's own hand.
func (it *Item) authored(r *Rules, who string) bool {
	if !it.decidable() || it.What == ARemoval {
		return false
	}
	if it.InForce() { // whoever agreed to an amendment of their own words wrote them too
		return r.Same(it.By, who) || it.First != "" && r.Same(it.First, who)
	}
	return it.State == Withdrawn && r.Same(it.RevBy, who) && !r.Same(it.By, who) && it.By != ""
}

// standingStatus is the latest step that the document has taken and not gone
// back from, other than being removed; or nil.
func (d *Document) standingStatus() *Item {
	steps := d.living(AStatus)
	for i := len(steps) - 1; i >= 0; i-- {
		if it := steps[i]; it.InForce() && it.Key != string(Removed) {
			return it
		}
	}
	return nil
}

// removal is the item that hides the document, or nil.
func (d *Document) removal() *Item {
	for _, it := range d.living(AStatus) {
		if it.InForce() && it.Key == string(Removed) {
			return it
		}
	}
	return nil
}

// Approval is the latest approval of the document that nobody has gone back
// from, and whether it holds: its content is still what was approved.
func (d *Document) Approval() (it *Item, holds bool) {
	it = d.standingStatus()
	if it == nil || it.Key != string(Approved) {
		return nil, false
	}
	return it, it.Source == d.ContentHash()
}

// Status is how far the work on the document is: new until a person has touched
// anything of it. An approval counts while the content is what was approved.
func (d *Document) Status() Status {
	if d.removal() != nil {
		return Removed
	}
	if it := d.standingStatus(); it != nil && it.Key != string(InProgress) {
		if it.Key != string(Approved) || it.Source == d.ContentHash() {
			return Status(it.Key)
		}
		return InProgress
	}
	for _, it := range d.Items {
		if (it.By != "" || it.RevBy != "") && !it.beside() && !(it.What == AStatus && it.State != Accepted && it.Key == string(Removed)) {
			return InProgress
		}
	}
	return New
}

// beside says whether an item is no work on the document: where else it was found,
// who is to work on it, what was asked about it, what a sample of it found.
func (it *Item) beside() bool {
	switch it.What {
	case AFurniture, AnOrigin, AThread, AReply, AnAssignment, AMember, ASample, APlace, ABelonging:
		return true
	}
	return false
}

// content is what an approval is given to, in the order of its hash.
type content struct {
	Original    string        `json:"original"` // SHA-256
	Text        int           `json:"text"`     // number of the source text, which never changes
	Values      []contentItem `json:"values"`
	Tags        []contentItem `json:"tags"`
	Marks       []contentItem `json:"marks"`
	Corrections []contentItem `json:"corrections"`
	Parts       []contentItem `json:"parts,omitempty"`     // that are documents of their own, by place
	Order       []ID          `json:"order,omitempty"`     // of them, where it is another
	Furniture   []contentItem `json:"furniture,omitempty"` // that can be left out of what is published
}

type contentItem struct {
	ID     ID      `json:"id,omitempty"`
	Key    string  `json:"key,omitempty"`
	Text   string  `json:"text,omitempty"`
	Detail string  `json:"detail,omitempty"`
	Anchor *Anchor `json:"anchor,omitempty"`
}

// ContentHash is the SHA-256, in hex, of what is in force: text, values, tags by
// id, marks, corrections, parts, their order and furniture; not notes (ARCHIVE.md, "An approval").
func (d *Document) ContentHash() string {
	if d.Info == nil {
		return ""
	}
	c := content{Original: d.Info.SHA256, Text: d.Info.Text}
	for _, it := range d.inForce(AValue) {
		c.Values = append(c.Values, contentItem{Key: it.Key, Text: it.Text, Detail: it.Detail, Anchor: it.Anchor})
	}
	for _, it := range d.inForce(ATag) {
		c.Tags = append(c.Tags, contentItem{ID: it.ID, Key: it.Key})
	}
	for _, it := range d.inForce(AMark) {
		c.Marks = append(c.Marks, contentItem{Key: it.Key, Text: it.Text, Detail: it.Detail, Anchor: it.Anchor})
	}
	for _, it := range d.inForce(ACorrection) {
		c.Corrections = append(c.Corrections, contentItem{Text: it.Text, Anchor: it.Anchor})
	}
	for _, it := range d.inForce(ASplit) {
		c.Parts = append(c.Parts, contentItem{Text: it.Text, Anchor: it.Anchor})
	}
	if chosen := partIDs(d.PartsInOrder()); !sameIDs(chosen, partIDs(d.Parts())) {
		c.Order = chosen
	}
	for _, it := range d.inForce(AFurniture) {
		c.Furniture = append(c.Furniture, contentItem{Anchor: it.Anchor})
	}
	body, err := Canonical(c)
	if err != nil {
		panic("archive: content holds strings and integers only: " + err.Error())
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// joinStates is a list of states, each once.
func joinStates(states []string) string {
	slices.Sort(states)
	return strings.Join(slices.Compact(states), ", ")
}
