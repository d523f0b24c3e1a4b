package cluster

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fonds/storage/words"
)

// form is what of a value is compared.
type form struct {
	words []string // folded, without punctuation; each Han character is one
	key   string   // the words without what stands between them
}

// formOf folds a value as the search does. Where it has a letter, what is punctuation
// says nothing; where it has none, it is a number or a date, and a sign may mean all the
// difference (1-23 and 12-3): then only white space is left out. Two numbers never run
// into one, and what stands between them, if it is no bracket, stays (1.5, 1-5).
func formOf(text string) form {
	all := strings.Fields(words.Tokens(text))
	if slices.ContainsFunc(all, func(w string) bool { return strings.ContainsFunc(w, unicode.IsLetter) }) {
		all = withoutSigns(all)
	}
	var b strings.Builder
	last := ' '
	for _, w := range all {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsDigit(last) && unicode.IsDigit(r) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		last, _ = utf8.DecodeLastRuneInString(w)
	}
	return form{all, b.String()}
}

// withoutSigns are words without the punctuation between them.
func withoutSigns(all []string) []string {
	kept := make([]string, 0, len(all))
	for i, w := range all {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case !unicode.IsPunct(r) || strings.ContainsRune("#%&@", r):
			kept = append(kept, w)
		case unicode.In(r, unicode.Ps, unicode.Pe) || i+1 == len(all) || len(kept) == 0:
		default:
			before, _ := utf8.DecodeLastRuneInString(kept[len(kept)-1])
			after, _ := utf8.DecodeRuneInString(all[i+1])
			if !unicode.IsDigit(before) || !unicode.IsDigit(after) {
				continue
			}
			if unicode.Is(unicode.Pd, r) {
				w = "-" // dashes are one
			}
			kept = append(kept, w)
		}
	}
	return kept
}

// spaced says whether a word is of a script that puts spaces between words.
func spaced(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return words.Joins(r)
}

func hasDigit(w string) bool { return strings.ContainsFunc(w, unicode.IsDigit) }

// sorted are the words in their alphabetical order, those with digits after them in
// their own; "" where a value has not two words, or words of a script without spaces.
func (f *form) sorted() string {
	var names, numbers []string
	for _, w := range f.words {
		switch {
		case !spaced(w):
			return ""
		case hasDigit(w):
			numbers = append(numbers, w)
		default:
			names = append(names, w)
		}
	}
	if len(names) < 2 && (len(names) == 0 || len(numbers) == 0) {
		return ""
	}
	slices.Sort(names)
	return strings.Join(append(names, numbers...), " ")
}

// han is a word that is one Han character, 0 for any other.
func han(w string) rune {
	r, n := utf8.DecodeRuneInString(w)
	if n == len(w) && unicode.Is(unicode.Han, r) {
		return r
	}
	return 0
}

// allHan says whether a value is of Han characters alone.
func (f *form) allHan() bool {
	return !slices.ContainsFunc(f.words, func(w string) bool { return han(w) == 0 })
}

// set is some characters, folded as words are.
func set(chars string) map[rune]bool {
	out := map[rune]bool{}
	for _, w := range strings.Fields(words.Tokens(chars)) {
		r, _ := utf8.DecodeRuneInString(w)
		out[r] = true
	}
	return out
}

// ends are some endings, folded as words are.
func ends(list string) (out []string) {
	for _, e := range strings.Fields(list) {
		out = append(out, strings.ReplaceAll(words.Tokens(e), " ", ""))
	}
	return out
}

func endsIn(s string, list []string) bool {
	return slices.ContainsFunc(list, func(e string) bool { return strings.HasSuffix(s, e) })
}
