package i18n

import (
	"testing"
	"time"
)

// with puts a language in use for one test.
func with(t *testing.T, tag string) {
	t.Helper()
	before := Current()
	if got := Use(tag); got != tag {
		t.Fatalf("Use(%q): got %q", tag, got)
	}
	t.Cleanup(func() { Use(before) })
}

func TestFill(t *testing.T) {
	for _, tt := range []struct {
		text string
		args []any
		want string
	}{
		{"{n} of {all}", []any{"n", 12, "all", 2140}, "12 of 2,140"},
		{"{a}{a}", []any{"a", "{b}", "b", "x"}, "{b}{b}"}, // what is put in is not filled again
		{"nothing", []any{"n", 1}, "nothing"},
		{"{left}", nil, "{left}"},
		{"{odd}", []any{"odd"}, "{odd}"},
	} {
		if got := fill(tt.text, tt.args); got != tt.want {
			t.Errorf("fill(%q, %v): got %q, want %q", tt.text, tt.args, got, tt.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 12: "12", 999: "999", 1000: "1,000", 2140: "2,140",
		-1: "-1", -1234567: "-1,234,567", 1000000: "1,000,000"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d): got %q, want %q", n, got, want)
		}
	}
}

func TestCounting(t *testing.T) {
	tables["test"] = &table{tag: "test", words: map[string]words{
		"both": {"one thing", "{n} things"}, "same": {"", "{n} 件"},
	}}
	before := current.Load()
	current.Store(tables["test"])
	t.Cleanup(func() { current.Store(before); delete(tables, "test") })
	for _, tt := range []struct {
		key  string
		n    int
		want string
	}{{"both", 1, "one thing"}, {"both", 0, "0 things"}, {"both", 2140, "2,140 things"}, {"same", 1, "1 件"}, {"lost", 1, "lost"}} {
		if got := N(tt.key, tt.n); got != tt.want {
			t.Errorf("N(%q, %d): got %q, want %q", tt.key, tt.n, got, tt.want)
		}
	}
}

func TestLanguagesAreMatched(t *testing.T) {
	for _, tt := range []struct {
		wanted []string
		want   string
	}{
		{[]string{"zh-CN"}, "zh-Hans"}, {[]string{"zh"}, "zh-Hans"}, {[]string{"zh-TW"}, "zh-Hans"},
		{[]string{"en-GB"}, "en"}, {[]string{"fr-FR", "zh-CN"}, "zh-Hans"}, {[]string{"fr"}, "en"},
		{[]string{"C", "???"}, "en"}, {nil, "en"},
	} {
		if got := match(tt.wanted...); got != tt.want {
			t.Errorf("match(%v): got %q, want %q", tt.wanted, got, tt.want)
		}
	}
}

func TestTheSystemIsAsked(t *testing.T) {
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	t.Setenv("LANG", "zh_CN.UTF-8")
	t.Setenv("LANGUAGE", "")
	if got := System(); got != "zh-Hans" {
		t.Errorf("in a Chinese system: got %q, want zh-Hans", got)
	}
	t.Setenv("LC_ALL", "C")
	t.Setenv("LANG", "C")
	if got := System(); got != "en" {
		t.Errorf("in a system without a language: got %q, want en", got)
	}
}

func TestUseAnswersInTheLanguage(t *testing.T) {
	with(t, "zh-Hans")
	if got := T("button.cancel"); got != "取消" {
		t.Errorf("got %q, want 取消", got)
	}
	if got := List([]string{"甲", "乙"}); got != "甲、乙" {
		t.Errorf("got %q, want 甲、乙", got)
	}
	if got := Use("klingon"); got != Default {
		t.Errorf("an unknown language: got %q, want %q", got, Default)
	}
	if got := T("button.cancel"); got != "Cancel" {
		t.Errorf("got %q, want Cancel", got)
	}
	if got := T("no.such.key"); got != "no.such.key" {
		t.Errorf("a key without words: got %q", got)
	}
	if Name("zh-Hans") != "简体中文" || Name("xx") != "xx" {
		t.Error("languages are not called by their names")
	}
	if got := Section("fyne.")["Cancel"]; got != "Cancel" {
		t.Errorf("Section: got %q, want Cancel", got)
	}
}

func TestTimes(t *testing.T) {
	at := time.Date(2015, 11, 22, 13, 35, 2, 0, time.UTC)
	if got := Clock(at); got != "13:35:02" {
		t.Errorf("Clock: got %q", got)
	}
	if got := Moment(at); got != "2015-11-22 13:35" {
		t.Errorf("Moment: got %q", got)
	}
}

// What is said in a language of ours is found by its tag at once: an export says
// thousands of words.
func TestInParsesNoTagOfOurs(t *testing.T) {
	for _, tag := range Languages() {
		if n := testing.AllocsPerRun(100, func() { In(tag, "state.accepted") }); n > 0 {
			t.Errorf("%s: %v allocations a word", tag, n)
		}
	}
	for tag, want := range map[string]string{"zh-CN": "zh-Hans", "EN": "en", "zh-hans": "zh-Hans", "fr": "en", "": "en", "no tag": "en"} {
		if got, want := In(tag, "state.accepted"), In(want, "state.accepted"); got != want {
			t.Errorf("%q: got %q, want %q", tag, got, want)
		}
	}
}

func BenchmarkIn(b *testing.B) {
	for _, tag := range Languages() {
		b.Run(tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				In(tag, "state.accepted")
			}
		})
	}
}
