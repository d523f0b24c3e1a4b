package storage

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"fonds/storage/archive"
	"fonds/storage/dates"
	"fonds/storage/query"
	"fonds/storage/sorting"
)

// writtenDates are dates as people write them, and words that are none.
var writtenDates = []string{"2010", "2015", "2015-11", "2015-11-22", "1949-10-01", "20151122", "[19450815]", "[1945?]", "[194?]", "1890s", "18XX", "1937/1945", "1898-1902",
	"民国三十八年", "光绪二十四年八月初六", "before 1912", "1949年以后", "05/06/1990", "22.11.2015 13:35", "-0500", "Y17000", "Y-17000", "c. 1890", "soon", "不详", "某日", "1958-13", "0000", "9999-12-31", "1945-08-15"}

// meetsDate is what a condition on a date means, by the days that storage/dates says.
func meetsDate(date string, n *query.Node) bool {
	s, ok := dates.SpanOf(date)
	if n.Exact {
		return date != "" && periodOf(date) == n.Value
	}
	day := func(s string, last bool) dates.Day {
		v, err := dates.Parse(strings.ReplaceAll(s, "x", "X"))
		d, ok := v.Earliest()
		if last {
			d, ok = v.Latest()
		}
		if err != nil || !ok {
			panic(s)
		}
		return d
	}
	if !ok {
		return false
	}
	switch {
	case n.Beyond && n.From != "":
		return !s.Ends || s.To.Compare(day(n.From, true)) > 0
	case n.Beyond:
		return !s.Begins || s.From.Compare(day(n.To, false)) < 0
	}
	return (n.From == "" || !s.Ends || s.To.Compare(day(n.From, false)) >= 0) && (n.To == "" || !s.Begins || s.From.Compare(day(n.To, true)) <= 0)
}

// periodOf is what a date is counted by.
func periodOf(date string) string {
	s, ok := dates.SpanOf(date)
	switch a, b := s.From.Year, s.To.Year; {
	case !ok:
		return "?"
	case !s.Begins || !s.Ends || a < 0 || b > 9999:
		return ".."
	case a == b:
		return fmt.Sprintf("%04d", a)
	case a/10 == b/10:
		return fmt.Sprintf("%03dX", a/10)
	case a/100 == b/100:
		return fmt.Sprintf("%02dXX", a/100)
	}
	return ".."
}

// before is whether a date stands before another: it begins earlier, or then ends later; what is not read stands last.
func before(a, b string) int {
	s, read := dates.SpanOf(a)
	z, also := dates.SpanOf(b)
	switch {
	case read != also:
		if read {
			return -1
		}
		return 1
	case !read:
		return sorting.Compare(sorting.Pinyin, a, b)
	case s.Begins != z.Begins:
		if z.Begins {
			return -1
		}
		return 1
	case s.From != z.From:
		return s.From.Compare(z.From)
	case s.Ends != z.Ends:
		if z.Ends {
			return 1
		}
		return -1
	}
	return z.To.Compare(s.To)
}

func randomDate(rng *rand.Rand) string {
	y, m, d := 1880+rng.Intn(140), 1+rng.Intn(12), 1+rng.Intn(28)
	switch rng.Intn(12) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("%d", y)
	case 2:
		return fmt.Sprintf("%d-%02d", y, m)
	case 3:
		return fmt.Sprintf("%d%02d%02d", y, m, d)
	case 4:
		return fmt.Sprintf("%d年%d月", y, m)
	case 5:
		return fmt.Sprintf("%ds", y/10*10)
	case 6:
		return fmt.Sprintf("%d/%d", y, y+rng.Intn(20))
	case 7:
		return fmt.Sprintf("before %d", y)
	case 8:
		return fmt.Sprintf("%02d/%02d/%d", d, m, y)
	case 9:
		return writtenDates[rng.Intn(len(writtenDates))]
	}
	return fmt.Sprintf("%d-%02d-%02d", y, m, d)
}

// TestOrderOfDates: documents sorted by date stand as the days do that their dates can mean, whatever was written, also
// after changes; those whose date is not read behind them either way, those without one last.
func TestOrderOfDates(t *testing.T) {
	rng := rand.New(rand.NewSource(6))
	a := newArchive(t)
	var in []*archive.Incoming
	for i := range 150 {
		in = append(in, incoming(fmt.Sprintf("%d.txt", i), fmt.Sprint("第", i, "件")))
	}
	ids := bring(t, a, in...)
	date := map[archive.ID]string{}
	set := func(id archive.ID) {
		if date[id] = randomDate(rng); date[id] != "" {
			mustApply(t, a, "Wang", field(id, "dcterms:date", date[id]))
		} else {
			delete(date, id)
		}
	}
	for _, id := range ids {
		set(id)
	}
	for round := range rounds(20, 100) {
		docs, err := a.List(ctx, Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, down := range []bool{false, true} {
			var read, unread, none []int64
			slices.SortStableFunc(docs, func(x, y Summary) int {
				c := cmp.Compare(x.N, y.N)
				if x.Date != "" && y.Date != "" {
					c = cmp.Or(before(x.Date, y.Date), c)
				}
				if down {
					return -c
				}
				return c
			})
			for _, d := range docs {
				switch _, ok := dates.SpanOf(d.Date); {
				case d.Date == "":
					none = append(none, d.N)
				case ok:
					read = append(read, d.N)
				default:
					unread = append(unread, d.N)
				}
			}
			slices.SortFunc(none, cmp.Compare)
			sortedAs := func(ns []int64) {
				at := map[int64]string{}
				for _, d := range docs {
					at[d.N] = d.Date
				}
				slices.SortFunc(ns, func(x, y int64) int {
					c := cmp.Or(before(at[x], at[y]), cmp.Compare(x, y))
					if down {
						return -c
					}
					return c
				})
			}
			sortedAs(read)
			sortedAs(unread)
			want := slices.Concat(read, unread, none)
			got, err := a.Ordered(ctx, Query{}, Order{By: ByDate, Down: down, Way: sorting.Pinyin})
			if err != nil || !slices.Equal(got, want) {
				t.Fatalf("round %d, down %v:\n%v, %v, want\n%v", round, down, got, err, want)
			}
			if len(unread) == 0 || len(none) == 0 {
				t.Fatal("nothing is unread, or nothing undated")
			}
		}
		for range 1 + rng.Intn(3) {
			set(ids[rng.Intn(len(ids))])
		}
	}
	mustVerify(t, a)
}

// TestOrderOfDays: years, months and days of ISO 8601 stand as their texts do, as they always did.
func TestOrderOfDays(t *testing.T) {
	all := []string{"0900", "1949", "1949-10", "1949-10-01", "1949-10-02", "1949-11-30", "1950", "1950-01", "1950-01-01"}
	for i, x := range all {
		for j, y := range all {
			if got := compareDates(sorting.Pinyin, x, y); got != cmp.Compare(i, j) {
				t.Errorf("%s against %s: %d", x, y, got)
			}
		}
	}
}

// toFormat5 makes of an archive one of the format before.
const toFormat5 = `DROP INDEX items_whole; DROP INDEX documents_unit; ALTER TABLE documents DROP COLUMN unit; ALTER TABLE documents DROP COLUMN rank; DROP INDEX documents_date; DROP INDEX documents_long; ALTER TABLE documents DROP COLUMN earliest; ALTER TABLE documents DROP COLUMN latest;
		CREATE INDEX documents_date ON documents(date, n) WHERE date <> ''; PRAGMA user_version=5`

// TestFormat5: an archive of the format before says after its migration what one says that was made now.
func TestFormat5(t *testing.T) {
	a := newArchive(t)
	var in []*archive.Incoming
	for i := range writtenDates {
		in = append(in, incoming(fmt.Sprintf("%d.txt", i), fmt.Sprint("第", i, "件")))
	}
	for i, id := range bring(t, a, in...) {
		mustApply(t, a, "Wang", field(id, "dcterms:date", writtenDates[i]))
	}
	want, path := derivedOf(t, a), a.Path()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	db := openRaw(t, path)
	if _, err := db.Exec(toFormat5); err != nil {
		t.Fatal(err)
	}
	db.Close()
	b, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	equalRows(t, "brought to this format", derivedOf(t, b), want)
	mustVerify(t, b)
	found, err := b.List(ctx, Query{Search: "date:1945-08-15"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range found {
		got = append(got, d.Date)
	}
	if want := []string{"[19450815]", "[1945?]", "[194?]", "1937/1945", "1945-08-15"}; !slices.Equal(got, want) {
		t.Errorf("of 15 August 1945 there are %q, want %q", got, want)
	}
}

// TestBoundsStand: files keep the days of dates (format 6). Where this fails because dates are read better, a migration has
// to make them anew: add one, raise rebuilt, and put the new sum here.
func TestBoundsStand(t *testing.T) {
	sum := fnv.New64a()
	for _, s := range append(slices.Clone(writtenDates), boundTexts...) {
		from, to := boundsOf(s)
		fmt.Fprintln(sum, s, from, to)
	}
	if got, want := fmt.Sprintf("%x", sum.Sum64()), "fe866ea1eef7f56f"; got != want {
		t.Errorf("the sum is %s, was %s", got, want)
	}
}

var boundTexts = []string{"11月16日", "一九五八年三月", "二〇一五年", "昭和33年", "康熙年间", "1958年春", "建武十年", "宣统三年（1911年）", "12-11-10", "1914-18", "1949.10", "1900s", "清末", "1921-22",
	"1890 or 1891", "between 1890 and 1900", "Sept 10-11, 1912", "{1960,1961-12}", "[1667,1760-12]", "1984?", "2004-06~", "156X-12-25", "../1985", "1985/", "Y-17E7", "2001-21", "乾隆四十年闰十月十五日", "19th century", "二十世纪初"}
