package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The five people of the state machine; what they may do changes as it runs.
var crew = []string{"Zhang", "Li", "Wang", "Zhao", "Sun"}

// steps is how many the machine takes: a bounded number, or FONDS_STEPS.
func steps(t *testing.T) int {
	if s := os.Getenv("FONDS_STEPS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("FONDS_STEPS: %v", err)
		}
		return n
	}
	if os.Getenv("FONDS_LONG") != "" {
		return 1_000_000
	}
	return 40_000
}

// TestStateMachine: five people take legal and illegal steps on two copies of an
// archive, which are put together now and then. Nothing is approved by its
// author, what is approved reads as it did when it was, what waits for review
// comes into force by a decision only, a refused step changes nothing, and the
// log alone gives the same documents on both copies.
func TestStateMachine(t *testing.T) {
	total, per := steps(t), 400
	var sum tally
	for done, seed := 0, int64(1); done < total; done, seed = done+per, seed+1 {
		m := newMachine(t, seed)
		for i := 0; i < per; i++ {
			c := m.copies[m.rng.Intn(len(m.copies))]
			m.step(c)
			if i%100 == 99 {
				m.merge()
			}
		}
		sum.add(m.tally)
	}
	t.Logf("%d steps: %d applied, %d refused, %d conflicts after merging, %d approvals of things, %d of documents (%d of one's own with four eyes off), %d stale, %d revived",
		sum.applied+sum.refused, sum.applied, sum.refused, sum.conflicts, sum.decided, sum.approved, sum.alone, sum.stale, sum.revived)
	for what, n := range map[string]int{"applied": sum.applied, "refused": sum.refused, "conflicts": sum.conflicts, "decisions": sum.decided,
		"approvals": sum.approved, "alone": sum.alone, "stale": sum.stale, "revived": sum.revived} {
		if n == 0 {
			t.Errorf("the machine has seen no %s: it tests nothing of them", what)
		}
	}
}

type tally struct{ applied, refused, conflicts, decided, approved, alone, stale, revived int }

func (s *tally) add(o tally) {
	s.applied += o.applied
	s.refused += o.refused
	s.conflicts += o.conflicts
	s.decided += o.decided
	s.approved += o.approved
	s.alone += o.alone
	s.stale += o.stale
	s.revived += o.revived
}

// machine is one archive in two copies.
type machine struct {
	t      *testing.T
	seed   int64
	rng    *rand.Rand
	copies []*world
	ids    int
	now    time.Time
	texts  map[ID]*Text
	tally
}

// world is a copy of the archive: its log and what follows from it.
type world struct {
	m       *machine
	replica ID
	seq     int64
	ticker  *Ticker
	log     []*Op
	state
}

// state is what a log makes.
type state struct {
	docs    map[ID]*Document // "" is the archive itself
	past    map[ID]Done
	undone  map[ID]bool
	outcome map[ID]Outcome
	moments Moments
	// said is how a document read when each of its approvals was given.
	said map[ID]string
}

func newMachine(t *testing.T, seed int64) *machine {
	m := &machine{t: t, seed: seed, rng: rand.New(rand.NewSource(seed)), now: time.UnixMilli(1_780_000_000_000), texts: map[ID]*Text{}}
	for i := range 2 {
		w := &world{m: m, replica: ID(fmt.Sprintf("copy%d", i)), ticker: NewTicker(func() time.Time { return m.now })}
		w.reset()
		m.copies = append(m.copies, w)
	}
	w := m.copies[0]
	w.must("archive.create", "Zhang", "", CreateBody{Owner: "Zhang", OwnerID: m.id(), Template: "x", SetID: m.id()})
	for i := range 2 {
		doc := m.id()
		m.texts[doc] = NewText(strings.Repeat(fmt.Sprintf("第%d号司法厅召开推进会", i), 3))
		var props []ProposalBody
		for k := range 2 {
			props = append(props, ProposalBody{ID: m.id(), Field: "f" + itoa(k), Value: "机" + itoa(k), Rule: "r", Confidence: 0.9})
		}
		w.must("document.import", "Zhang", doc, ImportBody{Info: Info{Name: itoa(i), Path: itoa(i), SHA256: itoa(i), Text: 1, Chars: 36}, Proposals: props})
	}
	for _, p := range []string{"Li reviewer", "Wang archivist", "Zhao reviewer", "Sun reader"} {
		name, role, _ := strings.Cut(p, " ")
		w.must("person.set", "Zhang", "", PersonBody{ID: m.id(), Name: name, Role: Role(role)})
	}
	m.merge()
	return m
}

func (m *machine) id() ID {
	m.ids++
	return ID(fmt.Sprintf("%08d-%04d-7000-8000-%012d", m.ids, m.seed%10000, m.ids))
}

func (w *world) reset() {
	w.state = state{docs: map[ID]*Document{}, past: map[ID]Done{}, undone: map[ID]bool{}, outcome: map[ID]Outcome{}, said: map[ID]string{}}
}

// doc is a document of this copy, the archive's own for "".
func (w *world) doc(id ID) *Document {
	d := w.docs[id]
	if d == nil {
		d = &Document{ID: id, Source: func(int) (*Text, error) { return w.m.texts[id], nil },
			RulesFor: func(op *Op) *Rules { return w.moments.At(op) },
			Past: func(op ID) (Done, error) {
				done, ok := w.past[op]
				if !ok {
					return Done{}, Refuse("undo-changed", "by", "", "what", "operation", "now", "")
				}
				return done, nil
			}}
		w.docs[id] = d
	}
	return d
}

func (w *world) must(kind, actor string, doc ID, body any) {
	b, version, err := BodyOf(kind, body)
	if err == nil {
		err = w.write(kind, version, actor, doc, b)
	}
	if err != nil {
		w.m.t.Fatalf("seed %d: %s: %v", w.m.seed, kind, err)
	}
}

// write appends an operation if it takes effect now.
func (w *world) write(kind string, version int, actor string, doc ID, body []byte) error {
	op := &Op{ID: w.m.id(), Kind: kind, Version: version, Replica: w.replica, Seq: w.seq + 1, Clock: w.ticker.Next(), Actor: actor,
		Layer: MainLayer, Batch: w.m.id(), Subject: doc, Body: body}
	if why := w.apply(op); why != nil {
		return why
	}
	w.seq++
	w.log = append(w.log, op)
	return nil
}

// apply lets an operation take effect and holds it against what must be so.
func (w *world) apply(op *Op) error {
	m, d := w.m, w.doc(op.Subject)
	rules := d.rulesFor(op)
	before := append([]*Item(nil), d.Items...)
	outcome, changes, why, err := d.Apply(op)
	if err != nil {
		m.t.Fatalf("seed %d: %s %s: %v", m.seed, op.Kind, op.Body, err)
	}
	w.outcome[op.ID] = outcome
	if outcome == Conflict {
		for i, it := range d.Items {
			if len(before) != len(d.Items) || !before[i].Equal(it) {
				m.t.Fatalf("seed %d: %s was refused (%v) and changed something", m.seed, op.Kind, why)
			}
		}
		w.past[op.ID] = Done{Kind: op.Kind}
		return why
	}
	done := Done{Kind: op.Kind, Changes: changes}
	if op.Kind == UndoKind || op.Kind == RedoKind {
		target, err := UndoTarget(op)
		if err != nil {
			m.t.Fatal(err)
		}
		done.Kind = w.past[target].Kind
		w.undone[target] = true
	}
	w.past[op.ID] = done
	if op.Subject == "" {
		w.moments.Note(op, d.Rules())
		return nil
	}
	m.hold(w, d, op, rules, done, changes)
	return nil
}

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
			if c.After != nil && c.After.Decision != nil && c.After.Decision.By == op.Actor && c.After.First != op.Actor {
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
		if is && c.After.Decision != nil && c.After.Decision.By == c.After.By && !c.After.Decision.Alone {
			bad("%s was approved by its author %s", it.What, it.By)
		}
		other := was && is && (c.Before.Key != c.After.Key || c.Before.Text != c.After.Text || *orEmpty(c.Before.Anchor) != *orEmpty(c.After.Anchor))
		if (was != is || other) && rules.Reviews(it.What, it.Key) && done.Kind != "decide" {
			bad("%s %q came into force, or out of it, past the review", it.What, it.Text)
		}
		if op.Kind == "decide" && is && !was {
			if it.By == op.Actor && rules.FourEyes {
				bad("%s was approved by its author", it.What)
			}
			m.decided++
		}
	}
	if op.Kind == "document.approve" {
		st, _ := d.Approval()
		w.said[st.ID] = says(d)
		m.approved++
		own := false
		for _, it := range d.Items {
			own = own || it.decidable() && it.What != ARemoval && it.InForce() && it.By == op.Actor && (it.Decision == nil || it.Decision.By == op.Actor)
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

// says is the content of a document, put together in another way than its hash.
func says(d *Document) string {
	var lines []string
	for _, it := range d.Items {
		if !it.InForce() || !it.decidable() || it.What == ARemoval {
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
	return strings.Join(lines, "\n")
}

// merge puts the operations of all copies together, in any order of arrival, and
// applies the log from empty on each: all must come to the same.
func (m *machine) merge() {
	known := map[ID]*Op{}
	for _, w := range m.copies {
		for _, op := range w.log {
			known[op.ID] = op
		}
	}
	var want string
	for i, w := range m.copies {
		var all []*Op
		for _, op := range known {
			all = append(all, op)
		}
		m.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		mine := w.dump()
		w.replay(w.log)
		if got := w.dump(); got != mine {
			m.t.Fatalf("seed %d: the log of copy %d makes\n%s\nwhere the work has made\n%s", m.seed, i, got, mine)
		}
		w.replay(all)
		got := w.dump()
		if i == 0 {
			want = got
			for _, o := range w.outcome {
				if o == Conflict {
					m.conflicts++
				}
			}
		} else if got != want {
			m.t.Fatalf("seed %d: copy %d has\n%s\nwhere copy 0 has\n%s", m.seed, i, got, want)
		}
		for _, op := range all {
			w.ticker.Saw(op.Clock)
		}
	}
}

// replay applies a log from empty, the archive itself first.
func (w *world) replay(log []*Op) {
	log = append([]*Op(nil), log...)
	sort.Slice(log, func(i, j int) bool {
		if (log[i].Subject == "") != (log[j].Subject == "") {
			return log[i].Subject == ""
		}
		return log[i].Before(log[j])
	})
	w.reset()
	for _, op := range log {
		w.apply(op)
	}
	w.log = log
}

// dump is everything that a copy holds.
func (w *world) dump() string {
	var b strings.Builder
	var ids []string
	for id := range w.docs {
		ids = append(ids, string(id))
	}
	sort.Strings(ids)
	for _, id := range ids {
		d := w.docs[ID(id)]
		fmt.Fprintf(&b, "document %s %s\n", id, d.Status())
		for _, it := range d.Items {
			line, _ := json.Marshal(it)
			b.Write(line)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// step lets somebody do something, which may well be refused.
func (m *machine) step(w *world) {
	m.now = m.now.Add(time.Duration(m.rng.Intn(50)) * time.Millisecond)
	who := crew[m.rng.Intn(len(crew))]
	var why error
	if m.rng.Intn(7) == 0 {
		why = w.turn(who)
	} else {
		why = w.edit(who, m.randomEdit(w))
	}
	var r *Refusal
	switch {
	case why == nil:
		m.applied++
	case errors.As(why, &r):
		m.refused++
	default:
		m.t.Fatalf("seed %d: %v", m.seed, why)
	}
}

// edit is what storage does with an edit.
func (w *world) edit(who string, e *Edit) error {
	d := w.doc(ID(e.Doc))
	if e.Doc == "" && !AboutArchive(e.Do) {
		return Refuse("no-doc", "do", e.Do)
	}
	body, version, err := Prepare(&Ctx{Doc: d, Actor: who, Rules: w.doc("").Rules(), NewID: w.m.id, Base: d.Reading}, e)
	if err != nil {
		return err
	}
	if !w.doc("").Rules().Knows(who) {
		if why := d.WouldRefuse(&Op{ID: w.m.id(), Kind: e.Do, Version: version, Actor: who, Body: body}); why != nil {
			return why
		}
		w.must("person.join", who, "", JoinBody{ID: w.m.id(), Name: who, Role: Archivist})
	}
	return w.write(e.Do, version, who, d.ID, body)
}

// turn takes back the latest thing that somebody did, or brings it back.
func (w *world) turn(who string) error {
	for i := len(w.log) - 1; i >= 0; i-- {
		op := w.log[i]
		if op.Actor != who || w.undone[op.ID] || w.outcome[op.ID] != Applied || op.Kind == RedoKind || op.Kind == "document.import" || op.Kind == "archive.create" {
			continue
		}
		kind := UndoKind
		if op.Kind == UndoKind {
			kind = RedoKind
		}
		body, version, err := BodyOf(kind, UndoBody{op.ID})
		if err != nil {
			return err
		}
		return w.write(kind, version, who, op.Subject, body)
	}
	return Refuse("undo-nothing", "who", who)
}

// randomEdit is something that somebody might want.
func (m *machine) randomEdit(w *world) *Edit {
	var docs []ID
	for id := range m.texts {
		docs = append(docs, id)
	}
	sort.Slice(docs, func(i, j int) bool { return docs[i] < docs[j] })
	id := docs[m.rng.Intn(len(docs))]
	d := w.doc(id)
	pick := func(ok func(*Item) bool) string {
		var of []*Item
		for _, it := range d.Items {
			if ok(it) {
				of = append(of, it)
			}
		}
		if len(of) == 0 {
			return "none"
		}
		return string(of[m.rng.Intn(len(of))].ID)
	}
	is := func(w What) func(*Item) bool {
		return func(it *Item) bool { return it.What == w && (it.Open() || it.InForce() || m.rng.Intn(20) == 0) }
	}
	open := func(it *Item) bool { return it.Open() && it.decidable() && (it.By != "" || m.rng.Intn(5) == 0) }
	text := "字" + itoa(m.rng.Intn(4))
	start := m.rng.Intn(30)
	end := start + m.rng.Intn(4)
	yes := m.rng.Intn(2) == 0
	e := &Edit{Doc: string(id)}
	switch n := m.rng.Intn(40); {
	case n < 6:
		e.Do, e.Field = "field.set", "f"+itoa(m.rng.Intn(2))
		for range m.rng.Intn(3) {
			e.Values = append(e.Values, ValueIn{Value: "值" + itoa(m.rng.Intn(5))})
		}
	case n < 8:
		e.Do, e.Value, e.Replace = []string{"value.take", "value.refuse"}[m.rng.Intn(2)], pick(is(AValue)), yes
	case n < 11:
		e.Do, e.Tag = []string{"tag.add", "tag.remove"}[m.rng.Intn(2)], "t"+itoa(m.rng.Intn(3))
	case n < 13:
		e.Do, e.Start, e.End, e.Label = "mark.add", &start, &end, "person"
	case n < 14:
		e.Do, e.Mark, e.Text = "mark.edit", pick(is(AMark)), &text
	case n < 15:
		e.Do, e.Mark = "mark.remove", pick(is(AMark))
	case n < 18:
		e.Do, e.Start, e.End, e.Text, e.In = "correction.propose", &start, &end, &text, []string{"", "reading"}[m.rng.Intn(2)]
	case n < 19:
		e.Do, e.Correction = "correction.withdraw", pick(is(ACorrection))
	case n < 20:
		e.Do, e.Text = "note.add", &text
	case n < 27:
		e.Do, e.On, e.Verdict = "decide", pick(open), []string{"approve", "approve", "approve", "reject", "amend", "agree"}[m.rng.Intn(6)]
		e.Reason, e.Text = "because", &text
	case n < 28:
		e.Do, e.On = "proposal.withdraw", pick(open)
	case n < 38:
		e.Do = []string{"document.submit", "document.approve", "document.approve", "document.approve", "document.return", "document.recall", "document.remove", "document.restore"}[m.rng.Intn(8)]
		e.Reason = "why"
	case n < 39:
		e.Doc, e.Do, e.Review = "", "policy.set", []string{"none", "none", "corrections", "everything"}[m.rng.Intn(4)]
		e.FourEyes, e.Closed = ptrTo(m.rng.Intn(4) > 0), &yes
		if yes {
			e.Fields = &[]string{"f0"}
		}
	default:
		e.Doc, e.Do = "", "person.set"
		e.Name, e.Role = crew[m.rng.Intn(len(crew))], string(Roles()[m.rng.Intn(4)])
	}
	return e
}

func orEmpty(a *Anchor) *Anchor {
	if a == nil {
		return &Anchor{}
	}
	return a
}

func ptrTo[T any](v T) *T { return &v }
