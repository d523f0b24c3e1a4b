package zones

import (
	"fmt"
	"strings"
	"testing"
)

// site gives text number i of a site whose pages have a name above and two lines below, with a body of its own.
func site(i int) string {
	return fmt.Sprintf("某某档案信息网\n第%d期查档故事\n这是第%d个故事，讲的是一位老人怎样找到了%d年前的家谱，十分曲折。\n他在查档大厅坐了%d天，终于如愿以偿，留下了感谢信一封。\n特此通知\n关注我们的公众号\n欢迎常来", i, i, i+20, i+3)
}

func counted(texts ...string) *Counter {
	var c Counter
	for _, t := range texts {
		c.Add(Note(t))
	}
	return &c
}

func sites(n int) (out []string) {
	for i := range n {
		out = append(out, site(i))
	}
	return out
}

func wordsOf(text string, zones []Zone) string {
	var out []string
	for _, z := range zones {
		out = append(out, string([]rune(text)[z.Start:z.End]))
	}
	return strings.Join(out, "|")
}

func TestRecurringLines(t *testing.T) {
	r := counted(sites(40)...).Lines(Share)
	if r.Len() != 3 {
		t.Errorf("%d lines recur, want 3", r.Len())
	}
	text := site(100)
	if got, want := wordsOf(text, r.Mark(text)), "某某档案信息网|关注我们的公众号|欢迎常来"; got != want {
		t.Errorf("marked %q, want %q", got, want)
	}
	for _, z := range r.Mark(text) {
		if z.Kind != Recurring || z.Rule != "recurring.line" {
			t.Errorf("%+v", z)
		}
	}
}

func TestTooFewTextsForRecurring(t *testing.T) {
	if n := counted(sites(7)...).Lines(Share).Len(); n != 0 {
		t.Errorf("in 7 texts %d lines recur", n)
	}
	if n := counted(sites(8)...).Lines(Share).Len(); n != 3 {
		t.Errorf("in 8 texts %d lines recur, want 3", n)
	}
}

// A line in less than a quarter of the texts is theirs, and a share that is none is a quarter.
func TestShareOfRecurring(t *testing.T) {
	for _, tt := range []struct {
		with  int // of 40 texts
		share float64
		want  int
	}{{10, Share, 1}, {9, Share, 0}, {10, 0.5, 0}, {20, 0.5, 1}, {9, 0.01, 0}, {10, -3, 1}, {10, 7, 1}} {
		var c Counter
		for i := range 40 {
			text := fmt.Sprintf("故事之%d\n这一篇故事讲的是第%d位老人和他的家谱，十分曲折动人。\n", i, i)
			if i < tt.with {
				text += "关注我们的公众号\n"
			}
			c.Add(Note(text))
		}
		if got := c.Lines(tt.share).Len(); got != tt.want {
			t.Errorf("in %d of 40 with share %v: %d lines, want %d", tt.with, tt.share, got, tt.want)
		}
	}
}

// What recurs because documents are written so is not furniture: formulas, headings, signatures, forms of address.
func TestPartsOfDocumentsDoNotRecur(t *testing.T) {
	var c Counter
	for i := range 40 {
		c.Add(Note(fmt.Sprintf("关于第%d号事项的通知\n各乡镇人民政府：\n一、总体要求\n第%d号事项关系全局，各地要高度重视，认真组织实施，确保完成。\n特此通知\n某某县档案局\n2015年3月%d日\n附件：清单\n此致\n敬礼\n请遵照执行。", i, i, i%28+1)))
	}
	if c.texts != 40 {
		t.Errorf("%d texts", c.texts)
	}
	if n := c.Lines(Share).Len(); n != 0 {
		t.Errorf("%d lines recur, want none", n)
	}
}

// The words of furniture stay where they are in the middle of a document.
func TestRecurringWordsInTheBody(t *testing.T) {
	r := counted(sites(40)...).Lines(Share)
	body := strings.Repeat("这是正文中的一行，说的是与网站完全无关的一件事情。\n", 8)
	text := "题名不同\n" + body + "关注我们的公众号\n" + body + "完"
	if got := wordsOf(text, r.Mark(text)); got != "" {
		t.Errorf("marked %q in the middle", got)
	}
}

// Versions of one document do not make its lines furniture.
func TestVersionsCountOnce(t *testing.T) {
	texts := sites(12)
	for i := range 12 {
		texts = append(texts, fmt.Sprintf("讨论稿第%d稿\n小标题甲\n本规定适用于全市各级各类档案馆，自发布之日起施行，原有规定同时废止，不再执行，各单位应当遵照办理。\n小标题乙\n档案馆应当建立健全各项规章制度，配备专职人员，保障必要的经费和设施设备，确保档案的绝对安全。\n小标题丙\n", i))
	}
	c := counted(texts...)
	if c.texts != 13 {
		t.Errorf("counted %d texts, want 12 and one", c.texts)
	}
	if got := wordsOf(texts[20], c.Lines(Share).Mark(texts[20])); got != "" {
		t.Errorf("marked %q", got)
	}
}

// However many texts are added, a Counter keeps no more than its bounds, and what recurs is not lost.
func TestCounterIsBounded(t *testing.T) {
	n := 3000
	if testing.Short() {
		n = 1000
	}
	var c Counter
	for i := range n {
		var b strings.Builder
		b.WriteString("某某档案信息网\n")
		for j := range 150 {
			fmt.Fprintf(&b, "词条%d之%d\n", i, j)
		}
		if i%3 == 0 {
			b.WriteString("欢迎常来\n")
		}
		c.Add(Note(b.String()))
	}
	if len(c.counts) > mostCounted || len(c.versions) > mostVersions || len(c.order) > mostVersions {
		t.Errorf("%d counts, %d versions", len(c.counts), len(c.versions))
	}
	if c.texts != n {
		t.Errorf("%d texts, want %d", c.texts, n)
	}
	if got := c.Lines(Share).Len(); got != 2 {
		t.Errorf("%d lines recur, want 2", got)
	}
	first := hash("某某档案信息网")
	if low := n - n/512 - 1; int(c.counts[first]) < low || int(c.counts[first]) > n {
		t.Errorf("counted %d of %d, want at least %d", c.counts[first], n, low)
	}
}

// Of so many texts the oldest are forgotten as versions, and no more are remembered.
func TestVersionsAreForgotten(t *testing.T) {
	var c Counter
	text := func(i int) string { return fmt.Sprint("故事", i) }
	for i := range mostVersions + 10 {
		c.Add(Note(text(i)))
	}
	if len(c.versions) != mostVersions || len(c.order) != mostVersions {
		t.Errorf("%d versions and %d in order, want %d", len(c.versions), len(c.order), mostVersions)
	}
	n := c.texts
	c.Add(Note(text(mostVersions + 3)))
	if c.texts != n {
		t.Error("a text of just now was counted again")
	}
	c.Add(Note(text(2)))
	if c.texts != n+1 {
		t.Error("a text of long ago was not counted again")
	}
}

// The laws of the corpus have headings in common, and the two lines of the program that their site is made with; only
// those are furniture.
func TestRecurringInLaws(t *testing.T) {
	texts := textsUnder(t, "corpora/zh-laws/docs", "README.md")
	var c Counter
	for _, text := range texts {
		c.Add(Note(text))
	}
	r, marked := c.Lines(Share), 0
	for name, text := range texts {
		zones := r.Mark(text)
		marked += len(zones)
		if got := wordsOf(text, zones); got != "---|sidebar: auto|---" && got != "" {
			t.Errorf("%s: marked %s", name, got)
		}
	}
	t.Logf("%d laws: %d lines recur, %d lines marked", c.texts, r.Len(), marked)
}
