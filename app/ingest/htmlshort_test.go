package ingest

import (
	"strings"
	"testing"
)

// Short notices in Chinese on pages that say nothing by class or id, as sites of 2000 to 2010 have them: readability's own
// measures are for English, ten times as long.

var shortNotices = map[string]string{
	"a meeting": "各科室：|经研究，定于3月8日召开全体干部会议。|时间：3月8日上午9时|地点：三楼会议室|议题：|一、传达全市档案工作会议精神；|二、部署上半年重点工作；|三、通报有关事项。|请准时参加，不得缺席。|办公室|2021年3月5日",
	"a death":   "我馆退休干部王某某同志，因病医治无效，于2020年1月3日逝世，享年八十六岁。|遵照本人遗愿，丧事从简，不举行告别仪式。|特此讣告。|临江市档案馆|2020年1月4日",
	"a poem":    "老码头|江水东流去|码头石阶长|当年挑夫影|今在旧时光|（作者系市一中退休教师）",
	"news":      "本报讯 昨日上午，市档案馆新馆举行开馆仪式，副市长李某某出席并讲话。|新馆位于滨江新区，总建筑面积一万二千平方米，设有档案库房、展厅、查阅大厅等。|开馆当天，三百余名市民参观了“百年临江”展览。（记者 张某）",
	"a post":    "因工作需要，我馆拟招聘临时工作人员2名，现公告如下：|一、条件：高中以上学历，年龄四十五周岁以下，身体健康，能熟练使用计算机。|二、待遇：每月2800元，缴纳社会保险。|三、报名：3月1日至10日，携身份证、学历证到办公室报名。|联系人：陈某　电话：0571-00000000",
}

// shortPages puts a notice on pages: its lines in every element that sites put them in, among menus and a list of others.
func shortPages(notice string) (pages []string, want string) {
	lines := strings.Split(notice, "|")
	const title, info = "关于有关事项的通知", "发布时间：2021-03-06　来源：办公室　点击数："
	side := `<div><h3>最新文章</h3><ul>` + strings.Repeat(`<li><a href="/n">市领导调研档案馆新馆建设</a><span>03-10</span></li>`, 6) + `</ul></div>`
	foot := `<div><p>版权所有：临江市档案局　地址：临江市中山路1号　邮编：310000</p><p>技术支持：临江市信息中心　建议使用1024×768分辨率浏览</p></div>`
	for _, in := range [][3]string{{"<p>", "</p><p>", "</p>"}, {"", "<br>　　", ""}, {"", "<br><br>　　", ""}, {"<div>", "</div><div>", "</div>"}, {"<p><span>", "</span></p><p><span>", "</span></p>"}} {
		art := in[0] + strings.Join(lines, in[1]) + in[2]
		pages = append(pages,
			`<title>`+title+`-临江市档案局</title>`+pageNav+`<div><div><h1>`+title+`</h1><div>`+info+`</div><div>`+art+`</div></div>`+side+`</div>`+foot,
			`<title>`+title+`</title><table><tr><td>`+pageNav+`</td></tr></table><table><tr><td>`+side+`</td><td><table><tr><td align=center><font size=5>`+title+
				`</font></td></tr><tr><td>`+info+`</td></tr><tr><td>`+art+`</td></tr></table></td></tr></table><table><tr><td>`+foot+`</td></tr></table>`,
			`<title>`+title+`</title>`+pageNav+`<h2>`+title+`</h2><div>`+info+`</div>`+art+side+foot)
	}
	return pages, strings.Join(append([]string{title, info}, lines...), "\n")
}

// TestShortNotices: a notice is found, and nothing else with it, on half of the pages and more, and nothing of it is lost.
func TestShortNotices(t *testing.T) {
	found, all := 0, 0
	for name, notice := range shortNotices {
		pages, want := shortPages(notice)
		for i, page := range pages {
			doc, err := Make([]byte(page), "a.html", "")
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(want, "\n") {
				if !strings.Contains(doc.Text, strings.TrimSpace(line)) {
					t.Errorf("%s, page %d: %q is not in its main text:\n%s", name, i, line, doc.Text)
					break
				}
			}
			if all++; wordF1(doc.Text, want) >= 0.95 {
				found++
			}
		}
	}
	t.Logf("found on %d of %d pages", found, all)
	if found*2 < all {
		t.Errorf("found on %d of %d pages", found, all)
	}
}
