package alike

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// shown is the old text with what goes in [] and what comes in {}.
func shown(old, fresh string, changes []Change) string {
	a, b := []rune(old), []rune(fresh)
	var out strings.Builder
	at := 0
	for _, c := range changes {
		out.WriteString(string(a[at:c.OldFrom]))
		if c.OldTo > c.OldFrom {
			fmt.Fprintf(&out, "[%s]", string(a[c.OldFrom:c.OldTo]))
		}
		if c.NewTo > c.NewFrom {
			fmt.Fprintf(&out, "{%s}", string(b[c.NewFrom:c.NewTo]))
		}
		at = c.OldTo
	}
	return out.String() + string(a[at:])
}

func TestCompare(t *testing.T) {
	for _, tt := range []struct{ old, fresh, want string }{
		{"", "", ""},
		{"通知", "通知", "通知"},
		{"", "通知", "{通知}"},
		{"通知", "", "[通知]"},
		{"第3号通知", "第12号通知", "第[3]{12}号通知"},
		{"定于十月三日召开会议", "定于十月五日在县里召开会议", "定于十月[三日]{五日在县里}召开会议"},
		{"abcdef", "xyz", "[abcdef]{xyz}"},
		{"各科室：请报送材料", "请报送材料。", "[各科室：]请报送材料{。}"},
	} {
		changes, whole := Compare(tt.old, tt.fresh)
		if got := shown(tt.old, tt.fresh, changes); got != tt.want || !whole {
			t.Errorf("%q and %q: got %q, want %q", tt.old, tt.fresh, got, tt.want)
		}
	}
}

// law fails where changes are not what they have to be: in order, and what lies between them equal.
func law(t *testing.T, old, fresh string, changes []Change) (said int) {
	t.Helper()
	a, b := []rune(old), []rune(fresh)
	i, j := 0, 0
	for n, c := range append(slices.Clone(changes), Change{len(a), len(a), len(b), len(b)}) {
		if c.OldFrom < i || c.NewFrom < j || c.OldTo < c.OldFrom || c.NewTo < c.NewFrom || n < len(changes) && c.OldTo == c.OldFrom && c.NewTo == c.NewFrom {
			t.Fatalf("change %d is %+v, after %d and %d", n, c, i, j)
		}
		if !slices.Equal(a[i:c.OldFrom], b[j:c.NewFrom]) {
			t.Fatalf("before change %d %+v the texts differ", n, c)
		}
		said += c.OldTo - c.OldFrom + c.NewTo - c.NewFrom
		i, j = c.OldTo, c.NewTo
	}
	return said
}

func TestCompareLong(t *testing.T) {
	r := random(21)
	for _, points := range []int{50, 700, 5000, 40_000} {
		a := notice(r, points)
		for _, share := range []float64{0, 0.001, 0.02, 0.1} {
			b := edited(r, a, share)
			changes, _ := Compare(a, b)
			if said, due := law(t, a, b, changes), share*float64(points)*2; float64(said) > 3*due+30 {
				t.Errorf("%d code points, %.1f %% edits: %d code points are said to differ", points, share*100, said)
			}
		}
		// A long passage more in the middle is one change, and the rest is held together.
		runes := []rune(a)
		b := string(runes[:len(runes)/2]) + notice(r, 3000) + string(runes[len(runes)/2:])
		changes, _ := Compare(a, b)
		if said := law(t, a, b, changes); said > 3400 {
			t.Errorf("%d code points and 3000 more: %d are said to differ", points, said)
		}
	}
	a, b := notice(r, 3000), notice(r, 3000)
	changes, _ := Compare(a, b)
	law(t, a, b, changes)
	law(t, strings.Repeat("啊", 5000), strings.Repeat("啊", 4000), first(Compare(strings.Repeat("啊", 5000), strings.Repeat("啊", 4000))))
	long := notice(r, MostCompared+5000)
	changes, whole := Compare(long, long+"。")
	if whole || len(changes) != 0 {
		t.Errorf("a text that is longer than is compared: whole %v, %d changes", whole, len(changes))
	}
}

func first[T, U any](v T, _ U) T { return v }

func FuzzCompare(f *testing.F) {
	f.Add("第3号通知", "第12号通知")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = string([]rune(a)), string([]rune(b))
		changes, _ := Compare(a, b)
		law(t, a, b, changes)
	})
}

func BenchmarkCompare(b *testing.B) {
	r := random(22)
	for _, points := range []int{3000, MostCompared} {
		text := notice(r, points)
		for _, share := range []float64{0.01, 1} {
			other := edited(r, text, share)
			b.Run(fmt.Sprintf("%d/%v", points, share), func(b *testing.B) {
				for b.Loop() {
					Compare(text, other)
				}
				if each := b.Elapsed() / time.Duration(b.N); each > 5*time.Second {
					b.Errorf("comparing took %v", each)
				}
			})
		}
	}
}
