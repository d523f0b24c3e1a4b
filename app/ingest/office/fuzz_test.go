package office

import (
	"archive/zip"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

// tried reads bytes and fails where what comes of them is not sound, or where it takes long.
func tried(t *testing.T, data []byte, reader func(context.Context, []byte) (*content.Content, error)) {
	t.Helper()
	began := time.Now()
	c, err := reader(context.Background(), data)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	var r *content.Refusal
	switch {
	case err == nil:
		sound(t, c)
	case !errors.As(err, &r):
		t.Errorf("an error that is no refusal: %v", err)
	}
}

// played makes XML of bytes: each opens one of the elements, closes one, or stands for characters, so that what a fuzzer
// finds is nearly always well-formed. Bytes that begin as XML are taken as they are.
func played(script []byte, elements []string) string {
	if len(script) > 0 && script[0] == '<' {
		return string(script)
	}
	var b strings.Builder
	var open []string
	for _, c := range script {
		switch n := int(c); {
		case n < len(elements):
			name, _, _ := strings.Cut(elements[n], " ")
			open = append(open, name)
			b.WriteString("<" + elements[n] + ">")
		case n < 240 && len(open) > 0:
			b.WriteString("</" + open[len(open)-1] + ">")
			open = open[:len(open)-1]
		default:
			b.WriteString("字 a")
		}
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i] + ">")
	}
	return b.String()
}

var (
	wordElements = strings.Split(`w:p|w:r|w:t|w:tbl|w:tr|w:tc|w:pPr|w:rPr|w:del|w:ins|w:numPr|w:numId w:val="1"|w:ilvl w:val="1"|w:pStyle w:val="a"|w:txbxContent|w:pict|v:shape alt="x"|`+
		`v:textpath string="y"|mc:AlternateContent|mc:Choice|mc:Fallback|w:fldChar w:fldCharType="begin"|w:fldChar w:fldCharType="separate"|w:fldChar w:fldCharType="end"|w:instrText|w:ffData|`+
		`w:checkBox|w:listEntry w:val="z"|w:ruby|w:rt|w:rubyBase|w:footnoteReference w:id="1"|w:endnoteReference w:id="1"|w:commentReference w:id="1"|w:footnote w:id="1"|w:sectPr|`+
		`w:headerReference r:id="header1"|w:footerReference r:id="header1"|c:chart r:id="chart1"|c:ser|c:cat|c:val|c:v|a:p|a:t|m:f|m:den|m:d|m:e|m:dPr|m:begChr m:val="["|w:sym w:font="Symbol" w:char="F061"|`+
		`w:br|w:tab|w:sdt|w:sdtContent|w:framePr w:dropCap="drop"|o:OLEObject r:id="oleObject1"|w:altChunk r:id="oleObject1"|w:trPr|w:gridBefore w:val="2"|w:tcPr|w:cellDel|`+
		`w:abstractNum w:abstractNumId="0"|w:lvl w:ilvl="0"|w:lvl w:ilvl="1"|w:start w:val="3"|w:numFmt w:val="chineseCounting"|w:lvlText w:val="%1.%2%"|w:num w:numId="1"|w:abstractNumId w:val="0"|`+
		`w:lvlOverride w:ilvl="1"|w:startOverride w:val="9"|w:isLgl|w:styleLink w:val="a"|w:numStyleLink w:val="a"|w:hyperlink|w:moveFrom|wp:docPr descr="d"|m:sup|m:sub|m:num|m:rad|m:nary|m:naryPr`, "|")
	odfElements = strings.Split(`text:p|text:h text:outline-level="2"|text:span|text:s text:c="3"|text:tab|text:line-break|text:list text:style-name="L"|text:list text:style-name="L" xml:id="i"|`+
		`text:list text:continue-list="i"|text:list text:continue-numbering="true"|text:list-item|text:list-item text:start-value="4"|text:list-header|text:number|table:table|table:table-row|`+
		`table:table-row table:number-rows-repeated="3"|table:table-cell|table:table-cell table:number-columns-repeated="3"|table:covered-table-cell|draw:frame|draw:text-box|draw:object xlink:href="Object 1"|`+
		`draw:object-ole xlink:href="Object 1"|draw:custom-shape|draw:g|svg:title|svg:desc|text:note|text:note-body|office:annotation|dc:creator|text:ruby|text:ruby-base|text:ruby-text|text:section|`+
		`text:tracked-changes|math:math|math:mfrac|math:mi|math:msup|math:msqrt|math:munderover|style:style style:name="s" style:family="paragraph" style:list-style-name="L"|text:list-style style:name="L"|`+
		`text:list-level-style-number text:level="1" style:num-format="1"|text:list-level-style-number text:level="10" style:num-format="一" text:display-levels="99"|`+
		`text:list-level-style-bullet text:level="2" text:bullet-char="*"|text:outline-style|text:outline-level-style text:level="2" style:num-format="i"|style:text-properties style:font-name="Symbol"|text:a`, "|")
)

// FuzzDOCX gives bodies and other parts of a document, and whole files.
func FuzzDOCX(f *testing.F) {
	f.Add([]byte{0, 1, 2, 255, 239, 239, 239}, []byte{63, 64, 66, 239, 67}, []byte{34, 0, 1, 2, 255})
	f.Add([]byte{3, 4, 5, 0, 1, 28, 30, 0, 1, 2, 255}, []byte{}, []byte(`<w:footnotes`+spaces+`/>`))
	f.Add([]byte(p("a")), []byte(`<w:numbering`), []byte{})
	f.Fuzz(func(t *testing.T, body, nums, notes []byte) {
		text, numbers, note := played(body, wordElements), played(nums, wordElements), played(notes, wordElements)
		part := func(s string) string { return `<w:x` + spaces + `>` + s + `</w:x>` }
		files := docxFiles(text, file{"word/numbering.xml", part(numbers)}, file{"word/styles.xml", part(numbers)}, file{"word/footnotes.xml", part(note)},
			file{"word/header1.xml", part(note)}, file{"word/chart1.xml", part(text)}, file{"word/embeddings/oleObject1.bin", string(nums)})
		tried(t, zippedBy(t, zip.Store, files...), DOCX)
		tried(t, body, DOCX)
	})
}

// FuzzODT gives bodies and styles of a document, and whole files.
func FuzzODT(f *testing.F) {
	f.Add([]byte{6, 10, 0, 255, 239, 239, 239}, []byte{41, 42, 239, 43})
	f.Add([]byte{14, 16, 18, 0, 255, 20, 22}, []byte{40, 239, 45, 46})
	f.Add([]byte(`<text:p>a</text:p>`), []byte{})
	f.Fuzz(func(t *testing.T, body, styles []byte) {
		text, style := played(body, odfElements), played(styles, odfElements)
		files := odtFiles(style, text, file{"Object 1/content.xml", odfContent("", text)}, file{"styles.xml", odfContent(style, text)})
		tried(t, zippedBy(t, zip.Store, files...), ODT)
		tried(t, body, ODT)
		Kind(body)
	})
}

// FuzzCompound gives compound files of OLE.
func FuzzCompound(f *testing.F) {
	f.Add(compoundOf(stream{"\x01Ole10Native", packageOf("a.txt", []byte("abc"))}, stream{"EncryptedPackage", nil}))
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		IsEncryptedOOXML(data)
		if c, err := openCompound(data); err == nil {
			if b, _, _ := c.object(1 << 20); len(b) > 1<<20 {
				t.Errorf("%d bytes, more than asked for", len(b))
			}
		}
		native(data)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}
