package command

import (
	"fmt"
	"strings"
	"testing"

	"fonds/app/export"
)

// Review by verbs: what waits, decisions in their turn, and what each is called.
func TestReviewByVerbs(t *testing.T) {
	b := noticeBench(t)
	as := func(who string, lines ...string) {
		t.Helper()
		b.stdin = strings.Join(lines, "\n")
		b.must("apply", "@a.fonds", "-", "--as", who)
	}
	as("Zhang", `{"do":"person.set","name":"Li","role":"reviewer"}`, `{"do":"policy.set","review":"everything","fields":["dcterms:title"]}`)
	as("Wang", `{"do":"field.set","doc":"path:n.txt","field":"dcterms:title","values":[{"value":"甲"}]}`,
		`{"do":"correction.propose","doc":"path:n.txt","start":42,"end":44,"text":"组织","reason":"ocr"}`)
	open := objects[export.Proposal](t, b.must("review", "@a.fonds", "--by", "Wang", "--json"))
	if len(open) != 2 || open[0].Field != "dcterms:title" || open[0].Text != "甲" || len(open[0].Before) != 0 || open[0].By != "Wang" ||
		open[1].What != "correction" || fmt.Sprint(open[1].Before, *open[1].Start, *open[1].End) != "[主持] 42 44" {
		t.Fatalf("review: %+v", open)
	}
	same(t, "the text stays", b.must("text", "@a.fonds", "path:n.txt"), notice)
	as("Li", `{"do":"decide","on":"`+string(open[0].ID)+`","verdict":"amend","text":"乙"}`, `{"do":"decide","on":"`+string(open[1].ID)+`","verdict":"approve"}`)
	same(t, "the approved correction", b.must("text", "@a.fonds", "path:n.txt"), strings.Replace(notice, "主持", "组织", 1))
	open = objects[export.Proposal](t, b.must("review", "@a.fonds", "--by", "Li", "--json"))
	if len(open) != 1 || open[0].Text != "乙" || open[0].First != "Wang" || open[0].Amends == "" {
		t.Fatalf("review of the amendment: %+v", open)
	}
	as("Wang", `{"do":"decide","on":"`+string(open[0].ID)+`","verdict":"agree"}`)
	view := objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	for _, v := range view.Fields {
		if v.Value == "乙" && (v.State != "accepted" || v.By != "Li" || v.Decision == nil || v.Decision.By != "Wang" || v.Decision.Verdict != "agree") {
			t.Errorf("the value agreed to: %+v", v)
		}
	}
	as("Zhang", `{"do":"policy.set","review":"none"}`)
	for _, p := range objects[export.Proposal](t, b.must("review", "@a.fonds", "--by", "machine", "--json")) {
		as("Wang", `{"do":"value.refuse","value":"`+string(p.ID)+`"}`)
	}
	same(t, "nothing is open", b.must("review", "@a.fonds", "--json"), "")
	as("Wang", `{"do":"document.submit","doc":"path:n.txt"}`)
	as("Zhang", `{"do":"document.approve","doc":"path:n.txt"}`)
	view = objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	if view.Status != "approved" || view.Approval == nil || !view.Approval.Holds || view.Approval.By != "Zhang" {
		t.Errorf("approved: %s, %+v", view.Status, view.Approval)
	}
	as("Wang", `{"do":"tag.add","doc":"path:n.txt","tag":"x"}`)
	view = objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	if view.Status != "in progress" || view.Approval == nil || view.Approval.Holds {
		t.Errorf("stale: %s, %+v", view.Status, view.Approval)
	}
	history := b.must("history", "@a.fonds")
	for _, want := range []string{"Li  amended the proposal “甲”: “乙”", "Wang  agreed to the proposal “乙”", "Wang  proposed dcterms:title: “甲”",
		"Wang  proposed a correction: “主持 → 组织”", "Zhang  changed the rules of the archive: review: everything, review.fields: dcterms:title",
		"Zhang  made Li reviewer", "Wang  submitted it", "Zhang  approved it"} {
		if !strings.Contains(history, want) {
			t.Errorf("the history lacks %q:\n%s", want, history)
		}
	}
	b.must("verify", "@a.fonds")
}
