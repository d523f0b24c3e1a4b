package session

import (
	"errors"
	"slices"

	"fonds/app/i18n"
	"fonds/storage"
	"fonds/storage/archive"
)

// acts are what can be done with an open proposal, what is most likely wanted
// first. Agreeing is approving by who wrote it first.
var acts = []string{archive.ActTake, archive.ActAgree, archive.ActApprove, archive.ActRefuse, archive.ActReject,
	archive.ActAmend, archive.ActWithdraw}

// Rules are those of the open archive now, nil while they are not read yet.
func (s *Session) Rules() *archive.Rules {
	if s.self == nil {
		return nil
	}
	return s.self.Rules()
}

// May says whether who is working may do act with an item, by the archive's
// table of states; where not, why, and who could.
func (s *Session) May(act string, it *archive.Item) error {
	r, err := s.able()
	if r == nil || err != nil {
		return err
	}
	return r.May(act, it, s.actor)
}

// MayDocument is May for a step of the document that is shown.
func (s *Session) MayDocument(act string) error {
	r, err := s.able()
	if r == nil || err != nil || s.doc == nil {
		return err
	}
	return s.doc.May(r, act, s.actor)
}

// able is why nothing at all can be changed now, else the rules; both nil while
// they are not known: then the archive itself refuses what is not allowed.
func (s *Session) able() (*archive.Rules, error) {
	switch ro, _ := s.ReadOnly(); {
	case ro:
		return nil, storage.ErrReadOnly
	case s.actor == "":
		return nil, archive.Refuse("no-actor")
	}
	return s.Rules(), nil
}

// Acts lists what who is working may do with an open proposal, by the archive's
// table of states, the likeliest first.
func (s *Session) Acts(it *archive.Item) []string {
	out := []string{}
	for _, act := range acts {
		switch {
		case act == archive.ActApprove && slices.Contains(out, archive.ActAgree), // the same
			act == archive.ActAmend && (it.What == archive.ARemoval || it.What == archive.ASplit):
			continue
		}
		if s.May(act, it) == nil {
			out = append(out, act)
		}
	}
	return out
}

// Waits says who can decide on a proposal that who is working cannot decide on;
// "" where they can.
func (s *Session) Waits(it *archive.Item) string {
	act := archive.ActApprove
	if it.By == "" {
		act = archive.ActTake
	}
	err := s.May(act, it)
	if err == nil || s.May(archive.ActAgree, it) == nil {
		return ""
	}
	var r *archive.Refusal
	if errors.As(err, &r) && (r.Code == "role" || r.Code == "four-eyes") {
		return i18n.T("proposal.waits", "can", words(r)["can"])
	}
	return Words(err)
}

// Decide does an act of Acts with an open proposal, as one who has seen it as it
// is; text is the reason of a rejection, or what an amendment says. done (nil is
// allowed) is told when it is in the file, or why not.
func (s *Session) Decide(it *archive.Item, act, text string, done func(error)) {
	if s.doc == nil {
		return
	}
	if it.What == archive.ATag {
		delete(s.expects, tagKey{s.doc.ID, it.Key})
	}
	s.Apply(told(done), s.decision(s.doc.ID, it, act, text))
}

// decision is the edit of an act with an open proposal of a document.
func (s *Session) decision(doc archive.ID, it *archive.Item, act, text string) *archive.Edit {
	e := &archive.Edit{Do: "decide", Doc: string(doc)}
	seen := []archive.ID{it.Rev}
	switch act {
	case archive.ActTake, archive.ActRefuse:
		s.ofMachine(e, it, act, text)
	case archive.ActWithdraw:
		e.Do, e.On, e.Seen = "proposal.withdraw", string(it.ID), &seen
	default:
		e.On, e.Verdict, e.Seen = string(it.ID), act, &seen
		switch act {
		case archive.ActReject:
			e.Reason = text
		case archive.ActAmend:
			e.Text = &text
			if it.What == archive.AMark { // its words stay, its label is another
				e.Text, e.Label = nil, text
			}
		}
	}
	return e
}

// ofMachine makes e take or refuse a machine's proposal; text is what it shall say
// instead, "" for what it says.
func (s *Session) ofMachine(e *archive.Edit, it *archive.Item, act, text string) {
	switch {
	case it.What == archive.AValue && act == archive.ActTake:
		e.Do, e.Value, e.Replace = "value.take", string(it.ID), !s.Field(it.Key).Repeatable
		return
	case it.What == archive.AValue:
		e.Do, e.Value = "value.refuse", string(it.ID)
		return
	case act == archive.ActRefuse:
		e.Do = "proposal.refuse"
	case it.What == archive.ASplit:
		e.Do = archive.SplitKind
	default:
		e.Do = "proposal.take"
		if text != "" {
			e.Text = &text
		}
	}
	e.On, e.Seen = string(it.ID), &[]archive.ID{it.Rev}
}

// ReplacedWords are the words of what a proposal would take the place of, as it
// stands in force now; none for what is added.
func (d *Doc) ReplacedWords(it *archive.Item) []string {
	if it.What == archive.ACorrection {
		return []string{it.Source}
	}
	var out []string
	for _, id := range it.Replaces {
		o := d.Item(id)
		switch {
		case o == nil || !o.InForce() || it.What == archive.ARemoval:
		case o.What == archive.AMark:
			out = append(out, LabelWords(o.Key))
		case o.What == archive.ATag:
			out = append(out, o.Key)
		case o.What == archive.AValue:
			out = append(out, ValueWords(o.Text))
		default:
			out = append(out, o.Text)
		}
	}
	return out
}

// wants says whether a document has a tag as who is working would have it: their
// own proposals count as decided.
func (s *Session) wants(tag string) bool {
	for _, it := range s.doc.Items {
		if it.What == archive.ATag && it.Key == tag && it.Open() && s.Rules().Same(it.By, s.actor) {
			return true
		}
	}
	it := s.doc.Tag(tag)
	if it == nil {
		return false
	}
	r := s.doc.Removing(it.ID)
	return r == nil || !s.Rules().Same(r.By, s.actor)
}
