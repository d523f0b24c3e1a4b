package archive

import (
	"math/rand"
	"strings"
	"testing"
	"time"
)

// TestCarry: words are carried where every code point of them stands side by side,
// in lines that differ too, and nothing is carried by likeness.
func TestCarry(t *testing.T) {
	for _, tt := range []struct {
		name, was, is string
		start, end    int
		at, to        int
		ok            bool
	}{
		{"the same text", "甲乙\n丙丁", "甲乙\n丙丁", 3, 5, 3, 5, true},
		{"behind a line that is new", "甲乙\n丙丁", "甲乙\n新\n丙丁", 3, 5, 5, 7, true},
		{"behind a line that is gone", "甲乙\n丙丁", "丙丁", 3, 5, 0, 2, true},
		{"in a line that differs elsewhere", "甲坏乙丙", "甲好好乙丙", 2, 4, 3, 5, true},
		{"over what differs", "甲坏乙丙", "甲好乙丙", 0, 3, 0, 0, false},
		{"words that stand twice, in their order", "一\n甲乙\n二\n甲乙\n三", "一\n二\n甲乙\n三", 7, 9, 4, 6, true},
		{"the first of words that stand twice is gone", "一\n甲乙\n二\n甲乙\n三", "一\n二\n甲乙\n三", 2, 4, 0, 0, false},
		{"across a line end", "甲\n乙", "甲\n乙\n", 0, 3, 0, 3, true},
		{"between two words", "甲乙", "新甲乙", 1, 1, 2, 2, true},
		{"between two words that something came between", "甲乙", "甲新乙", 1, 1, 0, 0, false},
		{"the end", "甲乙", "新甲乙", 2, 2, 3, 3, true},
		{"an end that is another", "甲乙", "甲乙丙", 2, 2, 0, 0, false},
		{"nothing in nothing", "", "", 0, 0, 0, 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at, to, ok := newCarrier(NewText(tt.was), NewText(tt.is)).carry(tt.start, tt.end)
			if ok != tt.ok || ok && (at != tt.at || to != tt.to) {
				t.Errorf("[%d,%d) is at [%d,%d), %v; want [%d,%d), %v", tt.start, tt.end, at, to, ok, tt.at, tt.to, tt.ok)
			}
		})
	}
}

// TestCarryHolds: whatever two texts are, what is carried has the same words, in the
// same order.
func TestCarryHolds(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	carried := 0
	for range 2000 {
		var lines []string
		for range rng.Intn(8) {
			lines = append(lines, strings.Repeat(string([]rune("甲乙丙丁é")[rng.Intn(5)]), rng.Intn(3))+string([]rune("天地玄黄")[rng.Intn(4)]))
		}
		was := NewText(strings.Join(lines, "\n"))
		for range rng.Intn(4) {
			if i := rng.Intn(len(lines) + 1); i < len(lines) && rng.Intn(2) == 0 {
				lines = append(lines[:i:i], lines[i+1:]...)
			} else {
				lines = append(lines[:i:i], append([]string{"新" + string([]rune("宇宙")[rng.Intn(2)])}, lines[i:]...)...)
			}
		}
		is := NewText(strings.Join(lines, "\n"))
		there := newCarrier(was, is)
		if len(there.to) != was.Len() {
			t.Fatalf("%q: %d places of %d", was.String(), len(there.to), was.Len())
		}
		last := -1
		for start := range was.Len() {
			end := min(was.Len(), start+1+rng.Intn(3))
			at, to, ok := there.carry(start, end)
			if !ok {
				continue
			}
			carried++
			if was.Slice(start, end) != is.Slice(at, to) || at <= last {
				t.Fatalf("%q → %q: [%d,%d) is carried to [%d,%d), after %d", was.String(), is.String(), start, end, at, to, last)
			}
			last = at
		}
	}
	if carried < 5000 {
		t.Errorf("only %d were carried", carried)
	}
}

// TestCarryOfMuch: a text that was decoded wrongly throughout is compared in a moment.
func TestCarryOfMuch(t *testing.T) {
	var was, is strings.Builder
	for i := range 20000 {
		was.WriteString(strings.Repeat("Ã¥Ã¤", 20) + itoa(i) + "\n")
		is.WriteString(strings.Repeat("司法", 10) + itoa(i) + "\n")
	}
	begun := time.Now()
	c := newCarrier(NewText(was.String()), NewText(is.String()))
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
	// The number at the end of the third line stands in both.
	if at, to, ok := c.carry(2*82+80, 2*82+81); !ok || at != 2*22+20 || to != at+1 {
		t.Errorf("carried to [%d,%d), %v", at, to, ok)
	}
}
