package alike

import (
	"slices"
	"strings"
	"testing"
)

// How many of the copies that are to be found are found, and how much else: 200 invented notices of 40 to 3000 code
// points, each with copies that were changed here and there, or in one piece, or brought into another form, among 1000
// others that share their opening and their close with many. What is to be found is counted pair by pair.
func TestRecall(t *testing.T) {
	const families = 200
	r := random(11)
	head, foot := notice(r, 60), notice(r, 40)
	type copied struct{ of, as int }
	var texts []string
	byShare := map[float64][]copied{}
	shares := []float64{0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2}
	family := []int{}
	add := func(text string, of int) int {
		texts, family = append(texts, text), append(family, of)
		return len(texts) - 1
	}
	for i := range families {
		a := add(notice(r, 40+r.IntN(2960)), i)
		for _, s := range shares {
			text := edited(r, texts[a], s)
			if s == 0 {
				text = strings.ToUpper(strings.ReplaceAll(text, "，", " , "))
			}
			byShare[s] = append(byShare[s], copied{a, add(text, i)})
		}
		runes := []rune(texts[a])
		cut := len(runes) * 15 / 16
		byShare[-1] = append(byShare[-1], copied{a, add(string(runes[:cut])+notice(r, len(runes)/16), i)})
	}
	for i := range 1000 {
		add(head+notice(r, 40+r.IntN(800))+foot, -1-i)
	}
	groups := find(t, texts, Options{})
	groupOf := make([]int, len(texts))
	wrong, inGroups := 0, 0
	for g, group := range groups {
		if group.Within >= 0 {
			continue
		}
		for _, n := range group.Texts {
			groupOf[n] = g + 1
			inGroups++
			if family[n] != family[group.Texts[0]] {
				wrong++
			}
		}
	}
	together := func(a, b int) bool { return groupOf[a] > 0 && groupOf[a] == groupOf[b] }
	due, found := 0, 0
	for a := range texts[:families*10] {
		for b := a + 1; b < min(families*10, a/10*10+10); b++ {
			if Likeness(texts[a], texts[b]) >= Least {
				due++
				if together(a, b) {
					found++
				} else {
					t.Logf("missed: %.3f, of %d and %d code points", Likeness(texts[a], texts[b]), len(fold(nil, texts[a])), len(fold(nil, texts[b])))
				}
			}
		}
	}
	for _, s := range append(slices.Clone(shares), -1) {
		n, like := 0, 0.0
		for _, c := range byShare[s] {
			like += Likeness(texts[c.of], texts[c.as])
			if together(c.of, c.as) {
				n++
			}
		}
		what, all := "changed here and there", len(byShare[s])
		if s < 0 {
			s, what = 1.0/16, "exchanged at the end"
		}
		t.Logf("%5.1f %% %s: likeness %.2f on average, %d of %d found", s*100, what, like/families, n, all)
	}
	t.Logf("of %d pairs as like as %.1f %d are in one group; of %d texts in groups %d are of another family", due, Least, found, inGroups, wrong)
	if float64(found) < 0.999*float64(due) {
		t.Errorf("%d of %d pairs were found", found, due)
	}
	if wrong > 0 {
		t.Errorf("%d texts are in groups where they do not belong", wrong)
	}
	for _, s := range shares[:4] {
		for _, c := range byShare[s] {
			if s <= 0.01 && !together(c.of, c.as) && len([]rune(texts[c.of])) > 500 {
				t.Errorf("a copy with %.1f %% edits was not found: likeness %.2f", s*100, Likeness(texts[c.of], texts[c.as]))
			}
		}
	}
}

// Texts that have nothing in common but their words are in no group, at any likeness that is worth asking for.
func TestRandomTextsAreNotGrouped(t *testing.T) {
	for seed := range uint64(5) {
		r := random(100 + seed)
		var texts []string
		for range 400 {
			texts = append(texts, notice(r, 20+r.IntN(1200)))
		}
		for _, least := range []float64{0.3, 0.5, 0.8, 1} {
			if groups := find(t, texts, Options{Least: least}); len(groups) > 0 {
				t.Errorf("seed %d, at least %.1f: %s", seed, least, said(groups))
			}
		}
	}
}

// Whatever likeness is asked for, pairs of it are found.
func TestLeast(t *testing.T) {
	for _, least := range []float64{0.3, 0.5, 0.6, 0.7, 0.9, 0.95, 1} {
		r := random(12)
		due, found := 0, 0
		for range 20 {
			var texts []string
			for range 10 {
				a := notice(r, 300+r.IntN(600))
				texts = append(texts, a, edited(r, a, r.Float64()*0.15*(1-least)*2))
			}
			groups := find(t, texts, Options{Least: least})
			for i := 0; i < len(texts); i += 2 {
				is := Likeness(texts[i], texts[i+1]) >= least
				has := slices.ContainsFunc(groups, func(g Group) bool {
					return g.Within < 0 && slices.Contains(g.Texts, i) && slices.Contains(g.Texts, i+1)
				})
				if is {
					due++
				}
				if has {
					found++
				}
				if has && !is {
					t.Errorf("at least %.2f: a pair of %.3f is grouped", least, Likeness(texts[i], texts[i+1]))
				}
			}
		}
		t.Logf("at least %.2f: %d of %d pairs, %d values a band", least, found, due, rows(least))
		if found < due-due/100 {
			t.Errorf("at least %.2f: %d of %d pairs were found", least, found, due)
		}
	}
}
