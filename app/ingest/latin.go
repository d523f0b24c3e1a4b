package ingest

import "strings"

// latin says whether data reads well as windows-1252: few bytes outside ASCII, each a letter in a word or a mark that
// western texts use. Of the other single-byte encodings Russian, Greek, Hebrew and their like fail by their share of
// high bytes, Polish and Czech by signs in the middle of words, Hungarian and Turkish by letters that no western
// language writes together. The confidence says that this is the weakest of the rules.
func latin(data []byte) (conf float64, ok bool) {
	var count [256]int
	part := sample(data)
	high, letters, good, capitals := 0, 0, 0, 0
	for i := 0; i < len(part); {
		b := part[i]
		if !latinLetter(b) {
			if b >= 0x80 {
				high++
				count[b]++
				if markGood(part, i) {
					good++
				}
			}
			i++
			continue
		}
		end, ascii := i, 0
		for ; end < len(part) && latinLetter(part[end]); end++ {
			c := part[end]
			count[c]++
			if c < 0x80 {
				ascii++
			} else if 0xC0 <= c && c <= 0xDE && end > i && part[end-1] >= 'a' && part[end-1] <= 'z' {
				capitals++ // inside a word
			}
		}
		n := end - i - ascii
		high, letters = high+n, letters+ascii
		if ascii > 0 && n <= ascii+1 || n == 1 { // gemäß, été, à
			good += n
		}
		i = end
	}
	if high == 0 || high*4 > high+letters || letters < 3 {
		return 0, false
	}
	for _, b := range []byte{0x81, 0x8D, 0x8F, 0x90, 0x9D} {
		if count[b] > 0 {
			return 0, false // no character of windows-1252
		}
	}
	share := float64(good) / float64(high)
	if share < 0.9 || capitals*10 > high || eastern(&count) {
		return 0, false
	}
	return round2(0.4 + 0.3*(share-0.9)*10*min(1, float64(high)/8)), true
}

// latinLetter: an ASCII letter, or one of the letters of windows-1252 at C0 and above or in its Š Œ Ž š œ ž Ÿ.
func latinLetter(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0xC0 && b != 0xD7 && b != 0xF7 ||
		b == 0x8A || b == 0x8C || b == 0x8E || b == 0x9A || b == 0x9C || b == 0x9E || b == 0x9F
}

// markGood says whether the sign at i is where western texts have it.
func markGood(part []byte, i int) bool {
	// € … ‘ ’ “ ” „ ‚ – — • ™ and, at A0 and above, nbsp § © « » ® ° · ¿ ¡ £ ´
	if strings.IndexByte("\x80\x85\x91\x92\x93\x94\x84\x82\x96\x97\x95\x99\xA0\xA7\xA9\xAB\xBB\xAE\xB0\xB7\xBF\xA1\xA3\xB4", part[i]) >= 0 {
		return true
	}
	before, after := byte(' '), byte(' ')
	if i > 0 {
		before = part[i-1]
	}
	if i+1 < len(part) {
		after = part[i+1]
	}
	switch part[i] {
	case 0xAA, 0xBA: // ª º behind a letter or a figure
		return true
	case 0xA4: // ¤ itself is hardly used; in ISO-8859-15 it is €
		return false
	case 0xB2, 0xB3: // m², m³
		return !latinLetter(after)
	}
	return part[i] >= 0xA0 && !latinLetter(before) && !latinLetter(after)
}

// eastern knows some letters of ISO-8859-2, 3, 9 and windows-1250, 1254 by what their bytes would be in windows-1252.
func eastern(count *[256]int) bool {
	switch {
	case count[0xF5] > 0 && count[0xE1] > 0 && count[0xE3] == 0:
		return true // õ and á but no ã: Hungarian ő, or Czech
	case count[0xFE]+count[0xF0]+count[0xFD] > 0 && count[0xE1]+count[0xED]+count[0xF3] == 0:
		return true // þ ð ý without á í ó is not Icelandic: Turkish ş ğ ı
	case count[0x9E]+count[0x9A] > 0 && count[0xE8]+count[0xE6] > 0:
		return true // ž or š with è or æ: Croatian, Slovene, Czech č, ć
	}
	return false
}
