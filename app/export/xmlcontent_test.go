package export

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fonds/storage/archive"
)

// TestMapped: fields of another standard are handed on in the element of Dublin Core that
// the template names, and the template goes along as the archive has it.
func TestMapped(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	own := `{"id":"dat18","label":{"en":"Ours"},"fields":[{"id":"dat18:documentNumber","label":{"en":"No."},"type":"number","map":{"dc":"identifier"}},` +
		`{"id":"dat18:security","label":{"en":"Class"},"type":"text","map":{"dc":"accessRights"}},{"id":"our:shelf","label":{"en":"Shelf"},"type":"text"},` +
		`{"id":"our:history","label":{"en":"History"},"type":"text","map":{"ead3":"bioghist"}},{"id":"our:person","label":{"en":"Person"},"type":"text","map":{"ead3":"persname"}},` +
		`{"id":"our:hall","label":{"en":"Hall"},"type":"text","map":{"ead3":"control"}}]}`
	for _, e := range []*archive.Edit{
		{Do: "template.set", Template: "dat18", Text: &own},
		{Do: "field.set", Doc: string(id), Field: "dat18:documentNumber", Values: []archive.ValueIn{{Value: "青档发〔2016〕3号"}}},
		{Do: "field.set", Doc: string(id), Field: "dat18:security", Values: []archive.ValueIn{{Value: "秘密"}}},
		{Do: "field.set", Doc: string(id), Field: "our:shelf", Values: []archive.ValueIn{{Value: "架三排二"}}},
		{Do: "field.set", Doc: string(id), Field: "our:history", Values: []archive.ValueIn{{Value: "set up in 1949"}}},
		{Do: "field.set", Doc: string(id), Field: "our:person", Values: []archive.ValueIn{{Value: "李振国"}}},
		{Do: "field.set", Doc: string(id), Field: "our:hall", Values: []archive.ValueIn{{Value: "north"}}},
	} {
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	dir, m := exported(t, a, Choice{Formats: []string{"dc", "ead3"}})
	data, err := os.ReadFile(filepath.Join(dir, "dc", string(id)+".xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<dc:identifier>青档发〔2016〕3号</dc:identifier>", "<dc:rights>秘密</dc:rights>"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("there is no %s in\n%s", want, data)
		}
	}
	if strings.Contains(string(data), "架三排二") || !strings.Contains(fmt.Sprint(m), "values without an element:4") {
		t.Errorf("what has no element is written, or not counted: %v", m)
	}
	if data, err = os.ReadFile(filepath.Join(dir, "ead3", "ead3.xml")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<bioghist localtype="our:history">`, `<persname localtype="our:person">`, `<odd localtype="our:hall">`, `<odd localtype="our:shelf">`} {
		if strings.Count(string(data), want) != 1 {
			t.Errorf("there is not one %s in\n%s", want, data)
		}
	}
	if kept, err := os.ReadFile(filepath.Join(dir, "template.json")); err != nil || !strings.Contains(string(kept), "our:shelf") {
		t.Errorf("the template that goes along is %s (%v)", kept, err)
	}
}

// What the formats in XML say of a document that was worked on.
func TestXMLSays(t *testing.T) {
	ctx := context.Background()
	a, id := filled(t)
	for _, line := range []string{
		`{"do":"field.set","doc":"path:in/2.txt","field":"dcterms:date","values":[{"value":"2015-11"},{"value":"1921/1925-03"},{"value":"约1930"}]}`,
		`{"do":"field.set","doc":"path:in/2.txt","field":"dcterms:creator","values":[{"value":"司法厅","evidence":{"start":0,"end":3}}]}`,
		`{"do":"field.set","doc":"path:in/2.txt","field":"dcterms:language","values":[{"value":"zh-hans"},{"value":"Chinese"}]}`,
		`{"do":"field.set","doc":"path:in/2.txt","field":"dcterms:audience","values":[{"value":"Everybody"}]}`,
		`{"do":"field.set","doc":"path:in/2.txt","field":"dcterms:spatial","values":[{"value":"Here"}]}`,
		`{"do":"mark.add","doc":"path:in/2.txt","start":0,"end":13,"label":"a b","text":"why"}`,
		`{"do":"mark.add","doc":"path:in/2.txt","start":5,"end":8,"label":"date","authority":"https://example.org/d"}`,
	} {
		e, err := archive.ParseEdit([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Apply(ctx, "Zhang", e); err != nil {
			t.Fatal(err)
		}
	}
	dir, m := exported(t, a, Choice{Set: All, Formats: []string{"dc", "ead3", "tei"}, Title: "S", Creator: []string{"Us"}, Licence: "CC0-1.0"})
	for _, tt := range []struct {
		file      string
		has, lack []string
	}{
		{"tei/" + string(id) + ".xml", []string{
			"<title>proposed</title>", "<author>司法厅</author>", "<publisher>Us</publisher>", `<licence target="https://spdx.org/licenses/CC0-1.0">CC0-1.0</licence>`,
			`subtype="dcterms:creator"`, `target="#a1" targetEnd="#a2">司法厅</note>`, `cert="0.5" ana="#proposed"`, `<language ident="zh-Hans">`, `<date when="2015-11">2015-11</date>`, "<date>约1930</date>",
			"党建</term>", "<ab xml:space=\"preserve\"><anchor xml:id=\"a1\"/><seg type=\"a%20b\" ", "司法厅<anchor xml:id=\"a2\"/>召开<date ", ` ref="https://example.org/d">推进会</date>`,
			"<sic>主持</sic><corr ", ">召集</corr></choice>。 &lt;b&gt;\n</ab>", `type="person" from="#a3" to="#a4"`, `<note type="comment" target="#m-`, ">why</note>", ">look</note>",
		}, []string{"<author>proposed"}},
		{"dc/" + string(id) + ".xml", []string{
			"<dc:title>2.txt</dc:title>", "<dc:creator>司法厅</dc:creator>", "<dc:subject>党建</dc:subject>", "<dc:date>1921/1925-03</dc:date>", "<dc:coverage>Here</dc:coverage>",
			"<dc:identifier>urn:uuid:" + string(id), "<dc:rights>CC0-1.0</dc:rights>", "<dc:language>zh-hans</dc:language>",
		}, []string{"proposed", "Everybody"}},
		{"ead3/ead3.xml", []string{
			"<titleproper>S</titleproper>", "<unittitle>2.txt</unittitle>", `<datesingle standarddate="2015-11">2015-11</datesingle>`,
			`<fromdate standarddate="1921">1921</fromdate>`, `<todate standarddate="1925-03">1925-03</todate>`, `<unitdate datechar="creation" certainty="approximate" normal="1930">约1930</unitdate>`,
			`<language langcode="chi">zh-Hans</language>`, `<script scriptcode="Hans">Hans</script>`, "<part>司法厅</part>", `<subject localtype="tag">`, "<part>Here</part>",
			`<odd localtype="dcterms:audience">`, "<p>Everybody</p>", "<p>2 documents are described, and 0 listed that are closed.</p>",
		}, []string{"proposed"}},
	} {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(tt.file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.has {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s lacks %q", tt.file, want)
			}
		}
		for _, not := range tt.lack {
			if strings.Contains(string(data), not) {
				t.Errorf("%s has %q", tt.file, not)
			}
		}
		if t.Failed() {
			t.Logf("%s", data)
		}
	}
	for format, want := range map[string]string{"dc": "map[documents:2 elements:16 values without an element:1]", "ead3": "map[access points:2 documents:2]",
		"tei": "map[characters XML cannot hold:0 corrections:1 documents:2 gaps:0 marks:3 spans:1 tags:1 values:10]"} {
		if got := fmt.Sprint(m.Counts[format]); got != want {
			t.Errorf("%s counts %s, want %s", format, got, want)
		}
	}
}

// Gaps say what they stand for, and how often.
func TestGapsOfTEI(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"a▯▯b", `a<gap reason="lacuna" unit="char" quantity="2"/>b`},
		{"\uFFFD▯", `<gap reason="undecodable" unit="char" quantity="1"/><gap reason="lacuna" unit="char" quantity="1"/>`},
		{"\x00\x00\x01&\r\n", `<gap reason="unrepresentable" unit="char" quantity="2"><desc>U+0000</desc></gap><gap reason="unrepresentable" unit="char" quantity="1"><desc>U+0001</desc></gap>&amp;&#xD;` + "\n"},
		{strings.Repeat("▯", 1001), `<gap reason="lacuna" unit="char" quantity="1000"/><gap reason="lacuna" unit="char" quantity="1"/>`},
	} {
		var b strings.Builder
		w := &teiText{teiBody: &teiBody{x: &xmlWriter{w: &b}}}
		w.words(tt.text)
		if b.String() != tt.want {
			t.Errorf("%q is %s, want %s", tt.text, b.String(), tt.want)
		}
	}
}
