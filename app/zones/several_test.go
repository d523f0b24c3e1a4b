package zones

import (
	"slices"
	"strings"
	"testing"
)

// severals are texts of two or more documents each. Another begins at each §, which is not part of the text; what stands
// between { and } is damaged. Where low is set, the split may be doubtful.
var severals = []struct {
	name, rule string
	low        bool
	text       string
}{
	{"the shape of the seed", "closing.tail", false, `市档案局组织观摩
3.11.2016 09:20
本文来源: 档案局
来源: www.example.gov.cn
为进一步提高管理水平。11月1日,市档案局组织各县观摩了三个乡镇档案室,听取了介绍。
与会人员认为,这次观摩开阔了眼界,对今后的工作很有帮助。
本文来源: 档案局
3.11.2016 09:20
动
态
§{鎶婃。妗堝伐浣}
{涓烘繁鍏ヨ疮褰}审计局
全市审计机关档案工作会议
5月6日,审计局`},
	{"a tail that begins well", "closing.tail", false, `市档案局组织观摩
本文来源: 档案局
3.11.2016 09:20
为进一步提高管理水平。11月1日,市档案局组织各县观摩了三个乡镇档案室,听取了介绍。
本文来源: 档案局
3.11.2016 09:20
§全市审计机关档案工作会议
{鎶婃。妗堝伐浣}`},
	{"a tail of headlines", "closing.tail", true, `市档案局组织观摩
本文来源: 档案局
3.11.2016 09:20
为进一步提高管理水平。11月1日,市档案局组织各县观摩了三个乡镇档案室,听取了介绍。
本文来源: 档案局
3.11.2016 09:20
§全市审计机关档案工作会议召开
审计局部署年度工作`},
	{"a tail with the foot of its page", "closing.tail", false, `市档案局组织观摩
本文来源: 档案局
3.11.2016 09:20
为进一步提高管理水平。11月1日,市档案局组织各县观摩了三个乡镇档案室,听取了介绍。
本文来源: 档案局
3.11.2016 09:20
§{鎶婃。妗堝伐浣}
全市审计机关档案工作会议
Copyright © 2014 Wexley Record Office. All rights reserved.`},
	{"two pages of a site", "title.labels", false, `我馆举办国际档案日活动
发布时间：2017-06-09 来源：办公室
六月九日，我馆举办了国际档案日宣传活动，吸引了许多市民前来参观。
打印本页 关闭窗口
§我馆征集到一批老地契
发布时间：2017-06-12 来源：征集科
近日，我馆从民间征集到一批清代地契，填补了馆藏空白。
打印本页 关闭窗口`},
	{"three clippings", "title.labels", false, `县城旧影展出
来源：某某晚报
2014-05-01
五月一日，县城旧影展在文化馆开幕，展出老照片二百余幅。
§古桥修缮完工
来源：某某晚报
2014-05-09
历时半年，城南古桥修缮工程完工，恢复了清代的原貌。
§老人捐出一箱书信
来源：某某晚报
2014-05-20
九旬老人将珍藏的一箱书信捐给了档案馆，其中有抗战时期的家书。`},
	{"with breadcrumbs", "title.labels", false, `首页 > 新闻 > 2014
古桥修缮完工
发布日期：2014-05-09 点击：20
历时半年，城南古桥修缮工程完工，恢复了清代的原貌。
版权所有 某某县档案馆 某ICP备12345678号
§首页 > 新闻 > 2015
老人捐出一箱书信
发布日期：2015-05-20 点击：9
九旬老人将珍藏的一箱书信捐给了档案馆，其中有抗战时期的家书。
版权所有 某某县档案馆 某ICP备12345678号`},
	{"two official documents", "number.masthead", false, `某某县人民政府文件
某政发〔2015〕3号
关于加强档案工作的通知
各乡镇人民政府：
为加强全县档案工作，经研究，现就有关事项通知如下，请认真贯彻执行。
某某县人民政府
2015年3月2日
抄送：县委办公室
§某某县人民政府文件
某政发〔2015〕4号
关于做好防汛工作的通知
各乡镇人民政府：
汛期将至，各地要做好防汛准备工作，落实各项措施，确保安全。
某某县人民政府
2015年4月2日`},
	{"official documents without a masthead", "number.line", false, `某某县档案局关于开展检查的通知
某档发〔2015〕3号
各乡镇：
为保证档案安全，县局决定开展一次检查，请各单位做好准备。
某某县档案局
2015年3月2日
§某某县档案局关于检查情况的通报
某档发〔2015〕9号
各乡镇：
检查已经结束，总体情况较好，但也存在一些问题，现予通报。
某某县档案局
2015年5月2日`},
	{"two minutes", "head.alike", false, `第一次馆务会议纪要
时间：2016年3月8日
地点：二楼会议室
会议听取了库房搬迁准备情况的汇报，研究了有关问题。
会议决定，搬迁在三月底以前完成，期间暂停查阅。
§年中馆务会议纪要
时间：2016年6月8日
地点：二楼会议室
会议总结了上半年工作，部署了下半年的主要任务和分工。`},
	{"two mails", "mail.head", false, `From: Ida Berg <ida@example.org>
To: Tom Reed <tom@example.org>
Date: Mon, 3 Feb 2014 10:11:00 +0000
Subject: the mill papers

Tom, that is fine with me. We can collect the boxes on Thursday, if the van is back from the workshop by then.

§From: Tom Reed <tom@example.org>
To: Ida Berg <ida@example.org>
Date: Fri, 7 Feb 2014 09:00:00 +0000
Subject: receipt

Thank you for the receipt. All eleven boxes are on it, and I have signed the copy that you wanted to have back.`},
	{"three mails in Chinese", "mail.head", false, `发件人: 李芳
收件人: 张平
主题: 移交清单
发送时间: 2015年3月2日

清单已核对，第三页有两处需要更正，请按附件修改后重新发来。

§发件人: 王强
收件人: 李芳
主题: 车辆安排
发送时间: 2015年3月5日

周五上午的车已经安排好了，八点半在北门装车，请提前到场。

§发件人: 李芳
收件人: 王强
主题: 装车情况
发送时间: 2015年3月8日

十二箱已经全部装车，清单随车，请收到后签字寄回一份存档。`},
	{"a mailbox", "mail.mailbox", false, `From ida@example.org Mon Feb  3 10:11:00 2014
From: Ida Berg <ida@example.org>
Date: Mon, 3 Feb 2014 10:11:00 +0000
Subject: the mill papers

Tom, that is fine with me. We can collect the boxes on Thursday, if the van is back from the workshop by then.

§From tom@example.org Fri Feb  7 09:00:00 2014
From: Tom Reed <tom@example.org>
Date: Fri, 7 Feb 2014 09:00:00 +0000
Subject: Re: the mill papers

Thank you for the receipt. All eleven boxes are on it, and I have signed the copy that you wanted to have back.`},
	{"mails with long heads", "mail.head", false, `Return-Path: <ida@example.org>
Delivered-To: tom@example.org
Received: from mail.example.org (mail.example.org [192.0.2.7]) by mx.example.org with ESMTP id n514QYA6099963. It is a long line.
	for <tom@example.org>; Mon, 3 Feb 2014 10:11:00 +0000 (GMT) and this goes on until it is longer than any title would ever be
X-Mailer: a mailer
Date: Mon, 3 Feb 2014 10:11:00 +0000
From: Ida Berg <ida@example.org>
Subject: the mill papers

Tom, that is fine with me. We can collect the boxes on Thursday, if the van is back from the workshop by then.

§Received: from mail.example.org (mail.example.org [192.0.2.7]) by mx.example.org with ESMTP id n514QYA6099964. It is a long line.
	for <ida@example.org>; Fri, 7 Feb 2014 09:00:00 +0000 (GMT)
Date: Fri, 7 Feb 2014 09:00:00 +0000
From: Tom Reed <tom@example.org>
Subject: receipt

Thank you for the receipt. All eleven boxes are on it, and I have signed the copy that you wanted to have back.`},
	{"two letters", "letter.address", false, `Wexley, 4 May 1931

Dear Mr Hale,

I write to ask for the return of the registers, which were lent to the office in March and have not come back.

Yours faithfully,
Thomas Oakes

§Wexley, 20 May 1931

Dear Mr Hale,

Thank you for sending the registers. One of them is damp, and I have put it by the stove where it can dry.

Yours faithfully,
Thomas Oakes`},
	{"two letters in Chinese", "letter.address", false, `尊敬的王馆长：
家父的书信原件现存我处，愿意捐赠贵馆，请告知办理手续。
此致
敬礼
陈国栋
2014年5月6日

§尊敬的陈先生：
来信收到。我馆非常感谢您的捐赠，将派专人前往办理接收手续。
此致
敬礼
王明
2014年5月12日`},
	{"counted pages with a head", "page.one", false, "Page 1 of 2\nThe archive was open on 240 days and was used by 1,310 readers in the reading room.\nPage 2 of 2\nThe roof was mended in the autumn, so that the maps could be brought back upstairs.\n§Page 1 of 1\nThe trustees met on the fourth of May and approved the accounts of the year before it.\n"},
	{"counted pages with a foot", "page.one", false, "查档情况报告\n全年接待查阅者九百余人次，满意率保持在较高水平，比去年有所增加。\n第1页 共2页\n\f复制档案三千余页，出具证明二百余份，没有发生差错。\n第2页 共2页\n§\f库房检查报告\n库房温度湿度符合要求，消防设备完好，没有发现虫霉。\n第1页 共1页\n"},
	{"behind the foot of a page", "closing.text", false, `市档案局组织观摩
本文来源: 档案局
3.11.2016 09:20
为进一步提高管理水平。11月1日,市档案局组织各县观摩了三个乡镇档案室,听取了介绍。
本文来源: 档案局
3.11.2016 09:20
§全市审计机关档案工作会议召开
5月6日,审计局召开全市审计机关档案工作会议,总结了去年的工作,部署了今年的任务。`},
}

// unmark takes the marks out of such a text: where others begin, and what is damaged.
func unmark(marked string) (text string, borders []int, damaged []Range) {
	var b strings.Builder
	at := 0
	for _, r := range marked {
		switch r {
		case '§':
			borders = append(borders, at)
		case '{':
			damaged = append(damaged, Range{at, at})
		case '}':
			damaged[len(damaged)-1].End = at
		default:
			b.WriteRune(r)
			at++
		}
	}
	return b.String(), borders, damaged
}

func TestSeveralDocumentsAreSplit(t *testing.T) {
	for _, tt := range severals {
		t.Run(tt.name, func(t *testing.T) {
			text, want, damaged := unmark(tt.text)
			var got []int
			for _, s := range Splits(text, damaged) {
				t.Logf("%+v", s)
				got = append(got, s.At)
				if s.Rule != tt.rule || (s.Confidence < Doubtful) != tt.low {
					t.Errorf("at %d: rule %s with %.2f, want %s, doubtful %v", s.At, s.Rule, s.Confidence, tt.rule, tt.low)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("split at %v, want %v", got, want)
			}
		})
	}
	if len(severals) < 15 {
		t.Errorf("only %d texts", len(severals))
	}
}
