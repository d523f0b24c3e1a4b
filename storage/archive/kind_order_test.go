package archive

import (
	"strings"
	"testing"
)

// divided is a document with parts a, b, c … at the given places, two code points each.
func divided(t *testing.T, review string, at ...int) *fieldwork {
	t.Helper()
	f := newFieldwork(t, review)
	text := strings.Repeat("甲乙", 20)
	f.d.Source = func(int) (*Text, error) { return NewText(text), nil }
	f.d.Info.Chars = 40
	for i, start := range at {
		f.split(string(rune('a'+i)), start)
	}
	return f
}

// split makes a part of a name that tests can read.
func (f *fieldwork) split(name string, start int) ID {
	f.t.Helper()
	body, version, err := BodyOf(SplitKind, SplitBody{ID: f.id(), N: 1, Start: start, End: start + 2, Part: partNamed(name), Quote: "甲乙"})
	if err != nil {
		f.t.Fatal(err)
	}
	op, why := f.apply("Li", SplitKind, version, body)
	if why != nil {
		f.t.Fatal(why)
	}
	return op
}

func partNamed(name string) ID {
	return ID("00000000-0000-7000-9000-0000000" + strings.Repeat(name, 5))
}

// order is an edit that gives the parts the order of the letters.
func (f *fieldwork) order(letters string) *Edit {
	parts := []string{}
	for _, r := range letters {
		parts = append(parts, string(partNamed(string(r))))
	}
	return &Edit{Do: OrderKind, Parts: &parts}
}

func (f *fieldwork) join(name string) *Edit {
	for _, it := range f.d.Parts() {
		if it.Text == string(partNamed(name)) {
			return &Edit{Do: JoinKind, On: string(it.ID)}
		}
	}
	f.t.Fatalf("there is no part %s", name)
	return nil
}

// ordered is the order of the parts, by letters.
func (f *fieldwork) ordered() string {
	out := ""
	for _, it := range f.d.PartsInOrder() {
		out += it.Text[len(it.Text)-1:]
	}
	return out
}

func (f *fieldwork) wantOrder(what, want string) {
	f.t.Helper()
	if got := f.ordered(); got != want {
		f.t.Errorf("%s: the parts are in the order %s, want %s", what, got, want)
	}
}

// TestPartsInOrder: parts have the order of their places until somebody chooses one;
// a part that comes later takes its place among its neighbours, one that is joined
// leaves, and undo brings back what was.
func TestPartsInOrder(t *testing.T) {
	f := divided(t, "", 4, 10, 16) // a b c
	f.wantOrder("by place", "abc")
	hash := f.d.ContentHash()
	first := f.must("Li", f.order("cab"))
	f.wantOrder("chosen", "cab")
	if f.d.ContentHash() == hash {
		t.Error("another order is the same content")
	}
	f.split("d", 13) // between b and c in the text
	f.wantOrder("a part after b", "cabd")
	f.split("e", 0) // the first of all
	f.wantOrder("a part before a", "ceabd")
	f.split("f", 30) // behind c
	f.wantOrder("a part after c", "cfeabd")
	joined := f.must("Li", f.join("a"))
	f.wantOrder("a joined", "cfebd")
	if err := f.undo("Li", joined); err != nil {
		t.Fatal(err)
	}
	f.wantOrder("and its joining undone", "cfeabd")
	again := f.must("Wang", f.order("abcdef"))
	f.wantOrder("another order", "abcdef")
	if err := f.undo("Li", first); code(err) != "undo-changed" {
		t.Errorf("undoing an order that somebody has changed since gives %v", err)
	}
	if err := f.undo("Wang", again); err != nil {
		t.Fatal(err)
	}
	f.wantOrder("undone", "cfeabd")
	f.must("Li", f.order(""))
	f.wantOrder("the order of places again", "eabdcf")
	if it := f.d.order(); it != nil {
		t.Errorf("it is still kept as %+v", it)
	}
	f.must("Li", f.order("fcdbae"))
	f.must("Li", f.order("eabdcf"))
	f.wantOrder("the order of places by name", "eabdcf")
	if it := f.d.order(); it != nil {
		t.Errorf("the order of places is kept as %+v", it)
	}
	if err := f.undo("Li", first); err == nil {
		t.Error("an order undone long ago is undone again")
	}
}

// TestOrderOfSeveralNew: of several that come before all that are in the order the text decides.
func TestOrderOfSeveralNew(t *testing.T) {
	f := divided(t, "", 20, 30) // a b
	f.must("Li", f.order("ba"))
	f.split("c", 4)
	f.split("d", 8)
	f.wantOrder("two before a", "bcda")
	for _, name := range []string{"a", "b"} {
		f.must("Li", f.join(name))
	}
	f.wantOrder("those of the order joined", "cd")
}

// TestOrderRefused: what is no part, what is named twice or left out, what somebody has
// changed, and whoever may not divide is refused in words.
func TestOrderRefused(t *testing.T) {
	f := divided(t, "", 4, 10, 16)
	ends := []string{"0ccccc", "00ccccc", "000aaaaa", "000bbbbb"}
	for _, tt := range []struct {
		name string
		e    *Edit
		want string
	}{
		{"not said", &Edit{Do: OrderKind}, "missing"},
		{"by their ends", &Edit{Do: OrderKind, Parts: &[]string{"000ccccc", ends[2], ends[3]}}, ""},
		{"as it is", f.order("cab"), "unchanged"},
		{"left out", f.order("ca"), "parts-left"},
		{"twice", f.order("caba"), "part-twice"},
		{"no part", f.order("cabx"), "part-gone"},
		{"too short an end", &Edit{Do: OrderKind, Parts: &ends}, "part-gone"},
		{"by what was seen", &Edit{Do: OrderKind, Parts: f.order("abc").Parts, Seen: &[]ID{partNamed("a"), partNamed("b"), partNamed("c")}}, "moved"},
		{"by what is there", &Edit{Do: OrderKind, Parts: f.order("acb").Parts, Seen: &[]ID{partNamed("c"), partNamed("a"), partNamed("b")}}, ""},
	} {
		if _, err := f.do("Li", tt.e); code(err) != tt.want {
			t.Errorf("%s gives %v, want %q", tt.name, err, tt.want)
		}
	}
	body, version, err := BodyOf(OrderKind, OrderBody{ID: f.id(), Parts: []ID{partNamed("b"), partNamed("b")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, why := f.apply("Li", OrderKind, version, body); code(why) != "part-twice" {
		t.Errorf("an operation that names a part twice: %v", why)
	}
	body, version, err = BodyOf(OrderKind, OrderBody{ID: f.id(), Parts: []ID{partNamed("a"), partNamed("b")}})
	if err != nil {
		t.Fatal(err)
	}
	f.must("Li", f.join("a"))
	if _, why := f.apply("Li", OrderKind, version, body); code(why) != "part-gone" {
		t.Errorf("in the total order, behind the joining of a part that it names: %v", why)
	}
	if _, err := f.do("Li", f.order("abc")); code(err) != "part-gone" || !strings.Contains(err.Error(), "was joined") {
		t.Errorf("a part that was joined gives %v", err)
	}
	g := divided(t, string(ReviewEverything), 4, 10)
	if _, err := g.do("Wang", g.order("ba")); code(err) != "role" {
		t.Errorf("an archivist where everything is reviewed gives %v", err)
	}
	if _, err := divided(t, "").do("Li", f.order("")); code(err) != "unchanged" {
		t.Errorf("the order of places of a document without parts gives %v", err)
	}
	if _, err := ParseEdit([]byte(`{"do":"document.order","doc":"d","parts":"a"}`)); code(err) != "wrong-type" {
		t.Errorf("parts that are no list give %v", err)
	}
}
