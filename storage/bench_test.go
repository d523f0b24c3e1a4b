package storage

import (
	"fmt"
	"math/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fonds/storage/archive"
)

// noticeText is a notice of about n code points of Chinese, different for each i.
func noticeText(i, n int) string {
	rng := rand.New(rand.NewSource(int64(i)))
	words := []string{"司法厅", "召开", "基层", "服务型", "党组织", "现场", "观摩", "学习", "推进会", "自治区", "监狱", "工作", "会议", "，", "。", "部署", "要求", "责任", "建设", "2015年", "11月16日", "审计", "机关"}
	var b strings.Builder
	fmt.Fprintf(&b, "第%d号通知\n", i)
	for n > 0 {
		w := words[rng.Intn(len(words))]
		if rng.Intn(6) == 0 {
			w = string(rune(0x4e00 + rng.Intn(3500)))
		}
		b.WriteString(w)
		n -= len([]rune(w))
		if rng.Intn(200) == 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func BenchmarkImportQuick(b *testing.B) {
	for b.Loop() {
		a, err := Create(ctx, filepath.Join(b.TempDir(), "t.fonds"), NewArchive{Owner: "Z"}, Options{})
		if err != nil {
			b.Fatal(err)
		}
		const n = 3000
		docs := make([]*archive.Incoming, n)
		for i := range docs {
			docs[i] = incoming(fmt.Sprintf("%d.txt", i), noticeText(i, 2700))
		}
		start := time.Now()
		in := make(chan *archive.Incoming, 64)
		go func() {
			for _, d := range docs {
				in <- d
			}
			close(in)
		}()
		if err := a.Import(ctx, "Z", in, func(Imported) {}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(n/time.Since(start).Seconds(), "docs/s")
		a.Close()
	}
}
