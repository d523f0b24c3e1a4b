package office

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

const slideSpaces = ` xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func relsOf(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(pairs); i += 3 {
		b.WriteString(`<Relationship Id="` + pairs[i] + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + pairs[i+1] + `" Target="` + pairs[i+2] + `"/>`)
	}
	return b.String() + `</Relationships>`
}

// slideFiles are those of a presentation of two slides, the second of which comes first.
func slideFiles(one, two, notes string) []file {
	slide := func(s string) string {
		return `<p:sld` + slideSpaces + `><p:cSld><p:spTree>` + s + `</p:spTree></p:cSld></p:sld>`
	}
	return []file{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`},
		{"_rels/.rels", relsOf("r1", "officeDocument", "ppt/presentation.xml")},
		{"ppt/presentation.xml", `<p:presentation` + slideSpaces + `><p:sldMasterIdLst/><p:sldIdLst><p:sldId id="256" r:id="s2"/><p:sldId id="257" r:id="s1"/><p:sldId id="258" r:id="gone"/></p:sldIdLst></p:presentation>`},
		{"ppt/_rels/presentation.xml.rels", relsOf("s1", "slide", "slides/slide1.xml", "s2", "slide", "slides/slide2.xml", "m", "slideMaster", "slideMasters/m.xml")},
		{"ppt/slides/slide1.xml", slide(one)},
		{"ppt/slides/slide2.xml", slide(two)},
		{"ppt/slides/_rels/slide2.xml.rels", relsOf("n", "notesSlide", "../notesSlides/n.xml")},
		{"ppt/notesSlides/n.xml", `<p:notes` + slideSpaces + `><p:cSld>` + notes + `</p:cSld></p:notes>`},
		{"ppt/slideMasters/m.xml", slide(`<a:p><a:r><a:t>Click to edit</a:t></a:r></a:p>`)},
	}
}

// TestPPTX: slides in the order of the presentation, tables, line ends, notes; masters are none of it.
func TestPPTX(t *testing.T) {
	para := func(s string) string {
		return `<p:sp><p:txBody><a:p><a:pPr/><a:r><a:rPr/><a:t>` + s + `</a:t></a:r></a:p></p:txBody></p:sp>`
	}
	cell := func(s string) string {
		return `<a:tc><a:txBody><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></a:txBody></a:tc>`
	}
	data := zipped(t, slideFiles(
		para("第二页")+`<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>`+cell("年度")+cell("件数")+`</a:tr><a:tr>`+cell("1958")+cell("12")+`</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`,
		`<p:sp><p:txBody><a:p><a:r><a:t>档案</a:t></a:r><a:r><a:t>工作</a:t></a:r><a:br/><a:r><a:t>汇报</a:t></a:r></a:p><a:p/></p:txBody></p:sp><p:pic><p:nvPicPr><p:cNvPr id="1" name="x" descr="大门"/></p:nvPicPr></p:pic>`,
		para("先讲背景")+para("12"))...)
	if k := Kind(data); k != TypePPTX {
		t.Errorf("it is %q", k)
	}
	c, err := PPTX(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	if want := "档案工作\n汇报\n[大门]\n[notes] 先讲背景\n\n第二页\n年度\t件数\n1958\t12"; c.Text != want {
		t.Errorf("got  %q\nwant %q", c.Text, want)
	}
	if len(c.Lost) > 0 || c.Format != TypePPTX {
		t.Errorf("%+v", c)
	}
	if _, err := PPTX(context.Background(), zipped(t, docxFiles(p("a"))...)); err == nil {
		t.Error("a letter is a presentation")
	}
}

// FuzzPPTX: whatever the bytes, what comes out is UTF-8 without NUL.
func FuzzPPTX(f *testing.F) {
	f.Add("<a:p><a:r><a:t>x</a:t></a:r></a:p>", "<a:tbl><a:tr><a:tc/></a:tr></a:tbl>", "")
	f.Fuzz(func(t *testing.T, one, two, notes string) {
		c, err := PPTX(context.Background(), zipped(t, slideFiles(one, two, notes)...))
		if err == nil && (!utf8.ValidString(c.Text) || strings.ContainsRune(c.Text, 0)) {
			t.Fatalf("%q", c.Text)
		}
	})
}
