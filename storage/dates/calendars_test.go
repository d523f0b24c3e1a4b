package dates

import "testing"

// Days that every handbook has.
func TestCalendars(t *testing.T) {
	for _, tt := range []struct {
		state       string
		year, month int
		leap        bool
		want        string
	}{
		{"清", 1898, 8, false, "1898-09-16"},
		{"清", 1898, 3, true, "1898-04-21"},
		{"清", 1644, 1, false, "1644-02-08"},
		{"清", 1911, 1, false, "1911-01-30"},
		{"明", 1368, 1, false, "1368-01-28"},
		{"唐", 618, 6, false, "0618-07-01"},
		{"西漢", -205, 10, false, "-0206-11-10"},
	} {
		got := ""
		for _, m := range table().months(tt.state, tt.year) {
			if m.number == tt.month && m.leap == tt.leap {
				got += dayOf(m.first).String()
			}
		}
		if got != tt.want {
			t.Errorf("%s %d month %d: got %s, want %s", tt.state, tt.year, tt.month, got, tt.want)
		}
	}
}

// The months of a state follow one another without gaps and overlaps, and are as long as the moon is.
func TestCalendarsAreWhole(t *testing.T) {
	months, gaps := 0, 0
	for state, years := range table().years {
		for y, ms := range years {
			for i, m := range ms {
				months++
				if m.days != 29 && m.days != 30 || m.number < -2 || m.number == 0 || m.number > 12 {
					t.Errorf("%s %d: %+v", state, y, m)
				}
				if i > 0 && m.first < ms[i-1].first+ms[i-1].days {
					t.Errorf("%s %d: month %d begins before the one before it ends", state, y, m.number)
				}
				if i > 0 && m.first > ms[i-1].first+ms[i-1].days {
					gaps++
				}
			}
			if next := years[y+1]; len(next) > 0 && len(ms) > 0 && next[0].first <= ms[len(ms)-1].end() {
				t.Errorf("%s: the year %d begins before %d ends", state, y+1, y)
			}
		}
	}
	t.Logf("%d months, %d gaps within a year", months, gaps)
}

func TestDays(t *testing.T) {
	for _, tt := range []struct {
		day    Day
		julian int
	}{
		{Day{2000, 1, 1}, 2451545}, {Day{1858, 11, 17}, 2400001}, {Day{-4713, 11, 24}, 0}, {Day{1, 1, 1}, 1721426},
	} {
		if got := tt.day.julian(); got != tt.julian {
			t.Errorf("%v: got %d, want %d", tt.day, got, tt.julian)
		}
		if got := dayOf(tt.julian); got != tt.day {
			t.Errorf("%d: got %v, want %v", tt.julian, got, tt.day)
		}
	}
	d := Day{-10_000, 1, 1}
	for j := d.julian(); d.Year < 10_000; j++ {
		if dayOf(j) != d || d.julian() != j || d.after().before() != d || !isDay(d.Year, d.Month, d.Day) {
			t.Fatalf("%v is %d, which is %v", d, j, dayOf(j))
		}
		d = d.after()
	}
	if got := (Day{2015, 11, 22}).weekday(); got != 0 {
		t.Errorf("2015-11-22: got %d, want a Sunday", got)
	}
}
