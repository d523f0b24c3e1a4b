package mojibake

import "slices"

// strangeToll is what it costs that a text was broken twice, and in two ways.
const (
	strangeToll = 3
	strangeGain = 12 // what it has to win
)

// deeper looks at what was read once more: it may have been broken twice. won is by how much
// that is better.
func (f *finder) deeper(text []rune, prev rune, first []piece, again bool, depth int) (all []piece, won float32) {
	once, from := rewrite(text, first)
	runes := make([]rune, len(once))
	for i, o := range once {
		runes[i] = o.r
	}
	var second []piece
	for _, w := range f.windows(runes, 0, len(runes), again) {
		if !slices.ContainsFunc(from[w[0]:w[1]], func(o int) bool { return o < 0 }) {
			continue // nothing that was read
		}
		if w[2] > 0 {
			prev = runes[w[2]-1]
		}
		f.last = first[0].steps[0]
		for _, p := range f.solve(runes[w[2]:w[3]], prev, w[0]-w[2], w[1]-w[2], again, depth+1) {
			p.start, p.end = p.start+w[2], p.end+w[2]
			if !slices.ContainsFunc(runes[p.start:p.end], func(r rune) bool { return r >= 0x80 && r != lacuna }) {
				continue // of a lacuna nothing is to be had
			}
			if f.odd(first[0], p) {
				continue
			}
			if strange(first[0], p) && p.gain < strangeGain {
				continue
			}
			read := slices.ContainsFunc(from[p.start:p.end], func(o int) bool { return o < 0 })
			if apart := len(second) == 0 || second[len(second)-1].end <= p.start; read && apart {
				second = append(second, p)
			}
		}
	}
	if len(second) == 0 {
		return first, 0
	}
	for i, p := range second {
		if won += p.gain - againToll; i == 0 || p.steps[0] != second[i-1].steps[0] {
			won -= p.steps[0].toll - againToll
		}
		if strange(first[0], p) {
			won -= strangeToll
		}
	}
	return compose(first, second, once, from), won
}

// odd says of two mistakes that they do not come together: bytes of one East Asian encoding are no text that is broken
// again, but UTF-8 may have been read wrongly of what was GBK read wrongly.
func (f *finder) odd(first, second piece) bool {
	last := first.steps[0]
	return last.right().kind == pairKind || second.steps[0].right().kind == pairKind && (!last.wrong().single || len(second.outs) < 6)
}

func strange(first, second piece) bool { return !slices.Contains(first.steps, second.steps[0]) }

// rewrite is text with what the pieces read in their places. from is the place in text that each of it comes from: for
// what a piece reads the piece's number, negative and less one.
func rewrite(text []rune, ps []piece) (once []out, from []int) {
	at := 0
	plain := func(to int) {
		for ; at < to; at++ {
			once, from = append(once, out{r: text[at]}), append(from, at)
		}
	}
	for k, p := range ps {
		plain(p.start)
		for _, o := range p.outs {
			once, from = append(once, o), append(from, -1-k)
		}
		at = p.end
	}
	plain(len(text))
	return once, from
}

// compose puts the pieces of the second reading in the place of those of the first that they touch.
func compose(first, second []piece, once []out, from []int) []piece {
	var all []piece
	touched := make([]bool, len(first))
	for len(second) > 0 {
		n, a, b := group(second, from)
		whole := piece{start: -1, gain: second[0].gain, path: second[0].path, steps: second[0].steps}
		at := a
		for _, p := range second[:n] {
			whole.outs = append(append(whole.outs, once[at:p.start]...), p.outs...)
			at = p.end
			if len(whole.bytes) == 0 {
				whole.bytes = p.bytes
			}
		}
		whole.outs = append(whole.outs, once[at:b]...)
		whole.cover(first, from[a:b], touched)
		all = append(all, whole)
		second = second[n:]
	}
	for k, p := range first {
		if !touched[k] {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b piece) int { return a.start - b.start })
	return all
}

// group says how many of the pieces hang together by pieces of the first reading, and where they begin and end.
func group(second []piece, from []int) (n, a, b int) {
	widen := func(p piece) (int, int) {
		a, b := p.start, p.end
		for a > 0 && from[a] < 0 && from[a-1] == from[a] {
			a--
		}
		for b < len(from) && from[b-1] < 0 && from[b] == from[b-1] {
			b++
		}
		return a, b
	}
	a, b = widen(second[0])
	for n = 1; n < len(second); n++ {
		if _, _, low := 0, 0, second[n].start; low >= b {
			if a2, b2 := widen(second[n]); a2 >= b {
				return n, a, b
			} else {
				b = b2
			}
			continue
		}
		_, b2 := widen(second[n])
		b = max(b, b2)
	}
	return n, a, b
}

// cover makes p stand for the places that it comes from, and takes up the pieces of the first reading among them.
func (p *piece) cover(first []piece, from []int, touched []bool) {
	steps := p.steps
	for _, o := range from {
		if o >= 0 {
			p.reach(o, o+1)
			continue
		}
		k := -1 - o
		p.reach(first[k].start, first[k].end)
		if touched[k] {
			continue
		}
		if touched[k] = true; len(p.steps) == len(steps) {
			p.steps = slices.Concat(steps, first[k].steps)
			p.bytes = nil
		}
		p.gain += first[k].gain
		p.bytes = append(p.bytes, first[k].bytes...)
	}
}

func (p *piece) reach(start, end int) {
	if p.start < 0 || start < p.start {
		p.start = start
	}
	p.end = max(p.end, end)
}
