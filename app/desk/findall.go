package desk

import (
	"fonds/app/session"
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
	return session.Apart(all)
}
