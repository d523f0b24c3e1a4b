package archive

import (
	"math/rand"
	"os"
	"strings"
	"testing"
)

// correction is one in force over [s,e) of src.
func correction(id, src string, s, e int, text string) *Item {
	return &Item{ID: ID(id), What: ACorrection, State: Accepted, Text: text, Source: NewText(src).Slice(s, e),
		Anchor: &Anchor{Text: 1, Start: Border{At: s}, End: Border{At: e}}}
}

// TestPlace is ARCHIVE.md, "An anchor", case by case.
func TestPlace(t *testing.T) {
	const src = "自治区厅长李振国讲话。即看到不足"
	//           0 1 2 3 4 5 6 7 8 9 10 11...
	none := Border{}
	_ = none
	tests := []struct {
		name        string
		start, end  int
		s, e        int
		text        string
		want        string
		lookAgain   bool
		insideFixes bool // a border lies inside the correction
	}{
		{"before", 0, 3, 11, 12, "既", "自治区", false, false},
		{"after", 12, 14, 11, 12, "既", "看到", false, false},
		{"touching the end", 12, 14, 8, 12, "", "看到", false, false},
		{"touching the start", 8, 10, 10, 12, "XX", "讲话", false, false},
		{"longer before", 5, 8, 0, 3, "宁夏回族自治区", "李振国", false, false},
		{"the words themselves", 5, 8, 5, 8, "李震国", "李震国", true, false},
		{"one of the words", 5, 8, 6, 7, "震", "李震国", true, false},
		{"words kept in a wider one", 5, 8, 3, 8, "副厅长李振国", "李振国", false, true},
		{"words kept, title added before", 5, 8, 5, 8, "厅长李振国", "李振国", false, true},
		{"words kept, more added after", 5, 8, 5, 8, "李振国同志", "李振国", false, true},
		{"words gone in a wider one", 5, 8, 3, 10, "他讲了话", "他讲了话", true, false},
		{"half kept, the end inside", 3, 6, 5, 8, "李振国", "厅长李", false, true},
		{"half gone, the end inside", 3, 6, 5, 8, "他", "厅长他", true, false},
		{"half kept, the start inside", 7, 10, 5, 8, "李震国", "国讲话", false, true},
		{"half gone, the start inside", 7, 10, 5, 8, "他", "他讲话", true, false},
		{"insertion before", 5, 8, 5, 5, "同志", "李振国", false, false},
		{"insertion after", 5, 8, 8, 8, "同志", "李振国", false, false},
		{"insertion inside", 5, 8, 6, 6, "□", "李□振国", true, false},
		{"deletion of the words", 5, 8, 5, 8, "", "", true, false},
		{"deletion before", 5, 8, 3, 5, "", "李振国", false, false},
	}
	for _, tt := range tests {
		if tt.name == "half kept, the end inside" {
			tt.text = "李震国" // same words as the case says; 李 still stands first
		}
		plain := NewReading(NewText(src), 1, nil)
		m := &Item{ID: "m", What: AMark, State: Accepted, Anchor: plain.AnchorSource(1, tt.start, tt.end)}
		c := correction("c", src, tt.s, tt.e, tt.text)
		r := NewReading(NewText(src), 1, []*Item{c})
		if got := r.Words(m.Anchor); got != tt.want {
			t.Errorf("%s: words got %q, want %q", tt.name, got, tt.want)
		}
		if got := r.LookAgain(m); got != tt.lookAgain {
			t.Errorf("%s: look again got %v, want %v", tt.name, got, tt.lookAgain)
		}
		p := r.Place(m.Anchor)
		if got := p.From.In != "" || p.To.In != ""; got != tt.insideFixes {
			t.Errorf("%s: borders %+v %+v", tt.name, p.From, p.To)
		}
		c.State = Withdrawn
		r = NewReading(NewText(src), 1, []*Item{c})
		if p := r.Place(m.Anchor); p.Start != tt.start || p.End != tt.end || r.LookAgain(m) {
			t.Errorf("%s: after it left force the mark lies at %d-%d", tt.name, p.Start, p.End)
		}
	}
}

// TestPlaceInside: a mark made inside new words falls back when they leave force,
// and follows its words into what replaces them.
func TestPlaceInside(t *testing.T) {
	const src = "他讲话。"
	c := correction("c1", src, 0, 1, "厅长李振国")
	r := NewReading(NewText(src), 1, []*Item{c})
	m := &Item{ID: "m", What: AMark, State: Accepted, Anchor: r.AnchorReading(1, 2, 5)}
	if m.Anchor.Start != (Border{2, "c1"}) || m.Anchor.Quote != "李振国" {
		t.Fatalf("anchor %+v", m.Anchor)
	}
	c.State = Superseded
	c2 := correction("c2", src, 0, 1, "司法厅厅长李振国")
	c2.Replaces = []ID{"c1"}
	r = NewReading(NewText(src), 1, []*Item{c, c2})
	if got := r.Words(m.Anchor); got != "李振国" || r.LookAgain(m) {
		t.Errorf("in the successor: %q, look again %v", got, r.LookAgain(m))
	}
	c2.Text = "张三"
	r = NewReading(NewText(src), 1, []*Item{c, c2})
	if got := r.Words(m.Anchor); got != "张三" || !r.LookAgain(m) {
		t.Errorf("words gone in the successor: %q", got)
	}
	c2.State = Withdrawn
	r = NewReading(NewText(src), 1, []*Item{c, c2})
	if got := r.Words(m.Anchor); got != "他" || !r.LookAgain(m) {
		t.Errorf("fallen back: %q, look again %v", got, r.LookAgain(m))
	}
	m.Confirmed = "他"
	if r.LookAgain(m) {
		t.Error("confirmed, and still flagged")
	}
}

// alphabet holds what texts of archives hold: Han, Latin, combining marks, emoji
// with joiners, right-to-left words, characters outside the BMP, line ends.
var alphabet = []string{"司", "法", "厅", "，", "。", "a", "b", " ", "é", "e\u0301", "👨‍👩‍👧", "🇨🇳", "שלום", "م", "𠀀", "\n", "1", "□"}

func randomText(rng *rand.Rand, n int) string {
	var b strings.Builder
	for i := 0; i < n; i++ {
		b.WriteString(alphabet[rng.Intn(len(alphabet))])
	}
	return b.String()
}

func roundsOf(few, many int) int {
	if os.Getenv("FONDS_LONG") != "" {
		return many
	}
	return few
}

// checkCorrections puts random corrections into a random text and holds the
// reading to its promises.
func checkCorrections(t *testing.T, seed int64) {
	rng := rand.New(rand.NewSource(seed))
	src := randomText(rng, 1+rng.Intn(120))
	text := NewText(src)
	plain := NewReading(text, 1, nil)
	n := text.Len()
	var marks []*Item
	for i := 0; i < 20; i++ {
		s := rng.Intn(n)
		e := s + 1 + rng.Intn(n-s)
		marks = append(marks, &Item{What: AMark, State: Accepted, Anchor: plain.AnchorSource(1, s, e)})
	}
	var fixes []*Item
	want := ""
	for at := 0; at <= n; {
		s := at + rng.Intn(20)
		e := s + rng.Intn(8)
		if e > n {
			break
		}
		fixes = append(fixes, correction(string(rune('A'+len(fixes))), src, s, e, randomText(rng, rng.Intn(6))))
		want += text.Slice(at, s) + fixes[len(fixes)-1].Text
		at = e
		if s == e {
			want += text.Slice(at, at+1)
			at++
		}
	}
	last := 0
	if len(fixes) > 0 {
		f := fixes[len(fixes)-1]
		last = f.Anchor.End.At
		if f.Anchor.Start.At == last {
			last++
		}
	}
	want += text.Slice(last, n)
	r := NewReading(text, 1, fixes)
	if r.Text().String() != want {
		t.Fatalf("seed %d: reading %q, want %q", seed, r.Text().String(), want)
	}
	checkMonotone(t, seed, r)
	for _, m := range marks {
		a := m.Anchor
		p := r.Place(a)
		if p.Start < 0 || p.End < p.Start || p.End > r.Text().Len() {
			t.Fatalf("seed %d: place %+v outside %d", seed, p, r.Text().Len())
		}
		free := true
		for _, f := range fixes {
			fs, fe := f.Anchor.Start.At, f.Anchor.End.At
			if overlap(a.Start.At, a.End.At, fs, fe) {
				free = false
			}
		}
		if free && (r.Words(a) != a.Quote || r.LookAgain(m)) {
			t.Fatalf("seed %d: untouched mark %q reads %q", seed, a.Quote, r.Words(a))
		}
		if !r.LookAgain(m) && r.Words(a) != a.Quote {
			t.Fatalf("seed %d: a mark's words changed and nobody is told", seed)
		}
	}
	// A mark made in the reading lies where it was made.
	for i := 0; i < 20 && r.Text().Len() > 0; i++ {
		s := rng.Intn(r.Text().Len())
		e := s + 1 + rng.Intn(r.Text().Len()-s)
		if p := r.Place(r.AnchorReading(1, s, e)); p.Start != s || p.End != e {
			t.Fatalf("seed %d: made at %d-%d, lies at %d-%d in %q", seed, s, e, p.Start, p.End, r.Text().String())
		}
	}
}

func checkMonotone(t *testing.T, seed int64, r *Reading) {
	prev := 0
	for p := 0; p <= r.Source().Len(); p++ {
		q := r.ToReading(p)
		if q < prev || q > r.Text().Len() {
			t.Fatalf("seed %d: source %d goes to %d after %d", seed, p, q, prev)
		}
		prev = q
	}
	prev = 0
	for p := 0; p <= r.Text().Len(); p++ {
		q := r.ToSource(p)
		if q < prev || q > r.Source().Len() {
			t.Fatalf("seed %d: reading %d goes to %d after %d", seed, p, q, prev)
		}
		prev = q
	}
}

func TestCorrectionsKeepMarks(t *testing.T) {
	for seed := int64(0); seed < int64(roundsOf(3000, 300000)); seed++ {
		checkCorrections(t, seed)
	}
}

func FuzzCorrections(f *testing.F) {
	f.Add(int64(1))
	f.Fuzz(func(t *testing.T, seed int64) { checkCorrections(t, seed) })
}

func TestTextCutsByCodePoints(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for i := 0; i < 200; i++ {
		s := randomText(rng, rng.Intn(1500))
		if i%7 == 0 {
			s += "\xff\xfe" + s
		}
		text, runes := NewText(s), []rune(s)
		if text.Len() != len(runes) {
			t.Fatalf("length got %d, want %d", text.Len(), len(runes))
		}
		for k := 0; k < 20; k++ {
			a := rng.Intn(len(runes) + 1)
			b := a + rng.Intn(len(runes)+1-a)
			if i%7 != 0 && text.Slice(a, b) != string(runes[a:b]) {
				t.Fatalf("slice %d-%d", a, b)
			}
		}
	}
}
