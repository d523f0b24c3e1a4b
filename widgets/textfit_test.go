package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fonds/widgets/look"
)

// grid is a fake face: Han 10 pixels wide, everything else 5, marks 0.
func grid() *advances {
	a := newAdvances(10)
	for r := rune(' '); r < 0x7f; r++ {
		a.of[r] = 5
	}
	for _, r := range "一二三四五六七八九十，。《》…" {
		a.of[r] = 10
	}
	a.of['…'] = 5
	a.of['\u0301'] = 0
	return a
}

func TestTruncate(t *testing.T) {
	for _, tc := range []struct {
		text  string
		width float32
		want  string
	}{
		{"一二三", 30, "一二三"},
		{"一二三", 29, "一二…"},
		{"一二三", 24, "一…"},
		{"一二三", 5, "…"},
		{"一二三", 4, ""},
		{"", 4, ""},
		{"ab cd", 21, "ab…"},
		{"ae\u0301bc", 15, "ae\u0301…"},
		{"ae\u0301bc", 14, "a…"},
	} {
		if got := grid().truncate(tc.text, tc.width); got != tc.want {
			t.Errorf("truncate(%q, %v) = %q, want %q", tc.text, tc.width, got, tc.want)
		}
	}
}

func TestTruncateLeft(t *testing.T) {
	for _, tc := range []struct {
		text  string
		width float32
		want  string
	}{
		{"一二三", 30, "一二三"},
		{"一二三", 29, "…二三"},
		{"一二三", 24, "…三"},
		{"一二三", 5, "…"},
		{"一二三", 4, ""},
		{"", 4, ""},
		{"ab cd", 21, "…cd"},
		{"bcae\u0301", 15, "…ae\u0301"},
		{"bcae\u0301", 14, "…e\u0301"},
		{"bcae\u0301", 9, "…"}, // a mark does not stand alone
	} {
		if got := grid().truncateLeft(tc.text, tc.width); got != tc.want {
			t.Errorf("truncateLeft(%q, %v) = %q, want %q", tc.text, tc.width, got, tc.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tc := range []struct {
		text  string
		width float32
		limit int
		want  string
	}{
		{"一二三四", 20, 9, "一二|三四"},
		{"一二，三", 20, 9, "一|二，|三"},
		{"一《二》", 20, 9, "一|《二|》"}, // nothing else fits
		{"ab cd ef", 25, 9, "ab cd|ef"},
		{"abcdefgh", 25, 9, "abcde|fgh"},
		{"一\n\n二", 25, 9, "一||二"},
		{"一二三四五六", 20, 2, "一二|三…"},
		{"一\n二\n三", 20, 2, "一|二…"},
		{"一二三四", 20, 2, "一二|三四"},
		{"一二", 3, 9, "一|二"},
	} {
		if got := strings.Join(grid().wrap(tc.text, tc.width, tc.limit), "|"); got != tc.want {
			t.Errorf("wrap(%q, %v, %d) = %q, want %q", tc.text, tc.width, tc.limit, got, tc.want)
		}
	}
}

func TestOneLine(t *testing.T) {
	covers := func(r rune) bool { return r < 0x20000 }
	for _, tc := range []struct{ in, want string }{
		{"一二", "一二"},
		{"一\t二\r\n三\x00", "一 二  三 "},
		{"𠮷野", "〓野"},
	} {
		if got := oneLine(tc.in, covers); got != tc.want {
			t.Errorf("oneLine(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
	if got := oneLine("𠮷", nil); got != "𠮷" {
		t.Errorf("without Covers: %q", got)
	}
}

// The sum of single advances is what truncation trusts.
func TestAdvancesAgreeWithShaping(t *testing.T) {
	setLook(look.Light)
	a := newAdvances(13)
	for _, text := range []string{"司法厅召开基层服务型党组织现场观摩学习推进会", "Readable AVA words", "2015年11月22日（星期日）"} {
		want := fyne.MeasureText(text, 13, fyne.TextStyle{}).Width
		if got := a.width(text); got < want-1 || got > want+4 {
			t.Errorf("%q: sum of advances %v, shaped %v", text, got, want)
		}
	}
}
