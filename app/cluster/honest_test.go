package cluster

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// This file says in the plainest way what each method promises, and holds what is found
// against that.

// sameWords says whether two values have the same words.
func sameWords(a, b string) bool { return slices.Equal(formOf(a).words, formOf(b).words) }

// promised says whether two values are what a method says of them, counts left aside.
func promised(m Method, a, b string) bool {
	f, g := formOf(a), formOf(b)
	switch m {
	case Folded:
		return f.key == g.key
	case Order:
		x, y := slices.Clone(f.words), slices.Clone(g.words)
		slices.Sort(x)
		slices.Sort(y)
		return slices.Equal(x, y)
	case Contains:
		if len(f.key) > len(g.key) {
			f, g = g, f
		}
		more := utf8.RuneCountInString(g.key) - utf8.RuneCountInString(f.key)
		return sameWords(a, b) || (strings.HasPrefix(g.key, f.key) || strings.HasSuffix(g.key, f.key)) && more <= 8 && len(f.words) >= 3
	}
	if sameWords(a, b) {
		return true
	}
	var digits, others string
	for _, r := range f.key {
		if r >= '0' && r <= '9' {
			digits += string(r)
		}
	}
	for _, r := range g.key {
		if r >= '0' && r <= '9' {
			others += string(r)
		}
	}
	d := slowly([]rune(strings.Join(f.words, " ")), []rune(strings.Join(g.words, " ")))
	return digits == others && d <= 2
}

// slowly is the distance of two texts by its definition: one more, one less, one other,
// two neighbours exchanged.
func slowly(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for k := range d[i] {
			switch {
			case i == 0:
				d[i][k] = k
			case k == 0:
				d[i][k] = i
			default:
				cost := 1
				if a[i-1] == b[k-1] {
					cost = 0
				}
				d[i][k] = min(d[i-1][k]+1, d[i][k-1]+1, d[i-1][k-1]+cost)
				if i > 1 && k > 1 && a[i-1] == b[k-2] && a[i-2] == b[k-1] {
					d[i][k] = min(d[i][k], d[i-2][k-2]+1)
				}
			}
		}
	}
	return d[len(a)][len(b)]
}

// centre is the value that all others of a group have to do with: the short form, else
// the one that they become.
func centre(g *Group) string {
	if g.Method != Contains {
		return g.Into
	}
	short := g.Values[0].Text
	for _, v := range g.Values {
		if len(formOf(v.Text).key) < len(formOf(short).key) {
			short = v.Text
		}
	}
	return short
}

// honest checks all that holds of what is found in values.
func honest(t *testing.T, values []Value) {
	t.Helper()
	counts := map[string]int{}
	for _, v := range values {
		counts[v.Text] += max(0, v.N)
	}
	other := slices.Clone(values)
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(other), func(i, k int) { other[i], other[k] = other[k], other[i] })
	for _, m := range Methods() {
		groups, err := Find(ctx, m, values)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Find(ctx, m, other)
		if !slices.EqualFunc(groups, again, func(a, b Group) bool {
			return a.Into == b.Into && a.Method == b.Method && slices.Equal(a.Values, b.Values)
		}) {
			t.Errorf("%s depends on the order:\n%v\n%v", m, groups, again)
		}
		seen := map[string]bool{}
		for _, g := range groups {
			into := false
			for _, v := range g.Values {
				if seen[v.Text] {
					t.Errorf("%s: %q is in two groups", m, v.Text)
				}
				seen[v.Text] = true
				into = into || v.Text == g.Into
				if counts[v.Text] != v.N || v.N <= 0 {
					t.Errorf("%s: %q is said to have %d documents of %d", m, v.Text, v.N, counts[v.Text])
				}
				if c := centre(&g); !promised(m, c, v.Text) {
					t.Errorf("%s: %q is with %q", m, v.Text, c)
				}
			}
			if len(g.Values) < 2 || !into {
				t.Errorf("%s: %v", m, g)
			}
			if m != Folded && !slices.ContainsFunc(g.Values, func(v Value) bool { return !sameWords(v.Text, g.Into) }) {
				t.Errorf("%s: all are the same: %v", m, g)
			}
		}
	}
}

// invented are values of few pieces, so that many are nearly the same.
func invented(r *rand.Rand) (out []Value) {
	pieces := strings.Split("宁夏|司法|司法厅|司法廳|自治区|回族|公安|局|办公室|有限公司|厅长|李振国|第|一|二|3|12| |,|（|）|Justice|justise|Ministry|minstry|of|A|é|国|市|南|ｊ|,|-|会|议|通知|1949", "|")
	for range 2 + r.IntN(40) {
		var b strings.Builder
		for range 1 + r.IntN(5) {
			p := []rune(pieces[r.IntN(len(pieces))])
			if r.IntN(12) == 0 {
				p[r.IntN(len(p))] = []rune("夏x法y1厅")[r.IntN(6)]
			}
			b.WriteString(string(p))
		}
		out = append(out, Value{b.String(), r.IntN(9)})
	}
	return out
}

func TestHonest(t *testing.T) {
	for seed := range uint64(3000) {
		honest(t, invented(rand.New(rand.NewPCG(seed, 0))))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	honest(t, many(3000))
}

// Every pair of words that is a slip is found, and no other, whatever the words.
func TestNearWordsAreAll(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 300 {
		var words []string
		for range 12 {
			w := make([]byte, 4+r.IntN(9))
			for i := range w {
				w[i] = "ab"[r.IntN(2)]
			}
			words = append(words, string(w)+"cdefg"[:r.IntN(6)])
		}
		slices.Sort(words)
		words = slices.Compact(words)
		near, err := nearWords(ctx, words)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range words {
			for _, b := range words {
				x, y := []rune(a), []rune(b)
				short, most := min(len(x), len(y)), 1
				if short >= 9 {
					most = 2
				}
				want := a != b && short >= 5 && x[0] == y[0] && slowly(x, y) <= most
				if got := slices.Contains(near[a], b); got != want {
					t.Fatalf("%q and %q: near is %v", a, b, got)
				}
			}
		}
	}
}

// Every pair of values that one Han character tells apart is found, unless what it makes
// is of a common word.
func TestSlipsAreAll(t *testing.T) {
	found := 0
	for _, base := range []string{"宁夏水利建设办公厅", "石嘴山市监狱管理局教育科", "宁夏回族自治区司法厅"} {
		r := []rune(base)
		for at := 1; at < len(r)-1; at++ {
			for _, other := range []string{
				string(r[:at]) + "犇" + string(r[at+1:]), string(r[:at]) + "犇" + string(r[at:]), string(r[:at]) + string(r[at+1:]), string(r[:at]) + string(r[at]) + string(r[at:]),
			} {
				want := base + "/" + other + " → " + base
				o := []rune(other)
				switch less := len(r) - len(o); {
				case less == 1 && (common()[couple{r[at-1], r[at+1]}] || meant[r[at]]),
					less == 0 && (meant[r[at]] || levels[r[at]] || placeName(strings.Split(base, ""), at)),
					less == -1 && o[at] == o[at+1] && meant[o[at]]:
					want = ""
				}
				if got := said(t, Typo, Value{base, 3}, Value{other, 1}); got != want {
					t.Errorf("%s and %s: %q", base, other, got)
				}
				if want != "" {
					found++
				}
			}
		}
	}
	if found < 60 {
		t.Errorf("%d were found", found)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("司法厅\n司法廳\n宁夏司法厅\nMinistry of Justice\nJustice, Ministry of\nMinistry of Justce")
	f.Add("No 1 23\nNo 12 3\n\xff\xfe\n\u0301\n《》")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return
		}
		var values []Value
		for i, line := range strings.Split(text, "\n") {
			values = append(values, Value{line, i % 7})
		}
		honest(t, values)
	})
}
