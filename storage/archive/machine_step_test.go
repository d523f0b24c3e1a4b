package archive

import (
	"errors"
	"sort"
	"time"
)

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
	body, version, err := Prepare(&Ctx{Doc: d, Actor: who, Rules: w.doc("").Rules(), NewID: w.m.id, Base: d.Reading,
		Self: w.doc(""), Package: func(ID) (PackageState, error) { return PackageState{2, 1 + w.m.rng.Intn(2), "hash"}, nil }}, e)
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
	switch n := m.rng.Intn(60); {
	case n >= 58:
		n := 1 + m.rng.Intn(3)
		text := m.textOf(id, n)
		e.Do, e.Read = TextKind, &Rereading{Text: text, Read: &ImportBody{Info: Info{Text: n, Chars: text.Len()},
			Proposals:   []ProposalBody{{ID: m.id(), Field: "f0", Value: "机" + itoa(n), Rule: "r", Confidence: 0.9}},
			Corrections: []RepairBody{{ID: m.id(), Start: 3, End: 6, Source: text.Slice(3, 6), Text: "改", Rule: "r", Confidence: 0.9}}}}
	case n >= 57 && len(d.Parts()) > 1 && m.rng.Intn(2) == 0:
		e.Do, e.Parts = OrderKind, &[]string{}
		for _, it := range d.Parts() {
			if m.rng.Intn(20) > 0 {
				*e.Parts = append(*e.Parts, it.Text)
			}
		}
		m.rng.Shuffle(len(*e.Parts), func(i, j int) { p := *e.Parts; p[i], p[j] = p[j], p[i] })
	case n >= 57:
		e.Do, e.On = []string{SplitKind, JoinKind}[m.rng.Intn(2)], pick(is(ASplit))
		if yes {
			e.On, e.Start, e.End = "", &start, &end
		}
	case n >= 56:
		e.Do, e.On = "furniture.remove", []string{"", pick(is(AFurniture))}[m.rng.Intn(2)]
		if yes {
			e.Do, e.On, e.Start, e.End = "furniture.add", "", &start, &end
		}
	case n >= 54:
		e.Do, e.On, e.Replace = []string{"proposal.take", "proposal.refuse"}[m.rng.Intn(2)], pick(func(it *Item) bool { return it.Open() && it.decidable() }), yes
		if yes {
			e.Text = &text
		}
	case n < 6:
		e.Do, e.Field = "field.set", "f"+itoa(m.rng.Intn(2))
		for range m.rng.Intn(3) {
			e.Values = append(e.Values, ValueIn{Value: "值" + itoa(m.rng.Intn(5))})
		}
		if m.rng.Intn(3) == 0 {
			e.Values = append([]ValueIn{ValueOf("")}, e.Values[:len(e.Values)*m.rng.Intn(2)]...) // now and then beside others
		}
	case n < 8:
		e.Do, e.Value, e.Replace = []string{"value.take", "value.refuse"}[m.rng.Intn(2)], pick(is(AValue)), yes
	case n < 11:
		e.Do, e.Tag = []string{"tag.add", "tag.remove", "tag.add", MoveTagKind}[m.rng.Intn(4)], "t"+itoa(m.rng.Intn(3))
		if e.Do == MoveTagKind {
			e.To = ptrTo("t" + itoa(m.rng.Intn(3)))
		}
	case n < 13:
		e.Do, e.Start, e.End, e.Label = "mark.add", &start, &end, "person"
		if yes {
			e.Authority = ptrTo("https://a.example/" + itoa(m.rng.Intn(2)))
		}
	case n < 14:
		e.Do, e.Mark = "mark.edit", pick(is(AMark))
		switch m.rng.Intn(3) {
		case 0:
			e.Text = &text
		case 1:
			e.Start, e.End, e.In = &start, &end, []string{"", "reading"}[m.rng.Intn(2)]
		default:
			e.Authority = ptrTo([]string{"", "https://a.example/0"}[m.rng.Intn(2)])
		}
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
	case n < 41:
		e.Doc, e.Do, e.Label = "", []string{"label.set", "label.set", "label.remove"}[m.rng.Intn(3)], "签"+itoa(m.rng.Intn(3))
		e.Style, e.Letter = ptrTo(m.rng.Intn(11)), ptrTo([]string{"", "q", "Z", "5"}[m.rng.Intn(4)])
	case n >= 42:
		m.randomWork(w, e, pick)
	default:
		e.Doc, e.Do = "", "person.set"
		e.Name, e.Role = crew[m.rng.Intn(len(crew))], string(Roles()[m.rng.Intn(4)])
	}
	return e
}

// randomWork is something about who does what, and what is asked.
func (m *machine) randomWork(w *world, e *Edit, pick func(func(*Item) bool) string) {
	who, text := crew[m.rng.Intn(len(crew))], "问"+itoa(m.rng.Intn(4))
	self := w.doc("")
	of := func(what What) string {
		all := self.Of(what)
		if len(all) == 0 {
			return "none"
		}
		return string(all[m.rng.Intn(len(all))].ID)
	}
	switch m.rng.Intn(18) {
	case 16, 17:
		e.Doc, e.Do, e.Name = "", []string{SaveSearchKind, SaveSearchKind, RemoveSearchKind}[m.rng.Intn(3)], "检"+itoa(m.rng.Intn(3))
		e.Query = []string{"会议", "has:note", " 会议 ", ""}[m.rng.Intn(4)]
	case 14, 15:
		e.Do, e.Verdict, e.Text = "document.sample", []string{"sound", "sound", "faulty", "good"}[m.rng.Intn(4)], &text
	case 0, 1:
		e.Do, e.Text = "thread.start", &text
		if m.rng.Intn(2) == 0 {
			e.On = pick((*Item).discussable)
		}
		if m.rng.Intn(3) == 0 {
			e.To = &who
		}
		e.Done = ptrTo(m.rng.Intn(4) == 0)
	case 2, 3, 4:
		e.Do = []string{"thread.reply", "thread.resolve", "thread.reopen"}[m.rng.Intn(3)]
		e.Thread, e.Text = pick(func(it *Item) bool { return it.What == AThread }), &text
	case 5, 6:
		e.Do, e.To = "assign", ptrTo([]string{who, who, ""}[m.rng.Intn(3)])
		e.Due = ptrTo([]string{"", "2026-11-30", "2026-02-30"}[m.rng.Intn(3)])
	case 7:
		e.Do, e.Package = "package.put", ptrTo([]string{of(APackage), ""}[m.rng.Intn(2)])
	case 8:
		e.Doc, e.Do, e.Name, e.Responsible = "", "package.set", "批"+itoa(m.rng.Intn(3)), &who
		if m.rng.Intn(2) == 0 {
			e.Package = ptrTo(of(APackage))
		}
		e.Checks = &[][]string{{}, {}, {"核对日期"}, {"核对题名", "核对日期"}}[m.rng.Intn(4)]
	case 9:
		e.Doc, e.Do, e.Check, e.Done = "", "package.check", of(ACheck), ptrTo(m.rng.Intn(4) > 0)
	case 10, 11, 12:
		e.Doc, e.Do, e.Package = "", []string{"package.sign", "package.sign", "package.sign", "package.reopen", "package.remove"}[m.rng.Intn(5)], ptrTo(of(APackage))
	default:
		e.Doc, e.Do, e.Name, e.To = "", "person.rename", who, ptrTo(crew[m.rng.Intn(len(crew))]+[]string{"", "甲"}[m.rng.Intn(2)])
	}
}

func orEmpty(a *Anchor) *Anchor {
	if a == nil {
		return &Anchor{}
	}
	return a
}

func ptrTo[T any](v T) *T { return &v }
