package export

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fonds/app/codes"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file writes notes for reference (备考表, DA/T 22): a form for each file, or for what
// documents lie in where they are in none. It says what became of them and who arranged and
// checked them, as the log has it.

// placing and describing are the operations that arrange (整理).
var (
	placing    = []string{archive.PlaceKind, archive.SetUnitKind, "document.remove", "document.restore"}
	describing = []string{"field.set", "value.take", "proposal.take", "tag.add", "tag.remove"}
)

// act is who did something and when; no clock where nobody did.
type act struct {
	who string
	at  archive.Clock
}

// day is that of the act in UTC, "" for none.
func (a act) day() string {
	if a.at == 0 {
		return ""
	}
	return Time(a.at)[:len("2006-01-02")]
}

// passage is what became of a document, as the log has it.
type passage struct {
	unit    archive.ID         // in which it lies
	came    act                // when it was put there
	left    map[archive.ID]act // units from which it was moved away
	removed *act               // it is out of view
}

// record is what the log says of documents and units.
type record struct {
	docs     map[archive.ID]*passage
	first    map[archive.ID]string // by unit: the day on which the first document came
	arranged map[archive.ID]act    // by document or unit: who worked on it last
	moved    map[archive.ID][]act  // by unit: documents that were there and are no more
	removed  map[archive.ID][]act  // by unit: documents that lie there and are out of view
}

// record reads the log once. What was taken back does not count.
func (g *lister) record() (*record, error) {
	r := &record{map[archive.ID]*passage{}, map[archive.ID]string{}, map[archive.ID]act{}, map[archive.ID][]act{}, map[archive.ID][]act{}}
	err := g.a.EachEntry(g.ctx, "", append(slices.Clone(placing), describing...), func(e *storage.Entry) error {
		if e.UndoneBy != "" || e.Outcome != archive.Applied || e.Actor == "" {
			return nil
		}
		r.add(e)
		return g.ctx.Err()
	})
	for _, d := range r.docs {
		for unit, a := range d.left {
			r.moved[unit] = append(r.moved[unit], a)
		}
		if d.removed != nil && d.unit != "" {
			r.removed[d.unit] = append(r.removed[d.unit], *d.removed)
		}
	}
	return r, err
}

func (r *record) add(e *storage.Entry) {
	now := act{e.Actor, e.Clock}
	if e.Kind == archive.SetUnitKind {
		for _, c := range e.Changes {
			if c.After != nil {
				r.arranged[c.After.ID] = now
			}
		}
		return
	}
	d := r.docs[e.Subject]
	if d == nil {
		d = &passage{}
		r.docs[e.Subject] = d
	}
	switch e.Kind {
	case "document.remove":
		d.removed = &now
		return
	case "document.restore":
		d.removed = nil
		return
	}
	r.arranged[e.Subject] = now
	for _, c := range e.Changes {
		if e.Kind == archive.PlaceKind {
			d.moved(c, now, r.first)
		}
	}
}

// moved follows a document from unit to unit.
func (d *passage) moved(c archive.Change, now act, first map[archive.ID]string) {
	to := archive.ID("")
	if c.After != nil && c.After.InForce() {
		to = archive.ID(c.After.Key)
	}
	if to == d.unit {
		return // another place within it
	}
	if d.unit != "" {
		if d.left == nil {
			d.left = map[archive.ID]act{}
		}
		d.left[d.unit] = now
	}
	d.unit, d.came = to, now
	delete(d.left, to)
	if _, known := first[to]; !known && to != "" {
		first[to] = now.day()
	}
}

// noted is what a form says.
type noted struct {
	sum
	unit     *archive.Unit // nil: of documents in none
	fixed    int           // corrections in force
	fixedIn  int           // documents that have some
	approved int
	checked  []act // who approved, the latest of each person
	arranged act
	added    []act
	moved    []act // to another unit, or out of all
	removed  []act // out of view
	refs     []string
}

// notes writes the forms.
func (g *lister) notes() error {
	log, err := g.record()
	if err != nil {
		return err
	}
	var now *noted
	end := func() error {
		if now == nil {
			return nil
		}
		g.passages(now, log)
		return g.form(now)
	}
	if err := g.each(g.items, []archive.What{archive.ACorrection, archive.AStatus}, func(at placedItem, e *listed) error {
		if now == nil || now.unit != at.unit {
			if err := end(); err != nil {
				return err
			}
			now = &noted{unit: at.unit}
		}
		now.document(at, e, log)
		return nil
	}); err != nil {
		return err
	}
	if err := end(); err != nil || g.top != nil || g.Query != "" {
		return err
	}
	gone, err := g.a.Destroyed(g.ctx)
	if err != nil || len(gone) == 0 {
		return err
	}
	return g.gone(gone)
}

// document counts one document in.
func (n *noted) document(at placedItem, e *listed, log *record) {
	n.add(e)
	fixed := 0
	for _, it := range e.d.Items {
		switch {
		case it.What == archive.ACorrection && it.InForce():
			fixed++
		case it.What == archive.AStatus && it.InForce() && it.Key == string(archive.Approved) && at.status == archive.Approved:
			n.check(act{it.By, it.At})
		}
	}
	if n.fixed += fixed; fixed > 0 {
		n.fixedIn++
	}
	if at.status == archive.Approved {
		n.approved++
	}
	if ref, _ := e.codes(); ref != "" {
		n.refs = append(n.refs, ref)
	}
	if a, ok := log.arranged[at.id]; ok && a.at > n.arranged.at {
		n.arranged = a
	}
	if d := log.docs[at.id]; d != nil && n.unit != nil && d.unit == n.unit.ID() && d.came.day() > log.first[d.unit] {
		n.added = append(n.added, d.came)
	}
}

// check keeps the latest day of each person, who comes first comes first.
func (n *noted) check(a act) {
	for i := range n.checked {
		if n.checked[i].who == a.who {
			n.checked[i].at = max(n.checked[i].at, a.at)
			return
		}
	}
	n.checked = append(n.checked, a)
}

// passages adds what lies in the unit no more.
func (g *lister) passages(n *noted, log *record) {
	if n.unit == nil {
		return
	}
	id := n.unit.ID()
	if a, ok := log.arranged[id]; ok && a.at > n.arranged.at {
		n.arranged = a
	}
	n.moved, n.removed = log.moved[id], log.removed[id]
}

// form writes the form of a unit.
func (g *lister) form(n *noted) error {
	if err := g.paper.leaf(g.say("list-note"), g.noteUnder(n.unit)); err != nil {
		return err
	}
	holds := []string{g.say("list.note.holds", "n", n.docs)}
	if n.unpaged == 0 {
		holds[0] = g.say("list.note.pages", "n", n.docs, "pages", n.pages)
	}
	holds = append(holds, n.lacks(g)...)
	if span := n.dated(g); span != "" {
		holds = append(holds, g.say("list.note.span", "span", span))
	}
	between := " "
	if strings.HasPrefix(g.s.tags[0], "zh") {
		between = ""
	}
	words := []string{strings.Join(holds, between)}
	say := func(key string, acts []act) {
		if len(acts) == 0 {
			words = append(words, g.say("list.note."+key+".none"))
			return
		}
		words = append(words, g.say("list.note."+key, "n", len(acts), "day", g.day(latestOf(acts).day()), "who", latestOf(acts).who))
	}
	if gaps := gaps(n.refs); gaps != "" {
		words = append(words, g.say("list.note.missing", "numbers", gaps))
	} else if !slices.ContainsFunc(n.refs, func(ref string) bool { return ref != "" }) {
		words = append(words, g.say("list.note.missing.uncoded"))
	} else {
		words = append(words, g.say("list.note.missing.none"))
	}
	if n.fixed > 0 {
		words = append(words, g.say("list.note.fixed", "n", n.fixed, "docs", n.fixedIn))
	} else {
		words = append(words, g.say("list.note.fixed.none"))
	}
	if n.unit != nil {
		say("added", n.added)
		say("moved", n.moved)
		say("removed", n.removed)
	}
	words = append(words, g.say("list.note.approved", "n", n.approved, "all", n.docs))
	checked := act{}
	if n.approved == n.docs { // a name under a check stands for all of it
		checked = latestOf(n.checked)
		var names []string
		for _, a := range n.checked {
			names = append(names, a.who)
		}
		checked.who = g.s.joined(names)
	}
	return g.sign(words, n.arranged, checked)
}

// sign writes the words and the two names with their days.
func (g *lister) sign(words []string, arranged, checked act) error {
	if err := g.paper.form(g.say("list.note.words"), words, [][2]string{
		{g.say("list.note.arranged"), arranged.who}, {g.say("list.note.arranged.day"), g.day(arranged.day())},
		{g.say("list.note.checked"), checked.who}, {g.say("list.note.checked.day"), g.day(checked.day())},
	}); err != nil {
		return err
	}
	return g.paper.foot()
}

func (g *lister) day(day string) string {
	if day == "" {
		return ""
	}
	return g.s.days([]string{day})
}

func (g *lister) noteUnder(u *archive.Unit) []string {
	switch {
	case u == nil && len(g.tree.Top) > 0 && g.Query != inNone:
		return append([]string{g.say("list.nowhere")}, g.under()...)
	case u == nil:
		return g.under()
	}
	return []string{g.say("list.code", "code", g.code(u)), g.say("list.file", "title", named(u.Title))}
}

// gone writes the form of what was destroyed: in which unit it lay went with it.
func (g *lister) gone(gone []archive.Destruction) error {
	if err := g.paper.leaf(g.say("list-note"), []string{g.say("list.note.archive")}); err != nil {
		return err
	}
	words := []string{g.say("list.note.destroyed", "n", len(gone))}
	by := map[string][]archive.Destruction{}
	var order []string
	for _, d := range gone {
		if by[d.Authority] == nil {
			order = append(order, d.Authority)
		}
		by[d.Authority] = append(by[d.Authority], d)
	}
	for _, authority := range order {
		all := by[authority]
		last := slices.MaxFunc(all, func(a, b archive.Destruction) int { return cmp.Compare(a.At, b.At) })
		words = append(words, g.say("list.note.destroyed.by", "n", len(all), "authority", authority, "reason", last.Reason, "who", last.Who, "day", g.day(act{last.Who, last.At}.day())))
	}
	return g.sign(append(words, g.say("list.note.destroyed.where")), act{}, act{})
}

func latestOf(acts []act) act {
	if len(acts) == 0 {
		return act{}
	}
	return slices.MaxFunc(acts, func(a, b act) int {
		return cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.who, b.who))
	})
}

// mostGaps is how many missing numbers are named.
const mostGaps = 20

// gaps are the running numbers that are missing between the first and the last of
// reference codes that are alike before them; "" for none.
func gaps(refs []string) string {
	at := map[string][]int{}
	var order []string
	for _, ref := range refs {
		ref = codes.ParseReference(ref).Form
		head := strings.TrimRight(ref, "0123456789")
		n, err := strconv.Atoi(ref[len(head):])
		if err != nil || len(ref)-len(head) > 6 {
			continue
		}
		if at[head] == nil {
			order = append(order, head)
		}
		at[head] = append(at[head], n)
	}
	var out []string
	for _, head := range order {
		ns := at[head]
		slices.Sort(ns)
		for i := 1; i < len(ns); i++ {
			from, to := ns[i-1]+1, ns[i]-1
			switch {
			case from > to:
			case len(out) == mostGaps:
				return strings.Join(append(out, "…"), ", ")
			case from == to:
				out = append(out, strconv.Itoa(from))
			default:
				out = append(out, strconv.Itoa(from)+"–"+strconv.Itoa(to))
			}
		}
	}
	return strings.Join(out, ", ")
}
