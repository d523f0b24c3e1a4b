package mojibake

// A piece is a stretch of a path that stands for bytes, without the ASCII about it that reads the same either way.
type piece struct {
	start, end int // of the text that was searched
	outs       []out
	bytes      []uint16
	gain       float32
	path       float32 // what the whole path won
	steps      []*pair // the last mistake first
}

// joinable is how much ASCII without letters may lie inside a piece: the seed has a space between two clauses.
const joinable = 6

// pieces cuts a path.
func (s *search) pieces(path []node, p *pair, won float32) []piece {
	var all []piece
	var cur *piece
	var gap []node
	flush := func() {
		if cur != nil {
			all = append(all, *cur)
		}
		cur, gap = nil, nil
	}
	for i, n := range path {
		outs := n.outs[:n.nOut]
		if cur != nil && len(gap) == 0 && n.mode == broken {
			cur.behind(n.opt.b[0])
		}
		if n.early {
			outs[0].next = n.opt.b[0]
			if cur != nil && len(gap) == 0 {
				cur.outs = append(cur.outs, outs[0])
			}
			outs = outs[1:]
		}
		switch {
		case n.mode != broken:
			flush()
		case s.through(i, n, outs):
			if cur == nil {
				break
			}
			if gap = append(gap, n); len(gap) > joinable || isLetter(s.text[i]) || s.text[i] == '?' {
				flush()
			}
		default:
			if cur == nil {
				cur = &piece{start: i, steps: []*pair{p}, path: won}
			}
			for k, g := range gap {
				cur.outs = append(cur.outs, out{r: s.text[i-len(gap)+k]})
				cur.bytes = append(cur.bytes, g.opt.b[:g.opt.n]...)
			}
			gap = gap[:0]
			cur.outs = append(cur.outs, outs...)
			cur.bytes = append(cur.bytes, n.opt.b[:n.opt.n]...)
			if cur.end = i + 1; s.r.kind == singleKind {
				flush() // each byte is a character
			}
		}
	}
	flush()
	return all
}

// behind notes the byte that comes after a lacuna.
func (p *piece) behind(x uint16) {
	if k := len(p.outs) - 1; k >= 0 && p.outs[k].r == lacuna && p.outs[k].next == 0 && !isUnknown(x) {
		p.outs[k].next = x
	}
}

func isLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' || r == '\n' }

// through says whether a node is ASCII that stands for itself.
func (s *search) through(i int, n node, outs []out) bool {
	return s.text[i] < 0x80 && len(outs) == 1 && outs[0].r == s.text[i] && n.opt.n == 1 && n.opt.b[0] < 0x80
}
