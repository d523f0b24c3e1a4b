package query

import (
	"regexp"
	"strconv"
	"strings"
)

// What date:= asks for beside a year, a decade or a century: the values of the facet that are none.
const (
	Longer = ".." // in no one century, or open
	Unread = "?"  // words that are no date
)

var (
	aDay    = regexp.MustCompile(`^(-?\d{4}|[yY]-?\d{5,15})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)
	someX   = regexp.MustCompile(`^-?\d{2}(\d[xX]|[xX][xX])$`)
	counted = regexp.MustCompile(`^(\d{4}|\d{3}X|\d\dXX|\.\.|\?)$`)
)

// signsOf are what stands before a date, as other keyboards have it.
var signsOf = strings.NewReplacer("＞", ">", "＜", "<", "＝", "=", "≥", ">=", "≤", "<=", "……", "..", "…", "..")

var (
	figures = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)$`) // as DA/T 18 writes a day
	decade  = regexp.MustCompile(`^(\d{3})0(?:s|年代)$`)
)

// asCatalogued is a date as catalogues write it in the form of queries: 20151122, 1950s.
func asCatalogued(s string) string {
	s = figures.ReplaceAllString(strings.TrimSpace(s), "$1-$2-$3")
	return decade.ReplaceAllString(s, "${1}X")
}

// dates reads a day, a month, a year, or a year with figures left open; from one to another; or what lies before or
// behind one.
func (p *parser) dates(n *Node, at int) error {
	s := signsOf.Replace(n.Value)
	if n.Exact {
		if s = strings.ToUpper(s); !counted.MatchString(s) {
			return p.fail("date", at, p.at, "value", n.Value)
		}
		n.Value = s
		return nil
	}
	from, to, between := strings.Cut(s, "..")
	from, to = asCatalogued(from), asCatalogued(to)
	if !between {
		to = from
	}
	for _, sign := range []string{">=", "<=", ">", "<"} {
		rest, ok := strings.CutPrefix(s, sign)
		if !ok {
			continue
		}
		rest = asCatalogued(rest)
		if from, to = rest, ""; sign[0] == '<' {
			from, to = "", rest
		}
		n.Beyond = len(sign) == 1
		break
	}
	for _, d := range []string{from, to} {
		if d != "" && !aDay.MatchString(d) && !someX.MatchString(d) || from == "" && to == "" {
			return p.fail("date", at, p.at, "value", n.Value)
		}
	}
	if from != "" && to != "" {
		first, _ := Days(from)
		if _, last := Days(to); first > last {
			return p.fail("date-order", at, p.at, "value", n.Value)
		}
	}
	n.From, n.To = from, to
	return nil
}

// Days are the first and the last day of a date of a query, as year*10000+month*100+day. That of a month or a year need
// not be in the calendar; no day lies between it and the calendar's.
func Days(date string) (first, last int64) {
	date, long := strings.CutPrefix(strings.ToUpper(date), "Y")
	date, negative := strings.CutPrefix(date, "-")
	parts := strings.Split(date, "-")
	low, _ := strconv.ParseInt(strings.ReplaceAll(parts[0], "X", "0"), 10, 64)
	high, _ := strconv.ParseInt(strings.ReplaceAll(parts[0], "X", "9"), 10, 64)
	if negative {
		low, high = -high, -low
	}
	if long {
		const most = 900_000_000_000_000 // as far as days are kept
		low, high = min(max(low, -most), most), min(max(high, -most), most)
	}
	first, last = low*10_000, high*10_000+9999
	number := func(i int) int64 { n, _ := strconv.ParseInt(parts[i], 10, 64); return n }
	if len(parts) > 1 {
		first += number(1) * 100
		last = first + 99
	}
	if len(parts) > 2 {
		first += number(2)
		last = first
	}
	return first, last
}
