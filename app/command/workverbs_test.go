package command

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"fonds/app/export"
)

// workBench is an archive of Zhang's with a reviewer Li, the archivists Wang and Zhao,
// a reader Sun, and six notices.
func workBench(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	for i := range 6 {
		b.write(fmt.Sprintf("in/a/%d.txt", i+1), fmt.Sprintf("第%d号通知\n李振国主持会议。\n", i+1))
	}
	b.must("new", "@a.fonds", "--as", "Zhang")
	b.must("import", "@a.fonds", "@in", "--as", "Zhang")
	b.as("Zhang", `{"do":"person.set","name":"Li","role":"reviewer"}`, `{"do":"person.set","name":"Wang","role":"archivist"}`,
		`{"do":"person.set","name":"Zhao","role":"archivist"}`, `{"do":"person.set","name":"Sun","role":"reader"}`)
	return b
}

func (b *bench) as(who string, lines ...string) string {
	b.t.Helper()
	b.stdin = strings.Join(lines, "\n")
	return b.must("apply", "@a.fonds", "-", "--as", who)
}

// refusedAs applies a line that is to be refused, and gives what was said.
func (b *bench) refusedAs(who, code, line string) {
	b.t.Helper()
	b.stdin = line
	if b.run("apply", "@a.fonds", "-", "--as", who); b.exit != exitRefused || !strings.Contains(b.stdout, `"code":"`+code+`"`) {
		b.t.Errorf("%s by %s: exit %d, want refused as %s:\n%s%s", line, who, b.exit, code, b.stdout, b.stderr)
	}
}

// Work by verbs: documents are dealt, asked about, gathered into a package that is
// signed off, and the sign-off lapses when one of them changes.
func TestWorkByVerbs(t *testing.T) {
	b := workBench(t)
	b.must("assign", "@a.fonds", "--to", "Wang, Zhao", "--due", "2026-12-01", "--dry-run", "--as", "Li")
	same(t, "a dry run gives nothing", b.must("list", "@a.fonds", "--assignee", "Wang", "--json"), "")
	b.must("assign", "@a.fonds", "--to", "Wang, Zhao", "--due", "2026-12-01", "--as", "Li")
	for _, who := range []string{"Wang", "Zhao"} {
		mine := objects[listed](t, b.must("list", "@a.fonds", "--assignee", who, "--json"))
		if len(mine) != 3 || mine[0].Assignee != who || mine[0].Due != "2026-12-01" {
			t.Errorf("%s has %+v, want three", who, mine)
		}
	}
	same(t, "nothing is left", b.must("list", "@a.fonds", "--unassigned", "--json"), "")
	if b.run("assign", "@a.fonds", "--to", "Sun", "--as", "Li"); b.exit != exitRefused || !strings.Contains(b.stderr, "reader") {
		t.Errorf("work for a reader: exit %d: %s", b.exit, b.stderr)
	}
	if b.run("assign", "@a.fonds", "--to", "Zhao", "--as", "Wang"); b.exit != exitRefused {
		t.Errorf("an archivist gives others work: exit %d: %s", b.exit, b.stderr)
	}
	b.must("undo", "@a.fonds", "--as", "Li")
	if n := len(objects[listed](t, b.must("list", "@a.fonds", "--unassigned", "--json"))); n != 6 {
		t.Errorf("%d documents are nobody's after one undo, want 6", n)
	}

	b.as("Li", `{"do":"thread.start","doc":"path:a/1.txt","text":"日期是否有误？","to":"Wang"}`)
	asked := objects[listed](t, b.must("list", "@a.fonds", "--asked", "Wang", "--json"))
	if len(asked) != 1 || strings.Join(asked[0].Asked, ",") != "Wang" {
		t.Fatalf("asked of Wang: %+v", asked)
	}
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:a/1.txt", "--json"))[0]
	if len(view.Threads) != 1 || view.Threads[0].Awaits != "Wang" {
		t.Fatalf("threads: %+v", view.Threads)
	}
	id := string(view.Threads[0].ID)
	b.as("Wang", `{"do":"thread.reply","thread":"`+id+`","text":"无误"}`)
	b.as("Li", `{"do":"thread.resolve","thread":"`+id+`"}`)
	view = objects[export.Document](t, b.must("show", "@a.fonds", "path:a/1.txt", "--json"))[0]
	if th := view.Threads[0]; !th.Resolved || len(th.Replies) != 2 || th.Replies[0].Text != "无误" || th.Replies[1].Act != "resolved" || view.Status != "new" {
		t.Errorf("resolved: %+v, the document is %s", th, view.Status)
	}

	b.as("Zhang", `{"do":"package.set","name":"批一","scope":"2015年通知","responsible":"Li","checks":["核对题名"]}`)
	b.as("Li", `{"do":"package.put","doc":"path:a/1.txt","package":"批一"}`, `{"do":"package.put","doc":"path:a/2.txt","package":"批一"}`)
	b.refusedAs("Li", "package-unticked", `{"do":"package.sign","package":"批一"}`)
	b.as("Wang", `{"do":"package.check","package":"批一","check":"核对题名","done":true}`)
	b.refusedAs("Li", "package-open", `{"do":"package.sign","package":"批一"}`)
	for _, p := range objects[export.Proposal](t, b.must("review", "@a.fonds", "--package", "批一", "--json")) {
		b.as("Wang", `{"do":"value.take","value":"`+string(p.ID)+`"}`)
	}
	b.as("Li", `{"do":"document.approve","doc":"path:a/1.txt"}`, `{"do":"document.approve","doc":"path:a/2.txt"}`)
	b.refusedAs("Wang", "package-not-yours", `{"do":"package.sign","package":"批一"}`)
	b.as("Li", `{"do":"package.sign","package":"批一","text":"完成"}`)
	state := func() export.Package { return objects[export.Package](t, b.must("packages", "@a.fonds", "--json"))[0] }
	if p := state(); p.Documents != 2 || p.Approved != 2 || p.Signed == nil || !p.Signed.Holds || p.Signed.By != "Li" || !p.Checks[0].Done {
		t.Fatalf("signed off: %+v, %+v", p, p.Signed)
	}
	b.refusedAs("Wang", "package-signed", `{"do":"package.check","package":"批一","check":"核对题名","done":false}`)
	b.as("Wang", `{"do":"tag.add","doc":"path:a/2.txt","tag":"会议"}`)
	if p := state(); p.Signed == nil || p.Signed.Holds || p.Approved != 1 {
		t.Errorf("a document has changed since: %+v, %+v", p, p.Signed)
	}
	b.must("undo", "@a.fonds", "--as", "Wang")
	if p := state(); p.Signed == nil || !p.Signed.Holds {
		t.Errorf("it reads as it did again: %+v", p.Signed)
	}
	history := b.must("history", "@a.fonds")
	for _, want := range []string{"Li  asked Wang: 日期是否有误？", "Wang  answered: 无误", "Li  resolved the question", "planned the work package “批一”, Li is responsible",
		"Wang  ticked: 核对题名", "Li  signed off the work package “批一”", "gave it to Wang, due on 2026-12-01"} {
		if !strings.Contains(history, want) {
			t.Errorf("the history lacks %q:\n%s", want, history)
		}
	}
	b.must("verify", "@a.fonds")
}

// The queue by verbs: each filter leaves what it says, and the counts say how much.
func TestReviewFilters(t *testing.T) {
	b := workBench(t)
	b.as("Zhang", `{"do":"policy.set","review":"everything"}`)
	b.as("Wang", `{"do":"tag.add","doc":"path:a/1.txt","tag":"会议"}`, `{"do":"tag.add","doc":"path:a/2.txt","tag":"通知"}`,
		`{"do":"mark.add","doc":"path:a/1.txt","start":6,"end":9,"label":"person"}`)
	b.as("Zhao", `{"do":"field.set","doc":"path:a/3.txt","field":"dcterms:creator","values":[{"value":"县档案局"}]}`)
	for args, want := range map[string]int{"--by Wang": 3, "--by Zhao": 1, "--kind tag": 2, "--tag 会议": 1, "--label person": 1, "--field dcterms:creator": 1,
		"--by Wang --kind mark": 1, "--folder a/": 10, "--folder elsewhere": 0, "--by machine": 6, "--limit 2": 2, "--older-than 1": 0} {
		if got := len(objects[export.Proposal](t, b.must(append([]string{"review", "@a.fonds", "--json"}, strings.Fields(args)...)...))); got != want {
			t.Errorf("review %s: %d, want %d", args, got, want)
		}
	}
	counts := b.must("review", "@a.fonds", "--counts", "--json")
	for _, want := range []string{`{"by":"kind","of":"tag","n":2}`, `{"by":"author","of":"Wang","n":3}`, `{"by":"author","of":"machine","n":6}`, `{"by":"label","of":"person","n":1}`} {
		if !strings.Contains(counts, want) {
			t.Errorf("the counts lack %s:\n%s", want, counts)
		}
	}
	if b.run("review", "@a.fonds", "--field", "x", "--tag", "y"); b.exit != exitUsage {
		t.Errorf("a field and a tag at once: exit %d", b.exit)
	}
	if b.run("review", "@a.fonds", "--kind", "nonsense"); b.exit != exitUsage {
		t.Errorf("no such kind: exit %d", b.exit)
	}
	if b.run("review", "@a.fonds", "--package", "none"); b.exit != exitRefused {
		t.Errorf("no such package: exit %d", b.exit)
	}
	// A script decides on what it has seen, or not at all.
	p := objects[export.Proposal](t, b.must("review", "@a.fonds", "--label", "person", "--json"))[0]
	b.as("Wang", `{"do":"mark.edit","mark":"`+string(p.ID)+`","text":"主持人"}`)
	b.refusedAs("Li", "stale", `{"do":"decide","on":"`+string(p.ID)+`","verdict":"approve","seen":["`+string(p.Rev)+`"]}`)
}

// A person who is renamed, or whose role is taken away, has decided what they have
// decided, and may no more than their role says under either name.
func TestDecisionsOutliveNamesAndRoles(t *testing.T) {
	b := workBench(t)
	b.as("Zhang", `{"do":"policy.set","review":"everything"}`)
	b.as("Li", `{"do":"tag.add","doc":"path:a/1.txt","tag":"一"}`)
	b.as("Wang", `{"do":"tag.add","doc":"path:a/1.txt","tag":"二"}`, `{"do":"tag.add","doc":"path:a/1.txt","tag":"三"}`)
	tags := map[string]string{}
	for _, p := range objects[export.Proposal](t, b.must("review", "@a.fonds", "--kind", "tag", "--json")) {
		tags[p.Text] = string(p.ID)
	}
	approve := func(tag string) string { return `{"do":"decide","on":"` + tags[tag] + `","verdict":"approve"}` }
	b.as("Li", approve("二"))
	b.refusedAs("Li", "not-open", approve("二"))
	b.must("assign", "@a.fonds", "--to", "Li", "--as", "Zhang")
	b.as("Zhang", `{"do":"person.rename","name":"Li","to":"李敏"}`)
	if mine := objects[listed](t, b.must("list", "@a.fonds", "--assignee", "李敏", "--json")); len(mine) == 0 || mine[0].Assignee != "李敏" {
		t.Errorf("what was Li's is said to be: %+v", mine)
	}
	b.refusedAs("李敏", "four-eyes", approve("一"))
	b.refusedAs("Li", "four-eyes", approve("一"))
	b.refusedAs("Zhang", "person-there", `{"do":"person.rename","name":"Wang","to":"Li"}`)
	b.as("Zhang", `{"do":"person.set","name":"李敏","role":"archivist"}`)
	b.refusedAs("李敏", "role", approve("三"))
	b.refusedAs("Li", "role", approve("三"))
	b.as("Zhang", approve("一"))
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:a/1.txt", "--json"))[0]
	for _, tag := range view.Tags {
		if tag.Tag == "二" && (tag.State != "accepted" || tag.Decision == nil || tag.Decision.By != "Li") {
			t.Errorf("what Li decided: %+v", tag)
		}
	}
	if got := len(objects[export.Proposal](t, b.must("review", "@a.fonds", "--by", "李敏", "--json"))); got != 0 {
		t.Errorf("%d proposals wait of one who has none", got)
	}
	b.must("verify", "@a.fonds")
}

// Bad input to threads, assignments and packages is refused in words, and leaves
// nothing behind; what is destroyed takes its questions with it.
func TestBadWork(t *testing.T) {
	b := workBench(t)
	b.as("Li", `{"do":"thread.start","doc":"path:a/1.txt","text":"机密之问","to":"Wang"}`)
	before := b.must("history", "@a.fonds", "--json")
	for _, x := range []struct{ who, code, line string }{
		{"Li", "note-empty", `{"do":"thread.start","doc":"path:a/1.txt","text":"  "}`},
		{"Li", "missing", `{"do":"thread.start","doc":"path:a/1.txt"}`},
		{"Li", "person-unknown", `{"do":"thread.start","doc":"path:a/1.txt","text":"?","to":"Nobody"}`},
		{"Li", "item-not-found", `{"do":"thread.start","doc":"path:a/1.txt","text":"?","on":"0123456789ab"}`},
		{"Li", "item-not-found", `{"do":"thread.reply","thread":"0123456789ab","text":"?"}`},
		{"Sun", "role", `{"do":"thread.start","doc":"path:a/1.txt","text":"?"}`},
		{"Li", "missing", `{"do":"assign","doc":"path:a/1.txt"}`},
		{"Li", "day", `{"do":"assign","doc":"path:a/1.txt","to":"Wang","due":"2026-02-30"}`},
		{"Li", "person-unknown", `{"do":"assign","doc":"path:a/1.txt","to":"Nobody"}`},
		{"Li", "unchanged", `{"do":"assign","doc":"path:a/1.txt","to":""}`},
		{"Wang", "role", `{"do":"package.set","name":"批"}`},
		{"Li", "package-days", `{"do":"package.set","name":"批","from":"2026-12-01","until":"2026-11-01"}`},
		{"Li", "person-reads", `{"do":"package.set","name":"批","responsible":"Sun"}`},
		{"Li", "check-words", `{"do":"package.set","name":"批","checks":["a","\u200b"]}`},
		{"Li", "package-unknown", `{"do":"package.put","doc":"path:a/1.txt","package":"none"}`},
		{"Li", "role", `{"do":"person.rename","name":"Wang","to":"X"}`},
		{"Zhang", "person-unknown", `{"do":"person.rename","name":"Nobody","to":"X"}`},
		{"Zhang", "name", `{"do":"person.rename","name":"Wang","to":"machine"}`},
	} {
		b.refusedAs(x.who, x.code, x.line)
	}
	same(t, "the log after all that", b.must("history", "@a.fonds", "--json"), before)
	b.as("Zhang", `{"do":"document.remove","doc":"path:a/2.txt"}`)
	b.refusedAs("Li", "doc-removed", `{"do":"assign","doc":"path:a/2.txt","to":"Wang"}`)
	b.as("Zhang", `{"do":"document.destroy","doc":"path:a/1.txt","authority":"保管期限表","reason":"期满"}`)
	for _, name := range []string{"a.fonds", "a.fonds-wal"} {
		if data, err := os.ReadFile(b.file(name)); err == nil && bytes.Contains(data, []byte("机密之问")) {
			t.Errorf("%s holds a question on a document that was destroyed", name)
		}
	}
	b.must("verify", "@a.fonds")
}
