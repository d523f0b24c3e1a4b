package archive

import (
	"slices"
	"sort"
	"strings"
)

// Review says what of a person's work waits for a second person (ARCHIVE.md,
// "People, states, what is in force").
type Review string

// The policies of an archive.
const (
	ReviewNone        Review = "none"        // what a person does is in force at once
	ReviewCorrections Review = "corrections" // corrections wait for a decision
	ReviewEverything  Review = "everything"  // values, tags, marks and corrections do
)

// The settings of an archive that its rules are made of.
const (
	reviewSetting = "review"        // a Review
	fieldsSetting = "review.fields" // fields that wait for a decision, a line each
	eyesSetting   = "four-eyes"     // "off": whoever wrote something may approve it
	closedSetting = "closed"        // "on": nobody joins but by person.set
)

// Rules are who may do what, and what waits for a decision, at one moment. They
// follow from the archive's own document and are never changed.
type Rules struct {
	people   map[string]Role
	now      map[string]string // a name from before to the one that its person has now
	Review   Review
	Fields   []string // that wait for a decision whatever Review says, sorted
	FourEyes bool     // nobody approves what they wrote
	Closed   bool     // to people who are not named yet
	loose    bool     // refuse nobody: see Losses.loosen
}

// open are the rules where none were handed in: everybody may do everything.
var open = &Rules{Review: ReviewNone}

// Rules are those that the archive's own document d makes. They are made once
// for each change of it.
func (d *Document) Rules() *Rules {
	if d.rules != nil {
		return d.rules
	}
	r := &Rules{people: map[string]Role{}, Review: ReviewNone, FourEyes: d.Setting(eyesSetting) != "off", Closed: d.Setting(closedSetting) == "on"}
	for _, it := range d.living(APerson) {
		if it.InForce() {
			r.people[it.Key] = Role(it.Text)
			for _, old := range it.NamesBefore() {
				if r.now == nil {
					r.now = map[string]string{}
				}
				r.now[old] = it.Key
			}
		}
	}
	if v := d.Setting(reviewSetting); v != "" {
		r.Review = Review(v)
	}
	if v := d.Setting(fieldsSetting); v != "" {
		r.Fields = strings.Split(v, "\n")
	}
	d.rules = r
	return r
}

// Role is that of a person; one whom the archive does not know would join as
// archivist, unless it is closed: then it is "".
func (r *Rules) Role(name string) Role {
	role, known := r.people[r.Now(name)]
	if !known && !r.Closed {
		return Archivist
	}
	return role
}

// Knows says whether a person belongs to the archive.
func (r *Rules) Knows(name string) bool { return r.people[r.Now(name)] != "" }

// Now is the name that a person has now whom the log calls by another. It may be
// asked of no rules at all.
func (r *Rules) Now(name string) string {
	if r == nil {
		return name
	}
	if now, renamed := r.now[name]; renamed {
		return now
	}
	return name
}

// Same says whether two names are one person's; "" is a machine's.
func (r *Rules) Same(a, b string) bool { return a == b || r.Now(a) == r.Now(b) }

// Reviews says whether a change of such a thing waits for a decision; key is the
// field of a value.
func (r *Rules) Reviews(w What, key string) bool {
	switch {
	case w == AValue && slices.Contains(r.Fields, key):
		return true
	case r.Review == ReviewCorrections:
		return w == ACorrection
	case r.Review == ReviewEverything:
		return w == AValue || w == ATag || w == AMark || w == ACorrection
	}
	return false
}

// People lists who has at least a role, by name.
func (r *Rules) People(least Role) []string {
	var out []string
	for name, role := range r.people {
		if role.AtLeast(least) {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}

// ranks orders the roles; each may what those before it may.
var ranks = map[Role]int{Reader: 1, Archivist: 2, Reviewer: 3, Owner: 4}

// AtLeast says whether a role may what another may.
func (r Role) AtLeast(least Role) bool { return ranks[r] >= ranks[least] }

// Roles lists the roles, the narrowest first.
func Roles() []Role { return []Role{Reader, Archivist, Reviewer, Owner} }

// names is a list of people as a sentence has it; except is left out.
func (r *Rules) names(least Role, except string) string {
	people := slices.DeleteFunc(r.People(least), func(n string) bool { return n == except })
	return strings.Join(people, ", ")
}

// need refuses where who has less than a role; the refusal names who has it.
func (r *Rules) need(who string, least Role) error {
	role := r.Role(who)
	if r == open || r.loose || role.AtLeast(least) {
		return nil
	}
	if role == "" {
		return Refuse("closed", "who", who, "can", r.names(Owner, ""))
	}
	if can := r.names(least, who); can != "" {
		return Refuse("role", "who", who, "role", role, "needs", least, "can", can)
	}
	return Refuse("role-nobody", "who", who, "role", role, "needs", least, "can", r.names(Owner, ""))
}

// another refuses where four eyes are asked for and who wrote what is to come
// into force.
func (r *Rules) another(who string) error {
	if !r.FourEyes || r == open || r.loose {
		return nil
	}
	if can := r.names(Reviewer, who); can != "" {
		return Refuse("four-eyes", "who", who, "can", can)
	}
	return Refuse("four-eyes-nobody", "who", who, "can", r.names(Owner, ""))
}

// Moments are the rules of an archive through its history, in the total order.
type Moments struct{ of []moment }

type moment struct {
	from  Op // after which they hold; its place in the order only
	rules *Rules
}

// Note says that after op these rules hold; ops come in the total order.
func (m *Moments) Note(op *Op, r *Rules) {
	if n := len(m.of); n > 0 && m.of[n-1].rules == r {
		return
	}
	m.of = append(m.of, moment{Op{Clock: op.Clock, Replica: op.Replica, Seq: op.Seq}, r})
}

// At gives the rules that hold for an operation.
func (m *Moments) At(op *Op) *Rules {
	i := sort.Search(len(m.of), func(i int) bool { return !m.of[i].from.Before(op) })
	if i == 0 {
		return &Rules{people: map[string]Role{}, Review: ReviewNone, FourEyes: true, Closed: true}
	}
	return m.of[i-1].rules
}
