package ingest

import (
	"fmt"
	"strings"
	"testing"
)

// told writes proposals for comparison: field=value@start-end, with the time of day behind a comma.
func told(ps []Proposal) string {
	var out []string
	for _, p := range ps {
		value := p.Value
		if p.Detail != "" {
			value += "," + p.Detail
		}
		out = append(out, fmt.Sprintf("%s=%s@%d-%d", strings.TrimPrefix(p.Field, "dcterms:"), value, p.Start, p.End))
	}
	return strings.Join(out, " ")
}

func TestPropose(t *testing.T) {
	long := strings.Repeat("各部门要认真学习,抓好落实。", 20)
	for _, c := range []struct{ name, text, want string }{
		{"nothing", long, ""},
		{"title alone", "关于召开年度会议的通知\n" + long, "title=关于召开年度会议的通知@0-11"},
		{"empty lines before", "\n\n  关于召开年度会议的通知\n" + long, "title=关于召开年度会议的通知@4-15"},
		{"a sentence is no title", "今天开会。\n2015-11-22\n", "date=2015-11-22@6-16"},
		{"web page furniture", "首页 > 新闻\n打印 关闭\n某局召开会议\n发布时间：2015-11-22 13:35 来源：某市档案局 浏览次数：18\n" + long,
			"title=某局召开会议@14-20 date=2015-11-22,13:35@26-42 creator=某市档案局@46-51"},
		{"labels without space, values empty", "开放档案的公告\n作者:来源:国家档案局官网 阅读次数:日期:2018年10月01日\n" + long,
			"title=开放档案的公告@0-7 creator=国家档案局官网@14-21 date=2018-10-01@30-41"},
		{"author and source", "某某公告\n作　者：张三\n来源: http://www.example.cn/a/1.html\n" + long,
			"title=某某公告@0-4 creator=张三@9-11 source=http://www.example.cn/a/1.html@16-46"},
		{"source and date in one value", "某某公告\n来源：新华网 2015年3月4日\n",
			"title=某某公告@0-4 creator=新华网@8-11 date=2015-03-04@12-21"},
		{"date at the end", "关于放假的通知\n" + strings.Repeat(long+"\n", 3) + "某某市人民政府办公室\n二〇一五年十一月二日\n",
			"title=关于放假的通知@0-7 creator=某某市人民政府办公室@851-861 date=2015-11-02@862-872"},
		{"day first, ambiguous", "某某公告\n03.04.1921 09:15\n", "title=某某公告@0-4 date=1921-04-03,09:15 · DD.MM?@5-21 date=1921-03-04,09:15 · MM.DD?@5-21"},
		{"day first, same both ways", "某某公告\n05.05.2015\n", "title=某某公告@0-4 date=2015-05-05@5-15"},
		{"English letter", "14 Gower Street,\nLondon, 12 March 1921.\n\nDear Sir,\nI beg to acknowledge your letter of January 3, 1920.\n", "date=1921-03-12@25-38"},
		{"American letter", "March 12th, 1921\nMy dear Anna,\n" + strings.Repeat("words ", 60), "date=1921-03-12@0-16"},
		{"mail", "From: Anna Berg\nTo: C. Lund\nSubject: The missing boxes\nDate: 12 Mar 1999 09:15\n\nDear Carl,\n",
			"title=The missing boxes@37-54 creator=Anna Berg@6-15 date=1999-03-12,09:15@61-78"},
		{"answer by mail", "From: Anna Berg\nSubject: Re: The missing boxes\n", "title=The missing boxes@29-46 creator=Anna Berg@6-15"},
		{"signed letter", "London, 12 March 1921.\nDear Sir,\nThe books came.\nI am, Sir, your obedient servant,\nJosiah P. Crane, clerk\n",
			"date=1921-03-12@8-21 creator=Josiah P. Crane@83-98"},
		{"a sentence is no sign-off", "12 March 1921\nDear Sir,\nWe thank you for your sincerely meant words.\nThe Boxes came\n", "date=1921-03-12@0-13"},
		{"no such day", "某某公告\n2015-02-30\n发布日期: 2015年13月1日", "title=某某公告@0-4"},
		{"date of repeal", "某某规定\n废止日期：2015-11-22 文号：某发〔2015〕3号\n", "title=某某规定@0-4 identifier=某发〔2015〕3号@24-34"},
		{"a lunar day is not read", "某某公告\n二〇一五年十月初三\n", "title=某某公告@0-4"},
		{"sources in a sentence", "据来源:某人说\n" + long, "title=据来源:某人说@0-7"},
		{"host on a line", "某某公告\nwww.example.gov.cn\n", "title=某某公告@0-4 source=www.example.gov.cn@5-23"},
		{"repeated at the end", "某某公告\n来源: 某局\n22.11.2015 13:35\n" + strings.Repeat(long+"\n", 12) + "22.11.2015 13:35\n来源: 某局\n",
			"title=某某公告@0-4 creator=某局@9-11 date=2015-11-22,13:35@12-28"},
		{"labels only at the end", "某某公告\n" + strings.Repeat(long+"\n", 12) + "来源: 某局\n", "title=某某公告@0-4 creator=某局@3381-3383"},
		{"versions, sums, numbers", "release 1.22.11.2015 of 2015-11-22-33\nsum 20151399\n" + long, ""},
		{"emoji count as one", "😀 某某公告\n2015-11-22\n", "title=😀 某某公告@0-6 date=2015-11-22@7-17"},
	} {
		got := told(propose(c.text, headings{}))
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestProposeOfPages(t *testing.T) {
	menu := strings.Repeat("栏目\n", 40)
	for _, c := range []struct {
		name, text, want string
		heads            headings
	}{
		{"title with the site behind it", menu + "某局召开会议\n2015-11-22 13:35\n", "title=某局召开会议@120-126 date=2015-11-22,13:35@127-143",
			headings{title: "某局召开会议_要闻_某市政府网", h1: "某市政府网"}},
		{"h1 where the title is not in the text", menu + "某局召开会议\n", "title=某局召开会议@120-126", headings{title: "无标题文档", h1: "某局召开会议"}},
		{"neither", menu, "", headings{title: "无标题文档"}},
		{"in a line, not as one", "他说某局召开会议了\n", "", headings{title: "某局召开会议"}},
	} {
		if got := told(propose(c.text, c.heads)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestFindDates(t *testing.T) {
	for line, want := range map[string]string{
		"2015年11月22日":       "2015-11-22",
		"2015 年 1 月 2 日":    "2015-01-02",
		"二○一五年十一月十六日":       "2015-11-16",
		"二零零九年九月九日":         "2009-09-09",
		"一九四九年十月":           "1949-10",
		"二〇一五年元月三十一日":       "2015-01-31",
		"2015/11/22":        "2015-11-22",
		"2015.11.22":        "2015-11-22",
		"22.11.2015":        "2015-11-22",
		"11/22/2015":        "2015-11-22",
		"19990909":          "1999-09-09",
		"3rd of May 1888":   "1888-05-03",
		"Sept. 3, 1914":     "1914-09-03",
		"March 1921":        "1921-03",
		"11月16日":            "",
		"2015-02-29":        "",
		"2016-02-29":        "2016-02-29",
		"12015-11-22":       "",
		"民国三十四年八月十五日":       "1945-08-15",
		"中華民國二十三年五月六日":      "1934-05-06",
		"民国元年":              "1912",
		"民国34年8月15日":        "1945-08-15",
		"民国卅四年八月":           "1945-08",
		"民国二十年十月初三":         "1931",
		"民国二十年正月":           "1931",
		"民国二十年二月三十日":        "",
		"Oct. 7th, 1904":    "1904-10-07",
		"二〇一五年廿月":           "",
		"电话 2015-1122":      "",
		"2015-11-222":       "",
		"99.99.1999":        "",
		"May he come, 1921": "",
	} {
		got := ""
		if hits := findDates(line); len(hits) > 0 {
			got = strings.Join(hits[0].values, "|")
		}
		if got != want {
			t.Errorf("%q reads as %q, want %q", line, got, want)
		}
	}
}

// TestEvents: the day of what a text tells of, and how its year was inferred.
func TestEvents(t *testing.T) {
	for body, want := range map[string]string{
		"11月16日，市局召开会议。":             "2016-11-16,2016 = 2017 − 1 ← 2017-01-05",
		"1月3日至4日，市局召开会议。":            "2017-01-03/2017-01-04,2017 ← 2017-01-05",
		"12月30日至1月2日，市局举办展览。":        "2016-12-30/2017-01-02,2016 = 2017 − 1 ← 2017-01-05",
		"定于1月8日召开会议。":                "2017-01-08,2017 ← 2017-01-05",
		"2015年11月16日，市局召开会议。":        "2015-11-16",
		"一九五八年十月三日，县里召开会议。":          "1958-10-03",
		"一月三日，县里召开会议。":               "2017-01-03,2017 ← 2017-01-05",
		"会议于1月3日召开。":                 "2017-01-03,2017 ← 2017-01-05",
		"请于1月30日前组织报送。":              "",
		"《办法》自2017年2月1日起施行，由市局组织实施。": "",
		"昨日，市局召开会议。去年11月16日的会议没有召开。": "",
		"2月30日，市局召开会议。":              "",
		"截至1月3日，共有三十人。":              "",
		"农历正月十五日，村里举办灯会。":            "",
		"前三句。没有。日子。第四句。1月3日，市局召开会议。": "",
	} {
		got := ""
		text := "市局的消息\n2017-01-05\n" + body + "\n"
		ps := propose(text, headings{})
		checkEvidence(t, body, text, ps)
		for _, p := range ps {
			if p.Field == eventField {
				got = strings.TrimSuffix(p.Value+","+p.Detail, ",")
			}
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", body, got, want)
		}
	}
}
