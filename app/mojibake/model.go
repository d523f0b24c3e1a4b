package mojibake

import "math"

// bitsOf is what an event of probability p costs.
func bitsOf(p float32) float32 { return float32(-math.Log2(float64(p))) }

// Statistics are counts of texts that read well: an archive's own. They make what is common there cheaper, and order
// the candidates for what was lost. The zero value is not usable; nil is, and counts nothing.
type Statistics struct{ c *counts }

// NewStatistics gives empty ones.
func NewStatistics() *Statistics { return &Statistics{newCounts()} }

// Add counts a text. Texts with runs of mojibake in them may be counted too, they are few beside the others.
func (s *Statistics) Add(text string) { s.c.add(text, 1) }

// A model says what text costs.
type model struct {
	info    *[0x10000]info
	shipped *counts
	own     *counts // of the archive; may be nil
	doc     *counts // of the text itself, where candidates are ordered
	fast    *pairTable
}

func newModel(s *Statistics) *model {
	m := &model{info: infos(), shipped: shipped().counts, fast: fastPairs()}
	if s != nil {
		m.own = s.c
	}
	return m
}

// docWeight is how many sightings elsewhere one in the same text weighs.
const docWeight = 3

// dearest is how many bits a 汉字 costs more at most for the one before it.
const dearest = 1.5

// smooth is how many sightings the single count of a character weighs beside its pairs.
const smooth = 12

// cost is what r costs behind p, in bits. p is 0 at an edge.
func (m *model) cost(p, r rune) float32 {
	return m.costOf(p, r, infoOf(m.info, p), infoOf(m.info, r))
}

// costOf is cost where the infos are known.
func (m *model) costOf(p, r rune, pi, ri info) float32 {
	base := float32(ri.bits) / 8
	if pi.class == han && ri.class == han && isHan(r) {
		return m.pairCost(p, r, base) // most of a Chinese text: nothing else is said of two 汉字
	}
	switch p {
	case 0:
		pi = info{class: space}
	case lacuna:
		return base
	}
	if p == r && ri.class >= symbol && ri.class != han {
		return base * 0.7 // rows of one sign
	}
	if ri.class == han && isHan(r) && (pi.class == han || pi.class <= control) {
		base = m.pairCost(p, r, base)
	}
	return base + between[pi.class][ri.class] + m.letters(p, r, pi, ri)
}

// pairCost is the cost of a 汉字 where the pair of it and the one before, or an edge, was counted.
func (m *model) pairCost(p, r rune, base float32) float32 {
	if !isHan(p) {
		p = 0
	}
	if m.own == nil && m.doc == nil {
		return min(m.fast.cost(uint32(p)<<16|uint32(r), base), base+dearest)
	}
	return min(m.slowPair(p, r, base), base+dearest)
}

func (m *model) slowPair(p, r rune, base float32) float32 {
	key := uint32(p)<<16 | uint32(r)
	n, of := float32(m.shipped.pairs[key]), float32(m.shipped.first[p])
	if m.own != nil {
		n, of = n+float32(m.own.pairs[key]), of+float32(m.own.first[p])
	}
	if m.doc != nil {
		n, of = n+docWeight*float32(m.doc.pairs[key]), of+docWeight*float32(m.doc.first[p])
	}
	if of == 0 {
		return base
	}
	single := float32(math.Exp2(float64(-base)))
	return bitsOf((n + smooth*single) / (of + smooth))
}

// letters is what the case of Latin letters adds: capitals inside words, letters that stand outside ASCII.
func (m *model) letters(p, r rune, pi, ri info) float32 {
	switch {
	case r == '?' && p > 0x2E80:
		return 4 // East Asian text has its own
	case ri.class == typo && isWord(pi.class) && pi.class <= upper && opens(r), pi.class == typo && ri.class <= upper && isWord(ri.class) && closes(p):
		return 2
	case r == '™' && isWord(pi.class):
		return -3
	case pi.class == lower && (r == 'Ã' || r == 'Â'):
		return 12
	case pi.class == lower && ri.class == upper:
		if r > 0x7F {
			return 8
		}
		return 3
	case r == ' ' && (p == 'Ã' || p == 'Â' || p == 'Å'):
		return 4
	case pi.class == upper && p > 0x7F && ri.class == lower && r > 0x7F:
		return 3
	case pi.class == upper && p < 0x80 && ri.class == lower && r > 0x7F:
		return 2
	}
	return 0
}

func opens(r rune) bool {
	return r == '“' || r == '‘' || r == '«' || r == '„' || r == '‹' || r == '”'
}

func closes(r rune) bool {
	return r == '”' || r == '»' || r == '›' || r == '‘' || r == '«' || r == '“'
}

// text is what a text costs behind p.
func (m *model) text(p rune, text []rune) float32 {
	var sum float32
	for _, r := range text {
		sum += m.cost(p, r)
		p = r
	}
	return sum
}

// between is what it costs that a character of one class stands behind one of another.
var between = func() (t [classes][classes]float32) {
	for a := range classes {
		for b := range classes {
			t[a][b] = step(a, b)
		}
	}
	return t
}()

func isWord(c class) bool { return c >= lower }

func step(a, b class) float32 {
	if v, ok := stepsOf[[2]class{a, b}]; ok {
		return v
	}
	switch {
	case a == b:
		if a == symbol || a == typo {
			return 2
		}
		return 0
	case b == combining:
		if isWord(a) {
			return 0
		}
		return 5
	case a == combining:
		return 0
	case isWord(a) && isWord(b):
		return 9
	case !isWord(a) && b >= greek && b <= indic:
		return 4 // another script begins
	case a == symbol && isWord(b), isWord(a) && b == symbol:
		return 3
	case a == typo && b == symbol, a == symbol && b == typo:
		return 3
	}
	return 0
}

var stepsOf = map[[2]class]float32{
	{lower, greek}: 4, {upper, greek}: 6, {greek, lower}: 4, {greek, upper}: 4,
	{lower, upper}: 0, {upper, lower}: 0, {lower, han}: 9, {han, lower}: 10, {upper, han}: 5, {han, upper}: 5,
	{han, hira}: 0.5, {hira, han}: 0.5, {han, kata}: 2, {kata, han}: 2, {hira, kata}: 2, {kata, hira}: 1.5,
	{han, hangul}: 7, {hangul, han}: 7, {lower, hira}: 6, {lower, kata}: 6, {hira, lower}: 6, {kata, lower}: 6,
	{upper, hira}: 4, {upper, kata}: 4, {hira, upper}: 4, {kata, upper}: 4, {lower, hangul}: 9, {upper, hangul}: 8,
	{hangul, lower}: 10, {hangul, upper}: 8, {hira, hangul}: 12, {kata, hangul}: 12, {hangul, hira}: 12, {hangul, kata}: 12,
	{han, space}: 3, {space, han}: 2, {han, digit}: 3, {digit, han}: 2, {han, mark}: 2, {mark, han}: 2,
	{hira, mark}: 2, {kata, mark}: 2, {halfKana, lower}: 8, {lower, halfKana}: 8,
	{drawn, space}: 3, {drawn, drawn}: -6, {lower, drawn}: 8, {drawn, lower}: 8, {upper, drawn}: 7, {drawn, upper}: 7, {drawn, symbol}: 4, {symbol, drawn}: 4,
	{han, wide}: 3, {wide, han}: 3, {wide, lower}: 6, {lower, wide}: 6, {cjkMark, lower}: 3, {lower, cjkMark}: 3,
	{lower, control}: 3, {control, lower}: 2,
}
