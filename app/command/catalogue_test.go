package command

import (
	"context"
	"strings"
	"testing"

	"fonds/app/catalogue"
)

const list = "归档文件目录,,,\n文件名,题名,责任者,文号\n1.txt,关于清淤的通知,水利局；河务局,水发〔2016〕3号\n2,=1+1,,\n9.txt,没有,,\n,无名,,\n"

func catalogueBench(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.write("in/1.txt", longNotice(3))
	b.write("in/2.txt", longNotice(11))
	b.write("in/3.txt", longNotice(17))
	b.write("list.csv", list)
	b.must("new", "@x.fonds")
	b.must("import", "@x.fonds", "@in")
	return b
}

func TestCatalogue(t *testing.T) {
	b := catalogueBench(t)
	want := `{"id":"#1","path":"1.txt","row":3,"by":"path","changes":[{"field":"dcterms:title","old":[],"new":["关于清淤的通知"]},{"field":"dcterms:creator","old":[],"new":["水利局","河务局"]},{"field":"dcterms:identifier","old":[],"new":["水发〔2016〕3号"]}]}
{"id":"#2","path":"2.txt","row":4,"by":"stem","changes":[{"field":"dcterms:title","old":[],"new":["=1+1"]}]}
{"row":5,"cell":"9.txt","not_matched":"none"}
{"row":6,"cell":"","not_matched":"empty"}
{"row":1,"finding":"above"}
{"rows":4,"matched":2,"documents":2,"changes":4,"same":0,"not_matched":2,"without_row":1,"applied":0,"match":"文件名","columns":[{"column":"文件名"},{"column":"题名","field":"dcterms:title"},{"column":"责任者","field":"dcterms:creator"},{"column":"文号","field":"dcterms:identifier"}]}
`
	before := b.must("history", "@x.fonds", "--json")
	same(t, "what it would do", plain(b.must("catalogue", "@x.fonds", "@list.csv", "--json")), want)
	same(t, "for people", plain(b.must("catalogue", "@x.fonds", "@list.csv")[8:]), "  row 3  1.txt\n"+
		"    dcterms:title         – → 关于清淤的通知\n    dcterms:creator       – → 水利局; 河务局\n    dcterms:identifier    – → 水发〔2016〕3号\n"+
		strings.Split(b.stdout, "\n")[4][:8]+"  row 4  2.txt\n    dcterms:title         – → =1+1\nrow 5  no document is so named  9.txt\nrow 6  names no document  \n")
	same(t, "and its summary", b.stderr, "row 1: above the head, left out\n4 rows, 2 matched by 文件名; 1 document without a row.\n4 changes in 2 documents; --apply makes them.\n")
	if b.must("history", "@x.fonds", "--json") != before {
		t.Error("looking has changed the archive")
	}

	if exit := b.run("catalogue", "@x.fonds", "@list.csv", "--apply", "--as", "Li", "--json"); exit != exitPart {
		t.Fatalf("exit %d: %s", exit, b.stderr)
	}
	same(t, "what it did", plain(b.stdout), strings.Replace(want, `"applied":0`, `"applied":4`, 1))
	b.run("catalogue", "@x.fonds", "@list.csv", "--apply", "--json")
	if s := b.stdout; strings.Contains(s, `"changes":[`) || !strings.Contains(s, `"changes":0,"same":4,`) || b.exit != exitPart {
		t.Errorf("the second time: %s", s)
	}
	b.must("undo", "@x.fonds", "--as", "Li")
	same(t, "after one undo", plain(b.must("catalogue", "@x.fonds", "@list.csv", "--json")), want)
}

func TestCatalogueByReferenceCode(t *testing.T) {
	b := catalogueBench(t)
	b.must("catalogue", "@x.fonds", "@list.csv", "--json")
	b.run("catalogue", "@x.fonds", "@list.csv", "--apply")
	b.write("two.csv", "文号;标题;内容;责任者\n水发[2016]3号;另一题名;摘要一;甲|乙\n")
	for _, tt := range []struct{ flags, want string }{
		{"", `"by":"field","changes":[{"field":"dcterms:title","old":["关于清淤的通知"],"new":["另一题名"]},{"field":"dcterms:creator","old":["水利局","河务局"],"new":["甲|乙"]}]`},
		{"--match 文号", `"by":"field"`},
		{"--match 1=档号", `"match":"文号=dcterms:identifier"`},
		{"--map 内容=提要,标题= --split creator --beside creator", `"changes":[{"field":"dcterms:description","old":[],"new":["摘要一"]},{"field":"dcterms:creator","old":["水利局","河务局"],"new":["水利局","河务局","甲","乙"]}]`},
		{"--match 2=", `"not_matched":"none"`},
	} {
		got := b.must(append([]string{"catalogue", "@x.fonds", "@two.csv", "--json"}, strings.Fields(tt.flags)...)...)
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s is not in\n%s", tt.flags, tt.want, got)
		}
	}
}

func TestCatalogueOthers(t *testing.T) {
	b := catalogueBench(t)
	b.write("plain.csv", "a,b\n1,2\n")
	b.write("head.csv", "题名,日期\n")
	for _, tt := range []struct {
		args   string
		exit   int
		stderr string
	}{
		{"catalogue @x.fonds @none.csv", 2, "the catalogue cannot be read: no such file"},
		{"catalogue @x.fonds @head.csv", 2, "it has no rows under a head"},
		{"catalogue @x.fonds @plain.csv", 2, "name it by --match COLUMN"},
		{"catalogue @x.fonds @list.csv --match 页数", 2, `there is no column "页数"; the columns are 文件名, 题名, 责任者, 文号`},
		{"catalogue @x.fonds @list.csv --map 题名", 2, "--map wants COLUMN=FIELD"},
		{"catalogue @x.fonds @list.csv --map 题名=x", 2, `there is no field "x"; the fields are dcterms:title`},
		{"catalogue @x.fonds @list.csv --split title", 2, "--split: dcterms:title holds one value"},
		{"catalogue @x.fonds @list.csv --encoding klingon", 2, "there is no encoding"},
		{"catalogue @x.fonds", 2, "catalogue wants FILE"},
		{"catalogue @none.fonds @list.csv", 3, "no archive"},
	} {
		b.run(strings.Fields(tt.args)...)
		if b.exit != tt.exit || b.stdout != "" || !strings.Contains(b.stderr, tt.stderr) {
			t.Errorf("fonds %s: exit %d, want %d\n%s%s", tt.args, b.exit, tt.exit, b.stdout, b.stderr)
		}
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	if exit := b.runWith(over, nil, "catalogue", "@x.fonds", "@list.csv", "--apply"); exit != exitPart {
		t.Errorf("stopped: exit %d\n%s", exit, b.stderr)
	}
	b.stdin = `{"do":"person.set","name":"Sun","role":"reader"}` + "\n"
	b.must("apply", "@x.fonds", "-")
	if b.run("catalogue", "@x.fonds", "@list.csv", "--apply", "--as", "Sun"); b.exit != exitRefused || !strings.Contains(b.stdout, "refused: ") {
		t.Errorf("a reader: exit %d\n%s%s", b.exit, b.stdout, b.stderr)
	}
	for _, code := range []string{catalogue.AboveHead, catalogue.HeadAgain, catalogue.OtherCells, catalogue.Quotes, catalogue.Undecoded, catalogue.SameColumn} {
		if findingWords(catalogue.Finding{Code: code, Detail: "3"}) == "" {
			t.Errorf("%s has no words", code)
		}
	}
}
