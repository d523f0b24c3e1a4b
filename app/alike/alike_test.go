package alike

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slowly is fold as its comment has it.
func slowly(text string) (out []rune) {
	for _, r := range norm.NFKC.String(string([]rune(text))) {
		if unicode.IsSpace(r) || unicode.In(r, unicode.P, unicode.Z, unicode.Cc, unicode.Cf) {
			continue
		}
		out = append(out, unicode.ToLower(r))
	}
	return out
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"司法厅，召开：会议。\n":    "司法厅召开会议",
		"ＡＢＣ　１２３　ｱｲｳ ㈱":   "abc123アイウ株",
		"Cafe\u0301 CAFÉ": "cafécafé",
		"①第〇号★《办法》":       "1第〇号★办法",
		"e\u0301\u0301x":  "é\u0301x",
		"ﬁne\u00adly":     "finely",
		"각 \u1100\u1161":  "각가",
		"a\xffb":          "a\ufffdb",
		"……——、 \t":        "",
		"\u0301a":         "\u0301a",
		"，\u0301a":        "\u0301a",
		"豈更":              "豈更",
		"𠀀𠀁\U000E0001":    "𠀀𠀁",
	} {
		if got := string(fold(nil, text)); got != string(slowly(text)) {
			t.Errorf("fold(%q) is %q, slowly %q", text, got, string(slowly(text)))
		} else if want := string(slowly(want)); got != want {
			t.Errorf("fold(%q) is %q, want %q", text, got, want)
		}
	}
}

// What is fast and what is plain say the same of any text.
func TestFoldIsAsItSays(t *testing.T) {
	r := random(1)
	for range 20_000 {
		var b []rune
		for range r.IntN(12) {
			switch r.IntN(5) {
			case 0:
				b = append(b, rune(0x300+r.IntN(0x70)))
			case 1:
				b = append(b, rune(0x1100+r.IntN(0x100)))
			case 2:
				b = append(b, rune(r.IntN(0x10FFFF)))
			case 3:
				b = append(b, rune(0x4E00+r.IntN(0x5000)))
			default:
				b = append(b, rune(r.IntN(0x10000)))
			}
		}
		if got, want := fold(nil, string(b)), slowly(string(b)); !slices.Equal(got, want) {
			t.Fatalf("fold(%+q) is %+q, want %+q", string(b), string(got), string(want))
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("司法厅，召开 Cafe\u0301 ＡＢＣ")
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := fold(nil, text), slowly(text); !slices.Equal(got, want) {
			t.Fatalf("fold(%+q) is %+q, want %+q", text, string(got), string(want))
		}
	})
}

func TestLikeness(t *testing.T) {
	r := random(2)
	a := notice(r, 400)
	for _, tt := range []struct {
		name, a, b  string
		least, most float64
	}{
		{"itself", a, a, 1, 1},
		{"other breaks and widths", a, strings.ReplaceAll(strings.ReplaceAll(a, "，", ", "), "。", ".\n\n"), 1, 1},
		{"another", a, notice(r, 400), 0, 0.1},
		{"a line more", a, a + "本件共印五十份，由办公室存档备查。", 0.93, 0.98},
		{"twice", a, a + a, 0.49, 0.51},
		{"one sign, again and again", "啊啊啊啊啊啊", strings.Repeat("啊", 600), 0.01, 0.01},
		{"short and equal", "通知", "通 知。", 1, 1},
		{"short", "通知", "通告", 0, 0},
		{"nothing", "", "", 0, 0},
		{"marks alone", "……", "——", 0, 0},
	} {
		got := Likeness(tt.a, tt.b)
		if got < tt.least || got > tt.most || got != Likeness(tt.b, tt.a) {
			t.Errorf("%s: %.3f, want %.2f to %.2f", tt.name, got, tt.least, tt.most)
		}
	}
	// The likeness of a small pair, counted by hand: abcdef has abcde bcdef, abcdeg abcde bcdeg.
	if got := Likeness("abcdef", "abcdeg"); math.Abs(got-1.0/3) > 1e-9 {
		t.Errorf("abcdef and abcdeg: %v, want 1/3", got)
	}
}

func TestFind(t *testing.T) {
	r := random(3)
	a, b, c := notice(r, 600), notice(r, 600), notice(r, 600)
	volume := notice(r, 500) + c + notice(r, 800)
	texts := []string{
		a, b, edited(r, a, 0.01), c, strings.ReplaceAll(b, "，", ","), volume,
		"通知", "通 知", "公告", "", "……", b, "……", notice(r, 600),
	}
	got := said(find(t, texts, Options{}))
	like := Likeness(texts[0], texts[2])
	want := fmt.Sprintf("[1 4 11] 1.00\n[6 7] 1.00\n[0 2] %.2f\n[3 5] %.2f in 5\n", like, share(len(fold(nil, c)), len(fold(nil, volume))))
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := said(find(t, []string{a, b, a}, Options{})); got != "[0 2] 1.00 exact\n" {
		t.Errorf("copies: %s", got)
	}
	if got := find(t, nil, Options{}); len(got) != 0 {
		t.Errorf("nothing: %v", got)
	}
}

// What hangs together by others is one group; the likeness is that of its weakest link.
func TestChain(t *testing.T) {
	r := random(4)
	all := []string{notice(r, 2000)}
	for range 5 {
		all = append(all, edited(r, all[len(all)-1], 0.015))
	}
	groups := find(t, all, Options{})
	if len(groups) != 1 || len(groups[0].Texts) != len(all) {
		t.Fatalf("got %s", said(groups))
	}
	weakest, ends := 1.0, Likeness(all[0], all[5])
	for i := range 5 {
		weakest = min(weakest, Likeness(all[i], all[i+1]))
	}
	if g := groups[0]; g.Likeness < Least || math.Abs(g.Likeness-weakest) > 1e-9 || ends >= Least {
		t.Errorf("likeness %.3f, the weakest link %.3f, the ends %.3f", g.Likeness, weakest, ends)
	}
}

// Texts inside others, of those the longest alone; and by as little as Inside code points.
func TestInside(t *testing.T) {
	r := random(5)
	small := string(fold(nil, notice(r, 200)))
	small = string([]rune(small)[:Inside])
	middle := notice(r, 300) + "，" + small + "。" + notice(r, 300)
	large := notice(r, 900) + middle + notice(r, 900)
	less := string(fold(nil, notice(r, 200))) // too short by one
	less = string([]rune(less)[:Inside-1])
	texts := []string{large, small, notice(r, 700), middle, less, notice(r, 300) + less + notice(r, 300)}
	got := find(t, texts, Options{})
	if len(got) != 1 || !slices.Equal(got[0].Texts, []int{0, 1, 3}) || got[0].Within != 0 || got[0].Exact {
		t.Fatalf("got %s", said(got))
	}
	if want := float64(Inside) / float64(len(fold(nil, large))); math.Abs(got[0].Likeness-want) > 1e-9 {
		t.Errorf("its share is %v, want %v", got[0].Likeness, want)
	}
}

// The order in which texts come changes nothing.
func TestOrder(t *testing.T) {
	r := random(6)
	var texts []string
	for range 120 {
		a := notice(r, 80+r.IntN(600))
		texts = append(texts, a)
		for range r.IntN(4) {
			texts = append(texts, edited(r, a, r.Float64()*0.05))
		}
		if r.IntN(4) == 0 {
			texts = append(texts, notice(r, 200)+a+notice(r, 200), strings.ReplaceAll(a, "。", "."))
		}
	}
	want := find(t, texts, Options{Least: 0.7})
	if len(want) < 60 {
		t.Fatalf("%d groups are too few to see anything", len(want))
	}
	for range 5 {
		now, was := shuffled(r, texts)
		got := renumbered(find(t, now, Options{Least: 0.7}), was)
		byLikeness(got)
		slices.SortStableFunc(got, func(a, b Group) int { return min(b.Within, 0) - min(a.Within, 0) })
		wanted := slices.Clone(want)
		slices.SortStableFunc(wanted, func(a, b Group) int { return min(b.Within, 0) - min(a.Within, 0) })
		if said(got) != said(wanted) {
			t.Fatalf("in another order\n%s\nwant\n%s", said(got), said(wanted))
		}
	}
}

// Texts of which many agree in the same places: forms that are all alike, and others that share a head and no more.
func TestForms(t *testing.T) {
	r := random(7)
	form := notice(r, 900)
	head := notice(r, 300)
	var texts []string
	for range 300 {
		texts = append(texts, edited(r, form, 0.005))
	}
	for range 300 {
		texts = append(texts, head+notice(r, 600))
	}
	groups := find(t, texts, Options{})
	if len(groups) != 1 || len(groups[0].Texts) != 300 || groups[0].Texts[299] != 299 {
		t.Fatalf("%d groups, the first of %d", len(groups), len(groups[0].Texts))
	}
}

func TestStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r := random(8)
	texts := []string{notice(r, 300), notice(r, 300), notice(r, 300)}
	_, err := Find(ctx, list(texts), Options{Progress: func(Step, int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	broken := errors.New("broken")
	if _, err := Find(context.Background(), failing{list: list(texts), end: broken}, Options{}); !errors.Is(err, broken) {
		t.Errorf("got %v, want what the source said", err)
	}
	texts = append(texts, texts[0]+"又")
	if _, err := Find(context.Background(), failing{list: list(texts), again: broken}, Options{}); !errors.Is(err, broken) {
		t.Errorf("got %v, want what the source said when asked again", err)
	}
}

// failing is a source that fails at its end, or when it is asked again.
type failing struct {
	list
	end   error
	again error
}

func (s failing) Each(ctx context.Context, f func(string) error) error {
	if err := s.list.Each(ctx, f); err != nil {
		return err
	}
	return s.end
}

func (s failing) Text(ctx context.Context, n int) (string, error) { return s.list[n], s.again }
