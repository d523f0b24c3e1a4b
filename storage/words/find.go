package words

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shared are the Han characters that are folded to another, or others to them.
var shared = sync.OnceValue(func() map[rune]bool {
	t, out := hans(), map[rune]bool{}
	for i, to := range t.near {
		if to != 0 {
			out[rune(hanFirst+i)], out[to] = true, true
		}
	}
	for r, to := range t.far {
		out[r], out[to] = true, true
	}
	return out
})

// Hit is [Start,End) of a text, code points.
type Hit struct{ Start, End int }

// Text is a text as it is looked through: folded, with the place of each character.
type Text struct {
	runes  []rune
	begins []bool // the rune is the first of its token
	from   []int  // code point of the text that it comes of
	to     []int  // the one behind that
}

// NewText folds a text.
func NewText(s string) *Text {
	t, table := &Text{}, hans()
	in, at, next := false, 0, 0
	put := func(r rune) {
		joined := Joins(r)
		t.runes, t.begins = append(t.runes, r), append(t.begins, !(in && joined))
		t.from, t.to = append(t.from, at), append(t.to, next)
		in = joined
	}
	each := func(r rune) {
		if gap(r) {
			in = false
			return
		}
		folded(table, r, put)
	}
	s = valid(s)
	if norm.NFKC.IsNormalString(s) {
		for _, r := range s {
			next = at + 1
			each(r)
			at = next
		}
		return t
	}
	var it norm.Iter
	it.InitString(norm.NFKC, s)
	for !it.Done() {
		pos := it.Pos()
		seg := it.Next()
		next = at + utf8.RuneCountInString(s[pos:it.Pos()])
		for _, r := range string(seg) {
			each(r)
		}
		at = next
	}
	return t
}

// Find is where words stand in the text, each place once, from the left and apart
// from each other; most 0 is all of them. The last word may go on where it is a run
// of letters, and the first begins at the beginning of one.
func (t *Text) Find(s string, most int) (out []Hit) {
	q := NewText(s)
	n := len(q.runes)
	if n == 0 {
		return nil
	}
	for i := 0; i+n <= len(t.runes); {
		if !t.begins[i] || !t.stands(q, i) {
			i++
			continue
		}
		out = append(out, Hit{t.from[i], t.to[i+n-1]})
		if len(out) == most {
			break
		}
		i += n
	}
	return out
}

// Begin is what FindWhole looks for without the asterisk at its end.
func Begin(s string) string {
	if begin, ok := strings.CutSuffix(s, "*"); ok && begin != "" {
		return begin
	}
	return s
}

// FindWhole is Find of whole words: of scripts that put spaces between words the last one
// ends there too, unless s ends with an asterisk.
func (t *Text) FindWhole(s string) (out []Hit) {
	if begin := Begin(s); begin != s {
		return t.Find(begin, 0)
	}
	q := NewText(s)
	n := len(q.runes)
	for i := 0; n > 0 && i+n <= len(t.runes); {
		if !t.begins[i] || !t.stands(q, i) || i+n < len(t.runes) && !t.begins[i+n] {
			i++
			continue
		}
		out = append(out, Hit{t.from[i], t.to[i+n-1]})
		i += n
	}
	return out
}

func (t *Text) stands(q *Text, at int) bool {
	return slices.Equal(t.runes[at:at+len(q.runes)], q.runes) && slices.Equal(t.begins[at:at+len(q.runes)], q.begins)
}
