package textlayout

import (
	"strings"
	"testing"
	"time"
)

const sample = "为认真贯彻落实自治区建党94周年表彰会议和区直机关关于推进服务型党组织建设工作的部署要求,进一步引导司法行政系统各级党组织紧密结合业务工作特点。"

func BenchmarkWrap10MB(b *testing.B) {
	t := NewText(strings.Repeat(strings.Repeat(sample, 5)+"\n", 10<<20/(5*len(sample))))
	b.SetBytes(int64(len(t.s)))
	for b.Loop() {
		Wrap(t, Params{Width: 80, Advance: em10})
	}
}

func BenchmarkWrap10MBLatin(b *testing.B) {
	t := NewText(strings.Repeat("The quick brown fox jumps over the lazy dog, 1,000 times a day.\n", 10<<20/64))
	b.SetBytes(int64(len(t.s)))
	for b.Loop() {
		Wrap(t, Params{Width: 80, Advance: em10})
	}
}

func BenchmarkNewText10MB(b *testing.B) {
	s := strings.Repeat(sample, 10<<20/len(sample))
	for b.Loop() {
		NewText(s)
	}
}

func em10(r rune) float32 {
	if r < 0x2E80 {
		return 1
	}
	return 2
}

// One line without end, of letters that share no place to break, of marks on
// one letter, of signs that may begin no row: none takes more than its length.
func TestLongLines(t *testing.T) {
	for name, s := range map[string]string{
		"han": strings.Repeat("司", 200_000), "word": strings.Repeat("a", 200_000), "marks": strings.Repeat("\u0301", 200_000),
		"points": strings.Repeat("。", 200_000), "spaces": strings.Repeat(" ", 200_000), "tabs": strings.Repeat("\t", 200_000),
		"opens": strings.Repeat("（", 200_000), "thai": strings.Repeat("กำ", 100_000), "arabic": strings.Repeat("سلام", 50_000),
		"emoji": strings.Repeat("👨\u200d👩\u200d👧", 40_000), "flags": strings.Repeat("🇨", 200_000),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			l := Wrap(NewText(s), Params{Width: 80, Advance: em10})
			if d := time.Since(began); d > time.Second {
				t.Errorf("took %v", d)
			}
			if got := int(l.Rows[len(l.Rows)-1].End); got != l.Text.Len() {
				t.Errorf("rows end at %d, want %d", got, l.Text.Len())
			}
		})
	}
}
