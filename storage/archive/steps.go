package archive

import "slices"

// Step is one line of the table of states: who may take a thing from one state
// into another, by which act. The code walks this table and nothing else, and
// the manual prints it.
type Step struct {
	Act   string   // what is done: a key of the words for it
	From  []string // states of the item or statuses of the document; none: it is made
	To    string
	Whose Whose
	When  When
	Least Role
	Note  string // key of what else there is to know, "" for nothing
}

// Whose says whose work a step is about.
type Whose string

// Whose work a step can be about.
const (
	Anyones     Whose = ""             // of anybody
	Machines    Whose = "machine"      // a machine's proposal
	Own         Whose = "own"          // of the one who takes the step
	Others      Whose = "others"       // of somebody else; with four eyes off one's own too
	FirstAuthor Whose = "first author" // a reviewer's amendment of one's own
)

// When says under which policy a step is taken.
type When string

// The policies that a step can ask for.
const (
	Always   When = ""
	Reviewed When = "review"    // the policy asks for a decision on such things
	Direct   When = "no review" // it does not
)

// The acts of the table.
const (
	ActImport   = "import"
	ActMake     = "make"
	ActTake     = "take"
	ActRefuse   = "refuse"
	ActEdit     = "edit"
	ActReplace  = "replace"
	ActWithdraw = "withdraw"
	ActApprove  = "approve"
	ActAgree    = "agree"
	ActReject   = "reject"
	ActAmend    = "amend"

	ActChange  = "change"
	ActRevive  = "revive"
	ActSubmit  = "submit"
	ActRecall  = "recall"
	ActReturn  = "return"
	ActRemove  = "remove"
	ActRestore = "restore"
	ActDestroy = "destroy"
)

// ItemSteps are the states of a value, a tag, a mark, a correction (ARCHIVE.md,
// "People, states, what is in force").
var ItemSteps = []Step{
	{ActImport, nil, "proposed", Machines, Always, Archivist, ""},
	{ActMake, nil, "accepted", Anyones, Direct, Archivist, ""},
	{ActMake, nil, "proposed", Anyones, Reviewed, Archivist, "old-stays"},
	{ActTake, []string{"proposed"}, "accepted", Machines, Direct, Archivist, "taker-authors"},
	{ActTake, []string{"proposed"}, "proposed", Machines, Reviewed, Archivist, "taker-authors"},
	{ActRefuse, []string{"proposed"}, "rejected", Machines, Always, Archivist, ""},
	{ActEdit, []string{"accepted"}, "accepted", Anyones, Direct, Archivist, "editor-authors"},
	{ActEdit, []string{"accepted"}, "accepted", Anyones, Reviewed, Archivist, "replacement-proposed"},
	{ActEdit, []string{"proposed"}, "proposed", Own, Always, Archivist, ""},
	{ActWithdraw, []string{"accepted"}, "withdrawn", Anyones, Direct, Archivist, ""},
	{ActWithdraw, []string{"accepted"}, "accepted", Anyones, Reviewed, Archivist, "removal-proposed"},
	{ActWithdraw, []string{"proposed"}, "withdrawn", Own, Always, Archivist, ""},
	{ActApprove, []string{"proposed"}, "accepted", Others, Always, Reviewer, "replaced-superseded"},
	{ActAgree, []string{"proposed"}, "accepted", FirstAuthor, Always, Archivist, "replaced-superseded"},
	{ActReject, []string{"proposed"}, "rejected", Others, Always, Reviewer, "reason"},
	{ActAmend, []string{"proposed"}, "superseded", Others, Always, Reviewer, "amender-authors"},
	{ActReplace, []string{"accepted"}, "superseded", Anyones, Always, Archivist, "by-in-force"},
	{ActReplace, []string{"proposed"}, "superseded", Own, Always, Archivist, "by-own"},
	{ActReplace, []string{"proposed"}, "superseded", Machines, Always, Archivist, "same-words"},
	{ActReplace, []string{"proposed"}, "superseded", Anyones, Direct, Archivist, "same-words"},
}

// DocumentSteps are the statuses of a document.
var DocumentSteps = []Step{
	{ActImport, nil, "new", Anyones, Always, Archivist, ""},
	{ActChange, []string{"new"}, "in progress", Anyones, Always, Archivist, ""},
	{ActSubmit, []string{"new", "in progress", "returned"}, "submitted", Anyones, Always, Archivist, ""},
	{ActRecall, []string{"submitted"}, "in progress", Own, Always, Archivist, ""},
	{ActReturn, []string{"in progress", "submitted", "approved"}, "returned", Anyones, Always, Reviewer, "reason"},
	{ActApprove, []string{"new", "in progress", "submitted", "returned"}, "approved", Others, Always, Reviewer, "nothing-open"},
	{ActChange, []string{"approved"}, "in progress", Anyones, Always, Archivist, "stale"},
	{ActRevive, []string{"in progress"}, "approved", Anyones, Always, Archivist, "revived"},
	{ActRemove, []string{"new", "in progress", "submitted", "returned", "approved"}, "removed", Anyones, Always, Archivist, "hidden"},
	{ActRestore, []string{"removed"}, "as before", Anyones, Always, Archivist, ""},
	{ActDestroy, []string{"new", "in progress", "submitted", "returned", "approved", "removed"}, "destroyed", Anyones, Always, Owner, "erased"},
}

// made is the state that something new of a kind begins in.
func made(r *Rules, w What, key string) State {
	when := Direct
	if r.Reviews(w, key) {
		when = Reviewed
	}
	for _, s := range ItemSteps {
		if s.Act == ActMake && s.When == when {
			return State(s.To)
		}
	}
	panic("archive: the table of states has no beginning")
}

// step finds the line of the table by which who may do act with an item, or
// refuses it and says who could.
func step(r *Rules, act string, it *Item, who string) (*Step, error) {
	no := Refuse("item-gone", "what", it.What, "id", it.ID.Short(), "state", it.State)
	for i := range ItemSteps {
		s := &ItemSteps[i]
		if s.Act != act || !slices.Contains(s.From, string(it.State)) {
			continue
		}
		if s.When != Always && (s.When == Reviewed) != r.Reviews(it.What, it.Key) {
			continue
		}
		err := s.allows(r, it, who)
		if err == nil {
			return s, nil
		}
		no = err
	}
	return nil, no
}

// allows refuses a step about another one's work, or beyond one's role.
func (s *Step) allows(r *Rules, it *Item, who string) error {
	switch {
	case s.Whose == Machines && it.By != "":
		return Refuse("persons", "what", it.What, "by", it.By)
	case s.Whose == Own && it.By == "", s.Whose == Others && it.By == "", s.Whose == FirstAuthor && it.By == "":
		return Refuse("machines", "what", it.What)
	case s.Whose == Own && !r.Same(it.By, who):
		return Refuse("not-yours", "what", it.What, "by", it.By, "can", r.names(Reviewer, it.By))
	case s.Whose == FirstAuthor && (!r.Same(it.First, who) || r.Same(it.By, who)):
		return Refuse("not-amended", "what", it.What, "by", it.First)
	}
	if err := r.need(who, s.Least); err != nil {
		return err
	}
	if s.Whose == Others && r.Same(it.By, who) {
		return r.another(who)
	}
	return nil
}

// documentStep is step for a document; by is whose the work is that it is about.
func documentStep(r *Rules, act string, now Status, who, by string) (*Step, error) {
	var from []string
	for i := range DocumentSteps {
		s := &DocumentSteps[i]
		if s.Act != act {
			continue
		}
		if err := r.need(who, s.Least); err != nil {
			return nil, err
		}
		if !slices.Contains(s.From, string(now)) {
			from = append(from, s.From...)
			continue
		}
		if s.Whose == Own && !r.Same(by, who) {
			return nil, Refuse("not-yours", "what", "document", "by", by, "can", r.names(Reviewer, by))
		}
		return s, nil
	}
	return nil, Refuse("doc-status", "now", now, "from", joinStates(from))
}
