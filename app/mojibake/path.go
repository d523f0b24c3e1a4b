package mojibake

import "slices"

// A path is an account of a stretch of text: which characters are as they were written, and which stand for bytes. The
// cheapest is found in one pass (Viterbi), with the few best accounts of what came before carried along.

type mode uint8

const (
	clean  mode = iota // nothing was broken yet
	broken             // in a stretch that stands for bytes
	mended             // behind one
)

// A hyp is one account so far.
type hyp struct {
	score float32
	mode  mode
	pend  pending
	prev  rune // the last character that was read
	east  bool // it is East Asian
	node  int32
}

// A node is what one account made of one character of the text.
type node struct {
	parent int32
	mode   mode
	nOut   uint8
	early  bool // the first of outs is a lacuna of bytes before
	opt    option
	outs   [4]out
}

// keep is how many accounts are carried along, and slack how much dearer than the best one may be, in bits.
const (
	keep  = 8
	slack = 45

	dropSlack = 20 // the same for one in which bytes are dropped next
)

type search struct {
	m     *model
	w     *wrongCode
	r     *rightCode
	toll  float32
	sure  bool // the mistake is proven: less is asked of a question mark and a lacuna
	deep  bool // the text is what was read before
	text  []rune
	prev  rune // before the text
	nodes []node
	hyps  []hyp
	next  []hyp
	opts  []option
	best  float32 // of hyps
	end   hyp     // the best of all
}

// run finds the cheapest account and gives its score.
func (s *search) run() float32 {
	s.nodes, s.best = s.nodes[:0], 0
	s.hyps = append(s.hyps[:0], hyp{prev: s.prev, node: -1})
	for i := range s.text {
		s.next = s.next[:0]
		inside, outside := false, false
		for _, h := range s.hyps {
			inside = inside || h.pend.n > 0
			outside = outside || h.pend.n == 0
		}
		for _, within := range []bool{false, true} {
			if within && !inside || !within && !outside {
				continue
			}
			s.opts = s.w.options(s.text, i, within, s.r.kind == pairKind, s.opts[:0])
			for _, h := range s.hyps {
				if h.pend.n > 0 == within {
					s.extend(h, i)
				}
			}
		}
		s.prune()
	}
	s.end = s.finish()
	return s.end.score
}

func (s *search) extend(h hyp, i int) {
	s.leave(h, i)
	toll := float32(0)
	switch h.mode {
	case clean:
		toll = s.toll
	case mended:
		toll = againToll
	}
	if h.mode != broken && s.text[i] < 0x80 && s.text[i] != '?' {
		return // no stretch begins with what it leaves alone
	}
	for _, o := range s.opts {
		cost := toll + o.cost
		if s.sure && s.text[i] == '?' && isUnknown(o.b[0]) {
			cost -= questToll
		}
		s.enter(h, o, cost)
		if h.mode == broken && !s.w.single && s.r.kind == utf8Kind && o.n <= 2 && h.score < s.best+dropSlack {
			s.enter(h, o.behind(1), cost+dropToll)
			s.enter(h, o.behind(2), cost+dropToll)
		}
	}
}

// behind is the option with n bytes dropped before it.
func (o option) behind(n uint8) option {
	p := option{n: o.n + n, cost: o.cost}
	for i := range n {
		p.b[i] = dropped
	}
	copy(p.b[n:], o.b[:o.n])
	return p
}

// leave takes the character as it stands.
func (s *search) leave(h hyp, i int) {
	n := node{parent: h.node, mode: clean}
	if h.mode != clean {
		n.mode = mended
	}
	if h.pend.n > 0 {
		h.score += s.lacunaCost(h.pend)
		h.prev = lacuna
		n.early = true
		n.outs[0] = out{r: lacuna, p: h.pend}
		n.nOut = 1
	}
	r := s.text[i]
	h.score += s.m.cost(h.prev, r)
	n.outs[n.nOut].r = r
	n.nOut++
	s.add(hyp{score: h.score, mode: n.mode, prev: r}, &n)
}

// enter takes the character for the bytes of o.
func (s *search) enter(h hyp, o option, toll float32) {
	f := feed{code: s.r, pending: h.pend}
	for _, x := range o.b[:o.n] {
		f.take(x)
	}
	f.boundary()
	if f.bad {
		return
	}
	n := node{parent: h.node, mode: broken, opt: o, outs: f.outs, nOut: f.nOut}
	score, prev := h.score+toll, h.prev
	for i, w := range f.outs[:f.nOut] {
		if w.r == lacuna {
			score += s.lacunaCost(w.p)
			n.early = n.early || i == 0 && w.p == h.pend
		} else {
			score += s.m.cost(prev, w.r)
		}
		prev = w.r
	}
	s.add(hyp{score: score, mode: broken, pend: f.pending, prev: prev}, &n)
}

// traced says whether the loss left a trace: U+FFFD, or a question mark.
func traced(p pending) bool {
	return slices.Contains(p.b[:p.n], unknown)
}

func (s *search) lacunaCost(p pending) float32 {
	switch {
	case traced(p) && s.sure:
		return lacunaToll - sureToll
	case traced(p):
		return lacunaToll
	case s.deep:
		return lacunaToll + 4*silentToll
	case slices.Contains(p.b[:p.n], dropped):
		return lacunaToll
	case p.n > 0 && (p.b[0] == missing || s.w.single && p.b[0] < 0xE0):
		return lacunaToll + 2*silentToll
	}
	if !s.w.single && s.r.kind == utf8Kind && p.n == 2 {
		return lacunaToll + 1 // the last of three bytes, and a decoder that gives nothing: the seed's 心▯
	}
	return lacunaToll + silentToll
}

// add keeps h where it is the best of its kind.
func (s *search) add(h hyp, n *node) {
	h.east = h.prev >= 0x2E80
	for i := range s.next {
		if o := &s.next[i]; o.mode == h.mode && o.pend == h.pend && o.east == h.east {
			if h.score < o.score {
				s.nodes[o.node] = *n
				h.node = o.node
				*o = h
			}
			return
		}
	}
	h.node = int32(len(s.nodes))
	s.nodes = append(s.nodes, *n)
	s.next = append(s.next, h)
}

// prune drops what is much dearer than the best, and all but the best few.
func (s *search) prune() {
	best := s.next[0].score
	for _, h := range s.next {
		best = min(best, h.score)
	}
	s.best = best
	s.hyps = s.hyps[:0]
	for _, h := range s.next {
		if h.score > best+slack {
			continue
		}
		at := len(s.hyps)
		for at > 0 && s.hyps[at-1].score > h.score {
			at--
		}
		if at == keep {
			continue
		}
		if len(s.hyps) == keep {
			s.hyps = s.hyps[:keep-1]
		}
		s.hyps = append(s.hyps, hyp{})
		copy(s.hyps[at+1:], s.hyps[at:])
		s.hyps[at] = h
	}
}

// finish gives the account that is the cheapest with what it has not complete.
func (s *search) finish() hyp {
	if len(s.text) == 0 {
		return hyp{}
	}
	best := -1
	for i := range s.hyps {
		h := &s.hyps[i]
		if h.pend.n > 0 {
			h.score += s.lacunaCost(h.pend)
		}
		if best < 0 || h.score < s.hyps[best].score {
			best = i
		}
	}
	return s.hyps[best]
}

// path gives the nodes of the account that run found, in the order of the text.
func (s *search) path() []node {
	if len(s.text) == 0 {
		return nil
	}
	out := make([]node, len(s.text))
	at := s.end.node
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = s.nodes[at]
		at = s.nodes[at].parent
	}
	s.tail(out, s.end.pend)
	return out
}

// tail makes a lacuna of what is not complete at the end.
func (s *search) tail(path []node, p pending) {
	last := &path[len(path)-1]
	if p.n > 0 && int(last.nOut) < len(last.outs) {
		last.outs[last.nOut] = out{r: lacuna, p: p}
		last.nOut++
	}
}
