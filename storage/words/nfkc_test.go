package words

import (
	"math/rand"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// inOne is a text in NFKC, in one piece.
func inOne(s string) string {
	var b strings.Builder
	for piece := range pieces(s) {
		b.WriteString(piece)
	}
	return b.String()
}

// What is known of NFKC without asking for it is what asking says: of each character
// alone, beside those that go together with what stands around them, and at random.
func TestPieces(t *testing.T) {
	check := func(s string) {
		t.Helper()
		want := norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD"))
		if got := inOne(s); got != want {
			t.Fatalf("%+q is made %+q, not %+q", s, got, want)
		}
	}
	marks := []string{"\u0301", "\u3099", "\u0338", "\u20DD", "\u302A", "\u1161", "\u11A8", "\uFF9E", "\u05B0", "\u0F71"}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || r > 0x30000 && r%97 != 0 {
			continue
		}
		c := string(r)
		check(c)
		if r < 0x3200 || r >= 0xAC00 && r < 0xAC40 || r >= 0xF900 && r < 0x10000 || r%97 == 0 {
			for _, m := range marks {
				check(c + m)
				check("文" + c + m + m + "书e")
				check("，" + c + "！" + m + c)
			}
		}
	}
	check("")
	check("\xff\xfe文\xe4\xb8")
	check("文" + strings.Repeat("\u0301", 40) + "书")
	rng := rand.New(rand.NewSource(1))
	pool := []rune("文书a，Ａ！ 。“e\u0301\u0308\u3099が한ﾞｶ①…㈠\u1100\u1161\u11A8\u302Aﬁ\uFDD0Å\n\u3000～")
	for range 20000 {
		var b strings.Builder
		for range 1 + rng.Intn(12) {
			b.WriteRune(pool[rng.Intn(len(pool))])
		}
		check(b.String())
	}
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("宁夏回族自治区司法廳召開基层服务型党组织现场观摩会，2015年11月16日。", 80)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Tokens(text)
	}
}
