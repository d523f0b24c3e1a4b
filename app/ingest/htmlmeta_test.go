package ingest

import (
	"fmt"
	"strings"
	"testing"
)

func TestStated(t *testing.T) {
	body := `<div class="content"><h1>加强档案工作的通知</h1><p>来源：市政府办公室 日期：2021年3月8日</p>` + pageProse + `</div>`
	const ld = `<script type="application/ld+json">`
	for _, c := range []struct{ name, head, want string }{
		{"nothing", "", ""},
		{"as government sites have it", `<meta name="SiteName" content="临江市人民政府"><meta name="ArticleTitle" content="加强档案工作的通知"><meta name="PubDate" content="2021-03-09 08:00">` +
			`<meta name="ContentSource" content="市档案局"><meta name="ColumnName" content="政策文件"><meta name="Keywords" content="档案工作;归档"><meta name="Url" content="http://www.linjiang.gov.cn/a/1.html"><meta name="Description" content="略">`,
			`dcterms:date 2021-03-09 -1 html.meta meta name="PubDate"|dcterms:source http://www.linjiang.gov.cn/a/1.html -1 html.meta meta name="Url"|` +
				`dcterms:publisher 临江市人民政府 -1 html.meta meta name="SiteName"|dcterms:creator 市档案局 -1 html.meta meta name="ContentSource"|` +
				`dcterms:relation 政策文件 -1 html.meta meta name="ColumnName"|dcterms:subject 档案工作 2 html.meta meta name="keywords"|dcterms:subject 归档 141 html.meta meta name="keywords"`},
		{"what the text says too", `<meta name="PubDate" content="2021-03-08"><meta name="ContentSource" content="市政府办公室"><meta property="og:title" content="加强档案工作的通知_临江市">`, ""},
		{"Open Graph", `<meta property="og:title" content="档案通知"><meta property="og:site_name" content="临江网"><meta property="article:published_time" content="2021-03-10T01:02:03+08:00"><meta property="og:type" content="article">`,
			`dcterms:date 2021-03-10 -1 html.meta meta property="article:published_time"|dcterms:title 档案通知 -1 html.meta meta property="og:title"|dcterms:publisher 临江网 -1 html.meta meta property="og:site_name"`},
		{"Dublin Core and Highwire", `<meta name="DC.title" content="On  Archives"><meta name="dcterms:creator" content="Li&amp;amp;Co"><meta name="citation_publication_date" content="2010/5"><meta name="citation_doi" content="10.1000/1"><meta name="DC.date" content="1999">`,
			`dcterms:identifier 10.1000/1 -1 html.meta meta name="citation_doi"|dcterms:title On Archives -1 html.meta meta name="DC.title"|dcterms:creator Li&Co -1 html.meta meta name="dcterms:creator"|` +
				`dcterms:date 2010-05 -1 html.meta meta name="citation_publication_date"|dcterms:date 1999 -1 html.meta meta name="DC.date"`},
		{"keywords for search engines", `<meta name="keywords" content="档案工作">`, ""},
		{"nobody and nowhere", `<meta name="author" content="admin"><meta name="author" content="https://example.com/u/1"><meta name="Url" content="/a/1.html"><meta name="PubDate" content="yesterday"><meta name="ArticleTitle" content=" - "><meta name="author">`, ""},
		{"canonical, and the same by another scheme", `<link rel="canonical" href="https://www.example.com/a/"><meta property="og:url" content="http://www.example.com/a">`, `dcterms:source https://www.example.com/a/ -1 html.meta link rel="canonical"`},
		{"JSON-LD", ld + `{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"档案新闻","datePublished":"2021-03-11","author":[{"name":"张三"},{"name":"李四"}],"publisher":{"name":"临江报"}}]}</script>`,
			`dcterms:title 档案新闻 -1 html.jsonld JSON-LD headline|dcterms:date 2021-03-11 -1 html.jsonld JSON-LD datePublished|dcterms:creator 张三 -1 html.jsonld JSON-LD author|` +
				`dcterms:creator 李四 -1 html.jsonld JSON-LD author|dcterms:publisher 临江报 -1 html.jsonld JSON-LD publisher`},
		{"JSON-LD of a page", ld + `<![CDATA[ {"@type":"WebPage","headline":"档案新闻"} ]]></script>`, `dcterms:title 档案新闻 -1 html.jsonld JSON-LD headline`},
		{"JSON-LD that is none", ld + `{"@type":"NewsArticle","headline":"档案新闻"</script>` + ld + `{"@type":"Product","headline":"x1"}</script>` + `<script>{"@type":"NewsArticle","headline":"x2"}</script>`, ""},
		{"a date that is read two ways", `<meta name="PubDate" content="03/04/1921">`, `dcterms:date 1921-04-03 -1 html.meta meta name="PubDate"|dcterms:date 1921-03-04 -1 html.meta meta name="PubDate"`},
		{"more than a field takes", `<meta name=author content=a1><meta name=author content=a2><meta name=author content=a1><meta name=author content=a3><meta name=author content=a4>`,
			`dcterms:creator a1 -1 html.meta meta name="author"|dcterms:creator a2 -1 html.meta meta name="author"|dcterms:creator a3 -1 html.meta meta name="author"`},
	} {
		doc, err := Make([]byte(strings.Replace(pageOf("通知", body), "</title>", "</title>"+c.head, 1)), "a.html", "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range doc.Proposals {
			if strings.HasPrefix(p.Rule, "html.") {
				got = append(got, fmt.Sprint(p.Field, " ", p.Value, " ", p.Start, " ", p.Rule, " ", p.Detail))
			}
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, g, c.want)
		}
		checkDocument(t, doc)
	}
}

func TestStatedDates(t *testing.T) {
	for said, want := range map[string]string{
		"2021-03-08": "2021-03-08", "2021-03-08 09:30:00": "2021-03-08", "2021-03-08T09:30:00Z": "2021-03-08", "2021年3月8日": "2021-03-08", "20210308": "2021-03-08",
		"Thu, 14 Oct 2010 10:00:00 GMT": "2010-10-14", "2021": "2021", "2021-03": "2021-03", "2021/3": "2021-03", "2021-13": "", "0021": "", "2021-02-30": "",
		"1615161600": "", "": "", "the archive was founded on 2021-03-08": "",
	} {
		if got := strings.Join(statedDates(said), " "); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

func TestWordsIn(t *testing.T) {
	for _, c := range []struct {
		text, words string
		start, end  int
	}{
		{"甲乙丙", "乙", 1, 2}, {"catalogue of cats, a cat", "cat", 21, 24}, {"catalogue", "cat", 0, 3}, {"a", "b", -1, -1}, {"x档案", "档案", 1, 3}, {"", "a", -1, -1},
	} {
		if start, end := wordsIn(c.text, c.words); start != c.start || end != c.end {
			t.Errorf("%q in %q: %d to %d, want %d to %d", c.words, c.text, start, end, c.start, c.end)
		}
	}
}
