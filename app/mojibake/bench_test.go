package mojibake

import (
	"os"
	"strings"
	"testing"
	"time"
)

// megabyte repeats texts until they are 1 MB.
func megabyte(texts ...string) string {
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		b.WriteString(texts[i%len(texts)])
		b.WriteByte('\n')
	}
	return b.String()
}

// inputs are texts of 1 MB, sound and broken, made of the project's own samples.
func inputs(t testing.TB) map[string]string {
	var chinese, english []string
	for name, text := range samples(t) {
		switch {
		case damaged[name]:
		case strings.HasPrefix(name, "notices/"):
			chinese = append(chinese, text)
		case strings.HasPrefix(name, "old-letters/"):
			english = append(english, text)
		}
	}
	zh, en := megabyte(chinese...), megabyte(english...)
	return map[string]string{
		"sound, Chinese":          zh,
		"sound, English":          en,
		"UTF-8 read as GBK":       breakText(zh[:1<<20*2/3], wrongGBK(), ""),
		"UTF-8 read as Latin-1":   asLatin1(zh[:1<<19]),
		"a broken line in a page": strings.ReplaceAll(zh, "\n\n", "\n鎶婁娇鍛芥斁鍦ㄥ績涓\n"),
		"one long line":           strings.ReplaceAll(zh, "\n", ""),
		"one sign":                strings.Repeat("鍦", 1<<20/3),
		"U+FFFD":                  strings.Repeat("�", 1<<20/3),
		"question marks":          strings.Repeat("鎶?", 1<<20/4),
	}
}

func asLatin1(text string) string {
	out := make([]rune, 0, len(text))
	for i := range len(text) {
		out = append(out, rune(text[i]))
	}
	return string(out)
}

func BenchmarkFind(b *testing.B) {
	if os.Getenv("FONDS_BENCH") == "" {
		b.Skip("FONDS_BENCH=1")
	}
	for name, text := range inputs(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Find(text, nil)
			}
		})
	}
}

// TestBenchSpeed prints how long a megabyte takes.
func TestBenchSpeed(t *testing.T) {
	if os.Getenv("FONDS_BENCH") == "" {
		t.Skip("FONDS_BENCH=1 says how long a megabyte takes")
	}
	for name, text := range inputs(t) {
		start := time.Now()
		runs := Find(text, nil)
		took := time.Since(start)
		if took > 500*time.Millisecond && strings.HasPrefix(name, "sound") {
			t.Errorf("%s: %v, want half a second", name, took)
		}
		t.Logf("%-26s %4d KB  %6d runs  %v", name, len(text)>>10, len(runs), took.Round(time.Millisecond))
	}
}
