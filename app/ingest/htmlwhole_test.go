package ingest

import (
	"strings"
	"testing"
)

// TestWholePage: of a page with an article all the text is kept, and the lines
// outside the article are furniture; what is read in it stands where it says.
func TestWholePage(t *testing.T) {
	page := pageOf("加强档案工作的通知_临江市", `<div class="crumb">当前位置：<a href="/">首页</a> &gt; 文件</div>`+pageLabels+
		`<h1>加强档案工作的通知</h1><div>发布时间：2021-03-08 来源：市政府办公室</div><div class="content">`+pageProse+`</div>`)
	doc, err := Make([]byte(page), "a.html", "")
	if err != nil {
		t.Fatal(err)
	}
	whole := doc.Whole()
	if full, _ := extractHTML(page, &Recipe{}); whole.Text != full || whole.Recipe.Extractor != "html" {
		t.Fatalf("the text of the whole is %q by %s", whole.Text, whole.Recipe.Extractor)
	}
	checkDocument(t, whole)
	rs := []rune(whole.Text)
	aside := map[string]bool{}
	for i, z := range whole.Furniture {
		aside[string(rs[z.Start:z.End])] = true
		if i > 0 && z.Start < whole.Furniture[i-1].End {
			t.Errorf("furniture overlaps at %d", z.Start)
		}
	}
	for line := range strings.SplitSeq(whole.Text, "\n") {
		in := strings.Contains(doc.Text, line) && line != ""
		if label := strings.ContainsAny(line, "：:"); !in && !aside[line] && line != "" || in && aside[line] && !label {
			t.Errorf("%q: of the article %v, furniture %v", line, in, aside[line])
		}
	}
	if whole.Whole() != whole {
		t.Error("the whole of a whole is another")
	}
}
