package dates

import "fmt"

// sentence is a code and its arguments in words.
func sentence(lang, code string, args []any) string {
	said := make([]any, len(args))
	for i, a := range args {
		said[i] = a
		if y, ok := a.(yearName); ok {
			said[i] = y.words(lang)
		}
	}
	if zh, ok := sentencesZh[code]; ok && lang == Chinese {
		code = zh
	}
	return fmt.Sprintf(code, said...)
}

// sentencesZh are the codes in Chinese, with the same arguments in the same order.
var sentencesZh = map[string]string{
	FaultEmpty:          "此处没有内容",
	FaultLong:           "%d个字符，日期没有这么长",
	FaultControl:        "其中有控制字符",
	FaultYear:           "年份为四位数字，未知的数位写作X",
	FaultYearZero:       "没有-0000年：公元前1年写作0000",
	FaultLongYear:       "Y后的年份多于四位，且不以0开头",
	FaultHuge:           "年份过远，无法计算",
	FaultDigits:         "有效数字从1计起，如1950S2",
	FaultTwoDigits:      "月、日各为两位数字，未知的数位写作X",
	FaultMonth:          "没有%s月：一年有12个月，21至41表示季节等",
	FaultDay:            "没有%s日：该月有%d天",
	FaultSeasonDay:      "季节之后不能有日",
	FaultClock:          "时间写作T23:20:30，其后可加Z或+08:00",
	FaultOffset:         "没有时差为%s的地方",
	FaultRest:           "%q是多余的",
	FaultOrder:          "起止颠倒：终止早于起始",
	FaultBothEnds:       "既无起始又无终止的区间没有意义",
	FaultClockInSpan:    "区间中不能有时间",
	FaultLongInSpan:     "区间中不能有多于四位的年份",
	FaultEstimateInSpan: "区间中不能有带有效数字的年份",
	FaultSet:            "集合以%s结束",
	FaultSetOpen:        "“..”只能位于集合之首、之末或两个日期之间",
	FaultNoDate:         "%q未能识别为日期",
	FaultUndated:        "此处注明没有日期",
	FaultRelative:       "%q取决于书写之日",
	FaultNoYear:         "缺少年份",
	FaultNoSuchDay:      "没有%d日：该月有%d天",
	FaultNoSuchMonth:    "没有%d月：一年有12个月",
	FaultNeither:        "%d和%d都不是月份",
	FaultNoZero:         "没有公元0年：公元前1年之后是公元1年",
	FaultNoMonth:        "%s没有%d月",
	FaultNoLeap:         "%s没有闰%d月",
	FaultShortMonth:     "%s的该月有%d天",
	FaultNoCalendar:     "没有%d年的农历资料",
	FaultNoName:         "%s不是干支：这两个字不相配",
	FaultYearsOf:        "%s没有%d年",
	NoteYear:            "年份%d取自文件",
	NoteCentury:         "世纪取自文件",
	NoteCycle:           "同名干支年中取最接近文件年份者",
	NoteOrder:           "日在月前",
	NoteOrderUS:         "月在日前",
	NoteJulian:          "1582年10月以前，可能用的是儒略历",
	NoteWeekday:         "所写星期与该日不符",
	NoteEnded:           "%s只有%d年，此处续推",
	NoteOutside:         "该日未用%s年号",
	NoteThird:           "起止界限不定",
	NoteGloss:           "括号内是另一日期",
	NoteLunar:           "年号后的月份按农历",
	NoteFullMoon:        "望日按十五计",
	AskOrder:            "日和月可能互换",
	AskCentury:          "是哪个世纪？",
	AskCycle:            "干支年每六十年一次",
	AskEra:              "%s是不止一个政权的年号",
	AskEraTwice:         "%s年号用过不止一次",
	AskEnded:            "%s只有%d年",
	AskLunar:            "可能是农历日期",
	AskRepublic:         "没有写明是谁的纪年",
	AskSeason:           "可能是季节，也可能是两个年份",
	AskMonth:            "可能是月份，也可能是两个年份",
	AskDecade:           "可能是十年，也可能是一百年",
	AskMonthTwice:       "当年改历，该月有两个",
}
