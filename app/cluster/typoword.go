package cluster

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file finds slips in words of letters: a letter other, more or less, or two that
// have changed places, in words of five letters, two such in words of nine. The first
// letter stays (Russia, Prussia), a word with a digit in it is a number, and one that
// stands in other values too is no slip.

// slippable says whether a word may have a slip in it.
func slippable(w string) bool {
	return utf8.RuneCountInString(w) >= leastWord && spaced(w) && !hasDigit(w) && strings.ContainsFunc(w, unicode.IsLetter)
}

// mostNear is how many words may be near to one: with more it is one of a list.
const mostNear = 16

// wordSlips tells of values that differ in one word, which has slips in it.
func (s *Set) wordSlips(ctx context.Context, pair pairing) error {
	var all []string
	count := map[string]int{} // in how many classes a word is
	for i := range s.words {
		of := s.words[i].words
		for k, w := range of {
			if slippable(w) && !slices.Contains(of[:k], w) {
				all = append(all, w)
				count[w]++
			}
		}
	}
	slices.Sort(all)
	near, err := nearWords(ctx, slices.Compact(all))
	if err != nil {
		return err
	}
	for i := range s.words {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		words := slices.Clone(s.words[i].words)
		for k, w := range s.words[i].words {
			for _, other := range near[w] {
				if other < w {
					continue // told of from the other side
				}
				words[k] = other
				at, there := s.byWord[strings.Join(words, " ")]
				words[k] = w
				if there { // a word that other values have too is one
					pair(i, at, func(class, _ int) bool {
						if class == i {
							return count[w] == 1
						}
						return count[other] == 1
					})
				}
			}
		}
	}
	return ctx.Err()
}

// variant is a word with some letters left out.
type variant struct {
	hash uint64
	word int32
}

// nearWords finds for each word those that it may be a slip of; words are sorted, each
// once. Two words that are near have a variant in common.
func nearWords(ctx context.Context, words []string) (map[string][]string, error) {
	near := map[string][]string{}
	var all []variant
	for from := 0; from < len(words); {
		first, _ := utf8.DecodeRuneInString(words[from])
		all = all[:0]
		to := from
		for ; to < len(words); to++ {
			if r, _ := utf8.DecodeRuneInString(words[to]); r != first {
				break
			}
			if to%256 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			all = variants([]rune(words[to]), int32(to), all)
		}
		slices.SortFunc(all, func(a, b variant) int {
			switch {
			case a.hash < b.hash:
				return -1
			case a.hash > b.hash:
				return 1
			}
			return int(a.word - b.word)
		})
		all = slices.Compact(all)
		for begin := 0; begin < len(all); {
			end := begin + 1
			for end < len(all) && all[end].hash == all[begin].hash {
				end++
			}
			if end-begin <= mostNear+1 {
				for i := begin; i < end; i++ {
					for k := i + 1; k < end; k++ {
						if a, b := words[all[i].word], words[all[k].word]; slipOf(a, b) && !slices.Contains(near[a], b) {
							near[a], near[b] = append(near[a], b), append(near[b], a)
						}
					}
				}
			}
			begin = end
		}
		from = to
	}
	for w, others := range near {
		if len(others) > mostNear {
			near[w] = nil
		}
	}
	return near, ctx.Err()
}

// variants appends a word, and what is left of it without one letter or two but the
// first.
func variants(w []rune, i int32, all []variant) []variant {
	without := func(a, b int) uint64 {
		h := uint64(14695981039346656037)
		for k, r := range w {
			if k != a && k != b {
				h = (h ^ uint64(r)) * 1099511628211
			}
		}
		return h
	}
	all = append(all, variant{without(-1, -1), i})
	for a := 1; a < len(w); a++ {
		all = append(all, variant{without(a, a), i})
		for b := a + 1; b < len(w) && len(w) >= leastTwo && len(w) <= mostTwo; b++ {
			all = append(all, variant{without(a, b), i})
		}
	}
	return all
}

// slipOf says whether one of two words may be a slip of the other.
func slipOf(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	most := 1
	if len(x) >= leastTwo && len(y) <= mostTwo {
		most = 2
	}
	return len(x) >= leastWord && x[0] == y[0] && a != b && len(y)-len(x) <= most && distance(x, y, most) <= most
}

// distance is how many letters of two words are other, more or less, two neighbours that
// have changed places being one (optimal string alignment); over most it is any number
// over it.
func distance(a, b []rune, most int) int {
	two, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for k := range last {
		last[k] = k
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for k := 1; k <= len(b); k++ {
			cost := 1
			if a[i-1] == b[k-1] {
				cost = 0
			}
			now[k] = min(last[k]+1, now[k-1]+1, last[k-1]+cost)
			if i > 1 && k > 1 && a[i-1] == b[k-2] && a[i-2] == b[k-1] {
				now[k] = min(now[k], two[k-2]+1)
			}
			least = min(least, now[k])
		}
		if least > most+1 {
			return least
		}
		two, last, now = last, now, two
	}
	return last[len(b)]
}
