package command

import (
	"strings"
	"testing"
)

// TestApplyToMany: one line changes what a query finds, says how many, and is one step
// to undo.
func TestApplyToMany(t *testing.T) {
	b := counted(t)
	b.apply(`{"do":"field.set","query":"通知","field":"dcterms:creator","values":[{"value":"厅"}]}`)
	for _, c := range []struct {
		line      string
		documents int
		changed   int
		finds     string // how many documents afterwards
		n         int
	}{
		{`{"do":"tag.add","query":"通知","tag":"发文"}`, 2, 2, "tag:发文", 2},
		{`{"do":"tag.add","query":"通知","tag":" 党建 / 学习 "}`, 2, 2, "tag:党建/学习", 2},
		{`{"do":"tag.rename","tag":"党建/学习","to":"学习"}`, 3, 2, "tag:学习", 2},
		{`{"do":"field.add","query":"财政厅","field":"主题词","value":"财政"}`, 1, 1, "field:dcterms:subject==财政", 1},
		{`{"do":"tag.add","query":"","tag":"发文"}`, 3, 1, "tag:发文", 3},
		{`{"do":"tag.remove","query":"会议","tag":"发文"}`, 1, 1, "tag:发文", 2},
		{`{"do":"field.add","query":"","field":"dcterms:creator","value":"局"}`, 3, 3, "field:dcterms:creator==局", 3},
		{`{"do":"field.replace","query":"责任者:厅","field":"dcterms:creator","find":"^(厅)$","value":"民政$1","pattern":true}`, 2, 2, "field:dcterms:creator==民政厅", 2},
		{`{"do":"field.replace","doc":"path:2.txt","field":"dcterms:creator","find":"民政","value":""}`, 1, 1, "field:dcterms:creator==厅", 1},
		{`{"do":"field.clear","query":"","field":"dcterms:creator"}`, 3, 3, "field:dcterms:creator", 0},
		{`{"do":"mark.every","query":"","words":"通知","label":"work"}`, 3, 2, "mark:work", 2},
		{`{"do":"correct.every","query":"","words":"司法厅","text":"司法局","reason":"typo"}`, 3, 2, "司法局", 2},
		{`{"do":"assign","query":"通知","to":"Zhang"}`, 2, 2, "assigned:Zhang", 2},
		{`{"do":"note.add","query":"通知","text":"看过"}`, 2, 2, "note:看过", 2},
		{`{"do":"document.remove","query":"name:3","reason":"x"}`, 1, 1, "", 2},
	} {
		b.stdin = c.line
		out := objects[answer](t, b.must("apply", "@a.fonds", "-", "--as", "Zhang"))
		if len(out) != 1 || !out[0].OK || *out[0].Documents != c.documents || *out[0].Changed != c.changed {
			t.Fatalf("%s: %s", c.line, b.stdout)
		}
		if b.must("list", "@a.fonds", "--json", "--query", c.finds); strings.Count(b.stdout, "\n") != c.n {
			t.Errorf("%s: %s then finds\n%s", c.line, c.finds, b.stdout)
		}
	}
	b.must("undo", "@a.fonds", "--as", "Zhang")
	b.must("undo", "@a.fonds", "--as", "Zhang")
	if b.must("list", "@a.fonds", "--json", "--query", "note:看过"); strings.Count(b.stdout, "\n") != 0 {
		t.Errorf("one undo leaves\n%s", b.stdout)
	}
}

// TestApplyToManyWrong: what cannot be said of many, or says too little, is refused with
// what there is, and nothing is done.
func TestApplyToManyWrong(t *testing.T) {
	b := counted(t)
	before := b.must("history", "@a.fonds", "--json")
	for line, says := range map[string]string{
		`{"do":"document.destroy","query":"","authority":"x","reason":"y"}`:                                 "one document at a time",
		`{"do":"mark.add","query":"","start":0,"end":1,"label":"x"}`:                                        "one document at a time",
		`{"do":"tag.add","query":"(","tag":"x"}`:                                                            "bracket",
		`{"do":"tag.add","query":"","doc":"path:1.txt","tag":"x"}`:                                          "doc",
		`{"do":"tag.add","query":7,"tag":"x"}`:                                                              "words in quotation marks",
		`{"do":"tag.add","query":null,"tag":"x"}`:                                                           "doc",
		`{"do":"field.add","field":"x","value":"y"}`:                                                        "a query or a doc",
		`{"do":"field.add","query":"","field":"dcterms:title"}`:                                             "needs",
		`{"do":"field.add","query":"","field":"x","value":"y","tag":"z"}`:                                   "tag",
		`{"do":"field.replace","query":"","field":"dcterms:title","find":"(","pattern":true}`:               "pattern",
		`{"do":"field.set","query":"","field":"x","values":[{"value":"y","evidence":{"start":0,"end":1}}]}`: "evidence",
		`{"do":"tag.add","query":"missing:creater","tag":"x"}`:                                              "no field creater",
		`{"do":"tag.add","query":"date:2015-13","tag":"x"}`:                                                 "no date",
		`{"do":"field.add","query":"","field":"creater","value":"x"}`:                                       "no field",
		`{"do":"field.clear","doc":"path:none.txt","field":"dcterms:title"}`:                                "no document",
	} {
		b.stdin = line
		if code := b.run("apply", "@a.fonds", "-", "--as", "Zhang"); code != 4 || !strings.Contains(b.stdout, says) {
			t.Errorf("%s ends with %d:\n%s%s", line, code, b.stdout, b.stderr)
		}
	}
	// One refused of many: nothing is done, and the document is named; with --keep-going the rest.
	b.apply(`{"do":"document.submit","doc":"path:1.txt"}`)
	b.stdin = `{"do":"document.recall","query":""}`
	if code := b.run("apply", "@a.fonds", "-", "--as", "Zhang"); code != 4 || !strings.Contains(b.stdout, "(0") {
		t.Errorf("one refused of many ends with %d:\n%s", code, b.stdout)
	}
	if code := b.run("apply", "@a.fonds", "-", "--as", "Zhang", "--keep-going"); code != 1 || !strings.Contains(b.stdout, `"changed":1,"refused":2`) {
		t.Errorf("with --keep-going it ends with %d:\n%s", code, b.stdout)
	}
	if code := b.run("apply", "@a.fonds", "-", "--as", "Zhang", "--keep-going"); code != 4 { // nothing is left to be done
		t.Errorf("once more it ends with %d:\n%s", code, b.stdout)
	}
	if after := b.must("history", "@a.fonds", "--json"); strings.Count(after, "\n")-strings.Count(before, "\n") != 2 {
		t.Errorf("the history has grown:\n%s", after)
	}
}
