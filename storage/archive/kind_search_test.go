package archive

import (
	"errors"
	"strings"
	"testing"
)

func saved(d *Document) string {
	var out []string
	for _, s := range d.Searches() {
		out = append(out, s.Name+"="+s.Query)
	}
	return strings.Join(out, " ")
}

// TestSearches: a search is saved under a name that can be seen, in the place of the
// one of that name, and is removed; one that comes back is the item that it was.
func TestSearches(t *testing.T) {
	b := newBureau(t)
	for _, tt := range []struct{ line, code, want string }{
		{`{"do":"search.save","name":" 待核 ","query":" has:note "}`, "", "待核=has:note"},
		{`{"do":"search.save","name":"待核","query":"has:note"}`, "unchanged", "待核=has:note"},
		{`{"do":"search.save","name":"待核","query":"has:tag"}`, "", "待核=has:tag"},
		{`{"do":"search.save","name":"Re\u0301union","query":"a"}`, "", "Réunion=a 待核=has:tag"},
		{`{"do":"search.save","name":"Réunion","query":"a"}`, "unchanged", ""},
		{`{"do":"search.save","name":"","query":"a"}`, "missing", ""},
		{`{"do":"search.save","name":"a"}`, "missing", ""},
		{`{"do":"search.save","name":"a","query":"  "}`, "missing", ""},
		{`{"do":"search.save","name":"a\nb","query":"a"}`, "search-name", ""},
		{`{"do":"search.save","name":"a\u202eb","query":"a"}`, "search-name", ""},
		{`{"do":"search.save","name":"` + strings.Repeat("字", 61) + `","query":"a"}`, "search-name", ""},
		{`{"do":"search.save","name":"a","query":"` + strings.Repeat("字", 2001) + `"}`, "too-long", ""},
		{`{"do":"search.save","name":"a","query":"b","key":1}`, "no-key", ""},
		{`{"do":"search.remove","name":"a"}`, "search-absent", ""},
		{`{"do":"search.remove"}`, "missing", ""},
		{`{"do":"search.remove","name":" Re\u0301union"}`, "", "待核=has:tag"},
		{`{"do":"search.remove","name":"Réunion"}`, "search-absent", "待核=has:tag"},
		{`{"do":"search.save","name":"Réunion","query":"b"}`, "", "Réunion=b 待核=has:tag"},
	} {
		before, items := saved(b.d), len(b.d.Items)
		err := b.say(tt.line)
		var r *Refusal
		switch {
		case tt.code == "" && err != nil:
			t.Fatalf("%s: %v", tt.line, err)
		case tt.code != "" && (!errors.As(err, &r) || r.Code != tt.code):
			t.Errorf("%s: got %v, want %s", tt.line, err, tt.code)
		case tt.code != "" && saved(b.d) != before:
			t.Errorf("%s was refused, and changed what is saved", tt.line)
		case tt.want != "" && saved(b.d) != tt.want:
			t.Errorf("%s: got %s, want %s", tt.line, saved(b.d), tt.want)
		case strings.Contains(tt.want, "=b") && len(b.d.Items) != items:
			t.Errorf("%s made another item of the same name", tt.line)
		}
	}
	if who := b.d.Searches()[0].By; who != "Zhang" {
		t.Errorf("saved by %q", who)
	}
	again := &Document{}
	for _, op := range b.ops {
		if _, _, why, err := again.Apply(op); why != nil || err != nil {
			t.Fatal(why, err)
		}
	}
	if saved(again) != saved(b.d) {
		t.Errorf("replayed: %s, was %s", saved(again), saved(b.d))
	}
	// Replay does not ask what a query means, or how many there are.
	if why := b.apply(&Op{Kind: SaveSearchKind, Version: 1, Actor: "Zhang", Body: []byte(`{"id":"s1","name":"of tomorrow","query":"wings:2 ("}`)}); why != nil {
		t.Errorf("a query of a newer program: %v", why)
	}
}
