package export

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"fonds/app/arrange"
	"fonds/app/i18n"
	"fonds/app/template"
	"fonds/storage"
	"fonds/storage/archive"
)

// This file writes the log as the business entities (业务实体) of DA/T 46-2009: a row an
// operation, the oldest first.

// LogTable says how the log is written.
type LogTable struct {
	Doc      archive.ID // the operations about this document; "" all
	Lang     string
	XLSX     bool // else CSV (RFC 4180), with the mark U+FEFF in front, by which Excel knows UTF-8
	Folder   string
	Progress func(done int) // nil is allowed
}

// entityColumns are those of DA/T 46, in their order; the keys of their heads.
var entityColumns = []listColumn{{"dat46.id", 38}, {"dat46.agent.id", 38}, {"dat46.agent", 16}, {"dat46.record", 38}, {"dat46.state", 14},
	{"dat46.act", 20}, {"dat46.time", 22}, {"dat46.ground", 30}, {"dat46.says", 60}}

// entities writes operations as rows.
type entities struct {
	s      *speech
	self   *archive.Document
	tree   *archive.Tree
	code   string                // the field of reference codes
	undone map[archive.ID]string // kinds of operations that others took back
	people map[string]*archive.Item
}

// WriteEntities writes the log. A workbook of it has as many sheets as it needs.
func WriteEntities(ctx context.Context, a *storage.Archive, l LogTable, w io.Writer) error {
	snap, err := a.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer snap.Close()
	self, err := snap.Self(ctx)
	if err != nil {
		return err
	}
	x := &entities{newSpeech(self, []string{l.Lang}), self, self.Units(), arrange.CodeField(template.Of(self)), map[archive.ID]string{}, map[string]*archive.Item{}}
	if err := x.takenBack(ctx, snap, l.Doc); err != nil {
		return err
	}
	heads := make([]string, len(entityColumns))
	for i, c := range entityColumns {
		heads[i] = x.say(c.key)
	}
	put := func(cells []string) error {
		_, err := io.WriteString(w, CSVLine(cells...))
		return err
	}
	var book *bookPaper
	if l.XLSX {
		book = newBookPaper(w, l.Folder, l.Lang, true)
		_ = book.leaf(x.say("dat46.title"), nil)
		err, put = book.table(entityColumns, heads), book.row
	} else if _, err = io.WriteString(w, "\uFEFF"); err == nil {
		err = put(heads)
	}
	n, last := 0, archive.Clock(0)
	if err == nil {
		err = snap.EachEntry(ctx, l.Doc, nil, func(e *storage.Entry) error {
			if n++; l.Progress != nil && n%1000 == 0 {
				l.Progress(n)
			}
			last = max(last, e.Clock)
			if err := ctx.Err(); err != nil {
				return err
			}
			return put(x.row(e))
		})
	}
	if book != nil {
		if err != nil {
			book.f.Close()
			return err
		}
		return book.end(Time(last))
	}
	return err
}

func (x *entities) say(key string, args ...any) string { return x.s.in(x.s.tags[0], key, args...) }

// takenBack finds out what the operations were that others took back.
func (x *entities) takenBack(ctx context.Context, snap *storage.Archive, doc archive.ID) error {
	of := map[archive.ID]bool{}
	err := snap.EachEntry(ctx, doc, []string{archive.UndoKind, archive.RedoKind}, func(e *storage.Entry) error {
		of[takes(e)] = true
		return nil
	})
	if err != nil || len(of) == 0 {
		return err
	}
	return snap.EachEntry(ctx, doc, nil, func(e *storage.Entry) error {
		if of[e.ID] {
			x.undone[e.ID] = e.Kind
		}
		return ctx.Err()
	})
}

// takes is the operation that an undo or redo took back.
func takes(e *storage.Entry) archive.ID {
	var body archive.UndoBody
	if json.Unmarshal(e.Body, &body) != nil {
		return "" // it was destroyed or lost
	}
	return body.Op
}

// row is an operation as a business entity.
func (x *entities) row(e *storage.Entry) []string {
	agent := ""
	if p := x.person(e.Actor); p != nil {
		agent = string(p.ID)
	}
	name := e.Actor
	if name == "" {
		name = x.say("machine")
	}
	return []string{string(e.ID), agent, name, string(e.Subject), x.state(e), x.kind(e.Kind), Time(e.Clock), x.ground(e), x.describe(e)}
}

func (x *entities) person(name string) *archive.Item {
	p, known := x.people[name]
	if !known {
		p = x.self.Person(name)
		x.people[name] = p
	}
	return p
}

func (x *entities) kind(kind string) string {
	if key := "kind." + kind; i18n.Has(key) {
		return i18n.In(x.s.tags[0], "kind."+kind)
	}
	return kind // of a newer program
}

// state says whether the operation counts (业务状态).
func (x *entities) state(e *storage.Entry) string {
	switch {
	case e.Outcome != archive.Applied && e.Outcome != "":
		return x.say("dat46.state." + string(e.Outcome))
	case e.UndoneBy != "":
		return x.say("dat46.state.undone")
	}
	return x.say("dat46.state.applied")
}

// ground is on what authority or for what reason it was done (行为依据).
func (x *entities) ground(e *storage.Entry) string {
	var out []string
	add := func(words string) {
		if words = strings.TrimSpace(words); words != "" && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	if e.Kind == archive.DestroyKind {
		if d, err := archive.DestructionOf(&e.Op); err == nil {
			add(d.Authority)
			add(d.Reason)
		}
	}
	for _, c := range e.Changes {
		it := c.After
		if it == nil {
			continue
		}
		if c.Before == nil || c.Before.Reason != it.Reason {
			add(x.reason(it.Reason))
		}
		if it.Decision != nil && (c.Before == nil || c.Before.Decision == nil) {
			add(it.Decision.Reason)
		}
		switch {
		case it.What == archive.AStatus:
			add(it.Text)
		case it.Rule != "" && e.Actor == "":
			add(it.Rule)
		}
	}
	return x.s.joined(out)
}

func (x *entities) reason(why string) string {
	if slices.Contains(knownReasons, why) {
		return i18n.In(x.s.tags[0], "reason."+why)
	}
	return why
}

// mostSaid is how many changes of an operation are told.
const mostSaid = 12

// describe says what the operation did (行为描述): each thing with its words before and
// after it.
func (x *entities) describe(e *storage.Entry) string {
	var out []string
	if e.Kind == archive.UndoKind || e.Kind == archive.RedoKind {
		of := takes(e)
		out = append(out, x.say("dat46.of", "act", x.kind(x.undone[of]), "id", of))
	}
	for i, c := range e.Changes {
		if len(out) == mostSaid {
			out = append(out, x.say("dat46.more", "n", len(e.Changes)-i))
			break
		}
		if words := x.change(c); words != "" && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	if len(e.Changes) == 0 && e.Kind == "document.import" {
		var b archive.ImportBody
		if json.Unmarshal(e.Body, &b) == nil {
			out = append(out, b.Info.Path)
		}
	}
	return x.s.joined(out)
}

func (x *entities) change(c archive.Change) string {
	if c.Before == nil && c.After == nil {
		if c.InfoAfter != nil {
			return c.InfoAfter.Name
		}
		return ""
	}
	was, now := x.words(c.Before), x.words(c.After)
	what := c.After
	if what == nil {
		what = c.Before
	}
	name := i18n.In(x.s.tags[0], "what."+string(what.What))
	if what.What == archive.AValue {
		name = x.s.field(x.s.tags[0], what.Key)
	}
	switch {
	case was == now && was == "":
		return ""
	case was == now:
		return x.say("dat46.thing", "what", name, "words", now)
	case was == "":
		return x.say("dat46.thing", "what", name, "words", now)
	case now == "":
		return x.say("dat46.gone", "what", name, "was", was)
	}
	return x.say("dat46.change", "what", name, "was", was, "now", now)
}

// words are those of a thing that counts or waits for a decision; "" of any other.
func (x *entities) words(it *archive.Item) string {
	if it == nil || !it.InForce() && !it.Open() {
		return ""
	}
	said := ""
	switch it.What {
	case archive.AValue:
		if said = it.Text; it.NotStated() {
			said = NotStated(x.s.tags[0])
		}
	case archive.ABelonging:
		said = i18n.In(x.s.tags[0], "belonging."+it.Key) + " · " + archive.ID(it.Text).Short()
	case archive.APlace:
		if u := x.tree.Unit(archive.ID(it.Key)); u != nil {
			said = u.Path()
		} else {
			said = it.Key
		}
	case archive.AUnit:
		said = archive.UnitItem(it).Name()
	case archive.AStatus:
		said = i18n.In(x.s.tags[0], "docstatus."+it.Key)
	case archive.AMark:
		said = x.s.label(x.s.tags[0], it.Key)
	case archive.ACorrection:
		said = it.Source + " → " + it.Text
	default:
		if said = it.Text; said == "" {
			said = it.Key
		}
	}
	if a := it.Anchor; a != nil && it.What != archive.AValue && it.What != archive.ACorrection && a.Quote != "" {
		said = strings.TrimSpace(said + " “" + short(a.Quote) + "”")
	}
	if it.Open() {
		said += " (" + i18n.In(x.s.tags[0], "what.proposal") + ")"
	}
	return said
}
