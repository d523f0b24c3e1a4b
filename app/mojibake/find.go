package mojibake

import (
	"cmp"
	"slices"
)

// finder looks through one text.
type finder struct {
	m      *model
	text   []rune
	proof  map[*pair]float32 // what each mistake has won in this text so far
	s      search
	taken  []piece
	mask   []bool            // the characters that they cover
	spent  int               // characters that were searched, since the window began
	total  int               // the same in the whole text
	wasted int               // characters that were looked at in vain
	most   *pair             // the one that won most
	known  map[hole][]string // candidates that were ordered before
	shapes map[shape][]rune  // characters that were listed before
	last   *pair             // what the text that is looked at was read by
}

// line finds the pieces of text[from:to], which has no line break in it.
func (f *finder) line(from, to int, again bool) {
	for _, w := range f.windows(f.text, from, to, again) {
		prev := rune(0)
		if w[2] > 0 {
			prev = f.text[w[2]-1]
		}
		if again && f.explained(w[0], min(w[1]+1, to)) {
			continue
		}
		if chart(f.text[w[2]:w[3]]) || chart(f.text[w[0]:w[1]]) {
			continue
		}
		found := f.solve(f.text[w[2]:w[3]], prev, w[0]-w[2], w[1]-w[2], again, 0)
		if len(found) == 0 {
			f.wasted += w[3] - w[2]
		}
		for _, p := range found {
			p.start, p.end = p.start+w[2], p.end+w[2]
			f.take(p)
		}
	}
}

// prove counts what was won for the mistakes that won it. A few East Asian characters say nothing where any two bytes are
// one.
func (f *finder) prove(p piece) {
	east, prev := 0, rune(0)
	for _, o := range p.outs {
		if o.r >= 0x2E80 && prev >= 0x2E80 {
			east++
		}
		prev = o.r
	}
	if p.steps[0].right().kind == pairKind && p.outs[0].r >= 0x2E80 && (east < 3 || p.gain < 25) {
		return
	}
	for _, s := range p.steps {
		f.proof[s] += p.gain
		if f.most == nil || f.proof[s] > f.proof[f.most] {
			f.most = s
		}
	}
}

// take takes a piece where no other was taken.
func (f *finder) take(p piece) {
	if f.covered(p.start, p.end) {
		return
	}
	f.taken = append(f.taken, p)
	for i := p.start; i < p.end; i++ {
		f.mask[i] = true
	}
	f.prove(p)
}

// covered says whether a piece lies anywhere in start..end.
func (f *finder) covered(start, end int) bool {
	return slices.Contains(f.mask[min(start, len(f.mask)):min(end, len(f.mask))], true)
}

// explained says whether all that is not ASCII in start..end was taken.
func (f *finder) explained(start, end int) bool {
	for i := start; i < end; i++ {
		if f.text[i] >= 0x80 && !f.mask[i] {
			return false
		}
	}
	return true
}

// solve gives what the best mistakes make of a window, none over another.
func (f *finder) solve(text []rune, prev rune, core, coreEnd int, again bool, depth int) []piece {
	if depth == 0 {
		f.spent = 0
	}
	var all []attempt
	plain := f.m.text(prev, text)
	if ps := f.usualOne(text, prev, core, coreEnd, plain, depth); ps != nil {
		return ps
	}
	for i := range pairs {
		p := &pairs[i]
		toll := p.toll
		if f.tired() && p != f.most {
			continue
		}
		f.s.sure = f.proof[p] >= proven
		if f.s.sure || depth > 0 && p == f.last {
			toll = min(toll, provenToll)
		} else if again {
			continue
		}
		if depth > 0 && p.right().kind == pairKind && depth > 1 {
			continue
		}
		if !f.possible(p, text[core:min(coreEnd+1, len(text))], text) {
			continue
		}
		f.look(p, toll, text, prev, depth)
		if t := f.try(p, plain); len(t.pieces) > 0 {
			all = append(all, t)
		}
	}
	return f.choose(all, text, prev, again, depth)
}

func (f *finder) look(p *pair, toll float32, text []rune, prev rune, depth int) {
	f.spent += len(text)
	f.total += len(text)
	f.s.m, f.s.w, f.s.r, f.s.toll, f.s.text, f.s.prev, f.s.deep = f.m, p.wrong(), p.right(), toll, text, prev, depth > 0
}

// usualOne tries the mistake that most of the text so far was read by, and nothing else where that leaves nothing to
// wonder at: a text that is broken throughout is broken in one way.
func (f *finder) usualOne(text []rune, prev rune, core, coreEnd int, plain float32, depth int) []piece {
	if depth > 0 || f.most == nil || f.proof[f.most] < usualProof || !f.possible(f.most, text[core:coreEnd], text) {
		return nil
	}
	f.s.sure = true
	f.look(f.most, provenToll, text, prev, depth)
	t := f.try(f.most, plain)
	if len(t.pieces) == 0 {
		return nil
	}
	once, _ := rewrite(text, t.pieces)
	runes := make([]rune, len(once))
	for i, o := range once {
		runes[i] = o.r
	}
	if len(f.windows(runes, 0, len(runes), false)) > 0 {
		return nil
	}
	for i := range t.pieces {
		t.pieces[i].path = t.won
	}
	return t.pieces
}

// usualProof is what a mistake must have won to be tried alone.
const usualProof = 200

// try gives the cheapest account by one mistake.
func (f *finder) try(p *pair, plain float32) attempt {
	score := f.s.run()
	if owes := f.s.r.kind == utf8Kind && f.s.w.single && !f.s.sure; score >= plain && owes {
		f.s.toll -= relief
		score = f.s.run()
		f.s.toll += relief
	} else if score >= plain {
		return attempt{}
	}
	t := attempt{won: -f.s.toll}
	for _, q := range f.s.pieces(f.s.path(), p, plain-score) {
		if f.s.weigh(&q); f.s.sound(&q) {
			t.pieces = append(t.pieces, q)
			t.won += q.gain
		}
	}
	return t
}

// An attempt is what one mistake makes of a window, and what it wins, less its toll.
type attempt struct {
	pieces []piece
	won    float32
}

// relief is how much of its toll a mistake may owe until what it reads was looked at once more: of a text that was
// broken twice, only the second step wins much.
const relief = 8

// tired says that so much was searched that only the mistake that won most is looked for from here on: noise must not take long.
func (f *finder) tired() bool { return f.total > allowance+2*len(f.text) }

// choose looks deeper into the best attempts, and takes of all of them what lies over nothing better.
func (f *finder) choose(all []attempt, text []rune, prev rune, again bool, depth int) []piece {
	slices.SortStableFunc(all, func(a, b attempt) int { return cmp.Compare(b.won, a.won) })
	var out []piece
	for i, t := range all {
		if i < 3 && depth < deepest && f.spent < budget && !f.tired() {
			var more float32
			t.pieces, more = f.deeper(text, prev, t.pieces, again, depth)
			t.won += more
		}
		if t.won <= 0 {
			continue
		}
		for _, p := range t.pieces {
			p.path = t.won
			out = append(out, p)
		}
	}
	return disjoint(out)
}

const (
	proven     = 14 // bits that a mistake must have won before it is believed more easily
	provenToll = 4
	deepest    = 4
	allowance  = 300000 // characters that are searched in any text, and twice its length, before it is tired
	budget     = 20000  // characters that a window may be searched for in vain before nothing deeper is looked for
)

// disjoint keeps the best of pieces that lie over one another.
func disjoint(all []piece) []piece {
	slices.SortStableFunc(all, func(a, b piece) int {
		switch {
		case a.path > b.path:
			return -1
		case a.path < b.path:
			return 1
		}
		return 0
	})
	var out []piece
	for _, p := range all {
		if !slices.ContainsFunc(out, func(o piece) bool { return o.start < p.end && p.start < o.end }) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b piece) int { return a.start - b.start })
	return out
}
