package outline

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// drawn is an outline as lines, a dot for each level.
func drawn(all []Heading) string {
	var b strings.Builder
	for _, h := range all {
		fmt.Fprintf(&b, "%s%s\n", strings.Repeat(".", h.Level-1), h.Title)
	}
	return b.String()
}

func TestOutline(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"running text", "县档案局召开会议。\n会议由李振国主持。\n", ""},
		{"a law", "第一编　总则\n第一章　基本规定\n第一条　为了保护民事主体的合法权益，制定本法。\n第二条　民法调整平等主体之间的关系。\n第二章　自然人\n第一节　民事权利能力\n第十三条　自然人从出生时起……\n",
			"第一编　总则\n.第一章　基本规定\n..第一条　为了保护民事主体的合法权益，制定本法\n..第二条　民法调整平等主体之间的关系\n.第二章　自然人\n..第一节　民事权利能力\n...第十三条　自然人从出生时起……\n"},
		{"spaces lost", "第一条为了规范管理。\n第二条各单位应当执行。\n第五十条规定与此无关。\n", "第一条为了规范管理\n第二条各单位应当执行\n"},
		{"an official paper", "关于会议的通知\n一、会议时间\n2015年11月22日。\n二、议程\n（一）报告\n1. 去年工作。\n2. 今年安排。\n(1) 培训\n（二）讨论\n三、要求\n",
			"一、会议时间\n二、议程\n.（一）报告\n..1. 去年工作\n..2. 今年安排\n...(1) 培训\n.（二）讨论\n三、要求\n"},
		{"points in a paragraph", "一、要求\n会议要求,一是夯实基础。各县区要登记。二是突出重点，三是提高本领。\n二、其他\n", "一、要求\n.一是夯实基础\n.二是突出重点\n.三是提高本领\n二、其他\n"},
		{"one point only", "他认为一是一，二是二的办法不行，其实一是夯实基础就好了。", ""},
		{"firstly", "意见如下：第一，开会。第二，落实。", "第一，开会\n第二，落实\n"},
		{"dates and numbers", "22.11.2015 13:35\n14.09.2015\n1.5亿元\n3.14\n2015. 年\n", ""},
		{"not in its turn", "看了之后再说。\n7. 月的天气\n3、4号楼\n", ""},
		{"markdown", "# 总目\n\n文字\n\n## 第一部分\n### 小节\n#话题\n####### 七个\n## 第二部分\n", "# 总目\n.## 第一部分\n..### 小节\n.## 第二部分\n"},
		{"English", "PART I\nChapter IV. Of the Archives\nArticle 3\nThe keeper shall keep.\nArticle 4 — Duties\nSection 2 of the Act applies here.\nPartly cloudy\nArtful 3\n", "PART I\n.Chapter IV. Of the Archives\n..Article 3\n..Article 4 — Duties\n"},
		{"Roman", "I. Introduction\nWords.\nII. Method\nV. Results\nXX. Out of turn\n", "I. Introduction\nII. Method\nV. Results\n"},
		{"short lines alone", "正文在此，说明情况。\n\n会议概况\n\n会议在银川召开，县里都去了人。\n那时天冷。\n会议结束。\n\n领导讲话\n\n讲话全文如下。\n", "会议概况\n领导讲话\n"},
		{"verses are no headings", "床前明月光\n\n疑是地上霜\n\n举头望明月\n\n低头思故乡\n\n静夜思\n", ""},
		{"a date alone is no heading", "正文。\n\n2015-11-22\n\n正文。\n", ""},
		{"circled", "①登记\n②核对\n", "①登记\n②核对\n"},
		{"full width", "１．登记\n２．核对\n", "１．登记\n２．核对\n"},
	} {
		if got := drawn(Of(c.text, nil)); got != c.want {
			t.Errorf("%s:\n%swant:\n%s", c.name, got, c.want)
		}
	}
}

func TestHeadingsStandWhereTheySay(t *testing.T) {
	text := "　　一、甲\n  （一）乙乙。其余\n会议要求一是开会,一是夯实。二是突出。\n"
	runes := []rune(text)
	var got []string
	for _, h := range Of(text, nil) {
		got = append(got, fmt.Sprint(h.Line, string(runes[h.Start:h.End])))
	}
	if want := "1一、甲 2（一）乙乙 3一是夯实 3二是突出"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}

func TestNumbers(t *testing.T) {
	for s, want := range map[string][2]int{"一": {1, 1}, "十": {10, 1}, "十二章": {12, 2}, "二十": {20, 2}, "二十一条": {21, 3}, "一百零三条": {103, 4},
		"一千二百六十条": {1260, 6}, "二〇一五年": {2015, 4}, "12章": {12, 2}, "１２章": {12, 2}, "章": {0, 0}, "123456": {0, 0}} {
		if v, n := number([]rune(s)); v != want[0] || n != want[1] {
			t.Errorf("%s: %d of %d characters, want %v", s, v, n, want)
		}
	}
	for s, want := range map[string]int{"I": 1, "IV": 4, "IX": 9, "XIV": 14, "XL": 40, "CXC": 190} {
		if v, n := roman([]rune(s)); v != want || n != len(s) {
			t.Errorf("%s: %d", s, v)
		}
	}
}

// A law of some seventy articles, where the corpus is there.
func TestOutlineOfALaw(t *testing.T) {
	data, err := os.ReadFile("../../../shared/corpora/zh-laws/docs/economic/anti-monopoly-law/README.md")
	if err != nil {
		t.Skip("the corpus of laws is not here")
	}
	articles, chapters := 0, 0
	for _, h := range Of(string(data), nil) {
		switch {
		case strings.Contains(h.Title, "章"):
			chapters++
		case strings.Contains(h.Title, "条"):
			articles++
		}
	}
	if chapters < 8 || articles < 60 {
		t.Errorf("%d chapters and %d articles:\n%s", chapters, articles, drawn(Of(string(data), nil)))
	}
}

func TestOutlineStops(t *testing.T) {
	text := strings.Repeat("一、甲\n", 5000)
	asked := 0
	got := len(Of(text, func() bool { asked++; return asked > 2 }))
	if got == 0 || got >= 5000 {
		t.Errorf("%d headings", got)
	}
}

func FuzzOutline(f *testing.F) {
	for _, s := range []string{"", "一、\n（一）\n1.\n(1)", "第", "第一", "#", "（", "一是甲，二是乙", "\n\nA heading\n\n", "Article", "§", "第一章第二节", "\xff\xfe一、甲", "第一，第二，"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, level, last := utf8.RuneCountInString(text), 0, -1
		for _, h := range Of(text, nil) {
			switch {
			case h.Start < last, h.Start >= h.End, h.End > n:
				t.Fatalf("%+v in a text of %d, after %d", h, n, last)
			case h.Level < 1 || h.Level > level+1:
				t.Fatalf("level %d after %d", h.Level, level)
			case h.Title == "", h.Line < 1 || h.Line > strings.Count(text, "\n")+1:
				t.Fatalf("%+v", h)
			}
			last, level = h.Start, h.Level
		}
	})
}

func BenchmarkOutline10MB(b *testing.B) {
	para := "一、会议要求\n李怀瑾局长对观摩点的工作给予肯定,提出四点要求。一是夯实基础。各县区要在年底前登记造册。二是突出重点。\n"
	text := strings.Repeat(para, 10<<20/len(para))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Of(text, nil)
	}
}
