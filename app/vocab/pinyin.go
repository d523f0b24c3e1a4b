package vocab

import (
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// yin are the readings of Han characters, without tones.
type yin struct {
	all   [][]string      // the readings of a character, each list once for it
	at    [1 << 16]uint16 // where in all those of a character are, 0 for none
	first [1 << 16]uint32 // with which letters the readings begin, a bit each
}

// readings are made once, of the table of go-pinyin.
var readings = sync.OnceValue(func() *yin {
	y := &yin{all: make([][]string, 1, len(pinyin.PinyinDict))}
	for c := 'a'; c <= 'z'; c++ {
		y.first[c] = 1 << (c - 'a')
	}
	args := pinyin.NewArgs()
	args.Heteronym = true
	for n := range pinyin.PinyinDict {
		if n >= len(y.at) {
			continue // rare ones: found by themselves
		}
		var all []string
		for _, s := range pinyin.SinglePinyin(rune(n), args) {
			s = strings.ReplaceAll(s, "ü", "v")
			if s != "" && !slices.Contains(all, s) && latin(s) {
				all = append(all, s)
			}
		}
		y.at[n] = uint16(len(y.all))
		y.all = append(y.all, all)
		for _, s := range all {
			y.first[n] |= 1 << (s[0] - 'a')
		}
	}
	return y
})

// begins says with which letters the readings of a character begin.
func (y *yin) begins(r rune) uint32 {
	if r >= 0 && int(r) < len(y.first) {
		return y.first[r]
	}
	return 0
}

// of are the readings of a character.
func (y *yin) of(r rune) []string {
	if r >= 0 && int(r) < len(y.at) {
		return y.all[y.at[r]]
	}
	return nil
}

// matches says whether q is the pinyin of the first characters of name: of each the whole
// syllable, or its first letter, or zh, ch or sh; of the last as much as is typed. Other
// letters stand for themselves.
func (y *yin) matches(name []rune, q string) bool {
	if q == "" {
		return true
	}
	if len(name) == 0 || name[0] == '\n' {
		return false
	}
	if r := name[0]; r < 0x80 {
		return rune(q[0]) == r && y.matches(name[1:], q[1:])
	}
	letter, two := false, false
	for _, s := range y.of(name[0]) {
		if strings.HasPrefix(s, q) || strings.HasPrefix(q, s) && y.matches(name[1:], q[len(s):]) {
			return true
		}
		letter = letter || len(s) > 1 && q[0] == s[0]
		two = two || len(s) > 2 && s[1] == 'h' && strings.HasPrefix(q, s[:2])
	}
	return letter && y.matches(name[1:], q[1:]) || two && y.matches(name[1:], q[2:])
}
