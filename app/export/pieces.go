package export

import (
	"cmp"
	"slices"

	"fonds/storage/archive"
)

// This file writes a text as HTML with elements around words that overlap as they
// like: where they do, they are split, so that elements always nest. What the
// elements hold is the text, code point for code point.

// span is words of a text that an element is to be put around.
type span struct {
	from, to int    // code points; the same, where it is a place between two
	element  string // its name
	first    string // attributes of its first piece
	every    string // of each piece
	last     string // of its last piece
}

// deepest is how many elements may stand in each other: readers of HTML give up
// at some hundreds. What would lie deeper is shown as a place.
const deepest = 32

// token is the beginning or the end of a piece of a span.
type token struct {
	at   int // code points
	span int // its place in the list
	open bool
}

// nest orders the pieces of spans.
func nest(spans []span) []token {
	order := make([]int, len(spans))
	borders := make([]int, 0, 2*len(spans))
	for i, s := range spans {
		order[i] = i
		borders = append(borders, s.from, s.to)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(spans[a].from, spans[b].from), cmp.Compare(spans[b].to, spans[a].to))
	})
	slices.Sort(borders)
	var out []token
	var stack []int
	next := 0
	for _, at := range slices.Compact(borders) {
		stack = closeAt(at, spans, stack, &out)
		for ; next < len(order) && spans[order[next]].from == at; next++ {
			i := order[next]
			out = append(out, token{at, i, true})
			if spans[i].to == at || len(stack) >= deepest {
				out = append(out, token{at, i, false})
			} else {
				stack = append(stack, i)
			}
		}
	}
	return out
}

// closeAt ends what ends at a place, and all that stands in it; what does not end
// there goes on in another piece.
func closeAt(at int, spans []span, stack []int, out *[]token) []int {
	low := slices.IndexFunc(stack, func(i int) bool { return spans[i].to <= at })
	if low < 0 {
		return stack
	}
	for k := len(stack) - 1; k >= low; k-- {
		*out = append(*out, token{at, stack[k], false})
	}
	rest := slices.Clone(stack[low:])
	stack = stack[:low]
	for _, i := range rest {
		if spans[i].to > at {
			*out = append(*out, token{at, i, true})
			stack = append(stack, i)
		}
	}
	return stack
}

// marked writes a text with elements around its spans.
func (p *page) marked(words string, spans []span) {
	text := archive.NewText(words)
	for i := range spans {
		s := &spans[i]
		s.from = min(max(s.from, 0), text.Len())
		s.to = min(max(s.to, s.from), text.Len())
	}
	tokens := nest(spans)
	last := map[int]int{} // the token that begins the last piece, by span
	for k, t := range tokens {
		if t.open {
			last[t.span] = k
		}
	}
	begun := map[int]bool{}
	at := 0
	for k, t := range tokens {
		p.WriteString(inPage(text.Slice(at, t.at)))
		at = t.at
		s := &spans[t.span]
		if !t.open {
			p.put("</%s>", s.element)
			continue
		}
		p.WriteString("<" + s.element)
		if !begun[t.span] {
			p.WriteString(s.first)
			begun[t.span] = true
		}
		p.WriteString(s.every)
		if last[t.span] == k {
			p.WriteString(s.last)
		}
		p.WriteString(">")
	}
	p.WriteString(inPage(text.Slice(at, text.Len())))
}
