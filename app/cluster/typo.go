package cluster

import (
	"context"
	"slices"
)

// This file finds slips of the hand: a character other, more or less. In Chinese most
// characters are a word, and another one makes another name (河南, 湖南; 财政, 民政); so
// it takes only what is hardly ever meant: within a name, the rarer of the two at most a
// third as frequent, of two values and no third one that differ in that place, and what
// the slip has made of its place is no word that stands anywhere else.

// From how many characters on a value is long enough.
const (
	leastHan   = 4 // Han characters, for one more or less
	leastOther = 5 // for another one
	leastWord  = 5 // letters of a word that has one other
	leastTwo   = 9 // of one that has two
	mostTwo    = 30
)

// rarer says whether a value of n documents is rare enough beside one of most to be a
// slip.
func rarer(n, most int) bool { return n <= max(1, most/3) }

// mistyped groups values by the one that they are slips of.
func (s *Set) mistyped(ctx context.Context) (out []Group, err error) {
	near := make([][]int, len(s.words)) // by the class that is right
	pair := func(a, b int, slips func(class, other int) bool) {
		if b < a {
			a, b = b, a // classes are in the order of their frequency
		}
		right, slip := a, b
		switch n, most := s.words[b].n, s.words[a].n; {
		case !rarer(n, most):
			return
		case slips(b, a):
		case n == most && slips(a, b):
			right, slip = b, a
		default:
			return
		}
		if !slices.Contains(near[right], slip) {
			near[right] = append(near[right], slip)
		}
	}
	if err := s.hanSlips(ctx, pair); err != nil {
		return nil, err
	}
	if err := s.wordSlips(ctx, pair); err != nil {
		return nil, err
	}
	taken := make([]bool, len(s.words))
	for i := range s.words {
		if taken[i] {
			continue
		}
		slices.Sort(near[i])
		classes := []int{i}
		for _, k := range near[i] {
			if !taken[k] {
				taken[k] = true
				classes = append(classes, k)
			}
		}
		if len(classes) > 1 {
			taken[i] = true
			out = append(out, s.group(Typo, s.valuesOf(classes), s.values[s.words[i].values[0]].Text))
		}
	}
	return out, nil
}

// pairing tells of two classes of which one may be a slip of the other; slips says of a
// class whether it can be that of another one.
type pairing func(a, b int, slips func(class, other int) bool)

// slot is a value that has one Han character, or none, where others may have another.
type slot struct {
	hash  uint64
	class int32
	at    int32
	has   rune // what stands there, 0 for nothing
}

// hanSlips tells of values that differ in one Han character.
func (s *Set) hanSlips(ctx context.Context, pair pairing) error {
	var all []slot
	pairs := s.hanPairs()
	for i := range s.words {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		all = s.words[i].slots(i, all)
	}
	slices.SortFunc(all, func(a, b slot) int {
		switch {
		case a.hash < b.hash:
			return -1
		case a.hash > b.hash:
			return 1
		}
		return int(a.class - b.class)
	})
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].hash == all[from].hash {
			to++
		}
		if to-from == 2 { // of three that differ in one place it is a list
			a, b := &all[from], &all[from+1]
			if f, g := &s.words[a.class].form, &s.words[b.class].form; a.class != b.class && f.slip(int(a.at), g, int(b.at)) {
				pair(int(a.class), int(b.class), func(class, other int) bool {
					at := a // where the slip is in the class
					if class == int(b.class) {
						at = b
					}
					return !pairs.known(&s.words[class].form, int(at.at), at.has != 0, &s.words[other].form)
				})
			}
		}
		from = to
	}
	return ctx.Err()
}

// mostSlots is how many words of a value are looked at: longer ones are sentences.
const mostSlots = 120

// slots appends the places of a value in which another one may have another character:
// each Han character within it, and each place between two words.
func (c *class) slots(i int, all []slot) []slot {
	n, chars := len(c.words), 0
	for _, w := range c.words {
		if han(w) != 0 {
			chars++
		}
	}
	if chars < leastHan || n > mostSlots {
		return all
	}
	before := make([]uint64, n+1) // of the words before a place, and from it on
	after := make([]uint64, n+1)
	for k, w := range c.words {
		before[k+1] = mix(before[k], w)
	}
	for k := n - 1; k >= 0; k-- {
		after[k] = mix(after[k+1], c.words[k])
	}
	for k := 1; k < n; k++ {
		all = append(all, slot{joined(before[k], after[k]), int32(i), int32(k), 0})
		if r := han(c.words[k]); r != 0 && k < n-1 {
			all = append(all, slot{joined(before[k], after[k+1]), int32(i), int32(k), r})
		}
	}
	return all
}

// mix puts a word behind a hash (FNV-1a), and a border behind the word.
func mix(h uint64, w string) uint64 {
	h ^= 14695981039346656037
	for i := range len(w) {
		h = (h ^ uint64(w[i])) * 1099511628211
	}
	return (h ^ 0xFF) * 1099511628211
}

func joined(before, after uint64) uint64 {
	h := (before ^ 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9
	return (h^(h>>29))*0x94D049BB133111EB ^ after*0xD6E8FEB86659FD93
}

// What makes another thing of a name.
var (
	// numbers, directions, sides, seasons, and what says the contrary; 夏 is more often of
	// 宁夏, which is easily mistyped
	meant = set(`〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟甲乙丙丁戊庚辛壬癸
		东西南北中上下左右前后内外大小新老旧正副男女父母春秋冬年月日时第不非无未反`)
	levels = set("省市县区旗州盟镇乡村")
)

// slip says whether two values are the same but for a Han character at a place of each,
// or for one that one of them has there and the other has not, and whether that is
// hardly ever meant.
func (f *form) slip(at int, g *form, other int) bool {
	if len(f.words) < len(g.words) {
		return g.slip(other, f, at)
	}
	a, b := f.words, g.words
	less := len(a) - len(b)
	if at != other || less > 1 || !slices.Equal(a[:at], b[:at]) || !slices.Equal(a[at+1:], b[at+1-less:]) {
		return false
	}
	chars := 0
	for _, w := range b {
		if han(w) != 0 {
			chars++
		}
	}
	r := han(a[at])
	if r == 0 || meant[r] || chars < leastHan || at == 0 || at == len(a)-1 {
		return false
	}
	if less == 1 {
		return true
	}
	q := han(b[at])
	return q != 0 && q != r && !meant[q] && !levels[q] && !levels[r] && chars >= leastOther && !placeName(a, at)
}

// placeName says whether the word at a place is of the name of one: 南京市, 南宁市. That
// of an autonomous region says that it is one (自治区).
func placeName(words []string, at int) bool {
	for k := at + 1; k <= at+2 && k < len(words); k++ {
		if levels[han(words[k])] {
			return words[at-1] != "自" && words[at+1] != "治"
		}
	}
	return false
}
