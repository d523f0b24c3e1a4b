package widgets

import (
	"slices"
	"strings"

	"golang.org/x/text/cases"
)

// find asks for the tags that have the text as another name, and those that are found
// otherwise, as by pinyin.
func (f *TagField) find(text string) (synonyms, others []suggestion) {
	if f.OnFind == nil {
		return nil, nil
	}
	for _, t := range f.OnFind(text) {
		switch {
		case f.has(t.Tag):
		case t.Sure, t.By != "" && strings.HasPrefix(cases.Fold().String(t.By), cases.Fold().String(text)):
			synonyms = append(synonyms, suggestion{t, false})
		default:
			others = append(others, suggestion{t, false})
		}
	}
	return synonyms, others
}

// onceEach leaves out tags that stand before already.
func onceEach(all []suggestion) (out []suggestion) {
	for _, s := range all {
		if !slices.ContainsFunc(out, func(o suggestion) bool { return o.Tag == s.Tag }) {
			out = append(out, s)
		}
	}
	return out
}
