package archive

import (
	"encoding/json"
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
		"approvals": sum.approved, "alone": sum.alone, "stale": sum.stale, "revived": sum.revived,
		"replies": sum.replies, "sign-offs": sum.signed, "samples": sum.sampled, "fields not stated": sum.unstated, "orders of parts": sum.ordered,
		"saved searches": sum.searches} {
		if n == 0 {
			t.Errorf("the machine has seen no %s: it tests nothing of them", what)
		}
	}
}

type tally struct{ applied, refused, conflicts, decided, approved, alone, stale, revived, replies, signed, sampled, unstated, ordered, searches int }

func (s *tally) add(o tally) {
	s.applied += o.applied
	s.refused += o.refused
	s.conflicts += o.conflicts
	s.decided += o.decided
	s.approved += o.approved
	s.alone += o.alone
	s.stale += o.stale
	s.revived += o.revived
	s.replies += o.replies
	s.signed += o.signed
	s.searches += o.searches
	s.sampled += o.sampled
	s.unstated += o.unstated
	s.ordered += o.ordered
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
		w.must("document.import", "Zhang", doc, ImportBody{Info: Info{Name: itoa(i), Path: itoa(i), SHA256: itoa(i), Text: 1, Chars: 36}, Proposals: props,
			Corrections: []RepairBody{{ID: m.id(), Start: 3, End: 6, Source: "司法厅", Text: "机改▯", Detail: "2 e4b8?? 上 三", Rule: "r", Confidence: 0.9}},
			Furniture:   []FurnitureBody{{ID: m.id(), Kind: "label", Anchor: &Anchor{Text: 1, Start: Border{At: 0}, End: Border{At: 2}}}},
			Splits:      []BorderBody{{ID: m.id(), At: 24, Or: []int{12}, Rule: "r", Confidence: 0.9}}})
		for _, at := range []int{30, 32, 34} { // of which somebody may choose an order
			w.must(SplitKind, "Zhang", doc, SplitBody{ID: m.id(), N: 1, Start: at, End: at + 2, Part: m.id(), Quote: "进会"})
		}
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
		d = &Document{ID: id, Source: func(n int) (*Text, error) { return w.m.textOf(id, n), nil },
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

// textOf is source text n of a document: the first, one with other words, one with
// fewer and more.
func (m *machine) textOf(id ID, n int) *Text {
	s := m.texts[id].String()
	switch n {
	case 2:
		s = strings.Replace(s, "司法厅", "财政", 2)
	case 3:
		s = s[3*3:] + "又一行"
	}
	return NewText(s)
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
		m.holdSelf(w, d, op, rules, changes)
		return nil
	}
	m.hold(w, d, op, rules, done, changes)
	return nil
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
