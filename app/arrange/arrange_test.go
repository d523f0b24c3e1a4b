package arrange

import (
	"errors"
	"testing"

	"fonds/storage/archive"
)

// unit is a line of units, as level:code, the last of which is given.
func unit(line ...string) (u *archive.Unit) {
	for _, s := range line {
		level, code := s[:1], s[2:]
		u = &archive.Unit{Level: map[string]archive.Level{"f": archive.AtFonds, "s": archive.AtSeries, "a": archive.AtFile}[level], Code: code, Over: u}
	}
	return u
}

// TestRule: what a unit has not falls away with its joiner.
func TestRule(t *testing.T) {
	for _, tt := range []struct {
		rule          string
		u             *archive.Unit
		before, after string
		width         int
	}{
		{Chinese, unit("f:Z109", "s:WS", "s:2011", "s:Y", "s:办公室"), "Z109-WS·2011·Y·办公室-", "", 4},
		{Chinese, unit("f:A439", "s:WS·2015·D30", "a:003"), "A439-WS·2015·D30-003-", "", 4},
		{Chinese, unit("s:WS"), "WS-", "", 4},
		{Chinese, nil, "", "", 4},
		{Chinese, unit("f:", "a:7"), "7-", "", 4},
		{Western, unit("f:GB-12", "s:A", "s:3", "a:5"), "GB-12/A/3/5/", "", 1},
		{"No. {item:3} of {fonds} (old)", unit("f:X"), "No. ", " of X (old)", 3},
		{"No. {item:3} of {fonds} (old)", nil, "No. ", " (old)", 3},
		{"档{fonds}-{item}", unit("f:X"), "档X-", "", 4},
	} {
		r, err := ParseRule(tt.rule)
		if err != nil {
			t.Fatal(tt.rule, err)
		}
		before, after, width := r.Around(tt.u)
		if before != tt.before || after != tt.after || width != tt.width {
			t.Errorf("%s: got %q %q %d, want %q %q %d", tt.rule, before, after, width, tt.before, tt.after, tt.width)
		}
	}
	for rule, want := range map[string]string{"": "rule-item", "{fonds}": "rule-item", "{item}{item}": "rule-item", "{year}-{item}": "rule-part", "{item:0}": "rule-part",
		"{item:10}": "rule-part", "{fonds:-}{item}": "rule-part", "{{item}": "rule-brace", "{item": "rule-brace", string(make([]rune, 201)): "too-long"} {
		_, err := ParseRule(rule)
		var r *archive.Refusal
		if !errors.As(err, &r) || r.Code != want {
			t.Errorf("%q: got %v, want %s", rule, err, want)
		}
	}
}

// TestHighest: numbers count under their own code only, however its joiners are written.
func TestHighest(t *testing.T) {
	all := inUse{"X1-WS-0002", "X1-WS-10", "X1-WS-9", "X1-WS-a", "X1-WS-·3", "X1-WS0099", "X1-WT-0500"}
	if got := all.highest("X1-WS-", ""); got != 10 {
		t.Errorf("got %d, want 10", got)
	}
	if got := all.highest("X2-", ""); got != 0 {
		t.Errorf("of none: %d", got)
	}
}

// TestCoded: periods of retention have codes of their own.
func TestCoded(t *testing.T) {
	for value, want := range map[string]string{"永久": "Y 永久", "定期30年": "D30 定期30年", "10年": "D10 10年", "长期": "长期 ", "办公室": "办公室 "} {
		if code, title := coded(value); code+" "+title != want {
			t.Errorf("%s: got %q %q, want %q", value, code, title, want)
		}
	}
	for date, want := range map[string]string{"20151122": "2015", "2015-11": "2015", "民国三十八年": "1949", "[1945]": "1945", "1950 to 1955": "", "1890s": "", "05/06/1990": "1990", "": "", "nonsense": ""} {
		if got := year(date); got != want {
			t.Errorf("%s: got %q, want %q", date, got, want)
		}
	}
}

// TestParseOrder: classes are named once each.
func TestParseOrder(t *testing.T) {
	fieldOf := func(word string) string {
		return map[string]string{"机构": "x:office", "保管期限": "dat18:retention"}[word]
	}
	for s, want := range map[string]string{"year": "", "年度、机构，保管期限": "", "": "order-classes", "year,Year": "order-twice", "year, nothing": "no-field"} {
		_, err := ParseOrder(s, fieldOf)
		var r *archive.Refusal
		if code := ""; errors.As(err, &r) {
			code = r.Code
			if code != want {
				t.Errorf("%q: got %s, want %s", s, code, want)
			}
		} else if err != nil || want != "" {
			t.Errorf("%q: got %v, want %q", s, err, want)
		}
	}
}

// TestByCode: new series stand in the order of their codes, and terms from the longest.
func TestByCode(t *testing.T) {
	p := &planner{tree: &archive.Tree{}, beside: map[string][]neighbour{}}
	for _, code := range []string{"2015", "2014", "2016", "999", "D10", "Y", "D30"} {
		p.rank("", code)
	}
	got := ""
	for i, n := range p.beside[""] {
		if i > 0 && p.beside[""][i-1].rank >= n.rank {
			t.Errorf("%v", p.beside[""])
		}
		got += n.code + " "
	}
	if want := "999 2014 2015 2016 Y D30 D10 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
