package catalogue

import (
	"fmt"
	"strings"
	"testing"

	"fonds/storage/archive"
)

func TestFieldOf(t *testing.T) {
	fields := dublinCore(t)
	for name, want := range map[string]string{
		"题名": "dcterms:title", "文件题名": "dcterms:title", " 责 任 者 ": "dcterms:creator", "成文日期": "dcterms:date", "文号": "dcterms:identifier", "档号（必填）": "dcterms:identifier",
		"dcterms:title": "dcterms:title", "dc:creator": "dcterms:creator", "DC.Date": "dcterms:date", "Title": "dcterms:title", "3.1.2 Title": "dcterms:title",
		"Name of creator(s)": "dcterms:creator", "3.3.1 Scope and content": "dcterms:description", "Reference code(s)": "dcterms:identifier", "Date (s)": "dcterms:date",
		"eventDates": "dcterms:date", "languageOfDescription": "", "Date(1) Label": "", "Subject (1) Record ID": "", "Date (1)": "dcterms:date", "address": "",
		"Date (s) of creation": "dcterms:date", "开放标识": "dcterms:accessRights", "Opening status": "dcterms:accessRights", "dcterms:accessRights": "dcterms:accessRights", "其他责任者": "dcterms:contributor",
		"印发和发布日期": "dcterms:issued", "Extent and medium": "dcterms:format", "密级": "", "备注": "", "全宗号": "", "序号": "", "": "", "2015": "", "文件名": "",
	} {
		if got := FieldOf(name, fields); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func TestGuess(t *testing.T) {
	for _, tt := range []struct{ head, want string }{
		{"序号,档号,文号,责任者,题名,日期,页数,备注", "match 1 dcterms:identifier; 1 dcterms:identifier beside; 2 dcterms:identifier beside; 3 dcterms:creator split; 4 dcterms:title; 5 dcterms:date"},
		{"题名,文件名,文件路径,标题", "match 2 ; 0 dcterms:title"},
		{"文号,档号", "match 1 dcterms:identifier; 0 dcterms:identifier beside; 1 dcterms:identifier beside"},
		{"filename,dc:title,dc:subject,dc:source", "match 0 ; 1 dcterms:title; 2 dcterms:subject split; 3 dcterms:source"},
		{"x,y", "match -1 "},
	} {
		p := Guess(parse(t, tt.head+"\n1,2\n"), dublinCore(t))
		out := []string{fmt.Sprintf("match %d %s", p.Match.Column, p.Match.Field)}
		for _, c := range p.Columns {
			words := fmt.Sprintf("%d %s", c.At, c.Field)
			if c.Split != "" {
				words += " split"
			}
			if c.Beside {
				words += " beside"
			}
			out = append(out, words)
		}
		if got := strings.Join(out, "; "); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.head, got, tt.want)
		}
	}
}

// outcomes are how each row was matched: the number of its document from 1 and by what, or
// why it has none.
func outcomes(b *bench, s *Survey) string {
	var out []string
	for _, o := range s.Rows {
		if o.Doc < 0 {
			out = append(out, o.Why)
			continue
		}
		d := &s.Docs[o.Doc]
		if d.Row != o.Row {
			b.t.Errorf("row %d is not that of its document", o.Row)
		}
		for i := range b.docs {
			if b.docs[i].ID == d.ID {
				out = append(out, fmt.Sprintf("%d %s", i+1, o.How))
			}
		}
	}
	return strings.Join(out, ", ")
}

func TestMatchByFileName(t *testing.T) {
	b := newBench(t, "a/01.txt", "a/02.TXT", "b/02.txt", "b/通知.html", "b/3.1.txt", "c/卷一.txt", "c/卷一.html", "lone.txt")
	for _, tt := range []struct{ cells, want string }{
		{"a/01.txt", "1 path"}, {`a\01.txt`, "1 path"}, {"./a/01.txt", "1 path"}, {"/mnt/scan/a/01.txt", "1 path"}, {"A/01.TXT", "1 path"},
		{"01.txt", "1 name"}, {"01", "1 stem"}, {"01.pdf", "1 stem"}, {"elsewhere/01.txt", "1 name"}, {"通知", "4 stem"}, {"通知.html", "4 name"},
		{"02.txt", "several"}, {"b/02.txt", "3 path"}, {"x/02.txt", "several"}, {"02", "several"},
		{"卷一", "several"}, {"卷一.txt", "6 name"}, {"卷一.pdf", "several"},
		{"3.1", "5 stem"}, {"3.2", "none"}, {"3", "none"}, {"none.txt", "none"},
		{"lone.txt", "8 path"},
		{"01.txt|01|通知", "twice, twice, 4 stem"},
	} {
		s := b.look(parse(t, "文件名,题名\n"+strings.ReplaceAll(tt.cells, "|", ",x\n")+",x\n"), Plan{Match: Match{Column: 0}})
		if got := outcomes(b, s); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.cells, got, tt.want)
		}
		if len(s.Docs)+len(s.Without) != len(b.docs) {
			t.Errorf("%s: %d with a row, %d without", tt.cells, len(s.Docs), len(s.Without))
		}
	}
	s := b.look(parse(t, "文件名,题名\n02,x\n,y\n"), Plan{Match: Match{Column: 0}})
	if o := s.Rows[0]; len(o.Of) != 2 || o.Of[0] != b.docs[1].ID || o.Of[1] != b.docs[2].ID {
		t.Errorf("several: %v", o.Of)
	}
	if s.Rows[1].Why != NoCell {
		t.Errorf("no cell: %v", s.Rows[1])
	}
	if s := b.look(parse(t, "a,b\n1,2\n"), Plan{Match: Match{Column: -1}}); len(s.Docs) != 0 || s.Rows[0].Why != NoCell {
		t.Errorf("matched by nothing: %+v", s)
	}
}

func TestMatchByReferenceCode(t *testing.T) {
	b := newBench(t, "1.txt", "2.txt", "3.txt", "4.txt")
	b.field(1, "dcterms:identifier", "D1-2016-003", "青档发〔2016〕3号")
	b.field(2, "dcterms:identifier", "D1-2016-004")
	b.field(3, "dcterms:identifier", "双 1")
	b.field(4, "dcterms:identifier", "双1")
	for cell, want := range map[string]string{
		"D1-2016-003": "1 field", "d1-2016-003": "1 field", "Ｄ１－２０１６－００３": "1 field", "青档发[2016]3号": "1 field", "青档发［2016］ 3 号": "1 field", "青档发【2016】3号": "1 field",
		"青档发(2016)3号": "none", "D1-2016-00": "none", "双1": "several",
	} {
		s := b.look(parse(t, "档号,题名\n"+cell+",x\n"), Plan{Match: Match{0, "dcterms:identifier"}})
		if got := outcomes(b, s); got != want {
			t.Errorf("%s: got %s, want %s", cell, got, want)
		}
	}
	// What is only proposed counts, and so for the title or any other field.
	b.apply(&archive.Edit{Do: "policy.set", Review: "everything"})
	b.field(2, "dcterms:title", "一件通知")
	s := b.look(parse(t, "题名,日期\n一件通知,2016\n"), Plan{Match: Match{0, "dcterms:title"}})
	if got := outcomes(b, s); got != "2 field" {
		t.Errorf("by a proposed title: %s", got)
	}
	// What was removed has no row.
	b.apply(&archive.Edit{Do: "document.remove", Doc: string(b.docs[0].ID)})
	if got := outcomes(b, b.look(parse(t, "档号,题名\nD1-2016-003,x\n"), Plan{Match: Match{0, "dcterms:identifier"}})); got != "none" {
		t.Errorf("a removed document: %s", got)
	}
}

// told are the changes of a survey: document, field, old, new.
func told(s *Survey) string {
	var out []string
	for _, d := range s.Docs {
		for _, c := range d.Changes {
			words := fmt.Sprintf("%s %s %s>%s", d.Path, strings.TrimPrefix(c.Field, "dcterms:"), strings.Join(c.Old, "/"), strings.Join(c.New, "/"))
			switch {
			case c.Same:
				words += " same"
			case c.Waits:
				words += " waits"
			case c.Reviews:
				words += " reviews"
			}
			out = append(out, words)
		}
	}
	return strings.Join(out, "\n")
}

func TestChanges(t *testing.T) {
	b := newBench(t, "1.txt", "2.txt", "3.txt")
	b.field(1, "dcterms:title", "旧题名")
	b.field(1, "dcterms:date", "2015-11-22")
	b.field(1, "dcterms:creator", "司法厅", "档案局")
	b.field(1, "dcterms:identifier", "青档发〔2016〕3号")
	b.field(2, "dcterms:title", "不变")
	b.field(2, "dcterms:source", "甲;乙")
	b.field(2, "dcterms:subject", "档案", "会议")
	c := parse(t, "文件名,题名,日期,责任者,档号,文号,来源,主题词\n"+
		"1.txt,新题名,20151122,司法厅；民政厅;司法厅,D1-3,青档发[2016]3号,,\n"+
		"2.txt,不变,,,,,甲;乙,档案；会议\n"+
		"3.txt,  ,=1+1,省政府|市政府,,,,\n")
	s := b.look(c, Guess(c, dublinCore(t)))
	want := "1.txt title 旧题名>新题名\n1.txt date 2015-11-22>2015-11-22 same\n1.txt creator 司法厅/档案局>司法厅/民政厅\n" +
		"1.txt identifier 青档发〔2016〕3号>青档发〔2016〕3号/D1-3\n" +
		"2.txt title 不变>不变 same\n2.txt source 甲;乙>甲;乙 same\n2.txt subject 档案/会议>档案/会议 same\n" +
		"3.txt date >=1+1\n3.txt creator >省政府|市政府"
	if got := told(s); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if docs, changes := s.Count(); docs != 2 || changes != 5 {
		t.Errorf("%d changes in %d documents", changes, docs)
	}
	// A person splits what nobody splits by itself, and puts one field beside.
	p := Guess(c, dublinCore(t))
	p.Column(3).Split, p.Column(3).Beside = Separators, true
	p.Column(6).Split = Separators
	got := told(b.look(c, p))
	for _, want := range []string{"1.txt creator 司法厅/档案局>司法厅/档案局/民政厅", "2.txt source 甲;乙>甲/乙", "3.txt creator >省政府/市政府"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
	b.take(s)
	if got := b.values(3, "dcterms:date"); len(got) != 1 || got[0] != "=1+1" {
		t.Errorf("a formula became %q", got)
	}
	if got := b.values(2, "dcterms:title"); len(got) != 1 || got[0] != "不变" {
		t.Errorf("the title that stays: %q", got)
	}
}

// What has changed since it was looked at is refused, and the rest is done.
func TestStale(t *testing.T) {
	b := newBench(t, "1.txt", "2.txt")
	b.field(1, "dcterms:title", "甲")
	c := parse(t, "文件名,题名\n1.txt,乙\n2.txt,丙\n")
	s := b.look(c, Guess(c, dublinCore(t)))
	b.field(1, "dcterms:title", "丁")
	results, err := b.a.ApplyMany(ctx, "Zhang", nil, s.Edits(nil)...)
	if err != nil || results[0].Err == nil || results[1].Err != nil {
		t.Fatalf("%v %+v", err, results)
	}
	if got := b.values(1, "dcterms:title"); got[0] != "丁" {
		t.Errorf("the title of meanwhile is gone: %q", got)
	}
}

// Under a policy of review a catalogue proposes, once.
func TestReview(t *testing.T) {
	b := newBench(t, "1.txt")
	b.field(1, "dcterms:title", "甲")
	b.field(1, "dcterms:subject", "一", "二")
	b.apply(&archive.Edit{Do: "policy.set", Review: "everything"})
	c := parse(t, "文件名,题名,主题词\n1.txt,乙,一\n")
	s := b.look(c, Guess(c, dublinCore(t)))
	if got, want := told(s), "1.txt title 甲>乙 reviews\n1.txt subject 一/二>一 reviews"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	b.take(s)
	if got := b.values(1, "dcterms:title"); got[0] != "甲" {
		t.Errorf("in force is %q", got)
	}
	s = b.look(c, Guess(c, dublinCore(t)))
	if got, want := told(s), "1.txt title 甲>乙 waits\n1.txt subject 一/二>一 waits"; got != want || len(s.Edits(nil)) != 0 {
		t.Errorf("the second time: got\n%s\nwant\n%s", got, want)
	}
}
