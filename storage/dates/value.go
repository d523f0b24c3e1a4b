package dates

// Value is a date, an interval or a set of dates, as EDTF has them. The zero Value is none.
type Value struct {
	kind  Kind
	items []item
	level int
}

// Kind is what a Value is.
type Kind int

// A Date is one, an Interval lasts from one to another, OneOf is one of those listed, AllOf is all of them.
const (
	None Kind = iota
	Date
	Interval
	OneOf
	AllOf
)

// item is a date, or all from one date to another.
type item struct {
	from, to point
	span     bool
}

// edge is what stands at an end of an interval.
type edge int

const (
	known   edge = iota
	open         // ..: it has no end
	unknown      // nothing: it has one, which nobody knows
)

// Qualification is how sure a part of a date is.
type Qualification int

// Uncertain is ?, Approximate is ~, and both together are %.
const (
	Uncertain Qualification = 1 << iota
	Approximate
)

// point is one date.
type point struct {
	edge   edge
	year   yearPart
	month  string           // two digits, X for one that is unknown; 21 to 41 for a season or another part of a year
	day    string           // two digits
	sure   [3]Qualification // of the year, the month, the day
	clock  string           // T23:20:30+08:00
	single bool             // a part is qualified by itself, which is of level 2
}

// yearPart is a year: its figures where it has four, or a number.
type yearPart struct {
	negative    bool
	figures     string // four, X for one that is unknown; "" for a long year
	number      int64  // of a long year, without what exponent adds; negative for one before 0
	exponent    int    // how many zeros follow, written as E4; 0 for none
	significant int    // how many digits are, 0 for all
}

// Kind says what v is.
func (v Value) Kind() Kind { return v.kind }

// Level is the lowest level of EDTF that has v as it was written: 0, 1 or 2.
func (v Value) Level() int { return v.level }

// Qualified is how sure v is: of all its parts, those that are uncertain or approximate.
func (v Value) Qualified() Qualification {
	var q Qualification
	for _, it := range v.items {
		for _, p := range []point{it.from, it.to} {
			q |= p.sure[0] | p.sure[1] | p.sure[2]
		}
	}
	return q
}

// parts is how many of year, month and day a date has.
func (p point) parts() int {
	switch {
	case p.day != "":
		return 3
	case p.month != "":
		return 2
	}
	return 1
}

// season is the number of a season or another part of a year, 0 for a month.
func (p point) season() int {
	if len(p.month) == 2 && p.month[0] >= '2' && p.month[0] <= '9' && p.month[1] != 'X' && p.month != "20" {
		return int(p.month[0]-'0')*10 + int(p.month[1]-'0')
	}
	return 0
}

// unspecified says whether a digit is unknown.
func (p point) unspecified() bool {
	for _, s := range []string{p.year.figures, p.month, p.day} {
		for i := range len(s) {
			if s[i] == 'X' {
				return true
			}
		}
	}
	return false
}

// value is the year's number where all its digits are known.
func (y yearPart) value() int64 {
	if y.figures == "" {
		n := y.number
		for range y.exponent {
			n *= 10
		}
		return n
	}
	n := int64(0)
	for i := range len(y.figures) {
		n = n*10 + int64(y.figures[i]-'0')
	}
	if y.negative {
		n = -n
	}
	return n
}

// levelOf is the lowest level that has the point; inside an interval unknown digits are of level 2.
func (p point) levelOf(inside bool) int {
	level := 0
	raise := func(n int) { level = max(level, n) }
	if p.edge != known {
		return 1
	}
	if p.year.negative || p.year.figures == "" || p.sure != [3]Qualification{} {
		raise(1)
	}
	if p.year.exponent > 0 || p.year.significant > 0 || p.single {
		raise(2)
	}
	if s := p.season(); s > 24 {
		raise(2)
	} else if s > 0 {
		raise(1)
	}
	if p.unspecified() {
		raise(1)
		if inside || !p.plainUnspecified() {
			raise(2)
		}
	}
	return level
}

// plainUnspecified says whether unknown digits stand as level 1 has them: 201X, 20XX, 2004-XX, 1985-04-XX, 1985-XX-XX.
func (p point) plainUnspecified() bool {
	x := 0
	for i := range len(p.year.figures) {
		switch {
		case p.year.figures[i] == 'X':
			x++
		case x > 0:
			return false
		}
	}
	if x > 0 {
		return x <= 2 && p.month == ""
	}
	whole := func(s string) bool { return s == "XX" }
	switch {
	case p.day == "":
		return whole(p.month)
	case whole(p.day):
		return whole(p.month) || p.month[0] != 'X' && p.month[1] != 'X'
	}
	return false
}
