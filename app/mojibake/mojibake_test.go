package mojibake

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// firstFive says whether a lacuna has want among its first five candidates.
func firstFive(l Lacuna, want string) bool {
	return slices.Contains(l.Candidates[:min(5, len(l.Candidates))], want)
}

func checkSeed(t *testing.T, runs []Run, from int) {
	t.Helper()
	if len(runs) != 2 {
		t.Fatalf("%d runs, want 2: %+v", len(runs), runs)
	}
	for i, want := range []struct {
		start, end int
		reading    string
		lost       []string
	}{
		{2631, 2652, "把使命放在心▯ 把责任扛在肩▯", []string{"上", "上"}},
		{2653, 2674, "为深入▯习贯彻习近平新时代中▯", []string{"学", "国"}},
	} {
		r := runs[i]
		if r.Start+from != want.start || r.End+from != want.end || r.Reading != want.reading || r.Recipe != "utf-8 read as gbk" {
			t.Errorf("got  %d-%d %q (%s)\nwant %d-%d %q", r.Start+from, r.End+from, r.Reading, r.Recipe, want.start, want.end, want.reading)
		}
		if len(r.Lacunae) != len(want.lost) {
			t.Errorf("%q: %d lacunae, want %d", r.Reading, len(r.Lacunae), len(want.lost))
			continue
		}
		for k, l := range r.Lacunae {
			if !firstFive(l, want.lost[k]) {
				t.Errorf("%q: %v are no candidates with %s", r.Reading, l.Candidates, want.lost[k])
			}
		}
	}
}

// tail is the end of the seed from code point 2631 on.
const tail = "鎶婁娇鍛芥斁鍦ㄥ績涓 鎶婅矗浠绘墰鍦ㄨ偐涓\n涓烘繁鍏ュ涔犺疮褰讳範杩戝钩鏂版椂浠d腑鍥审计厅\n全区审计机关党建暨党风廉政建设工作会议召开\n4月8日,审计厅"

func TestBrokenLines(t *testing.T) { checkSeed(t, Find(tail, nil), 2631) }

func TestSeed(t *testing.T) {
	text := readFile(t, shared(t, "seed/000_9213c3033239642a.txt"))
	runs := Find(text, nil)
	checkSeed(t, runs, 0)
	if got := Apply(text, runs); !strings.Contains(got, "中▯审计厅\n全区审计机关") {
		t.Errorf("what follows was touched: %q", got[len(got)-200:])
	}
	f, folded := Folded(text)
	if !folded || f.Commas != 103 || f.Colons < 1 {
		t.Errorf("%+v, %v; want 103 commas folded", f, folded)
	}
}

func TestRecipes(t *testing.T) {
	for _, tt := range []struct{ name, text, want, recipe, bytes string }{
		{"GBK as Latin-1", "ÖÐ»ªÈËÃñ¹²ºÍ¹ú", "中华人民共和国", "gbk read as windows-1252", "d6d0bbaac8cbc3f1b9b2bacdb9fa"},
		{"UTF-8 as Latin-1", "ä¸\u00adå\u008dŽäººæ°‘", "中华人民", "utf-8 read as windows-1252", ""},
		{"twice", "The Mona Lisa doesnÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢t", "The Mona Lisa doesn’t",
			"utf-8 read as windows-1252, then utf-8 read as windows-1252, then utf-8 read as windows-1252", ""},
		{"German in Chinese", "Kl枚sterle oder wie das hei脽t", "Klösterle oder wie das heißt", "utf-8 read as gbk", "c3b6"},
		{"C1 controls", "\u0084Handwerk\u0093", "„Handwerk“", "windows-1252 read as iso-8859-1", "84"},
	} {
		runs := Find(tt.text, nil)
		if got := Apply(tt.text, runs); got != tt.want {
			t.Errorf("%s: %q reads %q, want %q", tt.name, tt.text, got, tt.want)
		}
		if len(runs) == 0 || runs[0].Recipe != tt.recipe || tt.bytes != "" && runs[0].Bytes != tt.bytes {
			t.Errorf("%s: %+v, want %q %s", tt.name, runs, tt.recipe, tt.bytes)
		}
	}
}

// Positions are of the runs, not of the text about them, and what is about them stays.
func TestRunsNotTexts(t *testing.T) {
	text := "会议召开。鎶婁娇鍛芥斁鍦ㄥ績涓婏紝会议结束。"
	runs := Find(text, nil)
	if got := Apply(text, runs); got != "会议召开。把使命放在心上，会议结束。" {
		t.Errorf("%q, %+v", got, runs)
	}
}

// A question mark that was written stays one: that it may stand for two bytes is no
// cheaper because it may stand for one.
func TestQuestionMarkStays(t *testing.T) {
	for text, want := range map[string]string{
		"Kommst du? 每Und, 邦berhaupt, wann gehen wir? Dass wir sie f邦hren.":     "Kommst du? –Und, überhaupt, wann gehen wir? Dass wir sie führen.",
		"Sind die Akten da? 每Und, 邦berhaupt, wer pr邦ft sie? Das ist f邦r alle.": "Sind die Akten da? –Und, überhaupt, wer prüft sie? Das ist für alle.",
	} {
		if got := Apply(text, Find(text, nil)); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", text, got, want)
		}
	}
}

func TestLost(t *testing.T) {
	for _, tt := range []struct {
		text, source string
		n            int // signs of what was lost
	}{
		{"开头锟斤拷锟斤拷结尾", "锟斤拷锟斤拷", 4},
		{"开头烫烫烫烫结尾", "烫烫烫烫", 4},
		{"开头屯屯屯结尾", "屯屯屯", 3},
		{"开头\uFFFD\uFFFD结尾", "\uFFFD\uFFFD", 2},
	} {
		runs := Find(tt.text, nil)
		if len(runs) != 1 || !runs[0].Lost || runs[0].Source != tt.source || runs[0].Start != 2 ||
			strings.Count(runs[0].Reading, string(lacuna)) != tt.n {
			t.Errorf("%q: %+v", tt.text, runs)
		}
		if got := Apply(tt.text, runs); got != tt.text {
			t.Errorf("%q became %q", tt.text, got)
		}
	}
	for _, sound := range []string{"一斤苹果", "拷贝一份", "烫手", "天气烫烫的", "屯田"} {
		if runs := Find(sound, nil); len(runs) > 0 {
			t.Errorf("%q: %+v", sound, runs)
		}
	}
}

// The archive's own words come first.
func TestOwnStatistics(t *testing.T) {
	text := breakText("在涡上", wrongGBK(), "")
	s := NewStatistics()
	for range 50 {
		s.Add("记在涡丸。")
	}
	with, without := Find(text, s), Find(text, nil)
	if len(with) != 1 || len(with[0].Lacunae) != 1 || with[0].Lacunae[0].Candidates[0] != "丸" {
		t.Errorf("with the archive's words: %+v", with)
	}
	if len(without) == 1 && len(without[0].Lacunae) == 1 && without[0].Lacunae[0].Candidates[0] == "丸" {
		t.Errorf("without them: %+v", without)
	}
}

func TestFolded(t *testing.T) {
	for text, want := range map[string]bool{
		"为此,我们,他们,大家,各位,都来。一、二。三。": true,
		"为此，我们，他们，大家，各位，都来。一、二。":   false,
		"a, b, c, d, e, f. 。、。":    false,
		"":                         false,
	} {
		if _, got := Folded(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// The table and its form hold what they say.
func TestTable(t *testing.T) {
	if len(tableBytes) > 200<<10 {
		t.Errorf("table.bin has %d KB", len(tableBytes)>>10)
	}
	s := shipped()
	if s.single['的'] == 0 || s.pairs[uint32('国')<<16|uint32('家')] == 0 || len(s.hangul) < 100 || len(s.kanji) < 300 {
		t.Error("table.bin lacks what it should have")
	}
	for _, cut := range []int{0, 1, 100, len(tableBytes) / 2} {
		if _, err := readTable(tableBytes[:cut]); err == nil {
			t.Errorf("the first %d bytes pass for a table", cut)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{tail, "锟斤拷", "烫烫烫", "ItÃ?Â¢â?¬â?¢s", "\xFF\xFEa", "í ½í¸\u008d", "瞛\uFFFDC礢ゼ瞒ㄤ摸\uFFFD]\uFFFDA", "a?b??c???",
		"縺ｨ繧ゅ＞繧上ｌ繧九", "▯▯", "彨觗\nÙtÈËÔÚ", "\u0085\u0093", "─îe┼ítina", "‚0†7‚0†7"} {
		f.Add(s)
	}
	own := NewStatistics()
	own.Add("把使命放在心上")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 16<<10 {
			return
		}
		for _, s := range []*Statistics{nil, own} {
			checkRuns(t, text, Find(text, s))
		}
	})
}

func checkRuns(t *testing.T, text string, runs []Run) {
	source := []rune(text)
	at := 0
	for _, r := range runs {
		if r.Start < at || r.End <= r.Start || r.End > len(source) || r.Source != string(source[r.Start:r.End]) {
			t.Fatalf("%q: the run %+v is out of place", text, r)
		}
		at = r.End
		reading := []rune(r.Reading)
		if !utf8.ValidString(r.Reading) || r.Recipe == "" || r.Confidence <= 0 || r.Confidence >= 1 {
			t.Errorf("%q: %+v", text, r)
		}
		for _, l := range r.Lacunae {
			if l.At < 0 || l.At >= len(reading) || reading[l.At] != lacuna {
				t.Errorf("%q: no lacuna at %d of %q", text, l.At, r.Reading)
			}
		}
	}
	if !utf8.ValidString(Apply(text, runs)) {
		t.Errorf("%q: what it would read is no UTF-8", text)
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) && len(runs) > 0 {
		t.Errorf("%q is ASCII and was touched: %+v", text, runs)
	}
}

// FuzzSound: a text that nothing is wrong with is left alone wherever it is cut.
func FuzzSound(f *testing.F) {
	var all []rune
	for name, text := range samples(f) {
		if !damaged[name] && strings.HasPrefix(name, "notices/") {
			all = append(all, []rune(text)...)
		}
	}
	f.Add(uint16(0), uint16(100))
	f.Fuzz(func(t *testing.T, from, n uint16) {
		a := int(from) % len(all)
		text := string(all[a:min(len(all), a+int(n))])
		if runs := Find(text, nil); len(runs) > 0 {
			t.Errorf("%q: %+v", text, runs)
		}
	})
}
