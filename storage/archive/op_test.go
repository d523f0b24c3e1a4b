package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func sealed(n int, prev Hash) *Op {
	op := &Op{ID: ID(strings.Repeat("0", 8) + "-0000-7000-8000-00000000000" + itoa(n)), Kind: "note.add", Version: 1, Replica: "r", Seq: int64(n),
		Clock: ClockAt(time.UnixMilli(1000)), Actor: "王雪梅\u2028 & <b>", Layer: MainLayer, Salt: []byte{1, 2}, Body: []byte(`{"id":"x","text":"甲"}`)}
	op.Seal(prev)
	return op
}

// TestSealShowsEveryChange: nothing of an operation can change without a word.
func TestSealShowsEveryChange(t *testing.T) {
	first := sealed(1, Hash{})
	changes := map[string]func(*Op){
		"actor": func(o *Op) { o.Actor = "Li" }, "kind": func(o *Op) { o.Kind = "note.edit" }, "version": func(o *Op) { o.Version++ },
		"clock": func(o *Op) { o.Clock++ }, "seq": func(o *Op) { o.Seq++ }, "subject": func(o *Op) { o.Subject = "d" },
		"batch": func(o *Op) { o.Batch = "b" }, "layer": func(o *Op) { o.Layer = "x" }, "replica": func(o *Op) { o.Replica = "q" },
		"id": func(o *Op) { o.ID = "y" }, "salt": func(o *Op) { o.Salt = []byte{1, 3} }, "body": func(o *Op) { o.Body = append([]byte(nil), `{"id":"x","text":"乙"}`...) },
		"commitment": func(o *Op) { o.Commitment[0]++ }, "hash": func(o *Op) { o.Hash[0]++ }, "prev": func(o *Op) { o.Prev[0]++ },
	}
	if err := sealed(2, first.Hash).CheckSeal(first.Hash); err != nil {
		t.Fatalf("untouched: %v", err)
	}
	for name, change := range changes {
		op := sealed(2, first.Hash)
		change(op)
		if op.CheckSeal(first.Hash) == nil {
			t.Errorf("%s changed, and the seal holds", name)
		}
	}
	gone := sealed(2, first.Hash)
	gone.Salt, gone.Body = nil, nil
	if err := gone.CheckSeal(first.Hash); err != nil {
		t.Errorf("a destroyed body breaks the chain: %v", err)
	}
}

// TestCanonical is RFC 8785 where encoding/json differs from it.
func TestCanonical(t *testing.T) {
	got, err := Canonical(map[string]any{"b": "<&>\u2028\x01", "a": 0.98, "é": []int{1}, "\U0001f600": nil})
	want := "{\"a\":0.98,\"b\":\"<&>\u2028\\u0001\",\"é\":[1],\"\U0001f600\":null}"
	if err != nil || string(got) != want {
		t.Errorf("got %s, want %s (%v)", got, want, err)
	}
	var back map[string]any
	if err := json.Unmarshal(sealed(1, Hash{}).headerBytes(), &back); err != nil || !strings.Contains(string(sealed(1, Hash{}).headerBytes()), "\u2028 & <b>") {
		t.Errorf("header %s", sealed(1, Hash{}).headerBytes())
	}
}

// TestTicker: clocks of one replica never run backwards, whatever the wall does.
func TestTicker(t *testing.T) {
	now := time.UnixMilli(5000)
	tick := NewTicker(func() time.Time { return now })
	a := tick.Next()
	b := tick.Next()
	now = now.Add(-time.Hour)
	c := tick.Next()
	tick.Saw(ClockAt(time.UnixMilli(9000)))
	d := tick.Next()
	if !(a < b && b < c && c < d) || d.Time().UnixMilli() != 9000 || a.Time() != time.UnixMilli(5000).UTC() {
		t.Errorf("got %v %v %v %v", a.Time(), b.Time(), c.Time(), d.Time())
	}
}

func TestShortIDs(t *testing.T) {
	id := ID("01a20a30-7601-7030-99cd-cc2fb03eea8a")
	if id.Short() != "b03eea8a" || !id.MatchesEnd("b03eea8a") || !id.MatchesEnd("CC2FB03EEA8A") || id.MatchesEnd("3eea8a") || id.MatchesEnd("01a20a30") {
		t.Error("ends of ids")
	}
	if CheckID(id) != nil || CheckID("x") == nil {
		t.Error("CheckID")
	}
}

func TestParseEdit(t *testing.T) {
	tests := []struct{ line, want string }{
		{`{"do":"tag.add","doc":"x","tag":"t"}`, ""},
		{`not json`, "no edit in JSON"},
		{``, "no edit in JSON"},
		{`[]`, "no edit in JSON"},
		{`{"do":"tag.add","dock":"x"}`, "dock"},
		{`{"do":"tag.add"} {"do":"tag.add"}`, "behind it"},
		{`{"do":"fly"}`, "there is no edit"},
		{`{"do":"archive.create"}`, "there is no edit"},
		{`{}`, "there is no edit"},
		{`{"do":"mark.add","start":"5"}`, "whole number"},
		{`{"do":"field.set","doc":"d","field":"f","value":"v"}`, "has no \"value\""},
		{`{"do":"field.set","doc":"d","field":"f"}`, "values"},
		{`{"do":"field.set","doc":"d","field":"f","values":null}`, "values"},
		{`{"do":"field.set","doc":"d","field":"f","values":[null]}`, "needs words"},
		{`{"do":"field.set","doc":"d","field":"f","values":[]}`, ""},
		{`{"do":"tag.add","tag":"t","start":2}`, "has no \"start\""},
		{`{"do":"tag.add","tag":"t","do":"tag.remove"}`, "twice"},
		{`{"DO":"tag.add","tag":"t"}`, "has no \"DO\""},
		{`{"do":"tag.add","TAG":"t"}`, "has no \"TAG\""},
	}
	for _, tt := range tests {
		_, err := ParseEdit([]byte(tt.line))
		if (err == nil) != (tt.want == "") || err != nil && (!strings.Contains(err.Error(), tt.want) || !errors.Is(err, ErrInvalid)) {
			t.Errorf("%s: got %v, want %q", tt.line, err, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	for name, ok := range map[string]bool{"张三": true, "Zhang San": true, "": false, " ": false, "machine": false, "Machine": false,
		"Zhang\u200b": false, "a\nb": false, "\xff": false, strings.Repeat("x", 101): false, "\u202eabc": false, " Z": false} {
		if err := CheckName(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func FuzzParseEdit(f *testing.F) {
	f.Add([]byte(`{"do":"mark.add","doc":"d","start":1,"end":2,"label":"person"}`))
	f.Add([]byte("{\"do\":\"note.add\",\"text\":\"\x00\xff\"}"))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := ParseEdit(line)
		if (e == nil) == (err == nil) {
			t.Fatalf("%q: %v %v", line, e, err)
		}
		if err != nil {
			return
		}
		// Whatever was read, the rules answer and do not fall over.
		text := NewText("司法厅召开推进会")
		d := &Document{ID: "d", Info: &Info{ID: "d", Text: 1}, Source: func(int) (*Text, error) { return text, nil }}
		c := &Ctx{Doc: d, Actor: "Z", NewID: NewID, Base: d.Reading}
		body, version, err := Prepare(c, e)
		if err != nil {
			return
		}
		op := &Op{ID: NewID(), Kind: e.Do, Version: version, Actor: "Z", Subject: "d", Body: body}
		if _, _, why, err := d.Apply(op); err != nil || why != nil {
			t.Fatalf("%q: prepared, and then %v %v", line, why, err)
		}
	})
}

// TestRefusalsSpeak: every refusal is a sentence, and every hole in it is filled
// where it is made (the rules above fill them by name).
func TestRefusalsSpeak(t *testing.T) {
	for _, code := range RefusalCodes() {
		err := Refuse(code)
		if err.Error() == "" || refusals[code].is == nil || !errors.Is(err, refusals[code].is) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// TestHeaderBytes: what every operation is sealed by is written as encoding/json writes it, whatever its strings hold.
func TestHeaderBytes(t *testing.T) {
	for _, s := range []string{"", "Zhang", "张三", "O'Neil <b> & \x7f", `a"b`, `a\b`, "a\nb", "a\x00b", "\u2028", "\u2029", "\ufffd", "\xff", "\xe5\xbc", "😀"} {
		op := sealed(3, Hash{})
		for _, into := range []*string{&op.Actor, (*string)(&op.Batch), (*string)(&op.ID), &op.Kind, &op.Layer, (*string)(&op.Replica), (*string)(&op.Subject)} {
			was := *into
			*into = s
			want, err := marshal(header{op.Actor, op.Batch, fmt.Sprint(int64(op.Clock)), op.ID, op.Kind, op.Layer, op.Replica, op.Seq, op.Subject, op.Version})
			if got := op.headerBytes(); err != nil || string(got) != string(want) {
				t.Errorf("%q: got %s, want %s (%v)", s, got, want, err)
			}
			*into = was
		}
	}
}
