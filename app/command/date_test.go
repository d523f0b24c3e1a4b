package command

import (
	"strings"
	"testing"
)

func TestDate(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		args string // parted by |
		exit int
		out  string
	}{
		{"民国三十八年十月|--json", 0, `{"text":"民国三十八年十月","edtf":"1949-10","earliest":"1949-10-01","latest":"1949-10-31","calendar":"Minguo","level":0,"reads":"October 1949"}` + "\n"},
		{"光绪二十四年八月初六|--json|--lang|zh-Hans", 0, `{"text":"光绪二十四年八月初六","edtf":"1898-09-21","earliest":"1898-09-21","latest":"1898-09-21","calendar":"Chinese","level":0,"reads":"光绪二十四年八月初六（1898年9月21日）","state":"清","era":"光緒"}` + "\n"},
		{"11月16日|--year=2015|--json", 0, `{"text":"11月16日","edtf":"2015-11-16","earliest":"2015-11-16","latest":"2015-11-16","calendar":"Gregorian","level":0,"reads":"16 November 2015","certainty":"inferred","notes":["the year 2015 is that of the document"]}` + "\n"},
		{"03/04/1912|--json", 0, `{"text":"03/04/1912","ask":"the day and the month could change places","candidates":[{"edtf":"1912-04-03","earliest":"1912-04-03","latest":"1912-04-03","calendar":"Gregorian","level":0,"reads":"3 April 1912"},{"edtf":"1912-03-04","earliest":"1912-03-04","latest":"1912-03-04","calendar":"Gregorian","level":0,"reads":"4 March 1912"}]}` + "\n"},
		{"1985/..|--json", 0, `{"text":"1985/..","edtf":"1985/..","earliest":"1985-01-01","latest":null,"calendar":"Gregorian","level":1,"reads":"since 1985"}` + "\n"},
		{"32 October 1949|1949|--json", 1, `{"text":"32 October 1949","error":"day 32: that month has 31"}` + "\n" + `{"text":"1949","edtf":"1949","earliest":"1949-01-01","latest":"1949-12-31","calendar":"Gregorian","level":0,"reads":"1949"}` + "\n"},
		{"03/04/1912|--order|day", 0, "03/04/1912: 1912-04-03; 3 April 1912; the day is read before the month\n"},
		{"c. 1890|before 1912", 0, "c. 1890: 1890~; about 1890; 1890-01-01 to 1890-12-31\nbefore 1912: [..1911]; 1911 or earlier; … to 1911-12-31\n"},
		{"03/04/1912", 0, "03/04/1912: the day and the month could change places\n  1912-04-03; 3 April 1912\n  1912-03-04; 4 March 1912\n"},
		{"2015年13月|--lang|zh-Hans|--json", 1, `{"text":"2015年13月","error":"没有13月：一年有12个月"}` + "\n"},
		{"03/04/1912|--lang|zh-Hans", 0, "03/04/1912: 日和月可能互换\n  1912-04-03; 1912年4月3日\n  1912-03-04; 1912年3月4日\n"},
		{"-9999", 0, "-9999: -9999; 10000 BC; -9999-01-01 to -9999-12-31\n"},
		{"0|99999|32 October", 1, ""},
		{"--|-0044", 0, "-0044: -0044; 45 BC; -0044-01-01 to -0044-12-31\n"},
		{"1949|--year|x", 2, ""},
		{"1949|--year|10000", 2, ""},
		{"1949|--order|year", 2, ""},
		{"1949|--lang|fr", 2, ""},
		{"--json", 2, ""},
	} {
		if b.run(append([]string{"date"}, strings.Split(tt.args, "|")...)...); b.exit != tt.exit || b.stdout != tt.out {
			t.Errorf("%s: exit %d\n%s%swant exit %d\n%s", tt.args, b.exit, b.stdout, b.stderr, tt.exit, tt.out)
		}
	}
}

func TestDateOfLines(t *testing.T) {
	b := newBench(t)
	b.stdin = "1949年10月1日\r\n\nnot a date\n\x1b[31m1949\n22.11.2015 13:35"
	b.run("date", "-")
	if b.exit != 1 || b.stdout != "1949年10月1日: 1949-10-01; 1 October 1949\n22.11.2015 13:35: 2015-11-22; 22 November 2015\n" ||
		b.stderr != "fonds: not a date: \"not a date\" is not read as a date\nfonds: \\x1b[31m1949: there is a control character in it\n" {
		t.Errorf("exit %d\n%s%s", b.exit, b.stdout, b.stderr)
	}
	b.stdin = strings.Repeat("9", 1<<20) + "\n" + strings.Repeat("9", 5<<20)
	if b.run("date", "-"); b.exit != 1 || b.stdout != "" || !strings.Contains(b.stderr, "1048576 characters are more than a date has") ||
		!strings.Contains(b.stderr, "longer than 4 MB") || len(b.stderr) > 3000 {
		t.Errorf("exit %d, %d characters\n%.3000s", b.exit, len(b.stderr), b.stderr)
	}
}
