package storage

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"fonds/storage/dates"
	"fonds/storage/query"
	"fonds/storage/sorting"
)

// This file is about the days that documents.date can mean. A day is the number year*10000+month*100+day, so that
// 19450815 is 15 August 1945; years before 0 are negative and sort rightly too.

// What stands in the place of a day that there is not.
const (
	noBeginning = -farthestYear*10_000 - 1 // before 1912
	noEnd       = farthestYear*10_000 + 9999
	unreadFirst = math.MaxInt64 // words that are no date, and no words: no range has them
	unreadLast  = math.MinInt64

	farthestYear = 900_000_000_000_000 // beyond, all years are one
)

// boundsOf are the earliest and the latest day of a date as it was written.
func boundsOf(date string) (earliest, latest int64) {
	if date == "" {
		return unreadFirst, unreadLast
	}
	s, ok := dates.SpanOf(date)
	if !ok {
		return unreadFirst, unreadLast
	}
	earliest, latest = noBeginning, noEnd
	if s.Begins {
		earliest = dayNumber(s.From)
	}
	if s.Ends {
		latest = dayNumber(s.To)
	}
	return earliest, latest
}

func dayNumber(d dates.Day) int64 {
	year := min(max(d.Year, -farthestYear), farthestYear)
	return year*10_000 + int64(d.Month)*100 + int64(d.Day)
}

// compareDates says which of two dates stands first: the one that begins first, of those the one that ends last, as a
// year stands before its days; words that are not read stand behind them, in their own order.
func compareDates(way sorting.Way, a, b string) int {
	af, al := boundsOf(a)
	bf, bl := boundsOf(b)
	if c := cmp.Or(cmp.Compare(af, bf), cmp.Compare(bl, al)); c != 0 || af != unreadFirst {
		return c
	}
	return sorting.Compare(way, a, b)
}

// byDate are the documents with a date in its order, the last words of them with one that is not read.
func (a *Archive) byDate(ctx context.Context, way sorting.Way) (said []int32, words int, err error) {
	const of = "documents INDEXED BY documents_date WHERE date<>'' AND earliest"
	var list, unread []byte
	if err := a.r.QueryRowContext(ctx, "SELECT group_concat(n) FROM (SELECT n FROM "+of+"<?1 ORDER BY earliest, latest DESC, n)", int64(unreadFirst)).Scan(&list); err != nil {
		return nil, 0, err
	}
	if err := a.r.QueryRowContext(ctx, "SELECT group_concat(n||' '||length(CAST(date AS BLOB))||' '||date, '') FROM (SELECT n, date FROM "+of+"=?1 ORDER BY n)", int64(unreadFirst)).Scan(&unread); err != nil {
		return nil, 0, err
	}
	if len(list) > 0 {
		ns, err := readNumbers(nil, list)
		if err != nil {
			return nil, 0, err
		}
		for _, n := range ns {
			said = append(said, int32(n))
		}
	}
	ns, values, err := readValues(nil, nil, unread)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range sorting.Places(way, values) {
		said = append(said, ns[p])
	}
	return said, len(values), nil
}

// backwards is an order from the last to the first; those that stand by words only stay behind the others.
func backwards(said []int32, words int) []int32 {
	out := slices.Clone(said)
	slices.Reverse(out[:len(out)-words])
	slices.Reverse(out[len(out)-words:])
	return out
}

// period is what a document's date is counted by: the year, the decade or the century in which all of it lies, "…" of any
// other, "?" where it is not read.
var period = fmt.Sprintf(`CASE WHEN earliest=%d THEN '?' WHEN earliest<101 OR latest>99991231 THEN '..'
	WHEN earliest/10000=latest/10000 THEN printf('%%04d', earliest/10000) WHEN earliest/100000=latest/100000 THEN printf('%%03dX', earliest/100000)
	WHEN earliest/1000000=latest/1000000 THEN printf('%%02dXX', earliest/1000000) ELSE '..' END`, int64(unreadFirst))

// longDate is the condition of dates that last longer than a year of numbers; an index has them.
const longDate = "latest - earliest > 10000"

// date is a condition on the day or the days of a document: that they have one in common with those asked for.
func (f *finder) date(n *query.Node) string {
	if n.Exact {
		return f.period(n.Value)
	}
	from, to := int64(noBeginning), int64(noEnd)
	switch {
	case n.Beyond && n.From != "":
		_, last := query.Days(n.From)
		from = last + 1
	case n.Beyond:
		first, _ := query.Days(n.To)
		to = first - 1
	default:
		if n.From != "" {
			from, _ = query.Days(n.From)
		}
		if n.To != "" {
			_, to = query.Days(n.To)
		}
	}
	// Those that are no longer than a year begin at most a year before: an index finds these, and another the longer ones.
	first, last := f.arg(from), f.arg(to)
	return "date<>'' AND earliest BETWEEN " + f.arg(from-10_000) + " AND " + last + " AND latest>=" + first +
		" OR date<>'' AND " + longDate + " AND earliest<=" + last + " AND latest>=" + first
}

// period is that a date is counted under a value of the facet.
func (f *finder) period(value string) string {
	first, last := int64(noBeginning), int64(noEnd)
	switch value {
	case query.Unread:
		return "date<>'' AND earliest=" + f.arg(int64(unreadFirst))
	case query.Longer:
	default:
		first, last = query.Days(value)
	}
	return "date<>'' AND earliest BETWEEN " + f.arg(first) + " AND " + f.arg(last) + " AND " + period + "=" + f.arg(value)
}

// laterPeriod orders the values of the facet: the latest first, a century before its decades and these before their
// years, what is none of them at the end.
func laterPeriod(a, b string) int {
	key := func(v string) (int, int64, int64) {
		switch v {
		case query.Longer:
			return 1, 0, 0
		case query.Unread:
			return 2, 0, 0
		}
		first, last := query.Days(v)
		return 0, -last, first
	}
	ak, al, af := key(a)
	bk, bl, bf := key(b)
	return cmp.Or(cmp.Compare(ak, bk), cmp.Compare(al, bl), cmp.Compare(af, bf))
}
