package words

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTokens: what is folded to what, and where a token ends.
func TestTokens(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"司法廳", "司 法 厅"},
		{"司法厅 A座12楼", "司 法 厅 a 座 12 楼"},
		{"Café naïve Ångström", "cafe naive angstrom"},
		{"Straße Œuvre Øre łódź", "strasse oeuvre ore lodz"},
		{"ΆΛΦΑ ἀρχή", "αλφα αρχη"},
		{"Ёлка й", "елка й"},
		{"国发〔2015〕3号", "国 发 [ 2015 ] 3 号"},
		{"國發[2015]3號", "国 发 [ 2015 ] 3 号"},
		{"（２０１５）", "[ 2015 ]"},
		{"ＡＢＣ，ｱ", "abc , ア"},
		{"東京の駅", "东 京 の 駅"},
		{"国・國・囯", "国 ・ 国 ・ 囯"},
		{"乾坤後著爲裡", "干 坤 后 着 为 里"},
		{"a\u0301b", "ab"},
		{"привет", "привет"},
		{"한국어", "한 국 어"},
		{"𠀀字", "𠀀 字"},
		{"", ""},
		{" \n\t", ""},
	} {
		if got := Tokens(tt.in); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestFind: places are those of the text as it stands, whatever it is folded to.
func TestFind(t *testing.T) {
	for _, tt := range []struct {
		text, q string
		want    []Hit
	}{
		{"宁夏司法廳", "司法厅", []Hit{{2, 5}}},
		{"司法厅和司法廳", "司法廳", []Hit{{0, 3}, {4, 7}}},
		{"a cafés b", "cafe", []Hit{{2, 6}}},
		{"decaf cafe", "caf", []Hit{{6, 9}}},
		{"国发〔２０１５〕３号", "国发[2015]3号", []Hit{{0, 10}}},
		{"司法\n厅", "司法厅", []Hit{{0, 4}}},
		{"e\u0301tat", "etat", []Hit{{0, 5}}},
		{"ﬁnal ﬁ", "fi", []Hit{{0, 1}, {5, 6}}},
		{"哈哈哈", "哈哈", []Hit{{0, 2}}},
		{"ab c", "abc", nil},
		{"abc", "ab c", nil},
		{"", "a", nil},
		{"a", " ", nil},
	} {
		got := NewText(tt.text).Find(tt.q, 0)
		if len(got) != len(tt.want) {
			t.Errorf("%q in %q: %v, want %v", tt.q, tt.text, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%q in %q: %v, want %v", tt.q, tt.text, got, tt.want)
			}
		}
	}
	if got := NewText("哈哈哈哈").Find("哈", 2); len(got) != 2 {
		t.Errorf("the first two are %v", got)
	}
}

// TestFindIsAsIndexed: what stands in a text is what a phrase of its tokens says, for
// words cut from it anywhere and for others.
func TestFindIsAsIndexed(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	parts := []string{"司", "法", "廳", "厅", "A", "b", "é", "e\u0301", "１", "2", " ", "\n", "，", "〔", "]", "ß", "の", "ﬁ", "国", "國", "й", "𠀀"}
	some := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(parts[rng.Intn(len(parts))])
		}
		return b.String()
	}
	hits := 0
	for range 20000 {
		text := some(1 + rng.Intn(12))
		q := some(1 + rng.Intn(3))
		if rs := []rune(text); rng.Intn(2) == 0 {
			i := rng.Intn(len(rs))
			q = string(rs[i:min(len(rs), i+1+rng.Intn(4))])
		}
		found := NewText(text).Find(q, 0)
		if want := inTokens(Tokens(text), Tokens(q)); (len(found) > 0) != want {
			t.Fatalf("%q in %q: %v, and by tokens %v (%q in %q)", q, text, found, want, Tokens(q), Tokens(text))
		}
		for _, h := range found {
			hits++
			if h.Start < 0 || h.End <= h.Start || h.End > utf8.RuneCountInString(text) {
				t.Fatalf("%q in %q: %v", q, text, h)
			}
		}
	}
	if hits < 3000 {
		t.Errorf("only %d hits", hits)
	}
}

// inTokens is what FTS5 does with a phrase, the last token of which may go on where it
// is a run.
func inTokens(text, q string) bool {
	if q == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(q)
	ts, qs := strings.Fields(text), strings.Fields(q)
	for i := 0; i+len(qs) <= len(ts); i++ {
		ok := true
		for k, w := range qs {
			if k == len(qs)-1 && Joins(last) {
				ok = ok && strings.HasPrefix(ts[i+k], w)
			} else {
				ok = ok && ts[i+k] == w
			}
		}
		if ok {
			return true
		}
	}
	return false
}

func TestAsFolded(t *testing.T) {
	for s, want := range map[string]bool{"坤宁宫": false, "法律": true, "司法厅": false, "a": false, "": true, "，": false} {
		if got := AsFolded(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// TestVariants: no form is folded to one that is folded further, and the table is read
// whole.
func TestVariants(t *testing.T) {
	table, n := hans(), len(hans().far)
	for i, to := range table.near {
		if to == 0 {
			continue
		}
		n++
		if again := table.of(to); again != to {
			t.Errorf("%c is folded to %c and that to %c", rune(hanFirst+i), to, again)
		}
	}
	if n != 4130 {
		t.Errorf("the table has %d", n)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("国发〔2015〕3号", "发[2015")
	f.Add("e\u0301 ﬁ \xff", "\xffﬁ")
	f.Fuzz(func(t *testing.T, text, q string) {
		if len(text) > 300 || len(q) > 20 {
			return
		}
		found := NewText(text).Find(q, 0)
		if want := inTokens(Tokens(text), Tokens(q)); (len(found) > 0) != want {
			t.Fatalf("%q in %q: %v, and by tokens %v", q, text, found, want)
		}
	})
}

func TestFindWhole(t *testing.T) {
	text := NewText("court courts Court, 法院court 第3号 第30号 司法厅")
	for s, want := range map[string]string{"court": "[{0 5} {13 18} {22 27}]", "court*": "[{0 5} {6 11} {13 18} {22 27}]", "第3": "[{28 30}]", "第3*": "[{28 30} {32 34}]",
		"司法": "[{37 39}]", "*": "[]", "": "[]", "courts court": "[{6 18}]"} {
		if got := fmt.Sprint(text.FindWhole(s)); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}
