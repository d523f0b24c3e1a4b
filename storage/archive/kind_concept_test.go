package archive

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func described(d *Document) string {
	all := d.Concepts()
	var out []string
	for _, tag := range slices.Sorted(maps.Keys(all)) {
		c := all[tag]
		out = append(out, fmt.Sprintf("%s|%s|%s|%s|%s|%d", c.Tag, c.Scope, strings.Join(c.UsedFor, ","), c.Names["en"], c.URI, c.Colour))
	}
	return strings.Join(out, " ")
}

func vocabularies(d *Document) string {
	var out []string
	for _, l := range d.Lists() {
		out = append(out, fmt.Sprintf("%s|%s|%s|%d+%d", l.Name, l.Kind, l.Licence, l.Terms, len(d.Added(l.ID))))
	}
	return strings.Join(out, " ")
}

// refusedWith holds a line against what it should be refused with, "" for nothing.
func (b *bureau) refusedWith(line, code string, state func(*Document) string) {
	b.t.Helper()
	before := state(b.d)
	err := b.say(line)
	var r *Refusal
	switch {
	case code == "" && err != nil:
		b.t.Fatalf("%.200s: %v", line, err)
	case code != "" && (!errors.As(err, &r) || r.Code != code):
		b.t.Errorf("%.200s: got %v, want %s", line, err, code)
	case code != "" && state(b.d) != before:
		b.t.Errorf("%.200s was refused, and changed something", line)
	case code != "" && len(r.Error()) > 1000:
		b.t.Errorf("%.200s: %d bytes of refusal", line, len(r.Error()))
	}
}

func (b *bureau) replayed(state func(*Document) string) {
	b.t.Helper()
	again := &Document{}
	for _, op := range b.ops {
		if _, _, why, err := again.Apply(op); why != nil || err != nil {
			b.t.Fatal(why, err)
		}
	}
	if state(again) != state(b.d) {
		b.t.Errorf("replayed: %s, was %s", state(again), state(b.d))
	}
}

// TestConcepts: a tag is described before it is used; what an edit does not say stays.
func TestConcepts(t *testing.T) {
	b := newBureau(t)
	for _, tt := range []struct{ line, code, want string }{
		{`{"do":"concept.set","tag":"党建 / 会议","scope":" 会议记录 ","used_for":["开会"," 开会","会"],"names":{"en":"Meetings"},"uri":"https://example.org/1","colour":3}`, "", "党建/会议|会议记录|开会,会|Meetings|https://example.org/1|3"},
		{`{"do":"concept.set","tag":"党建/会议","colour":3}`, "unchanged", ""},
		{`{"do":"concept.set","tag":"党建/会议","colour":0}`, "", "党建/会议|会议记录|开会,会|Meetings|https://example.org/1|0"},
		{`{"do":"concept.set","tag":"党建/会议","used_for":[],"names":{"en":" "},"uri":""}`, "", "党建/会议|会议记录||||0"},
		{`{"do":"concept.set","tag":"党建/会议","colour":11}`, "concept-colour", ""},
		{`{"do":"concept.set","tag":"党建/会议","colour":-1}`, "concept-colour", ""},
		{`{"do":"concept.set","tag":"党建/会议","uri":"no uri"}`, "authority", ""},
		{`{"do":"concept.set","tag":"党建/会议","names":{"not a language":"x"}}`, "term-lang", ""},
		{`{"do":"concept.set","tag":"党建/会议","names":{"":"x"}}`, "term-lang", ""},
		{`{"do":"concept.set","tag":"党建/会议","used_for":["a\u202eb"]}`, "term-name", ""},
		{`{"do":"concept.set","tag":"党建/会议","scope":"` + strings.Repeat("字", 4001) + `"}`, "too-long", ""},
		{`{"do":"concept.set","tag":"` + strings.Repeat("x", 1<<20) + `"}`, "tag-name", ""},
		{`{"do":"concept.set","tag":"a//b"}`, "tag-name", ""},
		{`{"do":"concept.set"}`, "missing", ""},
		{`{"do":"concept.set","tag":"a","seen":["0"]}`, "", "a|||||0 党建/会议|会议记录||||0"},
		{`{"do":"concept.set","tag":"a","scope":"x","seen":["0"]}`, "stale", ""},
		{`{"do":"concept.remove","tag":"b"}`, "concept-absent", ""},
		{`{"do":"concept.remove","tag":"a"}`, "", "党建/会议|会议记录||||0"},
		{`{"do":"concept.set","tag":"a","scope":"again"}`, "", "a|again||||0 党建/会议|会议记录||||0"},
	} {
		b.refusedWith(tt.line, tt.code, described)
		if tt.want != "" && described(b.d) != tt.want {
			t.Errorf("%s: got %s, want %s", tt.line, described(b.d), tt.want)
		}
	}
	n := 0
	for _, it := range b.d.Items {
		if it.What == AConcept {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d items for two tags", n)
	}
	b.replayed(described)
}

// TestLists: a list comes with its terms; another version takes the place of the old,
// and what people added stays.
func TestLists(t *testing.T) {
	b := newBureau(t)
	bring := func(e Edit, terms ...Term) error {
		if terms != nil {
			content, err := PackTerms(terms)
			if err != nil {
				return err
			}
			e.Content = content
		}
		e.Do = SetListKind
		body, version, err := Prepare(&Ctx{Doc: b.d, Actor: "Zhang", NewID: b.id}, &e)
		if err != nil {
			return err
		}
		return b.apply(&Op{Kind: e.Do, Version: version, Actor: "Zhang", Body: body})
	}
	term := func(id, name string) Term { return Term{ID: id, Names: []Name{{name, "zh"}}} }
	code := func(err error) string {
		var r *Refusal
		if errors.As(err, &r) {
			return r.Code
		}
		return fmt.Sprint(err)
	}
	if err := bring(Edit{Name: "人名", Kind: "persons", File: "p.ttl"}, term("1", "沈家本"), term("2", "伍廷芳")); err != nil {
		t.Fatal(err)
	}
	for want, err := range map[string]error{
		"list-empty": bring(Edit{Name: "空"}),
		"list-there": bring(Edit{Name: "人名"}, term("1", "a")),
		"list-kind":  bring(Edit{Name: "b", Kind: "people"}, term("1", "a")),
		"list-name":  bring(Edit{Name: strings.Repeat("x", 1<<20)}, term("1", "a")),
		"term-name":  bring(Edit{Name: "c"}, Term{ID: "1"}),
		"term-lang":  bring(Edit{Name: "c"}, Term{ID: "1", Names: []Name{{"a", "z z"}}}),
	} {
		if code(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	for _, tt := range []struct{ line, code, want string }{
		{`{"do":"list.set","name":"new"}`, "list-empty", ""},
		{`{"do":"list.set","list":"人名","licence":"CC0"}`, "", "人名|persons|CC0|2+0"},
		{`{"do":"list.set","list":"人名","licence":"CC0"}`, "unchanged", ""},
		{`{"do":"list.add","list":"人名","name":"董康","used_for":["授经"],"scope":"法学家"}`, "", "人名|persons|CC0|2+1"},
		{`{"do":"list.add","list":"人名","name":"董康"}`, "term-there", ""},
		{`{"do":"list.add","list":"地名","name":"董康"}`, "list-absent", ""},
		{`{"do":"list.add","list":"人名"}`, "term-name", ""},
	} {
		b.refusedWith(tt.line, tt.code, vocabularies)
		if tt.want != "" && vocabularies(b.d) != tt.want {
			t.Errorf("%s: got %s, want %s", tt.line, vocabularies(b.d), tt.want)
		}
	}
	was := b.d.Lists()[0]
	if err := bring(Edit{List: "人名", File: "p2.ttl"}, term("1", "沈家本"), term("2", "伍廷芳"), term("3", "c")); err != nil {
		t.Fatal(err)
	}
	now := b.d.Lists()[0]
	if vocabularies(b.d) != "人名|persons|CC0|3+1" || now.Content == was.Content || now.File != "p2.ttl" {
		t.Errorf("another version: %s %+v", vocabularies(b.d), now)
	}
	added := b.d.inForce(ATerm)[0]
	b.refusedWith(`{"do":"list.drop","on":"`+string(added.ID)+`"}`, "", vocabularies)
	b.replayed(vocabularies)
	b.refusedWith(`{"do":"list.remove","list":"人名"}`, "", vocabularies)
	b.refusedWith(`{"do":"list.remove","list":"人名"}`, "list-absent", vocabularies)
	b.replayed(vocabularies)
}

// TestPackTerms: what is packed comes out as it went in, and nothing else does.
func TestPackTerms(t *testing.T) {
	in := []Term{{ID: "1", Names: []Name{{" 会议 ", "zh"}, {"Meetings", "en"}}, Also: []Name{{"开会", "zh"}, {"Meetings", "en"}}, Scope: "a\nb"}, {ID: "2", Names: []Name{{"b", ""}}, Broader: "1"}}
	p, err := PackTerms(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Unpack()
	if err != nil || len(out) != 2 || out[0].Names[0].Text != "会议" || len(out[0].Also) != 1 || out[1].Broader != "1" {
		t.Errorf("%+v %v", out, err)
	}
	for what, change := range map[string]func(*ListContent){
		"other hash": func(l *ListContent) { l.SHA256 = strings.Repeat("0", 64) },
		"cut":        func(l *ListContent) { l.Packed = l.Packed[:len(l.Packed)/2] },
		"no base64":  func(l *ListContent) { l.Packed = "!" },
	} {
		q := *p
		change(&q)
		if _, err := q.Unpack(); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if _, err := PackTerms(make([]Term, MostTerms+1)); err == nil {
		t.Error("more terms than fit were packed")
	}
}
