package archive

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// field is a document whose fields a test works on, under rules of its own.
type fieldwork struct {
	t     *testing.T
	d     *Document
	rules *Rules
	past  map[ID]Done
	n     int
	clock *Ticker
}

func newFieldwork(t *testing.T, review string) *fieldwork {
	f := &fieldwork{t: t, past: map[ID]Done{}, clock: NewTicker(func() time.Time { return time.UnixMilli(1_780_000_000_000) })}
	self := &Document{Items: []*Item{{ID: "p1", What: APerson, State: Accepted, Key: "Li", Text: string(Owner)},
		{ID: "p2", What: APerson, State: Accepted, Key: "Wang", Text: string(Archivist)}}}
	if review != "" {
		self.Items = append(self.Items, &Item{ID: "s1", What: ASetting, State: Accepted, Key: "review", Text: review})
	}
	f.rules = self.Rules()
	f.d = &Document{ID: "doc", Info: &Info{ID: "doc", Name: "a.txt", Text: 1, Chars: 10},
		Source:   func(int) (*Text, error) { return NewText("0123456789"), nil },
		RulesFor: func(*Op) *Rules { return f.rules },
		Past:     func(op ID) (Done, error) { return f.past[op], nil }}
	return f
}

func (f *fieldwork) id() ID {
	f.n++
	return ID("00000000-0000-7000-8000-" + strings.Repeat("0", 12-len(itoa(f.n))) + itoa(f.n))
}

// do makes an edit and gives its operation, or the refusal.
func (f *fieldwork) do(who string, e *Edit) (ID, error) {
	f.t.Helper()
	e.Doc = string(f.d.ID)
	body, version, err := Prepare(&Ctx{Doc: f.d, Actor: who, Rules: f.rules, NewID: f.id, Base: f.d.Reading}, e)
	if err != nil {
		return "", err
	}
	return f.apply(who, e.Do, version, body)
}

func (f *fieldwork) apply(who, kind string, version int, body []byte) (ID, error) {
	op := &Op{ID: f.id(), Kind: kind, Version: version, Clock: f.clock.Next(), Actor: who, Subject: f.d.ID, Body: body}
	_, changes, why, err := f.d.Apply(op)
	if err != nil {
		f.t.Fatal(err)
	}
	f.past[op.ID] = Done{Kind: kind, Changes: changes}
	return op.ID, why
}

func (f *fieldwork) must(who string, e *Edit) ID {
	f.t.Helper()
	id, err := f.do(who, e)
	if err != nil {
		f.t.Fatalf("%s by %s: %v", e.Do, who, err)
	}
	return id
}

func (f *fieldwork) undo(who string, op ID) error {
	body, version, err := BodyOf(UndoKind, UndoBody{op})
	if err != nil {
		f.t.Fatal(err)
	}
	_, why := f.apply(who, UndoKind, version, body)
	return why
}

func (f *fieldwork) set(texts ...string) *Edit {
	e := &Edit{Do: "field.set", Field: "f"}
	for _, s := range texts {
		e.Values = append(e.Values, ValueOf(s))
	}
	return e
}

// machine puts a machine's proposal of a value there.
func (f *fieldwork) machine(text string) string {
	id := f.id()
	f.d.put(id, &Item{ID: id, What: AValue, State: Proposed, Key: "f", Text: text, Rule: "r", Rev: "import"})
	f.d.changes = nil
	return string(id)
}

// shows is the field as it stands: the values in force, then what is proposed.
func (f *fieldwork) shows() string {
	var out []string
	for _, state := range []State{Accepted, Proposed} {
		for _, it := range f.d.Of(AValue) {
			if it.State == state {
				words := it.Text
				if it.NotStated() {
					words = "∅"
				}
				if state == Proposed {
					words += "?"
				}
				out = append(out, words)
			}
		}
	}
	return strings.Join(out, " ")
}

func (f *fieldwork) want(what, shows string) {
	f.t.Helper()
	if got := f.shows(); got != shows {
		f.t.Errorf("%s: the field shows %q, want %q", what, got, shows)
	}
}

func code(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

// TestNotStated: a field that the source does not state has that alone; a value takes
// its place, it takes that of values, undo brings back what was, and proposals of
// machines stay.
func TestNotStated(t *testing.T) {
	f := newFieldwork(t, "")
	m := f.machine("机")
	set := f.must("Wang", f.set(""))
	f.want("marked", "∅ 机?")
	if v := f.d.Values("f")[0]; v.Text != "" || v.Detail != NotStated || v.By != "Wang" {
		t.Errorf("it is kept as %+v", v)
	}
	if _, err := f.do("Wang", f.set("")); code(err) != "unchanged" {
		t.Errorf("marking it again gives %v, want that it changes nothing", err)
	}
	hash := f.d.ContentHash()
	f.must("Wang", f.set("甲", "乙"))
	f.want("values over it", "甲 乙 机?")
	over := f.must("Li", f.set(""))
	f.want("it over values", "∅ 机?")
	if f.d.ContentHash() != hash {
		t.Error("the same content has another hash")
	}
	if err := f.undo("Li", over); err != nil {
		t.Fatal(err)
	}
	f.want("undone", "甲 乙 机?")
	f.must("Wang", f.set())
	if f.d.ContentHash() == hash {
		t.Error("an empty field and one that is not stated have one hash")
	}
	f.must("Wang", f.set(""))
	f.must("Wang", &Edit{Do: "value.take", Value: m})
	f.want("a proposal taken", "机")
	if err := f.undo("Wang", set); code(err) != "undo-changed" {
		t.Errorf("undoing what was replaced since gives %v", err)
	}
	evidence := f.set("")
	evidence.Values[0].Evidence = &RangeIn{Start: 2, End: 4}
	f.must("Wang", evidence)
	if v := f.d.Values("f")[0]; !v.NotStated() || v.Anchor == nil || v.Anchor.Quote != "23" {
		t.Errorf("where it should have been stated is kept as %+v", v)
	}
}

// TestNotStatedRefused: what cannot be said is refused with words that say what to do.
func TestNotStatedRefused(t *testing.T) {
	for line, want := range map[string]string{
		`{"do":"field.set","doc":"d","field":"f","values":[{"not_stated":true}]}`:                                "",
		`{"do":"field.set","doc":"d","field":"f","values":[{"value":"","not_stated":true}]}`:                     "",
		`{"do":"field.set","doc":"d","field":"f","values":[{"not_stated":true,"evidence":{"start":0,"end":2}}]}`: "",
		`{"do":"field.set","doc":"d","field":"f","values":[{"value":"x","not_stated":true}]}`:                    "not-stated-words",
		`{"do":"field.set","doc":"d","field":"f","values":[{"detail":"x","not_stated":true}]}`:                   "not-stated-words",
		`{"do":"field.set","doc":"d","field":"f","values":[{"not_stated":true},{"value":"x"}]}`:                  "not-stated-alone",
		`{"do":"field.set","doc":"d","field":"f","values":[{"not_stated":true},{"not_stated":true}]}`:            "not-stated-alone",
		`{"do":"field.set","doc":"d","field":"f","values":[{"not_stated":false}]}`:                               "value-empty",
		`{"do":"field.set","doc":"d","field":"f","values":[{"not_stated":"yes"}]}`:                               "wrong-type",
	} {
		_, err := ParseEdit([]byte(line))
		if code(err) != want {
			t.Errorf("%s gives %v, want %q", line, err, want)
		}
	}
	if _, err := newFieldwork(t, "").do("Wang", newFieldwork(t, "").set("", "甲")); code(err) != "not-stated-alone" {
		t.Errorf("it beside a value gives %v", err)
	}
	f := newFieldwork(t, "")
	seen := []ID{}
	f.must("Wang", f.set(""))
	e := f.set("甲")
	e.Seen = &seen
	_, err := f.do("Li", e)
	if code(err) != "stale" || !strings.Contains(err.Error(), "it now says "+NotStated) {
		t.Errorf("an edit on what stood there before gives %v", err)
	}
}

// TestNotStatedReviewed: where the policy asks for review it is proposed, decided on and
// taken back like a value, and never comes to stand beside one.
func TestNotStatedReviewed(t *testing.T) {
	open := func(f *fieldwork, words string) string {
		for _, it := range f.d.Of(AValue) {
			if it.Open() && it.Text == words {
				return string(it.ID)
			}
		}
		t.Fatalf("nothing proposes %q in %q", words, f.shows())
		return ""
	}
	decide := func(f *fieldwork, words, verdict string, text *string) error {
		_, err := f.do("Li", &Edit{Do: "decide", On: open(f, words), Verdict: verdict, Reason: "why", Text: text})
		return err
	}
	f := newFieldwork(t, string(ReviewEverything))
	f.must("Wang", f.set(""))
	f.want("proposed", "∅?")
	if err := decide(f, "", "approve", nil); err != nil {
		t.Fatal(err)
	}
	f.want("approved", "∅")
	f.must("Wang", f.set("甲"))
	f.want("a value proposed", "∅ 甲?")
	if err := decide(f, "甲", "approve", nil); err != nil {
		t.Fatal(err)
	}
	f.want("a value approved", "甲")
	f.must("Wang", f.set(""))
	words := "乙"
	if err := decide(f, "", "amend", &words); err != nil {
		t.Fatal(err)
	}
	f.want("amended to a value", "甲 乙?")
	if it := f.d.Item(ID(open(f, "乙"))); it.Detail != "" {
		t.Errorf("the value that it was amended to keeps %q beside it", it.Detail)
	}

	// Two proposals for an empty field, of which each would leave no room for the other.
	f = newFieldwork(t, string(ReviewEverything))
	f.must("Wang", f.set("甲"))
	f.must("Li", f.set(""))
	self := f.rules
	f.rules = &Rules{}
	*f.rules = *self
	f.rules.FourEyes = false
	if err := decide(f, "甲", "approve", nil); err != nil {
		t.Fatal(err)
	}
	if err := decide(f, "", "approve", nil); code(err) != "stale" {
		t.Errorf("approving that it is not stated over a value that it was not said of gives %v", err)
	}
	f.want("the value stands", "甲 ∅?")

	f = newFieldwork(t, string(ReviewEverything))
	f.must("Wang", f.set("甲"))
	f.must("Li", f.set(""))
	f.rules = &Rules{}
	*f.rules = *self
	f.rules.FourEyes = false
	if err := decide(f, "", "approve", nil); err != nil {
		t.Fatal(err)
	}
	if err := decide(f, "甲", "approve", nil); err != nil {
		t.Fatal(err)
	}
	f.want("a value takes its place", "甲")

	// That it be taken away is proposed too, and says what.
	f = newFieldwork(t, string(ReviewEverything))
	f.must("Wang", f.set(""))
	if err := decide(f, "", "approve", nil); err != nil {
		t.Fatal(err)
	}
	f.must("Wang", f.set())
	i := slices.IndexFunc(f.d.Items, func(it *Item) bool { return it.What == ARemoval })
	if i < 0 || !f.d.Items[i].NotStated() || !f.d.Items[i].Open() {
		t.Errorf("taking it away is proposed as %+v", f.d.Of(ARemoval))
	}
}

// TestNotStatedCounts: a required field that is not stated is filled in, it needs no
// evidence, and is none where a document has nothing else.
func TestNotStatedCounts(t *testing.T) {
	f := newFieldwork(t, "")
	f.d.Items = []*Item{{ID: "a", What: AValue, State: Accepted, Key: TitleField, Detail: NotStated, By: "Wang"},
		{ID: "b", What: AValue, State: Proposed, Key: TitleField, Text: "机"}, {ID: "c", What: AValue, State: Accepted, Key: DateField, Detail: NotStated, By: "Wang"}}
	found, err := f.d.Check(f.rules, "Wang", []string{TitleField, DateField})
	if err != nil || len(found) != 1 || found[0].Kind != FoundUndecided {
		t.Errorf("the check finds %+v (%v), want the open proposal alone", found, err)
	}
	a, err := f.d.Assess(f.rules, []string{TitleField, DateField})
	if err != nil || !a.Meets(CriterionFields) || a.Meets(CriterionEvidence) || len(a.Unsourced) > 0 {
		t.Errorf("it is assessed as %+v (%v)", a, err)
	}
	if title, date := f.d.Title(), f.d.Date(); title != "a.txt" || date != "" {
		t.Errorf("lists show the title %q and the date %q, want the file's name and none", title, date)
	}
}
