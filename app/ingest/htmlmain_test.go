package ingest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

const (
	pageNav   = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li><li><a href="/b">办事服务</a></li></ul></div>`
	pageFoot  = `<div class="footer"><p>主办单位：临江市人民政府办公室　承办单位：临江市大数据中心</p><p>联系电话：0571-00000000</p></div>`
	pageProse = `<p>各县人民政府，市政府各部门、直属各单位：</p><p>为进一步加强全市档案管理工作，根据有关规定，结合我市实际，现将有关事项通知如下：</p>` +
		`<p>一、提高认识，<b>把档案工作</b>纳入年度目标管理，<br>做到同部署、同检查、同考核。</p><p>二、健全制度，完善归档、保管、利用、鉴定、销毁等各项制度，确保档案完整与安全。</p>`
	articleLines = "各县人民政府，市政府各部门、直属各单位：\n为进一步加强全市档案管理工作，根据有关规定，结合我市实际，现将有关事项通知如下：\n" +
		"一、提高认识，把档案工作纳入年度目标管理，\n做到同部署、同检查、同考核。\n二、健全制度，完善归档、保管、利用、鉴定、销毁等各项制度，确保档案完整与安全。"
	pageLabels = `<table class="head"><tr><td>索 引 号：</td><td>000014349/2021-00023</td><td>成文日期：</td><td>2021年03月04日</td></tr>` +
		`<tr><td>发文机关</td><td>临江市人民政府办公室</td><td>发文字号</td><td>临政办发〔2021〕12号</td></tr></table>`
	labelLines = "索 引 号：\t000014349/2021-00023\t成文日期：\t2021年03月04日\n发文机关\t临江市人民政府办公室\t发文字号\t临政办发〔2021〕12号\n"
)

func pageOf(title, body string) string {
	return "<html><head><title>" + title + "</title></head><body>" + pageNav + body + pageFoot + "</body></html>"
}

func TestMainTextOfPages(t *testing.T) {
	article := `<div class="content">` + pageProse + `</div>`
	for _, c := range []struct{ name, page, text string }{
		{"the article alone", pageOf("通知", article), articleLines},
		{"a title and labels above it", pageOf("加强档案工作的通知_临江市", `<div class="crumb">当前位置：<a href="/">首页</a> &gt; 文件</div>`+pageLabels+`<h1>加强档案工作的通知</h1><div>发布时间：2021-03-08 来源：市政府办公室</div><div class="tools">【打印】【关闭】</div>`+article),
			labelLines + "加强档案工作的通知\n发布时间：2021-03-08 来源：市政府办公室\n" + articleLines},
		{"a title that only a meta element knows", pageOf("临江市", `<meta name="ArticleTitle" content="加强档案工作的通知"><div>加强档案工作的通知</div>`+article), "加强档案工作的通知\n" + articleLines},
		{"the name of the section nearer than the title", pageOf("加强档案工作的通知_通知公告_临江市", `<h2>加强档案工作的通知</h2><div class="bar">通知公告</div>`+article), "加强档案工作的通知\n" + articleLines},
		{"labels below it", pageOf("通知", article+`<div class="a">作者：张三</div><div>上一篇：<a href="1">关于放假的通知</a></div><div>2021-05-05 <a href="2">另一篇</a></div>`), articleLines + "\n作者：张三"},
		{"a table in it", pageOf("通知", `<div class="content">`+pageProse+`<table><tr><th>讲次<th>题目<tr><td>一<td>城砖<tr><td>二<td>账簿</table></div>`), articleLines + "\n讲次\t题目\n一\t城砖\n二\t账簿"},
		{"pre", pageOf("通知", `<div class="content">`+pageProse+"<pre>\n甲  1\n乙  2</pre></div>"), articleLines + "\n甲  1\n乙  2"},
		{"what is hidden", pageOf("通知", `<div style="display: none">`+pageProse+`</div>`+article), articleLines},
		{"ends that are left out", "<title>通知</title><ul><li><a href=1>首页</a><li><a href=2>办事</a></ul><div class=content>" + strings.ReplaceAll(pageProse, "</p>", "") + "</div><div class=footer>主办：临江市", articleLines},
		{"upper case, font and center", "<CENTER><FONT SIZE=4>" + strings.ToUpper("<div class=content>"+pageProse+"</div>") + "</FONT></CENTER>" + pageFoot, articleLines},
	} {
		doc, err := Make([]byte(c.page), "a.html", "")
		if err != nil {
			t.Fatal(err)
		}
		if doc.Text != c.text || doc.Recipe.Extractor != "html-main" || doc.Recipe.Version != Version {
			t.Errorf("%s: by %s, %q\nwant %q", c.name, doc.Recipe.Extractor, doc.Text, c.text)
		}
		if full, _ := extractHTML(c.page, &Recipe{}); len(doc.Others) != 1 || doc.Others[0].Text != full || doc.Others[0].Recipe.Extractor != "html" {
			t.Errorf("%s: the other text is %+v, want all of the page", c.name, doc.Others)
		}
		checkDocument(t, doc)
	}
}

// TestPagesWithoutArticle: what cannot be told from the rest stays with it.
func TestPagesWithoutArticle(t *testing.T) {
	var list, thread, table strings.Builder
	for i := range 30 {
		fmt.Fprintf(&list, `<li><span>2021-03-%02d</span><a href="/%d.html">关于第%d批档案工作示范单位名单的公示公告</a></li>`, i+1, i, i)
		fmt.Fprintf(&table, "<tr><td>%d<td>%d<td>%d", 1949+i, 371*i, 190*i)
	}
	for i := range 6 {
		fmt.Fprintf(&thread, `<div class="post"><table><tr><td>用户%d<br>积分 31<td><div>发表于 2011-3-%d 15:20</div><div>粮仓是一九五三年建的，后来改成了供销社的仓库，九八年大水以后就拆掉了。</div></table></div>`, i, i+1)
	}
	deep := strings.Repeat("<div>", mostOpen+1) + pageProse
	for _, c := range []struct{ name, page string }{
		{"a list", pageOf("公示公告", `<h1>公示公告</h1><ul class="list">`+list.String()+`</ul>`)},
		{"a thread", pageOf("老照片", `<h1>老照片</h1>`+thread.String())},
		{"a table and nothing else", "<title>人口</title><h1>人口</h1><table>" + table.String() + "</table>"},
		{"two words", pageOf("停水", `<div class="content"><p>明日停水。</p></div>`)},
		{"a corner of the page", pageOf("通知", `<div class="content">`+pageProse+`</div>`+strings.Repeat(`<div class="sidebar comment">第一千零一夜的故事讲到这里就结束了</div>`, 60))},
		{"one paragraph is the page", "<p>" + strings.Repeat("公文处理工作，", 40)},
		{"too deep to choose in", deep},
		{"too much to choose in", "<body>" + strings.Repeat("<div><p>a, b</p>", 60) + strings.Repeat("<i class=a>x</i>", mostEffort/(60*33))},
		{"nothing but frames", "<frameset><noframes>" + pageProse + "</noframes></frameset>"},
	} {
		doc, err := Make([]byte(c.page), "a.html", "")
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		full, _ := extractHTML(c.page, &Recipe{})
		if doc.Text != full || doc.Recipe.Extractor != "html" || len(doc.Others) != 0 {
			t.Errorf("%s: by %s with %d other texts, %.300q\nwant all of the page, %.200q", c.name, doc.Recipe.Extractor, len(doc.Others), doc.Text, full)
		}
		tree := newPageTree()
		walkPage(c.page, tree)
		if tree.tooMuch != strings.HasPrefix(c.name, "too ") {
			t.Errorf("%s: too much to choose in is %v", c.name, tree.tooMuch)
		}
		checkDocument(t, doc)
	}
}

// TestUndecodedInMain: the places of both texts are known, each by its own recipe.
func TestUndecodedInMain(t *testing.T) {
	page := strings.Replace(pageOf("通\xFF知", `<div class="content">`+pageProse+`</div>`), "各县", "各\xFE县", 1)
	page = strings.Replace(page, "政务公开", "政务\xFD公开", 1)
	doc, err := Make([]byte(page), "a.html", "")
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, doc)
	ats := func(r Recipe) (out []int) {
		for _, u := range r.Undecoded {
			out = append(out, u.At)
		}
		return out
	}
	if doc.Recipe.Extractor != "html-main" || fmt.Sprint(ats(doc.Recipe)) != "[-1 -1 1]" || fmt.Sprint(ats(doc.Others[0].Recipe)) != "[-1 5 15]" {
		t.Errorf("%s: undecoded at %v, in all of the page at %v", doc.Recipe.Extractor, ats(doc.Recipe), ats(doc.Others[0].Recipe))
	}
}

// TestRecipeOfNoArticle: a recipe of an article does not fit bytes that have none.
func TestRecipeOfNoArticle(t *testing.T) {
	if _, err := Remake([]byte("<p>a"), Recipe{Decoder: "UTF-8", Extractor: "html-main", Version: Version}); err == nil || !strings.Contains(err.Error(), "not that of these bytes") {
		t.Errorf("got %v", err)
	}
	if _, err := Rebuild("a", Recipe{Decoder: "UTF-8", Extractor: "html-main", Version: Version}); err == nil || !strings.Contains(err.Error(), "html-main") {
		t.Errorf("got %v", err)
	}
}

// TestReadabilityIsAsRecorded pins the module that chooses. Where it is another one the same bytes may give another text:
// raise Version, so that recipes of before are known to be of before.
func TestReadabilityIsAsRecorded(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "codeberg.org/readeck/go-readability/v2 v2.1.3\n") {
		t.Errorf("go.mod has another version of readability than version %s of the rules was made with", Version)
	}
}
