package command

import (
	"strings"
	"testing"
)

// TestArrange: documents are put into series by what is said of them, given codes by rule,
// and what cannot be is named; nothing is written without --apply, and one undo takes it back.
func TestArrange(t *testing.T) {
	b := newBench(t)
	b.must("new", "@a.fonds", "--template", "dat18")
	for _, n := range []string{"1", "2", "3", "4"} {
		b.write("in/"+n+".txt", "第"+n+"件")
	}
	b.must("import", "@a.fonds", "@in")
	b.apply(`{"do":"unit.set","level":"fonds","code":"Z109","title":"某某市档案局"}`, `{"do":"unit.set","parent":"Z109","level":"series","code":"WS"}`,
		`{"do":"field.set","doc":"path:1.txt","field":"dcterms:date","values":[{"value":"20151122"}]}`,
		`{"do":"field.set","doc":"path:1.txt","field":"dat18:retention","values":[{"value":"永久"}]}`,
		`{"do":"field.set","doc":"path:2.txt","field":"dcterms:date","values":[{"value":"民国三十八年"}]}`,
		`{"do":"field.set","doc":"path:2.txt","field":"dat18:retention","values":[{"value":"定期30年"}]}`,
		`{"do":"field.set","doc":"path:3.txt","field":"dcterms:date","values":[{"value":"2015"}]}`,
		`{"do":"field.set","doc":"path:3.txt","field":"dat18:retention","values":[{"value":"a/b"}]}`,
		`{"do":"field.set","doc":"path:3.txt","field":"dcterms:identifier","values":[{"value":"Z109—WS·2015·Y—0007"}]}`)
	b.run("arrange", "@a.fonds", "--by", "年度,保管期限", "--under", "Z109/WS")
	for _, want := range []string{"a series  Z109/WS/2015", "a series  Z109/WS/1949/D30  定期30年", "→ Z109/WS/2015/Y", "“a/b” can be no code", "nothing is said of year", "4 series would be made, 2 documents would be moved, 0 there already, 2 left"} {
		if !strings.Contains(strings.ReplaceAll(b.stdout, `"a/b"`, "“a/b”"), want) {
			t.Errorf("the plan does not say %q:\n%s", want, b.stdout)
		}
	}
	if b.exit != exitPart {
		t.Errorf("exit %d", b.exit)
	}
	b.must("arrange", "@a.fonds")
	if strings.Contains(b.stdout, "2015") {
		t.Errorf("a plan has made series:\n%s", b.stdout)
	}
	b.run("arrange", "@a.fonds", "--by", "year,dat18:retention", "--under", "Z109/WS", "--apply")
	b.must("arrange", "@a.fonds", "--unit", "Z109")
	if n := strings.Count(b.stdout, "\n"); n != 2 {
		t.Errorf("%d lie there, want 2:\n%s", n, b.stdout)
	}
	b.must("arrange", "@a.fonds", "--codes", "{fonds}-{series:·}-{item:4}", "--apply", "--json")
	for _, want := range []string{`"code":"Z109-WS·2015·Y-0008"`, `"code":"Z109-WS·1949·D30-0001"`, `"coded":2`} {
		if !strings.Contains(b.stdout, want) {
			t.Errorf("no %s:\n%s", want, b.stdout)
		}
	}
	b.must("arrange", "@a.fonds", "--codes", "{fonds}-{series:·}-{item:4}", "--apply")
	if !strings.Contains(b.stdout, "0 codes given, 2 have one") {
		t.Errorf("given again:\n%s", b.stdout)
	}
	b.must("undo", "@a.fonds")
	b.must("undo", "@a.fonds")
	b.must("arrange", "@a.fonds")
	if strings.Contains(b.stdout, "2015") || !strings.Contains(b.stdout, "In no unit: 4 documents") {
		t.Errorf("undone:\n%s", b.stdout)
	}
	b.must("verify", "@a.fonds")
	for _, wrong := range [][]string{{"--codes", "{fonds}"}, {"--by", "nothing"}, {"--by", ""}, {"--by", "year", "--under", "X"}} {
		if b.run(append([]string{"arrange", "@a.fonds"}, wrong...)...); b.exit != exitUsage && b.exit != exitRefused {
			t.Errorf("%v: exit %d", wrong, b.exit)
		}
	}
}
