package dates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shown is a reading on one line: EDTF, calendar where it is not the Gregorian, certainty where it is not stated; candidates
// apart, and ? before them where it is asked.
func shown(r Reading, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	var out []string
	for _, c := range r.Candidates {
		s := c.Value.String()
		if c.Calendar != CalendarGregorian {
			s += " " + c.Calendar
		}
		if c.State != "" {
			s += " " + c.State
		}
		if c.Certainty != Stated {
			s += " " + c.Certainty.String()
		}
		if c.Clock != "" {
			s += " " + c.Clock
		}
		out = append(out, s)
	}
	s := strings.Join(out, " | ")
	if r.Asked() {
		s = "? " + s
	}
	return s
}

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		in   string
		o    Options
		want string
	}{
		{"22.11.2015 13:35", Options{}, "2015-11-22 13:35"},
		{"..1958", Options{}, "../1958"},
		{"..1950s", Options{}, "../195X"},
		{"1958年3月..", Options{}, "1958-03/.."},
		{"..1949年", Options{}, "../1949"},
		{"...1958", Options{}, "error: \"...1958\" is not read as a date"},
		{"1958..", Options{}, "1958/.."},
		{"1958..1960-03", Options{}, "1958/1960-03"},
		{"11月16日", Options{Year: 2015}, "2015-11-16 inferred"},
		{"11月16日", Options{}, "error: the year is missing"},
		{"一九五八年三月", Options{}, "1958-03"},
		{"二〇一五年", Options{}, "2015"},
		{"二○一五年十一月二十二日", Options{}, "2015-11-22"},
		{"民国三十八年十月", Options{}, "1949-10 Minguo"},
		{"民國元年", Options{}, "1912 Minguo"},
		{"中華民國三十四年八月十五日", Options{}, "1945-08-15 Minguo"},
		{"民国前一年", Options{}, "1911 Minguo"},
		{"民国38.10.1", Options{}, "1949-10-01 Minguo"},
		{"光绪二十四年八月初六", Options{}, "1898-09-21 Chinese 清"},
		{"光緒廿四年八月初六日", Options{}, "1898-09-21 Chinese 清"},
		{"大清光绪戊戌年八月初六", Options{}, "1898-09-21 Chinese 清"},
		{"光绪二十四年闰三月初一", Options{}, "1898-04-21 Chinese 清"},
		{"光绪二十四年闰四月初一", Options{}, "error: year 24 of 光緒 has no leap month 4"},
		{"光绪二十四年八月", Options{}, "1898-09-16/1898-10-14 Chinese 清"},
		{"光绪二十四年", Options{}, "1898-01-22/1899-02-09 Chinese 清"},
		{"宣统三年腊月廿五", Options{}, "1912-02-12 Chinese 清"},
		{"昭和33年", Options{}, "1958 Japanese"},
		{"昭和三十三年三月一日", Options{}, "1958-03-01 Japanese"},
		{"明治元年", Options{}, "1868-01-25/1869-02-10 Japanese"},
		{"平成元年", Options{}, "1989-01-08/1989-12-31 Japanese"},
		{"康熙年间", Options{}, "1662-02-18/1723-02-04 Chinese 清"},
		{"1958年春", Options{}, "1958-21"},
		{"c. 1890", Options{}, "1890~"},
		{"ca. 1890", Options{}, "1890~"},
		{"c1890", Options{}, "1890~"},
		{"约1890年", Options{}, "1890~"},
		{"1890s", Options{}, "189X"},
		{"19世纪末", Options{}, "1867~/1899~"},
		{"十九世纪", Options{}, "18XX"},
		{"20世纪50年代", Options{}, "195X"},
		{"before 1912", Options{}, "[..1911]"},
		{"1912年以前", Options{}, "[..1911]"},
		{"after 1912", Options{}, "[1913..]"},
		{"[19450815]", Options{}, "1945-08-15 researched"},
		{"[1945?]", Options{}, "1945? doubtful"},
		{"[1945]", Options{}, "1945 researched"},
		{"[194?]", Options{}, "194X? doubtful"},
		{"〔194？〕", Options{}, "194X? doubtful"},
		{"194?", Options{}, "194X? doubtful"},
		{"[194-]", Options{}, "194X researched"},
		{"[194-?]", Options{}, "194X? doubtful"},
		{"[19--]", Options{}, "19XX researched"},
		{"[19--?]", Options{}, "19XX? doubtful"},
		{"[19??]", Options{}, "19XX? doubtful"},
		{"194-", Options{}, "194X"},
		{"19——", Options{}, "19XX"},
		{"194u", Options{}, "194X"},
		{"19uu", Options{}, "19XX"},
		{"194x", Options{}, "194X"},
		{"[194-]-[195-]", Options{}, "194X/195X researched"},
		{"[194?-1950]", Options{}, "194X?/1950 doubtful"},
		{"[ca. 1945]", Options{}, "1945~ researched"},
		{"[1945-]", Options{}, "1945/.. researched"},
		{"12 March 1887", Options{}, "1887-03-12"},
		{"March 12, 1887", Options{}, "1887-03-12"},
		{"12th of March, 1887", Options{}, "1887-03-12"},
		{"Saturday, 12 March 1887", Options{}, "1887-03-12"},
		{"Sunday, 12 March 1887", Options{}, "1887-03-12 doubtful"},
		{"03/04/1912", Options{}, "? 1912-04-03 | 1912-03-04"},
		{"03/04/1912", Options{Order: DayFirst}, "1912-04-03"},
		{"03/04/1912", Options{Order: MonthFirst}, "1912-03-04"},
		{"13/04/1912", Options{}, "1912-04-13"},
		{"04/13/1912", Options{}, "1912-04-13"},
		{"公元前221年", Options{}, "-0220"},
		{"221 BC", Options{}, "-0220"},
		{"AD 220", Options{}, "0220"},
		{"建武十年七月十三日", Options{}, "? 0034-08-14 Chinese 東漢 | 0344-08-09 Chinese 後趙"},
		{"东汉建武十年七月十三日", Options{}, "0034-08-14 Chinese 東漢"},
		{"1958年冬月初三", Options{}, "1958-12-13 Chinese"},
		{"民国三十四年八月十五", Options{}, "? 1945-08-15 Minguo | 1945-09-20 Chinese"},
		{"三十四年八月", Options{}, "? 1945-08 Minguo"},
		{"五八年", Options{Year: 1960}, "1958 inferred"},
		{"五八年", Options{}, "? 1958 | 1858"},
		{"05/05/89", Options{}, "? 1989-05-05 | 1889-05-05"},
		{"辛亥年", Options{Year: 1911}, "1911-01-30/1912-02-17 Chinese inferred"},
		{"甲丑年", Options{}, "error: 甲丑 is no name of a year: the two characters do not come together"},
		{"雍正十六年", Options{}, "? 1738-02-19/1739-02-07 Chinese 清 doubtful"},
		{"1914-18", Options{}, "1914/1918"},
		{"1914–1918", Options{}, "1914/1918"},
		{"1921-22", Options{}, "? 1921/1922 | 1921-22"},
		{"1949年10月至12月", Options{}, "1949-10/1949-12"},
		{"1949年10月1日-5日", Options{}, "1949-10-01/1949-10-05"},
		{"1-3 May 1912", Options{}, "1912-05-01/1912-05-03"},
		{"May to June 1912", Options{}, "1912-05/1912-06"},
		{"between 1890 and 1900", Options{}, "[1890..1900]"},
		{"1890 or 1891", Options{}, "[1890,1891]"},
		{"光绪二十四年八月至九月", Options{}, "1898-09-16/1898-11-13 Chinese 清"},
		{"10月中旬", Options{Year: 1949}, "1949-10-11/1949-10-20 inferred"},
		{"early 1958", Options{}, "1958-01~/1958-04~"},
		{"1958年上半年", Options{}, "1958-40"},
		{"2019年第一季度", Options{}, "2019-33"},
		{"first quarter of 1958", Options{}, "1958-33"},
		{"since 1985", Options{}, "1985/.."},
		{"1985年起", Options{}, "1985/.."},
		{"1985-04-12/..", Options{}, "1985-04-12/.."},
		{"2015-11-22T13:35", Options{}, "2015-11-22 13:35"},
		{"２０１５年１１月２２日", Options{}, "2015-11-22"},
		{"2015 年 11 月 22 日 星期日", Options{}, "2015-11-22"},
		{"康德三年", Options{}, "1936 Manchukuo"},
		{"唐上元二年", Options{}, "? 0675-02-04/0676-01-23 Chinese 唐 | 0761-02-14/0761-10-27 Chinese 唐"},

		{"2003/5", Options{}, "2003-05"},
		{"1890-1", Options{}, "? 1890/1891 | 1890-01"},
		{"1999-2", Options{}, "1999-02"},
		{"winter 1911-12", Options{}, "1911-12/1912-02"},
		{"winter 1911-1912", Options{}, "1911-12/1912-02"},
		{"spring 1911-1912", Options{}, `error: "spring 1911-1912" is not read as a date`},
		{"2015年0月", Options{}, "error: month 0: a year has 12"},
		{"2015年13月1日", Options{}, "error: month 13: a year has 12"},
		{"5月12日至15日", Options{}, "error: the year is missing"},
		{"5月12日至15日", Options{Year: 1949}, "1949-05-12/1949-05-15 inferred"},
		{"光绪末年", Options{}, "1897~/1908~ Chinese 清"},
		{"民国初年", Options{}, "1912~/1923~ Minguo"},
		{"清代", Options{}, "1644/1911"},
		{"清末", Options{}, `error: "清末" is not read as a date`},
		{"唐天宝十四载", Options{}, "0755-02-20/0756-02-08 Chinese 唐"},
		{"昭和20.8.15", Options{}, "1945-08-15 Japanese"},
		{"大同二年", Options{}, "? 0536-02-10/0537-01-28 Chinese 南梁 | 1933 Manchukuo"},
		{"洪宪元年", Options{}, "1916-01-01/1916-03-22 Minguo"},
		{"pre-1912", Options{}, "[..1911]"},
		{"第一季度", Options{Year: 1958}, "1958-33 inferred"},
		{"first half of the 19th century", Options{}, "1800/1849"},
		{"20世纪上半叶", Options{}, "1900/1949"},
		{"3rd quarter 1958", Options{}, "1958-35"},
		{"12 March 1887 at 3 p.m.", Options{}, "1887-03-12 3 p.m."},
		{"19世纪末至20世纪初", Options{}, "1867~/1933~"},
		{"1890年至1891年底", Options{}, "1890/1891-12~"},
		{"1949年10月至1950年前", Options{}, "1949-10/1949"},
		{"1949年至1948年", Options{}, "error: the interval ends before it begins"},
		{"一九四九、十、一", Options{}, "1949-10-01"},
		{"前221年", Options{}, "-0220"},
		{"1895年3月廿三", Options{}, "? 1895-03-23 | 1895-04-17 Chinese"},
		{"Jan '45", Options{}, "? 1945-01 | 1845-01"},
		{"2/29/1900", Options{}, "error: day 29: that month has 28"},
		{"27 September 1057", Options{}, "1057-09-27"},

		{"1990/1980", Options{}, "error: the interval ends before it begins"},
		{"[1999", Options{}, "error: a set ends with ] (at character 6)"},
		{"2019-13", Options{}, "error: month 13: a year has 12"},
		{"1887-", Options{}, "1887/.."},
		{"1887-present", Options{}, "1887/.."},
		{"宣统三年（1911年）", Options{}, "1911-01-30/1912-02-12 Chinese 清"},
		{"光绪二十四年八月初六（1898年9月21日）", Options{}, "1898-09-21 Chinese 清"},
		{"光绪二十四年（1898年9月21日）", Options{}, "1898-09-21 Chinese 清"},
		{"建武十年(34年)", Options{}, "0034-02-06/0035-01-25 Chinese 東漢"},
		{"建武十年(公元34年)", Options{}, "0034-02-06/0035-01-25 Chinese 東漢"},
		{"光绪二十四年(1900年)", Options{}, "1898-01-22/1899-02-09 Chinese 清 doubtful"},
		{"1949年(民国38年)", Options{}, "1949"},
		{"光绪24.8.6", Options{}, "1898-09-21 Chinese 清 inferred"},
		{"康熙20年9月", Options{}, "1681-10-11/1681-11-09 Chinese 清 inferred"},
		{"0.8163", Options{}, "error: month 0: a year has 12"},
		{"0/0/1912", Options{}, "error: month 0: a year has 12"},
		{"1912-00-00", Options{}, "error: month 0: a year has 12"},
		{"1912.0", Options{}, "error: month 0: a year has 12"},
		{"05/05/00", Options{Year: 1910}, "1900-05-05 inferred"},
		{"Sept 10-11", Options{}, "error: the year is missing"},
		{"Sept 10-11", Options{Year: 1912}, "1912-09-10/1912-09-11 inferred"},
		{"Sept 10-11, 1912", Options{}, "1912-09-10/1912-09-11"},
		{"1949-10-01-05", Options{}, "1949-10-01/1949-10-05"},
		{"24 x 18", Options{}, `error: "24 x 18" is not read as a date`},
		{"January 1, 2010 - December 31, 2012", Options{}, "2010-01-01/2012-12-31"},
		{"1945 December 10-1946 March 31", Options{}, "1945-12-10/1946-03-31"},
		{"1949 -April 8", Options{}, "1949-04-08"},
		{"12.III.1887", Options{}, "1887-03-12"},
		{"XII.1887", Options{}, "1887-12"},
		{"00000000", Options{}, "error: this says that there is no date"},
		{"1 or 2 May 1912", Options{}, "[1912-05-01,1912-05-02]"},
		{"1949年10月1日或2日", Options{}, "[1949-10-01,1949-10-02]"},

		{"32 October", Options{}, "error: day 32: that month has 31"},
		{"2月30日", Options{}, "error: day 30: that month has 29"},
		{"2月29日", Options{}, "error: the year is missing"},
		{"八月初六", Options{Year: 1898}, "1898-09-21 Chinese inferred"},
		{"32 October 1949", Options{}, "error: day 32: that month has 31"},
		{"0年", Options{}, "error: there is no year 0: behind 1 BC comes AD 1"},
		{"-9999", Options{}, "-9999"},
		{"99999", Options{}, "error: a year has four digits, with X for one that is not known"},
		{"2019年2月29日", Options{}, "error: day 29: that month has 28"},
		{"2019年13月", Options{}, "error: month 13: a year has 12"},
		{"明天", Options{}, `error: "明天" depends on the day it was written`},
		{"5年前", Options{}, `error: "5年前" depends on the day it was written`},
		{"n.d.", Options{}, "error: this says that there is no date"},
		{"不详", Options{}, "error: this says that there is no date"},
		{"19\x0758", Options{}, "error: there is a control character in it (at character 3)"},
		{"", Options{}, "error: there is nothing here"},
		{strings.Repeat("9", 1<<20), Options{}, "error: 1048576 characters are more than a date has"},
		{"第3号", Options{}, `error: "第3号" is not read as a date`},
	} {
		if got := shown(Read(tt.in, tt.o)); got != tt.want {
			t.Errorf("%.40q: got %s, want %s", tt.in, got, tt.want)
		}
	}
}

// How the dates of a corpus of Chinese regnal dates are read: exact days, and what more than one state had is asked.
func TestRegnal(t *testing.T) {
	exact, single, twice, asked, many, inIt := 0, 0, 0, 0, 0, 0
	for _, row := range lines(t, "regnal-dila/vectors.tsv") {
		if row["split"] != "dev" {
			continue
		}
		r, err := Read(row["string"], Options{})
		among := false
		for _, c := range r.Candidates {
			among = among || c.Value.String() == row["gregorian"] && c.State == row["dynasty"]
		}
		if row["dynasties_with_this_era"] == "1" {
			single++
			switch {
			case among && !r.Asked():
				exact++
			case among && r.Question.Code == AskEraTwice:
				twice++ // 大慶 is two eras of 西夏, both of which had a third year
			default:
				t.Errorf("%s: got %s, want %s", row["string"], shown(r, err), row["gregorian"])
			}
			continue
		}
		many++
		if r.Asked() {
			asked++
		}
		if among {
			inIt++
		} else {
			t.Errorf("%s: got %s, want %s among them", row["string"], shown(r, err), row["gregorian"])
		}
	}
	t.Logf("of %d unambiguous dates %d exact, %d asked with the right one; of %d ambiguous ones %d asked, the right one among the candidates of %d", single, exact, twice, many, asked, inIt)
	if exact < 662 || twice > 2 || asked < 178 || inIt < 178 {
		t.Errorf("fewer than 662 exact and 178 asked")
	}
}

// How a corpus of Chinese dates is read: what names its year. What is of a lunar calendar is left out, for the corpus reads
// 农历2015年十月初一 as the 1st of October; so are dates that the calendar has not.
func TestRecognizers(t *testing.T) {
	hasYear := regexp.MustCompile(`\d{4}|[零一二三四五六七八九]{3,4}年|两千|\d+[-/]\d+[-/]\d+|[0零][7八8] ?年|民国`)
	lunar := regexp.MustCompile(`农历|初一|大年|神龙|康熙|雍正`)
	seen := map[string]bool{}
	all, right, asked := 0, 0, 0
	for _, row := range lines(t, "dates-zh-recognizers/absolute-dates.tsv") {
		text := row["text"]
		timex, _, _ := strings.Cut(row["timex"], "T")
		want, err := Parse(timex)
		if seen[text] || err != nil || !hasYear.MatchString(text) || lunar.MatchString(text) {
			continue
		}
		seen[text] = true
		all++
		r, err := Read(text, Options{})
		accepted := map[string]bool{want.String(): true, interval(want.items[0].from, point{edge: open}).String(): true}
		for _, make := range []func(Value, bool) (Value, bool){before, after} {
			for _, within := range []bool{false, true} {
				v, _ := make(want, within)
				accepted[v.String()] = true
			}
		}
		ok := slices.ContainsFunc(r.Candidates, func(c Candidate) bool { return accepted[c.Value.String()] })
		switch {
		case ok && r.Asked():
			asked++
		case ok:
			right++
		case err == nil && !r.Asked():
			t.Errorf("%s: read as %s, and not asked, want %s", text, shown(r, err), want)
		default:
			t.Logf("%s: %s, want %s", text, shown(r, err), want)
		}
	}
	t.Logf("of %d dates %d right, %d asked with the right one among the candidates", all, right, asked)
	if right < 92 || 100*(right+asked) < 95*all {
		t.Errorf("fewer than 92 right or 95 %% in all")
	}
}

func ExampleRead() {
	r, _ := Read("光绪二十四年八月初六", Options{})
	fmt.Println(r.Candidates[0].Value, r.Candidates[0].Calendar, r.Candidates[0].State)
	// Output: 1898-09-21 Chinese 清
}

// TestNoSuchTime: a time of day that no clock shows is no part of a date, and not passed over.
func TestNoSuchTime(t *testing.T) {
	for _, text := range []string{"2024-01-01T25:00:00", "1949-10-01 25:61", "22.11.2015 13:75", "1949年10月1日25时", "2015-11-22 12:30:61"} {
		if r, err := Read(text, Options{}); err == nil {
			t.Errorf("%q reads %+v", text, r.Candidates)
		}
	}
	for _, text := range []string{"2024-01-01T24:00:00", "1949-10-01 23:59", "22.11.2015 13:35", "1949年10月1日15时", "1949年10月1日下午三点", "2016-12-31 23:59:60"} {
		if _, err := Read(text, Options{}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
