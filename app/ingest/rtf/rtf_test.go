package rtf

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fonds/app/ingest/content"
)

const fonts = `{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset204 Arial;}` +
	`{\f3\fnil\fcharset2 Symbol;}{\f4\fnil\fcharset128 Mincho;}{\f5\fnil\fcharset136 Ming;}{\f6\fnil\fcharset129 Batang;}` +
	`{\f7\fnil\fcharset77 Geneva;}{\f8\fnil\fcharset238 Arial CE;}{\f9\fnil\fcharset2 Wingdings;}{\f10\fnil\cpg850 Dos;}}`

func TestText(t *testing.T) {
	for _, tt := range []struct{ name, rtf, want string }{
		{"paragraphs", `{\rtf1 one\par two\line three\par\par four}`, "one\ntwo\nthree\n\nfour"},
		{"raw line ends are none", "{\\rtf1 o\r\nne\\\ntwo}", "one\ntwo"},
		{"special characters", `{\rtf1 a\emdash b\endash c\lquote d\rquote\ldblquote e\rdblquote\~f\_g\-h\bullet\{\}\\}`,
			"a—b–c‘d’“e”\u00a0f\u2011g\u00adh•{}\\"},
		{"code page of the file", `{\rtf1\ansi\ansicpg936 \'d6\'d0\'b9\'fa}`, "中国"},
		{"raw bytes", "{\\rtf1\\ansi\\ansicpg936 \xd6\xd0\xb9\xfa}", "中国"},
		{"trail bytes that look like braces", "{\\rtf1\\ansi\\ansicpg932 \x95\x5c\\'8f\\'5c\x81\x7d.}", "表十±."},
		{"trail bytes written as letters", `{\rtf1\ansi\ansicpg932 \'83A\'83C}`, "アイ"},
		{"fonts have code pages", `{\rtf1\ansi\ansicpg1252` + fonts + `\f1 \'d6\'d0\f2 \'cf\f0 \'e9\f4 \'93\'fa\f5 \'a4\'a4\f6 \'c7\'d1\f7 \'8e\f8 \'e8\f10 \'82}`,
			"中Пé日中한éčé"},
		{"pairs over groups", `{\rtf1\ansi\ansicpg1252` + fonts + `\f1{\b\'d6}{\'d0}}`, "中"},
		{"a Western font in a Chinese file", `{\rtf1\ansi\ansicpg936` + fonts + `\f0 \'d6\'d0\'b9\'fa caf\'e9.}`, "中国 café."},
		{"Symbol and Wingdings", `{\rtf1\ansi` + fonts + `\f3 a\'b7\u-3913 ?\f9 J}`, "α••\uf04a"},
		{"deff and plain", `{\rtf1\ansi\deff1` + fonts + `\'d6\'d0{\f0 \'e9}\plain\'d6\'d0}`, "中é中"},
		{"unicode", `{\rtf1\ansi\uc1\u20013?\u-24930?\u55357?\u56832?\u128512?}`, "中\u9e9e😀😀"},
		{"stand-ins of two bytes", `{\rtf1\ansi\uc2\u26085\'93\'faX{\uc0\u26085}Y\u26085\'93\'faZ}`, "日X日Y日Z"},
		{"no stand-in across a group", `{\rtf1 \u26085{x}\u26085\par y}`, "日x日\ny"},
		{"stand-ins that are words", `{\rtf1 a\u8212\emdash b\u8217\'92c}`, "a—b’c"},
		{"groups that may be skipped", `{\rtf1{\*\generator X;}{\*\nosuch {y} z}a{\stylesheet{\s0 Normal;}}b{\colortbl;\red0;}c}`, "abc"},
		{"hidden and deleted", `{\rtf1 a{\v b}{\deleted c\par}\v d\v0 e\v f\plain g}`, "aeg"},
		{"table", `{\rtf1\trowd\cellx1\cellx2\pard\intbl a\par b\cell c\cell\row\intbl d\cell\cell\row\pard e}`, "a b\tc\nd\t\ne"},
		{"table in a table", `{\rtf1\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\nestrow}{\nonesttables\par}\pard\intbl c\cell d\cell\row}`,
			"a b c\td"},
		{"row without an end", `{\rtf1 a\cell b\cell}`, "a\tb"},
		{"list", `{\rtf1{\listtext\pard 1.\tab}one\par{\pntext\f0 2.\tab}two\par{\listtext\tab}three}`, "1. one\n2. two\nthree"},
		{"footnotes", `{\rtf1 a{\super\chftn}{\footnote\pard{\super\chftn} first\par more}b{\footnote\ftnalt second}.\par c}`,
			"a[1]b[2].\nc\n[1] first more\n[2] second"},
		{"comments", `{\rtf1 a{\*\atnid AB}{\*\atnauthor Anna}\chatn{\*\annotation{\*\atndate 1}\chatn why?}b}`, "ab [c1]\n[c1] Anna: why?"},
		{"in a note", `{\rtf1 a{\footnote b{\*\annotation c}{\shp{\*\shpinst{\shptxt d}}}}e}`, "a[1]e\n[1] b [c1] d\n[c1] c"},
		{"a comment in a table", `{\rtf1\pard\intbl a{\*\annotation x}\cell b\cell{\*\annotation y}\row c}`, "a [c1]\tb [c2]\nc\n[c1] x\n[c2] y"},
		{"headers once", `{\rtf1{\header Letter\par}{\headerf Letter}{\footer{\field{\*\fldinst PAGE}{\fldrslt 7}}}{\footer Foot}a\par}`, "Letter\na\nFoot"},
		{"fields", `{\rtf1 a {\field{\*\fldinst HYPERLINK "http://x/"}{\fldrslt{\ul here}}} b}`, "a here b"},
		{"fields within fields", `{\rtf1 {\field{\*\fldinst HYPERLINK "#t"}{\fldrslt {\field{\*\fldinst PAGEREF t}{\fldrslt 42}}}}.}`, "42."},
		{"symbols by number", `{\rtf1 a{\field{\*\fldinst SYMBOL 183 \\f "Symbol" \\s 10}{\fldrslt}}{\field{\*\fldinst SYMBOL 8364 \\u}}}`, "a•€"},
		{"readings", `{\rtf1\ansi\ansicpg932{\field{\*\fldinst EQ \\* jc2 \\* "Font:Mincho" \\* hps10 \\o\\ad(\\s\\up 9(\'82\'a9\'82\'f1),\'8a\'bf)}{\fldrslt}}.}`,
			"漢(かん)."},
		{"text told twice", `{\rtf1{\upr{?}{\*\ud{\u20013 ?}}}x}`, "中x"},
		{"text box", `{\rtf1 a{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt in\par box}}{\shprslt{\*\do{\dptxbxtext in}}}} b\par c}`, "a b\nin\nbox\nc"},
		{"formula", `{\rtf1 {\mmath{\*\moMath{\mf{\mfPr{\mtype x}}{\mnum{\mr a}}{\mden{\mr b}}}}{\mmathPict z}}.}`, "ab."},
		{"binary", "{\\rtf1 a{\\pict\\bin5 }{\\}}}b}", "ab"},
		{"HTML in it", `{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf\par\htmlrtf0 one{\*\htmltag84 &nbsp;}\htmlrtf\'a0\htmlrtf0 two\htmlrtf\par\htmlrtf0{\*\htmltag72 </p>}}`,
			"one\u00a0two"},
		{"page breaks", `{\rtf1 a\page b\par\page c\sect d}`, "a\nb\nc\nd"},
		{"controls", "{\\rtf1 a\x01\\'00\\'81\\u7?\\u133?\\u65534?b\\tab c}", "a\ufffd\ufffeb\tc"},
		{"halves of pairs", `{\rtf1\uc0 a\u-10240 b\u-9216 c\u-9216\u-10240 d\u-10240}`, "a\ufffdb\ufffdc\ufffd\ufffdd\ufffd"},
		{"nothing", `{\rtf1}`, ""},
		{"a mark before it", "\xef\xbb\xbf\r\n{\\rtf1 a}", "a"},
	} {
		c, err := RTF(context.Background(), []byte(tt.rtf))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if c.Text != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, c.Text, tt.want)
		}
	}
}

func TestSaid(t *testing.T) {
	c, err := RTF(context.Background(), []byte(`{\rtf1\ansi\ansicpg936{\info{\title \'d6\'d0  x}{\upr{\subject ?}{\*\ud{\subject \u20013 ?}}}`+
		`{\author A\'e4}{\operator B}{\keywords k}{\creatim\yr1998\mo3\dy7\hr9\min5}{\revtim\yr1999\mo0}{\printim\yr2000}{\version2}{\*\company C}}a}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []content.Said{
		{Field: "dcterms:title", Value: "中 x", Where: `\info \title`},
		{Field: "dcterms:subject", Value: "中", Where: `\info \subject`},
		{Field: "dcterms:creator", Value: "A\ufffd", Where: `\info \author`},
		{Field: "dcterms:contributor", Value: "B", Where: `\info \operator`},
		{Field: "dcterms:subject", Value: "k", Where: `\info \keywords`},
		{Field: "dcterms:date", Value: "1998-03-07T09:05:00", Where: `\info \creatim`},
		{Field: "dcterms:date", Value: "1999", Where: `\info \revtim`},
		{Field: "dcterms:publisher", Value: "C", Where: `\info \company`},
	}
	if !slices.Equal(c.Said, want) {
		t.Errorf("got %q\nwant %q", c.Said, want)
	}
	if c.Title != "中 x" || c.Text != "a" {
		t.Errorf("got the title %q and the text %q", c.Title, c.Text)
	}
}

// What was left out is said.
func TestLost(t *testing.T) {
	for _, tt := range []struct{ rtf, want string }{
		{`{\rtf1 a{\v bcd}}`, "hidden was left out: 3"},
		{`{\rtf1 a{\deleted bc}}`, "deleted was left out: 2"},
		{`{\rtf1 a{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}}`, "Pictures in it were not taken: 1"},
		{`{\rtf1 a{\object\objemb{\*\objdata 0105000002000000}{\result b}}}`, "objects in it were not taken: 1"},
		{`{\rtf1 a{\b c`, "cut off"},
		{`{\rtf1 a} more {\rtf1`, "there are 10 bytes"},
		{`{\rtf1\ansi\ansicpg864 a\'e1}`, "Code page 864"},
	} {
		c, err := RTF(context.Background(), []byte(tt.rtf))
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Lost) != 1 || !strings.Contains(c.Lost[0], tt.want) {
			t.Errorf("%s: got %q, want %q", tt.rtf, c.Lost, tt.want)
		}
	}
	if c, _ := RTF(context.Background(), []byte(`{\rtf1 a}`+"\r\n\x00")); len(c.Lost) > 0 {
		t.Errorf("a whole file: got %q", c.Lost)
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		data string
		want content.Reason
	}{
		{"", content.NotIt},
		{"{\\rt", content.NotIt},
		{"PK\x03\x04", content.NotIt},
		{`{\rtf1` + strings.Repeat("{", 1_000_000), content.TooMuch},
		{`{\rtf1 ` + strings.Repeat("a", content.MaxText+5000), content.TooMuch},
	} {
		begun := time.Now()
		_, err := RTF(context.Background(), []byte(tt.data))
		var refusal *content.Refusal
		if !errors.As(err, &refusal) || refusal.Reason != tt.want {
			t.Errorf("%.20q: got %v, want %s", tt.data, err, tt.want)
		}
		if d := time.Since(begun); d > 60*time.Second {
			t.Errorf("%.20q: took %v", tt.data, d)
		}
	}
	if !IsRTF([]byte(`{\rtf1`)) || IsRTF([]byte("{\\rt")) {
		t.Error("IsRTF does not know RTF")
	}
}

// A million of anything is done in seconds.
func TestMany(t *testing.T) {
	for _, one := range []string{`{\field`, `{\footnote x}`, `{\f1 \'d6}`, `\cell`, `\row`, `{\fonttbl{\f1;}}`, `{\shp{\*\shpinst{\shptxt x}}}`,
		`{\listtext \tab}`, `{\info{\title x}}`, `{\object{\*\objdata 01}}`, `{\upr{a}{\*\ud b}}`, `\u20013 ?`, `\bin9999999 `} {
		many := `{\rtf1 ` + strings.Repeat(one+strings.Repeat("}", strings.Count(one, "{")-strings.Count(one, "}")), 200_000) + `}`
		begun := time.Now()
		if _, err := RTF(context.Background(), []byte(many)); err != nil {
			t.Errorf("%s: %v", one, err)
		}
		if d := time.Since(begun); d > 60*time.Second {
			t.Errorf("%s: took %v", one, d)
		}
	}
}

func TestCancelled(t *testing.T) {
	long := []byte(`{\rtf1 ` + strings.Repeat(`a\par `, 8_000_000) + `}`)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	begun := time.Now()
	if _, err := RTF(ctx, long); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v after %v", err, time.Since(begun))
	}
	if d := time.Since(begun); d > 2*time.Second {
		t.Errorf("stopped after %v", d)
	}
}
