package vocab

import (
	"cmp"
	"container/heap"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"fonds/storage/archive"
	"fonds/storage/words"
)

// An Index finds the terms of a vocabulary by what is typed: any part of a name, folded
// as the search folds words, and of Chinese names their pinyin and its initials, in every
// reading that a character has. It does not change once it is made, but for Use.
type Index struct {
	Vocabulary *Vocabulary
	lang       string
	hay        string  // the names, folded, each behind a \n
	begins     []int32 // where each begins in hay
	of         []int32 // the term of each
	kind       []byte  // of each: preferred, other or a path
	runes      []rune  // of hay
	runesAt    []int32 // where each begins in runes
	uses       []int32 // by terms
}

const (
	preferred byte = iota
	other
	aPath
)

// Hit is a term that was found.
type Hit struct {
	Term   *archive.Term
	Text   string // its preferred name in the language of the index; of a tag its path
	By     string // the other name that was found, "" where it is the preferred one
	Pinyin bool   // by its pinyin
	Uses   int
}

// NewIndex makes an index of a vocabulary; lang is the language whose names are offered.
func NewIndex(v *Vocabulary, lang string) *Index {
	x := &Index{Vocabulary: v, lang: lang, uses: make([]int32, len(v.Terms))}
	var hay strings.Builder
	add := func(term int, name string, kind byte) {
		hay.WriteByte('\n')
		x.begins = append(x.begins, int32(hay.Len()))
		x.of, x.kind = append(x.of, int32(term)), append(x.kind, kind)
		hay.WriteString(fold(name))
	}
	for i := range v.Terms {
		t := &v.Terms[i]
		for _, n := range t.Names {
			add(i, n.Text, preferred)
		}
		for _, n := range t.Also {
			add(i, n.Text, other)
		}
		if v.Paths && strings.Contains(t.ID, "/") {
			add(i, t.ID, aPath)
		}
	}
	hay.WriteByte('\n')
	x.hay = hay.String()
	x.runes = make([]rune, 0, len(x.hay)/2)
	for _, r := range x.hay {
		if x.runes = append(x.runes, r); r == '\n' {
			x.runesAt = append(x.runesAt, int32(len(x.runes)))
		}
	}
	return x
}

// fold makes alike what looks or reads alike: case, width, variants of Han characters.
func fold(s string) string { return strings.ReplaceAll(words.Tokens(s), " ", "") }

// Use says how often names are used; those that are used more come first.
func (x *Index) Use(uses map[string]int) {
	for i := range x.Vocabulary.Terms {
		n := 0
		t := &x.Vocabulary.Terms[i]
		if x.Vocabulary.Paths {
			n = uses[t.ID]
		} else {
			for _, name := range t.Names {
				n = max(n, uses[name.Text])
			}
		}
		x.uses[i] = int32(n)
	}
}

// Len is how many terms there are.
func (x *Index) Len() int { return len(x.Vocabulary.Terms) }

// The ranks of a hit, the best first.
const (
	exact = iota
	begins
	byInitials
	contains
	byPinyin
	none
)

// longestPinyin is how many letters are looked for as pinyin.
const longestPinyin = 60

// Find gives the terms that something typed could mean, the likeliest first: what is
// exactly so, what begins so, what has those initials, what contains it; of these the
// most used, then the shortest.
func (x *Index) Find(typed string, most int) []Hit {
	q := fold(typed)
	if q == "" || most <= 0 {
		return nil
	}
	best := make([]byte, x.Len()) // none - rank
	name := make([]int32, x.Len())
	take := func(i int32, rank byte) {
		if t := x.of[i]; best[t] < none-rank || best[t] == none-rank && x.kind[i] < x.kind[name[t]] {
			best[t], name[t] = none-rank, i
		}
	}
	x.literal(q, take)
	if len(q) <= longestPinyin && latin(q) {
		x.pinyin(q, take)
	}
	top := &hits{x: x, best: best, name: name}
	for t, b := range best {
		switch {
		case b == 0:
		case top.Len() < most:
			heap.Push(top, int32(t))
		case top.better(int32(t), top.terms[0]):
			top.terms[0] = int32(t)
			heap.Fix(top, 0)
		}
	}
	slices.SortFunc(top.terms, func(a, b int32) int {
		if top.better(a, b) {
			return -1
		}
		return 1
	})
	out := make([]Hit, 0, len(top.terms))
	for _, t := range top.terms {
		out = append(out, x.hit(t, name[t], none-best[t]))
	}
	return out
}

func (x *Index) hit(t, name int32, rank byte) Hit {
	term := &x.Vocabulary.Terms[t]
	h := Hit{Term: term, Text: x.Text(term), Uses: int(x.uses[t]), Pinyin: rank == byInitials || rank == byPinyin}
	first := sort.Search(len(x.of), func(i int) bool { return x.of[i] >= t })
	n := int(name) - first
	switch {
	case n < len(term.Names):
		if text := term.Names[n].Text; !x.Vocabulary.Paths && text != h.Text || x.Vocabulary.Paths && n > 0 {
			h.By = text
		}
	case n-len(term.Names) < len(term.Also):
		h.By = term.Also[n-len(term.Names)].Text
	}
	return h
}

// Text is what a term is written as where it is chosen.
func (x *Index) Text(t *archive.Term) string {
	if x.Vocabulary.Paths {
		return t.ID
	}
	return t.Name(x.lang)
}

// Exactly is the term that a value names: by its preferred name in any language, or of a
// tag its path; nil where none does.
func (x *Index) Exactly(value string) *archive.Term {
	q := "\n" + fold(value) + "\n"
	for at := 0; ; {
		i := strings.Index(x.hay[at:], q)
		if i < 0 {
			return nil
		}
		at += i + 1
		n := sort.Search(len(x.begins), func(i int) bool { return int(x.begins[i]) > at }) - 1
		t := &x.Vocabulary.Terms[x.of[n]]
		if x.Vocabulary.Paths {
			if t.ID == value {
				return t
			}
		} else if slices.ContainsFunc(t.Names, func(n archive.Name) bool { return n.Text == value }) {
			return t
		}
	}
}

// literal takes the names in which q stands.
func (x *Index) literal(q string, take func(int32, byte)) {
	for at := 0; at < len(x.hay); {
		i := strings.Index(x.hay[at:], q)
		if i < 0 {
			return
		}
		at += i
		n := int32(sort.Search(len(x.begins), func(i int) bool { return int(x.begins[i]) > at })) - 1
		from, end := int(x.begins[n]), len(x.hay)-1
		if int(n)+1 < len(x.begins) {
			end = int(x.begins[n+1]) - 1
		}
		switch {
		case at == from && at+len(q) == end:
			take(n, exact)
		case at == from || x.kind[n] == aPath && x.hay[at-1] == '/':
			take(n, begins)
		default:
			take(n, contains)
		}
		at = end // the first place in a name is the best
	}
}

// latin says whether q can be pinyin.
func latin(q string) bool {
	for i := 0; i < len(q); i++ {
		if q[i] < 'a' || q[i] > 'z' {
			return false
		}
	}
	return utf8.RuneCountInString(q) == len(q)
}

// pinyin takes the names of which q is the pinyin or its initials, from the beginning or
// from a character on.
func (x *Index) pinyin(q string, take func(int32, byte)) {
	y := readings()
	bit := uint32(1) << (q[0] - 'a')
	n, first := int32(-1), false
	for i, r := range x.runes {
		if r == '\n' {
			n, first = n+1, true
			continue
		}
		if y.begins(r)&bit != 0 && y.matches(x.runes[i:], q) {
			if first {
				take(n, byInitials)
			} else {
				take(n, byPinyin)
			}
		}
		first = false
	}
}

// hits is a heap of terms, the worst at its top.
type hits struct {
	x     *Index
	best  []byte
	name  []int32
	terms []int32
}

func (h *hits) better(a, b int32) bool {
	return cmp.Or(cmp.Compare(h.best[b], h.best[a]), cmp.Compare(h.x.uses[b], h.x.uses[a]),
		cmp.Compare(h.length(a), h.length(b)), cmp.Compare(a, b)) < 0
}

func (h *hits) length(t int32) int32 {
	i := h.name[t]
	if int(i)+1 < len(h.x.begins) {
		return h.x.begins[i+1] - h.x.begins[i]
	}
	return int32(len(h.x.hay)) - h.x.begins[i]
}

// Len is called by heap, as those that follow.
func (h *hits) Len() int           { return len(h.terms) }
func (h *hits) Less(i, j int) bool { return h.better(h.terms[j], h.terms[i]) }
func (h *hits) Swap(i, j int)      { h.terms[i], h.terms[j] = h.terms[j], h.terms[i] }
func (h *hits) Push(t any)         { h.terms = append(h.terms, t.(int32)) }
func (h *hits) Pop() any {
	t := h.terms[len(h.terms)-1]
	h.terms = h.terms[:len(h.terms)-1]
	return t
}
