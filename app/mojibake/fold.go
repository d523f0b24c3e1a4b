package mojibake

import "unicode/utf8"

// A Fold is the damage of a normalisation such as NFKC, which makes full-width punctuation half-width: ， becomes a comma
// and ： a colon, while 。 and 、, which have no other width, stay. It concerns the whole text and is one note; the seed
// has 103 commas and 6 colons of it (archives-zh.md 6.2).
type Fold struct {
	Marks  int // half-width marks beside 汉字
	Commas int
	Colons int
	Kept   int // 。 、 《 and others that folding leaves alone
}

// Folded says whether a text was folded: it has marks that folding leaves, several half-width ones beside 汉字, and next
// to none in full width.
func Folded(text string) (Fold, bool) {
	var f Fold
	full := 0
	for i, r := range text {
		if isHan(r) {
			continue // most of it
		}
		switch r {
		case '，', '：', '；', '？', '！', '（', '）':
			full++
		case '。', '、', '《', '》', '「', '」':
			f.Kept++
		case ',', ':', ';', '?', '!', '(', ')':
			before, _ := utf8.DecodeLastRuneInString(text[:i])
			after, _ := utf8.DecodeRuneInString(text[i+1:])
			if isHan(before) || isHan(after) {
				f.mark(r)
			}
		}
	}
	return f, f.Marks >= 5 && f.Kept >= 3 && full*20 <= f.Marks
}

func (f *Fold) mark(r rune) {
	f.Marks++
	switch r {
	case ',':
		f.Commas++
	case ':':
		f.Colons++
	}
}
