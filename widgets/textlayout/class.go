package textlayout

import (
	"sync"
	"unicode"
)

// class is what line breaking needs to know of a character. The rules are a
// small part of Unicode Standard Annex 14 with the Chinese rules on the ends
// of rows (Requirements for Chinese Text Layout, W3C, section 3.1.6).
type class uint8

const (
	cNone    class = iota // before the first character of a row
	cIdeo                 // may be parted from what stands on either side
	cWord                 // letters of scripts with spaces between words
	cDigit                // 0-9 and full stops of numbers do not part
	cSpace                // hangs over the end of a row
	cTab                  // a space that reaches to the next stop
	cBreak                // zero width space: a place to part, never seen
	cGlue                 // no-break space, word joiner
	cNewline              // ends a source line
	cClose                // 。，、》… of Chinese: begins no row
	cPoint                // , . ! of Latin: begins no row, stays with a word behind
	cQuoteC               // ’ ”
	cOpen                 // （《「: ends no row
	cOpenL                // ( [ { of Latin
	cQuoteO               // ‘ “
	cPrefix               // ¥ $ № and what else belongs to a number behind
	cPostfix              // % ‰ ° ℃
	cHyphen               // - may be parted from the word behind
	cSlash                // / the same; begins no row
	cDash                 // —: two of them never part
	cQuote                // " ' of typewriters: stays with both sides
)

// simple is set beside the class when the character is a grapheme cluster of
// its own between any two others with this bit, so that the common scripts are
// laid out without the grapheme tables.
const simple = 0x80

const tableEnd = 0x3400

var (
	tableOnce sync.Once
	table     [tableEnd]uint8
	tableHigh [0x10000 - 0xF900]uint8
)

func buildTables() {
	for r := range table {
		table[r] = uint8(classify(rune(r)))
		if isSimple(rune(r)) {
			table[r] |= simple
		}
	}
	for i := range tableHigh {
		r := rune(0xF900 + i)
		tableHigh[i] = uint8(classify(r))
		if isSimple(r) {
			tableHigh[i] |= simple
		}
	}
}

// lookup gives the class and the simple bit; buildTables has run before.
func lookup(r rune) (class, bool) {
	switch {
	case r < tableEnd:
		v := table[r]
		return class(v &^ simple), v&simple != 0
	case r <= 0x9FFF:
		return cIdeo, r != 0xFFFF
	case r >= 0xF900 && r < 0x10000:
		v := tableHigh[r-0xF900]
		return class(v &^ simple), v&simple != 0
	}
	return classify(r), isSimple(r)
}

// startsNoRow and endsNoRow are the two Chinese rules.
func (c class) startsNoRow() bool {
	switch c {
	case cClose, cPoint, cQuoteC, cPostfix, cSlash:
		return true
	}
	return false
}

func (c class) endsNoRow() bool {
	switch c {
	case cOpen, cOpenL, cQuoteO, cPrefix:
		return true
	}
	return false
}

func (c class) space() bool { return c == cSpace || c == cTab || c == cBreak }

// mayBreak reports whether a row may end between prev and cur. last is the
// last character before cur in the row that is no space: cNone when only
// spaces stand before, which are an indentation and stay with what follows.
func mayBreak(last, prev, cur class) bool {
	switch {
	case cur.space() || cur == cNewline:
		return false
	case cur == cGlue || prev == cGlue:
		return false
	case cur.startsNoRow():
		return false
	case prev == cBreak:
		return !last.endsNoRow()
	case prev.space():
		return last != cNone && !last.endsNoRow()
	case prev.endsNoRow() || prev == cNone:
		return false
	}
	switch prev {
	case cQuote:
		return false
	case cIdeo:
		return cur != cQuote
	case cClose:
		return cur != cQuote
	case cWord, cDigit:
		return cur == cIdeo || cur == cOpen
	case cPoint, cPostfix:
		return cur == cIdeo || cur == cOpen
	case cQuoteC:
		return cur == cIdeo || cur == cOpen || cur == cQuoteO || cur == cDash
	case cHyphen, cSlash:
		return cur == cWord || cur == cIdeo || cur == cOpen
	case cDash:
		return cur == cIdeo || cur == cOpen || cur == cQuoteO
	}
	return false
}

// tolerable reports whether parting here, where no row may end, at least keeps
// the two rules on the ends of rows: what a word longer than a row is cut by.
func tolerable(prev, cur class) bool {
	return !cur.startsNoRow() && !prev.endsNoRow() && !cur.space() &&
		cur != cNewline && cur != cGlue && prev != cGlue && !(cur == cDash && prev == cDash)
}

func classify(r rune) class {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return cNewline
	case '\t':
		return cTab
	case ' ', 0x3000, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2008, 0x2009, 0x200A, 0x205F:
		return cSpace
	case 0x200B, 0x00AD:
		return cBreak
	case 0x00A0, 0x202F, 0x2007, 0x2060, 0xFEFF, 0x034F:
		return cGlue
	case '。', '，', '、', '；', '：', '？', '！', '）', '》', '」', '』', '】', '〉', '〕', '〗', '〙', '〛', '］', '｝', '｠', '｣', '｡', '､', '．', '…', '‥', '⋯',
		'·', '・', '･', '‧', '々', '〻', 'ー', 'ｰ', 'ヽ', 'ヾ', 'ゝ', 'ゞ', '～', '〜', '〞', '〟',
		'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ', 'ゕ', 'ゖ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ヮ', 'ヵ', 'ヶ',
		'︰', '︑', '︒', '︓', '︔', '︕', '︖', '﹐', '﹑', '﹒', '﹔', '﹕', '﹖', '﹗', '﹚', '﹜', '﹞':
		return cClose
	case ',', '.', ';', ':', '!', '?', ')', ']', '}', '»', '›', '‼', '⁇', '⁈', '⁉':
		return cPoint
	case '’', '”':
		return cQuoteC
	case '（', '《', '「', '『', '【', '〈', '〔', '〖', '〘', '〚', '［', '｛', '｟', '｢', '〝', '﹙', '﹛', '﹝':
		return cOpen
	case '(', '[', '{', '«', '‹', '¡', 0xBF:
		return cOpenL
	case '‘', '“', '„', '‚', '‛', '‟':
		return cQuoteO
	case '$', '¥', '￥', '£', '€', '№', '＄', '￡':
		return cPrefix
	case '%', '‰', '‱', '°', '℃', '℉', '′', '″', '％', '¢', '￠':
		return cPostfix
	case '-', '‐', '–':
		return cHyphen
	case '‑':
		return cWord
	case '/':
		return cSlash
	case '—', '―', '⸺', '⸻':
		return cDash
	case '"', '\'':
		return cQuote
	}
	if r >= '0' && r <= '9' {
		return cDigit
	}
	if isWide(r) || r >= 0xE000 && r <= 0xF8FF {
		return cIdeo
	}
	// Thai, Lao, Khmer and Burmese have no spaces between words: without their
	// dictionaries any cluster may end a row.
	if unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return cIdeo
	}
	if unicode.IsDigit(r) {
		return cDigit
	}
	if r > 0x20 && r < 0x7F || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) && r < 0x2000 {
		return cWord
	}
	return cIdeo
}

// isWide reports whether the character is of a script set without spaces in
// squares: ideographs, kana, Bopomofo, Hangul and their full-width forms.
func isWide(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r <= 0x2FFF, r >= 0x3003 && r <= 0x3007, r >= 0x3012 && r <= 0x4DBF, r <= 0x9FFF && r >= 0x4E00:
		return true
	case r >= 0xA000 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF:
		return true
	case r >= 0xFF00 && r <= 0xFFE6:
		return true
	}
	return r >= 0x16FE0 && r <= 0x18DFF || r >= 0x1AFF0 && r <= 0x1B2FF || r >= 0x20000 && r <= 0x3FFFD
}

// isSimple is checked against the grapheme tables by a test.
func isSimple(r rune) bool {
	switch {
	case r < 0x20:
		return false
	case r < 0x7F, r >= 0xA0 && r < 0x300 && r != 0xAD:
		return true
	case r >= 0x370 && r <= 0x482, r >= 0x48A && r <= 0x52F:
		return true
	case r >= 0x2010 && r <= 0x2027, r >= 0x2030 && r <= 0x205E, r >= 0x2070 && r <= 0x20CF:
		return true
	case r >= 0x2100 && r <= 0x2BFF, r >= 0x2E80 && r <= 0x2FFB, r >= 0x3000 && r <= 0x3029, r >= 0x3030 && r <= 0x3096:
		return true
	case r >= 0x309B && r <= 0x4DBF, r >= 0x4E00 && r <= 0xA48C, r >= 0xAC00 && r <= 0xD7A3:
		return true
	case r >= 0xE000 && r <= 0xFAFF, r >= 0xFF01 && r <= 0xFF9D, r >= 0xFFE0 && r <= 0xFFE6:
		return true
	}
	return r >= 0x20000 && r <= 0x3FFFD
}
