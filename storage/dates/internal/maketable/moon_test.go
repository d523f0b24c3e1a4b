package main

import (
	"os"
	"slices"
	"testing"
)

// The calendar that is computed is the one of the corpus, as far as that goes: from the last reform of the Qing to its end.
func TestComputedAsInTheCorpus(t *testing.T) {
	const name = "../../../../../shared/corpora/regnal-dila/months.tsv.gz"
	if _, err := os.Stat(name); err != nil {
		t.Skipf("the corpora are not here: %v", err)
	}
	_, calendars, _ := read(name)
	qing := calendars["清"]
	same, all := 0, 0
	for _, y := range qing {
		if y.number < 1734 || y.number > 1907 || !y.whole() {
			continue
		}
		all++
		if got := computed(y.number, y.number)[0]; slices.Equal(got.months, y.months) {
			same++
		} else {
			t.Logf("%d is not the same: the astronomers of the time reckoned with other figures", y.number)
		}
	}
	t.Logf("of %d years %d are the same", all, same)
	if same < 155 {
		t.Errorf("got %d, want 155", same)
	}
}

// New years and leap months that almanacs have.
func TestComputed(t *testing.T) {
	for _, tt := range []struct {
		year, newYear, leap int
	}{
		{1912, 2419451, 0}, {1917, 2421252, 2}, {1922, 2423083, 5}, {1928, 2425269, 2}, {1949, 2432946, 7}, {1957, 2435870, 8},
		{1984, 2445733, 10}, {2000, 2451580, 0}, {2006, 2453765, 7}, {2015, 2457073, 0}, {2020, 2458874, 4}, {2033, 2463629, 11}, {2100, 2488109, 0},
	} {
		y := computed(tt.year, tt.year)[0]
		leap := 0
		for _, m := range y.months {
			if m.leap > 0 {
				leap = m.number
			}
		}
		if got := y.months[0].first; got != tt.newYear || leap != tt.leap {
			t.Errorf("%d: got %d with leap month %d, want %d with %d", tt.year, got, leap, tt.newYear, tt.leap)
		}
	}
}
