package archive

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// bureau is the archive's own document with a log: what edits make of it.
type bureau struct {
	t   *testing.T
	d   *Document
	n   int
	ops []*Op
}

func newBureau(t *testing.T) *bureau {
	b := &bureau{t: t, d: &Document{}}
	b.apply(&Op{Kind: "archive.create", Version: 1, Actor: "Zhang", Body: []byte(`{"owner":"Zhang","owner_id":"p","template":"x","setting_id":"s"}`)})
	return b
}

func (b *bureau) id() ID { b.n++; return ID(fmt.Sprintf("%08d-0000-7000-8000-000000000000", b.n)) }

func (b *bureau) apply(op *Op) error {
	op.ID, op.Clock = b.id(), ClockAt(time.UnixMilli(int64(1000+b.n)))
	_, _, why, err := b.d.Apply(op)
	if err != nil {
		b.t.Fatal(err)
	}
	if why == nil {
		b.ops = append(b.ops, op)
	}
	return why
}

// say does a line of `fonds apply`.
func (b *bureau) say(line string) error {
	e, err := ParseEdit([]byte(line))
	if err != nil {
		return err
	}
	body, version, err := Prepare(&Ctx{Doc: b.d, Actor: "Zhang", NewID: b.id}, e)
	if err != nil {
		return err
	}
	return b.apply(&Op{Kind: e.Do, Version: version, Actor: "Zhang", Body: body})
}

func own(d *Document) string {
	var out []string
	for _, l := range d.Palette() {
		if l.Own {
			out = append(out, fmt.Sprintf("%s|%s|%d|%s", l.Name, l.Text, l.Style, l.Key))
		}
	}
	return strings.Join(out, " ")
}

// TestPalette: the program's labels stand from the beginning; the archive's own
// are added, changed by what an edit says of them, and taken out.
func TestPalette(t *testing.T) {
	b := newBureau(t)
	if got := b.d.Palette(); len(got) != 6 || got[0].Name != "person" || got[5].Style != 5 || got[0].Own {
		t.Fatalf("got %+v", got)
	}
	tests := []struct{ line, code, want string }{
		{`{"do":"label.set","label":" 官职 ","text":"an office","key":"Q"}`, "", "官职|an office|6|q"},
		{`{"do":"label.set","label":"官职"}`, "unchanged", "官职|an office|6|q"},
		{`{"do":"label.set","label":"ship","key":"q"}`, "label-key-taken", "官职|an office|6|q"},
		{`{"do":"label.set","label":"ship","key":"é"}`, "", "官职|an office|6|q ship||7|é"},
		{`{"do":"label.set","label":"官职","style":2}`, "", "官职|an office|2|q ship||7|é"},
		{`{"do":"label.set","label":"官职","text":"","key":""}`, "", "官职||2| ship||7|é"},
		{`{"do":"label.set","label":"官职","style":10}`, "label-style", ""},
		{`{"do":"label.set","label":"官职","style":-1}`, "label-style", ""},
		{`{"do":"label.set","label":"官职","key":"5"}`, "label-key", ""},
		{`{"do":"label.set","label":"官职","key":"５"}`, "label-key", ""},
		{`{"do":"label.set","label":"官职","key":"ab"}`, "label-key", ""},
		{`{"do":"label.set","label":"官职","key":"\u0301"}`, "label-key", ""},
		{`{"do":"label.set","label":"官职","key":"\u202e"}`, "label-key", ""},
		{`{"do":"label.set","label":"官职","text":"a\nb"}`, "label-words", ""},
		{`{"do":"label.set","label":"person","style":3}`, "label-own", ""},
		{`{"do":"label.set","label":"furniture","style":3}`, "label-own", ""},
		{`{"do":"label.set","label":"a\u200b"}`, "label-name", ""},
		{`{"do":"label.set","label":"` + strings.Repeat("字", 41) + `"}`, "label-name", ""},
		{`{"do":"label.set"}`, "missing", ""},
		{`{"do":"label.remove","label":"place"}`, "label-own", ""},
		{`{"do":"label.remove","label":"none"}`, "label-absent", ""},
		{`{"do":"label.remove","label":"官职"}`, "", "ship||7|é"},
		{`{"do":"label.remove","label":"官职"}`, "label-absent", "ship||7|é"},
		{`{"do":"label.set","label":"官职"}`, "", "官职||6| ship||7|é"}, // it is the item that it was
	}
	for _, tt := range tests {
		before := own(b.d)
		err := b.say(tt.line)
		var r *Refusal
		switch {
		case tt.code == "" && err != nil:
			t.Fatalf("%s: %v", tt.line, err)
		case tt.code != "" && (!errors.As(err, &r) || r.Code != tt.code):
			t.Errorf("%s: got %v, want %s", tt.line, err, tt.code)
		case tt.code != "" && own(b.d) != before:
			t.Errorf("%s was refused, and changed the palette", tt.line)
		case tt.want != "" && own(b.d) != tt.want:
			t.Errorf("%s: got %s, want %s", tt.line, own(b.d), tt.want)
		}
	}
	again := &Document{}
	for _, op := range b.ops {
		if _, _, why, err := again.Apply(op); why != nil || err != nil {
			t.Fatal(why, err)
		}
	}
	if own(again) != own(b.d) {
		t.Errorf("replayed: %s, was %s", own(again), own(b.d))
	}
}

// TestKeyOfTwoLabels: where two copies of an archive gave a key to different
// labels, it is the later one's.
func TestKeyOfTwoLabels(t *testing.T) {
	b := newBureau(t)
	for _, body := range []string{`{"id":"l1","key":"q","label":"one","style":6}`, `{"id":"l2","key":"q","label":"two","style":6}`,
		`{"id":"l3","key":"y","label":"one","style":7}`} {
		if why := b.apply(&Op{Kind: "label.set", Version: 1, Actor: "Zhang", Body: []byte(body)}); why != nil {
			t.Fatal(why)
		}
	}
	if got, want := own(b.d), "one||7|y two||6|q"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAuthority: a mark's authority is a whole URI, and is kept beside its
// comment; what was marked before there were any replays as it did.
func TestAuthority(t *testing.T) {
	for uri, ok := range map[string]bool{"https://viaf.org/viaf/12345": true, " http://www.wikidata.org/entity/Q5 ": true, "urn:isbn:0451450523": true,
		"https://example.org/人/李振国#a": true, "tag:fonds,2026:x": true, "info:lccn/n78890351": true, "": true,
		"viaf.org/viaf/1": false, "/x": false, "https://": false, "https:// a": false, "https://a b": false, "李振国": false, "http:": false,
		"https://a.example/\u202e": false, "https://a.example/" + strings.Repeat("x", 2000): false, "https://a.example/%zz": false, "1http://x": false} {
		e := &Edit{Do: "mark.add", Authority: &uri}
		got, err := authority(e)
		if (err == nil) != ok || ok && got != strings.TrimSpace(uri) {
			t.Errorf("%q: got %q, %v", uri, got, err)
		}
	}
	text := NewText("司法厅召开推进会")
	d := &Document{ID: "d", Info: &Info{ID: "d", Text: 1}, Source: func(int) (*Text, error) { return text, nil }}
	n := 0
	do := func(e *Edit) error {
		n++
		body, version, err := Prepare(&Ctx{Doc: d, Actor: "Z", NewID: func() ID { n++; return ID(fmt.Sprintf("i%06d", n)) }, Base: d.Reading}, e)
		if err != nil {
			return err
		}
		_, _, why, err := d.Apply(&Op{ID: ID(fmt.Sprintf("o%06d", n)), Kind: e.Do, Version: version, Actor: "Z", Subject: "d", Body: body})
		if err != nil {
			t.Fatal(err)
		}
		return why
	}
	start, end := 0, 3
	if err := do(&Edit{Do: "mark.add", Start: &start, End: &end, Label: "organisation", Authority: new("https://a.example/1")}); err != nil {
		t.Fatal(err)
	}
	it := d.Of(AMark)[0]
	hash := d.ContentHash()
	if it.Detail != "https://a.example/1" {
		t.Errorf("got %q", it.Detail)
	}
	if err := do(&Edit{Do: "mark.edit", Mark: string(it.ID), Text: new("c")}); err != nil || d.Item(it.ID).Detail != it.Detail {
		t.Errorf("a comment took the authority away: %v", err)
	}
	if err := do(&Edit{Do: "mark.edit", Mark: string(it.ID), Text: new(""), Authority: new("")}); err != nil || d.Item(it.ID).Detail != "" {
		t.Errorf("it cannot be taken away: %v", err)
	}
	if d.ContentHash() == hash {
		t.Error("an approval would hold over another authority")
	}
	if err := do(&Edit{Do: "mark.edit", Mark: string(it.ID), Authority: new("x")}); err == nil {
		t.Error("an authority that is no URI was taken")
	}
	old := &Op{ID: "o9", Kind: "mark.add", Version: 1, Actor: "Z", Subject: "d",
		Body: []byte(`{"anchor":{"end":{"at":2},"quote":"司法","start":{"at":0},"text":1},"id":"i9","label":"person","text":"t"}`)}
	if _, _, why, err := d.Apply(old); why != nil || err != nil || d.Item("i9").Text != "t" || d.Item("i9").Detail != "" {
		t.Errorf("an old mark: %v %v", why, err)
	}
}
