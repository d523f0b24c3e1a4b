package ingest

import (
	"math/rand"
	"strings"
	"testing"
)

// A line in which a form of date is found has the features that the form needs.
func TestFeatures(t *testing.T) {
	pieces := strings.Split("2015|二〇一五|民国|中華民國|三十四|年| |\t|\u3000|11|十一|月|22|廿四|日|号|13:35|.|/|-|,|st| of |Mar|may|JUNE|Sept.|ſep|december|1921|20151122|第|x|文|\n|O|o|元|0", "|")
	bases := strings.Split("民国三十四年八月十五日|中华民國 12 年|2015年11月22日 13:35|2015 年\n1 月 2号|二〇一五年十一月二十二日|一九OO年元月3日|2015-11-22|1999/1/2|22.11.2015|1/2/1921|12th of March, 1921|3 ſept 1800|March 12, 1921|JUNE 3rd 1999|20151122|2015年3月|二零一五年三月|May 1921|oct. 2001", "|")
	rng := rand.New(rand.NewSource(1))
	found := map[string]int{}
	for range 50000 {
		rs := []rune(bases[rng.Intn(len(bases))])
		for range rng.Intn(4) {
			at := rng.Intn(len(rs) + 1)
			to := min(len(rs), at+rng.Intn(3))
			piece := ""
			if rng.Intn(3) > 0 {
				piece = pieces[rng.Intn(len(pieces))]
			}
			rs = []rune(string(rs[:at]) + piece + string(rs[to:]))
		}
		line := string(rs)
		has := featuresOf(line)
		for _, f := range dateForms {
			if f.re.MatchString(line) {
				found[f.re.String()]++
				if has&f.needs != f.needs {
					t.Fatalf("%q has a date of the form %s and the features %b, not %b", line, f.name, has, f.needs)
				}
			}
		}
	}
	for _, f := range dateForms {
		if found[f.re.String()] < 20 {
			t.Errorf("the form %s was met %d times", f.name, found[f.re.String()])
		}
	}
	for _, line := range []string{"去年以来,这个调解室共受理纠纷87件", "1月8日", "a smart army of 12", "3.5 公里", "1-2", ""} {
		if has := featuresOf(line) &^ (hasMonth | hasParts); has != 0 {
			t.Errorf("%q has the features %b", line, has)
		}
	}
}
