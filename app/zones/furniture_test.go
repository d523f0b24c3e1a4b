package zones

import (
	"strings"
	"testing"
)

// marked are texts whose furniture is the lines that begin with a letter and ¦: L label, B button, F frame, R repeat, S
// stray. The others are the document's.
var marked = []struct{ name, text string }{
	{"the shape of the seed", `市档案局组织观摩
L¦3.11.2016 09:20
L¦本文来源: 档案局
L¦来源: www.example.gov.cn
为进一步提高管理水平。11月1日,市档案局组织各县观摩了三个乡镇档案室,听取了介绍。
与会人员认为,这次观摩开阔了眼界,对今后的工作很有帮助。
R¦本文来源: 档案局
R¦3.11.2016 09:20
S¦动
S¦态
全市档案工作会议召开`},
	{"sentences that begin like furniture", `来源说明书已收到。
打印机已购买。
关闭窗口以后，请把窗帘也拉上。
首页的照片由王强拍摄，请注明作者。
来源：经过调查，这批档案出自县衙旧库，后来辗转入藏本馆。
时间过得很快，转眼已经是第三个年头了。
日期：写在信封背面的那个日期，并不可靠。
版权所有者的继承人已经同意公布这些信件。
发布时间未定。
当前位置不明的档案共有十二卷，已列入清单。
分享到的经验很多。`},
	{"English sentences", `Source: the minutes say that the board never met in that year, and the chairman wrote so himself to his brother.
Home is where the papers are.
Print shops were few in the county before the railway came.
Share and share alike, the will says.
Copyright lies with the heirs, who have given leave to print.`},
	{"several labels on a line", `国际档案日
L¦作者:来源:国家档案局官网 阅读次数:日期:2018年10月01日
六月九日是国际档案日，各地举办了丰富多彩的活动，反响热烈。`},
	{"a date before the label", `太空中的饮食
L¦2017-03-10 09:58  来源： 某某科学
宇航员在太空中的饮食与地面不同，需要特殊的包装和加热方法。
L¦[责任编辑:肖某]`},
	{"font and time", `查档指南
L¦字体:打印
L¦发布时间: 2022-06-28 信息来源:某市档案馆门户网站 浏览次数: -
查档需携带有效身份证件，并填写查阅登记表，由工作人员核对。
B¦【打印本页】 【关闭窗口】`},
	{"head and foot of a site", `F¦当前位置：首页 > 工作动态
我馆举办国际档案日活动
L¦发布时间：2017-06-09 来源：办公室 浏览次数：120
六月九日，我馆举办了国际档案日宣传活动，吸引了许多市民前来参观。
L¦责任编辑：李芳
L¦上一篇：我馆召开年度总结会
L¦下一篇：查档大厅何时搬迁？
F¦主办单位：某某市档案馆
F¦版权所有 某某市档案馆 某ICP备12345678号
F¦某公网安备 11010102000001号
F¦网站标识码：1101000001`},
	{"a body that is called what a label is called", `老照片展览公告
时间：6月9日至6月30日
地点：市档案馆一楼展厅
主办单位：市档案馆
承办单位：市摄影家协会
展览免费开放，欢迎市民携带家中的老照片前来扫描。`},
	{"the date of a signature is the document's", `关于闭馆的公告
本馆于十月一日至七日闭馆，八日起恢复正常，特此公告。
某某市档案馆
2015年9月28日
L¦责任编辑：李芳`},
	{"a signature that is also the head", `某某市档案馆
L¦发布时间：2015-09-28
因设备维护，本馆暂停服务，恢复时间另行通知，敬请谅解。
某某市档案馆
2015年9月28日`},
	{"a short line near both ends", `R¦某某档案信息网
L¦发布时间：2019-01-02 09:00
我馆完成年度移交接收任务情况通报
截至十二月底，我馆共接收档案一千二百卷，全部完成了著录。
下一步将开展数字化工作，计划用两年时间完成全部扫描。
R¦某某档案信息网
B¦返回顶部
F¦Copyright © 2019 某某市档案馆`},
	{"pager", `查档须知
查档须携带证件，复制须经批准，未开放的档案须经同意。
B¦首页 上一页 1 2 3 下一页 尾页`},
	{"traditional characters", `地方志特展開幕
L¦發布日期：2019-05-01
L¦點閱次數：33
特展自五月一日起展出三個月，歡迎各界踴躍參觀，並不收費。
B¦友善列印 回上一頁`},
	{"English page", `F¦Home > News > 2014
Roof of the record office mended
L¦Posted on: 4 May 2014
The roof of the record office has been mended, and the maps will be back upstairs by the end of June.
B¦Back to top
F¦Copyright © 2014 Wexley Record Office. All rights reserved.`},
	{"one code point a line in the document", `竖排标题
档
案
馆
这是一份竖排的题名，每行一个字，并不是网页的残余部分。
甲
乙`},
	{"a source below a table in the middle", `工业普查简报
普查工作于去年十二月完成，现将主要数据公布如下。
普查由县统计局牵头，各乡镇配合，历时三个月完成全部登记。
普查员共二百余名，均经过培训，考核合格以后方可上岗。
普查表分为甲乙两种，甲表由企业填写，乙表由村委会填写。
普查质量经过抽查，差错率在允许的范围以内，可以使用。
普查资料全部移交档案馆，由档案馆统一保管和提供利用。
下面是各乡镇的企业数，其中不含个体工商户和农户。
来源：县统计局
从中可以看出，乡镇企业数量已经超过县城，这是新的变化。
县城企业以商业为主，乡镇企业以加工业为主，各有特点。
县城企业规模较大，乡镇企业规模较小，差距正在缩小。
县城企业用工稳定，乡镇企业用工随农时变化，波动较大。
县城企业多为集体所有，乡镇企业多为合伙，形式不一。
县城企业税收占六成，乡镇企业税收占四成，比例合理。
县城企业的设备较新，乡镇企业的设备较旧，需要更新。
县城企业的产品销往外地，乡镇企业的产品就地销售。
以上数据以年鉴为准，如有出入以统计局公布的为准。`},
	{"labels in the middle of a long text", `剪报
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
古桥修缮完工
L¦来源：某某晚报
L¦2014-05-09
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
这是报上的一段正文，说的是城里的一件旧事，与前后各篇都没有关系。
完`},
	{"a signature behind an editor", `某某市档案馆
因设备维护，本馆暂停服务，恢复时间另行通知，敬请谅解。
L¦责任编辑：李芳
某某市档案馆
2015年9月28日`},
	{"strays between the labels of a head", `查档指南
L¦来源：办公室
S¦动
S¦态
L¦发布时间：2015-09-28
查档需携带有效身份证件，并填写查阅登记表，由工作人员核对。`},
	{"a title that is repeated", `查档指南
L¦发布时间：2015-09-28
查档需携带有效身份证件，并填写查阅登记表，由工作人员核对。
R¦查档指南
B¦返回顶部`},
	{"a label before a long sentence without an end", `县衙旧档
来源：这批档案先后由县衙、县公署、县政府保存，抗战时期转移到山里，一九四六年运回县城，后来又经过两次搬迁，最后才进入本馆，其间散失了不少
正文从略，详见目录。`},
	{"a body that begins and ends like furniture", `老照片展览公告
L¦发布时间：2015-06-01
时间：6月9日至6月30日
地点：市档案馆一楼展厅
展览免费开放，欢迎市民携带家中的老照片前来扫描。
地址：某某路1号
联系电话：123456
B¦【打印本页】`},
	{"an address in a foot", `查档须知
查档须携带证件，复制须经批准，未开放的档案须经同意。
F¦地址：某某路1号
F¦联系电话：123456
F¦某ICP备12345678号`},
	{"a title page", `档案工作手册
某某出版社
2015年11月
本书供基层档案工作者使用，分为收集、整理、保管、利用四编。`},
	{"a list", `移交清单
1
2
3
来源不明的档案两卷。`},
}

func TestFurniture(t *testing.T) {
	letters := map[string]Kind{"L": Label, "B": Button, "F": Frame, "R": Repeat, "S": Stray}
	for _, tt := range marked {
		t.Run(tt.name, func(t *testing.T) {
			var lines []string
			var want []string
			for _, l := range strings.Split(tt.text, "\n") {
				if kind, words, ok := strings.Cut(l, "¦"); ok {
					want = append(want, string(letters[kind])+" "+words)
					l = words
				}
				lines = append(lines, l)
			}
			text := strings.Join(lines, "\n")
			var got []string
			for _, z := range Furniture(text) {
				got = append(got, string(z.Kind)+" "+string([]rune(text)[z.Start:z.End]))
			}
			if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]bool{
		"22.11.2015 13:35": true, "2015-11-22": true, "2015年11月22日": true, "二〇一五年十一月二十二日": true, "2015/11/22 09:00:01": true,
		"20151122 0900": true, "4 May 2014": true, "May 4, 2014": true, "(2015-11-22)": true, "11月22日": true, "2015年11月22日 星期日 上午9时": true,
		"２０１５年１１月２２日": true, "Sunday, 22 November 2015": true, "2014-05-09T10:00:00Z": true,
		"2015": false, "12:30": false, "010-12345678": false, "1.2.3": false, "2015年报告": false, "二十二": false, "May you live": false, "": false,
		"3-4": false, "2015年11月22日召开": false, "一月": false, "日月潭": false, "123.456": false,
	} {
		if got := isDate(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestNumberedLines(t *testing.T) {
	for text, want := range map[string]bool{
		"一、总体要求": true, "（一）时间": true, "1. 范围": true, "第三章 保管": true, "第 3 条 保管": true, "表1 企业数": true, "Chapter 4": true, "## 1.2 Scope": true, "图 3": true,
		"第三次会议纪要": false, "一是强化责任": false, "图书馆公告": false, "表彰先进": false, "2015年工作要点": false, "Chapters of a life": false, "": false,
	} {
		if got := isNumbered(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestPageCounts(t *testing.T) {
	for text, want := range map[string][2]int{
		"Page 1 of 3": {1, 3}, "Annual report - page 2 of 3": {2, 3}, "第1页 共2页": {1, 2}, "共 12 页 第 3 页": {3, 12}, "- Page 3 of 3 -": {3, 3},
		"Page 4 of 3": {}, "Page one of three": {}, "Page 1 of 3 is missing": {}, "第1页": {}, "第一页 共二页": {}, "共2页 第3页": {}, "第1章 共2页": {},
	} {
		if no, of := pageCount(text); no != want[0] || of != want[1] {
			t.Errorf("%q: got %d of %d, want %v", text, no, of, want)
		}
	}
}
