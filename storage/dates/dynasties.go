package dates

// dynasties are the years that a dynasty is said to have lasted, as handbooks have them.
var dynasties = []struct {
	name     string // simplified
	from, to int64
}{
	{"西汉", -201, 8}, {"东汉", 25, 220}, {"两汉", -201, 220}, {"汉", -201, 220}, {"三国", 220, 280}, {"西晋", 266, 316}, {"东晋", 317, 420},
	{"两晋", 266, 420}, {"晋", 266, 420}, {"南北朝", 420, 589}, {"隋", 581, 618}, {"唐", 618, 907}, {"五代十国", 907, 979}, {"五代", 907, 960},
	{"北宋", 960, 1127}, {"南宋", 1127, 1279}, {"两宋", 960, 1279}, {"宋", 960, 1279}, {"辽", 916, 1125}, {"西夏", 1038, 1227}, {"金", 1115, 1234},
	{"元", 1271, 1368}, {"明", 1368, 1644}, {"清", 1644, 1911}, {"秦", -220, -206},
}

// dynasty reads 清代, 明朝, 南北朝时期.
func dynasty(c *scan) ([]yearOf, bool) {
	for _, d := range dynasties {
		rest := *c
		if rest.take(d.name) == "" || rest.take("时期", "朝代", "朝", "代", "年间") == "" && rest.take("时代") == "" || rest != "" {
			continue
		}
		*c = rest
		return []yearOf{{calendar: CalendarGregorian, whole: interval(yearPoint(d.from), yearPoint(d.to))}}, true
	}
	return nil, false
}
