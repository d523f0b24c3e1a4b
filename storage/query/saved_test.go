package query

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestResolve: the query stands in the place of the saved search that was named; what
// cannot be put there is said at the place where that was typed.
func TestResolve(t *testing.T) {
	saved := map[string]string{"待核": "has:proposal OR has:question", "两年": "date:2014..2015", "both": `saved:待核 -saved:两年`,
		"two words": "会议", "loop": "a saved:round", "round": "saved:loop", "lost": "b saved:gone", "newer": "wings:2", "none": `""`, "n12": "c"}
	for i := range 12 {
		saved[fmt.Sprintf("n%d", i)] = fmt.Sprintf("saved:n%d saved:n%d", i+1, i+1)
	}
	for _, tt := range []struct {
		in, want, code string
		start, end     int
	}{
		{in: "会议", want: "会议"},
		{in: "saved:待核", want: "(has[]proposal | has[]question)"},
		{in: "会议 -saved:待核", want: "(会议 & !(has[]proposal | has[]question))"},
		{in: "saved:both", want: "((has[]proposal | has[]question) & !date[]2014..2015)"},
		{in: `saved:"two words" OR x`, want: "(会议 | x)"},
		{in: "x saved:gone", code: "saved", start: 2, end: 12},
		{in: "saved:lost", code: "saved", end: 10},
		{in: "y (saved:loop)", code: "saved-loop", start: 3, end: 13},
		{in: "saved:newer", code: "key", end: 11},
		{in: "saved:none", code: "nothing", end: 10},
		{in: "z saved:n0", code: "too-many", start: 2, end: 10},
	} {
		n, err := Parse(tt.in, Names{})
		if err != nil {
			t.Fatal(err)
		}
		before := n.String()
		got, err := n.Resolve(saved)
		var e *Error
		switch {
		case tt.code == "" && err != nil:
			t.Errorf("%s: %v", tt.in, err)
		case tt.code == "" && shape(got) != tt.want:
			t.Errorf("%s: got %s, want %s", tt.in, shape(got), tt.want)
		case tt.code != "" && (!errors.As(err, &e) || e.Code != tt.code || e.Start != tt.start || e.End != tt.end):
			t.Errorf("%s: got %#v, want %s at %d to %d", tt.in, err, tt.code, tt.start, tt.end)
		}
		if n.String() != before {
			t.Errorf("%s: it was changed to %s", tt.in, n)
		}
	}
	n, _ := Parse("saved:x", Names{})
	_, err := n.Resolve(saved)
	if s := err.Error(); !strings.Contains(s, "saved search x") || !strings.Contains(s, "both, loop") || !strings.HasSuffix(s, " …") {
		t.Errorf("it says %s", s)
	}
	_, err = n.Resolve(nil)
	if s := err.Error(); !strings.Contains(s, "has none") {
		t.Errorf("it says %s", s)
	}
}

// TestRenamed: a query names what it asks for by the new name, and is itself as it was.
func TestRenamed(t *testing.T) {
	n, err := Parse(`saved:a OR -(saved:b tag:a) a`, Names{})
	if err != nil {
		t.Fatal(err)
	}
	before := n.String()
	if got, want := n.Renamed("a", "two words").String(), `(saved:"two words" OR -(saved:b tag:a)) a`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if n.String() != before {
		t.Errorf("it was changed to %s", n)
	}
}
