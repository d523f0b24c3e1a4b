// Package cluster finds values of a field that are nearly the same: the same name in
// another spelling, in another order of its words, with and without its place, with a
// slip of the hand. What it finds is proposed to a person, so that it leaves out what
// is doubtful: a false group costs more than one that is missing.
//
// It is pure: values with counts in, groups out. It may use how the search folds words
// and the words that the program brings, and must never know an archive, a file or a screen.
package cluster

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Value is a value of a field, and how many documents have it.
type Value struct {
	Text string
	N    int
}

// Method is a way of being nearly the same.
type Method string

// The methods, each by itself.
const (
	Folded   Method = "folded"   // the same but for case, width, traditional and simplified, punctuation and spaces
	Order    Method = "order"    // the same words in another order
	Contains Method = "contains" // an institution with its place before it, and without
	Typo     Method = "typo"     // one character other, more or less
)

// Methods lists them, the surest first.
func Methods() []Method { return []Method{Folded, Order, Contains, Typo} }

// Group is values that are nearly the same, the most frequent first. A value is in at
// most one group of a method.
type Group struct {
	Method Method
	Values []Value
	Into   string // what all are to become where nobody says otherwise: one of them
}

// Total is how many documents have the values, one that has two counted twice.
func (g *Group) Total() (n int) {
	for _, v := range g.Values {
		n += v.N
	}
	return n
}

// Key names a group whatever it is counted anew: by its values.
func (g *Group) Key() string {
	texts := make([]string, len(g.Values))
	for i, v := range g.Values {
		texts[i] = v.Text
	}
	slices.Sort(texts)
	return string(g.Method) + "\x00" + strings.Join(texts, "\x00")
}

// Set is values made ready to be compared.
type Set struct {
	values []Value
	forms  []form         // of values
	words  []class        // values with the same words, the most frequent class first
	byWord map[string]int // of words, by what joins them
}

// class is values whose words are the same.
type class struct {
	form
	spelt  string // the words, a space between two
	n      int    // documents
	values []int  // the most frequent first
}

// NewSet makes values ready. Values of the same text are one, those that nobody has are
// none; their order is of no account.
func NewSet(values []Value) *Set {
	counts := make(map[string]int, len(values))
	for _, v := range values {
		if v.N > 0 {
			counts[v.Text] += v.N
		}
	}
	s := &Set{byWord: map[string]int{}}
	for text, n := range counts {
		s.values = append(s.values, Value{text, n})
	}
	slices.SortFunc(s.values, before)
	s.forms = make([]form, len(s.values))
	for i, v := range s.values {
		f := formOf(v.Text)
		s.forms[i] = f
		if f.key == "" {
			continue
		}
		spelt := strings.Join(f.words, " ")
		at, there := s.byWord[spelt]
		if !there {
			at = len(s.words)
			s.byWord[spelt] = at
			s.words = append(s.words, class{form: f, spelt: spelt})
		}
		s.words[at].n += v.N
		s.words[at].values = append(s.words[at].values, i)
	}
	order := make([]int, len(s.words)) // the most frequent class first, then as its first values stand
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return s.words[b].n - s.words[a].n })
	sorted := make([]class, len(order))
	for to, from := range order {
		sorted[to] = s.words[from]
		s.byWord[sorted[to].spelt] = to
	}
	s.words = sorted
	return s
}

// before orders values: the most frequent first, of these those without spaces too many,
// then the longest in code points.
func before(a, b Value) int {
	if a.N != b.N {
		return b.N - a.N
	}
	if c := spaces(a.Text) - spaces(b.Text); c != 0 {
		return c
	}
	return cmp.Or(utf8.RuneCountInString(b.Text)-utf8.RuneCountInString(a.Text), strings.Compare(a.Text, b.Text))
}

// spaces is 1 for a text that has some at its edges or two in a row, else 0.
func spaces(text string) int {
	before := ' '
	for _, r := range text {
		if unicode.IsSpace(r) && unicode.IsSpace(before) {
			return 1
		}
		before = r
	}
	if unicode.IsSpace(before) {
		return 1
	}
	return 0
}

// Find gives the groups of a method, those of the most documents first. It ends early
// with ctx.
func (s *Set) Find(ctx context.Context, m Method) ([]Group, error) {
	var out []Group
	var err error
	switch m {
	case Folded:
		out = s.folded()
	case Order:
		out = s.reordered()
	case Contains:
		out, err = s.contained(ctx)
	case Typo:
		out, err = s.mistyped(ctx)
	}
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b Group) int {
		return cmp.Or(b.Total()-a.Total(), strings.Compare(a.Into, b.Into)) // which is in no other group
	})
	return out, nil
}

// Find is that of a Set of values.
func Find(ctx context.Context, m Method, values []Value) ([]Group, error) {
	return NewSet(values).Find(ctx, m)
}

// group makes one of the values of some numbers; into is a text, "" for the first.
func (s *Set) group(m Method, numbers []int, into string) Group {
	g := Group{Method: m, Into: into}
	slices.Sort(numbers)
	for _, i := range numbers {
		g.Values = append(g.Values, s.values[i])
	}
	if g.Into == "" {
		g.Into = g.Values[0].Text
	}
	return g
}

// folded groups values with the same key.
func (s *Set) folded() (out []Group) {
	at := map[string][]int{}
	for i := range s.values {
		if key := s.forms[i].key; key != "" {
			at[key] = append(at[key], i)
		}
	}
	for _, numbers := range at {
		if len(numbers) > 1 {
			out = append(out, s.group(Folded, numbers, ""))
		}
	}
	return out
}

// reordered groups values with the same words in whatever order, of which not all are
// the same when they are folded.
func (s *Set) reordered() (out []Group) {
	at := map[string][]int{}
	for i := range s.words {
		if key := s.words[i].sorted(); key != "" {
			at[key] = append(at[key], i)
		}
	}
	for _, classes := range at {
		other := func(i int) bool { return s.words[i].key != s.words[classes[0]].key }
		if slices.ContainsFunc(classes, other) {
			out = append(out, s.group(Order, s.valuesOf(classes), ""))
		}
	}
	return out
}

// valuesOf are the numbers of the values of classes.
func (s *Set) valuesOf(classes []int) (out []int) {
	for _, c := range classes {
		out = append(out, s.words[c].values...)
	}
	return out
}
