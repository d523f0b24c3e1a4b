package zones

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// shared is where the material of others lies that tests use and the project does not hold.
func shared(t testing.TB, path string) string {
	t.Helper()
	dir := os.Getenv("FONDS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	name := filepath.Join(dir, filepath.FromSlash(path))
	if _, err := os.Stat(name); err != nil {
		t.Skipf("%s is not on this machine", name)
	}
	return name
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func seed(t testing.TB) string {
	return readFile(t, filepath.Join(shared(t, "seed"), "000_9213c3033239642a.txt"))
}

func TestFurnitureOfTheSeed(t *testing.T) {
	want := []Zone{
		{23, 39, Label, "label.date"},
		{40, 49, Label, "label.sure"},
		{50, 70, Label, "label.end"},
		{2600, 2609, Repeat, "repeat.known"},
		{2610, 2626, Repeat, "repeat.known"},
		{2627, 2628, Stray, "stray.between"},
		{2629, 2630, Stray, "stray.between"},
	}
	same(t, Furniture(seed(t)), want)
}

func same[T comparable](t *testing.T, got, want []T) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("number %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

// seedDamage is what app/mojibake finds in the seed.
var seedDamage = []Range{{2631, 2652}, {2653, 2674}}

func TestSplitsOfTheSeed(t *testing.T) {
	got := Splits(seed(t), seedDamage)
	t.Logf("%+v", got)
	if len(got) != 1 || got[0].At != 2631 || got[0].Confidence < Doubtful || !slices.Contains(got[0].Alternatives, 2678) {
		t.Errorf("got %+v, want one at 2631 with 2678 as an alternative", got)
	}
}

// Without a word about damage the tail is still seen, and doubtful; furniture behind it changes nothing.
func TestSplitsOfTheSeedOtherwise(t *testing.T) {
	text := seed(t)
	if got := Splits(text, nil); len(got) != 1 || got[0].At != 2631 || got[0].Confidence >= Doubtful {
		t.Errorf("without damage got %+v, want a doubtful one at 2631", got)
	}
	if got := Splits(text+"\n打印本页 关闭窗口\n版权所有 某某厅\n", seedDamage); len(got) != 1 || got[0].At != 2631 || got[0].Confidence < Doubtful {
		t.Errorf("with more furniture got %+v, want one at 2631", got)
	}
	if got := Splits(string([]rune(text)[:2630]), nil); len(got) != 0 {
		t.Errorf("without its tail got %+v", got)
	}
}

func TestMerge(t *testing.T) {
	a := []Zone{{0, 2, Label, "a"}, {9, 12, Button, "b"}}
	b := []Zone{{0, 2, Recurring, "c"}, {3, 5, Recurring, "d"}, {20, 21, Recurring, "e"}}
	same(t, Merge(a, b), []Zone{a[0], b[1], a[1], b[2]})
	same(t, Merge(nil, b), b)
	same(t, Merge(a, nil), a)
}
