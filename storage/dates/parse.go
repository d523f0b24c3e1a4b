package dates

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// longest is how many bytes of EDTF are read: a set of some four hundred days.
const longest = 4096

// farthest is the last year that is reckoned with, either way.
const farthest = 1_000_000_000_000_000

// Parse reads EDTF, levels 0, 1 and 2 (ISO 8601-2:2019, as the Library of Congress profiles it). What is none gives a
// *Fault. A blank behind a comma of a set is forgiven, nothing else is.
func Parse(s string) (Value, error) {
	if s == "" {
		return Value{}, &Fault{Code: FaultEmpty}
	}
	if len(s) > longest {
		return Value{}, &Fault{Code: FaultLong, Args: []any{utf8.RuneCountInString(s)}}
	}
	p := &parser{s: s}
	v, err := p.value()
	if err != nil {
		return Value{}, err
	}
	if p.i < len(s) {
		rest := s[p.i:]
		if len(rest) > 20 {
			rest = strings.ToValidUTF8(rest[:20], "") + "…"
		}
		return Value{}, p.fault(p.i, FaultRest, rest)
	}
	return v, nil
}

// parser stands at byte i of s.
type parser struct {
	s string
	i int
}

func (p *parser) fault(at int, code string, args ...any) error {
	return faultAt(p.s, at, code, args...)
}

// take moves behind b if it comes next.
func (p *parser) take(b string) bool {
	if strings.HasPrefix(p.s[p.i:], b) {
		p.i += len(b)
		return true
	}
	return false
}

func (p *parser) peek() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

func (p *parser) value() (Value, error) {
	switch {
	case p.take("["):
		return p.set(OneOf, "]")
	case p.take("{"):
		return p.set(AllOf, "}")
	}
	it := item{}
	var err error
	if it.from, err = p.end(); err != nil {
		return Value{}, err
	}
	slash := p.i
	if !p.take("/") {
		if it.from.edge != known {
			return Value{}, p.fault(p.i, FaultYear)
		}
		return Value{kind: Date, items: []item{it}, level: it.from.levelOf(false)}, nil
	}
	at := p.i
	if it.to, err = p.end(); err != nil {
		return Value{}, err
	}
	it.span = true
	v := Value{kind: Interval, items: []item{it}, level: max(it.from.levelOf(true), it.to.levelOf(true))}
	for _, e := range []point{it.from, it.to} {
		switch {
		case e.edge != known:
		case e.clock != "":
			return Value{}, p.fault(slash, FaultClockInSpan)
		case e.year.figures == "":
			return Value{}, p.fault(slash, FaultLongInSpan)
		case e.year.significant > 0:
			return Value{}, p.fault(slash, FaultEstimateInSpan)
		}
	}
	if it.from.edge == unknown && it.to.edge == unknown {
		return Value{}, p.fault(slash, FaultBothEnds)
	}
	if !it.ordered() {
		return Value{}, p.fault(at, FaultOrder)
	}
	return v, nil
}

// end is an end of an interval.
func (p *parser) end() (point, error) {
	if p.take("..") {
		return point{edge: open}, nil
	}
	if p.i == len(p.s) && p.i > 0 || p.peek() == '/' {
		return point{edge: unknown}, nil
	}
	return p.point()
}

func (p *parser) set(kind Kind, closing string) (Value, error) {
	v := Value{kind: kind, level: 2}
	for {
		it, err := p.member(closing)
		if err != nil {
			return Value{}, err
		}
		v.items = append(v.items, it)
		if p.take(closing) {
			return v, nil
		}
		if it.span && it.to.edge == open || !p.take(",") {
			return Value{}, p.fault(p.i, FaultSet, closing)
		}
		p.take(" ")
		if p.peek() == '.' {
			return Value{}, p.fault(p.i, FaultSetOpen)
		}
	}
}

// member is a date of a set, or all up to one, from one, or between two.
func (p *parser) member(closing string) (it item, err error) {
	if p.take("..") {
		it.from, it.span = point{edge: open}, true
		it.to, err = p.point()
		return it, err
	}
	if it.from, err = p.point(); err != nil || !p.take("..") {
		return it, err
	}
	it.span = true
	if strings.HasPrefix(p.s[p.i:], closing) {
		it.to = point{edge: open}
		return it, nil
	}
	at := p.i
	if it.to, err = p.point(); err == nil && !it.ordered() {
		err = p.fault(at, FaultOrder)
	}
	return it, err
}

// point is one date with its qualifications.
func (p *parser) point() (d point, err error) {
	before := p.qualifier()
	if p.peek() == 'Y' {
		d.year, err = p.longYear()
	} else {
		d.year, err = p.year()
	}
	if err != nil {
		return d, err
	}
	if d.year.significant, err = p.significant(); err != nil {
		return d, err
	}
	d.qualify(0, before, p.qualifier())
	if d.year.figures == "" || d.year.significant > 0 || p.peek() != '-' {
		return d, nil
	}
	p.i++
	before = p.qualifier()
	monthAt := p.i
	if d.month, err = p.two(); err != nil {
		return d, err
	}
	if d.season() > 41 || d.season() == 0 && !anyMonth(d.month) {
		return d, p.fault(monthAt, FaultMonth, d.month)
	}
	d.qualify(1, before, p.qualifier())
	if p.peek() != '-' {
		return d, nil
	}
	if d.season() > 0 {
		return d, p.fault(p.i, FaultSeasonDay)
	}
	p.i++
	before = p.qualifier()
	at := p.i
	if d.day, err = p.two(); err != nil {
		return d, err
	}
	if _, ok := d.earliest(); !ok {
		return d, p.fault(at, FaultDay, d.day, d.longestMonth())
	}
	if d.clock, err = p.clock(d); err != nil {
		return d, err
	}
	d.qualify(2, before, p.qualifier())
	return d, nil
}

// qualify notes what stands before and behind a part: before, it is about that part alone, behind, about all up to it.
func (d *point) qualify(part int, before, behind Qualification) {
	d.sure[part] |= before
	for i := range part + 1 {
		d.sure[i] |= behind
	}
	// Behind the last part it is about the whole, which level 1 has: what was behind an earlier one was not the last.
	d.single = d.single || before != 0 || part > 0 && d.sure[part] != d.sure[0]
}

func (p *parser) qualifier() Qualification {
	q := map[byte]Qualification{'?': Uncertain, '~': Approximate, '%': Uncertain | Approximate}[p.peek()]
	if q != 0 {
		p.i++
	}
	return q
}

// year is four digits, perhaps with X, perhaps with - before them.
func (p *parser) year() (y yearPart, err error) {
	at := p.i
	y.negative = p.take("-")
	n := 0
	for n < 5 && p.i+n < len(p.s) && figureOrX(p.s[p.i+n]) {
		n++
	}
	if n != 4 {
		return y, p.fault(at, FaultYear)
	}
	y.figures = p.s[p.i : p.i+4]
	p.i += 4
	if y.negative && y.figures == "0000" {
		return y, p.fault(at, FaultYearZero)
	}
	return y, nil
}

// longYear is Y with a number of more than four digits, or one with an exponent.
func (p *parser) longYear() (y yearPart, err error) {
	at := p.i
	p.i++
	y.negative = p.take("-")
	digits := p.digits()
	if digits == "" || digits[0] == '0' {
		return y, p.fault(at, FaultLongYear)
	}
	if y.number, err = strconv.ParseInt(digits, 10, 64); err != nil || y.number > farthest {
		return y, p.fault(at, FaultHuge)
	}
	n := y.number
	if p.take("E") {
		e := p.digits()
		if e == "" || e[0] == '0' {
			return y, p.fault(p.i, FaultLongYear)
		}
		if len(e) > 2 {
			return y, p.fault(at, FaultHuge)
		}
		y.exponent, _ = strconv.Atoi(e)
		for range y.exponent {
			if n *= 10; n > farthest {
				return y, p.fault(at, FaultHuge)
			}
		}
	}
	if n < 10_000 {
		return y, p.fault(at, FaultLongYear)
	}
	if y.negative {
		y.number = -y.number
	}
	return y, nil
}

func (p *parser) digits() string {
	from := p.i
	for p.i < len(p.s) && p.s[p.i] >= '0' && p.s[p.i] <= '9' {
		p.i++
	}
	return p.s[from:p.i]
}

// significant is S and how many digits are.
func (p *parser) significant() (int, error) {
	at := p.i
	if !p.take("S") {
		return 0, nil
	}
	d := p.digits()
	n, err := strconv.Atoi(d)
	if err != nil || n < 1 || d[0] == '0' || n > 99 || strings.Contains(p.s[max(0, at-4):at], "X") {
		return 0, p.fault(at, FaultDigits)
	}
	return n, nil
}

// two is two digits of a month or a day.
func (p *parser) two() (string, error) {
	if p.i+2 > len(p.s) || !figureOrX(p.s[p.i]) || !figureOrX(p.s[p.i+1]) || p.i+2 < len(p.s) && figureOrX(p.s[p.i+2]) {
		return "", p.fault(p.i, FaultTwoDigits)
	}
	p.i += 2
	return p.s[p.i-2 : p.i], nil
}

func figureOrX(b byte) bool { return b >= '0' && b <= '9' || b == 'X' }

// clock is T and a time of day. It belongs to a whole day only, all of whose digits are known.
func (p *parser) clock(d point) (string, error) {
	from := p.i
	if !p.take("T") {
		return "", nil
	}
	if d.unspecified() || d.sure != [3]Qualification{} {
		return "", p.fault(from, FaultClock)
	}
	h, ok1 := p.sixty(24)
	ok1 = ok1 && p.take(":")
	m, ok2 := p.sixty(59)
	ok2 = ok2 && p.take(":")
	s, ok3 := p.sixty(59)
	if !ok1 || !ok2 || !ok3 || h == 24 && m+s > 0 {
		return "", p.fault(from, FaultClock)
	}
	if p.take("Z") {
		return p.s[from:p.i], nil
	}
	zone := p.i
	if sign := p.peek(); sign == '+' || sign == '-' {
		p.i++
		h, ok := p.sixty(23)
		m := 0
		if ok && p.take(":") {
			m, ok = p.sixty(59)
		}
		if !ok {
			return "", p.fault(zone, FaultClock)
		}
		if minutes := 60*h + m; sign == '+' && minutes > 14*60 || sign == '-' && (minutes == 0 || minutes > 12*60) {
			return "", p.fault(zone, FaultOffset, p.s[zone:p.i])
		}
	}
	return p.s[from:p.i], nil
}

// sixty is a number of two digits up to most.
func (p *parser) sixty(most int) (int, bool) {
	if p.i+2 > len(p.s) {
		return 0, false
	}
	n, err := strconv.Atoi(p.s[p.i : p.i+2])
	if err != nil || n < 0 || n > most || p.s[p.i] == '+' || p.s[p.i] == '-' {
		return 0, false
	}
	p.i += 2
	return n, true
}
