package widgets

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Typing the beginning of a title goes to it. In a list whose single keys are
// commands (OnRune) that begins by BeginSeek, and ends by Enter, Escape, any other
// movement or when the focus goes; in others by the first letter, and letters after
// a pause begin anew. What an input method composed counts too.

// seekPause is how long letters belong together.
const seekPause = time.Second

// seekMost is among how many rows the list looks by itself.
const seekMost = 20_000

// BeginSeek takes the letters that follow as the beginning of a title. OnSeek is
// told of them, and that this has begun.
func (l *List) BeginSeek() {
	l.seeking, l.sought = true, ""
	l.tellSeek()
}

// Seeking says whether letters are taken as the beginning of a title by BeginSeek.
func (l *List) Seeking() bool { return l.seeking }

func (l *List) tellSeek() {
	if l.OnSeek != nil {
		l.OnSeek(l.sought)
	}
}

// endSeek says whether there was something to end.
func (l *List) endSeek() bool {
	was := l.seeking
	l.seeking, l.sought = false, ""
	if was {
		l.tellSeek()
	}
	return was
}

// seekRune says whether a letter was taken.
func (l *List) seekRune(r rune) bool {
	if l.OnRune != nil && !l.seeking || !unicode.IsPrint(r) {
		return false
	}
	now := time.Now
	if l.now != nil {
		now = l.now
	}
	if !l.seeking && now().Sub(l.typedAt) > seekPause {
		l.sought = ""
		if unicode.IsSpace(r) {
			return false
		}
	}
	l.typedAt = now()
	l.sought += string(r)
	l.seek()
	return true
}

// seekBack takes the last letter back.
func (l *List) seekBack() {
	_, n := utf8.DecodeLastRuneInString(l.sought)
	l.sought = l.sought[:len(l.sought)-n]
	l.seek()
}

func (l *List) seek() {
	if l.OnSeek != nil {
		l.OnSeek(l.sought)
		return
	}
	if l.sought == "" || l.count > seekMost {
		return
	}
	from := max(l.cursor, 0)
	if utf8.RuneCountInString(l.sought) == 1 { // the same letter again goes on
		from++
	}
	words := strings.ToLower(l.sought)
	for i := range l.count {
		at := (from + i) % l.count
		if row := l.row(at); row.Known && strings.HasPrefix(strings.ToLower(row.Title), words) {
			l.pick(at)
			return
		}
	}
}
