package command

import (
	"database/sql"
	"os"
	"strings"
	"testing"

	"fonds/app/export"
)

const unstated = `{"do":"field.set","doc":"path:n.txt","field":"dcterms:date","values":[{"not_stated":true}]}`

// What a line of apply says of a field that the source does not state is shown, told in
// the history, reviewed and searched for as what it is, in words and in JSON.
func TestNotStated(t *testing.T) {
	b := noticeBench(t)
	if got := b.apply(unstated); !got[0].OK {
		t.Fatalf("%+v", got)
	}
	d := objects[export.Document](t, b.must("show", "@a.fonds", "path:n.txt", "--json"))[0]
	var found *export.Value
	for i := range d.Fields {
		if d.Fields[i].Field == "dcterms:date" && d.Fields[i].State == "accepted" {
			found = &d.Fields[i]
		}
	}
	if found == nil || !found.NotStated || found.Value != "" || found.Detail != "" {
		t.Errorf("show gives %+v", found)
	}
	if s := b.stdout; !strings.Contains(s, `"field":"dcterms:date","value":"","not_stated":true,"state":"accepted"`) {
		t.Errorf("show prints %s", s)
	}
	for _, tt := range []struct{ args, want string }{
		{"show @a.fonds path:n.txt", "dcterms:date     [not stated in the source]  (Zhang)\n"},
		{"history @a.fonds path:n.txt", "set dcterms:date: [not stated in the source]"},
		{"history @a.fonds path:n.txt --json", `"field":"dcterms:date","not_stated":true`},
		{"help apply", `[{"not_stated":true}] says that`},
	} {
		if got := b.must(strings.Fields(tt.args)...); !strings.Contains(got, tt.want) {
			t.Errorf("fonds %s does not say %q:\n%s", tt.args, tt.want, got)
		}
	}
	for _, q := range []string{"原文未载", "stated", "not"} {
		if got := b.must("list", "@a.fonds", "--query", q, "--json"); got != "" {
			t.Errorf("searching for %q finds %s", q, got)
		}
	}
	for line, code := range map[string]string{
		strings.Replace(unstated, `{"not_stated":true}`, `{"not_stated":true},{"value":"1949"}`, 1): "not-stated-alone",
		strings.Replace(unstated, `"not_stated":true`, `"not_stated":true,"value":"1949"`, 1):       "not-stated-words",
		unstated: "unchanged",
	} {
		if got := b.apply(line); got[0].OK || got[0].Code != code {
			t.Errorf("%s gives %+v, want %s", line, got[0], code)
		}
	}
	b.must("verify", "@a.fonds")

	// Whoever opens the file with another program reads it too.
	db, err := sql.Open("sqlite3", b.file("a.fonds"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var text, detail string
	if err := db.QueryRow("SELECT text, detail FROM items WHERE what='value' AND state='accepted' AND key='dcterms:date'").Scan(&text, &detail); err != nil || text != "" || detail != "not stated" {
		t.Errorf("the row has the text %q and the detail %q (%v)", text, detail, err)
	}
}

// Where the policy asks for review it is listed as what it is, also what it would stand
// in the place of, and that it be taken away.
func TestNotStatedReview(t *testing.T) {
	b := noticeBench(t)
	b.as("Zhang", `{"do":"policy.set","review":"everything","four_eyes":false}`)
	b.as("Li", unstated)
	for _, tt := range []struct{ args, want string }{
		{"review @a.fonds --json", `"field":"dcterms:date","text":"","not_stated":true,"before":[]`},
		{"review @a.fonds", "dcterms:date: [not stated in the source]"},
	} {
		if got := b.must(strings.Fields(tt.args)...); !strings.Contains(got, tt.want) {
			t.Errorf("fonds %s does not say %q:\n%s", tt.args, tt.want, got)
		}
	}
	on := func() string {
		for _, p := range objects[export.Proposal](t, b.must("review", "@a.fonds", "--json")) {
			if p.By == "Li" {
				return string(p.ID)
			}
		}
		t.Fatalf("nothing of Li's waits")
		return ""
	}
	b.as("Zhang", `{"do":"decide","doc":"path:n.txt","on":"`+on()+`","verdict":"approve"}`)
	b.as("Li", `{"do":"field.set","doc":"path:n.txt","field":"dcterms:date","values":[{"value":"1949"}]}`)
	if got := b.must("review", "@a.fonds"); !strings.Contains(got, "dcterms:date: “1949” in the place of “Not stated in the source”") {
		t.Errorf("review says\n%s", got)
	}
	b.as("Li", `{"do":"proposal.withdraw","doc":"path:n.txt","on":"`+on()+`"}`, `{"do":"field.set","doc":"path:n.txt","field":"dcterms:date","values":[]}`)
	if got := b.must("review", "@a.fonds"); !strings.Contains(got, "takes away the value [not stated in the source]") {
		t.Errorf("review says\n%s", got)
	}
	if got := b.must("show", "@a.fonds", "path:n.txt", "--json"); !strings.Contains(got, `"what":"value","of":[`) || !strings.Contains(got, `"text":"","not_stated":true`) {
		t.Errorf("show says\n%s", got)
	}
	b.must("verify", "@a.fonds")
}

// It comes back out of each format that is read, as it went, and nothing else does.
func TestNotStatedComesBack(t *testing.T) {
	b := noticeBench(t)
	b.apply(unstated, `{"do":"field.set","doc":"path:n.txt","field":"dcterms:creator","values":[{"value":"原文未载"}]}`)
	for _, format := range []string{"jsonl", "tei", "webannotation", "doccano", "labelstudio"} {
		out, back := "@out-"+format, "@back-"+format+".fonds"
		b.must("export", "@a.fonds", "--format", format, "--text", "source", "--out", out)
		b.must("new", back, "--as", "Qian")
		b.must("import", back, out+"/"+format, "--as", "Qian")
		got := map[string]bool{}
		for _, l := range objects[listed](t, b.must("list", back, "--json")) {
			for _, f := range objects[export.Document](t, b.must("show", back, string(l.ID), "--json"))[0].Fields {
				if f.State == "accepted" {
					got[f.Field+"="+f.Value] = f.NotStated
				}
			}
		}
		if !got["dcterms:date="] || got["dcterms:creator=原文未载"] || len(got) != 2 {
			t.Errorf("%s: it comes back as %v", format, got)
		}
		b.must("verify", back)
	}
}

// A catalogue whose cells say so is compared and taken.
func TestNotStatedCatalogue(t *testing.T) {
	b := noticeBench(t)
	b.apply(unstated)
	b.write("list.csv", "文件名,日期,责任者\nn.txt,1949,原文未载\n")
	if got := b.must("catalogue", "@a.fonds", "@list.csv", "--json"); !strings.Contains(got, `{"field":"dcterms:date","old":[],"new":["1949"],"old_not_stated":true},{"field":"dcterms:creator","old":[],"new":[],"new_not_stated":true}`) {
		t.Errorf("it would change %s", got)
	}
	if got := b.must("catalogue", "@a.fonds", "@list.csv", "--apply"); !strings.Contains(got, "[not stated in the source] → 1949") || !strings.Contains(got, "– → [not stated in the source]") {
		t.Errorf("it changes %s", got)
	}
	if got := b.must("show", "@a.fonds", "path:n.txt"); !strings.Contains(got, "dcterms:creator  [not stated in the source]") {
		t.Errorf("taken: %s", got)
	}
	b.must("export", "@a.fonds", "--format", "csv", "--lang", "zh-Hans", "--out", "@o")
	if got, err := os.ReadFile(b.file("o/csv/values.csv")); !strings.Contains(string(got), ",dcterms:creator,原文未载,true,") {
		t.Errorf("exported: %v, %s", err, got)
	}
	if b.run("export", "@a.fonds", "--format", "csv", "--lang", "tlh", "--out", "@p"); b.exit != exitUsage {
		t.Errorf("a language that is none: exit %d, %s", b.exit, b.stderr)
	}
}
