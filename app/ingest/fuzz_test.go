package ingest

import (
	"errors"
	"testing"
)

func addSeeds(f *testing.F) {
	for _, enc := range []string{"utf-8", "utf-16le", "gb18030", "windows-1252"} {
		if b, err := mustCodec(enc).encode("通知\r\na"); err == nil {
			f.Add(b)
		}
	}
	for _, s := range []string{"", "a", "\xEF\xBB\xBF", "\xFF\xFE\x00\x00", "\x84\x31\x95\x33\x81\x30", "\x81\r\n\xFE", "\xFF\xFEa", "22.11.2015 13:35\n来源: www.a.cn\r", "\x00\x00\x00a",
		"<html><title>a-b</title><h1>a</h1><pre>\n&#13;\xFF</pre><table><td><td>x", "<meta charset=big5>\xA4\xA4\xA4", "<script>\xFF\xFF", "<p>\uFDD0\uFDD5\uFDDB\xFF",
		pageOf("通知_某网", `<meta name=PubDate content="2021-03-08"><h1>通知</h1>`+pageLabels+`<div class=a>`+pageProse+"</div>\xFF"),
		`<script type="application/ld+json">{"@type":"Article","author":[{"name":"a"}]}</script><table><tr><td><b><p>a</b>b<a>c<li>d<dd>e</table>`} {
		f.Add([]byte(s))
	}
}

// FuzzDecode: whatever the bytes, either a reason or a document that holds what every document holds.
func FuzzDecode(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) { fuzzOne(t, data, "a.txt") })
}

// FuzzHTML is the same for pages.
func FuzzHTML(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) { fuzzOne(t, data, "a.html") })
}

func fuzzOne(t *testing.T, data []byte, name string) {
	if len(data) > 64<<10 {
		return
	}
	for _, enc := range []string{"", "gb18030", "big5", "utf-8", "utf-16be", "euc-kr", "johab", "shift_jisx0213", "hz", "iso-2022-kr"} {
		doc, err := Make(data, name, enc)
		if err != nil {
			var skip *Skip
			if !errors.As(err, &skip) || skip.Path != name || skip.Reason == "" || skip.String() == "" {
				t.Errorf("forced %q: error %v is no reason", enc, err)
			}
			continue
		}
		checkDocument(t, doc)
	}
}
