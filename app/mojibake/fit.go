package mojibake

// discount is what is taken off each count of a pair, for pairs that were not seen (Kneser and Ney).
const discount = 0.7

const few = 12

// fit says in bits how ill r comes behind p, where one of the two is a candidate: of pairs that were counted, and else
// of the number of different characters that r comes behind. So 主, common in 民主, is no candidate behind any other.
func (m *model) fit(p, r rune) float32 {
	if p == lacuna || r == lacuna {
		if r == lacuna {
			return 0
		}
		return float32(infoOf(m.info, r).bits) / 8
	}
	if !isHan(p) && !isHan(r) {
		return m.cost(p, r)
	}
	return m.seen(edge(p), edge(r))
}

// edge is 0 for all that is no 汉字.
func edge(r rune) rune {
	if isHan(r) {
		return r
	}
	return 0
}

func (m *model) seen(p, r rune) float32 {
	var pairs, first, behind, before, kinds float32
	for i, c := range []*counts{m.shipped, m.own, m.doc} {
		if c == nil {
			continue
		}
		w := float32(1)
		if i == 2 {
			w = docWeight
		}
		pairs += w * float32(c.pairs[uint32(p)<<16|uint32(r)])
		first += w * float32(c.first[p])
		behind += float32(c.behind[p])
		before += float32(c.before[r])
		kinds += float32(len(c.pairs))
	}
	often := max(before, 0.02) / kinds
	if first < few {
		return bitsOf((pairs + (few-first)*often) / few) // what was seen a few times says little
	}
	return bitsOf(max(pairs-discount, 0)/first + discount*max(behind, 1)/first*often)
}
