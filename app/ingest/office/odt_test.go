package office

import (
	"context"
	"reflect"
	"strings"
	"testing"
)

func TestOdtText(t *testing.T) {
	tp := func(s string) string { return `<text:p>` + s + `</text:p>` }
	cell := func(s string) string { return `<table:table-cell>` + s + `</table:table-cell>` }
	for _, c := range []struct{ name, body, want string }{
		{"white space", tp("  全宗\n  <text:span> a </text:span> b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/> e"), "全宗 a b   c\td\n e"},
		{"headings and empty paragraphs", `<text:h text:outline-level="1">H</text:h><text:p/>` + tp("a"), "H\n\na"},
		{"tracked changes", `<text:tracked-changes><text:changed-region><text:deletion>` + tp("gone") + `</text:deletion></text:changed-region></text:tracked-changes>` + tp(`a<text:change text:change-id="1"/>b`), "ab"},
		{"notes and comments", tp(`a<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>`+tp("end")+`</text:note-body></text:note>b<office:annotation><dc:creator>王立</dc:creator><dc:date>2020-01-01T00:00:00</dc:date>`+tp("真的？")+`</office:annotation>c`) + tp("d"), "a[1]bc [c1]\nd\n[1] end\n[c1] 王立: 真的？"},
		{"a table", `<table:table><table:table-column/><table:table-header-rows><table:table-row>` + cell(tp("a")) + cell(tp("b")+tp("c")) + `</table:table-row></table:table-header-rows>` +
			`<table:table-row><table:table-cell table:number-columns-repeated="2">` + tp("x") + `</table:table-cell><table:covered-table-cell/><table:table-cell table:number-columns-repeated="16384"/></table:table-row>` +
			`<table:table-row table:number-rows-repeated="2"><table:table-cell/>` + cell(tp("y")) + cell(tp("z")) + `</table:table-row><table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row></table:table>`, "a\tb c\nx\tx\n\ty\tz\n\ty\tz"},
		{"a frame with a text", tp(`a<draw:frame><draw:text-box>`+tp("in it")+`</draw:text-box></draw:frame>b`) + tp("c"), "ab\nin it\nc"},
		{"a described picture", tp("a ") + `<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:title>门</svg:title><svg:desc>县政府</svg:desc></draw:frame>`, "a \n[门: 县政府]"},
		{"a shape", tp(`<draw:custom-shape>` + tp("word") + `<draw:enhanced-geometry/></draw:custom-shape>`), "word"},
		{"a section and an index", `<text:section>` + tp("s") + `</text:section><text:table-of-content><text:table-of-content-source><text:index-title-template>no</text:index-title-template></text:table-of-content-source><text:index-body>` + tp("1 s") + `</text:index-body></text:table-of-content>`, "s\n1 s"},
		{"a reading and fields", tp(`<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby> <text:date>1958</text:date>`), "東京 (とうきょう) 1958"},
		{"a formula in it", tp(`<draw:frame><draw:object><math:math><math:semantics><math:mi>x</math:mi><math:mo>=</math:mo><math:mfrac><math:mn>3</math:mn><math:mn>4</math:mn></math:mfrac><math:annotation>no</math:annotation></math:semantics></math:math></draw:object></draw:frame>`), "x=3/4"},
		{"powers and roots", tp(`<draw:frame><draw:object><math:math><math:msup><math:mn>10</math:mn><math:mn>6</math:mn></math:msup><math:munderover><math:mo>∑</math:mo><math:mrow><math:mi>i</math:mi><math:mo>=</math:mo><math:mn>1</math:mn></math:mrow><math:mi>n</math:mi></math:munderover><math:mfrac><math:mrow><math:mi>a</math:mi><math:mo>+</math:mo><math:mi>b</math:mi></math:mrow><math:mi>c</math:mi></math:mfrac><math:msqrt><math:mi>x</math:mi><math:mo>+</math:mo></math:msqrt></math:math></draw:object></draw:frame>`), "10^6∑_(i=1)^n(a+b)/c√(x+)"},
	} {
		t.Run(c.name, func(t *testing.T) { reads(t, zipped(t, odtFiles("", c.body)...), c.want) })
	}
}

func TestOdtLists(t *testing.T) {
	styles := `<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>` +
		`<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix=")" text:display-levels="1" text:start-value="3"/>` +
		`<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>` +
		`<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>` +
		`<style:style style:name="Plain" style:family="paragraph" style:list-style-name=""/>`
	item := func(s string) string { return `<text:list-item>` + s + `</text:list-item>` }
	tp := func(s string) string { return `<text:p>` + s + `</text:p>` }
	body := `<text:h text:outline-level="1">first</text:h><text:h text:outline-level="2">second</text:h><text:h text:outline-level="1" text:style-name="Plain">plain</text:h>` +
		`<text:list text:style-name="L" xml:id="a">` + item(tp("x")+tp("more of it")+`<text:list>`+item(tp("y")+`<text:list>`+item(tp("z"))+`</text:list>`)+item(tp("w"))+`</text:list>`) + item(`<text:p>v</text:p>`) +
		`<text:list-header>` + tp("no number") + `</text:list-header></text:list>` +
		`<text:list text:style-name="L" text:continue-numbering="true">` + item(tp("goes on")) + `</text:list><text:list text:style-name="L">` + item(tp("anew")) + `<text:list-item text:start-value="7">` + tp("seventh") + `</text:list-item></text:list>` +
		`<text:list text:style-name="L" text:continue-list="a">` + item(tp("of a")) + `</text:list>` + `<text:h text:outline-level="2">third<text:number>IX.</text:number></text:h>`
	reads(t, zipped(t, odtFiles(styles, body)...), "I. first\nI.1 second\nplain\n一、 x\nmore of it\n3) y\n• z\n4) w\n二、 v\nno number\n三、 goes on\n一、 anew\n七、 seventh\n四、 of a\nIX. third")
}

func TestOdtWhole(t *testing.T) {
	meta := `<office:document-meta` + odfSpaces + `><office:meta><dc:title>调查</dc:title><meta:initial-creator>王立</meta:initial-creator><dc:creator>李平</dc:creator><meta:keyword>土地</meta:keyword><meta:keyword>人口</meta:keyword><meta:creation-date>1999-01-02T03:04:05</meta:creation-date><dc:language>zh-CN</dc:language></office:meta></office:document-meta>`
	styles := `<office:document-styles` + odfSpaces + `><office:master-styles><style:master-page><style:header><text:p>head</text:p></style:header><style:footer><text:p>foot</text:p></style:footer><style:header-left style:display="false"><text:p>not shown</text:p></style:header-left></style:master-page><style:master-page><style:header><text:p>head</text:p></style:header></style:master-page></office:master-styles></office:document-styles>`
	frame := func(href string) string { return `<draw:frame><draw:object xlink:href="` + href + `"/></draw:frame>` }
	chart := `<office:document-content` + odfSpaces + `><office:body><office:chart><text:p>产量</text:p><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:chart></office:body></office:document-content>`
	sheet := `<office:document-content` + odfSpaces + `><office:body><office:spreadsheet/></office:body></office:document-content>`
	data := zipped(t, odtFiles("", `<text:p>a `+frame("./Object 1")+frame("./Object 2")+frame("./Object 3")+`</text:p><text:p><draw:frame><draw:object-ole xlink:href="./Object 4"/></draw:frame></text:p>`,
		file{"meta.xml", meta}, file{"styles.xml", styles}, file{"Object 1/content.xml", chart}, file{"Object 2/content.xml", sheet}, file{"Object 2/Pictures/Ä.png", "png"},
		file{"Object 3/content.xml", `<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>E</mi><mo>=</mo><mi>m</mi></math>`}, file{"Object 4", string(compoundOf(stream{"Workbook", []byte("x")}))})...)
	c := reads(t, data, "head\na E=m\n产量\na\t1\n\nfoot")
	if c == nil {
		return
	}
	var got []string
	for _, s := range c.Said {
		got = append(got, s.Field+"="+s.Value)
	}
	want := []string{"dcterms:title=调查", "dcterms:subject=土地", "dcterms:subject=人口", "dcterms:date=1999-01-02T03:04:05", "dcterms:language=zh-CN", "dcterms:creator=王立", "dcterms:contributor=李平"}
	if !reflect.DeepEqual(got, want) || c.Title != "调查" || c.Format != TypeODT {
		t.Errorf("%q %q %q", got, c.Title, c.Format)
	}
	if len(c.Parts) != 2 || c.Parts[0].Type != "application/vnd.ms-excel" || Kind(c.Parts[1].Data) != TypeODS || c.Parts[1].Type != TypeODS {
		t.Fatalf("parts %+v", c.Parts)
	}
	if p, err := openPack(context.Background(), c.Parts[1].Data); err != nil || !p.has("Pictures/Ä.png") || p.has("Object 2/content.xml") {
		t.Errorf("the spreadsheet has the parts %q (%v)", p.names, err)
	}
	if again, err := ODT(context.Background(), data); err != nil || !reflect.DeepEqual(c, again) {
		t.Errorf("a second reading is another one (%v)", err)
	}
}

func TestFlat(t *testing.T) {
	flat := `<?xml version="1.0"?><office:document` + odfSpaces + ` office:mimetype="` + TypeODT + `"><office:meta><dc:title>T</dc:title></office:meta><office:body><office:text><text:p>a` +
		`<draw:frame><draw:image><office:binary-data>` + strings.Repeat("QUJD\n", 3<<20) + `</office:binary-data></draw:image></draw:frame></text:p></office:text></office:body></office:document>`
	if k := Kind([]byte(flat)); k != TypeFODT {
		t.Errorf("kind %q", k)
	}
	if c := reads(t, []byte(flat), "a"); c != nil && (c.Title != "T" || c.Format != TypeFODT || c.Said[0].Where != "office:meta dc:title") {
		t.Errorf("%q %q %+v", c.Title, c.Format, c.Said)
	}
}

func TestSXW(t *testing.T) {
	old := `<!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "office.dtd"><office:document-content xmlns:office="http://openoffice.org/2000/office" xmlns:text="http://openoffice.org/2000/text"><office:body>` +
		`<text:p>a<text:tab-stop/>b<text:footnote><text:footnote-citation>1</text:footnote-citation><text:footnote-body><text:p>note</text:p></text:footnote-body></text:footnote></text:p><text:p>c</text:p><text:ordered-list><text:list-item><text:p>d</text:p></text:list-item></text:ordered-list></office:body></office:document-content>`
	if c := reads(t, zipped(t, file{"mimetype", TypeSXW}, file{"content.xml", old}), "a\tb[1]\nc\nd\n[1] note"); c != nil && c.Format != TypeSXW {
		t.Errorf("format %q", c.Format)
	}
}
