package desk

import (
	"slices"

	"fonds/widgets"
	"fonds/widgets/textlayout"
)

// findAll is every place of any of the words, in order; of those that lie over
// each other the first, and the longer of two that begin together.
func findAll(text *textlayout.Text, words []string, fold bool, stop func() bool) []widgets.Span {
	var all []widgets.Span
	for _, w := range words {
		all = append(all, textlayout.Find(text, w, fold, stop)...)
	}
	if len(words) < 2 {
		return all
	}
	slices.SortFunc(all, func(a, b widgets.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	out := all[:0]
	for _, s := range all {
		if n := len(out); n == 0 || s.Start >= out[n-1].End {
			out = append(out, s)
		}
	}
	return out
}
