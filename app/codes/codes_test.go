package codes

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func kinds(r Reference) string {
	var out []string
	for _, s := range r.Segments {
		out = append(out, s.Kind+"="+s.Text)
	}
	return strings.Join(out, " ")
}

func faultsOf(all []Fault) string {
	var out []string
	for _, f := range all {
		out = append(out, f.Kind)
	}
	return strings.Join(out, " ")
}

// TestReferences: the examples of DA/T 13-2022 and of practice, by segment, and what can be
// wrong with one.
func TestReferences(t *testing.T) {
	for _, tt := range []struct{ code, want, faults string }{
		{"Z109-WS·2011·Y·办公室-0001", "fonds=Z109 category=WS year=2011 retention=Y class=办公室 item=0001", ""},
		{"A439-WS·2015·D30·003-005", "fonds=A439 category=WS year=2015 retention=D30 class=003 item=005", ""},
		{"Z008-WS·2019·Y-037", "fonds=Z008 category=WS year=2019 retention=Y item=037", ""},
		{"C015-WY·TZGG·2019·D10-00001", "fonds=C015 category=WY class=TZGG year=2019 retention=D10 item=00001", ""},
		{"J019-ZY·JC·CC·2019·D30-001-001", "fonds=J019 category=ZY class=JC class=CC year=2019 retention=D30 file=001 item=001", ""},
		{"X032-KJ·JJ·02-005-054", "fonds=X032 category=KJ class=JJ class=02 file=005 item=054", ""},
		{"C038-001-002-003", "fonds=C038 catalogue=001 file=002 item=003", ""},
		{"Z109-WS·2011-Y-BGS-0001", "fonds=Z109 category=WS year=2011 retention=Y class=BGS item=0001", ""},
		{"A002-RS-001-002", "fonds=A002 category=RS either=001 item=002", ""},
		{"Z109-WS-001-002-003", "fonds=Z109 category=WS catalogue=001 file=002 item=003", ""},
		{"Z109—WS•2011•Y•办公室－0001", "fonds=Z109 category=WS year=2011 retention=Y class=办公室 item=0001", "joiner"},
		{"Ｚ１０９-WS·2011·Y-0001", "fonds=Z109 category=WS year=2011 retention=Y item=0001", "width"},
		{"109-WS·2011·Y-0001", "fonds=109 category=WS year=2011 retention=Y item=0001", ""},
		{"全宗-WS·2011·Y-0001", "fonds=全宗 category=WS year=2011 retention=Y item=0001", "fonds"},
		{"B1-1-1860", "fonds=B1 catalogue=1 item=1860", ""}, {"一一(2)-123", "fonds=一一(2) catalogue=123", ""},
		{"Z109-WS·2011·Y-", "fonds=Z109 category=WS year=2011 retention=Y class=", "empty item"},
		{"Z109-WS·2011·Y- 0001", "fonds=Z109 category=WS year=2011 retention=Y class= 0001", "blank item"},
		{"Z109-0001", "fonds=Z109 catalogue=0001", ""},
		{"", "fonds=", "empty"},
	} {
		r := ParseReference(tt.code)
		if got := kinds(r); got != tt.want {
			t.Errorf("%q is %s, want %s", tt.code, got, tt.want)
		}
		if got := faultsOf(r.Faults); got != tt.faults {
			t.Errorf("%q has the faults %q, want %q", tt.code, got, tt.faults)
		}
	}
}

// TestNumbers: the kinds of archival practice, each fault named.
func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ number, year, faults, form string }{
		{"国办发〔2017〕47号", "2017", "", ""}, {"厅字〔2016〕37号", "2016", "", ""}, {"档发〔2016〕4号", "2016", "", ""}, {"中发〔1980〕16号", "1980", "", ""},
		{"X市财发(1992)字第36号", "1992", "brackets ordinal", "X市财发〔1992〕36号"},
		{"沪〔2001〕01号", "2001", "zero", "沪〔2001〕1号"},
		{"档函[2011]261号", "2011", "brackets", "档函〔2011〕261号"},
		{"宁司发（2015）８８号", "2015", "brackets width", "宁司发〔2015〕88号"},
		{"中发〔80〕16号", "80", "century", "中发〔1980?〕16号"}, {"中发〔49〕5号", "49", "century", "中发〔1949?〕5号"}, {"国发〔2015〕 5 号", "2015", "blank", "国发〔2015〕5号"},
		{"国办发〔2017〕第47号", "2017", "ordinal", "国办发〔2017〕47号"},
		{"国办发〔2017〕47", "2017", "suffix", "国办发〔2017〕47号"},
		{"国家档案局令第13号", "", "", ""}, {"2015年第3号公告", "", "", ""}, {"第十三号令", "", "", ""}, {"第13号", "", "", ""},
		{"渝字第一二三号", "", "", ""}, {"渝字第一二三號", "", "", ""},
	} {
		n, ok := ParseNumber(tt.number)
		if !ok || n.Text != tt.number || n.Year != tt.year || faultsOf(n.Faults) != tt.faults || n.Form != tt.form {
			t.Errorf("%q: %v, %q of %q, faults %q, usually %q", tt.number, ok, n.Text, n.Year, faultsOf(n.Faults), n.Form)
		}
	}
	if n, ok := ParseNumber("按照国办发〔2017〕47号"); !ok || n.Text != "国办发〔2017〕47号" || n.Cut != 2 {
		t.Errorf("behind other words: %v, %+v", ok, n)
	}
	for _, none := range []string{"", "没有文号", "2015", "关于2015年的通知", "第号", "〔2017〕号"} {
		if n, ok := ParseNumber(none); ok {
			t.Errorf("%q is a number: %+v", none, n)
		}
	}
}

// FuzzCodes: whatever is read, segments lie where they say in a text of as many code
// points, and the usual form of a number has no fault but a guessed century.
func FuzzCodes(f *testing.F) {
	for _, s := range []string{"Z109-WS·2011·Y·办公室-0001", "宁司发（2015）８８号", "—•- ", "按照渝字第一二三号", "\xff-·"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := ParseReference(s)
		form := []rune(r.Form)
		for _, seg := range r.Segments {
			n := utf8.RuneCountInString(seg.Text)
			if seg.At < 0 || seg.At+n > len(form) || string(form[seg.At:seg.At+n]) != string([]rune(seg.Text)) {
				t.Fatalf("%q: %+v is not there", s, seg)
			}
		}
		if again := ParseReference(r.Form); again.Form != r.Form {
			t.Fatalf("%q becomes %q, then %q", s, r.Form, again.Form)
		}
		if n, ok := ParseNumber(s); ok && n.Form != "" && !strings.Contains(n.Form, "?") {
			if again, ok := ParseNumber(n.Form); !ok || len(again.Faults) > 0 {
				t.Fatalf("%q is usually %q, which has %+v", s, n.Form, again.Faults)
			}
		}
	})
}
