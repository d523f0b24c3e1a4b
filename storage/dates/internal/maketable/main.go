// Maketable makes the tables of storage/dates from the months of DILA's time authority: which eras there were, and
// which months of which lunar years were long, which was the leap month. It is run by hand, from storage/dates:
//
//	go run ./internal/maketable -months FOLDER/months.tsv.gz -variants ../words/variants.txt
//
// It may read files, unlike the package that it makes tables for; nothing imports it.
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// month is a lunar month, or the part of one that an era had of it. Days are Julian day numbers.
type month struct {
	number, leap int // -1 and -2 are 臘 and 一 of the calendar of 690
	first, last  int
}

func (m month) whole() bool { return m.last-m.first == 28 || m.last-m.first == 29 }

// era is a name that years were counted by in a state; year 1 is the lunar year base+1.
type era struct {
	dynasty, name string
	base          int
	first, last   int  // days
	lastYear      int  // the last that was counted
	counted       bool // by others only
}

type year struct {
	number int // that of the common era in which most of it lies
	months []month
}

// modern is the name of the calendar since the Republic.
const modern = "農曆"

func main() {
	log.SetFlags(0)
	months := flag.String("months", "", "months.tsv.gz: one lunar month a line, by dynasty, emperor and era")
	variants := flag.String("variants", "", "variants.txt: characters and what they are folded to")
	flag.Parse()
	eras, calendars, order := read(*months)
	complete(calendars)
	calendars[modern] = computed(1912, 2100)
	order = append(order, modern)
	qing := calendars["清"][len(calendars["清"])-1].months // whose last month the Republic began in
	qing[len(qing)-1].last = calendars[modern][0].months[0].first - 1
	if err := os.WriteFile("calendars.bin", pack(calendars, order), 0o644); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("eras.txt", list(eras, simple(*variants, eras)), 0o644); err != nil {
		log.Fatal(err)
	}
}

// read gives the eras, the years by state, and the states in the order of the file.
func read(name string) (eras []*era, calendars map[string][]year, order []string) {
	f, err := os.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		log.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Scan() // the head
	byEra := map[string]*era{}
	years := map[string]map[int][]month{}
	for in.Scan() {
		c := strings.Split(in.Text(), "\t")
		dynasty, name := c[0], strings.Trim(c[2], "（）")
		if dynasty == "民國" {
			continue // whose calendar is the Gregorian
		}
		m := month{number(c[4]), number(c[6]), number(c[7]), number(c[8])}
		y := yearOf(c[9], m.first)
		if m.last-m.first < 40 { // one line has four months in one
			if years[dynasty] == nil {
				years[dynasty] = map[int][]month{}
				order = append(order, dynasty)
			}
			years[dynasty][y] = append(years[dynasty][y], m)
		}
		if name == "無年號" || name == "失年號" {
			continue
		}
		base := y - number(c[3])
		key := fmt.Sprint(dynasty, name, base)
		if byEra[key] == nil {
			byEra[key] = &era{dynasty: dynasty, name: name, base: base}
			eras = append(eras, byEra[key])
		}
		e := byEra[key]
		e.lastYear = max(e.lastYear, y-base)
		// Months that somebody went on to count, as some did by 崇禎 for 250 years, are not of the era itself.
		counted := c[10] != "S"
		switch {
		case e.last == 0 || e.counted && !counted:
			e.first, e.last, e.counted = m.first, m.last, counted
		case e.counted == counted:
			e.first, e.last = min(e.first, m.first), max(e.last, m.last)
		}
	}
	if in.Err() != nil {
		log.Fatal(in.Err())
	}
	all := slices.Clone(eras)
	eras = slices.DeleteFunc(eras, func(e *era) bool { // some days of another era, which were counted to a wrong year
		i := slices.IndexFunc(all, func(o *era) bool {
			return o != e && o.dynasty == e.dynasty && o.name == e.name && (o.last+1 == e.first || e.last+1 == o.first)
		})
		if i < 0 || e.last-e.first > 30 {
			return false
		}
		log.Printf("%s: %s by %d is the one by %d", e.dynasty, e.name, e.base, all[i].base)
		all[i].first, all[i].last = min(e.first, all[i].first), max(e.last, all[i].last)
		return true
	})
	calendars = map[string][]year{}
	for d, ys := range years {
		for y, ms := range ys {
			calendars[d] = append(calendars[d], year{y, join(ms)})
		}
		slices.SortFunc(calendars[d], func(a, b year) int { return a.number - b.number })
	}
	return eras, calendars, order
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		log.Fatal(err)
	}
	return n
}

// join makes whole months of the parts that eras had of them. Where a part has another number than the one before it,
// and they are a month together, the first is right.
func join(parts []month) []month {
	slices.SortFunc(parts, func(a, b month) int { return cmp.Or(a.first-b.first, a.last-b.last) })
	var out []month
	for _, m := range parts {
		if n := len(out); n > 0 {
			o := &out[n-1]
			same := o.number == m.number && o.leap == m.leap
			switch {
			case same && (m.first <= o.last+1 || m.last-o.first <= 29), m.first == o.last+1 && !o.whole() && !m.whole() && m.last-o.first <= 29:
				o.last = max(o.last, m.last)
				continue
			case m.first >= o.first && m.last <= o.last:
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// yearOf is the lunar year with this name of the sixty that the day lies in, or that lies next to it.
func yearOf(sexagenary string, day int) int {
	r := []rune(sexagenary)
	stem := slices.Index([]rune("甲乙丙丁戊己庚辛壬癸"), r[0])
	branch := slices.Index([]rune("子丑寅卯辰巳午未申酉戌亥"), r[1])
	n := 0
	for n%10 != stem || n%12 != branch {
		n++
	}
	about := int(float64(day-1721426)/365.2425) + 1
	y := about - 30
	for (y+56+600*10)%60 != n {
		y++
	}
	return y
}

// complete replaces the years and months of which a state has only a part, at its beginning and its end, by those of
// another that agrees with it.
func complete(calendars map[string][]year) {
	years := map[int][]year{}
	months := map[int][]month{}
	for _, d := range slices.Sorted(maps.Keys(calendars)) {
		for _, y := range calendars[d] {
			if y.whole() {
				years[y.number] = append(years[y.number], y)
			}
			months[y.number] = append(months[y.number], y.months...)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(calendars)) {
		ys := calendars[d]
		for i, y := range ys[1:] { // one month is said to begin on the last day of the month before it
			before := ys[i].months
			if first := &y.months[0]; before[len(before)-1].last == first.first {
				first.first++
				log.Printf("%s %d: begins a day later: %v", d, y.number, *first)
			}
		}
	next:
		for i, y := range ys {
			if y.whole() {
				continue
			}
			for _, w := range years[y.number] {
				if w.agrees(y) {
					ys[i] = w
					continue next
				}
			}
		parts:
			for j, m := range y.months {
				if m.whole() {
					continue
				}
				for _, o := range months[y.number] {
					both := month{m.number, m.leap, min(m.first, o.first), max(m.last, o.last)}
					fits := (j == 0 || y.months[j-1].last < both.first) && (j == len(y.months)-1 || both.last < y.months[j+1].first)
					if o.number == m.number && o.leap == m.leap && both.whole() && fits {
						y.months[j] = both
						continue parts
					}
				}
				if j+1 < len(y.months) && m.first+28 >= y.months[j+1].first {
					log.Printf("%s %d: left out, for it has not room before the next: %v", d, y.number, m)
					y.months[j].last = 0
					continue
				}
				y.months[j].last = max(m.last, m.first+28) // the end of a state: how long the month was is not known
				log.Printf("%s %d: only a part of a month is known: %v", d, y.number, m)
			}
			y.months = slices.DeleteFunc(y.months, func(m month) bool { return m.last == 0 })
			ys[i] = y
			for j, m := range y.months {
				if !m.whole() || j > 0 && y.months[j-1].last >= m.first {
					log.Fatalf("%s %d: %v", d, y.number, y.months)
				}
			}
		}
	}
}

// in says whether part is one of the month.
func (part month) in(m month) bool {
	return m.number == part.number && m.leap == part.leap && m.first <= part.first && part.last <= m.last
}

func (y year) whole() bool {
	for i, m := range y.months {
		if !m.whole() || i > 0 && m.first != y.months[i-1].last+1 {
			return false
		}
	}
	return len(y.months) > 11
}

// agrees says whether a part of a year is one of this.
func (y year) agrees(part year) bool {
	for _, p := range part.months {
		if !slices.ContainsFunc(y.months, func(m month) bool { return p.in(m) && (!p.whole() || m == p) }) {
			return false
		}
	}
	return true
}

// list writes the eras as lines of words, by state in the order of the file.
func list(eras []*era, simple string) []byte {
	var b strings.Builder
	b.WriteString("# Eras. Facts from the time authority of DILA (Dharma Drum Institute of Liberal Arts, CC BY-SA 3.0);\n")
	b.WriteString("# made by internal/maketable. A state, then its eras: name, lunar year before its first, years, first and last day (Julian day numbers).\n")
	b.WriteString("= " + simple + "\n")
	last := ""
	for _, e := range eras {
		if e.dynasty != last {
			last = e.dynasty
			b.WriteString(": " + last + "\n")
		}
		fmt.Fprintf(&b, "%s %d %d %d %d\n", e.name, e.base, e.lastYear, e.first, e.last)
	}
	log.Printf("%d eras in %d bytes", len(eras), b.Len())
	return []byte(b.String())
}

// simple is pairs of characters: those of eras and states, and what they are in simplified writing.
func simple(name string, eras []*era) string {
	data, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	to := map[rune]rune{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for group := range strings.FieldsSeq(line) {
			r := []rune(group)
			for _, c := range r[1:] {
				to[c] = r[0]
			}
		}
	}
	delete(to, '乾') // 乾隆 stays what it is
	pairs := map[string]bool{}
	for _, e := range eras {
		for _, c := range e.dynasty + e.name {
			if s, ok := to[c]; ok {
				pairs[string(c)+string(s)] = true
			}
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(pairs)), " ")
}
