package office

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestDocxText(t *testing.T) {
	box := func(s string) string { return `<w:txbxContent>` + s + `</w:txbxContent>` }
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	instr := func(s string) string { return `<w:r><w:instrText>` + s + `</w:instrText></w:r>` }
	cell := func(s string) string { return `<w:tc>` + s + `</w:tc>` }
	for _, c := range []struct{ name, body, want string }{
		{"runs, tabs, breaks", `<w:p>` + r("全") + r("宗 ") + `<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r></w:p>` + `<w:p/>` + p("d"), "全宗 a\tb\nc\n\n\nd"},
		{"hyphens and signs", `<w:p><w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Unknown" w:char="F0FC"/></w:r></w:p>`, "a\u00ADb\u2011c✓\uF0FC"},
		{"insertions and deletions", `<w:p>` + r("a") + `<w:ins>` + r("b") + `</w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del><w:moveFrom>` + r("d") + `</w:moveFrom><w:moveTo>` + r("e") + `</w:moveTo></w:p>`, "abe"},
		{"a deleted end of a paragraph", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + r("word") + `</w:p>` + p("next"), "word next"},
		{"a deleted end between Han characters", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + r("档") + `</w:p>` + p("案"), "档案"},
		{"a deleted paragraph", p("a") + `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p>` + p("c"), "a\nc"},
		{"a large first letter", `<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>` + r("L") + `</w:p>` + p("orem"), "Lorem"},
		{"a field", `<w:p>` + r("see ") + field("begin") + instr("REF x") + field("separate") + r("page 3") + field("end") + r("!") + `</w:p>`, "see page 3!"},
		{"a field in the instruction of one", `<w:p>` + field("begin") + instr("IF ") + field("begin") + instr("X") + field("separate") + r("hidden") + field("end") + field("separate") + r("shown") + field("end") + `</w:p>`, "shown"},
		{"a field that never ends", `<w:p>` + field("begin") + instr("X") + `</w:p>` + `<w:p>` + field("begin") + instr("Y") + field("separate") + r("kept") + field("end") + `</w:p>`, "kept"},
		{"a simple field and a link", `<w:p><w:fldSimple w:instr="DATE">` + r("1958") + `</w:fldSimple><w:hyperlink r:id="x">` + r(" link") + `</w:hyperlink></w:p>`, "1958 link"},
		{"form fields", `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>` + field("end") +
			`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar></w:r>` + field("end") + `</w:p>`, "☒乙"},
		{"a text box said in two ways", `<w:p>` + r("before ") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>` + box(p("in the box")) +
			`</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>` + box(p("in the box")) + `</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + r("after") + `</w:p>`, "before after\nin the box"},
		{"a choice without text", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="x"><x/></mc:Choice><mc:Fallback><w:pict><v:shape>` + box(p("old")) + `</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "old"},
		{"a picture that is described", `<w:p>` + r("a ") + `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="县政府  大门"/></wp:inline></w:drawing></w:r></w:p>`, "a [县政府 大门]"},
		{"a table", `<w:tbl><w:tblPr/><w:tr>` + cell(p("a")) + cell(p("b")+p("c")) + cell(`<w:p/>`) + `</w:tr><w:tr><w:trPr><w:del/></w:trPr>` + cell(p("gone")) + `</w:tr><w:tr>` + cell(`<w:p/>`) + cell(p("x")) + cell(p("y")) + `</w:tr><w:tr>` + cell(`<w:p/>`) + cell(`<w:p/>`) + `</w:tr></w:tbl>`, "a\tb c\n\tx\ty"},
		{"a page in one cell", `<w:tbl><w:tr>` + cell(p("a")+p("b")) + cell(`<w:p/>`) + `</w:tr></w:tbl>`, "a\nb"},
		{"a table in a table", `<w:tbl><w:tr>` + cell(p("a")) + cell(`<w:tbl><w:tr>`+cell(p("1"))+cell(p("2"))+`</w:tr></w:tbl>`+p("b")) + `</w:tr></w:tbl>`, "a\n1\t2\nb"},
		{"controls and tags", `<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>` + p("a") + `</w:sdtContent></w:sdt><w:p><w:smartTag>` + r("b") + `</w:smartTag><w:sdt><w:sdtContent>` + r("c") + `</w:sdtContent></w:sdt></w:p>`, "a\nbc"},
		{"a formula", `<w:p><m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f><m:d><m:e><m:r><m:t>a</m:t></m:r></m:e><m:e><m:r><m:t>b</m:t></m:r></m:e></m:d></m:oMath></w:p>`, "x=3/4(a|b)"},
		{"a formula in a line", `<w:p><m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup/><m:e><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:e></m:nary><m:rad><m:deg/><m:e><m:r><m:t>x y</m:t></m:r></m:e></m:rad></m:oMath></w:p>`, "10^6∑_(i=1)(a+b)/c√(x y)"},
		{"a reading", `<w:p><w:r><w:ruby><w:rt>` + r("とうきょう") + `</w:rt><w:rubyBase>` + r("東京") + `</w:rubyBase></w:ruby></w:r></w:p>`, "東京 (とうきょう)"},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>`, "hidden"},
		{"controls in characters", "<w:p><w:r><w:t>a\nb\u0085c</w:t></w:r></w:p>", "a bc"},
	} {
		t.Run(c.name, func(t *testing.T) { reads(t, zipped(t, docxFiles(c.body)...), c.want) })
	}
}

func TestDocxNotesCommentsEdges(t *testing.T) {
	w := func(root, in string) string { return `<w:` + root + spaces + `>` + in + `</w:` + root + `>` }
	body := `<w:p>` + r("one") + `<w:r><w:endnoteReference w:id="5"/></w:r>` + r(" two") + `<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>` + r(" three") +
		`<w:del><w:r><w:footnoteReference w:id="3"/></w:r></w:del></w:p><w:sectPr><w:headerReference r:id="header1"/><w:headerReference r:id="header2"/><w:footerReference r:id="footer1"/></w:sectPr>`
	c := reads(t, zipped(t, docxFiles(body,
		file{"word/footnotes.xml", w("footnotes", `<w:footnote w:id="-1" w:type="separator">`+p("x")+`</w:footnote><w:footnote w:id="2">`+p("foot")+p("again")+`</w:footnote><w:footnote w:id="3">`+p("of what was deleted")+`</w:footnote>`)},
		file{"word/endnotes.xml", w("endnotes", `<w:endnote w:id="5">`+p("end")+`</w:endnote>`)},
		file{"word/comments.xml", w("comments", `<w:comment w:id="0" w:author="王立">`+p("真的？")+`</w:comment><w:comment w:id="9">`+p("loose")+`</w:comment>`)},
		file{"word/header1.xml", w("hdr", p("文件"))}, file{"word/header2.xml", w("hdr", p("文件"))}, file{"word/footer1.xml", w("ftr", p("page"))})...),
		"文件\none[1] two[2] three [c1]\n[1] end\n[2] foot again\n[c1] 王立: 真的？\n[c2] loose\npage")
	if c != nil && len(c.Lost) > 0 {
		t.Errorf("lost %q", c.Lost)
	}
}

func TestDocxLists(t *testing.T) {
	item := func(num, lvl int, s string) string {
		return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>%s</w:p>`, lvl, num, r(s))
	}
	lvl := func(i int, format, text, more string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`, i, format, text, more)
	}
	numbers := `<w:numbering` + spaces + `><w:abstractNum w:abstractNumId="0">` + lvl(0, "chineseCounting", "第%1章", "") + lvl(1, "chineseCounting", "%2、", `<w:suff w:val="nothing"/>`) + lvl(2, "decimal", "%1.%2.%3", `<w:isLgl/>`) +
		`</w:abstractNum><w:abstractNum w:abstractNumId="1">` + lvl(0, "bullet", "\uF0D8", `<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>`) + lvl(1, "upperRoman", "%2)", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">` + lvl(0, "decimal", "%1.", `<w:pStyle w:val="H1"/>`) + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>`
	styles := `<w:styles` + spaces + `><w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H1"/></w:style></w:styles>`
	body := item(1, 0, "总则") + item(1, 1, "目的") + item(1, 1, "依据") + item(1, 2, "x") + item(1, 0, "分则") + item(1, 1, "甲") +
		item(2, 0, "b") + item(2, 1, "c") + `<w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr>` + r("by style") + `</w:p>` + `<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>` + r("again") + `</w:p>` +
		`<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>` + r("none") + `</w:p>` + item(4, 0, "第五")
	reads(t, zipped(t, docxFiles(body, file{"word/styles.xml", styles}, file{"word/numbering.xml", numbers})...),
		"第一章 总则\n一、目的\n二、依据\n1.2.1 x\n第二章 分则\n一、甲\n➢ b\nI) c\n1. by style\n2. again\nnone\n第五章 第五")
}

// The strict form, other prefixes, backslashes in names and UTF-16 are the same document.
func TestDocxForms(t *testing.T) {
	strict := docxFiles(p("a"))
	strict[2].text = strings.Replace(strict[2].text, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", 1)
	other := docxFiles("")
	other[2].text = `<n:document xmlns:n="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><n:body><n:p><n:r><n:t>a</n:t></n:r></n:p></n:body></n:document>`
	back := docxFiles(p("a"))
	back[2].name = `word\Document.xml`
	wide := docxFiles(p("a"))
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + wide[2].text)) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	wide[2].text = b.String()
	moved := docxFiles("")
	moved[1].text = strings.Replace(rootRels, "word/document.xml", "/text/main.xml", 1)
	moved = append(moved, file{"text/main.xml", `<w:document` + spaces + `><w:body>` + p("a") + `</w:body></w:document>`})
	for name, files := range map[string][]file{"strict": strict, "prefix": other, "backslash": back, "UTF-16": wide, "moved": moved} {
		t.Run(name, func(t *testing.T) { reads(t, zipped(t, files...), "a") })
	}
}

func TestDocxProperties(t *testing.T) {
	files := append(docxFiles(p("a")), file{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">` +
		`<dc:title> 关于  档案
的通知 </dc:title><dc:creator>县政府</dc:creator><cp:keywords>档案; 通知</cp:keywords><dcterms:created>2016-11-29T00:58:00.123Z</dcterms:created><dc:language>zh-CN</dc:language><cp:lastModifiedBy>王立</cp:lastModifiedBy><dc:description></dc:description></cp:coreProperties>`})
	c := reads(t, zipped(t, files...), "a")
	if c == nil {
		return
	}
	var got []string
	for _, s := range c.Said {
		got = append(got, s.Field+"="+s.Value)
	}
	want := []string{"dcterms:title=关于 档案 的通知", "dcterms:creator=县政府", "dcterms:subject=档案; 通知", "dcterms:date=2016-11-29T00:58:00Z", "dcterms:language=zh-CN", "dcterms:contributor=王立"}
	if !reflect.DeepEqual(got, want) || c.Title != "关于 档案 的通知" || c.Format != TypeDOCX || c.Said[0].Where != "docProps/core.xml dc:title" {
		t.Errorf("%q %q %q %+v", got, c.Title, c.Format, c.Said[0])
	}
}

func TestDays(t *testing.T) {
	for in, want := range map[string]string{"2016-11-29T00:58:00Z": "2016-11-29T00:58:00Z", "2009-05-12T12:34:56.123456789": "2009-05-12T12:34:56", "2016-11-29": "2016-11-29",
		"2016-11-29T08:00:00+08:00": "2016-11-29T08:00:00+08:00", "1601-01-01T00:00:00Z": "", "0-00-00T00:00:00": "", "2016-00-00T00:00:00Z": "", "2016-11-29Tnoon": "2016-11-29", "": "", "soon": ""} {
		if got := day(in); got != want {
			t.Errorf("day(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDocxParts(t *testing.T) {
	inner := zipped(t, docxFiles(p("inner"))...)
	body := p("a") + `<w:p><w:r><w:object><o:OLEObject r:id="oleObject2"/></w:object></w:r></w:p><w:altChunk r:id="aFChunk1"/>`
	data := zipped(t, docxFiles(body,
		file{"word/embeddings/package1.docx", string(inner)},
		file{"word/embeddings/oleObject2.bin", string(compoundOf(stream{"\x01Ole10Native", packageOf("账目.txt", []byte("1958"))}))},
		file{"word/embeddings/oleObject3.bin", string(compoundOf(stream{"WordDocument", []byte("x")}))},
		file{"word/embeddings/oleObject4.bin", string(compoundOf(stream{"Equation Native", []byte("x")}))},
		file{"word/embeddings/oleObject5.bin", string(compoundOf(stream{"Package", inner}))},
		file{"word/aFChunk1.htm", "<p>b</p>"})...)
	c := reads(t, data, "a")
	if c == nil {
		return
	}
	want := []struct{ name, kind, data string }{{"账目.txt", "", "1958"}, {"aFChunk1.htm", "", "<p>b</p>"}, {"package1.docx", TypeDOCX, string(inner)},
		{"oleObject3.doc", "application/msword", ""}, {"oleObject5.docx", TypeDOCX, string(inner)}}
	if len(c.Parts) != len(want) {
		t.Fatalf("%d parts, want %d; lost %q", len(c.Parts), len(want), c.Lost)
	}
	for i, w := range want {
		if g := c.Parts[i]; g.Name != w.name || g.Type != w.kind || g.As != "attachment" || w.data != "" && string(g.Data) != w.data {
			t.Errorf("part %d is %q %q %q (%d bytes), want %q %q", i, g.Name, g.Type, g.As, len(g.Data), w.name, w.kind)
		}
	}
	if len(c.Lost) != 1 || !strings.Contains(c.Lost[0], "Equation Editor") {
		t.Errorf("lost %q", c.Lost)
	}
	again, err := DOCX(context.Background(), data)
	if err != nil || !reflect.DeepEqual(c, again) {
		t.Errorf("a second reading is another one (%v)", err)
	}
}

// A long body is kept in pieces, and is one text.
func TestLongBody(t *testing.T) {
	var body, want strings.Builder
	for i := range 200_000 {
		body.WriteString(p(fmt.Sprintf("第%d号文件", i)))
		fmt.Fprintf(&want, "第%d号文件\n", i)
	}
	c, err := DOCX(context.Background(), zipped(t, docxFiles(body.String())...))
	if err != nil || c.Text != strings.TrimSuffix(want.String(), "\n") {
		t.Errorf("a text of %d bytes is another one (%v)", want.Len(), err)
	}
	var odf strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&odf, "<text:p>第%d号文件</text:p>", i)
	}
	if c, err = ODT(context.Background(), zipped(t, odtFiles("", odf.String())...)); err != nil || c.Text != strings.TrimSuffix(want.String(), "\n") {
		t.Errorf("a text of %d bytes is another one (%v)", want.Len(), err)
	}
}
