package archive

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// hold looks at one operation that took effect.
func (m *machine) hold(w *world, d *Document, op *Op, rules *Rules, done Done, changes []Change) {
	bad := func(format string, args ...any) {
		m.t.Fatalf("seed %d: %s by %s %s: %s", m.seed, op.Kind, op.Actor, op.Body, fmt.Sprintf(format, args...))
	}
	if role := rules.Role(op.Actor); op.Kind != "document.import" && ranks[role] < ranks[Archivist] {
		bad("by one who is %q", role)
	}
	if done.Kind == "decide" && op.Kind == "decide" && !rules.Role(op.Actor).AtLeast(Reviewer) {
		for _, c := range changes {
			if c.Before != nil && c.Before.Decision != nil && c.After != nil && c.After.Decision != nil && *c.Before.Decision == *c.After.Decision {
				continue // decided before, perhaps in another role, and replaced now
			}
			if c.After != nil && c.After.Decision != nil && c.After.Decision.By == op.Actor && !rules.Same(c.After.First, op.Actor) {
				bad("decided by one who is %s and not its first author", rules.Role(op.Actor))
			}
		}
	}
	for _, c := range changes {
		was, is := c.Before != nil && c.Before.InForce(), c.After != nil && c.After.InForce()
		it := c.After
		if it == nil {
			it = c.Before
		}
		if it == nil || !it.decidable() {
			continue
		}
		if is && c.After.Decision != nil && rules.Same(c.After.Decision.By, c.After.By) && !c.After.Decision.Alone && c.Before != nil && !c.Before.InForce() {
			bad("%s was approved by its author %s", it.What, it.By)
		}
		other := was && is && (c.Before.Key != c.After.Key || c.Before.Text != c.After.Text || c.Before.Detail != c.After.Detail || *orEmpty(c.Before.Anchor) != *orEmpty(c.After.Anchor))
		if is && it.What != AValue && c.After.Anchor != nil && c.After.Anchor.Text != d.Info.Text {
			bad("%s is in force in source text %d, and %d is read", it.What, c.After.Anchor.Text, d.Info.Text)
		}
		if done.Kind == TextKind { // another text is read: a reviewer's to say, and an approval of the document ends
			if rules.Review != ReviewNone && !rules.Role(op.Actor).AtLeast(Reviewer) {
				bad("%s is read otherwise, and nobody has reviewed it", it.What)
			}
			continue
		}
		if (was != is || other) && rules.Reviews(it.What, it.Key) && done.Kind != "decide" {
			bad("%s %q came into force, or out of it, past the review", it.What, it.Text)
		}
		if op.Kind == "decide" && is && !was {
			if rules.Same(it.By, op.Actor) && rules.FourEyes {
				bad("%s was approved by its author", it.What)
			}
			m.decided++
		}
	}
	m.holdWork(w, d, op, rules, changes, bad)
	byPlace, chosen := d.Parts(), d.PartsInOrder()
	if !slices.IsSortedFunc(byPlace, func(a, b *Item) int { return a.Anchor.Start.At - b.Anchor.Start.At }) {
		bad("the parts are not by place")
	}
	if !slices.Equal(slices.Sorted(slices.Values(partIDs(byPlace))), slices.Sorted(slices.Values(partIDs(chosen)))) {
		bad("the order has the parts %q, the document %q", partIDs(chosen), partIDs(byPlace))
	}
	if !slices.Equal(partIDs(byPlace), partIDs(chosen)) {
		m.ordered++
	}
	for _, field := range []string{"f0", "f1"} {
		values := d.Values(field)
		for _, v := range values {
			if v.NotStated() && len(values) > 1 {
				bad("%s has %d values beside that it is not stated", field, len(values)-1)
			}
			if (v.Text == "") != v.NotStated() {
				bad("a value without words does not say why: %+v", v)
			}
			if v.NotStated() {
				m.unstated++
			}
		}
	}
	if op.Kind == "document.approve" {
		st, _ := d.Approval()
		w.said[st.ID] = says(d)
		m.approved++
		own := false
		for _, it := range d.Items {
			own = own || it.decidable() && it.What != ARemoval && it.InForce() && rules.Same(it.By, op.Actor)
		}
		if own && rules.FourEyes {
			bad("it holds work of the approver's own")
		}
		if st.Decision.Alone {
			m.alone++
		} else if own {
			bad("it does not say that it is an approval of one's own")
		}
		if d.Proposals() > 0 {
			bad("it was approved with %d open proposals", d.Proposals())
		}
	}
	if st, holds := d.Approval(); st != nil {
		text := says(d)
		switch {
		case holds != (text == w.said[st.ID]):
			bad("an approval holds: %v, of\n%s\nand the document reads\n%s", holds, w.said[st.ID], text)
		case !holds && op.Kind != "document.approve":
			m.stale++
		case holds && (op.Kind == UndoKind || op.Kind == RedoKind):
			m.revived++
		}
		if (d.Status() == Approved) != holds && d.removal() == nil {
			bad("its status is %s, its approval holds: %v", d.Status(), holds)
		}
	}
}

// holdSelf looks at one operation on the archive itself.
func (m *machine) holdSelf(w *world, d *Document, op *Op, rules *Rules, changes []Change) {
	bad := func(format string, args ...any) {
		m.t.Fatalf("seed %d: %s by %s %s: %s", m.seed, op.Kind, op.Actor, op.Body, fmt.Sprintf(format, args...))
	}
	m.holdWork(w, d, op, rules, changes, bad)
	names, keys := map[string]bool{}, map[string]bool{"": false}
	for _, l := range d.Palette() {
		if names[l.Name] || keys[l.Key] {
			bad("the palette has two labels %q, or two of the key %q", l.Name, l.Key)
		}
		names[l.Name], keys[l.Key] = true, l.Key != ""
	}
	searches := map[string]bool{}
	for _, it := range d.Items {
		if it.What == ASearch && it.InForce() {
			if searches[it.Key] || it.Text == "" {
				bad("two saved searches are called %q, or it asks for nothing: %q", it.Key, it.Text)
			}
			searches[it.Key] = true
			m.searches++
		}
	}
}

// holdWork looks at what an operation did to threads, assignments, packages and
// names: none of it touches the content, a document is one person's, and a package
// is signed off by who answers for it.
func (m *machine) holdWork(w *world, d *Document, op *Op, rules *Rules, changes []Change, bad func(string, ...any)) {
	one := map[What]int{}
	for _, it := range d.Items {
		if it.InForce() && (it.What == AnAssignment || it.What == AMember || it.What == ASample || it.What == AnOrder) {
			one[it.What]++
		}
	}
	if one[AnAssignment] > 1 || one[AMember] > 1 || one[ASample] > 1 || one[AnOrder] > 1 {
		bad("the document is in several hands or packages, sampled twice, or its parts in two orders: %v", one)
	}
	for _, c := range changes {
		it := c.After
		if it == nil {
			continue
		}
		switch {
		case op.Kind == "assign" && it.What == AnAssignment && it.InForce() && !rules.Same(it.Key, op.Actor) && !rules.Role(op.Actor).AtLeast(Reviewer):
			bad("an archivist gave it to %s", it.Key)
		case op.Kind == "document.sample" && it.What == ASample && it.InForce():
			m.sampled++
			own := false
			for _, o := range d.Items {
				own = own || o.decidable() && o.What != ARemoval && o.InForce() && rules.Same(o.By, op.Actor)
			}
			if !rules.Role(op.Actor).AtLeast(Reviewer) || own && rules.FourEyes || own && !it.Decision.Alone {
				bad("sampled by one who is %s, of their own: %v", rules.Role(op.Actor), own)
			}
			w.said[it.ID] = says(d)
		case op.Kind == "package.sign" && it.What == APackage:
			m.signed++
			if !rules.Same(it.Detail, op.Actor) && rules.Role(op.Actor) != Owner {
				bad("signed off by one who does not answer for it")
			}
			for _, check := range d.Checks(it.ID) {
				if check.Decision == nil {
					bad("signed off with %q not ticked", check.Text)
				}
			}
		case op.Kind == "package.set" && it.What == APackage && it.Decision != nil:
			bad("it is signed off, and its plan is another")
		case it.What == AThread && it.Resolved() && it.Detail != "":
			bad("a resolved thread waits for %s", it.Detail)
		}
		if it.What == AReply && op.Kind != UndoKind {
			m.replies++
		}
	}
	if s, holds := d.Sample(); s != nil && holds != (says(d) == w.said[s.ID]) {
		bad("a sample holds: %v, of\n%s\nand the document reads\n%s", holds, w.said[s.ID], says(d))
	}
	if d.ID == "" && len(d.Rules().People(Owner)) == 0 {
		bad("the archive has no owner")
	}
	seen := map[string]bool{}
	for _, it := range d.living(APerson) {
		for _, name := range it.Names() {
			if it.InForce() && seen[name] {
				bad("two people are called %s", name)
			}
			seen[name] = seen[name] || it.InForce()
		}
	}
}

// says is the content of a document, put together in another way than its hash.
func says(d *Document) string {
	lines := []string{"text " + itoa(d.Info.Text)}
	for _, it := range d.Items {
		if !it.InForce() || !it.decidable() && it.What != AFurniture || it.What == ARemoval {
			continue
		}
		anchor, _ := json.Marshal(it.Anchor)
		line := fmt.Sprintf("%s|%s|%s|%s|%s", it.What, it.Key, it.Text, it.Detail, anchor)
		switch it.What {
		case ATag:
			line += string(it.ID)
		case AValue:
			n := 0 // its place among the values of the field
			for _, o := range d.Values(it.Key) {
				if o.ID == it.ID {
					break
				}
				n++
			}
			line += itoa(n)
		}
		lines = append(lines, line)
	}
	sort.Strings(lines)
	at, sorted := -1, true
	order := "order"
	for _, it := range d.PartsInOrder() {
		sorted = sorted && at < it.Anchor.Start.At
		at = it.Anchor.Start.At
		order += " " + it.Text
	}
	if !sorted {
		lines = append(lines, order)
	}
	return strings.Join(lines, "\n")
}
