package textlayout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SentenceAt is the sentence that holds a position. Sentences cover the text
// exactly once: to one belong the quotation marks and brackets that close
// after its end, the spaces behind it and the line end that ends it. It takes
// time in proportion to the sentence.
//
// A sentence ends at 。！？；… and at ! ? behind an ideograph; at . ! ? with a
// space behind and then a capital, an ideograph or an opening sign, but not
// behind an initial or a usual abbreviation; and at every line end.
func (l *Layout) SentenceAt(pos int) Span {
	s := l.Text.s
	pos = min(max(pos, 0), l.Text.n)
	b := l.Text.Byte(pos)
	if b == len(s) && b > 0 && !sentenceEnds(s, b) {
		_, w := utf8.DecodeLastRuneInString(s)
		b, pos = b-w, pos-1
	}
	out := Span{pos, pos}
	for i := b; i > 0 && !sentenceEnds(s, i); out.Start-- {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	for i := b; i < len(s); {
		i += width(s, i)
		out.End++
		if sentenceEnds(s, i) {
			break
		}
	}
	return out
}

const (
	hardStops = "。！？；…⋯‥｡︒﹖﹗︕︖︔"
	softStops = ".!?"
	closings  = "”’」』）》】〉〕］｝〗〙〛»›)]}\"'＂＇"
	openings  = "“‘「『（《【〈〔［｛〖«‹([{\"'"
)

// sentenceEnds reports whether one sentence ends and the next begins at byte
// b. What it answers depends on few characters around it.
func sentenceEnds(s string, b int) bool {
	prev, pw := utf8.DecodeLastRuneInString(s[:b])
	if b == len(s) { // behind the last line end an empty line begins
		return lineEnd(prev)
	}
	next, nw := utf8.DecodeRuneInString(s[b:])
	if lineEnd(prev) {
		return prev != '\r' || next != '\n'
	}
	if lineEnd(next) || unicode.IsSpace(next) || Mute(next) {
		return false
	}
	spaces := 0
	for unicode.IsSpace(prev) && b > 0 && !lineEnd(prev) {
		b -= pw
		spaces++
		prev, pw = utf8.DecodeLastRuneInString(s[:b])
	}
	straight := next == '"' || next == '\'' || next == '＂' || next == '＇'
	if strings.ContainsRune(hardStops, next) || strings.ContainsRune(softStops, next) ||
		strings.ContainsRune(closings, next) && (spaces == 0 || !straight) {
		return false
	}
	for b > 0 && strings.ContainsRune(closings, prev) {
		b -= pw
		prev, pw = utf8.DecodeLastRuneInString(s[:b])
	}
	switch {
	case b == 0:
		return false
	case strings.ContainsRune(hardStops, prev):
		return true
	case !strings.ContainsRune(softStops, prev):
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:b-pw])
	if prev != '.' && isWide(before) {
		return true // Chinese with the signs of a Latin keyboard
	}
	if spaces == 0 || prev == '.' && abbreviated(s[:b-pw]) {
		return false
	}
	return unicode.IsUpper(next) || unicode.IsTitle(next) || isWide(next) && unicode.IsLetter(next) ||
		strings.ContainsRune(openings, next) && nw > 0
}

func lineEnd(r rune) bool { return kindOf(r) == kEnd }

// abbreviations are what stands before a full stop that ends no sentence.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "st": true, "no": true, "nos": true, "vol": true,
	"vols": true, "ed": true, "eds": true, "fig": true, "cf": true, "vs": true, "pp": true, "gen": true, "col": true,
	"capt": true, "lt": true, "sgt": true, "rev": true, "hon": true, "messrs": true, "art": true, "sec": true, "ch": true,
}

// abbreviated reports whether s ends with an initial or an abbreviation.
func abbreviated(s string) bool {
	i := len(s)
	for i > 0 && len(s)-i < 12 {
		r, w := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(r) || isWide(r) {
			break
		}
		i -= w
	}
	word := s[i:]
	if r, w := utf8.DecodeRuneInString(word); w > 0 && w == len(word) {
		return unicode.IsUpper(r) || r == 'p'
	}
	return abbreviations[strings.ToLower(word)]
}
