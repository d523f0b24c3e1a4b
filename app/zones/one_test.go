package zones

import (
	"slices"
	"testing"
)

// A single is a text of one document. It may not be cut; where low is set, a split that is doubtful is let pass.
type single struct {
	name string
	low  bool
	text string
}

var papers = []single{
	{"empty", false, ""},
	{"one line", false, "来源说明书已收到。"},
	{"blank lines", false, "\n\n \n\t\n"},
	{"minutes with numbered headings", false, `档案库房搬迁工作会议纪要
时间：2016年3月8日上午9时
地点：二楼会议室
主持人：周明
记录：吴敏
会议听取了库房搬迁准备情况的汇报，研究了有关问题。
一、关于搬迁时间
会议决定，搬迁在三月底以前完成，期间暂停查阅。
二、关于安全
时间：搬迁期间每日两次检查。
地点：新旧库房都要检查到位，并做好记录。
三、关于经费
所需经费由办公室统一安排，不足部分另行报告。
会议要求各科室密切配合。`},
	{"report with chapters", false, `县档案馆年度工作报告
第一章 概况
本馆现有馆藏三万余卷，全部完成了编目工作，并对外开放。
第二章 接收
全年接收进馆档案一千二百卷，其中文书档案占八成以上。
来源：各乡镇和县直机关
第三章 利用
全年接待查阅者九百余人次，满意率保持在较高水平。
附则
本报告由办公室负责解释。`},
	{"report with sources below its tables", false, `工业普查简报
普查工作于去年十二月完成，现将主要数据公布如下。
表1 企业数
县城	120
乡镇	340
来源：县统计局
从表中可以看出，乡镇企业数量已经超过县城，这是一个新的变化。
表2 产值
县城	5600
乡镇	7800
来源：县统计局
时间：2015年
从产值看，乡镇企业的比重同样较大，应当引起重视。
以上数据以年鉴为准。`},
	{"poem", false, `渡口

船来了
船走了
雾还在水上

船来了
船走了
灯还在岸上

渡口`},
	{"poem with a refrain at both ends", false, `归来
归来吧，远行的人
风吹过山岗，吹过麦田，也吹过你走时的那条小路。
灯还亮着，茶还热着，门一直没有关上。
归来吧，远行的人
雪落在屋顶，落在井台，落在你小时候的秋千上。
归来吧，远行的人`},
	{"official document with its attachment", false, `某某县人民政府文件
某政发〔2015〕3号
某某县人民政府关于加强档案工作的通知
各乡镇人民政府，县直各部门：
为加强全县档案工作，经研究，现就有关事项通知如下，请认真贯彻执行。
附件：1.档案移交清单
2.移交办法
某某县人民政府
2015年3月2日
附件1
档案移交清单
全宗号  案卷号  件数
001  12  33
附件2
移交办法
第一条 为规范移交工作，制定本办法，适用于全县各单位。
第二条 移交工作由办公室负责组织实施，各单位予以配合。`},
	{"a document that forwards another, attached", true, `某某市档案局文件
某档发〔2016〕12号
关于转发档案安全检查办法的通知
各县档案局：
省局制定的办法已经下发，请结合实际认真贯彻执行，不得走样。
某某市档案局
2016年5月4日
附件：
某某省档案局文件
某省档发〔2016〕7号
关于印发档案安全检查办法的通知
各市档案局：
为确保档案安全，省局制定了档案安全检查办法，现予印发，请遵照执行。`},
	{"numbers of documents that are cited", false, `档案行政处罚依据
本局实施行政处罚的依据如下，每年清理一次并向社会公布。
国办发〔2014〕5号
国发〔2015〕3号
某政发〔2015〕18号
上述文件由法规科保管，需要时可以查阅，并应当登记。
某政办发〔2016〕2号
另行公布。`},
	{"a list of papers with their numbers", false, `发文目录
今年以来，本局印发的主要文件如下，供各单位查阅参考。
关于开展检查的通知
某档发〔2015〕3号
关于检查情况的通报
某档发〔2015〕9号
关于做好移交工作的意见
某档发〔2015〕12号`},
	{"tables", false, `姓名	职务	任职时间
张平	馆长	2011-03-01
李芳	副馆长	2012-06-01

全宗号	名称	起止
001	县委办	1949-1998
002	县府办	1950-2001

序号	题名	日期
1	关于春耕的通知	1956-03-02
2	关于水利的报告	1957-08-11`},
	{"record cards of one series", false, `干部登记表
姓名：张平
性别：男
籍贯：某某县
干部登记表
姓名：李芳
性别：女
籍贯：某某市
干部登记表
姓名：王强
性别：男
籍贯：某某县`},
	{"page of a site with its head and foot", false, `当前位置：首页 > 工作动态
我馆举办国际档案日活动
发布时间：2017-06-09 来源：办公室 浏览次数：120
六月九日，我馆举办了国际档案日宣传活动，吸引了许多市民前来参观。
活动现场展出了一批珍贵的老照片，并提供咨询服务。
来源：办公室
责任编辑：李芳
【打印本页】 【关闭窗口】
上一篇：我馆召开年度总结会
下一篇：查档大厅搬迁公告
主办单位：某某市档案馆
版权所有 某某市档案馆 某ICP备12345678号`},
	{"page with related headlines", false, `我馆征集到一批老地契
来源：征集科
2018-04-11
近日，我馆从民间征集到一批清代地契，填补了馆藏空白。
这批地契保存完好，具有较高的研究价值，将于年内整理上架。
来源：征集科
相关阅读：
地契里的百年乡村
老地图中的县城变迁
一张粮票的故事`},
	{"questions and answers", false, `专访老馆长
记者：您是哪一年来到档案馆工作的？当时的条件怎么样？
答：一九六二年。那时候只有两间平房，夏天漏雨，冬天结冰。
记者：最难忘的是什么？
答：是抢救那批水淹的档案，我们晾了整整一个月才晾干。
记者：谢谢您。
答：不客气。`},
	{"a licence", false, `The seed list
The words of this list were put together from the registers of the parish by hand, and have been checked twice.
Copyright (C) 1989 The Record Office.
This list is free
You can give it on and change it, as long as you say so and name the office, and nobody has to ask before doing that.`},
	{"pages of one report, counted", false, "Annual report\nThe archive was open on 240 days and was used by 1,310 readers in the reading room.\nPage 1 of 3\n\fReaders came from eleven countries, most of them to read the registers of the parish.\nPage 2 of 3\n\fThe roof was mended in the autumn, so that the maps could be brought back upstairs.\nPage 3 of 3\n"},
	{"chapters on new pages", true, "The Mill Papers\nThe papers of the mill were given to the archive in 1931 and listed in the years after that.\n\fChapter 2\nThe family sold the mill to the town, which let it fall into ruin until the war had ended.\n\fThe Later Years\nNothing is known of the years after the fire but what two letters say about the insurance.\n"},
	{"running head on each page", false, "某某县志稿\n本县位于两省交界，历史悠久，物产丰富，自古以来为交通要道。\n\f某某县志稿\n民国初年，县城设有邮局、学堂和医院，商业颇为繁盛。\n\f某某县志稿\n建国后，县城面貌发生了很大变化，人口增加了三倍。\n"},
	{"law", false, `中华人民共和国某某法
（1987年9月5日通过）
目录
第一章 总则
第二章 保管
第一章 总则
第一条 为了加强对档案的管理和收集、整理工作，制定本法。
第二条 本法所称的档案，是指过去和现在直接形成的历史记录。
第二章 保管
第三条 一切国家机构都有保护档案的义务，不得擅自销毁。`},
	{"news of several days in one bulletin", false, `工作简报
一、县局召开会议
3月2日，县局召开档案工作会议，总结了去年的工作。
二、市馆举办展览
3月5日，市馆举办老照片展览，展出照片二百余幅。
三、乡镇开展培训
3月9日，各乡镇开展了档案员培训，一百余人参加。`},
	{"diary", false, `日记
1943年5月1日
晴。上午到镇上买米，米价又涨了，回来时遇见老周，谈了很久。
1943年5月2日
阴。在家整理书籍，虫蛀的有十几本，可惜了，都是父亲留下的。
1943年5月3日
雨。终日不出。`},
	{"notice with a signature and a date", false, `关于查档大厅暂停服务的公告
因设备维护，查档大厅于11月16日暂停服务一天，敬请谅解。
特此公告。
某某市档案馆
2015年11月13日`},
	{"bibliography", false, `馆藏方志目录
A History of the County
Author: J. Marsh
Date: 1884
The first history of the county, in two volumes, with engravings of churches and a map that folds out.
The Registers of Wexley
Author: A. Stone
Date: 1902
The registers were printed for subscribers, and the third volume was never bound, as the printer had died.`},
	{"speech with thanks at the end", false, `Speech at the opening of the new stacks
Ladies and gentlemen, we have waited for eleven years for this door to open, and now it has opened at last.
Source after source was at risk in the old cellar, and it is to our volunteers that we owe what is left of them.
Published: that is what these papers should be, and in the next years they will.
Thank you.`},
	{"Markdown with sections", false, `# Handbook of the reading room

Readers sign the book by the door and leave their bags in the lockers that stand in the hall.

## Opening hours

The room is open from Tuesday to Friday. On the last Friday of a month it closes at noon.

## Copies

Copies are made by the staff. Please fill in a slip for each item, and write the reference code in full.`},
	{"a bulletin of items with their sources", true, `每日要闻
本期要闻由信息科从各报摘录，供有关领导参阅，阅后不必退回。
县城旧影展出
来源：某某晚报
2014-05-01
五月一日，县城旧影展在文化馆开幕，展出老照片二百余幅。
古桥修缮完工
来源：某某晚报
2014-05-09
历时半年，城南古桥修缮工程完工，恢复了清代的原貌。`},
	{"a document that forwards another", true, `某某市档案局文件
某档发〔2016〕12号
关于转发档案安全检查办法的通知
各县档案局：
现将省局制定的办法转发给你们，请结合实际认真贯彻执行。
某某市档案局
2016年5月4日
某某省档案局文件
某省档发〔2016〕7号
关于印发档案安全检查办法的通知
各市档案局：
为确保档案安全，省局制定了档案安全检查办法，现予印发，请遵照执行。`},
	{"a head on every printed page", true, `市档案局组织观摩
本文来源: 档案局
3.11.2016 09:20
为进一步提高管理水平。11月1日,市档案局组织各县观摩了三个乡镇档案室,听取了介绍。
本文来源: 档案局
3.11.2016 09:20
观摩的第一站
城关镇档案室建于上世纪八十年代,库房整洁,目录齐全,受到了大家的好评。
本文来源: 档案局
3.11.2016 09:20
观摩的第二站
河口镇档案室刚刚搬进新楼,设备先进,已经开始了数字化,给大家留下了印象。
本文来源: 档案局
3.11.2016 09:20
观摩的第三站
北山镇档案室条件较差,但是管理规范,制度健全,同样值得各县学习和借鉴。`},
	{"a contract with schedules", false, `Agreement
This agreement is made between the county and the college on the deposit of records, and both parties have signed it.
1. The college keeps the records.
2. The county pays for the boxes, as long as the records stay where they are.
Date: 4 May 1999
Place: Wexley
Schedule A
The registers of the parish, in eleven volumes, of which the third is bound together with the fourth volume.
Schedule B
The maps, in one chest, of which no copies may be made before the end of the year in which they were deposited.`},
	{"a play", false, `第二幕
时间：黄昏
地点：渡口
老人：船怎么还不来？天都要黑了，娃娃还在对岸等着呢。
少年：快了，快了，我听见桨声了，您再等一等。
第三幕
时间：清晨
地点：渡口
老人：你看，雾散了，船就在那里，一直就在那里。
少年：是啊，我们昨晚怎么没有看见呢？`},
	{"buttons in a list of words", false, `软件术语
下列词语在界面中使用，翻译时应当统一，不得随意更改。
打开
关闭
打印
返回
以上词语由技术科确定，如有疑问请与技术科联系。`},
}

func singles() []single { return slices.Concat(papers, correspondence) }

func TestOneDocumentIsNotSplit(t *testing.T) {
	for _, tt := range singles() {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range Splits(tt.text, nil) {
				if s.Confidence >= Doubtful || !tt.low {
					t.Errorf("split at %d (%q): %+v", s.At, firstLine(string([]rune(tt.text)[s.At:])), s)
				}
			}
		})
	}
	if n := len(singles()); n < 25 {
		t.Errorf("only %d texts", n)
	}
}
