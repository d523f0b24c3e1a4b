package command

import (
	"fmt"
	"strings"
	"testing"

	"fonds/app/export"
)

const good = `{"do":"tag.add","doc":"path:n.txt","tag":"good"}`

// Lines that cannot be done: each says what is wrong with it, in one sentence,
// and nothing is changed.
func TestApplyRefuses(t *testing.T) {
	long := strings.Repeat("长", 200_000)
	b := noticeBench(t)
	before := b.must("history", "@a.fonds", "--json")
	for _, tt := range []struct{ name, line, want, code string }{
		{"no JSON", `tag.add x`, "this line is no edit in JSON", "not-json"},
		{"cut off", `{"do":"tag.add","doc":"pa`, "this line is no edit in JSON", "not-json"},
		{"two on a line", good + good, "stands behind it", "not-json"},
		{"not an object", `["tag.add"]`, "this line is no edit in JSON", "not-json"},
		{"null", `null`, "begins with no {", "not-json"},
		{"no do", `{"doc":"path:n.txt"}`, "there is no edit", "no-kind"},
		{"unknown do", `{"do":"tag.ad","doc":"path:n.txt"}`, `there is no edit "tag.ad"`, "no-kind"},
		{"unknown key", `{"do":"tag.add","doc":"path:n.txt","tags":"x"}`, `tag.add has no "tags"`, "no-key"},
		{"wrong type", `{"do":"tag.add","doc":7}`, "wants words", "wrong-type"},
		{"names nothing", `{"do":"tag.add","tag":"x"}`, "needs the document it is about", "no-doc"},
		{"no such document", `{"do":"tag.add","doc":"path:none","tag":"x"}`, `no document "path:none"`, "doc-not-found"},
		{"no such mark", `{"do":"mark.remove","mark":"00000000"}`, "no mark 00000000", "item-not-found"},
		{"short id", `{"do":"mark.remove","mark":"0"}`, "no mark 0", "item-not-found"},
		{"no tag", `{"do":"tag.add","doc":"path:n.txt"}`, `needs "tag"`, "missing"},
		{"no label", `{"do":"mark.add","doc":"path:n.txt","start":1,"end":2}`, `needs "label"`, "missing"},
		{"no start", `{"do":"mark.add","doc":"path:n.txt","end":2,"label":"x"}`, `needs "start"`, "missing"},
		{"backwards", `{"do":"mark.add","doc":"path:n.txt","start":5,"end":2,"label":"x"}`, "5 to 2 runs backwards", "range-backwards"},
		{"outside", `{"do":"mark.add","doc":"path:n.txt","start":5,"end":200,"label":"x"}`, "which has 46 code points", "range-outside"},
		{"before", `{"do":"mark.add","doc":"path:n.txt","start":-1,"end":2,"label":"x"}`, "-1 to 2 is outside", "range-outside"},
		{"no words", `{"do":"mark.add","doc":"path:n.txt","start":2,"end":2,"label":"x"}`, "holds no words", "range-empty"},
		{"in what", `{"do":"mark.add","doc":"path:n.txt","start":1,"end":2,"in":"dreams","label":"x"}`, `"dreams"`, "range-in"},
		{"huge position", `{"do":"mark.add","doc":"path:n.txt","start":0,"end":99999999999999999999,"label":"x"}`, "wants a whole number", "wrong-type"},
		{"fraction", `{"do":"mark.add","doc":"path:n.txt","start":0.5,"end":2,"label":"x"}`, "wants a whole number", "wrong-type"},
		{"evidence outside", `{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"x","evidence":{"start":40,"end":47}}]}`, "40 to 47 is outside", "range-outside"},
		{"no UTF-8", "{\"do\":\"note.add\",\"doc\":\"path:n.txt\",\"text\":\"a\xff\"}", "byte 46 of the line (0xff) is no UTF-8", ""},
		{"half a pair", `{"do":"note.add","doc":"path:n.txt","text":"a\ud83d"}`, `\ud83d at byte 46 of the line is half a surrogate pair`, ""},
		{"NUL byte", "{\"do\":\"note.add\",\"doc\":\"path:n.txt\",\"text\":\"a\x00\"}", "this line is no edit in JSON", "not-json"},
		{"NUL", `{"do":"note.add","doc":"path:n.txt","text":"a\u0000"}`, `"text" holds the character U+0000`, ""},
		{"NUL in a value", `{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"\u0000"}]}`, `"values" holds the character U+0000`, ""},
		{"name", `{"do":"tag.add","doc":"path:n.txt","tag":"x","as":"a\nb"}`, "holds a line break", ""},
		{"long line", long, "this line is no edit in JSON", "not-json"},
		{"long key", `{"do":"tag.add","` + long + `":1}`, "has no", "no-key"},
		{"long do", `{"do":"` + long + `"}`, "there is no edit", "no-kind"},
		{"long tag", `{"do":"tag.remove","doc":"path:n.txt","tag":"` + long + `"}`, "is not on this document", "tag-absent"},
		{"deep", strings.Repeat("[", 100_000), "this line is no edit in JSON", "not-json"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b.t = t
			got := b.apply(good, "", tt.line, good)
			if b.exit != 4 || len(got) != 3 {
				t.Fatalf("exit %d, %d answers: %s", b.exit, len(got), b.stderr)
			}
			bad := got[1]
			if bad.OK || !strings.HasPrefix(bad.Error, "line 3: ") || !strings.Contains(bad.Error, tt.want) || bad.Code != tt.code || bad.Line != 3 {
				t.Errorf("got %+v\nwant %q, code %q", bad, tt.want, tt.code)
			}
			if n := len([]rune(bad.Error)); n > longest+50 {
				t.Errorf("the sentence has %d code points", n)
			}
			for _, i := range []int{0, 2} {
				if got[i].OK || got[i].Error != "not applied: line 3 was refused" {
					t.Errorf("answer %d: %+v", i, got[i])
				}
			}
			if now := b.must("history", "@a.fonds", "--json"); now != before {
				t.Errorf("something was changed:\n%s", now)
			}
		})
	}
}

func TestApplyKeepGoing(t *testing.T) {
	b := noticeBench(t)
	b.stdin = strings.Join([]string{good, good, "nonsense", `{"do":"tag.add","doc":"path:n.txt","tag":"two","as":"Li"}`}, "\n")
	b.run("apply", "@a.fonds", "-", "--keep-going")
	got := objects[answer](t, b.stdout)
	if b.exit != 1 || len(got) != 4 || !got[0].OK || got[1].OK || got[2].OK || !got[3].OK {
		t.Fatalf("exit %d, %+v", b.exit, got)
	}
	if got[1].Code != "tag-there" || got[1].Line != 2 || !strings.HasPrefix(got[2].Error, "line 3: ") {
		t.Errorf("got %+v", got)
	}
	ops := objects[export.Operation](t, b.must("history", "@a.fonds", "path:n.txt", "--json"))
	if ops[0].By != "Li" || ops[1].By != "Zhang" || ops[0].Batch != ops[1].Batch {
		t.Errorf("got %+v", ops[:2])
	}
	b.stdin = "nonsense\n" + good
	if b.run("apply", "@a.fonds", "-", "--keep-going"); b.exit != 4 {
		t.Errorf("all refused: exit %d, want 4", b.exit)
	}
}

// Several people in one file: all of them or none.
func TestApplyAllOrNothingAcrossPeople(t *testing.T) {
	b := noticeBench(t)
	got := b.apply(`{"do":"tag.add","doc":"path:n.txt","tag":"one","as":"Li"}`, `{"do":"tag.add","doc":"path:n.txt","tag":"two"}`,
		`{"do":"tag.add","doc":"path:n.txt","tag":"one","as":"Wang"}`)
	if b.exit != 4 || got[0].OK || got[1].OK || got[2].Code != "tag-there" {
		t.Fatalf("exit %d, %+v", b.exit, got)
	}
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	if len(view.Tags) != 0 {
		t.Errorf("tags %v", view.Tags)
	}
}

func TestApplyFiles(t *testing.T) {
	b := noticeBench(t)
	b.write("e.jsonl", "\ufeff"+good+"\r\n\r\n   \r\n"+`{"do":"note.add","doc":"path:n.txt","text":"\ud83d\ude00 \\ud83d"}`)
	b.must("apply", "@a.fonds", "@e.jsonl", "--as", "Li")
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	same(t, "what came of it", fmt.Sprint(view.Tags[0].Tag, view.Tags[0].By, view.Notes[0].Text), `goodLi😀 \ud83d`)
	b.write("empty.jsonl", "\n\n")
	same(t, "nothing to do", b.must("apply", "@a.fonds", "@empty.jsonl"), "")
	text := strings.Repeat("长", 200_000)
	b.apply(`{"do":"note.edit","note":"` + string(view.Notes[0].ID) + `","text":"` + text + `"}`)
	view = objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	if view.Notes[0].Text != text {
		t.Errorf("a note of 200,000 code points came back as one of %d bytes", len(view.Notes[0].Text))
	}
}

func TestReadLine(t *testing.T) {
	lines, err := readEdits(strings.NewReader(strings.Repeat("x", longestLine+1) + "\n" + good))
	if err != nil || len(lines) != 2 || lines[0].err == nil || lines[1].err != nil || lines[1].n != 2 {
		t.Errorf("got %+v, %v", lines, err)
	}
	if !strings.Contains(lines[0].err.Error(), "more than 64 MB") {
		t.Errorf("got %v", lines[0].err)
	}
}

func FuzzParseEdit(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(`{"do":"note.add","doc":"x","text":"\ud83d\ude00\\\ud83d"}`))
	f.Add([]byte(`{"do":"note.add","text":"\u0000"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := parseEdit(line)
		if (e == nil) == (err == nil) {
			t.Fatalf("%v, %v", e, err)
		}
		if err == nil && e.Text != nil && strings.ContainsRune(*e.Text, '\ufffd') &&
			!strings.Contains(string(line), "\ufffd") && !strings.Contains(strings.ToLower(string(line)), `\ufffd`) {
			t.Fatalf("%q was changed on the way: %q", line, *e.Text)
		}
	})
}
