package ingest

import (
	"strings"
	"testing"
)

func TestExtractHTML(t *testing.T) {
	for _, c := range []struct{ name, page, text, title, h1 string }{
		{"paragraphs", "<p>一</p><p>二<p>三", "一\n二\n三", "", ""},
		{"white space", "<p>  a \n\t b  <b> c</b>d </p> \n <p> e", "a b cd\ne", "", ""},
		{"a line broken between Chinese", "<p>各有关\n  单位：\n请 看 this\nword</p>", "各有关单位：请 看 this word", "", ""},
		{"br", "a<br>b<br/><br>c<br><br><br><br>d", "a\nb\n\nc\n\nd", "", ""},
		{"title, script, style", "<html><head><title> 通 知 &amp; </title><style>p{}</style><script>if (a<b) x('</p>')</script></head><body><h1>通知<br>一</h1>正文", "通知\n一\n正文", "通 知 &", "通知 一"},
		{"table by rows", "<table><tr><th>姓名<th>生年<tr><td>张三</td><td></td><td>1921</td></tr></table>后", "姓名\t生年\n张三\t\t1921\n后", "", ""},
		{"table for layout", "<table><tr><td><p>左</p><p>下</p></td><td><div>右</div></td></tr></table>", "左\n下\n右", "", ""},
		{"list", "<ul><li>一<li>二</ul>", "一\n二", "", ""},
		{"pre", "<pre>\na  b\n\n  c</pre>d", "a  b\n\n  c\nd", "", ""},
		{"entities", "<p>&lt;p&gt; &#20013;&#x6587; &nbsp;x &copy; &noentity; &#0;</p>", "<p> 中文 \u00A0x © &noentity; \uFFFD", "", ""},
		{"carriage return as an entity", "<p>a&#13;b</p><pre>c&#13;&#10;d</pre>", "a b\nc\nd", "", ""},
		{"dropped", "a<noscript>b<p>c</noscript><template>d<template>e</template>f</template><iframe>g</iframe>h<!-- i -->", "ah", "", ""},
		{"frames", "<frameset><frame src=x><noframes><body><p>无框架<p>二</body></noframes></frameset>", "无框架\n二", "", ""},
		{"XHTML's empty script", "<script src='a.js'/><title/><p>还在</p><iframe src=b />也在", "还在\n也在", "", ""},
		{"never closed", "<p>a<b>c<script>d", "ac", "", ""},
		{"indent of spaces", "<p>&nbsp;&nbsp;甲</p><p>　　乙</p><p>&nbsp;</p><p>丙", "甲\n　　乙\n丙", "", ""},
		{"textarea, select", "<textarea>a\n b</textarea><select><option>一<option>二</select>", "a\n b\n一\n二", "", ""},
		{"attributes are no text", "<img alt='画'><a href=x title='y'>连接</a>", "连接", "", ""},
		{"nothing", "<html><body></body></html>", "", "", ""},
		{"deep", strings.Repeat("<div>", 100000) + "底", "底", "", ""},
	} {
		r := Recipe{}
		text, heads := extractHTML(c.page, &r)
		if text != c.text || heads.title != c.title || heads.h1 != c.h1 || r.Extractor != "html" {
			t.Errorf("%s: got %q, title %q, h1 %q\nwant %q, title %q, h1 %q", c.name, text, heads.title, heads.h1, c.text, c.title, c.h1)
		}
	}
}

func TestUndecodedInHTML(t *testing.T) {
	good := strings.Repeat("档案", 30)
	page := "<script>\xFF</script><p class='\xFE'>" + good + "\xFD\r\n<td>好\xE4\xB8 x &#xFFFD;"
	doc, err := Make([]byte(page), "a.html", "")
	if err != nil {
		t.Fatal(err)
	}
	if want := good + "\uFFFD\t好\uFFFD x \uFFFD"; doc.Text != want {
		t.Errorf("text %q, want %q", doc.Text, want)
	}
	want := []int{-1, -1, 60, 63}
	for i, u := range doc.Recipe.Undecoded {
		if i >= len(want) || u.At != want[i] {
			t.Errorf("undecoded %d: %+v, want at %v", i, u, want)
		}
	}
	if len(doc.Recipe.Undecoded) != len(want) {
		t.Errorf("%d undecoded, want %d", len(doc.Recipe.Undecoded), len(want))
	}
	checkDocument(t, doc)

	// A page that holds the marks itself is read, and the places are not known.
	doc, err = Make([]byte("<p>\uFDD0\uFDDB"+good+"\xFF"), "a.html", "")
	if err != nil || doc.Text != "\uFDD0\uFDDB"+good+"\uFFFD" || doc.Recipe.Undecoded[0].At != -1 {
		t.Errorf("got %+v, error %v", doc, err)
	}
}

func TestIsHTML(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"a.html", "<p>x", true}, {"A.HTM", "x < y", true}, {"a.html", "no tag", false}, {"a.txt", "<!DOCTYPE html><p>", true},
		{"a.txt", "\n <!-- saved --> <HTML>", true}, {"a.txt", "<?xml version='1.0'?><html xmlns='x'>", true},
		{"a.txt", "<htmlish>", false}, {"a.txt", "<header>", false}, {"a.txt", "see <html>", false}, {"a.xml", "<?xml version='1.0'?><TEI>", false},
		{"a.txt", "<!-- never closed", false},
	} {
		if got := isHTML(c.name, c.text); got != c.want {
			t.Errorf("isHTML(%q, %q) = %v", c.name, c.text, got)
		}
	}
}

func TestForeign(t *testing.T) {
	for data, want := range map[string]string{
		"%PDF-1.7\n": "application/pdf", "\x89PNG\r\n\x1a\n": "image/png", "\xFF\xD8\xFF\xE0": "image/jpeg", "GIF89a\x01\x00": "image/gif",
		"\x7fELF\x02": "application/x-elf", "PK\x03\x04\x14\x00": "application/zip", "MZ\x90\x00": "application/vnd.microsoft.portable-executable",
		"PK\x03\x04" + strings.Repeat("\x00", 26) + "mimetypeapplication/epub+zipPK": "application/epub+zip",
		"PK\x03\x04\x00\x00[Content_Types].xml word/document.xml":                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"SQLite format 3\x00": "application/vnd.sqlite3", `{\rtf1\ansi`: "application/rtf", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1": "application/x-ole-storage",
		"MZ is a name": "", "BMW": "", "GIF8 is a number": "", "RIFF and RAFF": "", "text": "", "": "",
	} {
		if got, ok := foreign([]byte(data)); got != want || ok != (want != "") {
			t.Errorf("%.20q is %q, want %q", data, got, want)
		}
	}
}
