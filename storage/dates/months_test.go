package dates

import (
	"bufio"
	"compress/gzip"
	"os"
	"strconv"
	"strings"
	"testing"
)

// The months that the tables were made of are read as they are there: of every seventh line the state, era, year and month.
func TestMonths(t *testing.T) {
	f, err := os.Open(corpora + "regnal-dila/months.tsv.gz")
	if err != nil {
		t.Skipf("the corpora are not here: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields("正 二 三 四 五 六 七 八 九 十 十一 十二")
	line, all, right, asked := 0, 0, 0, 0
	for in := bufio.NewScanner(z); in.Scan(); line++ {
		c := strings.Split(in.Text(), "\t")
		if line%7 != 1 || c[0] == "民國" || strings.Contains(c[2], "年號") {
			continue
		}
		first, _ := strconv.Atoi(c[7])
		last, _ := strconv.Atoi(c[8])
		name := map[string]string{"-1": "臘", "-2": "一"}[c[4]]
		if n, _ := strconv.Atoi(c[4]); n > 0 {
			name = names[n-1]
		}
		if c[6] != "0" {
			name = "閏" + name
		}
		text := c[0] + strings.Trim(c[2], "（）") + c[3] + "年" + name + "月"
		r, err := Read(text, Options{})
		hit := false
		for _, x := range r.Candidates {
			from, _ := x.Value.Earliest()
			to, _ := x.Value.Latest()
			hit = hit || from.julian() <= first && to.julian() >= last && to.julian()-from.julian() < 30
		}
		all++
		switch {
		case hit && !r.Asked():
			right++
		case hit:
			asked++
		case all-right-asked < 5:
			t.Logf("%s: got %s, want %v to %v", text, shown(r, err), dayOf(first), dayOf(last))
		}
	}
	// What is missed are the days of a month before an era began in it, which others counted by it afterwards.
	t.Logf("of %d months %d right, %d asked with the right one", all, right, asked)
	if all-right-asked > 8 || asked > 100 {
		t.Errorf("%d are missed", all-right-asked)
	}
}
