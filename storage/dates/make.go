package dates

import "fmt"

// What the readers of this package make values of.

func yearPoint(y int64) point {
	if y > 9999 || y < -9999 {
		return point{year: yearPart{number: y, negative: y < 0}}
	}
	p := point{year: yearPart{negative: y < 0, figures: fmt.Sprintf("%04d", max(y, -y))}}
	return p
}

func monthPoint(y int64, m int) point {
	p := yearPoint(y)
	p.month = fmt.Sprintf("%02d", m)
	return p
}

func dayPoint(d Day) point {
	p := monthPoint(d.Year, d.Month)
	p.day = fmt.Sprintf("%02d", d.Day)
	return p
}

// dateOf is a value that is one date.
func dateOf(p point) Value {
	return Value{kind: Date, items: []item{{from: p}}, level: p.levelOf(false)}
}

// interval is a value from one date to another, which must not end before it begins.
func interval(from, to point) Value {
	it := item{from: from, to: to, span: true}
	return Value{kind: Interval, items: []item{it}, level: max(from.levelOf(true), to.levelOf(true))}
}

// days is the interval of two days, or the day where they are one.
func days(from, to Day) Value {
	if from == to {
		return dateOf(dayPoint(from))
	}
	return interval(dayPoint(from), dayPoint(to))
}

// ends are the dates that a value begins and ends with.
func (v Value) ends() (from, to point) {
	first, last := v.items[0], v.items[len(v.items)-1]
	if last.span {
		return first.from, last.to
	}
	return first.from, last.from
}

// qualified is v with a qualification on all its parts.
func (v Value) qualified(q Qualification) Value {
	items := make([]item, len(v.items))
	for i, it := range v.items {
		for _, p := range []*point{&it.from, &it.to} {
			if p.edge == known && p.year != (yearPart{}) {
				for n := range p.parts() {
					p.sure[n] |= q
				}
			}
		}
		items[i] = it
	}
	v.items = items
	v.level = max(v.level, 1)
	if v.kind == Date && items[0].from.clock != "" {
		v.items[0].from.clock = ""
	}
	return v
}

// through is from the beginning of one value to the end of another.
func through(a, b Value) (Value, bool) {
	from, _ := a.ends()
	_, to := b.ends()
	it := item{from: from, to: to, span: true}
	if !it.ordered() || from.edge == unknown && to.edge == unknown {
		return Value{}, false
	}
	return interval(from, to), true
}

// before is some date before v, or at the end of it where within.
func before(v Value, within bool) (Value, bool) {
	p, last := v.ends()
	if within {
		p = last
	} else if p.edge == known {
		p = p.neighbour(-1)
	}
	if p.edge != known {
		return Value{}, false
	}
	return Value{kind: OneOf, items: []item{{from: point{edge: open}, to: p, span: true}}, level: 2}, true
}

// after is some date after v, or from the beginning of it on where within.
func after(v Value, within bool) (Value, bool) {
	first, p := v.ends()
	if within {
		p = first
	} else if p.edge == known {
		p = p.neighbour(1)
	}
	if p.edge != known {
		return Value{}, false
	}
	return Value{kind: OneOf, items: []item{{from: p, to: point{edge: open}, span: true}}, level: 2}, true
}

// neighbour is the date before (-1) or behind (1) that is as precise, its qualifications being kept. Of what is no plain
// year, month or day it is the day.
func (p point) neighbour(by int) point {
	d, ok := p.earliest()
	if by > 0 {
		d, ok = p.latest()
	}
	if !ok {
		return point{edge: unknown}
	}
	var out point
	switch {
	case p.unspecified() || p.season() > 0 || p.year.significant > 0 || p.parts() == 3:
		if by < 0 {
			out = dayPoint(d.before())
		} else {
			out = dayPoint(d.after())
		}
	case p.parts() == 1:
		out = yearPoint(d.Year + int64(by))
	default:
		y, m := d.Year, d.Month+by
		switch m {
		case 0:
			y, m = y-1, 12
		case 13:
			y, m = y+1, 1
		}
		out = monthPoint(y, m)
	}
	for i := range out.parts() {
		out.sure[i] = p.sure[0]
	}
	return out
}

// decade is a decade of a year that ends with 0, century a hundred years from one that ends with 00.
func decade(y int64) Value {
	p := yearPoint(y)
	p.year.figures = p.year.figures[:3] + "X"
	return dateOf(p)
}

// century is the nth, of before the common era where bc. The 19th is that of the years 18XX, as librarians have it.
func century(n int, bc bool) Value {
	p := point{year: yearPart{figures: fmt.Sprintf("%02dXX", n-1), negative: bc}}
	return dateOf(p)
}

// third is the first, middle or last third (0, 1, 2) of a century, a decade, a year or a month. Where one ends is a matter
// of taste, so that both ends are approximate.
func third(v Value, n int) (Value, bool) {
	from, ok := v.Earliest()
	to, also := v.Latest()
	if !ok || !also {
		return Value{}, false
	}
	part := func(years, first, second int64) Value {
		bounds := [...]int64{0, first, second, years}
		return interval(yearPoint(from.Year+bounds[n]), yearPoint(from.Year+bounds[n+1]-1))
	}
	var out Value
	switch {
	case to.Year-from.Year == 99:
		out = part(100, 34, 67)
	case to.Year-from.Year == 9:
		out = part(10, 4, 7)
	case from.Year == to.Year && from.Month == 1 && to.Month == 12:
		out = interval(monthPoint(from.Year, 1+4*n), monthPoint(from.Year, 4+4*n))
	case from.Year == to.Year && from.Month == to.Month && from.Day == 1 && to.Day > 1:
		out = tenDays(from, n)
	default:
		return Value{}, false
	}
	return out.qualified(Approximate), true
}

// tenDays are the 1st to the 10th, the 11th to the 20th, and the rest of a month.
func tenDays(of Day, n int) Value {
	last := 10 * (n + 1)
	if n == 2 {
		last = daysIn(of.Year, of.Month)
	}
	return days(Day{of.Year, of.Month, 10*n + 1}, Day{of.Year, of.Month, last})
}
