package mail

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"fonds/app/ingest/content"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// pageText is a simple text of a page: its words, a line for each block.
func pageText(page string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String()) + "\n"
		case html.TextToken:
			b.Write(z.Text())
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "p" {
				b.WriteByte('\n')
			}
		}
	}
}

// chinese is a Decoder that takes for GB18030 what is no UTF-8 and has no charset, and remembers what it was asked.
type chinese struct{ asked []string }

func (d *chinese) decode(b []byte, declared string) (string, error) {
	d.asked = append(d.asked, declared)
	if text, err := byName(b, "gb18030"); declared == "" && err == nil {
		return text, nil
	}
	return byName(b, declared)
}

func gbk(s string) string {
	b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func readWith(t *testing.T, s string, o Options) *content.Content {
	t.Helper()
	c, err := EML(context.Background(), []byte(s), o)
	if err != nil {
		t.Fatalf("EML: %v", err)
	}
	return c
}

func saidOf(c *content.Content, field string) string {
	var all []string
	for _, s := range c.Said {
		if s.Field == field {
			all = append(all, s.Value+" ("+s.Where+")")
		}
	}
	return strings.Join(all, "; ")
}

const top1 = "From: Anna <a@b.c>\r\nTo: \"Ben, Jr.\" <ben@b.c>, =?utf-8?B?5byg5LiJ?= <z@b.c>\r\nCc: g: x@y.z;\r\n" +
	"Subject: =?GB2312?B?1tDOxA==?=\r\n =?GB2312?Q?=B1=EA=CC=E2?=\r\nDate: Wed, 24 Feb 2016 02:35:26 +0200\r\n" +
	"Message-ID: <1@b.c>\r\nIn-Reply-To: <0@b.c>\r\nMIME-Version: 1.0\r\n"

func TestHead(t *testing.T) {
	c := readWith(t, top1+"\r\nHello.\r\n\r\nBye.\r\n", Options{})
	want := "From: Anna <a@b.c>\nTo: \"Ben, Jr.\" <ben@b.c>, 张三 <z@b.c>\nCc: g: x@y.z;\nDate: Wed, 24 Feb 2016 02:35:26 +0200\n" +
		"Subject: 中文标题\n\nHello.\n\nBye.\n"
	if c.Text != want {
		t.Errorf("text %q\nwant %q", c.Text, want)
	}
	for field, want := range map[string]string{
		"dcterms:title":       "中文标题 (header Subject)",
		"dcterms:creator":     "Anna <a@b.c> (header From)",
		"dcterms:contributor": "Ben, Jr. <ben@b.c> (header To); 张三 <z@b.c> (header To); x@y.z (header Cc)",
		"dcterms:date":        "2016-02-24T02:35:26+02:00 (header Date)",
		"dcterms:identifier":  "1@b.c (header Message-ID)",
		"dcterms:relation":    "0@b.c (header In-Reply-To)",
	} {
		if got := saidOf(c, field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	if c.Title != "中文标题" || c.Format != "message/rfc822" || len(c.Parts)+len(c.Lost) != 0 {
		t.Errorf("title %q, format %q, parts %v, lost %v", c.Title, c.Format, c.Parts, c.Lost)
	}
}

// A character that was cut between two encoded words, as mailers in China cut them.
func TestCutCharacter(t *testing.T) {
	b := gbk("档案局")
	word := func(s string) string { return "=?gb2312?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?=" }
	c := readWith(t, "From: a@b.c\nSubject: "+word(b[:3])+"\n "+word(b[3:])+"\n\n.\n", Options{})
	if c.Title != "档案局" {
		t.Errorf("title %q", c.Title)
	}
}

// Heads and bodies in GBK of which the letter says nothing are read together by the decoder.
func TestRawBytes(t *testing.T) {
	d := &chinese{}
	letter := "From: " + gbk("张三") + " <z@b.c>\nSubject: " + gbk("关于报送档案的函") + "\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n" +
		gbk("各单位：\n请于本月底前报送。\n") + "--x\nContent-Type: application/msword; name=\"" + gbk("附件\\一.doc") + "\"\n\n.\n--x--\n"
	c := readWith(t, letter, Options{Decode: d.decode})
	if c.Title != "关于报送档案的函" || !strings.Contains(c.Text, "From: 张三 <z@b.c>") || !strings.Contains(c.Text, "\n\n各单位：\n请于本月底前报送。") {
		t.Errorf("title %q, text %q", c.Title, c.Text)
	}
	if len(c.Parts) != 1 || c.Parts[0].Name != "附件\\一.doc" {
		t.Errorf("parts %+v", c.Parts)
	}
	for _, declared := range d.asked {
		if declared != "" {
			t.Errorf("the decoder was told %q of bytes that declare nothing", declared)
		}
	}
	// A charset that a text declares is taken for the head too.
	d = &chinese{}
	readWith(t, "From: a@b.c\nSubject: "+gbk("函")+"\nContent-Type: text/plain; charset=GBK\n\nx\n", Options{Decode: d.decode})
	for _, declared := range d.asked {
		if declared != "gbk" {
			t.Errorf("the decoder was told %q", declared)
		}
	}
	if len(d.asked) == 0 {
		t.Error("the decoder was not asked")
	}
}

func TestNames(t *testing.T) {
	jis, err := japanese.ISO2022JP.NewEncoder().String("てすと.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, head, want string }{
		{"plain", `Content-Disposition: attachment; filename=a.txt`, "a.txt"},
		{"blanks without quotes", `Content-Disposition: attachment; filename=a b (1).txt; size=3`, "a b (1).txt"},
		{"quoted", `Content-Disposition: attachment; filename="a \"b\"; c.txt"`, `a "b"; c.txt`},
		{"of the type", `Content-Type: application/x; name="a.txt"`, "a.txt"},
		{"RFC 2231", `Content-Disposition: attachment; filename*=GBK''%D6%D0%CE%C4.txt`, "中文.txt"},
		{"both ways", "Content-Disposition: attachment; filename=x.txt; filename*=utf-8'zh'%E4%B8%AD.txt", "中.txt"},
		{"continued", "Content-Disposition: attachment;\n filename*1*=%D6.txt;\n filename*0*=gb2312''%CE%C4%D6%D0%B9%FA;\n filename*1*=%D6%D0.txt", "文中国"},
		{"continued without percent", "Content-Disposition: attachment; filename*0=\"a\"; filename*1=\"b.txt\"", "ab.txt"},
		{"RFC 2047", `Content-Disposition: attachment; filename="=?utf-8?B?5Lit5paHLnR4dA==?="`, "中文.txt"},
		{"RFC 2047, cut", "Content-Type: application/x; name=\"=?utf-8?B?5Lit?=\n =?utf-8?B?5paHLnR4dA==?=\"", "中文.txt"},
		{"RFC 2047 without quotes", `Content-Type: application/x; name==?utf-8?Q?a=5Fb.txt?=`, "a_b.txt"},
		{"ISO-2022-JP", `Content-Type: application/x; name="=?ISO-2022-JP?B?` + base64.StdEncoding.EncodeToString([]byte(jis)) + `?="`, "てすと.txt"},
		{"climbs", `Content-Disposition: attachment; filename="..\..\x"`, `..\..\x`},
	} {
		c := readWith(t, "From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"+tt.head+"\nContent-Transfer-Encoding: 8bit\n\nabc\n--x--\n", Options{})
		if tt.name == "continued" {
			if len(c.Parts) != 1 || !strings.HasPrefix(c.Parts[0].Name, tt.want) {
				t.Errorf("%s: %+v", tt.name, c.Parts)
			}
			continue
		}
		if len(c.Parts) != 1 || c.Parts[0].Name != tt.want || string(c.Parts[0].Data) != "abc" {
			t.Errorf("%s: %+v, want %q", tt.name, c.Parts, tt.want)
		}
	}
}

// partsOf says what parts there are: name, type, how they belong, size.
func partsOf(c *content.Content) string {
	var all []string
	for _, p := range c.Parts {
		all = append(all, fmt.Sprintf("%s %s %s %d", p.Name, p.Type, p.As, len(p.Data)))
	}
	return strings.Join(all, "; ")
}

// multi is a multipart of a kind, with its parts; boundary must not be used within.
func multi(kind, boundary string, parts ...string) string {
	return "Content-Type: multipart/" + kind + "; boundary=" + boundary + "\n\n--" + boundary + "\n" +
		strings.Join(parts, "\n--"+boundary+"\n") + "\n--" + boundary + "--\n"
}

const (
	plainPart = "Content-Type: text/plain; charset=utf-8\n\nPlain words."
	emptyPart = "Content-Type: text/plain; charset=utf-8\n\n \n"
	stockPart = "Content-Type: text/plain\n\nYour e-mail client does not support HTML."
	htmlPart  = "Content-Type: text/html; charset=utf-8\n\n<p>Page <b>words</b>.</p>"
	pngPart   = "Content-Type: image/png\nContent-ID: <i@b.c>\nContent-Transfer-Encoding: base64\n\naGVsbG8="
	pdfPart   = "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF"
	letterIn  = "Content-Type: message/rfc822\n\nFrom: c@d.e\nSubject: Inner / one\n" + "Content-Type: multipart/mixed; boundary=in\n\n--in\n\nx\n--in--\n"
)

func TestStructures(t *testing.T) {
	for _, tt := range []struct{ name, body, text, parts, lost string }{
		{"alternative", multi("alternative", "x", plainPart, htmlPart), "Plain words.", "", ""},
		{"page first", multi("alternative", "x", htmlPart, plainPart), "Plain words.", "", ""},
		{"empty plain text", multi("alternative", "x", emptyPart, htmlPart), "Page words.\n", "", ""},
		{"stock phrase", multi("alternative", "x", stockPart, htmlPart), "Page words.\n", "", ""},
		{"stock phrase alone", multi("alternative", "x", stockPart), "Your e-mail client does not support HTML.", "", ""},
		{"page alone", htmlPart, "Page words.\n", "", ""},
		{"related", multi("related", "x", htmlPart, pngPart), "Page words.\n", " image/png inline 5", ""},
		{"related in alternative", multi("alternative", "y", plainPart, multi("related", "x", htmlPart, pngPart)), "Plain words.", " image/png inline 5", ""},
		{"attached in alternative", multi("alternative", "y", plainPart, multi("mixed", "x", htmlPart, pdfPart)), "Plain words.", "a.pdf application/pdf attachment 4", ""},
		{"text after a file", multi("mixed", "x", plainPart, pdfPart, "\nA footer."), "Plain words.\n\nA footer.", "a.pdf application/pdf attachment 4", ""},
		{"letter in it", multi("mixed", "x", plainPart, letterIn), "Plain words.", "Inner / one.eml message/rfc822 attachment 92", ""},
		{"digest", multi("digest", "x", "\nFrom: c@d.e\nSubject: one\n\n1\n", "\nFrom: c@d.e\n\n2\n"), "", "one.eml message/rfc822 attachment 28; letter.eml message/rfc822 attachment 15", ""},
		{"signed", multi("signed", "x", plainPart, "Content-Type: application/pgp-signature; name=s.asc\n\nsig"), "Plain words.", "s.asc application/pgp-signature attachment 3", ""},
		{"encrypted", multi("encrypted", "x", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream; name=e.asc\n\nabc"), "",
			" application/pgp-encrypted attachment 10; e.asc application/octet-stream attachment 3", "The body is encrypted and could not be read"},
		{"S/MIME", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n", "",
			"smime.p7m application/pkcs7-mime attachment 5", "The body is encrypted (S/MIME)"},
		{"PGP in the text", "\n-----BEGIN PGP MESSAGE-----\nx\n", "-----BEGIN PGP MESSAGE-----\nx\n", "", "encrypted (PGP)"},
		{"uuencode", "\nSee.\nbegin 644 a.txt\n%:&5L;&\\`\n`\nend\nBye.\n", "See.\nBye.\n", "a.txt  attachment 5", ""},
		{"begin in words", "\nbegin 644 times\nand again\n", "begin 644 times\nand again\n", "", ""},
		{"base64 with dirt", "Content-Type: application/x; name=a\nContent-Transfer-Encoding: base64\n\naGV*s\n\nbG8\n", "", "a application/x attachment 5", "1 places could not be decoded (base64)"},
		{"quoted-printable with dirt", "Content-Transfer-Encoding: quoted-printable\n\na=C3=A4=zz=\n=E4=B8=AD =3d\n", "aä=zz中 =\n", "", "1 places could not be decoded"},
		{"unknown encoding", "Content-Transfer-Encoding: x-zip\n\nabc\n", "abc\n", "", `The encoding "x-zip"`},
		{"flowed", "Content-Type: text/plain; format=flowed\n\none \ntwo\n", "one \ntwo\n", "", ""},
		{"unnamed text attached", multi("mixed", "x", plainPart, "Content-Type: text/plain\nContent-Disposition: attachment\n\nnote"), "Plain words.", " text/plain attachment 4", ""},
		{"named body", multi("mixed", "x", "Content-Type: text/plain; name=body.txt\n\nHello.", pdfPart), "Hello.", "body.txt text/plain attachment 6; a.pdf application/pdf attachment 4", ""},
		{"named text beside a body", multi("mixed", "x", plainPart, "Content-Type: text/plain; name=n.txt\n\nHello."), "Plain words.", "n.txt text/plain attachment 6", ""},
		{"no parts found", "Content-Type: multipart/mixed; boundary=x\n\nwords\n", "words\n", "", "were not found"},
		{"UTF-7", "Content-Type: text/plain; charset=utf-7\n\nHi +Ti1lhw-! +-\n", "Hi 中文! +\n", "", ""},
		{"unknown charset", "Content-Type: text/plain; charset=x-foo\n\ncaf\xE9\n", "café\n", "", "The charset x-foo"},
		{"controls", "\na\x00b\x07c\fd\re\n", "abc\nd\ne\n", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := readWith(t, "From: a@b.c\n"+tt.body, Options{HTML: pageText})
			_, text, _ := strings.Cut(c.Text, "From: a@b.c\n")
			if text = strings.TrimPrefix(text, "\n"); text != tt.text {
				t.Errorf("text %q, want %q", text, tt.text)
			}
			if got := partsOf(c); got != tt.parts {
				t.Errorf("parts %q, want %q", got, tt.parts)
			}
			if lost := strings.Join(c.Lost, " "); (lost == "") != (tt.lost == "") || !strings.Contains(lost, tt.lost) {
				t.Errorf("lost %q, want %q", lost, tt.lost)
			}
		})
	}
}

// A letter within a letter is its exact bytes.
func TestExactBytes(t *testing.T) {
	inner := "From: c@d.e\r\nSubject: caf\xE9\r\n\r\n\r\nbody\x00 \r\n\r\n"
	c := readWith(t, "From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"+inner+"\r\n--x--\r\n", Options{})
	if len(c.Parts) != 1 || string(c.Parts[0].Data) != inner {
		t.Errorf("%q", c.Parts)
	}
}

func TestNotALetter(t *testing.T) {
	for _, s := range []string{"", "\n\n", "Dear Anna,\n\nall is well.\n", "\x00\x01\x02"} {
		if _, err := EML(context.Background(), []byte(s), Options{}); refused(err) != content.NotIt {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestDates(t *testing.T) {
	for s, want := range map[string]string{
		"Wed, 24 Feb 2016 02:35:26 +0200":         "2016-02-24T02:35:26+02:00",
		"24 Feb 16 02:35 GMT":                     "2016-02-24T02:35:00Z",
		"Fri, 21 Nov 97 09(comment):   55  :  06": "1997-11-21",
		"Mon Jun  1 04:28:28 2009":                "2009-06-01T04:28:28",
		"Fri Mar 10 2006 13:40:00 GMT+0100":       "2006-03-10T13:40:00+01:00",
		"Thu, 13 Feb 1969 23:32:54 -0330":         "1969-02-13T23:32:54-03:30",
		"Wed, 20 Sep 1995 00:19:00 (EDT) -0400":   "1995-09-20T00:19:00-04:00",
		"Sat, 31 Dec 2016 23:59:60 +0000":         "2016-12-31T23:59:59Z",
		"May 8, 2005 1:17 PM":                     "2005-05-08T13:17:00",
		"2016-02-24T02:35:26+02:00":               "2016-02-24T02:35:26+02:00",
		"Thu, 31 Feb 2016 00:00:00 +0000":         "",
		"yesterday":                               "",
		"Tue, 1 Jan 2002 25:00:00 +0000":          "2002-01-01",
		"Tue, 1 Jan 2002 10:00:00 +9900":          "2002-01-01T10:00:00",
	} {
		if got := edtf(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// Encoded words as they are and as mailers spoil them.
func TestEncodedWords(t *testing.T) {
	for text, want := range map[string]string{
		"a =?iso-8859-1*en?q?this_is_english?= b":               "a this is english b",
		"a =??q?no_charset?= b":                                 "a =??q?no_charset?= b",
		"a =?*en?q?no_charset?= b":                              "a =?*en?q?no_charset?= b",
		"a =?iso-8859-1?x?no_such_encoding?= b":                 "a =?iso-8859-1?x?no_such_encoding?= b",
		"a =?iso-8859-1?qb?no_such_encoding?= b":                "a =?iso-8859-1?qb?no_such_encoding?= b",
		"a =?iso-8859-1?q?no_end":                               "a =?iso-8859-1?q?no_end",
		"a =?iso-8859-1":                                        "a =?iso-8859-1",
		"a=?iso-8859-1?q?_in_words_?=b":                         "a in words b",
		"=?iso-8859-1?q?caf=E9_?= =?utf-8?q?=E4=B8=AD?= \t=?x?": "café 中 \t=?x?",
		"=?utf-8?B?5Lit?=  =?utf-8?B?5paH?= end":                "中文 end",
		"=?utf-8?Q?what=3F?= =?utf-8?Q?what?=3F?=":              "what?what??",
		"=?utf-8?Q?with blanks in it?=":                         "with blanks in it",
		"=?utf-8?B?5Lit5paH":                                    "=?utf-8?B?5Lit5paH",
		"=?us-ascii?q?0?= =?koi8-r?q?=C1?= =?big5?b?pKQ=?=":     "0а中",
		"=?GB2312?B?1tDOxMPQ?= (=?gbk?Q?=D6=D0?=)":              "中文眯 (中)",
		"=?utf-7?Q?+Ti1lhw-?=":                                  "中文",
		"=?utf-8?q?=E4=B8?= =?utf-8?q?=AD?=":                    "中",
		"\"=?utf-8?q?in_quotes?=\" <a@b.c>":                     "\"in quotes\" <a@b.c>",
	} {
		l := &letter{ctx: context.Background(), o: Options{Decode: byName}, c: &content.Content{}}
		if got := l.decoded(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestPersons(t *testing.T) {
	for text, want := range map[string]string{
		`"Big Bug bb"@bug.com`:                      `"Big Bug bb"@bug.com`,
		`Big Bug bb@bug.com`:                        `Big Bug <bb@bug.com>`,
		`a@b.c d@e.f`:                               `a@b.c|d@e.f`,
		`a@b.c (Anna (the first))`:                  `Anna (the first) <a@b.c>`,
		`"Doe, John" <j@d.e>; 'Ann' <a@b.c>`:        `Doe, John <j@d.e>|Ann <a@b.c>`,
		`"a \"b\" c" <j@d.e>`:                       `a "b" c <j@d.e>`,
		`undisclosed-recipients:;`:                  ``,
		`Team: a@b.c, B <b@c.d>;, c@d.e`:            `a@b.c|B <b@c.d>|c@d.e`,
		`Pete(A wonderful \) chap) <pete(his)@x.y>`: `Pete <pete@x.y>`,
		`<a@b.c>`:      `a@b.c`,
		`张三`:           `张三`,
		`"quoted@b.c"`: `quoted@b.c`,
		`, ,;`:         ``,
	} {
		l := &letter{ctx: context.Background(), o: Options{Decode: byName}, c: &content.Content{}}
		var got []string
		for _, p := range persons(text) {
			got = append(got, l.person(p))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
