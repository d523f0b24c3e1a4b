package sorting

import (
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		way  Way
		want string // in their order
	}{
		{Pinyin, "éa Eb Zhang 阿 安徽 北京 第2号 第10号 丁一 二 龙 上海 一 银川 𠀀"},
		{Strokes, "éa Eb Zhang 一 丁一 二 上海 北京 龙 安徽 阿 第2号 第10号 银川 𠀀"},
		{Pinyin, "007 8 10 10a 100 ２００"},
	} {
		want := strings.Fields(c.want)
		got := slices.Clone(want)
		rand.New(rand.NewSource(1)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, func(a, b string) int { return Compare(c.way, a, b) })
		if !slices.Equal(got, want) {
			t.Errorf("%d: %q, want %q", c.way, got, want)
		}
	}
	for _, same := range [][2]string{{"Zhang", "ZHANG"}, {"e", "é"}, {"e\u0301", "é"}, {"ＡＢ", "ab"}, {"7", "007"}} {
		if Compare(Pinyin, same[0], same[1]) != 0 {
			t.Errorf("%q and %q differ", same[0], same[1])
		}
	}
}

// TestPlaces: it is a stable sort by Compare, however many goroutines do it.
func TestPlaces(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	pieces := []string{"关于召开", "第", "1", "12", "009", "号", "会议", "Zhang", "é", " ", "（", "\xff", "𠀀", "龍"}
	for _, n := range []int{0, 1, 2, 100, 30_000} {
		texts := make([][]byte, n)
		for i := range texts {
			for range rng.Intn(6) {
				texts[i] = append(texts[i], pieces[rng.Intn(len(pieces))]...)
			}
		}
		for _, way := range []Way{Pinyin, Strokes} {
			want := make([]int32, n)
			for i := range want {
				want[i] = int32(i)
			}
			slices.SortStableFunc(want, func(a, b int32) int { return Compare(way, string(texts[a]), string(texts[b])) })
			if got := Places(way, texts); !slices.Equal(got, want) {
				t.Fatalf("%d texts, way %d: not a stable sort", n, way)
			}
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("第10号", "第2号", "é")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if Compare(Pinyin, a, b) != -Compare(Pinyin, b, a) {
			t.Errorf("%q, %q: not the same both ways", a, b)
		}
		if Compare(Strokes, a, b) <= 0 && Compare(Strokes, b, c) <= 0 && Compare(Strokes, a, c) > 0 {
			t.Errorf("%q, %q, %q: no order", a, b, c)
		}
	})
}
