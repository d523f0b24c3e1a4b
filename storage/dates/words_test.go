package dates

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	for _, tt := range []struct{ in, en, zh string }{
		{"1949-10", "October 1949", "1949年10月"},
		{"1890~", "about 1890", "约1890年"},
		{"2015-11-22", "22 November 2015", "2015年11月22日"},
		{"1984?", "perhaps 1984", "1984年（存疑）"},
		{"1984%", "perhaps about 1984", "约1984年（存疑）"},
		{"-0220", "221 BC", "公元前221年"},
		{"0000", "1 BC", "公元前1年"},
		{"0220-03", "March AD 220", "公元220年3月"},
		{"Y17000", "17000", "17000年"},
		{"189X", "1890s", "1890年代"},
		{"18XX", "1800s", "19世纪"},
		{"1958-21", "spring 1958", "1958年春季"},
		{"1958-33", "first quarter of 1958", "1958年第一季度"},
		{"1958-XX", "some time in 1958", "1958年某月"},
		{"1958-03-XX", "a day in March 1958", "1958年3月某日"},
		{"1985-04-12T23:20:30Z", "12 April 1985, 23:20:30Z", "1985年4月12日 23:20:30Z"},
		{"2004-06-~11", "11 June 2004 (day approximate)", "2004年6月11日（日为约数）"},
		{"1914/1918", "1914 to 1918", "1914年至1918年"},
		{"1985/..", "since 1985", "1985年起"},
		{"1985/", "from 1985, end not known", "1985年起，终止不详"},
		{"/1985", "until 1985, beginning not known", "截至1985年，起始不详"},
		{"[..1911]", "1911 or earlier", "1911年或更早"},
		{"[1913..]", "1913 or later", "1913年或更晚"},
		{"[1890..1900]", "between 1890 and 1900", "介于1890年与1900年之间"},
		{"[1667,1668,1670..1672]", "1667, 1668 or 1670 to 1672", "1667年、1668年或1670年至1672年"},
		{"{1960,1961-12}", "1960 and December 1961", "1960年和1961年12月"},
		{"1950S2", "1950 (an estimate: from 1900 to 1999)", "1950年（估计：1900至1999年）"},
		{"156X-12-25", "25 December 1560s", "1560年代12月25日"},
		{"XXXX-12", "December a year that is not known", "年份不详12月"},
	} {
		v, err := Parse(tt.in)
		if err != nil {
			t.Fatalf("%s: %v", tt.in, err)
		}
		if got := v.Words(English); got != tt.en {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.en)
		}
		if got := v.Words(Chinese); got != tt.zh {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.zh)
		}
	}
}

func TestWordsOfCandidates(t *testing.T) {
	for _, tt := range []struct{ in, en, zh string }{
		{"光緒二十四年八月初六", "21 September 1898", "光绪二十四年八月初六（1898年9月21日）"},
		{"光绪二十四年八月", "16 September 1898 to 14 October 1898", "光绪二十四年八月（1898年9月16日至1898年10月14日）"},
		{"民国三十八年十月", "October 1949", "民国三十八年十月（1949年10月）"},
		{"约1890年", "about 1890", "约1890年"},
		{"光绪二十四年以前", "21 January 1898 or earlier", "1898年1月21日或更早"},
	} {
		r, err := Read(tt.in, Options{})
		if err != nil || len(r.Candidates) != 1 {
			t.Fatalf("%s: %s", tt.in, shown(r, err))
		}
		if got := r.Candidates[0].Words(English); got != tt.en {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.en)
		}
		if got := r.Candidates[0].Words(Chinese); got != tt.zh {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.zh)
		}
	}
}

// What is said of a year, a month or a day in either language is read as it again.
func TestWordsAreRead(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		d := dayOf((Day{-9999, 1, 1}).julian() + random.IntN(19_999*365))
		if random.IntN(2) == 0 {
			d.Year = 1600 + random.Int64N(500)
			d.Day = min(d.Day, 28)
		}
		for _, p := range []point{yearPoint(d.Year), monthPoint(d.Year, d.Month), dayPoint(d)} {
			for _, q := range []Qualification{0, Uncertain, Approximate} {
				v := dateOf(p)
				if q != 0 {
					v = v.qualified(q)
				}
				for _, lang := range []string{English, Chinese} {
					words := v.Words(lang)
					r, err := Read(words, Options{})
					if err != nil || r.Asked() || len(r.Candidates) != 1 || r.Candidates[0].Value.String() != v.String() {
						t.Fatalf("%s is said as %q, which is read as %s", v, words, shown(r, err))
					}
				}
			}
		}
	}
}

var writtenSeeds = []string{"22.11.2015 13:35", "11月16日", "民国三十八年十月", "光绪二十四年八月初六", "康熙年间", "c. 1890", "19世纪末", "before 1912",
	"[19450815]", "12 March 1887", "03/04/1912", "公元前221年", "建武十年七月十三日", "1914-18", "1-3 May 1912", "between 1890 and 1900", "1890 or 1891",
	"1949年10月至12月", "辛亥年", "昭和33年", "大年三十", "二十世纪五六十年代", "first quarter of 1958", "5年前", "2015年十月初一早上九点二十", "正月", "闰月",
	"c", "?", "初", "至", "1 or 2 or 3", "c. c. c. 1890", "年", "0年0月0日", "99年99月99日", "-~-~-", "a to b to c to d"}

func FuzzRead(f *testing.F) {
	for _, s := range append(writtenSeeds, edtfSeeds...) {
		f.Add(s, 0, 0)
		f.Add(s, 1912, 1)
	}
	f.Fuzz(func(t *testing.T, s string, year, order int) {
		r, err := Read(s, Options{Year: year % 10_000, Order: Order(max(order, -order) % 3)})
		if err != nil {
			if f, ok := err.(*Fault); !ok || strings.Contains(err.Error()+f.Words(Chinese), "%!") && !strings.Contains(s, "%") || len(r.Candidates) > 0 {
				t.Errorf("%q: %v with %d candidates", s, err, len(r.Candidates))
			}
			return
		}
		if len(r.Candidates) == 0 || len(r.Candidates) > 1 && !r.Asked() {
			t.Errorf("%q: %d candidates, asked %v", s, len(r.Candidates), r.Asked())
		}
		for _, c := range r.Candidates {
			checkValue(t, c.Value)
			for _, lang := range []string{English, Chinese} {
				if strings.TrimSpace(c.Words(lang)) == "" || strings.Contains(c.Words(lang), "%!") {
					t.Errorf("%q: %s is said as %q in %s", s, c.Value, c.Words(lang), lang)
				}
			}
			for _, n := range c.Notes {
				if strings.Contains(n.String()+n.Words(Chinese), "%!") {
					t.Errorf("%q: note %s", s, n)
				}
			}
		}
		if strings.Contains(r.Question.String()+r.Question.Words(Chinese), "%!") {
			t.Errorf("%q: question %s", s, r.Question)
		}
	})
}

// Nothing that is not too long to be a date takes long to refuse.
func TestReadIsQuick(t *testing.T) {
	start := time.Now()
	n := 0
	for _, s := range []string{"1-", "c. ", "at ", "至", "1 to ", "before ", "1890-", "一", "闰", "约", "1年", "光绪", "[", "1 or ", "between 1 and ", "初", "~", "1/", "甲子", "建武十年"} {
		for _, size := range []int{10, 40, 60, 119, 120} {
			text := []rune(strings.Repeat(s, 120))[:size]
			Read(string(text), Options{})
			Read(string(text), Options{Year: 1900})
			n += 2
		}
	}
	if took := time.Since(start); took > time.Duration(n)*100*time.Millisecond {
		t.Errorf("%d texts took %v", n, took)
	} else {
		t.Logf("%d texts took %v", n, took)
	}
}

func BenchmarkRead(b *testing.B) {
	all := []string{"1949-10", "22.11.2015 13:35", "光绪二十四年八月初六", "12 March 1887", "1949年10月至12月", "not a date at all"}
	for i := range b.N {
		_, _ = Read(all[i%len(all)], Options{Year: 1949})
	}
}
