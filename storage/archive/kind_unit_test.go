package archive

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// drawn is an arrangement as its codes, each under its own.
func drawn(d *Document) string {
	var b strings.Builder
	var walk func([]*Unit)
	walk = func(us []*Unit) {
		for i, u := range us {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(u.Key())
			if len(u.Units) > 0 {
				b.WriteByte('(')
				walk(u.Units)
				b.WriteByte(')')
			}
		}
	}
	walk(d.Units().Top)
	return b.String()
}

// TestUnits: a tree of units is made, moved and taken apart; what cannot stand so is
// refused and changes nothing.
func TestUnits(t *testing.T) {
	b := newBureau(t)
	for _, tt := range []struct{ line, code, want string }{
		{`{"do":"unit.set","level":"fonds","code":" Z109 ","title":"某某市档案局"}`, "", "Z109"},
		{`{"do":"unit.set","parent":"Z109","level":"series","code":"WS"}`, "", "Z109(WS)"},
		{`{"do":"unit.set","parent":"Z109","level":"series","code":"KJ"}`, "", "Z109(WS KJ)"},
		{`{"do":"unit.set","parent":"Z109/WS","level":"series","code":"2015"}`, "", "Z109(WS(2015) KJ)"},
		{`{"do":"unit.set","parent":"Z109/WS/2015","level":"file","code":"003","describe":{"dat18:retention":["永久"]}}`, "", "Z109(WS(2015(003)) KJ)"},
		{`{"do":"unit.set","parent":"Z109/WS/2015","level":"file","title":"No code"}`, "", "Z109(WS(2015(003 No code)) KJ)"},

		{`{"do":"unit.set","level":"series"}`, "unit-nameless", ""},
		{`{"do":"unit.set","code":"1"}`, "unit-level", ""},
		{`{"do":"unit.set","level":"item","code":"1"}`, "unit-level", ""},
		{`{"do":"unit.set","level":"series","code":"a/b"}`, "unit-code", ""},
		{`{"do":"unit.set","level":"series","code":"` + strings.Repeat("字", 61) + `"}`, "unit-code", ""},
		{`{"do":"unit.set","level":"series","title":"` + strings.Repeat("字", 501) + `"}`, "unit-title", ""},
		{`{"do":"unit.set","level":"fonds","code":"Z109"}`, "unit-there", ""},
		{`{"do":"unit.set","parent":"Z109","level":"fonds","code":"A"}`, "unit-under", ""},
		{`{"do":"unit.set","parent":"Z109/WS/2015/003","level":"file","code":"A"}`, "unit-under", ""},
		{`{"do":"unit.set","parent":"X1","level":"file","code":"A"}`, "unit-unknown", ""},
		{`{"do":"unit.set","unit":"Z109/WS","parent":"Z109/WS/2015"}`, "unit-in-itself", ""},
		{`{"do":"unit.set","unit":"Z109/WS","level":"file"}`, "unit-under", ""},
		{`{"do":"unit.set","unit":"Z109/KJ","rank":"a0"}`, "rank", ""},
		{`{"do":"unit.set","unit":"Z109/WS","title":""}`, "unchanged", ""},
		{`{"do":"unit.set","unit":"Z109/WS","describe":{"a\nb":["x"]}}`, "unit-field", ""},
		{`{"do":"unit.set","unit":"Z109/WS","name":"x"}`, "no-key", ""},
		{`{"do":"unit.remove","unit":"Z109/WS"}`, "unit-units", ""},
		{`{"do":"unit.remove","unit":"nowhere"}`, "unit-unknown", ""},
		{`{"do":"unit.remove"}`, "missing", ""},

		{`{"do":"unit.set","unit":"Z109/KJ","rank":"1"}`, "", "Z109(KJ WS(2015(003 No code)))"},
		{`{"do":"unit.set","unit":"Z109/WS/2015/003","parent":"Z109/KJ"}`, "", "Z109(KJ(003) WS(2015(No code)))"},
		{`{"do":"unit.set","unit":"Z109/KJ/003","parent":"","code":"9"}`, "", "Z109(KJ WS(2015(No code))) 9"},
		{`{"do":"unit.remove","unit":"9"}`, "", "Z109(KJ WS(2015(No code)))"},
	} {
		before := drawn(b.d)
		err := b.say(tt.line)
		var r *Refusal
		switch {
		case tt.code == "" && err != nil:
			t.Fatalf("%s: %v", tt.line, err)
		case tt.code != "" && (!errors.As(err, &r) || r.Code != tt.code):
			t.Errorf("%s: got %v, want %s", tt.line, err, tt.code)
		case tt.code != "" && drawn(b.d) != before:
			t.Errorf("%s was refused, and changed the tree", tt.line)
		case tt.code == "" && drawn(b.d) != tt.want:
			t.Errorf("%s: got %s, want %s", tt.line, drawn(b.d), tt.want)
		}
	}
	again := &Document{}
	for _, op := range b.ops {
		if _, _, why, err := again.Apply(op); why != nil || err != nil {
			t.Fatal(why, err)
		}
	}
	if drawn(again) != drawn(b.d) {
		t.Errorf("replayed: %s, was %s", drawn(again), drawn(b.d))
	}
}

// TestUnitsDeep: the tree ends at its limit, also by a move of a unit with others in it.
func TestUnitsDeep(t *testing.T) {
	b := newBureau(t)
	over := ""
	for i := range mostUnitDepth {
		if err := b.say(fmt.Sprintf(`{"do":"unit.set","parent":%q,"level":"series","code":"a"}`, over)); err != nil {
			t.Fatal(i, err)
		}
		over = strings.TrimPrefix(over+"/a", "/")
	}
	var r *Refusal
	if err := b.say(fmt.Sprintf(`{"do":"unit.set","parent":%q,"level":"series","code":"a"}`, over)); !errors.As(err, &r) || r.Code != "units-deep" {
		t.Errorf("one too deep: %v", err)
	}
	_ = b.say(`{"do":"unit.set","level":"series","code":"b"}`)
	if err := b.say(`{"do":"unit.set","unit":"a","parent":"b"}`); !errors.As(err, &r) || r.Code != "units-deep" {
		t.Errorf("moved too deep: %v", err)
	}
}

// TestInherited: the values of the nearest unit that has some.
func TestInherited(t *testing.T) {
	b := newBureau(t)
	for _, line := range []string{
		`{"do":"unit.set","level":"fonds","code":"A","describe":{"x:a":["fonds"],"x:b":["far"]}}`,
		`{"do":"unit.set","parent":"A","level":"file","code":"1","describe":{"x:a":["near","nearer"]}}`,
		`{"do":"unit.set","unit":"A/1","describe":{"x:c":["c"]}}`,
		`{"do":"unit.set","unit":"A/1","describe":{"x:c":[]}}`,
	} {
		if err := b.say(line); err != nil {
			t.Fatal(err)
		}
	}
	u := b.d.Units().Find("A/1")
	for field, want := range map[string]string{"x:a": "near nearer from 1", "x:b": "far from A", "x:c": " from"} {
		values, from := u.Inherited(field)
		got := strings.Join(values, " ") + " from"
		if from != nil {
			got += " " + from.Code
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", field, got, want)
		}
	}
}

// TestRank: whatever is put between others stands between them, and can be asked for.
func TestRank(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	list := []string{}
	for range 3000 {
		at := rng.IntN(len(list) + 1)
		if rng.IntN(3) == 0 { // always at one end is what wears ranks out
			at = 0
		}
		before, behind := "", ""
		if at > 0 {
			before = list[at-1]
		}
		if at < len(list) {
			behind = list[at]
		}
		r := Rank(before, behind)
		if !isRank.MatchString(r) && len(r) < 200 || r <= before || behind != "" && r >= behind {
			t.Fatalf("between %q and %q: %q", before, behind, r)
		}
		list = slices.Insert(list, at, r)
	}
}
