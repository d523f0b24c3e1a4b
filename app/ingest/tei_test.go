package ingest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// within is a TEI document around a body.
func within(body string) string {
	return `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A  title</title><author><persName><forename>Li</forename>
 <surname>Bai</surname></persName></author></titleStmt><publicationStmt><publisher>P</publisher></publicationStmt><sourceDesc><bibl><date when="1921">x</date></bibl></sourceDesc></fileDesc>
 <profileDesc><creation><date when="1921-03-05">5 March</date></creation><langUsage><language ident="zh-Hant">Chinese</language></langUsage>
 <textClass><keywords><term>one</term><list><item> two
 words </item></list></keywords></textClass></profileDesc></teiHeader><text><body>` + body + `</body></text></TEI>`
}

func TestReadTEI(t *testing.T) {
	for _, tt := range []struct{ name, body, text, marks, fixes string }{
		{"lines", "<head>One</head>\n  <p>Two\n three </p><lg><l>four</l><l>five</l></lg>", "One\nTwo three\nfour\nfive", "", ""},
		{"Chinese lines", "<p>司法厅\n   召开 会</p>", "司法厅召开 会", "", ""},
		{"white space that stays", "<ab xml:space=\"preserve\">  a\n\n b </ab><p xml:space=\"preserve\">c\n  d</p>", "  a\n\n b \nc d", "", ""},
		{"line breaks", "<p><lb/>a<lb/>b<lb break=\"no\"/>c<lb/><lb/><lb/>d</p><p><lb/>e</p>", "a\nbc\n\nd\ne", "", ""},
		{"names", "<p>Mr <persName ref=\"#x https://d-nb.info/1\"><forename>A.</forename> <surname>B</surname></persName> in <placeName> C </placeName>.</p>", "Mr A. B in C .", "3-7 person https://d-nb.info/1|11-12 place", ""},
		{"types", `<p><rs type="person">a</rs><rs type="org">b</rs><name>c</name><seg type="x">d</seg><seg>e</seg><rs type="institution">f</rs><title>g</title><orgName>h</orgName></p>`,
			"abcdefgh", "0-1 person|1-2 organisation|2-3 name|3-4 x|5-6 institution|6-7 work|7-8 organisation", ""},
		{"dates", `<p><date when="1879-06-13">13/6</date> <date from="1880" to="1881">then</date></p>`, "13/6 then", "0-4 date (1879-06-13)|5-9 date (1880/1881)", ""},
		{"a mark without words", "<p>a<persName/><date> </date>b</p>", "a b", "", ""},
		{"choice", "<p>a <choice>\n<corr>right <hi>words</hi></corr>\n<sic>wrnog</sic>\n</choice> b<choice><orig>vnd</orig><reg>und</reg></choice><choice><abbr>Dr</abbr><expan>Doctor</expan></choice></p>",
			"a wrnog bvndDr", "", "2-7 right words"},
		{"insertion and deletion", "<p>a<choice><sic/><corr>b</corr></choice>c <choice><sic>d</sic><corr/></choice></p>", "ac d", "", "1-1 b|3-4 "},
		{"a name in new words", "<p>a <choice><sic>Tky</sic><corr><placeName>Tokyo</placeName></corr></choice></p>", "a Tky", "2-5 place", "2-5 Tokyo"},
		{"apparatus", "<p>a <app><lem>b</lem><rdg>c</rdg></app><subst><del>x</del><add>y</add></subst></p>", "a by", "", ""},
		{"gaps", `<p>a<gap/><gap unit="chars" quantity="2"><desc>lost</desc></gap><gap unit="char" quantity="999999999"/></p>`, "a▯▯▯" + strings.Repeat("▯", 1000), "", ""},
		{"notes", "<p>a<note>by <persName>me</persName></note> b</p>", "a b", "1-1 note (by me)", ""},
		{"tables", "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>", "a\tb\nc", "", ""},
		{"lists beside the text", "<p>a</p><listPerson><person><persName>X</persName></person></listPerson><p>b</p>", "a\nb", "", ""},
		{"spans", `<p>a<anchor xml:id="x"/> b c<anchor xml:id="y"/></p><spanGrp><span from="#x" to="#y" type="t"/><span from="#no" to="#y" type="t"/></spanGrp>`, "a b c", "2-5 t", ""},
		{"what is no TEI", `<p>a <x:p xmlns:x="urn:x">b</x:p><persName xmlns="urn:x">c</persName></p>`, "a bc", "", ""},
		{"characters beyond the BMP", "<p>𠀀<persName>𪛖人</persName></p>", "𠀀𪛖人", "1-3 person", ""},
		{"CDATA and entities", "<p><![CDATA[<b>]]>&amp;&#x4E00;&eacute;</p>", "<b>&一é", "", ""},
	} {
		docs, err := readTEI([]byte(within(tt.body)))
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %d documents, error %v", tt.name, len(docs), err)
			continue
		}
		d := docs[0]
		if d.Text != tt.text {
			t.Errorf("%s: the text is %q, want %q", tt.name, d.Text, tt.text)
		}
		if got := marksOf(d); got != tt.marks {
			t.Errorf("%s: the marks are %q, want %q", tt.name, got, tt.marks)
		}
		var fixes []string
		for _, f := range d.Fixes {
			fixes = append(fixes, fmt.Sprintf("%d-%d %s", f.Start, f.End, f.Text))
		}
		if got := strings.Join(fixes, "|"); got != tt.fixes {
			t.Errorf("%s: the fixes are %q, want %q", tt.name, got, tt.fixes)
		}
		want := map[string][]string{"dcterms:title": {"A title"}, "dcterms:creator": {"Li Bai"}, "dcterms:publisher": {"P"}, "dcterms:date": {"1921-03-05"}, "dcterms:language": {"zh-Hant"}}
		if fmt.Sprint(d.Fields) != fmt.Sprint(want) || fmt.Sprint(d.Tags) != "[one two words]" || d.Name != "" {
			t.Errorf("%s: fields %v, tags %q, name %q", tt.name, d.Fields, d.Tags, d.Name)
		}
	}
}

func marksOf(d Annotated) string {
	var out []string
	for _, m := range d.Marks {
		s := fmt.Sprintf("%d-%d %s", m.Start, m.End, m.Label)
		if m.Comment != "" {
			s += " (" + m.Comment + ")"
		}
		if m.Authority != "" {
			s += " " + m.Authority
		}
		out = append(out, s)
	}
	return strings.Join(out, "|")
}

func TestReadTEIOfOtherShapes(t *testing.T) {
	utf16 := func(s string) string {
		b, err := mustCodec("utf-16le").encode(s)
		if err != nil {
			t.Fatal(err)
		}
		return "\xFF\xFE" + string(b)
	}
	for _, tt := range []struct{ name, file, want string }{
		{"a corpus", `<teiCorpus><teiHeader/><TEI xml:id="one"><teiHeader/><text><body><p>a</p></body></text></TEI><TEI><text><body><p>b</p></body></text></TEI></teiCorpus>`, `"one" "a"|"2" "b"`},
		{"P4", `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE TEI.2 SYSTEM "no/such.dtd"><TEI.2><teiHeader/><text><body><div1><p>` + "\xE9" + `</p></div1></body></text></TEI.2>`, `"" "é"`},
		{"UTF-16", utf16(`<?xml version="1.0" encoding="UTF-16"?><TEI><text><body><p>司</p></body></text></TEI>`), `"" "司"`},
		{"GB18030", "<?xml version='1.0' encoding='gb2312'?><TEI><text><body><p>\xCB\xBE</p></body></text></TEI>", `"" "司"`},
		{"entities of its own", `<!DOCTYPE TEI [<!ENTITY a "A &#x4E00;"> <!ENTITY % p "x"> <!ENTITY b 'B>'>]><TEI><text><body><p>&a; &b;</p></body></text></TEI>`, `"" "A 一 B>"`},
		{"a header alone", `<TEI><teiHeader/></TEI>`, `"" ""`},
		{"a byte order mark", "\xEF\xBB\xBF<TEI><text><body>a</body></text></TEI>", `"" "a"`},
		{"front and back", `<TEI><text><front><head>a</head></front><body><p>b</p></body><back><p>c</p></back></text></TEI>`, `"" "a\nb\nc"`},
		{"no TEI", "<html><body>a</body></html>", "error line 1: this is no TEI"},
		{"nothing", "", "error this is no TEI"},
		{"no XML", "a & b", "error line 1: the XML is broken here"},
		{"cut off", "<TEI><text><body><p>a", "error line 1: the XML is broken here: unexpected EOF; mend it"},
		{"unknown encoding", "<?xml version='1.0' encoding='ebcdic'?><TEI/>", "error the file says that its encoding is \"ebcdic\""},
		{"unknown entity", "<TEI><text><body><p>&nope;</p></body></text></TEI>", "error line 1: invalid character entity &nope;: it is said elsewhere"},
		{"a bomb", `<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]><TEI><text><body><p>&c;</p></body></text></TEI>`, "error line 1: invalid character entity &c;"},
		{"a file elsewhere", `<!DOCTYPE TEI [<!ENTITY a SYSTEM "/etc/passwd">]><TEI><text><body><p>&a;</p></body></text></TEI>`, "error line 1: invalid character entity &a;"},
		{"deep", "<TEI><text><body>" + strings.Repeat("<p>", 5000), "error line 1: more than 1000 elements"},
		{"deep where nothing is read", "<TEI><text><body><del>" + strings.Repeat("<p>", 5000), "error line 1: more than 1000 elements"},
	} {
		docs, err := readTEI([]byte(tt.file))
		var got []string
		for _, d := range docs {
			got = append(got, fmt.Sprintf("%q %q", d.Name, d.Text))
		}
		if said := strings.Join(got, "|"); err == nil && said != tt.want || err != nil && !strings.HasPrefix("error "+err.Error(), tt.want) {
			t.Errorf("%s: got %s, error %v, want %s", tt.name, said, err, tt.want)
		}
	}
}

// A file of 10 MB is read in seconds, whatever is in it.
func TestReadTEIOfGreatLength(t *testing.T) {
	const size = 10 << 20
	for name, unit := range map[string]string{"text": "司法厅召开推进会\n", "names": "<persName ref='a:b'>a</persName> ", "empty": "<date/>", "choices": "<choice><sic>a</sic><corr>b</corr></choice>", "anchors": "<anchor/>",
		"breaks": "<lb/>", "notes": "<note>a</note>", "gaps": "<gap unit='char' quantity='10'/>", "entities": "&amp;", "nested": "<hi><hi><hi></hi></hi></hi>"} {
		start := time.Now()
		docs, err := readTEI([]byte("<TEI><text><body><p>" + strings.Repeat(unit, size/len(unit)) + "</p></body></text></TEI>"))
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s took %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

// goldLine is a line of gold-spans.jsonl: what the editors of the diary have marked.
type goldLine struct {
	File, Title, Date, Text string
	Spans                   []struct {
		Start, End  int
		Label, Type string
	}
}

// squeezed is a text with single spaces and none at its ends, and where each place of it is there.
func squeezed(s string) (string, []int) {
	var b strings.Builder
	var places []int
	n, space := 0, false
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' {
			places = append(places, n+1) // before the next word
			space = true
			continue
		}
		if space && n > 0 {
			b.WriteByte(' ')
			n++
		}
		places = append(places, n)
		b.WriteRune(r)
		n++
		space = false
	}
	return b.String(), append(places, n)
}

// Every name and date of the diary is found: the same words, its label, and its place in the text.
func TestReadTEIOfTheDiary(t *testing.T) {
	gold := shared(t, "corpora/tei-diary-schnitzler/gold-spans.jsonl")
	data, err := os.ReadFile(gold)
	if err != nil {
		t.Fatal(err)
	}
	spans, files := 0, 0
	for line := range strings.Lines(string(data)) {
		var g goldLine
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(filepath.Join(filepath.Dir(gold), "editions", g.File))
		if err != nil {
			t.Fatal(err)
		}
		docs, err := readTEI(file)
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %d documents, %v", g.File, len(docs), err)
			continue
		}
		d := docs[0]
		files++
		want, at := squeezed(g.Text)
		got, mine := squeezed(d.Text)
		if got != want {
			t.Errorf("%s: the text is\n%q, want\n%q", g.File, got, want)
		}
		if first(d.Fields["dcterms:title"]) != g.Title || first(d.Fields["dcterms:date"]) != g.Date {
			t.Errorf("%s: title and date %v, want %q and %s", g.File, d.Fields, g.Title, g.Date)
		}
		text, runes := []rune(g.Text), []rune(d.Text)
		for _, s := range g.Spans {
			label := s.Label
			if label == "rs" {
				label = cmp.Or(teiTypes[s.Type], s.Type)
			}
			words := string(text[s.Start:s.End])
			spans++
			if !slices.ContainsFunc(d.Marks, func(m Span) bool {
				return m.Label == label && string(runes[m.Start:m.End]) == words && mine[m.Start] == at[s.Start] && mine[m.End-1] == at[s.End-1]
			}) {
				t.Errorf("%s: the %s %q at %d is not found", g.File, label, words, s.Start)
			}
		}
		if len(d.Marks) != len(g.Spans) {
			t.Errorf("%s: %d marks, want %d", g.File, len(d.Marks), len(g.Spans))
		}
	}
	t.Logf("%d spans in %d files", spans, files)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// The examples of the TEI's own tests are read or refused with a reason.
func TestReadTEIOfTheConsortium(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "corpora/tei-tests/P5/Test"), "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := readTEI(data)
		if err != nil {
			t.Logf("%s: %v", filepath.Base(name), err)
			continue
		}
		read++
		for _, d := range docs {
			checkAnnotated(t, filepath.Base(name), d)
		}
	}
	t.Logf("%d of %d files were read", read, len(files))
}

// checkAnnotated says what is wrong with a text and its marks whatever they are.
func checkAnnotated(t *testing.T, name string, d Annotated) {
	t.Helper()
	n := utf8.RuneCountInString(d.Text)
	if !utf8.ValidString(d.Text) {
		t.Errorf("%s: the text is no UTF-8", name)
	}
	for _, m := range d.Marks {
		if m.Start < 0 || m.Start > m.End || m.End > n || m.Label == "" {
			t.Errorf("%s: the mark %+v in %d characters", name, m, n)
		}
	}
	at := 0
	for _, f := range d.Fixes {
		if f.Start < at || f.Start > f.End || f.End > n {
			t.Errorf("%s: the fix %+v after %d in %d characters", name, f, at, n)
		}
		at = f.End
	}
}

// FuzzReadTEI: whatever the bytes, an error or texts with marks in them.
func FuzzReadTEI(f *testing.F) {
	for _, body := range []string{"<p>a<persName>b</persName></p>", "<choice><sic>a<anchor xml:id='x'/></sic><corr>b<anchor xml:id='y'/></corr></choice><span from='#x' to='#y' type='t'/>",
		"<app><lem>a</lem></app><note>a<choice><corr>b</corr></choice></note>", "<gap unit='char' quantity='-1'/><g ref='#a'/>", "<ab xml:space='preserve'> a\r\n&#xD;</ab>", "<TEI><text>a</text></TEI>"} {
		f.Add([]byte(within(body)))
		f.Add([]byte(strings.Replace(within(body), "<profileDesc>", "<encodingDesc><appInfo><application ident='Fonds'/></appInfo></encodingDesc><profileDesc>", 1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		docs, err := readTEI(data)
		if err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
		for _, d := range docs {
			checkAnnotated(t, "fuzz", d)
		}
	})
}
