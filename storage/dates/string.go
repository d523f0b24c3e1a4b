package dates

import (
	"strconv"
	"strings"
)

// String is v in EDTF, with the fewest qualifiers that say the same: ?2004-?06 is written 2004-06?. Parse reads the same
// bounds from it.
func (v Value) String() string {
	var b strings.Builder
	switch v.kind {
	case None:
		return ""
	case OneOf:
		b.WriteByte('[')
	case AllOf:
		b.WriteByte('{')
	}
	between := ".."
	if v.kind == Interval {
		between = "/"
	}
	for i, it := range v.items {
		if i > 0 {
			b.WriteByte(',')
		}
		if v.kind == Interval || it.from.edge == known {
			it.from.write(&b)
		}
		if it.span {
			b.WriteString(between)
			if v.kind == Interval || it.to.edge == known {
				it.to.write(&b)
			}
		}
	}
	switch v.kind {
	case OneOf:
		b.WriteByte(']')
	case AllOf:
		b.WriteByte('}')
	}
	return b.String()
}

func (p point) write(b *strings.Builder) {
	switch p.edge {
	case open:
		b.WriteString("..")
		return
	case unknown:
		return
	}
	// The parts from the first on that are equally sure have one sign behind them, others one before each.
	n, together := p.parts(), 1
	for together < n && p.sure[together] == p.sure[0] {
		together++
	}
	for i, part := range []string{p.year.String(), p.month, p.day}[:n] {
		if i > 0 {
			b.WriteByte('-')
		}
		if i >= together {
			b.WriteString(p.sure[i].sign())
		}
		b.WriteString(part)
		if i == 2 {
			b.WriteString(p.clock)
		}
		if i == together-1 {
			b.WriteString(p.sure[0].sign())
		}
	}
}

func (q Qualification) sign() string { return [...]string{"", "?", "~", "%"}[q] }

func (y yearPart) String() string {
	s := y.figures
	if s == "" {
		s = "Y" + strconv.FormatInt(y.number, 10)
		if y.exponent > 0 {
			s += "E" + strconv.Itoa(y.exponent)
		}
	} else if y.negative {
		s = "-" + s
	}
	if y.significant > 0 {
		s += "S" + strconv.Itoa(y.significant)
	}
	return s
}
