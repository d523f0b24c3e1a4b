package dates

import (
	_ "embed"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed calendars.bin
var calendarsBin string

//go:embed eras.txt
var erasText string

// era is a name that the years of a state were counted by.
type era struct {
	state, name string // traditional
	base        int    // the lunar year before its first
	years       int    // the last that was counted
	first, last int    // Julian day numbers
}

// lunarMonth is a month of a lunar year.
type lunarMonth struct {
	number int // 1-12; -1 and -2 are 臘 and 一, the second and third month of the years from 690 to 700
	leap   bool
	first  int // Julian day number
	days   int
}

func (m lunarMonth) end() int { return m.first + m.days - 1 }

// tables are what the two files say.
type tables struct {
	eras   map[string][]era // by folded name, the longest first
	names  int              // the longest name, in code points
	states map[string]bool
	years  map[string]map[int][]lunarMonth // by state and year
	simple map[rune]rune
}

var table = sync.OnceValue(func() *tables {
	t := &tables{eras: map[string][]era{}, states: map[string]bool{}, simple: map[rune]rune{}}
	state := ""
	for line := range strings.Lines(erasText) {
		f := strings.Fields(line)
		switch f[0] {
		case "#":
		case "=":
			for _, pair := range f[1:] {
				r := []rune(pair)
				t.simple[r[0]] = r[1]
			}
		case ":":
			state = f[1]
			t.states[t.fold(state)] = true
		default:
			e := era{state: state, name: f[0]}
			for i, to := range []*int{&e.base, &e.years, &e.first, &e.last} {
				*to, _ = strconv.Atoi(f[i+1])
			}
			key := t.fold(e.name)
			t.eras[key] = append(t.eras[key], e)
			t.names = max(t.names, len([]rune(key)))
		}
	}
	for _, es := range t.eras {
		slices.SortStableFunc(es, func(a, b era) int { return (b.last - b.first) - (a.last - a.first) })
	}
	t.readCalendars()
	return t
})

// fold makes a name simplified.
func (t *tables) fold(s string) string {
	return strings.Map(func(r rune) rune {
		if to, ok := t.simple[r]; ok {
			return to
		}
		return r
	}, s)
}

// readCalendars reads calendars.bin. Numbers are varints, those that may be negative zigzag. First how many different
// lunar years there are, and each:
//
//	a number below 1<<17: twelve months or, where bits 13 to 16 are not 0 but n, thirteen with a leap month behind the
//	  nth; bits 0 to 12 are 1 for a month of 30 days, 0 for one of 29. It begins where the last one ended.
//	1<<17, then the year's number, its first day, how many months; each: days left out before it <<8, long <<7, leap <<5,
//	  its number +2. Months are out of order where a state began the year with another, changed its calendar, or began.
//
// Then how many states, and each: its name, how many runs of such years it had, each as the number of the first and how
// many. Days are Julian day numbers. The number of a year is the one of the common era in which most of it lies.
func (t *tables) readCalendars() {
	data := []byte(calendarsBin)
	number := func() int {
		n, size := binary.Uvarint(data)
		data = data[max(size, 0):]
		return int(n)
	}
	type year struct {
		number int
		months []lunarMonth
	}
	pool := make([]year, number())
	day := 0
	for i := range pool {
		y := &pool[i]
		bits := number()
		if bits < 1<<17 {
			y.number = int(dayOf(day + 177).Year)
			leap := bits >> 13
			for n := range 12 + min(leap, 1) {
				m := lunarMonth{number: n + 1, first: day, days: 29 + bits>>n&1}
				if leap > 0 && n >= leap {
					m.number, m.leap = n, n == leap
				}
				y.months = append(y.months, m)
				day += m.days
			}
			continue
		}
		n, size := binary.Varint(data)
		data = data[max(size, 0):]
		y.number = int(n)
		day = number()
		for range number() {
			b := number()
			m := lunarMonth{number: b&31 - 2, leap: b>>5&3 > 0, first: day + b>>8, days: 29 + b>>7&1}
			y.months = append(y.months, m)
			day = m.first + m.days
		}
	}
	t.years = map[string]map[int][]lunarMonth{}
	for range number() {
		n := number()
		state := string(data[:n])
		data = data[n:]
		t.years[state] = map[int][]lunarMonth{}
		for range number() {
			from, count := number(), number()
			for _, y := range pool[from : from+count] {
				t.years[state][y.number] = append(t.years[state][y.number], y.months...)
			}
		}
	}
}

// months are those of a year of a state, nil where it had none.
func (t *tables) months(state string, year int) []lunarMonth { return t.years[state][year] }
