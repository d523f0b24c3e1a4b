package ingest

import "unicode"

// LanguageOf names the language of a text by its first 2,000 characters: zh, ja, ko by their script, those of letters.txt
// by their letters; "" where these do not decide.
func LanguageOf(text string) string {
	if lang := eastAsianLanguage(text); lang != "" {
		return lang
	}
	return letterLanguage(text)
}

func eastAsianLanguage(text string) string {
	han, kana, syllables, letters, seen := 0, 0, 0, 0, 0
	for _, r := range text {
		if seen++; seen > 2000 {
			break
		}
		switch {
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			letters++
		case r < 0x2E80:
			if r >= 0xC0 && unicode.IsLetter(r) {
				letters += 2
			}
		case 0x4E00 <= r && r <= 0x9FFF, 0x3400 <= r && r <= 0x4DBF, 0x20000 <= r && r <= 0x323AF:
			han++
		case 0x3041 <= r && r <= 0x30FA:
			kana++
		case 0xAC00 <= r && r <= 0xD7A3:
			syllables++
		}
	}
	asian := han + kana + syllables
	switch {
	case asian == 0 || asian*4 < letters:
		return "" // a word of Latin script takes about four letters where Chinese takes one
	case syllables*2 > asian:
		return "ko"
	case kana*20 > asian:
		return "ja"
	default:
		return "zh"
	}
}

// letterLanguage is the language whose letters follow each other as those of the text do. Forty letters are asked for,
// and that no other language is as near.
func letterLanguage(text string) string {
	const enough, clear = 40, 5 * nat
	seen, letters := 0, 0
	words := make([]rune, 0, 2000)
	for _, r := range text {
		if seen++; seen > 2000 {
			break
		}
		if isLetter(r) {
			letters++
		} else if r = ' '; len(words) > 0 && words[len(words)-1] == ' ' {
			continue
		}
		words = append(words, r)
	}
	if letters < enough {
		return ""
	}
	best, least, second := "", -1, -1
	for lang, a := range alphabets() {
		cost, last := 0, class(0)
		for _, r := range words {
			c := a.classOf(r)
			cost += a.follow(last, c)
			last = c
		}
		switch {
		case least < 0 || cost < least:
			best, least, second = lang, cost, least
		case second < 0 || cost < second:
			second = cost
		}
	}
	if least > letters*5*nat || second-least < clear {
		return ""
	}
	return best
}
