package dates

// Earliest is the first day that v can mean; false where it has none: it is open, or its beginning is not known.
//
// A part that is uncertain or approximate counts as it is written. A year with significant digits counts as the one that
// was estimated. Winter is at the end of its year, so that every season lies in the year that it is named by.
func (v Value) Earliest() (Day, bool) {
	var least Day
	for i, it := range v.items {
		d, ok := it.from.earliest()
		if !ok {
			return Day{}, false
		}
		if i == 0 || d.Compare(least) < 0 {
			least = d
		}
	}
	return least, len(v.items) > 0
}

// Latest is the last day that v can mean, as Earliest is the first.
func (v Value) Latest() (Day, bool) {
	var most Day
	for i, it := range v.items {
		p := it.from
		if it.span {
			p = it.to
		}
		d, ok := p.latest()
		if !ok {
			return Day{}, false
		}
		if i == 0 || d.Compare(most) > 0 {
			most = d
		}
	}
	return most, len(v.items) > 0
}

// ordered says whether an interval can end no earlier than it begins.
func (it item) ordered() bool {
	from, ok := it.from.earliest()
	to, also := it.to.latest()
	return !ok || !also || from.Compare(to) <= 0
}

// parts of a year by their numbers from 21: the first month and the last.
var partsOfYear = [...][2]int{
	{3, 5}, {6, 8}, {9, 11}, {12, 12}, // seasons, wherever they are
	{3, 5}, {6, 8}, {9, 11}, {12, 12}, // in the north
	{9, 11}, {12, 12}, {3, 5}, {6, 8}, // in the south
	{1, 3}, {4, 6}, {7, 9}, {10, 12}, // quarters
	{1, 4}, {5, 8}, {9, 12}, // of four months
	{1, 6}, {7, 12}, // halves
}

func (p point) earliest() (Day, bool) {
	if p.edge != known {
		return Day{}, false
	}
	if s := p.season(); s > 0 {
		for y := range p.year.all(false) {
			return Day{y, partsOfYear[s-21][0], 1}, true
		}
	}
	return p.find(false)
}

func (p point) latest() (Day, bool) {
	if p.edge != known {
		return Day{}, false
	}
	if s := p.season(); s > 0 {
		for y := range p.year.all(true) {
			m := partsOfYear[s-21][1]
			return Day{y, m, daysIn(y, m)}, true
		}
	}
	return p.find(true)
}

// find is the first day that agrees with all digits, or the last.
func (p point) find(last bool) (Day, bool) {
	if !p.inYear(4).any(last) { // of a leap year: what it has not, no year has
		return Day{}, false
	}
	for y := range p.year.all(last) {
		if d := p.inYear(y).find(last); d.Day > 0 {
			return d, true
		}
	}
	return Day{}, false
}

// yearly is a date within a year that is known.
type yearly struct {
	year       int64
	month, day string
}

func (p point) inYear(y int64) yearly { return yearly{y, p.month, p.day} }

func (y yearly) any(last bool) bool { return y.find(last).Day > 0 }

func (y yearly) find(last bool) Day {
	for m := range numbers(1, 12, last) {
		if y.month != "" && !agrees(y.month, m) {
			continue
		}
		for d := range numbers(1, daysIn(y.year, m), last) {
			if y.day == "" || agrees(y.day, d) {
				return Day{y.year, m, d}
			}
		}
	}
	return Day{}
}

// numbers counts from one to the other, or back.
func numbers(from, to int, back bool) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := from; i <= to; i++ {
			n := i
			if back {
				n = from + to - i
			}
			if !yield(n) {
				return
			}
		}
	}
}

// all are the years that agree with the digits, from the first on or from the last back.
func (y yearPart) all(back bool) func(func(int64) bool) {
	return func(yield func(int64) bool) {
		x := 0
		for i := range len(y.figures) {
			if y.figures[i] == 'X' {
				x++
			}
		}
		if x == 0 {
			yield(y.value())
			return
		}
		combinations := 1
		for range x {
			combinations *= 10
		}
		if y.negative {
			back = !back // the highest figures are the earliest year
		}
		for c := range numbers(0, combinations-1, back) {
			n, left, weight := int64(0), c, combinations
			for i := range len(y.figures) {
				f := int(y.figures[i] - '0')
				if y.figures[i] == 'X' {
					weight /= 10
					f = left / weight
					left %= weight
				}
				n = n*10 + int64(f)
			}
			if y.negative {
				if n == 0 {
					continue // there is no -0000
				}
				n = -n
			}
			if !yield(n) {
				return
			}
		}
	}
}

// agrees says whether a number has the two digits, X being any.
func agrees(digits string, n int) bool {
	return (digits[0] == 'X' || int(digits[0]-'0') == n/10) && (digits[1] == 'X' || int(digits[1]-'0') == n%10)
}

func anyMonth(digits string) bool {
	for m := range numbers(1, 12, false) {
		if agrees(digits, m) {
			return true
		}
	}
	return false
}

// longestMonth is how many days the months have that agree with the digits.
func (p point) longestMonth() int {
	n := 0
	for y := range p.year.all(false) {
		for m := range numbers(1, 12, false) {
			if agrees(p.month, m) {
				n = max(n, daysIn(y, m))
			}
		}
		if n != 28 {
			break
		}
	}
	return n
}
