package export

import (
	"slices"
	"strings"

	"fonds/storage/archive"
)

// reads says whether what a correction would have a text read holds a masked word, a
// gap in it standing for any character.
func (m *masker) reads(text string) bool {
	if len(m.everywhere.all(text)) > 0 {
		return true
	}
	if !strings.ContainsRune(text, archive.Gap) {
		return false
	}
	rs := []rune(text)
	return slices.ContainsFunc(m.words, func(word string) bool { return standsWithGaps(rs, []rune(word)) })
}

// standsWithGaps says whether word stands in text, with a gap or more for some of its
// characters, not for all.
func standsWithGaps(text, word []rune) bool {
	for at := 0; at+len(word) <= len(text); at++ {
		known := 0
		for i, r := range word {
			if c := text[at+i]; c == r {
				known++
			} else if c != archive.Gap {
				known = -len(word)
			}
		}
		if known > 0 {
			return true
		}
	}
	return false
}
