package command

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fonds/app/export"
)

// The shapes of VERBS.md, as they are printed.
func TestShapes(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	b.write("in/n.txt", notice)
	b.write("in/x.bin", "\x7fELF\x00\x01")
	b.write("in/z.txt", notice)
	if b.run("import", "@a.fonds", "@in", "--json"); b.exit != 1 {
		t.Errorf("import with something left out: exit %d: %s", b.exit, b.stderr)
	}
	const sha = "ee26a1eaaab98a0ca98da2f62b28a1a7a2be96a0a1b1c8ce7ddc0dde5ea2ccb8"
	lines := strings.SplitAfter(plain(b.stdout), "\n")
	got := objects[map[string]any](t, b.stdout)
	if len(got) != 4 {
		t.Fatalf("import printed %d lines:\n%s", len(got), b.stdout)
	}
	hash := got[0]["sha256"].(string)
	if len(hash) != len(sha) {
		t.Errorf("sha256 %q", hash)
	}
	conf := fmt.Sprint(got[0]["confidence"])
	n := fmt.Sprint(got[0]["proposals"])
	same(t, "imported", lines[0], `{"path":"n.txt","id":"#1","sha256":"`+hash+`","format":"text/plain","encoding":"UTF-8","confidence":`+
		conf+`,"chars":46,"undecoded":0,"repairs":0,"parts":1,"proposals":`+n+"}\n")
	same(t, "skipped", lines[1], `{"path":"x.bin","skipped":"not a document: no reader for application/x-elf","reason":"no-reader"}`+"\n")
	same(t, "duplicate", lines[2], `{"path":"z.txt","duplicate_of":"#1"}`+"\n")
	same(t, "summary", lines[3], `{"imported":1,"duplicates":1,"skipped":1}`+"\n")

	same(t, "list", plain(b.must("list", "@a.fonds", "--json")),
		`{"id":"#1","name":"n.txt","path":"n.txt","title":"司法厅召开推进会","status":"new","proposals":`+n+`,"chars":46}`+"\n")
	for i, a := range b.apply(
		`{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"推进会 <甲>","evidence":{"start":3,"end":8}}]}`,
		`{"do":"tag.add","doc":"path:n.txt","tag":"党建/会议"}`,
		``,
		`{"do":"mark.add","doc":"path:n.txt","start":39,"end":42,"label":"person","text":"厅长","as":"Li"}`,
		`{"do":"correction.propose","doc":"path:n.txt","start":42,"end":44,"text":"组织","reason":"ocr","recipe":"eye"}`,
		`{"do":"note.add","doc":"path:n.txt","text":"查\n核"}`) {
		if !a.OK || a.Op == "" || a.ID == "" || a.Error != "" {
			t.Errorf("answer %d: %+v", i, a)
		}
	}
	same(t, "answers", plain(strings.SplitAfter(b.stdout, "\n")[0]), `{"ok":true,"op":"#1","id":"#2"}`+"\n")
	same(t, "reading", b.must("text", "@a.fonds", "path:n.txt"), strings.Replace(notice, "主持", "组织", 1))
	same(t, "source", b.must("text", "@a.fonds", "path:n.txt", "--source"), notice)

	show := b.must("show", "@a.fonds", "path:n.txt", "--json")
	for _, want := range []string{
		`{"id":"#1","name":"n.txt","path":"n.txt","title":"推进会 <甲>","sha256":"` + hash + `","size":` + fmt.Sprint(len(notice)) +
			`,"format":"text/plain","encoding":"UTF-8","confidence":` + conf + `,"language":"zh","modified":"`,
		`"added":"2026-11-23T10:00:00Z","status":"in progress","chars":46,"proposals":`,
		`"field":"dcterms:title","value":"推进会 <甲>","state":"accepted","by":"Zhang","at":"2026-11-23T10:00:00Z","evidence":{"start":3,"end":8,"reading":{"start":3,"end":8},"quote":"召开推进会"}}`,
		`"tag":"党建/会议","state":"accepted","by":"Zhang","at":"2026-11-23T10:00:00Z"}],"marks":[`,
		`"start":39,"end":42,"reading":{"start":39,"end":42},"quote":"李振国","label":"person","text":"厅长","state":"accepted","by":"Li","at":"2026-11-23T10:00:00Z","look_again":false}],"corrections":[`,
		`"start":42,"end":44,"source":"主持","text":"组织","reason":"ocr","state":"accepted","by":"Zhang","at":"2026-11-23T10:00:00Z","recipe":"eye","reading":{"start":42,"end":44}}`,
		`"text":"查\n核","by":"Zhang","at":"2026-11-23T10:00:00Z"}],"origins":[{"path":"z.txt",`,
	} {
		if !strings.Contains(plain(show), want) {
			t.Errorf("show lacks %s:\n%s", want, plain(show))
		}
	}

	history := strings.SplitAfter(plain(b.must("history", "@a.fonds", "path:n.txt", "--json", "--limit", "1")), "\n")
	same(t, "history", history[0], `{"op":"#1","at":"2026-11-23T10:00:00Z","by":"Zhang","do":"note.add","doc":"#2","batch":"#3","outcome":"applied","undone":false,"changes":[{"what":"note","id":"#4","before":null,"after":{"state":"accepted","text":"查\n核","by":"Zhang"}}]}`+"\n")
	same(t, "undo", plain(b.must("undo", "@a.fonds", "--json")), `{"ok":true,"batch":"#1","do":"field.set","ops":4,"docs":["#2"],"left":[]}`+"\n")
	same(t, "text after undo", b.must("text", "@a.fonds", "path:n.txt"), notice)
	same(t, "redo", plain(b.must("redo", "@a.fonds", "--json")), `{"ok":true,"batch":"#1","do":"field.set","ops":4,"docs":["#2"],"left":[]}`+"\n")
	same(t, "text after redo", b.must("text", "@a.fonds", "path:n.txt"), strings.Replace(notice, "主持", "组织", 1))
	b.must("verify", "@a.fonds")
}

// For people: sentences, and nothing that a name could do to a terminal.
func TestForPeople(t *testing.T) {
	b := noticeBench(t)
	b.write("bad\nname\x1b[31m.txt", "Evil\u202e title\x1b[2J\nDear Sir, this is a letter of some length.\n")
	b.must("import", "@a.fonds", "@bad\nname\x1b[31m.txt")
	same(t, "import", b.stdout, "Imported 1 document.\n")
	b.apply(`{"do":"tag.add","doc":"path:n.txt","tag":"会议"}`, `{"do":"mark.add","doc":"path:n.txt","start":39,"end":42,"label":"person"}`,
		`{"do":"correction.propose","doc":"path:n.txt","start":39,"end":40,"text":"王"}`, `{"do":"note.add","doc":"path:n.txt","text":"one\ntwo"}`)
	var all string
	for _, args := range []string{"list @a.fonds", "show @a.fonds path:n.txt", "history @a.fonds", "history @a.fonds path:n.txt",
		"verify @a.fonds", "undo @a.fonds", "redo @a.fonds", "export @a.fonds --format jsonl --out @out"} {
		all += b.must(strings.Fields(args)...)
	}
	all += b.must("show", "@a.fonds", "path:bad\nname\x1b[31m.txt")
	if strings.ContainsAny(all, "\x1b\u202e") {
		t.Errorf("what could disturb a terminal was printed:\n%q", all)
	}
	for _, want := range []string{`bad\nname\x1b[31m.txt`, "Evil", "put on the tag “会议”", "marked “李振国” as person", "corrected “李” to “王”",
		"noted: one\\ntwo", "brought it in", "made the archive", "2026-11-23 10:00  Zhang", "Took back 4 changes (tag.add).",
		"Brought back 4 changes (tag.add).\n", "is whole: ", "Wrote 2 documents as jsonl to ", "            one\n            two\n", "3 proposed"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing says %q:\n%s", want, all)
		}
	}
}

// A mark over a correction, and one whose words left.
func TestShowBordersInCorrections(t *testing.T) {
	b := noticeBench(t)
	b.apply(`{"do":"correction.propose","doc":"path:n.txt","start":39,"end":42,"text":"李振国先生"}`)
	b.apply(`{"do":"mark.add","doc":"path:n.txt","start":42,"end":44,"in":"reading","label":"title"}`,
		`{"do":"mark.add","doc":"path:n.txt","start":0,"end":3,"label":"body"}`)
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	fix := view.Corrections[0].ID
	m := view.Marks[0]
	if view.Marks[1].Label == "title" {
		m = view.Marks[1]
	}
	got := fmt.Sprint(m.Start, m.End, *m.StartIn, m.EndIn, m.Quote, m.Reading)
	want := fmt.Sprint(39, 42, export.In{Correction: fix, Offset: 3}, (*export.In)(nil), "先生", export.Span{Start: 42, End: 44})
	same(t, "inside", got, want)
	b.apply(`{"do":"correction.withdraw","correction":"` + string(fix) + `"}`)
	view = objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	for _, m := range view.Marks {
		if m.Label == "title" {
			same(t, "after", fmt.Sprint(m.Start, m.End, m.StartIn == nil, m.Quote, m.Made, m.LookAgain), "39 42 true李振国先生true")
		} else if m.LookAgain {
			t.Errorf("the other mark: %+v", m)
		}
	}
}

// Two people: undo takes back one's own, and says who stands in the way.
func TestUndoOthers(t *testing.T) {
	b := noticeBench(t)
	b.stdin = `{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"A"}]}` + "\n" +
		`{"do":"tag.add","doc":"path:n.txt","tag":"x"}`
	b.must("apply", "@a.fonds", "-", "--as", "Wang")
	b.stdin = `{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"B"}]}`
	b.must("apply", "@a.fonds", "-", "--as", "Li")
	if b.run("undo", "@a.fonds", "--as", "Wang"); b.exit != 4 || !strings.Contains(b.stderr, "Li has changed it since") {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
	if b.run("undo", "@a.fonds", "--as", "Wang", "--rest", "--json"); b.exit != 1 {
		t.Errorf("exit %d: %s", b.exit, b.stderr)
	}
	if u := objects[undone](t, b.stdout)[0]; u.Ops != 1 || len(u.Left) != 1 || !strings.Contains(u.Left[0], "Li") {
		t.Errorf("got %+v", u)
	}
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	if view.Title != "B" || len(view.Tags) != 0 {
		t.Errorf("title %q, tags %v", view.Title, view.Tags)
	}
}

// Ctrl+C: what came in stays, the report says what did not, exit 1.
func TestImportStopped(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	for i := range 600 {
		b.write(fmt.Sprintf("in/%d.txt", i), fmt.Sprintf("Letter %d\nDear Sir, %s\n", i, strings.Repeat("word ", 50)))
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var seen strings.Builder
	b.exit = b.runWith(ctx, func(e *Env) { e.Stdout = stopper{&seen, cancel} }, "import", "@a.fonds", "@in", "--json")
	lines := objects[map[string]any](t, seen.String())
	sum := lines[len(lines)-1]
	if b.exit != 1 || sum["left"] == nil || sum["imported"].(float64) < 1 {
		t.Fatalf("exit %d, summary %v", b.exit, sum)
	}
	if n := len(objects[listed](t, b.must("list", "@a.fonds", "--json"))); float64(n) != sum["imported"] || n != len(lines)-1 {
		t.Errorf("%d documents are there, %d were reported, the summary is %v", n, len(lines)-1, sum)
	}
	b.must("verify", "@a.fonds")
	b.must("import", "@a.fonds", "@in", "--json")
	if n := len(objects[listed](t, b.must("list", "@a.fonds", "--json"))); n != 600 {
		t.Errorf("after importing again %d documents are there, want 600", n)
	}
}

// stopper presses Ctrl+C at the first output.
type stopper struct {
	w      *strings.Builder
	cancel func()
}

func (s stopper) Write(p []byte) (int, error) { s.cancel(); return s.w.Write(p) }

func TestStoppedBefore(t *testing.T) {
	b := noticeBench(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b.stdin = `{"do":"tag.add","doc":"path:n.txt","tag":"x"}`
	for _, args := range [][]string{{"import", "@a.fonds", "@n.txt"}, {"list", "@a.fonds"}, {"verify", "@a.fonds"},
		{"apply", "@a.fonds", "-"}, {"export", "@a.fonds", "--format", "jsonl", "--out", "@out"}} {
		if b.runWith(ctx, nil, args...); b.exit != 1 || !strings.Contains(b.stderr, "stopped") {
			t.Errorf("%v: exit %d: %s", args, b.exit, b.stderr)
		}
	}
	if got := b.must("history", "@a.fonds", "--json"); strings.Count(got, "\n") != 4 { // with the beginning and the end of the import
		t.Errorf("something was done:\n%s", got)
	}
}

// Progress is for a person at a terminal, and goes away again.
func TestProgress(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds")
	for i := range 30 {
		b.write(fmt.Sprintf("in/很长的文件名很长的文件名很长的文件名%d.txt", i), fmt.Sprintf("Letter %d\nDear Sir.\n", i))
	}
	b.runWith(context.Background(), func(e *Env) { e.IsTerminal = true }, "import", "@a.fonds", "@in")
	if !strings.Contains(b.stderr, "\r\x1b[Kfinding files") || !strings.Contains(b.stderr, "importing [") || !strings.HasSuffix(b.stderr, "30 of 30  很长的文件名很长的文件名很长的文\r\x1b[K") {
		t.Errorf("stderr %q", b.stderr)
	}
	same(t, "stdout", b.stdout, "Imported 30 documents.\n")
	b.must("import", "@a.fonds", "@in")
	same(t, "stderr without a terminal", b.stderr, "")
}

func TestBarLine(t *testing.T) {
	b := &bar{what: "importing"}
	same(t, "line", b.line(1500, 6000, "a.txt", 3e9), "importing [######..................] 1,500 of 6,000, 500 a second, 9s left  a.txt")
	same(t, "no total", b.line(0, 0, "", 0), "importing")
	same(t, "fit", fit("ab中文", 5), "ab中")
}
