package query

import (
	"errors"
	"strings"
	"testing"
)

// chinese are names of a template and a language, as a window has them.
var chinese = Names{
	Key: func(word string) (Key, string, bool) {
		switch word {
		case "标签":
			return Tag, "", true
		case "题名", "title":
			return Field, "dcterms:title", true
		}
		return "", "", false
	},
	Value: func(key Key, word string) (string, bool) {
		if key == Status && word == "已通过" {
			return "approved", true
		}
		return "", false
	},
}

// shape is a tree in brackets.
func shape(n *Node) string {
	if n == nil {
		return "all"
	}
	var kids []string
	for _, k := range n.Kids {
		kids = append(kids, shape(k))
	}
	switch n.Op {
	case And:
		return "(" + strings.Join(kids, " & ") + ")"
	case Or:
		return "(" + strings.Join(kids, " | ") + ")"
	case Not:
		return "!" + kids[0]
	}
	s := n.Value
	if n.Exact {
		s = "exactly " + s
	}
	if n.Key != "" {
		s = string(n.Key) + "[" + n.Name + "]" + s
	}
	return s
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", "all"},
		{"  \u3000 ", "all"},
		{"会议", "会议"},
		{"会议 司法厅", "(会议 & 司法厅)"},
		{"会议\u3000司法厅", "(会议 & 司法厅)"},
		{`"会议 司法厅" 通知`, "(会议 司法厅 & 通知)"},
		{"“会议 司法厅”", "会议 司法厅"},
		{`"not closed`, "not closed"},
		{"a b OR c d", "(a & (b | c) & d)"},
		{"a | b", "(a | b)"},
		{"a or b", "(a & or & b)"},
		{"a AND b", "(a & b)"},
		{"-a b", "(!a & b)"},
		{"NOT a", "!a"},
		{"a - b", "(a & - & b)"},
		{"a-b", "a-b"},
		{"(a b) OR c", "((a & b) | c)"},
		{"（a OR b） -c", "((a | b) & !c)"},
		{"--a", "!!a"},
		{"-(a b)", "!(a & b)"},
		{"国发(2015)3号", "国发(2015)3号"},
		{"(国发(2015)3号)", "国发(2015)3号"},
		{"=司法廳", "exactly 司法廳"},
		{`="a b"`, "exactly a b"},
		{"a=b", "a=b"},
		{"tag:党建/会议", "tag[]党建/会议"},
		{"标签：党建", "tag[]党建"},
		{`tag:"two words"`, "tag[]two words"},
		{"field:dcterms:title", "field[dcterms:title]"},
		{"field:dcterms:title=推进会", "field[dcterms:title]推进会"},
		{`field:dcterms:title="a b"`, "field[dcterms:title]a b"},
		{"题名:推进会", "field[dcterms:title]推进会"},
		{"title:=推进会", "field[dcterms:title]exactly 推进会"},
		{"field:x:a==b", "field[x:a]exactly b"},
		{"mark:a==b", "mark[a]=b"},
		{"mark:person", "mark[person]"},
		{"mark:person=李振国", "mark[person]李振国"},
		{"status:in-progress", "status[]in progress"},
		{"status:已通过", "status[]approved"},
		{"STATUS:Approved", "status[]approved"},
		{"date:2010..2015", "date[]2010..2015"},
		{"date:193x", "date[]193x"},
		{"date:>1958", "date[]>1958"},
		{"date:>=1958-03", "date[]>=1958-03"},
		{"date:=193x", "date[]exactly 193X"},
		{"date:=?", "date[]exactly ?"},
		{"has:proposal -has:note", "(has[]proposal & !has[]note)"},
		{"https://a.b/c", "https://a.b/c"},
		{"16:30", "16:30"},
		{"第3条：内容", "第3条：内容"},
		{`"tag:x"`, "tag:x"},
		{"…", "…"},
	} {
		n, err := Parse(tt.in, chinese)
		if err != nil {
			t.Errorf("%q: %v", tt.in, err)
			continue
		}
		if got := shape(n); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.in, got, tt.want)
		}
		again, err := Parse(n.String(), Names{})
		if err != nil || shape(again) != shape(n) {
			t.Errorf("%q is written %q and read %s, %v", tt.in, n.String(), shape(again), err)
		}
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string][2]string{"2015": {"2015", "2015"}, "2010..2015": {"2010", "2015"}, "..1949": {"", "1949"}, "1949-10..": {"1949-10", ""},
		"2015-01-02..2015": {"2015-01-02", "2015"}, "193x": {"193x", "193x"}, ">1958": {"1958", ""}, "<=1958-03": {"", "1958-03"}, "＞1958": {"1958", ""},
		"-0500..-0100": {"-0500", "-0100"}, "Y17000..": {"Y17000", ""}} {
		n, err := Parse("date:"+in, Names{})
		if err != nil || n.From != want[0] || n.To != want[1] {
			t.Errorf("%s: %+v, %v", in, n, err)
		}
	}
}

// TestErrors: each says what is wrong and where.
func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		in, code   string
		start, end int
	}{
		{"a (b", "opened", 2, 3},
		{"a) b", "closed", 1, 2},
		{"a ()", "empty", 2, 4},
		{"a OR", "dangling", 2, 4},
		{"OR a", "before", 0, 2},
		{"a OR OR b", "before", 5, 7},
		{"NOT", "dangling", 0, 3},
		{`""`, "nothing", 0, 2},
		{"AND", "nothing", 0, 3},
		{"titel:x", "key", 0, 5},
		{"tag:", "value", 0, 4},
		{"tag: x", "value", 0, 4},
		{"field:", "value", 0, 6},
		{"mark:=x", "value", 0, 7},
		{"status:finished", "status", 7, 15},
		{"has:wings", "has", 4, 9},
		{"date:2x1x", "date", 5, 9},
		{"date:>", "date", 5, 6},
		{"date:>soon", "date", 5, 10},
		{"date:=2015-11", "date", 5, 13},
		{"date:-0100..-0500", "date-order", 5, 17},
		{"date:..", "date", 5, 7},
		{"date:2015..2010", "date-order", 5, 15},
		{strings.Repeat("(", 50), "too-deep", 21, 22},
		{strings.Repeat("-", 50) + "a", "too-deep", 22, 23},
		{strings.Repeat("a ", 101), "too-many", 200, 202},
		{strings.Repeat("a", 1<<20), "too-long", 0, 1 << 20},
	} {
		_, err := Parse(tt.in, Names{})
		var e *Error
		if !errors.As(err, &e) || e.Code != tt.code || e.Start != tt.start || e.End != tt.end {
			t.Errorf("%.30q: %+v, want %s at [%d,%d)", tt.in, err, tt.code, tt.start, tt.end)
			continue
		}
		if s := e.Error(); s == "" || strings.Contains(s, "{") {
			t.Errorf("%s says %q", tt.code, s)
		}
	}
}

func TestLeaves(t *testing.T) {
	n, err := Parse("a -(b -c) (d OR -e)", Names{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	n.Leaves(func(n *Node, denied bool) {
		if denied {
			got = append(got, "-"+n.Value)
		} else {
			got = append(got, n.Value)
		}
	})
	if s := strings.Join(got, " "); s != "a -b c d -e" {
		t.Errorf("the leaves are %s", s)
	}
}

// FuzzParse: no query makes the parser fail, an error lies within it, and what is read
// is read the same from its own writing.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"a b OR -c", "(tag:x)", `="a`, "date:2010..", "field:a=b", "mark:“x y”=z", "国发(2015)3号", "\xff:", "-\"\"", "=="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s, chinese)
		var e *Error
		if errors.As(err, &e) {
			if e.Start < 0 || e.End < e.Start || e.End > len([]rune(s)) || sentences[e.Code] == "" {
				t.Fatalf("%q: %+v", s, e)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(s, `"`) && strings.ContainsAny(s, "”") && strings.Contains(s, "＂") {
			return // of a value with all of them nothing can be written around it
		}
		again, err := Parse(n.String(), Names{})
		if err != nil || shape(again) != shape(n) {
			t.Fatalf("%q is %s, is written %q and read %s, %v", s, shape(n), n.String(), shape(again), err)
		}
	})
}
