package dates

import (
	"regexp"
	"strings"
)

const partsOfDay = `凌晨|清晨|早晨|早上|早间|上午|中午|午间|下午|傍晚|晚上|晚间|深夜|夜间|午夜|晚|早|夜`

var clocks = []*regexp.Regexp{
	regexp.MustCompile(`^(.*[^\d:.])((?:[01]?\d|2[0-4]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?:z|[+-]\d{2}:?\d{2})?)$`),
	regexp.MustCompile(`^(.*\d{3}.*?),? (?:at )?(\d{1,2} ?[ap]\.?m\.?)$`),
	regexp.MustCompile(`^(.*?)((?:` + partsOfDay + `)(?:(?:[01]?\d|2[0-4]|[〇零一二三四五六七八九十]{1,3})(?:[点时](?:半|整|[一三]刻|(?:\d{1,2}|[〇零一二三四五六七八九十]{1,3})分?)?(?:\d{1,2}秒)?|:[0-5]\d))?)$`),
	regexp.MustCompile(`^(.*[日号])((?:[01]?\d|2[0-4]|[〇零一二三四五六七八九十]{1,3})[点时](?:半|整|[一三]刻|(?:\d{1,2}|[〇零一二三四五六七八九十]{1,3})分?)?(?:\d{1,2}秒)?)$`),
}

// splitClock takes the time of day from the end of a text.
func splitClock(s string) (rest, clock string) {
	for _, re := range clocks {
		if m := re.FindStringSubmatch(s); m != nil && strings.TrimSpace(m[1]) != "" {
			rest = strings.TrimSuffix(strings.TrimRight(m[1], " ,"), " at")
			if n := len(rest); n > 1 && rest[n-1] == 't' && rest[n-2] >= '0' && rest[n-2] <= '9' {
				rest = rest[:n-1] // 2015-11-22T13:35
			}
			return rest, m[2]
		}
	}
	return s, ""
}

var (
	weekdayZh    = regexp.MustCompile(`^(.+?)[ ,]?\(?(?:星期|礼拜|周)([日天一二三四五六])\)?$`)
	weekdayFirst = regexp.MustCompile(`^(sun|mon|tue|wed|thu|fri|sat)(?:day|s|sday|nesday|rs|rsday|urday)?\.?,? (?:the )?(.*\d.*)$`)
	weekdayLast  = regexp.MustCompile(`^(.*\d.*?),? \(?(sun|mon|tue|wed|thu|fri|sat)(?:day|s|sday|nesday|rs|rsday|urday)?\)?$`)
)

// splitWeekday takes the day of the week from a text: 0 is Sunday, -1 none.
func splitWeekday(s string) (rest string, day int) {
	index := func(name string) int { return strings.Index("sunmontuewedthufrisat", name) / 3 }
	if m := weekdayZh.FindStringSubmatch(s); m != nil {
		if m[2] == "天" {
			return m[1], 0
		}
		return m[1], strings.Index("日一二三四五六", m[2]) / 3
	}
	if m := weekdayFirst.FindStringSubmatch(s); m != nil {
		return m[2], index(m[1])
	}
	if m := weekdayLast.FindStringSubmatch(s); m != nil {
		return m[1], index(m[2])
	}
	return s, -1
}
