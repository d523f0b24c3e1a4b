package zones

import (
	"fmt"
	"strings"
	"testing"
)

// notice is a notice of about 8 KB with furniture at both ends.
func notice() string {
	body := strings.Repeat("会议听取了库房搬迁准备情况的汇报,研究了有关问题。会议决定,搬迁在三月底以前完成,期间暂停查阅。", 6) + "\n"
	var b strings.Builder
	b.WriteString("首页 > 工作动态\n市档案局组织观摩\n发布时间：2016-11-03 09:20 浏览次数：33\n本文来源: 档案局\n")
	for b.Len() < 8000 {
		b.WriteString(body)
	}
	return b.String() + "本文来源: 档案局\n打印本页 关闭窗口\n版权所有 某某市档案馆 某ICP备12345678号\n"
}

// many are texts of 10 MB of one shape each.
func many() map[string]string {
	all := map[string]string{"notices": notice(), "short lines": "档案\n", "labels": "来源：某处\n日期：2015-01-02\n", "one line": "档案馆，", "titles": "某某县档案局关于检查的通知\n", "feeds": "\f某某县志\n正文很短。\n",
		"mails": "From: a@example.org\nTo: b@example.org\nSubject: x\nDate: y\n\nThe boxes have come and all but two of them are dry, I think.\n\n"}
	for name, text := range all {
		all[name] = strings.Repeat(text, 10_000_000/len(text))
	}
	return all
}

func BenchmarkNotice(b *testing.B) {
	text := notice()
	b.Run("furniture", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			Furniture(text)
		}
	})
	b.Run("splits", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			Splits(text, nil)
		}
	})
	b.Run("count", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		var c Counter
		for i := 0; b.Loop(); i++ {
			c.Add(Note(fmt.Sprintf("%d%s", i, text)))
		}
	})
}

func BenchmarkTenMegabytes(b *testing.B) {
	for name, text := range many() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Splits(text, nil)
			}
		})
	}
}
