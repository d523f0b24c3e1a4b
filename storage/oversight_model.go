package storage

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	"fonds/storage/archive"
)

// OverseeOptions say for when the work is counted.
type OverseeOptions struct {
	Now  time.Time // whose time zone says when a day begins
	Days int       // how many days are looked at, today the last; 30 unless set

	// Progress is told of the steps; it may be nil.
	Progress func(done, total int)
}

// Oversight is what was done in an archive and is open. Names are those that
// people have now.
type Oversight struct {
	Today     string       // day for which it was counted, as 2026-11-30
	People    []PersonWork // by name
	Days      []DayWork    // the oldest first
	Kinds     Work         // of everybody, ever
	Packages  []PlaceWork  // as the archive lists them, then the documents of none
	Folders   []PlaceWork  // by path
	Rates     []Rate       // by author, then kind
	Proposals Ages         // of people
	Submitted Ages         // documents
	Reasons   []ReasonUse  // the most given first
}

// Work counts operations that took effect and were not taken back, by what they
// do.
type Work struct {
	Fields      int `json:"fields"`      // values set, and what a machine proposed taken or refused
	Tags        int `json:"tags"`        // put on and taken off
	Marks       int `json:"marks"`       // made, changed, confirmed, removed
	Corrections int `json:"corrections"` // proposed or made, withdrawn
	Notes       int `json:"notes"`       // notes, questions and answers
	Submitted   int `json:"submitted"`
	Returned    int `json:"returned"`
	Approved    int `json:"approved"`
	Decisions   int `json:"decisions"` // on proposals of people
	Samples     int `json:"samples"`
}

// countOf is where operations of a kind count, nil for those that are no work on a
// document.
func (w *Work) countOf(kind string) *int {
	switch kind {
	case "document.submit":
		return &w.Submitted
	case "document.return":
		return &w.Returned
	case "document.approve":
		return &w.Approved
	case "document.sample":
		return &w.Samples
	case "decide":
		return &w.Decisions
	}
	of, _, _ := strings.Cut(kind, ".")
	switch of {
	case "field", "value":
		return &w.Fields
	case "tag":
		return &w.Tags
	case "mark":
		return &w.Marks
	case "correction":
		return &w.Corrections
	case "note", "thread":
		return &w.Notes
	}
	return nil
}

// Edits is all that changed a description or a text, or said something on it.
func (w *Work) Edits() int { return w.Fields + w.Tags + w.Marks + w.Corrections + w.Notes }

// Steps is all that was decided on, and on the way there.
func (w *Work) Steps() int {
	return w.Submitted + w.Returned + w.Approved + w.Decisions + w.Samples
}

// All is everything.
func (w *Work) All() int { return w.Edits() + w.Steps() }

// PersonWork is what one person has done and has open.
type PersonWork struct {
	Name string `json:"name"`
	Work
	Assigned  int `json:"assigned"`  // documents that are theirs and not approved
	Overdue   int `json:"overdue"`   // of those
	Proposals int `json:"proposals"` // of theirs that wait
	Asked     int `json:"asked"`     // documents on which they have to answer or agree
}

// DayWork is what was done on a day.
type DayWork struct {
	Day string `json:"day"`
	Work
}

// PlaceWork is how far the documents of a package or a folder are.
type PlaceWork struct {
	Package   archive.ID `json:"package,omitempty"`
	Name      string     `json:"name"` // of the package, or the folder; "" for none
	Documents int        `json:"documents"`
	ToDo      int        `json:"to_do"` // new or in progress
	Submitted int        `json:"submitted"`
	Returned  int        `json:"returned"`
	Approved  int        `json:"approved"`
	Proposals int        `json:"proposals"` // of people and machines, that wait
	Overdue   int        `json:"overdue"`
}

func (p *PlaceWork) add(status archive.Status, n, proposals, overdue int) {
	p.Documents += n
	p.Proposals += proposals
	p.Overdue += overdue
	switch status {
	case archive.Submitted:
		p.Submitted += n
	case archive.Returned:
		p.Returned += n
	case archive.Approved:
		p.Approved += n
	default:
		p.ToDo += n
	}
}

// Rate is what became of one author's proposals of one kind that were decided on.
type Rate struct {
	Author   string       `json:"author"`
	What     archive.What `json:"what"`
	Approved int          `json:"approved"`
	Amended  int          `json:"amended"`
	Rejected int          `json:"rejected"`
	Settled  int          `json:"settled"` // amendments of theirs that were agreed to or not: no word on the first proposal
}

// Decided is of how many proposals Approved, Amended and Rejected are the parts.
func (r *Rate) Decided() int { return r.Approved + r.Amended + r.Rejected }

// Ages count what waits: under a day, a week, 30 days, longer.
type Ages [4]int

// All is how much waits.
func (a Ages) All() int { return a[0] + a[1] + a[2] + a[3] }

// The words that reasons were given with.
const (
	RejectedFor = "rejected"
	ReturnedFor = "returned"
)

// ReasonUse is a reason, for what it was given, and how often.
type ReasonUse struct {
	For    string `json:"for"`
	Reason string `json:"reason"`
	N      int    `json:"n"`
}

// defaultDays is how many days are looked at.
const defaultDays = 30

// overseer counts.
type overseer struct {
	Oversight
	now    time.Time
	first  time.Time // when the first of the days begins
	zone   *time.Location
	self   *archive.Document
	rules  *archive.Rules
	people map[string]*PersonWork
	dayNo  map[string]int
	rates  map[Rate]*Rate // by author and kind
	why    map[ReasonUse]int
	packs  map[archive.ID]*PlaceWork
	dirs   map[string]*PlaceWork
}

func newOversight(o OverseeOptions, self *archive.Document) *overseer {
	if o.Days <= 0 {
		o.Days = defaultDays
	}
	v := &overseer{now: o.Now, zone: o.Now.Location(), self: self, rules: self.Rules(), people: map[string]*PersonWork{}, dayNo: map[string]int{},
		rates: map[Rate]*Rate{}, why: map[ReasonUse]int{}, packs: map[archive.ID]*PlaceWork{}, dirs: map[string]*PlaceWork{}}
	v.Today = o.Now.Format(time.DateOnly)
	y, m, d := o.Now.Date()
	for i := o.Days - 1; i >= 0; i-- {
		day := time.Date(y, m, d-i, 0, 0, 0, 0, v.zone)
		if v.first.IsZero() {
			v.first = day
		}
		name := time.Date(y, m, d-i, 12, 0, 0, 0, time.UTC).Format(time.DateOnly) // midnight is not in every zone every day
		v.dayNo[name] = len(v.Days)
		v.Days = append(v.Days, DayWork{Day: name})
	}
	for _, name := range v.rules.People(archive.Archivist) {
		v.person(name)
	}
	for _, it := range self.Packages() {
		v.pack(it.ID)
	}
	return v
}

// day is which of the days a moment lies in, or -1.
func (v *overseer) day(at time.Time) int {
	if i, ok := v.dayNo[at.In(v.zone).Format(time.DateOnly)]; ok {
		return i
	}
	return -1
}

func (v *overseer) person(name string) *PersonWork {
	name = v.rules.Now(name)
	p := v.people[name]
	if p == nil {
		p = &PersonWork{Name: name}
		v.people[name] = p
	}
	return p
}

func (v *overseer) did(who, kind string, day, n int) {
	all := v.Kinds.countOf(kind)
	if all == nil {
		return
	}
	*all += n
	*v.person(who).countOf(kind) += n
	if day >= 0 {
		*v.Days[day].countOf(kind) += n
	}
}

func (v *overseer) decided(author string, what archive.What, verdict archive.Verdict, amends bool, n int) {
	key := Rate{Author: v.rules.Now(author), What: what}
	r := v.rates[key]
	if r == nil {
		r = &Rate{Author: key.Author, What: what}
		v.rates[key] = r
	}
	switch {
	case amends:
		r.Settled += n
	case verdict == archive.Amend:
		r.Amended += n
	case verdict == archive.Reject:
		r.Rejected += n
	default:
		r.Approved += n
	}
}

func (v *overseer) reason(what, words string, n int) {
	v.why[ReasonUse{For: what, Reason: strings.TrimSpace(words)}] += n
}

// asked notes that n documents wait for some names, of which several can be one
// person's.
func (v *overseer) asked(names []string, n int) {
	for i, name := range names {
		names[i] = v.rules.Now(name)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name != "" {
			v.person(name).Asked += n
		}
	}
}

// pack is the package of an id: one that is no more counts as none.
func (v *overseer) pack(id archive.ID) *PlaceWork {
	name := ""
	if it := v.self.Item(id); id != "" && it != nil && it.InForce() {
		name = it.Key
	} else {
		id = ""
	}
	if v.packs[id] == nil {
		v.packs[id] = &PlaceWork{Package: id, Name: name}
	}
	return v.packs[id]
}

func (v *overseer) place(pack archive.ID, folder string, status archive.Status, n, proposals, overdue int) {
	if v.dirs[folder] == nil {
		v.dirs[folder] = &PlaceWork{Name: folder}
	}
	v.dirs[folder].add(status, n, proposals, overdue)
	v.pack(pack).add(status, n, proposals, overdue)
}

// finish puts everything in its order.
func (v *overseer) finish() {
	for _, p := range v.people {
		v.People = append(v.People, *p)
	}
	sort.Slice(v.People, func(i, j int) bool { return v.People[i].Name < v.People[j].Name })
	for _, it := range v.self.Packages() {
		v.Packages = append(v.Packages, *v.packs[it.ID])
	}
	if rest := v.packs[""]; rest != nil {
		v.Packages = append(v.Packages, *rest)
	}
	for _, f := range v.dirs {
		v.Folders = append(v.Folders, *f)
	}
	sort.Slice(v.Folders, func(i, j int) bool { return v.Folders[i].Name < v.Folders[j].Name })
	for _, r := range v.rates {
		v.Rates = append(v.Rates, *r)
	}
	slices.SortFunc(v.Rates, func(a, b Rate) int {
		return cmp.Or(strings.Compare(a.Author, b.Author), cmp.Compare(placeOf(a.What), placeOf(b.What)))
	})
	for r, n := range v.why {
		r.N = n
		v.Reasons = append(v.Reasons, r)
	}
	slices.SortFunc(v.Reasons, func(a, b ReasonUse) int {
		return cmp.Or(b.N-a.N, strings.Compare(a.For, b.For), strings.Compare(a.Reason, b.Reason))
	})
}

// placeOf is that in which kinds of things are listed.
func placeOf(w archive.What) int {
	return slices.Index([]archive.What{archive.AValue, archive.ATag, archive.AMark, archive.ACorrection, archive.ASplit, archive.ARemoval}, w)
}
