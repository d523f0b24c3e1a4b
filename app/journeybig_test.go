package app_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"fonds/storage"
	"fonds/storage/archive"
)

// bigBytes is the size of the big text, and bigName its file.
const (
	bigBytes = 10 << 20
	bigName  = "big.txt"
)

// makeBig makes an archive of a short text and one of 10 MB, both from a seed: the
// rules of a county in chapters, with 10,000 marks and 1,000 corrections.
func makeBig(t *testing.T, path string) (big, short archive.ID) {
	t.Helper()
	ctx := context.Background()
	a, err := storage.Create(ctx, path, storage.NewArchive{Owner: "Zhang", Template: "dublincore"}, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := make(chan *archive.Incoming, 2)
	in <- incomingText("a.txt", "县档案局文件\n各乡镇档案室：请于年底前报送目录。\n")
	in <- incomingText(bigName, bigRules())
	close(in)
	var ids []archive.ID
	if err := a.Import(ctx, "Zhang", in, func(done storage.Imported) { ids = append(ids, done.ID) }); err != nil || len(ids) != 2 {
		t.Fatal(ids, err)
	}
	short, big = ids[0], ids[1]
	d, err := a.Document(ctx, big)
	if err != nil {
		t.Fatal(err)
	}
	n, rng := d.Info.Chars, rand.New(rand.NewSource(1))
	span := func(at, length int) (start, end *int) { to := at + length; return &at, &to }
	var edits []*archive.Edit
	for i := range 1000 { // apart, and below the first page
		start, end := span(2000+(n-3000)/1000*i+rng.Intn(100), rng.Intn(4))
		text := fmt.Sprint("宁夏回族", i)
		edits = append(edits, &archive.Edit{Do: "correction.propose", Doc: string(big), Start: start, End: end, In: "source", Text: &text, Reason: "typo"})
	}
	labels := []string{"person", "place", "date", "organisation"}
	for range 10000 {
		start, end := span(1000+rng.Intn(n-1100), 2+rng.Intn(4))
		edits = append(edits, &archive.Edit{Do: "mark.add", Doc: string(big), Start: start, End: end, In: "source", Label: labels[rng.Intn(len(labels))]})
	}
	for len(edits) > 0 {
		some := edits[:min(2000, len(edits))]
		if _, err := a.Apply(ctx, "Zhang", some...); err != nil {
			t.Fatal(err)
		}
		edits = edits[len(some):]
	}
	return big, short
}

func incomingText(name, text string) *archive.Incoming {
	sum := sha256.Sum256([]byte(text))
	return &archive.Incoming{Path: name, Original: []byte(text), SHA256: hex.EncodeToString(sum[:]), Format: "text/plain",
		Encoding: "UTF-8", Confidence: 1, Text: text}
}

// bigRules are the rules, of which the words 白沙 and 渡口 stand in the title and
// once in each of eleven chapters.
func bigRules() string {
	const syllables = "各级人民政府应当依照本法的规定对工作进行监督检查任何单位和个人不得妨害公务有关部门接到报告后立即组织调查处理"
	chars := []rune(syllables)
	rng := rand.New(rand.NewSource(1))
	var b strings.Builder
	b.WriteString("石桥县白沙镇志稿附渡口章程\n")
	for i, n := range strings.Split("一 二 三 四 五 六 七 八 九 十 十一", " ") {
		fmt.Fprintf(&b, "第%s章　白沙\n渡口由县管理。\n", n)
		for article := 1; b.Len() < bigBytes/11*(i+1); article++ {
			for range 80 + rng.Intn(120) {
				b.WriteRune(chars[rng.Intn(len(chars))])
				if rng.Intn(14) == 0 {
					b.WriteString("，")
				}
			}
			b.WriteString("。\n")
		}
	}
	return b.String()
}
