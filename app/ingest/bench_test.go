package ingest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// notice8K is a notice of about 8 KB in an encoding, with labels at its head.
func notice8K(b *testing.B, enc string) []byte {
	head := "某厅召开档案工作会议\n22.11.2015 13:35\n本文来源: 某厅\n来源: www.example.gov.cn\n"
	text := head + strings.Repeat("为认真贯彻落实上级要求,进一步做好档案工作,定于下月召开会议。各单位要高度重视,认真准备。\n", 60)
	return written(b, text, enc)
}

func BenchmarkRead(b *testing.B) {
	for _, enc := range []string{"UTF-8", "GB18030", "Big5", "UTF-16LE"} {
		data := notice8K(b, "UTF-8")
		switch enc {
		case "Big5":
			data = written(b, strings.Repeat(noticeHant, 50), enc)
		default:
			data = written(b, string(data), enc)
		}
		data = data[:len(data)-len(data)%2]
		name := filepath.Join(b.TempDir(), "a.txt")
		if err := os.WriteFile(name, data, 0o644); err != nil {
			b.Fatal(err)
		}
		b.Run(enc, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				doc, err := Read(context.Background(), Found{Path: "a.txt", Name: name}, Options{})
				if err != nil || doc.Encoding != enc {
					b.Fatal(doc, err)
				}
			}
		})
	}
}

func BenchmarkHTML(b *testing.B) {
	page := "<html><head><title>某厅召开会议-某网</title></head><body><div>首页</div><h1>某厅召开会议</h1>" +
		strings.Repeat("<p class=x>为认真贯彻落实上级要求,进一步做好<b>档案</b>工作&nbsp;</p>\n", 80) + "</body></html>"
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if doc, err := Make([]byte(page), "a.html", ""); err != nil || len(doc.Proposals) == 0 {
			b.Fatal(doc, err)
		}
	}
}
