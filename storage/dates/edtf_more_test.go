package dates

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		in, want string // canonical, "" for a fault
		level    int
		bounds   string // or the fault
	}{
		{"1949-10", "1949-10", 0, "1949-10-01|1949-10-31"},
		{"0000", "0000", 0, "0000-01-01|0000-12-31"},
		{"-9999", "-9999", 1, "-9999-01-01|-9999-12-31"},
		{"?2004-?06", "2004-06?", 2, "2004-06-01|2004-06-30"},
		{"2004~-06?", "2004%-?06", 2, "2004-06-01|2004-06-30"},
		{"2004-06-~11", "2004-06-~11", 2, "2004-06-11|2004-06-11"},
		{"1985/", "1985/", 1, "1985-01-01|"},
		{"../1985", "../1985", 1, "|1985-12-31"},
		{"[1667, 1668,1670..1672]", "[1667,1668,1670..1672]", 2, "1667-01-01|1672-12-31"},
		{"{..1984}", "{..1984}", 2, "|1984-12-31"},
		{"XXXX-02-29", "XXXX-02-29", 2, "0000-02-29|9996-02-29"},
		{"2010-24", "2010-24", 1, "2010-12-01|2010-12-31"},
		{"Y17E4", "Y17E4", 2, "170000-01-01|170000-12-31"},
		{"1950S2", "1950S2", 2, "1950-01-01|1950-12-31"},
		{"1985-04-12T24:00:00Z", "1985-04-12T24:00:00Z", 0, "1985-04-12|1985-04-12"},

		{"", "", 0, "there is nothing here"},
		{"1984-13", "", 0, "month 13: a year has 12, and 21 to 41 are its seasons and parts (at character 6)"},
		{"2015-02-29", "", 0, "day 29: that month has 28 (at character 9)"},
		{"2015-04-31", "", 0, "day 31: that month has 30 (at character 9)"},
		{"1990/1980", "", 0, "the interval ends before it begins (at character 6)"},
		{"[1990..1980]", "", 0, "the interval ends before it begins (at character 8)"},
		{"99999", "", 0, "a year has four digits, with X for one that is not known"},
		{"-0000", "", 0, "there is no year -0000: 1 BC is 0000"},
		{"1984 ", "", 0, `" " is too much (at character 5)`},
		{"1984年", "", 0, `"年" is too much (at character 5)`},
		{"1984-21-03", "", 0, "a season has no day (at character 8)"},
		{"1984-1-3", "", 0, "a month and a day have two digits each, with X for one that is not known (at character 6)"},
		{"1984-01-03T25:00:00", "", 0, "the time of day is as in T23:20:30, perhaps with Z or +08:00 behind it (at character 11)"},
		{"1984-01-03T20:00:00+15:00", "", 0, "no place on earth is +15:00 from universal time (at character 20)"},
		{"[1999", "", 0, "a set ends with ] (at character 6)"},
		{"{1999]", "", 0, "a set ends with } (at character 6)"},
		{"/", "", 0, "an interval without a beginning and an end says nothing"},
		{"..", "", 0, "a year has four digits, with X for one that is not known (at character 3)"},
		{"Y1E99", "", 0, "the year is too far away to be reckoned with"},
		{"Y999999999999999999999999", "", 0, "the year is too far away to be reckoned with"},
		{"Y9999", "", 0, "a year behind Y has more than four digits and does not begin with 0"},
		{"1984S0", "", 0, "digits that are significant are counted from 1, as in 1950S2 (at character 5)"},
		{"1984-01-01T10:10:10/1985", "", 0, "a time of day cannot stand in an interval (at character 20)"},
		{"XXXX-02-30", "", 0, "day 30: that month has 29 (at character 9)"},
		{strings.Repeat("1", 1<<20), "", 0, "1048576 characters are more than a date has"},
		{"19\x0084", "", 0, "a year has four digits, with X for one that is not known"},
	} {
		v, err := Parse(tt.in)
		if tt.want == "" {
			if err == nil || err.Error() != tt.bounds {
				t.Errorf("%.40q: got %v, %v, want %s", tt.in, v, err, tt.bounds)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		if got := bound(v.Earliest()) + "|" + bound(v.Latest()); got != tt.bounds || v.String() != tt.want || v.Level() != tt.level {
			t.Errorf("%s: got %s, level %d, %s, want %s, level %d, %s", tt.in, v, v.Level(), got, tt.want, tt.level, tt.bounds)
		}
	}
}

// checkValue holds what is true of every value: it ends no earlier than it begins, and EDTF and words keep its bounds.
func checkValue(t *testing.T, v Value) {
	t.Helper()
	from, ok := v.Earliest()
	to, also := v.Latest()
	if ok && also && from.Compare(to) > 0 {
		t.Errorf("%s: earliest %v is behind latest %v", v, from, to)
	}
	again, err := Parse(v.String())
	if err != nil {
		t.Errorf("%s cannot be read again: %v", v, err)
		return
	}
	from2, ok2 := again.Earliest()
	to2, also2 := again.Latest()
	if from != from2 || ok != ok2 || to != to2 || also != also2 || again.String() != v.String() || again.Level() > v.Level() {
		t.Errorf("%s is read again as %s: %v to %v, was %v to %v", v, again, from2, to2, from, to)
	}
	if v.Level() < 0 || v.Level() > 2 || v.Kind() == None {
		t.Errorf("%s: level %d, kind %d", v, v.Level(), v.Kind())
	}
}

var edtfSeeds = []string{"1985-04-12", "1985-04-12T23:20:30+04:30", "Y-17E7", "Y171010000S3", "-1859S5", "2001-34", "?-2004-06-04~",
	"-1X32-X1-X2", "[..1983-12-31,1984-10-10..1984-11-01,1984-11-05..]", "{1960,1961-12}", "../1985", "1985/", "1930-X0-10/1930-10-30",
	"156X-09-31", "15XX-01-3X", "XXXX-02-30", "1984?-06/2004-08?", "2004?-%06", "Y1E15", "X0X0-XX-XX%", "[1,", "}{", "1985-04-12T24:00:00Z"}

func FuzzParse(f *testing.F) {
	for _, s := range edtfSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := Parse(s)
		if err != nil {
			if err.Error() == "" || v.Kind() != None {
				t.Errorf("%q: %v, %v", s, v, err)
			}
			return
		}
		checkValue(t, v)
	})
}

// Nothing that a person can type takes long to refuse.
func TestParseIsQuick(t *testing.T) {
	start := time.Now()
	for _, s := range []string{strings.Repeat("9", 1<<20), "[" + strings.Repeat("XXXX-02-30,", 370) + "1984]", "[" + strings.Repeat("XXX1-02-29,", 370) + "1984]",
		"[" + strings.Repeat("XXXX-02-29,", 370) + "1984]", "Y1E" + strings.Repeat("9", 4000), strings.Repeat("[", 1<<20)} {
		if _, err := Parse(s); err != nil && len(err.Error()) > 300 {
			t.Errorf("%.20s: a fault of %d characters", s, len(err.Error()))
		}
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %v", took)
	}
}

func BenchmarkParse(b *testing.B) {
	all := []string{"1985-04-12", "1949-10", "1890~", "2004-06-~11", "156X-12-25", "1984-06-02?/2004-08-08~", "[1667,1668,1670..1672]"}
	for i := range b.N {
		v, err := Parse(all[i%len(all)])
		if err != nil {
			b.Fatal(err)
		}
		v.Earliest()
		v.Latest()
	}
}
