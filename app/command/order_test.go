package command

import (
	"encoding/json"
	"strings"
	"testing"

	"fonds/app/export"
)

// Parts are put into an order by a line of apply, show lists them in it, and the history
// tells of it.
func TestPartsInOrder(t *testing.T) {
	b := newBench(t)
	b.write("n.txt", "总目\n第一件\n第二件\n第三件\n")
	b.must("new", "@a.fonds")
	b.must("import", "@a.fonds", "@n.txt")
	for _, at := range []string{"11", "7", "3"} {
		if got := b.apply(`{"do":"document.split","doc":"path:n.txt","start":` + at + `}`); !got[0].OK {
			t.Fatalf("%+v", got)
		}
	}
	shown := func() (starts []int, docs []string) {
		for _, p := range objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0].Parts {
			starts, docs = append(starts, p.Start), append(docs, string(p.Doc))
		}
		return starts, docs
	}
	_, docs := shown()
	line := func(parts ...string) string {
		list, err := json.Marshal(append([]string{}, parts...))
		if err != nil {
			t.Fatal(err)
		}
		return `{"do":"document.order","doc":"path:n.txt","parts":` + string(list) + `}`
	}
	if got := b.apply(line(docs[2], docs[0][len(docs[0])-8:], docs[1])); !got[0].OK {
		t.Fatalf("%+v", got)
	}
	if starts, _ := shown(); len(starts) != 3 || starts[0] != 11 || starts[1] != 3 || starts[2] != 7 {
		t.Errorf("show lists the parts that begin at %v", starts)
	}
	people := b.must("show", "@a.fonds", "path:n.txt")
	if i, k := strings.Index(people, "11-15 is the document"), strings.Index(people, "3-7 is the document"); i < 0 || k < i {
		t.Errorf("show says\n%s", people)
	}
	if got := b.must("history", "@a.fonds", "path:n.txt"); !strings.Contains(got, "put the parts in the order "+docs[2][len(docs[2])-8:]+", ") {
		t.Errorf("the history says\n%s", got)
	}
	if got := b.must("history", "@a.fonds", "path:n.txt", "--json"); !strings.Contains(got, `"parts":["`+docs[2]+`","`+docs[0]+`","`+docs[1]+`"]`) {
		t.Errorf("the history says\n%s", got)
	}
	for l, code := range map[string]string{
		line(docs[0], docs[1]):                       "parts-left",
		line(docs[0], docs[1], docs[0]):              "part-twice",
		line(docs[0], docs[1], "12345678"):           "part-gone",
		line(docs[2], docs[0], docs[1]):              "unchanged",
		`{"do":"document.order","doc":"path:n.txt"}`: "missing",
	} {
		if got := b.apply(l); got[0].OK || got[0].Code != code {
			t.Errorf("%s gives %+v, want %s", l, got[0], code)
		}
	}
	b.apply(line())
	if starts, _ := shown(); starts[0] != 3 || starts[2] != 11 {
		t.Errorf("by place: %v", starts)
	}
	if got := b.must("history", "@a.fonds", "path:n.txt"); !strings.Contains(got, "put the parts in the order of their places") {
		t.Errorf("the history says\n%s", got)
	}
	b.must("verify", "@a.fonds")
}
